"""When reminders are due: tables on both days of clock change, Sundays, holidays and nights, and what holds for any visit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clinic import Clinic, Lead, load_clinic
from bot.notices import REMINDERS, About, Addressee, Kind, Notice, Owed, Skipped
from bot.outreach.plan import (
    BOOKED_LONG_BEFORE,
    CLOSES,
    FLOOR,
    LAST_CALL,
    OPENS,
    Verdict,
    Yet,
    due_at,
    is_quiet,
    judge,
    may_begin_on,
    planned,
    quiet_until,
    reach,
    without,
)

CLINIC = replace(load_clinic(Path(__file__).parent.parent / "clinic.example.yaml"), reminders=("7d", "72h", "24h"))
ROME = CLINIC.zone
DAY, HOUR, WEEK, ASK, LAST = timedelta(days=1), timedelta(hours=1), *REMINDERS
LONG_AGO = datetime(2026, 1, 2, 9, 0, tzinfo=UTC)
SERVICE, PLACE = "general_visit", "centro"


def here(text: str, zone: ZoneInfo = ROME) -> datetime:
    """Read a time of the clinic's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def owed(
    kind: Kind, start: datetime, since: datetime = LONG_AGO, service: str = SERVICE, confirmed: bool = False
) -> Owed:
    """Return a reminder that nobody has claimed."""
    told = Notice(kind, UUID(int=1), 1, start, PLACE, service, "bianchi", "Anna", "K7M2P", confirmed)
    return Owed(told, Addressee(UUID(int=2), "it", None), since)


def verdict(kind: Kind, start: datetime, now: datetime, since: datetime = LONG_AGO, confirmed: bool = False) -> Verdict:
    """Decide about one reminder."""
    return judge(CLINIC, owed(kind, start, since, confirmed=confirmed), now)[0]


# ------------------------------------------------------------------------------------------------------- when it is due


@pytest.mark.parametrize(
    ("kind", "visit", "due"),
    [
        (LAST, "2026-11-26T10:00", "2026-11-25T10:00"),
        (ASK, "2026-11-26T10:00", "2026-11-23T10:00"),
        (WEEK, "2026-11-26T10:00", "2026-11-19T10:00"),
        (LAST, "2026-11-26T07:45", "2026-11-24T19:00"),  # early: the evening before
        (LAST, "2026-11-26T19:30", "2026-11-25T19:00"),  # late: at the last call
        (LAST, "2026-11-26T21:00", "2026-11-25T19:00"),
        (LAST, "2026-11-30T10:00", "2026-11-29T10:00"),  # a Sunday, but the visit is the next day
        (LAST, "2026-11-30T07:45", "2026-11-28T19:00"),  # before eight on that Sunday: Saturday evening
        (LAST, "2026-12-01T07:45", "2026-11-28T19:00"),  # Monday is too early, Sunday not the day before: Saturday
        (ASK, "2026-12-02T10:00", "2026-11-28T19:00"),  # three days before is a Sunday
        (ASK, "2026-12-11T10:00", "2026-12-07T19:00"),  # three days before is the Immaculate Conception
        (LAST, "2026-12-09T10:00", "2026-12-08T10:00"),  # the same holiday, the day before
        (LAST, "2026-12-29T07:45", "2026-12-24T19:00"),  # Sunday, Saint Stephen and Christmas in a row
        (ASK, "2027-03-31T10:00", "2027-03-27T19:00"),  # Easter, and the clocks change: Saturday before
        (WEEK, "2027-04-05T10:00", "2027-03-27T19:00"),  # a week before is Easter Monday
        # the same time of the clock, whatever it did meanwhile
        (LAST, "2027-03-28T10:00", "2027-03-27T10:00"),
        (ASK, "2027-03-30T09:30", "2027-03-27T09:30"),
        (LAST, "2026-10-25T10:00", "2026-10-24T10:00"),
        (ASK, "2026-10-27T18:59", "2026-10-24T18:59"),
    ],
)
def test_a_reminder_is_due_so_many_days_before_or_earlier_where_that_is_quiet(kind: Kind, visit: str, due: str) -> None:
    assert due_at(CLINIC, kind, PLACE, here(visit)) == here(due)


