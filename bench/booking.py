"""Booking: free times in the diary of years next to the one of a clinic that has just begun, and many who want one place."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import psycopg
from sqlalchemy.engine import make_url

from bench.growth import FASTER, RANDOM, row_id
from bench.ladder import percentile
from bench.servers import ROOT, Servers, all_cores
from bot.agenda import Held, Slot, SlotTaken, Wanted
from bot.clinic import Clinic, load_clinic
from bot.clock import Clock, FixedClock
from bot.ports import StoreUnavailable
from bot.scheduling.builtin.calendar import BuiltIn
from bot.store import Backing, Database, Seals, SqlDiary
from bot.wiring import WEB_SQL

SERVICE = "cardiology"
QUARTER = timedelta(days=91)
BOOKED = 0.7  # of what the coming quarter could hold
ALL, PAGE = 100_000, 10
HOLD_S = 300.0
FEW_PEOPLE, PEOPLE = 300, 50_000
WARM = 12  # psycopg prepares a statement at the fifth time, PostgreSQL keeps one plan after five more
COLUMNS = "id, contact_id, state, revision, practitioner, service, place, starts_at, ends_at, block_from, block_to, zone, local_start"
COLUMNS += ", code, patient_sealed, created_at"
PER_DAY = 16  # visits of each past day of a practitioner, each half an hour
STATES = ("fulfilled", "fulfilled", "fulfilled", "booked", "cancelled")  # of the past: some nobody has closed
LOOKED_AT = ("appointment", "appointment_change", "agenda_block", "agenda_exception")


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


@dataclass
class Side:
    """A clinic with its diary, and how long each thing took in it, in seconds."""

    plan: Plan
    url: str
    database: Database
    clinic: Clinic
    calendar: BuiltIn
    clock: Clock
    times: dict[str, list[float]] = field(default_factory=dict)

    def wanted(self, practitioner: str | None = None) -> Wanted:
        """Return a quarter from now, with one practitioner or whoever is first."""
        return Wanted(SERVICE, self.clock.now(), self.clock.now() + QUARTER, practitioner=practitioner)


# What is asked, and how many milliseconds are aimed at in the clinic of years.
QUARTER_OF_ONE, FIRST_OF_ONE, FIRST_OF_ALL, EACH_DAY = (
    "a quarter of one practitioner, every free time",
    "the first page of one practitioner",
    "the first page of whoever is first",
    "the first page of a day in the tenth week",
)
AIMS = {QUARTER_OF_ONE: 20.0, FIRST_OF_ONE: 60.0, FIRST_OF_ALL: 60.0, EACH_DAY: 60.0}
RACE_AIM = 1000.0


def run(plan: Plan) -> int:
    """Fill both diaries, measure and print; return 1 when a place was not given to exactly one."""
    print(
        f"booking: {plan.practitioners} practitioners, {plan.past:,} past appointments; {plan.rounds} rounds, in turns"
    )
    with standing(plan) as sides:
        for side in sides:
            ask(side, WARM)  # plans are made while the diary is empty, as in a web that was there before it grew
            side.times.clear()
            print(filled(side))
        print("\n".join(compared("nobody has analysed the tables; plans of an empty diary", sides)))
        for side in sides:
            side.times.clear()
            analyse(side)
        before = scanned(sides[-1])
        print("\n".join(compared("analysed", sides)))
        print("\n".join(told_scans(before, scanned(sides[-1]))))
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
            side.database.close()
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
    return Side(plan, url, database, clinic, calendar, clock)


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
    begun = time.monotonic()
    with psycopg.connect(side.url, autocommit=True) as connection:
        connection.execute(FASTER.encode())
        connection.execute(b"ALTER TABLE appointment SET (autovacuum_enabled = false)")
        connection.execute(people(FEW_PEOPLE if side.plan.past == 0 else PEOPLE).encode())
        if side.plan.past:
            connection.execute(past(side).encode())
        with connection.cursor() as cursor, cursor.copy(f"COPY appointment ({COLUMNS}) FROM STDIN".encode()) as copy:
            for row in coming(side):
                copy.write_row(row)
        told = connection.execute(
            "SELECT count(*), count(*) FILTER (WHERE starts_at > now()), pg_total_relation_size('appointment') / 1e6 FROM appointment"
        ).fetchone()
    assert told is not None
    return (
        f"filled: {told[0]:,} appointments, {told[1]:,} to come, {told[2]:.0f} MB, in {time.monotonic() - begun:.0f} s"
    )


def people(count: int) -> str:
    """Return SQL that adds people who never wrote."""
    return f"""
        INSERT INTO contact (id, phone_number_id, wa_id_hash, person_sealed, created_at)
        SELECT {row_id("clock_timestamp()")}, '1', {RANDOM}, '', now() FROM generate_series(1, {count})
    """  # noqa: S608  # numbers and words of our own


def past(side: Side) -> str:
    """Return SQL that writes what has been: one visit after another, the day before first, for every practitioner alike."""
    each, names = (
        side.plan.past // side.plan.practitioners,
        ", ".join(f"'{name}'" for name in side.clinic.practitioners),
    )
    states = ", ".join(f"'{state}'" for state in STATES)
    return f"""
        INSERT INTO appointment ({COLUMNS})
        SELECT {row_id("at")}, someone[1 + n % {PEOPLE}], (ARRAY[{states}])[1 + n % {len(STATES)}], 1, who, '{SERVICE}', 'centro',
            at, at + interval '30 min', at, at + interval '30 min', '{side.clinic.zone.key}',
            to_char(at, 'YYYY-MM-DD"T"HH24:MI'), NULL, sha256(who::bytea), at
        FROM (SELECT array_agg(id) AS someone FROM contact) people, unnest(ARRAY[{names}]) who, generate_series(1, {each}) n,
            LATERAL (SELECT date_trunc('day', now()) + interval '6 h' - interval '1 day' * (1 + n / {PER_DAY})
                     + interval '30 min' * (n % {PER_DAY}) AS at) t
    """  # noqa: S608  # numbers and words of our own


def coming(side: Side) -> Iterator[tuple[object, ...]]:
    """Yield rows of the coming quarter: of what each practitioner could give, most is given, the near days first."""
    chance, now = random.Random(side.plan.seed), side.clock.now()
    for name in side.clinic.practitioners:
        ended, given = now, Counter[object]()
        for slot in side.calendar.free(side.wanted(name), ALL):
            day = slot.start.date()
            if slot.start < ended or given[day] >= 9 or chance.random() > BOOKED:
                continue
            given[day] += 1
            ended = slot.end + timedelta(minutes=10)
            local = slot.start.astimezone(side.clinic.zone).strftime("%Y-%m-%dT%H:%M")
            where = (slot.practitioner, slot.service, slot.place, slot.start, slot.end, slot.start, ended)
            code = uuid4().hex[:8]
            yield uuid4(), None, "booked", 1, *where, side.clinic.zone.key, local, code, b"sealed", now


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
            ask(side, 1)
    lines = ["", f"{says + '; ms':64}{'new p50':>9}{'p99':>7}{'years p50':>11}{'p99':>7}{'ratio':>7}"]
    for what, aim in AIMS.items():
        low, high = ([percentile(side.times[what], part) * 1000 for part in (50, 99)] for side in sides)
        reached = f"   aim {aim:g}: {'reached' if high[0] <= aim else 'not reached'}"
        lines.append(
            f"{what:64}{low[0]:9.1f}{low[1]:7.1f}{high[0]:11.1f}{high[1]:7.1f}{high[0] / low[0]:7.2f}{reached}"
        )
    return lines


def ask(side: Side, rounds: int) -> None:
    """Ask for free times in each way and note how long each took."""
    names = list(side.clinic.practitioners)
    for number in range(rounds):
        one, whole = side.wanted(names[number % len(names)]), side.wanted()
        late = replace(whole, since=whole.since + timedelta(days=70), until=whole.since + timedelta(days=71))
        timed(side, QUARTER_OF_ONE, one, ALL)
        timed(side, FIRST_OF_ONE, one, PAGE)
        timed(side, FIRST_OF_ALL, whole, PAGE)
        timed(side, EACH_DAY, late, PAGE)


def timed(side: Side, what: str, wanted: Wanted, limit: int) -> None:
    """Ask for free times and note how long it took."""
    begun = time.perf_counter()
    side.calendar.free(wanted, limit)
    side.times.setdefault(what, []).append(time.perf_counter() - begun)


def scanned(side: Side) -> dict[str, int]:
    """Return how often each table of the diary was read from end to end."""
    statement = "SELECT relname, seq_scan FROM pg_stat_user_tables WHERE relname = ANY(%s)"
    with psycopg.connect(side.url, autocommit=True) as connection:
        return dict(connection.execute(statement, (list(LOOKED_AT),)).fetchall())


def told_scans(before: Mapping[str, int], after: Mapping[str, int]) -> list[str]:
    """Return how often the diary of years was read from end to end meanwhile: it would be an index that is missing."""
    return ["", f"read from end to end in the clinic of years: {after['appointment'] - before['appointment']} times"]


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
