"""The hours of a phone's home: where they are known they delay what the clinic begins, and never keep it from being said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.abroad import home_of
from bot.clinic import load_clinic
from bot.notices import About, Addressee, Kind, Notice, Owed
from bot.outreach.plan import CLOSES, FLOOR, OPENS, Yet, is_quiet, judge, quiet_until
from tests.desks import DeskInProcess
from tests.visits import booked

ROME, NEW_YORK, AUCKLAND = ZoneInfo("Europe/Rome"), ZoneInfo("America/New_York"), ZoneInfo("Pacific/Auckland")
CLINIC = replace(load_clinic(Path("clinic.example.yaml")), zone=ROME)
PLACE = next(iter(CLINIC.places))
TUESDAY_TEN = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)  # ten o'clock in Italy


def here(text: str) -> datetime:
    """Read a time of the clinic's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=ROME)


@pytest.mark.parametrize(
    ("wa_id", "home"),
    [
        ("393330000001", "Europe/Rome"),  # and the Vatican, where it is as late
        ("447911123456", "Europe/Guernsey"),  # as late as in London
        ("12125551234", "America/New_York"),  # by its area code
        ("34612345678", None),  # Madrid or the Canaries
        ("79161234567", None),
        ("999", None),
        ("not a number", None),
        (None, None),
    ],
)
def test_where_a_phone_is_at_home(wa_id: str | None, home: str | None) -> None:
    found = home_of(wa_id)

    assert (None if found is None else found.key) == home


@pytest.mark.parametrize(
    ("kind", "home", "now", "held"),
    [
        (Kind.REMINDER_24H, NEW_YORK, "2026-11-30T10:00", True),  # four in the morning there
        (Kind.REMINDER_24H, NEW_YORK, "2026-11-30T14:00", False),  # eight
        (Kind.REMINDER_24H, None, "2026-11-30T10:00", False),
        (Kind.REMINDER_24H, AUCKLAND, "2026-11-30T10:00", False),  # no hour suits both: the clinic's count
        (Kind.REMINDER_24H, NEW_YORK, "2026-12-01T08:00", False),  # the hour that suits both were after the visit
        (Kind.CANCELLED, NEW_YORK, "2026-11-30T10:00", True),
        (Kind.CANCELLED, NEW_YORK, "2026-12-01T08:00", False),
    ],
)
def test_night_at_a_phones_home_delays_what_would_still_be_of_use(
    kind: Kind, home: ZoneInfo | None, now: str, held: bool
) -> None:
    about = About(kind, 1, TUESDAY_TEN, PLACE, TUESDAY_TEN - FLOOR, home)

    assert is_quiet(CLINIC, about, here(now)) is held


homes = st.sampled_from(["America/New_York", "Asia/Shanghai", "Pacific/Auckland", "Asia/Kathmandu", "Europe/London"])
days = st.integers(0, 2 * 366).map(lambda n: datetime(2026, 3, 1, 9, tzinfo=UTC) + timedelta(days=n))
starts = st.builds(lambda day, quarters: day + timedelta(minutes=15 * quarters), days, st.integers(0, 30))


@given(homes.map(ZoneInfo), starts, st.sampled_from([Kind.REMINDER_72H, Kind.REMINDER_24H]))
def test_a_reminder_goes_once_in_the_clinics_hours_wherever_its_phone_is_from(
    home: ZoneInfo, start: datetime, kind: Kind
) -> None:
    told = Notice(kind, UUID(int=1), 1, start, PLACE, "general_visit", "bianchi", "Anna", "K7M2P")
    owed = Owed(told, Addressee(UUID(int=2), "it", None, home), start - timedelta(days=60))
    _, timing = judge(CLINIC, owed, start)
    assert timing is not None

    moments = [timing.due_at + timedelta(minutes=15 * n) for n in range(4 * 24 * 4)]
    gone = next(now for now in moments if judge(CLINIC, owed, now)[0] is Yet.GO)

    at_home = gone.astimezone(home).time()
    assert quiet_until(CLINIC, PLACE, start, gone) is None
    assert timing.due_at <= gone < timing.until
    assert OPENS <= at_home < CLOSES or gone == timing.due_at or timing.until - gone < timedelta(days=1)


def test_a_phone_of_new_york_is_reminded_when_it_is_morning_there(desk: DeskInProcess) -> None:
    writer = desk.patient(wa_id="12125551234")
    writer.writes("menu")
    writer.reads_all()
    booked(desk, TUESDAY_TEN)
    desk.clock.move(TUESDAY_TEN - timedelta(days=1) - desk.clock.now())
    writer.writes("menu")
    writer.reads_all()

    counts = []
    for _ in range(3):
        counts.append(desk.desk.give_due())
        desk.clock.move(timedelta(hours=2))

    assert counts == [0, 0, 1]
    assert "10:00" in writer.reads().body
