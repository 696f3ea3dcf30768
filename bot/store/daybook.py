"""What the counter reads of the calendar's tables, and the times it blocks (`bot/daybook.py`); each look stands in the audit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, delete, insert, or_, select, text, update

from bot.agenda import NEXT, Appointment, AppointmentStatus, Changed, Exceptional, NotThere, Patient, Slot, SlotTaken
from bot.clinic.hours import Span
from bot.counter import Staff
from bot.daybook import Blocked, Ended, Entered, Extra, Judges, Kept, Limit, Pages, Visit, Writer
from bot.store import audit, contents, tables
from bot.store.agenda import (
    CLOSED,
    GONE,
    HOLD,
    LONGEST,
    MARGIN,
    NO_ROW,
    OPEN,
    STANDING,
    TAKES_TIME,
    TIME_AND_PLACE,
    SqlDiary,
    clock,
    refuse_erased,
    services_of,
)
from bot.store.agenda_tables import CLOCK, agenda_block, agenda_exception, appointment, appointment_change
from bot.store.counter import READ_AGAIN, conversations_for
from bot.store.sealed import SealBroken
from bot.store.waiting_tables import LIVE, waiting_offer

READ_CALENDAR, BLOCK, UNBLOCK, OVERRIDE = "read_calendar", "block_time", "unblock_time", "override_rule"
OPEN_HOURS, CLOSE_HOURS = "open_hours", "close_hours"
MOVED, REOPENED = "moved", "reopened"
OF_STAFF = "staff"

p, ch, b, x = appointment.c, appointment_change.c, agenda_block.c, agenda_exception.c
c, au = tables.conversation.c, tables.audit.c
Chats = Mapping[UUID, UUID]  # whose conversation is where


class SqlDaybook(SqlDiary):
    """The diary as the counter reads and writes it: see `bot.daybook.Daybook`."""

    def pages(self, staff: Staff, practitioners: frozenset[str], since: datetime, until: datetime) -> Pages:
        """Return what stands in the book between two instants."""
        self._note_read(staff)
        with self._backing.database.look() as connection:
            rows = connection.execute(self._between(practitioners, since, until)).all()
            chats = _chats(connection, staff, rows)
            blocks = connection.execute(_blocks(practitioners, since, until)).all()
            offered = _offered(connection, [row.id for row in rows if row.state == HOLD])
            ended = _ended(connection, rows)
            exceptions = self._exceptions(connection, practitioners, since, until)
            extras = self._special(connection, practitioners, since, until, OPEN)
        return Pages(
            tuple(self._visit(row, chats, ended) for row in rows if row.state != HOLD),
            tuple(_kept(row, chats, row.id in offered) for row in rows if row.state == HOLD),
            tuple(_blocked(row) for row in blocks),
            exceptions,
            tuple(map(self._extra, extras)),
        )

    def version(self, practitioners: frozenset[str], since: datetime, until: datetime) -> str:
        """Return what changes with what stands between two instants."""
        shown = self._between(practitioners, since, until).with_only_columns(
            p.id, p.revision, p.state, p.confirmed_at, p.hold_ends_at
        )
        with self._backing.database.look() as connection:
            rows = connection.execute(shown).all()
            blocks = connection.execute(_blocks(practitioners, since, until).with_only_columns(b.id)).all()
            extras = [row.id for row in self._special(connection, practitioners, since, until, OPEN, CLOSED)]
        return hashlib.sha256(repr((rows, blocks, extras)).encode()).hexdigest()[:16]

    def visit(self, staff: Staff, appointment_id: UUID) -> Visit | None:
        """Return one appointment as it stands."""
        with self._backing.database.look() as connection:
            row = connection.execute(select(appointment).where(p.id == appointment_id, p.state != HOLD)).first()
            if row is None:
                return None
            return self._visit(row, _chats(connection, staff, [row]), _ended(connection, [row]))

    def of_conversation(self, staff: Staff, conversation_id: UUID, since: datetime) -> tuple[Appointment, ...]:
        """Return what the person of a conversation has booked."""
        writer = self.writer(staff, conversation_id)
        return () if writer is None else self.of_contact(writer.contact_id, since)

    def writer(self, staff: Staff, conversation_id: UUID) -> Writer | None:
        """Return whom a conversation is with."""
        with self._backing.database.look() as connection:
            row = connection.execute(conversations_for(staff).where(c.id == conversation_id)).first()
        if row is None:
            return None
        try:
            sealed = self._backing.seals.open(row.person_sealed, "contact", "person_sealed", row.contact_id)
        except SealBroken:
            return Writer(row.contact_id, conversation_id, None)
        return Writer(row.contact_id, conversation_id, contents.person_from_json(sealed).profile_name)

    def block(self, staff: Staff, key: UUID, practitioner: str, span: Span, reason: str) -> bool:
        """Block a time, once a key."""
        values = {"practitioner": practitioner, "starts_at": span.start, "ends_at": span.end, "reason": reason}
        values |= {"source": OF_STAFF, "made_by": staff.actor, "created_at": self._backing.now()}
        added = self._backing.database.insert(agenda_block).values(id=key, **values)
        with self._backing.database.begin() as connection:
            self._lock(connection, practitioner)
            row = connection.execute(added.on_conflict_do_nothing().returning(b.id)).first()
            if row is not None:
                audit.note(self._backing, connection, staff.actor, BLOCK, ("agenda_block", key))
        return row is not None

    def blocked(self, block_id: UUID) -> Blocked | None:
        """Return one block of staff."""
        with self._backing.database.look() as connection:
            row = connection.execute(select(agenda_block).where(b.id == block_id, b.source == OF_STAFF)).first()
        return None if row is None else _blocked(row)

    def unblock(self, staff: Staff, block_id: UUID) -> bool:
        """Take away a block of staff."""
        taken = delete(agenda_block).where(b.id == block_id, b.source == OF_STAFF).returning(b.id)
        with self._backing.database.begin() as connection:
            row = connection.execute(taken).first()
            if row is not None:
                audit.note(self._backing, connection, staff.actor, UNBLOCK, ("agenda_block", block_id))
        return row is not None

    def extend(self, staff: Staff, key: UUID, hours: Exceptional) -> bool:
        """Open extra hours, once a key: what was taken back stays so, whoever sends its form again."""
        values: dict[str, Any] = {"practitioner": hours.practitioner, "place": hours.place, "kind": OPEN}
        values |= {
            "made_by": staff.actor,
            "local_start": hours.start.strftime(CLOCK),
            "local_end": hours.end.strftime(CLOCK),
        }
        values |= {"services": " ".join(sorted(hours.services)) or None, "created_at": self._backing.now()}
        added = self._backing.database.insert(agenda_exception).values(id=key, **values)
        with self._backing.database.begin() as connection:
            row = connection.execute(added.on_conflict_do_nothing().returning(x.id)).first()
            if row is not None:
                audit.note(self._backing, connection, staff.actor, OPEN_HOURS, ("agenda_exception", key))
        return row is not None

    def extra(self, extra_id: UUID) -> Extra | None:
        """Return extra hours."""
        with self._backing.database.look() as connection:
            row = connection.execute(select(agenda_exception).where(x.id == extra_id, x.kind == OPEN)).first()
        return None if row is None else self._extra(row)

    def withdraw(self, staff: Staff, extra_id: UUID) -> bool:
        """Take extra hours back: they are left as what a hold that has ended is no way past."""
        gone = update(agenda_exception).where(x.id == extra_id, x.kind == OPEN).values(kind=GONE)
        with self._backing.database.begin() as connection:
            row = connection.execute(gone.returning(x.practitioner)).first()
            if row is not None:
                audit.note(self._backing, connection, staff.actor, CLOSE_HOURS, ("agenda_exception", extra_id))
        return row is not None

    def _extra(self, row: Row[Any]) -> Extra:
        start, end = (self._instant(written) for written in (row.local_start, row.local_end))
        return Extra(row.id, row.practitioner, row.place, start, end, services_of(row), row.made_by)

    def _instant(self, written: str) -> datetime:
        return clock(written).replace(tzinfo=self._zone).astimezone(UTC)

    # ---------------------------------------------------------------------------------------------------------- acting

    def enter(
        self, slot: Slot, block: Span, patient: Patient, contact_id: UUID | None, judge: Judges, entered: Entered
    ) -> Appointment:
        """Book a time at once."""

        def take(connection: Connection) -> Row[Any]:
            if contact_id is not None:
                refuse_erased(connection, contact_id)
            overrode = self._judged(connection, slot, judge)
            values = self._hold_values(slot, block, contact_id, None)
            values |= {"state": AppointmentStatus.BOOKED, "revision": 1, "foreign_id": None}
            values |= {"code": self._new_code(connection), "patient_sealed": self._seal(values["id"], patient)}
            row = connection.execute(insert(appointment).values(values).returning(appointment)).one()
            self._told(connection, row, AppointmentStatus.BOOKED, entered, overrode)
            return row

        return self._read(self._once(entered.key, take))

    def shift(
        self, appointment_id: UUID, revision: int, slot: Slot, block: Span, judge: Judges, entered: Entered
    ) -> Appointment:
        """Give an appointment another time at once."""

        def take(connection: Connection) -> Row[Any]:
            self._lock(connection, slot.practitioner)
            standing = self._as_seen(connection, appointment_id, revision)
            if standing.state not in STANDING:
                raise Changed
            overrode = self._judged(connection, slot, judge, appointment_id)
            there = self._hold_values(slot, block, None, None)
            values = {name: there[name] for name in TIME_AND_PLACE} | {"state": AppointmentStatus.BOOKED}
            row = self._changed(connection, appointment_id, {**values, "confirmed_at": None})
            self._told(connection, row, MOVED, entered, overrode, standing)
            return row

        return self._of(appointment_id, self._once(entered.key, take))

    def settle(self, appointment_id: UUID, revision: int, status: AppointmentStatus, entered: Entered) -> Appointment:
        """Note what became of an appointment; to what it is already, nothing changes."""

        def take(connection: Connection) -> Row[Any]:
            self._lock_of(connection, appointment_id)
            standing = self._as_seen(connection, appointment_id, revision)
            if standing.state == status:
                return standing
            if status not in NEXT[AppointmentStatus(standing.state)]:
                raise Changed
            if status in STANDING and standing.state not in STANDING:
                self._refuse_given_away(connection, standing)
            row = self._changed(connection, appointment_id, {"state": status})
            # An arrival taken back is no new booking: nobody is told of it.
            action = REOPENED if status is AppointmentStatus.BOOKED else status
            freed = standing if status is AppointmentStatus.CANCELLED else None
            self._told(connection, row, action, entered, frozenset(), freed)
            return row

        return self._of(appointment_id, self._once(entered.key, take))

    def _of(self, appointment_id: UUID, row: Row[Any]) -> Appointment:
        """Return what came of a key, if it was this appointment's."""
        if row.id != appointment_id:
            raise NotThere
        return self._read(row)

    def _judged(self, connection: Connection, slot: Slot, judge: Judges, own: UUID = NO_ROW) -> frozenset[Limit]:
        """Take the practitioner's turn and judge what is taken, but for the appointment that is moved."""
        self._lock(connection, slot.practitioner)
        since, until = slot.start - MARGIN, slot.end + MARGIN
        entries, exceptions = self._entries(connection, {slot.practitioner}, since, until, own)
        overrode = judge(entries, exceptions)
        over = delete(appointment).where(
            p.state == HOLD, p.practitioner == slot.practitioner, p.hold_ends_at <= self._backing.now()
        )
        connection.execute(over)  # PostgreSQL's constraint knows no time
        return overrode

    def _lock_of(self, connection: Connection, appointment_id: UUID) -> None:
        practitioner = connection.execute(select(p.practitioner).where(p.id == appointment_id)).scalar()
        if practitioner is None:
            raise NotThere
        self._lock(connection, practitioner)

    def _as_seen(self, connection: Connection, appointment_id: UUID, revision: int) -> Row[Any]:
        """Return an appointment if it is as it was when the form was made."""
        row = self._locked(connection, appointment_id)
        if row is None or row.state == HOLD:
            raise NotThere
        if row.revision != revision:
            raise Changed
        return row

    def _refuse_given_away(self, connection: Connection, row: Row[Any]) -> None:
        """Raise SlotTaken if somebody else has the time of an appointment that stood no more."""
        others = and_(p.practitioner == row.practitioner, p.id != row.id, p.state.in_(TAKES_TIME))
        overlap = and_(
            p.block_from < row.block_to, p.block_to > row.block_from, p.block_from > row.block_from - LONGEST
        )
        if connection.execute(select(p.id).where(others, overlap, self._is_live()).limit(1)).first() is not None:
            raise SlotTaken

    def _changed(self, connection: Connection, appointment_id: UUID, values: Mapping[str, Any]) -> Row[Any]:
        changed = update(appointment).where(p.id == appointment_id).values(**values, revision=p.revision + 1)
        return connection.execute(changed.returning(appointment)).one()

    def _told(
        self,
        connection: Connection,
        row: Row[Any],
        action: str,
        entered: Entered,
        overrode: frozenset[Limit],
        freed: Row[Any] | None = None,
    ) -> None:
        """Note a change for the patient's notice, and in the audit who made it."""
        self._note(connection, row, entered.key, action, entered.reason, freed, "staff")
        subject = ("appointment", row.id)
        audit.note(self._backing, connection, entered.staff.actor, f"visit_{action}", subject)
        if overrode:
            rules = ",".join(sorted(overrode))
            connection.execute(update(appointment_change).where(ch.key == entered.key).values(overrode=rules))
            audit.note(
                self._backing,
                connection,
                entered.staff.actor,
                OVERRIDE,
                subject,
                {str(rule): 1 for rule in sorted(overrode)},
            )

    # --------------------------------------------------------------------------------------------------------- reading

    def _is_live(self) -> ColumnElement[bool]:
        return or_(p.state != HOLD, p.hold_ends_at > self._backing.now())

    def _between(self, practitioners: frozenset[str], since: datetime, until: datetime) -> Select[Any]:
        return (
            select(appointment)
            .where(
                p.practitioner.in_(practitioners),
                p.ends_at >= since - LONGEST,  # bounds what an index looks through
                p.ends_at < until + 2 * LONGEST,
                p.block_from < until,
                p.block_to > since,
                self._is_live(),
            )
            .order_by(p.starts_at, p.id)
        )

    def _visit(self, row: Row[Any], chats: Chats, ended: Mapping[UUID, Ended]) -> Visit:
        block = Span(row.block_from, row.block_to)
        return Visit(self._read(row), block, chats.get(row.contact_id), ended.get(row.id))

    def _note_read(self, staff: Staff) -> None:
        """Note that somebody looks, unless they go on looking."""
        same = and_(au.action == READ_CALENDAR, au.actor == staff.actor, au.at > self._backing.now() - READ_AGAIN)
        with self._backing.database.look() as connection:
            if connection.execute(select(au.id).where(same).limit(1)).first() is not None:
                return
        with self._backing.database.begin() as connection:
            audit.note(self._backing, connection, staff.actor, READ_CALENDAR)


