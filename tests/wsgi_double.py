"""A web application that stands in for the desk where only `gunicorn.conf.py` is under test: it says what is asked of it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any


class Desk:
    """Says in which process it was started and stopped."""

    def start(self) -> None:
        """Say so."""
        sys.stderr.write(f"desk started in {os.getpid()}\n")

    def stop(self) -> None:
        """Say so."""
        sys.stderr.write(f"desk stopped in {os.getpid()}\n")


class App:
    """Answers `/slow` after a second, `/endless` after a minute, everything else at once."""

    extensions = {"sportello": Desk()}

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer with the folder of the figures, or nothing."""
        seconds = {"/slow": 1, "/endless": 60}.get(environ["PATH_INFO"], 0)
        if seconds:
            sys.stderr.write("slow begun\n")
            time.sleep(seconds)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [os.environ.get("PROMETHEUS_MULTIPROC_DIR", "").encode()]


app = App()
