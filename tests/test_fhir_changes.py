"""What others change in the clinic's own system: it reaches the diary once, whoever asks, and nothing is made up when it is away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import requests

from bot.agenda import Appointment, AppointmentStatus, CalendarUnavailable, NotThere, Slot, SlotTaken
from bot.clinic import FhirNames
from bot.elsewhere import Bookmark, Seen
from bot.ports import StoreUnavailable
from bot.scheduling.fhir.calendar import FhirCalendar
from bot.scheduling.fhir.changes import COMPARE, Changes
from bot.scheduling.fhir.resources import Resource
from bot.scheduling.fhir.server import FhirServer
from bot.scheduling.fhir.upkeep import AWAY, CHANGES, GONE, STUCK, Upkeep
from bot.store import SqlElsewhere, tables
from bot.store.agenda_tables import appointment, appointment_change, errand
from bot.store.elsewhere_tables import bookmark
from tests.conftest import MakeDesk
from tests.desks import DeskInProcess, backing_of, together
from tests.peers import FhirPeer
from tests.test_calendars import LATER, Agenda, foreign_of
from tests.test_fhir_server import OtherSide, Said, bundle

PATCH = {"Content-Type": "application/json-patch+json"}


@pytest.fixture(scope="module")
def peer() -> Iterator[FhirPeer]:
    started = FhirPeer("plain")
    yield started
    started.stop()


@dataclass
class Clinic:
    """A desk whose calendar is on the clinic's own system, and what people do there."""

    agenda: Agenda
    peer: FhirPeer
    diary: SqlElsewhere
    changes: Changes

    def sets(self, foreign_id: str | None, **values: Any) -> None:
        """Change a resource there."""
        operations = [{"op": "replace", "path": f"/{name}", "value": value} for name, value in values.items()]
        requests.patch(f"{self.peer.url}/{foreign_id}", json=operations, headers=PATCH, timeout=10).raise_for_status()

    def deletes(self, *booked: Appointment) -> None:
        """Delete appointments there."""
        for one in booked:
            requests.delete(f"{self.peer.url}/{one.foreign_id}", timeout=10).raise_for_status()

    def moves(self, booked: Appointment, slot: Slot) -> None:
        """Move an appointment there to another time."""
        times = {"start": slot.start.isoformat(), "end": slot.end.isoformat()}
        self.sets(booked.foreign_id, slot=[{"reference": slot.id}], **times)

    def knows(self, booked: Appointment) -> Appointment:
        """Return an appointment as the diary has it."""
        return self.agenda.calendar.appointment(booked.id)

    def told(self) -> list[tuple[str, str, datetime | None]]:
        """Return what was changed elsewhere, and which time it freed."""
        rows = sorted(self.agenda.desk.rows(appointment_change), key=lambda row: row.id)
        return [(row.action, row.by, row.was_starts_at) for row in rows if row.by != "patient"]

    def free(self) -> list[datetime]:
        return self.agenda.starts()


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """SQLite, but for what happens at once: what is noted is the same on both."""
    return sqlite_url


@pytest.fixture
def clinic(desk: DeskInProcess, peer: FhirPeer) -> Clinic:
    return clinic_of(desk, peer)


def clinic_of(desk: DeskInProcess, peer: FhirPeer) -> Clinic:
    agenda = foreign_of(desk, peer)
    diary = SqlElsewhere(backing_of(desk.built), desk.house.clinic.zone, peer.url)
    calendar = agenda.calendar
    assert isinstance(calendar, FhirCalendar)
    changes = Changes(FhirServer(peer.url), calendar._names, diary, desk.clock)
    return Clinic(agenda, peer, diary, changes)


# ---------------------------------------------------------------------------------------------------------- what is seen


def test_what_is_cancelled_there_is_cancelled_here_once(clinic: Clinic) -> None:
    booked = clinic.agenda.booked()
    clinic.changes.poll()

    clinic.sets(booked.foreign_id, status="cancelled")
    noted = [clinic.changes.poll(), clinic.changes.poll()]

    assert noted == [1, 0]
    assert clinic.knows(booked) == replace(booked, status=AppointmentStatus.CANCELLED, revision=2)
    assert clinic.told() == [("cancelled", "elsewhere", booked.start)]


