"""The queue: who waits, for whom and since when; the search by exact number or name; what was kept away as spam."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import phonenumbers
from babel.dates import format_date
from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console import guard
from bot.console.frame import Console, console, language, member, needs, page, tell, text
from bot.counter import QueueRow, Staff
from bot.gate import WINDOW
from bot.ports import NobodyThere
from bot.staff import ALL_TEAMS, Colleague, Member, Permission
from menus.model import Localized

LONGEST_SEARCH = 80
CALENDAR_AWAY = "calendar_away"  # the alarm: why patients write who would have booked by themselves
LATE = timedelta(minutes=10)  # unclaimed for longer than this it is shown as late


def register(routes: Blueprint, console: Console) -> None:
    """Add the pages."""
    routes.add_url_rule("/queue", "queue", queue, methods=["GET"])
    routes.add_url_rule("/queue/part", "queue_part", queue_part, methods=["GET"])
    routes.add_url_rule("/search", "search", search, methods=["GET"])
    routes.add_url_rule("/search", "look_up", look_up, methods=["POST"])
    routes.add_url_rule("/spam", "spam", spam, methods=["GET"])
    routes.add_url_rule("/spam/<uuid:conversation_id>/<uuid:message_id>", "rescue", rescue, methods=["POST"])
    guard.QUIET.add("console.queue_part")
    routes.add_app_template_filter(span)
    routes.add_app_template_filter(calendar_day)
    routes.app_context_processor(lambda: WORDS)


# ----------------------------------------------------------------------------------------------------------- who is asking


def asker(of: Member | None = None) -> Staff:
    """Return the signed-in member as the store and the desk know them: with their teams, never more.

    Who is in every team of the clinic's file also sees what belongs to a team the file does not name any more.
    """
    found = of or member()
    teams = frozenset(console().clinic.teams)
    return Staff(str(found.id), found.first_name, None if found.teams >= teams else found.teams)


def as_staff(colleague: Colleague) -> Staff:
    """Return a colleague as the desk knows them."""
    teams = None if ALL_TEAMS in colleague.post.teams else colleague.post.teams
    return Staff(str(colleague.id), colleague.person.first_name, teams)


def names() -> Mapping[str, str]:
    """Return the first names of all colleagues, by the id under which they hold a conversation."""
    return {str(one.id): one.person.first_name for one in console().book.colleagues()}


# ------------------------------------------------------------------------------------------------------------ in words


def span(length: timedelta) -> str:
    """Return a span of time in the two units that matter: "12 min", "2 h 5 min", "1 d 3 h"."""
    minutes = max(0, int(length.total_seconds())) // 60
    hours, days = minutes // 60, minutes // 1440
    if days > 1:
        return f"{days} {text('queue.days')} {hours % 24} {text('queue.hours')}"
    return (
        f"{hours} {text('queue.hours')} {minutes % 60} {text('queue.minutes')}"
        if hours
        else f"{minutes} {text('queue.minutes')}"
    )


def calendar_day(at: datetime) -> str:
    """Return a day as it is read on the clinic's calendar."""
    return format_date(at.astimezone(console().clinic.zone), "EEEE d MMMM y", locale=language())


def said(key: str, otherwise: str) -> str:
    """Return a text, or the one for what has no text of its own."""
    return text(key if console().texts.has(key) else otherwise)


def has(key: str) -> bool:
    """Tell whether there is such a text."""
    return console().texts.has(key)


def reason(id: str) -> str:
    """Return why a person is asked for, in words."""
    return said(f"queue.reason_{id}", "queue.reason_other")


def tongue(id: str) -> str:
    """Return a language's name."""
    return said(f"queue.language_{id}", "queue.language_other")


def team_name(id: str) -> str:
    """Return a team's name; its id where the clinic's file names it no more."""
    found = console().clinic.teams.get(id)
    return localized(found.name) if found else id


def label_name(id: str) -> str:
    """Return a label's name; its id where the clinic's file names it no more."""
    found = console().clinic.labels.get(id)
    return localized(found) if found else id


def answer_name(id: str) -> str:
    """Return what an answer of the flows is called; its id where nobody named it."""
    key = f"conversation.answer_{id}"
    return text(key) if has(key) else id


def localized(words: Localized) -> str:
    """Return words of the clinic's in the language of the page, or in its first."""
    return dict(words.texts).get(language(), words.texts[0][1])


