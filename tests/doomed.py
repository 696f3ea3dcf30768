"""A process that forks children which kill themselves (SIGKILL) in the middle of what they do; run by this file's `Doom`.

It imports everything once and has no threads, so that each child costs a fork and a connection.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import event

from bot.agenda import Patient, Slot
from bot.clinic import Clinic, load_clinic
from bot.clock import FixedClock
from bot.scheduling.builtin.calendar import BuiltIn
from bot.settings import Settings
from bot.store import Backing, Database, Seals, SqlDiary

DIED, FINISHED = -signal.SIGKILL, 0


class Doom:
    """Have things done by children that die at a given point; whoever asks waits for their end."""

    def __init__(self, module: str = "tests.doomed") -> None:
        self._parent = subprocess.Popen(
            [sys.executable, "-m", module],
            cwd=Path(__file__).parent.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def dies(self, at: int, environ: Mapping[str, str], now: datetime, work: Mapping[str, Any]) -> bool:
        """Have a child do something on the database of an environment and die at the point of this number; False when it finished before.

        Before each statement there is a point, after it another, one before the commit, and one when all is done.
        """
        assert self._parent.stdin is not None and self._parent.stdout is not None
        told = {"at": at, "environ": dict(environ), "now": now.isoformat(), **work}
        self._parent.stdin.write(json.dumps(told, default=str) + "\n")
        self._parent.stdin.flush()
        ended = int(self._parent.stdout.readline())
        assert ended in (DIED, FINISHED), ended
        return ended == DIED

    def stop(self) -> None:
        """End the parent."""
        self._parent.kill()
        self._parent.communicate()


def main(
    live: Callable[[dict[str, Any], Settings, Clinic], None], read: Callable[[Settings], object] = lambda _: None
) -> None:
    """Fork for each line of standard input, have the child live, and tell how it ended; what children need is read before, once."""
    for line in sys.stdin:
        told = json.loads(line)
        settings = Settings.from_env(told["environ"])
        clinic = _clinic(settings.clinic_file)
        read(settings)
        child = os.fork()
        if not child:
            live(told, settings, clinic)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201  # the parent's way to answer


@cache
def _clinic(path: Path) -> Clinic:
    return load_clinic(path)


def _live(told: dict[str, Any], settings: Settings, clinic: Clinic) -> None:
    """Do what is told in this child, and die where it is told."""
    try:
        database = Database(settings.database_url, 1)
        point = points(database, told["at"])
        clock = FixedClock(datetime.fromisoformat(told["now"]))
        backing = Backing(database, Seals(settings.field_keys, settings.hash_key), clock.now)
        _do(BuiltIn(clinic, SqlDiary(backing, clinic.zone), clock), told)
        point()
    except BaseException:  # a child must never go on as its parent
        traceback.print_exc()
        os._exit(1)
    os._exit(FINISHED)


def points(database: Database, at: int) -> Any:
    """Count the points of a child's life; at the one it is told it dies."""
    passed = 0

    def point(*_: object) -> None:
        nonlocal passed
        passed += 1
        if passed == at:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(database.engine, name, point)
    return point


def _do(calendar: BuiltIn, told: dict[str, Any]) -> None:
    key, patient = UUID(told["key"]), Patient(None, "Anna")
    match told["do"]:
        case "hold":
            start, end = (datetime.fromisoformat(told[name]) for name in ("start", "end"))
            slot = Slot(told["slot"], told["service"], told["practitioner"], told["place"], start, end)
            calendar.hold(slot, UUID(told["contact"]), key, told["seconds"])
        case "book":
            calendar.book(UUID(told["hold"]), patient, key)
        case "move":
            calendar.move(UUID(told["appointment"]), UUID(told["hold"]), key)
        case "cancel":
            calendar.cancel(UUID(told["appointment"]), key)


if __name__ == "__main__":
    main(_live)
