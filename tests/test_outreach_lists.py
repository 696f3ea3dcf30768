"""Whom a person must call: nobody too many, nobody too few, and why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from bot.agenda import Appointment, AppointmentStatus
from bot.approvals import TemplateFacts
from bot.clinic import Lead
from bot.model import Status, TemplateMessage
from bot.notices import Kind, NoticeState, Skipped, ToStaff
from bot.ports import Remedy, SendError
from bot.store import tables
from bot.store.agenda_tables import appointment
from bot.store.outreach_tables import notice
from tests.consoles import signed_in
from tests.desks import NUMBER, DeskInProcess, Patient
from tests.test_outreach_many import books_of, reminding
from tests.test_reminders_page import section
from tests.visits import booked, diary_of, moved

NEXT_TUESDAY_TEN = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)  # ten o'clock in Italy
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
DAY_BEFORE = NEXT_TUESDAY_TEN - DAY


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database: the queries are tested on both in `test_outreach.py`."""
    return sqlite_url


@pytest.fixture
def writer(desk: DeskInProcess) -> Patient:
    """Somebody who wrote on Monday, a week before, and read what came back."""
    writer = desk.patient()
    writer.writes("menu")
    writer.reads_all()
    return writer


def at(desk: DeskInProcess, moment: datetime) -> None:
    """Let the time pass to a moment."""
    desk.clock.move(moment - desk.clock.now())


def listed(desk: DeskInProcess, status: str = "APPROVED") -> None:
    """Have Meta list every template in Italian."""
    names = [one.name for one in desk.built.templates]
    facts = [TemplateFacts(one, "it", status, category="UTILITY") for one in names]
    desk.built.approvals.keep(facts, frozenset(names))


def last(desk: DeskInProcess) -> tuple[str, str, str | None]:
    """Return the newest notice."""
    row = max(desk.rows(notice), key=lambda row: row.due_at)
    return row.kind, row.state, row.reason


def to_call(desk: DeskInProcess) -> list[tuple[Kind, str]]:
    return [(one.kind, one.reason) for one in desk.built.notices.for_staff()]


def left_to_people(desk: DeskInProcess, start: datetime = NEXT_TUESDAY_TEN) -> Appointment:
    """Have a reminder that no template can say."""
    visit = booked(desk, start)
    at(desk, start - DAY)
    desk.desk.give_due()
    assert to_call(desk) == [(Kind.REMINDER_24H, ToStaff.NO_TEMPLATE)]
    return visit


# -------------------------------------------------------------------------------------------------- who is not called


def test_who_stopped_reminders_is_not_called_where_no_template_can_say_it(desk: DeskInProcess, writer: Patient) -> None:
    booked(desk, NEXT_TUESDAY_TEN)
    writer.writes("stop")
    writer.reads_all()
    at(desk, DAY_BEFORE)

    desk.desk.give_due()

    assert (last(desk), to_call(desk)) == ((Kind.REMINDER_24H, NoticeState.SKIPPED, Skipped.STOPPED), [])


def test_who_stopped_notices_and_whose_visit_staff_moved_is_called_for_that_reason(
    desk: DeskInProcess, writer: Patient
) -> None:
    visit = booked(desk, NEXT_TUESDAY_TEN)
    writer.writes("stop")
    writer.reads_all()
    desk.clock.move(2 * DAY)
    moved(desk, visit, NEXT_TUESDAY_TEN + HOUR)
    desk.clock.move(MINUTE)

    desk.desk.give_due()

    assert to_call(desk) == [(Kind.MOVED, ToStaff.STOPPED)]


def test_a_cancelled_visit_is_called_about_no_more(desk: DeskInProcess, writer: Patient) -> None:
    visit = left_to_people(desk)

    diary_of(desk).set_status(visit.id, AppointmentStatus.CANCELLED, uuid4())

    assert to_call(desk) == []


def test_a_visit_the_patient_moved_is_called_about_no_more(desk: DeskInProcess, writer: Patient) -> None:
    visit = left_to_people(desk)

    moved(desk, visit, NEXT_TUESDAY_TEN + 9 * DAY, by="patient")

    assert to_call(desk) == []


def test_who_has_confirmed_meanwhile_is_not_called(desk: DeskInProcess, writer: Patient) -> None:
    visit = left_to_people(desk)
    desk.clock.move(MINUTE)

    diary_of(desk).confirm(visit.id, 1)

    assert to_call(desk) == []


