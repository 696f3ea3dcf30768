"""What staff do in the built-in calendar (`bot.daybook.Reception`): the same rules as for patients, set aside with a reason."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from bot.agenda import Appointment, AppointmentStatus, Entry, Exceptional, NotThere, Patient, Slot, SlotTaken
from bot.clinic import Clinic
from bot.clinic.hours import Span
from bot.clock import Clock
from bot.counter import Staff
from bot.daybook import OVERRIDES, CounterDiary, Entered, Judges, Limit, OutsideLimits, Wished
from bot.scheduling.builtin.availability import MINUTE, Offering, Taken, passed
from bot.scheduling.builtin.calendar import BuiltIn, per_day


class AtReception(BuiltIn):
    """The built-in calendar with what only staff may do in it."""

    def __init__(self, clinic: Clinic, diary: CounterDiary, clock: Clock) -> None:
        super().__init__(clinic, diary, clock)
        self._book = diary

    def enter(self, staff: Staff, wished: Wished, patient: Patient, contact_id: UUID | None, key: UUID) -> Appointment:
        """Book for a patient."""
        slot, offering = self._slot(wished)
        entered = Entered(staff, key, wished.override)
        return self._book.enter(
            slot, offering.block(slot.start), patient, contact_id, self._judge(wished, offering), entered
        )

    def shift(self, staff: Staff, appointment_id: UUID, revision: int, wished: Wished, key: UUID) -> Appointment:
        """Move an appointment."""
        slot, offering = self._slot(wished)
        entered = Entered(staff, key, wished.override)
        judge = self._judge(wished, offering)
        return self._book.shift(appointment_id, revision, slot, offering.block(slot.start), judge, entered)

    def settle(
        self,
        staff: Staff,
        appointment_id: UUID,
        revision: int,
        status: AppointmentStatus,
        key: UUID,
        reason: str | None = None,
    ) -> Appointment:
        """Note what became of an appointment."""
        return self._book.settle(appointment_id, revision, status, Entered(staff, key, reason))

    def _slot(self, wished: Wished) -> tuple[Slot, Offering]:
        """Return what is wished as a slot. Raise NotThere where that practitioner does not do this, or never there."""
        listed = self._clinic.practitioners.get(wished.practitioner)
        if listed is None or wished.service not in listed.services or wished.place not in self._clinic.places:
            raise NotThere(wished.service)
        offering = self._offering(wished.service)
        end = wished.start + timedelta(minutes=offering.minutes)
        return Slot("", wished.service, wished.practitioner, wished.place, wished.start, end), offering

    def _judge(self, wished: Wished, offering: Offering) -> Judges:
        def judge(entries: tuple[Entry, ...], exceptions: tuple[Exceptional, ...]) -> frozenset[Limit]:
            if not Taken(Span(one.start, one.end) for one in entries).is_free(offering.block(wished.start)):
                raise SlotTaken
            limits = self._passed(wished, offering, entries, exceptions)
            if limits and wished.override not in OVERRIDES:
                raise OutsideLimits(limits)
            return limits

        return judge

    def _passed(
        self,
        wished: Wished,
        offering: Offering,
        entries: tuple[Entry, ...],
        exceptions: tuple[Exceptional, ...],
    ) -> frozenset[Limit]:
        zone = self._clinic.zone
        week = self._week(wished.practitioner, Span(wished.start, wished.start + MINUTE), exceptions)
        counted = per_day(entries, wished.service, zone)
        return passed(week, offering, counted, (wished.place, wished.start), self._clock.now(), zone)
