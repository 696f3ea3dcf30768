"""A tap whose call goes to the clinic's own system: it is asked by the worker alone, and whatever it does, nothing is held for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import uuid4, uuid5

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec

from bot.actions import Action, Facts
from bot.agenda import Appointment, CalendarUnavailable, NotThere, Patient, PatientUnknown, Slot, SlotTaken, Wanted
from bot.client_key import ClientKey
from bot.clinic import ClinicError
from bot.desk import FrontDesk
from bot.model import ListMessage, ReplyButtons
from bot.scheduling.fhir.calendar import BOOKING, FhirCalendar
from bot.scheduling.fhir.server import FhirServer
from bot.scheduling.fhir.tokens import Tokens
from bot.settings import Settings
from bot.store.agenda_tables import appointment, errand
from bot.store.tables import alarm, call, contact, message
from bot.wiring import ROOT, build
from menus.load import load_flows
from menus.model import Answers, Do, Flow, Flows, Goto, Result
from tests.desks import NUMBER, DeskInProcess
from tests.peers import FhirPeer
from tests.test_fhir_server import Asked, OtherSide, Said, pem
from tests.test_fhir_settings import EXAMPLE, SECTION

WORD, BOOKED = "prova", "Quale sede"  # begins the flow; how what is said begins when it went well
HALF_HOUR = timedelta(minutes=30)
ERROR = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "exception"}]}
HALF = b'{"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": {"resourceType": "Sl'


class Between:
    """What stands between the desk and the clinic's server: it passes everything on, unless a test has it do otherwise."""

    def __init__(self, peer: FhirPeer) -> None:
        self._peer = peer
        self.side = OtherSide()
        self.side.says = [self._answer]
        self.instead: Callable[[Asked], Said | None] = lambda _: None

    def _answer(self, asked: Asked) -> Said:
        return self.instead(asked) or self.passed_on(asked)

    def passed_on(self, asked: Asked) -> Said:
        """Have the server answer."""
        names = ("Content-Type", "If-Match", "If-None-Exist")
        headers = {name: asked.headers[name] for name in names if name in asked.headers}
        url = self._peer.url.removesuffix("/fhir/R4") + asked.path
        told = requests.request(asked.method, url, data=asked.body or None, headers=headers, timeout=10)
        kept = {name: told.headers[name] for name in ("ETag", "Content-Type", "Retry-After") if name in told.headers}
        return Said(told.status_code, told.content, kept)


@dataclass
class There:
    """A clinic's system with one schedule and one patient, and the clinic's file that names them."""

    peer: FhirPeer
    between: Between
    clinic_file: Path
    schedule: str
    patient: Patient
    days: Iterator[int]

    def offers(self, count: int = 1) -> tuple[Wanted, list[str]]:
        """Offer some times on a day of their own; return how to find them, and their ids."""
        day = datetime(2027, 1, 11, 9, tzinfo=UTC) + timedelta(days=next(self.days))
        system, code = "urn:tests", "cardiology"
        kind = [{"coding": [{"system": system, "code": code}]}]
        reference = {"reference": f"Schedule/{self.schedule}"}
        made = []
        for n in range(count):
            start = day + n * HALF_HOUR
            times = {"start": start.isoformat(), "end": (start + HALF_HOUR).isoformat()}
            made.append(self.peer.has("Slot", schedule=reference, status="free", serviceType=kind, **times))
        return Wanted("cardiology", day, day + timedelta(days=1)), made


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[There]:
    peer = FhirPeer("plain")
    between = Between(peer)
    schedule = peer.has("Schedule", actor=[{"reference": f"Practitioner/{peer.has('Practitioner')}"}])
    telecom = [{"system": "phone", "value": "3330000001"}]
    anna = peer.has("Patient", name=[{"given": ["Anna"]}], birthDate="1980-05-03", telecom=telecom)
    section = SECTION.replace("Schedule/101", f"Schedule/{schedule}")
    section = section.replace("http://snomed.info/sct|394579002", "urn:tests|cardiology")
    file = tmp_path_factory.mktemp("clinic") / "clinic.yaml"
    file.write_text(EXAMPLE.read_text("utf-8") + section, "utf-8")
    yield There(peer, between, file, schedule, Patient(f"Patient/{anna}", "Anna"), iter(range(10_000)))
    between.side.stop()
    peer.stop()


