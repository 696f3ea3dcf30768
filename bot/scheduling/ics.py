"""Busy times of a calendar feed (RFC 5545), read whole or not at all: times only, never what they are for.

Recurrence is expanded here with dateutil's rules: the library made for it is under the LGPL (`docs/decisions/0033`).
"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr
from icalendar import Calendar, Component, vRecur

Span = tuple[datetime, datetime]

MOST_EVENTS, MOST_SPANS, MOST_STEPS = 20_000, 20_000, 50_000
LONGEST_S = 20.0  # of reading one feed
OFTEN = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")  # nobody is busy by the minute
SAY_WHEN = frozenset(
    ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID", "STATUS", "TRANSP", "UID")
)
DAY = timedelta(days=1)
EDGE = re.compile(rb"^(BEGIN|END):([A-Z0-9-]+)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)


class BrokenFeed(Exception):
    """A feed cannot be read whole; `why` is one of a few fixed words, never what it says."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class _Event:
    """One VEVENT. `at` is on the clock of `zone`; `replaces` is the instant of the instance it stands instead of.

    Of what lasts whole days `length` is days of the clock; of everything else it is exact time.
    """

    uid: str
    sequence: int
    at: datetime
    zone: tzinfo
    is_days: bool
    length: timedelta
    is_busy: bool
    replaces: datetime | None
    rule: vRecur | None
    more: tuple[Span, ...]
    but: frozenset[datetime]
    but_days: frozenset[date] = field(default=frozenset())

    def span(self, at: datetime) -> Span:
        """Return when an instance that begins at a time of the clock begins and ends."""
        start = _instant(at, self.zone)
        return start, _instant(at + self.length, self.zone) if self.is_days else start + self.length


def busy_times(content: bytes, zone: ZoneInfo, since: datetime, until: datetime) -> tuple[Span, ...]:
    """Return when somebody is busy between two instants, in UTC, in order, what touches joined. Raise BrokenFeed.

    Days and times without a zone are the clinic's. What is cancelled or marked as free takes no time.
    """
    try:
        return tuple(_joined(_within(_events(content, zone), since, until)))
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError):
        # Whatever a stranger's feed makes a library stumble over is a fault of the feed.
        raise BrokenFeed("not readable") from None


def _within(events: Iterable[_Event], since: datetime, until: datetime) -> list[Span]:
    """Return every instance that takes time between two instants."""
    ends_at = time.monotonic() + LONGEST_S
    found: list[Span] = []
    for event in _settled(events):
        for start, end in _spans(event, until):
            if start < until and end > since and start < end:
                found.append((start, end))
            if len(found) > MOST_SPANS or time.monotonic() > ends_at:
                raise BrokenFeed("too much")
    return found


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans in order, those that touch or overlap as one."""
    last: Span | None = None
    for start, end in sorted(spans):
        if last is not None and start <= last[1]:
            last = (last[0], max(last[1], end))
            continue
        if last is not None:
            yield last
        last = (start, end)
    if last is not None:
        yield last


# ----------------------------------------------------------------------------------------------------------- its events


def _events(content: bytes, zone: ZoneInfo) -> list[_Event]:
    """Read every event. A feed that was cut off, or that is a page saying "sign in", is broken."""
    text = content.strip().removeprefix(b"\xef\xbb\xbf")
    if not _is_whole(text):
        raise BrokenFeed("no calendar")
    if text.upper().count(b"BEGIN:VEVENT") > MOST_EVENTS:
        raise BrokenFeed("too much")
    calendars = Calendar.from_ical(text, multiple=True)
    return [_read(event, zone) for calendar in calendars for event in calendar.walk("VEVENT")]


def _is_whole(text: bytes) -> bool:
    """Tell whether calendars are all there is, and whatever begins also ends: the library lets a VEVENT run out."""
    open_: list[bytes] = []
    for edge, name in EDGE.findall(text):
        if edge.upper() == b"BEGIN":
            open_.append(name.upper())
        elif not open_ or open_.pop() != name.upper():
            return False
    return not open_ and text[:15].upper() == b"BEGIN:VCALENDAR" and text[-13:].upper() == b"END:VCALENDAR"


def _read(component: Component, zone: ZoneInfo) -> _Event:
    if SAY_WHEN & {str(name).upper() for name, _ in component.errors} or "EXRULE" in component:
        raise BrokenFeed("not readable")
    start = _one(component, "DTSTART")
    at, own_zone = _on_the_clock(start, zone)
    replaces = _one(component, "RECURRENCE-ID")
    if replaces is not None and str(replaces.params.get("RANGE", "")).upper() == "THISANDFUTURE":
        raise BrokenFeed("this and future")
    but = tuple(_listed(component, "EXDATE"))
    return _Event(
        uid=str(component.get("UID", "")) or f"event {id(component)}",
        sequence=int(component.get("SEQUENCE", 0)),
        at=at,
        zone=own_zone,
        is_days=not isinstance(start.dt, datetime),
        length=_length(component, start, at, own_zone, zone),
        is_busy=_is_busy(component),
        replaces=None if replaces is None else _instant(*_on_the_clock(replaces, zone)),
        rule=_rule(component),
        more=tuple(_extra(component, zone)),
        but=frozenset(_instant(*_on_the_clock(one, zone)) for one in but),
        but_days=frozenset(one.dt for one in but if not isinstance(one.dt, datetime)),
    )


def _one(component: Component, name: str) -> Any:
    """Return a property that may stand there once, None if it does not."""
    value = component.get(name)
    if isinstance(value, list) or (name == "DTSTART" and value is None):
        raise BrokenFeed("not readable")
    return value


def _listed(component: Component, name: str) -> Iterator[Any]:
    """Yield the values of a property that may stand there many times, with many values each; each knows its zone."""
    value = component.get(name)
    for line in value if isinstance(value, list) else [value]:
        for one in line.dts if line is not None else ():
            if isinstance(one.dt, datetime) and one.dt.tzinfo is None:
                one.params.update({key: told for key, told in line.params.items() if key == "TZID"})
            yield one


def _on_the_clock(value: Any, zone: ZoneInfo) -> tuple[datetime, tzinfo]:
    """Return a date or time as its zone's clock shows it; without a zone it is the clinic's. One nobody knows is a fault."""
    told = value.dt
    if not isinstance(told, datetime):
        return datetime(told.year, told.month, told.day), zone  # noqa: DTZ001  # the clock's
    if told.tzinfo is None and value.params.get("TZID"):
        raise BrokenFeed("unknown zone")
    return told.replace(tzinfo=None), told.tzinfo or zone


def _instant(at: datetime, zone: tzinfo) -> datetime:
    return at.replace(tzinfo=zone).astimezone(UTC)


def _length(component: Component, start: Any, at: datetime, own_zone: tzinfo, zone: ZoneInfo) -> timedelta:
    """Return how long it lasts: DTEND's, DURATION's, a day, or nothing (RFC 5545, 3.6.1)."""
    end, lasting = _one(component, "DTEND"), _one(component, "DURATION")
    if end is not None:
        is_days = not isinstance(start.dt, datetime)
        until, until_zone = _on_the_clock(end, zone)
        length = until - at if is_days else _instant(until, until_zone) - _instant(at, own_zone)
    else:
        length = lasting.dt if lasting is not None else timedelta(0) if isinstance(start.dt, datetime) else DAY
    if length < timedelta(0):
        raise BrokenFeed("ends before it begins")
    return length


def _is_busy(component: Component) -> bool:
    is_free = str(component.get("TRANSP", "")).upper() == "TRANSPARENT"
    return not is_free and str(component.get("STATUS", "")).upper() != "CANCELLED"


def _rule(component: Component) -> vRecur | None:
    rule = _one(component, "RRULE")
    if rule is None:
        return None
    if rule["FREQ"][0].upper() not in OFTEN or int(rule.get("INTERVAL", [1])[0]) < 1:
        raise BrokenFeed("too often")
    return vRecur(rule)


def _extra(component: Component, zone: ZoneInfo) -> Iterator[Span]:
    """Yield RDATE's instances: (begins, begins) where they last as long as the event, (begins, ends) where they say."""
    for one in _listed(component, "RDATE"):
        if isinstance(one.dt, tuple):
            start, end = one.dt
            begins = _instant(start.replace(tzinfo=None), start.tzinfo or zone)
            yield (
                begins,
                begins + end if isinstance(end, timedelta) else _instant(end.replace(tzinfo=None), end.tzinfo or zone),
            )
        else:
            begins = _instant(*_on_the_clock(one, zone))
            yield begins, begins