@pytest.mark.parametrize(
    ("status", "known"),
    [
        ("arrived", AppointmentStatus.ARRIVED),
        ("checked-in", AppointmentStatus.ARRIVED),
        ("fulfilled", AppointmentStatus.FULFILLED),
        ("noshow", AppointmentStatus.NOSHOW),
        ("entered-in-error", AppointmentStatus.CANCELLED),
    ],
)
def test_what_became_of_a_visit_there_is_known_here(clinic: Clinic, status: str, known: AppointmentStatus) -> None:
    booked = clinic.agenda.booked()

    clinic.sets(booked.foreign_id, status=status)
    clinic.changes.poll()

    assert clinic.knows(booked).status == known


def test_what_is_moved_there_has_its_new_time_here(clinic: Clinic) -> None:
    booked, new = clinic.agenda.booked(), clinic.agenda.first(LATER)
    clinic.agenda.calendar.confirm(booked.id, booked.revision)
    clinic.changes.poll()

    clinic.moves(booked, new)
    noted = [clinic.changes.poll(), clinic.changes.poll()]

    assert noted == [1, 0]
    assert clinic.knows(booked) == replace(booked, start=new.start, end=new.end, revision=2)
    assert clinic.told() == [("moved", "elsewhere", booked.start)]
    assert new.start not in clinic.free()


def test_what_is_moved_there_and_back_is_told_twice(clinic: Clinic) -> None:
    booked = clinic.agenda.booked()
    old, new = Slot(*_slot_of(clinic, booked)), clinic.agenda.first(LATER)

    for slot in (new, old):
        clinic.moves(booked, slot)
        clinic.changes.poll()

    assert clinic.knows(booked) == replace(booked, revision=3)
    assert [action for action, *_ in clinic.told()] == ["moved", "moved"]


def test_a_move_to_another_doctor_is_known_by_the_schedule(clinic: Clinic) -> None:
    booked, new = clinic.agenda.booked(), clinic.agenda.first(LATER)
    calendar = clinic.agenda.calendar
    assert isinstance(calendar, FhirCalendar)
    names: FhirNames = calendar._names
    other = {("bianchi", "fiera"): names.schedules["neri", "centro"]}
    changes = Changes(
        FhirServer(clinic.peer.url), replace(names, schedules=other), clinic.diary, clinic.agenda.desk.clock
    )

    clinic.moves(booked, new)
    changes.poll()

    assert clinic.knows(booked) == replace(
        booked, start=new.start, end=new.end, practitioner="bianchi", place="fiera", revision=2
    )


def test_what_is_gone_there_is_found_when_all_is_compared(clinic: Clinic) -> None:
    booked = clinic.agenda.booked()
    clinic.changes.poll()
    clinic.deletes(booked)

    before = clinic.changes.poll()
    clinic.agenda.desk.clock.move(COMPARE)
    after = clinic.changes.poll()

    assert (before, after) == (0, 1)
    assert clinic.knows(booked).status == AppointmentStatus.CANCELLED


def test_when_nearly_all_are_gone_nobody_is_told_so(clinic: Clinic) -> None:
    booked = [clinic.agenda.booked() for _ in range(4)]
    clinic.changes.poll()
    before = clinic.diary.bookmark()
    clinic.deletes(*booked)
    clinic.agenda.desk.clock.move(COMPARE)

    with pytest.raises(CalendarUnavailable, match="all_gone"):
        clinic.changes.poll()

    assert [clinic.knows(one).status for one in booked] == [AppointmentStatus.BOOKED] * 4
    assert clinic.diary.bookmark() == before


def test_of_what_was_never_booked_here_nothing_is_kept(clinic: Clinic) -> None:
    clinic.agenda.booked()
    clinic.changes.poll()
    patient = {"actor": {"reference": clinic.agenda.patient.id}, "status": "accepted"}
    clinic.peer.has("Appointment", status="cancelled", participant=[patient])

    assert clinic.changes.poll() == 0
    assert len(clinic.agenda.desk.rows(appointment)) == 1


# --------------------------------------------------------------------------------------------------------- in each other's way


def test_what_we_cancel_ourselves_is_not_taken_for_a_change_made_there(clinic: Clinic) -> None:
    booked = clinic.agenda.booked()
    assert booked.foreign_id is not None
    clinic.diary.promise("cancel", booked.foreign_id, clinic.agenda.desk.clock.now() + timedelta(minutes=2))
    clinic.sets(booked.foreign_id, status="cancelled")

    noted = clinic.changes.poll()

    assert (noted, clinic.knows(booked)) == (0, booked)


