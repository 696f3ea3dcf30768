"""The audit's hash chain: what is new is sealed each second; a check finds what was altered, taken or slipped in since.

A seal is a keyed hash over the seal before it and the hashes of its rows. Nobody waits for it: writers only insert, and a
trigger puts each new row on the list of those that wait, so that one committed late is sealed late.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, exists, func, insert, not_, select
from uuid_utils.compat import uuid7

from bot.store import tables
from bot.store.backing import Backing
from bot.trail import AUDIT_DAYS, RETENTION_BEGUN, Break, Checked, Fault, Mark

ROWS = 500  # of one seal: more wait a second
PAGE = 200  # seals a check reads at a time
LOOKED = 5000  # rows it looks through at a time for one that nobody sealed
NOTHING = b""  # what the first seal has before it
Place = tuple[UUID, datetime, bytes]  # a row's place in its seal: its id, when, its hash

a, s = tables.audit.c, tables.audit_seal.c
p, w = tables.audit_sealed.c, tables.audit_unsealed.c


@dataclass(frozen=True, slots=True)
class _Tally:
    """What a check has seen so far; `previous` is the last seal that was whole."""

    previous: Row[Any] | None = None
    seals: int = 0
    rows: int = 0
    gone: int = 0

    def plus(self, seal: Row[Any], rows: Sequence[Row[Any]]) -> _Tally:
        """Return the tally with one more seal."""
        gone = sum(row.id is None for row in rows)
        return _Tally(seal, self.seals + 1, self.rows + len(rows), self.gone + gone)


class SqlChain:
    """See `bot.trail.Chain`."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing

    def has_new(self) -> bool:
        """Look for one row that waits."""
        with self._backing.database.look() as connection:
            return connection.execute(select(w.audit_id).limit(1)).first() is not None

    # --------------------------------------------------------------------------------------------------------- sealing

    def seal(self) -> Mark | None:
        """Seal in one transaction. The seal's number decides between two processes: the second has done nothing."""
        waiting = select(tables.audit).join(tables.audit_unsealed, w.audit_id == a.id).order_by(a.id).limit(ROWS)
        with self._backing.database.begin() as connection:
            head = _head(connection)  # before the rows: whoever sees an old head may see old rows
            rows = connection.execute(waiting).all()
            if not rows:
                return None
            values = self._next(head, rows)
            if not self._insert(connection, values):
                return None
            self._place(connection, values["id"], rows)
        is_hourly = head is None or _hour(head.sealed_at) != _hour(values["sealed_at"])
        return Mark(values["number"], values["sealed_at"], values["seal_hash"].hex(), is_hourly)

    def _next(self, head: Row[Any] | None, rows: Sequence[Row[Any]]) -> dict[str, Any]:
        now = self._backing.now()
        values = {
            "id": uuid7(),
            "number": head.number + 1 if head else 1,
            "sealed_at": max(now, head.sealed_at) if head else now,  # never back, so that age takes the oldest first
            "previous_at": head.sealed_at if head else None,
            "previous_hash": head.seal_hash if head else NOTHING,
        }
        return {**values, "seal_hash": self._seal_hash(values, [(row.id, row.at, self._row_hash(row)) for row in rows])}

    def _insert(self, connection: Connection, values: Mapping[str, Any]) -> bool:
        statement = self._backing.database.insert(tables.audit_seal).values(values)
        once = statement.on_conflict_do_nothing(index_elements=["number"]).returning(s.id)
        return connection.execute(once).first() is not None

    def _place(self, connection: Connection, seal_id: UUID, rows: Sequence[Row[Any]]) -> None:
        places = [
            {"audit_id": row.id, "seal_id": seal_id, "at": row.at, "row_hash": self._row_hash(row)} for row in rows
        ]
        connection.execute(insert(tables.audit_sealed), places)
        connection.execute(delete(tables.audit_unsealed).where(w.audit_id.in_([row.id for row in rows])))

    def _row_hash(self, row: Row[Any]) -> bytes:
        subject = [row.subject_table, row.subject_id and str(row.subject_id)]
        return self._hash("audit", [str(row.id), row.at.isoformat(), row.actor, row.action, *subject, row.counts])

    def _seal_hash(self, seal: Mapping[str, Any], places: Sequence[Place]) -> bytes:
        before = seal["previous_at"].isoformat() if seal["previous_at"] else None
        rows = [[str(row), at.isoformat(), digest.hex()] for row, at, digest in sorted(places)]
        told = [seal["number"], seal["sealed_at"].isoformat(), before, seal["previous_hash"].hex(), rows]
        return self._hash("audit_seal", told)

    def _hash(self, kind: str, told: Sequence[object]) -> bytes:
        return self._backing.seals.digest(kind, json.dumps(told, separators=(",", ":"), ensure_ascii=False))

    # -------------------------------------------------------------------------------------------------------- checking

    def check(self, anchor: str | None = None, last: int | None = None) -> Checked:
        """Read page by page, holding nothing; what age takes meanwhile is no fault."""
        with self._backing.database.look() as connection:
            return self._check(connection, anchor, last)

    def _check(self, connection: Connection, anchor: str | None, last: int | None) -> Checked:
        tally, is_known = _Tally(), False
        head = _head(connection)
        start = max(0, head.number - last) if head is not None and last is not None else 0
        for seal, rows in _walked(connection, start):
            fault = self._judged(connection, seal, rows, tally.previous, is_first=start > 0 and not tally.seals)
            if fault is not None:
                return _checked(connection, tally, fault)
            tally, is_known = tally.plus(seal, rows), is_known or seal.seal_hash.hex() == anchor
        if anchor is not None and not is_known:
            return _checked(connection, tally, Fault(Break.ANCHOR_MISSING))
        return _checked(connection, tally, None if last is not None else _unsealed(connection))

    def _judged(
        self,
        connection: Connection,
        seal: Row[Any],
        rows: Sequence[Row[Any]],
        previous: Row[Any] | None,
        is_first: bool,
    ) -> Fault | None:
        """Return what is wrong with a seal; only then it is asked what age has taken by now."""
        fault = self._judge(seal, rows, previous, is_first, None)
        if fault is None:
            return None
        return self._judge(seal, rows, previous, is_first, _taken_before(connection))

    def _judge(
        self,
        seal: Row[Any],
        rows: Sequence[Row[Any]],
        previous: Row[Any] | None,
        is_first: bool,
        taken_before: datetime | None,
    ) -> Fault | None:
        """Judge a seal, its link and its rows. What is older than `taken_before` may have been taken by age."""

        def is_taken(at: datetime | None) -> bool:
            return at is not None and taken_before is not None and at < taken_before

        if is_taken(seal.sealed_at):
            return None
        places = [(row.audit_id, row.row_at, row.row_hash) for row in rows]
        if self._seal_hash(seal._asdict(), places) != seal.seal_hash:
            return Fault(Break.SEAL_ALTERED, seal.number, seal.sealed_at)
        if not is_first and seal.number != (previous.number + 1 if previous else 1):
            if not is_taken(seal.previous_at):
                return Fault(Break.SEAL_MISSING, seal.number - 1, seal.previous_at)
        elif previous is not None and seal.previous_hash != previous.seal_hash:
            return Fault(Break.LINK_BROKEN, seal.number, seal.sealed_at)
        for row in rows:
            if row.id is None and not is_taken(row.row_at):
                return Fault(Break.ROW_MISSING, seal.number, row.row_at, row.audit_id)
            if row.id is not None and self._row_hash(row) != row.row_hash:
                return Fault(Break.ROW_ALTERED, seal.number, row.row_at, row.audit_id)
        return None


