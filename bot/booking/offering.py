"""A freed place and those who wait for it: offered to one person at a time, first come first served, and held meanwhile.

Everything is derived from rows. Each step can be done again: the hold has the offer's id as its key, the booking one made
of it. So any number of processes may work on this at once, and whoever finds what another left takes it up.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from bot.agenda import (
    Appointment,
    Booking,
    By,
    Calendar,
    CalendarUnavailable,
    Freed,
    NotThere,
    OfferState,
    PatientUnknown,
    Proposal,
    Slot,
    SlotTaken,
    Waiting,
    WaitingList,
    Wanted,
    Wish,
)
from bot.clinic import Clinic
from bot.clock import Clock
from bot.outreach.plan import quiet_until

log = logging.getLogger("sportello.offering")

OFFER_FOR = timedelta(minutes=30)  # long enough to see a message at work, short enough for three people in a morning
SHORTEST = timedelta(hours=3)  # before the visit: to read it, to decide, to come
HELD_LONGER = timedelta(minutes=2)  # than the offer is open: who takes it in its last second has it
LEASE_S = 60.0
AGAIN = timedelta(minutes=1)  # when the calendar did not answer
AT_ONCE = 20  # freed places a sweep works on
MINUTE = timedelta(minutes=1)


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
            self._go_on(proposal)
        elif at is not None and at > now:
            self._waiting.later(freed, at)
        elif at is not None:
            self._next(freed)
        elif proposal is None or self._waiting.end(proposal.id, OfferState.LOST):
            self._let_go(freed)

    def _go_on(self, proposal: Proposal) -> None:
        match proposal.state:
            case OfferState.HOLDING:
                self._hold(proposal)
            case OfferState.ACCEPTED:  # whoever began to book it has not come back
                self._book(proposal)
            case _:
                self._waiting.end(proposal.id, OfferState.EXPIRED)

    def _book(self, proposal: Proposal) -> None:
        """Finish what a person accepted; they are told by a notice, as of everything they did not do just now."""
        try:
            book(self._calendar, self._waiting, proposal, by="staff")
        except PatientUnknown:
            log.warning("an accepted offer cannot be booked", extra={"offer": str(proposal.id)})

    def _next(self, freed: Freed) -> None:
        """Offer the place to whoever's turn it is; if it is nobody's, everybody may have it."""
        self._give_back(freed)
        if (turn := self._whose_turn(freed)) is None:
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

    def _whose_turn(self, freed: Freed) -> tuple[Waiting, Slot] | None:
        """Return who is first of those whom the place suits, and the time as the calendar gives it."""
        practitioner = self._clinic.practitioners.get(freed.practitioner)
        found: dict[Wish, Slot | None] = {}
        for waiting in self._waiting.candidates(freed, frozenset(practitioner.services)) if practitioner else ():
            if waiting.wish not in found:
                found[waiting.wish] = self._fitting(freed, waiting.wish)
            slot = found[waiting.wish]
            if slot is not None:
                return waiting, slot
        return None

    def _fitting(self, freed: Freed, wish: Wish) -> Slot | None:
        """Return the freed time for what is wished; None if that does not fit, or somebody was faster."""
        if wish.service not in self._clinic.services or self._clinic.services[wish.service].visit is None:
            return None
        exact = Wanted(wish.service, freed.start, freed.start + MINUTE, wish.place, freed.practitioner, wish.part)
        return next(iter(self._calendar.free(exact, 1)), None)

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


# ------------------------------------------------------------------------------------------------------------ answering


def accept(booking: Booking, offer_id: UUID, contact_id: UUID) -> Appointment | None:
    """Book what is offered; accepted again, it is the same appointment. None: it is too late.

    Raise NotThere, PatientUnknown; CalendarUnavailable: it is accepted and is booked as soon as the calendar answers.
    """
    waiting = _list_of(booking)
    proposal = waiting.answer(offer_id, contact_id, accepts=True)
    if proposal.state is OfferState.BOOKED and proposal.appointment_id is not None:
        return booking.calendar.appointment(proposal.appointment_id)
    return book(booking.calendar, waiting, proposal) if proposal.state is OfferState.ACCEPTED else None


def decline(booking: Booking, offer_id: UUID, contact_id: UUID) -> OfferState:
    """Decline what is offered; return what became of the offer. Raise NotThere."""
    return _list_of(booking).answer(offer_id, contact_id, accepts=False).state


def book(calendar: Calendar, waiting: WaitingList, proposal: Proposal, by: By = "patient") -> Appointment | None:
    """Book what was accepted, once, whoever does it; None if the place is gone after all."""
    patient = waiting.patient(proposal)
    booked: Appointment | None = None
    if patient is not None and proposal.hold_id is not None:
        try:
            booked = calendar.book(proposal.hold_id, patient, uuid5(proposal.id, "book"), by)
        except (SlotTaken, NotThere):
            booked = None
        except PatientUnknown:
            waiting.settle(proposal.id, None)
            raise
    waiting.settle(proposal.id, booked.id if booked is not None else None)
    return booked


def _list_of(booking: Booking) -> WaitingList:
    if booking.waiting is None:
        raise CalendarUnavailable("no_waiting_list")
    return booking.waiting
