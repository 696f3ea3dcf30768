"""Make ready what the demo stands on, in one process: tables, the member of staff, a calendar, message templates."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from flask import Flask

from bot.app import create_app
from script import demo_calendar, demo_staff


def main() -> int:
    """Do one after the other; return the exit code of the first that fails."""
    return next((code for step in steps(create_app()) if (code := step())), 0)


def steps(app: Flask) -> Iterator[Callable[[], int]]:
    """Yield what is to be done, in order."""
    yield lambda: command(app, "db-upgrade")
    yield demo_staff.main
    yield demo_calendar.main
    yield lambda: command(app, "templates", "push")


def command(app: Flask, *words: str) -> int:
    """Run a `flask` command, and say what it said."""
    done = app.test_cli_runner().invoke(args=words)
    print(done.output, end="")
    return done.exit_code


if __name__ == "__main__":
    sys.exit(main())
