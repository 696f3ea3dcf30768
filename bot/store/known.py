"""The people known behind one phone: first name and birth date, sealed; the same person once, found by a keyed hash."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, select, update
from uuid_utils.compat import uuid7

from bot.agenda import Patient
from bot.store import tables
from bot.store.backing import Backing
from bot.store.known_tables import person_known
from bot.store.sealed import SealBroken, Seals
from menus.answers import fold

MOST = 9  # beside "somebody else", what one list of WhatsApp shows; whoever was not booked for longest makes room

k = person_known.c


class SqlPeople:
    """See `bot.agenda.People`."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing

    def of(self, contact_id: UUID) -> tuple[Patient, ...]:
        """Return who is known, whoever was last booked for first; what no key opens any more is nobody."""
        with self._backing.database.look() as connection:
            rows = connection.execute(_newest(contact_id)).all()
        return tuple(patient for row in rows if (patient := self._read(row)) is not None)

    def remember(self, contact_id: UUID, patient: Patient) -> None:
        """Keep somebody, once; whoever was erased meanwhile stays forgotten."""
        contact = select(tables.contact.c.erased_at).where(tables.contact.c.id == contact_id)
        with self._backing.database.begin() as connection:
            found = connection.execute(contact.with_for_update(read=True)).first()
            if found is None or found.erased_at is not None:
                return
            hashed = self._hash(contact_id, patient)
            if not self._again(connection, contact_id, hashed, patient):
                self._insert(connection, contact_id, hashed, patient)
            self._make_room(connection, contact_id)

    def forget(self, contact_id: UUID, patient: Patient | None = None) -> int:
        """Forget somebody, or everybody."""
        statement = delete(person_known).where(k.contact_id == contact_id)
        if patient is not None:
            statement = statement.where(k.person_hash == self._hash(contact_id, patient))
        with self._backing.database.begin() as connection:
            return connection.execute(statement).rowcount

    def _again(self, connection: Connection, contact_id: UUID, hashed: bytes, patient: Patient) -> bool:
        """Note that somebody known was booked for again; False if they were not known."""
        known = select(k.id).where(k.contact_id == contact_id, k.person_hash == hashed).with_for_update()
        row: UUID | None = connection.execute(known).scalar()
        if row is None:
            return False
        values = {"person_sealed": self._seal(row, patient), "last_at": self._backing.now()}
        connection.execute(update(person_known).where(k.id == row).values(values))
        return True

    def _insert(self, connection: Connection, contact_id: UUID, hashed: bytes, patient: Patient) -> None:
        row, now = uuid7(), self._backing.now()
        values = {"id": row, "contact_id": contact_id, "person_hash": hashed, "created_at": now, "last_at": now}
        new = self._backing.database.insert(person_known).values(**values, person_sealed=self._seal(row, patient))
        connection.execute(new.on_conflict_do_nothing())  # another process was as quick: it is the same person

    def _make_room(self, connection: Connection, contact_id: UUID) -> None:
        kept = connection.execute(_newest(contact_id).with_only_columns(k.id)).scalars().all()
        connection.execute(delete(person_known).where(k.contact_id == contact_id, k.id.notin_(kept)))

    def _hash(self, contact_id: UUID, patient: Patient) -> bytes:
        birth = patient.birth_date.isoformat() if patient.birth_date else ""
        return self._backing.seals.digest("person_known", f"{contact_id}\x00{fold(patient.first_name)}\x00{birth}")

    def _seal(self, row: UUID, patient: Patient) -> bytes:
        birth = patient.birth_date.isoformat() if patient.birth_date else None
        told = json.dumps([patient.id, patient.first_name, birth], ensure_ascii=False)
        return self._backing.seals.seal(told, "person_known", "person_sealed", row)

    def _read(self, row: Row[Any]) -> Patient | None:
        try:
            return read(self._backing.seals, row)
        except SealBroken:
            return None


def _newest(contact_id: UUID) -> Any:
    known = select(person_known).where(k.contact_id == contact_id)
    return known.order_by(k.last_at.desc(), k.id.desc()).limit(MOST)


def read(seals: Seals, row: Row[Any]) -> Patient:
    """Read one row. Raise SealBroken."""
    told = json.loads(seals.open(row.person_sealed, "person_known", "person_sealed", row.id))
    return Patient(told[0], told[1], date.fromisoformat(told[2]) if told[2] else None)


def forget_unproven(connection: Connection, contact_id: UUID) -> None:
    """Forget whom a contact booked for: their number or user id changed, and somebody else may hold the phone now."""
    connection.execute(delete(person_known).where(k.contact_id == contact_id))
