"""A freed place and those who wait for it: offered to one person at a time, first come first served, and held meanwhile.

Everything is derived from rows. Each step can be done again: the hold has the offer's id as its key, the booking one made
of it. So any number of processes may work on this at once, and whoever finds what another left takes it up.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from bot.agenda import (
    Appointment,
    AppointmentStatus,
    Booking,
    By,
    Calendar,
    CalendarUnavailable,
    Freed,
    NotThere,
    OfferState,
    Patient,
    PatientUnknown,
    Proposal,
    Slot,
    SlotTaken,
    Waiting,
    WaitingList,
    Wanted,
    Wish,
    may_be_one,
)
from bot.clinic import Clinic
from bot.clock import Clock
from bot.outreach.plan import quiet_until
from menus.answers import fold

log = logging.getLogger("sportello.offering")

OFFER_FOR = timedelta(minutes=30)  # long enough to see a message at work, short enough for three people in a morning
SHORTEST = timedelta(hours=3)  # before the visit: to read it, to decide, to come
HELD_LONGER = timedelta(minutes=2)  # than the offer is open: who takes it in its last second has it
LEASE_S = 60.0
AGAIN = timedelta(minutes=1)  # when the calendar did not answer
AT_ONCE = 20  # freed places a sweep works on
# After which times a place is looked for again that somebody waits for and the calendar does not have free: another system
# may first have to be told, or whoever was quicker thinks better of it. An hour in all.
LOOKS = tuple(timedelta(seconds=seconds) for seconds in (5, 10, 15, 30, 60, 180, 600, 900, 1800))
LONGEST = timedelta(
    hours=8
)  # a visit of the clinic's file: some servers tell only of what ends within the time asked about
NOON = 12


class Offering:
    """Offer what became free. `sweep` is run every so often, by any number of processes."""

    def __init__(self, calendar: Calendar, waiting: WaitingList, clinic: Clinic, clock: Clock) -> None:
        self._calendar = calendar
        self._waiting = waiting
        self._clinic = clinic
        self._clock = clock

    def sweep(self) -> int:
        """Do what is due about freed places; return about how many something was done."""
        done = 0
        while done < AT_ONCE and (freed := self._waiting.due(LEASE_S)) is not None:
            try:
                self._work_on(freed)
            except CalendarUnavailable as fault:
                log.warning("a freed place must wait", extra={"freed": str(freed.id), "why": fault.why})
                self._waiting.later(freed, self._clock.now() + AGAIN)
            done += 1
        return done

    def _work_on(self, freed: Freed) -> None:
        """Take up what another process began, or ask the next one; by night nobody is asked."""
        proposal, now = self._waiting.live(freed), self._clock.now()
        at = when_to_offer(now, freed, self._clinic)
        if proposal is not None and (proposal.state is not OfferState.HOLDING or at == now):
            self._go_on(freed, proposal)
        elif at is not None and at > now:
            self._waiting.later(freed, at)
        elif at is not None:
            self._next(freed)
        elif proposal is None or self._waiting.end(proposal.id, OfferState.LOST):
            self._let_go(freed)

    def _go_on(self, freed: Freed, proposal: Proposal) -> None:
        match proposal.state:
            case OfferState.HOLDING:
                self._hold(proposal)
            case OfferState.ACCEPTED:  # whoever began to book it has not come back
                self._book(freed, proposal)
            case _:
                self._waiting.end(proposal.id, OfferState.EXPIRED)

    def _book(self, freed: Freed, proposal: Proposal) -> None:
        """Finish what a person accepted; they are told by a notice, as of everything they did not do just now.

        Whom the calendar does not know the reception looks for: as long as the place is held it is tried again.
        """
        now = self._clock.now()
        try:
            book(self._calendar, self._waiting, proposal, now, by="staff")
        except PatientUnknown:
            log.warning("an accepted offer cannot be booked", extra={"offer": str(proposal.id)})
            if proposal.until is not None and now < proposal.until + HELD_LONGER:
                self._waiting.later(freed, now + AGAIN)
            else:
                self._waiting.settle(proposal.id, None)

    def _next(self, freed: Freed) -> None:
        """Offer the place to whoever's turn it is; if it is nobody's, everybody may have it."""
        self._give_back(freed)
        suited = self._suited(freed)
        turn = self._whose_turn(freed, suited)
        if turn is None and suited and freed.looks < len(LOOKS):
            self._waiting.later(freed, self._clock.now() + LOOKS[freed.looks], freed.looks + 1)
        elif turn is None:
            self._waiting.done(freed)
        elif (proposal := self._waiting.propose(freed, *turn)) is not None:
            self._hold(proposal)
        else:
            self._waiting.later(freed, self._clock.now())  # the person or the place was just taken: look again

    def _let_go(self, freed: Freed) -> None:
        """Leave the place to everybody."""
        self._give_back(freed)
        self._waiting.done(freed)

    def _give_back(self, freed: Freed) -> None:
        """Give back what an offer that is over has left held."""
        for hold_id in self._waiting.left_holds(freed):
            self._calendar.release(hold_id)

    def _suited(self, freed: Freed) -> tuple[Waiting, ...]:
        """Return whom the place suits as far as is known without the calendar, first come first."""
        practitioner = self._clinic.practitioners.get(freed.practitioner)
        found = self._waiting.candidates(freed, frozenset(practitioner.services)) if practitioner else ()
        return tuple(one for one in found if suits(freed, one.wish, self._clinic))

    def _whose_turn(self, freed: Freed, suited: tuple[Waiting, ...]) -> tuple[Waiting, Slot] | None:
        """Return who is first of those for whom the calendar has it free, and the time as it gives it."""
        found: dict[Wish, Slot | None] = {}
        for waiting in suited:
            if waiting.wish not in found:
                found[waiting.wish] = self._fitting(freed, waiting.wish)
            slot = found[waiting.wish]
            if slot is not None:
                return waiting, slot
        return None

    def _fitting(self, freed: Freed, wish: Wish) -> Slot | None:
        """Return the freed time for what is wished; None if that does not fit, or is not free there."""
        since = Wanted(wish.service, freed.start, freed.start + LONGEST, wish.place, freed.practitioner, wish.part)
        first = next(iter(self._calendar.free(since, 1)), None)
        return first if first is not None and first.start == freed.start else None

    def _hold(self, proposal: Proposal) -> None:
        """Hold the place and open the offer; the same offer holds it once."""
        until = self._clock.now() + OFFER_FOR
        seconds = (OFFER_FOR + HELD_LONGER).total_seconds()
        try:
            held = self._calendar.hold(proposal.slot, proposal.contact_id, proposal.id, seconds)
        except SlotTaken:
            self._waiting.end(proposal.id, OfferState.LOST)
            return
        self._waiting.open(proposal.id, held.id, until)


def when_to_offer(now: datetime, freed: Freed, clinic: Clinic) -> datetime | None:
    """Return when a place may be offered: now, as soon as the clinic may write about it again, or never (None)."""
    at = quiet_until(clinic, freed.place, freed.start, now) or now
    return at if at <= freed.start - SHORTEST else None


def suits(freed: Freed, wish: Wish, clinic: Clinic) -> bool:
    """Tell whether a place is what is wished, as far as the clinic's file tells."""
    service = clinic.services.get(wish.service)
    part = "morning" if freed.start.astimezone(clinic.zone).hour < NOON else "afternoon"
    is_given = service is not None and service.visit is not None
    return is_given and wish.place in (None, freed.place) and wish.part in (None, part)


