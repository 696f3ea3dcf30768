"""A freed place goes to those who wait, one at a time: exactly one offer, exactly one winner, and nobody waits in vain."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, cast
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, insert, update

from bot.agenda import (
    Appointment,
    AppointmentStatus,
    Booking,
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
    Wanted,
    Wish,
)
from bot.booking.offering import (
    HELD_LONGER,
    LOOKS,
    OFFER_FOR,
    FoundTwice,
    Offering,
    Taken,
    accept,
    decline,
    when_to_offer,
)
from bot.clinic import load_clinic
from bot.notices import Kind, Notice
from bot.outreach.keeper import Outreach
from bot.ports import Lanes, Typed
from bot.scheduling.builtin.calendar import BuiltIn
from bot.store import SqlDiary, SqlWaiting, tables
from bot.store.agenda_tables import appointment
from bot.store.outreach_tables import notice
from bot.store.waiting_tables import freed_place, waiting, waiting_offer
from tests.conftest import counts
from tests.desks import DeskInProcess, backing_of, minutes, together
from tests.desks import Patient as Talker
from tests.peers import FhirPeer
from tests.test_calendars import LATER, foreign_of

ROME = ZoneInfo("Europe/Rome")
CLINIC = load_clinic(Path(__file__).parent.parent / "clinic.example.yaml")
MONDAY = datetime(2026, 11, 23, tzinfo=ROME).astimezone(UTC)
WEDNESDAY = Wanted("cardiology", MONDAY + timedelta(days=2), MONDAY + timedelta(days=3))
CARDIOLOGY = Wish("cardiology")


@dataclass
class House:
    """A calendar, a waiting list, and somebody who has an appointment on Wednesday."""

    desk: DeskInProcess
    calendar: Calendar
    waiting: SqlWaiting
    owner: UUID
    patient: Patient = Patient(None, "Olga")
    wanted: Wanted = WEDNESDAY
    booked: Appointment = field(init=False)

    def __post_init__(self) -> None:
        self.booked = self.book(self.owner)

    @property
    def booking(self) -> Booking:
        return Booking(self.calendar, waiting=self.waiting)

    @property
    def offering(self) -> Offering:
        """Offer as one process would; each has its own."""
        return Offering(self.calendar, self.waiting, self.desk.house.clinic, self.desk.clock)

    def book(self, who: UUID) -> Appointment:
        slot = self.calendar.free(self.wanted, 1)[0]
        held = self.calendar.hold(slot, who, uuid4(), 600)
        return self.calendar.book(held.id, self.patient, uuid4())

    def people(self, count: int) -> list[UUID]:
        """Return people who have never written a word."""
        made = {"phone_number_id": "1", "person_sealed": b"", "created_at": MONDAY}
        people = [{"id": uuid4(), "wa_id_hash": uuid4().bytes, **made} for _ in range(count)]
        with self.desk.built.database.begin() as connection:
            connection.execute(insert(tables.contact), people)
        return [UUID(str(one["id"])) for one in people]

    def waits(self, *wishes: Wish) -> list[UUID]:
        """Have somebody wait for each of these, in this order; return who they are."""
        people = self.people(len(wishes))
        for n, (who, wish) in enumerate(zip(people, wishes, strict=True)):
            self.waiting.join(who, wish, Patient(None, f"Prova{n}"), uuid4())
            self.desk.clock.move(timedelta(seconds=1))
        return people

    def again(self) -> None:
        """Forget everything but the calendar's owner: the next round begins on a new day."""
        with self.desk.built.database.begin() as connection:
            for table in (waiting_offer, waiting, freed_place, appointment):
                connection.execute(delete(table))
        self.desk.clock.move(MONDAY + timedelta(hours=10) - self.desk.clock.now())
        self.booked = self.book(self.owner)

    def frees(self) -> None:
        """Cancel what was booked."""
        self.calendar.cancel(self.booked.id, uuid4())

    def offers(self) -> list[tuple[UUID, str]]:
        """Return to whom something was offered, and what became of it, in order."""
        rows = sorted(self.desk.rows(waiting_offer), key=lambda row: row.id)
        return [(row.contact_id, row.state) for row in rows]

    def offer_of(self, who: UUID) -> UUID:
        (found,) = [row.id for row in self.desk.rows(waiting_offer) if row.contact_id == who]
        return UUID(str(found))

    def is_free(self, slot: Appointment | Slot) -> bool:
        exact = Wanted(slot.service, slot.start, slot.end, slot.place, slot.practitioner)
        return bool(self.calendar.free(exact, 1))


def house_of(desk: DeskInProcess) -> House:
    backing = backing_of(desk.built)
    calendar = BuiltIn(desk.house.clinic, SqlDiary(backing, desk.house.clinic.zone), desk.clock)
    made = {"id": uuid4(), "phone_number_id": "1", "person_sealed": b"", "created_at": MONDAY}
    with desk.built.database.begin() as connection:
        connection.execute(insert(tables.contact), made)
    return House(desk, calendar, SqlWaiting(backing), UUID(str(made["id"])))


@pytest.fixture
def house_on_both(desk: DeskInProcess) -> House:
    """A house on either database."""
    return house_of(desk)


@pytest.fixture
def house(environ: dict[str, str], sqlite_url: str) -> Iterator[House]:
    """A house on SQLite, for what no database decides by itself."""
    desk = DeskInProcess({**environ, "DATABASE_URL": sqlite_url})
    yield house_of(desk)
    desk.close()


# --------------------------------------------------------------------------------------------------------- who is asked


