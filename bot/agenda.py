"""What the desk asks of a calendar, whoever keeps it: one port with its errors. Words are FHIR's; times are instants (UTC)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Literal, Protocol
from uuid import UUID

from menus.answers import fold


class AppointmentStatus(StrEnum):
    """FHIR's Appointment.status, as far as a front desk meets it (hl7.org/fhir/R4/valueset-appointmentstatus)."""

    BOOKED = "booked"
    ARRIVED = "arrived"
    FULFILLED = "fulfilled"
    CANCELLED = "cancelled"
    NOSHOW = "noshow"


# What may become of an appointment; cancelled, fulfilled and noshow are ends, but for a slip of the hand at the counter.
NEXT: Mapping[AppointmentStatus, frozenset[AppointmentStatus]] = MappingProxyType(
    {
        AppointmentStatus.BOOKED: frozenset(AppointmentStatus),
        AppointmentStatus.ARRIVED: frozenset(AppointmentStatus),
        AppointmentStatus.FULFILLED: frozenset((AppointmentStatus.ARRIVED, AppointmentStatus.NOSHOW)),
        AppointmentStatus.NOSHOW: frozenset((AppointmentStatus.ARRIVED, AppointmentStatus.FULFILLED)),
        AppointmentStatus.CANCELLED: frozenset[AppointmentStatus](),
    }
)

By = Literal["patient", "staff", "elsewhere"]  # who changed an appointment; elsewhere: in the clinic's own system


@dataclass(frozen=True, slots=True)
class Practitioner:
    """Somebody who sees patients. `services` and `places` are ids of the clinic's file."""

    id: str
    name: str
    services: frozenset[str]
    places: frozenset[str]


@dataclass(frozen=True, slots=True)
class Patient:
    """Whom an appointment is for. `id` is the calendar's own; None: not known there yet. Never a sensitive identifier."""

    id: str | None
    first_name: str = field(repr=False)
    birth_date: date | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; None leaves it open. `until` is not included; `part` is before or from noon on the clinic's clock."""

    service: str
    since: datetime
    until: datetime
    place: str | None = None
    practitioner: str | None = None
    part: Literal["morning", "afternoon"] | None = None


def may_be_one(one: Patient, other: Patient) -> bool:
    """Tell whether two are, as far as is known, one person: by the calendar's id, or by name and what is known of the birth date."""
    if one.id is not None and other.id is not None:
        return one.id == other.id
    is_born_alike = one.birth_date is None or other.birth_date is None or one.birth_date == other.birth_date
    return is_born_alike and fold(one.first_name) == fold(other.first_name)


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that can be had. `id` is the calendar's, opaque and stable: the same time has the same id."""

    id: str
    service: str
    practitioner: str
    place: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """A slot kept for somebody who is deciding: until then nobody else gets it, and then by time alone everybody can."""

    id: UUID
    slot: Slot
    until: datetime


@dataclass(frozen=True, slots=True)
class Appointment:
    """A committed appointment. `revision` grows with every change of it; `code` is the short word it is named by in chat.

    `id` is ours, also where another system keeps the appointment: `foreign_id` is that system's.
    """

    id: UUID
    revision: int
    status: AppointmentStatus
    service: str
    practitioner: str
    place: str
    start: datetime
    end: datetime
    patient: Patient
    code: str
    foreign_id: str | None = None
    contact_id: UUID | None = None  # who is written to about it; None: made by staff for nobody who writes
    confirmed_at: datetime | None = None  # when the patient said that they come; None again when it is moved


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that takes a practitioner's time: from `start` to `end` with what is kept free around the visit.

    `service` is None where it is no visit (a block); `visit` is when the visit itself begins.
    """

    practitioner: str
    start: datetime
    end: datetime
    service: str | None = None
    visit: datetime | None = None


@dataclass(frozen=True, slots=True)
class Errand:
    """Something still to be done in the clinic's own system: `free` a slot, `cancel` an appointment, both named by their ids
    there, or `undo` what may have been booked there of a hold, named by the hold's id."""

    id: UUID
    action: Literal["free", "cancel", "undo"]
    foreign_id: str


@dataclass(frozen=True, slots=True)
class Exceptional:
    """Where a practitioner's week does not hold, between two times of the clock (naive); `place` None: wherever they are.

    `services`: what is done while it is open; none named: all that they do at that place.
    """

    practitioner: str
    kind: Literal["open", "closed"]
    start: datetime
    end: datetime
    place: str | None = None
    services: frozenset[str] = frozenset()


# ------------------------------------------------------------------------------------------------------------- errors


class SlotTaken(Exception):
    """Somebody else has this time, or it is no longer offered: pick another (409, 412, 422 and 423 all mean this)."""


