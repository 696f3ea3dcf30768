"""Attacks on the console: foreign forms, forged hosts, planted and stolen cookies, pages somebody may not see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from bot.console.frame import FIELD, access_of
from bot.console.guard import address, origin
from bot.ports import StoreUnavailable
from bot.staff import Permission, Role, Stage
from bot.store import tables
from tests.consoles import COOKIE, ORIGIN, PASSWORD, AtConsole, at_console, code, hired, sign_in, signed_in
from tests.desks import DeskInProcess
from tests.test_entry import EMAIL, is_in

HOST = "desk.example.org"
OPEN = {"login", "check_password", "invitation", "accept"}


@pytest.fixture
def desk(environ: dict[str, str], sqlite_url: str) -> Iterator[DeskInProcess]:
    made = DeskInProcess(environ | {"DATABASE_URL": sqlite_url})
    yield made
    made.close()


@pytest.fixture
def manager(desk: DeskInProcess) -> AtConsole:
    return signed_in(desk, Role.MANAGER)


def pages(desk: DeskInProcess) -> list[tuple[str, str, str]]:
    """Return every page of the console: its name, its method, an address of it."""
    found = []
    adapter = desk.app.url_map.bind(HOST, url_scheme="https")
    for rule in desk.app.url_map.iter_rules():
        if rule.endpoint.startswith("console.") and rule.endpoint != "console.static":
            path = adapter.build(rule.endpoint, {name: uuid4() for name in rule.arguments})
            name = rule.endpoint.removeprefix("console.")
            found += [(name, method, path) for method in (rule.methods or set()) & {"GET", "POST"}]
    return sorted(found)


def asked(browser: AtConsole, method: str, path: str, **headers: str) -> TestResponse:
    told = {
        "Accept": "text/html",
        "Origin": ORIGIN,
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    form = {FIELD: browser.form_token} if method == "POST" else None
    return browser.client.open(path, method=method, base_url=ORIGIN, headers=told, data=form)


# ----------------------------------------------------------------------------------------------------- who may see what


def test_every_page_says_who_may_open_it(desk: DeskInProcess) -> None:
    with desk.app.app_context():
        silent = [name for name, _, _ in pages(desk) if access_of(f"console.{name}") is None]

    assert silent == []


def test_nothing_but_the_door_is_open_to_the_world(desk: DeskInProcess) -> None:
    with desk.app.app_context():
        found = {
            name for name, _, _ in pages(desk) if (access := access_of(f"console.{name}")) and access.stage is None
        }

    assert found == OPEN


def test_whoever_is_not_signed_in_is_sent_to_the_door_from_every_page(desk: DeskInProcess) -> None:
    stranger = at_console(desk)
    stranger.get("/login")

    answers = {(name, method): asked(stranger, method, path) for name, method, path in pages(desk) if name not in OPEN}

    elsewhere = {
        page: answer.status_code
        for page, answer in answers.items()
        if answer.status_code != 303 or not answer.headers["Location"].startswith("/console/login")
    }
    assert elsewhere == {}


def test_a_script_is_told_that_nobody_is_signed_in(desk: DeskInProcess) -> None:
    answers = [
        asked(at_console(desk), method, path, Accept="text/event-stream").status_code
        for name, method, path in pages(desk)
        if name not in OPEN
    ]

    assert set(answers) == {401}


@pytest.mark.parametrize("role", [*Role])
def test_a_page_one_may_not_see_is_not_there(desk: DeskInProcess, role: Role) -> None:
    browser = signed_in(desk, role)
    assert browser.member is not None
    with desk.app.app_context():
        closed = [
            (method, path)
            for name, method, path in pages(desk)
            if not (access := access_of(f"console.{name}")) or not access.permissions <= browser.member.permissions
        ]

    refused = {(method, path): asked(browser, method, path).status_code for method, path in closed}

    assert {page: status for page, status in refused.items() if status != 404} == {}
    assert (not browser.member.may(Permission.PEOPLE)) == (browser.get("/people").status_code == 404)


def test_a_page_that_is_not_there_and_one_that_is_not_for_us_look_alike(desk: DeskInProcess) -> None:
    browser = signed_in(desk, Role.RECEPTIONIST)

    not_for_us, nowhere = browser.get("/people"), browser.get("/no/such/page")

    assert nowhere.status_code == not_for_us.status_code == 404
    assert nowhere.text.replace(nowhere.request.path, "") == not_for_us.text.replace(not_for_us.request.path, "")
    assert "Pagina non trovata" in not_for_us.text
    assert "people" not in not_for_us.text.replace("console.css", "")


def test_what_a_member_may_do_is_asked_at_each_request(desk: DeskInProcess) -> None:
    browser = signed_in(desk, Role.AUDITOR, permissions={Permission.AUDIT, Permission.FIGURES})
    before = browser.get("/account")
    desk.built.book.set_role("a test", Role.AUDITOR, frozenset())

    after = desk.built.sessions.find(str(browser.cookie))

    assert before.status_code == 200
    assert after is not None
    assert after.member.permissions == {Permission.AUDIT}


# -------------------------------------------------------------------------------------------------------- foreign forms


@pytest.mark.parametrize(
    "origin", [None, "null", "https://evil.example", f"{ORIGIN}.evil.example", f"http://{HOST}", ""]
)
def test_a_form_from_elsewhere_does_nothing(manager: AtConsole, origin: str | None) -> None:
    headers = {} if origin is None else {"Origin": origin}
    form = {FIELD: manager.form_token}

    answer = manager.client.post("/console/logout", base_url=ORIGIN, headers=headers, data=form)

    assert answer.status_code == 403
    assert is_in(manager)


@pytest.mark.parametrize("given", [None, "", "0" * 64, "é"])
def test_a_form_without_its_token_does_nothing(manager: AtConsole, given: str | None) -> None:
    form = {} if given is None else {FIELD: given}

    answer = manager.client.post("/console/logout", base_url=ORIGIN, headers={"Origin": ORIGIN}, data=form)

    assert answer.status_code == 403
    assert is_in(manager)


def test_the_token_of_one_session_is_no_good_in_another(desk: DeskInProcess, manager: AtConsole) -> None:
    other = signed_in(desk)

    answer = other.client.post(
        "/console/logout", base_url=ORIGIN, headers={"Origin": ORIGIN}, data={FIELD: manager.form_token}
    )

    assert answer.status_code == 403
    assert is_in(other)


def test_every_page_that_does_something_wants_the_token(desk: DeskInProcess, manager: AtConsole) -> None:
    half = {stage: sign_in(desk, hired(desk), stage) for stage in (Stage.CODE, Stage.ENROL)}
    with desk.app.app_context():
        stages = {name: access.stage for name, _, _ in pages(desk) if (access := access_of(f"console.{name}"))}

    answers = {}
    for name, method, path in pages(desk):
        if method == "POST":
            browser = half.get(stages[name] or Stage.FULL, manager)
            answer = browser.client.post(path, base_url=ORIGIN, headers={"Origin": ORIGIN, "Accept": "text/html"})
            answers[name] = answer.status_code

    allowed = {name for name, status in answers.items() if status not in (403, 404)}
    assert allowed == set()
    assert answers["logout"] == 403


def test_nobody_can_be_signed_in_as_somebody_else_by_a_link_or_a_form(desk: DeskInProcess) -> None:
    """Without the cookie of a visit, which another site cannot set, a sign-in is refused before the password is looked at."""
    hired(desk, email=EMAIL)
    victim = at_console(desk)

    answer = victim.post("/login", email=EMAIL, password=PASSWORD)

    assert (answer.status_code, victim.cookie) == (403, None)
    assert desk.rows(tables.staff_attempt) == []


@pytest.mark.parametrize(
    ("site", "mode", "status"),
    [
        ("cross-site", "navigate", 200),
        ("cross-site", "no-cors", 403),
        ("same-site", "cors", 403),
        ("same-origin", "cors", 200),
        ("none", "navigate", 200),
    ],
)
def test_another_site_may_link_to_a_page_but_not_load_it(manager: AtConsole, site: str, mode: str, status: int) -> None:
    answer = manager.get("/account", Sec_Fetch_Site=site, Sec_Fetch_Mode=mode)

    assert answer.status_code == status


def test_a_form_of_another_site_is_refused_though_it_navigates(manager: AtConsole) -> None:
    answer = manager.post("/logout", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"})

    assert answer.status_code == 403


@pytest.mark.parametrize("host", ["evil.example", f"{HOST}.evil.example", f"{HOST}:8443", "localhost", f"a.{HOST}"])
def test_a_forged_host_is_refused_and_not_repeated(manager: AtConsole, host: str) -> None:
    answer = manager.client.get("/console/login", base_url=f"https://{host}")

    assert answer.status_code == 400
    assert host not in answer.text
    assert "evil" not in str(answer.headers)


def test_a_forwarded_host_changes_nothing(manager: AtConsole) -> None:
    forged = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http", "Forwarded": "host=evil.example"}

    answer = asked(manager, "GET", "/console/", **forged)

    assert answer.headers["Location"].startswith("/console/")


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("https://desk.example.org", "https://desk.example.org"),
        ("https://Desk.Example.org:443", "https://desk.example.org"),
        ("https://desk.example.org:8443", "https://desk.example.org:8443"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
        ("http://[::1]:8501", "http://[::1]:8501"),
    ],
)
def test_an_address_is_compared_as_browsers_name_it(address: str, named: str) -> None:
    assert origin(address) == named


@pytest.mark.parametrize(
    ("forwarded", "counted"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("203.0.113.9, 198.51.100.7", "198.51.100.7"),
        ("198.51.100.7:51234", "198.51.100.7"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2:3:4:5:6]:51234", "2001:db8:1:2::/64"),
        ("198.51.100.7, evil", "unknown"),
        ("", "127.0.0.1"),
    ],
)
def test_tries_are_counted_by_where_they_come_from(desk: DeskInProcess, forwarded: str, counted: str) -> None:
    told = {"X-Forwarded-For": forwarded} if forwarded else {}

    with desk.app.test_request_context("/", headers=told, environ_base={"REMOTE_ADDR": "127.0.0.1"}):
        assert address() == counted


def test_the_webhook_needs_no_form(desk: DeskInProcess) -> None:
    assert desk.post({"object": "whatsapp_business_account", "entry": []}) == 200


# -------------------------------------------------------------------------------------------------------------- cookies


def test_the_cookie_is_the_hosts_alone_and_no_scripts(desk: DeskInProcess) -> None:
    hired(desk, email=EMAIL)
    browser = at_console(desk)
    browser.get("/login")

    answer = browser.post("/login", email=EMAIL, password=PASSWORD)

    (cookie,) = (line for line in answer.headers.getlist("Set-Cookie") if line.startswith(f"{COOKIE}="))
    assert cookie.partition(";")[2] == " Secure; HttpOnly; Path=/; SameSite=Lax"


def test_a_planted_cookie_is_not_the_one_that_is_let_in(desk: DeskInProcess) -> None:
    hired(desk, email=EMAIL)
    victim, thief = at_console(desk), at_console(desk)
    victim.cookie = thief.cookie = "a token the thief has chosen"
    victim.get("/login")
    victim.client.delete_cookie(COOKIE, domain=HOST)
    victim.post("/login", email=EMAIL, password=PASSWORD)
    half = victim.cookie
    victim.post("/code", code=code(desk))

    assert is_in(victim)
    assert len({"a token the thief has chosen", half, victim.cookie}) == 3
    assert not is_in(thief)


def test_the_cookie_of_half_a_sign_in_is_worth_nothing_after_the_other_half(desk: DeskInProcess) -> None:
    hired(desk, email=EMAIL)
    browser, thief = at_console(desk), at_console(desk)
    browser.get("/login")
    browser.post("/login", email=EMAIL, password=PASSWORD)
    thief.cookie = str(browser.cookie)
    browser.post("/code", code=code(desk))

    assert (is_in(browser), is_in(thief)) == (True, False)
    assert thief.post("/code", code=code(desk, 30)).headers["Location"] == "/console/login"


@pytest.mark.parametrize("forged", ["", "x", "0" * 43, "é", "a" * 3000, "' OR 1=1 --"])
def test_a_forged_cookie_opens_nothing(desk: DeskInProcess, forged: str) -> None:
    browser = at_console(desk)
    browser.client.set_cookie(COOKIE, forged, domain=HOST, secure=True)

    assert not is_in(browser)


def test_what_stands_in_the_table_is_no_cookie(desk: DeskInProcess, manager: AtConsole) -> None:
    (row,) = desk.rows(tables.staff_session)
    thief = at_console(desk)

    opened = []
    for value in (row.token_hash.hex(), str(row.id), row.token_hash.decode("latin-1")):
        thief.client.set_cookie(COOKIE, value, domain=HOST, secure=True)
        opened.append(is_in(thief))

    assert opened == [False] * 3


def test_a_session_that_is_over_is_over_for_its_cookie_too(desk: DeskInProcess, manager: AtConsole) -> None:
    desk.clock.move(timedelta(hours=13))

    assert not is_in(manager)


# ------------------------------------------------------------------------------------------------ what browsers are told


@pytest.mark.parametrize("path", ["/login", "/account", "/people", "/people/roles", "/nowhere", "/code"])
def test_every_page_forbids_what_it_does_not_need(manager: AtConsole, path: str) -> None:
    headers = manager.get(path).headers

    assert (
        headers["Content-Security-Policy"]
        == (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
            "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )
        or path == "/nowhere"
    )
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    if path != "/nowhere":
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Strict-Transport-Security"] == "max-age=31536000"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/login", "/invitation", "/account", "/people", "/people/new", "/people/roles"])
def test_no_page_has_a_script_or_a_style_of_its_own(manager: AtConsole, path: str) -> None:
    browser = at_console(manager.desk) if path in ("/login", "/invitation") else manager

    shown = browser.get(path).text

    assert [part for part in (" style=", "<style", " onclick=", "<script>", "javascript:") if part in shown] == []


def test_files_may_be_kept_by_the_browser_under_an_address_of_their_content(manager: AtConsole) -> None:
    shown = manager.get("/account").text
    address = shown.partition('<link rel="stylesheet" href="')[2].partition('"')[0]

    answer = manager.client.get(address, base_url=ORIGIN)

    answer.close()
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "public, max-age=31536000, immutable")


@pytest.mark.parametrize("path", ["../frame.py", "%2e%2e/frame.py", "/etc/passwd", "console.css/../../guard.py"])
def test_no_other_file_is_served(manager: AtConsole, path: str) -> None:
    answer = manager.client.get(f"/console/static/{path}", base_url=ORIGIN)

    assert answer.status_code in (404, 308)


def test_a_name_is_shown_as_it_is_written(desk: DeskInProcess, manager: AtConsole) -> None:
    hired(desk, first_name='<b onmouseover="alert(1)">x</b>')

    shown = manager.get("/people").text

    assert "<b onmouseover" not in shown
    assert "&lt;b onmouseover" in shown


def test_a_database_that_is_away_is_said_and_no_more(manager: AtConsole, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_: object) -> None:
        raise StoreUnavailable("the database did not answer (OperationalError)")

    monkeypatch.setattr(manager.desk.built.sessions, "find", away)

    answer = manager.get("/account")

    assert answer.status_code == 503
    assert "Il sistema non risponde" in answer.text
    assert "Operational" not in answer.text
