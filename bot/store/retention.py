"""What is older than the clinic keeps it, found and deleted a page at a time, while the desk works on.

Never touched: a message still open, a row unsettled, a call unfinished, and whatever belongs to a conversation that a person
has or is awaited in. Rows somebody holds are passed over; they are found the next time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    CursorResult,
    Table,
    alias,
    and_,
    delete,
    exists,
    func,
    not_,
    or_,
    select,
    update,
)

from bot.model import Kept, Outcome, Owner
from bot.ports import Aged
from bot.store import agenda_tables, outreach_tables, tables, waiting_tables
from bot.store.backing import Backing
from bot.store.lane import UNSETTLED
from bot.store.sealed import EMPTIED, SealBroken
from bot.store.tombstone import bury

PAGE = 200
COUNT_MS = 600_000
UNDONE = ("pending", "running")

k, c, m, o = tables.contact.c, tables.conversation.c, tables.message.c, tables.outbox.c
n, lb = tables.note.c, tables.label.c
t, h, st = tables.call.c, tables.handoff.c, tables.status.c
cf, d = tables.classification.c, tables.media.c
a, u, au, sf = tables.alarm.c, tables.update.c, tables.audit.c, tables.staff.c

ap, bl, ex = agenda_tables.appointment.c, agenda_tables.agenda_block.c, agenda_tables.agenda_exception.c
wt, wo = waiting_tables.waiting.c, waiting_tables.waiting_offer.c
sl = tables.audit_seal.c
no, nd = outreach_tables.notice.c, outreach_tables.notice_day.c
NEWEST_SEAL = select(func.max(tables.audit_seal.alias().c.number)).scalar_subquery()  # stays: the next one hangs on it

Limits = Mapping[Kept, datetime]
Act = Callable[[Backing, Connection, Sequence[UUID], Limits], int]


@dataclass(frozen=True, slots=True)
class _Rule:
    """Which rows of a table are too old, in which order they are found, and what is done to a page of them.

    Ordered by id, a run goes through the table once; ordered by a time, what was done is not found again.
    """

    aged: Aged
    table: Table
    order: Column[Any]
    too_old: Callable[[Limits], ColumnElement[bool]]
    act: Act


class SqlAgeing:
    """See `bot.ports.Ageing`."""

    def __init__(self, backing: Backing, page: int = PAGE) -> None:
        self._backing = backing
        self._page = page

    @property
    def kinds(self) -> tuple[Aged, ...]:
        """Return every kind of thing, in the order of deletion."""
        return tuple(rule.aged for rule in RULES.values())

    def count(self, place: str, limits: Limits) -> int:
        """Count what is too old; a large backlog may take longer than a lane ever would."""
        rule = RULES[place]
        statement = select(func.count()).select_from(rule.table).where(rule.too_old(limits))
        with self._backing.database.begin() as connection:
            if not self._backing.database.is_sqlite:
                connection.exec_driver_sql(f"SET LOCAL statement_timeout = {COUNT_MS}")
            return connection.execute(statement).scalar_one()

    def delete_some(self, place: str, limits: Limits, after: UUID) -> tuple[int, UUID | None]:
        """Delete one page in one short transaction."""
        rule = RULES[place]
        row = rule.table.c.id
        page = select(row).where(rule.too_old(limits)).order_by(rule.order).limit(self._page)
        if rule.order is row:
            page = page.where(row > after)
        with self._backing.database.begin() as connection:
            ids = connection.execute(page.with_for_update(skip_locked=True, of=rule.table)).scalars().all()
            done = rule.act(self._backing, connection, ids, limits) if ids else 0
        return done, ids[-1] if ids else None


# ----------------------------------------------------------------------------------------------------- what is too old


def _held(conversation_id: ColumnElement[UUID]) -> ColumnElement[bool]:
    """Say that a person has the conversation or is awaited in it, or that an action in it has not ended."""
    other = alias(tables.call).c  # what is asked about may be a call itself
    return or_(
        exists().where(c.id == conversation_id, c.owner != Owner.BOT),
        exists().where(h.conversation_id == conversation_id, h.state != "closed"),
        exists().where(other.conversation_id == conversation_id, other.state.in_(UNDONE)),
    )


def _old_message(limit: datetime) -> ColumnElement[bool]:
    return and_(m.received_at < limit, m.outcome != Outcome.OPEN, not_(_held(m.conversation_id)))


def _old_row(limit: datetime) -> ColumnElement[bool]:
    return and_(o.created_at < limit, o.state.notin_(UNSETTLED), not_(_held(o.conversation_id)))


def _old_call(limit: datetime) -> ColumnElement[bool]:
    return and_(t.created_at < limit, not_(_held(t.conversation_id)))


def _old_note(limit: datetime) -> ColumnElement[bool]:
    return and_(n.created_at < limit, not_(_held(n.conversation_id)))


def _old_label(limit: datetime) -> ColumnElement[bool]:
    return and_(lb.at < limit, not_(_held(lb.conversation_id)))


def _old_file(limit: datetime) -> ColumnElement[bool]:
    return and_(d.created_at < limit, not_(_held(d.conversation_id)))


def _old_exception(limit: datetime) -> ColumnElement[bool]:
    return ex.local_end < limit.strftime(agenda_tables.CLOCK)  # the clinic's clock: some hours do not matter here


def _silent(limit: datetime) -> ColumnElement[bool]:
    """Say that nothing has happened in a conversation since a moment, and nothing is left to do in it."""
    return and_(
        func.coalesce(c.last_inbound_at, c.created_at) < limit,
        c.owner == Owner.BOT,
        not_(c.behind),
        not_(exists().where(h.conversation_id == c.id, h.state != "closed")),
        not_(exists().where(m.conversation_id == c.id, or_(m.received_at >= limit, m.outcome == Outcome.OPEN))),
        not_(exists().where(o.conversation_id == c.id, or_(o.created_at >= limit, o.state.in_(UNSETTLED)))),
        not_(exists().where(t.conversation_id == c.id, or_(t.created_at >= limit, t.state.in_(UNDONE)))),
    )


def _nobodys(limits: Limits) -> ColumnElement[bool]:
    """Say that a contact's person has been silent for as long as words are kept, and no consent or stop binds us."""
    s, g = tables.stop.c, tables.consent.c
    return and_(
        k.erased_at.is_(None),
        k.created_at < limits[Kept.WORDS],
        not_(exists().where(c.contact_id == k.id, not_(_silent(limits[Kept.WORDS])))),
        not_(exists().where(ap.contact_id == k.id, ap.ends_at >= limits[Kept.APPOINTMENTS])),
        not_(exists().where(wt.contact_id == k.id, wt.ends_at >= limits[Kept.APPOINTMENTS])),
        not_(exists().where(s.contact_id == k.id, s.at >= limits[Kept.AUDIT])),
        not_(exists().where(g.contact_id == k.id, g.at >= limits[Kept.AUDIT])),
    )


