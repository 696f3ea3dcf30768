"""A server that holds and books by operations, and whose answers are lost: what was held is found, booked once, or let go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest

from bot.agenda import CalendarUnavailable, Held, Slot, SlotTaken
from bot.scheduling.fhir.ops import ByOperations
from bot.store.agenda_tables import errand
from tests.desks import DeskInProcess
from tests.peers import FhirPeer
from tests.test_calendars import HOLD_S, LATER
from tests.test_fhir_desk import lost
from tests.test_fhir_server import Asked, Said
from tests.test_fhir_slots import Place, place_of

HOLD, BOOK = "Appointment/$hold", "Appointment/$book"


@pytest.fixture(scope="module")
def peer() -> Iterator[FhirPeer]:
    started = FhirPeer("ops")
    yield started
    started.stop()


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def place(desk: DeskInProcess, peer: FhirPeer) -> Iterator[Place]:
    made = place_of(desk, peer, ByOperations)
    yield made
    made.between.side.stop()


def stands(place: Place, slot: Slot) -> tuple[str, list[str]]:
    """Return how a time stands there, and how the appointments that were ever made of it do."""
    status = str(place.peer.knows(slot.id.replace("Appointment/find-", "Slot/"))["status"])
    return status, sorted(str(one["status"]) for one in place.peer.all("Appointment"))


def loses(place: Place, part: str, then: Said | None = None) -> None:
    place.between.instead = lost("POST", part, then)(place.between)


def test_a_hold_whose_answer_was_lost_is_found_and_booked(place: Place) -> None:
    slot = place.agenda.first()
    loses(place, HOLD)

    held = place.holds(slot)
    booked = place.calendar.book(held.id, place.agenda.patient, uuid4())

    assert stands(place, slot) == ("busy", ["booked"])
    assert place.peer.knows(str(booked.foreign_id))["status"] == "booked"
    assert place.agenda.desk.rows(errand) == []


def test_a_hold_whose_answer_was_lost_is_let_go_when_nobody_uses_it(place: Place) -> None:
    slot = place.agenda.first()
    loses(place, HOLD)
    place.holds(slot)

    place.passes()

    assert stands(place, slot) == ("free", ["cancelled"])
    assert place.agenda.desk.rows(errand) == []


def test_the_same_tap_again_finds_what_was_held_while_nobody_answered(place: Place) -> None:
    slot, key = place.agenda.first(), uuid4()
    loses(place, HOLD, Said(500))
    with pytest.raises(CalendarUnavailable):
        place.calendar.hold(slot, place.agenda.anna, key, HOLD_S)
    place.between.instead = lambda _: None

    again = [place.calendar.hold(slot, place.agenda.anna, key, HOLD_S) for _ in range(2)]

    assert isinstance(again[0], Held) and again[0] == again[1]
    assert stands(place, slot) == ("busy-tentative", ["pending"])
    place.passes()
    assert stands(place, slot) == ("free", ["cancelled"])


def test_a_hold_that_never_came_there_is_made_by_the_same_tap(place: Place) -> None:
    slot, key = place.agenda.first(), uuid4()
    place.between.instead = lambda asked: Said(500) if HOLD in asked.path else None
    with pytest.raises(CalendarUnavailable):
        place.calendar.hold(slot, place.agenda.anna, key, HOLD_S)
    place.between.instead = lambda _: None

    place.calendar.hold(slot, place.agenda.anna, key, HOLD_S)

    assert stands(place, slot) == ("busy-tentative", ["pending"])


@pytest.mark.parametrize("change", ["for somebody", "at another time"])
def test_what_others_hold_there_is_not_taken_for_ours(place: Place, change: str) -> None:
    slot, other = place.calendar.free(LATER, 9)[:5:4]
    when = other if change == "at another time" else slot
    actors = ["Practitioner", "Location", *(["Patient"] if change == "for somebody" else [])]
    people = [
        {"actor": {"reference": f"{kind}/{place.peer.all(kind)[0]['id']}"}, "status": "accepted"} for kind in actors
    ]

    def instead(asked: Asked) -> Said | None:
        if HOLD not in asked.path:
            return None
        times = {"start": when.start.isoformat(), "end": when.end.isoformat()}
        place.peer.has("Appointment", status="pending", participant=people, **times)
        return Said(500)

    place.between.instead = instead

    with pytest.raises(CalendarUnavailable):
        place.holds(slot)


@pytest.mark.parametrize("done", [True, False])
def test_a_booking_whose_answer_was_lost_is_looked_up_before_anything_is_said(place: Place, done: bool) -> None:
    held = place.holds()
    loses(place, BOOK)
    if not done:
        place.between.instead = lambda asked: Said(500) if BOOK in asked.path else None

    outcome = _tried(lambda: place.calendar.book(held.id, place.agenda.patient, uuid4()).status)
    place.between.instead = lambda _: None
    place.passes()

    assert outcome == ("booked" if done else "not_booked")
    assert stands(place, held.slot) == (("busy", ["booked"]) if done else ("free", ["cancelled"]))
    assert place.agenda.desk.rows(errand) == []


def test_a_booking_that_was_lost_is_found_by_the_next_tap_and_is_one(place: Place) -> None:
    held = place.holds()
    loses(place, BOOK, Said(500))
    with pytest.raises(CalendarUnavailable):
        place.calendar.book(held.id, place.agenda.patient, uuid4())
    place.between.instead = lambda _: None

    place.calendar.book(held.id, place.agenda.patient, uuid4())
    place.passes()

    assert stands(place, held.slot) == ("busy", ["booked"])


def test_a_booking_that_was_lost_and_not_asked_for_again_is_undone(place: Place) -> None:
    held = place.holds()
    loses(place, BOOK, Said(500))
    with pytest.raises(CalendarUnavailable):
        place.calendar.book(held.id, place.agenda.patient, uuid4())
    place.between.instead = lambda _: None

    place.passes()

    assert stands(place, held.slot) == ("free", ["cancelled"])
    assert place.agenda.desk.rows(errand) == []


def test_what_was_let_go_without_an_answer_is_let_go_once_more_and_that_is_all(place: Place) -> None:
    held = place.holds()
    place.between.instead = lost("PATCH", "Appointment/", Said(500))(place.between)
    place.calendar.release(held.id)
    place.calendar.keep_up()
    place.between.instead = lambda _: None
    again = place.agenda.held(held.slot, place.agenda.bruno)

    place.passes()

    assert again.slot == held.slot
    assert stands(place, held.slot) == ("free", ["cancelled", "cancelled"])


def _tried(work: Callable[[], object]) -> object:
    try:
        return work()
    except (CalendarUnavailable, SlotTaken) as fault:
        return str(fault)
