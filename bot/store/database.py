"""The connection to PostgreSQL or SQLite: transactions, the database's own time, and the translation of its errors."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, create_engine, event, func, type_coerce
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import InterfaceError, OperationalError, PendingRollbackError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.ports import StoreUnavailable
from bot.store.tables import Instant

SQLITE_WAIT_S = 10.0
POOL_WAIT_S = 5.0
# A lane is short: whoever waits longer for a lock gives up, so that Meta repeats and nobody queues up behind a fault.
POSTGRES_OPTIONS = "-c lock_timeout=4000 -c statement_timeout=8000 -c idle_in_transaction_session_timeout=15000"
# Whoever meets one of these has no transaction any more: nothing can be undone or noted in it.
AWAY = (OperationalError, InterfaceError, PendingRollbackError, PoolTimeout)


class Database:
    """One engine, one pool. `pool_size` bounds the connections of this process."""

    def __init__(self, url: str, pool_size: int) -> None:
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        connect_args: dict[str, Any] = (
            {"timeout": SQLITE_WAIT_S} if self.is_sqlite else {"options": POSTGRES_OPTIONS, "connect_timeout": 3}
        )
        self.engine = create_engine(
            url, pool_size=pool_size, max_overflow=0, pool_timeout=POOL_WAIT_S, connect_args=connect_args
        )
        # On SQLite a look is a deferred transaction: AUTOCOMMIT would undo how `_prepare_sqlite` set the connection up.
        self._looking: dict[str, Any] = {"looks": True} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        self._built: dict[Callable[[Database], Any], Any] = {}
        if self.is_sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_immediate)

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Open a transaction; commit at the end, roll back on an error. Raise StoreUnavailable when the database is away."""
        with translated(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def look(self) -> Iterator[Connection]:
        """Open a connection that only reads: no transaction, so no lock and one round trip less."""
        with translated(), self.engine.connect() as connection:
            yield connection.execution_options(**self._looking)

    def insert(self, table: Table) -> Any:
        """Return an INSERT that knows `on_conflict_do_nothing` in this database."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    def built(self, build: Callable[[Database], Any]) -> Any:
        """Return the statement `build` makes for this database, made once: to make one costs more than to execute it."""
        if build not in self._built:
            self._built[build] = build(self)
        return self._built[build]

    def time(self, plus_s: float = 0.0) -> ColumnElement[datetime]:
        """Return the database's own time, `plus_s` seconds from now, as an SQL expression."""
        if self.is_sqlite:
            now = func.strftime("%Y-%m-%d %H:%M:%f", "now", f"{plus_s:+.3f} seconds").concat("000")
            return type_coerce(now, Instant)
        return type_coerce(func.clock_timestamp() + timedelta(seconds=plus_s), Instant)

    def close(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


@contextmanager
def translated() -> Iterator[None]:
    """Raise StoreUnavailable for whatever says that the database is away."""
    try:
        yield
    except AWAY as fault:
        # The statement's parameters would be in the message: only the kind of fault goes on.
        kind = type(getattr(fault, "orig", None) or fault).__name__
        raise StoreUnavailable(f"the database did not answer ({kind})") from None


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = (
        None  # we begin ourselves: docs.sqlalchemy.org, "Serializable isolation ... on pysqlite"
    )
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get("looks") else "BEGIN IMMEDIATE")
