"""Encrypting again what an older key wrote, table by table, a page at a time, while the desk works on."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import Table, select, update

from bot.store import tables
from bot.store.database import Database
from bot.store.sealed import Seals

PAGE = 200
SEALED = tuple(
    (table, column.name)
    for table in tables.metadata.sorted_tables
    for column in table.columns
    if column.name.endswith("_sealed")
)


def rotate(database: Database, seals: Seals) -> Mapping[str, int]:
    """Seal every stale value with the key that writes now; return how many, by column. Raise SealBroken."""
    return {f"{table.name}.{column}": _rotate_column(database, seals, table, column) for table, column in SEALED}


def _rotate_column(database: Database, seals: Seals, table: Table, column: str) -> int:
    done, last = 0, UUID(int=0)
    while True:
        page = select(table.c.id).where(table.c.id > last).order_by(table.c.id).limit(PAGE)
        with database.look() as connection:
            ids = connection.execute(page).scalars().all()
        if not ids:
            return done
        done += sum(_rotate_row(database, seals, table, column, row) for row in ids)
        last = ids[-1]


def _rotate_row(database: Database, seals: Seals, table: Table, column: str, row: UUID) -> bool:
    """Seal one value again under its row's lock, so that nothing written meanwhile is lost."""
    with database.begin() as connection:
        sealed = connection.execute(
            select(table.c[column]).where(table.c.id == row).with_for_update()
        ).scalar_one_or_none()
        if sealed is None or not seals.is_stale(sealed):
            return False
        fresh = seals.seal_bytes(seals.open_bytes(sealed, table.name, column, row), table.name, column, row)
        connection.execute(update(table).where(table.c.id == row).values({column: fresh}))
    return True
