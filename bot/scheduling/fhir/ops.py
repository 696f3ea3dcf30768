"""The other way: the server finds, holds and books by operations (IHE ITI Scheduling: ITI-115, 116, 117); Slots are not touched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from uuid import UUID

from bot.agenda import CalendarUnavailable, NotThere, Slot, SlotTaken, Wanted
from bot.clinic import FhirNames as Names
from bot.scheduling.fhir.booked import by_key, cancel, identifier, is_named, reference_of
from bot.scheduling.fhir.resources import Resource, actors_of, find_query, has_schedule, held_query, proposed_slot
from bot.scheduling.fhir.server import FhirServer
from bot.scheduling.fhir.way import IsHeld

FIND, HOLD, BOOK = "Appointment/$find", "Appointment/$hold", "Appointment/$book"
PROPOSED, PENDING = "proposed", "pending"  # an Appointment that can be had, and one that is held


class ByOperations:
    """See `bot.scheduling.fhir.way.Way`. A slot's id is that of a proposed Appointment."""

    def __init__(self, server: FhirServer, names: Names) -> None:
        self._server = server
        self._names = names

    def offered(self, wanted: Wanted, people: frozenset[str]) -> Iterator[Slot]:
        """Yield what is proposed, as far as it is what was asked for."""
        if not has_schedule(self._names, wanted, people):
            return
        for resource in self._server.search("Appointment", find_query(self._names, wanted, people), path=FIND):
            slot = proposed_slot(resource, self._names, wanted)
            if slot is not None:
                yield slot

    def keep(self, slot: Slot) -> str | None:
        """Have a proposal held, if it is proposed like this now; when the answer is lost, look at once whether it is held.

        `$hold` takes no identifier: a moment ago it was proposed, so whoever holds this very time now is most likely we. Where
        not even that is answered the server lets go of it by itself, in time.
        """
        exact = Wanted(slot.service, slot.start, slot.end, slot.place, slot.practitioner)
        if slot not in self.offered(exact, frozenset({slot.practitioner})):
            raise SlotTaken
        try:
            told = self._server.operate(HOLD, _parameters(("appointment-reference", {"reference": slot.id})))
        except CalendarUnavailable as lost:
            return reference_of(self._found(slot, lost))
        held = next((one for one in told if one.get("resourceType") == "Appointment"), None)
        if held is None or held.get("status") != PENDING:
            raise SlotTaken
        return reference_of(held)

    def keep_again(self, slot: Slot, kept_as: str | None) -> str | None:
        """Have it held, unless it is."""
        if kept_as in (None, slot.id):
            held = self._held(slot)
            return self.keep(slot) if held is None else reference_of(held)
        told = self._server.read(str(kept_as)).resource or {}
        if told.get("status") != PENDING:
            raise SlotTaken
        return kept_as

    def book(self, slot: Slot, kept_as: str | None, patient_id: str, key: UUID) -> str:
        """Have what is held booked, with our identifier; when the answer is lost, look whether it was."""
        booked = self._booked(key)
        if booked is not None:
            return booked
        try:
            held = self._server.read(kept_as or slot.id).resource or {}
        except NotThere:
            raise SlotTaken from None  # the server let it go
        if held.get("status") != PENDING:
            raise SlotTaken
        self._have_booked(self._asked_for(held, patient_id, key))
        booked = self._booked(key)
        if booked is None:
            raise CalendarUnavailable("not_booked")
        return booked

    def cancel(self, foreign_id: str, is_held: IsHeld, why: Resource | None = None) -> bool:
        """Cancel an Appointment; its time is the server's to free."""
        cancel(self._server, foreign_id, why)
        return True

    def let_go(self, foreign_id: str, is_held: IsHeld) -> None:
        """Let go of what was held and not booked; a proposal that was never held is nothing."""
        try:
            told = self._server.read(foreign_id)
        except NotThere:
            return
        if (told.resource or {}).get("status") == PENDING:
            self._server.patch(foreign_id, {"status": "cancelled"}, told.etag)

    def _found(self, slot: Slot, lost: CalendarUnavailable) -> Resource:
        """Return what is held although the answer was lost. Raise that loss: it may still be held, where nobody can say."""
        held = None
        with suppress(CalendarUnavailable):
            held = self._held(slot) if lost.unknown else None
        if held is None:
            raise lost from None
        return held

    def _held(self, slot: Slot) -> Resource | None:
        """Return what is held for nobody yet at just this time, with this person at this place; None: nothing."""
        query = held_query(self._names, slot)
        wanted = Wanted(slot.service, slot.start, slot.end, slot.place, slot.practitioner)
        for one in self._server.search("Appointment", query):
            found = proposed_slot({**one, "status": PROPOSED}, self._names, wanted)
            is_for_nobody = not any(actor.startswith("Patient/") for actor in actors_of(one))
            if one.get("status") == PENDING and is_for_nobody and found and found.end == slot.end:
                return one
        return None

    def _booked(self, key: UUID) -> str | None:
        found = by_key(self._server, self._names, key)
        return reference_of(found) if found is not None and found.get("status") == "booked" else None

    def _have_booked(self, asked_for: Resource) -> None:
        try:
            self._server.operate(BOOK, _parameters(("appointment-resource", asked_for)))
        except CalendarUnavailable as lost:
            if not lost.unknown:
                raise

    def _asked_for(self, held: Resource, patient_id: str, key: UUID) -> Resource:
        """Return what is held with the patient and our identifier; nothing else of it is changed."""
        named = held.get("identifier")
        others = [one for one in named if isinstance(one, Mapping)] if isinstance(named, list) else []
        mine = [] if is_named(held, key) else [identifier(self._names, key)]
        people = held.get("participant")
        patient = {"actor": {"reference": patient_id}, "status": "accepted"}
        return {
            **held,
            "identifier": [*others, *mine],
            "participant": [*(people if isinstance(people, list) else ()), patient],
        }


def _parameters(*named: tuple[str, Mapping[str, object]]) -> Resource:
    """Return an operation's parameters: resources, or references."""
    parameters = [
        {"name": name, "resource" if "resourceType" in value else "valueReference": value} for name, value in named
    ]
    return {"resourceType": "Parameters", "parameter": parameters}
