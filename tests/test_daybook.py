"""The calendar laid out: what stands where in a column, what is free, how many lanes, on days with a change of the clock too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from bot.agenda import Appointment, AppointmentStatus, Exceptional, Patient
from bot.clinic.hours import Span
from bot.daybook import Blocked, Extra, Kept, Kind, Look, Pages, Placed, Visit, Working, day_span, sheet

ROME = ZoneInfo("Europe/Rome")
DAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)  # seven in Rome


def at(clock: str, day: date = DAY) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ROME).astimezone(UTC)


def visit(start: str, end: str, status: str = "booked", after: int = 0, day: date = DAY) -> Visit:
    begins, ends = at(start, day), at(end, day)
    one = Appointment(
        uuid4(),
        1,
        AppointmentStatus(status),
        "cardiology",
        "neri",
        "centro",
        begins,
        ends,
        Patient(None, "Anna"),
        "K7M2P",
    )
    return Visit(one, Span(begins, ends + timedelta(minutes=after)))


def block(start: str, end: str) -> Blocked:
    return Blocked(uuid4(), "neri", at(start), at(end), "staff", "meeting")


@dataclass(frozen=True)
class Works:
    """Somebody who works the same hours every day."""

    spans: tuple[tuple[str, str], ...] = (("09:00", "13:00"),)
    place: str = "centro"

    def working(self, practitioner: str, day: date, exceptions: Sequence[Exceptional]) -> tuple[Working, ...]:
        return tuple(Working(self.place, at(start, day), at(end, day)) for start, end in self.spans)


def items(pages: Pages, now: datetime = NOW, works: Works | None = None, day: date = DAY) -> tuple[Placed, ...]:
    (column,) = sheet([("neri", day)], pages, works or Works(), Look(ROME, now)).columns
    return column.items


def told(found: Sequence[Placed]) -> list[tuple[str, str, str]]:
    return [
        (one.kind.value, f"{one.start.astimezone(ROME):%H:%M}", f"{one.end.astimezone(ROME):%H:%M}") for one in found
    ]


def test_a_day_is_read_from_top_to_bottom_with_what_is_free_between() -> None:
    found = items(Pages((visit("10:00", "10:30"),), (), (block("12:00", "13:00"),)))

    assert told(found) == [
        ("free", "09:00", "10:00"),
        ("visit", "10:00", "10:30"),
        ("free", "10:30", "12:00"),
        ("block", "12:00", "13:00"),
    ]


def test_what_is_kept_free_around_a_visit_is_not_offered() -> None:
    found = items(Pages((visit("10:00", "10:30", after=20),)))

    assert told(found)[-1] == ("free", "10:50", "13:00")


def test_a_gap_nobody_fits_into_is_not_shown() -> None:
    found = items(Pages((visit("09:05", "12:55"),)))

    assert told(found) == [("visit", "09:05", "12:55")]


@pytest.mark.parametrize("status", ["booked", "arrived", "fulfilled"])
def test_a_visit_takes_its_time(status: str) -> None:
    assert ("free", "09:00", "13:00") not in told(items(Pages((visit("10:00", "10:30", status),))))


def test_the_time_of_somebody_who_did_not_come_is_free_again() -> None:
    found = items(Pages((visit("10:00", "10:30", "noshow"),)))

    assert told(found) == [("free", "09:00", "13:00"), ("visit", "10:00", "10:30")]


def test_what_was_cancelled_is_told_apart() -> None:
    gone = visit("10:00", "10:30", "cancelled")

    (column,) = sheet([("neri", DAY)], Pages((gone,)), Works(), Look(ROME, NOW)).columns

    assert (told(column.items), column.gone) == ([("free", "09:00", "13:00")], (gone,))


def test_what_is_over_is_free_for_nobody() -> None:
    found = items(Pages((visit("10:00", "10:30"),)), now=at("10:42"))

    assert told(found) == [("visit", "10:00", "10:30"), ("free", "10:45", "13:00")]


def test_things_stand_where_the_clock_says() -> None:
    found = items(Pages((visit("10:10", "10:40"),)))

    (shown,) = (one for one in found if one.kind is Kind.VISIT)
    assert (shown.top, shown.height) == (130, 30)  # below eight o'clock


def test_what_overlaps_stands_side_by_side() -> None:
    pages = Pages((visit("10:00", "11:00", "noshow"), visit("10:30", "11:30"), visit("11:00", "11:30", "noshow")))

    found = [one for one in items(pages) if one.kind is Kind.VISIT]

    assert [(one.lane, one.lanes) for one in found] == [(0, 2), (1, 2), (0, 2)]


def test_however_much_overlaps_there_are_four_lanes() -> None:
    found = items(Pages(tuple(visit("10:00", "11:00", "noshow") for _ in range(7))), works=Works(()))

    assert [(one.lane, one.lanes) for one in found] == [(0, 4), (1, 4), (2, 4), (3, 4), (3, 4), (3, 4), (3, 4)]


def test_a_block_of_many_days_fills_each_of_them() -> None:
    away = Blocked(uuid4(), "neri", at("00:00", date(2026, 11, 20)), at("00:00", date(2026, 11, 28)), "staff", "leave")

    (shown,) = items(Pages(blocks=(away,)))

    assert (shown.top, shown.height) == (0, 16 * 60)  # from the first hour shown to midnight


def test_the_hours_shown_reach_as_far_as_anybody_works() -> None:
    drawn = sheet([("neri", DAY)], Pages((visit("20:10", "20:40"),)), Works((("06:30", "12:00"),)), Look(ROME, NOW))

    assert (drawn.first_hour, drawn.last_hour) == (6, 21)


def test_the_line_of_now_is_drawn_today_alone() -> None:
    look = Look(ROME, at("09:25"))

    today = sheet([("neri", DAY)], Pages(), Works(), look)
    tomorrow = sheet([("neri", DAY + timedelta(days=1))], Pages(), Works(), look)

    assert (today.now, tomorrow.now) == (85, None)


def test_at_a_place_only_the_work_there_is_white() -> None:
    (column,) = sheet([("neri", DAY)], Pages(), Works(), Look(ROME, NOW, "fiera")).columns

    assert (column.work, column.items) == ((), ())


def test_extra_hours_stand_with_the_day_and_place_they_are_of() -> None:
    here = Extra(uuid4(), "neri", "centro", at("15:00"), at("17:00"))
    others = (
        Extra(uuid4(), "neri", "fiera", at("15:00"), at("17:00")),
        Extra(uuid4(), "bianchi", "centro", at("15:00"), at("17:00")),
        Extra(uuid4(), "neri", "centro", at("15:00", DAY + timedelta(days=1)), at("17:00", DAY + timedelta(days=1))),
    )

    (column,) = sheet([("neri", DAY)], Pages(extras=(here, *others)), Works(), Look(ROME, NOW, "centro")).columns

    assert column.extras == (here,)


def test_a_held_time_is_shown_and_not_free() -> None:
    start, end = at("10:00"), at("10:30")
    kept = Kept(uuid4(), "neri", "cardiology", "centro", start, end, Span(start, end), at("09:10"))

    assert told(items(Pages(kept=(kept,))))[:2] == [("free", "09:00", "10:00"), ("kept", "10:00", "10:30")]


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (DAY, 24)])
def test_a_day_is_as_long_as_its_clock_says(day: date, hours: int) -> None:
    span = day_span(day, ROME)

    assert span.end - span.start == timedelta(hours=hours)


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_on_days_with_a_change_of_the_clock_ten_is_at_ten(day: date) -> None:
    found = items(Pages((visit("10:00", "10:30", day=day),)), works=Works(()), day=day, now=at("00:30", day))

    assert [(one.top, one.height) for one in found] == [(120, 30)]


def test_what_is_very_short_makes_the_scale_finer() -> None:
    plain = sheet([("neri", DAY)], Pages((visit("10:00", "10:15"),)), Works(), Look(ROME, NOW))
    fine = sheet([("neri", DAY)], Pages((visit("10:00", "10:10"),)), Works(), Look(ROME, NOW))

    assert (plain.is_fine, fine.is_fine) == (False, True)
