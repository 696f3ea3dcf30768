"""The calendar as the counter reads it: whose time is taken by what on a day, laid out in columns; pure but for its ports.

The console asks, `store/daybook.py` reads the rows, the calendar's own rules say who works when.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.agenda import Appointment, AppointmentStatus, By, Diary, Exceptional, Patient, Slot, Wanted
from bot.agenda import Entry as Taken
from bot.clinic.hours import Span, joined
from bot.counter import Staff

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
STEP = 5  # minutes: everything is drawn on this grid
MOST_LANES = 4  # beside each other in one column; what overlaps beyond that shares the last
FIRST_HOUR, LAST_HOUR = 8, 19  # what is drawn at least
FREE_FROM = 10 * MINUTE  # shorter gaps are no time for anybody


# ---------------------------------------------------------------------------------------------------------- what is read


@dataclass(frozen=True, slots=True)
class Ended:
    """Who cancelled an appointment, and why: a word of a closed list, theirs or CANCELS; None: nobody said."""

    by: By
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """An appointment with what is kept free around it. `conversation_id` None: nobody writes, or another team has them.

    `ended`: how it was cancelled; None: it was not, or nobody knows any more.
    """

    appointment: Appointment
    block: Span
    conversation_id: UUID | None = None
    ended: Ended | None = None

    @property
    def start(self) -> datetime:
        """When the visit begins."""
        return self.appointment.start

    @property
    def end(self) -> datetime:
        """When the visit ends."""
        return self.appointment.end

    @property
    def practitioner(self) -> str:
        """Whose time it takes."""
        return self.appointment.practitioner


@dataclass(frozen=True, slots=True)
class Kept:
    """A time kept for somebody who is deciding, until `until`. `is_offer`: it was offered to the waiting list."""

    id: UUID
    practitioner: str
    service: str
    place: str
    start: datetime
    end: datetime
    block: Span
    until: datetime
    is_offer: bool = False
    conversation_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Blocked:
    """A time without visits. `source`: staff, or another calendar it was read from; `reason` is a word of ours, or None."""

    id: UUID
    practitioner: str
    start: datetime
    end: datetime
    source: str
    reason: str | None = None
    made_by: str = ""


@dataclass(frozen=True, slots=True)
class Extra:
    """Hours somebody works beyond their week. `services`: what is done in them; none named: all they do at that place."""

    id: UUID
    practitioner: str
    place: str
    start: datetime
    end: datetime
    services: frozenset[str] = frozenset()
    made_by: str = ""


Entry = Visit | Kept | Blocked


@dataclass(frozen=True, slots=True)
class Pages:
    """What stands in the book between two instants; `exceptions` are where the clinic's week does not hold."""

    visits: tuple[Visit, ...] = ()
    kept: tuple[Kept, ...] = ()
    blocks: tuple[Blocked, ...] = ()
    exceptions: tuple[Exceptional, ...] = ()
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True)
class Working:
    """When and where somebody works, as instants."""

    place: str
    start: datetime
    end: datetime


