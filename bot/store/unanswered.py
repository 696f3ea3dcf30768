"""What somebody was told and has not answered: read within the transaction of their lane, from what became of each notice."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from bot.notices import NoticeState
from bot.ports import ToldOf
from bot.store import contents, tables
from bot.store.backing import Backing
from bot.store.outreach_tables import notice
from bot.store.sealed import EMPTIED

m, n, o = tables.message.c, notice.c, tables.outbox.c
SAID_LAST = (
    select(m.id, m.received_at)
    .where(m.conversation_id == bindparam("talk"), m.id < bindparam("before"))
    .order_by(m.received_at.desc(), m.id.desc())
    .limit(1)
)
SENT_TO = (
    select(o.id, o.content_sealed, n.starts_at, n.settled_at)
    .select_from(notice.join(tables.outbox, o.id == n.outbox_id))
    .where(n.conversation_id == bindparam("talk"), n.state == NoticeState.SENT, n.starts_at > bindparam("now"))
    .order_by(n.settled_at, o.id)
)


def unanswered(backing: Backing, connection: Connection, conversation_id: UUID, before: UUID) -> tuple[ToldOf, ...]:
    """Return what went out after the last thing said before a message, of visits to come; by the indexes of the conversation.

    What was refused, or nobody knows of, was not read: nothing answers it.
    """
    sent = connection.execute(SENT_TO, {"talk": conversation_id, "now": backing.now()}).all()
    if not sent:
        return ()
    last = connection.execute(SAID_LAST, {"talk": conversation_id, "before": before}).first()
    return tuple(
        ToldOf(
            contents.content_from_json(backing.seals.open(row.content_sealed, "outbox", "content_sealed", row.id)),
            row.starts_at,
            None if last is None else row.settled_at - last.received_at,
        )
        for row in sent
        if row.content_sealed != EMPTIED and (last is None or (row.settled_at, row.id) > (last.received_at, last.id))
    )
