"""The way most servers work: free Slots are searched, one is held by PATCH, an Appointment is created with it and read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from uuid import UUID

from bot.agenda import CalendarUnavailable, NotThere, Slot, SlotTaken, Wanted
from bot.clinic import FhirNames as Names
from bot.scheduling.fhir.booked import BUSY, FREE, TENTATIVE, age, by_key, cancel, reference_of
from bot.scheduling.fhir.resources import (
    Resource,
    appointment_for,
    has_schedule,
    is_standing,
    reference,
    slot_of,
    slot_query,
)
from bot.scheduling.fhir.server import FhirServer


class ByResources:
    """See `bot.scheduling.fhir.calendar.Way`."""

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
        exact = Wanted(slot.service, slot.start, slot.end, slot.place, slot.practitioner)
        if told.resource is None or slot_of(told.resource, self._names, exact) != slot:
            raise SlotTaken  # taken, moved, or never offered like this
        self._server.patch(slot.id, {"status": TENTATIVE}, told.etag)
        return None

    def keep_again(self, slot: Slot, kept_as: str | None) -> str | None:
        """Keep a slot of a hold that stands: its first answer may have been lost before or after it was kept there."""
        told = self._server.read(slot.id)
        if told.resource is not None and told.resource.get("status") == FREE:
            self._server.patch(slot.id, {"status": TENTATIVE}, told.etag)
        return None

    def book(self, slot: Slot, kept_as: str | None, patient_id: str, key: UUID) -> str:
        """Return the id of the one Appointment our key names there: found, or made now and read back."""
        mine = by_key(self._server, self._names, key) or self._create(slot, patient_id, key)
        others = [one for one in self._of_slot(slot) if reference_of(one) != reference_of(mine)]
        if others and min([*others, mine], key=age) is not mine:
            cancel(self._server, reference_of(mine))  # not its slot: that is the other one's
            raise SlotTaken
        self._take(slot)
        return reference_of(mine)

    def cancel(self, foreign_id: str) -> bool:
        """Cancel an Appointment and free its slots, unless the server did so itself; False if a slot is still to be freed."""
        slots = cancel(self._server, foreign_id)
        try:
            for slot_id in slots:
                self._free(slot_id, (TENTATIVE, BUSY))
        except (SlotTaken, CalendarUnavailable):
            return False
        return True

    def let_go(self, foreign_id: str) -> None:
        """Free a slot that was held and not booked."""
        self._free(foreign_id, (TENTATIVE,))

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

    def _of_slot(self, slot: Slot) -> Iterable[Resource]:
        """Return the standing Appointments of a slot, where the server can search by it (an empty answer where it cannot)."""
        found = self._server.search("Appointment", (("slot", slot.id), ("_count", "10")))
        return [one for one in found if is_standing(one) and slot.id in map(reference, one.get("slot") or ())]

    def _take(self, slot: Slot) -> None:
        """Mark the slot as taken, unless the server did so itself when it booked.

        Where that fails the Appointment stands all the same, and was read back; its slot stays tentatively taken.
        """
        with suppress(SlotTaken, NotThere, CalendarUnavailable):
            told = self._server.read(slot.id)
            if told.resource is not None and told.resource.get("status") in (FREE, TENTATIVE):
                self._server.patch(slot.id, {"status": BUSY}, told.etag)

    def _free(self, slot_id: str, states: tuple[str, ...]) -> None:
        try:
            told = self._server.read(slot_id)
        except NotThere:
            return  # it is gone there: nothing is left to free
        if told.resource is not None and told.resource.get("status") in states:
            self._server.patch(slot_id, {"status": FREE}, told.etag)
