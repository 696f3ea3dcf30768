"""What time it is: a port, so that the demo and the tests can move the time; everything else asks the real clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    """Tell the time."""

    def now(self) -> datetime:
        """Return this moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """Return this moment, aware, in UTC."""
        return datetime.now(UTC)


class MovedClock:
    """The machine's time, moved by the seconds that stand in a small file: the WhatsApp stand-in's page writes it.

    The file is read each time, so that several processes move together. While it is missing the time is not moved;
    while it is half written the last offset holds.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = timedelta()

    def now(self) -> datetime:
        """Return this moment moved by the file's offset, aware, in UTC."""
        self._offset = self._read()
        return datetime.now(UTC) + self._offset

    def _read(self) -> timedelta:
        try:
            return timedelta(seconds=float(self._path.read_text("ascii")))
        except FileNotFoundError:
            return timedelta()
        except (ValueError, OverflowError):
            return self._offset


class FixedClock:
    """A time that stands still until a test moves it."""

    def __init__(self, now: datetime) -> None:
        if now.tzinfo is None:
            raise ValueError("a clock tells aware times only")
        self._now = now.astimezone(UTC)

    def now(self) -> datetime:
        """Return the moment it stands at, aware, in UTC."""
        return self._now

    def move(self, by: timedelta) -> None:
        """Let this much time pass."""
        self._now += by
