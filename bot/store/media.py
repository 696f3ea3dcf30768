"""Files people sent: which are to be fetched, their content (sealed), and their end after a few days."""

from __future__ import annotations

import json
from uuid import UUID

from sqlalchemy import Connection, select, update
from uuid_utils.compat import uuid7

from bot.ports import LeasedFile, OpenedFile
from bot.store import contents, tables
from bot.store.backing import Backing
from bot.store.sealed import EMPTIED

d, m = tables.media.c, tables.message.c
FIRST_S = 5.0  # whoever opened it has rung; if nobody came, the sweep finds it
FETCH_S = 60.0  # how long one attempt is left alone
GIVE_UP = 5  # attempts


class SqlMedia:
    """See `bot.ports.MediaStore`."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing

    def lease(self, file_id: UUID) -> LeasedFile | None:
        """Lease a file to fetch it now, by one UPDATE; None if it has been fetched, or another process does it."""
        database = self._backing.database
        statement = (
            update(tables.media)
            .where(d.id == file_id, d.state == "waiting", (d.attempts == 0) | (d.leased_until < database.time()))
            .values(attempts=d.attempts + 1, leased_until=database.time(FETCH_S))
            .returning(d.message_id, d.phone_number_id, d.attempts)
        )
        with database.begin() as connection:
            row = connection.execute(statement).first()
            return None if row is None else self._leased(connection, file_id, *row)

    def _leased(
        self, connection: Connection, file_id: UUID, message_id: UUID, number: str, attempts: int
    ) -> LeasedFile | None:
        sealed = connection.execute(select(m.content_sealed).where(m.id == message_id)).scalar_one()
        media = None
        if sealed != EMPTIED:
            media = contents.media_from(
                json.loads(self._backing.seals.open(sealed, "message", "content_sealed", message_id))
            )
        if media is None:  # taken back by its sender, or too old
            connection.execute(update(tables.media).where(d.id == file_id).values(state="refused", why="gone"))
            return None
        return LeasedFile(file_id, message_id, number, media, is_last=attempts >= GIVE_UP)

    def keep(self, file_id: UUID, mime: str, content: bytes) -> bool:
        """Seal a fetched file; False if it is not awaited any more."""
        sealed = self._backing.seals.seal_bytes(content, "media", "content_sealed", file_id)
        values = {"state": "fetched", "mime": mime[:100], "size": len(content), "content_sealed": sealed}
        return self._settle(file_id, values)

    def refuse(self, file_id: UUID, why: str) -> bool:
        """Note that a file will not be fetched, and why."""
        return self._settle(file_id, {"state": "refused", "why": why[:20]})

    def _settle(self, file_id: UUID, values: dict[str, object]) -> bool:
        statement = update(tables.media).where(d.id == file_id, d.state == "waiting").values(values)
        with self._backing.database.begin() as connection:
            return connection.execute(statement).rowcount > 0

    def get(self, message_id: UUID) -> OpenedFile | None:
        """Open the file of a message; None if there is none (any more), or it is not fetched."""
        statement = select(d.id, d.mime, d.content_sealed).where(d.message_id == message_id, d.state == "fetched")
        with self._backing.database.look() as connection:
            row = connection.execute(statement).first()
        if row is None:
            return None
        return OpenedFile(
            self._backing.seals.open_bytes(row.content_sealed, "media", "content_sealed", row.id), row.mime
        )

    def due(self) -> tuple[UUID, ...]:
        """Return the files nobody fetches, whose lease has ended."""
        statement = select(d.id).where(d.state == "waiting", d.leased_until < self._backing.database.time()).limit(20)
        with self._backing.database.look() as connection:
            return tuple(connection.execute(statement).scalars())


def insert(
    backing: Backing, connection: Connection, phone_number_id: str, conversation_id: UUID, message_id: UUID
) -> UUID:
    """Note that a message's file is to be fetched, once; return its id."""
    row = uuid7()
    connection.execute(
        backing.database.insert(tables.media)
        .values(
            id=row,
            phone_number_id=phone_number_id,
            message_id=message_id,
            conversation_id=conversation_id,
            state="waiting",
            attempts=0,
            leased_until=backing.database.time(FIRST_S),
            created_at=backing.now(),
        )
        .on_conflict_do_nothing()
    )
    found: UUID = connection.execute(select(d.id).where(d.message_id == message_id)).scalar_one()
    return found
