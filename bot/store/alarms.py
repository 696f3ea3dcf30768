"""Opening an alarm: in a transaction of its own, or together with what caused it."""

from __future__ import annotations

from sqlalchemy import Connection, update
from uuid_utils.compat import uuid7

from bot.store import tables
from bot.store.backing import Backing

a = tables.alarm.c


def ring(backing: Backing, connection: Connection, cause: str, subject: str) -> None:
    """Open an alarm, or count it once more; the unique index keeps one open per cause and subject."""
    now, subject = backing.now(), subject[:80]
    again = connection.execute(
        update(tables.alarm)
        .where(a.cause == cause, a.subject == subject, a.closed_at.is_(None))
        .values(count=a.count + 1, last_at=now)
    )
    if again.rowcount:
        return
    values = {"cause": cause, "subject": subject, "opened_at": now, "last_at": now, "count": 1}
    connection.execute(backing.database.insert(tables.alarm).values(id=uuid7(), **values).on_conflict_do_nothing())


def silence(backing: Backing, connection: Connection, subject: str) -> None:
    """Close the open alarms about one thing."""
    connection.execute(
        update(tables.alarm).where(a.subject == subject, a.closed_at.is_(None)).values(closed_at=backing.now())
    )
