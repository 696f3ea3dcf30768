"""Server-sent events: how many streams a process may keep open, how long one lasts, and what it says.

A stream carries no content, only that a page's version is another now. It holds no connection to the database while it
waits (`docs/states.md` 7).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

from bot.ports import StoreUnavailable

THREADS = 32  # of a web process (gunicorn.conf.py)
SHARE = THREADS // 4
ENDS_S = 20.0
LOOK_S = 1.0
RETRY_MS = 500
BREATH = ": still here\n\n"  # noticed by nobody but the server, when the browser has gone

Version = Callable[[], str | None]


class Streams:
    """How many streams this process may still open. `ended` wakes those that wait, so that nothing outlives the process."""

    def __init__(self, share: int = SHARE, ends_s: float = ENDS_S, look_s: float = LOOK_S) -> None:
        self._room = threading.BoundedSemaphore(share)
        self._ended = threading.Event()
        self._ends_s = ends_s
        self._look_s = look_s

    def open(self, version: Version, known: str | None) -> Iterator[str] | None:
        """Return the events of a stream; None: there is no room, the page must ask by itself."""
        if self._ended.is_set() or not self._room.acquire(blocking=False):
            return None
        return _Events(self._events(version, known), self._room)

    def stop(self) -> None:
        """End every stream and open none any more."""
        self._ended.set()

    def _events(self, version: Version, known: str | None) -> Iterator[str]:
        yield f"retry: {RETRY_MS}\n\n"
        until = time.monotonic() + self._ends_s
        while not self._ended.is_set() and time.monotonic() < until:
            now = _looked(version)
            if now is None:
                return  # not there any more for this member: the page finds out when it asks
            if now and now != known:
                known = now
                yield f"id: {now}\nevent: changed\ndata: {now}\n\n"
            else:
                yield BREATH
            self._ended.wait(self._look_s)


class _Events(Iterator[str]):
    """The events, and the room they take: given back once, whether they end, are cut off or never begin."""

    def __init__(self, events: Iterator[str], room: threading.BoundedSemaphore) -> None:
        self._events = events
        self._room: threading.BoundedSemaphore | None = room

    def __next__(self) -> str:
        try:
            return next(self._events)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Give the room back; the server calls it when the answer has ended."""
        room, self._room = self._room, None
        if room is not None:
            room.release()


def _looked(version: Version) -> str | None:
    """Return the version; nothing new while the database is away."""
    try:
        return version()
    except StoreUnavailable:
        return ""
