"""Practitioners' own calendars: what is busy there is not offered here, and a calendar that is broken changes nothing."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from bot.agenda import AppointmentStatus, Slot, Wanted
from bot.agenda import Patient as Visitor
from bot.scheduling.busy import BusyCalendars
from bot.scheduling.ics import busy_times
from bot.settings import Settings, SettingsError
from bot.store import SqlBusy, tables
from bot.store.agenda_tables import agenda_block, appointment
from bot.wiring import build
from tests.conftest import MakeDesk
from tests.desks import DeskInProcess, backing_of, minutes
from tests.servers import free_port, until
from tests.test_busy_feeds import event, feed

DAY = timedelta(days=1)
WEDNESDAY = datetime(2026, 11, 25, tzinfo=UTC)
MORNING = event("DTSTART;TZID=Europe/Rome:20261125T090000", "DTEND;TZID=Europe/Rome:20261125T110000")
NOON = event("DTSTART;TZID=Europe/Rome:20261125T110000", "DTEND;TZID=Europe/Rome:20261125T120000", uid="2")
WITHIN_S = 1.0

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers as the server was told for this path."""

    server: Elsewhere

    def do_GET(self) -> None:
        """Answer; whoever asks may hang up."""
        self.server.asked.append(self.path)
        with suppress(OSError):
            self.server.answers[self.path](self)

    def say(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Send a whole answer."""
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class Elsewhere(ThreadingHTTPServer):
    """A host of calendars."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.is_over = threading.Event()
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def url(self, path: str) -> str:
        """Return the address of a path."""
        return f"http://127.0.0.1:{self.server_address[1]}{path}"

    def says(self, path: str, *events: str) -> None:
        """Have a path be a whole feed."""
        content = feed(*events)
        self.answers[path] = lambda handler: handler.say(200, content, Content_Type="text/calendar")


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database, but where the other is named."""
    return sqlite_url


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    """A host of calendars; Neri's is there, and says when she is busy."""
    host = Elsewhere()
    host.says("/neri.ics", MORNING)
    yield host
    host.is_over.set()
    host.shutdown()
    host.server_close()


class Reader:
    """A worker that reads the calendars when a test says so."""

    def __init__(self, desk: DeskInProcess, **urls: str) -> None:
        self.desk, built = desk, desk.built
        busy = SqlBusy(backing_of(built), desk.house.clinic.zone)
        self.calendars = BusyCalendars(
            urls, busy, built.watch, built.records, desk.house.clinic, desk.clock, within_s=WITHIN_S
        )

    def reads(self) -> list[tuple[str, str, str]]:
        """Read; return what is kept then."""
        self.calendars.poll()
        return blocks(self.desk)

    def alarms(self) -> set[tuple[str, str]]:
        """Return the alarms that are open."""
        return {(row.cause, row.subject) for row in self.desk.rows(tables.alarm) if row.closed_at is None}


@pytest.fixture
def reader(desk: DeskInProcess, elsewhere: Elsewhere) -> Reader:
    return Reader(desk, neri=elsewhere.url("/neri.ics"))


def blocks(desk: DeskInProcess) -> list[tuple[str, str, str]]:
    """Return the imported times on the clinic's clock."""
    zone = desk.house.clinic.zone
    times = [(row.practitioner, row.starts_at.astimezone(zone), row.ends_at.astimezone(zone)) for row in imported(desk)]
    return sorted((who, f"{start:%dT%H:%M}", f"{end:%dT%H:%M}") for who, start, end in times)


def imported(desk: DeskInProcess) -> list[Any]:
    return [row for row in desk.rows(agenda_block) if row.source == "ics"]


KEPT = [("neri", "25T09:00", "25T11:00")]


def visit(desk: DeskInProcess, hour: int) -> UUID:
    """Book somebody with Neri on Wednesday."""
    desk.patient().writes("ciao")
    contact: UUID = desk.rows(tables.contact)[-1].id
    start = WEDNESDAY + timedelta(hours=hour)
    slot = Slot(f"neri/{hour}", "cardiology", "neri", "centro", start, start + minutes(30))
    until, diary = desk.clock.now() + minutes(5), desk.built.diary
    held = diary.hold(slot, (slot.start, slot.end), contact, uuid4(), until, lambda *_: True)
    return diary.book(held.id, Visitor(None, "Carla"), uuid4()).id


# --------------------------------------------------------------------------------------------------------- what is kept


def test_a_time_that_is_busy_elsewhere_is_not_offered(desk: DeskInProcess, reader: Reader) -> None:
    booking = desk.house.booking
    assert booking is not None
    wanted = Wanted("cardiology", WEDNESDAY, WEDNESDAY + DAY, practitioner="neri")
    before = [slot.start.hour for slot in booking.calendar.free(wanted, 50)]

    kept = reader.reads()

    after = [slot.start.hour for slot in booking.calendar.free(wanted, 50)]
    assert kept == KEPT
    assert {8, 9} & set(before) and not {8, 9} & set(after)
    assert set(after) <= set(before)


def test_nothing_but_the_time_is_kept(desk: DeskInProcess, elsewhere: Elsewhere, reader: Reader) -> None:
    secret = event("DTSTART:20261125T090000Z", "DURATION:PT1H", "SUMMARY:Ecografia Carla", "LOCATION:Casa")
    elsewhere.says("/neri.ics", secret)

    reader.reads()

    (row,) = imported(desk)
    assert not [word for word in ("Ecografia", "Carla", "Casa", "example.org") if word in str(row)]


def test_what_stays_is_not_written_again(desk: DeskInProcess, elsewhere: Elsewhere, reader: Reader) -> None:
    reader.reads()
    (first,) = imported(desk)
    elsewhere.says("/neri.ics", MORNING, event("DTSTART:20261126T080000Z", "DURATION:PT1H", uid="3"))

    kept = reader.reads()

    assert kept == [*KEPT, ("neri", "26T09:00", "26T10:00")]
    assert first.id in [row.id for row in imported(desk)]


def test_what_is_gone_there_is_free_here(elsewhere: Elsewhere, reader: Reader) -> None:
    reader.reads()
    elsewhere.says("/neri.ics")

    assert reader.reads() == []


def test_a_practitioner_with_no_calendar_any_more_is_not_busy_by_it(desk: DeskInProcess, reader: Reader) -> None:
    reader.reads()

    assert Reader(desk).reads() == []


def test_blocks_of_staff_are_left_alone(desk: DeskInProcess, reader: Reader) -> None:
    values = {"practitioner": "neri", "starts_at": WEDNESDAY, "ends_at": WEDNESDAY + DAY, "source": "staff"}
    with desk.built.database.begin() as connection:
        made = {"id": uuid4(), "made_by": "anna", "created_at": WEDNESDAY}
        connection.execute(agenda_block.insert().values(**values, **made))

    reader.reads()
    Reader(desk).reads()

    assert [row.source for row in desk.rows(agenda_block)] == ["staff"]


def test_each_practitioner_has_their_own(desk: DeskInProcess, elsewhere: Elsewhere) -> None:
    elsewhere.says("/bianchi.ics", NOON)
    both = Reader(desk, neri=elsewhere.url("/neri.ics"), bianchi=elsewhere.url("/bianchi.ics"))

    assert both.reads() == [("bianchi", "25T11:00", "25T12:00"), *KEPT]


def test_two_workers_that_take_turns_keep_what_was_said_last(
    desk: DeskInProcess, elsewhere: Elsewhere, reader: Reader
) -> None:
    other = Reader(desk, neri=elsewhere.url("/neri.ics"))
    reader.reads()
    elsewhere.says("/neri.ics", NOON)
    other.reads()
    elsewhere.says("/neri.ics", MORNING)

    assert reader.reads() == KEPT


def test_the_day_of_the_fetching_is_no_news_but_the_next_day_is(elsewhere: Elsewhere, reader: Reader) -> None:
    far = event("DTSTART;TZID=Europe/Rome:20270228T090000", "DURATION:PT1H")
    elsewhere.says("/neri.ics", far)
    too_far = reader.reads()
    elsewhere.says("/neri.ics", far.replace("DTSTAMP:20261101", "DTSTAMP:20261123"))
    reader.desk.clock.move(30 * DAY)

    assert (too_far, reader.reads()) == ([], [("neri", "28T09:00", "28T10:00")])


# ------------------------------------------------------------------------------------------------- what cannot be read


def fails(status: int) -> Answer:
    return lambda handler: handler.say(status, b"<html>an error</html>")


def half(handler: Handler) -> None:
    handler.say(200, feed(MORNING, NOON)[:-90])


def cut_off(handler: Handler) -> None:
    content = feed(MORNING, NOON)
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content[:200])
    handler.close_connection = True


def slow(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    handler.wfile.write(feed(NOON)[:50])
    handler.server.is_over.wait(30)


def endless(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(20):
        handler.wfile.write(b"X-NOTHING:" + b"x" * 1024 * 1024)


def hangs_up(handler: Handler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


def signs_in(handler: Handler) -> None:
    handler.say(200, b"<!doctype html><title>Sign in</title>", Content_Type="text/html")


def leads_away(handler: Handler) -> None:
    handler.say(302, Location="http://127.0.0.2/neri.ics")


def leads_round(handler: Handler) -> None:
    handler.say(302, Location=handler.path)


@pytest.mark.parametrize(
    "broken",
    [fails(500), fails(503), fails(404), fails(401), half, cut_off, slow, endless, hangs_up, signs_in]
    + [leads_away, leads_round],
    ids=lambda answer: getattr(answer, "__name__"),  # noqa: B009
)
def test_a_calendar_that_cannot_be_read_whole_changes_nothing_and_rings(
    elsewhere: Elsewhere, reader: Reader, broken: Answer
) -> None:
    reader.reads()
    elsewhere.answers["/neri.ics"] = broken

    once, alarms = reader.reads(), reader.alarms()
    twice = reader.reads()

    assert (once, alarms) == (KEPT, set())
    assert (twice, reader.alarms()) == (KEPT, {("busy_calendar", "neri")})


def test_a_host_that_is_not_there_rings(desk: DeskInProcess) -> None:
    reader = Reader(desk, neri=f"http://127.0.0.1:{free_port()}/neri.ics")

    kept = [reader.reads(), reader.reads()]

    assert (kept, reader.alarms()) == ([[], []], {("busy_calendar", "neri")})


def test_when_it_can_be_read_again_the_alarm_is_over(elsewhere: Elsewhere, reader: Reader) -> None:
    whole = elsewhere.answers["/neri.ics"]
    elsewhere.answers["/neri.ics"] = half
    reader.reads()
    reader.reads()
    elsewhere.answers["/neri.ics"] = whole

    assert (reader.reads(), reader.alarms()) == (KEPT, set())


def test_one_broken_calendar_stops_no_other(desk: DeskInProcess, elsewhere: Elsewhere) -> None:
    elsewhere.answers["/bianchi.ics"] = half
    both = Reader(desk, bianchi=elsewhere.url("/bianchi.ics"), neri=elsewhere.url("/neri.ics"))

    assert both.reads() == KEPT


def test_a_move_within_the_same_host_is_followed(elsewhere: Elsewhere, reader: Reader) -> None:
    elsewhere.answers["/new.ics"] = elsewhere.answers["/neri.ics"]
    elsewhere.answers["/neri.ics"] = lambda handler: handler.say(301, Location="/new.ics")

    assert reader.reads() == KEPT


def test_an_address_is_a_secret_that_stands_nowhere(
    elsewhere: Elsewhere, desk: DeskInProcess, caplog: pytest.LogCaptureFixture
) -> None:
    elsewhere.answers["/s3cret.ics"] = half
    Reader(desk, neri=elsewhere.url("/s3cret.ics")).reads()

    logged = " ".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)
    assert elsewhere.asked == ["/s3cret.ics"]
    assert "busy calendar not read" in logged and "s3cret" not in logged


# ------------------------------------------------------------------------------------------------------- double bookings


def test_a_visit_at_a_time_that_became_busy_stands_and_is_told(desk: DeskInProcess, reader: Reader) -> None:
    clash, other = visit(desk, 8), visit(desk, 11)

    reader.reads()

    assert reader.alarms() == {("double_booked", str(clash))}
    assert {row.id: row.state for row in desk.rows(appointment)} == {clash: "booked", other: "booked"}


def test_it_is_told_once_a_day(desk: DeskInProcess, reader: Reader) -> None:
    visit(desk, 8)
    for _ in range(3):
        reader.reads()
    desk.clock.move(DAY)
    reader.reads()

    counts = [row.count for row in desk.rows(tables.alarm)]

    assert counts == [2]


def test_when_the_visit_is_moved_away_it_is_over(desk: DeskInProcess, reader: Reader) -> None:
    clash = visit(desk, 8)
    reader.reads()
    desk.built.diary.set_status(clash, AppointmentStatus.CANCELLED, uuid4())

    reader.reads()

    assert reader.alarms() == set()


# ------------------------------------------------------------------------------------------------------------- who reads


def test_every_five_minutes_one_worker_reads(desk: DeskInProcess, elsewhere: Elsewhere) -> None:
    first, second = (Reader(desk, neri=elsewhere.url("/neri.ics")) for _ in range(2))

    for reader, process in ((first, "one"), (first, "one"), (second, "two")):
        reader.calendars.keep(process)

    assert elsewhere.asked == ["/neri.ics"]


def test_a_worker_that_starts_reads_at_once(make_postgres_desk: MakeDesk, elsewhere: Elsewhere) -> None:
    desk = make_postgres_desk()
    settings = replace(desk.settings, busy_calendars=(("neri", elsewhere.url("/neri.ics")),))
    worker = build(settings, desk.clock, "worker", house=desk.house)

    worker.background.start()
    is_read = until(lambda: blocks(desk) == KEPT)

    worker.background.stop()
    worker.database.close()
    worker.redis.close()
    assert is_read


def test_on_postgresql_it_is_the_same(make_postgres_desk: MakeDesk, elsewhere: Elsewhere) -> None:
    desk = make_postgres_desk()
    reader = Reader(desk, neri=elsewhere.url("/neri.ics"))
    clash = visit(desk, 8)

    kept = [reader.reads(), reader.reads()]

    assert (kept, reader.alarms()) == ([KEPT, KEPT], {("double_booked", str(clash))})


def test_all_of_a_calendar_is_taken_over_or_nothing(desk: DeskInProcess, reader: Reader) -> None:
    reader.reads()
    wrong = busy_times(feed(NOON), desk.house.clinic.zone, WEDNESDAY, WEDNESDAY + DAY)
    store = SqlBusy(backing_of(desk.built), desk.house.clinic.zone)

    with pytest.raises(Exception, match="NOT NULL"):
        store.replace("neri", (*wrong, (None, None)), WEDNESDAY)  # type: ignore[arg-type]

    assert blocks(desk) == KEPT


# -------------------------------------------------------------------------------------------------------------- settings


@pytest.mark.parametrize(
    "value",
    [
        "https://calendar.example/a.ics",
        "neri=http://calendar.example/a.ics",
        "neri=ftp://calendar.example/a.ics",
        "neri=file:///etc/passwd",
        "neri=https://",
        "neri=https://user:word@calendar.example/a.ics",
        "neri=https://calendar.example/a.ics#b",
        "neri=https://calendar.example/a.ics neri=https://calendar.example/b.ics",
        "Neri=https://calendar.example/a.ics",
        "neri=https://[::1/a.ics",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_being_shown(environ: dict[str, str], value: str) -> None:
    with pytest.raises(SettingsError) as raised:
        Settings.from_env(environ | {"BUSY_CALENDARS": value})

    (problem,) = raised.value.problems
    assert problem.startswith("BUSY_CALENDARS ") and "calendar.example" not in problem


def test_addresses_are_read_by_practitioner_and_shown_to_nobody(environ: dict[str, str]) -> None:
    value = "neri=https://calendar.example/a.ics?key=b  bianchi=webcal://calendar.example/b.ics"

    settings = Settings.from_env(environ | {"BUSY_CALENDARS": value})

    assert settings.busy_calendars == (
        ("neri", "https://calendar.example/a.ics?key=b"),
        ("bianchi", "https://calendar.example/b.ics"),
    )
    assert "calendar.example" not in repr(settings)


def test_a_server_that_keeps_the_calendar_says_itself_who_is_busy(environ: dict[str, str]) -> None:
    both = {"BUSY_CALENDARS": "neri=https://calendar.example/a.ics", "FHIR_BASE_URL": "http://127.0.0.1:9/fhir"}

    with pytest.raises(SettingsError, match="BUSY_CALENDARS is set, but FHIR_BASE_URL is too"):
        Settings.from_env(environ | both)


def test_a_practitioner_nobody_knows_stops_the_start(environ: dict[str, str], database_url: str) -> None:
    wrong = environ | {"DATABASE_URL": database_url, "BUSY_CALENDARS": "nobody=https://calendar.example/a.ics"}

    with pytest.raises(SettingsError, match="BUSY_CALENDARS names nobody"):
        DeskInProcess(wrong)


def test_what_is_imported_goes_as_other_blocks_do(desk: DeskInProcess, reader: Reader) -> None:
    reader.reads()
    desk.clock.move(timedelta(days=40))

    desk.built.keeper.run("a test")

    with desk.built.database.look() as connection:
        assert connection.execute(select(agenda_block)).all() == []