def test_a_freed_place_is_offered_to_who_waits_longest_and_is_held_for_them(house_on_both: House) -> None:
    house = house_on_both
    first, _second = house.waits(CARDIOLOGY, CARDIOLOGY)
    house.frees()

    house.offering.sweep()

    (offered,) = house.waiting.untold()
    until = house.desk.clock.now() + OFFER_FOR
    assert (offered.contact_id, offered.slot.start, offered.until) == (first, house.booked.start, until)
    assert (offered.first_name, house.offers()) == ("Prova0", [(first, "open")])
    assert not house.is_free(house.booked)


def test_every_process_offers_beside_its_sweep(house: House) -> None:
    (first,) = house.waits(CARDIOLOGY)
    house.frees()

    house.desk.built.background._offer_places()

    assert house.offers() == [(first, "open")]


def test_a_moved_appointment_frees_its_place_too(house: House) -> None:
    (first,) = house.waits(CARDIOLOGY)
    slot = house.calendar.free(WEDNESDAY, 9)[8]
    held = house.calendar.hold(slot, house.owner, uuid4(), 600)

    house.calendar.move(house.booked.id, held.id, uuid4())
    house.offering.sweep()

    assert house.offers() == [(first, "open")]


def test_a_hold_that_ends_frees_nothing_that_was_anybodys(house: House) -> None:
    house.waits(CARDIOLOGY)
    slot = house.calendar.free(WEDNESDAY, 9)[8]
    house.calendar.release(house.calendar.hold(slot, house.owner, uuid4(), 600).id)

    house.offering.sweep()

    assert house.offers() == []


UNSUITED = [
    Wish("dermatology"),
    Wish("cardiology", place="fiera"),
    Wish("cardiology", practitioner="bianchi"),
    Wish("cardiology", part="afternoon"),
    Wish("blood_test"),
]


def test_whom_the_place_does_not_suit_is_passed_over(house_on_both: House) -> None:
    house = house_on_both
    *_, last = house.waits(*UNSUITED, Wish("cardiology", "centro", "neri", "morning"))
    house.frees()

    house.offering.sweep()

    assert house.offers() == [(last, "open")]


def test_where_nobody_waits_the_place_is_everybodys(house: House) -> None:
    house.frees()

    house.offering.sweep()

    assert house.is_free(house.booked)
    assert house.desk.rows(freed_place) == []


def test_who_stopped_what_the_clinic_begins_is_not_asked(house: House) -> None:
    first, second = house.waits(CARDIOLOGY, CARDIOLOGY)
    with house.desk.built.database.begin() as connection:
        connection.execute(insert(tables.stop).values(id=uuid4(), contact_id=first, purpose="all", at=MONDAY))
    house.frees()

    house.offering.sweep()

    assert house.offers() == [(second, "open")]


def test_who_is_deciding_about_another_time_keeps_it_and_is_not_asked(house_on_both: House) -> None:
    house = house_on_both
    first, second = house.waits(CARDIOLOGY, CARDIOLOGY)
    slot = house.calendar.free(WEDNESDAY, 9)[8]
    house.calendar.hold(slot, first, uuid4(), 600)
    house.frees()

    house.offering.sweep()

    assert house.offers() == [(second, "open")]
    assert not house.is_free(slot)


def test_who_begins_to_look_for_another_time_keeps_what_they_are_offered(house_on_both: House) -> None:
    house = house_on_both
    (first,) = house.waits(CARDIOLOGY)
    house.frees()
    house.offering.sweep()

    house.calendar.hold(house.calendar.free(WEDNESDAY, 9)[8], first, uuid4(), 600)

    assert not house.is_free(house.booked)


def test_two_places_go_to_two_people(house: House) -> None:
    first, second = house.waits(CARDIOLOGY, CARDIOLOGY)
    other = house.book(house.owner)
    house.frees()
    house.calendar.cancel(other.id, uuid4())

    house.offering.sweep()

    assert sorted(house.offers()) == sorted([(first, "open"), (second, "open")])


NIGHTS = [
    ("2026-11-23 10:00", "2026-11-25 09:00", "2026-11-23 10:00"),
    ("2026-11-23 19:59", "2026-11-25 09:00", "2026-11-23 19:59"),
    ("2026-11-23 20:00", "2026-11-25 09:00", "2026-11-24 08:00"),
    ("2026-11-24 03:00", "2026-11-25 09:00", "2026-11-24 08:00"),
    ("2026-11-24 07:59", "2026-11-24 11:00", "2026-11-24 08:00"),
    ("2026-11-24 07:59", "2026-11-24 10:59", None),
    ("2026-11-23 22:00", "2026-11-24 09:00", None),
    ("2026-11-23 10:00", "2026-11-23 13:00", "2026-11-23 10:00"),
    ("2026-11-23 10:01", "2026-11-23 13:00", None),
    ("2026-11-28 21:00", "2026-12-02 09:00", "2026-11-30 08:00"),  # nobody is asked on a Sunday ...
    ("2026-11-28 21:00", "2026-11-30 12:00", "2026-11-29 08:00"),  # ... but about the next day
    ("2026-12-08 10:00", "2026-12-11 09:00", "2026-12-09 08:00"),  # a holiday
    ("2026-10-24 23:00", "2026-10-25 11:00", "2026-10-25 08:00"),  # the night the clock goes back
]


@pytest.mark.parametrize(("now", "start", "offered"), NIGHTS)
def test_nobody_is_asked_when_nothing_may_be_begun_nor_just_before_the_visit(
    now: str, start: str, offered: str | None
) -> None:
    def at(written: str) -> datetime:
        return datetime.fromisoformat(written).replace(tzinfo=ROME).astimezone(UTC)

    found = when_to_offer(at(now), Freed(uuid4(), "neri", "centro", at(start)), CLINIC)

    assert found == (at(offered) if offered else None)


