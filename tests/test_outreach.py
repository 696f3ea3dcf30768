"""What the clinic begins: given once, in its hours, true when it is sent, and answered by one tap in every state."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.notices import Kind, NoticeState, Skipped, ToStaff
from bot.store.outreach_tables import notice
from tests.desks import DeskInProcess, Patient
from tests.visits import booked, moved

THURSDAY_TEN = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)  # ten o'clock in Italy
NEXT_TUESDAY_TEN = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


def at(desk: DeskInProcess, moment: datetime) -> None:
    """Let the time pass to a moment."""
    desk.clock.move(moment - desk.clock.now())


def given(desk: DeskInProcess) -> list[tuple[str, str, str | None]]:
    """Return the notices as (kind, state, reason), in the order in which they were due."""
    rows = sorted(desk.rows(notice), key=lambda row: (row.due_at, row.kind))
    return [(row.kind, row.state, row.reason) for row in rows]


@pytest.fixture
def writer(desk: DeskInProcess) -> Patient:
    """Return somebody who has written before and read what came back."""
    writer = desk.patient()
    writer.writes("menu")
    writer.reads_all()
    return writer


def write_again(desk: DeskInProcess, writer: Patient) -> None:
    """Open the window anew."""
    writer.writes("menu")
    writer.reads_all()


def test_a_visit_is_reminded_of_a_day_before_with_three_taps(desk: DeskInProcess, writer: Patient) -> None:
    visit = booked(desk, NEXT_TUESDAY_TEN)
    at(desk, NEXT_TUESDAY_TEN - timedelta(days=1, minutes=5))
    write_again(desk, writer)
    desk.desk.give_due()
    at(desk, NEXT_TUESDAY_TEN - timedelta(days=1))

    desk.desk.give_due()

    sent = writer.reads()
    assert "martedì 1 dicembre" in sent.body and "10:00" in sent.body and visit.code in sent.body
    assert sent.taps == tuple(f"@visit/{wish}/{visit.id}/1" for wish in ("confirm", "move", "cancel"))
    assert given(desk)[-1] == (Kind.REMINDER_24H, NoticeState.SENT, None)


def test_it_is_said_once_however_often_it_is_looked_for(desk: DeskInProcess, writer: Patient) -> None:
    booked(desk, NEXT_TUESDAY_TEN)
    at(desk, NEXT_TUESDAY_TEN - timedelta(days=1))
    write_again(desk, writer)

    counts = [desk.desk.give_due() for _ in range(3)]

    assert counts == [1, 0, 0]
    assert len(writer.reads_all()) == 1


def test_who_cannot_be_written_to_freely_is_left_to_people(desk: DeskInProcess, writer: Patient) -> None:
    visit = booked(desk, NEXT_TUESDAY_TEN)
    at(desk, NEXT_TUESDAY_TEN - timedelta(days=1))

    desk.desk.give_due()

    assert writer.reads_all() == []
    (left,) = desk.built.notices.for_staff()
    assert (left.kind, left.appointment_id, left.reason) == (Kind.REMINDER_24H, visit.id, ToStaff.NO_TEMPLATE)


def test_who_said_stop_is_not_reminded(desk: DeskInProcess, writer: Patient) -> None:
    booked(desk, NEXT_TUESDAY_TEN)
    at(desk, NEXT_TUESDAY_TEN - timedelta(days=1))
    writer.writes("stop")
    assert "né promemoria né avvisi" in writer.reads().body

    desk.desk.give_due()

    assert writer.reads_all() == []
    assert given(desk)[-1] == (Kind.REMINDER_24H, NoticeState.SKIPPED, Skipped.STOPPED)


def test_a_visit_moved_between_claim_and_sending_is_not_told_as_it_was(desk: DeskInProcess, writer: Patient) -> None:
    visit = booked(desk, NEXT_TUESDAY_TEN)
    at(desk, NEXT_TUESDAY_TEN - timedelta(days=1))
    write_again(desk, writer)
    desk.desk.give_due(lambda chores: None)
    moved(desk, visit, NEXT_TUESDAY_TEN + timedelta(days=9), by="patient")

    desk.desk.finish_due(lambda place: True)

    assert writer.reads_all() == []
    assert given(desk)[-1] == (Kind.REMINDER_24H, NoticeState.SKIPPED, Skipped.CHANGED)
