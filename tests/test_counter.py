"""The counter's own rules: one holder at a time, each team alone with its people, and patients told where they stand."""

from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from bot.announce import your_place
from bot.counter import Apart, Heard, Spoken, Staff
from bot.model import Author, Owner
from bot.ports import Ahead, Draft, NobodyThere, Wording
from bot.store import tables
from bot.store.people import index_names
from menus.model import Prompt
from tests.conftest import MakeDesk, counts
from tests.desks import DeskInProcess, Patient, minutes, together

RECEPTION, NURSING = frozenset({"reception"}), frozenset({"nursing"})
CARLA, DORA = Staff("carla", "Carla", RECEPTION), Staff("dora", "Dora", RECEPTION)
NINA = Staff("nina", "Nina", NURSING)


def chat_id(desk: DeskInProcess) -> UUID:
    (row,) = desk.rows(tables.conversation)
    found: UUID = row.id
    return found


@pytest.fixture
def waiting(desk: DeskInProcess, patient: Patient) -> Patient:
    """Somebody who waits for the reception."""
    patient.writes("vorrei parlare con una persona")
    patient.taps("person/which/reception")
    patient.reads_all()
    return patient


# --------------------------------------------------------------------------------------------------------- one holder


def test_of_many_who_claim_at_once_one_has_it_and_the_others_are_told(make_postgres_desk: MakeDesk) -> None:
    desk = make_postgres_desk()
    person = desk.patient()
    person.writes("vorrei parlare con una persona")
    members = [Staff(f"member{number}", f"Nome{number}", RECEPTION) for number in range(6)]
    told: list[list[str | None]] = []

    for _ in range(counts(20)):
        person.taps("person/which/reception")
        desk.clock.move(minutes(1))
        told.append(together(6, lambda number: desk.desk.claim(chat_id(desk), members[number])))
        (row,) = [row for row in desk.rows(tables.handoff) if row.state == "claimed"]
        assert sorted(told[-1], key=str) == sorted([None, *[row.claimed_by] * 5], key=str)
        desk.desk.close(chat_id(desk))
        person.writes("vorrei parlare con una persona")

    assert len(told) == counts(20)


@pytest.mark.heavy
@pytest.mark.timeout(600)
def test_no_word_of_the_flows_arrives_after_the_holders_first(make_postgres_desk: MakeDesk) -> None:
    desk = make_postgres_desk()
    desk.patient().writes("ciao")
    chat, chance = chat_id(desk), random.Random(4)
    order: set[tuple[str, ...]] = set()
    with ThreadPoolExecutor(3) as threads:
        for _ in range(counts(200)):
            desk.clock.move(minutes(1))
            let_flows_speak(desk, chat)
            first = len(desk.whatsapp.sent)
            racing = [threads.submit(desk.desk.deliver, chat) for _ in range(2)]
            threading.Event().wait(chance.random() * 0.01)
            racing.append(threads.submit(desk.desk.say, chat, CARLA, "Buongiorno"))  # type: ignore[arg-type]
            for one in racing:
                one.result()
            authors = {row.id: row.author for row in desk.rows(tables.outbox)}
            order.add(tuple(authors[sent.outbox_id] for sent in desk.whatsapp.sent[first:]))
            forget(desk)

    assert order <= {("engine",) * said + ("staff", "staff") for said in range(3)}


def let_flows_speak(desk: DeskInProcess, chat: UUID) -> None:
    """Give the conversation back to the flows, with two rows of theirs waiting."""
    with desk.built.lanes.lane_of(chat) as lane:
        lane.save(replace(lane.chat, owner=Owner.BOT, epoch=lane.chat.epoch + 1))
        lane.queue([Draft(Author.ENGINE, lane.chat.epoch, Wording((Prompt("desk/unmatched"),)))] * 2)


def forget(desk: DeskInProcess) -> None:
    """Delete what one race left, so that the thousandth costs what the first did."""
    with desk.built.database.begin() as connection:
        connection.execute(tables.outbox.delete())
        connection.execute(tables.handoff.delete())


def test_of_two_who_answer_at_once_one_is_heard(make_postgres_desk: MakeDesk) -> None:
    desk = make_postgres_desk()
    person = desk.patient()
    person.writes("vorrei parlare con una persona")
    person.taps("person/which/reception")
    person.reads_all()
    start = threading.Barrier(2)

    def answer(number: int) -> str | None:
        start.wait()
        return desk.desk.say(chat_id(desk), (CARLA, DORA)[number], f"sono la numero {number}")

    told = together(2, answer)

    first = told.index(None)
    assert told[1 - first] == ("carla", "dora")[first]
    assert [sent.body for sent in person.reads_all()][-1] == f"sono la numero {first}"