def test_a_place_freed_at_night_is_offered_in_the_morning(house: House) -> None:
    (first,) = house.waits(CARDIOLOGY)
    house.desk.clock.move(timedelta(hours=12))  # ten in the evening
    house.frees()
    house.offering.sweep()
    at_night = house.offers()
    house.desk.clock.move(timedelta(hours=10))

    house.offering.sweep()

    assert (at_night, house.offers()) == ([], [(first, "open")])


def test_a_place_freed_too_late_is_everybodys(house: House) -> None:
    house.waits(CARDIOLOGY)
    house.desk.clock.move(house.booked.start - house.desk.clock.now() - timedelta(hours=2, minutes=59))
    house.frees()

    house.offering.sweep()

    assert (house.offers(), house.desk.rows(freed_place)) == ([], [])


# ------------------------------------------------------------------------------------------------------------ answering


def offered(house: House, count: int = 2) -> tuple[list[UUID], UUID]:
    """Have people wait, and the first of them offered what is free; return them and the offer."""
    people = house.waits(*(CARDIOLOGY for _ in range(count)))
    house.frees()
    house.offering.sweep()
    return people, house.offer_of(people[0])


def accepted(house: House, offer: UUID, who: UUID) -> Appointment | None:
    """Accept an offer; return what it was booked as."""
    taken = accept(house.booking, offer, who, house.desk.clock.now())
    return taken.appointment if taken else None


def declined(house: House, offer: UUID, who: UUID) -> OfferState:
    """Decline an offer; return what became of it."""
    return decline(house.booking, offer, who)


def test_who_accepts_has_the_place_and_waits_no_longer(house_on_both: House) -> None:
    house = house_on_both
    people, offer = offered(house)

    booked = accepted(house, offer, people[0])

    assert booked is not None
    assert (booked.start, booked.contact_id, booked.patient.first_name) == (house.booked.start, people[0], "Prova0")
    assert (house.waiting.of_contact(people[0]), len(house.waiting.of_contact(people[1]))) == ((), 1)
    assert house.offers() == [(people[0], "booked")]
    assert house.offering.sweep() == 0


def test_accepting_twice_is_accepting_once(house: House) -> None:
    people, offer = offered(house)

    first, again = (accepted(house, offer, people[0]) for _ in range(2))

    assert first == again
    assert len(house.calendar.appointments(people[0], house.desk.clock.now())) == 1


def test_who_declines_stays_on_the_list_and_the_next_one_is_asked(house: House) -> None:
    people, offer = offered(house)

    became = decline(house.booking, offer, people[0])
    house.offering.sweep()

    assert became is OfferState.DECLINED
    assert house.offers() == [(people[0], "declined"), (people[1], "open")]
    assert len(house.waiting.of_contact(people[0])) == 1
    assert not house.is_free(house.booked)


def test_an_offer_nobody_answers_ends_and_the_next_one_is_asked(house_on_both: House) -> None:
    house = house_on_both
    people, offer = offered(house)
    house.desk.clock.move(OFFER_FOR)

    too_late = accepted(house, offer, people[0])
    house.offering.sweep()

    assert too_late is None
    assert house.offers() == [(people[0], "expired"), (people[1], "open")]


def test_an_offer_can_be_accepted_until_it_ends(house: House) -> None:
    people, offer = offered(house)
    house.desk.clock.move(OFFER_FOR - timedelta(seconds=1))

    assert accepted(house, offer, people[0]) is not None


def test_when_everybody_was_asked_the_place_is_everybodys(house: House) -> None:
    people, offer = offered(house)
    decline(house.booking, offer, people[0])
    house.offering.sweep()
    decline(house.booking, house.offer_of(people[1]), people[1])

    house.offering.sweep()

    assert house.is_free(house.booked)
    assert house.desk.rows(freed_place) == []


def test_a_place_is_offered_to_nobody_twice(house: House) -> None:
    people, offer = offered(house, 1)
    decline(house.booking, offer, people[0])

    house.offering.sweep()

    assert house.offers() == [(people[0], "declined")]


def test_declining_after_accepting_changes_nothing(house: House) -> None:
    people, offer = offered(house)
    accepted(house, offer, people[0])

    assert decline(house.booking, offer, people[0]) is OfferState.BOOKED


@pytest.mark.parametrize("answer", [accepted, declined])
def test_nobody_answers_for_another(house: House, answer: Callable[[House, UUID, UUID], object]) -> None:
    people, offer = offered(house)

    with pytest.raises(NotThere):
        answer(house, offer, people[1])

    assert house.offers() == [(people[0], "open")]


def test_who_cannot_be_told_is_passed_over(house: House) -> None:
    people, offer = offered(house)

    house.waiting.untellable(offer)
    house.offering.sweep()

    assert house.offers() == [(people[0], "lost"), (people[1], "open")]


def test_an_offer_that_ended_is_not_told(house: House) -> None:
    _, offer = offered(house)
    house.desk.clock.move(OFFER_FOR)

    assert (house.waiting.untold(), house.waiting.is_open(offer)) == ((), False)


# ------------------------------------------------------------------------------------------------------------- the list


def test_the_same_wish_is_noted_once_and_another_one_replaces_it(house_on_both: House) -> None:
    house = house_on_both
    (who,) = house.people(1)
    patient, key = Patient(None, "Anna"), uuid4()

    noted = [
        house.waiting.join(who, CARDIOLOGY, patient, key),
        house.waiting.join(who, CARDIOLOGY, patient, key),
        house.waiting.join(who, CARDIOLOGY, patient, uuid4()),
        house.waiting.join(who, Wish("cardiology", part="morning"), patient, uuid4()),
    ]

    assert noted == [True, True, False, True]
    assert [one.wish for one in house.waiting.of_contact(who)] == [Wish("cardiology", part="morning")]