class Meanwhile(FhirServer):
    """The server, in front of which something happens while it is being asked."""

    def __init__(self, base_url: str, happens: Callable[[], None]) -> None:
        super().__init__(base_url)
        self._happens = happens

    def search(self, kind: str, query: Sequence[tuple[str, str]], path: str | None = None) -> Iterator[Resource]:
        """Search, after it happened."""
        self._happens()
        return super().search(kind, query, path)


def test_what_we_began_to_cancel_while_others_changes_were_asked_for_is_ours_too(clinic: Clinic) -> None:
    booked, calendar = clinic.agenda.booked(), clinic.agenda.calendar
    assert isinstance(calendar, FhirCalendar)
    clinic.changes.poll()

    def cancels() -> None:
        clinic.diary.promise("cancel", str(booked.foreign_id), clinic.agenda.desk.clock.now() + timedelta(minutes=2))
        clinic.sets(booked.foreign_id, status="cancelled")

    asking = Meanwhile(clinic.peer.url, cancels)
    noted = Changes(asking, calendar._names, clinic.diary, clinic.agenda.desk.clock).poll()
    calendar.cancel(booked.id, uuid4(), "mistake")

    told = [(row.action, row.by, row.reason) for row in clinic.agenda.desk.rows(appointment_change)]
    assert (noted, told[-1]) == (0, ("cancelled", "patient", "mistake"))
    assert clinic.told() == []


def test_a_cancellation_of_ours_leaves_no_errand(clinic: Clinic) -> None:
    booked = clinic.agenda.booked()

    clinic.agenda.calendar.cancel(booked.id, uuid4())

    assert clinic.agenda.desk.rows(errand) == []


def test_who_holds_a_time_that_is_given_away_there_loses_it(clinic: Clinic) -> None:
    booked, new = clinic.agenda.booked(), clinic.agenda.first(LATER)
    held = clinic.agenda.held(new, clinic.agenda.bruno)
    clinic.moves(booked, new)

    clinic.changes.poll()

    assert clinic.knows(booked).start == new.start
    with pytest.raises(SlotTaken):
        clinic.agenda.calendar.book(held.id, clinic.agenda.patient, uuid4())


def test_two_at_one_time_there_are_two_at_one_time_here(clinic: Clinic) -> None:
    first, second = clinic.agenda.booked(), clinic.agenda.booked(clinic.agenda.bruno)
    clinic.sets(second.foreign_id, start=first.start.isoformat(), end=first.end.isoformat())

    clinic.changes.poll()

    assert [clinic.knows(one).start for one in (first, second)] == [first.start, first.start]
    assert first.start not in clinic.free()


def test_two_workers_who_ask_at_once_note_it_once(make_postgres_desk: MakeDesk, peer: FhirPeer) -> None:
    clinic = clinic_of(make_postgres_desk(), peer)
    booked = clinic.agenda.booked()
    clinic.changes.poll()
    clinic.moves(booked, clinic.agenda.first(LATER))

    noted = together(4, lambda _: clinic.changes.poll())

    assert sorted(noted) == [0, 0, 0, 1]
    assert [action for action, *_ in clinic.told()] == ["moved"]


class Crashing(SqlElsewhere):
    """A diary whose database goes away before the bookmark is moved."""

    def move_bookmark(self, bookmark_: Bookmark) -> None:
        """Fail."""
        raise StoreUnavailable("gone")


def test_a_bookmark_moves_after_what_stands_before_it(clinic: Clinic) -> None:
    booked = clinic.agenda.booked()
    desk, calendar = clinic.agenda.desk, clinic.agenda.calendar
    assert isinstance(calendar, FhirCalendar)
    crashing = Crashing(backing_of(desk.built), desk.house.clinic.zone, clinic.peer.url)
    clinic.sets(booked.foreign_id, status="cancelled")

    with pytest.raises(StoreUnavailable):
        Changes(FhirServer(clinic.peer.url), calendar._names, crashing, desk.clock).poll()
    again = clinic.changes.poll()

    assert (again, clinic.knows(booked).status) == (0, AppointmentStatus.CANCELLED)
    assert len(clinic.told()) == 1


def test_a_bookmark_never_goes_back(clinic: Clinic) -> None:
    now = clinic.agenda.desk.clock.now()
    clinic.diary.move_bookmark(Bookmark(now, now))

    clinic.diary.move_bookmark(Bookmark(now - timedelta(hours=1), now))

    assert clinic.diary.bookmark() == Bookmark(now, now)
    assert len(clinic.agenda.desk.rows(bookmark)) == 1


