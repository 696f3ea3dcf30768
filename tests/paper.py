"""A calendar on paper, for tests without a database: every practitioner of the clinic's file is free at the same few hours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import cast
from uuid import UUID, uuid5

from bot.acting import Asker, Facts
from bot.agenda import (
    Appointment,
    AppointmentStatus,
    Booking,
    By,
    CalendarUnavailable,
    Changed,
    Held,
    NotThere,
    Patient,
    PatientUnknown,
    Practitioner,
    Slot,
    SlotTaken,
    WaitingList,
    Wanted,
)
from bot.clinic import Clinic
from tests.paper_visits import PaperWaiting

SOMEBODY = UUID(int=7)
HOURS = (time(9), time(10), time(11, 30), time(15), time(16, 30))
CODES = "ABCDEFGHJK"
DAY = timedelta(days=1)


@dataclass
class PaperCalendar:
    """See `bot.agenda.Calendar`. `taken` and `fault` are the tests' to set; keys are numbered in the order they come."""

    clinic: Clinic
    now: datetime
    taken: set[str] = field(default_factory=set)  # slots others have
    is_full: bool = False
    busy: set[str] = field(default_factory=set)  # who has no time at all, or the parts of the day that have none
    away_next: bool = False  # it goes away once it has said that a time is taken
    fault: Exception | None = None  # raised by everything
    patient_fault: Exception | None = None  # raised by booking
    change_fault: Exception | None = None  # raised by moving, cancelling and confirming
    known: tuple[Patient, ...] = ()  # under the person's phone number
    holds: dict[UUID, Held] = field(default_factory=dict)
    booked: dict[UUID, Appointment] = field(default_factory=dict)
    done: dict[UUID, UUID] = field(default_factory=dict)  # key -> appointment

    def practitioners(self, service: str, place: str | None = None) -> tuple[Practitioner, ...]:
        """Return who gives a service."""
        found = []
        for one in self.clinic.practitioners.values():
            if service in one.services:
                places = frozenset(s.place for s in one.shifts if service in (s.services or one.services))
                found.append(Practitioner(one.id, one.name, frozenset(one.services), places))
        return tuple(one for one in found if place is None or place in one.places)

    def free(self, wanted: Wanted, limit: int) -> tuple[Slot, ...]:
        """Return the fixed hours of working days, less what is taken."""
        self._answer()
        return tuple(self._free(wanted))[:limit] if not self.is_full else ()

    def hold(self, slot: Slot, contact_id: UUID, key: UUID, seconds: float) -> Held:
        """Keep a slot."""
        self._answer()
        if (
            self.is_full
            or self._part(slot.start) in self.busy
            or slot.id in self.taken
            or slot.id in map(self._slot_id, self._standing())
        ):
            self.fault = AWAY if self.away_next else self.fault
            raise SlotTaken
        self.holds.clear()
        held = Held(uuid5(key, "hold"), slot, self.now + timedelta(seconds=seconds))
        self.holds[held.id] = held
        return held

    def release(self, hold_id: UUID) -> None:
        """Give a hold back."""
        self._answer()
        self.holds.pop(hold_id, None)

    def book(self, hold_id: UUID, patient: Patient, key: UUID, by: By = "patient") -> Appointment:
        """Book what is held."""
        self._answer()
        if self.patient_fault is not None:
            raise self.patient_fault
        if hold_id in self.booked:
            return self.booked[hold_id]
        held = self.holds.get(hold_id)
        if held is None or held.slot.id in self.taken:
            raise SlotTaken
        del self.holds[hold_id]
        slot, code = held.slot, CODES[len(self.booked)] * 5
        made = Appointment(
            hold_id, 1, AppointmentStatus.BOOKED, slot.service, slot.practitioner, slot.place, slot.start, slot.end,
            patient, code, contact_id=SOMEBODY,
        )  # fmt: skip
        self.booked[hold_id] = made
        self.done[key] = hold_id
        return made

    def move(
        self, appointment_id: UUID, hold_id: UUID, key: UUID, by: By = "patient", revision: int | None = None
    ) -> Appointment:
        """Give an appointment the time of a hold."""
        self._answer(self.change_fault)
        standing, held = self._as_seen(appointment_id, revision), self.holds.pop(hold_id, None)
        if held is None or held.slot.id in self.taken:
            raise SlotTaken
        slot = held.slot
        moved = replace(
            standing, revision=standing.revision + 1, practitioner=slot.practitioner, place=slot.place,
            start=slot.start, end=slot.end, confirmed_at=None,
        )  # fmt: skip
        self.booked[appointment_id] = moved
        return moved

    def cancel(
        self,
        appointment_id: UUID,
        key: UUID,
        reason: str | None = None,
        by: By = "patient",
        revision: int | None = None,
    ) -> Appointment:
        """Cancel an appointment."""
        self._answer(self.change_fault)
        standing = self._as_seen(appointment_id, revision)
        gone = replace(standing, status=AppointmentStatus.CANCELLED, revision=standing.revision + 1)
        self.booked[appointment_id] = gone
        return gone

    def confirm(self, appointment_id: UUID, revision: int) -> Appointment:
        """Note that the patient comes."""
        self._answer(self.change_fault)
        standing = self.appointment(appointment_id)
        if standing.revision == revision:
            self.booked[appointment_id] = standing = replace(standing, confirmed_at=self.now)
        return standing

    def appointments(self, contact_id: UUID, since: datetime) -> tuple[Appointment, ...]:
        """Return what was booked and stands, next first."""
        self._answer()
        return tuple(sorted((one for one in self._standing() if one.end > since), key=lambda one: one.start))

    def appointment(self, appointment_id: UUID) -> Appointment:
        """Return one appointment."""
        self._answer()
        if appointment_id not in self.booked:
            raise NotThere
        return self.booked[appointment_id]

    def patients_by_phone(self, wa_id: str) -> tuple[Patient, ...]:
        """Return whom the test says."""
        self._answer()
        return self.known

    def keep_up(self) -> int:
        """Return 0."""
        return 0

    # ------------------------------------------------------------------------------------------------------- inside

    def _as_seen(self, appointment_id: UUID, revision: int | None) -> Appointment:
        standing = self.appointment(appointment_id)
        if revision not in (None, standing.revision):
            raise Changed
        return standing

    def _answer(self, fault: Exception | None = None) -> None:
        if self.fault is not None or fault is not None:
            raise self.fault or fault or AssertionError

    def _standing(self) -> list[Appointment]:
        stands = (AppointmentStatus.BOOKED, AppointmentStatus.ARRIVED)
        return [one for one in self.booked.values() if one.status in stands]

    def _part(self, start: datetime) -> str:
        return "morning" if start.astimezone(self.clinic.zone).hour < 12 else "afternoon"

    def _slot_id(self, one: Appointment | Slot) -> str:
        return f"{one.practitioner}.{one.place}.{one.start:%Y%m%dT%H%MZ}"

    def _free(self, wanted: Wanted) -> Iterator[Slot]:
        service = self.clinic.services[wanted.service]
        assert service.visit is not None
        people = [
            (one.id, sorted(one.places)[0] if wanted.place is None else wanted.place)
            for one in self.practitioners(wanted.service, wanted.place)
            if wanted.practitioner in (None, one.id) and one.id not in self.busy
        ]
        taken = self.taken | {self._slot_id(one) for one in self._standing()}
        taken |= {self._slot_id(held.slot) for held in self.holds.values()}
        for start in self._starts(wanted, service.visit.notice, service.visit.horizon):
            for practitioner, place in people:
                slot = Slot(
                    "", wanted.service, practitioner, place, start, start + timedelta(minutes=service.visit.minutes)
                )
                if (id_ := self._slot_id(slot)) not in taken:
                    yield replace(slot, id=id_)

    def _starts(self, wanted: Wanted, notice: int, horizon: int) -> Iterator[datetime]:
        zone = self.clinic.zone
        day = wanted.since.astimezone(zone).date()
        earliest = max(wanted.since, self.now + timedelta(minutes=notice))
        last = min(wanted.until, self.now + timedelta(days=horizon))
        while (midnight := datetime.combine(day, time.min, zone)) < last:
            for hour in HOURS if day.weekday() < 5 else ():
                start = datetime.combine(day, hour, zone).astimezone(UTC)
                part = self._part(start)
                is_of_part = wanted.part in (None, part) and part not in self.busy
                if is_of_part and earliest <= start < last:
                    yield start
            day = (midnight + DAY).date()


