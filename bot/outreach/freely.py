"""What a notice says in free words, while the customer service window is open: time, place, code, and three buttons at most.

Never a service, a doctor or anything about health; a first name only where the clinic's file says `privacy: named`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from bot.clinic import Clinic
from bot.notices import Kind, Notice
from bot.ports import Wording
from menus.model import Choice, Prompt, Value

WISHES: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        Kind.REMINDER_7D: ("confirm", "move", "cancel"),
        Kind.REMINDER_72H: ("confirm", "move", "cancel"),
        Kind.REMINDER_24H: ("confirm", "move", "cancel"),
        Kind.BOOKED: ("way", "move", "cancel"),
        Kind.MOVED: ("confirm", "move", "cancel"),
        Kind.CANCELLED: ("book",),
        Kind.OFFER: ("accept", "decline"),
    }
)

OURS = {
    "day": "notice_day",
    "time": "notice_time",
    "place": "notice_place",
}  # in flows these names are of what is picked


def freely(clinic: Clinic, notice: Notice) -> Wording:
    """Return a notice in free words with its quick replies; they come back to `bot/turn.py`."""
    choices = tuple(Choice(notice.tap(wish), wish) for wish in wishes_of(notice))
    values = tuple((OURS.get(name, name), value) for name, value in values_of(clinic, notice).items())
    return Wording((Prompt(f"desk/{notice.kind}", values, choices),))


def wishes_of(notice: Notice) -> tuple[str, ...]:
    """Return what can be tapped; who has said that they come is asked nothing, and shown the way."""
    if notice.kind is Kind.REMINDER_24H and notice.is_confirmed:
        return ("way", "move", "cancel")
    return WISHES[notice.kind]


def values_of(clinic: Clinic, notice: Notice) -> Mapping[str, Value]:
    """Return what the words are filled with; no name where the clinic is strict."""
    place = clinic.places.get(notice.place)
    return {
        "first_name": notice.first_name if clinic.privacy == "named" else "",
        "place": f"{place.name}, {place.street}" if place else clinic.name,
        "code": notice.code,
        "is_confirmed": notice.is_confirmed,
        **_clock(clinic, "", notice.names_at),
        **(_clock(clinic, "until_", notice.until) if notice.until else {}),
    }


def _clock(clinic: Clinic, prefix: str, at: datetime) -> Mapping[str, Value]:
    local = at.astimezone(clinic.zone)
    return {f"{prefix}day": local.date(), f"{prefix}time": local.time().replace(tzinfo=None)}
