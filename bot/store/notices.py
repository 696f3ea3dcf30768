"""What the clinic begins: found among the appointments when it is due, claimed once, settled with its row of the outbox."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.sql import text
from sqlalchemy.sql.dml import Update
from uuid_utils.compat import uuid7

from bot.abroad import home_of
from bot.agenda import AppointmentStatus
from bot.gate import ALL_NOTICES
from bot.model import Contact, RowState
from bot.notices import (
    CHANGES,
    PURPOSE,
    REMINDERS,
    About,
    Addressee,
    Balance,
    Changed,
    ForStaff,
    Heard,
    Kind,
    Notice,
    NoticeState,
    Owed,
    Place,
    Skipped,
    Step,
    Timing,
    ToStaff,
    Unconfirmed,
)
from bot.ports import Drop
from bot.store import people, tables
from bot.store.agenda_tables import BY_OTHERS, appointment, appointment_change
from bot.store.backing import Backing
from bot.store.database import Database
from bot.store.outreach_tables import TO_TELL, notice, notice_day
from bot.store.sealed import EMPTIED, SealBroken

a, c, k = appointment.c, tables.conversation.c, tables.contact.c
ch, n, nd, s = appointment_change.c, notice.c, notice_day.c, tables.stop.c
PAGE = 200
BOOKED = text("appointment.state = 'booked'")  # as in the index
TO_CALL = text("notice.state = 'staff' AND notice.done_at IS NULL")  # the same
IS_NEW = and_(ch.action == "booked", ch.revision == 1)  # later it is staff taking back an arrival
SETS_TIME = or_(IS_NEW, ch.action == "moved")
SINCE = (
    select(func.max(ch.at)).where(ch.appointment_id == a.id, SETS_TIME).scalar_subquery().label("since")
)  # when its time was chosen
CAME = (AppointmentStatus.ARRIVED, AppointmentStatus.FULFILLED, AppointmentStatus.NOSHOW)
DONE = select(ch.appointment_id, ch.revision, ch.action, ch.by, ch.was_starts_at, ch.was_practitioner)
DONE = DONE.where(ch.revision > 0).order_by(ch.revision)  # 0: it was only held
TOLD = select(n.appointment_id, n.revision, n.kind, n.state, n.done_at)
AGAIN = ("quiet_hours", "template", "window_closed")  # why a row is dropped that is derived again, and said otherwise
LATE = timedelta(hours=1)  # a row still queued this long after it was of use is a difference
FOR_STAFF = 500
PAST = timedelta(days=1)  # who came in vain is called until so long after their visit was to begin


class SqlNotices:
    """See `bot.notices.Notices`."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing

    # ------------------------------------------------------------------------------------------------------ what is due

    def due(
        self,
        kind: Kind,
        after: datetime,
        before: datetime,
        without: frozenset[str] = frozenset(),
        page: Place | None = None,
    ) -> tuple[Owed, ...]:
        """Return a page of visits without a row of this kind; by the index of booked visits and that of notices."""
        statement = _visits(SINCE).where(BOOKED, a.starts_at > after, a.starts_at < before, _is_untold(kind))
        if without:
            statement = statement.where(a.service.notin_(sorted(without)))
        with self._backing.database.look() as connection:
            rows = connection.execute(_after(statement, page)).all()
        return tuple(self._owed(row, kind, row.since or row.created_at) for row in rows)

    def changes(self, since: datetime, until: datetime, page: Place | None = None) -> tuple[Changed, ...]:
        """Return a page of untold changes of others; by the index of such changes."""
        is_told = or_(n.revision == ch.revision, n.state == NoticeState.QUEUED)
        told = exists().where(n.appointment_id == a.id, n.kind.in_(CHANGES), is_told)
        statement = (
            _visits(ch.action, ch.at)
            .join(appointment_change, and_(ch.appointment_id == a.id, ch.revision == a.revision))
            .where(BY_OTHERS, ch.at > since, ch.at <= until, ch.action.notin_(CAME), ~told)
        )
        with self._backing.database.look() as connection:
            rows = connection.execute(_after(statement, page)).all()
            steps = self._steps(connection, [row.id for row in rows])
        return tuple(Changed(self._owed(row, _kind_of(row.action), row.at), steps[row.id]) for row in rows)

    def _steps(self, connection: Connection, ids: list[UUID]) -> Mapping[UUID, tuple[Step, ...]]:
        """Return what was done to each visit, oldest first, each with whether its patient has heard of it."""
        told: dict[tuple[UUID, int], list[Any]] = {}
        for one in connection.execute(TOLD.where(n.appointment_id.in_(ids))) if ids else ():
            told.setdefault((one.appointment_id, one.revision), []).append(one)
        found: dict[UUID, tuple[Step, ...]] = dict.fromkeys(ids, ())
        for row in connection.execute(DONE.where(ch.appointment_id.in_(ids))) if ids else ():
            heard = _heard(row, told.get((row.appointment_id, row.revision), ()))
            found[row.appointment_id] += (Step(row.action, heard, row.was_starts_at, row.was_practitioner),)
        return found

    def _owed(self, row: Row[Any], kind: Kind, since: datetime) -> Owed:
        found = Notice(
            kind,
            row.id,
            row.revision,
            row.starts_at,
            row.place,
            row.service,
            row.practitioner,
            self._first_name(row),
            row.code or "",
            row.confirmed_at is not None,
        )
        return Owed(found, self._addressee(row), since)

    def _first_name(self, row: Row[Any]) -> str:
        """Return whom a visit is for; a name no key opens is left out, and keeps nobody from being reminded."""
        try:
            told = self._backing.seals.open(row.patient_sealed or EMPTIED, "appointment", "patient_sealed", row.id)
        except SealBroken:
            return ""
        return str(json.loads(told)[1])

    # --------------------------------------------------------------------------------------------------- what became of it

    def settle(self, owed: Owed, timing: Timing, state: NoticeState, reason: str) -> bool:
        """Record that a notice is not sent."""
        with self._backing.database.begin() as connection:
            return claim(self._backing, connection, owed, timing, None, (state, reason))

    def for_staff(self) -> tuple[ForStaff, ...]:
        """Return what waits for a person and is still true; by an index of its own."""
        named_at = case((n.kind == Kind.CANCELLED, n.concerns_at), else_=n.starts_at)
        names = (n.id, n.kind, n.appointment_id, n.conversation_id, named_at, n.due_at, n.reason)
        found = select(*names).select_from(notice.outerjoin(appointment, a.id == n.appointment_id))
        statement = found.where(TO_CALL, *_is_worth_a_call(self._backing.now())).order_by(n.starts_at, n.id)
        with self._backing.database.look() as connection:
            rows = connection.execute(statement.limit(FOR_STAFF)).all()
        return tuple(ForStaff(row.id, Kind(row.kind), *row[2:]) for row in rows)

    def done(self, notice_id: UUID, by: str) -> bool:
        """Note that a person has told the patient."""
        marked = update(notice).where(n.id == notice_id, TO_TELL).values(done_at=self._backing.now(), done_by=by)
        with self._backing.database.begin() as connection:
            return connection.execute(marked).rowcount > 0

    def unconfirmed(self, asked_before: Mapping[Kind, datetime], begins_before: datetime) -> tuple[Unconfirmed, ...]:
        """Return who was asked and has not answered; by the index of notices."""
        statement = (
            select(a.id, n.conversation_id, a.starts_at, func.min(n.settled_at), a.code)
            .join(notice, and_(n.appointment_id == a.id, n.starts_at == a.starts_at))
            .where(
                or_(*(and_(n.kind == kind, n.settled_at < before) for kind, before in asked_before.items())),
                n.starts_at > self._backing.now(),
                n.starts_at < begins_before,
                n.state == NoticeState.SENT,
                BOOKED,
                a.confirmed_at.is_(None),
            )
            .group_by(a.id, n.conversation_id, a.starts_at, a.code)
            .order_by(a.starts_at, a.id)
        )
        with self._backing.database.look() as connection:
            rows = connection.execute(statement).all()
        return tuple(Unconfirmed(*row) for row in rows)

    def tally(self, since: datetime, until: datetime) -> Mapping[tuple[str, str], int]:
        """Count notices by state and reason; by the index of when they were due."""
        is_late = and_(n.state == NoticeState.QUEUED, n.until < self._backing.now() - LATE)
        state = case((is_late, literal("late")), else_=n.state)
        statement = (
            select(state.label("stands"), func.coalesce(n.reason, ""), func.count())
            .where(n.due_at >= since, n.due_at < until)
            .group_by(text("1"), text("2"))
        )
        with self._backing.database.look() as connection:
            return {(row[0], row[1]): row[2] for row in connection.execute(statement)}

    def addressee(self, contact_id: UUID) -> Addressee | None:
        """Return where a contact is written to."""
        written = tables.conversation.join(tables.contact, k.id == c.contact_id)
        statement = select(*ADDRESSEE).select_from(written).where(k.id == contact_id, k.erased_at.is_(None))
        with self._backing.database.look() as connection:
            row = connection.execute(statement).first()
        return None if row is None else self._addressee(row)

    def _addressee(self, row: Any) -> Addressee:
        home = home_of(people.read_or_nobody(self._backing.seals, row).wa_id)
        return Addressee(row.conversation_id, row.language, row.last_inbound_at, home, row.is_stopped)

    def balances(self, days: int) -> tuple[Balance, ...]:
        """Return the newest balances."""
        with self._backing.database.look() as connection:
            rows = connection.execute(select(notice_day).order_by(nd.day.desc()).limit(days)).all()
        return tuple(_balance(row) for row in rows)

    def strike(self, balance: Balance) -> None:
        """Keep the balance of a day."""
        reasons = json.dumps([[state, reason, count] for (state, reason), count in sorted(balance.reasons.items())])
        sums = {name: getattr(balance, name) for name in SUMS}
        values = {**sums, "reasons": reasons, "struck_at": self._backing.now()}
        insert = self._backing.database.insert(notice_day).values(id=uuid7(), day=balance.day, **values)
        with self._backing.database.begin() as connection:
            connection.execute(insert.on_conflict_do_update(index_elements=["day"], set_=values))


