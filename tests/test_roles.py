"""Roles are sets of permissions with a floor and a ceiling; teams are the scope; people are looked after by managers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from bot.console import load_texts
from bot.staff import ALL_TEAMS, SPANS, LastManager, Permission, Person, Post, Role, within
from bot.store import tables
from tests.conftest import MakeDesk
from tests.consoles import AtConsole, at_console, hired, sign_in, signed_in
from tests.desks import DeskInProcess, together
from tests.dumps import audited
from tests.test_entry import is_in

P = Permission
NEW = {
    "name": "Bruno Esempio",
    "first_name": "Bruno",
    "email": "bruno@example.org",
    "role": "nurse",
    "teams": "nursing",
    "language": "en",
}


@pytest.fixture
def desk(environ: dict[str, str], sqlite_url: str) -> Iterator[DeskInProcess]:
    made = DeskInProcess(environ | {"DATABASE_URL": sqlite_url})
    yield made
    made.close()


@pytest.fixture
def manager(desk: DeskInProcess) -> AtConsole:
    return signed_in(desk, Role.MANAGER, first_name="Anna")


def noted(desk: DeskInProcess, action: str) -> list[tuple[str, UUID | None]]:
    return [(row.actor, row.subject_id) for row in audited(desk) if row.action == action]


def member_of(desk: DeskInProcess, row: UUID) -> tuple[str, frozenset[str], frozenset[Permission]]:
    found = sign_in(desk, row).member
    assert found is not None
    return found.role, found.teams, found.permissions


# ------------------------------------------------------------------------------------------------------ what a role may


@pytest.mark.parametrize("role", [*Role])
def test_what_a_role_usually_may_is_between_its_least_and_its_most(role: Role) -> None:
    span = SPANS[role]

    assert span.least <= span.usual <= span.most


@pytest.mark.parametrize("role", [*Role])
def test_no_wish_leads_below_the_least_or_above_the_most(role: Role) -> None:
    assert within(role, frozenset()) == SPANS[role].least
    assert within(role, frozenset(Permission)) == SPANS[role].most


def test_only_managers_can_ever_look_after_people() -> None:
    """Else whoever may change roles could make themselves one."""
    assert [role for role in Role if P.PEOPLE in SPANS[role].most] == [Role.MANAGER]
    assert P.PEOPLE in SPANS[Role.MANAGER].least


def test_an_auditor_never_reads_or_answers_a_patient() -> None:
    assert SPANS[Role.AUDITOR].most == {P.AUDIT, P.FIGURES}


def test_no_permission_takes_the_second_factor_or_the_audit_away() -> None:
    assert [one for one in Permission if re.search("factor|no_|without|off", one)] == []


def test_a_manager_changes_what_a_role_may_do(desk: DeskInProcess, manager: AtConsole) -> None:
    row = hired(desk, Role.CLINICIAN)

    answer = manager.post("/people/roles", role="clinician", permissions=["search", "people", "audit", "nonsense"])

    assert answer.status_code == 303
    assert member_of(desk, row)[2] == {P.READ, P.SEARCH}
    assert manager.member is not None
    assert noted(desk, "role_changed_clinician") == [(manager.member.actor, None)]


@pytest.mark.parametrize("role", ["", "owner", "MANAGER"])
def test_a_role_that_is_none_is_refused(manager: AtConsole, role: str) -> None:
    assert manager.post("/people/roles", role=role, permissions="read").status_code == 400


def test_a_manager_cannot_take_people_from_managers(desk: DeskInProcess, manager: AtConsole) -> None:
    manager.post("/people/roles", role="manager")

    assert manager.get("/people").status_code == 200
    assert desk.built.book.roles()[Role.MANAGER] == {P.PEOPLE}


def test_a_permission_that_was_given_up_by_a_release_is_left_out(desk: DeskInProcess) -> None:
    with desk.built.database.begin() as connection:
        values = {"role": "nurse", "permissions": '["read", "reply", "fly"]', "changed_at": desk.clock.now()}
        connection.execute(tables.staff_role.insert().values(values))

    assert desk.built.book.roles()[Role.NURSE] == {P.READ, P.REPLY}


# ------------------------------------------------------------------------------------------------------------------ teams


def test_all_teams_are_those_of_the_clinics_file(desk: DeskInProcess) -> None:
    assert member_of(desk, hired(desk))[1] == desk.house.clinic.teams.keys()


def test_a_member_has_their_own_teams_and_no_other(desk: DeskInProcess) -> None:
    assert member_of(desk, hired(desk, teams=("nursing",)))[1] == {"nursing"}


def test_a_team_that_is_no_more_is_nobodys(desk: DeskInProcess) -> None:
    assert member_of(desk, hired(desk, teams=("nursing", "laundry")))[1] == {"nursing"}


def test_whoever_has_no_team_sees_no_team(desk: DeskInProcess) -> None:
    assert member_of(desk, hired(desk, teams=()))[1] == frozenset()


# ----------------------------------------------------------------------------------------------------------------- people


def test_a_manager_invites_somebody_by_a_link_that_is_shown_once(desk: DeskInProcess, manager: AtConsole) -> None:
    shown = manager.post("/people/new", **NEW)

    (token,) = re.findall(r"/console/invitation#([\w-]+)<", shown.text)
    known = next(one for one in desk.built.book.colleagues() if one.person.first_name == "Bruno")
    assert (known.post, known.is_enrolled) == (Post(Role.NURSE, frozenset({"nursing"}), "en"), False)
    assert desk.built.book.invited(token) == known.id
    assert manager.member is not None
    assert noted(desk, "staff_invited")[-1] == (manager.member.actor, known.id)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"first_name": ""}, "first_name"),
        ({"email": "bruno"}, "email"),
        ({"email": "bruno@localhost"}, "email"),
        ({"email": "b" * 250 + "@example.org"}, "email"),
        ({"role": "owner"}, "role"),
        ({"teams": "laundry"}, "teams"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nobody_is_added(
    desk: DeskInProcess, manager: AtConsole, wrong: dict[str, str], field: str
) -> None:
    answer = manager.post("/people/new", **(NEW | wrong))

    assert answer.status_code == 422
    assert f'id="{field}-fault"' in answer.text
    assert len(desk.built.book.colleagues()) == 1


def test_an_e_mail_of_somebody_else_is_refused_beside_its_field(desk: DeskInProcess, manager: AtConsole) -> None:
    other = hired(desk, email="bruno@example.org")
    mine = hired(desk, first_name="Dario")

    added = manager.post("/people/new", **NEW)
    changed = manager.post(f"/people/{mine}", **NEW)

    assert [(answer.status_code, 'id="email-fault"' in answer.text) for answer in (added, changed)] == [(422, True)] * 2
    assert desk.built.book.find("bruno@example.org") == other


def test_a_manager_changes_who_somebody_is(desk: DeskInProcess, manager: AtConsole) -> None:
    row = hired(desk, Role.NURSE)
    browser = sign_in(desk, row)

    manager.post(f"/people/{row}", **NEW)

    known = desk.built.book.colleague(row)
    assert known is not None
    assert (known.person, known.post.teams) == (Person("Bruno Esempio", "Bruno", "bruno@example.org"), {"nursing"})
    assert is_in(browser)
    assert "Bruno Esempio" in manager.get("/people").text


def test_another_role_ends_what_was_open_under_the_old_one(desk: DeskInProcess, manager: AtConsole) -> None:
    browser = sign_in(desk, hired(desk, Role.RECEPTIONIST, email="bruno@example.org"))
    assert browser.member is not None

    manager.post(f"/people/{browser.member.id}", **NEW)

    assert not is_in(browser)


def test_a_manager_signs_somebody_out_everywhere(desk: DeskInProcess, manager: AtConsole) -> None:
    row = hired(desk)
    browsers = [sign_in(desk, row) for _ in range(2)]

    manager.post(f"/people/{row}/signout")

    assert [is_in(browser) for browser in browsers] == [False, False]
    assert manager.member is not None
    assert noted(desk, "sessions_ended") == [(manager.member.actor, row)]


def test_a_lost_phone_is_a_new_invitation(desk: DeskInProcess, manager: AtConsole) -> None:
    row = hired(desk)
    browser = sign_in(desk, row)

    shown = manager.post(f"/people/{row}/invite")

    (token,) = re.findall(r"/console/invitation#([\w-]+)<", shown.text)
    assert desk.built.book.invited(token) == row
    assert not is_in(browser)


def test_a_disabled_member_can_be_invited_back(desk: DeskInProcess, manager: AtConsole) -> None:
    row = hired(desk)
    manager.post(f"/people/{row}/disable")
    gone = desk.built.book.colleague(row)

    manager.post(f"/people/{row}/invite")

    back = desk.built.book.colleague(row)
    assert gone is not None
    assert back is not None
    assert (gone.disabled_at is None, back.disabled_at is None) == (False, True)


def test_a_manager_does_not_lock_themselves_out(desk: DeskInProcess, manager: AtConsole) -> None:
    assert manager.member is not None
    own = manager.member.id

    answers = [manager.post(f"/people/{own}/{act}").status_code for act in ("invite", "disable")]

    assert answers == [403, 403]
    assert is_in(manager)


def test_the_last_manager_stays_one(desk: DeskInProcess, manager: AtConsole) -> None:
    assert manager.member is not None
    desk.built.book.add(
        "a test", Person("Mai Entrata", "Mai", "mai@example.org"), Post(Role.MANAGER, frozenset(), "it")
    )

    answer = manager.post(f"/people/{manager.member.id}", **NEW)

    assert answer.status_code == 422
    assert "Nessun altro responsabile" in answer.text
    with pytest.raises(LastManager):
        desk.built.book.disable("a test", manager.member.id)


def test_two_managers_who_disable_each_other_at_once_leave_one(make_postgres_desk: MakeDesk) -> None:
    desk = make_postgres_desk()
    rows = [hired(desk, Role.MANAGER) for _ in range(2)]

    def disable(number: int) -> bool:
        try:
            return desk.built.book.disable("a test", rows[number])
        except LastManager:
            return False

    assert sorted(together(2, disable)) == [False, True]


def test_nobody_is_found_under_a_guessed_id(manager: AtConsole) -> None:
    guessed = uuid4()

    answers = [manager.get(f"/people/{guessed}"), manager.post(f"/people/{guessed}", **NEW)]
    answers += [manager.post(f"/people/{guessed}/{act}") for act in ("invite", "signout", "disable")]

    assert [answer.status_code for answer in answers] == [404] * 5


def test_the_link_back_into_the_world_is_not_in_a_log(
    desk: DeskInProcess, manager: AtConsole, caplog: pytest.LogCaptureFixture
) -> None:
    shown = manager.post("/people/new", **NEW)

    (token,) = re.findall(r"/console/invitation#([\w-]+)<", shown.text)
    assert [word for word in (token, "Bruno", "bruno@example.org") if word in caplog.text] == []


# ---------------------------------------------------------------------------------------------------------------- texts


def test_every_role_and_permission_is_worded() -> None:
    texts = load_texts()

    keys = [f"people.role_{one}" for one in Role] + [f"people.may_{one}" for one in Permission]

    assert [key for key in keys if not texts.has(key)] == []


def test_every_text_a_page_asks_for_is_there() -> None:
    texts, folder = load_texts(), Path(__file__).parent.parent
    pages = [*(folder / "templates" / "console").glob("*.html"), *(folder / "bot" / "console").glob("*.py")]

    asked = {
        key for path in pages for key in re.findall(r"""\bt\(["']([a-z]+\.[a-z_0-9]+)["']\s*[,)]""", path.read_text())
    }

    assert [key for key in sorted(asked) if not texts.has(key)] == []


def test_pages_are_in_the_members_language_whatever_the_browser_says(desk: DeskInProcess) -> None:
    english = signed_in(desk, language="en")

    assert "My account" in english.get("/account").text
    assert "Il mio accesso" in signed_in(desk).get("/account").text


def test_a_member_changes_the_language_of_their_own_pages(desk: DeskInProcess) -> None:
    browser = signed_in(desk, teams=("nursing",))

    answers = [browser.post("/account/language", language=language).status_code for language in ("en", "xx")]

    assert answers == [303, 400]
    assert "My account" in browser.get("/account").text
    assert browser.member is not None
    assert member_of(desk, browser.member.id)[1] == {"nursing"}


@pytest.mark.parametrize(("asked", "title"), [("en-GB,it;q=0.5", "Sign in"), ("it", "Accedi"), ("fr", "Accedi")])
def test_the_door_speaks_as_the_browser_asks(desk: DeskInProcess, asked: str, title: str) -> None:
    shown = at_console(desk).client.get(
        "/console/login", base_url="https://desk.example.org", headers={"Accept-Language": asked}
    )

    assert f"<h1>{title}</h1>" in shown.text


def test_everybody_is_told_who_may_see_all_teams(desk: DeskInProcess, manager: AtConsole) -> None:
    hired(desk, Role.NURSE, (ALL_TEAMS,))

    assert "Tutti i gruppi" in manager.get("/people").text