def _head(connection: Connection) -> Row[Any] | None:
    return connection.execute(select(tables.audit_seal).order_by(s.number.desc()).limit(1)).first()


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _walked(connection: Connection, after: int) -> Iterator[tuple[Row[Any], Sequence[Row[Any]]]]:
    """Return the seals in order, each with its places and, where they still are, the rows themselves."""
    while True:
        page = select(tables.audit_seal).where(s.number > after).order_by(s.number).limit(PAGE)
        seals = connection.execute(page).all()
        if not seals:
            return
        rows: dict[UUID, list[Row[Any]]] = {seal.id: [] for seal in seals}
        for row in connection.execute(_places(list(rows))):
            rows[row.seal_id].append(row)
        yield from ((seal, rows[seal.id]) for seal in seals)
        after = seals[-1].number


def _places(seals: Sequence[UUID]) -> Any:
    both = tables.audit_sealed.outerjoin(tables.audit, a.id == p.audit_id)
    columns = (p.audit_id, p.seal_id, p.at.label("row_at"), p.row_hash, *tables.audit.columns)
    return select(*columns).select_from(both).where(p.seal_id.in_(seals)).order_by(p.audit_id)


def _taken_before(connection: Connection) -> datetime | None:
    """Return before which moment retention has been deleting from the audit, by what its runs have noted."""
    runs = connection.execute(select(a.at, a.counts).where(a.action == RETENTION_BEGUN)).all()
    days = ((row.at, json.loads(row.counts).get(AUDIT_DAYS)) for row in runs)
    return max((at - timedelta(days=kept) for at, kept in days if kept is not None), default=None)


def _unsealed(connection: Connection) -> Fault | None:
    """Return the first row that is neither sealed nor waiting for it."""
    is_known = exists().where(p.audit_id == a.id) | exists().where(w.audit_id == a.id)
    after = UUID(int=0)
    while True:
        page = select(a.id).where(a.id > after).order_by(a.id).limit(LOOKED).subquery()
        stray = select(a.id, a.at).where(a.id.in_(select(page.c.id)), not_(is_known)).order_by(a.id).limit(1)
        row = connection.execute(stray).first()
        if row is not None:
            return Fault(Break.ROW_UNSEALED, None, row.at, row.id)
        newest = connection.execute(select(page.c.id).order_by(page.c.id.desc()).limit(1)).scalar()
        if newest is None:
            return None
        after = newest


def _checked(connection: Connection, tally: _Tally, fault: Fault | None) -> Checked:
    waiting = connection.execute(select(func.count()).select_from(tables.audit_unsealed)).scalar_one()
    last = tally.previous
    upto = None if last is None else Mark(last.number, last.sealed_at, last.seal_hash.hex())
    return Checked(upto, tally.seals, tally.rows, tally.gone, waiting, fault)
