"""Feeds of the calendar for practitioners' own programs: made, listed and revoked by whoever looks after people."""

from __future__ import annotations

from uuid import UUID, uuid4

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from bot.console.calendar_acts import form_key, reception
from bot.console.frame import Console, console, member, needs, page, tell
from bot.console.queue import names
from bot.staff import Permission


def register(routes: Blueprint, console: Console) -> None:
    """Add the pages."""
    routes.add_url_rule("/calendar/feeds", "calendar_feeds", feeds, methods=["GET"])
    routes.add_url_rule("/calendar/feeds", "calendar_feed_make", make, methods=["POST"])
    routes.add_url_rule("/calendar/feeds/<uuid:feed_id>/revoke", "calendar_feed_revoke", revoke, methods=["POST"])


@needs(Permission.CALENDAR, Permission.PEOPLE)
def feeds() -> Response:
    """Show who has an address, and since when."""
    reception()
    return _feeds(None)


def _feeds(link: str | None) -> Response:
    people = {one.id: one.name for one in console().clinic.practitioners.values()}
    return page(
        "console/calendar_feeds.html",
        feeds=console().feeds.listed(),
        practitioners=people,
        names=names(),
        key=uuid4(),
        link=link,
    )


@needs(Permission.CALENDAR, Permission.PEOPLE)
def make() -> Response:
    """Make an address and show it, this once."""
    reception()
    who = request.form.get("who", "")
    if who not in console().clinic.practitioners:
        abort(400)
    token = console().feeds.make(member().actor, form_key(), who)
    if token is None:
        tell("calendar.feed_made_already", "warning")
        return redirect(url_for("console.calendar_feeds"), 303)
    return _feeds(f"{console().public_url}{url_for('feeds.feed', token=token)}")


@needs(Permission.CALENDAR, Permission.PEOPLE)
def revoke(feed_id: UUID) -> Response:
    """Close an address for ever."""
    reception()
    is_closed = console().feeds.revoke(member().actor, feed_id)
    tell("calendar.feed_revoked" if is_closed else "calendar.feed_gone", "done" if is_closed else "warning")
    return redirect(url_for("console.calendar_feeds"), 303)
