"""The built-in calendar: the clinic's file says who works when, the diary what is taken; one function shows and confirms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from heapq import merge
from itertools import islice
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.agenda import (
    Appointment,
    AppointmentStatus,
    By,
    Diary,
    Entry,
    Exceptional,
    Held,
    NotThere,
    Patient,
    Practitioner,
    Slot,
    SlotTaken,
    Wanted,
)
from bot.clinic import Clinic, hours_on
from bot.clinic import Practitioner as Listed
from bot.clinic.hours import Span
from bot.clock import Clock
from bot.daybook import Working, day_span
from bot.scheduling.builtin.availability import DAY, MINUTE, Free, Offering, Rule, Taken, Week, free, working
from bot.scheduling.roster import able, given_at, practitioners

NOON = time(12)
FIRST_LOOK, LONGER = timedelta(days=3), 5  # then 15 days, then the rest of a quarter
MARGIN = timedelta(days=1)  # around what is looked at: blocks reach out of it, and a day's count needs the whole day


class BuiltIn:
    """See `bot.agenda.Calendar`."""

    def __init__(self, clinic: Clinic, diary: Diary, clock: Clock) -> None:
        self._clinic = clinic
        self._diary = diary
        self._clock = clock
        self._rules = {listed.id: tuple(_rules(listed)) for listed in clinic.practitioners.values()}
        self._special = lru_cache(4096)(self._special_hours)

    def practitioners(self, service: str, place: str | None = None) -> tuple[Practitioner, ...]:
        """Return who gives a service, at a place if one is named, in the order of the clinic's file."""
        return practitioners(self._clinic, service, place)

    def free(self, wanted: Wanted, limit: int) -> tuple[Slot, ...]:
        """Return the first free times, earliest first."""
        people = [one.id for one in able(self._clinic, wanted)]
        found: list[Free] = []
        for part in _parts(wanted):
            found += islice(self._within(part, people), limit - len(found))
            if len(found) >= limit:
                break
        return tuple(_slot(wanted.service, one) for one in found)

    def hold(self, slot: Slot, contact_id: UUID, key: UUID, seconds: float) -> Held:
        """Keep a slot: shown and confirmed by the same function, here inside the transaction that takes it."""
        exact = Wanted(slot.service, slot.start, slot.start + MINUTE, slot.place, slot.practitioner)
        if not able(self._clinic, exact):
            raise SlotTaken

        def is_free(entries: tuple[Entry, ...], exceptions: tuple[Exceptional, ...]) -> bool:
            found = self._free(slot.practitioner, exact, entries, exceptions)
            return any((one.place, one.start, one.end) == (slot.place, slot.start, slot.end) for one in found)

        block = self._offering(slot.service).block(slot.start)
        ends_at = self._clock.now() + timedelta(seconds=seconds)
        return self._diary.hold(slot, block, contact_id, key, ends_at, is_free)

    def release(self, hold_id: UUID) -> None:
        """Give a hold back."""
        self._diary.release(hold_id)

    def book(self, hold_id: UUID, patient: Patient, key: UUID, by: By = "patient") -> Appointment:
        """Book what is held."""
        return self._diary.book(hold_id, patient, key, by=by)

    def move(
        self, appointment_id: UUID, hold_id: UUID, key: UUID, by: By = "patient", revision: int | None = None
    ) -> Appointment:
        """Give an appointment the time that is held, in one commit."""
        return self._diary.move(appointment_id, hold_id, key, by=by, revision=revision)

    def cancel(
        self,
        appointment_id: UUID,
        key: UUID,
        reason: str | None = None,
        by: By = "patient",
        revision: int | None = None,
    ) -> Appointment:
        """Cancel an appointment."""
        return self._diary.set_status(appointment_id, AppointmentStatus.CANCELLED, key, reason, by, revision)

    def confirm(self, appointment_id: UUID, revision: int) -> Appointment:
        """Note that the patient comes."""
        return self._diary.confirm(appointment_id, revision)

    def appointments(self, contact_id: UUID, since: datetime) -> tuple[Appointment, ...]:
        """Return what a contact booked."""
        return self._diary.of_contact(contact_id, since)

    def appointment(self, appointment_id: UUID) -> Appointment:
        """Return one appointment."""
        return self._diary.appointment(appointment_id)

    def patients_by_phone(self, wa_id: str) -> tuple[Patient, ...]:
        """Return nobody: this calendar keeps no register of patients."""
        return ()

    def keep_up(self) -> int:
        """Return 0: a hold in our own diary ends by time alone."""
        return 0

    def working(self, practitioner: str, day: date, exceptions: Sequence[Exceptional]) -> tuple[Working, ...]:
        """Return when somebody works on a day (see `bot.daybook.Timetable`)."""
        week = self._week(practitioner, day_span(day, self._clinic.zone), exceptions)
        found = working(week, day, self._clinic.zone)
        return tuple(Working(place, span.start, span.end) for place, span in found)

    def given_at(self, practitioner: str, place: str) -> frozenset[str]:
        """Return which services somebody gives at a place (see `bot.daybook.Timetable`)."""
        return given_at(self._clinic, practitioner, place)

    # ------------------------------------------------------------------------------------------------------- inside

    def _offering(self, service: str) -> Offering:
        known = self._clinic.services.get(service)
        if known is None or known.visit is None:
            raise NotThere(service)
        visit = known.visit
        return Offering(
            service, visit.minutes, visit.before, visit.after, visit.grid,
            notice_minutes=visit.notice, horizon_days=visit.horizon, per_day=visit.per_day,
        )  # fmt: skip

    def _within(self, wanted: Wanted, people: Sequence[str]) -> Iterator[Free]:
        entries, exceptions = self._diary.entries(frozenset(people), wanted.since - MARGIN, wanted.until + MARGIN)
        taken: dict[str, list[Entry]] = {person: [] for person in people}
        for entry in entries:
            taken[entry.practitioner].append(entry)
        each = [self._free(person, wanted, theirs, exceptions) for person, theirs in taken.items()]
        return (one for one in merge(*each, key=lambda one: one.start) if self._suits(one, wanted))

    def _free(
        self, person: str, wanted: Wanted, theirs: Sequence[Entry], exceptions: Iterable[Exceptional]
    ) -> Iterator[Free]:
        """Yield what somebody can give, next to what is taken of their time."""
        zone, within = self._clinic.zone, Span(wanted.since, wanted.until)
        offering = self._offering(wanted.service)
        return free(
            self._week(person, within, exceptions),
            offering,
            Taken(Span(entry.start, entry.end) for entry in theirs),
            per_day(theirs, wanted.service, zone) if offering.per_day is not None else {},
            within,
            self._clock.now(),
            zone,
        )

    def _suits(self, one: Free, wanted: Wanted) -> bool:
        if wanted.place not in (None, one.place) or wanted.part is None:
            return wanted.place in (None, one.place)
        is_morning = one.start.astimezone(self._clinic.zone).time() < NOON
        return wanted.part == ("morning" if is_morning else "afternoon")

    def _week(self, person: str, within: Span, exceptions: Iterable[Exceptional]) -> Week:
        rules = self._rules[person]
        places, days = {rule.place for rule in rules}, tuple(_days(within, self._clinic.zone))
        told = {(place, day): self._special(place, day) for place in places for day in days}
        special = {key: hours for key, hours in told.items() if hours is not None}
        theirs = (self._as_listed(one) for one in exceptions if one.practitioner == person)
        return Week(person, rules, tuple(one for one in theirs if one is not None), special)

    def _as_listed(self, one: Exceptional) -> Exceptional | None:
        """Return an exception as the clinic's file lets it be: extra hours are for what somebody does at that place."""
        if one.kind != "open":
            return one
        given = given_at(self._clinic, one.practitioner, one.place or "")
        services = one.services & given if one.services else given
        return replace(one, services=services) if services else None

    def _special_hours(self, place: str, day: date) -> tuple[tuple[time, time], ...] | None:
        """Return the hours of a place on a day that is not like its weekday (a holiday, a closure); None where it is."""
        on = hours_on(self._clinic, place, day)
        return None if on.note is None else tuple((opening.start, opening.end) for opening in on.openings)