@pytest.mark.parametrize(
    "seen",
    [
        Seen("Appointment/another", AppointmentStatus.CANCELLED),
        Seen("Appointment/known"),
        Seen("Appointment/known", AppointmentStatus.BOOKED),
    ],
)
def test_what_says_nothing_new_changes_nothing(clinic: Clinic, seen: Seen) -> None:
    booked = clinic.agenda.booked()
    mine = replace(seen, foreign_id=booked.foreign_id or "") if seen.foreign_id.endswith("known") else seen

    assert clinic.diary.note(booked.id, mine) is None
    assert clinic.knows(booked) == booked


# ------------------------------------------------------------------------------------------------- servers of other kinds


@pytest.fixture
def side() -> Iterator[OtherSide]:
    made = OtherSide()
    yield made
    made.stop()


def capability(*parameters: str) -> dict[str, Any]:
    named = [{"name": name} for name in parameters]
    return {
        "resourceType": "CapabilityStatement",
        "rest": [{"resource": [{"type": "Appointment", "searchParam": named}]}],
    }


def asked_of(clinic: Clinic, side: OtherSide) -> Changes:
    """Return who asks another server about what the desk knows."""
    calendar = clinic.agenda.calendar
    assert isinstance(calendar, FhirCalendar)
    return Changes(FhirServer(side.url), calendar._names, clinic.diary, clinic.agenda.desk.clock)


def test_a_server_that_cannot_tell_since_when_is_asked_for_all_we_know(clinic: Clinic, side: OtherSide) -> None:
    booked = clinic.agenda.booked()
    there = {**clinic.peer.knows(booked.foreign_id or ""), "status": "cancelled"}
    now = clinic.agenda.desk.clock.now()
    clinic.diary.move_bookmark(Bookmark(now, now))
    side.says = [Said(body=capability("patient", "_id")), Said(body=bundle(there))]

    noted = asked_of(clinic, side).poll()

    assert noted == 1
    assert [asked.path for asked in side.asked] == ["/metadata", f"/Appointment?_id={there['id']}&_count=30"]


def test_a_server_that_cannot_search_by_id_is_asked_one_by_one(clinic: Clinic, side: OtherSide) -> None:
    booked = clinic.agenda.booked()
    there = {**clinic.peer.knows(booked.foreign_id or ""), "status": "noshow"}
    side.says = [Said(body=bundle()), Said(body=there)]

    noted = asked_of(clinic, side).poll()

    assert (noted, clinic.knows(booked).status) == (1, AppointmentStatus.NOSHOW)