SUMS = ("due", "sent", "skipped", "staff", "waiting", "difference")


def _balance(row: Row[Any]) -> Balance:
    reasons = {(state, reason): count for state, reason, count in json.loads(row.reasons)}
    return Balance(row.day, row.due, row.sent, row.skipped, row.staff, row.waiting, row.difference, reasons)


STOPPED = exists().where(s.contact_id == k.id, s.purpose.in_((PURPOSE, ALL_NOTICES)))
ADDRESSEE = (
    c.id.label("conversation_id"), c.contact_id, c.language, c.last_inbound_at, k.person_sealed, STOPPED.label("is_stopped"),
)  # fmt: skip


def _visits(*more: Any) -> Select[Any]:
    """Return the visits of people who can be written to, each with its conversation. Those of the erased are nobody's."""
    names = (
        a.id, a.revision, a.starts_at, a.place, a.service, a.practitioner, a.code, a.confirmed_at, a.created_at,
        a.patient_sealed, *ADDRESSEE,
    )  # fmt: skip
    return select(*names, *more).select_from(
        appointment.join(tables.conversation, c.contact_id == a.contact_id).join(tables.contact, k.id == a.contact_id)
    )


def _is_untold(kind: Kind) -> ColumnElement[bool]:
    """Return that a visit has no notice of a kind. With LIMIT, which keeps PostgreSQL from making a join of it: of tables nobody
    has analysed it believes that one notice is there, and compares each visit with all."""
    told = select(n.id).where(n.kind == kind, n.starts_at == a.starts_at, n.appointment_id == a.id)
    return told.limit(1).scalar_subquery().is_(None)


