"""Things to do later, done by a few threads at once; time can be hurried along."""

from __future__ import annotations

import heapq
import itertools
import logging
import threading
import time
from collections.abc import Callable

from simulator.faultlog import where

Action = Callable[[], None]

log = logging.getLogger("simulator")


class Agenda:
    """Run actions when they are due. Actions due together run concurrently, as Meta's deliveries do."""

    def __init__(self, workers: int) -> None:
        self._due: list[tuple[float, int, Action]] = []
        self._number = itertools.count()
        self._changed = threading.Condition()
        self._stopping = False
        self._threads = [threading.Thread(target=self._work, name=f"agenda-{n}", daemon=True) for n in range(workers)]
        for thread in self._threads:
            thread.start()

    def after(self, seconds: float, action: Action) -> None:
        with self._changed:
            heapq.heappush(self._due, (time.monotonic() + seconds, next(self._number), action))
            self._changed.notify()

    def hurry(self, seconds: float) -> None:
        """Bring everything that waits forward: the clock was moved by so much."""
        with self._changed:
            self._due = [(due - seconds, number, action) for due, number, action in self._due]
            self._changed.notify_all()

    def waiting(self) -> int:
        """Return how many actions are not begun."""
        with self._changed:
            return len(self._due)

    def clear(self) -> None:
        """Forget what waits."""
        with self._changed:
            self._due.clear()

    def stop(self, deadline: float) -> None:
        """Begin nothing more, and wait until `deadline` (monotonic) for what has begun."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(max(0.0, deadline - time.monotonic()))

    def _work(self) -> None:
        while (action := self._next()) is not None:
            try:
                action()
            except Exception as fault:  # the door: one bad action must not end the thread
                log.error("an action failed: %s", where(fault))

    def _next(self) -> Action | None:
        with self._changed:
            while not self._stopping:
                wait_s = self._due[0][0] - time.monotonic() if self._due else None
                if wait_s is not None and wait_s <= 0:
                    return heapq.heappop(self._due)[2]
                self._changed.wait(wait_s)
        return None
