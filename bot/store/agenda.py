"""The diary of the built-in calendar: what takes a practitioner's time, taken under one lock a practitioner.

Two guards stand one behind the other: the check inside the transaction that takes a slot, under an advisory lock (PostgreSQL)
or `BEGIN IMMEDIATE` (SQLite), and PostgreSQL's exclusion constraint, should anything ever write past the check.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Uuid,
    and_,
    bindparam,
    delete,
    func,
    insert,
    not_,
    null,
    or_,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.exc import IntegrityError
from uuid_utils.compat import uuid7

from bot.agenda import (
    NEXT,
    Appointment,
    AppointmentStatus,
    By,
    Changed,
    Entry,
    Errand,
    Exceptional,
    Held,
    IsStillFree,
    NotThere,
    Patient,
    Slot,
    SlotTaken,
)
from bot.store import tables
from bot.store.agenda_tables import CLOCK, agenda_block, agenda_exception, appointment, appointment_change, errand
from bot.store.backing import Backing
from bot.store.database import Database
from bot.store.tables import Instant
from bot.store.waiting_tables import LIVE, freed_place, waiting_offer

HOLD = "hold"
OPEN, CLOSED, GONE = "open", "closed", "gone"  # of an exception; gone: extra hours that staff took back
TAKES_TIME = (HOLD, AppointmentStatus.BOOKED, AppointmentStatus.ARRIVED)
STANDING = (AppointmentStatus.BOOKED, AppointmentStatus.ARRIVED)
LONGEST = timedelta(days=1)  # no block is longer: bounds what an index must look through
MARGIN = timedelta(days=1)
CODE_LETTERS, CODE_LENGTH = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 5  # nothing that is read as something else
LOCK = 41
ERRANDS = 20
NO_ROW = UUID(int=0)

p, ch, b, x = appointment.c, appointment_change.c, agenda_block.c, agenda_exception.c
k = tables.contact.c


class SqlDiary:
    """See `bot.agenda.Diary`."""

    def __init__(self, backing: Backing, zone: ZoneInfo) -> None:
        self._backing = backing
        self._zone = zone

    def entries(
        self, practitioners: frozenset[str], since: datetime, until: datetime
    ) -> tuple[tuple[Entry, ...], tuple[Exceptional, ...]]:
        """Return what is taken in a time, and where the week does not hold."""
        with self._backing.database.look() as connection:
            return self._entries(connection, practitioners, since, until)

    def hold(
        self,
        slot: Slot,
        block: tuple[datetime, datetime],
        contact_id: UUID,
        key: UUID,
        ends_at: datetime,
        is_free: IsStillFree,
        is_foreign: bool = False,
    ) -> Held:
        """Keep a slot if it `is_free`."""

        def take(connection: Connection) -> Row[Any]:
            if self._is_gone(connection, slot.practitioner, block, contact_id):
                raise SlotTaken
            refuse_erased(connection, contact_id)
            self._lock(connection, slot.practitioner)
            self._sweep(connection, slot.practitioner, contact_id)
            if not is_free(*self._entries(connection, {slot.practitioner}, slot.start - MARGIN, slot.end + MARGIN)):
                raise SlotTaken
            row = connection.execute(
                insert(appointment).values(self._hold_values(slot, block, contact_id, ends_at)).returning(appointment)
            ).one()
            self._note(connection, row, key, HOLD)
            if is_foreign:
                connection.execute(insert(errand).values(_errand("free", slot.id, ends_at, row.id)))
            return row

        row = self._once(key, take)
        if row.state != HOLD:
            raise SlotTaken  # this very tap's hold has become an appointment, or ended, meanwhile
        return _held(row)

    def held(self, hold_id: UUID) -> Held:
        """Return a hold."""
        with self._backing.database.look() as connection:
            row = connection.execute(select(appointment).where(p.id == hold_id, p.state == HOLD)).first()
        if row is None:
            raise NotThere
        return _held(row)

    def hold_of(self, key: UUID) -> Held | None:
        """Return the hold a key made, None if it made none or the hold has ended."""
        with self._backing.database.look() as connection:
            row = self._done(connection, key)
        return _held(row) if row is not None and row.state == HOLD else None

    def release(self, hold_id: UUID) -> None:
        """Delete a hold."""
        with self._backing.database.begin() as connection:
            connection.execute(delete(appointment).where(p.id == hold_id, p.state == HOLD))
            due = update(errand).where(errand.c.hold_id == hold_id).values(due_at=self._backing.now())
            connection.execute(due)

    def done(self, key: UUID) -> Appointment | None:
        """Return what came of a key."""
        with self._backing.database.look() as connection:
            row = self._done(connection, key)
        return None if row is None or row.state == HOLD else self._read(row)

    def errands(self, seconds: float) -> tuple[Errand, ...]:
        """Lease what is due in the other system."""
        database, e = self._backing.database, errand.c
        is_free = or_(e.leased_until.is_(None), e.leased_until < database.time())
        due = select(e.id).where(e.due_at <= self._backing.now(), is_free).order_by(e.due_at).limit(ERRANDS)
        with database.begin() as connection:
            ids = connection.execute(due.with_for_update(skip_locked=True)).scalars().all()
            leased = update(errand).where(e.id.in_(ids))
            leased = leased.values(leased_until=database.time(seconds), attempts=e.attempts + 1)
            rows = connection.execute(leased.returning(e.id, e.action, e.foreign_id)).all()
        return tuple(Errand(*row) for row in rows)

    def errand_done(self, errand_id: UUID) -> None:
        """Strike an errand off."""
        with self._backing.database.begin() as connection:
            connection.execute(delete(errand).where(errand.c.id == errand_id))

    def book(
        self, hold_id: UUID, patient: Patient, key: UUID, foreign_id: str | None = None, by: By = "patient"
    ) -> Appointment:
        """Make an appointment of a hold; one whose time is over but that nobody else took is still theirs."""

        def take(connection: Connection) -> Row[Any]:
            refuse_erased(connection, select(p.contact_id).where(p.id == hold_id).scalar_subquery())
            held = self._locked(connection, hold_id)
            if held is None or held.state == AppointmentStatus.CANCELLED:
                raise SlotTaken
            if held.state != HOLD:
                return held
            self._still_theirs(connection, held)
            row = connection.execute(
                update(appointment)
                .where(p.id == hold_id)
                .values(
                    state=AppointmentStatus.BOOKED,
                    revision=1,
                    hold_ends_at=None,
                    code=self._new_code(connection),
                    patient_sealed=self._seal(hold_id, patient),
                    foreign_id=foreign_id,
                )
                .returning(appointment)
            ).one()
            connection.execute(delete(errand).where(errand.c.hold_id == hold_id))
            self._note(connection, row, key, AppointmentStatus.BOOKED, by=by)
            return row

        return self._read(self._once(key, take))

    def move(
        self,
        appointment_id: UUID,
        hold_id: UUID,
        key: UUID,
        foreign_id: str | None = None,
        by: By = "patient",
        revision: int | None = None,
    ) -> Appointment:
        """Give an appointment the time of a hold, in one commit."""

        def take(connection: Connection) -> Row[Any]:
            standing, held = self._both(connection, appointment_id, hold_id)
            if standing is None or standing.state not in STANDING:
                raise NotThere
            _refuse_changed(standing, revision)
            if held is None or held.state != HOLD:
                raise SlotTaken
            self._still_theirs(connection, held)
            connection.execute(delete(appointment).where(p.id == hold_id))
            connection.execute(delete(errand).where(errand.c.hold_id == hold_id))
            if foreign_id is not None and standing.foreign_id is not None:
                connection.execute(insert(errand).values(_errand("cancel", standing.foreign_id, self._backing.now())))
            row = connection.execute(
                update(appointment)
                .where(p.id == appointment_id)
                .values(
                    **{name: held._mapping[name] for name in TIME_AND_PLACE},
                    revision=p.revision + 1,
                    state=AppointmentStatus.BOOKED,
                    confirmed_at=None,
                    foreign_id=foreign_id,
                )
                .returning(appointment)
            ).one()
            self._note(connection, row, key, "moved", freed=standing, by=by)
            return row

        return self._read(self._once(key, take))

    def set_status(
        self,
        appointment_id: UUID,
        status: AppointmentStatus,
        key: UUID,
        reason: str | None = None,
        by: By = "patient",
        revision: int | None = None,
    ) -> Appointment:
        """Change what became of an appointment."""

        def take(connection: Connection) -> Row[Any]:
            row = self._locked(connection, appointment_id)
            if row is None or row.state == HOLD:
                raise NotThere
            if row.state == status:
                return row
            if status not in NEXT[AppointmentStatus(row.state)]:
                raise NotThere
            _refuse_changed(row, revision)
            changed = connection.execute(
                update(appointment)
                .where(p.id == appointment_id)
                .values(state=status, revision=p.revision + 1)
                .returning(appointment)
            ).one()
            is_freed = status is AppointmentStatus.CANCELLED
            self._note(connection, changed, key, status, reason, row if is_freed else None, by)
            return changed

        return self._read(self._once(key, take))

    def confirm(self, appointment_id: UUID, revision: int) -> Appointment:
        """Note that the patient comes, if it stands as they were told; said again, the first time holds."""
        is_as_told = and_(
            p.id == appointment_id, p.revision == revision, p.state.in_(STANDING), p.confirmed_at.is_(None)
        )
        with self._backing.database.begin() as connection:
            connection.execute(update(appointment).where(is_as_told).values(confirmed_at=self._backing.now()))
        return self.appointment(appointment_id)

    def of_contact(self, contact_id: UUID, since: datetime) -> tuple[Appointment, ...]:
        """Return what a contact booked that ends after an instant and still stands, next first."""
        statement = select(appointment).where(p.contact_id == contact_id, p.ends_at > since, p.state.in_(STANDING))
        with self._backing.database.look() as connection:
            rows = connection.execute(statement.order_by(p.starts_at, p.id)).all()
        return tuple(map(self._read, rows))

    def appointment(self, appointment_id: UUID) -> Appointment:
        """Return one appointment."""
        with self._backing.database.look() as connection:
            row = connection.execute(select(appointment).where(p.id == appointment_id, p.state != HOLD)).first()
        if row is None:
            raise NotThere
        return self._read(row)

    # ------------------------------------------------------------------------------------------------ once, and in turn

    def _once(self, key: UUID, take: Callable[[Connection], Row[Any]]) -> Row[Any]:
        """Do something once a key; the same key again returns the row as it stands now. Raise SlotTaken on a clash."""
        try:
            with self._backing.database.begin() as connection:
                return self._done(connection, key) or take(connection)
        except IntegrityError:  # another process: of this key, or, past every check, of this time
            with self._backing.database.begin() as connection:
                done = self._done(connection, key)
        if done is None:
            raise SlotTaken
        return done

    def _done(self, connection: Connection, key: UUID) -> Row[Any] | None:
        statement = select(appointment).join(appointment_change, ch.appointment_id == p.id).where(ch.key == key)
        return connection.execute(statement).first()

    def _lock(self, connection: Connection, practitioner: str) -> None:
        """Let those who want one practitioner's time take turns; SQLite's writers do so anyway."""
        if not self._backing.database.is_sqlite:
            turn = func.pg_advisory_xact_lock(func.hashtextextended(practitioner, LOCK))
            connection.execute(select(turn))

    def _is_gone(
        self, connection: Connection, practitioner: str, block: tuple[datetime, datetime], contact_id: UUID
    ) -> bool:
        """Tell whether somebody else has the time already: of many who want one place, few need to wait for their turn."""
        told = {"who": [practitioner], "contact_id": contact_id, "now": self._backing.now()}
        told |= {"reach": block[0] - LONGEST, "since": block[0], "until": block[1]}
        return connection.execute(self._backing.database.built(_gone), told).first() is not None

    def _still_theirs(self, connection: Connection, held: Row[Any]) -> None:
        """Raise SlotTaken if staff have blocked or closed the time since; another's hold would have deleted this one.

        Where extra hours were taken back, a new hold asks what is left: they may have stood beside usual ones.
        """
        if held.hold_ends_at > self._backing.now():
            return
        entries, _ = self._entries(connection, {held.practitioner}, held.block_from, held.block_to)
        during = (connection, {held.practitioner}, held.starts_at, held.ends_at)
        is_closed = any(row.place in (None, held.place) for row in self._special(*during, CLOSED, GONE))
        if entries or is_closed:
            raise SlotTaken

    def _sweep(self, connection: Connection, practitioner: str, contact_id: UUID) -> None:
        """Delete the holds whose time is over, and what this person held until now; not what they are offered."""
        now = self._backing.now()
        is_over = and_(p.practitioner == practitioner, p.hold_ends_at <= now)
        offered = select(waiting_offer.c.hold_id).where(waiting_offer.c.hold_id.is_not(None), text(LIVE))
        is_theirs = and_(
            p.contact_id == contact_id, p.id.not_in(offered.where(waiting_offer.c.contact_id == contact_id))
        )
        ended = delete(appointment).where(p.state == HOLD, or_(is_over, is_theirs)).returning(p.id)
        ids = connection.execute(ended).scalars().all()
        if ids:
            connection.execute(update(errand).where(errand.c.hold_id.in_(ids)).values(due_at=now))

    def _locked(self, connection: Connection, row_id: UUID) -> Row[Any] | None:
        return connection.execute(select(appointment).where(p.id == row_id).with_for_update()).first()

    def _both(self, connection: Connection, one: UUID, other: UUID) -> tuple[Row[Any] | None, Row[Any] | None]:
        statement = select(appointment).where(p.id.in_((one, other))).order_by(p.id).with_for_update()
        found = {row.id: row for row in connection.execute(statement).all()}
        return found.get(one), found.get(other)

    def _note(
        self,
        connection: Connection,
        row: Row[Any],
        key: UUID,
        action: str,
        reason: str | None = None,
        freed: Row[Any] | None = None,
        by: By = "patient",
    ) -> None:
        values = {"action": action, "reason": reason, "revision": row.revision, "at": self._backing.now(), "by": by}
        if freed is not None:
            values |= {"was_practitioner": freed.practitioner, "was_starts_at": freed.starts_at}
            place = {"practitioner": freed.practitioner, "place": freed.place, "starts_at": freed.starts_at}
            connection.execute(insert(freed_place).values(id=uuid7(), due_at=self._backing.now(), **place))
        connection.execute(insert(appointment_change).values(id=uuid7(), appointment_id=row.id, key=key, **values))

    # --------------------------------------------------------------------------------------------------------- reading

    def _entries(
        self,
        connection: Connection,
        practitioners: Collection[str],
        since: datetime,
        until: datetime,
        but: UUID = NO_ROW,
    ) -> tuple[tuple[Entry, ...], tuple[Exceptional, ...]]:
        """Return what is taken in a time, `but` for one appointment: an entry itself does not say whose it is."""
        now = self._backing.now()
        told = {"who": list(practitioners), "since": since, "until": until, "now": now, "but": but}
        told["seen"] = min(until, now) + LONGEST
        rows = connection.execute(self._backing.database.built(_taken), told | {"reach": since - LONGEST}).all()
        found = [Entry(*row) for row in rows]
        return tuple(found), self._exceptions(connection, practitioners, since, until)

    def _exceptions(
        self, connection: Connection, practitioners: Collection[str], since: datetime, until: datetime
    ) -> tuple[Exceptional, ...]:
        return tuple(map(_exceptional, self._special(connection, practitioners, since, until, OPEN, CLOSED)))

    def _special(
        self, connection: Connection, practitioners: Collection[str], since: datetime, until: datetime, *kinds: str
    ) -> Sequence[Row[Any]]:
        statement = select(agenda_exception).where(
            x.practitioner.in_(practitioners),
            x.kind.in_(kinds),
            x.local_start < until.astimezone(self._zone).strftime(CLOCK),
            x.local_end > since.astimezone(self._zone).strftime(CLOCK),
        )
        return connection.execute(statement.order_by(x.local_start, x.id)).all()

    def _hold_values(
        self, slot: Slot, block: tuple[datetime, datetime], contact_id: UUID | None, ends_at: datetime | None
    ) -> dict[str, Any]:
        return {
            "id": uuid7(),
            "contact_id": contact_id,
            "state": HOLD,
            "revision": 0,
            "practitioner": slot.practitioner,
            "service": slot.service,
            "place": slot.place,
            "starts_at": slot.start,
            "ends_at": slot.end,
            "block_from": block[0],
            "block_to": block[1],
            "zone": self._zone.key,
            "local_start": slot.start.astimezone(self._zone).strftime(CLOCK),
            "hold_ends_at": ends_at,
            "foreign_id": slot.id,  # of the slot, until it is booked: then of the appointment
            "created_at": self._backing.now(),
        }

    def _new_code(self, connection: Connection) -> str:
        """Return a code no appointment has; a clash that happens all the same is one more try for the patient's tap."""
        while True:
            code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
            if connection.execute(select(p.id).where(p.code == code)).first() is None:
                return code

    def _seal(self, row: UUID, patient: Patient) -> bytes:
        birth = patient.birth_date.isoformat() if patient.birth_date else None
        told = json.dumps([patient.id, patient.first_name, birth], ensure_ascii=False)
        return self._backing.seals.seal(told, "appointment", "patient_sealed", row)

    def _read(self, row: Row[Any]) -> Appointment:
        return Appointment(
            row.id,
            row.revision,
            AppointmentStatus(row.state),
            row.service,
            row.practitioner,
            row.place,
            row.starts_at,
            row.ends_at,
            self._patient(row),
            row.code or "",
            row.foreign_id,
            row.contact_id,
            row.confirmed_at,
        )

    def _patient(self, row: Row[Any]) -> Patient:
        if not row.patient_sealed:
            return Patient(None, "")
        told = json.loads(self._backing.seals.open(row.patient_sealed, "appointment", "patient_sealed", row.id))
        return Patient(told[0], told[1], date.fromisoformat(told[2]) if told[2] else None)


