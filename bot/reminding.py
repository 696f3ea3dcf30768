"""What the page of reminders shows beside the notices themselves: whom each is about, for those who may see them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from bot.counter import Staff


@dataclass(frozen=True, slots=True)
class Whom:
    """Who a conversation is with: the name WhatsApp shows, and the digits of their number; None where there is none."""

    name: str | None = field(repr=False)
    phone: str | None = field(repr=False)


class Callers(Protocol):
    """Name and number of those who must be called. Raise StoreUnavailable when the database is away."""

    def whom(self, staff: Staff, conversations: Collection[UUID]) -> Mapping[UUID, Whom]:
        """Return who conversations are with; those of other teams are not there."""
        ...