def test_a_visit_that_has_begun_is_reminded_of_no_more(desk: DeskInProcess, writer: Patient) -> None:
    left_to_people(desk)

    at(desk, NEXT_TUESDAY_TEN)

    assert to_call(desk) == []


def test_who_came_in_vain_is_called_for_another_day(desk: DeskInProcess, writer: Patient) -> None:
    visit = booked(desk, NEXT_TUESDAY_TEN)
    at(desk, DAY_BEFORE)
    diary_of(desk).set_status(visit.id, AppointmentStatus.CANCELLED, uuid4(), by="staff")
    desk.clock.move(MINUTE)
    desk.desk.give_due()

    shown = []
    for moment in (NEXT_TUESDAY_TEN + HOUR, NEXT_TUESDAY_TEN + DAY):
        at(desk, moment)
        shown.append(to_call(desk))

    assert shown == [[(Kind.CANCELLED, ToStaff.NO_TEMPLATE)], []]


def test_a_change_that_was_changed_again_is_listed_once(desk: DeskInProcess, writer: Patient) -> None:
    visit = booked(desk, NEXT_TUESDAY_TEN)
    desk.clock.move(2 * DAY)
    for hours in (1, 2):
        moved(desk, visit, NEXT_TUESDAY_TEN + hours * HOUR)
        desk.clock.move(MINUTE)
        desk.desk.give_due()

    assert [one.starts_at for one in desk.built.notices.for_staff()] == [NEXT_TUESDAY_TEN + 2 * HOUR]


def test_those_of_today_are_seen_whatever_was_never_ticked_off(desk: DeskInProcess, writer: Patient) -> None:
    visit = left_to_people(desk)
    (row,) = [row for row in desk.rows(notice) if row.state == "staff"]
    earlier = [row.starts_at - (n + 1) * HOUR for n in range(510)]
    never = [{**row._mapping, "id": uuid4(), "revision": -n, "starts_at": at} for n, at in enumerate(earlier)]
    with desk.built.database.begin() as connection:
        connection.execute(notice.insert(), never)

    (left,) = desk.built.notices.for_staff()

    assert (left.id, left.appointment_id) == (row.id, visit.id)
    assert signed_in(desk, teams=("reception",)).post(f"/reminders/{left.id}/told").status_code == 303


# ---------------------------------------------------------------------------------------- what nobody knew, and then did


@pytest.mark.parametrize("status", ["sent", "delivered", "read"])
def test_a_status_that_comes_after_all_takes_the_call_off_the_list(
    desk: DeskInProcess, writer: Patient, status: str
) -> None:
    row = unknown(desk, writer)

    desk.built.outbox.note_statuses([Status(f"wamid.{row}", NUMBER, status, desk.clock.now(), row)])

    assert (last(desk), to_call(desk)) == ((Kind.REMINDER_24H, NoticeState.SENT, None), [])
    assert {one.state for one in desk.rows(tables.outbox) if one.id == row} == {status}


def test_a_failure_that_comes_after_that_puts_it_back(desk: DeskInProcess, writer: Patient) -> None:
    row = unknown(desk, writer)
    for status in ("sent", "failed"):
        desk.built.outbox.note_statuses(
            [Status(f"wamid.{row}", NUMBER, status, desk.clock.now(), row, errors=(131026,))]
        )

    assert to_call(desk) == [(Kind.REMINDER_24H, ToStaff.REFUSED)]


def test_what_meta_refused_is_not_sent_because_it_says_so_late(desk: DeskInProcess, writer: Patient) -> None:
    row = unknown(desk, writer)
    for status in ("failed", "sent"):
        desk.built.outbox.note_statuses(
            [Status(f"wamid.{row}", NUMBER, status, desk.clock.now(), row, errors=(131026,))]
        )

    assert len(to_call(desk)) == 1