def _after(statement: Select[Any], page: Place | None) -> Select[Any]:
    """Return a page of visits, the earliest first."""
    if page is not None:
        statement = statement.where(or_(a.starts_at > page[0], and_(a.starts_at == page[0], a.id > page[1])))
    return statement.order_by(a.starts_at, a.id).limit(PAGE)


def _is_worth_a_call(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return what must hold of a notice for a call: an offer that holds, a coming visit to remind of, a change that still stands."""
    is_offer = and_(n.kind == Kind.OFFER, n.until > now)
    is_unanswered = or_(a.confirmed_at.is_(None), a.confirmed_at <= n.at)
    reminds = and_(n.kind.in_(REMINDERS), BOOKED, a.starts_at == n.starts_at, n.starts_at > now, is_unanswered)
    changes = and_(n.kind.in_(CHANGES), a.revision == n.revision, is_unanswered)
    return n.starts_at > now - PAST, or_(is_offer, reminds, changes)


def _kind_of(action: str) -> Kind:
    """Return what a change is to who knew how the visit stood before; to who did not, `bot.outreach` says."""
    return Kind.CANCELLED if action == AppointmentStatus.CANCELLED else Kind.MOVED


def _heard(step: Any, notices: Sequence[Any]) -> Heard:
    """Tell whether a patient knows of a change: they made it, were there after it, or were told of it."""
    if step.by == "patient" or step.action in (AppointmentStatus.ARRIVED, AppointmentStatus.FULFILLED):
        return Heard.SURELY
    changes = [one for one in notices if one.kind in CHANGES]
    if any(one.state == NoticeState.SENT or one.done_at is not None for one in changes):
        return Heard.SURELY
    if any(one.state == NoticeState.STAFF for one in changes) or any(one.state == NoticeState.SENT for one in notices):
        return Heard.PERHAPS
    return Heard.NO


# ---------------------------------------------------------------------------------- within the transaction of another


STANDS = select(a.id).where(
    a.id == bindparam("it"), a.revision == bindparam("revision"), a.starts_at == bindparam("starts_at")
)
# What staff did and took back is no new time: claimed under another revision, a reminder of this very time was given.
IS_NEW_TIME = STANDS.where(
    ~exists().where(
        n.kind == bindparam("kind"), n.starts_at == bindparam("starts_at"), n.appointment_id == bindparam("it")
    )
)
ABOUT = (
    select(a.revision, n.concerns_at, n.until, a.place, n.kind)
    .select_from(notice.outerjoin(appointment, a.id == n.appointment_id))
    .where(n.outbox_id == bindparam("row"))
)


def _insert_notice(database: Database) -> Any:
    return database.insert(notice).on_conflict_do_nothing().returning(n.id)


def claim(
    backing: Backing,
    connection: Connection,
    owed: Owed,
    timing: Timing,
    outbox_id: UUID | None,
    settled: tuple[NoticeState, str] | None = None,
) -> bool:
    """Insert the row of a notice, if nobody has and its subject stands as it was found; the unique index decides."""
    told, now = owed.notice, backing.now()
    is_offer = told.kind is Kind.OFFER
    if not is_offer and not _stands(connection, told):
        return False
    state, reason = settled or (NoticeState.QUEUED, None)
    row = {
        "id": uuid7(),
        "appointment_id": None if is_offer else told.id,
        "offer_id": told.id if is_offer else None,
        "conversation_id": owed.to.conversation_id,
        "kind": told.kind,
        "revision": told.revision,
        "starts_at": told.starts_at,
        "concerns_at": told.concerns_at,
        "due_at": timing.due_at,
        "until": timing.until,
        "state": state,
        "reason": reason,
        "outbox_id": outbox_id,
        "at": now,
        "settled_at": now if settled else None,
    }
    return connection.execute(backing.database.built(_insert_notice), row).first() is not None


def _stands(connection: Connection, told: Notice) -> bool:
    """Tell whether an appointment is as it was found, and no reminder of this kind was given of this time."""
    it = {"it": told.id, "revision": told.revision, "starts_at": told.starts_at}
    if told.kind in REMINDERS:
        return connection.execute(IS_NEW_TIME, {**it, "kind": told.kind}).first() is not None
    return connection.execute(STANDS, it).first() is not None


def about(connection: Connection, outbox_id: UUID, to: Contact) -> About | None:
    """Return what a row of the outbox tells a person, as it stands now; None if it is no notice of an appointment."""
    row = connection.execute(ABOUT, {"row": outbox_id}).first()
    if row is None:
        return None
    return About(Kind(row.kind), row.revision, row.concerns_at, row.place or "", row.until, home_of(to.wa_id))


def note_sent(backing: Backing, connection: Connection, outbox_id: UUID) -> None:
    """Settle a notice with its row: Meta has it."""
    _mark(backing, connection, outbox_id, NoticeState.SENT, None)


def note_arrived(backing: Backing, connection: Connection, outbox_id: UUID) -> None:
    """Settle a notice that was given up and reached its person after all: nobody need call any more."""
    values = {"row": outbox_id, "to": NoticeState.SENT, "why": None, "now": backing.now()}
    connection.execute(MARK_ARRIVED, values)


def note_failed(backing: Backing, connection: Connection, outbox_id: UUID, why: str) -> None:
    """Give a notice to staff: its row will never arrive, or nobody knows whether it did."""
    _mark(backing, connection, outbox_id, NoticeState.STAFF, ToStaff(why))


def note_put_off(connection: Connection, outbox_id: UUID) -> None:
    """Let a notice be derived again that Meta refused for now: nobody has told it yet."""
    untold = (n.state.in_((NoticeState.QUEUED, NoticeState.STAFF)), n.done_at.is_(None))
    connection.execute(delete(notice).where(n.outbox_id == outbox_id, *untold))


def give_up_kept_back(backing: Backing, connection: Connection, why: str) -> int:
    """Give to staff what Meta accepted and let nobody have while it was of use; return how many."""
    now, row = backing.now(), tables.outbox.c
    kept = exists().where(row.id == n.outbox_id, row.state == RowState.SENT, row.why == why)
    late = update(notice).where(text("notice.state = 'queued'"), n.until <= now, kept)
    given = late.values(state=NoticeState.STAFF, reason=ToStaff.UNKNOWN, settled_at=now)
    return connection.execute(given).rowcount


def note_dropped(backing: Backing, connection: Connection, outbox_id: UUID, drop: Drop) -> None:
    """Settle a notice whose row the gate dropped; one that only cannot be said now is derived again."""
    if drop.why in AGAIN:
        connection.execute(delete(notice).where(n.outbox_id == outbox_id, n.state == NoticeState.QUEUED))
        return
    kind = connection.execute(select(n.kind).where(n.outbox_id == outbox_id)).scalar()
    reason = Skipped.STALE if drop.state is RowState.EXPIRED else Skipped(drop.why)
    needs_person = kind in CHANGES and reason is not Skipped.CHANGED
    _mark(backing, connection, outbox_id, NoticeState.STAFF if needs_person else NoticeState.SKIPPED, reason)


def _marking(which: ColumnElement[bool]) -> Update:
    marked = update(notice).where(n.outbox_id == bindparam("row"), which)
    return marked.values(state=bindparam("to"), reason=bindparam("why"), settled_at=bindparam("now"))


IS_QUEUED = n.state == NoticeState.QUEUED
IS_DOUBTED = and_(n.state == NoticeState.STAFF, n.reason == ToStaff.UNKNOWN)
# Of what nobody knew Meta tells now; what it refused it may have told before its own answer was read.
MARK_SENT = _marking(or_(IS_QUEUED, IS_DOUBTED))
MARK_ARRIVED = _marking(or_(IS_QUEUED, n.state == NoticeState.STAFF))
MARK_SKIPPED = _marking(IS_QUEUED)
MARK_FAILED = _marking(or_(IS_QUEUED, IS_DOUBTED, n.state == NoticeState.SENT))  # Meta may fail what it had accepted
MARK = {NoticeState.SENT: MARK_SENT, NoticeState.SKIPPED: MARK_SKIPPED, NoticeState.STAFF: MARK_FAILED}


def _mark(backing: Backing, connection: Connection, outbox_id: UUID, state: NoticeState, reason: str | None) -> None:
    values = {"row": outbox_id, "to": state, "why": reason, "now": backing.now()}
    connection.execute(MARK[state], values)
