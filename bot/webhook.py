"""The door for Meta: GET proves that it is ours, POST brings messages. Signed or refused; 200 once everything is durable."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Response, request

from bot.background import Pool
from bot.desk import FrontDesk
from bot.figures import Figures
from bot.model import Notification

_SIGNATURE = re.compile(r"sha256=[0-9a-fA-F]{64}\s*")


@dataclass(frozen=True)
class Door:
    """What the webhook needs to know and to call."""

    verify_token: str
    is_signed: Callable[[bytes, str | None], bool]  # the raw bytes and Meta's header
    read: Callable[[bytes], Notification]
    desk: FrontDesk
    pool: Pool
    figures: Figures


def blueprint(door: Door) -> Blueprint:
    """Return the blueprint that serves `/webhook`."""
    routes = Blueprint("webhook", __name__)
    routes.add_url_rule("/webhook", "verify", _verifier(door), methods=["GET"])
    routes.add_url_rule("/webhook", "receive", _receiver(door), methods=["POST"])
    return routes


def _verifier(door: Door) -> Callable[[], Response]:
    def verify() -> Response:
        """Answer Meta's handshake with the bare challenge."""
        asked = request.args
        token = asked.get("hub.verify_token", "").encode()
        is_ours = hmac.compare_digest(token, door.verify_token.encode())
        if asked.get("hub.mode") != "subscribe" or not is_ours:
            return Response(status=403)
        return Response(asked.get("hub.challenge", ""), mimetype="text/plain")

    return verify


def _receiver(door: Door) -> Callable[[], Response]:
    def receive() -> Response:
        """Make durable what Meta brings, then answer; replies are sent after the answer."""
        header = request.headers.get("X-Hub-Signature-256")
        if not _SIGNATURE.fullmatch(header or ""):
            return _refused(door)  # before its body is read; gunicorn.conf.py hangs up
        raw = request.get_data(cache=False)
        if not door.is_signed(raw, header):
            return _refused(door)
        with door.figures.seconds.time():
            return Response(status=_take(door, raw))

    return receive


def _refused(door: Door) -> Response:
    door.figures.refused.inc()
    return Response(status=403)


def _take(door: Door, raw: bytes) -> int:
    notification = door.read(raw)
    door.figures.unreadable.inc(len(notification.unreadable))
    received = door.desk.receive(notification)
    door.pool.submit(received.chores)
    if not received.durable:
        door.figures.unavailable.inc()
        return 503  # Meta repeats it
    return 200
