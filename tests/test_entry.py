"""Getting in: the invitation, the password, the code, and what everybody else is told, which is nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from click.testing import Result
from playwright.sync_api import Browser, Page, expect

from bot import credentials
from bot.console.guard import LOCAL
from bot.entry import AT_ONCE, INVITED, WAITING
from bot.staff import IDLE, LONGEST, Role, Stage
from bot.store import Seals, tables
from bot.store.rotation import rotate
from bot.store.staff import ACCOUNT_TRIES, ADDRESS_TRIES, closed_until
from tests.conftest import MakeDesk
from tests.consoles import FACTOR, ORIGIN, PASSWORD, RECOVERY, AtConsole, at_console, code, hired, served, sign_in
from tests.desks import MONDAY, DeskInProcess, minutes, together
from tests.dumps import audited

EMAIL = "carla@example.org"
Scheme = Literal["light", "dark"]
SECRET = re.compile(r'<code id="secret">([A-Z2-7 ]+)</code>')
CODES = re.compile(r"<li><code>([0-9A-Z-]{14})</code></li>")


@pytest.fixture
def desk(environ: dict[str, str], sqlite_url: str) -> Iterator[DeskInProcess]:
    made = DeskInProcess(environ | {"DATABASE_URL": sqlite_url})
    yield made
    made.close()


@pytest.fixture
def carla(desk: DeskInProcess) -> UUID:
    """A member who can get in, and has never been here."""
    return hired(desk, email=EMAIL)


@pytest.fixture
def browser_of(desk: DeskInProcess) -> AtConsole:
    return at_console(desk)


def invited(desk: DeskInProcess, email: str = "nuova@example.org", role: str = "receptionist") -> str:
    """Invite somebody by the operator's command; return the token of the link."""
    out = run(desk, "staff", "add", "--name", "Nuova Prova", "--first-name", "Nuova", "--email", email, "--role", role)
    assert out.exit_code == 0, out.output
    return re.findall(rf"{ORIGIN}/console/invitation#(\S+)", out.output)[0]


def run(desk: DeskInProcess, *command: str, typed: str = "") -> Result:
    return desk.app.test_cli_runner().invoke(args=command, input=typed)


def enrols(browser: AtConsole) -> list[str]:
    """Scan the secret of the page as a phone does, type the code, return the recovery codes."""
    secret = SECRET.findall(browser.get("/enrol").text)[0].replace(" ", "")
    shown = browser.post("/enrol", code=credentials.code_at(secret, browser.desk.clock.now()))
    assert shown.status_code == 200
    return CODES.findall(shown.text)


def is_in(browser: AtConsole) -> bool:
    return browser.get("/account").status_code == 200


def actions(desk: DeskInProcess) -> list[tuple[str, str]]:
    return [(row.actor, row.action) for row in audited(desk)]


# -------------------------------------------------------------------------------------------------------- the first time


def test_an_invitation_leads_to_a_password_a_phone_and_the_first_page(browser_of: AtConsole) -> None:
    token = invited(browser_of.desk)
    browser_of.get("/invitation")

    accepted = browser_of.post("/invitation", invitation=token, password="gatto rosso in salita")
    recovery = enrols(browser_of)

    assert (accepted.status_code, accepted.headers["Location"]) == (303, "/console/enrol")
    assert len(set(recovery)) == credentials.RECOVERY_CODES
    assert is_in(browser_of)


def test_the_whole_link_pasted_is_as_good_as_its_token(browser_of: AtConsole) -> None:
    token = invited(browser_of.desk)
    browser_of.get("/invitation")

    accepted = browser_of.post(
        "/invitation", invitation=f" {ORIGIN}/console/invitation#{token} ", password="gatto rosso in salita"
    )

    assert accepted.headers["Location"] == "/console/enrol"


