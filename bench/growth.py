"""Growth: the whole turn in a database of years next to the one of a clinic that has just begun, round by round in turns."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import psycopg
from sqlalchemy import Table

from bench.crowd import Crowd
from bench.ladder import WHOLE, Rung, greet, percentile, standing
from bench.servers import Servers, one_core
from bench.wire import Wire
from bot.store import tables

AIM = 1.3  # times as long as in the small database, at most
PARTS = 10  # in which people come among the others, so that who writes is not all on the same pages
GROWN = ("contact", "conversation", "message", "outbox")
RANDOM = "sha256(uuid_send(gen_random_uuid()))"
DAYS, WORDS_DAYS = (
    360,
    59,
)  # over which messages are spread, and how long their words are kept: retention has been at work
# What one session of the filling does without: it may be lost, and its rows refer to what is there.
FASTER = "SET synchronous_commit = off; SET maintenance_work_mem = '1GB'; SET session_replication_role = replica"


@dataclass(frozen=True, slots=True)
class Plan:
    """How large the large database is, and how it is measured. `people` are those who write; the others only lie there."""

    contacts: int = 1_000_000
    messages: int = 10_000_000
    rounds: int = 6
    seconds: float = 3.0
    people: int = 1000
    flights: int = 16

    @property
    def beginner(self) -> Plan:
        """Return what stands beside it: a thousand contacts, each with ten messages too."""
        contacts = min(1000, self.contacts // 10)
        return Plan(contacts, 10 * contacts, self.rounds, self.seconds, min(self.people, contacts), self.flights)


SMALL = Plan(contacts=3000, messages=12_000, rounds=1, seconds=1.0, people=60, flights=4)


def run(plan: Plan) -> int:
    """Fill both, measure and print; return 1 when replies were lost or went astray."""
    cores = one_core()
    print(f"growth: {cores.told}; {plan.rounds} rounds of {plan.seconds:g} s in each database, in turns")
    with standing(cores) as (wire, servers):
        rungs = [grown(wire, servers, size) for size in (plan.beginner, plan)]
        addresses = [rung.name for rung in rungs]
        before = scanned(addresses[1])
        alone = compare(wire, rungs, plan)
        print("\n".join(table(plan, rungs, alone)))
        print("\n".join(told_scans(before, scanned(addresses[1]))))
    return int(any(rung.lost or rung.crowd.astray for rung in rungs))


def grown(wire: Wire, servers: Servers, plan: Plan) -> Rung:
    """Fill a database, people who write among people who do not, and start the desk on it. The rung's name is its address."""
    begun, address = time.monotonic(), servers.migrated()
    desk = Rung(address, servers.desk(address=address), Crowd(plan.people, servers.line, servers.app_secret), True)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(FASTER.encode())
        for part in range(PARTS):
            share = [plan.people * (part + n) // PARTS for n in (0, 1)]
            wire.round(desk.web.port, desk.crowd, True).closed(plan.flights, 60.0, most=share[1] - share[0])
            others = [(plan.contacts - plan.people) * (part + n) // PARTS for n in (0, 1)]
            connection.execute(people(others[1] - others[0]).encode())
        desk.web.program.stop()  # nothing watches while the indexes are gone; politely, so that the last replies are settled
        write(connection, max(1, round(plan.messages / plan.contacts)))
        size = connection.execute("SELECT pg_database_size(current_database())").fetchone()
        counts = [connection.execute(f"SELECT count(*) FROM {name}".encode()).fetchone() for name in GROWN[1:]]
    desk.web = servers.desk(address=address)
    told = ", ".join(
        f"{count[0]:,} {name}s"
        for count, name in zip(counts, ("conversation", "message", "replie"), strict=True)
        if count
    )
    print(f"filled: {told}, {size[0] / 1e9 if size else 0:.1f} GB, in {time.monotonic() - begun:.0f} s")
    greet(wire, desk, plan.flights)
    return desk


# ---------------------------------------------------------------------------------------------------------------- filling


def copied(table: Table, source: str, values: Mapping[str, str]) -> str:
    """Return an INSERT that copies a row `t` of `source`, but for these columns: whatever else the table has stays alike."""
    columns = [column.name for column in table.columns]
    chosen = ", ".join(values.get(name, f"t.{name}") for name in columns)
    return f"INSERT INTO {table.name} ({', '.join(columns)}) SELECT {chosen} FROM {source}"  # noqa: S608  # names of our own tables


def row_id(at: str) -> str:
    """Return SQL that makes a UUID of version 7, but for the bits nobody reads."""
    moment = f"substring(int8send((extract(epoch FROM {at}) * 1000)::bigint) FROM 3)"
    return f"encode({moment} || substring(uuid_send(gen_random_uuid()) FROM 7), 'hex')::uuid"


def people(count: int) -> str:
    """Return SQL that adds contacts with their conversations, like one of those who have written."""
    contact = copied(
        tables.contact,
        f"(SELECT * FROM contact LIMIT 1) t, generate_series(1, {count})",
        {"id": row_id("clock_timestamp()"), "user_id_hash": RANDOM, "wa_id_hash": RANDOM, "name_hash": RANDOM},
    )
    conversation = copied(
        tables.conversation,
        "new, (SELECT * FROM conversation LIMIT 1) t",
        {"id": row_id("clock_timestamp()"), "contact_id": "new.id"},
    )
    return f"WITH new AS ({contact} RETURNING id) {conversation}"


def write(connection: psycopg.Connection, rounds: int) -> None:
    """Add a message and its reply to every conversation, as often as asked, the oldest first; then look after the tables."""
    taken = [statement for name in ("message", "outbox") for statement in take_indexes(connection, name)]
    for number in range(rounds):
        connection.execute(messages(number, rounds).encode())
    for statement in taken:
        connection.execute(statement.encode())
    connection.execute("VACUUM (ANALYZE)")
    connection.execute("CHECKPOINT")


def messages(number: int, rounds: int) -> str:
    """Return SQL that adds one message and its reply to every conversation; old ones have lost their words to retention."""
    age = f"(now() - interval '{DAYS} days' * ({rounds - number} - random()) / {rounds})"
    is_old = f"p.at < now() - interval '{WORDS_DAYS} days'"
    kept = f"CASE WHEN {is_old} THEN ''::bytea ELSE t.%s END"
    written = copied(
        tables.message,
        f"(SELECT id AS conversation, {age} AS at FROM conversation) p,"
        " (SELECT * FROM message WHERE outcome = 'answered' LIMIT 1) t",
        dict.fromkeys(("sent_at", "received_at", "answer_by", "decided_at", "settled_at"), "p.at")
        | {"id": row_id("p.at"), "conversation_id": "p.conversation", "wamid_hash": RANDOM}
        | {"content_sealed": kept % "content_sealed"},
    )
    replied = copied(
        tables.outbox,
        "new p, (SELECT * FROM outbox WHERE settles AND state = 'sent' LIMIT 1) t",
        dict.fromkeys(("due_at", "leased_until", "created_at", "sent_at"), "p.at")
        | {"id": row_id("p.at"), "conversation_id": "p.conversation_id", "message_id": "p.id", "wamid_hash": RANDOM}
        | {"position": str(-1 - number), "content_sealed": kept % "content_sealed"}
        | {"wamid_sealed": f"CASE WHEN {is_old} THEN NULL ELSE t.wamid_sealed END"},
    )
    return f"WITH new AS ({written} RETURNING id, conversation_id, received_at AS at) {replied}"


def take_indexes(connection: psycopg.Connection, table: str) -> list[str]:
    """Drop the unique and exclusion constraints and the indexes of a table, but for its key; return what makes them anew."""
    unique = connection.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('u', 'x')",
        (table,),
    ).fetchall()
    for name, _ in unique:
        connection.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"'.encode())
    plain = connection.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid = %s::regclass AND NOT indisprimary",
        (table,),
    ).fetchall()
    for name, _ in plain:
        connection.execute(f"DROP INDEX {name}".encode())
    return [f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {how}' for name, how in unique] + [how for _, how in plain]


# -------------------------------------------------------------------------------------------------------------- measuring


def compare(wire: Wire, rungs: Sequence[Rung], plan: Plan) -> list[list[float]]:
    """Measure both, in an order drawn anew each round; return how long one turn at a time took in each."""
    rng = random.Random("growth")
    alone: list[list[float]] = [[] for _ in rungs]
    for _ in range(plan.rounds):
        for place in rng.sample(range(len(rungs)), len(rungs)):
            rung = rungs[place]
            _measure(wire, rung, plan)
            alone[place] += wire.round(rung.web.port, rung.crowd, True).closed(1, plan.seconds / 2).to_reply
    return alone


def _measure(wire: Wire, rung: Rung, plan: Plan) -> None:
    before = rung.web.cpu_s()
    measured = wire.round(rung.web.port, rung.crowd, True).closed(plan.flights, plan.seconds)
    rung.rates.append(measured.rate)
    rung.busy.append((rung.web.cpu_s() - before) / measured.seconds)
    rung.times += measured.to_reply
    rung.lost += measured.lost


def table(plan: Plan, rungs: Sequence[Rung], alone: Sequence[Sequence[float]]) -> list[str]:
    """Return the lines that compare the large database with the small one."""
    lines = [f"{WHOLE:26}{'median/s':>9}{'min':>7}{'max':>7}{'p50 ms':>8}{'p99 ms':>8}{'alone, p50 ms':>15}{'lost':>6}"]
    for size, rung, times in zip((plan.beginner, plan), rungs, alone, strict=True):
        low, high, one = (percentile(of, part) * 1000 for of, part in ((rung.times, 50), (rung.times, 99), (times, 50)))
        says = f"{size.contacts:,} contacts"
        lines.append(
            f"{says:26}{rung.rate:9.0f}{min(rung.rates):7.0f}{max(rung.rates):7.0f}{low:8.1f}{high:8.1f}{one:15.1f}{rung.lost:6d}"
        )
    each = [small / large for small, large in zip(rungs[0].rates, rungs[1].rates, strict=True) if large]
    slower, longer = median(each) if each else 0.0, percentile(alone[1], 50) / max(1e-9, percentile(alone[0], 50))
    return [*lines, "", ratio(f"{plan.flights} at once, by rate", slower), ratio("one at a time, by p50", longer)]


def ratio(says: str, reached: float) -> str:
    """Return a line that says how many times as long a turn takes in the large database."""
    return f"large / small, {says:26}{reached:6.2f}   aim {AIM:g}: {'reached' if 0 < reached <= AIM else 'not reached'}"


def scanned(address: str) -> dict[str, int]:
    """Return how often each of the large tables was read from end to end."""
    statement = "SELECT relname, seq_scan FROM pg_stat_user_tables WHERE relname = ANY(%s)"
    with psycopg.connect(address, autocommit=True) as connection:
        return dict(connection.execute(statement, (list(GROWN),)).fetchall())


def told_scans(before: Mapping[str, int], after: Mapping[str, int]) -> list[str]:
    """Return which tables were read from end to end meanwhile: each would be an index that is missing."""
    read = [
        f"{name} {after[name] - before.get(name, 0)} times"
        for name in sorted(after)
        if after[name] > before.get(name, 0)
    ]
    return [f"read from end to end in the large one: {', '.join(read) if read else 'no table'}"]