class Daybook(Protocol):
    """What the counter reads of the calendar, and the times it blocks. Raise StoreUnavailable when the database is away.

    Whose conversation an appointment belongs to is told to those teams alone that may read it.
    """

    def pages(self, staff: Staff, practitioners: frozenset[str], since: datetime, until: datetime) -> Pages:
        """Return what begins, ends or goes on between two instants, and note in the audit that it was read."""
        ...

    def version(self, practitioners: frozenset[str], since: datetime, until: datetime) -> str:
        """Return what changes with what stands between two instants; it says nothing, so nobody notes that it was asked."""
        ...

    def visit(self, staff: Staff, appointment_id: UUID) -> Visit | None:
        """Return one appointment as it stands; None: there is none."""
        ...

    def of_conversation(self, staff: Staff, conversation_id: UUID, since: datetime) -> tuple[Appointment, ...]:
        """Return what the person of a conversation has booked that ends after an instant, next first."""
        ...

    def writer(self, staff: Staff, conversation_id: UUID) -> Writer | None:
        """Return whom a conversation is with; None: it is not there for this asker."""
        ...

    def block(self, staff: Staff, key: UUID, practitioner: str, span: Span, reason: str) -> bool:
        """Block a time, once a key; False if it was done before."""
        ...

    def blocked(self, block_id: UUID) -> Blocked | None:
        """Return one block of staff; None: there is none."""
        ...

    def unblock(self, staff: Staff, block_id: UUID) -> bool:
        """Take away a block that staff made; False if there is none."""
        ...

    def extend(self, staff: Staff, key: UUID, hours: Exceptional) -> bool:
        """Open extra hours for a practitioner at a place, once a key; False if it was done before."""
        ...

    def extra(self, extra_id: UUID) -> Extra | None:
        """Return extra hours; None: there are none."""
        ...

    def withdraw(self, staff: Staff, extra_id: UUID) -> bool:
        """Take extra hours back; what is booked in them stays. False if there are none."""
        ...


@dataclass(frozen=True, slots=True)
class Writer:
    """Whom a conversation is with: who is written to about what is booked. `name` None: they told none."""

    contact_id: UUID
    conversation_id: UUID
    name: str | None = field(repr=False)


class Timetable(Protocol):
    """Who works when, by the clinic's file and its exceptions."""

    def working(self, practitioner: str, day: date, exceptions: Sequence[Exceptional]) -> tuple[Working, ...]:
        """Return when somebody works on a day of the clinic's calendar, earliest first."""
        ...

    def given_at(self, practitioner: str, place: str) -> frozenset[str]:
        """Return which services somebody gives at a place, whenever they are there; none: they never are."""
        ...


@dataclass(frozen=True, slots=True)
class Feed:
    """An address under which a practitioner's own calendar reads their times. `revoked_at` None: it is open."""

    id: UUID
    practitioner: str
    made_by: str
    created_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class FeedLine:
    """One visit as a feed says it: nothing of a patient's but the code."""

    id: UUID
    revision: int
    start: datetime
    end: datetime
    place: str
    code: str


class Feeds(Protocol):
    """The feeds. Making and revoking stand in the audit. Raise StoreUnavailable when the database is away."""

    def make(self, actor: str, feed_id: UUID, practitioner: str) -> str | None:
        """Make a feed; its token is returned this once. None: the same id made one before."""
        ...

    def revoke(self, actor: str, feed_id: UUID) -> bool:
        """Close a feed for ever; False if it was closed, or never was."""
        ...

    def listed(self) -> tuple[Feed, ...]:
        """Return all feeds, those that are open first."""
        ...

    def whose(self, token: str) -> str | None:
        """Return whose open feed a token is for; None: nobody's."""
        ...

    def lines(self, practitioner: str, since: datetime, until: datetime) -> tuple[FeedLine, ...]:
        """Return when and where somebody has visits between two instants."""
        ...


# ---------------------------------------------------------------------------------------------------------- what is done


class Limit(StrEnum):
    """What staff may set aside with a reason. That somebody sees one patient at a time is no such rule."""

    HOURS = "hours"  # nobody of this place and service works then
    GRID = "grid"
    NOTICE = "notice"
    HORIZON = "horizon"
    PER_DAY = "per_day"


OVERRIDES = ("urgent", "agreed", "walk_in", "other")  # why a rule is set aside
BLOCKS = ("leave", "absence", "training", "meeting", "closure", "other")  # why a time is blocked
CANCELS = ("asked", "away", "other")  # why staff cancelled: the patient asked, the practitioner is away


class OutsideLimits(Exception):
    """A time can only be had by setting these rules aside."""

    def __init__(self, limits: frozenset[Limit]) -> None:
        super().__init__(", ".join(sorted(limits)))
        self.limits = limits