def test_two_people_behind_one_phone_wait_each(house: House) -> None:
    (who,) = house.people(1)

    for name in ("Anna", "Bruno"):
        house.waiting.join(who, CARDIOLOGY, Patient(None, name), uuid4())

    assert [one.patient.first_name for one in house.waiting.of_contact(who)] == ["Anna", "Bruno"]


def test_nobody_waits_for_ever(house: House) -> None:
    (who,) = house.waits(CARDIOLOGY)
    house.desk.clock.move(timedelta(days=90))

    assert house.waiting.of_contact(who) == ()


def test_who_leaves_the_list_declines_what_they_are_offered(house_on_both: House) -> None:
    house = house_on_both
    people, _ = offered(house)
    (mine,) = house.waiting.of_contact(people[0])

    left = house.waiting.leave(mine.id, people[0])
    house.offering.sweep()

    assert (left, house.waiting.of_contact(people[0])) == (True, ())
    assert house.offers() == [(people[0], "declined"), (people[1], "open")]


def test_nobody_takes_another_off_the_list(house: House) -> None:
    people, _ = offered(house)
    (mine,) = house.waiting.of_contact(people[0])

    house.waiting.leave(mine.id, people[1])

    assert house.waiting.of_contact(people[0]) == (mine,)


# ---------------------------------------------------------------------------------------- what another process left behind


@dataclass
class Faulty:
    """A calendar, or a waiting list, that fails once: before it did something, or after (the answer is lost)."""

    within: Any
    method: str
    fault: BaseException
    after: bool = False

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.within, name)
        if name != self.method:
            return found

        def fail(*given: object, **named: object) -> object:
            self.method = ""
            if self.after:
                found(*given, **named)
            raise self.fault

        return fail


class Killed(BaseException):
    """What ends a process at a statement."""


STATEMENTS = ["free", "hold", "release", "propose", "open", "end", "done", "later", "left_holds", "candidates", "live"]


def dying(house: House, statement: str, after: bool) -> Offering:
    """Return what offers in a process that is killed at a statement."""
    calendar, waiting = (Faulty(part, statement, Killed(), after) for part in (house.calendar, house.waiting))
    return Offering(cast(Calendar, calendar), cast(SqlWaiting, waiting), house.desk.house.clinic, house.desk.clock)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_process_that_dies_anywhere_leaves_an_offer_to_be_finished(house: House, statement: str, after: bool) -> None:
    people = house.waits(CARDIOLOGY, CARDIOLOGY)
    house.frees()
    for who in people:
        try:
            dying(house, statement, after).sweep()
        except Killed:
            house.desk.age(freed_place.c.leased_until)
        house.offering.sweep()
        decline(house.booking, house.offer_of(who), who)

    house.offering.sweep()

    assert house.offers() == [(people[0], "declined"), (people[1], "declined")]
    assert house.is_free(house.booked)


def test_a_calendar_that_is_away_is_asked_again(house: House) -> None:
    (first,) = house.waits(CARDIOLOGY)
    house.frees()
    house.calendar = cast(Calendar, Faulty(house.calendar, "hold", CalendarUnavailable("timeout")))
    house.offering.sweep()
    house.desk.clock.move(minutes(1))

    house.offering.sweep()

    assert house.offers() == [(first, "open")]


def test_what_was_accepted_and_not_answered_is_booked_later_as_by_staff(house: House) -> None:
    people, offer = offered(house)
    lost = Faulty(house.calendar, "book", CalendarUnavailable("timeout", unknown=True))
    with pytest.raises(CalendarUnavailable):
        accept(Booking(cast(Calendar, lost), waiting=house.waiting), offer, people[0], house.desk.clock.now())
    stays = house.waiting.leave(house.waiting.of_contact(people[0])[0].id, people[0])
    house.desk.clock.move(minutes(1))

    house.offering.sweep()

    (booked,) = house.calendar.appointments(people[0], house.desk.clock.now())
    assert (stays, booked.start, house.offers()) == (False, house.booked.start, [(people[0], "booked")])
    assert accepted(house, offer, people[0]) == booked


def test_what_cannot_be_booked_goes_to_the_next_one(house: House) -> None:
    people, offer = offered(house)
    booking = Booking(cast(Calendar, Faulty(house.calendar, "book", SlotTaken())), waiting=house.waiting)

    booked = accept(booking, offer, people[0], house.desk.clock.now())
    house.offering.sweep()

    assert booked is None
    assert house.offers() == [(people[0], "lost"), (people[1], "open")]


def test_what_the_calendar_books_and_does_not_let_stand_goes_to_the_next_one(house: House) -> None:
    people, offer = offered(house)

    @dataclass
    class Cancels(Faulty):
        """A calendar that says of what it books that it is cancelled."""

        def book(self, *given: Any) -> Appointment:
            """Book nothing."""
            return replace(house.booked, status=AppointmentStatus.CANCELLED)

    booking = Booking(cast(Calendar, Cancels(house.calendar, "", Killed())), waiting=house.waiting)

    booked = accept(booking, offer, people[0], house.desk.clock.now())
    house.offering.sweep()

    assert booked is None
    assert house.offers() == [(people[0], "lost"), (people[1], "open")]


def test_whom_nobody_finds_keeps_the_place_while_somebody_looks(house: House) -> None:
    people, offer = offered(house)
    unknown = Faulty(house.calendar, "book", PatientUnknown())
    with pytest.raises(PatientUnknown):
        accept(Booking(cast(Calendar, unknown), waiting=house.waiting), offer, people[0], house.desk.clock.now())
    house.offering.sweep()
    at_once = house.offers()
    house.desk.clock.move(minutes(1))

    house.offering.sweep()

    assert (at_once, house.offers()) == ([(people[0], "accepted")], [(people[0], "booked")])