def _unanswered(limit: datetime) -> ColumnElement[bool]:
    """Say that a message is old and nothing is left to be done about it."""
    is_answering = exists().where(o.message_id == m.id, o.state.in_(UNSETTLED))
    return and_(_old_message(limit), not_(is_answering))


# -------------------------------------------------------------------------------------------------------- what is done


def _empty(table: Table, values: Mapping[str, Any]) -> Act:
    def act(_backing: Backing, connection: Connection, ids: Sequence[UUID], _limits: Limits) -> int:
        return _rows(connection.execute(update(table).where(table.c.id.in_(ids)).values(dict(values))))

    return act


def _delete(table: Table) -> Act:
    def act(_backing: Backing, connection: Connection, ids: Sequence[UUID], _limits: Limits) -> int:
        return _rows(connection.execute(delete(table).where(table.c.id.in_(ids))))

    return act


def _rows(result: CursorResult[Any]) -> int:
    return result.rowcount


def _bury(backing: Backing, connection: Connection, ids: Sequence[UUID], limits: Limits) -> int:
    """Make tombstones of contacts whose conversation is free, and as silent under its lock as it was when found."""
    free = select(c.contact_id).where(c.contact_id.in_(ids), _silent(limits[Kept.WORDS])).order_by(c.id)
    held = connection.execute(free.with_for_update(skip_locked=True, of=tables.conversation)).scalars().all()
    return bury(backing, connection, held)