# ---------------------------------------------------------------------------------------------------------- its spans


def _settled(events: Iterable[_Event]) -> Iterator[_Event]:
    """Yield what takes time: of each event its newest revision, without the instances others stand instead of."""
    newest: dict[tuple[str, datetime | None], _Event] = {}
    for event in events:
        key = (event.uid, event.replaces)
        if key not in newest or event.sequence >= newest[key].sequence:
            newest[key] = event
    replaced = defaultdict[str, set[datetime]](set)
    for uid, instant in newest:
        if instant is not None:
            replaced[uid].add(instant)
    for event in newest.values():
        if event.is_busy:
            is_alone = event.replaces is not None
            yield event if is_alone else replace(event, but=event.but | replaced[event.uid])


def _spans(event: _Event, until: datetime) -> Iterator[Span]:
    """Yield the instances of an event that begin before an instant."""
    if event.replaces is not None:
        yield event.span(event.at)
        return
    for at in _starts(event, until):
        start, end = event.span(at)
        if start not in event.but and at.date() not in event.but_days:
            yield start, end
    for start, end in event.more:
        here = start.astimezone(event.zone).replace(tzinfo=None)
        if start not in event.but and here.date() not in event.but_days:
            yield event.span(here) if start == end else (start, end)


def _starts(event: _Event, until: datetime) -> Iterator[datetime]:
    """Yield when instances begin, on the clock of their zone: the first, and what the rule says."""
    yield event.at
    if event.rule is None:
        return
    parts = dict(event.rule)
    count = int(parts.pop("COUNT", [MOST_STEPS])[0])
    last = min(
        [_last(one, event) for one in parts.pop("UNTIL", [])] + [until.astimezone(event.zone).replace(tzinfo=None)]
    )
    rule = rrulestr(bytes(vRecur(parts).to_ical()).decode(), dtstart=event.at)  # type: ignore[no-untyped-call]
    if not isinstance(rule, rrule):
        raise BrokenFeed("not readable")
    for number, at in enumerate(rule.replace(until=last)):
        if number >= count:
            return
        if number >= MOST_STEPS:
            raise BrokenFeed("too much")
        if at != event.at:
            yield at


def _last(until: date, event: _Event) -> datetime:
    """Return the last start a rule allows, on the clock of the event; a date allows its whole day."""
    if not isinstance(until, datetime):
        return datetime(until.year, until.month, until.day, 23, 59, 59)  # noqa: DTZ001  # the clock's
    return until if until.tzinfo is None else until.astimezone(event.zone).replace(tzinfo=None)
