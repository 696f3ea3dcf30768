"""The first rungs of the ladder: what a webhook costs before anything of ours is done with it. Served by gunicorn.

`gunicorn "bench.rungs:app('committed')"`; each rung does what the one before it does, and one thing more.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from queue import LifoQueue

import psycopg
from flask import Flask, Response, request

from bot.whatsapp.notification import read
from bot.whatsapp.signature import is_signed

RUNGS = ("bare", "signed", "parsed", "committed")
CONNECTIONS = 8  # as many as our web process may have
TABLE = (
    "CREATE TABLE message (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, wamid_hash bytea NOT NULL UNIQUE,"
    " kind text NOT NULL, content bytea NOT NULL, received_at timestamptz NOT NULL DEFAULT now())"
)
PYWA_TABLES = (
    "CREATE TABLE message (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, wamid_hash bytea NOT NULL UNIQUE,"
    " person text NOT NULL, content text NOT NULL, received_at timestamptz NOT NULL DEFAULT now())",
    "CREATE TABLE person (id text PRIMARY KEY, place text NOT NULL, turn integer NOT NULL DEFAULT 0)",
)
INSERT = "INSERT INTO message (wamid_hash, kind, content) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING RETURNING id"


class Idle:
    """Stands where the desk stands in our own app: gunicorn.conf.py starts and stops it."""

    def start(self) -> None:
        """Nothing runs beside the requests."""

    def stop(self) -> None:
        """Nothing is left to do."""


class Connections:
    """A fixed number of open connections, lent one at a time: the least a pool can be."""

    def __init__(self, url: str, size: int = CONNECTIONS) -> None:
        self._free: LifoQueue[psycopg.Connection] = LifoQueue()
        for _ in range(size):
            self._free.put(psycopg.connect(url))

    @contextmanager
    def transaction(self) -> Iterator[psycopg.Connection]:
        """Lend a connection for one transaction: BEGIN with the first statement, COMMIT at the end."""
        connection = self._free.get()
        try:
            with connection.transaction():
                yield connection
        finally:
            self._free.put(connection)


def app(rung: str) -> Flask:
    """Build the web of one rung."""
    web = Flask(__name__, static_folder=None, template_folder=None)
    web.extensions["sportello"] = Idle()
    web.add_url_rule("/webhook", "receive", _receiver(rung), methods=["POST"])
    web.add_url_rule("/healthz", "healthz", lambda: Response("ok\n"), methods=["GET"])
    return web


def _receiver(rung: str) -> Callable[[], Response]:
    secret = os.environ["BENCH_APP_SECRET"].encode()
    height = RUNGS.index(rung)
    connections = Connections(os.environ["BENCH_DATABASE_URL"]) if rung == "committed" else None

    def receive() -> Response:
        raw = request.get_data(cache=False)
        if height >= 1 and not is_signed(raw, request.headers.get("X-Hub-Signature-256"), secret):
            return Response(status=403)
        if height >= 2:
            (message,) = read(raw, datetime.now(UTC)).messages
            if connections is not None:
                digest = hashlib.sha256(message.id.encode()).digest()
                with connections.transaction() as connection:
                    connection.execute(INSERT, (digest, message.kind, raw)).fetchone()
        return Response(status=200)

    return receive