def unknown(desk: DeskInProcess, writer: Patient) -> object:
    """Have a reminder of which nobody knows whether it went out; return its row."""
    booked(desk, NEXT_TUESDAY_TEN)
    at(desk, DAY_BEFORE)
    writer.writes("menu")
    writer.reads_all()
    desk.whatsapp.answers.append(SendError(Remedy.RETRY, 0, unknown=True))
    desk.desk.give_due()
    desk.beat_for_long()
    desk.age(tables.outbox.c.leased_until)
    desk.desk.finish_due(lambda place: True)
    assert to_call(desk) == [(Kind.REMINDER_24H, ToStaff.UNKNOWN)]
    (row,) = [row.id for row in desk.rows(tables.outbox) if row.author == "notice"]
    return row


# ------------------------------------------------------------------------------------- what could not be said in time


@pytest.mark.parametrize("hour", [8, 10, 13])
def test_who_is_not_reminded_because_of_a_pause_is_called_while_there_is_time(
    desk: DeskInProcess, writer: Patient, hour: int
) -> None:
    visit = booked(desk, NEXT_TUESDAY_TEN + (hour - 10) * HOUR)
    listed(desk, "PAUSED")
    at(desk, DAY_BEFORE + (hour - 10) * HOUR)
    called = []
    for moment in (DAY_BEFORE + 5 * HOUR + 59 * MINUTE, DAY_BEFORE + 7 * HOUR):
        at(desk, moment)
        desk.desk.give_due()
        called.append([one.appointment_id for one in desk.built.notices.for_staff()])

    assert called == [[], [visit.id]]
    assert to_call(desk) == [(Kind.REMINDER_24H, ToStaff.PAUSED)]


def test_a_reminder_that_another_follows_waits_for_its_template(desk: DeskInProcess, writer: Patient) -> None:
    booked(desk, NEXT_TUESDAY_TEN)
    listed(desk, "PAUSED")

    for hours in range(48):
        at(desk, NEXT_TUESDAY_TEN - 3 * DAY + hours * HOUR)
        desk.desk.give_due()

    assert to_call(desk) == []


def test_a_template_that_whatsapp_might_still_try_during_the_visit_is_not_called_missing(
    desk: DeskInProcess, writer: Patient
) -> None:
    booked(desk, NEXT_TUESDAY_TEN + 5 * HOUR)
    listed(desk)
    at(desk, NEXT_TUESDAY_TEN)  # after a night and a day without the desk

    desk.desk.give_due()

    assert to_call(desk) == [(Kind.REMINDER_24H, ToStaff.TOO_NEAR)]


def test_a_window_that_closes_before_the_sending_lets_the_template_go(desk: DeskInProcess, writer: Patient) -> None:
    claimed_while_open(desk, writer)
    listed(desk)

    given = [desk.desk.give_due() for _ in range(2)]

    (sent,) = writer.reads_all()
    assert given == [1, 0]
    assert isinstance(sent.reply, TemplateMessage)
    assert last(desk) == (Kind.REMINDER_24H, NoticeState.SENT, None)


def test_a_window_that_closes_before_the_sending_leaves_it_to_people_where_there_is_no_template(
    desk: DeskInProcess, writer: Patient
) -> None:
    claimed_while_open(desk, writer)

    desk.desk.give_due()

    assert (writer.reads_all(), to_call(desk)) == ([], [(Kind.REMINDER_24H, ToStaff.NO_TEMPLATE)])


def claimed_while_open(desk: DeskInProcess, writer: Patient) -> None:
    """Have a reminder claimed in free words and the window close before it is sent."""
    booked(desk, NEXT_TUESDAY_TEN)
    at(desk, DAY_BEFORE - DAY + 5 * MINUTE)
    writer.writes("menu")
    writer.reads_all()
    at(desk, DAY_BEFORE)
    assert desk.desk.give_due(lambda chores: None) == 1
    desk.clock.move(10 * MINUTE)
    desk.desk.finish_due(lambda place: True)
    assert (writer.reads_all(), to_call(desk)) == ([], [])


# ------------------------------------------------------------------------------------------ who is known by a user id


def test_who_has_only_a_user_id_is_reminded(desk: DeskInProcess) -> None:
    writer = desk.patient(wa_id=None, user_id="IT.12345678901234567890")
    writer.writes("menu")
    writer.reads_all()
    visit = booked(desk, NEXT_TUESDAY_TEN)
    listed(desk)
    at(desk, DAY_BEFORE)

    desk.desk.give_due()

    (sent,) = writer.reads_all()
    assert isinstance(sent.reply, TemplateMessage)
    assert (sent.to.wa_id, sent.reply.quick_replies[0]) == (None, f"@visit/confirm/{visit.id}/1")


