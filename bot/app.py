"""create_app, and the `flask` commands an operator runs. The only module of the web that reads the environment."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from flask import Flask, Response, jsonify, redirect, request

from bot import console, feeds, visits
from bot.booking.files import CalendarFiles
from bot.client_key import ClientKey
from bot.clock import Clock, SystemClock
from bot.commands import preflight, register
from bot.console.events import Streams
from bot.figures import Figures, may_read
from bot.logs import configure
from bot.ports import Health, StoreUnavailable
from bot.settings import Settings
from bot.store.schema import is_current
from bot.webhook import Door, blueprint
from bot.wiring import Built, build, reading

PUBLISHED_S = 300  # so long a new key may not be known: the one before it signs as long as it is not
MAX_POST = 4 * 1024 * 1024  # Meta sends up to 3 MB
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def create_app(settings: Settings | None = None, clock: Clock | None = None) -> Flask:
    """Return the web application; its threads are started by `gunicorn.conf.py`, not here. Raise SettingsError."""
    if settings is None and _is_preflight(sys.argv):
        return _bare()
    configure()
    clock = clock or SystemClock()
    return serve(build(settings or Settings.from_env(os.environ), clock, "web"), clock)


def serve(built: Built, clock: Clock) -> Flask:
    """Return the web application of a desk that is built."""
    settings = built.settings
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=MAX_POST, SECRET_KEY=settings.secret_key)
    app.extensions["sportello"] = built
    figures = Figures(built.watch, built.house.clinic, clock, built.audit, built.notices)
    reads = reading(settings, clock)
    door = Door(settings.whatsapp_verify_token, reads.is_signed, reads.read, built.desk, built.pool, figures)
    app.register_blueprint(blueprint(door))
    app.register_blueprint(visits.blueprint(_files(built, clock)))
    app.register_blueprint(feeds.blueprint(feeds.FeedDoor(built.feeds, built.house.clinic, clock)))
    _serve(app, "/healthz", _healthz)
    _serve(app, "/readyz", lambda: _readyz(built, figures))
    _serve(app, "/metrics", lambda: _metrics(built, figures))
    app.add_url_rule("/.well-known/jwks.json", "jwks", lambda: _published(built.settings.client_keys), methods=["GET"])
    _serve_console(app, built, clock)
    _harden(app)
    register(app, built)
    app.cli.add_command(preflight(os.environ))
    return app


def _is_preflight(argv: Sequence[str]) -> bool:
    """Tell `flask ... preflight` from every other start."""
    return "flask" in argv[0] and "preflight" in argv[1:]


def _bare() -> Flask:
    """Return an application that serves nothing: preflight must run where the settings or files stop the desk's start."""
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.cli.add_command(preflight(os.environ))
    return app


def _files(built: Built, clock: Clock) -> visits.Files:
    """Return what the page of patients' calendar files needs."""
    addresses = CalendarFiles(built.settings.public_url, built.settings.secret_key)
    return visits.Files(addresses, built.diary.appointment, built.house.clinic, clock)


def _serve_console(app: Flask, built: Built, clock: Clock) -> None:
    """Serve the staff's pages; the bare address leads there."""
    settings = built.settings
    console.serve(
        app,
        console.Console(
            public_url=settings.public_url,
            secret_key=settings.secret_key,
            clinic=built.house.clinic,
            clock=clock,
            texts=console.load_texts(),
            desk=built.desk,
            house=built.house,
            counter=built.counter,
            records=built.records,
            daybook=built.daybook,
            feeds=built.feeds,
            timetable=built.reception,
            reception=built.reception if _is_ours(built) else None,
            hand=built.pool.submit,
            streams=Streams(),
            media=built.media,
            templates=built.templates,
            approvals=built.approvals,
            notices=built.notices,
            books=built.books,
            attendance=built.attendance,
            callers=built.attendance,
            entry=built.entry,
            book=built.book,
            sessions=built.sessions,
            audit=built.audit,
            trail=built.audit,
            chain=built.chain,
            insights=built.insights,
        ),
    )
    _serve(app, "/", lambda: redirect("/console/"))


def _is_ours(built: Built) -> bool:
    """Tell whether the calendar is kept here: else staff change it in the clinic's own system (`docs/decisions/0036`)."""
    return built.house.booking is not None and built.house.booking.place == "ours"


def _serve(app: Flask, path: str, view: Callable[[], Any]) -> None:
    app.add_url_rule(path, path.strip("/") or "start", view, methods=["GET"])


def _harden(app: Flask) -> None:
    """Have every answer forbid what a page of ours never does."""

    @app.after_request
    def forbid(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)  # the console allows what its pages need
        return response


def _published(keys: Sequence[ClientKey]) -> Response:
    """Publish the public halves of the keys by which a clinic's system knows the desk; whoever has them may keep them a while."""
    if not keys:
        return Response(status=404)
    response = jsonify({"keys": [dict(key.published()) for key in keys]})
    response.headers["Cache-Control"] = f"public, max-age={PUBLISHED_S}"
    return response


def _healthz() -> Response:
    """Say that the process answers; nothing else is asked."""
    return Response("ok\n", mimetype="text/plain")


def _metrics(built: Built, figures: Figures) -> Response:
    if not _may_read(built):
        return Response(status=401, headers={"WWW-Authenticate": "Bearer"})
    return Response(figures.shown(), mimetype="text/plain")


def _may_read(built: Built) -> bool:
    return may_read(request.headers.get("Authorization"), built.settings.secret_key)


def _readyz(built: Built, figures: Figures) -> tuple[Response, int]:
    """Say whether patients can be answered: 503 only for what stops a tap from being answered.

    What is wrong, and with whom, is told to whoever has the token.
    """
    try:
        is_migrated = is_current(built.database)
        told = {"ready": is_migrated, "worker": built.watch.is_alive("worker")}
        if _may_read(built):
            told |= _details(is_migrated, figures.health())
    except StoreUnavailable:
        away = {"database": "away"} if _may_read(built) else {}
        return jsonify({"ready": False, "worker": False} | away), 503
    return jsonify(told), 200 if is_migrated else 503


def _details(is_migrated: bool, health: Health) -> dict[str, Any]:
    return {
        "database": "up" if is_migrated else "not migrated: run the release command (db-upgrade)",
        "oldest_open_s": health.oldest_open_s,
        "queued": health.queued,
        "alarms": [{"cause": a.cause, "subject": a.subject, "times": a.count} for a in health.alarms],
    }
