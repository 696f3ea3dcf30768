"""A freed place goes to those who wait, one at a time: exactly one offer, exactly one winner, and nobody waits in vain."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, insert, update

from bot.agenda import (
    Appointment,
    Booking,
    Calendar,
    CalendarUnavailable,
    Freed,
    NotThere,
    OfferState,
    Patient,
    PatientUnknown,
    Slot,
    SlotTaken,
    Wanted,
    Wish,
)
from bot.booking.offering import OFFER_FOR, Offering, accept, decline, when_to_offer
from bot.clinic import load_clinic
from bot.scheduling.builtin.calendar import BuiltIn
from bot.store import SqlDiary, SqlWaiting, tables
from bot.store.agenda_tables import appointment
from bot.store.waiting_tables import freed_place, waiting, waiting_offer
from tests.conftest import counts
from tests.desks import DeskInProcess, backing_of, minutes, together

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

    def book(self, who: UUID, wanted: Wanted = WEDNESDAY) -> Appointment:
        slot = self.calendar.free(wanted, 1)[0]
        held = self.calendar.hold(slot, who, uuid4(), 600)
        return self.calendar.book(held.id, Patient(None, "Olga"), uuid4())

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
        exact = Wanted(slot.service, slot.start, slot.start + minutes(1), slot.place, slot.practitioner)
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


def test_who_accepts_has_the_place_and_waits_no_longer(house_on_both: House) -> None:
    house = house_on_both
    people, offer = offered(house)

    booked = accept(house.booking, offer, people[0])

    assert booked is not None
    assert (booked.start, booked.contact_id, booked.patient.first_name) == (house.booked.start, people[0], "Prova0")
    assert (house.waiting.of_contact(people[0]), len(house.waiting.of_contact(people[1]))) == ((), 1)
    assert house.offers() == [(people[0], "booked")]
    assert house.offering.sweep() == 0


def test_accepting_twice_is_accepting_once(house: House) -> None:
    people, offer = offered(house)

    first, again = (accept(house.booking, offer, people[0]) for _ in range(2))

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

    too_late = accept(house.booking, offer, people[0])
    house.offering.sweep()

    assert too_late is None
    assert house.offers() == [(people[0], "expired"), (people[1], "open")]


def test_an_offer_can_be_accepted_until_it_ends(house: House) -> None:
    people, offer = offered(house)
    house.desk.clock.move(OFFER_FOR - timedelta(seconds=1))

    assert accept(house.booking, offer, people[0]) is not None


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
    accept(house.booking, offer, people[0])

    assert decline(house.booking, offer, people[0]) is OfferState.BOOKED


@pytest.mark.parametrize("answer", [accept, decline])
def test_nobody_answers_for_another(house: House, answer: Callable[[Booking, UUID, UUID], object]) -> None:
    people, offer = offered(house)

    with pytest.raises(NotThere):
        answer(house.booking, offer, people[1])

    assert house.offers() == [(people[0], "open")]


def test_who_cannot_be_told_is_passed_over(house: House) -> None:
    people, offer = offered(house)

    house.waiting.untellable(offer)
    house.offering.sweep()

    assert house.offers() == [(people[0], "lost"), (people[1], "open")]


def test_a_person_is_told_of_an_offer_once(house: House) -> None:
    _, offer = offered(house)

    told = [house.waiting.told(offer) for _ in range(2)]

    assert (told, house.waiting.untold()) == ([True, False], ())


def test_an_offer_that_ended_is_not_told(house: House) -> None:
    _, offer = offered(house)
    house.desk.clock.move(OFFER_FOR)

    assert (house.waiting.untold(), house.waiting.told(offer)) == ((), False)


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
        accept(Booking(cast(Calendar, lost), waiting=house.waiting), offer, people[0])
    stays = house.waiting.leave(house.waiting.of_contact(people[0])[0].id, people[0])
    house.desk.clock.move(minutes(1))

    house.offering.sweep()

    (booked,) = house.calendar.appointments(people[0], house.desk.clock.now())
    assert (stays, booked.start, house.offers()) == (False, house.booked.start, [(people[0], "booked")])
    assert accept(house.booking, offer, people[0]) == booked


@pytest.mark.parametrize("fault", [SlotTaken(), PatientUnknown()], ids=["taken", "unknown"])
def test_what_cannot_be_booked_goes_to_the_next_one(house: House, fault: Exception) -> None:
    people, offer = offered(house)
    booking = Booking(cast(Calendar, Faulty(house.calendar, "book", fault)), waiting=house.waiting)

    try:
        booked = accept(booking, offer, people[0])
    except PatientUnknown:
        booked = None
    house.offering.sweep()

    assert booked is None
    assert house.offers() == [(people[0], "lost"), (people[1], "open")]


def test_a_booked_place_that_is_cancelled_is_offered_anew(house: House) -> None:
    people, offer = offered(house)
    booked = accept(house.booking, offer, people[0])
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
            won.append(accept(house.booking, offer, who))

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
        lambda: accept(house.booking, offer, people[0]),
        lambda: decline(house.booking, offer, people[0]),
        lambda: house.waiting.untellable(offer),
        lambda: house.waiting.told(offer),
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
