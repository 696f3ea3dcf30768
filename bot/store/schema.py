"""Migrations: bringing a database to the newest version, and telling whether it is there (Alembic)."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.store.database import Database

FOLDER = Path(__file__).parent / "migrations"
LOCK = 7_276_483_910  # an advisory lock of PostgreSQL: two releases at once migrate one after the other


def upgrade(database: Database, to: str = "head") -> None:
    """Run the migrations that are missing, in one transaction; `to` an older version only to try it."""
    config = _config()
    with database.begin() as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql("SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
            connection.exec_driver_sql("SET LOCAL lock_timeout = '60s'")
        config.attributes["connection"] = connection
        command.upgrade(config, to)


def is_current(database: Database) -> bool:
    """Tell whether every migration has been run."""
    newest = head()
    with database.look() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest


def head() -> str:
    """Return the newest migration there is."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config
