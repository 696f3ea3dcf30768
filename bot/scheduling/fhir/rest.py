"""The way most servers work: free Slots are searched, one is held by PATCH, an Appointment is created with it and read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from bot.agenda import CalendarUnavailable, NotThere, Slot, SlotTaken, Wanted
from bot.clinic import FhirNames as Names
from bot.scheduling.fhir.booked import (
    BUSY,
    FREE,
    TENTATIVE,
    by_key,
    cancel,
    rank,
    reference_of,
    slots_of,
    updated,
)
from bot.scheduling.fhir.resources import (
    Resource,
    appointment_for,
    has_schedule,
    is_standing,
    slot_of,
    slot_query,
)
from bot.scheduling.fhir.server import FhirServer, Told
from bot.scheduling.fhir.way import IsHeld


class ByResources:
    """See `bot.scheduling.fhir.way.Way`."""

    def __init__(self, server: FhirServer, names: Names) -> None:
        self._server = server
        self._names = names

    def offered(self, wanted: Wanted, people: frozenset[str]) -> Iterator[Slot]:
        """Yield what is free there, as far as it is what was asked for."""
        if not has_schedule(self._names, wanted, people):
            return
        for resource in self._server.search("Slot", slot_query(self._names, wanted, people)):
            slot = slot_of(resource, self._names, wanted)
            if slot is not None:
                yield slot

    def keep(self, slot: Slot) -> str | None:
        """Mark a slot as tentatively taken, if it is free in the very version we saw."""
        told = self._server.read(slot.id)
        if not self._is_as_offered(slot, told, (FREE,)):
            raise SlotTaken  # taken, moved, or never offered like this
        self._server.patch(slot.id, {"status": TENTATIVE}, told.etag)
        return None

    def keep_again(self, slot: Slot, kept_as: str | None) -> str | None:
        """Keep a slot of a hold that stands: its first answer may have been lost before or after it was kept there."""
        told = self._server.read(slot.id)
        if not self._is_as_offered(slot, told, (FREE, TENTATIVE)):
            raise SlotTaken
        if _status(told) == FREE:
            self._server.patch(slot.id, {"status": TENTATIVE}, told.etag)
        return None

    def book(self, slot: Slot, kept_as: str | None, patient_id: str, key: UUID) -> str:
        """Return the id of the one Appointment our key names there: found, or made now and read back.

        A server without rules takes an Appointment for any slot: what the clinic did with it since it was held we ask ourselves.
        """
        mine = by_key(self._server, self._names, key)
        if mine is None:
            self.keep_again(slot, kept_as)
            mine = self._create(slot, patient_id, key)
        others = [one for one in self._of_slot(slot.id) if reference_of(one) != reference_of(mine)]
        if others and min([*others, mine], key=lambda one: rank(one, self._names.identifiers)) is not mine:
            cancel(self._server, reference_of(mine))  # not its slot: that is the other one's
            raise SlotTaken
        self._take(slot)
        return reference_of(mine)

    def cancel(self, foreign_id: str, is_held: IsHeld, why: Resource | None = None) -> bool:
        """Cancel an Appointment and free its slots, unless the server did so itself; False if a slot is still to be freed.

        Cancelled before, a slot somebody touched since is theirs, whatever it says.
        """
        found = cancel(self._server, foreign_id, why)
        since = None if is_standing(found) else updated(found)
        try:
            for slot_id in slots_of(found):
                self._free(slot_id, (TENTATIVE, BUSY), is_held, since)
        except (SlotTaken, CalendarUnavailable):
            return False
        return True

    def let_go(self, foreign_id: str, is_held: IsHeld) -> None:
        """Free a slot that was held and not booked."""
        self._free(foreign_id, (TENTATIVE,), is_held)

    def _is_as_offered(self, slot: Slot, told: Told, states: tuple[str, ...]) -> bool:
        """Tell whether a slot is still where and when it was, and in one of these states."""
        exact = Wanted(slot.service, slot.start, slot.end, slot.place, slot.practitioner)
        as_free = {**(told.resource or {}), "status": FREE}
        return _status(told) in states and slot_of(as_free, self._names, exact) == slot

    def _create(self, slot: Slot, patient_id: str, key: UUID) -> Resource:
        """Create the Appointment; when the answer is lost, look whether it is there before anything else is done."""
        resource = appointment_for(slot, patient_id, key, self._names)
        try:
            once = f"identifier={self._names.identifiers}|{key}&status=booked"
            self._server.create("Appointment", resource, none_exist=once)
        except CalendarUnavailable as lost:
            if not lost.unknown:
                raise
        mine = by_key(self._server, self._names, key)
        if mine is None:
            raise CalendarUnavailable("not_booked", unknown=False)
        return mine

    def _of_slot(self, slot_id: str) -> Iterable[Resource]:
        """Return the standing Appointments of a slot, where the server can search by it (an empty answer where it cannot)."""
        found = self._server.search("Appointment", (("slot", slot_id), ("_count", "10")))
        return [one for one in found if is_standing(one) and slot_id in slots_of(one)]

    def _take(self, slot: Slot) -> None:
        """Mark the slot as taken, unless the server did so itself when it booked.

        Where that fails the Appointment stands all the same, and was read back; its slot stays tentatively taken.
        """
        with suppress(SlotTaken, NotThere, CalendarUnavailable):
            told = self._server.read(slot.id)
            if _status(told) in (FREE, TENTATIVE):
                self._server.patch(slot.id, {"status": BUSY}, told.etag)

    def _free(self, slot_id: str, states: tuple[str, ...], is_held: IsHeld, since: datetime | None = None) -> None:
        """Free a slot, unless it is somebody else's by now. Raise SlotTaken where that cannot be known yet.

        Read first and freed in the version that was read: whoever takes it while we look around is not robbed.
        """
        try:
            told = self._server.read(slot_id)
        except NotThere:
            return  # it is gone there: nothing is left to free
        if _status(told) not in states or _is_touched(told, since) or self._of_slot(slot_id):
            return
        if _status(told) == TENTATIVE and is_held(slot_id):
            raise SlotTaken
        self._server.patch(slot_id, {"status": FREE}, told.etag)


def _status(told: Told) -> object:
    return (told.resource or {}).get("status")


def _is_touched(told: Told, since: datetime | None) -> bool:
    """Tell whether somebody changed it after an instant; not if it does not say."""
    at = updated(told.resource or {})
    return since is not None and at is not None and at > since