def _forget_media(backing: Backing, connection: Connection, ids: Sequence[UUID], _limits: Limits) -> int:
    statement = select(m.id, m.content_sealed).where(m.id.in_(ids))
    return sum(_forget_file(backing, connection, *row) for row in connection.execute(statement).all())


def _forget_file(backing: Backing, connection: Connection, row: UUID, sealed: bytes) -> bool:
    """Take the reference to a file out of a message's content; False if that cannot be read, and then it is left over."""
    place = ("message", "content_sealed", row)
    values: dict[str, Any] = {"media_gone_at": backing.now()}
    if sealed != EMPTIED:
        try:
            content = json.loads(backing.seals.open(sealed, *place))
        except SealBroken:
            return False
        content.pop("media", None)
        values["content_sealed"] = backing.seals.seal(json.dumps(content, ensure_ascii=False), *place)
    connection.execute(update(tables.message).where(m.id == row).values(values))
    return True


NO_ANSWERS = {"answers_sealed": EMPTIED, "flow": None, "node": None}
NO_CONTENT = {"content_sealed": EMPTIED, "wamid_sealed": None}
HAS_ANSWERS = and_(c.erased_at.is_(None), func.length(c.answers_sealed) > tables.ZERO)


def _rule(kept: Kept, place: str, order: Column[Any], too_old: Callable[[Limits], Any], act: Act) -> tuple[str, _Rule]:
    return place, _Rule(Aged(kept, place), order.table, order, too_old, act)


def _older(kept: Kept, old: Callable[[datetime], Any], *more: ColumnElement[bool]) -> Callable[[Limits], Any]:
    return lambda limits: and_(old(limits[kept]), *more)


def _before(column: Column[datetime]) -> Callable[[datetime], Any]:
    return partial(column.__lt__)


