"""From the rows of a live desk of each release to the newest database: nothing is lost, and its people go on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select, table

from bot.store import Database, tables
from bot.store.schema import head, upgrade
from tests.desks import DeskInProcess, minutes
from tests.releases import (
    CALM,
    CUT_OFF,
    HELD,
    KEYS,
    MIGRATIONS,
    TALKING,
    URGENT,
    WAITING,
    Release,
    releases,
)

RELEASES = releases()
each = pytest.mark.parametrize("release", RELEASES, ids=[f"from {release.revision}" for release in RELEASES])


@pytest.fixture
def database(empty_database_url: str) -> Iterator[Database]:
    made = Database(empty_database_url.replace("postgresql:", "postgresql+psycopg:"), 2)
    yield made
    made.close()


@pytest.fixture
def old(database: Database, release: Release) -> Release:
    """A database as a release left it, with its rows."""
    upgrade(database, release.revision)
    with database.begin() as connection:
        release.insert(connection)
    return release


@pytest.fixture
def desk(old: Release, empty_database_url: str) -> Iterator[DeskInProcess]:
    """The desk of today on the database of a release; it brings it to the newest version."""
    made = DeskInProcess(KEYS | {"DATABASE_URL": empty_database_url})
    made.clock.move(minutes(5))
    yield made
    made.close()


def test_there_is_a_release_to_start_from() -> None:
    assert RELEASES
    assert RELEASES[-1].revision <= head()


@each
def test_what_was_published_is_never_changed(release: Release) -> None:
    now = {name: hashlib.sha256((MIGRATIONS / name).read_bytes()).hexdigest() for name in release.migrations}

    assert now == release.migrations


@each
def test_no_row_is_lost_on_the_way(old: Release, database: Database) -> None:
    upgrade(database)

    with database.look() as connection:
        counts = {
            name: connection.execute(select(func.count()).select_from(table(name))).scalar_one() for name in old.rows
        }
    assert counts == {name: len(rows) for name, rows in old.rows.items()}


@each
def test_the_code_of_a_release_can_still_write_on_the_newest_tables(release: Release, database: Database) -> None:
    upgrade(database)

    with database.begin() as connection:
        release.insert(connection)

    with database.look() as connection:
        assert connection.execute(select(func.count()).select_from(table("outbox"))).scalar_one() == 10


@each
def test_whoever_stood_in_a_menu_goes_on(desk: DeskInProcess) -> None:
    anna = desk.patient(CALM)

    anna.taps("main/menu/info")

    assert anna.reads().taps


@each
def test_the_queue_is_still_there_and_can_be_closed(desk: DeskInProcess) -> None:
    waiting = [(entry.state, entry.reason) for entry in desk.built.lanes.queue_entries()]

    for entry in desk.built.lanes.queue_entries():
        assert desk.desk.close(entry.conversation_id)

    assert sorted(waiting) == [("claimed", "asked"), ("queued", "asked"), ("queued", "emergency")]
    assert "assistente" in desk.patient(WAITING).reads_all()[-1].body.lower()


@each
def test_whoever_writes_with_staff_is_left_to_them(desk: DeskInProcess) -> None:
    carla = desk.patient(TALKING)

    carla.writes("ciao")

    assert carla.reads_all() == []


@each
def test_whoever_was_in_an_emergency_is_known_as_waiting(desk: DeskInProcess) -> None:
    dario = desk.patient(URGENT)

    dario.writes("mi sento ancora male")

    assert desk.outcomes()[-1][0] == "handed"


@each
def test_a_held_row_and_one_that_was_cut_off_reach_their_people(desk: DeskInProcess) -> None:
    desk.beat_for_long()
    desk.age(tables.outbox.c.leased_until)

    for _ in range(3):
        desk.desk.finish_due(lambda _: True)

    assert [len(desk.patient(number).reads_all()) for number in (HELD, CUT_OFF)] == [1, 1]
    assert ("open", None) not in desk.outcomes()
