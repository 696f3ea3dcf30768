"""The clinic's own FHIR server as a calendar: hold by PATCH, book by POST, read back; our own lock stands before all of it.

A request whose answer is lost may have been done. What was begun is found again by our identifier (the key of the tap), and
what is left held is freed by an errand that was written before the server was asked (`bot.agenda.Errand`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from uuid import UUID

from bot.agenda import (
    Appointment,
    AppointmentStatus,
    By,
    CalendarUnavailable,
    Diary,
    Entry,
    Errand,
    Exceptional,
    Held,
    NotThere,
    Patient,
    PatientUnknown,
    Practitioner,
    Slot,
    SlotTaken,
    Wanted,
)
from bot.clinic import Clinic
from bot.clinic import FhirNames as Names
from bot.clock import Clock
from bot.scheduling.fhir.resources import (
    Resource,
    appointment_for,
    has_schedule,
    is_standing,
    patient_of,
    reference,
    slot_of,
    slot_query,
)
from bot.scheduling.fhir.server import FhirServer
from bot.scheduling.roster import able, practitioners

NOON = time(12)
ERRAND_S = 30.0
FREE, TENTATIVE, BUSY = "free", "busy-tentative", "busy"


class FhirCalendar:
    """See `bot.agenda.Calendar`. It waits for another system: it is used in the worker only."""

    def __init__(self, clinic: Clinic, names: Names, server: FhirServer, diary: Diary, clock: Clock) -> None:
        self._clinic = clinic
        self._names = names
        self._server = server
        self._diary = diary
        self._clock = clock

    def practitioners(self, service: str, place: str | None = None) -> tuple[Practitioner, ...]:
        """Return who gives a service, as the clinic's file says."""
        return practitioners(self._clinic, service, place)

    def free(self, wanted: Wanted, limit: int) -> tuple[Slot, ...]:
        """Return the first free times: what the server offers, less what we hold ourselves; filtered and sorted here too."""
        people = frozenset(one.id for one in able(self._clinic, wanted))
        if not has_schedule(self._names, wanted, people):
            return ()
        offered = self._server.search("Slot", slot_query(self._names, wanted, people))
        entries, _ = self._diary.entries(people, wanted.since - timedelta(days=1), wanted.until)
        found = (slot_of(resource, self._names, wanted) for resource in offered)
        fitting = [slot for slot in found if slot is not None and self._suits(slot, wanted, entries)]
        return tuple(sorted(fitting, key=lambda slot: (slot.start, slot.practitioner, slot.id))[:limit])

    def hold(self, slot: Slot, contact_id: UUID, key: UUID, seconds: float) -> Held:
        """Keep a slot: first in our diary, then on the server, only if it is still free there."""

        def is_free(entries: tuple[Entry, ...], exceptions: tuple[Exceptional, ...]) -> bool:
            return not any(_overlaps(entry, slot) for entry in entries)

        before = self._diary.hold_of(key)
        if before is not None:
            self._keep_again(before.slot)
            return before
        ends_at = self._clock.now() + timedelta(seconds=seconds)
        held = self._diary.hold(slot, (slot.start, slot.end), contact_id, key, ends_at, is_free, is_foreign=True)
        try:
            self._keep(slot)
        except (SlotTaken, NotThere):
            self._diary.release(held.id)
            raise SlotTaken from None
        return held

    def release(self, hold_id: UUID) -> None:
        """Give a hold back; the server is told by an errand."""
        self._diary.release(hold_id)

    def book(self, hold_id: UUID, patient: Patient, key: UUID, by: By = "patient") -> Appointment:
        """Book what is held. Raise PatientUnknown for somebody the server does not know."""
        done = self._diary.done(key) or self._booked(hold_id)
        if done is not None:
            return done
        held = self._held(hold_id)
        foreign_id = self._booked_there(held.slot, patient, key)
        return self._diary.book(hold_id, patient, key, foreign_id, by)

    def move(self, appointment_id: UUID, hold_id: UUID, key: UUID, by: By = "patient") -> Appointment:
        """Book the new time, then cancel the old one there (an errand, should we not come to it now)."""
        done = self._diary.done(key)
        if done is not None:
            return done
        standing = self._diary.appointment(appointment_id)
        held = self._held(hold_id)
        foreign_id = self._booked_there(held.slot, standing.patient, key)
        return self._diary.move(appointment_id, hold_id, key, foreign_id, by)

    def cancel(self, appointment_id: UUID, key: UUID, reason: str | None = None, by: By = "patient") -> Appointment:
        """Cancel there first: nothing is said before it is true."""
        standing = self._diary.appointment(appointment_id)
        if standing.status is not AppointmentStatus.CANCELLED and standing.foreign_id is not None:
            self._cancel_there(standing.foreign_id)
        return self._diary.set_status(appointment_id, AppointmentStatus.CANCELLED, key, reason, by)

    def confirm(self, appointment_id: UUID, revision: int) -> Appointment:
        """Note that the patient comes: with us, who ask them."""
        return self._diary.confirm(appointment_id, revision)

    def appointments(self, contact_id: UUID, since: datetime) -> tuple[Appointment, ...]:
        """Return what a contact booked with us."""
        return self._diary.of_contact(contact_id, since)

    def appointment(self, appointment_id: UUID) -> Appointment:
        """Return one appointment."""
        return self._diary.appointment(appointment_id)

    def patients_by_phone(self, wa_id: str) -> tuple[Patient, ...]:
        """Return whom the server knows under a phone number."""
        found = (patient_of(one) for one in self._server.search("Patient", (("phone", f"+{wa_id}"), ("_count", "20"))))
        return tuple(one for one in found if one is not None)

    def keep_up(self) -> int:
        """Free what was held there and not booked, cancel what was moved; what cannot be done now is due again."""
        return sum(self._run(errand) for errand in self._diary.errands(ERRAND_S))

    # --------------------------------------------------------------------------------------------------- on the server

    def _keep(self, slot: Slot) -> None:
        """Mark a slot as tentatively taken, if it is free in the very version we saw.

        A lost answer leaves it to the errand: nobody else gets it meanwhile, and it is freed when our hold ends.
        """
        told = self._server.read(slot.id)
        exact = Wanted(slot.service, slot.start, slot.end, slot.place, slot.practitioner)
        if told.resource is None or slot_of(told.resource, self._names, exact) != slot:
            raise SlotTaken  # taken, moved, or never offered like this
        self._server.patch(slot.id, {"status": TENTATIVE}, told.etag)

    def _keep_again(self, slot: Slot) -> None:
        """Keep a slot of a hold that stands: its first answer may have been lost before or after it was kept there."""
        told = self._server.read(slot.id)
        if told.resource is not None and told.resource.get("status") == FREE:
            self._server.patch(slot.id, {"status": TENTATIVE}, told.etag)

    def _booked_there(self, slot: Slot, patient: Patient, key: UUID) -> str:
        """Return the id of the one Appointment our key names there: found, or made now and read back."""
        if patient.id is None:
            raise PatientUnknown
        mine = self._by_key(key)
        if mine is None:
            mine = self._create(slot, patient.id, key)
        others = [one for one in self._of_slot(slot, patient.id) if reference_of(one) != reference_of(mine)]
        if others and min(others + [mine], key=_age) is not mine:
            self._cancel_there(reference_of(mine))
            raise SlotTaken
        self._take(slot)
        return reference_of(mine)

    def _create(self, slot: Slot, patient_id: str, key: UUID) -> Resource:
        """Create the Appointment; when the answer is lost, look whether it is there before anything else is done."""
        resource = appointment_for(slot, patient_id, key, self._names)
        try:
            self._server.create("Appointment", resource, none_exist=f"identifier={self._names.identifiers}|{key}")
        except CalendarUnavailable as lost:
            if not lost.unknown:
                raise
        mine = self._by_key(key)
        if mine is None:
            raise CalendarUnavailable("not_booked", unknown=False)
        return mine

    def _by_key(self, key: UUID) -> Resource | None:
        query = (("identifier", f"{self._names.identifiers}|{key}"), ("_count", "10"))
        return next((one for one in self._server.search("Appointment", query) if is_standing(one)), None)

    def _of_slot(self, slot: Slot, patient_id: str) -> Iterable[Resource]:
        """Return the standing Appointments of a slot, where the server can search by it (an empty answer where it cannot)."""
        found = self._server.search("Appointment", (("slot", slot.id), ("_count", "10")))
        return [one for one in found if is_standing(one) and slot.id in map(reference, one.get("slot") or ())]

    def _take(self, slot: Slot) -> None:
        """Mark the slot as taken, unless the server did so itself when it booked."""
        told = self._server.read(slot.id)
        if told.resource is not None and told.resource.get("status") in (FREE, TENTATIVE):
            try:
                self._server.patch(slot.id, {"status": BUSY}, told.etag)
            except SlotTaken:
                return  # somebody changed it between the two: the Appointment stands, and was read back

    def _cancel_there(self, foreign_id: str) -> None:
        """Cancel an Appointment and free its slots, unless the server did so itself; cancelled already is cancelled."""
        told = self._server.read(foreign_id)
        resource = told.resource or {}
        if is_standing(resource):
            self._server.patch(foreign_id, {"status": "cancelled"}, told.etag)
        for slot_id in map(reference, resource.get("slot") or ()):
            self._free(slot_id, (TENTATIVE, BUSY))

    def _free(self, slot_id: str, states: tuple[str, ...]) -> None:
        told = self._server.read(slot_id)
        if told.resource is not None and told.resource.get("status") in states:
            self._server.patch(slot_id, {"status": FREE}, told.etag)

    def _run(self, errand: Errand) -> bool:
        try:
            if errand.action == "free":
                self._free(errand.foreign_id, (TENTATIVE,))
            else:
                self._cancel_there(errand.foreign_id)
        except NotThere:
            pass  # it is gone there: nothing is left to do
        except (SlotTaken, CalendarUnavailable):
            return False
        self._diary.errand_done(errand.id)
        return True

    # --------------------------------------------------------------------------------------------------------- inside

    def _booked(self, hold_id: UUID) -> Appointment | None:
        """Return what a hold has become: a second tap on the same summary says what the first one did."""
        try:
            return self._diary.appointment(hold_id)
        except NotThere:
            return None

    def _held(self, hold_id: UUID) -> Held:
        try:
            return self._diary.held(hold_id)
        except NotThere:
            raise SlotTaken from None

    def _suits(self, slot: Slot, wanted: Wanted, entries: Iterable[Entry]) -> bool:
        is_morning = slot.start.astimezone(self._clinic.zone).time() < NOON
        is_of_part = wanted.part in (None, "morning" if is_morning else "afternoon")
        return is_of_part and slot.start >= self._clock.now() and not any(_overlaps(entry, slot) for entry in entries)


def reference_of(resource: Resource) -> str:
    """Return `Type/id` of a resource itself."""
    return f"{resource.get('resourceType')}/{resource.get('id')}"


def _age(resource: Resource) -> tuple[str, str]:
    """Order Appointments of one slot the same way in every process: the first one made stays."""
    meta = resource.get("meta")
    made = meta.get("lastUpdated") if isinstance(meta, dict) else None
    return str(made or "9"), str(resource.get("id"))


def _overlaps(entry: Entry, slot: Slot) -> bool:
    return entry.practitioner == slot.practitioner and entry.start < slot.end and entry.end > slot.start
