"""The queue as the staff see it: who is on it, in which order, and for whom it is not there at all."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from bot.console.conversation import begins_here, places
from bot.console.queue import digits
from bot.staff import Permission, Role
from bot.store import tables
from menus.model import REASONS
from tests.conftest import MakeDesk
from tests.consoles import AtConsole, at_console, signed_in
from tests.desks import DeskInProcess, Patient, minutes


def asks(desk: DeskInProcess, number: str, name: str, team: str = "reception") -> Patient:
    """Have somebody ask for a team; nothing of what they read is looked at."""
    person = desk.patient(number, name=name)
    person.writes("vorrei parlare con una persona")
    person.taps(f"person/which/{team}")
    desk.clock.move(minutes(1))
    return person


def chat_of(desk: DeskInProcess, team: str) -> UUID:
    """Return the one conversation that waits for a team."""
    (found,) = [row.conversation_id for row in desk.rows(tables.handoff) if row.team == team]
    return UUID(str(found))


def people_on(page: str, section: str) -> list[str]:
    """Return the names in a section of the queue."""
    found = re.search(rf'<ul id="{section}".*?</ul>', page, re.DOTALL)
    return re.findall(r'person-name">([^<]+)<', found.group()) if found else []


@pytest.fixture
def carla(desk: DeskInProcess) -> AtConsole:
    """Somebody of the reception, signed in."""
    return signed_in(desk, teams=("reception",))


def test_an_emergency_comes_first_then_who_waits_longest(desk: DeskInProcess, carla: AtConsole) -> None:
    asks(desk, "393330000001", "Anna Prova")
    asks(desk, "393330000002", "Bruno Prova")
    desk.patient("393330000003", name="Carlo Prova").writes("ho un forte dolore al petto e non respiro")

    page = carla.get("/queue").text

    assert people_on(page, "waiting") == ["Carlo Prova", "Anna Prova", "Bruno Prova"]


def test_the_queue_says_why_for_how_long_and_until_when(desk: DeskInProcess, carla: AtConsole) -> None:
    asks(desk, "393330000001", "Anna Prova")
    desk.clock.move(minutes(11))

    page = carla.get("/queue").text

    assert "ha chiesto una persona" in page
    assert ">12 min</time>" in page
    assert "da più di 10 minuti" in page
    assert "Si può scrivere ancora per 23 h 48 min" in page


def test_whoever_is_taken_moves_to_who_has_them(desk: DeskInProcess, carla: AtConsole) -> None:
    asks(desk, "393330000001", "Anna Prova")
    asks(desk, "393330000002", "Bruno Prova")
    first, second = sorted(desk.rows(tables.handoff), key=lambda row: row.opened_at)
    dora = signed_in(desk, teams=("reception",), first_name="Dora")

    carla.post(f"/conversations/{first.conversation_id}/claim")
    dora.post(f"/conversations/{second.conversation_id}/claim")
    page = carla.get("/queue").text

    assert (people_on(page, "waiting"), people_on(page, "mine"), people_on(page, "others")) == (
        [],
        ["Anna Prova"],
        ["Bruno Prova"],
    )
    assert "con Dora" in page


def test_the_queue_of_another_team_is_not_there(desk: DeskInProcess, carla: AtConsole) -> None:
    asks(desk, "393330000001", "Anna Prova", "nursing")

    page = carla.get("/queue").text

    assert "Anna Prova" not in page
    assert "Non c&#39;è nessuno in attesa." in page


def test_every_reason_has_words_in_every_language(desk: DeskInProcess) -> None:
    texts = desk.app.extensions["console"].texts
    ours = "order overdue failed reply_refused reply_dropped taken passed_on rescued".split()

    assert [reason for reason in (*REASONS, *ours) if not texts.has(f"queue.reason_{reason}")] == []


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("393330000001", ["Anna Prova"]),
        ("+39 333 0000001", ["Anna Prova"]),
        ("333 0000001", ["Anna Prova"]),
        ("Anna Prova", ["Anna Prova"]),
        ("prova  ANNA", ["Anna Prova"]),
        ("Anna", []),
        ("333", []),
        ("39333000000", []),
    ],
)
def test_only_the_whole_number_or_the_whole_name_finds_a_person(
    desk: DeskInProcess, carla: AtConsole, wanted: str, found: list[str]
) -> None:
    asks(desk, "393330000001", "Anna Prova")
    asks(desk, "393330000002", "Bruno Prova")

    page = carla.post("/search", wanted=wanted).text

    assert re.findall(r'person-name">([^<]+)<', page) == found


def test_a_search_finds_nobody_of_another_team(desk: DeskInProcess, carla: AtConsole) -> None:
    asks(desk, "393330000001", "Anna Prova", "nursing")

    page = carla.post("/search", wanted="393330000001").text

    assert "Nessuno: il numero o il nome deve essere completo" in page


def test_a_search_is_audited_and_what_was_searched_is_not(desk: DeskInProcess, carla: AtConsole) -> None:
    asks(desk, "393330000001", "Anna Prova")

    carla.post("/search", wanted="Anna Prova")

    (row,) = [row for row in desk.rows(tables.audit) if row.action == "search"]
    assert carla.member is not None
    assert (row.actor, row.subject_id, row.counts) == (carla.member.actor, None, '{"found": 1}')


def test_looking_at_the_queue_again_is_one_reading_in_ten_minutes(desk: DeskInProcess, carla: AtConsole) -> None:
    for wait in (0, 5, 6):
        desk.clock.move(minutes(wait))
        carla.get("/queue")

    assert [row.action for row in desk.rows(tables.audit) if row.action == "read_queue"] == ["read_queue"] * 2


def test_who_has_too_few_rights_finds_no_queue_and_no_search(desk: DeskInProcess) -> None:
    auditor = signed_in(desk, Role.AUDITOR)
    reader = signed_in(desk, Role.CLINICIAN, permissions=[Permission.READ])

    assert [auditor.get(path).status_code for path in ("/queue", "/queue/part", "/search")] == [404] * 3
    assert [reader.get(path).status_code for path in ("/queue", "/search", "/spam")] == [200, 404, 404]


def test_nobody_sees_the_queue_without_signing_in(desk: DeskInProcess) -> None:
    assert at_console(desk).get("/queue").status_code == 303


@pytest.mark.parametrize(
    ("written", "read"),
    [("+44 20 7946 0018", "442079460018"), ("051 0000100", "390510000100"), ("Anna Prova", None), ("", None)],
)
def test_a_number_is_read_as_the_clinics_country_writes_it(written: str, read: str | None) -> None:
    assert digits(written, "IT") == read


def test_a_conversation_can_be_closed_to_what_begins_by_itself(desk: DeskInProcess) -> None:
    named = dict(places(desk.house, "it"))

    assert named["info"] == "Orari e sedi"
    assert all(begins_here(desk.house.flows, id, desk.house.actions) for id in named)


def test_two_deployments_of_a_clinic_count_one_queue(make_desk: MakeDesk) -> None:
    one, other = make_desk(), make_desk()
    asks(one, "393330000001", "Anna Prova")

    assert people_on(signed_in(other, teams=("reception",)).get("/queue").text, "waiting") == ["Anna Prova"]


def test_the_pages_are_there_in_english(desk: DeskInProcess) -> None:
    asks(desk, "393330000001", "Anna Prova")
    emma = signed_in(desk, teams=("reception",), first_name="Emma", language="en")
    chat = chat_of(desk, "reception")

    read = [emma.get(path).text for path in ("/queue", f"/conversations/{chat}", "/search", "/spam")]

    assert ["Waiting for a person" in read[0], "Take the conversation" in read[1]] == [True, True]
    assert ["Find a person" in read[2], "Kept from the queue" in read[3]] == [True, True]
    assert [page for page in read if '<html lang="en">' not in page] == []


def test_why_the_calendar_does_not_answer_is_said_above_those_who_wait(desk: DeskInProcess, carla: AtConsole) -> None:
    desk.built.records.ring("calendar_away", "no_connection")
    desk.built.records.ring("calendar_away", "scope_refused")
    desk.built.records.ring("no_worker", "")

    page = carla.get("/queue").text

    why = re.findall(r"agenda della clinica non risponde da 0 min \(([^)]*)\)", page)
    assert why == ["non si raggiunge", "scope_refused"]


def test_a_calendar_that_answers_again_is_not_spoken_of(desk: DeskInProcess, carla: AtConsole) -> None:
    desk.built.records.ring("calendar_away", "late")
    desk.built.records.silence("calendar_away")

    assert "non risponde" not in carla.get("/queue").text
