"""The hour where a phone is at home, known where all of its country (or of its area code) shows the same one.

A guess about its owner, who may live next to the clinic: it may delay what the clinic begins, and never keeps it from being said.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from phonenumbers.timezone import UNKNOWN_TIMEZONE, time_zones_for_number

SEASONS = (datetime(2026, 1, 15, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC))


def home_of(wa_id: str | None) -> ZoneInfo | None:
    """Return the zone of a phone's home; None: it has several, or there is no number (a person known by their user id alone)."""
    if wa_id is None:
        return None
    try:
        number = phonenumbers.parse(f"+{wa_id}")
    except phonenumbers.NumberParseException:
        return None
    return _shared(tuple(time_zones_for_number(number)))


@cache
def _shared(names: tuple[str, ...]) -> ZoneInfo | None:
    """Return the first of these zones if they show one time, in winter and in summer; None also for one this machine lacks."""
    try:
        zones = [ZoneInfo(name) for name in names if name != UNKNOWN_TIMEZONE]
    except ZoneInfoNotFoundError:
        return None
    clocks = {tuple(at.astimezone(zone).utcoffset() for at in SEASONS) for zone in zones}
    return zones[0] if len(clocks) == 1 else None