def _parts(wanted: Wanted) -> Iterator[Wanted]:
    """Yield what is wanted piece by piece, each longer than the one before: most are content with what is free soon."""
    since, length = wanted.since, FIRST_LOOK
    while since < wanted.until:
        until = min(since + length, wanted.until)
        yield replace(wanted, since=since, until=until)
        since, length = until, length * LONGER


def _days(within: Span, zone: ZoneInfo) -> Iterator[date]:
    day, last = within.start.astimezone(zone).date(), within.end.astimezone(zone).date()
    while day <= last:
        yield day
        day += DAY


def _rules(listed: Listed) -> Iterator[Rule]:
    for shift in listed.shifts:
        for weekday in shift.weekdays:
            for opening in shift.hours:
                yield Rule(
                    listed.id, shift.place, weekday, opening.start, opening.end, shift.weeks, shift.first, shift.last,
                    frozenset(shift.services or listed.services),
                )  # fmt: skip


def per_day(entries: Iterable[Entry], service: str, zone: ZoneInfo) -> Mapping[date, int]:
    counted: dict[date, int] = {}
    for entry in entries:
        if entry.service == service and entry.visit is not None:
            day = entry.visit.astimezone(zone).date()
            counted[day] = counted.get(day, 0) + 1
    return counted


def _slot(service: str, one: Free) -> Slot:
    """Name a time that can be had: the same time has the same id, in any process and after any restart."""
    return Slot(
        f"{one.practitioner}.{one.place}.{one.start:%Y%m%dT%H%MZ}",
        service,
        one.practitioner,
        one.place,
        one.start,
        one.end,
    )