# Files before the words around them, content before the rows that hold it, people when all that is done.
RULES: Mapping[str, _Rule] = dict(
    (
        _rule(
            Kept.MEDIA,
            "message.content_sealed:media",
            m.id,
            _older(Kept.MEDIA, _old_message, tables.HAS_MEDIA, tables.HAS_WORDS),
            _forget_media,
        ),
        _rule(Kept.MEDIA, "media", d.created_at, _older(Kept.MEDIA, _old_file), _delete(tables.media)),
        _rule(
            Kept.WORDS,
            "message.content_sealed",
            m.received_at,
            _older(Kept.WORDS, _old_message, tables.HAS_WORDS),
            _empty(tables.message, {"content_sealed": EMPTIED}),
        ),
        _rule(
            Kept.WORDS,
            "outbox.content_sealed",
            o.created_at,
            _older(Kept.WORDS, _old_row, tables.HAS_CONTENT),
            _empty(tables.outbox, NO_CONTENT),
        ),
        _rule(
            Kept.WORDS,
            "call.arguments_sealed",
            t.created_at,
            _older(Kept.WORDS, _old_call, tables.HAS_ARGUMENTS),
            _empty(tables.call, {"arguments_sealed": EMPTIED}),
        ),
        _rule(
            Kept.WORDS,
            "conversation.answers_sealed",
            c.id,
            _older(Kept.WORDS, _silent, HAS_ANSWERS),
            _empty(tables.conversation, NO_ANSWERS),
        ),
        _rule(Kept.WORDS, "note", n.created_at, _older(Kept.WORDS, _old_note), _delete(tables.note)),
        _rule(Kept.WORDS, "label", lb.at, _older(Kept.WORDS, _old_label), _delete(tables.label)),
        _rule(
            Kept.APPOINTMENTS,
            "appointment",
            ap.ends_at,
            _older(Kept.APPOINTMENTS, _before(ap.ends_at)),
            _delete(agenda_tables.appointment),
        ),
        _rule(
            Kept.APPOINTMENTS,
            "waiting",
            wt.ends_at,
            _older(Kept.APPOINTMENTS, _before(wt.ends_at)),
            _delete(waiting_tables.waiting),
        ),
        _rule(
            Kept.APPOINTMENTS,
            "waiting_offer",
            wo.ends_at,
            _older(Kept.APPOINTMENTS, _before(wo.ends_at)),
            _delete(waiting_tables.waiting_offer),
        ),
        _rule(
            Kept.APPOINTMENTS,
            "agenda_block",
            bl.ends_at,
            _older(Kept.APPOINTMENTS, _before(bl.ends_at)),
            _delete(agenda_tables.agenda_block),
        ),
        _rule(
            Kept.APPOINTMENTS,
            "agenda_exception",
            ex.id,
            _older(Kept.APPOINTMENTS, _old_exception),
            _delete(agenda_tables.agenda_exception),
        ),
        _rule(
            Kept.APPOINTMENTS,
            "notice",  # of an offer: others go with their appointment
            no.due_at,
            _older(Kept.APPOINTMENTS, _before(no.due_at), no.appointment_id.is_(None)),
            _delete(outreach_tables.notice),
        ),
        _rule(
            Kept.METRICS,
            "notice_day",
            nd.struck_at,
            _older(Kept.METRICS, _before(nd.struck_at)),
            _delete(outreach_tables.notice_day),
        ),
        _rule(Kept.PERSON, "contact.person_sealed", k.id, _nobodys, _bury),
        _rule(Kept.METRICS, "status", st.at, _older(Kept.METRICS, _before(st.at)), _delete(tables.status)),
        _rule(Kept.METRICS, "outbox", o.created_at, _older(Kept.METRICS, _old_row), _delete(tables.outbox)),
        _rule(Kept.METRICS, "message", m.received_at, _older(Kept.METRICS, _unanswered), _delete(tables.message)),
        _rule(Kept.MODEL, "classification", cf.at, _older(Kept.MODEL, _before(cf.at)), _delete(tables.classification)),
        _rule(
            Kept.METRICS, "handoff", h.closed_at, _older(Kept.METRICS, _before(h.closed_at)), _delete(tables.handoff)
        ),
        _rule(Kept.AUDIT, "alarm", a.closed_at, _older(Kept.AUDIT, _before(a.closed_at)), _delete(tables.alarm)),
        _rule(Kept.AUDIT, "update", u.at, _older(Kept.AUDIT, _before(u.at)), _delete(tables.update)),
        _rule(Kept.AUDIT, "audit", au.at, _older(Kept.AUDIT, _before(au.at)), _delete(tables.audit)),
        _rule(
            Kept.AUDIT,
            "audit_seal",
            sl.number,
            _older(Kept.AUDIT, _before(sl.sealed_at), sl.number < NEWEST_SEAL),
            _delete(tables.audit_seal),
        ),
        _rule(Kept.AUDIT, "staff", sf.id, _older(Kept.AUDIT, _before(sf.disabled_at)), _delete(tables.staff)),
        _rule(
            Kept.PERSON,
            "contact",
            k.id,
            lambda limits: k.erased_at < min(limits[Kept.AUDIT], limits[Kept.METRICS]),
            _delete(tables.contact),
        ),
    )
)
