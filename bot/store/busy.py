"""Imported busy times: replaced whole for one practitioner, in one transaction, under the lock that bookings take."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, delete, exists, insert, not_, select
from uuid_utils.compat import uuid7

from bot.store.agenda import STANDING, SqlDiary
from bot.store.agenda_tables import agenda_block, appointment

OF_FEEDS = "ics"
MADE_BY = "busy_calendar"

b, p = agenda_block.c, appointment.c


class SqlBusy(SqlDiary):
    """See `bot.agenda.BusyTimes`."""

    def replace(self, practitioner: str, spans: tuple[tuple[datetime, datetime], ...], since: datetime) -> None:
        """Write what is new and delete what is gone; what stays is not touched."""
        theirs = and_(b.practitioner == practitioner, b.source == OF_FEEDS, b.ends_at > since)
        with self._backing.database.begin() as connection:
            self._lock(connection, practitioner)
            rows = connection.execute(select(b.id, b.starts_at, b.ends_at).where(theirs)).all()
            known = {(row.starts_at, row.ends_at) for row in rows}
            gone = [row.id for row in rows if (row.starts_at, row.ends_at) not in set(spans)]
            if gone:
                connection.execute(delete(agenda_block).where(b.id.in_(gone)))
            new = [self._block(practitioner, *span) for span in spans if span not in known]
            if new:
                connection.execute(insert(agenda_block), new)

    def keep_only(self, practitioners: frozenset[str]) -> int:
        """Delete the imported times of everybody else."""
        others = and_(b.source == OF_FEEDS, not_(b.practitioner.in_(practitioners)))
        with self._backing.database.begin() as connection:
            return connection.execute(delete(agenda_block).where(others)).rowcount

    def clashes(self) -> frozenset[UUID]:
        """Find the appointments to come at an imported time."""
        is_busy = exists().where(
            b.practitioner == p.practitioner, b.source == OF_FEEDS, b.starts_at < p.ends_at, b.ends_at > p.starts_at
        )
        found = select(p.id).where(p.starts_at > self._backing.now(), p.ends_at > self._backing.now(), is_busy)
        with self._backing.database.look() as connection:
            return frozenset(connection.execute(found.where(p.state.in_(STANDING))).scalars())

    def _block(self, practitioner: str, start: datetime, end: datetime) -> dict[str, object]:
        return {
            "id": uuid7(),
            "practitioner": practitioner,
            "starts_at": start,
            "ends_at": end,
            "source": OF_FEEDS,
            "made_by": MADE_BY,
            "created_at": self._backing.now(),
        }