def test_nobody_writes_into_a_chat_somebody_else_has(desk: DeskInProcess, waiting: Patient) -> None:
    desk.desk.claim(chat_id(desk), CARLA)
    waiting.reads_all()

    told = (
        desk.desk.say(chat_id(desk), DORA, "Buongiorno"),
        desk.desk.claim(chat_id(desk), DORA),
        desk.desk.pass_on(chat_id(desk), DORA, "billing"),
        desk.desk.assign(chat_id(desk), DORA, DORA),
        desk.desk.close(chat_id(desk), staff=DORA),
    )

    assert told == ("carla", "carla", "carla", "carla", False)
    assert waiting.reads_all() == []


def test_claiming_what_one_has_says_nothing_again(desk: DeskInProcess, waiting: Patient) -> None:
    desk.desk.claim(chat_id(desk), CARLA)
    waiting.reads_all()

    assert desk.desk.claim(chat_id(desk), CARLA) is None
    assert waiting.reads_all() == []


def test_whoever_comes_instead_of_the_holder_says_of_whom(desk: DeskInProcess, waiting: Patient) -> None:
    desk.desk.claim(chat_id(desk), CARLA)
    waiting.reads_all()

    told = (desk.desk.claim(chat_id(desk), DORA, "somebody else"), desk.desk.claim(chat_id(desk), DORA, "carla"))

    assert told == ("carla", None)
    assert "Dora" in waiting.reads().body


def test_a_conversation_given_to_a_colleague_is_theirs(desk: DeskInProcess, waiting: Patient) -> None:
    desk.desk.claim(chat_id(desk), CARLA)
    waiting.reads_all()

    told = desk.desk.assign(chat_id(desk), CARLA, DORA)

    (row,) = desk.rows(tables.handoff)
    assert (told, row.state, row.claimed_by) == (None, "claimed", "dora")
    assert "Dora" in waiting.reads().body


def test_a_conversation_is_never_given_to_whom_it_is_not_there_for(desk: DeskInProcess, waiting: Patient) -> None:
    with pytest.raises(NobodyThere):
        desk.desk.assign(chat_id(desk), CARLA, NINA)


def test_a_conversation_passed_on_waits_for_the_other_team_with_the_time_it_has_waited(
    desk: DeskInProcess, waiting: Patient
) -> None:
    (before,) = desk.rows(tables.handoff)
    desk.desk.claim(chat_id(desk), CARLA)
    desk.clock.move(minutes(5))
    waiting.reads_all()

    desk.desk.pass_on(chat_id(desk), CARLA, "nursing")

    (row,) = desk.rows(tables.handoff)
    assert (row.state, row.team, row.claimed_by, row.opened_at) == ("queued", "nursing", None, before.opened_at)
    assert "Ho passato la Sua richiesta a *Infermieri*." in waiting.reads().body


@pytest.mark.parametrize("flow", ["main", "info", "documents"])
def test_a_conversation_is_closed_to_a_place_with_a_name(desk: DeskInProcess, waiting: Patient, flow: str) -> None:
    desk.desk.claim(chat_id(desk), CARLA)
    waiting.reads_all()

    assert desk.desk.close(chat_id(desk), flow, CARLA)

    (row,), (chat,) = desk.rows(tables.handoff), desk.rows(tables.conversation)
    assert (row.closed_to.split("/")[0], chat.owner, chat.flow) == (flow, "bot", flow)
    assert "risponde di nuovo l'assistente" in waiting.reads_all()[0].body


def test_after_24_hours_nothing_is_said_that_whatsapp_would_refuse(desk: DeskInProcess, waiting: Patient) -> None:
    desk.clock.move(timedelta(hours=25))

    desk.desk.claim(chat_id(desk), CARLA)
    desk.desk.close(chat_id(desk), "main", CARLA)

    assert (waiting.reads_all(), "failed" in desk.states()) == ([], False)


