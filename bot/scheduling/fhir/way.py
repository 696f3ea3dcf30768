"""How a FHIR server is asked, whichever kind it is: what the calendar needs of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol
from uuid import UUID

from bot.agenda import Slot, Wanted
from bot.scheduling.fhir.resources import Resource

IsHeld = Callable[[str], bool]  # tells whether a slot is held for somebody of ours by now: it is not to be freed


class Way(Protocol):
    """How one kind of server is asked. Every method raises CalendarUnavailable, and SlotTaken where somebody was faster."""

    def offered(self, wanted: Wanted, people: frozenset[str]) -> Iterable[Slot]:
        """Give what is free there, in any order."""
        ...

    def keep(self, slot: Slot) -> str | None:
        """Hold a slot; return what the hold is called, None: as the slot is. Raise NotThere."""
        ...

    def keep_again(self, slot: Slot, kept_as: str | None) -> str | None:
        """Hold a slot whose hold was begun before; return as `keep` does."""
        ...

    def book(self, slot: Slot, kept_as: str | None, patient_id: str, key: UUID) -> str:
        """Book what is held, once a key (it is our identifier there); return what the appointment is called."""
        ...

    def cancel(self, foreign_id: str, is_held: IsHeld, why: Resource | None = None) -> bool:
        """Cancel an appointment; cancelled already, or gone, is cancelled. False: it is, but its time is still to be freed."""
        ...

    def let_go(self, foreign_id: str, is_held: IsHeld) -> None:
        """Free what was held and not booked."""
        ...