def test_an_invitation_is_good_until_a_phone_is_connected_and_then_never_again(browser_of: AtConsole) -> None:
    token = invited(browser_of.desk)
    browser_of.get("/invitation")
    statuses = [browser_of.post("/invitation", invitation=token, password=f"gatto rosso {n}") for n in (1, 2)]
    enrols(browser_of)

    late = at_console(browser_of.desk)
    late.get("/invitation")
    again = late.post("/invitation", invitation=token, password="gatto nero in salita")

    assert [answer.status_code for answer in (*statuses, again)] == [303, 303, 401]


def test_an_invitation_ends(browser_of: AtConsole) -> None:
    token = invited(browser_of.desk)
    browser_of.get("/invitation")
    browser_of.desk.clock.move(INVITED + timedelta(seconds=1))

    answer = browser_of.post("/invitation", invitation=token, password="gatto rosso in salita")

    assert answer.status_code == 401


def test_a_new_invitation_makes_the_old_one_worthless(browser_of: AtConsole) -> None:
    desk = browser_of.desk
    old = invited(desk, EMAIL)
    new = re.findall(r"#(\S+)", run(desk, "staff", "reset", EMAIL).output)[0]
    browser_of.get("/invitation")

    answers = [browser_of.post("/invitation", invitation=t, password="gatto rosso in salita") for t in (old, new)]

    assert [answer.status_code for answer in answers] == [401, 303]


@pytest.mark.parametrize(
    "password", ["corta", "aaaaaaaaaaaaaaaa", "nuova@example.org", "Nuova Prova 1", "x" * 12, "è" * 201]
)
def test_a_password_that_is_guessed_first_is_not_taken(browser_of: AtConsole, password: str) -> None:
    token = invited(browser_of.desk)
    browser_of.get("/invitation")

    answer = browser_of.post("/invitation", invitation=token, password=password)

    assert answer.status_code == 422
    assert "troppo corta o troppo facile" in answer.text
    assert f'value="{password}"' not in answer.text


def test_a_password_alone_connects_no_phone(browser_of: AtConsole) -> None:
    """Whoever learns a password must not become its member by connecting a phone of their own."""
    token = invited(browser_of.desk, EMAIL)
    browser_of.get("/invitation")
    browser_of.post("/invitation", invitation=token, password=PASSWORD)

    other = at_console(browser_of.desk)
    other.get("/login")
    answer = other.post("/login", email=EMAIL, password=PASSWORD)

    assert (answer.status_code, other.cookie) == (401, None)


def test_the_secret_stays_the_same_while_one_looks_and_is_another_for_the_next(browser_of: AtConsole) -> None:
    seen = []
    for token in (invited(browser_of.desk), invited(browser_of.desk, EMAIL)):
        browser_of.get("/invitation")
        browser_of.post("/invitation", invitation=token, password="gatto rosso in salita")
        seen += [SECRET.findall(browser_of.get("/enrol").text)[0] for _ in range(2)]

    assert seen[0] == seen[1]
    assert seen[2] == seen[3]
    assert seen[0] != seen[2]


def test_a_wrong_code_connects_no_phone(browser_of: AtConsole) -> None:
    token = invited(browser_of.desk)
    browser_of.get("/invitation")
    browser_of.post("/invitation", invitation=token, password="gatto rosso in salita")

    answer = browser_of.post("/enrol", code="000000")

    assert answer.status_code == 401
    assert not is_in(browser_of)


# ------------------------------------------------------------------------------------------------------------ every time


def enters(browser: AtConsole, email: str = EMAIL, password: str = PASSWORD, typed: str | None = None) -> int:
    """Sign in with password and code; return the status of the last step."""
    browser.get("/login")
    first = browser.post("/login", email=email, password=password)
    if first.status_code != 303:
        return first.status_code
    return browser.post("/code", code=typed or code(browser.desk)).status_code


def test_password_and_code_let_in(browser_of: AtConsole, carla: UUID) -> None:
    entered = enters(browser_of)

    assert entered == 303
    assert is_in(browser_of)
    assert actions(browser_of.desk)[-1] == (f"staff:{carla}", "sign_in")


