"""Everything a desk has stored, opened and readable, row by row: what a search for somebody goes through."""

from __future__ import annotations

import zlib
from typing import Any

import redis
from sqlalchemy import Table, select

from bot.store import tables
from tests.desks import DeskInProcess

RUNNING = ("heartbeat", "lease", "audit", "audit_seal", "audit_sealed", "audit_unsealed")


def dump(desk: DeskInProcess) -> dict[str, str]:
    """Return every row that is not of the running processes or the audit: `table id` and all it says, opened."""
    kept = [table for table in tables.metadata.sorted_tables if table.name not in RUNNING]
    return {f"{table.name} {row[0]}": _opened(desk, table, row._mapping) for table in kept for row in desk.rows(table)}


def audited(desk: DeskInProcess) -> list[Any]:
    """Return the rows of the audit, oldest first."""
    with desk.built.database.begin() as connection:
        return list(connection.execute(select(tables.audit).order_by(tables.audit.c.id)).all())


def _opened(desk: DeskInProcess, table: Table, row: Any) -> str:
    return "; ".join(f"{name}={_shown(desk, table.name, name, row)}" for name in row)


def _shown(desk: DeskInProcess, table: str, column: str, row: Any) -> str:
    value = row[column]
    if column.endswith("_sealed") and value:
        return desk.built.seals.open(value, table, column, row["id"])
    return value.hex() if isinstance(value, bytes) else str(value)


def redis_dump(url: str) -> str:
    """Return everything Redis holds."""
    client = redis.Redis.from_url(url)
    found = {key: _value(client, key) for key in client.scan_iter("*")}
    client.close()
    return repr(found)


def _inflated(value: bytes) -> bytes:
    """Return what RQ has compressed as it was."""
    try:
        return zlib.decompress(value)
    except zlib.error:
        return value


def _value(client: redis.Redis, key: bytes) -> Any:
    match client.type(key):
        case b"string":
            return client.get(key)
        case b"hash":
            return {field: _inflated(value) for field, value in client.hgetall(key).items()}
        case b"list":
            return client.lrange(key, 0, -1)
        case b"set":
            return client.smembers(key)
        case b"zset":
            return client.zrange(key, 0, -1, withscores=True)
        case b"stream":
            return client.xrange(key)
    raise AssertionError(f"an unknown kind of key: {key!r}")
