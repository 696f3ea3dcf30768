"""What is booked, waited for and offered before a conversation begins, on paper; see `paper.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from bot.agenda import (
    Appointment,
    AppointmentStatus,
    CalendarUnavailable,
    NotThere,
    OfferState,
    Patient,
    Proposal,
    Slot,
    Waiting,
    Wish,
)

if TYPE_CHECKING:
    from tests.paper import Paper

OFFER = UUID(int=77)
DAY = timedelta(days=1)
Change = Callable[["Paper"], None]


@dataclass
class PaperWaiting:
    """See `bot.agenda.WaitingList`: as far as the flows ask it."""

    people: tuple[Waiting, ...] = ()
    proposed: Proposal | None = None
    is_booking: bool = False

    def join(self, contact_id: UUID, wish: Wish, patient: Patient, key: UUID) -> bool:
        """Put somebody on the list once."""
        if any((one.wish, one.patient) == (wish, patient) for one in self.people):
            return False
        now = datetime.fromisoformat("2026-11-23T09:00:00+00:00")
        self.people += (Waiting(key, contact_id, wish, patient, now, now + 90 * DAY),)
        return True

    def of_contact(self, contact_id: UUID) -> tuple[Waiting, ...]:
        """Return what is waited for."""
        return self.people

    def leave(self, waiting_id: UUID, contact_id: UUID) -> bool:
        """Take somebody off the list."""
        if not self.is_booking:
            self.people = tuple(one for one in self.people if one.id != waiting_id)
        return not self.is_booking

    def answer(self, offer_id: UUID, contact_id: UUID, accepts: bool) -> Proposal:
        """Accept or decline the only offer there is."""
        if self.proposed is None or self.proposed.id != offer_id:
            raise NotThere
        if self.proposed.state is OfferState.OPEN:
            state = OfferState.ACCEPTED if accepts else OfferState.DECLINED
            self.proposed = replace(self.proposed, state=state)
        return self.proposed

    def proposal(self, offer_id: UUID, contact_id: UUID) -> Proposal:
        """Return the only offer there is."""
        if self.proposed is None or self.proposed.id != offer_id:
            raise NotThere
        return self.proposed

    def phone(self, contact_id: UUID) -> str | None:
        """Return the number of the only person there is."""
        return "393330000001"

    def settle(self, offer_id: UUID, appointment_id: UUID | None) -> None:
        """Note what it was booked as."""
        assert self.proposed is not None
        state = OfferState.BOOKED if appointment_id else OfferState.LOST
        self.proposed = replace(self.proposed, state=state, appointment_id=appointment_id)

    def patient(self, proposal: Proposal) -> Patient | None:
        """Return whom the offer is for."""
        return Patient(None, "Anna")


@dataclass(frozen=True)
class Visit:
    """Something booked before the conversation begins: on a day of November 2026."""

    day: int
    who: str = "Anna"
    practitioner: str = "neri"
    place: str = "centro"
    service: str = "cardiology"
    at: time = field(default=time(9))

    def __call__(self, paper: Paper) -> None:
        """Book it."""
        zone, id_ = paper.calendar.clinic.zone, UUID(int=self.day)
        start = datetime(2026, 11, self.day, self.at.hour, tzinfo=zone)
        minutes = timedelta(minutes=30)
        paper.calendar.booked[id_] = Appointment(
            id_, 1, AppointmentStatus.BOOKED, self.service, self.practitioner, self.place, start, start + minutes,
            Patient(None, self.who), f"K7M{self.day}", contact_id=UUID(int=7),
        )  # fmt: skip


def _changed(**values: object) -> Change:
    """Return what changes the first appointment there is."""

    def change(paper: Paper) -> None:
        id_, first = next(iter(paper.calendar.booked.items()))
        paper.calendar.booked[id_] = replace(first, revision=first.revision + 1, **values)  # type: ignore[arg-type]

    return change


def _later(paper: Paper) -> None:
    first = next(iter(paper.calendar.booked.values()))
    _changed(start=first.start + DAY, end=first.end + DAY)(paper)


def _past(paper: Paper) -> None:
    first = next(iter(paper.calendar.booked.values()))
    _changed(start=first.start - 90 * DAY, end=first.end - 90 * DAY)(paper)


def _waits(paper: Paper) -> None:
    paper.waiting.join(UUID(int=7), Wish("cardiology"), Patient(None, "Bruno"), UUID(int=9))


def _offered(paper: Paper) -> None:
    start = datetime(2026, 11, 25, 9, tzinfo=paper.calendar.clinic.zone)
    slot = Slot("neri.centro.25", "cardiology", "neri", "centro", start, start + timedelta(minutes=30))
    held = paper.calendar.hold(slot, UUID(int=7), UUID(int=78), 1800)
    until = start - DAY
    paper.waiting.proposed = Proposal(OFFER, OfferState.OPEN, UUID(int=9), UUID(int=7), slot, until, held.id)


def _fails(fault: Exception | None) -> Change:
    return lambda paper: setattr(paper.calendar, "change_fault", fault)


def _expires(paper: Paper) -> None:
    assert paper.waiting.proposed is not None
    paper.waiting.proposed = replace(paper.waiting.proposed, state=OfferState.EXPIRED)


def _is_booking(paper: Paper) -> None:
    paper.waiting.is_booking = True


def _forgotten(paper: Paper) -> None:
    paper.calendar.booked.clear()


OF_VISITS: Mapping[str, Change] = {
    "Anna has an appointment on Thursday": Visit(26),
    "Anna has a general visit with Dr Bianchi on Thursday": Visit(26, practitioner="bianchi", service="general_visit"),
    "Bruno has an appointment on Friday": Visit(27, "Bruno"),
    "Anna has an ultrasound on Friday": Visit(27, "Anna", "conti", "centro", "abdominal_ultrasound"),
    "Anna has a visit nobody prepares for": Visit(26, "Anna", "bianchi", "fiera", "unheard_of"),
    "staff move the appointment": _later,
    "staff cancel the appointment": _changed(status=AppointmentStatus.CANCELLED),
    "the patient has arrived": _changed(status=AppointmentStatus.ARRIVED),
    "the visit is long over": _past,
    "nobody knows the appointment": _forgotten,
    "somebody waits for Bruno": _waits,
    "a place is offered": _offered,
    "the offer ends": _expires,
    "the place is being booked": _is_booking,
    "the calendar does not say whether it changed anything": _fails(CalendarUnavailable("timeout", unknown=True)),
    "the calendar is away when something is changed": _fails(CalendarUnavailable("timeout")),
    "the calendar changes what it is asked": _fails(None),
}
