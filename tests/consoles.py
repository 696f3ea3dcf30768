"""Members of staff at the console, for the tests: whoever is signed in, with a browser that carries forms as pages do."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask.testing import FlaskClient
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.test import TestResponse

from bot import credentials
from bot.console.frame import FIELD, token_for
from bot.staff import ALL_TEAMS, Member, Permission, Person, Post, Role, Stage
from tests.desks import DeskInProcess
from tests.servers import free_port

ORIGIN = "https://desk.example.org"
COOKIE = "__Host-sportello"
PASSWORD = "quattro parole messe insieme"
FACTOR = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
_count = itertools.count(1)


@dataclass
class AtConsole:
    """A browser at the console; `member` is whoever was signed in when it was made."""

    desk: DeskInProcess
    client: FlaskClient
    member: Member | None = None

    def get(self, path: str, **headers: str) -> TestResponse:
        """Open a page under `/console`."""
        told = {"Accept": "text/html", "Accept-Language": "it", **_spelled(headers)}
        return self.client.get(f"/console{path}", base_url=ORIGIN, headers=told)

    def post(self, path: str, headers: dict[str, str] | None = None, **fields: str | Collection[str]) -> TestResponse:
        """Send a form as a page of ours would: with its origin and its token. `headers` overrule."""
        told = {"Accept": "text/html", "Accept-Language": "it", "Origin": ORIGIN, **(headers or {})}
        form = {FIELD: self.form_token, **fields}
        return self.client.post(f"/console{path}", base_url=ORIGIN, headers=told, data=form)

    @property
    def cookie(self) -> str | None:
        """The session's cookie; None if there is none."""
        found = self.client.get_cookie(COOKIE, domain="desk.example.org")
        return found.value if found else None

    @cookie.setter
    def cookie(self, value: str) -> None:
        self.client.set_cookie(COOKIE, value, domain="desk.example.org", secure=True)

    @property
    def form_token(self) -> str:
        """What the forms of this browser carry."""
        visit = self.client.get_cookie(f"{COOKIE}-visit", domain="desk.example.org")
        cookie = self.cookie or (visit.value if visit else "")
        return token_for(self.desk.settings.secret_key, cookie)


def _spelled(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def at_console(desk: DeskInProcess) -> AtConsole:
    """Return a browser nobody is signed in with."""
    return AtConsole(desk, desk.app.test_client())


def hired(
    desk: DeskInProcess,
    role: Role = Role.RECEPTIONIST,
    teams: Collection[str] = (ALL_TEAMS,),
    first_name: str = "Carla",
    language: str = "it",
    email: str | None = None,
) -> UUID:
    """Add a member who has a password (PASSWORD) and a second factor (FACTOR)."""
    person = Person(f"{first_name} Prova", first_name, email or f"persona{next(_count)}@example.org")
    book = desk.built.book
    row = book.add("a test", person, Post(role, frozenset(teams), language))
    book.invite("a test", row, f"invitation-{row}", desk.clock.now() + timedelta(hours=1))
    book.set_password(row, HASHED, f"invitation-{row}")
    assert book.enrol(row, FACTOR, 0, tuple(map(credentials.recovery, RECOVERY)))
    return row


HASHED = credentials.hashed(PASSWORD)
RECOVERY = ("2345-6789-ABCD", "EFGH-JKMN-PQRS")


def signed_in(
    desk: DeskInProcess,
    role: Role = Role.RECEPTIONIST,
    teams: Collection[str] = (ALL_TEAMS,),
    first_name: str = "Carla",
    language: str = "it",
    permissions: Collection[Permission] | None = None,
) -> AtConsole:
    """Return a browser with a new member of staff signed in. `permissions` are given to their whole role."""
    row = hired(desk, role, teams, first_name, language)
    if permissions is not None:
        desk.built.book.set_role("a test", role, frozenset(permissions))
    return sign_in(desk, row)


def sign_in(desk: DeskInProcess, row: UUID, stage: Stage = Stage.FULL) -> AtConsole:
    """Return another browser in which a member is signed in."""
    token = credentials.new_token()
    assert desk.built.sessions.open(row, stage, token, desk.clock.now() + timedelta(hours=12), None)
    found = desk.built.sessions.find(token)
    assert found is not None
    browser = AtConsole(desk, desk.app.test_client(), found.member)
    browser.cookie = token
    return browser


def code(desk: DeskInProcess, off_s: int = 0, factor: str = FACTOR) -> str:
    """Return what the member's phone shows now, or some seconds from now."""
    return credentials.code_at(factor, desk.clock.now() + timedelta(seconds=off_s))


@contextmanager
def served(environ: Mapping[str, str], database_url: str) -> Iterator[DeskInProcess]:
    """Serve a desk to real browsers, at its `settings.public_url`."""
    port = free_port()
    desk = DeskInProcess({**environ, "DATABASE_URL": database_url, "PUBLIC_URL": f"http://127.0.0.1:{port}"})
    server = make_server("127.0.0.1", port, desk.app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield desk
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        desk.close()


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing of each request."""
