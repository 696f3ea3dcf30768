"""See that the demo's one member of staff can get in with the login it prints. Only the demo makes a member like this."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path

from bot import credentials
from bot.clock import MovedClock
from bot.ports import StoreUnavailable
from bot.settings import Settings
from bot.staff import ALL_TEAMS, SPANS, Person, Post, Role
from bot.store import Backing, Database, Seals, SqlStaffBook

EMAIL = "demo@example.org"
PERSON = Person("Carla Esempio", "Carla", EMAIL)
POST = Post(Role.MANAGER, frozenset({ALL_TEAMS}), "it")
BY = "script/demo"


def main() -> int:
    """Make the member, or what of them has changed since; return the exit code."""
    settings, clock = Settings.from_env(os.environ), MovedClock(Path(os.environ["SPORTELLO_CLOCK"]))
    database = Database(settings.database_url, 1)
    backing = Backing(database, Seals(settings.field_keys, settings.hash_key), clock.now)
    try:
        hire(SqlStaffBook(backing), os.environ["DEMO_PASSWORD"], os.environ["DEMO_FACTOR"], backing)
    except StoreUnavailable as fault:
        print(fault)
        return 1
    finally:
        database.close()
    return 0


def hire(book: SqlStaffBook, password: str, factor: str, backing: Backing) -> None:
    """Let the member in by these; who already gets in by them is left alone."""
    known = book.credentials(EMAIL)
    if known is None or known.factor != factor or not credentials.matches(known.password, password):
        row = book.find(EMAIL) or book.add(BY, PERSON, POST)
        token = credentials.new_token()
        book.invite(BY, row, token, backing.now() + timedelta(minutes=5))
        book.set_password(row, credentials.hashed(password), token)
        book.enrol(row, factor, 0, tuple(map(credentials.recovery, credentials.new_recovery())))
    if book.roles()[Role.MANAGER] != SPANS[Role.MANAGER].most:
        book.set_role(BY, Role.MANAGER, SPANS[Role.MANAGER].most)  # so that one login shows every page


if __name__ == "__main__":
    sys.exit(main())
