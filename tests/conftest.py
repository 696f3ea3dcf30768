"""What all tests share: an environment without our variables, real servers, a browser, programs that end in time."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from bot.actions import Action
from bot.classifying import Minds
from bot.settings import names
from menus.model import Flows
from tests import servers
from tests.desks import DeskInProcess, Patient
from tests.processes import migrate, migrated

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent

# A developer's own settings, a platform's and libpq's must not change what is tested.
FOREIGN = re.compile(
    r"(WHATSAPP|ANTHROPIC|SPORTELLO|RAILWAY|FLY|SCALINGO|DOKKU|FLASK|GUNICORN|RQ|PG[A-Z])_?\w*"
    r"|DYNO|RENDER|CONTAINER|K_SERVICE|PORT|WEB_CONCURRENCY|PROMETHEUS_MULTIPROC_DIR|PYTHONWARNINGS"
)
KEPT = ("SPORTELLO_VENV",)
for variable in [*os.environ]:
    if variable in names() or (FOREIGN.fullmatch(variable) and variable not in KEPT):
        del os.environ[variable]
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1,localhost"

DIVISOR = 20


class StartProgram(Protocol):
    """Start a program that ends with the test at the latest."""

    def __call__(
        self, *command: str | Path, environ: Mapping[str, str] | None = None, cwd: Path | None = None
    ) -> servers.Program: ...


def counts(number: int) -> int:
    """Return how often a heavy test does its thing: as often as asked under FULL=1, else a twentieth."""
    return number if os.environ.get("FULL") == "1" else max(1, number // DIVISOR)


@pytest.fixture(scope="session")
def postgres() -> Iterator[servers.Postgres]:
    """A PostgreSQL for the whole run; a test that stops or freezes it starts its own."""
    server = servers.Postgres()
    yield server
    server.stop()


@pytest.fixture
def empty_postgres_url(postgres: servers.Postgres) -> Iterator[str]:
    """The address of a new, empty database, gone after the test."""
    name = postgres.create()
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture
def postgres_url(postgres: servers.Postgres) -> Iterator[str]:
    """The address of a new database with all our tables, gone after the test."""
    url = migrated(postgres)
    yield url
    postgres.drop(url.rpartition("/")[2])


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all our tables, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "desk.sqlite"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """The address of an SQLite file of this test, with all our tables."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'desk.sqlite')}"


@pytest.fixture(scope="session")
def redis_running() -> Iterator[servers.Redis]:
    """A Redis for the whole run, never stopped."""
    server = servers.Redis()
    yield server
    server.stop()


@pytest.fixture
def redis_url(redis_running: servers.Redis) -> str:
    """The address of an empty Redis."""
    redis_running.flush()
    return redis_running.url


@pytest.fixture
def own_redis() -> Iterator[servers.Redis]:
    """A Redis of this test alone, to be killed, frozen or restarted."""
    server = servers.Redis()
    yield server
    server.stop()


@pytest.fixture
def start_program(tmp_path: Path) -> Iterator[StartProgram]:
    """Start programs with their output in files; whatever still runs after the test is killed with all it started."""
    started: list[servers.Program] = []

    def start(
        *command: str | Path, environ: Mapping[str, str] | None = None, cwd: Path | None = None
    ) -> servers.Program:
        program = servers.Program(command, tmp_path / f"program-{len(started)}.log", environ, cwd or ROOT)
        started.append(program)
        return program

    yield start
    for program in reversed(started):
        program.kill()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium for the whole run: the machine's own, nothing is downloaded."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=servers.chromium(), args=servers.CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new page in a window of its own, as a phone is wide; nothing is remembered of earlier tests."""
    context = browser.new_context(viewport={"width": 900, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def environ() -> dict[str, str]:
    """A complete environment with invented values, to start the desk with or to break; its servers answer nobody."""
    return {
        "WHATSAPP_ACCESS_TOKEN": "EAAtest0token0of0nobody",
        "WHATSAPP_APP_SECRET": "0123456789abcdef0123456789abcdef",
        "WHATSAPP_VERIFY_TOKEN": "a-word-of-the-tests",
        "WHATSAPP_PHONE_NUMBER_ID": "106540352242922",
        "WHATSAPP_BUSINESS_ACCOUNT_ID": "102290129340398",
        "WHATSAPP_GRAPH_URL": "http://127.0.0.1:9",
        "DATABASE_URL": "postgres://desk@127.0.0.1:9/desk",
        "REDIS_URL": "redis://127.0.0.1:9/0",
        "FIELD_KEYS": "k1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
        "HASH_KEY": "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=",
        "SECRET_KEY": "tests-only-0123456789-abcdefghijklmnop",
        "CLINIC_FILE": str(ROOT / "clinic.example.yaml"),
        "PUBLIC_URL": "https://desk.example.org",
    }


# ---------------------------------------------------------------------------------------------- a desk in this process


class MakeDesk(Protocol):
    """Make a desk on the test's database; a second one is another process of the same deployment."""

    def __call__(
        self, flows: Flows | None = None, actions: Mapping[str, Action] | None = None, minds: Minds | None = None
    ) -> DeskInProcess: ...


def _made_on(url: str, environ: Mapping[str, str]) -> Iterator[MakeDesk]:
    made: list[DeskInProcess] = []

    def make(
        flows: Flows | None = None, actions: Mapping[str, Action] | None = None, minds: Minds | None = None
    ) -> DeskInProcess:
        made.append(DeskInProcess({**environ, "DATABASE_URL": url}, flows, actions, minds))
        return made[-1]

    yield make
    for desk in made:
        desk.close()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a new database with all our tables, of both kinds in turn."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=["sqlite", "postgres"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, of both kinds in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/desk.sqlite"
    return str(request.getfixturevalue("empty_postgres_url"))


@pytest.fixture
def make_desk(environ: dict[str, str], database_url: str) -> Iterator[MakeDesk]:
    """Make desks on either database."""
    yield from _made_on(database_url, environ)


@pytest.fixture
def make_postgres_desk(environ: dict[str, str], postgres_url: str) -> Iterator[MakeDesk]:
    """Make desks on PostgreSQL, where different contacts never wait for each other."""
    yield from _made_on(postgres_url, environ)


@pytest.fixture
def desk(make_desk: MakeDesk) -> DeskInProcess:
    """A desk on either database."""
    return make_desk()


@pytest.fixture
def patient(desk: DeskInProcess) -> Patient:
    """Somebody who writes to the desk."""
    return desk.patient()
