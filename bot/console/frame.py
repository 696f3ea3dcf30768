"""What every page of the console stands on: who may open it, how it is rendered, what the next page tells.

A page is a function marked with who may open it; one without a mark is opened to nobody.

    @needs(Permission.READ)
    def queue() -> str:
        return page("console/queue.html", waiting=...)
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from babel.dates import format_datetime
from flask import Blueprint, current_app, g, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from bot.approvals import Approvals
from bot.attendance import Attendance
from bot.clinic import Clinic
from bot.clock import Clock
from bot.console.events import Streams
from bot.console.texts import LANGUAGES, Texts
from bot.counter import Counter
from bot.daybook import Daybook, Feeds, Reception, Timetable
from bot.desk import FrontDesk, Hand
from bot.entry import Entry
from bot.insight import Insights
from bot.message_templates import Template
from bot.notices import Notices
from bot.outreach.books import Books
from bot.ports import Audit, MediaStore, Records
from bot.reminding import Callers
from bot.staff import Member, Permission, Session, Sessions, StaffBook, Stage, Told
from bot.trail import Chain, Trail
from bot.turn import House
from menus.model import Localized

STATIC = Path(__file__).parent / "static"
FIELD = "form_token"

# What the navigation shows, in this order: the endpoint, its text, and what it needs. Pages that are not there are left out.
NAVIGATION: tuple[tuple[str, str, Permission | None], ...] = (
    ("queue", "frame.queue", Permission.READ),
    ("calendar", "frame.calendar", Permission.CALENDAR),
    ("reminders", "frame.reminders", Permission.CALENDAR),
    ("search", "frame.search", Permission.SEARCH),
    ("spam", "frame.spam", Permission.SPAM),
    ("canned", "frame.canned", Permission.CANNED),
    ("figures", "frame.figures", Permission.FIGURES),
    ("audit", "frame.audit", Permission.AUDIT),
    ("people", "frame.people", Permission.PEOPLE),
    ("account", "frame.account", None),
)


@dataclass(frozen=True)
class Console:
    """What the pages need to know and to call. `wiring` joins it; a page asks nobody else."""

    public_url: str
    clinic: Clinic
    clock: Clock
    texts: Texts
    desk: FrontDesk
    house: House
    counter: Counter
    records: Records
    daybook: Daybook
    feeds: Feeds
    timetable: Timetable
    reception: Reception | None  # None: the calendar is kept in the clinic's own system
    hand: Hand
    streams: Streams
    media: MediaStore
    templates: tuple[Template, ...]
    approvals: Approvals
    notices: Notices
    books: Books
    attendance: Attendance
    callers: Callers
    entry: Entry
    book: StaffBook
    sessions: Sessions
    audit: Audit
    trail: Trail
    chain: Chain
    insights: Insights
    secret_key: str = field(repr=False)


# ---------------------------------------------------------------------------------------------------- who may open a page


@dataclass(frozen=True, slots=True)
class Access:
    """Who may open a page: `stage` None: anybody; else whoever has come so far and has every permission."""

    stage: Stage | None
    permissions: frozenset[Permission] = frozenset()


View = TypeVar("View", bound=Callable[..., Any])


def _mark(access: Access) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.access = access  # type: ignore[attr-defined]
        return view

    return mark


def needs(*permissions: Permission) -> Callable[[View], View]:
    """Open a page to members with all of these permissions; to the others it is not there."""
    return _mark(Access(Stage.FULL, frozenset(permissions)))


def everybody(view: View) -> View:
    """Open a page to every member who is signed in."""
    return _mark(Access(Stage.FULL))(view)


def halfway(stage: Stage) -> Callable[[View], View]:
    """Open a page to whoever is at this stage of signing in."""
    return _mark(Access(stage))


def anybody(view: View) -> View:
    """Open a page to the world."""
    return _mark(Access(None))(view)


def access_of(endpoint: str) -> Access | None:
    """Return who may open a page; None: nobody said so."""
    found: Access | None = getattr(current_app.view_functions.get(endpoint), "access", None)
    return found


# ------------------------------------------------------------------------------------------------------- within a request


def member() -> Member:
    """Return who is signed in. Raise AttributeError on a page open to anybody."""
    found: Member = g.member
    return found


def session() -> Session:
    """Return the session of this request."""
    found: Session = g.session
    return found


def console() -> Console:
    """Return what the pages need."""
    found: Console = current_app.extensions["console"]
    return found


def language() -> str:
    """Return the language of this page: the member's, else what the browser asks for, else the clinic's."""
    if getattr(g, "session", None) is not None and g.member.language in LANGUAGES:
        return str(g.member.language)
    first = console().clinic.languages[0]
    fallback = first if first in LANGUAGES else LANGUAGES[0]
    wished = (tag.partition("-")[0].casefold() for tag in request.accept_languages.values())
    return next((tag for tag in wished if tag in LANGUAGES), fallback)


def text(key: str, /, **values: object) -> str:
    """Return a text in the language of this page."""
    return console().texts.say(language(), key, **values)


def fault_in(faults: Mapping[str, str], name: str) -> str | None:
    """Return what is wrong in a field of a form, worded; None if nothing is."""
    return text(faults[name]) if name in faults else None


def tell(key: str, kind: str = "done", **values: str) -> None:
    """Have the next page tell something: a key of the texts; `kind` is done, warning or error. The member must be signed in."""
    told = (*session().told, Told(kind, key, values))
    console().sessions.tell(session().id, told)


def token_for(secret_key: str, cookie: str) -> str:
    """Return the token that forms carry: bound to the cookie of one session or one visit."""
    return hmac.digest(secret_key.encode(), f"form\x00{cookie}".encode(), "sha256").hex()


def form_token() -> Markup:
    """Return the hidden field of a form."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, g.form_token)


