"""The clinic's own FHIR server as a calendar: held there, booked there, read back; our own lock stands before all of it.

A request whose answer is lost may have been done. What was begun is found again by our identifier (the hold's id: one hold
becomes one appointment, however often it is tapped), and what is left over there is undone by an errand that was written
before the server was asked (`bot.agenda.Errand`).
"""

from __future__ import annotations

import time as clock
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, time, timedelta
from uuid import UUID

from bot.agenda import (
    Appointment,
    AppointmentStatus,
    By,
    CalendarUnavailable,
    Changed,
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
from bot.elsewhere import Elsewhere
from bot.scheduling.fhir.booked import by_key, reference_of
from bot.scheduling.fhir.resources import cancellation, has_phone, patient_of, phone_query
from bot.scheduling.fhir.rest import ByResources
from bot.scheduling.fhir.server import TOO_MANY, FhirServer
from bot.scheduling.fhir.way import IsHeld, Way
from bot.scheduling.roster import able, practitioners

NOON = time(12)
ERRAND_S = 30.0
AT_A_TIME = timedelta(
    days=7
)  # servers send slots in no order, some hundreds at most: so many days are looked at at once
CANCELLING = timedelta(minutes=2)  # so long nobody takes a cancellation of ours for one made there
LEAST_AT_A_TIME = timedelta(hours=12)
GIVING_BACK_S = 1.0  # so long a patient waits while we give back what others of ours have left
LONGEST_REST_S = 300.0  # whatever the server asks for: what we owe it is not put off longer
BOOKING = timedelta(minutes=5)  # longer than a call is tried again: after that, what a lost answer booked is undone


class FhirCalendar:
    """See `bot.agenda.Calendar`. It waits for another system: it is used in the worker only."""

    def __init__(
        self,
        clinic: Clinic,
        names: Names,
        server: FhirServer,
        diary: Elsewhere,
        clock: Clock,
        way: Callable[[FhirServer, Names], Way] = ByResources,
    ) -> None:
        self._clinic = clinic
        self._names = names
        self._server = server
        self._diary = diary
        self._clock = clock
        self._way = way(server, names)
        self._rest_until: datetime | None = None

    def practitioners(self, service: str, place: str | None = None) -> tuple[Practitioner, ...]:
        """Return who gives a service, as the clinic's file says."""
        return practitioners(self._clinic, service, place)

    def free(self, wanted: Wanted, limit: int) -> tuple[Slot, ...]:
        """Return the first free times: what the server offers, less what we hold ourselves; filtered and sorted here too.

        What we are about to give back is given back first, else it would be missing among them.
        """
        self._give_back()
        people = frozenset(one.id for one in able(self._clinic, wanted))
        found: list[Slot] = []
        parts = deque(_parts(wanted, self._clock.now()))
        while parts and len(found) < limit:
            part = parts.popleft()
            try:
                found += self._free(part, people)
            except CalendarUnavailable as away:
                if away.why != TOO_MANY or part.until - part.since <= LEAST_AT_A_TIME:
                    raise
                parts.extendleft(reversed(_halves(part)))
        return tuple(found[:limit])

    def hold(self, slot: Slot, contact_id: UUID, key: UUID, seconds: float) -> Held:
        """Keep a slot: first in our diary, then on the server, only if it is still free there."""

        def is_free(entries: tuple[Entry, ...], exceptions: tuple[Exceptional, ...]) -> bool:
            return not any(_overlaps(entry, slot) for entry in entries)

        before = self._diary.hold_of(key)
        if before is not None:
            kept_as = self._diary.kept_as(before.id)
            if kept_as is None:
                raise SlotTaken  # its time was over, and it was given back there
            return self._held_there(before, lambda: self._way.keep_again(before.slot, kept_as), is_first=False)
        ends_at = self._clock.now() + timedelta(seconds=seconds)
        held = self._diary.hold(slot, (slot.start, slot.end), contact_id, key, ends_at, is_free, is_foreign=True)
        return self._held_there(held, lambda: self._kept(held), is_first=True)

    def release(self, hold_id: UUID) -> None:
        """Give a hold back; the server is told by an errand."""
        self._diary.release(hold_id)

    def book(self, hold_id: UUID, patient: Patient, key: UUID, by: By = "patient") -> Appointment:
        """Book what is held. Raise PatientUnknown for somebody the server does not know."""
        done = self._diary.done(key) or self._booked(hold_id)
        if done is not None:
            return done
        foreign_id = self._booked_there(self._held(hold_id), patient, key)
        return self._diary.book(hold_id, patient, key, foreign_id, by)

    def move(
        self, appointment_id: UUID, hold_id: UUID, key: UUID, by: By = "patient", revision: int | None = None
    ) -> Appointment:
        """Book the new time, then cancel the old one there (an errand, should we not come to it now)."""
        done = self._diary.done(key)
        if done is not None:
            return done
        standing = self._diary.appointment(appointment_id)
        if standing.status not in (AppointmentStatus.BOOKED, AppointmentStatus.ARRIVED):
            raise NotThere
        if revision not in (None, standing.revision):
            raise Changed
        foreign_id = self._booked_there(self._held(hold_id), standing.patient, key)
        # Changed while the server was asked: what was booked there is undone by its errand, which no commit of ours strikes.
        return self._diary.move(appointment_id, hold_id, key, foreign_id, by, revision)

    def cancel(
        self,
        appointment_id: UUID,
        key: UUID,
        reason: str | None = None,
        by: By = "patient",
        revision: int | None = None,
    ) -> Appointment:
        """Cancel there first: nothing is said before it is true, and once it is true there, it is here too."""
        standing = self._diary.appointment(appointment_id)
        if standing.status is AppointmentStatus.CANCELLED or standing.foreign_id is None:
            return self._diary.set_status(appointment_id, AppointmentStatus.CANCELLED, key, reason, by, revision)
        if self._diary.done(key) is None and revision not in (None, standing.revision):
            raise Changed
        # By this errand whoever looks for changes made there knows that it is we who cancel. Should we die or not be
        # answered, it finishes what the patient wished.
        errand = self._diary.promise("cancel", standing.foreign_id, self._clock.now() + CANCELLING)
        try:
            is_whole = self._way.cancel(standing.foreign_id, self._diary.holds, cancellation(reason, by))
        except CalendarUnavailable as away:
            if not away.unknown:
                self._diary.errand_done(errand)
            raise
        cancelled = self._diary.set_status(appointment_id, AppointmentStatus.CANCELLED, key, reason, by)
        if is_whole:
            self._diary.errand_done(errand)
        else:
            self._diary.promise(
                "cancel", standing.foreign_id, self._clock.now()
            )  # its time is to be freed as soon as may be
        return cancelled

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
        """Return whom the server knows under a phone number, however that is written there."""
        found = (one for one in self._server.search("Patient", phone_query(wa_id)) if has_phone(one, wa_id))
        return tuple(patient for patient in map(patient_of, found) if patient is not None)

    def keep_up(self) -> int:
        """Undo what was held there and not booked, cancel what was moved; what cannot be done now is due again."""
        if self.rests():
            return 0
        done = 0
        for errand in self._diary.errands(ERRAND_S):
            done += self._run(errand)
            if self.rests():
                break
        return done

    def rests(self) -> bool:
        """Tell whether the server asked to be left alone; patients wait for nobody, what can wait waits."""
        return self._rest_until is not None and self._clock.now() < self._rest_until

    def rest(self, away: CalendarUnavailable) -> None:
        """Leave the server alone for as long as it asks, within bounds."""
        if away.retry_after_s is not None:
            self._rest_until = self._clock.now() + timedelta(seconds=min(away.retry_after_s, LONGEST_REST_S))

    # --------------------------------------------------------------------------------------------------- on the server

    def _free(self, wanted: Wanted, people: frozenset[str]) -> tuple[Slot, ...]:
        """Return what is free in a part of the time, in order."""
        offered = list(self._way.offered(wanted, people))
        entries, _ = (
            self._diary.entries(people, wanted.since - timedelta(days=1), wanted.until) if offered else ((), ())
        )
        fitting = (slot for slot in offered if self._suits(slot, wanted, entries))
        return tuple(sorted(fitting, key=lambda slot: (slot.start, slot.practitioner, slot.id)))

    def _kept(self, held: Held) -> str | None:
        """Keep there what we hold. Taken by us is not taken: what we did not come to give back is given back now."""
        try:
            kept_as = self._way.keep(held.slot)
        except SlotTaken:
            if not self._give_back(held.id):
                raise
            kept_as = self._way.keep(held.slot)
        self._diary.held_anew(held.slot.id, held.id)
        return kept_as

    def _give_back(self, but: UUID | None = None) -> bool:
        """Give back what nobody has any more; tell whether there was anything. `but`: a hold that waits for just this."""
        until = clock.monotonic() + GIVING_BACK_S
        done = 0
        with suppress(CalendarUnavailable):
            for errand in self._diary.left():
                done += self._is_done(errand, lambda slot_id: self._diary.holds(slot_id, but))
                if clock.monotonic() > until:
                    break
        return done > 0

    def _held_there(self, held: Held, keep: Callable[[], str | None], is_first: bool) -> Held:
        """Hold there what we hold; what was refused there is nobody's here either.

        A lost answer, of this time or of one before, leaves it to the errand: nobody else gets it meanwhile, and it is freed
        when our hold ends.
        """
        try:
            kept_as = keep()
        except (SlotTaken, NotThere):
            self._let_go(held.id)
            raise SlotTaken from None
        except CalendarUnavailable as away:
            if is_first and not away.unknown:
                self._let_go(held.id)
            raise
        if kept_as is not None:
            self._diary.kept(held.id, kept_as)
        return held

    def _let_go(self, hold_id: UUID) -> None:
        self._diary.not_kept(hold_id)
        self._diary.release(hold_id)

    def _booked_there(self, held: Held, patient: Patient, key: UUID) -> str:
        """Book there, and return what it is called. What a lost answer leaves is undone by an errand that our commit strikes."""
        if patient.id is None:
            raise PatientUnknown
        until = self._clock.now() + BOOKING
        self._diary.promise("undo", f"{held.id} {until.isoformat()}", until, held.id)
        try:
            return self._way.book(held.slot, self._kept_as(held, until), patient.id, held.id)
        except NotThere:
            raise SlotTaken from None
        except CalendarUnavailable as away:
            # Whatever came of it there, it will not stay: for us it is not booked.
            raise CalendarUnavailable(away.why, retry_after_s=away.retry_after_s) from None

    def _kept_as(self, held: Held, until: datetime) -> str | None:
        """Return what a hold is called there, which nobody frees while it is being booked.

        One that was given back when its time was over is held there anew; not one that was booked without our knowing.
        """
        kept_as = self._diary.kept_as(held.id)
        if kept_as is None and by_key(self._server, self._names, held.id) is not None:
            return None
        if kept_as is None or held.until < until:
            self._diary.promise("free", kept_as or held.slot.id, until, held.id)
        if kept_as is not None:
            return kept_as
        try:
            kept_as = self._way.keep(held.slot)
        except (SlotTaken, NotThere):
            self._diary.not_kept(held.id)
            raise
        if kept_as is not None:
            self._diary.kept(held.id, kept_as)
        return self._diary.kept_as(held.id)

    def _run(self, errand: Errand) -> bool:
        try:
            return self._is_done(errand, self._diary.holds)
        except CalendarUnavailable as away:
            self.rest(away)
            return False

    def _is_done(self, errand: Errand, is_held: IsHeld) -> bool:
        try:
            is_done = self._do(errand, is_held)
        except NotThere:
            is_done = True  # it is gone there: nothing is left to do
        except SlotTaken:
            is_done = False
        if is_done:
            self._diary.errand_done(errand.id)
        return is_done

    def _do(self, errand: Errand, is_held: IsHeld) -> bool:
        match errand.action:
            case "free":
                self._way.let_go(errand.foreign_id, is_held)
                return True
            case "cancel":
                return self._way.cancel(errand.foreign_id, is_held)
            case "undo":
                return self._undo(errand, is_held)

    def _undo(self, errand: Errand, is_held: IsHeld) -> bool:
        """Cancel what a hold may have become there; what is not there yet is looked for as long as it may still come."""
        key, until = errand.foreign_id.split()
        booked = by_key(self._server, self._names, UUID(key))
        if booked is not None:
            return self._way.cancel(reference_of(booked), is_held)
        return self._clock.now() >= datetime.fromisoformat(until)

    # --------------------------------------------------------------------------------------------------------- inside

    def _booked(self, hold_id: UUID) -> Appointment | None:
        """Return what a hold has become: a second tap on the same summary says what the first one did.

        Raise SlotTaken for what was cancelled since: it is not booked any more.
        """
        try:
            booked = self._diary.appointment(hold_id)
        except NotThere:
            return None
        if booked.status is AppointmentStatus.CANCELLED:
            raise SlotTaken
        return booked

    def _held(self, hold_id: UUID) -> Held:
        try:
            return self._diary.held(hold_id)
        except NotThere:
            raise SlotTaken from None

    def _suits(self, slot: Slot, wanted: Wanted, entries: Iterable[Entry]) -> bool:
        is_morning = slot.start.astimezone(self._clinic.zone).time() < NOON
        is_of_part = wanted.part in (None, "morning" if is_morning else "afternoon")
        return is_of_part and slot.start >= self._clock.now() and not any(_overlaps(entry, slot) for entry in entries)


def _parts(wanted: Wanted, now: datetime) -> Iterator[Wanted]:
    """Cut the time that is looked at into parts, earliest first."""
    since = max(wanted.since, now)
    while since < wanted.until:
        until = min(since + AT_A_TIME, wanted.until)
        yield replace(wanted, since=since, until=until)
        since = until


def _halves(wanted: Wanted) -> tuple[Wanted, Wanted]:
    middle = wanted.since + (wanted.until - wanted.since) / 2
    return replace(wanted, until=middle), replace(wanted, since=middle)


def _overlaps(entry: Entry, slot: Slot) -> bool:
    return entry.practitioner == slot.practitioner and entry.start < slot.end and entry.end > slot.start
