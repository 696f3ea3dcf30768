"""Reminders and notices outside the window: the template Meta approved, what a pause does, and who is told otherwise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from bot.agenda import AppointmentStatus
from bot.approvals import TemplateFacts
from bot.model import TemplateMessage
from bot.notices import Kind, NoticeState, ToStaff
from bot.ports import Remedy, SendError
from bot.store import tables
from bot.store.outreach_tables import notice
from tests.desks import DeskInProcess, Patient
from tests.visits import booked, diary_of

NEXT_TUESDAY_TEN = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)  # ten o'clock in Italy
DAY_BEFORE = NEXT_TUESDAY_TEN - timedelta(days=1)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database: what is kept of templates and notices is tested on both elsewhere."""
    return sqlite_url


@pytest.fixture
def writer(desk: DeskInProcess) -> Patient:
    """Somebody who wrote on Monday, and may be written to by template only when the reminder is due."""
    writer = desk.patient()
    writer.writes("menu")
    writer.reads_all()
    return writer


def listed(desk: DeskInProcess, status: str = "APPROVED", category: str = "UTILITY") -> None:
    """Have Meta list every template in Italian."""
    names = [one.name for one in desk.built.templates]
    desk.built.approvals.keep([TemplateFacts(one, "it", status, category=category) for one in names], frozenset(names))


def told(desk: DeskInProcess, event: str, name: str = "reminder_24h", **value: Any) -> None:
    """Have Meta tell of a template by webhook."""
    named = {"message_template_name": name, "message_template_language": "it", "message_template_id": 1}
    change = {"field": "message_template_status_update", "value": {"event": event, **named, **value}}
    entry = {"id": "102290129340398", "time": int(desk.clock.now().timestamp()), "changes": [change]}
    assert desk.post({"object": "whatsapp_business_account", "entry": [entry]}) == 200


def at(desk: DeskInProcess, moment: datetime) -> None:
    desk.clock.move(moment - desk.clock.now())


def given(desk: DeskInProcess) -> list[tuple[str, str, str | None]]:
    return [(row.kind, row.state, row.reason) for row in sorted(desk.rows(notice), key=lambda row: row.due_at)]


def test_after_24_hours_the_approved_template_is_sent_with_its_taps(desk: DeskInProcess, writer: Patient) -> None:
    listed(desk)
    visit = booked(desk, NEXT_TUESDAY_TEN)
    at(desk, DAY_BEFORE)

    desk.desk.give_due()

    (sent,) = writer.reads_all()
    assert isinstance(sent.reply, TemplateMessage)
    assert (sent.reply.name, sent.reply.language, dict(sent.reply.body)["code"]) == ("reminder_24h", "it", visit.code)
    assert sent.reply.quick_replies == tuple(f"@visit/{wish}/{visit.id}/1" for wish in ("confirm", "move", "cancel"))


def test_a_tap_on_the_template_confirms(desk: DeskInProcess, writer: Patient) -> None:
    listed(desk)
    visit = booked(desk, NEXT_TUESDAY_TEN)
    at(desk, DAY_BEFORE)
    desk.desk.give_due()
    writer.reads_all()

    writer.sends(type="button", button={"payload": f"@visit/confirm/{visit.id}/1", "text": "Confermo"})

    assert diary_of(desk).appointment(visit.id).confirmed_at is not None


def test_a_reminder_waits_while_its_template_is_paused_and_goes_when_it_is_not(
    desk: DeskInProcess, writer: Patient
) -> None:
    listed(desk)
    booked(desk, NEXT_TUESDAY_TEN)
    at(desk, DAY_BEFORE)
    told(desk, "PAUSED")
    waited = desk.desk.give_due()
    desk.clock.move(timedelta(hours=3))
    told(desk, "APPROVED")

    gone = [desk.desk.give_due() for _ in range(2)]

    assert (waited, gone, len(writer.reads_all())) == (0, [1, 0], 1)
    assert given(desk)[-1] == (Kind.REMINDER_24H, NoticeState.SENT, None)


def test_what_was_claimed_before_the_pause_is_taken_back_and_keeps_no_answer_waiting(
    desk: DeskInProcess, writer: Patient
) -> None:
    listed(desk)
    booked(desk, NEXT_TUESDAY_TEN)
    at(desk, DAY_BEFORE)
    desk.desk.give_due(lambda chores: None)
    told(desk, "PAUSED")

    writer.writes("menu")

    assert "Menu" in writer.reads().body or len(desk.whatsapp.sent) == 2
    assert Kind.REMINDER_24H not in [row.kind for row in desk.rows(notice)]


def test_what_meta_refuses_as_paused_is_left_to_people_and_keeps_no_answer_waiting(
    desk: DeskInProcess, writer: Patient
) -> None:
    listed(desk)
    booked(desk, NEXT_TUESDAY_TEN)
    at(desk, DAY_BEFORE)
    desk.whatsapp.answers = [SendError(Remedy.HOLD, 132015)]
    desk.desk.give_due()

    writer.writes("menu")

    assert len(writer.reads_all()) == 1
    assert [one.reason for one in desk.built.notices.for_staff()] == [ToStaff.REFUSED]


@pytest.mark.parametrize(("status", "category"), [("APPROVED", "MARKETING"), ("REJECTED", "UTILITY")])
def test_what_may_not_be_sent_is_left_to_people(
    desk: DeskInProcess, writer: Patient, status: str, category: str
) -> None:
    listed(desk, status, category)
    booked(desk, NEXT_TUESDAY_TEN)
    at(desk, DAY_BEFORE)

    desk.desk.give_due()

    assert writer.reads_all() == []
    assert [one.reason for one in desk.built.notices.for_staff()] == [ToStaff.NO_TEMPLATE]


def test_a_cancelled_visit_does_not_wait_for_a_paused_template(desk: DeskInProcess, writer: Patient) -> None:
    listed(desk, "PAUSED")
    visit = booked(desk, NEXT_TUESDAY_TEN)
    desk.clock.move(timedelta(days=2))
    diary_of(desk).set_status(visit.id, AppointmentStatus.CANCELLED, uuid4(), by="staff")
    desk.clock.move(timedelta(minutes=1))

    desk.desk.give_due()

    assert writer.reads_all() == []
    assert [(one.kind, one.reason) for one in desk.built.notices.for_staff()] == [(Kind.CANCELLED, ToStaff.NO_TEMPLATE)]


def test_whoever_speaks_a_language_that_is_not_approved_reads_the_clinics_first(
    desk: DeskInProcess, writer: Patient
) -> None:
    listed(desk)
    booked(desk, NEXT_TUESDAY_TEN)
    with desk.built.database.begin() as connection:
        connection.execute(tables.conversation.update().values(language="es"))
    at(desk, DAY_BEFORE)

    desk.desk.give_due()

    (sent,) = writer.reads_all()
    assert isinstance(sent.reply, TemplateMessage)
    assert sent.reply.language == "it"
