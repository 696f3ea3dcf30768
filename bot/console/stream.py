"""What tells an open page that something changed: server-sent events for a few, a small question each ten seconds for the others.

The page then asks for its part, which is checked and audited like any page.
"""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, abort, jsonify, request

from bot.console import guard
from bot.console.events import Version
from bot.console.frame import Console, console, needs
from bot.console.queue import asker
from bot.staff import Permission


def register(routes: Blueprint, console: Console) -> None:
    """Add the streams and the questions."""
    one = "/conversations/<uuid:conversation_id>"
    for path, name, view in (
        ("/queue/stream", "queue_stream", queue_stream),
        ("/queue/version", "queue_version", queue_version),
        (f"{one}/stream", "conversation_stream", conversation_stream),
        (f"{one}/version", "conversation_version", conversation_version),
    ):
        routes.add_url_rule(path, name, view, methods=["GET"])
        guard.QUIET.add(f"console.{name}")


def streamed(version: Version) -> Response:
    """Answer with the events of a stream; no room: the page asks by itself."""
    known = request.headers.get("Last-Event-ID") or request.args.get("since")
    events = console().streams.open(version, known)
    if events is None:
        return Response(status=503, headers={"Retry-After": "10"})
    return Response(events, mimetype="text/event-stream", headers={"X-Accel-Buffering": "no"})


@needs(Permission.READ)
def queue_stream() -> Response:
    """Tell when the member's queue has changed."""
    counter, staff = console().counter, asker()
    return streamed(lambda: counter.queue_version(staff))


@needs(Permission.READ)
def queue_version() -> Response:
    """Return the version of the member's queue."""
    return jsonify({"version": console().counter.queue_version(asker())})


@needs(Permission.READ)
def conversation_stream(conversation_id: UUID) -> Response:
    """Tell when a conversation has changed."""
    counter, staff = console().counter, asker()
    if counter.chat_version(staff, conversation_id) is None:
        abort(404)
    return streamed(lambda: counter.chat_version(staff, conversation_id))


@needs(Permission.READ)
def conversation_version(conversation_id: UUID) -> Response:
    """Return the version of a conversation."""
    version = console().counter.chat_version(asker(), conversation_id)
    if version is None:
        abort(404)
    return jsonify({"version": version})
