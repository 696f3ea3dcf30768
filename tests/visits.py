"""Visits that tests book straight in the calendar, as staff or the patient would."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from bot.agenda import Appointment, By, Slot
from bot.agenda import Patient as Visitor
from bot.store import SqlDiary, tables
from tests.desks import DeskInProcess, backing_of


def diary_of(desk: DeskInProcess) -> SqlDiary:
    """Return the diary of a desk's calendar."""
    return SqlDiary(backing_of(desk.built), desk.house.clinic.zone)


def contact_of(desk: DeskInProcess) -> UUID:
    """Return the only contact there is."""
    (row,) = desk.rows(tables.contact)
    found: UUID = row.id
    return found


def held(desk: DeskInProcess, start: datetime, contact_id: UUID, practitioner: str = "bianchi") -> UUID:
    """Hold a time, whoever works then."""
    end = start + timedelta(minutes=20)
    slot = Slot(f"{practitioner}/{start.isoformat()}", "general_visit", practitioner, "centro", start, end)
    kept = diary_of(desk).hold(
        slot, (start, end), contact_id, uuid4(), desk.clock.now() + timedelta(minutes=5), lambda *_: True
    )
    return kept.id


def booked(
    desk: DeskInProcess,
    start: datetime,
    contact_id: UUID | None = None,
    by: By = "patient",
    practitioner: str = "bianchi",
) -> Appointment:
    """Book a visit now."""
    hold_id = held(desk, start, contact_id or contact_of(desk), practitioner)
    return diary_of(desk).book(hold_id, Visitor(None, "Anna"), uuid4(), by=by)


def moved(desk: DeskInProcess, visit: Appointment, start: datetime, by: By = "staff") -> Appointment:
    """Move a visit."""
    contact_id = visit.contact_id or contact_of(desk)
    return diary_of(desk).move(visit.id, held(desk, start, contact_id, visit.practitioner), uuid4(), by=by)