# ------------------------------------------------------------------------------------------------------------ answering


class FoundTwice(PatientUnknown):
    """The calendar knows several of one name and birth date under one phone."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What an offer was booked as. `is_moved`: an appointment for the same was moved here, so that there are not two."""

    appointment: Appointment
    is_moved: bool


def accept(booking: Booking, offer_id: UUID, contact_id: UUID, now: datetime) -> Taken | None:
    """Book what is offered; accepted again, it is the same appointment. None: it is too late.

    Raise NotThere; PatientUnknown (also FoundTwice): it is accepted, and held while somebody looks for whom it is;
    CalendarUnavailable: it is accepted, and booked as soon as the calendar answers.
    """
    waiting = _list_of(booking)
    proposal = waiting.answer(offer_id, contact_id, accepts=True)
    if proposal.state is OfferState.ACCEPTED:
        book(booking.calendar, waiting, proposal, now)
        proposal = waiting.proposal(offer_id, contact_id)  # whoever booked it: a sweep may have been quicker
    if proposal.state is not OfferState.BOOKED or proposal.appointment_id is None:
        return None
    booked = booking.calendar.appointment(proposal.appointment_id)
    return Taken(booked, is_moved=booked.id != proposal.hold_id)  # a hold becomes the appointment of its own id


def decline(booking: Booking, offer_id: UUID, contact_id: UUID) -> OfferState:
    """Decline what is offered; return what became of the offer. Raise NotThere."""
    return _list_of(booking).answer(offer_id, contact_id, accepts=False).state


