"""Whose a time is on the clinic's own server: what we free was ours, what we book is ours still, and what we gave back can be had."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
import requests

from bot.agenda import Appointment, AppointmentStatus, CalendarUnavailable, Held, Slot, SlotTaken
from bot.scheduling.fhir.booked import rank
from bot.scheduling.fhir.calendar import BOOKING, FhirCalendar
from bot.scheduling.fhir.resources import cancellation
from bot.scheduling.fhir.rest import ByResources
from bot.scheduling.fhir.server import MOST, FhirServer
from bot.scheduling.fhir.way import Way
from bot.store.agenda_tables import errand
from tests.desks import DeskInProcess, together
from tests.peers import FhirPeer
from tests.test_calendars import HOLD_S, LATER, Agenda, crowd_of, foreign_of
from tests.test_fhir_desk import ERROR, Between, on
from tests.test_fhir_resources import official
from tests.test_fhir_server import Asked, Said

PATCH = "application/json-patch+json"


@dataclass
class Place:
    """A clinic's server, what stands between it and us, and what people do there."""

    agenda: Agenda
    peer: FhirPeer
    between: Between
    calendar: FhirCalendar

    @property
    def asked(self) -> list[Asked]:
        return self.between.side.asked

    def sets(self, path: str | None, **values: object) -> None:
        """Change a resource there."""
        operations = [{"op": "replace", "path": f"/{name}", "value": value} for name, value in values.items()]
        told = {"Content-Type": PATCH, "If-Match": f'W/"{self.peer.knows(str(path))["meta"]["versionId"]}"'}
        requests.patch(f"{self.peer.url}/{path}", json=operations, headers=told, timeout=10).raise_for_status()

    def books(self, slot: Slot) -> str:
        """Give a time to somebody else there."""
        patient = {"actor": {"reference": f"Patient/{self.peer.has('Patient')}"}, "status": "accepted"}
        times = {"start": slot.start.isoformat(), "end": slot.end.isoformat(), "slot": [{"reference": slot.id}]}
        made = f"Appointment/{self.peer.has('Appointment', status='booked', participant=[patient], **times)}"
        if self.status(slot) != "busy":
            self.sets(slot.id, status="busy")
        return made

    def status(self, slot: Slot) -> str:
        return str(self.peer.knows(slot.id)["status"])

    def standing(self, slot: Slot) -> list[str]:
        """Return the appointments of a time there."""
        found = [one for one in self.peer.all("Appointment") if {"reference": slot.id} in one.get("slot", ())]
        return [f"Appointment/{one['id']}" for one in found if one["status"] == "booked"]

    def holds(self, slot: Slot | None = None) -> Held:
        return self.calendar.hold(slot or self.agenda.first(), self.agenda.anna, uuid4(), HOLD_S)

    def booked(self) -> tuple[Appointment, Slot]:
        held = self.holds()
        return self.calendar.book(held.id, self.agenda.patient, uuid4()), held.slot

    def passes(self, *spans: timedelta) -> None:
        """Let time pass, and do what is due; what was refused before is due as well."""
        for span in spans or (timedelta(seconds=HOLD_S), BOOKING, BOOKING):
            self.agenda.desk.clock.move(span)
            self.agenda.desk.age(errand.c.leased_until)
            self.calendar.keep_up()


def place_of(desk: DeskInProcess, peer: FhirPeer, way: Callable[..., Way] = ByResources) -> Place:
    """Return a clinic's server with what stands between."""
    agenda, between = foreign_of(desk, peer), Between(peer)
    assert isinstance(agenda.calendar, FhirCalendar)
    server = FhirServer(f"{between.side.url}/fhir/R4")
    names, diary = agenda.calendar._names, agenda.calendar._diary
    calendar = FhirCalendar(desk.house.clinic, names, server, diary, desk.clock, way)
    return Place(replace(agenda, calendar=calendar), peer, between, calendar)


