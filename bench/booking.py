"""Booking: free times in the diary of years next to the one of a clinic that has just begun, and many who want one place."""

from __future__ import annotations

import hashlib
import logging
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from uuid import UUID, uuid4

import psycopg
from sqlalchemy.engine import make_url

from bench.growth import FASTER, RANDOM, row_id, take_indexes
from bench.ladder import percentile
from bench.servers import ROOT, Servers, all_cores
from bot.agenda import Held, Slot, SlotTaken, Wanted
from bot.approvals import TemplateFacts
from bot.booking.times import AT_ONCE
from bot.clinic import Clinic, load_clinic
from bot.clock import Clock, FixedClock
from bot.message_templates import of_clinic
from bot.notices import REMINDERS, Kind
from bot.outreach.books import Books
from bot.outreach.keeper import Outreach
from bot.outreach.plan import reach
from bot.outreach.wording import Sayer
from bot.ports import StoreUnavailable
from bot.scheduling.builtin.calendar import BuiltIn
from bot.store import Backing, Database, Seals, SqlApprovals, SqlDiary, SqlLanes, SqlNotices, SqlRecords
from bot.wiring import WEB_SQL, the_templates

SERVICE = "cardiology"
QUARTER = timedelta(days=91)
BOOKED = 0.7  # of what the coming quarter could hold
ALL, PAGE, NOTICES = 100_000, 10, 200
HOLD_S = 300.0
FEW_PEOPLE, PEOPLE = 300, 50_000
BOOKED_A_DAY = 9  # of one practitioner, one less than the example's clinic allows
FILLED = ("contact", "conversation", "appointment", "appointment_change", "notice")
SIZE = "SELECT count(*), pg_total_relation_size('appointment') / 1e6 FROM appointment"
COLUMNS = "id, contact_id, state, revision, practitioner, service, place, starts_at, ends_at, block_from, block_to, zone, local_start"
COLUMNS += ", code, patient_sealed, created_at"
PER_DAY = 16  # visits of each past day of a practitioner, each half an hour
STATES = ("fulfilled", "fulfilled", "fulfilled", "booked", "cancelled")  # of the past: some nobody has closed


@dataclass(frozen=True, slots=True)
class Plan:
    """How large the clinic of years is, and how often each thing is asked."""

    practitioners: int = 50
    past: int = 1_000_000
    rounds: int = 40
    takers: int = 200
    seed: int = 5

    @property
    def beginner(self) -> Plan:
        """Return what stands beside it: a clinic that opens today."""
        return replace(self, practitioners=min(3, self.practitioners), past=0)


SMALL = Plan(practitioners=4, past=2000, rounds=2, takers=12)


@dataclass(frozen=True, slots=True)
class Asked:
    """What gives notices and keeps their books, at one moment."""

    now: datetime
    sayer: Sayer
    outreach: Outreach
    books: Books


@dataclass
class Side:
    """A clinic with its diary, and how long each thing took in it, in seconds."""

    plan: Plan
    url: str
    backing: Backing
    clinic: Clinic
    calendar: BuiltIn
    clock: Clock
    today: Asked
    tomorrow: Asked
    times: dict[str, list[float]] = field(default_factory=dict)

    @property
    def people(self) -> int:
        """How many people the clinic knows."""
        return PEOPLE if self.plan.past > PEOPLE else FEW_PEOPLE

    def wanted(self, practitioner: str | None = None) -> Wanted:
        """Return a quarter from now, with one practitioner or whoever is first."""
        return Wanted(SERVICE, self.clock.now(), self.clock.now() + QUARTER, practitioner=practitioner)


