"""The waiting list's rows: who waits, which place is free, to whom it is offered; every step is one short transaction.

What decides stands in `bot/booking/offering.py`. Two unique indexes stand behind it: one live offer a place, one a person.
Locks are taken in one order: who waits, the freed place, the offer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, exists, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from uuid_utils.compat import uuid7

from bot.agenda import Freed, NotThere, Offered, OfferState, Patient, Proposal, Slot, Waiting, Wish, may_be_one
from bot.store import people, tables
from bot.store.agenda_tables import appointment
from bot.store.backing import Backing
from bot.store.outreach_tables import notice
from bot.store.sealed import EMPTIED, SealBroken
from bot.store.waiting_tables import freed_place, waiting, waiting_offer

WAITS = timedelta(days=90)  # as far ahead as a clinic usually books: who still waits then asks again
FINISH_S = 60.0  # after so long an accepted offer that is not booked is looked at again
ALL_NOTICES = "all"  # the stop that silences every notice
MANY = 500
LIVE = (OfferState.HOLDING, OfferState.OPEN, OfferState.ACCEPTED)
UNANSWERED = (OfferState.HOLDING, OfferState.OPEN)
VISITS = ("booked", "arrived", "fulfilled", "noshow")  # what was waited for was given; a cancelled one was not

w, f, o = waiting.c, freed_place.c, waiting_offer.c
p, s, n = appointment.c, tables.stop.c, notice.c


class SqlWaiting:
    """See `bot.agenda.WaitingList` and `bot.agenda.Offers`."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing

    # ----------------------------------------------------------------------------------------------------- who waits

    def join(self, contact_id: UUID, wish: Wish, patient: Patient, key: UUID) -> bool:
        """Put somebody on the list, or change what they wait for; one row a service and patient."""
        wished = {"place": wish.place, "practitioner": wish.practitioner, "part": wish.part}
        with self._backing.database.begin() as connection:
            # Taps of one person take turns, whatever process works on them, and whoever was erased meanwhile stays forgotten;
            # whoever offers them a place just then need not wait for this, nor this for them.
            contact = select(tables.contact.c.erased_at).where(tables.contact.c.id == contact_id)
            contact = contact.with_for_update(key_share=True)
            if connection.execute(contact).scalar() is not None:
                return False
            row = self._row_of(connection, contact_id, wish.service, patient)
            if row is not None and self._served(connection, [row], self._backing.now()):
                connection.execute(delete(waiting).where(w.id == row.id))  # they have been there: this is another need
                row = None
            if row is None:
                connection.execute(insert(waiting).values(self._new(contact_id, wish, patient, key)))
                return True
            if _wish(row) != wish:
                connection.execute(update(waiting).where(w.id == row.id).values({**wished, "key": key}))
                return True
            return bool(row.key == key)

    def of_contact(self, contact_id: UUID) -> tuple[Waiting, ...]:
        """Return what a contact waits for."""
        now = self._backing.now()
        theirs = select(waiting).where(w.contact_id == contact_id, w.ends_at > now).order_by(w.joined_at, w.id)
        with self._backing.database.look() as connection:
            return self._unserved(connection, connection.execute(theirs).all(), now)

    def leave(self, waiting_id: UUID, contact_id: UUID) -> bool:
        """Take somebody off the list; while they are being booked they stay on it."""
        theirs = select(waiting).where(w.id == waiting_id, w.contact_id == contact_id).with_for_update()
        with self._backing.database.begin() as connection:
            if connection.execute(theirs).first() is None:
                return True
            offered = self._locked(connection, o.waiting_id == waiting_id, o.state.in_(LIVE))
            if offered is not None and offered.state == OfferState.ACCEPTED:
                return False
            if offered is not None:
                self._become(connection, offered, OfferState.DECLINED, self._backing.now())
            connection.execute(delete(waiting).where(w.id == waiting_id))
            return True

    # --------------------------------------------------------------------------------------------- what they are offered

    def proposal(self, offer_id: UUID, contact_id: UUID) -> Proposal:
        """Return an offer made to a contact."""
        with self._backing.database.look() as connection:
            row = connection.execute(select(waiting_offer).where(o.id == offer_id, o.contact_id == contact_id)).first()
        if row is None:
            raise NotThere
        return _proposal(row)

    def answer(self, offer_id: UUID, contact_id: UUID, accepts: bool) -> Proposal:
        """Accept or decline what is open; what has ended meanwhile is over."""
        now = self._backing.now()
        with self._backing.database.begin() as connection:
            row = self._locked(connection, o.id == offer_id, o.contact_id == contact_id)
            if row is None:
                raise NotThere
            if row.state == OfferState.OPEN:
                state = OfferState.ACCEPTED if accepts else OfferState.DECLINED
                state = state if now < row.closes_at else OfferState.EXPIRED
                due_at = now + timedelta(seconds=FINISH_S) if state is OfferState.ACCEPTED else now
                row = self._become(connection, row, state, due_at)
            return _proposal(row)

    def settle(self, offer_id: UUID, appointment_id: UUID | None) -> None:
        """Note what an accepted offer was booked as; else it is the next one's turn."""
        state = OfferState.LOST if appointment_id is None else OfferState.BOOKED
        accepted = select(o.waiting_id).where(o.id == offer_id, o.state == OfferState.ACCEPTED).scalar_subquery()
        with self._backing.database.begin() as connection:
            connection.execute(select(w.id).where(w.id == accepted).with_for_update())
            row = self._locked(connection, o.id == offer_id, o.state == OfferState.ACCEPTED)
            if row is None:
                return
            values = {"state": state, "appointment_id": appointment_id}
            connection.execute(update(waiting_offer).where(o.id == offer_id).values(values))
            if appointment_id is None:
                self._due(connection, row.freed_id, self._backing.now())
                return
            connection.execute(delete(waiting).where(w.id == row.waiting_id))
            connection.execute(delete(freed_place).where(f.id == row.freed_id))

    def patient(self, proposal: Proposal) -> Patient | None:
        """Return whom an offer is for."""
        with self._backing.database.look() as connection:
            row = connection.execute(select(waiting).where(w.id == proposal.waiting_id)).first()
        return None if row is None else self._patient(row)

    def phone(self, contact_id: UUID) -> str | None:
        """Return the number of whoever waits."""
        known = tables.contact.c
        statement = select(known.id.label("contact_id"), known.person_sealed).where(known.id == contact_id)
        with self._backing.database.look() as connection:
            row: Any = connection.execute(statement).first()
        return None if row is None else people.read_or_nobody(self._backing.seals, row).wa_id

    # ------------------------------------------------------------------------------------------- for who tells of offers

    def untold(self) -> tuple[Offered, ...]:
        """Return the open offers without a notice, oldest first."""
        is_untold = (*self._is_open(), ~exists().where(n.offer_id == o.id))
        statement = select(waiting_offer, w.id.label("waits"), w.patient_sealed).join(waiting, w.id == o.waiting_id)
        with self._backing.database.look() as connection:
            rows = connection.execute(statement.where(*is_untold).order_by(o.created_at).limit(MANY)).all()
        return tuple(
            Offered(row.id, row.contact_id, _slot(row), row.closes_at, self._opened(row.waits, row).first_name)
            for row in rows
        )

    def is_open(self, offer_id: UUID) -> bool:
        """Tell whether an offer can still be taken."""
        with self._backing.database.look() as connection:
            return connection.execute(select(o.id).where(o.id == offer_id, *self._is_open())).first() is not None

    def _is_open(self) -> tuple[ColumnElement[bool], ...]:
        return (o.state == OfferState.OPEN, o.closes_at > self._backing.now())

    def untellable(self, offer_id: UUID) -> None:
        """Give the place to the next one."""
        self.end(offer_id, OfferState.LOST)

    # ------------------------------------------------------------------------------------------------- for who offers

    def due(self, seconds: float) -> Freed | None:
        """Lease the next freed place something is to be done about."""
        database = self._backing.database
        is_free = or_(f.leased_until.is_(None), f.leased_until < database.time())
        first = select(freed_place).where(f.due_at <= self._backing.now(), is_free).order_by(f.due_at, f.id).limit(1)
        with database.look() as connection:
            if connection.execute(first).first() is None:  # nearly always: nothing is locked for that
                return None
        with database.begin() as connection:
            row = connection.execute(first.with_for_update(skip_locked=True)).first()
            if row is None:
                return None
            lease = update(freed_place).where(f.id == row.id).values(leased_until=database.time(seconds))
            connection.execute(lease)
        return Freed(row.id, row.practitioner, row.place, row.starts_at, row.looks)

    def live(self, freed: Freed) -> Proposal | None:
        """Return the offer of a freed place that is not over."""
        statement = select(waiting_offer).where(o.freed_id == freed.id, o.state.in_(LIVE))
        with self._backing.database.look() as connection:
            row = connection.execute(statement).first()
        return None if row is None else _proposal(row)

    def candidates(self, freed: Freed, services: frozenset[str]) -> tuple[Waiting, ...]:
        """Return whose turn it may be, first come first."""
        now = self._backing.now()
        offered, decides = waiting_offer.alias().c, appointment.alias().c
        fits = (
            w.service.in_(services),
            or_(w.practitioner.is_(None), w.practitioner == freed.practitioner),
            w.ends_at > now,
            ~exists().where(offered.freed_id == freed.id, offered.waiting_id == w.id),
            ~exists().where(o.contact_id == w.contact_id, o.state.in_(LIVE)),
            ~exists().where(decides.contact_id == w.contact_id, decides.state == "hold", decides.hold_ends_at > now),
            ~exists().where(s.contact_id == w.contact_id, s.purpose == ALL_NOTICES),
        )
        statement = select(waiting).where(*fits).order_by(w.joined_at, w.id).limit(MANY)
        with self._backing.database.look() as connection:
            return self._unserved(connection, connection.execute(statement).all(), freed.start)

    def propose(self, freed: Freed, waiting: Waiting, slot: Slot) -> Proposal | None:
        """Begin an offer; None if the place or the person has one, or one of the two is gone."""
        try:
            with self._backing.database.begin() as connection:
                return self._propose(connection, freed, waiting, slot)
        except IntegrityError:  # another process was faster: the indexes decide
            return None

    def _propose(self, connection: Connection, freed: Freed, who: Waiting, slot: Slot) -> Proposal | None:
        for locked in (select(w.id).where(w.id == who.id), select(f.id).where(f.id == freed.id)):
            if connection.execute(locked.with_for_update()).first() is None:
                return None
        values = {
            "id": uuid7(),
            "freed_id": freed.id,
            "waiting_id": who.id,
            "contact_id": who.contact_id,
            "state": OfferState.HOLDING,
            "slot": slot.id,
            "service": slot.service,
            "practitioner": slot.practitioner,
            "place": slot.place,
            "starts_at": slot.start,
            "ends_at": slot.end,
            "created_at": self._backing.now(),
        }
        return _proposal(connection.execute(insert(waiting_offer).values(values).returning(waiting_offer)).one())

    def open(self, offer_id: UUID, hold_id: UUID, until: datetime) -> None:
        """Open an offer whose place is held; it is looked at again when it ends."""
        values = {"state": OfferState.OPEN, "hold_id": hold_id, "closes_at": until}
        with self._backing.database.begin() as connection:
            row = self._locked(connection, o.id == offer_id, o.state == OfferState.HOLDING)
            if row is not None:
                connection.execute(update(waiting_offer).where(o.id == offer_id).values(values))
                self._due(connection, row.freed_id, until)

    def end(self, offer_id: UUID, state: OfferState) -> bool:
        """End an offer that was not answered; the freed place is due again."""
        with self._backing.database.begin() as connection:
            row = self._locked(connection, o.id == offer_id, o.state.in_(UNANSWERED))
            if row is not None:
                self._become(connection, row, state, self._backing.now())
            return row is not None

    def left_holds(self, freed: Freed) -> tuple[UUID, ...]:
        """Return the holds that offers of a freed place have left behind."""
        is_over = (o.freed_id == freed.id, o.state.not_in(LIVE), p.state == "hold")
        statement = select(p.id).join(waiting_offer, o.hold_id == p.id).where(*is_over)
        with self._backing.database.look() as connection:
            return tuple(connection.execute(statement).scalars())

    def later(self, freed: Freed, due_at: datetime, looks: int = 0) -> None:
        """Look at a freed place again then; freed anew since, it is looked at as that."""
        is_same = (f.practitioner == freed.practitioner, f.starts_at == freed.start)
        with self._backing.database.begin() as connection:
            if looks and connection.execute(select(f.id).where(*is_same, f.id > freed.id)).first() is not None:
                connection.execute(delete(freed_place).where(f.id == freed.id))
            else:
                self._due(connection, freed.id, due_at, looks)

    def done(self, freed: Freed) -> None:
        """Leave a freed place to everybody."""
        with self._backing.database.begin() as connection:
            connection.execute(delete(freed_place).where(f.id == freed.id))

    def forget(self, connection: Connection, contact_id: UUID) -> None:
        """Take a contact off the list in another's transaction, and decline what they are offered; what they accepted goes on."""
        theirs = select(w.id).where(w.contact_id == contact_id)
        connection.execute(theirs.with_for_update())
        row = self._locked(connection, o.contact_id == contact_id, o.state.in_(LIVE))
        if row is not None and row.state != OfferState.ACCEPTED:
            self._become(connection, row, OfferState.DECLINED, self._backing.now())
        is_taken = exists().where(o.waiting_id == w.id, o.state == OfferState.ACCEPTED)
        connection.execute(delete(waiting).where(w.contact_id == contact_id, ~is_taken))

    # --------------------------------------------------------------------------------------------------------- inside

    def _locked(self, connection: Connection, *where: ColumnElement[bool]) -> Row[Any] | None:
        """Return an offer with its freed place locked before it; None if there is none like that any more."""
        freed = select(o.freed_id).where(*where).scalar_subquery()
        connection.execute(select(f.id).where(f.id == freed).with_for_update())
        return connection.execute(select(waiting_offer).where(*where).with_for_update()).first()

    def _become(self, connection: Connection, row: Row[Any], state: OfferState, due_at: datetime) -> Row[Any]:
        """Change the state of an offer whose row is locked, and have its freed place looked at then."""
        changed = update(waiting_offer).where(o.id == row.id).values(state=state).returning(waiting_offer)
        now = connection.execute(changed).one()
        self._due(connection, row.freed_id, due_at)
        return now

    def _due(self, connection: Connection, freed_id: UUID, due_at: datetime, looks: int = 0) -> None:
        values = {"due_at": due_at, "leased_until": None, "looks": looks}
        connection.execute(update(freed_place).where(f.id == freed_id).values(values))

    def _unserved(self, connection: Connection, rows: Sequence[Row[Any]], until: datetime) -> tuple[Waiting, ...]:
        served = self._served(connection, rows, until)
        return tuple(self._waiting(row) for row in rows if row.id not in served)

    def _served(self, connection: Connection, rows: Sequence[Row[Any]], until: datetime) -> frozenset[UUID]:
        """Return which of these have a visit for the same, of the same person, that began since they joined, or begins by then."""
        is_same = and_(p.contact_id == w.contact_id, p.service == w.service, p.starts_at >= w.joined_at)
        found = select(w.id, w.patient_sealed, p.id.label("visit"), p.patient_sealed.label("visit_sealed"))
        found = found.join(appointment, is_same).where(p.state.in_(VISITS), p.starts_at <= until)
        visits = connection.execute(found.where(w.id.in_([row.id for row in rows]))).all() if rows else ()
        return frozenset(row.id for row in visits if may_be_one(self._patient(row), self._visitor(row)))

    def _visitor(self, row: Any) -> Patient:
        """Return whom a visit is for; nobody where no key opens it any more."""
        try:
            sealed = row.visit_sealed or EMPTIED
            return _told(self._backing.seals.open(sealed, "appointment", "patient_sealed", row.visit))
        except SealBroken:
            return Patient(None, "")

    def _row_of(self, connection: Connection, contact_id: UUID, service: str, patient: Patient) -> Row[Any] | None:
        theirs = select(waiting).where(w.contact_id == contact_id, w.service == service)
        rows = connection.execute(theirs.where(w.ends_at > self._backing.now()).with_for_update()).all()
        return next((row for row in rows if _same(self._patient(row), patient)), None)

    def _new(self, contact_id: UUID, wish: Wish, patient: Patient, key: UUID) -> Mapping[str, Any]:
        row, now = uuid7(), self._backing.now()
        birth = patient.birth_date.isoformat() if patient.birth_date else None
        told = json.dumps([patient.id, patient.first_name, birth], ensure_ascii=False)
        return {
            "id": row,
            "contact_id": contact_id,
            "service": wish.service,
            "place": wish.place,
            "practitioner": wish.practitioner,
            "part": wish.part,
            "patient_sealed": self._backing.seals.seal(told, "waiting", "patient_sealed", row),
            "key": key,
            "joined_at": now,
            "ends_at": now + WAITS,
        }

    def _waiting(self, row: Row[Any]) -> Waiting:
        return Waiting(row.id, row.contact_id, _wish(row), self._patient(row), row.joined_at, row.ends_at)

    def _patient(self, row: Any) -> Patient:
        return self._opened(row.id, row)

    def _opened(self, waiting_id: UUID, row: Any) -> Patient:
        return _told(self._backing.seals.open(row.patient_sealed, "waiting", "patient_sealed", waiting_id))


def forget_unproven(backing: Backing, connection: Connection, contact_id: UUID) -> None:
    """Take a contact off the waiting list: their number or user id changed, and somebody else may hold the phone now."""
    SqlWaiting(backing).forget(connection, contact_id)


def _told(opened: str) -> Patient:
    told = json.loads(opened)
    return Patient(told[0], told[1], date.fromisoformat(told[2]) if told[2] else None)


def _same(one: Patient, other: Patient) -> bool:
    return (one.first_name, one.birth_date) == (other.first_name, other.birth_date)


def _wish(row: Row[Any]) -> Wish:
    return Wish(row.service, row.place, row.practitioner, row.part)


def _slot(row: Row[Any]) -> Slot:
    return Slot(row.slot, row.service, row.practitioner, row.place, row.starts_at, row.ends_at)


def _proposal(row: Row[Any]) -> Proposal:
    return Proposal(
        row.id,
        OfferState(row.state),
        row.waiting_id,
        row.contact_id,
        _slot(row),
        row.closes_at,
        row.hold_id,
        row.appointment_id,
    )