def test_an_emergency_in_a_chat_somebody_has_stays_with_them(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("vorrei parlare con una persona")
    patient.taps("person/which/nursing")
    desk.desk.claim(chat_id(desk), NINA)

    patient.writes("ho un forte dolore al petto e non respiro")

    (row,) = desk.built.counter.queue(NINA)
    assert (row.team, row.claimed_by, row.is_urgent) == ("nursing", "nina", True)


def test_what_is_done_stands_in_the_audit_with_who_did_it(desk: DeskInProcess, waiting: Patient) -> None:
    desk.desk.claim(chat_id(desk), CARLA)
    desk.desk.say(chat_id(desk), CARLA, "Buongiorno")
    desk.built.counter.add_note(CARLA, chat_id(desk), "da richiamare")
    desk.built.counter.label(CARLA, chat_id(desk), "call_back", True)
    desk.built.counter.chat(CARLA, chat_id(desk))
    desk.desk.close(chat_id(desk), "main", CARLA)

    rows = sorted(desk.rows(tables.audit), key=lambda row: row.id)
    assert [row.action for row in rows] == ["claim", "reply", "note", "label", "read", "close"]
    assert {(row.actor, row.subject_table, row.subject_id) for row in rows} == {
        ("staff:carla", "conversation", chat_id(desk))
    }


# ------------------------------------------------------------------------------------------------------ each team alone


def test_another_teams_conversation_is_not_there_whatever_is_tried(desk: DeskInProcess, waiting: Patient) -> None:
    counter, chat = desk.built.counter, chat_id(desk)

    assert counter.queue(NINA) == ()
    assert counter.chat(NINA, chat) is None
    assert counter.chat_version(NINA, chat) is None
    assert counter.find(NINA, "393330000001", "Anna Prova") == ()
    assert not counter.add_note(NINA, chat, "x")
    assert not counter.label(NINA, chat, "call_back", True)
    for act in (
        lambda: desk.desk.claim(chat, NINA),
        lambda: desk.desk.say(chat, NINA, "x"),
        lambda: desk.desk.assign(chat, NINA, NINA),
        lambda: desk.desk.pass_on(chat, NINA, "nursing"),
        lambda: desk.desk.close(chat, "main", NINA),
    ):
        with pytest.raises(NobodyThere):
            act()
    assert desk.rows(tables.note) == desk.rows(tables.label) == []


def test_what_another_team_had_before_is_a_stretch_without_content(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("vorrei parlare con una persona")
    patient.taps("person/which/nursing")
    desk.clock.move(minutes(1))
    patient.writes("parole per gli infermieri")
    desk.desk.say(chat_id(desk), NINA, "parole degli infermieri")
    desk.built.counter.add_note(NINA, chat_id(desk), "appunto degli infermieri")
    desk.clock.move(minutes(1))
    desk.desk.close(chat_id(desk), "main", NINA)
    desk.clock.move(minutes(5))
    patient.writes("vorrei parlare con una persona")
    patient.taps("person/which/reception")

    seen, whole = desk.built.counter.chat(CARLA, chat_id(desk)), desk.built.counter.chat(NINA, chat_id(desk))

    assert whole is None
    assert seen is not None
    assert [line.team for line in seen.lines if isinstance(line, Apart)] == ["nursing"]
    assert "infermieri" not in repr([(line.words,) for line in seen.lines if isinstance(line, Heard)])
    assert "degli infermieri" not in str([line.content for line in seen.lines if isinstance(line, Spoken)])
    assert seen.notes == ()


def test_a_member_keeps_seeing_what_they_hold(desk: DeskInProcess, waiting: Patient) -> None:
    desk.desk.claim(chat_id(desk), CARLA)
    moved = Staff("carla", "Carla", NURSING)

    assert [row.claimed_by for row in desk.built.counter.queue(moved)] == ["carla"]
    assert desk.built.counter.chat(moved, chat_id(desk)) is not None


def test_a_conversation_nobody_had_is_the_receptions(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")

    assert desk.built.counter.chat(CARLA, chat_id(desk)) is not None
    assert desk.built.counter.chat(NINA, chat_id(desk)) is None


def test_names_from_before_the_search_by_name_are_found_after_the_upgrade(
    desk: DeskInProcess, waiting: Patient
) -> None:
    with desk.built.database.begin() as connection:
        connection.execute(tables.contact.update().values(name_hash=None))
    before = desk.built.counter.find(CARLA, None, "Anna Prova")

    done = index_names(desk.built.counter._backing)

    assert (before, done) == ((), 1)
    assert [found.name for found in desk.built.counter.find(CARLA, None, "prova anna")] == ["Anna Prova"]


# ----------------------------------------------------------------------------------------------- what patients are told


def test_whoever_asks_is_told_how_many_wait_before_them(desk: DeskInProcess) -> None:
    said = []
    for number in range(3):
        person = desk.patient(f"39333000001{number}")
        person.writes("vorrei parlare con una persona")
        person.taps("person/which/reception")
        said.append(person.reads_all()[-1].body)
        desk.clock.move(minutes(1))

    assert ["prima persona in attesa" in said[0], "c'è una persona in attesa" in said[1]] == [True, True]
    assert "ci sono 2 persone in attesa prima di Lei" in said[2]


def test_the_usual_wait_of_this_week_takes_the_place_of_the_promise(desk: DeskInProcess) -> None:
    for number, wait in enumerate((4, 5, 6, 7, 30)):
        person = desk.patient(f"39333000002{number}")
        person.writes("vorrei parlare con una persona")
        person.taps("person/which/reception")
        desk.clock.move(minutes(wait))
        (chat,) = [row.conversation_id for row in desk.rows(tables.handoff) if row.state == "queued"]
        desk.desk.claim(chat, CARLA)
    asker = desk.patient("393330000030")
    asker.writes("vorrei parlare con una persona")

    asker.taps("person/which/reception")

    body = asker.reads_all()[-1].body
    assert "Questa settimana di solito si attende circa 6 minuti." in body
    assert "di solito entro" not in body


def test_nothing_is_said_of_the_queue_while_nobody_is_there(desk: DeskInProcess, patient: Patient) -> None:
    desk.clock.move(timedelta(hours=12))
    patient.writes("vorrei parlare con una persona")

    patient.taps("person/which/reception")

    body = patient.reads_all()[-1].body
    assert ("Riapriamo domani alle" in body, "in attesa prima" in body, "prima persona" in body) == (True, False, False)


@pytest.mark.parametrize(
    ("waits", "minutes_said"),
    [((), 0), ((60.0,) * 4, 0), ((10.0,) * 5, 1), ((290.0,) * 5, 5), ((60.0 * 12,) * 5, 15), ((60.0 * 41,) * 9, 45)],
)
def test_a_usual_wait_is_said_only_when_enough_is_known(
    desk: DeskInProcess, waits: tuple[float, ...], minutes_said: int
) -> None:
    now = desk.clock.now()
    ahead = Ahead(1, tuple((now - timedelta(hours=1), wait) for wait in waits))

    prompt = your_place(desk.house.clinic, "reception", ahead, now)

    assert prompt is not None
    assert dict(prompt.values)["usual_minutes"] == minutes_said


# ------------------------------------------------------------------------------------------------------------ escalation


def alarms(desk: DeskInProcess) -> list[str]:
    return sorted(row.cause for row in desk.rows(tables.alarm) if row.cause.startswith("handoff_"))


def test_an_unclaimed_request_calls_for_help_after_two_and_after_ten_minutes(
    desk: DeskInProcess, waiting: Patient
) -> None:
    called = []
    for wait in (1, 1.5, 1, 6, 1, 10):
        desk.clock.move(minutes(wait))
        called.append(desk.desk.escalate_unclaimed())

    assert called == [0, 1, 0, 0, 1, 0]
    assert alarms(desk) == ["handoff_unclaimed", "handoff_unclaimed_long"]


def test_several_processes_call_once(make_postgres_desk: MakeDesk) -> None:
    desk = make_postgres_desk()
    person = desk.patient()
    person.writes("vorrei parlare con una persona")
    person.taps("person/which/reception")
    desk.clock.move(minutes(3))

    called = together(6, lambda _: desk.desk.escalate_unclaimed())

    assert sorted(called) == [0, 0, 0, 0, 0, 1]


def test_taking_a_request_ends_its_alarms(desk: DeskInProcess, waiting: Patient) -> None:
    desk.clock.move(minutes(3))
    desk.desk.escalate_unclaimed()

    desk.desk.claim(chat_id(desk), CARLA)
    desk.clock.move(minutes(30))

    assert desk.desk.escalate_unclaimed() == 0
    assert [row.closed_at is not None for row in desk.rows(tables.alarm)] == [True]


def test_at_night_only_an_emergency_calls_for_help(desk: DeskInProcess) -> None:
    desk.clock.move(timedelta(hours=12))
    calm, urgent = desk.patient("393330000041"), desk.patient("393330000042")
    calm.writes("vorrei parlare con una persona")
    calm.taps("person/which/reception")
    urgent.writes("ho un forte dolore al petto e non respiro")
    desk.clock.move(minutes(11))

    called = desk.desk.escalate_unclaimed()

    assert (called, alarms(desk)) == (1, ["handoff_unclaimed_long"])


def test_what_came_at_night_calls_two_minutes_after_the_opening(desk: DeskInProcess, patient: Patient) -> None:
    desk.clock.move(timedelta(hours=12))
    patient.writes("vorrei parlare con una persona")
    patient.taps("person/which/reception")
    called = []
    for wait in (timedelta(hours=9, minutes=59), minutes(2), minutes(2), minutes(8)):
        desk.clock.move(wait)
        called.append(desk.desk.escalate_unclaimed())

    assert (called, alarms(desk)) == ([0, 0, 1, 1], ["handoff_unclaimed", "handoff_unclaimed_long"])
