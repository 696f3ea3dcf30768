"""Fill the demo's empty calendar: three weeks of invented appointments around today, the same ones for the same seed and day.

Only the demo does this, and only where nothing stands in the calendar yet. Nobody in it writes to the desk: no notice goes out.
"""

from __future__ import annotations

import os
import random
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID, uuid5

from bot.agenda import AppointmentStatus, Patient, SlotTaken
from bot.clinic import Clinic, load_clinic
from bot.clinic.hours import Span
from bot.clock import Clock, MovedClock
from bot.counter import Staff
from bot.daybook import Wished, Working, day_span
from bot.ports import StoreUnavailable
from bot.scheduling.builtin.reception import AtReception
from bot.settings import Settings
from bot.store import Backing, Database, Seals, SqlDaybook

SEED = 41
BEFORE, AFTER = 7, 14  # days around today
BY = Staff("demo", "Demo")
SPACE = UUID("6f1e2c9a-3b0d-4a57-9a54-0a8e4d3f7b11")  # of the keys: what was made once is not made again
FIRST_NAMES = (
    *("Anna", "Bruno", "Carla", "Dario", "Elena", "Fabio", "Giulia", "Ivo", "Laura", "Marco", "Nadia", "Olga"),
    *("Paolo", "Rita", "Sara", "Tullio", "Ugo", "Vera", "Zeno", "Amina", "Chen", "Dmitri", "Ines", "Joao"),
)
FULL, CANCELLED, CONFIRMED, MISSED = 0.62, 0.06, 0.6, 0.07  # shares of the times taken, and of what became of them
EMPTIER = 0.05  # by so much less is taken each day from today, so that whoever tries it finds times of this week
STEP = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Filling:
    """What fills a calendar, and by which chance."""

    clinic: Clinic
    book: SqlDaybook
    reception: AtReception
    clock: Clock
    chance: random.Random
    before: int = BEFORE
    after: int = AFTER


def fill(filling: Filling) -> int:
    """Make three weeks of appointments; return how many. Nothing is made where anything stands."""
    today = filling.clock.now().astimezone(filling.clinic.zone).date()
    days = [today + timedelta(days=n) for n in range(-filling.before, filling.after + 1)]
    if not _is_empty(filling, days):
        return 0
    _block(filling, today)
    return sum(_fill_day(filling, who, day) for who in filling.clinic.practitioners for day in days)


def _is_empty(filling: Filling, days: list[date]) -> bool:
    zone = filling.clinic.zone
    since, until = day_span(days[0], zone).start, day_span(days[-1], zone).end
    pages = filling.book.pages(BY, frozenset(filling.clinic.practitioners), since, until)
    return not (pages.visits or pages.kept or pages.blocks)


def _block(filling: Filling, today: date) -> None:
    """Block a meeting of everybody, a day of leave, and close one day as for a patron saint."""
    people = tuple(filling.clinic.practitioners)
    meeting = _weekday(today + timedelta(days=2))
    for who in people[:4]:
        _blocks(filling, who, _at(filling, meeting, time(12)), _at(filling, meeting, time(13)), "meeting")
    leave = _weekday(today + timedelta(days=5))
    _blocks(filling, people[-1], _at(filling, leave, time(7)), _at(filling, leave, time(20)), "leave")
    closed = _weekday(today + timedelta(days=9))
    for who in people:
        _blocks(filling, who, *day_span(closed, filling.clinic.zone), "closure")


def _weekday(day: date) -> date:
    return day if day.weekday() < 5 else day + timedelta(days=7 - day.weekday())


def _at(filling: Filling, day: date, at: time) -> datetime:
    return datetime.combine(day, at, filling.clinic.zone).astimezone(UTC)


def _blocks(filling: Filling, who: str, start: datetime, end: datetime, reason: str) -> None:
    filling.book.block(BY, uuid5(SPACE, f"{who} {start}"), who, Span(start, end), reason)


def _fill_day(filling: Filling, who: str, day: date) -> int:
    working = filling.reception.working(who, day, ())
    return sum(_fill_shift(filling, who, shift) for shift in working)


def _fill_shift(filling: Filling, who: str, shift: Working) -> int:
    made, start = 0, shift.start
    share = FULL - EMPTIER * max(0, (shift.start - filling.clock.now()).days)
    while start < shift.end:
        service = filling.chance.choice(filling.clinic.practitioners[who].services)
        is_taken = filling.chance.random() < share
        taken = _book(filling, Wished(service, who, shift.place, start, "other"), shift) if is_taken else None
        made += taken is not None
        start = taken or start + 3 * STEP
    return made


def _book(filling: Filling, wished: Wished, shift: Working) -> datetime | None:
    """Book a time if it is free and ends with the shift; return when the next one may begin."""
    known = filling.clinic.services[wished.service].visit
    if known is None or wished.start + timedelta(minutes=known.minutes) > shift.end:
        return None
    chance = filling.chance
    born = date(1938, 1, 1) + timedelta(days=chance.randrange(80 * 365))
    patient = Patient(None, chance.choice(FIRST_NAMES), born)
    key = uuid5(SPACE, f"{wished.practitioner} {wished.start}")
    try:
        made = filling.reception.enter(BY, wished, patient, None, key)
    except SlotTaken:
        return None
    if chance.random() < CONFIRMED:
        filling.reception.confirm(made.id, made.revision)
    status = _became(made.start, made.end, filling.clock.now(), chance)
    if status is not None:
        filling.reception.settle(
            BY, made.id, made.revision, status, uuid5(SPACE, f"{made.id} {status}"), _reason(status)
        )
    return made.end + timedelta(minutes=known.after)


def _became(start: datetime, end: datetime, now: datetime, chance: random.Random) -> AppointmentStatus | None:
    """Return what became of an appointment; None: it is still to come."""
    drawn = chance.random()
    if drawn < CANCELLED:
        return AppointmentStatus.CANCELLED
    if end <= now:
        return AppointmentStatus.NOSHOW if drawn < CANCELLED + MISSED else AppointmentStatus.FULFILLED
    return AppointmentStatus.ARRIVED if start <= now + timedelta(minutes=20) else None


def _reason(status: AppointmentStatus) -> str | None:
    return "asked" if status is AppointmentStatus.CANCELLED else None


def main() -> int:
    """Fill the demo's calendar; return the exit code."""
    settings, clock = Settings.from_env(os.environ), MovedClock(Path(os.environ["SPORTELLO_CLOCK"]))
    clinic = load_clinic(settings.clinic_file)
    database = Database(settings.database_url, 1)
    book = SqlDaybook(Backing(database, Seals(settings.field_keys, settings.hash_key), clock.now), clinic.zone)
    try:
        made = fill(Filling(clinic, book, AtReception(clinic, book, clock), clock, random.Random(SEED)))
    except StoreUnavailable as fault:
        print(fault)
        return 1
    finally:
        database.close()
    print(f"{made} appointments")
    return 0


if __name__ == "__main__":
    sys.exit(main())