@pytest.mark.parametrize("email", [" CARLA@example.org ", "Carla@Example.ORG", "\uff43arla@example.org"])
def test_an_e_mail_is_the_same_however_it_is_written(browser_of: AtConsole, carla: UUID, email: str) -> None:
    assert enters(browser_of, email) == 303


@pytest.mark.parametrize(
    ("email", "password"), [(EMAIL, "gatto rosso in salita"), ("nessuno@example.org", PASSWORD), ("", ""), (EMAIL, "")]
)
def test_whatever_is_wrong_the_same_is_said(browser_of: AtConsole, carla: UUID, email: str, password: str) -> None:
    browser_of.get("/login")

    answer = browser_of.post("/login", email=email, password=password)

    assert answer.status_code == 401
    assert "E-mail o password non corrette, oppure troppi tentativi" in answer.text
    assert browser_of.cookie is None


def test_an_e_mail_nobody_has_costs_as_many_checks_of_a_password(
    desk: DeskInProcess, carla: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    matches = credentials.matches

    def counted(stored: str | None, password: str) -> bool:
        checked.append("known" if stored else "nobody")
        return matches(stored, password)

    monkeypatch.setattr(credentials, "matches", counted)

    for email in (EMAIL, "nessuno@example.org"):
        desk.built.entry.password(email, "gatto rosso in salita", "192.0.2.1")

    assert checked == ["known", "nobody"]
    assert credentials.HASHER.check_needs_rehash(credentials.NOBODYS) is False


def test_what_argon2_is_asked_for_fits_a_small_dyno() -> None:
    stored = credentials.hashed(PASSWORD)

    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_code_is_good_once(desk: DeskInProcess, carla: UUID) -> None:
    now = code(desk)

    statuses = [enters(at_console(desk), typed=now) for _ in range(2)]

    assert statuses == [303, 401]


def test_a_code_used_by_two_at_once_lets_one_in(make_postgres_desk: MakeDesk) -> None:
    desk = make_postgres_desk()
    row = hired(desk)
    step = int(MONDAY.timestamp()) // credentials.STEP_S

    used = together(8, lambda _: desk.built.book.use_step(row, step))

    assert sorted(used) == [False] * 7 + [True]


@pytest.mark.parametrize(("off_s", "status"), [(-60, 401), (-30, 303), (0, 303), (30, 303), (60, 401)])
def test_a_code_is_good_for_a_minute_and_a_half(desk: DeskInProcess, carla: UUID, off_s: int, status: int) -> None:
    assert enters(at_console(desk), typed=code(desk, off_s)) == status


def test_an_older_code_is_not_good_after_a_newer_one(desk: DeskInProcess, carla: UUID) -> None:
    statuses = [enters(at_console(desk), typed=code(desk, off_s)) for off_s in (30, 0)]

    assert statuses == [303, 401]


def test_a_code_may_be_typed_as_the_phone_shows_it(desk: DeskInProcess, carla: UUID) -> None:
    digits = code(desk)

    assert enters(at_console(desk), typed=f" {digits[:3]} {digits[3:]} ") == 303


@pytest.mark.parametrize("typed", ["", "٠١٢٣٤٥", "12345", "null", "0" * 40, "AAAA-BBBB-CCCC"])
def test_what_is_no_code_is_refused(browser_of: AtConsole, carla: UUID, typed: str) -> None:
    assert enters(browser_of, typed=typed or " ") == 401


def test_a_recovery_code_is_good_once_however_it_is_typed(desk: DeskInProcess, carla: UUID) -> None:
    statuses = [enters(at_console(desk), typed=typed) for typed in (RECOVERY[0].lower(), RECOVERY[0], RECOVERY[1])]

    assert statuses == [303, 401, 303]
    assert [action for _, action in actions(desk)].count("recovery_used") == 2


def test_new_recovery_codes_make_the_old_ones_worthless(desk: DeskInProcess, carla: UUID) -> None:
    browser = sign_in(desk, carla)

    new = CODES.findall(browser.post("/account/recovery", code=code(desk)).text)

    assert [enters(at_console(desk), typed=typed) for typed in (RECOVERY[0], new[0])] == [401, 303]


def test_new_recovery_codes_are_not_for_whoever_found_an_open_page(desk: DeskInProcess, carla: UUID) -> None:
    browser = sign_in(desk, carla)

    answer = browser.post("/account/recovery", code="000000")

    assert answer.status_code == 401
    assert enters(at_console(desk), typed=RECOVERY[0]) == 303


def test_whoever_has_a_password_only_sees_no_page(browser_of: AtConsole, carla: UUID) -> None:
    browser_of.get("/login")
    browser_of.post("/login", email=EMAIL, password=PASSWORD)

    answers = {path: browser_of.get(path).status_code for path in ("/", "/account", "/people", "/enrol", "/code")}

    assert answers == {"/": 303, "/account": 303, "/people": 303, "/enrol": 303, "/code": 200}


def test_a_sign_in_left_half_way_ends_after_ten_minutes(browser_of: AtConsole, carla: UUID) -> None:
    browser_of.get("/login")
    browser_of.post("/login", email=EMAIL, password=PASSWORD)
    browser_of.desk.clock.move(minutes(11))

    answer = browser_of.post("/code", code=code(browser_of.desk))

    assert (answer.status_code, answer.headers["Location"]) == (303, "/console/login")


def test_whoever_was_sent_to_the_door_goes_on_where_they_wanted_to_be(browser_of: AtConsole, carla: UUID) -> None:
    door = browser_of.get("/account").headers["Location"]
    wanted = parse_qs(urlsplit(door).query)["next"][0]
    browser_of.get("/login")

    first = browser_of.post("/login", email=EMAIL, password=PASSWORD, next=wanted)
    second = browser_of.post("/code", code=code(browser_of.desk), next=wanted)

    assert first.headers["Location"] == "/console/code?next=/console/account"
    assert second.headers["Location"] == "/console/account"


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/console//evil.example",
        "/console/../webhook",
        "/console/%2e%2e//evil.example",
        "/consoleevil",
        "/console@evil.example",
        "/console/a\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "/console/x?next=//evil\n",
        " /console/",
    ],
)
def test_nobody_is_led_elsewhere(browser_of: AtConsole, carla: UUID, wanted: str) -> None:
    browser_of.get("/login")
    browser_of.post("/login", email=EMAIL, password=PASSWORD, next=wanted)

    answer = browser_of.post("/code", code=code(browser_of.desk), next=wanted)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/console/")


