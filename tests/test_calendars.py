"""One contract for every calendar: what is free can be held, what is held can be booked, and nothing is ever taken twice."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert

from bot.agenda import (
    Appointment,
    AppointmentStatus,
    Calendar,
    Changed,
    Held,
    NotThere,
    Patient,
    Slot,
    SlotTaken,
    Wanted,
)
from bot.clinic import FhirNames as Names
from bot.scheduling.builtin.calendar import BuiltIn
from bot.scheduling.fhir.calendar import FhirCalendar
from bot.scheduling.fhir.ops import ByOperations
from bot.scheduling.fhir.rest import ByResources
from bot.scheduling.fhir.server import FhirServer
from bot.store import Backing, SqlDiary, SqlElsewhere, tables
from bot.store.agenda_tables import CLOCK, agenda_block, agenda_exception, appointment, appointment_change
from tests.conftest import MakeDesk, counts
from tests.desks import DeskInProcess, backing_of, minutes, together
from tests.peers import MOODS, FhirPeer

ROME = ZoneInfo("Europe/Rome")
MONDAY = datetime(2026, 11, 23, tzinfo=ROME).astimezone(UTC)
ANNA = Patient(None, "Anna", date(1980, 5, 3))
WEEK = Wanted("cardiology", MONDAY, MONDAY + timedelta(days=7))
LATER = replace(WEEK, since=MONDAY + timedelta(days=4))
HOLD_S = 300.0
CARDIOLOGY, SLOTS = "urn:tests|cardiology", 8


@dataclass
class Agenda:
    """A calendar with two people who want something of it, and a patient it knows."""

    desk: DeskInProcess
    calendar: Calendar
    anna: UUID
    bruno: UUID
    patient: Patient = ANNA
    peer: FhirPeer | None = None

    def first(self, wanted: Wanted = WEEK) -> Slot:
        return self.calendar.free(wanted, 1)[0]

    def held(self, slot: Slot | None = None, who: UUID | None = None) -> Held:
        return self.calendar.hold(slot or self.first(), who or self.anna, uuid4(), HOLD_S)

    def booked(self, who: UUID | None = None) -> Appointment:
        return self.calendar.book(self.held(who=who).id, self.patient, uuid4())

    def closes(self, slot: Slot, kind: str) -> None:
        """Have staff take a time of a practitioner: by a block, or as an exception of the week; on a server, in its own words."""
        if self.peer is not None:
            return self.peer.blocks(slot.id, "busy" if kind == "block" else "busy-unavailable")
        row = {"id": uuid4(), "practitioner": slot.practitioner, "made_by": "staff anna", "created_at": MONDAY}
        block = row | {"starts_at": slot.start, "ends_at": slot.end, "source": "staff"}
        clocks = [at.astimezone(ROME).strftime(CLOCK) for at in (slot.start, slot.end)]
        closed = row | {"kind": "closed", "local_start": clocks[0], "local_end": clocks[1]}
        statement = insert(agenda_block).values(block) if kind == "block" else insert(agenda_exception).values(closed)
        with self.desk.built.database.begin() as connection:
            connection.execute(statement)

    def taker(self, slot: Slot, crowd: list[UUID]) -> Callable[[int], object]:
        """Return what each of many does at once: hold a slot for themselves."""
        return lambda n: tried(lambda: self.calendar.hold(slot, crowd[n], uuid4(), HOLD_S))

    def starts(self, wanted: Wanted = WEEK, limit: int = 1000) -> list[datetime]:
        return [slot.start for slot in self.calendar.free(wanted, limit)]


def crowd_of(desk: DeskInProcess, size: int) -> list[UUID]:
    """Return people who have never written a word."""
    made = {"phone_number_id": "1", "person_sealed": b"", "created_at": MONDAY}
    people = [{"id": uuid4(), "wa_id_hash": uuid4().bytes, **made} for _ in range(size)]
    with desk.built.database.begin() as connection:
        connection.execute(insert(tables.contact), people)
    return [UUID(str(one["id"])) for one in people]


def agenda_of(desk: DeskInProcess) -> Agenda:
    """Return the built-in calendar of a desk."""
    anna, bruno = crowd_of(desk, 2)
    return Agenda(desk, BuiltIn(desk.house.clinic, diary_of(desk), desk.clock), anna, bruno)


def diary_of(desk: DeskInProcess) -> SqlDiary:
    return SqlDiary(Backing(desk.built.database, desk.built.seals, desk.clock.now), desk.house.clinic.zone)


def foreign_of(desk: DeskInProcess, peer: FhirPeer) -> Agenda:
    """Return the calendar of a FHIR server that offers, in its own words, what the built-in one would."""
    built_in = agenda_of(desk)
    peer.reset()
    who, where = f"Practitioner/{peer.has('Practitioner')}", f"Location/{peer.has('Location')}"
    schedule = peer.has("Schedule", actor=[{"reference": who}, {"reference": where}])
    telecom = [{"system": "phone", "value": "+393330000001"}]
    patient = peer.has("Patient", name=[{"given": ["Anna"]}], birthDate="1980-05-03", telecom=telecom)
    system, code = CARDIOLOGY.split("|")
    kind = [{"coding": [{"system": system, "code": code}]}]
    offered = built_in.calendar.free(WEEK, SLOTS) + built_in.calendar.free(LATER, SLOTS)
    times = [{"start": slot.start.isoformat(), "end": slot.end.isoformat()} for slot in offered]
    slot = {"schedule": {"reference": f"Schedule/{schedule}"}, "status": "free", "serviceType": kind}
    peer.has_all("Slot", [slot | time for time in times])
    services = {"cardiology": CARDIOLOGY}
    names = Names({("neri", "centro"): schedule}, services, "urn:sportello:tests", {"neri": who}, {"centro": where})
    diary = SqlElsewhere(backing_of(desk.built), desk.house.clinic.zone, peer.url)
    way = ByOperations if peer.mood == "ops" else ByResources
    calendar = FhirCalendar(desk.house.clinic, names, FhirServer(peer.url), diary, desk.clock, way)
    return replace(built_in, calendar=calendar, patient=replace(ANNA, id=f"Patient/{patient}"), peer=peer)


@pytest.fixture(scope="module")
def peers() -> Iterator[Callable[[str], FhirPeer]]:
    """FHIR servers, each mood started once."""
    started: dict[str, FhirPeer] = {}

    def of(mood: str) -> FhirPeer:
        if mood not in started:
            started[mood] = FhirPeer(mood)
        return started[mood]

    yield of
    for peer in started.values():
        peer.stop()


@pytest.fixture
def built_in(desk: DeskInProcess) -> Agenda:
    return agenda_of(desk)


# What a calendar is judged on: the built-in one on both databases, and a FHIR server in each of its moods.
KINDS = [("built-in", "sqlite"), ("built-in", "postgres"), ("plain", "postgres")]
KINDS += [(mood, "sqlite") for mood in MOODS if mood != "plain"]


@pytest.fixture(params=KINDS, ids=[f"{kind} on {database}" for kind, database in KINDS])
def agenda(
    request: pytest.FixtureRequest, peers: Callable[[str], FhirPeer], environ: dict[str, str]
) -> Iterator[Agenda]:
    kind, database = request.param
    desk = DeskInProcess({**environ, "DATABASE_URL": request.getfixturevalue(f"{database}_url")})
    yield agenda_of(desk) if kind == "built-in" else foreign_of(desk, peers(kind))
    desk.close()


def local(slots: tuple[Slot, ...]) -> list[str]:
    return [f"{slot.start.astimezone(ROME):%a %H:%M} {slot.practitioner} {slot.place}" for slot in slots]


# ------------------------------------------------------------------------------------------------------------------ free


def test_the_first_free_times_are_those_of_the_clinics_file(built_in: Agenda) -> None:
    found = built_in.calendar.free(WEEK, 3)

    # It is ten on Monday and two hours' notice are asked for; Dr. Neri's Tuesday is in the afternoon.
    assert local(found) == ["Mon 12:00 neri centro", "Mon 12:15 neri centro", "Mon 12:30 neri centro"]


def test_whoever_is_first_is_one_of_several(built_in: Agenda) -> None:
    tuesday = Wanted("general_visit", MONDAY + timedelta(days=1), MONDAY + timedelta(days=3))

    found = built_in.calendar.free(tuesday, 500)

    assert [slot.start for slot in found] == sorted(slot.start for slot in found)
    assert {slot.practitioner for slot in found} == {"neri", "bianchi"}


def test_what_is_asked_for_narrows_what_is_found(built_in: Agenda) -> None:
    wide = Wanted("general_visit", MONDAY, MONDAY + timedelta(days=14))
    narrow = replace(wide, practitioner="bianchi", place="centro", part="afternoon")

    found = built_in.calendar.free(narrow, 500)

    assert found
    assert {(slot.practitioner, slot.place) for slot in found} == {("bianchi", "centro")}
    assert min(slot.start.astimezone(ROME).hour for slot in found) >= 12


def test_a_holiday_of_the_place_offers_nothing(built_in: Agenda) -> None:
    saint_stephen = datetime(2026, 12, 25, tzinfo=ROME).astimezone(UTC)

    assert built_in.starts(Wanted("cardiology", saint_stephen, saint_stephen + timedelta(days=1))) == []


def test_who_gives_a_service_is_told_with_their_places(agenda: Agenda) -> None:
    found = agenda.calendar.practitioners("general_visit")

    assert [(one.id, sorted(one.places)) for one in found] == [("neri", ["centro"]), ("bianchi", ["centro", "fiera"])]
    assert [one.id for one in agenda.calendar.practitioners("general_visit", "fiera")] == ["bianchi"]


def test_the_same_time_has_the_same_id(agenda: Agenda) -> None:
    assert agenda.calendar.free(WEEK, 20) == agenda.calendar.free(WEEK, 20)


def test_looking_far_ahead_finds_what_looking_day_by_day_finds(built_in: Agenda) -> None:
    quarter = replace(WEEK, until=MONDAY + timedelta(days=60))
    built_in.booked()
    days = [MONDAY + timedelta(days=n) for n in range(60)]

    found = built_in.calendar.free(quarter, 10_000)

    each = [built_in.calendar.free(replace(WEEK, since=day, until=day + timedelta(days=1)), 10_000) for day in days]
    assert found == tuple(slot for day in each for slot in day)
    assert built_in.calendar.free(quarter, 150) == found[:150]


# ------------------------------------------------------------------------------------------------------------------ hold


def test_what_is_held_is_not_offered_to_anybody_else(agenda: Agenda) -> None:
    slot = agenda.first()
    held = agenda.held(slot)

    assert held.slot == slot
    assert slot.start not in agenda.starts()
    with pytest.raises(SlotTaken):
        agenda.held(slot, agenda.bruno)


def test_a_hold_ends_by_time_alone(agenda: Agenda) -> None:
    slot = agenda.first(LATER)
    agenda.held(slot)

    agenda.desk.clock.move(timedelta(seconds=HOLD_S))
    agenda.calendar.keep_up()

    assert slot.start in agenda.starts()
    assert agenda.held(slot, agenda.bruno).slot == slot


def test_a_hold_given_back_is_free_at_once(agenda: Agenda) -> None:
    held = agenda.held()

    agenda.calendar.release(held.id)

    assert held.slot.start in agenda.starts()


def test_who_gave_a_time_back_can_have_it_again(agenda: Agenda) -> None:
    held = agenda.held()
    agenda.calendar.release(held.id)

    again = agenda.held(held.slot)
    agenda.calendar.keep_up()

    assert held.slot.start not in agenda.starts()
    assert agenda.calendar.book(again.id, agenda.patient, uuid4()).start == held.slot.start


def test_who_holds_another_time_gives_the_first_one_back(agenda: Agenda) -> None:
    first, second, *_ = agenda.calendar.free(LATER, 9)[::4]
    agenda.held(first)

    agenda.held(second)

    free = agenda.starts()
    assert (first.start in free, second.start in free) == (True, False)


def test_the_same_tap_holds_the_same_time_once(agenda: Agenda) -> None:
    slot, key = agenda.first(), uuid4()

    first = agenda.calendar.hold(slot, agenda.anna, key, HOLD_S)
    again = agenda.calendar.hold(slot, agenda.anna, key, HOLD_S)

    assert first == again


@pytest.mark.parametrize("change", ["start", "place", "practitioner", "service"])
def test_a_time_nobody_offered_cannot_be_held(agenda: Agenda, change: str) -> None:
    slot = agenda.first()
    made_up = {
        "start": replace(slot, start=slot.start + minutes(5), end=slot.end + minutes(5)),
        "place": replace(slot, place="fiera"),
        "practitioner": replace(slot, practitioner="verdi"),
        "service": replace(slot, service="dermatology"),
    }

    with pytest.raises(SlotTaken):
        agenda.held(made_up[change])


# ------------------------------------------------------------------------------------------------------------------ book


def test_what_is_booked_is_what_was_held(agenda: Agenda) -> None:
    held = agenda.held()

    booked = agenda.calendar.book(held.id, agenda.patient, uuid4())

    assert (booked.status, booked.revision, booked.start, booked.patient) == (
        AppointmentStatus.BOOKED,
        1,
        held.slot.start,
        agenda.patient,
    )
    assert agenda.calendar.appointments(agenda.anna, agenda.desk.clock.now()) == (booked,)
    assert agenda.calendar.appointment(booked.id) == booked
    assert held.slot.start not in agenda.starts()


def test_the_code_of_an_appointment_can_be_read_aloud(agenda: Agenda) -> None:
    code = agenda.booked().code

    assert (len(code), set(code) & set("IO01")) == (5, set())


def test_booking_twice_is_booking_once(agenda: Agenda) -> None:
    held, key = agenda.held(), uuid4()

    first = agenda.calendar.book(held.id, agenda.patient, key)
    again = agenda.calendar.book(held.id, agenda.patient, key)
    with_another_tap = agenda.calendar.book(held.id, agenda.patient, uuid4())

    assert first == again == with_another_tap
    assert len(agenda.calendar.appointments(agenda.anna, agenda.desk.clock.now())) == 1


def test_a_hold_whose_time_is_over_can_be_booked_if_nobody_took_it(agenda: Agenda) -> None:
    held = agenda.held()
    agenda.desk.clock.move(timedelta(seconds=HOLD_S + 1))

    assert agenda.calendar.book(held.id, agenda.patient, uuid4()).start == held.slot.start


def test_a_hold_whose_time_is_over_and_that_was_taken_is_taken(agenda: Agenda) -> None:
    slot = agenda.first(LATER)
    held = agenda.held(slot)
    agenda.desk.clock.move(timedelta(seconds=HOLD_S))
    agenda.calendar.keep_up()
    agenda.held(slot, agenda.bruno)

    with pytest.raises(SlotTaken):
        agenda.calendar.book(held.id, agenda.patient, uuid4())


@pytest.mark.parametrize("kind", ["block", "closed"])
def test_a_hold_whose_time_is_over_is_no_way_past_what_staff_decided_since(agenda: Agenda, kind: str) -> None:
    booked, held = agenda.booked(), agenda.held(agenda.first(LATER))
    agenda.desk.clock.move(timedelta(seconds=HOLD_S + 1))
    agenda.closes(held.slot, kind)

    with pytest.raises(SlotTaken):
        agenda.calendar.book(held.id, agenda.patient, uuid4())
    with pytest.raises(SlotTaken):
        agenda.calendar.move(booked.id, held.id, uuid4())
    assert agenda.calendar.appointments(agenda.anna, agenda.desk.clock.now()) == (booked,)


def test_what_was_cancelled_is_not_told_as_booked(agenda: Agenda) -> None:
    held = agenda.held()
    booked = agenda.calendar.book(held.id, agenda.patient, uuid4())
    agenda.calendar.cancel(booked.id, uuid4())

    with pytest.raises(SlotTaken):
        agenda.calendar.book(held.id, agenda.patient, uuid4())


def test_nobody_sees_the_appointments_of_another(agenda: Agenda) -> None:
    agenda.booked()

    assert agenda.calendar.appointments(agenda.bruno, agenda.desk.clock.now()) == ()


def test_a_day_that_is_full_of_a_service_offers_no_more_of_it(built_in: Agenda) -> None:
    day = replace(WEEK, since=MONDAY + timedelta(days=2), until=MONDAY + timedelta(days=3))
    limit = built_in.desk.house.clinic.services["cardiology"].visit
    assert limit is not None
    assert limit.per_day == 10
    wednesday = [
        slot for slot in built_in.calendar.free(replace(day, service="holter"), 500) if slot.practitioner == "neri"
    ]
    for slot in (wednesday[0], wednesday[8]):
        built_in.calendar.book(built_in.held(slot).id, ANNA, uuid4())

    assert built_in.calendar.free(replace(day, service="holter"), 1) == ()
    assert built_in.starts(day)


def test_the_names_are_sealed(agenda: Agenda) -> None:
    booked = agenda.booked()

    (row,) = [row for row in agenda.desk.rows(appointment) if row.id == booked.id]
    assert b"Anna" not in row.patient_sealed


# --------------------------------------------------------------------------------------------------------- move, cancel


def test_moving_takes_the_new_time_and_frees_the_old(agenda: Agenda) -> None:
    booked = agenda.booked()
    new = agenda.first(LATER)

    moved = agenda.calendar.move(booked.id, agenda.held(new).id, uuid4())

    assert moved == replace(booked, revision=2, start=new.start, end=new.end, foreign_id=moved.foreign_id)
    free = agenda.starts()
    assert (booked.start in free, new.start in free) == (True, False)


def test_moving_twice_is_moving_once(agenda: Agenda) -> None:
    booked = agenda.booked()
    held, key = agenda.held(agenda.first(LATER)), uuid4()

    first = agenda.calendar.move(booked.id, held.id, key)

    assert agenda.calendar.move(booked.id, held.id, key) == first
    with pytest.raises(SlotTaken):
        agenda.calendar.move(booked.id, held.id, uuid4())


def test_cancelling_frees_the_time_once(agenda: Agenda) -> None:
    booked = agenda.booked()

    cancelled = agenda.calendar.cancel(booked.id, uuid4(), "pat")
    again = agenda.calendar.cancel(booked.id, uuid4())

    assert cancelled == again == replace(booked, revision=2, status=AppointmentStatus.CANCELLED)
    assert booked.start in agenda.starts()
    assert agenda.calendar.appointments(agenda.anna, agenda.desk.clock.now()) == ()


def test_what_was_cancelled_can_neither_be_moved_nor_come_back(agenda: Agenda) -> None:
    booked = agenda.booked()
    agenda.calendar.cancel(booked.id, uuid4())

    with pytest.raises(NotThere):
        agenda.calendar.move(booked.id, agenda.held().id, uuid4())


def test_what_was_changed_since_it_was_seen_stays_as_it_is(agenda: Agenda) -> None:
    booked = agenda.booked()
    moved = agenda.calendar.move(booked.id, agenda.held(agenda.first(LATER)).id, uuid4(), revision=1)

    with pytest.raises(Changed):
        agenda.calendar.cancel(booked.id, uuid4(), revision=1)
    with pytest.raises(Changed):
        agenda.calendar.move(booked.id, agenda.held().id, uuid4(), revision=1)

    assert agenda.calendar.appointment(booked.id) == moved


def test_what_this_key_changed_is_told_although_the_revision_is_an_older_one(agenda: Agenda) -> None:
    booked, key, other = agenda.booked(), uuid4(), uuid4()
    held = agenda.held(agenda.first(LATER))

    moved = [agenda.calendar.move(booked.id, held.id, key, revision=1) for _ in range(2)]
    gone = [agenda.calendar.cancel(booked.id, other, revision=2) for _ in range(2)]

    assert (moved[0], gone[0]) == (moved[1], gone[1])


def test_what_is_not_there_is_said(agenda: Agenda) -> None:
    with pytest.raises(NotThere):
        agenda.calendar.appointment(uuid4())
    with pytest.raises(NotThere):
        agenda.calendar.cancel(uuid4(), uuid4())
    with pytest.raises(NotThere):
        agenda.calendar.move(uuid4(), agenda.held().id, uuid4())


# ----------------------------------------------------------------------------------------------------------------- races


def tried(work: Callable[[], object]) -> object:
    try:
        return work()
    except (SlotTaken, NotThere) as refused:
        return type(refused)


@pytest.fixture
def agendas(make_postgres_desk: MakeDesk) -> Iterator[Agenda]:
    yield agenda_of(make_postgres_desk())


def test_of_many_who_want_one_time_one_gets_it(agendas: Agenda) -> None:
    crowd, rounds = crowd_of(agendas.desk, 200), counts(100)
    slots = agendas.calendar.free(replace(WEEK, service="general_visit", until=MONDAY + timedelta(days=60)), 100_000)
    apart = [slot for slot in slots if slot.practitioner == "bianchi"][::6][:rounds]
    for slot in apart:
        came = together(len(crowd), agendas.taker(slot, crowd))

        (held,) = [one for one in came if isinstance(one, Held)]
        assert [one for one in came if one is not held] == [SlotTaken] * (len(crowd) - 1)
        agendas.calendar.book(held.id, ANNA, uuid4())
    booked = [row.starts_at for row in agendas.desk.rows(appointment) if row.state == "booked"]
    assert sorted(booked) == [slot.start for slot in apart]
    assert len(apart) == rounds


def test_no_two_ever_overlap_whatever_is_done_at_once(agendas: Agenda) -> None:
    def walk(seed: int) -> None:
        chance = random.Random(seed)
        who = (agendas.anna, agendas.bruno)[seed % 2]
        mine: list[UUID] = []
        for _ in range(12):
            slot = chance.choice(agendas.calendar.free(replace(WEEK, service="general_visit"), 40))
            held = tried(partial(agendas.held, slot, who))
            if isinstance(held, Held) and mine and chance.random() < 0.5:
                tried(partial(agendas.calendar.move, chance.choice(mine), held.id, uuid4()))
            elif isinstance(held, Held):
                booked = tried(partial(agendas.calendar.book, held.id, ANNA, uuid4()))
                mine += [booked.id] if isinstance(booked, Appointment) else []
            if mine and chance.random() < 0.2:
                agendas.calendar.cancel(mine.pop(), uuid4())

    together(8, walk)

    taken = sorted(
        (row.practitioner, row.block_from, row.block_to)
        for row in agendas.desk.rows(appointment)
        if row.state in ("hold", "booked")
    )
    assert taken
    for one, other in zip(taken, taken[1:], strict=False):
        assert one[0] != other[0] or one[2] <= other[1]
    assert len({row.key for row in agendas.desk.rows(appointment_change)}) == len(agendas.desk.rows(appointment_change))
