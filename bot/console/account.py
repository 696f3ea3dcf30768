"""One's own account: password, recovery codes, signing out everywhere."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from bot import credentials
from bot.console import guard
from bot.console.frame import Console, console, everybody, member, page, session, tell
from bot.console.texts import LANGUAGES
from bot.entry import Busy
from bot.staff import Told


def register(routes: Blueprint, console: Console) -> None:
    """Add the pages."""
    routes.add_url_rule("/account", "account", account, methods=["GET"])
    routes.add_url_rule("/account/password", "change_password", change_password, methods=["POST"])
    routes.add_url_rule("/account/recovery", "renew_recovery", renew_recovery, methods=["POST"])
    routes.add_url_rule("/account/language", "change_language", change_language, methods=["POST"])
    routes.add_url_rule("/account/elsewhere", "end_elsewhere", end_elsewhere, methods=["POST"])


_FIXED = {"shortest": credentials.SHORTEST, "languages": LANGUAGES}


@everybody
def account() -> Response:
    """Show who one is and what one may change."""
    return _shown(200, {})


def _shown(status: int, faults: dict[str, str]) -> Response:
    left = console().book.recovery_left(member().id)
    known = console().book.colleague(member().id)
    return page("console/account.html", status, left=left, known=known, faults=faults, **_FIXED)


@everybody
def change_password() -> Response:
    """Change one's password; every other session ends."""
    given = request.form
    try:
        let = console().entry.change_password(session(), given.get("old", ""), given.get("new", ""), guard.address())
    except Busy:
        return _shown(503, {"old": "entry.busy"})
    except ValueError:
        return _shown(422, {"new": "entry.bad_password"})
    if let is None:
        return _shown(401, {"old": "account.old_refused"})
    renewed = console().sessions.find(let.token)
    if renewed is not None:
        console().sessions.tell(renewed.id, (Told("done", "account.password_changed"),))
    return guard.let(console(), let, redirect(url_for("console.account"), 303))


@everybody
def renew_recovery() -> Response:
    """Show new recovery codes, this once."""
    codes = console().entry.renew_recovery(session(), request.form.get("code", "")[:40], guard.address())
    if codes is None:
        return _shown(401, {"code": "entry.code_refused"})
    return page("console/recovery.html", codes=codes, is_new=False)


@everybody
def change_language() -> Response:
    """Change the language of one's own pages."""
    known, wished = console().book.colleague(member().id), request.form.get("language", "")
    if known is None or wished not in LANGUAGES:
        abort(400)
    console().book.change(member().actor, member().id, known.person, replace(known.post, language=wished))
    return redirect(url_for("console.account"), 303)


@everybody
def end_elsewhere() -> Response:
    """End every other session of one's own."""
    console().sessions.end_all(member().actor, member().id, but=session().id)
    tell("account.ended_elsewhere")
    return redirect(url_for("console.account"), 303)