def test_a_page_with_an_id_and_a_filter_may_be_gone_back_to() -> None:
    assert LOCAL.fullmatch("/console/conversation/0192f0c4-5f6e-7000-8000-00000000002a?team=reception&page=2")


# --------------------------------------------------------------------------------------------------------- who is in


def test_signing_out_ends_the_session_on_the_server(desk: DeskInProcess, carla: UUID) -> None:
    browser = sign_in(desk, carla)
    token = browser.cookie
    assert token is not None

    browser.post("/logout")
    browser.cookie = token

    assert not is_in(browser)
    assert actions(desk)[-1] == (f"staff:{carla}", "sign_out")


def test_whoever_leaves_their_desk_is_signed_out(desk: DeskInProcess, carla: UUID) -> None:
    browser = sign_in(desk, carla)
    desk.clock.move(IDLE - timedelta(seconds=1))
    before = is_in(browser)
    desk.clock.move(IDLE - timedelta(seconds=1))
    between = is_in(browser)
    desk.clock.move(IDLE + timedelta(seconds=1))

    assert (before, between, is_in(browser)) == (True, True, False)


def test_a_shift_ends_however_busy_it_was(desk: DeskInProcess, carla: UUID) -> None:
    browser = sign_in(desk, carla)
    seen = []

    for _ in range(int(LONGEST / timedelta(minutes=20)) + 1):
        desk.clock.move(minutes(20))
        seen.append(is_in(browser))

    assert seen == [True] * (len(seen) - 2) + [False] * 2


