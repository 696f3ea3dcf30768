"""The worker as the demo runs it: the same worker, on a clock that the phone's page can move."""

from __future__ import annotations

import os
from pathlib import Path

from bot.clock import MovedClock
from bot.settings import Settings
from worker import main

if __name__ == "__main__":
    main(Settings.from_env(os.environ), clock=MovedClock(Path(os.environ["SPORTELLO_CLOCK"])))