def test_whom_nobody_finds_until_the_hold_ends_gives_way_to_the_next_one(house: House) -> None:
    people, offer = offered(house)

    @dataclass
    class Knows(Faulty):
        """A calendar that knows nobody."""

        def book(self, *given: Any) -> Appointment:
            """Refuse."""
            raise PatientUnknown

    calendar, house.calendar = house.calendar, cast(Calendar, Knows(house.calendar, "", Killed()))
    with pytest.raises(PatientUnknown):
        accepted(house, offer, people[0])
    house.desk.clock.move(OFFER_FOR + HELD_LONGER)
    house.offering.sweep()
    house.calendar = calendar

    house.offering.sweep()

    assert house.offers() == [(people[0], "lost"), (people[1], "open")]


def test_who_accepts_while_a_sweep_books_it_reads_that_they_have_it(house: House) -> None:
    people, offer = offered(house)

    @dataclass
    class Slow(Faulty):
        """A waiting list that is asked for the patient a minute after the offer was accepted."""

        def patient(self, proposal: Proposal) -> Patient | None:
            """Let the sweep go first."""
            house.desk.clock.move(minutes(1))
            house.offering.sweep()
            found: Patient | None = self.within.patient(proposal)
            return found

    slow = cast(SqlWaiting, Slow(house.waiting, "", Killed()))

    taken = accept(Booking(house.calendar, waiting=slow), offer, people[0], house.desk.clock.now())

    (booked,) = house.calendar.appointments(people[0], house.desk.clock.now())
    assert taken == Taken(booked, is_moved=False)


# ------------------------------------------------------------------------------------------ a system that takes its time


@dataclass
class Late(Faulty):
    """A calendar whose system has a place free only after it was asked a few times."""

    times: int = 1

    def free(self, wanted: Wanted, limit: int) -> tuple[Slot, ...]:
        """Return nothing at first."""
        self.times -= 1
        found: tuple[Slot, ...] = self.within.free(wanted, limit) if self.times < 0 else ()
        return found


def test_a_place_its_system_has_not_freed_yet_is_looked_for_again(house_on_both: House) -> None:
    house = house_on_both
    (first,) = house.waits(CARDIOLOGY)
    house.frees()
    house.calendar = cast(Calendar, Late(house.calendar, "", Killed(), times=2))
    at_first = [house.offering.sweep() for _ in range(2)]
    house.desk.clock.move(LOOKS[0])
    house.offering.sweep()
    house.desk.clock.move(LOOKS[1])

    house.offering.sweep()

    assert (at_first, house.offers()) == ([1, 0], [(first, "open")])


def test_a_place_that_was_taken_is_looked_for_an_hour_and_no_longer(house: House) -> None:
    house.waits(CARDIOLOGY)
    house.frees()
    late = Late(house.calendar, "", Killed(), times=1000)
    house.calendar = cast(Calendar, late)
    kept = []
    for span in LOOKS:
        house.offering.sweep()
        kept.append(len(house.desk.rows(freed_place)))
        house.desk.clock.move(span)

    house.offering.sweep()

    assert kept == [1] * len(LOOKS)
    assert (house.desk.rows(freed_place), 1000 - late.times) == ([], len(LOOKS) + 1)
    assert timedelta(minutes=55) < sum(LOOKS, timedelta()) <= timedelta(hours=1)


def test_a_place_freed_anew_is_looked_for_once(house: House) -> None:
    house.waits(CARDIOLOGY)
    house.frees()
    other = house.book(house.owner)
    house.offering.sweep()
    house.calendar.cancel(other.id, uuid4())
    house.offering.sweep()
    house.desk.clock.move(LOOKS[0])

    house.offering.sweep()

    assert len(house.offers()) == 1
    assert len(house.desk.rows(freed_place)) == 1


def test_a_system_that_tells_only_of_what_ends_in_time_offers_the_place_too(house: House) -> None:
    (first,) = house.waits(CARDIOLOGY)

    @dataclass
    class Strict(Faulty):
        """A calendar that returns what begins and ends within what is asked about."""

        def free(self, wanted: Wanted, limit: int) -> tuple[Slot, ...]:
            """Return what fits."""
            return tuple(slot for slot in self.within.free(wanted, 100) if slot.end <= wanted.until)[:limit]

    house.frees()
    house.calendar = cast(Calendar, Strict(house.calendar, "", Killed()))

    house.offering.sweep()

    assert house.offers() == [(first, "open")]


# -------------------------------------------------------------------------------------------------- one need, one visit

EARLY = Wanted("cardiology", MONDAY + timedelta(days=1), MONDAY + timedelta(days=2))
LATE = Wanted("cardiology", MONDAY + timedelta(days=7), MONDAY + timedelta(days=8))


def visit_of(house: House, who: UUID, wanted: Wanted, name: str = "Prova0") -> Appointment:
    """Book for somebody who waits, by whatever way."""
    held = house.calendar.hold(house.calendar.free(wanted, 1)[0], who, uuid4(), 600)
    return house.calendar.book(held.id, Patient(None, name), uuid4())


@pytest.mark.parametrize("joins_first", [True, False], ids=["booked since", "booked before"])
def test_who_has_a_later_visit_and_accepts_is_moved(house_on_both: House, joins_first: bool) -> None:
    house = house_on_both
    (who,) = house.people(1)
    steps: list[Callable[[], object]] = [
        lambda: house.waiting.join(who, CARDIOLOGY, Patient(None, "Prova0"), uuid4()),
        lambda: visit_of(house, who, LATE),
    ]
    for step in steps if joins_first else reversed(steps):
        step()
    (before,) = house.calendar.appointments(who, house.desk.clock.now())
    house.frees()
    house.offering.sweep()

    taken = [accept(house.booking, house.offer_of(who), who, house.desk.clock.now()) for _ in range(2)]

    (now,) = house.calendar.appointments(who, house.desk.clock.now())
    assert taken == [Taken(now, is_moved=True)] * 2
    assert (now.id, now.start, now.revision) == (before.id, house.booked.start, 2)
    assert (house.waiting.of_contact(who), house.is_free(before)) == ((), True)