@pytest.fixture(scope="module")
def peer() -> Iterator[FhirPeer]:
    started = FhirPeer("plain")
    yield started
    started.stop()


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def place(desk: DeskInProcess, peer: FhirPeer) -> Iterator[Place]:
    made = place_of(desk, peer)
    yield made
    made.between.side.stop()


# --------------------------------------------------------------------------------------------------------------- freeing


def test_a_time_the_clinic_gave_to_somebody_else_stays_theirs_when_our_patient_cancels(place: Place) -> None:
    booked, slot = place.booked()
    place.sets(booked.foreign_id, status="cancelled")
    theirs = place.books(slot)

    cancelled = place.calendar.cancel(booked.id, uuid4())

    assert cancelled.status is AppointmentStatus.CANCELLED
    assert (place.status(slot), place.standing(slot)) == ("busy", [theirs])
    assert place.agenda.desk.rows(errand) == []


def test_a_time_the_clinic_blocked_after_it_cancelled_stays_blocked(place: Place) -> None:
    booked, slot = place.booked()
    place.sets(booked.foreign_id, status="cancelled")
    place.sets(slot.id, status="free")
    place.sets(slot.id, status="busy")

    place.calendar.cancel(booked.id, uuid4())

    assert (place.status(slot), place.agenda.desk.rows(errand)) == ("busy", [])


def test_a_time_that_could_not_be_freed_with_its_cancellation_is_freed_before_anybody_looks(place: Place) -> None:
    booked, slot = place.booked()
    place.between.instead = on("PATCH", "Slot/", Said(500))(place.between)
    place.calendar.cancel(booked.id, uuid4())
    place.between.instead = lambda _: None

    assert slot.start in place.agenda.starts()
    assert (place.status(slot), place.agenda.desk.rows(errand)) == ("free", [])


@pytest.mark.parametrize("becomes", ["held", "booked"])
def test_an_errand_done_twice_frees_nothing_that_became_anothers_since(place: Place, becomes: str) -> None:
    booked, slot = place.booked()
    place.calendar.move(booked.id, place.holds(place.agenda.first(LATER)).id, uuid4())
    place.calendar.keep_up()
    theirs = place.calendar.hold(slot, place.agenda.bruno, uuid4(), HOLD_S)
    if becomes == "booked":
        place.calendar.book(theirs.id, place.agenda.patient, uuid4())
    place.calendar._diary.promise("cancel", str(booked.foreign_id), place.agenda.desk.clock.now())

    place.calendar.keep_up()

    assert place.status(slot) == ("busy-tentative" if becomes == "held" else "busy")


def test_a_booking_that_came_late_is_undone_without_freeing_what_was_given_to_another(place: Place) -> None:
    held = place.holds()
    late: list[Asked] = []

    def instead(asked: Asked) -> Said | None:
        late.extend([asked] if asked.method == "POST" else [])
        return Said(None) if late else None

    place.between.instead = instead
    with pytest.raises(CalendarUnavailable):
        place.calendar.book(held.id, place.agenda.patient, uuid4())
    place.between.instead = lambda _: None
    place.calendar.release(held.id)
    place.calendar.keep_up()
    theirs = place.books(held.slot)
    place.between.passed_on(late[0])
    place.passes()

    assert (place.status(held.slot), place.standing(held.slot)) == ("busy", [theirs])
    assert place.agenda.desk.rows(errand) == []


def test_a_booked_time_that_is_only_tentatively_taken_there_is_not_freed_by_the_hold_before(place: Place) -> None:
    slot = place.agenda.first()
    before = place.holds(slot)
    place.between.instead = on("PATCH", "Slot/", Said(500))(place.between)
    place.calendar.release(before.id)
    place.calendar.keep_up()
    place.between.instead = lambda _: None
    held = place.holds(slot)
    place.between.instead = on("PATCH", "Slot/", Said(500))(place.between)
    booked = place.calendar.book(held.id, place.agenda.patient, uuid4())
    place.between.instead = lambda _: None

    place.passes()

    assert (place.status(slot), place.standing(slot)) == ("busy-tentative", [booked.foreign_id])