# What is asked, and how many milliseconds are aimed at in the clinic of years.
QUARTER_OF_ONE = "a quarter of one practitioner, every free time"
FIRST_OF_ONE = "a quarter of one practitioner, the first page"
FIRST_OF_ALL = "a quarter of whoever is first, the first page"
TWO_WEEKS = "two weeks of whoever is first, as the menu asks"
EACH_DAY = "a day in the tenth week of whoever is first, the first page"
DUE = "reminders that are due, the first 200 when nobody has been told"
NOTHING_DUE = "reminders that are due, when all have been told"
JUDGED = "those 200 judged"
WORDED = "those 200 worded as templates"
BOOKS_UNTOLD = "today's books for the console, when nobody has been told"
BOOKS_TOLD = "today's books for the console, when all have been told"
GIVEN = "each judged, worded and claimed in its lane"
AIMS = {QUARTER_OF_ONE: 20.0} | dict.fromkeys((FIRST_OF_ONE, FIRST_OF_ALL, TWO_WEEKS, EACH_DAY), 60.0)
AIMS |= dict.fromkeys((DUE, NOTHING_DUE), 50.0) | dict.fromkeys((BOOKS_UNTOLD, BOOKS_TOLD), 200.0)
WITHOUT_AIM = (JUDGED, WORDED)
RACE_AIM = 1000.0


def run(plan: Plan) -> int:
    """Fill both diaries, measure and print; return 1 when a place was not given to exactly one."""
    print(
        f"booking: {plan.practitioners} practitioners, {plan.past:,} past appointments; {plan.rounds} rounds, in turns"
    )
    with standing(plan) as sides:
        for side in sides:
            print(filled(side))
        print("\n".join(compared("nobody has analysed the tables", sides)))
        for side in sides:
            side.times.clear()
            analyse(side)
        before = scanned(sides[-1])
        print("\n".join(compared("analysed", sides)))
        print("\n".join(told_scans(before, scanned(sides[-1]))))
        print("\n".join(given(side) for side in sides))
        races = [race for side in sides for race in raced(side)]
        print(told_races(plan, races))
    return int(any(race.winners != 1 or race.lost for race in races))


@contextmanager
def standing(plan: Plan) -> Iterator[list[Side]]:
    """Start PostgreSQL with two migrated databases and a calendar on each; end everything."""
    servers, sides = Servers(all_cores(), "http://127.0.0.1:9"), []
    try:
        sides += [opened(servers, each) for each in (plan.beginner, plan)]
        yield sides
    finally:
        for side in sides:
            side.backing.database.close()
        servers.end()