def test_what_is_moved_for_who_accepts_is_finished_by_a_sweep_too(house: House) -> None:
    (who,) = house.waits(CARDIOLOGY)
    visit_of(house, who, LATE)
    house.frees()
    house.offering.sweep()
    lost = Faulty(house.calendar, "move", CalendarUnavailable("timeout", unknown=True), after=True)
    with pytest.raises(CalendarUnavailable):
        accept(Booking(cast(Calendar, lost), waiting=house.waiting), house.offer_of(who), who, house.desk.clock.now())
    house.desk.clock.move(minutes(1))

    house.offering.sweep()

    (now,) = house.calendar.appointments(who, house.desk.clock.now())
    assert (now.start, now.revision, house.offers()) == (house.booked.start, 2, [(who, "booked")])


def test_who_has_an_earlier_visit_is_not_asked(house_on_both: House) -> None:
    house = house_on_both
    first, second = house.waits(CARDIOLOGY, CARDIOLOGY)
    visit_of(house, first, EARLY)
    house.frees()

    house.offering.sweep()

    assert house.offers() == [(second, "open")]
    assert len(house.waiting.of_contact(first)) == 1


OTHERS = [("Bruno", EARLY), ("Prova0", replace(EARLY, service="general_visit"))]


@pytest.mark.parametrize(("name", "wanted"), OTHERS, ids=["another person", "another service"])
def test_the_visit_of_another_and_one_for_something_else_are_no_reason(house: House, name: str, wanted: Wanted) -> None:
    (who,) = house.waits(CARDIOLOGY)
    visit = visit_of(house, who, wanted, name)
    house.frees()
    house.offering.sweep()

    taken = accept(house.booking, house.offer_of(who), who, house.desk.clock.now())

    assert taken is not None and not taken.is_moved
    assert house.calendar.appointment(visit.id) == visit


def test_who_has_been_there_waits_no_longer_and_may_join_anew(house: House) -> None:
    (who,) = house.waits(CARDIOLOGY)
    visit_of(house, who, EARLY)
    before = len(house.waiting.of_contact(who))
    house.desk.clock.move(timedelta(days=1, hours=9))
    since = house.waiting.of_contact(who)

    is_new = house.waiting.join(who, CARDIOLOGY, Patient(None, "Prova0"), uuid4())

    assert (before, since, is_new, len(house.waiting.of_contact(who))) == (1, (), True, 1)
    house.frees()
    house.offering.sweep()
    assert house.offers() == [(who, "open")]


def test_who_cancels_what_they_booked_still_waits(house: House) -> None:
    (who,) = house.waits(CARDIOLOGY)
    house.calendar.cancel(visit_of(house, who, EARLY).id, uuid4())
    house.frees()

    house.offering.sweep()

    assert [who for who, _ in house.offers()] == [who]


def test_a_booked_place_that_is_cancelled_is_offered_anew(house: House) -> None:
    people, offer = offered(house)
    booked = accepted(house, offer, people[0])
    assert booked is not None

    house.calendar.cancel(booked.id, uuid4())
    house.offering.sweep()

    assert house.offers() == [(people[0], "booked"), (people[1], "open")]


# ---------------------------------------------------------------------------------------------------------------- races


def open_offers(house: House) -> list[UUID]:
    return [who for who, state in house.offers() if state in ("holding", "open", "accepted")]


def race(house: House, sweepers: int, *others: Callable[[], object]) -> None:
    """Let many processes sweep at once, each tripped up as often as the database likes, and others do what they do."""
    works: list[Callable[[], object]] = [house.offering.sweep for _ in range(sweepers)]
    works += others
    random.Random(len(works)).shuffle(works)
    together(len(works), lambda n: works[n]())


def test_many_sweeps_at_once_make_exactly_one_offer(house_on_both: House) -> None:
    house = house_on_both
    people = house.waits(*(CARDIOLOGY for _ in range(50)))
    house.frees()

    race(house, 20)

    assert house.offers() == [(people[0], "open")]
    held = [row for row in house.desk.rows(appointment) if row.state == "hold"]
    assert [row.contact_id for row in held] == [people[0]]


def test_accepting_races_with_the_end_of_the_offer_and_one_wins(house_on_both: House) -> None:
    house = house_on_both
    for _ in range(counts(40)):
        who, _ = people = house.waits(CARDIOLOGY, CARDIOLOGY)
        house.frees()
        house.offering.sweep()
        offer = house.offer_of(who)
        won: list[Appointment | None] = []
        house.desk.clock.move(OFFER_FOR - timedelta(milliseconds=1))

        def accepts(offer: UUID = offer, who: UUID = who, won: list[Appointment | None] = won) -> None:
            won.append(accepted(house, offer, who))

        race(house, 4, accepts, accepts, lambda: house.desk.clock.move(timedelta(milliseconds=2)))
        house.offering.sweep()

        booked = [one for one in house.calendar.appointments(who, house.desk.clock.now())]
        has_won = any(one is not None for one in won)
        assert len(booked) == int(has_won)
        assert open_offers(house) == ([] if has_won else [people[1]])
        house.again()