def _blocks(practitioners: frozenset[str], since: datetime, until: datetime) -> Select[Any]:
    during: ColumnElement[bool] = and_(b.starts_at < until, b.ends_at > since)
    return select(agenda_block).where(b.practitioner.in_(practitioners), during).order_by(b.starts_at, b.id)


def _chats(connection: Connection, staff: Staff, rows: Any) -> Chats:
    """Return whose conversation is where, of those the asker may read."""
    contacts = {row.contact_id for row in rows if row.contact_id is not None}
    if not contacts:
        return {}
    theirs = conversations_for(staff).where(c.contact_id.in_(contacts)).with_only_columns(c.contact_id, c.id)
    return {row.contact_id: row.id for row in connection.execute(theirs).all()}


def _ended(connection: Connection, rows: Sequence[Row[Any]]) -> Mapping[UUID, Ended]:
    """Return how those that were cancelled were."""
    cancelled = [row.id for row in rows if row.state == AppointmentStatus.CANCELLED]
    if not cancelled:
        return {}
    changes = select(ch.appointment_id, ch.by, ch.reason).where(
        ch.appointment_id.in_(cancelled), ch.action == AppointmentStatus.CANCELLED
    )
    return {row.appointment_id: Ended(row.by, row.reason) for row in connection.execute(changes)}


def _offered(connection: Connection, holds: list[UUID]) -> frozenset[UUID]:
    """Return which holds are offers to the waiting list."""
    if not holds:
        return frozenset()
    live = select(waiting_offer.c.hold_id).where(waiting_offer.c.hold_id.in_(holds), text(LIVE))
    return frozenset(connection.execute(live).scalars())


def _kept(row: Row[Any], chats: Chats, is_offer: bool) -> Kept:
    return Kept(
        id=row.id,
        practitioner=row.practitioner,
        service=row.service,
        place=row.place,
        start=row.starts_at,
        end=row.ends_at,
        block=Span(row.block_from, row.block_to),
        until=row.hold_ends_at,
        is_offer=is_offer,
        conversation_id=chats.get(row.contact_id),
    )


def _blocked(row: Row[Any]) -> Blocked:
    return Blocked(row.id, row.practitioner, row.starts_at, row.ends_at, row.source, row.reason, row.made_by)