def book(calendar: Calendar, waiting: WaitingList, proposal: Proposal, now: datetime, by: By = "patient") -> None:
    """Book what was accepted, once, whoever does it; it is the next one's if the place is gone after all.

    Raise PatientUnknown (also FoundTwice), CalendarUnavailable: it stays accepted.
    """
    patient = waiting.patient(proposal)
    booked: Appointment | None = None
    if patient is not None:
        try:
            booked = _booked(calendar, waiting, proposal, patient, now, by)
        except (SlotTaken, NotThere):
            booked = None
    is_theirs = booked is not None and booked.status is not AppointmentStatus.CANCELLED
    waiting.settle(proposal.id, booked.id if booked is not None and is_theirs else None)


def _booked(
    calendar: Calendar, waiting: WaitingList, proposal: Proposal, patient: Patient, now: datetime, by: By
) -> Appointment:
    """Book, or move here what is booked for the same: who waits and has an appointment waits for an earlier one, not a second."""
    if proposal.hold_id is None:
        raise NotThere
    key = uuid5(proposal.id, "book")
    standing = standing_for(calendar, proposal.contact_id, proposal.slot.service, patient, now)
    if standing is not None:
        with suppress(NotThere):  # it was cancelled a moment ago
            return calendar.move(standing.id, proposal.hold_id, key, by)
    known = identified(calendar, waiting.phone(proposal.contact_id), patient)
    return calendar.book(proposal.hold_id, known, key, by)


def standing_for(
    calendar: Calendar, contact_id: UUID, service: str, patient: Patient, now: datetime
) -> Appointment | None:
    """Return the next appointment of somebody for a service, None if they have none to come."""
    theirs = (one for one in calendar.appointments(contact_id, now) if one.service == service and one.start > now)
    booked = (one for one in theirs if one.status is AppointmentStatus.BOOKED)
    return next((one for one in booked if may_be_one(one.patient, patient)), None)


def identified(calendar: Calendar, phone: str | None, patient: Patient) -> Patient:
    """Return the patient with the calendar's id, where it knows one of this name and birth date under the phone.

    Raise FoundTwice.
    """
    if patient.id is not None or phone is None:
        return patient
    same = [one for one in calendar.patients_by_phone(phone) if _is_named(one, patient)]
    if len(same) > 1:
        raise FoundTwice
    return replace(patient, id=same[0].id) if len(same) == 1 else patient


def _is_named(one: Patient, other: Patient) -> bool:
    return (fold(one.first_name), one.birth_date) == (fold(other.first_name), other.birth_date)


def _list_of(booking: Booking) -> WaitingList:
    if booking.waiting is None:
        raise CalendarUnavailable("no_waiting_list")
    return booking.waiting