# ------------------------------------------------------------------------------------------- statements that are made once


def _taking() -> ColumnElement[bool]:
    """Return what an appointment must be to take some time of somebody: `reach` is as far back as one may begin."""
    is_over = and_(p.state == HOLD, p.hold_ends_at <= bindparam("now", type_=Instant))
    return and_(
        p.practitioner.in_(bindparam("who", expanding=True)),
        text("appointment.state IN ('hold', 'booked', 'arrived')"),  # as in the index
        p.block_from >= bindparam("reach", type_=Instant),
        p.block_from < bindparam("until", type_=Instant),
        p.block_to > bindparam("since", type_=Instant),
        not_(is_over),
    )


def _taken(_database: Database) -> Any:
    visits = select(p.practitioner, p.block_from, p.block_to, p.service, p.starts_at)
    visits = visits.where(p.id != bindparam("but", type_=Uuid()))
    blocks = select(b.practitioner, b.starts_at, b.ends_at, null(), null()).where(
        b.practitioner.in_(bindparam("who", expanding=True)),
        b.starts_at < bindparam("until", type_=Instant),
        b.ends_at > bindparam("since", type_=Instant),
    )
    return union_all(visits.where(_taking()), visits.where(_seen()), blocks)


def _seen() -> ColumnElement[bool]:
    """Return what a visit must be that was: it counts for its day, and what is left of its time is still its own.

    Nobody is seen before their day, so that an index need not be looked through beyond tomorrow (`seen`).
    """
    return and_(
        p.state == AppointmentStatus.FULFILLED,
        p.practitioner.in_(bindparam("who", expanding=True)),
        p.ends_at > bindparam("since", type_=Instant),
        p.ends_at <= bindparam("seen", type_=Instant),
    )