@dataclass
class Taking:
    """The action of these tests: it takes one time for one patient, as a flow would."""

    slot: Slot | None = None
    patient: Patient | None = None
    meanwhile: Callable[[], None] = lambda: None

    def run(self, facts: Facts, answers: Answers) -> Result:
        """Hold and book."""
        assert facts.booking is not None
        assert facts.asker is not None
        assert self.slot is not None
        assert self.patient is not None
        calendar, asker = facts.booking.calendar, facts.asker
        try:
            held = calendar.hold(self.slot, asker.contact_id, uuid5(asker.key, "hold"), 600)
            calendar.book(held.id, self.patient, asker.key)
            self.meanwhile()
        except (SlotTaken, NotThere):
            return Result("taken")
        except PatientUnknown:
            return Result("unknown_patient")
        except CalendarUnavailable:
            return Result("away")
        return Result("booked")


OUTCOMES = ("booked", "taken", "unknown_patient", "away")


def flows() -> Flows:
    """Return the authored flows and one that takes a time: booked leads to the places, all else to a person."""
    ways = tuple((outcome, Goto(flow="info" if outcome == "booked" else "person")) for outcome in OUTCOMES)
    take = Do("take", "take", ways)
    flow = Flow("taking", 1, "Takes.", "take", {"take": take}, MappingProxyType({"it": (WORD,)}))
    return {**load_flows(ROOT / "menus" / "flows"), "taking": flow}


@dataclass
class Desk:
    """A web and a worker on one database, in front of the clinic's system."""

    there: There
    web: DeskInProcess
    worker: FrontDesk
    calendar: FhirCalendar
    taking: Taking

    def wants(self, wanted: Wanted) -> None:
        """Say what the next tap takes."""
        (self.taking.slot, *_), self.taking.patient = self.calendar.free(wanted, 1), self.there.patient

    def taps(self) -> None:
        """Begin the flow as a patient does, and let the worker hear the bell."""
        self.web.patient().writes(WORD)
        self.works()

    def works(self) -> None:
        """Have the worker run the call."""
        (rung,) = [id for what, id in self.web.bell.rung if what == "call"]
        self.worker.call(rung)

    def outcome(self) -> str | None:
        """Return how the call ended."""
        (row,) = self.web.rows(call)
        return str(row.outcome) if row.outcome else None

    def booked(self) -> list[Appointment]:
        """Return what the diary has booked."""
        return [self.calendar.appointment(row.id) for row in self.web.rows(appointment) if row.state == "booked"]

    def passes(self) -> None:
        """Let time pass until nothing may be left over: errands are due, and their leases have ended."""
        self.there.between.instead = lambda _: None
        for span in (timedelta(seconds=1), timedelta(minutes=11), BOOKING):
            self.web.clock.move(span)
            self.web.age(errand.c.leased_until)
            self.calendar.keep_up()

    def stands_there(self, slot_id: str) -> tuple[str, list[str]]:
        """Return how a slot stands there, and the appointments that stand for it."""
        ours = [one for one in self.there.peer.all("Appointment") if f"Slot/{slot_id}" in str(one.get("slot"))]
        standing = [f"Appointment/{one['id']}" for one in ours if one["status"] != "cancelled"]
        return str(self.there.peer.knows(f"Slot/{slot_id}")["status"]), standing

    def nothing_is_left(self, slot_id: str) -> bool:
        """Tell whether a time is either free, or booked here and there, once and the same."""
        status, standing = self.stands_there(slot_id)
        here = [one.foreign_id for one in self.booked()]
        return not self.web.rows(errand) and (status, standing) == (("busy", here) if here else ("free", []))