def test_who_has_only_a_user_id_stands_on_the_list_without_a_number(desk: DeskInProcess) -> None:
    writer = desk.patient(wa_id=None, user_id="IT.12345678901234567890")
    writer.writes("menu")
    writer.reads_all()
    left_to_people(desk)

    page = signed_in(desk, teams=("reception",)).get("/reminders").text

    assert "Anna Prova" in section(page, "to-call")
    assert ("tel:" in page, "+None" in page, "/conversations/" in page) == (False, False, True)


# ---------------------------------------------------------------------------------------------------- who has not answered


@pytest.mark.parametrize(
    ("plan", "shown"),
    [
        (("24h",), [False, False, True]),
        (("72h", "24h"), [False, True, True]),
        (("7d", "24h"), [True, True, True]),
        (("7d",), [True, True, True]),
    ],
)
def test_whoever_was_asked_and_is_silent_is_listed_in_time_whatever_the_plan(
    desk: DeskInProcess, plan: tuple[Lead, ...], shown: list[bool]
) -> None:
    reminding(desk, plan)
    start = NEXT_TUESDAY_TEN + 9 * DAY
    writer = desk.patient()
    writer.writes("menu")
    booked(desk, start)
    with desk.built.database.begin() as connection:  # three weeks ago
        connection.execute(appointment.update().values(created_at=start - 21 * DAY))
        connection.execute(tables.metadata.tables["appointment_change"].update().values(at=start - 21 * DAY))
    seen = []
    for days, hours in ((7, 0), (3, -0.1), (3, -1), (1.9, 0), (1, 0), (0.75, -0.1)):
        at(desk, start - days * DAY - hours * HOUR)
        writer.writes("menu")
        desk.desk.give_due()
        seen.append(
            "Non confermate 1" in section(signed_in(desk, teams=("reception",)).get("/reminders").text, "silent")
        )

    assert [seen[1] or seen[2], seen[3], seen[5]] == shown
    assert seen[0] is False


# -------------------------------------------------------------------------------------------------------------- the books


def test_a_change_nobody_told_is_a_difference_that_rings(desk: DeskInProcess, writer: Patient) -> None:
    visit = booked(desk, NEXT_TUESDAY_TEN)
    moved(desk, visit, NEXT_TUESDAY_TEN + HOUR)
    day = desk.clock.now().date().isoformat()
    desk.clock.move(DAY)

    books_of(desk).close()
    ringing = {one.day: (one.due, one.difference) for one in desk.built.notices.balances(9)}[day]
    rung = [alarm.cause for alarm in desk.built.watch.health().alarms]
    desk.desk.give_due()
    books_of(desk).close()
    even = {one.day: (one.due, one.staff, one.difference) for one in desk.built.notices.balances(9)}[day]

    assert (ringing, rung, even) == ((1, 1), ["reminder_balance"], (1, 1, 0))
    assert desk.built.watch.health().alarms == ()


def test_a_change_that_waits_for_the_morning_is_waiting(desk: DeskInProcess, writer: Patient) -> None:
    visit = booked(desk, NEXT_TUESDAY_TEN)
    at(desk, NEXT_TUESDAY_TEN - 5 * DAY + 12 * HOUR)  # ten in the evening
    moved(desk, visit, NEXT_TUESDAY_TEN + HOUR)
    desk.clock.move(HOUR + 50 * MINUTE)

    today = books_of(desk).today()

    assert (today.waiting, today.difference) == (1, 0)


def test_a_day_on_which_something_waited_for_long_is_struck_until_it_is_even(
    desk: DeskInProcess, writer: Patient
) -> None:
    reminding(desk, ("7d",))
    start = NEXT_TUESDAY_TEN + 15 * DAY
    booked(desk, start)
    listed(desk, "PAUSED")
    at(desk, start - 7 * DAY)
    desk.desk.give_due()
    day, struck = desk.clock.now().date().isoformat(), []
    for days in (1, 5):
        at(desk, start - 7 * DAY + days * DAY)
        if days == 5:
            listed(desk)
        desk.desk.give_due()
        books_of(desk).close()
        struck.append({one.day: (one.sent, one.waiting) for one in desk.built.notices.balances(20)}[day])

    assert struck == [(0, 1), (1, 0)]