@pytest.mark.parametrize(
    ("zone", "visit", "due"),
    [
        ("Europe/London", "2027-03-28T10:00", "2027-03-27T10:00"),
        ("America/New_York", "2027-03-14T10:00", "2027-03-13T10:00"),
        ("America/New_York", "2026-11-01T01:30", "2026-10-30T19:00"),  # an hour that comes twice
        ("Asia/Kathmandu", "2026-11-26T10:00", "2026-11-25T10:00"),
        ("Australia/Sydney", "2026-10-04T10:00", "2026-10-03T10:00"),
        ("America/Sao_Paulo", "2026-11-26T10:00", "2026-11-25T10:00"),
    ],
)
def test_days_are_counted_on_the_clinics_clock(zone: str, visit: str, due: str) -> None:
    elsewhere = replace(CLINIC, zone=ZoneInfo(zone))

    assert due_at(elsewhere, LAST, PLACE, here(visit, ZoneInfo(zone))) == here(due, ZoneInfo(zone))


def test_a_week_before_only_those_who_booked_long_before() -> None:
    visit = here("2026-11-26T10:00")

    late = planned(CLINIC, SERVICE, PLACE, visit, visit - BOOKED_LONG_BEFORE + HOUR)
    early = planned(CLINIC, SERVICE, PLACE, visit, visit - BOOKED_LONG_BEFORE)

    assert [one.kind for one in late] == [ASK, LAST]
    assert [one.kind for one in early] == [WEEK, ASK, LAST]


@pytest.mark.parametrize(
    ("own", "kinds"), [(None, [ASK, LAST]), (("24h",), [LAST]), ((), []), (("7d", "24h"), [WEEK, LAST])]
)
def test_a_service_may_have_a_plan_of_its_own(own: tuple[Lead, ...] | None, kinds: list[Kind]) -> None:
    services = {**CLINIC.services, SERVICE: replace(CLINIC.services[SERVICE], reminders=own)}
    clinic = replace(CLINIC, reminders=("72h", "24h"), services=services)

    assert [one.kind for one in planned(clinic, SERVICE, PLACE, here("2026-11-26T10:00"), LONG_AGO)] == kinds
    assert {kind for kind in REMINDERS if SERVICE not in without(clinic, kind)} == set(kinds)


# --------------------------------------------------------------------------------------------------------- what is done

VISIT = here("2026-11-26T10:00")  # a Thursday; asked on Monday at ten, reminded on Wednesday at ten


@pytest.mark.parametrize(
    ("kind", "now", "done"),
    [
        (ASK, "2026-11-23T09:59", Yet.WAIT),
        (ASK, "2026-11-23T10:00", Yet.GO),
        (ASK, "2026-11-23T19:59", Yet.GO),
        (ASK, "2026-11-23T20:00", Yet.WAIT),  # the evening: tomorrow
        (ASK, "2026-11-24T07:59", Yet.WAIT),
        (ASK, "2026-11-24T08:00", Yet.GO),
        (ASK, "2026-11-24T21:59", Yet.WAIT),
        (ASK, "2026-11-24T22:00", Skipped.STALE),  # twelve hours before the next one
        (ASK, "2026-11-25T10:00", Skipped.OVERTAKEN),
        (LAST, "2026-11-25T09:59", Yet.WAIT),
        (LAST, "2026-11-25T10:00", Yet.GO),
        (LAST, "2026-11-25T23:00", Yet.WAIT),
        (LAST, "2026-11-26T07:59", Yet.WAIT),
        (LAST, "2026-11-26T08:00", Skipped.STALE),  # two hours before
        (LAST, "2026-11-28T10:00", Skipped.STALE),
        (WEEK, "2026-11-24T10:00", Skipped.OVERTAKEN),
    ],
)
def test_what_is_done_about_a_reminder(kind: Kind, now: str, done: Verdict) -> None:
    assert verdict(kind, VISIT, here(now)) == done


