"""kill -9 at every statement of holding, booking, moving and cancelling: never none, never two, and the same tap, the same answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

import pytest

from bot.agenda import Appointment, Held, Patient, Slot, Wanted
from bot.scheduling.builtin.calendar import BuiltIn
from bot.store import SqlDiary, tables
from bot.store.agenda_tables import appointment, appointment_change
from tests.desks import DeskInProcess, backing_of
from tests.doomed import Doom

ANNA = Patient(None, "Anna", date(1980, 5, 3))
HOLD_S = 300.0
MOST = 100  # points one thing can have


@dataclass
class Agenda:
    """A calendar with two people who want something of it, and children who die for it."""

    desk: DeskInProcess
    calendar: BuiltIn
    doom: Doom
    environ: dict[str, str]
    anna: UUID
    bruno: UUID

    def free(self, ahead_days: int) -> Slot:
        """Return the first free time from so many days ahead."""
        since = self.desk.clock.now() + timedelta(days=ahead_days)
        return self.calendar.free(Wanted("cardiology", since, since + timedelta(days=14)), 1)[0]

    def held(self, who: UUID, ahead_days: int = 1) -> Held:
        return self.calendar.hold(self.free(ahead_days), who, uuid4(), HOLD_S)

    def booked(self, ahead_days: int = 1) -> Appointment:
        return self.calendar.book(self.held(self.anna, ahead_days).id, ANNA, uuid4())

    def dies(self, at: int, **work: Any) -> bool:
        return self.doom.dies(at, self.environ, self.desk.clock.now(), work)

    def starts(self) -> set[datetime]:
        """Return when Anna has appointments."""
        return {one.start for one in self.calendar.appointments(self.anna, self.desk.clock.now())}

    def holds(self) -> list[Any]:
        return [row for row in self.desk.rows(appointment) if row.state == "hold"]

    def clear(self) -> None:
        """Let time pass: what is held is held no longer, and Bruno gets it; then give all back for the next round."""
        held = self.holds()
        self.desk.clock.move(timedelta(seconds=HOLD_S))
        for row in held:
            slot = Slot(row.foreign_id, row.service, row.practitioner, row.place, row.starts_at, row.ends_at)
            self.calendar.release(self.calendar.hold(slot, self.bruno, uuid4(), HOLD_S).id)
        for one in self.calendar.appointments(self.anna, self.desk.clock.now()):
            self.calendar.cancel(one.id, uuid4())

    def faults(self) -> dict[str, object]:
        """Return every promise of the diary that is not kept."""
        rows, changes = self.desk.rows(appointment), self.desk.rows(appointment_change)
        taken = sorted(
            (row.practitioner, row.block_from, row.block_to)
            for row in rows
            if row.state in ("hold", "booked", "arrived")
        )
        ends = [row.hold_ends_at for row in rows if row.state == "hold"]
        found = {
            "two at one time": [one for one, other in pairwise(taken) if one[0] == other[0] and one[2] > other[1]],
            "a key that did two things": len(changes) - len({row.key for row in changes}),
            "an appointment without its change": {row.id for row in rows} - {row.appointment_id for row in changes},
            "a hold for ever": [end for end in ends if end > self.desk.clock.now() + timedelta(seconds=HOLD_S)],
        }
        return {what: fault for what, fault in found.items() if fault}


@dataclass(frozen=True)
class Case:
    """One thing that is done: `work` for a child that may die of it, `again` the same tap here, answered as `answer` says.

    `before` is what Anna has booked if nothing has come of it yet, `after` once it is done; all of it is (status, start).
    """

    work: dict[str, Any]
    again: Callable[[], Held | Appointment]
    answer: Callable[[Held | Appointment], object]
    expected: object
    before: set[datetime]
    after: set[datetime]


@pytest.fixture(scope="module")
def doom() -> Iterator[Doom]:
    made = Doom()
    yield made
    made.stop()


@pytest.fixture
def agenda(environ: dict[str, str], database_url: str, desk: DeskInProcess, doom: Doom) -> Agenda:
    for number in ("393330000001", "393330000002"):
        desk.patient(number).writes("ciao")
    anna, bruno = sorted(row.id for row in desk.rows(tables.contact))
    diary = SqlDiary(backing_of(desk.built), desk.house.clinic.zone)
    told = environ | {"DATABASE_URL": database_url}
    return Agenda(desk, BuiltIn(desk.house.clinic, diary, desk.clock), doom, told, anna, bruno)


def killed_everywhere(agenda: Agenda, prepare: Callable[[], Case]) -> int:
    """Do something anew with a child that dies at the first point, the second and so on until it lives; return how often."""
    for at in range(1, MOST):
        case = prepare()
        died = agenda.dies(at, **case.work)

        assert agenda.starts() in (case.before, case.after), at
        answers = [case.answer(case.again()) for _ in range(2)]
        assert (answers, agenda.starts(), agenda.faults()) == ([case.expected] * 2, case.after, {}), at
        agenda.clear()
        if not died:
            return at
    raise AssertionError(f"it did not live through {MOST} points")


def test_a_hold_is_made_once_and_ends_by_time(agenda: Agenda) -> None:
    def prepare() -> Case:
        agenda.held(agenda.anna, 20)  # it is given back with the new hold, or stays
        slot, key = agenda.free(1), uuid4()
        times = {"start": slot.start, "end": slot.end, "contact": agenda.anna, "seconds": HOLD_S}
        names = {"slot": slot.id, "service": slot.service, "practitioner": slot.practitioner, "place": slot.place}
        return Case(
            {"do": "hold", "key": key, **names, **times},
            lambda: agenda.calendar.hold(slot, agenda.anna, key, HOLD_S),
            lambda held: (held.slot.start, len(agenda.holds())) if isinstance(held, Held) else None,
            (slot.start, 1),
            set(),
            set(),
        )

    assert killed_everywhere(agenda, prepare) > 10


def test_a_booking_is_made_once(agenda: Agenda) -> None:
    def prepare() -> Case:
        held, key = agenda.held(agenda.anna), uuid4()
        return Case(
            {"do": "book", "key": key, "hold": held.id},
            lambda: agenda.calendar.book(held.id, ANNA, key),
            told,
            ("booked", 1, held.slot.start),
            set(),
            {held.slot.start},
        )

    assert killed_everywhere(agenda, prepare) > 10


def test_a_moved_appointment_is_never_none_and_never_two(agenda: Agenda) -> None:
    def prepare() -> Case:
        booked, key = agenda.booked(), uuid4()
        held = agenda.held(agenda.anna, 20)
        return Case(
            {"do": "move", "key": key, "hold": held.id, "appointment": booked.id},
            lambda: agenda.calendar.move(booked.id, held.id, key),
            told,
            ("booked", 2, held.slot.start),
            {booked.start},
            {held.slot.start},
        )

    assert killed_everywhere(agenda, prepare) > 10


def test_a_cancelled_appointment_is_cancelled_once(agenda: Agenda) -> None:
    def prepare() -> Case:
        booked, key = agenda.booked(), uuid4()
        return Case(
            {"do": "cancel", "key": key, "appointment": booked.id},
            lambda: agenda.calendar.cancel(booked.id, key),
            told,
            ("cancelled", 2, booked.start),
            {booked.start},
            set(),
        )

    assert killed_everywhere(agenda, prepare) > 8


def told(done: Held | Appointment) -> object:
    return (done.status.value, done.revision, done.start) if isinstance(done, Appointment) else None
