"""A practitioner's visits as a calendar other programs read (RFC 5545): time, place and code; nothing of any patient."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from icalendar import Calendar, Event

from bot.booking.files import PRODUCT
from bot.clinic import Clinic
from bot.daybook import FeedLine


def tag(lines: Sequence[FeedLine]) -> str:
    """Return what changes with what a feed says."""
    return hashlib.sha256("\n".join(map(str, lines)).encode()).hexdigest()[:32]


def write(lines: Sequence[FeedLine], clinic: Clinic, now: datetime) -> bytes:
    """Return a feed as it stands now, in UTC."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", clinic.name)
    for line in lines:
        calendar.add_component(_event(line, clinic, now))
    return bytes(calendar.to_ical())


def _event(line: FeedLine, clinic: Clinic, now: datetime) -> Event:
    event = Event()
    event.add("uid", str(line.id))
    event.add("sequence", line.revision)
    event.add("dtstamp", now)
    event.add("dtstart", line.start)
    event.add("dtend", line.end)
    event.add("class", "PRIVATE")
    event.add("summary", line.code)
    if place := clinic.places.get(line.place):
        event.add("location", place.name)
    return event
