"""The staff: who they are, what they may do, how they get in; for whoever may change that."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from bot.console.frame import Console, console, needs, page
from bot.staff import Permission


def register(routes: Blueprint, console: Console) -> None:
    """Add the pages."""
    routes.add_url_rule("/people", "people", people, methods=["GET"])


@needs(Permission.PEOPLE)
def people() -> Response:
    """Show everybody."""
    return page("console/people.html", colleagues=console().book.colleagues())