def test_one_may_sign_out_everywhere_else(desk: DeskInProcess, carla: UUID) -> None:
    here, elsewhere = sign_in(desk, carla), sign_in(desk, carla)

    here.post("/account/elsewhere")

    assert (is_in(here), is_in(elsewhere)) == (True, False)


def test_a_changed_password_ends_every_other_session_and_renews_ones_own(desk: DeskInProcess, carla: UUID) -> None:
    here, elsewhere = sign_in(desk, carla), sign_in(desk, carla)
    before = here.cookie

    answer = here.post("/account/password", old=PASSWORD, new="gatto rosso in salita")

    assert answer.status_code == 303
    assert (is_in(here), is_in(elsewhere), here.cookie != before) == (True, False, True)
    assert enters(at_console(desk), password="gatto rosso in salita") == 303


def test_a_password_is_not_changed_by_whoever_found_an_open_page(desk: DeskInProcess, carla: UUID) -> None:
    browser = sign_in(desk, carla)

    answer = browser.post("/account/password", old="gatto rosso in salita", new="gatto nero in discesa")

    assert answer.status_code == 401
    assert enters(at_console(desk)) == 303


def test_what_is_over_is_forgotten_at_the_next_sign_in(desk: DeskInProcess, carla: UUID) -> None:
    sign_in(desk, carla)
    at_console(desk).get("/login")
    enters(at_console(desk), "nessuno@example.org")
    desk.clock.move(timedelta(days=2))

    sign_in(desk, carla)

    assert len(desk.rows(tables.staff_session)) == 1
    assert desk.rows(tables.staff_attempt) == []


# --------------------------------------------------------------------------------------------------------- too many tries


def test_an_account_closes_after_a_few_wrong_passwords_and_opens_again(desk: DeskInProcess, carla: UUID) -> None:
    wrong = [enters(at_console(desk), password="gatto rosso in salita") for _ in range(ACCOUNT_TRIES)]
    closed = enters(at_console(desk))
    desk.clock.move(minutes(1.1))

    assert (wrong, closed, enters(at_console(desk))) == ([401] * ACCOUNT_TRIES, 401, 303)


def test_an_account_nobody_has_closes_just_so(desk: DeskInProcess) -> None:
    for _ in range(ACCOUNT_TRIES):
        enters(at_console(desk), "nessuno@example.org")

    (row,) = desk.rows(tables.alarm)
    assert sorted(tried.closed_until is not None for tried in desk.rows(tables.staff_attempt)) == [False, True]
    assert row.cause == "sign_in_locked"


def test_a_lock_out_is_an_alarm_and_stands_in_the_audit(desk: DeskInProcess, carla: UUID) -> None:
    for _ in range(ACCOUNT_TRIES):
        enters(at_console(desk), password="gatto rosso in salita")

    assert [(row.cause, row.subject) for row in desk.rows(tables.alarm)] == [("sign_in_locked", str(carla))]
    assert actions(desk)[-1] == ("nobody", "sign_in_locked")


def test_codes_are_counted_too_and_a_right_password_does_not_forgive_them(desk: DeskInProcess, carla: UUID) -> None:
    for _ in range(ACCOUNT_TRIES):
        enters(at_console(desk), typed="000000")

    assert enters(at_console(desk)) == 401
    assert [row.cause for row in desk.rows(tables.alarm)] == ["sign_in_locked"]


