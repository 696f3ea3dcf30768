"""The state of the database itself, for preflight: version, extensions, migrations, clock, heartbeats, payment refusals."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, func, inspect, or_, select, text
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.ports import StoreUnavailable
from bot.preflight import DatabaseFacts, Silent
from bot.store import tables
from bot.store.database import Database
from bot.store.schema import head

PAYMENT = 131042
LATELY = timedelta(days=7)
BEAT_S = 60.0
# What this user may open: of the server, less what is kept for superusers; of the role; of the database. -1: no limit.
ALLOWED = """
    SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int,
           (SELECT rolconnlimit FROM pg_roles WHERE rolname = current_user),
           (SELECT datconnlimit FROM pg_database WHERE datname = current_database())
"""

o, b = tables.outbox.c, tables.heartbeat.c


def condition(url: str, clock: Clock) -> DatabaseFacts | Silent:
    """Look at the database once, on a connection of its own."""
    database = Database(url, 1)
    try:
        with database.look() as connection:
            return _look(database, connection, clock)
    except StoreUnavailable as fault:
        return Silent(str(fault))
    except SQLAlchemyError as fault:  # no right to look, or no database at all
        return Silent(f"it does not let itself be looked at ({type(getattr(fault, 'orig', None) or fault).__name__})")
    finally:
        database.close()


def _look(database: Database, connection: Connection, clock: Clock) -> DatabaseFacts:
    skew_s = _skew_s(database, connection)
    facts = DatabaseFacts(
        is_sqlite=database.is_sqlite,
        version=tuple(part for part in connection.dialect.server_version_info or () if isinstance(part, int)),
        extensions=frozenset() if database.is_sqlite else _extensions(connection),
        revision=MigrationContext.configure(connection).get_current_revision(),
        head=head(),
        skew_s=skew_s,
        connections=None if database.is_sqlite else _connections(connection),
    )
    known = set(inspect(connection).get_table_names())
    return _lived_in(facts, database, connection, clock) if {"heartbeat", "outbox"} <= known else facts


def _skew_s(database: Database, connection: Connection) -> float:
    before = time.time()
    told = connection.execute(select(database.time())).scalar_one()
    return (before + time.time()) / 2 - float(told.timestamp())


def _extensions(connection: Connection) -> frozenset[str]:
    return frozenset(connection.execute(text("SELECT name FROM pg_available_extensions")).scalars())


def _connections(connection: Connection) -> int | None:
    limits = [limit for limit in connection.execute(text(ALLOWED)).one() if limit is not None and limit >= 0]
    return min(limits, default=None)


def _lived_in(facts: DatabaseFacts, database: Database, connection: Connection, clock: Clock) -> DatabaseFacts:
    """Add what the processes wrote: who is alive, and what Meta refused for payment."""
    beats = connection.execute(
        select(b.kind, b.beat_at, database.time().label("now")).where(b.beat_at > database.time(-BEAT_S))
    )
    lately = clock.now() - LATELY
    refused = select(func.count(), func.max(o.created_at)).where(o.created_at > lately, o.code == PAYMENT)
    count, last = connection.execute(refused).one()
    sent = select(func.max(o.sent_at)).where(o.created_at > lately, or_(o.code.is_(None), o.code != PAYMENT))
    return replace(
        facts,
        beats=tuple((row.kind, max(0.0, (row.now - row.beat_at).total_seconds())) for row in beats),
        payment_refusals=count,
        payment_at=last,
        sent_at=connection.execute(sent).scalar() if count else None,
    )