# --------------------------------------------------------------------------------------------------------------- booking


@pytest.mark.parametrize("status", ["busy", "busy-unavailable"])
def test_what_the_clinic_blocked_while_we_held_it_is_not_booked(place: Place, status: str) -> None:
    held = place.holds()
    place.sets(held.slot.id, status=status)

    with pytest.raises(SlotTaken):
        place.calendar.book(held.id, place.agenda.patient, uuid4())
    place.passes()

    assert (place.status(held.slot), place.standing(held.slot)) == (status, [])


def test_what_the_clinic_moved_while_we_held_it_is_not_booked(place: Place) -> None:
    held = place.holds()
    place.sets(held.slot.id, start=(held.slot.start - timedelta(minutes=5)).isoformat())

    with pytest.raises(SlotTaken):
        place.calendar.book(held.id, place.agenda.patient, uuid4())

    assert place.standing(held.slot) == []


def test_a_hold_that_was_freed_in_time_is_booked_if_it_is_still_free(place: Place) -> None:
    held = place.holds()
    place.passes(timedelta(seconds=HOLD_S))
    freed = place.status(held.slot)

    booked = place.calendar.book(held.id, place.agenda.patient, uuid4())
    place.passes()

    assert freed == "free"
    assert (place.status(held.slot), place.standing(held.slot)) == ("busy", [booked.foreign_id])


def test_what_is_being_booked_at_the_end_of_its_hold_is_not_freed_meanwhile(place: Place) -> None:
    held = place.holds()
    place.agenda.desk.clock.move(timedelta(seconds=HOLD_S))
    seen: list[tuple[str, bool]] = []

    def instead(asked: Asked) -> Said | None:
        if asked.method == "POST":
            place.between.instead = lambda _: None
            is_shown = held.slot.start in place.agenda.starts()
            place.calendar.keep_up()
            seen.append((place.status(held.slot), is_shown))
        return None

    place.between.instead = instead
    booked = place.calendar.book(held.id, place.agenda.patient, uuid4())

    assert seen == [("busy-tentative", False)]
    assert (place.status(held.slot), place.standing(held.slot)) == ("busy", [booked.foreign_id])


@pytest.mark.parametrize("status", ["busy", "busy-tentative"])
def test_a_hold_that_was_freed_in_time_is_not_booked_if_the_clinic_took_it(place: Place, status: str) -> None:
    held = place.holds()
    place.passes(timedelta(seconds=HOLD_S))
    place.sets(held.slot.id, status=status)

    with pytest.raises(SlotTaken):
        place.calendar.book(held.id, place.agenda.patient, uuid4())
    place.passes()

    assert (place.status(held.slot), place.standing(held.slot)) == (status, [])


def test_a_hold_that_was_freed_in_time_and_could_not_be_booked_is_freed_again(place: Place) -> None:
    held = place.holds()
    place.passes(timedelta(seconds=HOLD_S))
    place.between.instead = on("POST", "Appointment", Said(503, ERROR, {"Retry-After": "60"}))(place.between)

    with pytest.raises(CalendarUnavailable):
        place.calendar.book(held.id, place.agenda.patient, uuid4())
    meanwhile = place.status(held.slot)
    place.between.instead = lambda _: None
    place.passes()

    assert (meanwhile, place.status(held.slot)) == ("busy-tentative", "free")


def test_who_finds_another_appointment_when_reading_back_gives_way(place: Place) -> None:
    held, theirs = place.holds(), []

    def instead(asked: Asked) -> Said | None:
        if asked.method == "POST":
            theirs.append(place.books(held.slot))
        return None

    place.between.instead = instead
    with pytest.raises(SlotTaken):
        place.calendar.book(held.id, place.agenda.patient, uuid4())
    place.passes()

    assert (place.status(held.slot), place.standing(held.slot)) == ("busy", theirs)


OURS = {"id": "m", "identifier": [{"system": "urn:s", "value": "1"}]}


