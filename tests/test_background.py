"""What runs by itself in a process as it is built: each thread does its work, in the web and in the worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from bot.agenda import Patient as Visitor
from bot.agenda import Wanted, Wish
from bot.keeping import RUN
from bot.notices import Kind
from bot.scheduling.busy import LEASE
from bot.scheduling.fhir.upkeep import LEASE as ELSEWHERE
from bot.store import tables
from bot.store.outreach_tables import notice, notice_day
from bot.store.waiting_tables import waiting_offer
from bot.wiring import Built, build
from tests.conftest import MakeDesk
from tests.desks import DeskInProcess
from tests.servers import until
from tests.test_fhir_settings import EXAMPLE, SECTION
from tests.visits import booked

FRIDAY_TEN = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)  # ten o'clock in Italy
KINDS = ("web", "worker")


@pytest.fixture
def desk(make_postgres_desk: MakeDesk) -> DeskInProcess:
    """Return a desk whose threads do not run, on the database of the one whose threads do."""
    return make_postgres_desk()


@contextmanager
def running(desk: DeskInProcess, kind: str, busy_calendars: tuple[tuple[str, str], ...] = ()) -> Iterator[Built]:
    """Run the threads of one more process beside a desk, exactly as it is built; its WhatsApp and its Redis are away."""
    settings = replace(desk.settings, busy_calendars=busy_calendars)
    built = build(settings, desk.clock, kind, desk.house)
    built.background.start()
    try:
        yield built
    finally:
        built.stop()


def comes_true(seen: Callable[[], bool]) -> bool:
    """Wait for what a thread does at once; far less than the time until it looks again."""
    return until(seen, 10)


@pytest.mark.parametrize("kind", KINDS)
def test_a_process_gives_reminders_by_itself(desk: DeskInProcess, kind: str) -> None:
    desk.patient().writes("menu")
    booked(desk, FRIDAY_TEN)
    desk.clock.move(FRIDAY_TEN - timedelta(days=1) - desk.clock.now())

    with running(desk, kind):
        assert comes_true(lambda: Kind.REMINDER_24H in {row.kind for row in desk.rows(notice)})


@pytest.mark.parametrize("kind", KINDS)
def test_a_process_closes_the_books_of_past_days_by_itself(desk: DeskInProcess, kind: str) -> None:
    with running(desk, kind):
        assert comes_true(lambda: len(desk.rows(notice_day)) == 3)


@pytest.mark.parametrize("kind", KINDS)
def test_a_process_offers_a_place_that_became_free_by_itself(desk: DeskInProcess, kind: str) -> None:
    desk.patient().writes("menu")
    desk.patient("393330000009", name="Bruno Prova").writes("menu")
    theirs, waits_for = (row.id for row in sorted(desk.rows(tables.contact), key=lambda row: row.id))
    assert desk.house.booking is not None and desk.house.booking.waiting is not None
    calendar, waiting = desk.house.booking.calendar, desk.house.booking.waiting
    slot = calendar.free(Wanted("cardiology", FRIDAY_TEN, FRIDAY_TEN + timedelta(days=9)), 1)[0]
    visit = calendar.book(calendar.hold(slot, theirs, uuid4(), 600).id, Visitor(None, "Anna"), uuid4())
    waiting.join(waits_for, Wish("cardiology"), Visitor(None, "Bruno"), uuid4())
    calendar.cancel(visit.id, uuid4())

    with running(desk, kind):
        assert comes_true(lambda: [row.state for row in desk.rows(waiting_offer)] == ["open"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_process_answers_what_is_overdue_by_itself(desk: DeskInProcess, kind: str) -> None:
    desk.pool.held = []
    desk.patient().writes("menu")
    desk.age(tables.message.c.answer_by)

    with running(desk, kind):
        assert comes_true(lambda: desk.outcomes() == [("handed", "overdue")])


@pytest.mark.parametrize("kind", KINDS)
def test_a_process_calls_for_help_by_itself_when_nobody_takes_a_conversation(desk: DeskInProcess, kind: str) -> None:
    someone = desk.patient()
    someone.writes("vorrei parlare con una persona")
    someone.taps("person/which/reception")
    desk.clock.move(timedelta(minutes=3))

    with running(desk, kind):
        assert comes_true(lambda: [row.escalations for row in desk.rows(tables.handoff)] == [1])


@pytest.mark.parametrize("kind", KINDS)
def test_a_process_deletes_what_is_old_and_seals_the_audit_by_itself(desk: DeskInProcess, kind: str) -> None:
    with running(desk, kind):
        assert comes_true(lambda: RUN in {row.action for row in desk.rows(tables.audit)})
        assert comes_true(lambda: desk.rows(tables.audit_seal) != [])


def test_only_a_worker_reads_the_calendars_of_others_by_itself(desk: DeskInProcess) -> None:
    theirs = (("neri", "https://127.0.0.1:9/neri.ics"),)

    with running(desk, "web", theirs), running(desk, "worker", theirs) as worker:
        assert comes_true(lambda: LEASE in {row.name for row in desk.rows(tables.lease)})
        holders = {row.holder for row in desk.rows(tables.lease) if row.name == LEASE}
        assert holders == {worker.background.process}


def test_only_a_worker_asks_the_clinics_own_system_by_itself(
    environ: dict[str, str], postgres_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "clinic.yaml"
    file.write_text(EXAMPLE.read_text("utf-8") + SECTION, "utf-8")
    told = {"DATABASE_URL": postgres_url, "CLINIC_FILE": str(file), "FHIR_BASE_URL": "http://127.0.0.1:9/fhir"}
    desk = DeskInProcess({**environ, **told})

    with running(desk, "web"), running(desk, "worker") as worker:
        assert comes_true(lambda: ELSEWHERE in {row.name for row in desk.rows(tables.lease)})
        assert {row.holder for row in desk.rows(tables.lease) if row.name == ELSEWHERE} == {worker.background.process}
    desk.close()
