"""The web as the demo runs it: the same app, on a clock that the phone's page can move."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask

from bot.app import create_app
from bot.clock import MovedClock
from bot.settings import Settings


def app() -> Flask:
    """Build the app for gunicorn."""
    return create_app(Settings.from_env(os.environ), clock=MovedClock(Path(os.environ["SPORTELLO_CLOCK"])))
