"""Whether people come: counts of visits by when they began, what the clinic counted before, and whom a list of notices names."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, delete, exists, func, select

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
        """Count the visits that began in a time, and what patients did about visits in it."""
        reminded = exists().where(
            n.appointment_id == a.id, n.kind.in_(REMINDERS), n.state == NoticeState.SENT, n.starts_at == a.starts_at
        )
        is_over = and_(a.state.in_(KEPT), a.ends_at <= self._backing.now())
        counted = select(
            _count(is_over),
            _count(and_(is_over, a.state.in_(MARKS))),
            _count(and_(is_over, a.state == AppointmentStatus.NOSHOW)),
            _count(reminded),
            _count(and_(reminded, a.confirmed_at.is_not(None))),
        ).where(a.starts_at >= since, a.starts_at < until, a.state.in_(KEPT))
        changed = (
            select(ch.action, func.count())
            .where(ch.at >= since, ch.at < until, ch.by == "patient", ch.action.in_(("moved", "cancelled")))
            .group_by(ch.action)
        )
        with self._backing.database.look() as connection:
            over, marked, missed, asked, confirmed = map(int, connection.execute(counted).one())
            changes = {action: count for action, count in connection.execute(changed)}
        moved, cancelled = changes.get("moved", 0), changes.get("cancelled", 0)
        return Attended(over, marked, missed, asked, confirmed, moved, cancelled)

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


def _count(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((which, 1), else_=0)), 0)
