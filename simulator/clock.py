"""The stand-in's time: the real time plus an offset that can be moved and that others may read from a small text file."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path


class Clock:
    """Tell a time that can be moved. The offset stands in `path` as decimal seconds; without a path it is kept in memory."""

    def __init__(self, path: Path | None = None, real: Callable[[], float] = time.time) -> None:
        self._path = path
        self._real = real
        self._offset = 0.0
        self._stamp: tuple[int, int] | None = None

    def now(self) -> float:
        """Return seconds since 1970, moved."""
        return self._real() + self.offset

    @property
    def offset(self) -> float:
        """Return how many seconds this clock is ahead; read again whenever the file has changed."""
        stamp = self._read_stamp()
        if stamp != self._stamp:
            self._offset = self._read_offset() if stamp else 0.0
            self._stamp = stamp  # last: another thread that sees it relies on the offset
        return self._offset

    def move(self, seconds: float) -> None:
        """Move forward (or back, if negative)."""
        self.set_offset(self.offset + seconds)

    def set_offset(self, seconds: float) -> None:
        """Be exactly so far ahead; 0 is the real time."""
        self._offset = seconds
        if self._path is not None:
            self._write_offset(self._path, seconds)

    def _write_offset(self, path: Path, seconds: float) -> None:
        draft = path.with_name(path.name + ".new")
        draft.write_text(f"{seconds:.3f}\n", encoding="ascii")
        os.replace(draft, path)
        self._stamp = self._read_stamp()

    def _read_stamp(self) -> tuple[int, int] | None:
        if self._path is None:
            return None if self._stamp is None else self._stamp
        try:
            found = os.stat(self._path)
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size

    def _read_offset(self) -> float:
        assert self._path is not None
        try:
            return float(self._path.read_text(encoding="ascii"))
        except (OSError, ValueError):  # being written by another hand: what we knew still holds
            return self._offset
