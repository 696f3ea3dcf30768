"""How PostgreSQL looks for what a turn asks of it, where it knows least: tables nobody has analysed, plans made once for all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy.dialects.postgresql import asyncpg

from bot.store import lane, outbox
from tests.processes import migrated
from tests.servers import Postgres

NUMBERED = asyncpg.dialect()  # type: ignore[no-untyped-call]  # writes $1, as PREPARE does
PEOPLE = 400
CONTACTS = """
    INSERT INTO contact (id, phone_number_id, user_id_hash, wa_id_hash, person_sealed, created_at)
    SELECT gen_random_uuid(), '1', sha256(('u' || g)::bytea), sha256(('w' || g)::bytea), '', now()
    FROM generate_series(1, %s) g
"""
CONVERSATIONS = """
    INSERT INTO conversation (id, phone_number_id, contact_id, owner, epoch, turn, answers_sealed, language, acknowledged,
        behind, position, pair_tokens, pair_at, created_at)
    SELECT gen_random_uuid(), '1', id, 'bot', 0, 0, decode(repeat('ab', 150), 'hex'), 'it', false,
        false, 0, 45, now(), now()
    FROM contact
"""
FEW_PAGES = 1000  # looking through all contacts once for each conversation reads more than 100,000


@pytest.fixture
def connection(postgres: Postgres) -> Iterator[psycopg.Connection]:
    url = migrated(postgres)
    with psycopg.connect(url, autocommit=True) as made:
        yield made
    postgres.drop(url.rpartition("/")[2])


def test_a_person_is_found_at_once_among_many_before_any_table_was_analysed(connection: psycopg.Connection) -> None:
    connection.execute(CONTACTS.encode(), (PEOPLE,))
    connection.execute(CONVERSATIONS.encode())

    pages = pages_read(connection, lane.BY_IDS, "'1', sha256('u7'), sha256('w7')")

    assert pages < FEW_PAGES


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (lane.NEXT_ROW, {"ix_outbox_unsettled"}),
        (outbox.MORE, {"ix_outbox_unsettled"}),
        (outbox.ROW_BY_WAMID, {"ix_outbox_wamid_hash"}),
        (outbox.ANSWERED, {"pk_message", "ix_message_joined_id"}),
    ],
    ids=["the next row", "whether more wait", "a row by its wamid", "what was answered"],
)
def test_a_plan_made_once_for_all_uses_indexes(
    connection: psycopg.Connection, statement: Any, expected: set[str]
) -> None:
    for setting in ("plan_cache_mode = force_generic_plan", "enable_seqscan = off"):
        connection.execute(f"SET {setting}".encode())

    plan = explained(connection, statement, "", of="EXPLAIN (FORMAT JSON)")

    assert indexes(plan) and indexes(plan) <= expected


def pages_read(connection: psycopg.Connection, statement: Any, values: str) -> int:
    """Execute a statement, and return how many pages of tables and indexes it looked at."""
    plan = explained(connection, statement, values, of="EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON)")
    return int(plan["Shared Hit Blocks"]) + int(plan["Shared Read Blocks"])


def explained(connection: psycopg.Connection, statement: Any, values: str, of: str) -> dict[str, Any]:
    """Prepare a statement and return its plan; without values, with NULL for each."""
    compiled = statement.compile(dialect=NUMBERED)
    sql, count = str(compiled), len(compiled.positiontup or ())
    connection.execute(f"PREPARE asked AS {sql}".encode())
    given = values or ", ".join(["NULL"] * count)
    row = connection.execute((f"{of} EXECUTE asked" + (f" ({given})" if given else "")).encode()).fetchone()
    assert row is not None
    told = row[0] if isinstance(row[0], list) else json.loads(row[0])
    plan: dict[str, Any] = told[0]["Plan"]
    return plan


def indexes(plan: dict[str, Any]) -> set[str]:
    """Return the names of the indexes a plan uses."""
    found = {plan["Index Name"]} if "Index Name" in plan else set()
    return found.union(*(indexes(part) for part in plan.get("Plans", ())))
