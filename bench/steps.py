"""Where a turn's time goes: the desk's own app with a watch on each step. In the bench's process only; nothing else loads it.

A step's time is its own, without that of the steps inside it. Processor time is its thread's; what no step claims is Flask,
SQLAlchemy's connections, and the desk's own bookkeeping. `/bench/steps` tells and forgets.
"""

from __future__ import annotations

import functools
import re
import threading
from collections import defaultdict
from collections.abc import Callable
from time import perf_counter, process_time, thread_time
from typing import Any

import psycopg
from flask import Flask, Response, jsonify

import bot.app
import bot.delivery
import bot.desk
import bot.store.contents
import bot.turn
import bot.wiring
from bot.background import Pool
from bot.desk import Chore, FrontDesk
from bot.store.outbox import SqlOutbox
from bot.store.sealed import Seals
from bot.whatsapp.client import CloudApi

SQL = re.compile(r"(SELECT|INSERT INTO|UPDATE|DELETE FROM)\b(?:(?<=SELECT).*?\bFROM)?\s+(\w+)", re.S)


class Watch(threading.local):
    """The steps this thread is in: each with the time the steps inside it took."""

    def __init__(self) -> None:
        self.inside: list[list[float]] = []


class Steps:
    """What every step took, in all threads together."""

    def __init__(self) -> None:
        self._watch = Watch()
        self._guard = threading.Lock()
        self._took: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
        self._since = process_time()

    def timed(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """Return `work`, watched."""

        @functools.wraps(work)
        def watched(*args: Any, **named: Any) -> Any:
            return self.run(name, work, *args, **named)

        return watched

    def run(self, name: str, work: Callable[..., Any], *args: Any, **named: Any) -> Any:
        """Do `work` and note its own wall and processor time."""
        inner = [0.0, 0.0]
        self._watch.inside.append(inner)
        wall, cpu = perf_counter(), thread_time()
        try:
            return work(*args, **named)
        finally:
            wall, cpu = perf_counter() - wall, thread_time() - cpu
            self._watch.inside.pop()
            if self._watch.inside:
                around = self._watch.inside[-1]
                around[0] += wall
                around[1] += cpu
            self.note(name, wall - inner[0], cpu - inner[1])

    def note(self, name: str, wall: float, cpu: float) -> None:
        """Add to what a step took."""
        with self._guard:
            took = self._took[name]
            took[0] += 1
            took[1] += wall
            took[2] += cpu

    def told(self) -> dict[str, Any]:
        """Return calls, wall and processor seconds of each step and of the process, and forget them."""
        with self._guard:
            took, self._took = self._took, defaultdict(lambda: [0.0, 0.0, 0.0])
            since, self._since = self._since, process_time()
        return {"process_s": self._since - since, "steps": took}


def app() -> Flask:
    """Build the desk's web with a watch on its steps."""
    steps = Steps()
    watch_functions(steps)
    watch_sql(steps)
    watch_hand_over(steps)
    web = bot.app.create_app()
    web.wsgi_app = steps.timed("Flask, and what no other step claims", web.wsgi_app)  # type: ignore[method-assign]
    web.add_url_rule("/bench/steps", "steps", lambda: told(steps), methods=["GET"])
    return web


def told(steps: Steps) -> Response:
    """Tell what the steps took."""
    return jsonify(steps.told())


def watch_functions(steps: Steps) -> None:
    """Put a watch on the functions and methods that are a step."""
    for where, name, step in (
        (bot.wiring, "is_signed", "signature"),
        (bot.wiring, "read", "parse"),
        (bot.desk, "screen", "safety's screen"),
        (FrontDesk, "take", "desk and lane, without SQL"),
        (bot.turn, "advance", "engine"),
        (bot.turn, "bubbles", "wording"),
        (bot.turn, "titles", "wording"),
        (bot.delivery, "word", "wording"),
        (Seals, "seal", "seals"),
        (Seals, "open", "seals"),
        (Seals, "digest", "seals"),
        (bot.store.contents, "message_to_json", "JSON of rows"),
        (bot.store.contents, "standing_to_json", "JSON of rows"),
        (bot.store.contents, "standing_from_json", "JSON of rows"),
        (bot.store.contents, "content_to_json", "JSON of rows"),
        (bot.store.contents, "content_from_json", "JSON of rows"),
        (bot.store.contents, "person_from_json", "JSON of rows"),
        (CloudApi, "send", "HTTP send"),
        (SqlOutbox, "sent", "settling, without SQL"),
    ):
        setattr(where, name, steps.timed(step, getattr(where, name)))


def watch_sql(steps: Steps) -> None:
    """Put a watch on what goes to PostgreSQL, by statement; the first of a transaction brings its BEGIN along."""
    execute = psycopg.Cursor.execute

    def executed(cursor: Any, query: Any, *args: Any, **named: Any) -> Any:
        return steps.run(statement(query), execute, cursor, query, *args, **named)

    psycopg.Cursor.execute = executed  # type: ignore[method-assign, assignment]
    psycopg.Connection.commit = steps.timed("SQL: COMMIT", psycopg.Connection.commit)  # type: ignore[method-assign]


def statement(query: object) -> str:
    """Return the name of a statement: what it does to which table."""
    text = str(query)
    found = SQL.search(text)
    if found is None:
        return f"SQL: {text.split(maxsplit=1)[0]}"
    return f"SQL: {found[1]} {found[2]}" + (" FOR UPDATE" if "FOR UPDATE" in text else "")


def watch_hand_over(steps: Steps) -> None:
    """Time the way from a request's thread to one of the pool."""
    offer, do = Pool.offer, Pool._do
    begun: dict[int, float] = {}

    def offered(pool: Pool, chores: tuple[Chore, ...]) -> bool:
        begun[id(chores)] = perf_counter()
        return bool(steps.run("hand-over to the pool", offer, pool, chores))

    def taken(pool: Pool, chores: tuple[Chore, ...]) -> None:
        steps.note("waiting for a thread of the pool", perf_counter() - begun.pop(id(chores), perf_counter()), 0.0)
        steps.run("chores, without their steps", do, pool, chores)

    Pool.offer = offered  # type: ignore[method-assign, assignment]
    Pool._do = taken  # type: ignore[method-assign, assignment]
