"""The whole desk as it runs: web processes behind one port, a worker and the stand-in for WhatsApp, each its own process.

A test says what happens to them and looks at what is left: in the database, at the stand-in, in the logs.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import requests

from bot.settings import Settings
from bot.store import Database
from bot.store.schema import upgrade
from simulator.control import ChatLine, Control, ControlError, PersonView
from tests.servers import Postgres, Program, answers, free_port, until

ROOT = Path(__file__).parent.parent
UNSETTLED = ("waiting", "held", "claimed")
SENT = ("sent", "delivered", "read")
START_S = 60  # on two busy cores
QUIET_S = 90  # a claim holds 20 s, and a web process is up for 20 s before silence means anything


def migrated(postgres: Postgres) -> str:
    """Return the address of a new database with all our tables, copied from a template that is made once."""
    return postgres.url(postgres.create(postgres.template("migrated", migrate)))


def migrate(url: str) -> None:
    """Give a database all our tables."""
    database = Database(url.replace("postgresql:", "postgresql+psycopg:"), 1)
    upgrade(database)
    database.close()


@dataclass(frozen=True, slots=True)
class Web:
    """One web process: `port` is its own, beside the one all of them share."""

    program: Program
    port: int

    def get(self, path: str, token: str = "") -> requests.Response:
        """Ask it alone; with the token of `flask metrics-token` as one who may read the figures."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return requests.get(f"http://127.0.0.1:{self.port}{path}", headers=headers, timeout=10)

    def wait(self) -> None:
        """Wait until it answers; raise NotReady."""
        self.program.wait_http(f"http://127.0.0.1:{self.port}/healthz", timeout_s=START_S)


