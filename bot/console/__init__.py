"""The staff's pages: a blueprint under `/console`, rendered here, with small scripts of our own. Its frame is `frame.py`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from flask import Blueprint, Flask
from jinja2 import StrictUndefined

from bot.console import (
    account,
    audit,
    calendar,
    calendar_acts,
    calendar_feeds,
    calendar_hours,
    conversation,
    entry,
    figures,
    guard,
    people,
    queue,
    reminders,
    stream,
)
from bot.console.frame import Console, prepare
from bot.console.texts import Texts, load

TEMPLATES = Path(__file__).parent.parent.parent / "templates"

# Each module of pages registers its own: `register(routes, console)`.
PAGES = (
    entry,
    account,
    people,
    queue,
    conversation,
    calendar,
    calendar_acts,
    calendar_feeds,
    calendar_hours,
    stream,
    figures,
    reminders,
    audit,
)

__all__ = ["Console", "load_texts", "serve"]


@cache
def load_texts() -> Texts:
    """Read what the pages say, once a process. Raise TextError."""
    return load(TEMPLATES / "console" / "texts")


def serve(app: Flask, console: Console) -> None:
    """Serve the console from an application."""
    app.extensions["console"] = console
    # A name that is not there is a fault of ours.
    app.jinja_options = {**app.jinja_options, "undefined": StrictUndefined}
    routes = Blueprint(
        "console", __name__, url_prefix="/console", template_folder=str(TEMPLATES), static_folder="static"
    )
    guard.stand(routes, console)
    prepare(routes)
    for pages in PAGES:
        pages.register(routes, console)
    app.register_blueprint(routes)
