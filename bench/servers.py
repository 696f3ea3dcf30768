"""What a bench runs: PostgreSQL with fsync, Redis, and each web under gunicorn with the desk's own settings, on chosen cores."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import rungs
from bot.settings import Settings
from bot.store import Database
from bot.store.schema import upgrade
from script.demo import new_secrets
from simulator.webhooks import Line
from tests.processes import System
from tests.servers import Postgres, Program, Redis, direct, free_port

ROOT = Path(__file__).parent.parent
TICK = os.sysconf("SC_CLK_TCK")
START_S = 40.0


@dataclass(frozen=True, slots=True)
class Cores:
    """Which cores the web has, and which everything else; None where a machine cannot say."""

    web: frozenset[int] | None
    rest: frozenset[int] | None

    @property
    def told(self) -> str:
        """Say who runs where."""
        if self.web is None:
            return "not pinned: this system cannot"
        return f"web on core {sorted(self.web)}, PostgreSQL, WhatsApp and the senders on {sorted(self.rest or ())}"


def one_core() -> Cores:
    """Give the web one core and everything else the others."""
    if not hasattr(os, "sched_getaffinity"):
        return Cores(None, None)
    every = sorted(os.sched_getaffinity(0))
    return Cores(frozenset(every[:1]), frozenset(every[1:] or every))


def all_cores() -> Cores:
    """Let everybody run everywhere."""
    every = frozenset(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None
    return Cores(every, every)


@contextmanager
def on(cores: frozenset[int] | None) -> Iterator[None]:
    """Start programs on these cores: they inherit where we run."""
    if cores is None:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@dataclass(frozen=True, slots=True)
class Web:
    """A web under gunicorn."""

    program: Program
    port: int

    def told(self, path: str) -> bytes:
        """Return what a GET is answered with."""
        with closing(direct.open(f"http://127.0.0.1:{self.port}{path}", timeout=10)) as response:
            return bytes(response.read())

    def cpu_s(self) -> float:
        """Return the seconds of processor time its workers have used; 0 where the system does not tell."""
        return sum(_cpu_s(pid) for pid in _children(self.program.pid))


class Servers:
    """Everything a bench has started; `end` ends it."""

    def __init__(self, cores: Cores, graph_url: str) -> None:
        self._cores = cores
        self._graph_url = graph_url
        self._home = Path(tempfile.mkdtemp(prefix="sportello-bench-"))
        self._programs: list[Program] = []
        self.secrets = new_secrets()
        with on(cores.rest):
            self._postgres = Postgres(fsync=True)
            self._redis = Redis()

    @property
    def line(self) -> Line:
        """Return the clinic's number, as webhooks name it."""
        told = self.secrets
        return Line(told["WHATSAPP_BUSINESS_ACCOUNT_ID"], told["WHATSAPP_PHONE_NUMBER_ID"], "+39 051 0000 100")

    @property
    def app_secret(self) -> str:
        """Return what webhooks are signed with."""
        return self.secrets["WHATSAPP_APP_SECRET"]

    def end(self) -> None:
        """End every program and remove what they wrote."""
        for program in reversed(self._programs):
            program.kill()
        self._redis.stop()
        self._postgres.stop()
        shutil.rmtree(self._home, ignore_errors=True)

    def rung(self, name: str) -> Web:
        """Start the web of one of the first rungs."""
        return self._web(f"bench.rungs:app('{name}')", self._environ([rungs.TABLE] if name == "committed" else []))

    def pywa_bot(self) -> Web:
        """Start the bot on pywa."""
        return self._web("bench.pywa_bot:app()", self._environ(rungs.PYWA_TABLES))

    def desk(self, app: str = "bot.app:create_app()", with_worker: bool = False, address: str = "") -> Web:
        """Start the desk on a new, migrated database or the one given, with its worker if asked for."""
        environ = self._desk_environ(address or self.migrated())
        if with_worker:
            with on(self._cores.rest):
                self._start([sys.executable, "worker.py"], environ).wait_line("worker ready", START_S)
        return self._web(app, environ)

    def migrated(self) -> str:
        """Make a new database with all our tables and return its address."""
        address = self.database([])
        database = Database("postgresql+psycopg:" + address.partition(":")[2], 1)
        upgrade(database)
        database.close()
        return address

    def settings(self, address: str) -> Settings:
        """Return what a desk on this database is told, for parts of one in this process."""
        return Settings.from_env(self._desk_environ(address))

    def system(self, home: Path, phone: Sequence[str], webs: int = 1) -> System:
        """Start webs, a worker and the stand-in for WhatsApp as tests do, each a process of its own."""
        return System(self._desk_environ(""), self.migrated(), self._redis.url, home, webs, phone=phone)

    def database(self, statements: Sequence[str]) -> str:
        """Make a new database with these tables and return its address."""
        name = self._postgres.create()
        for statement in statements:
            self._postgres.execute(statement, name)
        return self._postgres.url(name)

    def _environ(self, tables: Sequence[str]) -> dict[str, str]:
        return machine() | {
            "BENCH_APP_SECRET": self.app_secret,
            "BENCH_DATABASE_URL": self.database(tables),
            "BENCH_GRAPH_URL": self._graph_url,
            "BENCH_PHONE_NUMBER_ID": self.secrets["WHATSAPP_PHONE_NUMBER_ID"],
        }

    def _desk_environ(self, database_url: str) -> dict[str, str]:
        return (
            machine()
            | self.secrets
            | {
                "WHATSAPP_GRAPH_URL": self._graph_url,
                "DATABASE_URL": database_url,
                "REDIS_URL": self._redis.url,
                "CLINIC_FILE": str(ROOT / "clinic.example.yaml"),
                "PUBLIC_URL": "http://127.0.0.1:1",
            }
        )

    def _web(self, app: str, environ: Mapping[str, str]) -> Web:
        port = free_port()
        command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "1", app]
        with on(self._cores.web):
            program = self._start(command, environ)
        program.wait_http(f"http://127.0.0.1:{port}/healthz", timeout_s=START_S)
        return Web(program, port)

    def _start(self, command: Sequence[str], environ: Mapping[str, str]) -> Program:
        program = Program(command, self._home / f"{len(self._programs)}.log", environ, ROOT)
        self._programs.append(program)
        return program


def machine() -> dict[str, str]:
    """Return what every program needs of the machine, and nothing that would change how the desk runs."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "LANG") if name in os.environ}


def family(pid: int) -> float:
    """Return the seconds of processor time a process and its children have used; 0 where the system does not tell."""
    return sum(_cpu_s(one) for one in (pid, *_children(pid)))


def footprint(pid: int) -> float:
    """Return the megabytes of memory a process and its children have, shared ones by their share; 0 where nobody tells."""
    return sum(_pss_kb(one) for one in (pid, *_children(pid))) / 1024


def _pss_kb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _children(pid: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
    except OSError:
        return []


def _cpu_s(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICK
