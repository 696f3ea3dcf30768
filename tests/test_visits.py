"""A patient's calendar file: what stands in it, what never does, and who gets to read it."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event
from sqlalchemy import update

from bot.agenda import Appointment, AppointmentStatus, Slot
from bot.agenda import Patient as Visitor
from bot.booking.files import CalendarFiles, calendar_url, write
from bot.store import tables
from bot.store.agenda_tables import appointment as rows
from bot.visits import OFTEN, REMEMBERED, Pace
from tests.desks import MONDAY, DeskInProcess, minutes

START = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
HEALTH = ("visita", "cardiolog", "Neri", "Bianchi", "general_visit")


def event_of(content: bytes) -> Event:
    """Return the one event of a calendar file."""
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert isinstance(event, Event)
    return event


def sequence(event: Event) -> int:
    """Return which revision an event is of."""
    return int(str(event["SEQUENCE"]))


class Visit:
    """An appointment of somebody who wrote, and its file."""

    def __init__(self, desk: DeskInProcess) -> None:
        self.desk, self.diary = desk, desk.built.diary
        desk.patient().writes("ciao")
        self.contact: UUID = desk.rows(tables.contact)[-1].id
        self.appointment = self.diary.book(self.held(START), Visitor(None, "Carla", date(1990, 1, 1)), uuid4())

    def held(self, start: datetime) -> UUID:
        """Hold a time."""
        end = start + minutes(30)
        slot = Slot(f"neri/{start}", "cardiology", "neri", "centro", start, end)
        until = self.desk.clock.now() + minutes(5)
        return self.diary.hold(slot, (start, end), self.contact, uuid4(), until, lambda *_: True).id

    @property
    def path(self) -> str:
        """The path of the file's address."""
        booking = self.desk.house.booking
        assert booking is not None
        return urlsplit(calendar_url(booking, self.appointment)).path

    def read(self) -> Event:
        """Read the file as a calendar would."""
        answer = self.desk.client.get(self.path)
        assert answer.status_code == 200
        return event_of(answer.data)

    def status(self, path: str | None = None) -> tuple[int, bytes]:
        """Return what is answered."""
        answer = self.desk.client.get(path or self.path)
        return answer.status_code, answer.data


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database: what is asked of it here is one row by its id."""
    return sqlite_url


@pytest.fixture
def visit(desk: DeskInProcess) -> Iterator[Visit]:
    yield Visit(desk)


def test_the_file_tells_time_place_first_name_and_code(visit: Visit) -> None:
    event = visit.read()

    told = {name: str(event[name]) for name in ("SUMMARY", "DESCRIPTION", "LOCATION", "STATUS", "CLASS")}
    centre = visit.desk.house.clinic.places["centro"]
    assert (event.start, event.end) == (START, START + minutes(30))
    assert told == {
        "SUMMARY": visit.desk.house.clinic.name,
        "DESCRIPTION": f"Carla · {visit.appointment.code}",
        "LOCATION": f"{centre.name}, {centre.street}, {centre.postcode} {centre.city}",
        "STATUS": "CONFIRMED",
        "CLASS": "PRIVATE",
    }


@pytest.mark.parametrize("privacy", ["named", "strict"])
def test_no_file_says_what_for_or_with_whom(visit: Visit, privacy: str) -> None:
    clinic = replace(visit.desk.house.clinic, name="Poliambulatorio", privacy=privacy)  # type: ignore[arg-type]

    content = write(visit.appointment, clinic, MONDAY).decode()

    assert not [word for word in HEALTH if word.casefold() in content.casefold()]
    assert ("Carla" in content) == (privacy == "named")


def test_a_moved_visit_is_the_same_event_at_its_new_time(visit: Visit) -> None:
    before = visit.read()
    visit.diary.move(visit.appointment.id, visit.held(START + timedelta(days=2)), uuid4())

    after = visit.read()

    assert (after["UID"], sequence(after), after.start) == (before["UID"], 2, START + timedelta(days=2))
    assert sequence(before) == 1


def test_a_cancelled_visit_is_told_as_cancelled(visit: Visit) -> None:
    visit.diary.set_status(visit.appointment.id, AppointmentStatus.CANCELLED, uuid4())

    event = visit.read()

    assert (str(event["STATUS"]), sequence(event)) == ("CANCELLED", 2)


@pytest.mark.parametrize(
    ("local", "instant"),
    [
        ("2027-03-28T03:30", "2027-03-28T01:30"),  # the clock went from 2 to 3 an hour and a half ago
        ("2027-03-27T09:00", "2027-03-27T08:00"),
        ("2026-10-25T09:00", "2026-10-25T08:00"),
        ("2026-10-24T09:00", "2026-10-24T07:00"),
    ],
)
def test_the_time_is_right_on_the_days_the_clock_changes(visit: Visit, local: str, instant: str) -> None:
    start = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo("Europe/Rome"))
    moved = replace(visit.appointment, start=start.astimezone(UTC), end=start.astimezone(UTC) + minutes(30))

    content = write(moved, visit.desk.house.clinic, MONDAY).decode()

    written = datetime.fromisoformat(instant).strftime("%Y%m%dT%H%M00Z")
    assert f"DTSTART:{written}\r\n" in content


def test_a_place_that_is_no_more_is_left_out(visit: Visit) -> None:
    content = write(replace(visit.appointment, place="gone"), visit.desk.house.clinic, MONDAY)

    assert b"LOCATION" not in content


def test_the_answer_is_a_calendar_that_nobody_keeps_or_finds(visit: Visit) -> None:
    headers = visit.desk.client.get(visit.path).headers

    assert headers["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert headers["Referrer-Policy"] == "no-referrer"


def altered(path: str) -> list[str]:
    """Return addresses that are nearly the right one."""
    token = path.removeprefix("/visits/").removesuffix(".ics")
    raw = bytearray(urlsafe_b64decode(token))
    others = []
    for place in (0, 15, 16, -1):
        one = bytearray(raw)
        one[place] ^= 1
        others.append(urlsafe_b64encode(bytes(one)).decode())
    return [*others, token[:-1], token[:-4], f"{token}AAAA", f"{token[:-1]}=", "", "é" * 48, "%00", token.swapcase()]


def test_an_address_that_is_not_ours_is_nothing_without_a_word(visit: Visit) -> None:
    answers = {visit.status(f"/visits/{token}.ics") for token in altered(visit.path) if token}

    assert answers == {(404, b"")}


def test_an_address_made_with_another_key_is_nothing(visit: Visit) -> None:
    other = CalendarFiles("https://desk.example", "another secret key of forty characters...")

    assert visit.status(urlsplit(other.url(visit.appointment.id)).path) == (404, b"")


def test_what_was_never_booked_is_nothing(visit: Visit) -> None:
    held = visit.held(START + timedelta(days=1))
    addresses = CalendarFiles(visit.desk.settings.public_url, visit.desk.settings.secret_key)
    paths = [urlsplit(addresses.url(row)).path for row in (held, uuid4())]

    assert [visit.status(path) for path in paths] == [(404, b"")] * 2


def test_after_an_erasure_there_is_nothing(visit: Visit) -> None:
    before = visit.status()[0]
    visit.desk.built.rights.erase(visit.contact, "titolare")

    assert (before, visit.status()) == (200, (404, b""))


def test_a_visit_the_clinic_booked_for_somebody_who_never_wrote_can_be_read(visit: Visit) -> None:
    with visit.desk.built.database.begin() as connection:
        connection.execute(update(rows).values(contact_id=None))

    assert visit.status()[0] == 200


def test_one_file_is_read_only_so_often(visit: Visit) -> None:
    statuses = [visit.status()[0] for _ in range(OFTEN + 2)]
    visit.desk.clock.move(minutes(1.1))

    assert statuses == [200] * OFTEN + [429] * 2
    assert visit.status()[0] == 200


def test_what_is_counted_stays_bounded() -> None:
    pace, row = Pace(), uuid4()
    for _ in range(OFTEN + 1):
        pace.take(row, MONDAY)
    closed = pace.take(row, MONDAY)
    for _ in range(REMEMBERED):
        pace.take(uuid4(), MONDAY)

    assert (closed, pace.take(row, MONDAY)) == (False, True)


def test_the_address_is_under_the_desks_own_and_says_nothing_of_the_person(visit: Visit) -> None:
    booking = visit.desk.house.booking
    assert booking is not None
    url = calendar_url(booking, visit.appointment)

    assert url.startswith(f"{visit.desk.settings.public_url}/visits/")
    assert len(urlsplit(url).path) == len("/visits/.ics") + 48


def test_without_a_page_there_is_no_address(visit: Visit) -> None:
    booking = visit.desk.house.booking
    assert booking is not None

    assert calendar_url(replace(booking, file_url=None), visit.appointment) == ""


def test_every_status_but_cancelled_is_a_visit_that_stands(visit: Visit) -> None:
    def status(of: AppointmentStatus) -> str:
        shown: Appointment = replace(visit.appointment, status=of)
        return str(event_of(write(shown, visit.desk.house.clinic, MONDAY))["STATUS"])

    told = {of: status(of) for of in AppointmentStatus}

    assert {of for of, said in told.items() if said == "CANCELLED"} == {AppointmentStatus.CANCELLED}