def opened(servers: Servers, plan: Plan) -> Side:
    """Open a calendar as a web process has it, on a new database."""
    settings = servers.settings(servers.migrated())
    clock = FixedClock(datetime.now(UTC).replace(microsecond=0))
    clinic = clinic_of(plan, load_clinic(ROOT / "clinic.example.yaml"))
    database = Database(settings.database_url, WEB_SQL)
    backing = Backing(database, Seals(settings.field_keys, settings.hash_key), clock.now)
    calendar = BuiltIn(clinic, SqlDiary(backing, clinic.zone), clock)
    url = make_url(settings.database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    today, tomorrow = (asked_at(backing, clinic, clock.now() + timedelta(days=days)) for days in (0, 1))
    return Side(plan, url, backing, clinic, calendar, clock, today, tomorrow)


def asked_at(backing: Backing, clinic: Clinic, moment: datetime) -> Asked:
    """Return what gives notices at a moment, with every template approved."""
    clock, templates = FixedClock(moment), of_clinic(the_templates(), clinic.privacy)
    found = [TemplateFacts(one.name, spoken, "APPROVED") for one in templates for spoken in clinic.languages]
    approvals, notices = SqlApprovals(backing), SqlNotices(backing)
    approvals.keep(found, frozenset(one.name for one in templates))
    sayer = Sayer(clinic, templates, approvals, clock)
    outreach = Outreach(notices, SqlLanes(backing), clinic, clock, sayer)
    return Asked(moment, sayer, outreach, Books(outreach, notices, SqlRecords(backing), clinic, clock))


def clinic_of(plan: Plan, example: Clinic) -> Clinic:
    """Return the example's clinic with so many practitioners, all of whom give one service on five days a week."""
    model = next(one for one in example.practitioners.values() if SERVICE in one.services)
    hours = example.practitioners["sarti"].shifts[0].hours
    shift = replace(model.shifts[0], weekdays=(0, 1, 2, 3, 4), hours=hours, services=())
    people = [
        replace(model, id=f"p{number:03}", name=f"Dott. Prova {number}", shifts=(shift,))
        for number in range(plan.practitioners)
    ]
    return replace(example, practitioners={one.id: one for one in people})


# ---------------------------------------------------------------------------------------------------------------- filling


def filled(side: Side) -> str:
    """Fill a diary with its past and its coming quarter; nobody analyses it. Return a line that tells how much."""
    begun, coming = time.monotonic(), tuple(booked(side))
    with psycopg.connect(side.url, autocommit=True) as connection:
        connection.execute(FASTER.encode())
        for name in FILLED:
            connection.execute(f"ALTER TABLE {name} SET (autovacuum_enabled = false)".encode())
        connection.execute(people(side.people).encode())
        taken = take_indexes(connection, "appointment")
        if side.plan.past:
            connection.execute(past(side).encode())
        _copy(connection, f"appointment ({COLUMNS})", [_row(side, visit) for visit in coming])
        for statement in (*taken, changes(), *(notices(kind, side) for kind in REMINDERS)):
            connection.execute(statement.encode())
        told = connection.execute(SIZE.encode()).fetchone()
    assert told is not None
    seconds = time.monotonic() - begun
    return f"filled: {told[0]:,} appointments, {len(coming):,} to come, {told[1]:.0f} MB, in {seconds:.0f} s"


def people(count: int) -> str:
    """Return SQL that adds people who have written long ago; the n-th one's ids can be told from n."""
    return f"""
        WITH person AS (
            INSERT INTO contact (id, phone_number_id, wa_id_hash, person_sealed, created_at)
            SELECT {person("n")}, '1', {RANDOM}, '', now() FROM generate_series(1, {count}) n RETURNING id)
        INSERT INTO conversation (id, phone_number_id, contact_id, owner, epoch, turn, answers_sealed, language, acknowledged,
            behind, position, pair_tokens, pair_at, created_at)
        SELECT id, '1', id, 'bot', 1, 1, '', 'it', false, false, 0, 45, now(), now() FROM person
    """  # noqa: S608  # numbers and words of our own


def person(number: str) -> str:
    """Return SQL of the id of one of the people."""
    return f"md5('person ' || {number})::uuid"


def past(side: Side) -> str:
    """Return SQL that writes what has been: one visit after another, the day before first, for every practitioner alike."""
    each, names = side.plan.past // side.plan.practitioners, [f"'{name}'" for name in side.clinic.practitioners]
    states = ", ".join(f"'{state}'" for state in STATES)
    return f"""
        INSERT INTO appointment ({COLUMNS})
        SELECT {row_id("at")}, {person(f"(1 + (n * 7919) % {side.people})")}, (ARRAY[{states}])[1 + n % {len(STATES)}], 1, who,
            '{SERVICE}', 'centro', at, at + interval '30 min', at, at + interval '30 min', '{side.clinic.zone.key}',
            to_char(at, 'YYYY-MM-DD"T"HH24:MI'), NULL, sha256(who::bytea), at - interval '30 days'
        FROM unnest(ARRAY[{", ".join(names)}]) who, generate_series(1, {each}) n,
            LATERAL (SELECT date_trunc('day', now()) + interval '6 h' - interval '1 day' * (1 + n / {PER_DAY})
                     + interval '30 min' * (n % {PER_DAY}) AS at) t
    """  # noqa: S608  # numbers and words of our own


def booked(side: Side) -> Iterator[Slot]:
    """Yield what is booked of the coming quarter: of what each practitioner could give, most."""
    chance, pause = random.Random(side.plan.seed), timedelta(minutes=10)
    for name in side.clinic.practitioners:
        ended, given = side.clock.now(), Counter[object]()
        for slot in side.calendar.free(side.wanted(name), ALL):
            if slot.start >= ended and given[slot.start.date()] < BOOKED_A_DAY and chance.random() < BOOKED:
                given[slot.start.date()] += 1
                ended = slot.end + pause
                yield slot


def _row(side: Side, slot: Slot) -> tuple[object, ...]:
    row, local = uuid4(), slot.start.astimezone(side.clinic.zone).strftime("%Y-%m-%dT%H:%M")
    who = UUID(hashlib.md5(f"person {1 + row.int % side.people}".encode(), usedforsecurity=False).hexdigest())
    sealed = side.backing.seals.seal('[null, "Anna", null]', "appointment", "patient_sealed", row)
    block = (slot.start, slot.end + timedelta(minutes=10))
    where = (slot.practitioner, slot.service, slot.place, slot.start, slot.end, *block, side.clinic.zone.key, local)
    return row, who, "booked", 1, *where, row.hex[:8], sealed, side.clock.now() - timedelta(days=30)


def _copy(connection: psycopg.Connection, into: str, rows: Sequence[tuple[object, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN".encode()) as copy:
        for row in rows:
            copy.write_row(row)


def changes() -> str:
    """Return SQL that notes who made each appointment: the patient, but for one in ten, which staff made."""
    return """
        INSERT INTO appointment_change (id, appointment_id, key, action, revision, at, by)
        SELECT gen_random_uuid(), id, gen_random_uuid(), 'booked', 1, created_at,
            CASE WHEN random() < 0.1 THEN 'staff' ELSE 'patient' END
        FROM appointment
    """


def notices(kind: Kind, side: Side) -> str:
    """Return SQL that notes a reminder as sent of each visit it was due for, and of the past."""
    before = reach(side.clinic, kind, side.clock.now())
    return f"""
        INSERT INTO notice (id, appointment_id, conversation_id, kind, revision, starts_at, concerns_at, due_at, until, state, at)
        SELECT gen_random_uuid(), id, contact_id, '{kind}', 1, starts_at, starts_at, starts_at - interval '1 day', starts_at,
            'sent', starts_at - interval '1 day'
        FROM appointment WHERE starts_at < '{before.isoformat()}'::timestamptz AND starts_at > now() - interval '60 days'
    """  # noqa: S608  # numbers and words of our own


def analyse(side: Side) -> None:
    """Have PostgreSQL look at every table, as it does by itself some minutes after they grew."""
    with psycopg.connect(side.url, autocommit=True) as connection:
        connection.execute(b"VACUUM (ANALYZE)")


# -------------------------------------------------------------------------------------------------------------- measuring


def compared(says: str, sides: Sequence[Side]) -> list[str]:
    """Ask both the same things in turns, in an order drawn anew each round; return a table."""
    chance = random.Random(sides[0].plan.seed)
    for _ in range(sides[0].plan.rounds):
        for side in chance.sample(list(sides), len(sides)):
            ask(side)
    lines = ["", f"{says + '; ms':64}{'new p50':>9}{'p99':>7}{'years p50':>11}{'p99':>7}{'ratio':>7}"]
    for what in (*AIMS, *WITHOUT_AIM):
        low, high = ([percentile(side.times[what], part) * 1000 for part in (50, 99)] for side in sides)
        aim = AIMS.get(what)
        reached = "" if aim is None else f"   aim {aim:g}: {'reached' if high[0] <= aim else 'not reached'}"
        lines.append(
            f"{what:64}{low[0]:9.1f}{low[1]:7.1f}{high[0]:11.1f}{high[1]:7.1f}{high[0] / low[0]:7.2f}{reached}"
        )
    return lines


def ask(side: Side) -> None:
    """Ask for free times and for what is due in each way and note how long each took."""
    names, turn = list(side.clinic.practitioners), len(side.times.get(DUE, ()))
    one, whole = side.wanted(names[turn % len(names)]), side.wanted()
    weeks = replace(whole, until=whole.since + timedelta(days=14))
    page = tuple(islice(side.tomorrow.outreach.owed(), NOTICES))
    late = replace(whole, since=whole.since + timedelta(days=70), until=whole.since + timedelta(days=71))
    works: dict[str, Callable[[], object]] = {
        QUARTER_OF_ONE: lambda: side.calendar.free(one, ALL),
        FIRST_OF_ONE: lambda: side.calendar.free(one, PAGE),
        FIRST_OF_ALL: lambda: side.calendar.free(whole, PAGE),
        TWO_WEEKS: lambda: side.calendar.free(weeks, AT_ONCE),
        EACH_DAY: lambda: side.calendar.free(late, PAGE),
        DUE: lambda: tuple(islice(side.tomorrow.outreach.owed(), NOTICES)),
        NOTHING_DUE: lambda: tuple(side.today.outreach.owed()),
        JUDGED: lambda: [side.tomorrow.outreach.judge(owed, side.tomorrow.now) for owed in page],
        WORDED: lambda: [side.tomorrow.sayer(owed.notice, owed.to.language, False) for owed in page],
        BOOKS_UNTOLD: side.tomorrow.books.today,
        BOOKS_TOLD: side.today.books.today,
    }
    for what, work in works.items():
        begun = time.perf_counter()
        work()
        side.times.setdefault(what, []).append(time.perf_counter() - begun)


def given(side: Side) -> str:
    """Give the first reminders of tomorrow that can be said, one after the other; return a line that tells how long each took."""
    logging.disable(logging.WARNING)  # these people wrote nothing: their conversations begin anew, each with a line
    times: list[float] = []
    for owed in side.tomorrow.outreach.owed():
        begun = time.perf_counter()
        if side.tomorrow.outreach.give(owed) is not None:
            times.append((time.perf_counter() - begun) * 1000)
        if len(times) == NOTICES:
            break
    logging.disable(logging.NOTSET)
    told = ", ".join(f"{percentile(times, part):.1f} ms (p{part})" for part in (50, 99))
    return f"{side.plan.past:,} past appointments; {len(times)} reminders, {GIVEN}: {told}"


def scanned(side: Side) -> dict[str, int]:
    """Return how often each table of the diary was read from end to end."""
    statement = "SELECT relname, seq_scan FROM pg_stat_user_tables WHERE relname = ANY(%s)"
    with psycopg.connect(side.url, autocommit=True) as connection:
        return dict(connection.execute(statement, (list(FILLED),)).fetchall())


def told_scans(before: Mapping[str, int], after: Mapping[str, int]) -> list[str]:
    """Return what of the diary of years was read from end to end meanwhile: each would be an index that is missing."""
    read = [f"{name} {after[name] - before[name]} times" for name in sorted(after) if after[name] > before[name]]
    return ["", f"read from end to end in the clinic of years: {', '.join(read) or 'nothing'}"]


# ------------------------------------------------------------------------------------------------------------- the races


@dataclass(frozen=True, slots=True)
class Race:
    """What came of many who wanted one place: how many got it, how many no answer, and when the last one had theirs."""

    winners: int
    lost: int
    seconds: float


def raced(side: Side) -> Iterator[Race]:
    """Have so many people, each in a thread of one web process, hold the same place at once; each round another place."""
    with psycopg.connect(side.url, autocommit=True) as connection:
        rows = connection.execute("SELECT id FROM contact LIMIT %s", (side.plan.takers,)).fetchall()
    crowd, slots = [row[0] for row in rows], side.calendar.free(side.wanted(), ALL)
    apart = {slot.start.date(): slot for slot in slots}
    for slot in list(apart.values())[: side.plan.rounds]:
        yield race(side, slot, crowd)


def race(side: Side, slot: Slot, crowd: Sequence[UUID]) -> Race:
    """Let everybody go at once."""
    gate = threading.Barrier(len(crowd) + 1)

    def take(who: UUID) -> object:
        gate.wait()
        try:
            return side.calendar.hold(slot, who, uuid4(), HOLD_S)
        except SlotTaken as taken:
            return taken
        except StoreUnavailable as lost:
            return lost

    with ThreadPoolExecutor(len(crowd)) as pool:
        answers = [pool.submit(take, who) for who in crowd]
        gate.wait()
        begun = time.perf_counter()
        came = [answer.result() for answer in answers]
        seconds = time.perf_counter() - begun
    counted = Counter(type(one) for one in came)
    return Race(counted[Held], counted[StoreUnavailable], seconds)


def told_races(plan: Plan, races: Sequence[Race]) -> str:
    """Return a line about all races."""
    times = [one.seconds * 1000 for one in races]
    median, worst = percentile(times, 50), max(times, default=0.0)
    return (
        f"{plan.takers} who want one place at once, {len(races)} times: one got it in {sum(one.winners == 1 for one in races)}, "
        f"{sum(one.lost for one in races)} without an answer; last answer after {median:.0f} ms (median), {worst:.0f} ms (most)"
        f"   aim {RACE_AIM:g}: {'reached' if worst <= RACE_AIM else 'not reached'}"
    )
