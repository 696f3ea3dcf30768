"""Visits that tests book straight in the calendar, as staff or the patient would."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from uuid_utils.compat import uuid7

from bot.agenda import Appointment, By, Slot
from bot.agenda import Patient as Visitor
from bot.model import Contact
from bot.store import SqlDiary, contents, tables
from bot.store.agenda_tables import appointment, appointment_change
from menus.model import Conversation
from tests.desks import NUMBER, DeskInProcess, backing_of


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


def moved(
    desk: DeskInProcess, visit: Appointment, start: datetime, by: By = "staff", practitioner: str | None = None
) -> Appointment:
    """Move a visit."""
    contact_id = visit.contact_id or contact_of(desk)
    hold_id = held(desk, start, contact_id, practitioner or visit.practitioner)
    return diary_of(desk).move(visit.id, hold_id, uuid4(), by=by)


def many_booked(
    desk: DeskInProcess, starts: Sequence[datetime], wrote_at: datetime, first: int = 0, by: By = "patient"
) -> tuple[UUID, ...]:
    """Book a visit for each of many people, who all wrote a while ago; return the visits. In bulk: a flow each takes hours.

    What staff book they book now, patients days ago.
    """
    backing, made = backing_of(desk.built), desk.clock.now() - timedelta(days=0 if by == "staff" else 10)
    ids: list[UUID] = []
    contacts, talks, visits, changes = [], [], [], []
    for number, start in enumerate(starts, first):
        contact, talk, visit = uuid7(), uuid7(), uuid7()
        ids.append(visit)
        wa_id = f"3933{number:08}"
        person = contents.person_to_json(Contact(wa_id=wa_id))
        sealed = backing.seals.seal(person, "contact", "person_sealed", contact)
        hashed = backing.seals.digest("wa_id", wa_id)
        who = {"phone_number_id": NUMBER, "wa_id_hash": hashed, "person_sealed": sealed}
        contacts.append({"id": contact, "created_at": made, **who})
        standing = contents.standing_to_json(Conversation("it"), None, None)
        answers = backing.seals.seal(standing, "conversation", "answers_sealed", talk)
        talks.append(
            {
                **{"id": talk, "contact_id": contact, "phone_number_id": NUMBER, "owner": "bot", "epoch": 0, "turn": 0},
                **{"answers_sealed": answers, "language": "it", "last_inbound_at": wrote_at, "acknowledged": False},
                **{"behind": False, "position": 0, "pair_tokens": 45.0, "pair_at": made, "created_at": made},
            }
        )
        end, whom = start + timedelta(minutes=20), json.dumps([None, "Anna", None])
        for_whom = backing.seals.seal(whom, "appointment", "patient_sealed", visit)
        visits.append(
            {
                **{"id": visit, "contact_id": contact, "state": "booked", "revision": 1, "practitioner": f"p{number}"},
                **{"service": "general_visit", "place": "centro", "starts_at": start, "ends_at": end},
                **{"block_from": start, "block_to": end, "zone": "Europe/Rome", "local_start": "2026-12-01T10:00"},
                **{"code": f"{number:05}", "patient_sealed": for_whom, "created_at": made},
            }
        )
        done = {"id": uuid7(), "appointment_id": visit, "key": uuid7(), "action": "booked", "revision": 1}
        changes.append({**done, "at": made, "by": by})
    with desk.built.database.begin() as connection:
        for table, rows in (
            (tables.contact, contacts),
            (tables.conversation, talks),
            (appointment, visits),
            (appointment_change, changes),
        ):
            connection.execute(table.insert(), rows)
    return tuple(ids)