def test_declining_accepting_and_telling_at_once_leaves_one_truth(house_on_both: House) -> None:
    house = house_on_both
    people, offer = offered(house, 3)

    race(
        house,
        8,
        lambda: accepted(house, offer, people[0]),
        lambda: decline(house.booking, offer, people[0]),
        lambda: house.waiting.untellable(offer),
        lambda: house.waiting.is_open(offer),
    )
    house.offering.sweep()

    states = dict(house.offers())
    booked = house.calendar.appointments(people[0], house.desk.clock.now())
    if states[people[0]] == "booked":
        assert (len(booked), open_offers(house)) == (1, [])
    else:
        assert (booked, states[people[0]] in ("declined", "lost"), open_offers(house)) == ((), True, [people[1]])


def test_a_held_place_is_shown_to_staff_as_held(house: House) -> None:
    people, _ = offered(house)

    (row,) = [row for row in house.desk.rows(appointment) if row.state == "hold"]

    assert (row.contact_id, row.starts_at) == (people[0], house.booked.start)


def test_a_lease_that_ended_is_taken_up_without_a_second_offer(house_on_both: House) -> None:
    house = house_on_both
    people = house.waits(CARDIOLOGY, CARDIOLOGY)
    house.frees()
    freed = house.waiting.due(60)
    assert freed is not None
    house.desk.age(freed_place.c.leased_until)
    (first, _) = house.waiting.candidates(freed, frozenset({"cardiology"}))
    slot = house.calendar.free(replace(WEDNESDAY, since=freed.start), 1)[0]
    house.offering.sweep()

    slow = house.waiting.propose(freed, first, slot)

    assert slow is None
    assert house.offers() == [(people[0], "open")]


def test_a_place_offered_at_dusk_by_a_process_that_died_waits_for_the_morning(house: House) -> None:
    people = house.waits(CARDIOLOGY)
    house.frees()
    with pytest.raises(Killed):
        dying(house, "hold", after=False).sweep()
    with house.desk.built.database.begin() as connection:
        connection.execute(update(freed_place).values(leased_until=None))
    house.desk.clock.move(timedelta(hours=11))
    house.offering.sweep()
    at_night = house.offers()
    house.desk.clock.move(timedelta(hours=12))

    house.offering.sweep()

    assert (at_night, house.offers()) == ([(people[0], "holding")], [(people[0], "open")])


# --------------------------------------------------------------------------------------------------------------- telling


@pytest.fixture
def told_of(desk: DeskInProcess) -> tuple[House, Talker]:
    """A house on either database whose waiting person has written, and is offered a place nobody has told them of."""
    house = house_of(desk)
    talker = desk.patient()
    joins(house, "393330000001", Patient(None, "Anna"))
    talker.reads_all()
    house.frees()
    house.offering.sweep()
    return house, talker


def test_an_offer_whose_telling_was_cut_off_is_told_by_whoever_comes_next(told_of: tuple[House, Talker]) -> None:
    house, talker = told_of
    lanes = cast(Lanes, Faulty(house.desk.built.lanes, "lane_of", Killed()))
    built = house.desk.built
    doomed = Outreach(built.notices, lanes, house.desk.house.clinic, house.desk.clock, offering_words, house.waiting)
    (owed,) = [one for one in doomed.owed() if one.notice.kind is Kind.OFFER]
    with pytest.raises(Killed):
        doomed.give(owed)

    counts = [house.desk.desk.give_due() for _ in range(2)]

    assert counts == [1, 0]
    assert [sent.taps[0].split("/")[1] for sent in talker.reads_all()] == ["accept"]
    assert house.waiting.untold() == ()


def offering_words(told: Notice, language: str, freely: bool) -> Typed:
    """Word an offer."""
    return Typed("Un posto.")


def test_an_offer_that_could_not_be_sent_when_it_was_made_is_untold(told_of: tuple[House, Talker]) -> None:
    house, talker = told_of
    house.desk.desk.give_due(lambda chores: None)
    before = house.waiting.untold()
    with house.desk.built.database.begin() as connection:
        is_waiting = tables.outbox.c.state == "waiting"
        connection.execute(update(tables.outbox).where(is_waiting).values(state="withdrawn", why="template"))
        connection.execute(delete(notice))  # as the gate does with what can only not be sent just now

    house.desk.desk.give_due()

    assert (before, house.waiting.untold()) == ((), ())
    assert len(talker.reads_all()) == 1


def test_an_offer_meta_refuses_for_now_holds_nothing_and_goes_to_the_next_one(told_of: tuple[House, Talker]) -> None:
    house, talker = told_of
    desk = house.desk
    desk.whatsapp.answers = [desk.whatsapp.refusal(131048)]

    counts = [desk.desk.give_due() for _ in range(2)]

    assert (counts, talker.reads_all(), desk.built.notices.for_staff()) == ([1, 0], [], ())
    assert [row.state for row in desk.rows(waiting_offer)] == [OfferState.LOST]


def test_whose_number_changes_waits_no_longer_and_the_next_one_is_asked(told_of: tuple[House, Talker]) -> None:
    house, talker = told_of
    (second,) = house.waits(CARDIOLOGY)
    changed = {"type": "user_changed_number", "wa_id": "393330000007", "body": "x"}

    talker.sends(type="system", system=changed)
    house.offering.sweep()

    assert [state for _, state in house.offers()] == ["declined", "open"]
    assert [row.contact_id for row in house.desk.rows(waiting)] == [second]


def test_who_has_accepted_keeps_the_place_when_their_number_changes(told_of: tuple[House, Talker]) -> None:
    house, talker = told_of
    (who, _) = house.offers()[0]
    house.waiting.answer(house.offer_of(who), who, accepts=True)

    talker.sends(type="system", system={"type": "user_changed_number", "wa_id": "393330000007", "body": "x"})
    house.desk.clock.move(minutes(1))
    house.offering.sweep()

    assert house.offers() == [(who, "booked")]


