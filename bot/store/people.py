"""Contacts: found by keyed hashes of user id and phone number, never by name; made, re-keyed, never merged."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, or_, select, update
from uuid_utils.compat import uuid7

from bot.model import Contact, IdentityChange
from bot.store import contents, tables
from bot.store.backing import Backing
from bot.store.sealed import SealBroken, Seals
from menus.answers import fold

k = tables.contact.c


def read(seals: Seals, row: Row[Any]) -> Contact:
    """Read the contact of a locked conversation."""
    return contents.person_from_json(seals.open(row.person_sealed, "contact", "person_sealed", row.contact_id))


def read_or_nobody(seals: Seals, row: Row[Any]) -> Contact:
    """Read the contact; nobody if no key opens it any more: their ids come with their next message."""
    try:
        return read(seals, row)
    except SealBroken:
        return Contact()


def hashes(seals: Seals, contact: Contact) -> tuple[bytes | None, bytes | None]:
    """Return the hashes of the user id and of the phone number; None where there is none."""
    return (
        seals.digest("user_id", contact.user_id) if contact.user_id else None,
        seals.digest("wa_id", contact.wa_id) if contact.wa_id else None,
    )


def name_hash(seals: Seals, name: str | None) -> bytes | None:
    """Return the hash by which staff find a whole name, in whichever order its words, accents and capitals are written."""
    words = sorted(fold(name).split()) if name else []
    return seals.digest("name", " ".join(words)) if words else None


def index_names(backing: Backing, page: int = 200) -> int:
    """Give contacts of before the search by name their hash; return how many. Whoever writes meanwhile has one already."""
    done, last = 0, UUID(int=0)
    while True:
        unnamed = select(k.id, k.person_sealed).where(k.id > last, k.name_hash.is_(None), k.erased_at.is_(None))
        with backing.database.begin() as connection:
            rows = connection.execute(unnamed.order_by(k.id).limit(page).with_for_update()).all()
            done += sum(_index_name(backing, connection, row.id, row.person_sealed) for row in rows)
        if not rows:
            return done
        last = rows[-1].id


def _index_name(backing: Backing, connection: Connection, contact_id: UUID, sealed: bytes) -> bool:
    try:
        person = contents.person_from_json(backing.seals.open(sealed, "contact", "person_sealed", contact_id))
    except SealBroken:
        return False
    hashed = name_hash(backing.seals, person.profile_name)
    if hashed is not None:
        connection.execute(update(tables.contact).where(k.id == contact_id).values(name_hash=hashed))
    return hashed is not None


def matches(phone_number_id: str, user: bytes | None, phone: bytes | None) -> Any:
    """Return the condition that finds a contact of one of our numbers by either id."""
    ids = [column == value for column, value in ((k.user_id_hash, user), (k.wa_id_hash, phone)) if value is not None]
    return (k.phone_number_id == phone_number_id) & or_(*ids)


def insert(backing: Backing, connection: Connection, phone_number_id: str, contact: Contact) -> UUID | None:
    """Insert a contact; None if another process meanwhile inserted one with an id of theirs."""
    row = uuid7()
    user, phone = hashes(backing.seals, contact)
    new: UUID | None = connection.execute(
        backing.database.insert(tables.contact)
        .values(
            id=row,
            phone_number_id=phone_number_id,
            user_id_hash=user,
            wa_id_hash=phone,
            name_hash=name_hash(backing.seals, contact.profile_name),
            person_sealed=_seal(backing.seals, row, contact),
            created_at=backing.now(),
        )
        .on_conflict_do_nothing()
        .returning(k.id)
    ).scalar()
    return new


def belongs(row: Row[Any], user: bytes | None, sent_at: datetime) -> bool:
    """Tell whether a contact found may be the one who writes: a phone number with another user id is another person.

    Numbers are recycled, user ids are not: the user id decides wherever both are known. A user id is learnt for a known
    number from news only.
    """
    if user is None or row.user_id_hash == user:
        return True
    return row.user_id_hash is None and is_news(row, sent_at)


def is_news(row: Row[Any], sent_at: datetime) -> bool:
    """Tell whether a message is no older than what its conversation heard last; an old one repeated changes nobody's ids."""
    return row.last_inbound_at is None or sent_at >= row.last_inbound_at


def release_phone(backing: Backing, connection: Connection, row: Row[Any]) -> None:
    """Take a phone number off the contact that had it: somebody else writes from it now."""
    person = replace(read(backing.seals, row), wa_id=None)
    values = {"wa_id_hash": None, "person_sealed": _seal(backing.seals, row.contact_id, person)}
    connection.execute(update(tables.contact).where(k.id == row.contact_id).values(values))


def learn(backing: Backing, connection: Connection, contact_id: UUID, known: Contact, seen: Contact) -> Contact:
    """Keep what a message tells anew (a phone number, a name) and return the contact as it is now known."""
    merged = Contact(
        seen.user_id or known.user_id,
        seen.wa_id or known.wa_id,
        seen.profile_name or known.profile_name,
        seen.username or known.username,
        seen.parent_user_id or known.parent_user_id,
    )
    if merged != known:
        _write(backing, connection, contact_id, merged)
    return merged


def rekey(
    backing: Backing, connection: Connection, contact_id: UUID, known: Contact, change: IdentityChange
) -> Contact:
    """Give a contact the ids WhatsApp says it has now; ids another contact already has stay with that one."""
    current = replace(known, user_id=change.current.user_id or known.user_id, wa_id=change.current.wa_id or known.wa_id)
    if current.wa_id == known.wa_id and current.user_id == known.user_id:
        _write(backing, connection, contact_id, known, changed_at=backing.now())
        return known
    number = connection.execute(select(k.phone_number_id).where(k.id == contact_id)).scalar_one()
    same = matches(number, *hashes(backing.seals, current))
    is_taken = connection.execute(select(k.id).where(same, k.id != contact_id)).first() is not None
    current = known if is_taken else current
    _write(backing, connection, contact_id, current, changed_at=backing.now())
    return current


def stopped(connection: Connection, contact_id: UUID) -> frozenset[str]:
    """Return the purposes a person does not want to be written to for."""
    s = tables.stop.c
    return frozenset(connection.execute(select(s.purpose).where(s.contact_id == contact_id)).scalars())


def stop(backing: Backing, connection: Connection, contact_id: UUID, purpose: str) -> bool:
    """Note a stop; False if it was noted before."""
    row = backing.database.insert(tables.stop).values(
        id=uuid7(), contact_id=contact_id, purpose=purpose, at=backing.now()
    )
    return connection.execute(row.on_conflict_do_nothing().returning(tables.stop.c.id)).first() is not None


def resume(connection: Connection, contact_id: UUID, purpose: str) -> bool:
    """Take a stop back; False if there was none."""
    s = tables.stop.c
    return connection.execute(delete(tables.stop).where(s.contact_id == contact_id, s.purpose == purpose)).rowcount > 0


def _write(backing: Backing, connection: Connection, contact_id: UUID, contact: Contact, **more: Any) -> None:
    user, phone = hashes(backing.seals, contact)
    values = {
        "user_id_hash": user,
        "wa_id_hash": phone,
        "name_hash": name_hash(backing.seals, contact.profile_name),
        "person_sealed": _seal(backing.seals, contact_id, contact),
        **more,
    }
    connection.execute(update(tables.contact).where(k.id == contact_id).values(values))


def _seal(seals: Seals, row: UUID, contact: Contact) -> bytes:
    return seals.seal(contents.person_to_json(contact), "contact", "person_sealed", row)
