"""When somebody is free: pure; rules are wall clocks of the clinic's zone, everything is compared as instants.

Each start is made once from the clock's time and is an instant (UTC) from then on. Aware times of one zone would compare
as wall clocks, and minutes added to one would be minutes of the clock, not of time (PEP 495).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from bot.agenda import Exceptional
from bot.clinic.hours import Span, joined
from bot.daybook import Limit

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
WINDOWS = 4096  # whose starts are remembered: some kilobytes each


@dataclass(frozen=True, slots=True)
class Rule:
    """One interval of a practitioner's week at a place. `weekday` 0 is Monday; an `end` of 00:00 is the end of the day.

    `weeks`: every, or those whose ISO number is even or odd. `first` and `last` are included; None: since or for ever.
    `services`: only these are done in it; none named: all that the practitioner does.
    """

    practitioner: str
    place: str
    weekday: int
    start: time
    end: time
    weeks: Literal["every", "even", "odd"] = "every"
    first: date | None = None
    last: date | None = None
    services: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Offering:
    """How a service is given: minutes long, minutes kept free before and after, and on which starts of the clock.

    A start is `grid` minutes times n, plus `grid_offset`, after midnight on the clock. `notice_minutes`: the shortest time
    from now; `horizon_days`: the furthest day, today is 0; `per_day`: how many one practitioner gives a day, None: any.
    """

    service: str
    minutes: int
    before: int = 0
    after: int = 0
    grid: int = 15
    grid_offset: int = 0
    notice_minutes: int = 120
    horizon_days: int = 90
    per_day: int | None = None

    def block(self, start: datetime) -> Span:
        """Return what is taken when it starts at this instant: the visit with what is kept free around it."""
        return Span(start - self.before * MINUTE, start + (self.minutes + self.after) * MINUTE)


@dataclass(frozen=True, slots=True)
class Week:
    """All that decides when one practitioner works: rules, exceptions, and the hours of a place on special days.

    `special` holds the days whose hours differ from the weekday's (holidays, closures): none on a day, it is closed.
    """

    practitioner: str
    rules: tuple[Rule, ...]
    exceptions: tuple[Exceptional, ...] = ()
    special: Mapping[tuple[str, date], tuple[tuple[time, time], ...]] = field(default_factory=dict)


class Taken:
    """Instants that are taken, of one practitioner: overlapping spans joined, found by bisection."""

    def __init__(self, spans: Iterable[Span]) -> None:
        whole = list(joined(sorted(spans)))
        self._starts = [span.start for span in whole]
        self._ends = [span.end for span in whole]

    def is_free(self, block: Span) -> bool:
        """Tell whether nothing taken overlaps; a block may begin the moment another ends."""
        return bisect_right(self._ends, block.start) == bisect_left(self._starts, block.end)


class Free(NamedTuple):
    """A place in the calendar that can be had now."""

    practitioner: str
    place: str
    start: datetime
    end: datetime


def free(
    week: Week,
    offering: Offering,
    taken: Taken,
    per_day: Mapping[date, int],
    within: Span,
    now: datetime,
    zone: ZoneInfo,
) -> Iterator[Free]:
    """Yield what a practitioner can still give of a service, earliest first.

    `per_day` counts what is booked of this service, by the clinic's day. The same function shows and confirms: whoever
    books asks it again, within exactly the wished start, in the transaction that books.
    """
    earliest = max(within.start, now + offering.notice_minutes * MINUTE)
    length, before = offering.minutes * MINUTE, offering.before * MINUTE
    whole = length + offering.after * MINUTE
    for day in _days(offering, within, now, zone):
        if offering.per_day is not None and per_day.get(day, 0) >= offering.per_day:
            continue
        for start, place in _starts(week, offering, day, zone):
            if earliest <= start < within.end and taken.is_free(Span(start - before, start + whole)):
                yield Free(week.practitioner, place, start, start + length)


def _days(offering: Offering, within: Span, now: datetime, zone: ZoneInfo) -> Iterator[date]:
    today = now.astimezone(zone).date()
    day = max(within.start.astimezone(zone).date(), today)
    last = min(within.end.astimezone(zone).date(), today + offering.horizon_days * DAY)
    while day <= last:
        yield day
        day += DAY


def _starts(week: Week, offering: Offering, day: date, zone: ZoneInfo) -> list[tuple[datetime, str]]:
    """Return the starts of a day, each with its place; two windows that overlap give one start once."""
    found: dict[datetime, str] = {}
    for place, start, end in _windows(week, offering.service, day):
        for instant in _on_grid(offering, start, end, zone):
            found.setdefault(instant, place)
    return sorted(found.items())


def working(week: Week, day: date, zone: ZoneInfo) -> Iterator[tuple[str, Span]]:
    """Yield when and where somebody works on a day, whatever they do, earliest first; windows may overlap."""
    for place, start, end in _windows(week, None, day):
        span = Span(instant_of(start, zone), instant_of(end, zone))
        if span.start < span.end:
            yield place, span


def passed(
    week: Week, offering: Offering, per_day: Mapping[date, int], at: tuple[str, datetime], now: datetime, zone: ZoneInfo
) -> frozenset[Limit]:
    """Return the limits that keep a start at a place from being offered: none, and `free` yields it unless it is taken."""
    place, start = at
    day = start.astimezone(zone).date()
    clock = _shown(start, zone)
    minute = (clock - datetime.combine(day, time.min)) / MINUTE
    is_full = offering.per_day is not None and per_day.get(day, 0) >= offering.per_day
    found = {
        Limit.HOURS: not any(
            _fits(window, offering, start, zone) for window in _at(week, offering.service, place, day)
        ),
        Limit.GRID: (minute - offering.grid_offset) % offering.grid != 0 or clock.second != 0,
        Limit.NOTICE: start < now + offering.notice_minutes * MINUTE,
        Limit.HORIZON: day > now.astimezone(zone).date() + offering.horizon_days * DAY,
        Limit.PER_DAY: is_full,
    }
    return frozenset(limit for limit, is_passed in found.items() if is_passed)


def _at(week: Week, service: str, place: str, day: date) -> Iterator[tuple[datetime, datetime]]:
    return ((start, end) for there, start, end in _windows(week, service, day) if there == place)


def _fits(window: tuple[datetime, datetime], offering: Offering, start: datetime, zone: ZoneInfo) -> bool:
    return instant_of(window[0], zone) <= start and start + offering.minutes * MINUTE <= instant_of(window[1], zone)


# --------------------------------------------------------------------------------------------- windows: wall clocks


def _windows(week: Week, service: str | None, day: date) -> list[tuple[str, datetime, datetime]]:
    """Return when and where somebody works on a day, on the clock: rules and openings, less what is closed.

    `service` None: whatever they do.
    """
    windows = [
        window
        for rule in week.rules
        if _holds(rule, service, day)
        for window in _opened((rule.place, *_times(day, rule.start, rule.end)), week, day)
    ]
    midnight = datetime.combine(day, time.min)
    for special in week.exceptions:
        if _opens(special, service) and special.place and special.start < midnight + DAY and special.end > midnight:
            windows.append((special.place, max(special.start, midnight), min(special.end, midnight + DAY)))
    for special in week.exceptions:
        if special.kind == "closed":
            windows = [part for window in windows for part in _without(window, special)]
    return sorted(windows, key=lambda window: window[1])


def _opens(special: Exceptional, service: str | None) -> bool:
    return special.kind == "open" and (service is None or not special.services or service in special.services)


def _opened(window: tuple[str, datetime, datetime], week: Week, day: date) -> Iterator[tuple[str, datetime, datetime]]:
    """Yield what is left of a window where its place has hours of its own on this day."""
    place, start, end = window
    if (place, day) not in week.special:
        yield window
        return
    for opening in week.special[place, day]:
        opens, closes = _times(day, *opening)
        if max(start, opens) < min(end, closes):
            yield place, max(start, opens), min(end, closes)


def _holds(rule: Rule, service: str | None, day: date) -> bool:
    if rule.weekday != day.weekday() or (rule.services and service is not None and service not in rule.services):
        return False
    if (rule.first and day < rule.first) or (rule.last and day > rule.last):
        return False
    return rule.weeks == "every" or (rule.weeks == "even") == (day.isocalendar().week % 2 == 0)


def _times(day: date, start: time, end: time) -> tuple[datetime, datetime]:
    midnight = datetime.combine(day, time.min)
    return datetime.combine(day, start), midnight + DAY if end == time.min else datetime.combine(day, end)


def _without(window: tuple[str, datetime, datetime], special: Exceptional) -> Iterator[tuple[str, datetime, datetime]]:
    place, start, end = window
    if (special.place and special.place != place) or special.end <= start or special.start >= end:
        yield window
        return
    if start < special.start:
        yield place, start, special.start
    if special.end < end:
        yield place, special.end, end


# ------------------------------------------------------------------------------------------------ starts: instants


@lru_cache(WINDOWS)
def _on_grid(offering: Offering, start: datetime, end: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """Return the instants of a window on the grid at which the whole visit still fits into it.

    A time the clock skips is no start; one it shows twice is its first. Many practitioners have the same hours, and many
    patients look at the same days.
    """
    return tuple(_fitting(offering, start, end, zone))


def _fitting(offering: Offering, start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    first, step, length = _first_on_grid(offering, start), offering.grid * MINUTE, offering.minutes * MINUTE
    until, offsets = instant_of(end, zone), _offsets(start, zone) | _offsets(end, zone)
    if len(offsets) == 1:
        yield from _every(step, instant_of(first, zone), until - length)
        return
    for clock in _every(step, first, end - MINUTE):
        instant = instant_of(clock, zone)
        fits = instant + length <= until and _shown(instant + length - MINUTE, zone) < end
        if fits and _exists(clock, instant, zone):
            yield instant


def _every(step: timedelta, first: datetime, last: datetime) -> Iterator[datetime]:
    """Yield times from the first to the last, which is one of them if a step meets it."""
    while first <= last:
        yield first
        first += step


def _first_on_grid(offering: Offering, start: datetime) -> datetime:
    minute = start.hour * 60 + start.minute
    return start + (offering.grid_offset - minute) % offering.grid * MINUTE


def instant_of(clock: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant at which the clock shows this; the first one where it shows it twice."""
    return clock.replace(tzinfo=zone, fold=0).astimezone(UTC)


def _exists(clock: datetime, instant: datetime, zone: ZoneInfo) -> bool:
    return _shown(instant, zone) == clock


def _shown(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)


def _offsets(clock: datetime, zone: ZoneInfo) -> set[timedelta]:
    """Return the offset at a time of the clock; both, where the clock skips it or shows it twice."""
    found = (clock.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    return {offset for offset in found if offset is not None}