# ------------------------------------------------------------------------------------------- in the clinic's own system


@pytest.fixture(scope="module", params=["plain", "ops"])
def peer(request: pytest.FixtureRequest) -> Iterator[FhirPeer]:
    """A FHIR server in which Slots are kept, and one that is asked by operations."""
    peer = FhirPeer(request.param)
    yield peer
    peer.stop()


@pytest.fixture
def elsewhere(environ: dict[str, str], sqlite_url: str, peer: FhirPeer) -> Iterator[House]:
    """A house whose calendar is kept there. It knows Anna, by her phone."""
    desk = DeskInProcess({**environ, "DATABASE_URL": sqlite_url})
    agenda = foreign_of(desk, peer)
    yield House(desk, agenda.calendar, SqlWaiting(backing_of(desk.built)), agenda.bruno, agenda.patient, LATER)
    desk.close()


BORN = date(1980, 5, 3)


def joins(house: House, phone: str, patient: Patient) -> UUID:
    """Have somebody who has written join the list."""
    house.desk.patient(phone).writes("ciao")
    who = max(house.desk.rows(tables.contact), key=lambda row: row.created_at).id
    house.waiting.join(who, CARDIOLOGY, patient, uuid4())
    house.desk.clock.move(timedelta(seconds=1))
    return UUID(str(who))


def goes_on(house: House) -> None:
    """Let the worker run its errands, and the next look come."""
    house.desk.clock.move(LOOKS[0])
    house.calendar.keep_up()
    house.offering.sweep()


def stands_there(house: House, peer: FhirPeer) -> list[tuple[str, str]]:
    """Return the appointments that stand there, with those of ours they are."""
    ours = {row.foreign_id: row.state for row in house.desk.rows(appointment) if row.state != "hold"}
    there = [one for one in peer.all("Appointment") if one["status"] == "booked"]
    return [(str(one["id"]), ours.get(f"Appointment/{one['id']}", "")) for one in there]


@pytest.mark.parametrize("is_moved", [True, False], ids=["moved", "cancelled"])
def test_a_place_freed_there_goes_to_who_waits_and_is_booked_there(
    elsewhere: House, peer: FhirPeer, is_moved: bool
) -> None:
    house = elsewhere
    who = joins(house, "393330000001", Patient(None, "Anna", BORN))
    if is_moved:
        slot = house.calendar.free(LATER, 9)[-1]
        house.calendar.move(house.booked.id, house.calendar.hold(slot, house.owner, uuid4(), 600).id, uuid4())
    else:
        house.frees()
    house.offering.sweep()
    goes_on(house)

    booked = accepted(house, house.offer_of(who), who)

    assert booked is not None and booked.foreign_id is not None
    there = stands_there(house, peer)
    assert (booked.start, booked.patient.id) == (house.booked.start, house.patient.id)
    assert (booked.foreign_id.removeprefix("Appointment/"), "booked") in there
    assert len(there) == (2 if is_moved else 1)


def test_a_place_declined_there_is_the_next_ones(elsewhere: House) -> None:
    house = elsewhere
    first, second = house.waits(CARDIOLOGY, CARDIOLOGY)
    house.frees()
    house.offering.sweep()
    goes_on(house)
    decline(house.booking, house.offer_of(first), first)
    house.offering.sweep()

    goes_on(house)

    assert house.offers() == [(first, "declined"), (second, "open")]


def test_who_is_not_known_there_has_the_place_once_the_reception_has_put_them_in(
    elsewhere: House, peer: FhirPeer
) -> None:
    house = elsewhere
    who = joins(house, "393330000002", Patient(None, "Bruno", BORN))
    house.frees()
    house.offering.sweep()
    goes_on(house)
    with pytest.raises(PatientUnknown):
        accepted(house, house.offer_of(who), who)
    telecom = [{"system": "phone", "value": "+393330000002"}]
    bruno = peer.has("Patient", name=[{"given": ["Bruno"]}], birthDate=BORN.isoformat(), telecom=telecom)
    house.desk.clock.move(minutes(1))

    house.offering.sweep()

    (booked,) = house.calendar.appointments(who, house.desk.clock.now())
    assert (booked.start, booked.patient.id) == (house.booked.start, f"Patient/{bruno}")


def test_who_is_found_there_twice_is_booked_for_by_a_person(elsewhere: House, peer: FhirPeer) -> None:
    house = elsewhere
    who = joins(house, "393330000001", Patient(None, "Anna", BORN))
    telecom = [{"system": "phone", "value": "+393330000001"}]
    peer.has("Patient", name=[{"given": ["Anna"]}], birthDate=BORN.isoformat(), telecom=telecom)
    house.frees()
    house.offering.sweep()
    goes_on(house)

    with pytest.raises(FoundTwice):
        accepted(house, house.offer_of(who), who)

    assert house.calendar.appointments(who, house.desk.clock.now()) == ()


def test_a_later_visit_there_is_moved_to_the_place_that_is_taken(elsewhere: House, peer: FhirPeer) -> None:
    house = elsewhere
    who = joins(house, "393330000001", Patient(None, "Anna", BORN))
    slot = house.calendar.free(LATER, 9)[-1]
    later = house.calendar.book(house.calendar.hold(slot, who, uuid4(), 600).id, house.patient, uuid4())
    house.frees()
    house.offering.sweep()
    goes_on(house)

    taken = accept(house.booking, house.offer_of(who), who, house.desk.clock.now())
    house.calendar.keep_up()

    assert taken is not None
    assert (taken.is_moved, taken.appointment.id, taken.appointment.start) == (True, later.id, house.booked.start)
    assert [state for _, state in stands_there(house, peer)] == ["booked"]
