"""The audit: who did what to which row, and what was counted. Rows are added, never changed (`docs/decisions/0012`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, insert, not_, select, tuple_
from uuid_utils.compat import uuid7

from bot.ports import Audited
from bot.store import tables
from bot.store.backing import Backing
from bot.trail import STAFF, Asked, Entry

a = tables.audit.c


def note(
    backing: Backing,
    connection: Connection,
    actor: str,
    action: str,
    subject: tuple[str, UUID] | None = None,
    counts: Mapping[str, int] | None = None,
) -> None:
    """Add a row together with what it tells of; `subject` is (table, id)."""
    table, row = subject or (None, None)
    values = {"actor": actor[:80], "action": action, "subject_table": table, "subject_id": row}
    connection.execute(
        insert(tables.audit).values(id=uuid7(), at=backing.now(), counts=json.dumps(dict(counts or {})), **values)
    )


class SqlAudit:
    """See `bot.ports.Audit` and `bot.trail.Trail`."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing

    def note(
        self,
        actor: str,
        action: str,
        subject: tuple[str, UUID] | None = None,
        counts: Mapping[str, int] | None = None,
    ) -> None:
        """Add a row in a transaction of its own."""
        with self._backing.database.begin() as connection:
            note(self._backing, connection, actor, action, subject, counts)

    def last(self, action: str) -> Audited | None:
        """Return the newest row of an action."""
        statement = select(tables.audit).where(a.action == action).order_by(a.at.desc()).limit(1)
        with self._backing.database.look() as connection:
            row = connection.execute(statement).first()
        return None if row is None else Audited(row.at, row.actor, row.action, row.subject_id, json.loads(row.counts))

    def since(self, action: str, moment: datetime) -> tuple[Audited, ...]:
        """Return the rows of an action since a moment, oldest first."""
        statement = select(tables.audit).where(a.action == action, a.at >= moment).order_by(a.at, a.id)
        with self._backing.database.look() as connection:
            rows = connection.execute(statement).all()
        return tuple(Audited(r.at, r.actor, r.action, r.subject_id, json.loads(r.counts)) for r in rows)

    def page(self, asked: Asked, after: UUID | None, limit: int) -> tuple[Entry, ...]:
        """Return one page, newest first; by the indexes on time, actor and action."""
        statement = _asked(asked).order_by(a.at.desc(), a.id.desc()).limit(limit)
        with self._backing.database.look() as connection:
            if after is not None:
                at = connection.execute(select(a.at).where(a.id == after)).scalar()
                if at is None:  # age took it meanwhile, and whatever is older
                    return ()
                statement = statement.where(tuple_(a.at, a.id) < (at, after))
            return tuple(_entry(row) for row in connection.execute(statement))


def _asked(asked: Asked) -> Select[Any]:
    statement = select(tables.audit)
    if asked.actor is not None:
        statement = statement.where(a.actor == asked.actor)
    if asked.not_staff:
        statement = statement.where(not_(a.actor.startswith(STAFF, autoescape=True)))
    if asked.action is not None:
        statement = statement.where(a.action == asked.action)
    if asked.since is not None:
        statement = statement.where(a.at >= asked.since)
    if asked.until is not None:
        statement = statement.where(a.at < asked.until)
    return statement


def _entry(row: Row[Any]) -> Entry:
    subject = (row.subject_table, row.subject_id) if row.subject_id is not None else None
    return Entry(row.id, row.at, row.actor, row.action, subject, json.loads(row.counts))
