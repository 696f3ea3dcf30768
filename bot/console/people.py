"""The staff: who they are, what they may do, how they get in; for whoever may change that.

Whoever looks after the others does not lock themselves out: their own invitation and their own end are somebody else's to make.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from bot.console.frame import Console, console, member, needs, page, tell
from bot.console.texts import LANGUAGES
from bot.staff import ALL_TEAMS, SPANS, Colleague, EmailTaken, LastManager, Permission, Person, Post, Role

EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
LONGEST_NAME, LONGEST_EMAIL = 80, 254


def register(routes: Blueprint, console: Console) -> None:
    """Add the pages."""
    routes.add_url_rule("/people", "people", people, methods=["GET"])
    routes.add_url_rule("/people/new", "new_colleague", new_colleague, methods=["GET"])
    routes.add_url_rule("/people/new", "add_colleague", add_colleague, methods=["POST"])
    routes.add_url_rule("/people/roles", "roles", roles, methods=["GET"])
    routes.add_url_rule("/people/roles", "change_role", change_role, methods=["POST"])
    routes.add_url_rule("/people/<uuid:row>", "colleague", colleague, methods=["GET"])
    routes.add_url_rule("/people/<uuid:row>", "change_colleague", change_colleague, methods=["POST"])
    routes.add_url_rule("/people/<uuid:row>/invite", "invite_again", invite_again, methods=["POST"])
    routes.add_url_rule("/people/<uuid:row>/signout", "sign_out", sign_out, methods=["POST"])
    routes.add_url_rule("/people/<uuid:row>/disable", "disable", disable, methods=["POST"])


@needs(Permission.PEOPLE)
def people() -> Response:
    """Show everybody."""
    return page("console/people.html", colleagues=console().book.colleagues(), now=console().clock.now(), state=state)


def state(one: Colleague, now: datetime) -> str:
    """Say in one word whether somebody can get in."""
    if one.disabled_at is not None:
        return "disabled"
    if one.closed_until is not None:
        return "closed"
    if one.is_enrolled:
        return "active"
    return "invited" if one.invited_until is not None and one.invited_until > now else "lapsed"


# ------------------------------------------------------------------------------------------------------------- the form


@dataclass(frozen=True, slots=True)
class Wished:
    """What was typed about a member, and what is wrong with it: a field's name and a text's key."""

    person: Person
    role: str
    teams: frozenset[str]
    language: str
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def post(self) -> Post:
        """What they are to be; only where nothing is wrong."""
        return Post(Role(self.role), self.teams, self.language)


EMPTY = Wished(Person("", "", ""), Role.RECEPTIONIST, frozenset(), LANGUAGES[0])


def is_email(typed: str) -> bool:
    """Tell whether something looks like an e-mail address; whether it is one, only a letter could tell."""
    return EMAIL.fullmatch(typed) is not None


def read_wish(form: MultiDict[str, str], teams: Mapping[str, object]) -> Wished:
    """Read the form of a member; everything wrong is told at once."""
    name, first_name, email = (" ".join(form.get(key, "").split()) for key in ("name", "first_name", "email"))
    role, chosen = form.get("role", ""), frozenset(form.getlist("teams"))
    chosen = frozenset({ALL_TEAMS}) if ALL_TEAMS in chosen else chosen & teams.keys()
    faults = {}
    if not 0 < len(name) <= LONGEST_NAME:
        faults["name"] = "people.fault_name"
    if not 0 < len(first_name) <= LONGEST_NAME:
        faults["first_name"] = "people.fault_name"
    if len(email) > LONGEST_EMAIL or not is_email(email):
        faults["email"] = "people.fault_email"
    if role not in [*Role]:
        faults["role"] = "people.fault_role"
    elif not chosen and Permission.READ in SPANS[Role(role)].most:
        faults["teams"] = "people.fault_teams"
    language = form.get("language", "")
    return Wished(
        Person(name, first_name, email), role, chosen, language if language in LANGUAGES else LANGUAGES[0], faults
    )


def _form(wished: Wished, status: int, known: Colleague | None = None) -> Response:
    return page(
        "console/colleague.html",
        status,
        wished=wished,
        faults=wished.faults,
        known=known,
        is_own=known is not None and known.id == member().id,
        state=state(known, console().clock.now()) if known else None,
        roles=[*Role],
        teams=console().clinic.teams,
        languages=LANGUAGES,
        all_teams=ALL_TEAMS,
    )


# --------------------------------------------------------------------------------------------------------- one of them


@needs(Permission.PEOPLE)
def new_colleague() -> Response:
    """Ask who is new."""
    return _form(EMPTY, 200)


@needs(Permission.PEOPLE)
def add_colleague() -> Response:
    """Add a member and show their invitation."""
    wished = read_wish(request.form, console().clinic.teams)
    if wished.faults:
        return _form(wished, 422)
    try:
        row = console().book.add(member().actor, wished.person, wished.post)
    except EmailTaken:
        return _form(_with(wished, "email", "people.fault_taken"), 422)
    return _invite(row)


def _with(wished: Wished, name: str, fault: str) -> Wished:
    return Wished(wished.person, wished.role, wished.teams, wished.language, {name: fault})


def _invite(row: UUID) -> Response:
    """Show the one-time link, this once."""
    given = console().entry.invite(member().actor, row)
    known = _known(row)
    if given is None:
        abort(404)
    token, until = given
    link = f"{console().public_url}{url_for('console.invitation')}#{token}"
    return page("console/invited.html", known=known, link=link, until=until)


def _known(row: UUID) -> Colleague:
    known = console().book.colleague(row)
    if known is None:
        abort(404)
    return known


def _wished(known: Colleague) -> Wished:
    post = known.post
    return Wished(known.person, post.role, post.teams, post.language)


@needs(Permission.PEOPLE)
def colleague(row: UUID) -> Response:
    """Show one of them."""
    known = _known(row)
    return _form(_wished(known), 200, known)


@needs(Permission.PEOPLE)
def change_colleague(row: UUID) -> Response:
    """Change who and what somebody is."""
    known, wished = _known(row), read_wish(request.form, console().clinic.teams)
    if wished.faults:
        return _form(wished, 422, known)
    try:
        console().book.change(member().actor, row, wished.person, wished.post)
    except EmailTaken:
        return _form(_with(wished, "email", "people.fault_taken"), 422, known)
    except LastManager:
        return _form(_with(wished, "role", "people.last_manager"), 422, known)
    tell("people.changed", name=wished.person.name)
    return redirect(url_for("console.people"), 303)


@needs(Permission.PEOPLE)
def invite_again(row: UUID) -> Response:
    """Invite somebody anew: their password, phone and recovery codes are void from now on."""
    _not_oneself(row)
    return _invite(row)


@needs(Permission.PEOPLE)
def sign_out(row: UUID) -> Response:
    """End every session of somebody."""
    known = _known(row)
    console().sessions.end_all(member().actor, row)
    if row == member().id:
        return redirect(url_for("console.login"), 303)
    tell("people.signed_out", name=known.person.name)
    return redirect(url_for("console.colleague", row=row), 303)


@needs(Permission.PEOPLE)
def disable(row: UUID) -> Response:
    """Let somebody in no more."""
    _not_oneself(row)
    known = _known(row)
    try:
        console().book.disable(member().actor, row)
    except LastManager:
        tell("people.last_manager", "error")
        return redirect(url_for("console.colleague", row=row), 303)
    tell("people.disabled", name=known.person.name)
    return redirect(url_for("console.people"), 303)


def _not_oneself(row: UUID) -> None:
    if row == member().id:
        abort(403)


# ---------------------------------------------------------------------------------------------------------------- roles


@needs(Permission.PEOPLE)
def roles() -> Response:
    """Show what each role may do, and what of it may be changed."""
    return page("console/roles.html", roles=console().book.roles(), spans=SPANS, permissions=[*Permission])


@needs(Permission.PEOPLE)
def change_role() -> Response:
    """Change what a role may do, within what it must and can."""
    if request.form.get("role") not in [*Role]:
        abort(400)
    role, known = Role(request.form["role"]), {one.value for one in Permission}
    wished = frozenset(Permission(one) for one in request.form.getlist("permissions") if one in known)
    console().book.set_role(member().actor, role, wished)
    tell(f"people.role_kept_{role}")
    return redirect(url_for("console.roles"), 303)