def test_who_chose_the_time_after_a_reminder_was_due_is_not_sent_it() -> None:
    assert verdict(ASK, VISIT, here("2026-11-23T11:00"), since=here("2026-11-23T10:30")) == Skipped.BOOKED_LATE


def test_who_booked_a_week_ago_has_no_reminder_of_the_week_before() -> None:
    now, since = here("2026-11-19T10:00"), here("2026-11-18T10:00")

    assert verdict(WEEK, VISIT, now - HOUR, since=since) == Yet.WAIT
    assert verdict(WEEK, VISIT, now, since=since) == Skipped.BOOKED_LATE


def test_who_has_confirmed_is_not_asked_again_but_reminded() -> None:
    assert verdict(ASK, VISIT, here("2026-11-23T10:00"), confirmed=True) == Skipped.CONFIRMED
    assert verdict(LAST, VISIT, here("2026-11-25T10:00"), confirmed=True) == Yet.GO


@pytest.mark.parametrize(
    ("visit", "now", "opens"),
    [
        ("2026-11-26T10:00", "2026-11-24T12:00", None),
        ("2026-11-26T10:00", "2026-11-24T08:00", None),
        ("2026-11-26T10:00", "2026-11-24T07:00", "2026-11-24T08:00"),
        ("2026-11-26T10:00", "2026-11-24T20:00", "2026-11-25T08:00"),
        ("2026-12-04T10:00", "2026-11-28T20:00", "2026-11-30T08:00"),  # Saturday evening: Monday
        ("2026-12-04T10:00", "2026-11-29T12:00", "2026-11-30T08:00"),  # a Sunday
        ("2026-11-30T10:00", "2026-11-28T20:00", "2026-11-29T08:00"),  # but the visit is on Monday
        ("2026-11-30T10:00", "2026-11-29T12:00", None),
        ("2026-12-12T10:00", "2026-12-07T21:00", "2026-12-09T08:00"),  # a holiday
        ("2027-04-10T10:00", "2027-03-27T20:30", "2027-03-30T08:00"),  # Easter, over the change of clocks
    ],
)
def test_the_hours_in_which_the_clinic_writes(visit: str, now: str, opens: str | None) -> None:
    assert quiet_until(CLINIC, PLACE, here(visit), here(now)) == (here(opens) if opens else None)


@pytest.mark.parametrize(
    ("kind", "concerns", "is_held"),
    [
        (Kind.CANCELLED, "2026-11-24T09:30", False),  # at nine in the evening: nobody shall come in vain
        (Kind.CANCELLED, "2026-11-24T10:00", True),
        (Kind.MOVED, "2026-11-24T09:30", False),
        (Kind.BOOKED, "2026-11-27T09:30", True),
        (LAST, "2026-11-24T09:30", True),
        (Kind.OFFER, "2026-11-24T09:30", True),
    ],
)
def test_a_change_is_told_in_the_evening_only_where_the_morning_were_too_late(
    kind: Kind, concerns: str, is_held: bool
) -> None:
    about = About(kind, 2, here(concerns), PLACE, until=here(concerns))

    assert is_quiet(CLINIC, about, here("2026-11-23T21:00")) is is_held


# ------------------------------------------------------------------------------------------- what holds for any visit

starts = st.integers(0, 3 * 366 * 24 * 4).map(lambda n: datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=15 * n))
zones = st.sampled_from(["Europe/Rome", "America/New_York", "Asia/Kathmandu", "Australia/Sydney", "America/Sao_Paulo"])
clinics = zones.map(lambda zone: replace(CLINIC, zone=ZoneInfo(zone)))
kinds = st.sampled_from(REMINDERS)