def form_value() -> str:
    """Return what a script sends as `X-Form-Token`."""
    return str(g.form_token)


def page(template: str, status: int = 200, /, **values: Any) -> Response:
    """Return a page; what was to be told is told, once."""
    told = _take_told()
    shown = render_template(template, told=told, **values)
    return Response(shown, status, mimetype="text/html")


def _take_told() -> tuple[Told, ...]:
    found: Session | None = getattr(g, "session", None)
    if found is None or not found.told:
        return ()
    console().sessions.tell(found.id, ())
    return found.told


def localized(words: Localized) -> str:
    """Return a fact of the clinic's file in the language of this page, else in the clinic's first."""
    texts = dict(words.texts)
    return texts.get(language(), words.texts[0][1])


def moment(at: datetime) -> str:
    """Return a time as it is read on the clinic's clock."""
    return format_datetime(at, "d MMM y, HH:mm", tzinfo=console().clinic.zone, locale=language())


def clock_time(at: datetime) -> str:
    """Return the hour and minute on the clinic's clock."""
    return format_datetime(at, "HH:mm", tzinfo=console().clinic.zone, locale=language())


@cache
def _digest(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:16]


def asset(name: str) -> str:
    """Return the address of a file of ours; another content has another address, so that browsers may keep it."""
    return url_for("console.static", filename=name, v=_digest(name))


def navigation() -> list[tuple[str, str, bool]]:
    """Return the pages a member may open: address, text key, whether it is this one."""
    here = (request.endpoint or "").removeprefix("console.")
    return [
        (url_for(f"console.{name}"), key, name == here)
        for name, key, permission in NAVIGATION
        if f"console.{name}" in current_app.view_functions and (permission is None or member().may(permission))
    ]


def prepare(routes: Blueprint) -> None:
    """Give every template of the console what it may use."""
    given: Mapping[str, Any] = {
        "t": text,
        "form_token": form_token,
        "form_value": form_value,
        "fault_in": fault_in,
        "asset": asset,
        "navigation": navigation,
        "Permission": Permission,
    }

    @routes.app_context_processor
    def shared() -> dict[str, Any]:
        values = {"session": getattr(g, "session", None), "member": getattr(g, "member", None)}
        return {**given, **values, "language": language(), "clinic": console().clinic}

    routes.add_app_template_filter(localized)
    routes.add_app_template_filter(moment)
    routes.add_app_template_filter(clock_time)
