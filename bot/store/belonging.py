"""Whether what a database holds was written by a desk with these keys: asked before anything is changed in it."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, select

from bot.store import tables
from bot.store.database import Database
from bot.store.sealed import EMPTIED, SealBroken, Seals

LOOKED_AT = 20
c = tables.contact.c


def is_ours(database: Database, seals: Seals, phone_number_id: str) -> bool:
    """Tell whether a database is empty, or its contacts are this number's and open with these keys.

    Tables without any of ours belong to another program. Raise StoreUnavailable.
    """
    with database.look() as connection:
        names = set(inspect(connection).get_table_names())
        if "contact" not in names:
            return names <= {"alembic_version"}
        return _are_ours(connection, seals, phone_number_id)


def _are_ours(connection: Connection, seals: Seals, phone_number_id: str) -> bool:
    if connection.execute(select(c.id).where(c.phone_number_id != phone_number_id).limit(1)).first() is not None:
        return False
    sealed = select(c.id, c.person_sealed).where(c.person_sealed != EMPTIED).limit(LOOKED_AT)
    try:
        for row in connection.execute(sealed):
            seals.open(row.person_sealed, "contact", "person_sealed", row.id)
    except SealBroken:
        return False
    return True
