"""The rows of a live desk, written down at a release, so that the next one can be tried on them.

At each release: `python -m tests.releases > tests/data/release-REVISION.json`, and commit the file with it. Everybody in it
is invented; the keys are those of the tests.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Boolean, Connection, Float, Integer, LargeBinary, String, Uuid, column, insert, select, table

from bot.ports import Remedy, SendError
from bot.store import schema, tables
from tests import desks
from tests.desks import ANNA, DeskInProcess

RELEASES = Path(__file__).parent / "data"
MIGRATIONS = schema.FOLDER / "versions"
KEYS = {
    "WHATSAPP_ACCESS_TOKEN": "EAAtest0token0of0nobody",
    "WHATSAPP_APP_SECRET": "0123456789abcdef0123456789abcdef",
    "WHATSAPP_VERIFY_TOKEN": "a-word-of-the-tests",
    "WHATSAPP_PHONE_NUMBER_ID": "106540352242922",
    "WHATSAPP_BUSINESS_ACCOUNT_ID": "102290129340398",
    "WHATSAPP_GRAPH_URL": "http://127.0.0.1:9",
    "REDIS_URL": "redis://127.0.0.1:9/0",
    "FIELD_KEYS": "k1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    "HASH_KEY": "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=",
    "SECRET_KEY": "tests-only-0123456789-abcdefghijklmnop",
    "CLINIC_FILE": str(Path(__file__).parent.parent / "clinic.example.yaml"),
    "PUBLIC_URL": "https://desk.example.org",
}
CALM, WAITING, TALKING, HELD, CUT_OFF, URGENT = (f"39333000010{number}" for number in range(6))


@dataclass(frozen=True, slots=True)
class Release:
    """What was in the database at a release, in an order in which it can be put back."""

    revision: str
    migrations: Mapping[str, str]  # file -> SHA-256: what was published is never changed
    rows: Mapping[str, Sequence[Mapping[str, Any]]]

    def insert(self, connection: Connection) -> None:
        """Put every row back, naming only what the release knew."""
        for name, rows in self.rows.items():
            for row in rows:
                values = {key: _value(told) for key, told in row.items()}
                columns = [column(key, _type(told)) for key, told in row.items()]
                connection.execute(insert(table(name, *columns)).values(**values))


def releases() -> tuple[Release, ...]:
    """Return every release that was written down, oldest first."""
    return tuple(Release(**json.loads(path.read_text("utf-8"))) for path in sorted(RELEASES.glob("release-*.json")))


# ------------------------------------------------------------------------------------------------------------ writing down


def live(desk: DeskInProcess) -> None:
    """Have people in every state a conversation can be in."""
    desk.patient(CALM, name="Anna Prova").writes("ciao")
    for number, name in ((WAITING, "Bruno Prova"), (TALKING, "Carla Prova")):
        person = desk.patient(number, name=name)
        person.writes("vorrei parlare con una persona")
        person.writes("1")  # the first team on offer
    newest = max(desk.built.lanes.queue_entries(), key=lambda entry: entry.id)
    desk.desk.claim(newest.conversation_id, ANNA)
    desk.desk.say(newest.conversation_id, ANNA, "Buongiorno, mi dica.")
    desk.patient(URGENT, name="Dario Prova").writes("dolore al petto, non respiro")
    desk.whatsapp.answers.append(SendError(Remedy.RETRY, 131016, wait_s=60.0))
    desk.patient(HELD, name="Elena Prova").writes("ciao")
    desk.pool.held = []
    desk.patient(CUT_OFF, name="Fabio Prova").writes("ciao")  # decided, its row claimed; then the web process is gone


def written(desk: DeskInProcess) -> dict[str, Any]:
    """Return everything in a desk's database."""
    with desk.built.database.look() as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
        rows = {
            known.name: [
                {key: _told(value) for key, value in row.items() if value is not None}
                for row in connection.execute(select(known)).mappings()
            ]
            for known in tables.metadata.sorted_tables
        }
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(MIGRATIONS.glob("*.py"))}
    return {"revision": revision, "migrations": files, "rows": rows}


def _told(value: Any) -> Any:
    match value:
        case UUID():
            return {"uuid": str(value)}
        case datetime():
            return {"at": value.astimezone(UTC).isoformat()}
        case bytes():
            return {"bytes": b64encode(value).decode()}
        case _:
            return value


def _value(told: Any) -> Any:
    match told:
        case {"uuid": str(value)}:
            return UUID(value)
        case {"at": str(value)}:
            return datetime.fromisoformat(value)
        case {"bytes": str(value)}:
            return b64decode(value)
        case _:
            return told


def _type(told: Any) -> Any:
    match told:
        case {"uuid": _}:
            return Uuid()
        case {"at": _}:
            return tables.Instant()
        case {"bytes": _}:
            return LargeBinary()
        case bool():
            return Boolean()
        case int():
            return Integer()
        case float():
            return Float()
        case _:
            return String()


def main() -> None:
    """Write down a desk of the code as it stands."""
    desks._count = count(10**6)  # whoever goes on from here counts from 1: the ids must not meet
    with tempfile.TemporaryDirectory() as folder:
        desk = DeskInProcess(KEYS | {"DATABASE_URL": f"sqlite:///{folder}/desk.sqlite"})
        live(desk)
        sys.stdout.write(json.dumps(written(desk), indent=1) + "\n")
        desk.close()


if __name__ == "__main__":
    main()