@dataclass
class PaperPeople:
    """See `bot.agenda.People`."""

    known: tuple[Patient, ...] = ()

    def of(self, contact_id: UUID) -> tuple[Patient, ...]:
        """Return who was remembered."""
        return self.known

    def remember(self, contact_id: UUID, patient: Patient) -> None:
        """Remember somebody."""
        self.known = (patient, *(one for one in self.known if one != patient))

    def forget(self, contact_id: UUID, patient: Patient | None = None) -> int:
        """Forget somebody, or all."""
        before = len(self.known)
        self.known = tuple(one for one in self.known if patient is not None and one != patient)
        return before - len(self.known)


AWAY = CalendarUnavailable("timeout")
MAYBE_DONE = CalendarUnavailable("timeout", unknown=True)
NOT_KNOWN = PatientUnknown()


@dataclass
class Paper:
    """What the flows about appointments stand on, on paper."""

    calendar: PaperCalendar
    people: PaperPeople | None = field(default_factory=PaperPeople)
    waiting: PaperWaiting = field(default_factory=PaperWaiting)
    calls: int = 0

    def facts(self, clinic: Clinic, now: datetime, language: str) -> Facts:
        """Return what the next action is told."""
        self.calls += 1
        self.calendar.clinic, self.calendar.now = clinic, now
        asker = Asker(SOMEBODY, UUID(int=1000 + self.calls), "393330000001")
        return Facts(
            clinic,
            now,
            language,
            asker,
            Booking(self.calendar, waiting=cast(WaitingList, self.waiting), people=self.people, file_url=_file_url),
        )

    def copied(self) -> Paper:
        """Return one that goes on by itself from here."""
        c = self.calendar
        calendar = replace(
            c, taken=set(c.taken), busy=set(c.busy), holds=dict(c.holds), booked=dict(c.booked), done=dict(c.done)
        )
        return Paper(calendar, replace(self.people) if self.people else None, replace(self.waiting), self.calls)


def _file_url(appointment_id: UUID) -> str:
    return "https://desk.example.org/visits/file.ics"


def paper_of(clinic: Clinic, now: datetime) -> Paper:
    """Return an empty calendar, and nobody known."""
    return Paper(PaperCalendar(clinic, now))


def asking(calendar: PaperCalendar, language: str, call: int) -> Facts:
    """Return what an action is told when somebody has it done for the n-th time."""
    return Paper(calendar, calls=call).facts(calendar.clinic, calendar.now, language)
