"""Whether people come: counts of visits by when they began, what the clinic counted before, and whom a list of notices names."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, delete, exists, func, select

from bot.agenda import AppointmentStatus
from bot.attendance import Attended, Month
from bot.counter import Staff
from bot.notices import REMINDERS, NoticeState
from bot.reminding import Whom
from bot.store import contents, tables
from bot.store.agenda_tables import appointment, appointment_change
from bot.store.backing import Backing
from bot.store.counter import conversations_for
from bot.store.outreach_tables import notice
from bot.store.sealed import SealBroken
from bot.store.template_tables import attendance_baseline

a, ch, n, b = appointment.c, appointment_change.c, notice.c, attendance_baseline.c
MARKS = (AppointmentStatus.ARRIVED, AppointmentStatus.FULFILLED, AppointmentStatus.NOSHOW)
KEPT = (AppointmentStatus.BOOKED, *MARKS)


class SqlAttendance:
    """See `bot.attendance.Attendance` and `bot.reminding.Callers`."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing

    def attended(self, since: datetime, until: datetime) -> Attended:
        """Count the visits that began in a time, and what patients did about those they were reminded of."""
        is_over = and_(a.state.in_(KEPT), a.ends_at <= self._backing.now())
        counted = select(
            _count(is_over),
            _count(and_(is_over, a.state.in_(MARKS))),
            _count(and_(is_over, a.state == AppointmentStatus.NOSHOW)),
        ).where(a.starts_at >= since, a.starts_at < until, a.state.in_(KEPT))
        with self._backing.database.look() as connection:
            ended = map(int, connection.execute(counted).one())
            answered = map(int, connection.execute(_answered(since, until)).one())
        return Attended(*ended, *answered)

    def months(self) -> tuple[Month, ...]:
        """Return the baseline."""
        with self._backing.database.look() as connection:
            rows = connection.execute(select(b.month, b.booked, b.noshow).order_by(b.month)).all()
        return tuple(Month(*row) for row in rows)

    def keep(self, months: Sequence[Month]) -> None:
        """Keep a baseline in place of what was kept, in one transaction."""
        now = self._backing.now()
        rows = [{"month": one.month, "booked": one.booked, "noshow": one.noshow, "at": now} for one in months]
        with self._backing.database.begin() as connection:
            connection.execute(delete(attendance_baseline))
            connection.execute(self._backing.database.insert(attendance_baseline), rows)

    def whom(self, staff: Staff, conversations: Collection[UUID]) -> Mapping[UUID, Whom]:
        """Return who conversations are with, of those that are there for the asker."""
        c = tables.conversation.c
        shown = conversations_for(staff).where(c.id.in_(conversations))
        with self._backing.database.look() as connection:
            rows = connection.execute(shown).all() if conversations else []
        return {row.id: self._whom(row.contact_id, row.person_sealed) for row in rows}

    def _whom(self, contact_id: UUID, sealed: bytes) -> Whom:
        try:
            opened = self._backing.seals.open(sealed, "contact", "person_sealed", contact_id)
        except SealBroken:
            return Whom(None, None)
        person = contents.person_from_json(opened)
        return Whom(person.profile_name, person.wa_id)


def _answered(since: datetime, until: datetime) -> Select[int, int, int, int]:
    """Count the times people were reminded of, however often, and what they did then; by the index of notices.

    Whoever cancels or moves leaves the visits that began then, and must not leave those who were reminded.
    """
    sent = (n.kind.in_(REMINDERS), n.state == NoticeState.SENT, n.starts_at >= since, n.starts_at < until)
    told = select(n.appointment_id, n.starts_at, func.min(n.settled_at).label("at")).where(*sent)
    t = told.group_by(n.appointment_id, n.starts_at).subquery()
    is_same = and_(a.starts_at == t.c.starts_at, a.state.in_(KEPT))
    was_moved = _did(t, "moved", ch.was_starts_at == t.c.starts_at)
    was_cancelled = and_(a.starts_at == t.c.starts_at, _did(t, "cancelled", a.state == AppointmentStatus.CANCELLED))
    return select(
        func.count(),
        _count(and_(is_same, a.confirmed_at.is_not(None))),
        _count(was_moved),
        _count(was_cancelled),
    ).select_from(t.join(appointment, a.id == t.c.appointment_id))


def _did(told: Subquery, action: str, which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Tell whether the patient did something about a visit after they were reminded of it."""
    by_patient = (ch.appointment_id == told.c.appointment_id, ch.action == action, ch.by == "patient")
    return exists().where(*by_patient, ch.at >= told.c.at, which)


def _count(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((which, 1), else_=0)), 0)
