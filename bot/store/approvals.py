"""What Meta lets the clinic begin, as rows: each message template, and for how long a number begins nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from bot.approvals import (
    APPROVED,
    Approval,
    TemplateFacts,
    after,
    paused_again,
    refused,
    shape_at_meta,
    shape_sent,
)
from bot.model import TemplateMessage, Update
from bot.ports import Content
from bot.store import alarms, tables
from bot.store.backing import Backing
from bot.store.template_tables import template_state

s, nu = template_state.c, tables.number.c
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
        at = heard_at(self._backing)
        listed = {(one.name, one.language): one for one in found if one.name in ours}
        with self._backing.database.begin() as connection:
            connection.execute(delete(template_state).where(s.name.in_(sorted(ours))))
            for one in listed.values():
                category = (one.category or "").lower()
                told = Approval(one.name, one.language, one.status, category, at, shape_at_meta(one))
                put(self._backing, connection, told)


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


def heard_at(backing: Backing) -> datetime:
    """Return when Meta told us what it answers now, by Meta's clock or a little before."""
    return backing.now().replace(microsecond=0) - SKEW


def lets(backing: Backing, connection: Connection, content: Content, phone_number_id: str) -> bool:
    """Tell whether a notice may be sent as it is worded: free words always, a template that Meta lets this number send."""
    if not isinstance(content, TemplateMessage):
        return True
    known = one(connection, content.name, content.language)
    is_approved = known is not None and known.status == APPROVED and known.category in ("", NOTICES)
    if known is None or not is_approved or not known.fits(shape_sent(content)):
        return False
    return not begins_nothing(backing, connection, phone_number_id)


def note_refused(backing: Backing, connection: Connection, content: TemplateMessage, shown: str) -> None:
    """Note what the refusal of a message shows of its template."""
    known = one(connection, content.name, content.language)
    if known is not None:
        put(backing, connection, refused(known, shown, heard_at(backing)))


def begins_nothing(backing: Backing, connection: Connection, phone_number_id: str) -> bool:
    """Tell whether Meta refuses for now what the clinic begins from a number."""
    refused_now = select(nu.id).where(nu.id == phone_number_id, nu.begins_at > backing.now())
    return connection.execute(refused_now).first() is not None


def begin_nothing(backing: Backing, connection: Connection, phone_number_id: str) -> None:
    """Begin nothing from a number for a while, each time longer."""
    last = connection.execute(select(nu.begins_since, nu.begins_at).where(nu.id == phone_number_id)).first()
    begun, ended = (last.begins_since, last.begins_at) if last is not None else (None, None)
    since, until = paused_again(begun, ended, backing.now())
    values = {"begins_since": since, "begins_at": until}
    insert = backing.database.insert(tables.number).values(id=phone_number_id, **values)
    connection.execute(insert.on_conflict_do_update(index_elements=["id"], set_=values))


def put(backing: Backing, connection: Connection, approval: Approval) -> None:
    """Write what is known now; of two that write at once the one with the newer word of Meta's stays."""
    values = {
        "status": approval.status[:30],
        "category": approval.category[:30],
        "at": approval.at,
        "shape": approval.shape,
    }
    key = {"name": approval.name[:512], "language": approval.language[:10]}
    insert = backing.database.insert(template_state).values(**key, **values)
    connection.execute(
        insert.on_conflict_do_update(index_elements=["name", "language"], set_=values, where=s.at <= approval.at)
    )