@pytest.fixture
def desk(there: There, environ: dict[str, str], sqlite_url: str) -> Iterator[Desk]:
    there.between.instead = lambda _: None
    there.between.side.asked.clear()
    told = {"DATABASE_URL": sqlite_url, "CLINIC_FILE": str(there.clinic_file)}
    url = {"FHIR_BASE_URL": f"{there.between.side.url}/fhir/R4"}
    taking = Taking()
    web = DeskInProcess(environ | told | url, flows(), {"take": Action("take", OUTCOMES, "calendar", taking.run)})
    built = build(web.settings, web.clock, "worker", web.house)
    worker = FrontDesk(
        built.house, built.lanes, built.outbox, built.watch, built.records, {NUMBER: web.whatsapp}, web.bell
    )
    assert built.house.booking is not None
    calendar = built.house.booking.calendar
    assert isinstance(calendar, FhirCalendar)
    yield Desk(there, web, worker, calendar, taking)
    web.close()
    built.database.close()
    built.redis.close()


# -------------------------------------------------------------------------------------------------------- who asks whom


def test_a_tap_books_through_the_worker(desk: Desk) -> None:
    wanted, (slot_id,) = desk.there.offers()
    desk.wants(wanted)

    desk.taps()

    (booked,) = desk.booked()
    assert desk.outcome() == "booked"
    assert desk.web.whatsapp.sent[-1].body.startswith(BOOKED)
    assert desk.stands_there(slot_id) == ("busy", [booked.foreign_id])
    assert desk.web.rows(errand) == []


def test_the_web_opens_no_connection_to_it(desk: Desk) -> None:
    wanted, _ = desk.there.offers()
    desk.wants(wanted)
    desk.there.between.side.asked.clear()
    booking = desk.web.house.booking
    assert booking is not None

    desk.web.patient().writes(WORD)
    with pytest.raises(CalendarUnavailable, match="asked_in_the_web"):
        booking.calendar.free(wanted, 1)

    assert (booking.place, desk.there.between.side.asked) == ("away", [])
    assert [what for what, _ in desk.web.bell.rung] == ["call"]


def test_a_call_that_is_run_in_the_web_all_the_same_asks_nobody(desk: Desk) -> None:
    wanted, (slot_id,) = desk.there.offers()
    desk.wants(wanted)
    desk.web.patient().writes(WORD)
    desk.there.between.side.asked.clear()

    ((_, id),) = desk.web.bell.rung
    desk.web.desk.call(id)

    assert (desk.there.between.side.asked, desk.outcome()) == ([], "away")
    desk.passes()
    assert desk.nothing_is_left(slot_id)


def test_what_is_asked_carries_no_name_and_no_number_but_to_find_the_patient(desk: Desk) -> None:
    wanted, _ = desk.there.offers()
    desk.wants(wanted)

    desk.taps()

    told = " ".join(f"{asked.path} {asked.body.decode()}" for asked in desk.there.between.side.asked)
    assert "Anna" not in told
    assert "3330000001" not in told


# ----------------------------------------------------------------------------------------------------- the authored menu