@dataclass(frozen=True, slots=True)
class Wished:
    """What staff want to put into the calendar. `override`: one of OVERRIDES; None: the rules must hold."""

    service: str
    practitioner: str
    place: str
    start: datetime
    override: str | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """How something gets into the diary: by whom, once by which key, and with which rules set aside for what reason."""

    staff: Staff
    key: UUID
    reason: str | None = None


class Judges(Protocol):
    """Decide, inside the transaction that takes a time, which rules are set aside for it."""

    def __call__(self, entries: tuple[Taken, ...], exceptions: tuple[Exceptional, ...]) -> frozenset[Limit]:
        """Return the rules that are set aside. Raise SlotTaken; OutsideLimits where they may not be."""
        ...


class CounterDiary(Diary, Protocol):
    """The built-in calendar's rows as staff write them: see `Diary`. Each change stands in the audit with it."""

    def enter(
        self, slot: Slot, block: Span, patient: Patient, contact_id: UUID | None, judge: Judges, entered: Entered
    ) -> Appointment:
        """Book a time at once, for a contact or for nobody who writes. Raise SlotTaken, OutsideLimits."""
        ...

    def shift(
        self, appointment_id: UUID, revision: int, slot: Slot, block: Span, judge: Judges, entered: Entered
    ) -> Appointment:
        """Give an appointment another time at once. Raise SlotTaken, OutsideLimits, Changed, NotThere."""
        ...

    def settle(self, appointment_id: UUID, revision: int, status: AppointmentStatus, entered: Entered) -> Appointment:
        """Note what became of an appointment. Raise SlotTaken (its time was given away), Changed, NotThere."""
        ...


class Reception(Protocol):
    """What staff do in the clinic's own calendar; the patient is told by a notice. StoreUnavailable: the database is away.

    `key` is the form's: sent twice it has one effect.
    """

    def free(self, wanted: Wanted, limit: int) -> tuple[Slot, ...]:
        """Return the first free times, as patients are offered them."""
        ...

    def enter(self, staff: Staff, wished: Wished, patient: Patient, contact_id: UUID | None, key: UUID) -> Appointment:
        """Book for a patient. Raise SlotTaken, OutsideLimits, NotThere (that practitioner does not do this there)."""
        ...

    def shift(self, staff: Staff, appointment_id: UUID, revision: int, wished: Wished, key: UUID) -> Appointment:
        """Move an appointment. Raise SlotTaken, OutsideLimits, Changed, NotThere."""
        ...

    def settle(
        self,
        staff: Staff,
        appointment_id: UUID,
        revision: int,
        status: AppointmentStatus,
        key: UUID,
        reason: str | None = None,
    ) -> Appointment:
        """Note what became of an appointment; cancelled, the patient is told. Raise SlotTaken, Changed, NotThere."""
        ...


# -------------------------------------------------------------------------------------------------------- what is drawn


class Kind(StrEnum):
    """What a place in a column shows."""

    WORK = "work"  # somebody is there
    FREE = "free"  # and could see a patient
    VISIT = "visit"
    KEPT = "kept"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Placed:
    """Something drawn in a column: `top` and `height` in minutes of the clock, below the first hour; one of `lanes`."""

    kind: Kind
    start: datetime
    end: datetime
    top: int
    height: int
    lane: int = 0
    lanes: int = 1
    of: Entry | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One practitioner's day. `work` is drawn behind; `items` are read from top to bottom; `gone` was cancelled.

    `extras` are the hours of it that are no usual ones.
    """

    practitioner: str
    day: date
    work: tuple[Placed, ...] = ()
    items: tuple[Placed, ...] = ()
    gone: tuple[Visit, ...] = ()
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """Columns beside each other under one clock. `now`: minutes below the first hour, None: not on this sheet."""

    columns: tuple[Column, ...]
    first_hour: int = FIRST_HOUR
    last_hour: int = LAST_HOUR
    now: int | None = None
    is_fine: bool = False  # something is too short to be read at the usual scale

    @property
    def hours(self) -> range:
        """The hours that are drawn."""
        return range(self.first_hour, self.last_hour)


@dataclass(frozen=True, slots=True)
class Look:
    """What a sheet is drawn for: the clinic's clock, and the time by it."""

    zone: ZoneInfo
    now: datetime
    place: str | None = None  # only what somebody works there is white


