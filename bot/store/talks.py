"""What was said in one conversation, in order: for the operator who exports it (`bot/transcript.py` redacts it)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from bot.model import RowState
from bot.ports import Draft, Inbound
from bot.store import tables
from bot.store.backing import Backing
from bot.store.lane import read_draft, read_inbound
from bot.store.sealed import EMPTIED

SAID = (RowState.SENT, RowState.DELIVERED, RowState.READ)
c, m, o = tables.conversation.c, tables.message.c, tables.outbox.c


@dataclass(frozen=True)
class Talk:
    """A conversation: the language it is held in now, and what was said and when, oldest first."""

    language: str
    lines: tuple[tuple[datetime, Inbound | Draft], ...]


def read_talk(backing: Backing, conversation_id: UUID) -> Talk | None:
    """Return a conversation; None if there is no such conversation.

    What was not sent was not said. What retention has deleted since is left out.
    """
    messages = select(tables.message).where(m.conversation_id == conversation_id)
    rows = select(tables.outbox).where(o.conversation_id == conversation_id, o.state.in_(SAID))
    with backing.database.begin() as connection:
        language = connection.execute(select(c.language).where(c.id == conversation_id)).scalar()
        if language is None:
            return None
        heard, said = connection.execute(messages).all(), connection.execute(rows).all()
    seals = backing.seals
    talk: list[tuple[datetime, UUID, Inbound | Draft]] = [
        *((row.received_at, row.id, read_inbound(seals, row)) for row in heard if row.content_sealed != EMPTIED),
        *((row.created_at, row.id, read_draft(seals, row)) for row in said if row.content_sealed != EMPTIED),
    ]
    return Talk(language, tuple((at, what) for at, _, what in sorted(talk, key=lambda entry: entry[:2])))