class Talk:
    """Somebody who books by the authored menu, and a worker that hears each bell."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.patient = desk.web.patient()
        self.heard = 0

    def writes(self, words: str) -> None:
        self.patient.writes(words)
        self._hear()

    def picks(self, part: str) -> None:
        """Tap the option whose id or title has this part."""
        reply = self.desk.web.whatsapp.sent[-1].reply
        assert isinstance(reply, ListMessage | ReplyButtons)
        rows = (
            [row for section in reply.sections for row in section.rows]
            if isinstance(reply, ListMessage)
            else reply.buttons
        )
        (found,) = [one.id for one in rows if part in one.id or part in one.title]
        self.patient.taps(found)
        self._hear()

    def reads(self) -> str:
        return self.desk.web.whatsapp.sent[-1].body

    def _hear(self) -> None:
        while self.heard < len(self.desk.web.bell.rung):
            what, id = self.desk.web.bell.rung[self.heard]
            self.heard += 1
            if what == "call":
                self.desk.worker.call(id)


def to_the_summary(desk: Desk, wanted: Wanted) -> Talk:
    """Go as far as the button that confirms; on the way somebody the clinic knows by this phone is recognised."""
    talk = Talk(desk)
    day = f"{wanted.since.astimezone(desk.web.house.clinic.zone):%d/%m/%Y}"
    talk.writes("prenotare")
    talk.picks("Visite")
    talk.picks("Visita cardiologica")
    talk.writes(day)
    talk.picks("10:00")
    return talk


def test_a_visit_is_booked_by_menu_in_the_clinics_system(desk: Desk) -> None:
    wanted, (slot_id,) = desk.there.offers()

    talk = to_the_summary(desk, wanted)
    summary = talk.reads()
    talk.picks("Confermo")

    (booked,) = desk.booked()
    assert "per *Anna*" in summary
    assert booked.code in talk.reads()
    assert booked.patient == Patient(desk.there.patient.id, "Anna", date(1980, 5, 3))
    assert desk.stands_there(slot_id) == ("busy", [booked.foreign_id])


def test_by_menu_whoever_looks_again_is_offered_the_time_they_gave_back(desk: Desk) -> None:
    wanted, (slot_id, _) = desk.there.offers(2)
    talk = to_the_summary(desk, wanted)
    assert desk.stands_there(slot_id)[0] != "free"

    talk.picks("Un altro orario")

    talk.picks("10:00")
    assert "alle 10:00" in talk.reads()


def booked_by_menu(desk: Desk, wanted: Wanted) -> Talk:
    """Book the first time there is, as a patient does, and start anew."""
    talk = to_the_summary(desk, wanted)
    talk.picks("Confermo")
    return talk


def test_a_visit_is_cancelled_by_menu_in_the_clinics_system(desk: Desk) -> None:
    wanted, (slot_id,) = desk.there.offers()
    talk = booked_by_menu(desk, wanted)
    (booked,) = desk.booked()

    talk.writes("disdire")
    talk.picks("ho un impegno")

    there = desk.there.peer.knows(str(booked.foreign_id))
    assert "Ho disdetto" in talk.reads()
    assert (desk.booked(), desk.web.rows(errand)) == ([], [])
    assert desk.stands_there(slot_id) == ("free", [])
    assert (there["status"], there["cancelationReason"]["coding"][0]["code"]) == ("cancelled", "pat")


def test_a_visit_is_moved_by_menu_in_the_clinics_system(desk: Desk) -> None:
    wanted, (old, new) = desk.there.offers(2)
    talk = booked_by_menu(desk, wanted)
    (before,) = desk.booked()

    talk.writes("spostare un appuntamento")
    talk.writes(f"{wanted.since.astimezone(desk.web.house.clinic.zone):%d/%m/%Y}")
    talk.picks("10:30")
    meanwhile = desk.stands_there(old), desk.stands_there(new)
    talk.picks("Sì, sposti")
    desk.calendar.keep_up()

    (moved,) = desk.booked()
    assert meanwhile == (("busy", [before.foreign_id]), ("busy-tentative", []))
    assert moved.code in talk.reads()
    assert (moved.id, moved.start) == (before.id, before.start + HALF_HOUR)
    assert (desk.stands_there(old), desk.stands_there(new)) == (("free", []), ("busy", [moved.foreign_id]))


def test_by_menu_another_time_shows_the_one_that_was_given_back_too(desk: Desk) -> None:
    wanted, (slot_id, _) = desk.there.offers(2)
    talk = to_the_summary(desk, wanted)

    talk.picks("orario")
    offered = desk.web.whatsapp.sent[-1].reply
    talk.picks("10:00")

    assert "10:00" in str(offered)
    assert desk.stands_there(slot_id) == ("busy-tentative", [])


def test_by_menu_what_was_just_taken_there_is_said_so(desk: Desk) -> None:
    wanted, (slot_id,) = desk.there.offers()
    talk = to_the_summary(desk, wanted)
    desk.there.between.instead = on("POST", "Appointment", Said(409, ERROR))(desk.there.between)

    talk.picks("Confermo")
    desk.passes()

    assert desk.booked() == []
    assert desk.nothing_is_left(slot_id)


def test_by_menu_a_system_that_is_away_is_said_so_and_staff_are_called(desk: Desk) -> None:
    wanted, (slot_id,) = desk.there.offers()
    talk = to_the_summary(desk, wanted)
    desk.there.between.instead = on("POST", "Appointment", Said(503, ERROR))(desk.there.between)

    talk.picks("Confermo")
    alarms = [row.cause for row in desk.web.rows(alarm)]
    desk.passes()

    assert alarms == ["calendar_away"]
    assert desk.booked() == []
    assert desk.nothing_is_left(slot_id)


def test_by_menu_who_waited_too_long_is_told_what_was_booked(desk: Desk) -> None:
    wanted, (slot_id,) = desk.there.offers()
    talk = to_the_summary(desk, wanted)
    book = desk.worker._house.actions["book"]

    def slowly(facts: Facts, answers: Answers) -> Result:
        result = book.run(facts, answers)
        desk.web.age(message.c.answer_by)
        desk.web.desk.answer_overdue()
        return result

    desk.worker._house.actions["book"] = replace(book, run=slowly)  # type: ignore[index]  # a plain dictionary in tests
    talk.picks("Confermo")

    (booked,) = desk.booked()
    assert booked.code in talk.reads()
    assert desk.stands_there(slot_id) == ("busy", [booked.foreign_id])


# ------------------------------------------------------------------------------------------------------------------ moods


def on(method: str, part: str, said: Said, times: int = 1000) -> Callable[[Between], Callable[[Asked], Said | None]]:
    """Have requests of a kind answered like this."""

    def of(between: Between) -> Callable[[Asked], Said | None]:
        left = [times]

        def instead(asked: Asked) -> Said | None:
            if asked.method != method or part not in asked.path or left[0] == 0:
                return None
            left[0] -= 1
            return said

        return instead

    return of


def lost(method: str, part: str, then: Said | None = None) -> Callable[[Between], Callable[[Asked], Said | None]]:
    """Have a request done and its answer lost; `then` is what everything gets that is asked afterwards."""

    def of(between: Between) -> Callable[[Asked], Said | None]:
        is_over = [False]

        def instead(asked: Asked) -> Said | None:
            if is_over[0]:
                return then
            if asked.method == method and part in asked.path:
                between.passed_on(asked)
                is_over[0] = True
                return Said(None)
            return None

        return instead

    return of


def looping(between: Between) -> Callable[[Asked], Said | None]:
    """Have every search lead back to itself."""

    def instead(asked: Asked) -> Said | None:
        if asked.method != "GET" or "?" not in asked.path:
            return None
        link = {"relation": "next", "url": f"{between.side.url}{asked.path}"}
        return Said(body={"resourceType": "Bundle", "link": [link]})

    return instead


def to_another_host(between: Between) -> Callable[[Asked], Said | None]:
    """Have every search go on at another host."""
    link = {"relation": "next", "url": "http://elsewhere.example/fhir/R4/Appointment?page=2"}
    bundle = {"resourceType": "Bundle", "link": [link]}
    return lambda asked: Said(body=bundle) if asked.method == "GET" and "?" in asked.path else None


MOODS = {
    "busy for long": (on("GET", "", Said(503, ERROR, {"Retry-After": "20"})), "away"),
    "busy for a moment": (on("GET", "Slot", Said(503, ERROR, {"Retry-After": "0"}), 1), "booked"),
    "busy when it should book": (on("POST", "Appointment", Said(429, ERROR, {"Retry-After": "60"})), "away"),
    "broken": (on("GET", "", Said(500)), "away"),
    "half a bundle": (on("GET", "Appointment?", Said(200, HALF)), "away"),
    "an error in a 200 when it reads": (on("GET", "Slot/", Said(200, ERROR)), "away"),
    "an error in a 200 when it books": (on("POST", "Appointment", Said(200, ERROR)), "away"),
    "an error in a 201 when it holds": (on("PATCH", "Slot/", Said(201, ERROR)), "away"),
    "a search without an end": (looping, "away"),
    "a search that goes on elsewhere": (to_another_host, "away"),
    "a redirect": (on("GET", "", Said(302, headers={"Location": "http://elsewhere.example/"})), "away"),
    "no right any more": (on("POST", "Appointment", Said(403, ERROR)), "away"),
    "gone": (on("GET", "Slot/", Said(410)), "taken"),
    **{
        f"{status} when it holds": (on("PATCH", "Slot/", Said(status, ERROR)), "taken")
        for status in (409, 412, 422, 423)
    },
    **{
        f"{status} when it books": (on("POST", "Appointment", Said(status, ERROR)), "taken")
        for status in (409, 412, 422)
    },
    "the answer to a hold is lost": (lost("PATCH", "Slot/"), "away"),
    "the answer to a booking is lost": (lost("POST", "Appointment"), "booked"),
    "the answer to a booking is lost, and then it is away": (lost("POST", "Appointment", Said(500)), "away"),
}


@pytest.mark.parametrize("mood", MOODS)
def test_whatever_it_does_a_tap_ends_and_nothing_is_held_for_ever(desk: Desk, mood: str) -> None:
    (instead, outcome), (wanted, (slot_id,)) = MOODS[mood], desk.there.offers()
    desk.wants(wanted)
    desk.there.between.instead = instead(desk.there.between)

    desk.taps()
    ended = desk.outcome()
    desk.passes()

    assert ended == outcome
    assert desk.nothing_is_left(slot_id)
    assert len(desk.web.whatsapp.sent) >= 1


def test_what_others_hold_there_is_left_alone(desk: Desk) -> None:
    wanted, (slot_id,) = desk.there.offers()
    desk.wants(wanted)
    operations = [{"op": "replace", "path": "/status", "value": "busy-tentative"}]
    headers = {"Content-Type": "application/json-patch+json"}
    requests.patch(f"{desk.there.peer.url}/Slot/{slot_id}", json=operations, headers=headers, timeout=10)

    desk.taps()
    desk.passes()

    assert (desk.outcome(), desk.stands_there(slot_id)) == ("taken", ("busy-tentative", []))


def test_a_booking_that_comes_true_after_we_gave_up_is_undone(desk: Desk) -> None:
    wanted, (slot_id,) = desk.there.offers()
    desk.wants(wanted)
    late: list[Asked] = []

    def instead(asked: Asked) -> Said | None:
        if late:
            return Said(500)
        if asked.method == "POST":
            late.append(asked)
            return Said(None)
        return None

    desk.there.between.instead = instead
    desk.taps()
    desk.there.between.instead = lambda _: None
    desk.calendar.release(desk.web.rows(appointment)[0].id)
    desk.calendar.keep_up()
    desk.there.between.passed_on(late[0])  # the server was slow
    desk.passes()

    assert desk.outcome() == "away"
    assert desk.nothing_is_left(slot_id)


def test_a_tap_again_after_a_lost_booking_finds_it(desk: Desk) -> None:
    wanted, (slot_id,) = desk.there.offers()
    desk.wants(wanted)
    desk.web.patient().writes("ciao")
    slot, anna = desk.taking.slot, desk.web.rows(contact)[0].id
    assert slot is not None
    held = desk.calendar.hold(slot, anna, uuid4(), 600)
    desk.there.between.instead = lost("POST", "Appointment", Said(500))(desk.there.between)
    with pytest.raises(CalendarUnavailable):
        desk.calendar.book(held.id, desk.there.patient, uuid4())
    desk.there.between.instead = lambda _: None

    booked = desk.calendar.book(held.id, desk.there.patient, uuid4())

    assert desk.stands_there(slot_id) == ("busy", [booked.foreign_id])
    desk.passes()
    assert desk.nothing_is_left(slot_id)


def test_a_hold_whose_answer_was_lost_is_freed_even_when_the_next_try_is_refused(desk: Desk) -> None:
    wanted, (slot_id,) = desk.there.offers()
    desk.wants(wanted)
    desk.web.patient().writes("ciao")
    slot, anna, key = desk.taking.slot, desk.web.rows(contact)[0].id, uuid4()
    assert slot is not None
    desk.there.between.instead = lost("PATCH", "Slot/", Said(503, ERROR, {"Retry-After": "60"}))(desk.there.between)

    for _ in range(2):
        with pytest.raises(CalendarUnavailable):
            desk.calendar.hold(slot, anna, key, 600)
    meanwhile = desk.stands_there(slot_id)
    desk.passes()

    assert meanwhile == ("busy-tentative", [])
    assert desk.nothing_is_left(slot_id)


def test_a_cancellation_whose_answer_is_lost_is_carried_through(desk: Desk) -> None:
    wanted, (slot_id,) = desk.there.offers()
    desk.wants(wanted)
    desk.taps()
    (booked,) = desk.booked()
    desk.there.between.instead = lost("PATCH", "Appointment", Said(500))(desk.there.between)

    with pytest.raises(CalendarUnavailable) as away:
        desk.calendar.cancel(booked.id, uuid4())
    desk.passes()

    assert away.value.unknown
    assert desk.stands_there(slot_id) == ("free", [])


def test_a_cancellation_is_one_even_where_its_time_cannot_be_freed_at_once(desk: Desk) -> None:
    wanted, (slot_id,) = desk.there.offers()
    desk.wants(wanted)
    desk.taps()
    (booked,) = desk.booked()
    desk.there.between.instead = on("PATCH", "Slot/", Said(500))(desk.there.between)

    cancelled = desk.calendar.cancel(booked.id, uuid4())
    desk.passes()

    assert cancelled.status == "cancelled"
    assert desk.nothing_is_left(slot_id)


# ----------------------------------------------------------------------------------------------------------------- tokens

KEY = ClientKey("k1", pem(ec.generate_private_key(ec.SECP384R1())))
GRANTED = {"access_token": "t", "expires_in": 300, "scope": "system/Slot.rsu"}
TOKENS = {
    "its server hangs up": (Said(None), "token_away"),
    "its server is broken": (Said(500), "token_away"),
    "its server is busy": (Said(503, headers={"Retry-After": "60"}), "token_away"),
    "its server leads elsewhere": (Said(302, headers={"Location": "http://elsewhere.example/"}), "token_away"),
    "its server says something else": (Said(body=b"<html>"), "token_away"),
    "the key is not known any more": (Said(401, {"error": "invalid_client"}), "token_refused"),
    "less was granted": (Said(body={**GRANTED, "scope": "system/Slot.rs"}), "scope_refused"),
    "there is none in the answer": (Said(body={**GRANTED, "access_token": ""}), "token_malformed"),
}


@pytest.mark.parametrize("mood", TOKENS)
def test_where_no_token_is_to_be_had_nothing_is_asked_and_nothing_held(desk: Desk, mood: str) -> None:
    said, why = TOKENS[mood]
    wanted, (slot_id,) = desk.there.offers()
    desk.wants(wanted)
    desk.web.patient().writes("ciao")
    side = desk.there.between.side
    desk.there.between.instead = lambda asked: said if asked.path == "/token" else None
    tokens = Tokens(f"{side.url}/token", "sportello", (KEY,), "system/Slot.rsu")
    server = FhirServer(f"{side.url}/fhir/R4", tokens)
    names, diary = desk.calendar._names, desk.calendar._diary
    calendar = FhirCalendar(desk.web.house.clinic, names, server, diary, desk.web.clock)
    side.asked.clear()
    assert desk.taking.slot is not None

    with pytest.raises(CalendarUnavailable, match=why):
        calendar.hold(desk.taking.slot, desk.web.rows(contact)[0].id, uuid4(), 600)

    assert {asked.path for asked in side.asked} == {"/token"}
    assert (desk.web.rows(appointment), desk.web.rows(errand)) == ([], [])
    assert desk.stands_there(slot_id) == ("free", [])


# ------------------------------------------------------------------------------------------------------------------- late


def test_who_waits_too_long_is_told_and_what_is_booked_then_stands_once(desk: Desk) -> None:
    wanted, (slot_id,) = desk.there.offers()
    desk.wants(wanted)

    def waited_too_long() -> None:
        desk.web.age(message.c.answer_by)
        desk.web.desk.answer_overdue()

    desk.web.patient().writes("ciao")
    desk.taking.meanwhile = waited_too_long
    desk.taps()

    assert desk.web.outcomes()[-1] == ("handed", "overdue")
    assert desk.web.whatsapp.sent[-1].body.startswith("Ci scusi")
    assert len(desk.booked()) == 1
    desk.passes()
    assert desk.nothing_is_left(slot_id)


# ----------------------------------------------------------------------------------------------------------------- people


def test_a_patient_is_found_by_a_number_written_another_way(desk: Desk) -> None:
    found = desk.calendar.patients_by_phone("393330000001")

    assert [(one.id, one.first_name) for one in found] == [(desk.there.patient.id, "Anna")]


def test_who_is_not_known_there_comes_to_a_person_and_the_time_is_free_again(desk: Desk) -> None:
    wanted, (slot_id,) = desk.there.offers()
    desk.wants(wanted)
    desk.taking.patient = replace(desk.there.patient, id=None)

    desk.taps()
    desk.passes()

    assert desk.outcome() == "unknown_patient"
    assert desk.nothing_is_left(slot_id)


# ------------------------------------------------------------------------------------------------------------------ tired


def test_a_tired_server_ends_every_tap_and_keeps_nothing(desk: Desk) -> None:
    wanted, ids = desk.there.offers(6)
    count = [0]

    def tired(asked: Asked) -> Said | None:
        count[0] += 1
        return Said(503, ERROR, {"Retry-After": "5"}) if count[0] % 4 == 0 else None

    desk.there.between.instead = tired
    desk.web.patient().writes("ciao")
    anna = desk.web.rows(contact)[0].id
    slots = _until(lambda: desk.calendar.free(wanted, 6))
    for slot in slots:
        try:
            held = desk.calendar.hold(slot, anna, uuid4(), 600)
            desk.calendar.book(held.id, desk.there.patient, uuid4())
        except (CalendarUnavailable, SlotTaken):
            continue
    desk.passes()

    here = {one.foreign_id for one in desk.booked()}
    stands = [desk.stands_there(id) for id in ids]
    assert desk.web.rows(errand) == []
    assert {id for _, standing in stands for id in standing} == here
    assert [status for status, standing in stands] == ["busy" if standing else "free" for _, standing in stands]


def _until(work: Callable[[], Any]) -> Any:
    """Do something again until it is answered."""
    while True:
        try:
            return work()
        except CalendarUnavailable:
            continue


# ---------------------------------------------------------------------------------------------------------- wrong at start


@pytest.mark.parametrize(
    ("section", "profile", "named"),
    [
        ("", "rest", ["fhir"]),
        (SECTION, "ops", ["fhir.practitioners"] * 7 + ["fhir.places"] * 2),
    ],
)
def test_a_file_that_does_not_name_what_the_server_needs_stops_the_start(
    environ: dict[str, str], tmp_path: Path, section: str, profile: str, named: list[str]
) -> None:
    file = tmp_path / "clinic.yaml"
    file.write_text(EXAMPLE.read_text("utf-8") + section, "utf-8")
    told = {"CLINIC_FILE": str(file), "FHIR_BASE_URL": "http://127.0.0.1:9/fhir", "FHIR_PROFILE": profile}

    with pytest.raises(ClinicError) as raised:
        build(Settings.from_env(environ | told))

    assert [fault.path for fault in raised.value.faults] == named