def _gone(_database: Database) -> Any:
    is_anothers = p.contact_id.is_distinct_from(bindparam("contact_id", type_=Uuid()))
    return select(p.id).where(_taking(), is_anothers).limit(1)


TIME_AND_PLACE = (
    "practitioner", "service", "place", "starts_at", "ends_at", "block_from", "block_to", "zone", "local_start"
)  # fmt: skip


def refuse_erased(connection: Connection, contact_id: Any) -> None:
    """Raise SlotTaken for somebody who was erased: what was asked before may still be running, and their name stays forgotten.

    Their row is shared until the commit, before any of the calendar's is locked: whoever erases them comes before or after.
    """
    contact = select(k.erased_at).where(k.id == contact_id).with_for_update(read=True)
    if connection.execute(contact).scalar() is not None:
        raise SlotTaken


def _refuse_changed(row: Row[Any], revision: int | None) -> None:
    """Raise Changed if an appointment is not as it was when somebody decided about it."""
    if revision is not None and row.revision != revision:
        raise Changed


def _held(row: Row[Any]) -> Held:
    slot = Slot(row.foreign_id, row.service, row.practitioner, row.place, row.starts_at, row.ends_at)
    return Held(row.id, slot, row.hold_ends_at)


def _errand(action: str, foreign_id: str, due_at: datetime, hold_id: UUID | None = None) -> dict[str, Any]:
    values = {"id": uuid7(), "hold_id": hold_id, "action": action, "foreign_id": foreign_id}
    return {**values, "due_at": due_at, "attempts": 0}


def _exceptional(row: Row[Any]) -> Exceptional:
    start, end = clock(row.local_start), clock(row.local_end)
    return Exceptional(row.practitioner, row.kind, start, end, row.place, services_of(row))


def services_of(row: Row[Any]) -> frozenset[str]:
    """Return what is done in extra hours; none: all."""
    return frozenset((row.services or "").split())


def clock(written: str) -> datetime:
    """Return a time of the clinic's clock (naive)."""
    return datetime.strptime(written, CLOCK)  # noqa: DTZ007  # the clinic's clock: naive by meaning
