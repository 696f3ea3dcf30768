"""What Meta said of the message templates, as rows: kept whole by `flask templates`, changed one by one by webhooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import Connection, delete, select

from bot.approvals import APPROVED, Approval, TemplateFacts, after
from bot.model import TemplateMessage, Update
from bot.ports import Content
from bot.store import alarms
from bot.store.backing import Backing
from bot.store.template_tables import template_state

s = template_state.c
CATEGORY = "template_category"  # the alarm: Meta files one of ours elsewhere
NOTICES = "utility"  # the category of every template that says a notice
SKEW = timedelta(
    minutes=1
)  # a webhook is dated by Meta's clock, in whole seconds: what it tells after our list must count


class SqlApprovals:
    """See `bot.approvals.Approvals`."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing

    def known(self) -> Mapping[tuple[str, str], Approval]:
        """Return what Meta last said of each template."""
        with self._backing.database.look() as connection:
            return {(row.name, row.language): Approval(*row) for row in connection.execute(select(template_state))}

    def keep(self, found: Sequence[TemplateFacts], ours: frozenset[str]) -> None:
        """Keep what Meta lists of our templates, and forget what it does not list any more."""
        at = self._backing.now().replace(microsecond=0) - SKEW
        listed = {(one.name, one.language): one for one in found if one.name in ours}
        with self._backing.database.begin() as connection:
            connection.execute(delete(template_state).where(s.name.in_(sorted(ours))))
            for one in listed.values():
                category = (one.category or "").lower()
                put(self._backing, connection, Approval(one.name, one.language, one.status, category, at))


def note(backing: Backing, connection: Connection, update: Update) -> None:
    """Obey a webhook about a template, in the transaction that records it; ring where ours is approved as something else."""
    known = one(connection, update.subject or "", update.language or "")
    changed = after(update, known)
    if changed is None:
        return
    put(backing, connection, changed)
    is_moved = known is not None and known.category and changed.category != known.category
    if (
        is_moved and update.field == "message_template_status_update"
    ):  # its own webhook about the category rings by itself
        alarms.ring(backing, connection, CATEGORY, changed.name)


def one(connection: Connection, name: str, language: str) -> Approval | None:
    """Return what is known of a template in one language."""
    row = connection.execute(select(template_state).where(s.name == name, s.language == language)).first()
    return Approval(*row) if row is not None else None


def lets(connection: Connection, content: Content) -> bool:
    """Tell whether a notice may be sent as it is worded: free words always, a template that Meta lets be sent."""
    if not isinstance(content, TemplateMessage):
        return True
    known = one(connection, content.name, content.language)
    return known is not None and known.status == APPROVED and known.category in ("", NOTICES)


def put(backing: Backing, connection: Connection, approval: Approval) -> None:
    """Write what is known now; of two that write at once the one with the newer word of Meta's stays."""
    values = {"status": approval.status[:30], "category": approval.category[:30], "at": approval.at}
    key = {"name": approval.name[:512], "language": approval.language[:10]}
    insert = backing.database.insert(template_state).values(**key, **values)
    connection.execute(
        insert.on_conflict_do_update(index_elements=["name", "language"], set_=values, where=s.at <= approval.at)
    )
