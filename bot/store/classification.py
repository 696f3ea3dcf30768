"""What was chosen for words that were no tap: recorded without the words, counted for the caps, compared with what staff did."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, func, select, update
from uuid_utils.compat import uuid7

from bot.model import Outcome
from bot.ports import Classified, PutAside
from bot.store import tables
from bot.store.backing import Backing

f, m, t = tables.classification.c, tables.message.c, tables.call.c
NOT_ASKED = ("capped", "day_over", "busy", "resting")  # why no request went out
SHOWN = 100  # of the list of spam, the newest


class SqlClassifications:
    """See `bot.ports.Classifications`."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing

    def note(self, one: Classified) -> None:
        """Record one answer, or that none came."""
        with self._backing.database.begin() as connection:
            insert(self._backing, connection, one)

    def asked(self, since: datetime, conversation_id: UUID | None = None) -> int:
        """Count what was paid for, or tried, since a moment; by the index on time, or on the conversation."""
        went_out = f.why.is_(None) | f.why.notin_(NOT_ASKED)
        statement = select(func.count()).where(f.at >= since, f.by != "offline", went_out)
        if conversation_id is not None:
            statement = statement.where(f.conversation_id == conversation_id)
        with self._backing.database.look() as connection:
            return int(connection.execute(statement).scalar_one())

    def waiting(self) -> int:
        """Count the words that wait for the model; by the index of unfinished calls."""
        statement = select(func.count()).where(t.state.in_(("pending", "running")), t.place == "model")
        with self._backing.database.look() as connection:
            return int(connection.execute(statement).scalar_one())

    def put_aside(self) -> tuple[PutAside, ...]:
        """Return the newest spam, ids only."""
        statement = (
            select(m.id, m.conversation_id, m.received_at)
            .where(m.outcome == Outcome.IGNORED, m.reason == "spam")
            .order_by(m.received_at.desc())
            .limit(SHOWN)
        )
        with self._backing.database.look() as connection:
            return tuple(PutAside(*row) for row in connection.execute(statement))

    def compared(self, since: datetime, shadow: bool) -> Mapping[tuple[str, str], int]:
        """Count what was chosen next to what staff did."""
        statement = (
            select(f.route, f.staff_did, func.count())
            .where(f.at >= since, f.shadow == shadow, f.route.is_not(None), f.staff_did.is_not(None))
            .group_by(f.route, f.staff_did)
        )
        with self._backing.database.look() as connection:
            return {(route, did): count for route, did, count in connection.execute(statement)}


def insert(backing: Backing, connection: Connection, one: Classified) -> None:
    """Record one answer in a transaction of somebody's."""
    usage = one.usage
    connection.execute(
        tables.classification.insert().values(
            id=uuid7(),
            message_id=one.message_id,
            conversation_id=one.conversation_id,
            by=one.by[:60],
            route=one.route,
            sure=one.sure,
            language=one.language,
            tone=one.tone,
            why=one.why,
            input_tokens=usage.input_tokens if usage else None,
            output_tokens=usage.output_tokens if usage else None,
            took_ms=round(usage.took_s * 1000) if usage else None,
            cost_usd=usage.cost if usage else None,
            shadow=one.shadow,
            at=backing.now(),
        )
    )


def note_staff(connection: Connection, conversation_id: UUID, did: str) -> None:
    """Record where staff took what had been classified in a conversation and was not compared yet."""
    connection.execute(
        update(tables.classification)
        .where(f.conversation_id == conversation_id, f.staff_did.is_(None))
        .values(staff_did=did[:100])
    )