def made(at: str, version: str = "1") -> dict[str, Any]:
    return {"meta": {"lastUpdated": f"2026-11-23T{at}:00Z", "versionId": version}}


@pytest.mark.parametrize(
    ("ours", "theirs", "is_ours"),
    [
        (made("09:00"), made("10:00"), True),
        (made("10:00"), made("09:00"), False),
        (made("09:00"), made("09:00"), False),
        (made("09:00"), made("08:00", "2"), False),
        (made("09:00"), made("10:00", "2"), False),  # touched since: nobody knows when it was made
        (made("09:00"), made("10:00", "2") | {"created": "2026-11-23T08:00:00Z"}, False),
        (made("09:00"), made("10:00", "2") | {"created": "2026-11-23T11:30:00+02:00"}, True),
        (made("09:00"), made("10:00", "2") | {"created": "2026-11-23"}, False),
        (made("09:00"), {}, False),
        ({}, {}, False),
        ({}, made("10:00"), False),
    ],
)
def test_of_two_on_one_slot_ours_stays_only_if_it_was_first(
    ours: dict[str, Any], theirs: dict[str, Any], is_ours: bool
) -> None:
    both = [OURS | ours, {"id": "a"} | theirs]

    assert (min(both, key=lambda one: rank(one, "urn:s"))["id"] == "m") == is_ours


# ------------------------------------------------------------------------------------------------------------ given back


@pytest.mark.parametrize("who", ["anna", "bruno"])
def test_what_was_given_back_can_be_had_again_at_once(place: Place, who: str) -> None:
    held = place.holds()
    place.calendar.release(held.id)

    again = place.calendar.hold(held.slot, getattr(place.agenda, who), uuid4(), HOLD_S)
    place.calendar.keep_up()

    assert (again.slot, place.status(held.slot)) == (held.slot, "busy-tentative")
    place.passes()
    assert (place.status(held.slot), place.agenda.desk.rows(errand)) == ("free", [])


def test_what_could_not_be_given_back_for_a_while_can_be_had_again_when_the_server_is_back(place: Place) -> None:
    held = place.holds()
    place.between.instead = lambda _: Said(500)
    place.calendar.release(held.id)
    place.calendar.keep_up()
    place.between.instead = lambda _: None

    is_shown = held.slot.start in place.agenda.starts()
    again = place.holds(held.slot)

    assert (is_shown, again.slot) == (True, held.slot)


def test_what_the_clinic_holds_itself_stays_taken_whatever_we_gave_back(place: Place) -> None:
    first, second = place.calendar.free(LATER, 9)[::4][:2]
    place.calendar.release(place.holds(first).id)
    place.sets(second.id, status="busy-tentative")

    with pytest.raises(SlotTaken):
        place.holds(second)
    place.passes()

    assert (place.status(first), place.status(second)) == ("free", "busy-tentative")


def test_the_hold_of_a_tap_that_is_repeated_is_lost_if_the_clinic_took_it(place: Place) -> None:
    slot, key = place.agenda.first(), uuid4()
    place.calendar.hold(slot, place.agenda.anna, key, HOLD_S)
    place.sets(slot.id, status="busy")

    with pytest.raises(SlotTaken):
        place.calendar.hold(slot, place.agenda.anna, key, HOLD_S)

    assert place.status(slot) == "busy"


def test_the_hold_of_a_tap_that_is_repeated_after_its_end_is_over(place: Place) -> None:
    slot, key = place.agenda.first(), uuid4()
    place.calendar.hold(slot, place.agenda.anna, key, HOLD_S)
    place.passes(timedelta(seconds=HOLD_S))

    with pytest.raises(SlotTaken):
        place.calendar.hold(slot, place.agenda.anna, key, HOLD_S)
    place.passes()

    assert place.status(slot) == "free"


# ------------------------------------------------------------------------------------------------------------- cancelled


