"""How the web process runs: threads, not processes; the desk's own threads start with it and end with it."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
import time
from contextlib import suppress
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

READ_S = 8.0  # from the moment a thread waits for a request until all of it is there; Meta's POSTs take milliseconds


class HurriedWorker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's threads, which would wait forever for the rest of a request: here nobody keeps one longer than READ_S.

    Hearing no more ends the read and leaves the answer to be written, so what takes long for another reason is not cut.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._hearing: dict[TConn, float] = {}

    def handle(self, conn: TConn) -> Any:
        """Handle a request; on what is not kept alive hear no more, or gunicorn's main thread would wait 2 s to close it."""
        self._hearing[conn] = time.monotonic() + READ_S
        try:
            result = super().handle(conn)
        finally:
            del self._hearing[conn]
        if result is False:
            hear_no_more(conn.sock)
        return result

    def handle_exit(self, sig: int, frame: Any) -> None:
        """Begin to stop; the console's streams end at once, their pages go on with the next process."""
        console = getattr(getattr(self, "wsgi", None), "extensions", {}).get("console")
        if console is not None:
            console.streams.stop()
        super().handle_exit(sig, frame)

    def murder_pending(self) -> None:
        """End what gunicorn ends, and the reading of requests whose time is over; called each second at least."""
        super().murder_pending()
        now = time.monotonic()
        for conn, until in list(self._hearing.items()):
            if until < now:
                hear_no_more(conn.sock)


def hear_no_more(line: socket.socket) -> None:
    """Have whoever reads from a connection read its end."""
    with suppress(OSError):
        line.shutdown(socket.SHUT_RD)


worker_class = HurriedWorker
threads = 32
workers = int(os.environ.get("WEB_CONCURRENCY") or 1)
graceful_timeout = 8  # Fly.io and Railway give little more
timeout = 30
keepalive = 20  # Meta keeps its connections; a new TLS handshake per webhook helps nobody
accesslog = None  # a request line of the console may name a person's conversation
errorlog = "-"
control_socket_disable = True  # read-only homes, and two desks on one machine
preload_app = False  # threads and connections do not survive a fork

_REQUESTS_S = 5  # of the graceful 8: a request that goes on longer must not cost the desk its own ending
_FIGURES = "PROMETHEUS_MULTIPROC_DIR"
_own_figures: str | None = None
if workers > 1 and not os.environ.get(_FIGURES):
    _own_figures = os.environ[_FIGURES] = tempfile.mkdtemp(prefix="sportello-figures-")
elif os.environ.get(_FIGURES):
    os.makedirs(os.environ[_FIGURES], exist_ok=True)


def post_worker_init(worker: Any) -> None:
    """Start the watcher, the sweep and the pool, in the process that will answer: never in the one that forks."""
    worker.cfg.set("graceful_timeout", _REQUESTS_S)  # in this process only; the one above still waits for 8
    worker.wsgi.extensions["sportello"].start()


def post_request(worker: Any, request: Any, environ: dict[str, Any], response: Any) -> None:
    """Hang up on whoever was refused: gunicorn would wait 5 s for the rest of a body nobody reads."""
    if response is not None and response.status_code == 403:
        hear_no_more(environ["gunicorn.socket"])


def worker_exit(server: Any, worker: Any) -> None:
    """Let the desk finish what it has begun; a worker that never came up has nothing to stop."""
    wsgi = getattr(worker, "wsgi", None)
    if wsgi is not None:
        wsgi.extensions["sportello"].stop()


def child_exit(server: Any, worker: Any) -> None:
    """Take an ended worker's gauges out of the sum."""
    if os.environ.get(_FIGURES):
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(server: Any) -> None:
    """Remove the figures' folder if it was ours."""
    if _own_figures is not None:
        shutil.rmtree(_own_figures, ignore_errors=True)