class NotThere(LookupError):
    """The calendar knows no such appointment or hold."""


class Changed(Exception):
    """Somebody else has changed the appointment meanwhile: look again."""


class PatientUnknown(Exception):
    """The clinic's system does not know whom this is for, or knows several who match: reception must help."""


class CalendarUnavailable(Exception):
    """The calendar gave no answer that can be used. `unknown`: what was asked may have been done; look before saying anything.

    `why` is one of a few fixed words for the log and for staff, never what the other side wrote.
    """

    def __init__(self, why: str, unknown: bool = False, retry_after_s: float | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.unknown = unknown
        self.retry_after_s = retry_after_s


class Calendar(Protocol):
    """Free times, and appointments. Every method raises CalendarUnavailable when the calendar is away.

    `key` makes what changes something happen once: the same key again returns what came of it the first time.
    """

    def practitioners(self, service: str, place: str | None = None) -> tuple[Practitioner, ...]:
        """Return who gives a service, at a place if one is named."""
        ...

    def free(self, wanted: Wanted, limit: int) -> tuple[Slot, ...]:
        """Return the first free times, earliest first; at one time, one slot a practitioner."""
        ...

    def hold(self, slot: Slot, contact_id: UUID, key: UUID, seconds: float) -> Held:
        """Keep a slot for somebody who is deciding; whatever they held before is given back. Raise SlotTaken."""
        ...

    def release(self, hold_id: UUID) -> None:
        """Give a hold back; nothing happens if it has ended."""
        ...

    def book(self, hold_id: UUID, patient: Patient, key: UUID, by: By = "patient") -> Appointment:
        """Book what is held. Raise SlotTaken when the hold has ended and somebody else was faster, NotThere if there was none."""
        ...

    def move(
        self, appointment_id: UUID, hold_id: UUID, key: UUID, by: By = "patient", revision: int | None = None
    ) -> Appointment:
        """Book what is held in place of an appointment, which is free again with the same commit. Raise SlotTaken, NotThere.

        `revision`: raise Changed, and change nothing, if the appointment is of another one; None: whatever it is.
        """
        ...

    def cancel(
        self,
        appointment_id: UUID,
        key: UUID,
        reason: str | None = None,
        by: By = "patient",
        revision: int | None = None,
    ) -> Appointment:
        """Cancel an appointment; cancelling it again changes nothing. Raise NotThere.

        `revision`: raise Changed, and cancel nothing, if the appointment stands and is of another one; None: whatever it is.
        """
        ...

    def confirm(self, appointment_id: UUID, revision: int) -> Appointment:
        """Note that the patient comes, if the appointment is still of this revision; return it as it stands. Raise NotThere."""
        ...

    def appointments(self, contact_id: UUID, since: datetime) -> tuple[Appointment, ...]:
        """Return what was booked by a contact, for whomever, that ends after an instant: not what was cancelled; next first."""
        ...

    def appointment(self, appointment_id: UUID) -> Appointment:
        """Return one appointment as it stands now. Raise NotThere."""
        ...

    def patients_by_phone(self, wa_id: str) -> tuple[Patient, ...]:
        """Return whom the calendar knows under a phone number (digits, with the country's code); nobody is a good answer."""
        ...

    def keep_up(self) -> int:
        """Do what is due in another system: free holds that ended, cancel what was moved. Return how much was done.

        To be called every so often, by any number of processes.
        """
        ...


class IsStillFree(Protocol):
    """Decide, inside the transaction that takes a slot, whether it can be had: from what is taken and what is exceptional."""

    def __call__(self, entries: tuple[Entry, ...], exceptions: tuple[Exceptional, ...]) -> bool:
        """Return True if it can."""
        ...


class Diary(Protocol):
    """The built-in calendar's own rows. One transaction a method; raise StoreUnavailable when the database is away."""

    def entries(
        self, practitioners: frozenset[str], since: datetime, until: datetime
    ) -> tuple[tuple[Entry, ...], tuple[Exceptional, ...]]:
        """Return what is taken in a time, holds that have not ended too, and where the week does not hold."""
        ...

    def hold(
        self,
        slot: Slot,
        block: tuple[datetime, datetime],
        contact_id: UUID,
        key: UUID,
        ends_at: datetime,
        is_free: IsStillFree,
        is_foreign: bool = False,
    ) -> Held:
        """Keep a slot, with what is kept free around it, if it `is_free`. Raise SlotTaken.

        `is_foreign`: another system keeps the slot, and must be told when the hold has ended unused.
        """
        ...

    def held(self, hold_id: UUID) -> Held:
        """Return a hold. Raise NotThere."""
        ...

    def hold_of(self, key: UUID) -> Held | None:
        """Return the hold a key made, None if it made none or the hold has ended."""
        ...

    def release(self, hold_id: UUID) -> None:
        """Delete a hold; another system that keeps its slot is to be told now."""
        ...

    def done(self, key: UUID) -> Appointment | None:
        """Return what came of a key, None if nothing did yet."""
        ...

    def book(
        self, hold_id: UUID, patient: Patient, key: UUID, foreign_id: str | None = None, by: By = "patient"
    ) -> Appointment:
        """Make an appointment of a hold. Raise SlotTaken if it has ended and was taken by another."""
        ...

    def move(
        self,
        appointment_id: UUID,
        hold_id: UUID,
        key: UUID,
        foreign_id: str | None = None,
        by: By = "patient",
        revision: int | None = None,
    ) -> Appointment:
        """Give an appointment the time of a hold; its old time is free with the same commit. Raise SlotTaken, NotThere.

        `foreign_id`: what the new one is called in the other system, where the old one is still to be cancelled.
        `revision`: raise Changed if the appointment is of another one.
        """
        ...

    def errands(self, seconds: float) -> tuple[Errand, ...]:
        """Lease what is due in the other system, for so many seconds."""
        ...

    def errand_done(self, errand_id: UUID) -> None:
        """Strike an errand off."""
        ...

    def set_status(
        self,
        appointment_id: UUID,
        status: AppointmentStatus,
        key: UUID,
        reason: str | None = None,
        by: By = "patient",
        revision: int | None = None,
    ) -> Appointment:
        """Change what became of an appointment; to what it is already, nothing changes. Raise NotThere.

        `revision`: raise Changed if the appointment is of another one.
        """
        ...

    def confirm(self, appointment_id: UUID, revision: int) -> Appointment:
        """Note that the patient comes, if the appointment stands and is of this revision. Raise NotThere."""
        ...

    def of_contact(self, contact_id: UUID, since: datetime) -> tuple[Appointment, ...]:
        """Return what a contact booked that ends after an instant and was not cancelled, next first."""
        ...

    def appointment(self, appointment_id: UUID) -> Appointment:
        """Return one. Raise NotThere."""
        ...


# ------------------------------------------------------------------------------------------------------- waiting list


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody waits for; None leaves it open. `part` is before or from noon on the clinic's clock."""

    service: str
    place: str | None = None
    practitioner: str | None = None
    part: Literal["morning", "afternoon"] | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody on the waiting list: first come, first served, since `joined_at`, and nobody for ever."""

    id: UUID
    contact_id: UUID
    wish: Wish
    patient: Patient
    joined_at: datetime
    ends_at: datetime


class OfferState(StrEnum):
    """What became of an offer. Only the first three are not over."""

    HOLDING = "holding"  # somebody's turn has come; the place is being held for them
    OPEN = "open"  # it is held; they may take it until it ends
    ACCEPTED = "accepted"  # they took it; it is being booked
    BOOKED = "booked"
    DECLINED = "declined"
    EXPIRED = "expired"
    LOST = "lost"  # the place was gone, or the person could not be told


@dataclass(frozen=True, slots=True)
class Proposal:
    """A freed place offered to one person of the waiting list.

    `until` and `hold_id` are None while it is being held; `appointment_id` is what came of it.
    """

    id: UUID
    state: OfferState
    waiting_id: UUID
    contact_id: UUID
    slot: Slot
    until: datetime | None = None
    hold_id: UUID | None = None
    appointment_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Freed:
    """A place that became free: whose time, and when it began. Leased to one process while that looks whose turn it is.

    `looks`: how often in a row the calendar did not have it free, though somebody waits for it.
    """

    id: UUID
    practitioner: str
    place: str
    start: datetime
    looks: int = 0


@dataclass(frozen=True, slots=True)
class Offered:
    """An open offer the person must be told of before `until`; its taps are `@offer/accept|decline/<id>/1`."""

    id: UUID
    contact_id: UUID
    slot: Slot
    until: datetime
    first_name: str = field(repr=False)


class Offers(Protocol):
    """The offers of the waiting list, for whoever tells people of them. Raise StoreUnavailable when the database is away."""

    def untold(self) -> tuple[Offered, ...]:
        """Return the open offers without a notice, oldest first: told is what has one, and what is dropped is untold again."""
        ...

    def is_open(self, offer_id: UUID) -> bool:
        """Tell whether an offer can still be taken: of one that is over nobody is told."""
        ...

    def untellable(self, offer_id: UUID) -> None:
        """Give the place to the next one: this person may not, or could not, be told."""
        ...


class WaitingList(Protocol):
    """Who waits for a place, and what they are offered. One transaction a method; StoreUnavailable: the database is away.

    `key` is the tap's: the same key again gets the same answer.
    """

    def join(self, contact_id: UUID, wish: Wish, patient: Patient, key: UUID) -> bool:
        """Put somebody on the list, or change what they wait for; False if they wait for just this already."""
        ...

    def of_contact(self, contact_id: UUID) -> tuple[Waiting, ...]:
        """Return what a contact waits for, for whomever, longest first; not what they have been to meanwhile."""
        ...

    def leave(self, waiting_id: UUID, contact_id: UUID) -> bool:
        """Take somebody off the list and decline what they are offered; False while they are being booked."""
        ...

    def proposal(self, offer_id: UUID, contact_id: UUID) -> Proposal:
        """Return an offer made to a contact. Raise NotThere."""
        ...

    def answer(self, offer_id: UUID, contact_id: UUID, accepts: bool) -> Proposal:
        """Accept or decline what is open and has not ended; return it as it stands then. Raise NotThere."""
        ...

    def settle(self, offer_id: UUID, appointment_id: UUID | None) -> None:
        """Note what an accepted offer was booked as, and that the person waits no longer; None: it could not be booked."""
        ...

    def due(self, seconds: float) -> Freed | None:
        """Lease the next freed place something is to be done about, for so many seconds; None if there is none."""
        ...

    def live(self, freed: Freed) -> Proposal | None:
        """Return the offer of a freed place that is not over, None if there is none."""
        ...

    def candidates(self, freed: Freed, services: frozenset[str]) -> tuple[Waiting, ...]:
        """Return whose turn it may be for a place that one of these services could use, first come first.

        Not who was offered it before, is offered another, is just deciding about a time, or stopped what the clinic begins;
        nor who has a visit for the same that is no later: since they joined, they wait for something earlier.
        """
        ...

    def propose(self, freed: Freed, waiting: Waiting, slot: Slot) -> Proposal | None:
        """Begin an offer; None if the place or the person has one already."""
        ...

    def open(self, offer_id: UUID, hold_id: UUID, until: datetime) -> None:
        """Open an offer whose place is held."""
        ...

    def end(self, offer_id: UUID, state: OfferState) -> bool:
        """End an offer that was not answered; False if it was. The freed place is due again."""
        ...

    def left_holds(self, freed: Freed) -> tuple[UUID, ...]:
        """Return the holds that offers of a freed place have left behind when they were over."""
        ...

    def later(self, freed: Freed, due_at: datetime, looks: int = 0) -> None:
        """Look at a freed place again then."""
        ...

    def done(self, freed: Freed) -> None:
        """Leave a freed place to everybody."""
        ...

    def phone(self, contact_id: UUID) -> str | None:
        """Return the number of whoever waits (digits, with the country's code), None if it is not known."""
        ...

    def patient(self, proposal: Proposal) -> Patient | None:
        """Return whom an offer is for; None if they wait no longer."""
        ...


# --------------------------------------------------------------------------------------------- people behind one phone


class People(Protocol):
    """Whom a contact booked for before, kept only if they agreed: to be offered again. StoreUnavailable: database away."""

    def of(self, contact_id: UUID) -> tuple[Patient, ...]:
        """Return them, whoever was last booked for first; nobody after a change of number: nothing is proven then."""
        ...

    def remember(self, contact_id: UUID, patient: Patient) -> None:
        """Keep somebody; the same first name and birth date is the same person, who comes first from now."""
        ...

    def forget(self, contact_id: UUID, patient: Patient | None = None) -> int:
        """Forget somebody, None: everybody; return how many were."""
        ...


# --------------------------------------------------------------------------------------------------- imported busy times


class BusyTimes(Protocol):
    """When practitioners are busy by calendars of their own. Times only. StoreUnavailable: the database is away."""

    def replace(self, practitioner: str, spans: tuple[tuple[datetime, datetime], ...], since: datetime) -> None:
        """Put these in place of what was imported before and ends after an instant: all of them or, on an error, none."""
        ...

    def keep_only(self, practitioners: frozenset[str]) -> int:
        """Forget what was imported for anybody else; return how many times that were."""
        ...

    def clashes(self) -> frozenset[UUID]:
        """Return the appointments to come that stand at an imported time: somebody must look."""
        ...


@dataclass(frozen=True, slots=True)
class Booking:
    """What the flows about appointments stand on. `place`: where their calls run; a calendar elsewhere is asked by the worker.

    `file_url`: where the calendar file of an appointment is read.
    """

    calendar: Calendar
    place: Literal["ours", "away"] = "ours"
    waiting: WaitingList | None = None
    people: People | None = None
    file_url: Callable[[UUID], str] | None = None
