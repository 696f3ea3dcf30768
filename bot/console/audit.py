"""The auditor's page: who did what, newest first, and how far the chain of seals is whole. That it is read is a row of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from babel.dates import format_datetime
from flask import Blueprint, abort, request, stream_with_context, url_for
from werkzeug.wrappers import Response

from bot.console.frame import Console, console, language, member, needs, page
from bot.staff import Permission, Role
from bot.trail import READ, STAFF, TAKEN, Asked, Entry

ROWS = 50
CHECKED = 300  # seals of which the page proves that they are whole; all of them: `flask audit verify`
WRITTEN = 1000  # rows of a file read at a time
OTHERS = "others"  # machines, commands, strangers
FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would reckon out: owasp.org, CSV Injection
# What is offered to choose from; whatever else stands in the audit is shown by its own name.
ACTIONS = (
    *("read", "read_queue", "read_spam", "search", "open_file", "conversation_export", "export", READ, TAKEN),
    *("claim", "reply", "note", "label", "assign", "pass_on", "close", "queue_close", "rescue", "erase"),
    *("read_calendar", "visit_booked", "visit_moved", "visit_cancelled", "visit_arrived", "visit_fulfilled"),
    *("visit_noshow", "visit_reopened", "override_rule", "block_time", "unblock_time", "open_hours", "close_hours"),
    *("feed_made", "feed_revoked"),
    *("read_reminders", "reminder_told", "templates_push", "baseline_set"),
    *("sign_in", "sign_out", "sign_in_locked", "sessions_ended", "password_set", "factor_enrolled"),
    *("recovery_used", "recovery_renewed", "staff_added", "staff_invited", "staff_changed", "staff_disabled"),
    *(f"role_changed_{role}" for role in Role),
    *("retention_begun", "retention_run", "rotate_keys"),
)


def register(routes: Blueprint, console: Console) -> None:
    """Add the pages."""
    routes.add_url_rule("/audit", "audit", audit, methods=["GET"])
    routes.add_url_rule("/audit/rows", "audit_rows", audit_rows, methods=["GET"])
    routes.add_app_template_filter(to_the_second)
    routes.add_app_template_filter(as_counts)


@dataclass(frozen=True, slots=True)
class Filter:
    """What was chosen, as it stands in the address; empty: everything."""

    who: str = ""
    what: str = ""
    day: str = ""


@needs(Permission.AUDIT)
def audit() -> Response:
    """Show a page of rows; the reading is noted first, so that it stands among them."""
    chosen, after = _filter(), _after()
    asked = _asked(chosen)
    console().audit.note(member().actor, READ)
    entries = console().trail.page(asked, after, ROWS + 1)
    more = entries[ROWS - 1].id if len(entries) > ROWS else None
    return page(
        "console/audit.html",
        entries=entries[:ROWS],
        names=_names(),
        actions=ACTIONS,
        others=OTHERS,
        staff=STAFF,
        chosen=chosen,
        checked=console().chain.check(last=CHECKED),
        newest=_address("audit", chosen) if after else None,
        older=_address("audit", chosen, more) if more else None,
        rows=_address("audit_rows", chosen),
    )


@needs(Permission.AUDIT)
def audit_rows() -> Response:
    """Give the rows that were chosen as a file, all of them; noted before the first."""
    chosen = _filter()
    asked = _asked(chosen)
    console().audit.note(member().actor, TAKEN)
    name = f"audit-{chosen.day or 'all'}.csv"
    headers = {"Content-Disposition": f"attachment; filename={name}", "X-Content-Type-Options": "nosniff"}
    lines = stream_with_context(_written(asked, _names()))
    return Response(lines, headers=headers, content_type="text/csv; charset=utf-8")


def _filter() -> Filter:
    return Filter(*(request.args.get(name, "").strip()[:80] for name in ("who", "what", "day")))


def _address(name: str, chosen: Filter, after: UUID | None = None) -> str:
    return url_for(
        f"console.{name}", who=chosen.who or None, what=chosen.what or None, day=chosen.day or None, after=after
    )


def _after() -> UUID | None:
    try:
        return UUID(request.args["after"]) if "after" in request.args else None
    except ValueError:
        abort(400)


def _asked(chosen: Filter) -> Asked:
    """Return what is asked of the store; a day is the clinic's."""
    asked = Asked(
        actor=chosen.who if chosen.who and chosen.who != OTHERS else None,
        not_staff=chosen.who == OTHERS,
        action=chosen.what or None,
    )
    if not chosen.day:
        return asked
    try:
        day = date.fromisoformat(chosen.day)
        return replace(asked, since=_midnight(day), until=_midnight(day + timedelta(days=1)))
    except (ValueError, OverflowError):
        abort(400)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=console().clinic.zone)


def _names() -> Mapping[str, str]:
    """Return the name of each member by what the audit calls them."""
    return {f"{STAFF}{one.id}": one.person.name for one in console().book.colleagues()}


# ------------------------------------------------------------------------------------------------------------ the file


def _written(asked: Asked, names: Mapping[str, str]) -> Iterator[str]:
    yield _line(("at", "actor", "name", "action", "table", "id", "counts"))
    after: UUID | None = None
    while entries := console().trail.page(asked, after, WRITTEN):
        yield "".join(_line(_cells(entry, names)) for entry in entries)
        after = entries[-1].id


def _cells(entry: Entry, names: Mapping[str, str]) -> tuple[str, ...]:
    table, row = entry.subject or ("", "")
    name = names.get(entry.actor, "")
    return (entry.at.isoformat(), entry.actor, name, entry.action, table, str(row), as_counts(entry.counts))


def _line(cells: tuple[str, ...]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow([f"'{cell}" if cell.startswith(FORMULAS) else cell for cell in cells])
    return written.getvalue()


# ----------------------------------------------------------------------------------------------------------- in words


def to_the_second(at: datetime) -> str:
    """Return a time on the clinic's clock, with its second: the chain has one link each."""
    return format_datetime(at, "d MMM y, HH:mm:ss", tzinfo=console().clinic.zone, locale=language())


def as_counts(counts: Mapping[str, int]) -> str:
    """Return what was counted, and leave out what was none of it."""
    return ", ".join(f"{name} {count}" for name, count in counts.items() if count)
