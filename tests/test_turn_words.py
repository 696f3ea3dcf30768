"""Words under a reminder: whose answer they are, the reminder's or that of a question that was open before it came."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.model import Author
from bot.ports import Remedy, SendError
from bot.store import tables
from bot.store.agenda_tables import appointment
from bot.turn import STILL_OPEN
from tests.desks import DeskInProcess, Patient
from tests.test_booking import TO_THE_TIMES, Booker
from tests.visits import booked

THURSDAY_TEN = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)  # ten o'clock in Italy
FRIDAY_TEN = THURSDAY_TEN + timedelta(days=1)


def at(desk: DeskInProcess, moment: datetime) -> None:
    """Let the time pass to a moment."""
    desk.clock.move(moment - desk.clock.now())


def confirmed(desk: DeskInProcess) -> list[bool]:
    """Tell of each visit whether the patient has said that they come, the earliest first."""
    rows = sorted(desk.rows(appointment), key=lambda row: row.starts_at)
    return [row.confirmed_at is not None for row in rows if row.state == "booked"]


@pytest.fixture
def writer(desk: DeskInProcess) -> Patient:
    """Return somebody with a visit on Friday at ten, on the Thursday before, with nothing asked of them."""
    writer = desk.patient()
    writer.writes("menu")
    booked(desk, FRIDAY_TEN)
    at(desk, THURSDAY_TEN)
    writer.writes("menu")
    writer.reads_all()
    return writer


def reminded(desk: DeskInProcess, writer: Patient) -> None:
    """Have what is due given and read."""
    desk.desk.give_due()
    assert any("promemoria" in sent.body or "ricordiamo" in sent.body for sent in writer.reads_all())


# ------------------------------------------------------------------------------------ a question that was open before


@pytest.mark.parametrize("words", ["sì", "Confermo", "1", "2", "ok grazie", "no"])
def test_what_answers_an_open_question_is_not_the_reminders(desk: DeskInProcess, writer: Patient, words: str) -> None:
    writer.writes("disdire")
    assert "disd" in writer.reads().body.lower()
    reminded(desk, writer)

    writer.writes(words)

    assert not any(confirmed(desk))
    assert all("ho segnato che viene" not in sent.body for sent in writer.reads_all())


def test_a_number_is_one_of_the_menu_that_was_open(desk: DeskInProcess, writer: Patient) -> None:
    writer.writes("orari e sedi")
    writer.reads()
    reminded(desk, writer)

    writer.writes("1")

    assert "Sede Centro" in writer.reads().body
    assert confirmed(desk) == [False]


@pytest.mark.parametrize("words", ["sì", "Confermo", "1", "ok"])
def test_a_yes_to_a_summary_books_and_leaves_the_reminder_unanswered(
    desk: DeskInProcess, writer: Patient, words: str
) -> None:
    someone = Booker(writer).says("menu").chooses(*TO_THE_TIMES)
    someone.chooses(someone.read[-1].taps[0]).says("Anna", "03/05/1980")
    reminded(desk, writer)

    someone.says(words)

    assert "Prenotato, per Anna" in someone.read[0].body.replace("*", "")
    assert confirmed(desk) == [False, False]


@pytest.mark.parametrize("words", ["Ci sarò", "confermo che vengo"])
def test_what_only_the_reminder_can_mean_answers_it_and_leads_back(
    desk: DeskInProcess, writer: Patient, words: str
) -> None:
    writer.writes("orari e sedi")
    asked = writer.reads()
    reminded(desk, writer)

    writer.writes(words)

    said = writer.reads_all()
    assert "venerdì 27 novembre alle 10:00" in said[0].body
    assert said[-1].taps == asked.taps
    assert confirmed(desk) == [True]


def test_a_question_left_for_hours_is_open_no_more(desk: DeskInProcess, writer: Patient) -> None:
    writer.writes("orari e sedi")
    writer.reads()
    desk.clock.move(STILL_OPEN)
    reminded(desk, writer)

    writer.writes("sì")

    assert "ho segnato che viene" in writer.reads_all()[0].body
    assert confirmed(desk) == [True]


def test_did_you_mean_keeps_its_numbers_when_a_reminder_comes(desk: DeskInProcess, writer: Patient) -> None:
    (talk,) = desk.rows(tables.conversation)
    with desk.built.lanes.lane_of(talk.id) as lane:
        lane.save(replace(lane.chat, offered=("main/menu/reschedule", "main/menu/info")))
    reminded(desk, writer)

    writer.writes("1")

    assert writer.reads().taps[0].startswith("reschedule/")
    assert confirmed(desk) == [False]


# ------------------------------------------------------------------------------------------------ what was never read


@pytest.mark.parametrize("unknown", [True, False])
def test_a_yes_after_a_reminder_that_was_not_sent_confirms_nothing(
    desk: DeskInProcess, writer: Patient, unknown: bool
) -> None:
    desk.whatsapp.answers.append(SendError(Remedy.GIVE_UP, 131026, unknown=unknown))
    desk.desk.give_due()
    assert writer.reads_all() == []

    writer.writes("sì")

    assert confirmed(desk) == [False]
    assert [row.author for row in desk.rows(tables.outbox)].count(Author.NOTICE) == 1


# -------------------------------------------------------------------------------------------------------- two reminders


def test_a_yes_to_two_reminders_is_asked_back_with_both_times(desk: DeskInProcess, writer: Patient) -> None:
    booked(desk, FRIDAY_TEN + timedelta(minutes=40))
    desk.clock.move(timedelta(minutes=40))
    reminded(desk, writer)

    writer.writes("sì")

    asked = writer.reads()
    assert "10:00" in str(asked.reply) and "10:40" in str(asked.reply)
    assert confirmed(desk) == [False, False]
    for tap in asked.taps:
        writer.taps(tap)
    assert confirmed(desk) == [True, True]