def test_a_few_mistakes_are_forgiven_by_a_sign_in(desk: DeskInProcess, carla: UUID) -> None:
    for _ in range(3):
        desk.clock.move(minutes(1))
        for _ in range(ACCOUNT_TRIES - 1):
            enters(at_console(desk), typed="000000")
        last = enters(at_console(desk))

    assert last == 303


def test_many_accounts_tried_from_one_address_close_the_address(desk: DeskInProcess, carla: UUID) -> None:
    for number in range(ADDRESS_TRIES):
        desk.built.entry.password(f"persona{number}@example.org", "x", "192.0.2.1")

    there, elsewhere = (desk.built.entry.password(EMAIL, PASSWORD, f"192.0.2.{n}") for n in (1, 2))

    assert there is None
    assert elsewhere is not None


def test_tries_at_once_are_all_counted(make_postgres_desk: MakeDesk) -> None:
    desk = make_postgres_desk()
    throttle = desk.built.entry._throttle

    taken = together(12, lambda _: throttle.take("email:carla@example.org", "192.0.2.1"))

    assert taken.count(True) == ACCOUNT_TRIES


def test_each_lock_out_takes_twice_as_long_up_to_a_quarter_of_an_hour() -> None:
    spans = [closed_until(beyond, MONDAY) for beyond in (-1, 0, 1, 2, 3, 4, 50)]

    assert spans == [None, *(MONDAY + minutes(span) for span in (1, 2, 4, 8, 15, 15))]


def test_many_passwords_at_once_leave_threads_to_the_patients(desk: DeskInProcess, carla: UUID) -> None:
    entry = desk.built.entry
    for _ in range(WAITING):
        assert entry._waiting.acquire(blocking=False)
    browser = at_console(desk)
    browser.get("/login")

    answer = browser.post("/login", email=EMAIL, password=PASSWORD)

    assert answer.status_code == 503
    assert "troppe persone" in answer.text
    assert WAITING > AT_ONCE


def test_what_the_proxy_before_us_says_is_the_address_and_what_comes_before_it_is_not(desk: DeskInProcess) -> None:
    browser = at_console(desk)
    browser.get("/login")
    for number in range(3):
        told = f"203.0.113.{number}, 198.51.100.7"
        browser.post("/login", {"X-Forwarded-For": told}, email="a@example.org", password="x")

    counts = sorted(row.tries for row in desk.rows(tables.staff_attempt))

    assert counts == [3, 3]


# ---------------------------------------------------------------------------------------------------- the operator's side


def test_the_operator_adds_whoever_is_first_and_is_asked_for_names(desk: DeskInProcess) -> None:
    out = run(desk, "staff", "add", typed="Anna Prova\nAnna\nanna@example.org\n")

    (known,) = desk.built.book.colleagues()
    assert out.exit_code == 0
    assert (known.person.email, known.post.role, known.post.teams) == ("anna@example.org", Role.MANAGER, {"*"})
    assert f"{ORIGIN}/console/invitation#" in out.output


def test_an_e_mail_is_one_members_only(desk: DeskInProcess, carla: UUID) -> None:
    out = run(desk, "staff", "add", typed="Anna Prova\nAnna\nCARLA@example.org\n")

    assert out.exit_code == 1
    assert "somebody has this e-mail" in out.output


def test_the_operator_sees_who_can_get_in(desk: DeskInProcess, carla: UUID) -> None:
    run(desk, "staff", "disable", EMAIL)
    invited(desk)

    lines = run(desk, "staff", "list").output.splitlines()

    assert [line.split()[1:3] for line in lines[:-1]] == [["receptionist", "invited"], ["receptionist", "disabled"]]
    assert lines[-1] == "2 members."


def test_a_disabled_members_open_page_is_closed_at_once(desk: DeskInProcess, carla: UUID) -> None:
    browser, half = sign_in(desk, carla), sign_in(desk, carla, Stage.CODE)

    run(desk, "staff", "disable", str(carla), "--by", "Anna Prova")

    assert (is_in(browser), half.post("/code", code=code(desk)).headers["Location"]) == (False, "/console/login")
    assert enters(at_console(desk)) == 401
    assert ("Anna Prova", "staff_disabled") in actions(desk)


