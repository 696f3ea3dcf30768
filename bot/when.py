"""Which day a patient means, as a calendar asks for it. What the words mean is read in `menus/when.py`."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from menus.when import Meant, meant

__all__ = ["Meant", "instants", "meant"]


def instants(days: Meant, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return when those days begin and end on the clinic's clock, in UTC, for `bot.agenda.Wanted`."""
    return _midnight(days.since, zone), _midnight(days.until, zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
