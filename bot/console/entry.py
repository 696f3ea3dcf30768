"""Signing in and out: e-mail and password, the code, and the first time the invitation and the second factor."""

from __future__ import annotations

from urllib.parse import urlsplit

import segno
from flask import Blueprint, current_app, g, redirect, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from bot import credentials
from bot.console import guard
from bot.console.frame import Console, anybody, console, everybody, halfway, member, page, session
from bot.entry import Busy
from bot.staff import Permission, Stage

# Where a member begins, by what they may do.
HOMES = (
    ("queue", Permission.READ),
    ("audit", Permission.AUDIT),
    ("figures", Permission.FIGURES),
    ("people", Permission.PEOPLE),
)


def register(routes: Blueprint, console: Console) -> None:
    """Add the pages."""
    routes.add_url_rule("/", "home", home, methods=["GET"])
    routes.add_url_rule("/login", "login", login, methods=["GET"])
    routes.add_url_rule("/login", "check_password", check_password, methods=["POST"])
    routes.add_url_rule("/code", "code", code, methods=["GET"])
    routes.add_url_rule("/code", "check_code", check_code, methods=["POST"])
    routes.add_url_rule("/invitation", "invitation", invitation, methods=["GET"])
    routes.add_url_rule("/invitation", "accept", accept, methods=["POST"])
    routes.add_url_rule("/enrol", "enrol", enrol, methods=["GET"])
    routes.add_url_rule("/enrol", "check_enrolment", check_enrolment, methods=["POST"])
    routes.add_url_rule("/logout", "logout", logout, methods=["POST"])


@everybody
def home() -> Response:
    """Lead a member to where their work begins."""
    for name, permission in HOMES:
        if member().may(permission) and f"console.{name}" in current_app.view_functions:
            return redirect(url_for(f"console.{name}"), 303)
    return redirect(url_for("console.account"), 303)


# ------------------------------------------------------------------------------------------------------------ every time


@anybody
def login() -> Response:
    """Ask for e-mail and password."""
    if g.session is not None and g.session.stage is Stage.FULL:
        return redirect(url_for("console.home"), 303)
    return page("console/login.html", next=guard.local(request.args.get("next"), ""), email="", fault=None)


@anybody
def check_password() -> Response:
    """Check e-mail and password; what is wrong with them is not said."""
    given, wanted = request.form, guard.local(request.form.get("next"), "")
    email = given.get("email", "")[:254]
    try:
        let = console().entry.password(email, given.get("password", ""), guard.address())
    except Busy:
        return page("console/login.html", 503, next=wanted, email=email, fault="entry.busy")
    if let is None:
        return page("console/login.html", 401, next=wanted, email=email, fault="entry.refused")
    return guard.let(console(), let, redirect(url_for("console.code", next=wanted or None), 303))


@halfway(Stage.CODE)
def code() -> Response:
    """Ask for the code."""
    return page("console/code.html", next=guard.local(request.args.get("next"), ""), fault=None)


@halfway(Stage.CODE)
def check_code() -> Response:
    """Check the code, and let the member in."""
    wanted = guard.local(request.form.get("next"), "")
    let = console().entry.code(session(), request.form.get("code", "")[:40], guard.address())
    if let is None:
        return page("console/code.html", 401, next=wanted, fault="entry.code_refused")
    return guard.let(console(), let, redirect(wanted or url_for("console.home"), 303))


@everybody
def logout() -> Response:
    """End the session."""
    console().sessions.end(session().id)
    return guard.take_cookies(redirect(url_for("console.login"), 303), console())


# -------------------------------------------------------------------------------------------------------- the first time


@anybody
def invitation() -> Response:
    """Ask for a password; the invitation's token is behind the # of its address, where no log sees it."""
    return page("console/invitation.html", token="", fault=None, shortest=credentials.SHORTEST)


@anybody
def accept() -> Response:
    """Set the password of whoever was invited."""
    token = request.form.get("invitation", "").strip().rpartition("#")[2][:100]
    fault, status = "entry.not_invited", 401
    try:
        let = console().entry.accept(token, request.form.get("password", ""))
        if let is not None:
            return guard.let(console(), let, redirect(url_for("console.enrol"), 303))
    except ValueError:
        fault, status = "entry.bad_password", 422
    except Busy:
        fault, status = "entry.busy", 503
    return page("console/invitation.html", status, token=token, fault=fault, shortest=credentials.SHORTEST)


@halfway(Stage.ENROL)
def enrol() -> Response:
    """Show the secret of the second factor, as a picture and in letters."""
    return _enrolment(200, None)


@halfway(Stage.ENROL)
def check_enrolment() -> Response:
    """Keep the second factor once a code proves it, and show the recovery codes, this once."""
    enrolled = console().entry.enrol(session(), g.token, request.form.get("code", "")[:40], guard.address())
    if enrolled is None:
        return _enrolment(401, "entry.code_refused")
    shown = page("console/recovery.html", codes=enrolled.recovery, is_new=True)
    return guard.let(console(), enrolled.let, shown)


def _enrolment(status: int, fault: str | None) -> Response:
    secret = console().entry.factor(g.token)
    known = console().book.colleague(member().id)
    email = known.person.email if known else ""
    says = credentials.uri(secret, email, f"{console().clinic.name} ({urlsplit(console().public_url).hostname})")
    groups = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return page("console/enrol.html", status, picture=_picture(says), secret=groups, fault=fault)


def _picture(says: str) -> Markup:
    """Return a QR code as SVG, dark on white whatever the page's colours, with no style of its own for the policy to refuse."""
    code = segno.make(says, error="m", micro=False)
    return Markup(code.svg_inline(scale=5, border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr"))
