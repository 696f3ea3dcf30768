"""The door to a practitioner's feed: whoever has the address reads it until it is revoked; wrong and revoked look alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, Response, request

from bot.booking.feeds import tag, write
from bot.clinic import Clinic
from bot.clock import Clock
from bot.daybook import Feeds
from bot.ports import StoreUnavailable

TOKEN = re.compile(r"[\w-]{43}", re.ASCII)
PAST, AHEAD = timedelta(days=30), timedelta(days=180)
AGAIN_S = 60
HEADERS = {"Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex, nofollow, noarchive"}


@dataclass(frozen=True)
class FeedDoor:
    """What the address needs."""

    feeds: Feeds
    clinic: Clinic
    clock: Clock


def blueprint(door: FeedDoor) -> Blueprint:
    """Return the blueprint that serves `/feeds/<token>.ics`."""
    routes = Blueprint("feeds", __name__)

    def feed(token: str) -> Response:
        """Answer with the feed, or that it is what the reader has already."""
        try:
            practitioner = door.feeds.whose(token) if TOKEN.fullmatch(token) else None
            return Response(status=404) if practitioner is None else _answer(door, practitioner)
        except StoreUnavailable:
            return Response(status=503, headers={"Retry-After": str(AGAIN_S)})

    routes.add_url_rule("/feeds/<token>.ics", "feed", feed, methods=["GET"])
    return routes


def _answer(door: FeedDoor, practitioner: str) -> Response:
    now = door.clock.now()
    lines = door.feeds.lines(practitioner, now - PAST, now + AHEAD)
    known = tag(lines)
    if request.if_none_match.contains_weak(known):
        answer = Response(status=304, headers=HEADERS)
    else:
        content = write(lines, door.clinic, now)
        answer = Response(content, content_type="text/calendar; charset=utf-8; method=PUBLISH", headers=HEADERS)
    answer.set_etag(known, weak=True)
    return answer