class System:
    """Everything that runs. `moved` gives the desk and the stand-in one clock that `control.move_clock` moves; `model` has
    the stand-in asked for verdicts too; `console` lets a browser reach the staff's pages, at `settings.public_url`."""

    def __init__(
        self,
        environ: Mapping[str, str],
        database_url: str,
        redis_url: str,
        home: Path,
        webs: int = 1,
        moved: bool = False,
        phone: Sequence[str] = (),
        worker: Mapping[str, str] | None = None,
        model: bool = False,
        console: bool = False,
    ) -> None:
        self.home = home
        self.database_url = database_url
        self.port = free_port()
        self.clock = home / "clock"
        self._moved = moved
        self._phone_options = phone
        self._given = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "NO_PROXY") if name in os.environ}
        self.environ = self._given | dict(environ) | {"DATABASE_URL": database_url, "REDIS_URL": redis_url}
        self.environ["SPORTELLO_CLOCK"] = str(self.clock)
        if console:
            self.environ["PUBLIC_URL"] = f"http://127.0.0.1:{self.port}"
        self._for_worker = dict(worker or {})
        self.programs: list[Program] = []
        self.phone = self._start_phone()
        if model:
            self.environ |= {"ANTHROPIC_API_KEY": "sk-ant-of-nobody", "ANTHROPIC_BASE_URL": self.url}
        self.control = self.new_control()
        self.webs = tuple(self._start_web(number) for number in range(webs))
        self.worker = self._start_worker()
        for web in self.webs:
            web.wait()
        self.wait_worker()

    def _start(self, name: str, command: Sequence[str], environ: Mapping[str, str]) -> Program:
        program = Program(command, self.home / f"{name}.log", environ, ROOT)
        self.programs.append(program)
        return program

    def _start_phone(self) -> Program:
        told = self.environ
        command = [
            *(sys.executable, "-m", "simulator", "--webhook", f"http://127.0.0.1:{self.port}/webhook"),
            *("--app-secret", told["WHATSAPP_APP_SECRET"], "--verify-token", told["WHATSAPP_VERIFY_TOKEN"]),
            *("--access-token", told["WHATSAPP_ACCESS_TOKEN"], "--waba-id", told["WHATSAPP_BUSINESS_ACCOUNT_ID"]),
            *("--phone-number-id", told["WHATSAPP_PHONE_NUMBER_ID"], "--require-proof", "--throughput", "0"),
            *("--clock", str(self.clock), *self._phone_options),
        ]
        phone = self._start("phone", command, self._given)
        self.environ["WHATSAPP_GRAPH_URL"] = phone.wait_line(r"listening on (http://\S+)", START_S).group(1)
        return phone

    def _start_web(self, number: int) -> Web:
        port = free_port()
        app = "script.demo_app:app()" if self._moved else "bot.app:create_app()"
        command = [
            *(sys.executable, "-m", "gunicorn", "--workers", "1", "--reuse-port"),
            *("--bind", f"127.0.0.1:{port}", "--bind", f"127.0.0.1:{self.port}", app),
        ]
        name = f"web{number}"
        return Web(self._start(name, command, self.environ | {"PGAPPNAME": name}), port)

    def _start_worker(self) -> Program:
        command = [sys.executable, "-m", "script.demo_worker"] if self._moved else [sys.executable, "worker.py"]
        return self._start("worker", command, self.environ | {"PGAPPNAME": "worker"} | self._for_worker)

    def wait_worker(self) -> None:
        """Wait until a worker's heart beats; raise AssertionError."""
        assert until(lambda: self.beats("worker") > 0, START_S), self.worker.said[-2000:]

    def beats(self, kind: str) -> int:
        """Return how many processes of a kind have beaten in the last seconds."""
        alive = "SELECT count(*) FROM heartbeat WHERE kind = %s AND beat_at > clock_timestamp() - interval '5 s'"
        return int(self.one(alive, kind))

    @property
    def url(self) -> str:
        """The stand-in's address, which is also that of its page."""
        return self.environ["WHATSAPP_GRAPH_URL"]

    @property
    def settings(self) -> Settings:
        """What the desk's processes are told, for a desk of the test's own beside them."""
        return Settings.from_env(self.environ)

    def new_control(self) -> Control:
        """Return a client of the stand-in for one more thread."""
        return Control(self.url)

    def stop(self) -> None:
        """kill -9 whatever still runs."""
        self.control.close()
        for program in reversed(self.programs):
            program.kill()

    # ------------------------------------------------------------------------------------------------------ looking

    def ask(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Read from the database."""
        with psycopg.connect(self.database_url, autocommit=True, connect_timeout=5) as connection:
            return connection.execute(statement.encode(), values).fetchall()

    def one(self, statement: str, *values: object) -> Any:
        """Read one value from the database."""
        return self.ask(statement, *values)[0][0]

    def outcomes(self) -> dict[str, int]:
        """Count the inbound messages by what became of them."""
        return dict(self.ask("SELECT outcome, count(*) FROM message GROUP BY outcome"))

    def unfinished(self) -> dict[str, int]:
        """Count what is still to be done, by kind; nothing is in it when all is quiet."""
        counts = {
            "webhooks": self.control.counts().pending,
            "open": self.one("SELECT count(*) FROM message WHERE outcome = 'open'"),
            "unsettled": self.one("SELECT count(*) FROM outbox WHERE state = ANY(%s)", list(UNSETTLED)),
            "behind": self.one("SELECT count(*) FROM conversation WHERE behind"),
            "calls": self.one("SELECT count(*) FROM call WHERE state IN ('pending', 'running')"),
        }
        return {kind: count for kind, count in counts.items() if count}

    def quiet(self, timeout_s: float = QUIET_S) -> dict[str, int]:
        """Have waiting webhooks repeated until nothing is left to do; return what is left all the same."""
        deadline = time.monotonic() + timeout_s
        while (left := self.unfinished()) and time.monotonic() < deadline:
            if left.get("webhooks"):
                self.control.retry_now()
            time.sleep(0.25)
        return left

    def reads(self, person: PersonView, count: int = 1, timeout_s: float = 20) -> tuple[ChatLine, ...]:
        """Wait until somebody has been written so many messages, and return them all."""
        until(lambda: len(self.control.reads(person.key)) >= count, timeout_s)
        found = self.control.reads(person.key)
        assert len(found) >= count, f"{len(found)} of {count} messages came"
        return found

    def written(self, person: PersonView) -> list[ChatLine]:
        """Return what the desk wrote to somebody, oldest first."""
        return list(self.control.reads(person.key))

    def sent_rows(self, people: Sequence[PersonView]) -> list[str]:
        """Return the outbox row of every message the stand-in accepted for these people, doubles included."""
        return [line.callback_data or "" for person in people for line in self.control.reads(person.key)]


@contextmanager
def system(environ: Mapping[str, str], postgres: Postgres, redis_url: str, home: Path, **how: Any) -> Iterator[System]:
    """Run a whole desk on a database of its own for as long as the body takes."""
    url = migrated(postgres)
    running: System | None = None
    try:
        running = System(environ, url, redis_url, home, **how)
        yield running
    finally:
        if running is not None:
            running.stop()
        with suppress(psycopg.OperationalError):
            postgres.drop(url.rpartition("/")[2])


# ------------------------------------------------------------------------------------------------------------ the ledger


def unkept_promises(running: System, people: Sequence[PersonView]) -> dict[str, object]:
    """Compare the stand-in with the database once all is quiet, and return every promise that was not kept."""
    return {
        promise: broken
        for promise, broken in {
            "every message was received once": _received(running),
            "received = answered + handed + ignored": _ledger(running),
            "every row is settled": running.one("SELECT count(*) FROM outbox WHERE state = ANY(%s)", list(UNSETTLED)),
            "an answered message has an accepted answer": running.one(UNANSWERED, list(SENT)),
            "a message that was handed has a handoff": running.one(UNHANDED),
            "no row was accepted twice": _doubled(running, people),
            "every accepted row is known as sent": _unknown(running, people),
            "replies came in their order": _disordered(running, people),
        }.items()
        if broken
    }


UNANSWERED = """
    SELECT count(*) FROM message m WHERE outcome = 'answered'
    AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.message_id IN (m.id, m.joined_id) AND o.settles AND o.state = ANY(%s))
"""
UNHANDED = """
    SELECT count(*) FROM message m WHERE outcome = 'handed'
    AND NOT EXISTS (SELECT 1 FROM handoff h WHERE h.conversation_id = m.conversation_id)
"""


def _received(running: System) -> str:
    rows, said = running.one("SELECT count(*) FROM message"), running.control.counts().incoming
    return "" if rows == said else f"{said} written, {rows} received"


def _ledger(running: System) -> str:
    outcomes = running.outcomes()
    known = sum(outcomes.get(outcome, 0) for outcome in ("answered", "handed", "ignored"))
    return "" if known == running.one("SELECT count(*) FROM message") else str(outcomes)


def _doubled(running: System, people: Sequence[PersonView]) -> list[str]:
    rows = running.sent_rows(people)
    return sorted({row for row in rows if rows.count(row) > 1})


def _unknown(running: System, people: Sequence[PersonView]) -> list[tuple[str, str]]:
    """Name the rows whose words a person has, and of which the desk thinks otherwise."""
    accepted = [UUID(row) for row in running.sent_rows(people)]
    known = "SELECT id, state FROM outbox WHERE id = ANY(%s) AND NOT state = ANY(%s)"
    return [(str(row), state) for row, state in running.ask(known, accepted, list(SENT))]


def _disordered(running: System, people: Sequence[PersonView]) -> list[str]:
    """Name the people whose replies did not arrive in the order in which they were decided."""
    positions = {str(row): place for row, place in running.ask("SELECT id, position FROM outbox")}
    found = []
    for person in people:
        order = [positions[line.callback_data or ""] for line in running.control.reads(person.key)]
        if order != sorted(order):
            found.append(f"{person.key}: {order}")
    return found


# -------------------------------------------------------------------------------------------------------------- the load


class Crowd:
    """People who go on writing and tapping in threads until they are told to stop; `act` is what one of them does."""

    def __init__(
        self,
        running: System,
        people: Sequence[PersonView],
        act: Callable[[Control, PersonView], None],
        threads: int = 6,
        pause_s: float = 0.1,
    ) -> None:
        self._running = running
        self._act = act
        self._pause_s = pause_s
        self._ended = threading.Event()
        self._pool = ThreadPoolExecutor(threads)
        self._begun = [self._pool.submit(self._go, people[number::threads]) for number in range(threads)]

    def _go(self, people: Sequence[PersonView]) -> int:
        control, done = self._running.new_control(), 0
        while not self._ended.wait(self._pause_s):
            with suppress(ControlError):  # an option that is gone: nothing was written
                self._act(control, people[done % len(people)])
            done += 1
        control.close()
        return done

    def stop(self) -> int:
        """Let everybody finish what they do, and return how often something was done."""
        self._ended.set()
        self._pool.shutdown(wait=True)
        return sum(begun.result() for begun in self._begun)

    def __enter__(self) -> Crowd:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def offered(lines: Sequence[ChatLine]) -> tuple[str, ...]:
    """Return the options of the last message that offers any."""
    for line in reversed(lines):
        if not line.mine and line.choices:
            return tuple(choice.id for choice in line.choices)
    return ()


def ready(web: Web) -> int | None:
    """Return what `/readyz` of a web process is answered with; None when nobody answers."""
    return answers(f"http://127.0.0.1:{web.port}/readyz")