def test_nothing_that_lets_in_is_kept_of_a_disabled_member(desk: DeskInProcess, carla: UUID) -> None:
    run(desk, "staff", "disable", EMAIL)

    (row,) = desk.rows(tables.staff)
    assert (row.password_sealed, row.factor_sealed, row.factor_step, row.invitation_hash) == (None,) * 4
    assert desk.rows(tables.staff_recovery) == []


def test_a_reset_voids_password_phone_codes_and_sessions(desk: DeskInProcess, carla: UUID) -> None:
    browser = sign_in(desk, carla)

    out = run(desk, "staff", "reset", EMAIL)

    assert (out.exit_code, is_in(browser)) == (0, False)
    assert [enters(at_console(desk), typed=typed) for typed in (None, RECOVERY[0])] == [401, 401]


def test_nobody_is_known_by_a_wrong_name(desk: DeskInProcess) -> None:
    outs = [run(desk, "staff", command, "nessuno@example.org") for command in ("disable", "reset")]

    assert [(out.exit_code, "nobody is known" in out.output) for out in outs] == [(1, True)] * 2


def test_nothing_of_a_member_is_readable_in_the_tables(desk: DeskInProcess, carla: UUID) -> None:
    enters(at_console(desk))

    kept = " ".join(repr(tuple(row)) for table in STAFF_TABLES for row in desk.rows(table))

    assert [word for word in ("Carla", EMAIL, FACTOR, "argon2", RECOVERY[0]) if word in kept] == []


STAFF_TABLES = (
    tables.staff,
    tables.staff_recovery,
    tables.staff_session,
    tables.staff_attempt,
    tables.audit,
    tables.alarm,
)


def test_a_disabled_member_is_deleted_when_the_audit_that_names_them_is(desk: DeskInProcess, carla: UUID) -> None:
    hired(desk, Role.MANAGER)
    run(desk, "staff", "disable", EMAIL)
    desk.clock.move(timedelta(days=desk.house.clinic.retention.audit_days + 1))

    desk.built.keeper.run("a test")

    assert [row.role for row in desk.rows(tables.staff)] == ["manager"]


def test_a_new_field_key_seals_the_staffs_rows_again(desk: DeskInProcess, carla: UUID) -> None:
    new = ("k2", b"a newer key, of thirty-two bytes")
    seals = Seals((new, *desk.settings.field_keys), desk.settings.hash_key)

    counts = rotate(desk.built.database, seals)

    sealed = {place: count for place, count in counts.items() if place.startswith("staff.")}
    assert sealed == {"staff.person_sealed": 1, "staff.password_sealed": 1, "staff.factor_sealed": 1}


# -------------------------------------------------------------------------------------------------------------- in Chromium


@pytest.fixture
def live(environ: dict[str, str], tmp_path: Path) -> Iterator[DeskInProcess]:
    with served(environ, f"sqlite:///{tmp_path}/live.sqlite") as desk:
        yield desk


