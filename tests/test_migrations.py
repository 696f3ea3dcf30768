"""Migrations: an empty database becomes what the tables say, once, however often and by however many at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from bot.store import Database, tables
from bot.store.schema import LOCK, is_current, upgrade
from tests.desks import together


@pytest.fixture
def database(empty_database_url: str) -> Iterator[Database]:
    made = Database(empty_database_url.replace("postgresql://", "postgresql+psycopg://"), 8)
    yield made
    made.close()


@pytest.fixture
def postgres_database(empty_postgres_url: str) -> Iterator[Database]:
    made = Database(empty_postgres_url.replace("postgresql://", "postgresql+psycopg://"), 8)
    yield made
    made.close()


def differences(database: Database) -> list[object]:
    with database.begin() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), tables.metadata))


def test_an_empty_database_becomes_what_the_tables_say(database: Database) -> None:
    before = is_current(database)

    upgrade(database)

    assert (before, is_current(database)) == (False, True)
    assert differences(database) == []


def test_a_second_run_changes_nothing(database: Database) -> None:
    upgrade(database)

    upgrade(database)

    assert is_current(database)
    assert differences(database) == []


def test_two_releases_at_once_migrate_once(database: Database) -> None:
    together(4, lambda _: upgrade(database))

    assert is_current(database)
    assert differences(database) == []


def test_a_release_waits_for_one_that_takes_long(postgres_database: Database) -> None:
    """Longer than a lane waits for a lock: a migration of years of messages takes its time."""
    taken, ended = threading.Event(), threading.Event()

    def migrate_slowly() -> None:
        with postgres_database.begin() as connection:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
            taken.set()
            ended.wait(5)

    slow = threading.Thread(target=migrate_slowly)
    slow.start()
    assert taken.wait(5)

    upgrade(postgres_database)
    slow.join()

    assert is_current(postgres_database)


def test_a_migration_that_fails_leaves_nothing(postgres_database: Database) -> None:
    with postgres_database.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE outbox (id int)")

    with pytest.raises(Exception, match="outbox"):
        upgrade(postgres_database)

    with postgres_database.begin() as connection:
        assert inspect(connection).get_table_names() == ["outbox"]
    assert not is_current(postgres_database)