@pytest.mark.parametrize(
    "said",
    [
        Said(304),
        Said(404),
        Said(410),
        Said(500),
        Said(None),
        Said(body=b'{"resourceType": "Bundle", "entry": [{"reso'),
        Said(body={"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "exception"}]}),
        Said(body=bundle(next_url="http://elsewhere.example/page")),
    ],
)
def test_a_server_that_gives_no_answer_moves_nothing(clinic: Clinic, side: OtherSide, said: Said) -> None:
    booked = clinic.agenda.booked()
    clinic.changes.poll()
    before = clinic.diary.bookmark()
    side.says = [Said(body=capability("identifier", "_lastUpdated")), said]

    with pytest.raises((CalendarUnavailable, NotThere)):
        asked_of(clinic, side).poll()

    assert (clinic.diary.bookmark(), clinic.knows(booked)) == (before, booked)


def test_an_appointment_there_without_times_keeps_those_it_has(clinic: Clinic, side: OtherSide) -> None:
    booked = clinic.agenda.booked()
    there = dict(clinic.peer.knows(booked.foreign_id or ""))
    side.says = [Said(body=bundle({**there, "start": "2026-11-30T09:00:00", "end": 7, "participant": "?"}))]

    assert asked_of(clinic, side).poll() == 0


# ----------------------------------------------------------------------------------------------------------------- upkeep


def upkeep_of(clinic: Clinic, changes: Changes) -> Upkeep:
    calendar, built = clinic.agenda.calendar, clinic.agenda.desk.built
    assert isinstance(calendar, FhirCalendar)
    return Upkeep(calendar, changes, clinic.diary, built.watch, built.records)


def alarms(clinic: Clinic) -> list[str]:
    return [row.cause for row in clinic.agenda.desk.rows(tables.alarm) if row.closed_at is None]


def test_one_worker_asks_and_another_does_when_it_has_died(clinic: Clinic) -> None:
    booked = clinic.agenda.booked()
    one, other = (upkeep_of(clinic, clinic.changes) for _ in range(2))
    one.keep("one")
    clinic.sets(booked.foreign_id, status="cancelled")

    other.keep("other")
    while_one_lives = clinic.knows(booked).status
    clinic.agenda.desk.age(tables.lease.c.leased_until)
    other.keep("other")

    assert (while_one_lives, clinic.knows(booked).status) == (AppointmentStatus.BOOKED, AppointmentStatus.CANCELLED)


def test_somebody_is_called_when_the_calendar_stays_away_and_no_more_when_it_is_back(
    clinic: Clinic, side: OtherSide
) -> None:
    clinic.agenda.booked()
    side.says = [Said(500)]
    upkeep = upkeep_of(clinic, asked_of(clinic, side))

    rung = []
    for _ in range(3):
        upkeep.poll()
        rung.append(AWAY in alarms(clinic))
    side.says = [Said(body=bundle({"resourceType": "Appointment", "id": "x"})), Said(body={})]
    upkeep.poll()

    assert rung == [False, False, True]
    assert alarms(clinic) == []


def test_what_a_patients_call_rang_is_not_silenced_by_changes_that_can_be_asked_for(clinic: Clinic) -> None:
    records = clinic.agenda.desk.built.records
    records.ring(AWAY, "late")
    records.ring(AWAY, CHANGES)

    upkeep_of(clinic, clinic.changes).poll()

    rung = [(row.cause, row.subject) for row in clinic.agenda.desk.rows(tables.alarm) if row.closed_at is None]
    assert rung == [(AWAY, "late")]


def test_a_server_that_asks_to_be_left_alone_is_not_asked_for_changes(clinic: Clinic, side: OtherSide) -> None:
    desk, calendar = clinic.agenda.desk, clinic.agenda.calendar
    assert isinstance(calendar, FhirCalendar)
    server = FhirServer(side.url)
    busy = FhirCalendar(desk.house.clinic, calendar._names, server, clinic.diary, desk.clock)
    changes = Changes(server, calendar._names, clinic.diary, desk.clock)
    upkeep = Upkeep(busy, changes, clinic.diary, desk.built.watch, desk.built.records)
    clinic.agenda.booked()
    clinic.diary.promise("cancel", "Appointment/1", desk.clock.now())
    side.says = [Said(503, headers={"Retry-After": "120"})]

    upkeep.keep("one")
    meanwhile = len(side.asked)
    desk.clock.move(timedelta(seconds=121))
    upkeep.keep("one")

    assert (meanwhile, len(side.asked)) == (1, 2)


def test_somebody_is_called_when_nearly_all_is_gone(clinic: Clinic, side: OtherSide) -> None:
    for _ in range(4):
        clinic.agenda.booked()
    side.says = [Said(body=bundle()), Said(404)]

    upkeep_of(clinic, asked_of(clinic, side)).poll()

    assert alarms(clinic) == [GONE]


def test_what_cannot_be_finished_there_is_tried_less_and_less_and_then_somebody_is_called(
    clinic: Clinic, side: OtherSide
) -> None:
    desk, calendar = clinic.agenda.desk, clinic.agenda.calendar
    assert isinstance(calendar, FhirCalendar)
    refused = FhirCalendar(desk.house.clinic, calendar._names, FhirServer(side.url), clinic.diary, desk.clock)
    upkeep = upkeep_of(clinic, clinic.changes)
    side.says = [Said(403)]
    clinic.diary.promise("cancel", "Appointment/refused", desk.clock.now())

    rung = []
    for _ in range(8):
        refused.keep_up()
        upkeep.count_stuck()
        rung.append(STUCK in alarms(clinic))
        desk.age(errand.c.leased_until)
    tried = len(side.asked)
    refused.keep_up()
    (row,) = desk.rows(errand)
    clinic.diary.errand_done(row.id)
    upkeep.count_stuck()

    assert rung == [False] * 7 + [True]
    assert (tried, alarms(clinic)) == (8, [])
    assert row.leased_until - datetime.now(UTC) > timedelta(minutes=30)


def _slot_of(clinic: Clinic, booked: Appointment) -> tuple[Any, ...]:
    (told,) = [one for one in clinic.peer.all("Slot") if _same(one["start"], booked.start)]
    return (f"Slot/{told['id']}", booked.service, booked.practitioner, booked.place, booked.start, booked.end)


def _same(told: str, moment: datetime) -> bool:
    return datetime.fromisoformat(told) == moment
