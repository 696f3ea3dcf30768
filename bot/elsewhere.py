"""What the desk notes about a calendar that another system keeps: what it began there, and what was changed there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from bot.agenda import Appointment, AppointmentStatus, Diary, Errand


@dataclass(frozen=True, slots=True)
class Seen:
    """An appointment as the other system has it. `status` None: it stands; `practitioner`, `place` None: who or where is not said.

    `start` and `end` are both there or both None.
    """

    foreign_id: str
    status: AppointmentStatus | None = None
    start: datetime | None = None
    end: datetime | None = None
    practitioner: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Bookmark:
    """How far the other system's changes are known (by its clock), and when all we know was last compared (by ours)."""

    until: datetime | None = None
    compared_at: datetime | None = None


class Elsewhere(Diary, Protocol):
    """The diary of such a calendar. One transaction a method; raise StoreUnavailable when the database is away."""

    def promise(self, action: str, foreign_id: str, due_at: datetime, hold_id: UUID | None = None) -> UUID:
        """Write an errand down before the other system is asked, and return its id; a hold has one of a kind."""
        ...

    def kept(self, hold_id: UUID, foreign_id: str) -> None:
        """Note what a hold is called there, where that is not its slot's own name: this is what must be let go."""
        ...

    def kept_as(self, hold_id: UUID) -> str | None:
        """Return what is to be let go of a hold; None: nothing."""
        ...

    def not_kept(self, hold_id: UUID) -> None:
        """Note that a hold was refused there: what is held in its place is somebody else's, and must not be freed."""
        ...

    def left(self) -> tuple[Errand, ...]:
        """Return the latest times still to be freed there, held before or moved away from, whoever is about to do so."""
        ...

    def holds(self, slot_id: str, but: UUID | None = None) -> bool:
        """Tell whether a hold that is not over keeps a slot there; `but`: not this one."""
        ...

    def held_anew(self, slot_id: str, hold_id: UUID) -> None:
        """Strike off that a slot is to be freed for the holds before this one, which has it now."""
        ...

    def stuck(self) -> int:
        """Return how many errands were tried in vain for more than an hour."""
        ...

    def standing(self, since: datetime) -> tuple[Appointment, ...]:
        """Return the appointments kept there that stand and end after an instant, but those we are cancelling just now."""
        ...

    def note(self, appointment_id: UUID, seen: Seen) -> Appointment | None:
        """Write into the diary what was changed there; None: it says so already, so any number of processes may note it."""
        ...

    def bookmark(self) -> Bookmark:
        """Return how far we know."""
        ...

    def move_bookmark(self, bookmark: Bookmark) -> None:
        """Move the bookmark, once what came before it is noted; it never goes back."""
        ...