WORDS = {
    "said": said,
    "has": has,
    "reason": reason,
    "tongue": tongue,
    "team_name": team_name,
    "label_name": label_name,
    "answer_name": answer_name,
}


# -------------------------------------------------------------------------------------------------------------- the queue


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as it is drawn. `left`: what is left of the 24 hours; None: nothing."""

    row: QueueRow
    since: datetime
    holder: str | None
    is_mine: bool
    is_late: bool
    left: timedelta | None


def sorted_out(
    rows: Sequence[QueueRow], staff: Staff, holders: Mapping[str, str], now: datetime
) -> tuple[tuple[Shown, ...], tuple[Shown, ...], tuple[Shown, ...]]:
    """Deal the rows out: who waits for anybody, whom the asker has (those who wait for a word first), whom colleagues have."""
    shown = [_shown(row, staff, holders, now) for row in rows]
    waiting = tuple(one for one in shown if one.row.claimed_by is None)
    mine = sorted((one for one in shown if one.is_mine), key=lambda one: (not one.row.is_urgent, not one.row.waits))
    others = tuple(one for one in shown if one.row.claimed_by is not None and not one.is_mine)
    return waiting, tuple(mine), others


def _shown(row: QueueRow, staff: Staff, holders: Mapping[str, str], now: datetime) -> Shown:
    left = row.last_inbound_at + WINDOW - now if row.last_inbound_at else timedelta(0)
    answer_due = row.last_inbound_at if row.claimed_by and row.waits and row.last_inbound_at else row.opened_at
    return Shown(
        row=row,
        since=answer_due,
        holder=holders.get(row.claimed_by, row.claimed_by) if row.claimed_by else None,
        is_mine=row.claimed_by == staff.id,
        is_late=row.claimed_by is None and now - row.opened_at >= LATE,
        left=left if left > timedelta(0) else None,
    )


@needs(Permission.READ)
def queue() -> Response:
    """Show the queue of the member's teams."""
    console().counter.note_queue_read(asker())
    return page("console/queue.html", **_queue())


@needs(Permission.READ)
def queue_part() -> Response:
    """Return what a live page puts in the place of what changed."""
    console().counter.note_queue_read(asker())
    return Response(render_template("console/queue_part.html", **_queue()), mimetype="text/html")


def _queue() -> dict[str, object]:
    staff, now = asker(), console().clock.now()
    version = console().counter.queue_version(
        staff
    )  # before the rows: a change between the two is shown twice, never missed
    waiting, mine, others = sorted_out(console().counter.queue(staff), staff, names(), now)
    away = console().records.ringing(CALENDAR_AWAY)
    return {"waiting": waiting, "mine": mine, "others": others, "version": version, "now": now, "away": away}


# ------------------------------------------------------------------------------------------------------------- the search


@needs(Permission.READ, Permission.SEARCH)
def search() -> Response:
    """Ask for a number or a name."""
    return page("console/search.html", wanted="", found=None, fault=None)


@needs(Permission.READ, Permission.SEARCH)
def look_up() -> Response:
    """Find by the whole number or the whole name; what was asked for stands in no address and no log."""
    wanted = " ".join(request.form.get("wanted", "").split())[:LONGEST_SEARCH]
    if not wanted:
        return page("console/search.html", 422, wanted="", found=None, fault="queue.search_empty")
    found = console().counter.find(asker(), digits(wanted, console().clinic.country), wanted)
    return page("console/search.html", wanted=wanted, found=found, fault=None)


def digits(wanted: str, country: str) -> str | None:
    """Return a telephone number as WhatsApp spells it, written with or without the country's code; None: it is none."""
    try:
        number = phonenumbers.parse(wanted, country)
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164).removeprefix("+")


# ---------------------------------------------------------------------------------------------------------------- the spam


@needs(Permission.READ, Permission.SPAM)
def spam() -> Response:
    """Show what was kept from the queue."""
    return page("console/spam.html", kept=console().counter.spam(asker()))


@needs(Permission.READ, Permission.SPAM)
def rescue(conversation_id: UUID, message_id: UUID) -> Response:
    """Give a message back to people, by one press."""
    if console().counter.chat_version(asker(), conversation_id) is None:
        abort(404)
    try:
        is_rescued = console().desk.rescue(conversation_id, message_id)
    except NobodyThere:
        abort(404)
    console().audit.note(member().actor, "rescue", ("message", message_id))
    tell("queue.rescued" if is_rescued else "queue.not_spam", "done" if is_rescued else "warning")
    return redirect(url_for("console.spam"), 303)