def sheet(wanted: Sequence[tuple[str, date]], pages: Pages, timetable: Timetable, look: Look) -> Sheet:
    """Lay out columns, each a practitioner and a day."""
    worked = {one: _worked(timetable.working(*one, pages.exceptions), look) for one in wanted}
    drawn = {one: _entries(pages, *one, look) for one in wanted}
    first, last = _hours(worked, drawn, look.zone)
    columns = tuple(_column(*one, worked[one], drawn[one], pages, look, first) for one in wanted)
    today = look.now.astimezone(look.zone).date()
    now = _minutes(look.now, today, look.zone) - first * 60 if any(day == today for _, day in wanted) else None
    shortest = min((item.height for column in columns for item in column.items if _is_visit(item)), default=STEP * 3)
    is_on = now is not None and 0 <= now < (last - first) * 60
    return Sheet(columns, first, last, now if is_on else None, shortest < STEP * 3)


def _is_visit(item: Placed) -> bool:
    return item.kind in (Kind.VISIT, Kind.KEPT)


def _worked(working: Iterable[Working], look: Look) -> tuple[Working, ...]:
    return tuple(one for one in working if look.place in (None, one.place))


def _entries(pages: Pages, practitioner: str, day: date, look: Look) -> tuple[Entry, ...]:
    """Return what is drawn of a day: what was cancelled takes no time, and what is elsewhere takes time all the same."""
    span = day_span(day, look.zone)
    found: list[Entry] = [one for one in pages.visits if one.appointment.status is not AppointmentStatus.CANCELLED]
    found += [*pages.kept, *pages.blocks]
    theirs = (
        one for one in found if one.practitioner == practitioner and one.start < span.end and one.end > span.start
    )
    return tuple(sorted(theirs, key=lambda one: (one.start, one.end)))


def _hours(
    worked: dict[tuple[str, date], tuple[Working, ...]],
    drawn: dict[tuple[str, date], tuple[Entry, ...]],
    zone: ZoneInfo,
) -> tuple[int, int]:
    """Return from which hour to which everything fits; a block of the whole day widens nothing."""
    tops, bottoms = [FIRST_HOUR * 60], [LAST_HOUR * 60]
    for (_, day), spans in worked.items():
        tops += [_minutes(one.start, day, zone) for one in spans]
        bottoms += [_minutes(one.end, day, zone) for one in spans]
    for (_, day), entries in drawn.items():
        shown = [one for one in entries if not isinstance(one, Blocked)]
        tops += [_minutes(one.start, day, zone) for one in shown]
        bottoms += [_minutes(one.end, day, zone) for one in shown]
    return min(tops) // 60, min(24, -(-max(bottoms) // 60))


def _column(
    practitioner: str,
    day: date,
    worked: Sequence[Working],
    entries: Sequence[Entry],
    pages: Pages,
    look: Look,
    first: int,
) -> Column:
    placed = [_placed(_kind(one), one.start, one.end, day, look, first, of=one) for one in entries]
    free = [
        _placed(Kind.FREE, span.start, span.end, day, look, first, place=place)
        for place, span in gaps(worked, entries, _next_step(look.now))
    ]
    work = tuple(_placed(Kind.WORK, one.start, one.end, day, look, first, place=one.place) for one in worked)
    items = sorted((*side_by_side(placed), *free), key=lambda one: (one.start, one.kind is not Kind.FREE, one.end))
    gone = tuple(_gone(pages.visits, practitioner, day, look.zone))
    return Column(practitioner, day, work, tuple(items), gone, tuple(_extras(pages.extras, practitioner, day, look)))


def _gone(visits: Iterable[Visit], practitioner: str, day: date, zone: ZoneInfo) -> Iterator[Visit]:
    span = day_span(day, zone)
    for one in visits:
        is_gone = one.appointment.status is AppointmentStatus.CANCELLED and one.practitioner == practitioner
        if is_gone and span.start <= one.start < span.end:
            yield one


