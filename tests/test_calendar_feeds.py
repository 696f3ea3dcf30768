"""Feeds of the calendar: made once, read by whoever has the address, revoked for ever; nothing of any patient is in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from icalendar import Calendar
from werkzeug.test import TestResponse

from bot.agenda import AppointmentStatus, Patient
from bot.counter import Staff
from bot.daybook import Wished
from bot.ports import StoreUnavailable
from bot.staff import Role
from bot.store.agenda_tables import agenda_feed
from tests.consoles import ORIGIN, AtConsole, signed_in
from tests.desks import DeskInProcess
from tests.dumps import audited

CARLA = Staff("carla", "Carla")
AT = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)  # three in Rome


@pytest.fixture
def desk(environ: dict[str, str], tmp_path: Path) -> Iterator[DeskInProcess]:
    made = DeskInProcess(environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/desk.sqlite"})
    yield made
    made.close()


@pytest.fixture
def manager(desk: DeskInProcess) -> AtConsole:
    return signed_in(desk, Role.MANAGER)


def booked(desk: DeskInProcess, hour: int = 0) -> str:
    start = AT.replace(hour=AT.hour + hour)
    wished = Wished("cardiology", "neri", "centro", start)
    return desk.built.reception.enter(CARLA, wished, Patient(None, "Anna", date(1980, 5, 3)), None, uuid4()).code


def made(manager: AtConsole, who: str = "neri") -> str:
    """Make a feed; return the path of its address."""
    shown = manager.post("/calendar/feeds", key=str(uuid4()), who=who).text
    (link,) = re.findall(rf'value="{ORIGIN}(/feeds/[\w-]+\.ics)"', shown)
    return str(link)


def read(desk: DeskInProcess, path: str, **headers: str) -> TestResponse:
    return desk.client.get(path, base_url=ORIGIN, headers=headers)


def test_whoever_has_the_address_reads_when_and_where(desk: DeskInProcess, manager: AtConsole) -> None:
    code = booked(desk)

    answer = read(desk, made(manager))

    (event,) = Calendar.from_ical(answer.data).walk("VEVENT")
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    assert (event["summary"], event["location"], event["dtstart"].dt) == (code, "Sede Centro", AT)


def test_nothing_of_a_patient_or_of_health_is_in_it(desk: DeskInProcess, manager: AtConsole) -> None:
    booked(desk)

    said = read(desk, made(manager)).text

    assert [word for word in ("Anna", "1980", "ardiolog", "Neri", "neri") if word in said] == []


def test_a_feed_is_one_practitioners(desk: DeskInProcess, manager: AtConsole) -> None:
    booked(desk)

    assert Calendar.from_ical(read(desk, made(manager, "bianchi")).data).walk("VEVENT") == []


def test_what_was_cancelled_is_gone_from_it(desk: DeskInProcess, manager: AtConsole) -> None:
    path = made(manager)
    booked(desk)
    (row,) = desk.built.daybook.pages(CARLA, frozenset({"neri"}), AT, AT.replace(hour=20)).visits
    desk.built.reception.settle(CARLA, row.appointment.id, 1, AppointmentStatus.CANCELLED, uuid4())

    assert b"VEVENT" not in read(desk, path).data


def test_whoever_has_it_already_is_told_so_until_something_changes(desk: DeskInProcess, manager: AtConsole) -> None:
    path = made(manager)
    booked(desk)
    tag = read(desk, path).headers["ETag"]

    same = read(desk, path, If_None_Match=tag)
    booked(desk, 1)
    other = read(desk, path, If_None_Match=tag)

    assert [(one.status_code, bool(one.data)) for one in (same, other)] == [(304, False), (200, True)]


def test_a_revoked_address_a_wrong_one_and_none_look_alike(desk: DeskInProcess, manager: AtConsole) -> None:
    path = made(manager)
    (row,) = desk.rows(agenda_feed)
    manager.post(f"/calendar/feeds/{row.id}/revoke")

    wrong = ("A" * 43, "A" * 42, "A" * 44, "é" * 43, row.token_hash.hex(), str(row.id), "%00" * 43)
    answers = [read(desk, path), *(read(desk, f"/feeds/{token}.ics") for token in wrong)]

    told = {(one.status_code, one.data, one.headers["Cache-Control"], one.content_type) for one in answers}
    assert told == {(404, b"", "no-store", answers[0].content_type)}


def test_an_address_is_shown_once_and_kept_as_a_hash(desk: DeskInProcess, manager: AtConsole) -> None:
    path = made(manager)
    token = path.removeprefix("/feeds/").removesuffix(".ics")

    (row,) = desk.rows(agenda_feed)
    assert token.encode() not in row.token_hash
    assert token not in manager.get("/calendar/feeds").text
    assert len(token) == 43  # 256 bits


def test_a_form_sent_twice_makes_one_feed(desk: DeskInProcess, manager: AtConsole) -> None:
    key = str(uuid4())

    answers = [manager.post("/calendar/feeds", key=key, who="neri").status_code for _ in range(2)]

    assert (answers, len(desk.rows(agenda_feed))) == ([200, 303], 1)


def test_making_and_revoking_is_audited(desk: DeskInProcess, manager: AtConsole) -> None:
    made(manager)
    (row,) = desk.rows(agenda_feed)
    for _ in range(2):
        manager.post(f"/calendar/feeds/{row.id}/revoke")

    assert manager.member is not None
    found = [(one.action, one.actor, one.subject_id) for one in audited(desk) if one.action.startswith("feed_")]
    assert found == [(action, manager.member.actor, row.id) for action in ("feed_made", "feed_revoked")]


@pytest.mark.parametrize("role", [Role.RECEPTIONIST, Role.NURSE, Role.CLINICIAN, Role.AUDITOR])
def test_nobody_else_makes_lists_or_revokes(desk: DeskInProcess, manager: AtConsole, role: Role) -> None:
    path = made(manager)
    (row,) = desk.rows(agenda_feed)
    other = signed_in(desk, role)

    answers = [
        other.get("/calendar/feeds").status_code,
        other.post("/calendar/feeds", key=str(uuid4()), who="neri").status_code,
        other.post(f"/calendar/feeds/{row.id}/revoke").status_code,
    ]

    assert (answers, read(desk, path).status_code) == ([404] * 3, 200)


def test_a_practitioner_nobody_knows_gets_none(desk: DeskInProcess, manager: AtConsole) -> None:
    assert manager.post("/calendar/feeds", key=str(uuid4()), who="nobody").status_code == 400
    assert desk.rows(agenda_feed) == []


def test_a_database_that_is_away_is_said_and_no_more(
    desk: DeskInProcess, manager: AtConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(manager)

    def away(_: object) -> None:
        raise StoreUnavailable("the database did not answer (OperationalError)")

    monkeypatch.setattr(desk.built.feeds, "whose", away)

    answer = read(desk, path)

    assert (answer.status_code, answer.data) == (503, b"")


def test_the_address_stands_in_no_log(
    desk: DeskInProcess, manager: AtConsole, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)

    path = made(manager)
    read(desk, path)

    assert path.removeprefix("/feeds/").removesuffix(".ics") not in caplog.text
