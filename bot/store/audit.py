"""The audit: who did what to which row, and what was counted. Rows are added, never changed (`docs/decisions/0012`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, insert, select
from uuid_utils.compat import uuid7

from bot.ports import Audited
from bot.store import tables
from bot.store.backing import Backing

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
    """See `bot.ports.Audit`."""

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