def _extras(extras: Iterable[Extra], practitioner: str, day: date, look: Look) -> Iterator[Extra]:
    span = day_span(day, look.zone)
    for one in extras:
        is_theirs = one.practitioner == practitioner and look.place in (None, one.place)
        if is_theirs and one.start < span.end and one.end > span.start:
            yield one


def _kind(entry: Entry) -> Kind:
    match entry:
        case Visit():
            return Kind.VISIT
        case Kept():
            return Kind.KEPT
        case Blocked():
            return Kind.BLOCK


def gaps(worked: Iterable[Working], entries: Iterable[Entry], since: datetime) -> Iterator[tuple[str, Span]]:
    """Yield the times still to come in which somebody works and nothing takes their time, each with its place."""
    taken = list(joined(sorted(_block(one) for one in entries if _takes_time(one))))
    for one in worked:
        start = max(one.start, since)
        for block in taken:
            if block.end <= start or block.start >= one.end:
                continue
            if block.start - start >= FREE_FROM:
                yield one.place, Span(start, block.start)
            start = max(start, block.end)
        if one.end - start >= FREE_FROM:
            yield one.place, Span(start, one.end)


def _block(entry: Entry) -> Span:
    return Span(entry.start, entry.end) if isinstance(entry, Blocked) else entry.block


def _takes_time(entry: Entry) -> bool:
    return not isinstance(entry, Visit) or entry.appointment.status is not AppointmentStatus.NOSHOW


def _next_step(now: datetime) -> datetime:
    """Return the next time on the grid: nobody is booked for twenty-three minutes past."""
    return now + (
        -(now.minute * MINUTE + timedelta(seconds=now.second, microseconds=now.microsecond)) % (STEP * MINUTE)
    )


def _placed(
    kind: Kind,
    start: datetime,
    end: datetime,
    day: date,
    look: Look,
    first: int,
    *,
    of: Entry | None = None,
    place: str | None = None,
) -> Placed:
    top = max(0, _minutes(start, day, look.zone) - first * 60) // STEP * STEP
    bottom = -(-(_minutes(end, day, look.zone) - first * 60) // STEP) * STEP
    return Placed(kind, start, end, top, max(STEP, bottom - top), of=of, place=place)


def side_by_side(items: Sequence[Placed]) -> tuple[Placed, ...]:
    """Give what overlaps lanes beside each other; `items` come in the order of their beginnings."""
    found: list[Placed] = []
    cluster: list[tuple[Placed, int]] = []
    ends: list[int] = []  # of each lane of the cluster
    for item in items:
        if cluster and item.top >= max(ends):
            found += _in_lanes(cluster, len(ends))
            cluster, ends = [], []
        lane = next((n for n, end in enumerate(ends) if end <= item.top), len(ends))
        lane = min(lane, MOST_LANES - 1)
        ends[lane : lane + 1] = [max(item.top + item.height, ends[lane] if lane < len(ends) else 0)]
        cluster.append((item, lane))
    return (*found, *_in_lanes(cluster, len(ends)))


def _in_lanes(cluster: Iterable[tuple[Placed, int]], lanes: int) -> list[Placed]:
    return [replace(one, lane=lane, lanes=lanes) for one, lane in cluster]


def _minutes(at: datetime, day: date, zone: ZoneInfo) -> int:
    """Return what the clock shows, in minutes after the midnight a day begins with; within that day."""
    shown = at.astimezone(zone).replace(tzinfo=None)
    minutes = int((shown - datetime.combine(day, time.min)) / MINUTE)
    return min(max(minutes, 0), 24 * 60)


def day_span(day: date, zone: ZoneInfo) -> Span:
    """Return a day of the clinic's calendar as instants: 23, 24 or 25 hours."""
    return Span(*(datetime.combine(one, time.min, zone).astimezone(UTC) for one in (day, day + DAY)))
