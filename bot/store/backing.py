"""What every part of the store stands on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.store.database import Database
from bot.store.sealed import Seals


@dataclass(frozen=True)
class Backing:
    """The database, the keys, and the desk's clock."""

    database: Database
    seals: Seals
    now: Callable[[], datetime]
