"""The page of reminders: who must be called, who is silent, the balance, the templates; and what each member sees of it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser

from bot.agenda import Appointment, AppointmentStatus
from bot.approvals import TemplateFacts
from bot.notices import Kind, NoticeState
from bot.staff import Permission, Role
from bot.store import tables
from bot.store.outreach_tables import notice
from tests.consoles import AtConsole, hired, served, sign_in, signed_in
from tests.desks import DeskInProcess, Patient
from tests.test_entry import LEGIBLE
from tests.visits import booked, diary_of, moved

NEXT_TUESDAY_TEN = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)  # ten o'clock in Italy
DAY = timedelta(days=1)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database: what the page counts is tested on both elsewhere."""
    return sqlite_url


def shown(page: str) -> str:
    """Return what a page says, without its tags."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def section(page: str, id: str) -> str:
    """Return one section of the page, without its tags."""
    return shown(page.split(f'id="{id}"', 1)[1].split("</section>")[0])


@pytest.fixture
def writer(desk: DeskInProcess) -> Patient:
    """Somebody who wrote on Monday."""
    writer = desk.patient()
    writer.writes("menu")
    writer.reads_all()
    return writer


@pytest.fixture
def carla(desk: DeskInProcess) -> AtConsole:
    """Somebody of the reception."""
    return signed_in(desk, teams=("reception",))


def to_be_called(desk: DeskInProcess) -> None:
    """Have a reminder that no template can say."""
    booked(desk, NEXT_TUESDAY_TEN)
    desk.clock.move(NEXT_TUESDAY_TEN - DAY - desk.clock.now())
    desk.desk.give_due()


def silent(desk: DeskInProcess, writer: Patient) -> None:
    """Have a reminder of three days before that nobody answers for a day."""
    booked(desk, NEXT_TUESDAY_TEN)
    desk.clock.move(NEXT_TUESDAY_TEN - 3 * DAY - timedelta(hours=14) - desk.clock.now())
    writer.writes("menu")
    desk.clock.move(timedelta(hours=14))
    desk.desk.give_due()
    desk.clock.move(timedelta(hours=25))


def test_whoever_must_be_called_stands_there_with_the_reason_and_one_tap_to_call(
    desk: DeskInProcess, writer: Patient
) -> None:
    to_be_called(desk)

    page = signed_in(desk, teams=("reception",)).get("/reminders").text

    told = section(page, "to-call")
    assert "Da avvisare di persona 1" in told
    assert "1 dic 2026, 10:00" in told
    assert "Promemoria del giorno prima: nessun modello approvato" in told
    assert "Anna Prova" in told
    assert 'href="tel:+393330000001"' in page
    assert f"/console/conversations/{desk.rows(tables.conversation)[0].id}" in page


def test_whoever_was_told_leaves_the_list_and_the_audit_says_by_whom(desk: DeskInProcess, writer: Patient) -> None:
    to_be_called(desk)
    carla = signed_in(desk, teams=("reception",))
    (left,) = desk.built.notices.for_staff()

    answer = carla.post(f"/reminders/{left.id}/told")

    assert (answer.status_code, desk.built.notices.for_staff()) == (303, ())
    assert "Segnato come avvisato." in shown(carla.get("/reminders").text)
    assert carla.member is not None
    done = [(row.actor, row.subject_id) for row in desk.rows(tables.audit) if row.action == "reminder_told"]
    assert done == [(f"staff:{carla.member.id}", left.id)]


def test_what_is_not_on_the_list_cannot_be_ticked_off(carla: AtConsole) -> None:
    assert carla.post(f"/reminders/{uuid4()}/told").status_code == 404


def test_whoever_is_silent_for_a_day_stands_there_until_they_answer(desk: DeskInProcess, writer: Patient) -> None:
    silent(desk, writer)
    tap = writer.reads_all()[-1].taps[0]
    carla = signed_in(desk, teams=("reception",))
    before = section(carla.get("/reminders").text, "silent")

    writer.taps(tap)

    assert "Non confermate 1" in before
    assert "Promemoria del sab 28 nov, nessuna risposta" in before
    assert "Non confermate 0" in section(carla.get("/reminders").text, "silent")


def test_the_day_comes_out_even_and_says_why(desk: DeskInProcess, writer: Patient) -> None:
    to_be_called(desk)

    told = section(signed_in(desk, teams=("reception",)).get("/reminders").text, "balance")

    assert "Oggi 1 0 0 1 0 0 nessun modello approvato 1" in told


def test_the_templates_are_shown_as_meta_has_them(desk: DeskInProcess, carla: AtConsole) -> None:
    names = frozenset(one.name for one in desk.built.templates)
    found = [
        TemplateFacts("reminder_24h", "it", "APPROVED", category="UTILITY"),
        TemplateFacts("reminder_24h", "en", "PAUSED", category="UTILITY"),
        TemplateFacts("reminder_24h", "es", "APPROVED", category="MARKETING"),
        TemplateFacts("reminder_72h", "it", "LOCKED", category="UTILITY"),
    ]
    desk.built.approvals.keep(found, names)

    told = section(carla.get("/reminders").text, "templates")

    assert "Si può inviare: 1 reminder_24h (italiano)" in told
    assert "Sospeso da Meta, i promemoria attendono: 1 reminder_24h (inglese)" in told
    assert "Meta lo ha messo in un'altra categoria, non si invia: 1 reminder_24h (spagnolo)" in told
    assert "Non si può inviare: 1 reminder_72h (italiano)" in told
    assert "Meta non lo ha: flask templates push: 20 booked_by_clinic (italiano), " in told


# ------------------------------------------------------------------------------------------------------------ who sees it


def test_another_teams_patient_is_there_without_name_and_number(desk: DeskInProcess, writer: Patient) -> None:
    to_be_called(desk)
    nurse = signed_in(desk, Role.NURSE, ("nursing",), first_name="Nina")

    page = nurse.get("/reminders").text

    assert "Da avvisare di persona 1" in section(page, "to-call")
    assert ("Anna Prova" in page, "tel:" in page, "/conversations/" in page) == (False, False, False)


def test_whoever_may_only_look_cannot_tick_off(desk: DeskInProcess, writer: Patient) -> None:
    to_be_called(desk)
    nurse = signed_in(desk, Role.NURSE, ("nursing",), first_name="Nina")
    (left,) = desk.built.notices.for_staff()

    assert "Avvisato</button>" not in nurse.get("/reminders").text
    assert nurse.post(f"/reminders/{left.id}/told").status_code == 404
    assert len(desk.built.notices.for_staff()) == 1


def test_whoever_may_not_see_the_calendar_finds_no_such_page(desk: DeskInProcess) -> None:
    someone = signed_in(desk, permissions=[Permission.READ, Permission.REPLY])

    assert someone.get("/reminders").status_code == 404
    assert "Promemoria" not in someone.get("/queue").text


def test_that_it_was_read_stands_in_the_audit(desk: DeskInProcess, carla: AtConsole) -> None:
    carla.get("/reminders")

    assert "read_reminders" in [row.action for row in desk.rows(tables.audit)]


def test_the_page_speaks_english(desk: DeskInProcess, writer: Patient) -> None:
    to_be_called(desk)

    page = signed_in(desk, teams=("reception",), language="en").get("/reminders").text

    assert "Reminder the day before: no approved template" in section(page, "to-call")


# ------------------------------------------------------------------------------------------------------------ the figures


def facts(page: str) -> dict[str, str]:
    return {
        name: html.unescape(value) for name, value in re.findall(r'<dt>([^<]+)</dt><dd class="value">([^<]+)<', page)
    }


def visits_over(desk: DeskInProcess, came: int, missed: int) -> None:
    """Have visits of this morning that are over, marked as staff do."""
    for number in range(came + missed):
        status = AppointmentStatus.NOSHOW if number < missed else AppointmentStatus.FULFILLED
        visit = booked(desk, desk.clock.now() + timedelta(minutes=20 * (number + 1)))
        diary_of(desk).set_status(visit.id, status, uuid4(), by="staff")
    desk.clock.move(timedelta(minutes=20 * (came + missed + 2)))


def test_missed_visits_are_compared_with_the_time_before(desk: DeskInProcess, writer: Patient, tmp_path: Path) -> None:
    visits_over(desk, came=25, missed=5)
    manager = signed_in(desk, Role.MANAGER)
    without = facts(manager.get("/figures").text)
    (tmp_path / "before.csv").write_text("month,booked,noshow\n2026-03,400,100\n", "utf-8")
    desk.app.test_cli_runner().invoke(args=("figures", "baseline", "--from", str(tmp_path / "before.csv")))

    found = facts(manager.get("/figures").text)

    assert without["Mancate, rispetto a prima"] == "nessun confronto: flask figures baseline"
    assert found["Visite mancate"] == "16,7 % (fra 7,3 e 33,6 %, n 30): 5"
    assert found["Mancate, rispetto a prima"] == (
        "−33,3 % in proporzione (fra −70,6 e +51,1 %); −8,3 punti (fra −18,7 e +9,0); "
        "prima 25,0 % (fra 21,0 e 29,5 %, n 400)"
    )


def test_what_patients_did_after_a_reminder_is_told_of_all_who_were_reminded(
    desk: DeskInProcess, writer: Patient
) -> None:
    visits = [booked(desk, desk.clock.now() + timedelta(hours=1, minutes=20 * number)) for number in range(25)]
    reminded(desk, visits)
    for number, visit in enumerate(visits):
        if number < 10:
            diary_of(desk).confirm(visit.id, visit.revision)
        elif number < 16:
            moved(desk, visit, desk.clock.now() + timedelta(days=9, minutes=20 * number), by="patient")
        elif number < 23:
            diary_of(desk).set_status(visit.id, AppointmentStatus.CANCELLED, uuid4())
    desk.clock.move(timedelta(hours=12))

    found = facts(signed_in(desk, Role.MANAGER).get("/figures").text)

    assert found["Promemoria inviati"] == "25"
    assert [
        found[name]
        for name in ("Confermate dai pazienti", "Spostate dopo un promemoria", "Disdette dopo un promemoria")
    ] == [
        "40,0 % (fra 23,4 e 59,3 %, n 25): 10",
        "24,0 % (fra 11,5 e 43,4 %, n 25): 5",
        "28,0 % (fra 14,3 e 47,6 %, n 25): 5",
    ]


def reminded(desk: DeskInProcess, visits: Sequence[Appointment]) -> None:
    """Have sent a reminder of each visit a minute ago."""
    at, (talk,) = desk.clock.now(), desk.rows(tables.conversation)
    sent = [
        {
            **{"id": uuid4(), "appointment_id": visit.id, "conversation_id": talk.id, "kind": Kind.REMINDER_24H},
            **{"revision": visit.revision, "starts_at": visit.start, "concerns_at": visit.start, "due_at": at},
            **{"until": visit.start, "state": NoticeState.SENT, "at": at, "settled_at": at - timedelta(minutes=1)},
        }
        for visit in visits
    ]
    with desk.built.database.begin() as connection:
        connection.execute(notice.insert(), sent)


def test_a_share_is_not_told_while_visits_are_not_marked(desk: DeskInProcess, writer: Patient) -> None:
    for number in range(8):
        booked(desk, desk.clock.now() + timedelta(minutes=20 * (number + 1)))
    desk.clock.move(timedelta(hours=4))

    found = facts(signed_in(desk, Role.MANAGER).get("/figures").text)

    assert found["Visite mancate"] == "non si può dire: segnate meno di 5 di 5"


def test_a_team_sees_no_figures_of_visits(desk: DeskInProcess) -> None:
    nurse = signed_in(desk, Role.NURSE, ("nursing",), permissions=[*Permission])

    assert "Visite mancate" not in nurse.get("/figures").text


# ----------------------------------------------------------------------------------------------------------- in a browser


@pytest.fixture
def live(environ: dict[str, str], tmp_path: Path) -> Iterator[DeskInProcess]:
    """A desk that serves real browsers, where two people must be called and one is silent."""
    with served(environ, f"sqlite:///{tmp_path}/live.sqlite") as desk:
        for number in range(2):
            writer = desk.patient(
                f"39333000010{number}", name="Anna Prova" if number else "Massimiliano Alessandro Lungonome"
            )
            writer.writes("menu")
            contact = max(desk.rows(tables.contact), key=lambda row: row.id).id
            booked(desk, NEXT_TUESDAY_TEN + timedelta(minutes=30 * number), contact)
        desk.clock.move(NEXT_TUESDAY_TEN - 3 * DAY - timedelta(hours=14) - desk.clock.now())
        writer.writes("menu")
        desk.clock.move(timedelta(hours=14, minutes=40))
        desk.desk.give_due()
        desk.clock.move(timedelta(hours=25))
        desk.built.approvals.keep([TemplateFacts("reminder_24h", "it", "PAUSED")], frozenset({"reminder_24h"}))
        yield desk


@pytest.mark.parametrize("width", [390, 1280])
def test_the_lists_can_be_read_and_tapped_on_a_phone_and_on_a_screen(
    live: DeskInProcess, browser: Browser, width: int
) -> None:
    url, mine = live.settings.public_url, sign_in(live, hired(live))
    window = browser.new_context(viewport={"width": width, "height": 844})
    window.add_cookies([{"name": "sportello", "value": str(mine.cookie), "url": url}])
    page, refused = window.new_page(), []
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)

    page.goto(f"{url}/console/reminders")
    faults = page.evaluate(LEGIBLE)
    page.get_by_role("button", name="Avvisato").first.click()
    page.get_by_text("Segnato come avvisato.").wait_for()
    window.close()

    assert (refused, faults) == ([], [])
