"""One part of the demo: a process with a log of its own, waited for, watched and ended with all it started."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

PAUSE_S = 0.05
TAIL_LINES = 20
PR_SET_PDEATHSIG = 1  # linux/prctl.h


class PartEnded(Exception):
    """A part is not there, or did not come up in time: which one, and the end of its log."""

    def __init__(self, part: Part, what: str) -> None:
        super().__init__(f"{part.name} {what}. The end of {part.log}:\n{part.tail()}")


class Stopped(Exception):
    """Somebody asked for the end while a part was being waited for."""


class Part:
    """A running process of the demo. It leads a group of its own, so that Ctrl-C reaches it only through us."""

    def __init__(self, name: str, command: Sequence[str], cwd: Path, log: Path, environ: Mapping[str, str]) -> None:
        self.name = name
        self.log = log
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                command,
                cwd=cwd,
                env=dict(environ),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )

    @property
    def code(self) -> int | None:
        """How it ended; None while it runs."""
        return self._process.poll()

    def said(self) -> str:
        """Return everything it has written."""
        return self.log.read_text("utf-8", "replace")

    def tail(self) -> str:
        """Return its last lines, indented."""
        return "\n".join(f"    {line}" for line in self.said().splitlines()[-TAIL_LINES:])

    def wait(self, ready: Callable[[], bool], timeout_s: float, stopping: Callable[[], bool]) -> None:
        """Wait until it is ready. Raise PartEnded, or Stopped when `stopping` becomes true."""
        deadline = time.monotonic() + timeout_s
        while not ready():
            if stopping():
                raise Stopped
            if self.code is not None and not ready():
                raise PartEnded(self, f"ended with {self.code}")
            if time.monotonic() > deadline:
                raise PartEnded(self, f"was not ready after {timeout_s:.0f} s")
            time.sleep(PAUSE_S)

    def ask_to_end(self) -> None:
        """Send SIGTERM to the process, as a platform does."""
        if self.code is None:
            self._process.send_signal(signal.SIGTERM)

    def end(self, deadline: float) -> None:
        """Wait for the end until the deadline (monotonic), then take the whole group down."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(max(0.0, deadline - time.monotonic()))
        with suppress(ProcessLookupError, PermissionError):  # macOS: "not permitted" for a group of the dead
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def _end_with_parent() -> None:
    """Ask Linux for a SIGTERM when the demo is killed, so that no part is left behind; elsewhere nothing is asked."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def free_port(wish: int) -> int:
    """Return this port of the loopback if nobody has it, else any other."""
    for port in (wish, 0):
        with closing(socket.socket()) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                probe.bind(("127.0.0.1", port))
                found: int = probe.getsockname()[1]
                return found
    raise OSError("no port of 127.0.0.1 is free")


def listens(port: int) -> bool:
    """Say whether somebody accepts connections on this port of the loopback."""
    with closing(socket.socket()) as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def fetch(port: int, path: str) -> bytes | None:
    """Return what a GET on the loopback is answered with; None when nobody answers, or not with 200."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=2)) as connection, suppress(OSError, HTTPException):
        connection.request("GET", path)
        response = connection.getresponse()
        return response.read() if response.status == 200 else None
    return None
