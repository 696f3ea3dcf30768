"""The breaker: a model that fails again and again is left alone for a while, then tried with one call."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

IN_A_ROW = 5
OF_LAST, SHARE = 20, 0.5
REST_S, LONGEST_REST_S = 5.0, 60.0


class Breaker:
    """Say whether a call may go out, and learn how it ended.

    Opens after `in_a_row` failures, or when `share` of the last `of_last` calls failed. After a rest one call is tried: if it
    goes well all may go again, if it fails the rest is twice as long. Not for several threads: whoever holds it asks and tells
    from one.
    """

    def __init__(
        self,
        in_a_row: int = IN_A_ROW,
        of_last: int = OF_LAST,
        share: float = SHARE,
        rest_s: float = REST_S,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._in_a_row = in_a_row
        self._share = share
        self._first_rest_s = self._rest_s = rest_s
        self._now = now
        self._last: deque[bool] = deque(maxlen=of_last)
        self._until: float | None = None  # None: closed
        self._trying = False
        self._period = 0  # what was admitted in an earlier one has nothing to tell any more

    @property
    def is_open(self) -> bool:
        """Whether calls are held back."""
        return self._until is not None

    def admit(self) -> int | None:
        """Return a ticket to be handed back with `ended`; None while the model is left alone."""
        if self._until is None:
            return self._period
        if self._trying or self._now() < self._until:
            return None
        self._trying = True
        return self._period

    def ended(self, ticket: int, well: bool | None) -> None:
        """Learn how an admitted call ended; None: it tells nothing of the model."""
        if ticket != self._period:
            return
        if self._until is not None:
            self._end_trial(well)
        elif well is not None:
            self._last.append(well)
            if self._is_broken():
                self._open()

    def _end_trial(self, well: bool | None) -> None:
        self._trying = False
        if well:
            self._until, self._rest_s = None, self._first_rest_s
            self._last.clear()
        elif well is False:
            self._rest_s = min(self._rest_s * 2, LONGEST_REST_S)
            self._open()

    def _is_broken(self) -> bool:
        recent = [*self._last][-self._in_a_row :]
        if len(recent) == self._in_a_row and not any(recent):
            return True
        return len(self._last) == self._last.maxlen and self._last.count(False) >= self._share * len(self._last)

    def _open(self) -> None:
        self._period += 1
        self._trying = False
        self._until = self._now() + self._rest_s