@pytest.fixture
def phone_wide(browser: Browser) -> Iterator[Page]:
    """A window as wide as a phone, of somebody who reads Italian; a refused script or style fails the test."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="it-IT")
    page, refused = context.new_page(), []
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert [said for said in refused if "Content Security Policy" in said] == []


def test_a_first_sign_in_from_the_invitation_to_the_work(live: DeskInProcess, phone_wide: Page) -> None:
    page, url = phone_wide, live.settings.public_url
    out = run(live, "staff", "add", typed="Anna Prova\nAnna\nanna@example.org\n").output
    page.goto(re.findall(r"http://\S+", out)[0])

    expect(page).to_have_url(f"{url}/console/invitation")  # the token has left the address
    page.get_by_label("Nuova password").fill("gatto rosso in salita")
    page.get_by_role("button", name="Continua").click()
    expect(page.get_by_role("img", name="Codice QR")).to_be_visible()
    secret = page.locator("#secret").inner_text().replace(" ", "")
    page.get_by_role("textbox", name="Codice").fill(credentials.code_at(secret, live.clock.now()))
    page.get_by_role("button", name="Continua").click()
    expect(page.locator(".codes li")).to_have_count(credentials.RECOVERY_CODES)
    page.get_by_role("link", name="Li ho conservati").click()

    expect(page.get_by_role("navigation", name="Pagine").get_by_role("link").first).to_be_visible()
    assert page.url.removeprefix(url) in ("/console/queue", "/console/people")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_sign_in_by_keyboard_alone(live: DeskInProcess, phone_wide: Page) -> None:
    hired(live, email=EMAIL)
    page = phone_wide
    page.goto(f"{live.settings.public_url}/console/account")

    for typed in (EMAIL, "Tab", PASSWORD, "Enter"):
        page.keyboard.press(typed) if typed in ("Tab", "Enter") else page.keyboard.type(typed)
    expect(page.get_by_label("Codice")).to_be_focused()
    page.keyboard.type(code(live))
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{live.settings.public_url}/console/account")


def test_a_fault_is_where_one_goes_on(live: DeskInProcess, phone_wide: Page) -> None:
    hired(live, email=EMAIL)
    page = phone_wide
    page.goto(f"{live.settings.public_url}/console/login")
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password").fill("gatto rosso in salita")

    page.get_by_role("button", name="Continua").click()

    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("E-mail")).to_have_value(EMAIL)
    expect(page.get_by_label("Password")).to_have_value("")


LEGIBLE = """() => {
  const parts = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
  const light = (c) => c.slice(0, 3).map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (el) => { for (; el; el = el.parentElement) {
    const c = parts(getComputedStyle(el).backgroundColor); if (c.length === 3 || c[3] > 0) return c; } return [255, 255, 255]; };
  const faults = [];
  for (const el of document.querySelectorAll("body *")) {
    const box = el.getBoundingClientRect(), style = getComputedStyle(el);
    if (!box.width || style.visibility === "hidden" || el.closest("svg, .hidden, .skip")) continue;
    if ([...el.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) && !el.disabled) {
      const [a, b] = [light(parts(style.color)), light(behind(el))].sort((x, y) => y - x);
      if ((a + 0.05) / (b + 0.05) < 4.5) faults.push(`contrast ${el.tagName}.${el.className} ${el.textContent.trim().slice(0, 20)}`);
    }
    if (el.matches("button, input, select, textarea, summary, nav a, .button") && Math.min(box.width, box.height) < 24)
      faults.push(`small ${el.tagName}.${el.className}`);
    if (el.matches("input:not([type=hidden]), select, textarea") && !(el.labels && el.labels.length)) faults.push(`no label ${el.id}`);
  }
  if (document.documentElement.scrollWidth > innerWidth) faults.push("wider than the screen");
  if (document.querySelectorAll("h1").length !== 1 || !document.documentElement.lang) faults.push("no heading or language");
  return faults;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_can_be_read_and_hit_on_a_phone(live: DeskInProcess, browser: Browser, scheme: Scheme) -> None:
    row = hired(live, Role.MANAGER, email=EMAIL)
    url, mine = live.settings.public_url, sign_in(live, row)
    window = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page = window.new_page()
    faults = {}
    for path in ("login", "invitation", "", "account", "people", "people/new", f"people/{row}", "people/roles"):
        if path == "":
            window.add_cookies([{"name": "sportello", "value": str(mine.cookie), "url": url}])
        page.goto(f"{url}/console/{path}")
        faults[path] = page.evaluate(LEGIBLE)
    window.close()

    assert {path: found for path, found in faults.items() if found} == {}