def test_a_cancellation_says_there_why(place: Place) -> None:
    booked, slot = place.booked()

    place.calendar.cancel(booked.id, uuid4(), "mistake")

    there = place.peer.knows(str(booked.foreign_id))
    assert there["cancelationReason"] == cancellation("mistake", "patient")
    assert (there["status"], place.status(slot)) == ("cancelled", "free")
    assert [fault.message for fault in official().iter_errors(dict(there))] == []


def test_a_server_that_wants_no_reason_cancels_all_the_same(place: Place) -> None:
    booked, slot = place.booked()

    def instead(asked: Asked) -> Said | None:
        return Said(422, ERROR) if b"cancelationReason" in asked.body else None

    place.between.instead = instead
    cancelled = place.calendar.cancel(booked.id, uuid4(), "mistake")

    assert (cancelled.status, place.status(slot)) == (AppointmentStatus.CANCELLED, "free")
    assert place.agenda.desk.rows(errand) == []


# ------------------------------------------------------------------------------------------------------------------ races


@pytest.mark.parametrize("mood", ["no-transactions", "no-rollback"])
def test_of_many_who_want_one_time_there_one_asks_for_it(desk: DeskInProcess, mood: str) -> None:
    peer = FhirPeer(mood)
    place = place_of(desk, peer)
    crowd, slot = crowd_of(desk, 4), place.agenda.first()
    place.asked.clear()

    came = together(len(crowd), place.agenda.taker(slot, crowd))

    assert sorted(map(str, map(type, came))) == sorted(map(str, [Held, type, type, type]))
    assert [(asked.method, asked.path) for asked in place.asked] == [
        ("GET", f"/fhir/R4/{slot.id}"),
        ("PATCH", f"/fhir/R4/{slot.id}"),
    ]
    place.between.side.stop()
    peer.stop()


# ---------------------------------------------------------------------------------------------------------- left alone


def test_a_server_that_asks_to_be_left_alone_is_not_asked_to_finish_things(place: Place) -> None:
    for slot in place.calendar.free(LATER, 9)[:5:4]:
        place.calendar._diary.promise("free", slot.id, place.agenda.desk.clock.now())
    place.between.instead = lambda _: Said(503, ERROR, {"Retry-After": "120"})
    place.asked.clear()

    place.calendar.keep_up()
    place.agenda.desk.age(errand.c.leased_until)
    place.calendar.keep_up()
    meanwhile = len(place.asked)
    place.between.instead = lambda _: None
    place.passes(timedelta(seconds=121))

    assert (meanwhile, place.agenda.desk.rows(errand)) == (1, [])


def test_a_server_that_asks_to_be_left_alone_for_ever_is_asked_after_minutes(place: Place) -> None:
    place.calendar._diary.promise("free", place.agenda.first().id, place.agenda.desk.clock.now())
    place.between.instead = lambda _: Said(503, ERROR, {"Retry-After": "999999999"})
    place.calendar.keep_up()
    place.between.instead = lambda _: None

    place.passes(timedelta(minutes=10))

    assert place.agenda.desk.rows(errand) == []


# ------------------------------------------------------------------------------------------------------------------- much


def test_a_server_that_gives_too_much_at_once_is_asked_for_less(place: Place) -> None:
    all_there = place.calendar.free(LATER, 100)
    wide = replace(LATER, since=LATER.until - timedelta(days=7))

    def instead(asked: Asked) -> Said | None:
        if "/Slot?" not in asked.path or _days(asked) <= 2:
            return None
        much = [{"resource": {"resourceType": "Slot"}}] * (MOST // 2)
        link = {"relation": "next", "url": f"{place.between.side.url}{asked.path}&more={len(place.asked)}"}
        return Said(body={"resourceType": "Bundle", "entry": much, "link": [link]})

    place.between.instead = instead

    assert [slot for slot in place.calendar.free(wide, 100) if slot in all_there] == list(all_there)


def _days(asked: Asked) -> float:
    """Return over how many days slots are searched."""
    since, until = (datetime.fromisoformat(one[2:]) for one in parse_qs(urlsplit(asked.path).query)["start"])
    return (until - since) / timedelta(days=1)
