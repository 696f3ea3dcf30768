"""What the audit says and what proves it: its rows as an auditor reads them, the chain of seals, and what a check of it found.

A seal binds the rows of a second to everything before them (`docs/decisions/0030`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

# What a run of retention notes before it deletes: by it a check tells what age took from what somebody took.
RETENTION_BEGUN = "retention_begun"
AUDIT_DAYS = "audit_days"
STAFF = "staff:"  # before the id of a member, as `bot.staff.Member.actor` writes it

READ, TAKEN = "read_audit", "export_audit"  # what reading the audit leaves in it


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the audit. `subject` is (table, id); None where it is about no row."""

    id: UUID
    at: datetime
    actor: str
    action: str
    subject: tuple[str, UUID] | None
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows are asked for. None: all. `not_staff`: what machines, commands and strangers did."""

    actor: str | None = None
    not_staff: bool = False
    action: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A seal as it is noted elsewhere. `is_hourly`: the first one of its hour, or the first of all."""

    number: int
    at: datetime
    hash: str
    is_hourly: bool = False


class Break(StrEnum):
    """What can be wrong with the chain."""

    ROW_ALTERED = "row_altered"
    ROW_MISSING = "row_missing"
    ROW_UNSEALED = "row_unsealed"  # neither sealed nor waiting for it: somebody took its seal away
    SEAL_ALTERED = "seal_altered"
    SEAL_MISSING = "seal_missing"
    LINK_BROKEN = "link_broken"
    ANCHOR_MISSING = (
        "anchor_missing"  # a hash noted elsewhere is not in the chain: its end was cut off, or all of it made anew
    )


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing that is wrong: in which seal, since when, which row of the audit."""

    kind: Break
    seal: int | None = None
    at: datetime | None = None
    row: UUID | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found. `upto`: the last seal that is whole. `gone`: rows deleted by age. `waiting`: not sealed yet."""

    upto: Mark | None
    seals: int
    rows: int
    gone: int
    waiting: int
    fault: Fault | None = None


class Trail(Protocol):
    """The audit, to be read. Raise StoreUnavailable."""

    def page(self, asked: Asked, after: UUID | None, limit: int) -> tuple[Entry, ...]:
        """Return rows, newest first; `after` is the last row of the page before."""
        ...


class Chain(Protocol):
    """The seals. Raise StoreUnavailable."""

    def has_new(self) -> bool:
        """Tell whether a row waits to be sealed."""
        ...

    def seal(self) -> Mark | None:
        """Seal what waits; None if nothing does, or another process was faster."""
        ...

    def check(self, anchor: str | None = None, last: int | None = None) -> Checked:
        """Check the chain from its beginning, or its `last` seals only; `anchor` is a hash noted elsewhere."""
        ...