@given(clinics, kinds, starts)
def test_none_is_due_outside_the_hours_or_late(clinic: Clinic, kind: Kind, start: datetime) -> None:
    due = due_at(clinic, kind, PLACE, start)

    local = due.astimezone(clinic.zone)
    assert OPENS <= local.time() <= LAST_CALL
    assert may_begin_on(clinic, PLACE, local.date(), start.astimezone(clinic.zone).date())
    assert due <= start - FLOOR
    assert quiet_until(clinic, PLACE, start, due) is None


@given(clinics, starts, st.integers(0, 60 * 24 * 40))
def test_the_reminders_of_a_visit_come_one_after_the_other(clinic: Clinic, start: datetime, before: int) -> None:
    plan = planned(clinic, SERVICE, PLACE, start, start - timedelta(minutes=before))

    dues = [one.timing.due_at for one in plan]
    assert dues == sorted(dues)
    assert all(one.timing.until <= start - FLOOR for one in plan)


@given(clinics, st.sampled_from([WEEK, ASK]), starts, st.integers(0, 60 * 24 * 9))
def test_of_two_visits_the_later_is_not_reminded_of_earlier(
    clinic: Clinic, kind: Kind, start: datetime, after: int
) -> None:
    later = start + timedelta(minutes=after)

    is_twice = start.astimezone(clinic.zone).fold or later.astimezone(clinic.zone).fold
    assert is_twice or due_at(clinic, kind, PLACE, start) <= due_at(clinic, kind, PLACE, later)


@given(clinics, kinds, starts, st.integers(-60 * 24, 60 * 24 * 12), st.integers(0, 60 * 24 * 40))
def test_what_goes_goes_in_the_hours_and_in_time(
    clinic: Clinic, kind: Kind, start: datetime, ahead: int, before: int
) -> None:
    now, since = start - timedelta(minutes=ahead), start - timedelta(minutes=before)

    done, timing = judge(clinic, owed(kind, start, since), now)

    if done is Yet.GO:
        local = now.astimezone(clinic.zone)
        assert timing is not None and timing.due_at <= now < timing.until <= start - FLOOR
        assert OPENS <= local.time() < CLOSES
        assert local.isoweekday() != 7 or start.astimezone(clinic.zone).date() - local.date() <= DAY
        assert since <= timing.due_at


@given(clinics, starts, st.integers(-60 * 24, 60 * 24 * 12), st.integers(0, 60 * 24 * 40))
def test_at_one_moment_one_reminder_of_a_visit_goes_at_most(
    clinic: Clinic, start: datetime, ahead: int, before: int
) -> None:
    now, since = start - timedelta(minutes=ahead), start - timedelta(minutes=before)

    going = [kind for kind in REMINDERS if judge(clinic, owed(kind, start, since), now)[0] is Yet.GO]

    assert len(going) <= 1


@given(clinics, kinds, starts, st.integers(0, 60 * 24 * 40))
def test_every_reminder_is_decided_in_the_end(clinic: Clinic, kind: Kind, start: datetime, before: int) -> None:
    done, timing = judge(clinic, owed(kind, start, start - timedelta(minutes=before)), start)

    assert isinstance(done, Skipped)
    assert timing is not None


@given(clinics, kinds, starts, st.integers(0, 60 * 24 * 12))
def test_whatever_is_due_is_within_reach(clinic: Clinic, kind: Kind, start: datetime, ahead: int) -> None:
    now = start - timedelta(minutes=ahead)

    is_due = due_at(clinic, kind, PLACE, start) <= now

    assert not is_due or start < reach(clinic, kind, now)


def test_little_is_looked_through_that_is_not_due() -> None:
    now = here("2026-11-24T12:00")

    assert reach(CLINIC, LAST, now) == now + DAY + timedelta(minutes=1)
    assert reach(CLINIC, LAST, here("2026-11-28T19:30")) == here("2026-12-01T08:00")
    assert date(2026, 12, 1).isoweekday() == 2
