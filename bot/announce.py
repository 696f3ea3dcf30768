"""What the desk itself says, outside any flow: each prompt with the values its wording needs. Pure."""

from __future__ import annotations

from datetime import datetime

from bot.clinic import Clinic, is_open, opens_at
from menus.model import Localized, Prompt, Value

FALLBACK_TEAM = "reception"


def plain(key: str) -> Prompt:
    """Return a prompt that needs no values."""
    return Prompt(f"desk/{key}")


def welcome(clinic: Clinic) -> Prompt:
    """Say what answers here, what it cannot do, and how a person is reached."""
    return _prompt("desk/welcome", clinic=clinic.name, emergency_number=_emergency_number(clinic))


def decline(clinic: Clinic, key: str) -> Prompt:
    """Say that something cannot be read (`cannot_read`, `voice`)."""
    return _prompt(f"desk/{key}", emergency_number=_emergency_number(clinic))


def waiting(clinic: Clinic, key: str, team_id: str | None, now: datetime) -> Prompt:
    """Say that a person has the conversation, who, and when they read (`queued_ack`, `handed_on`, `sorry_handed` ...)."""
    team = clinic.teams.get(team_id or FALLBACK_TEAM) or clinic.teams[FALLBACK_TEAM]
    opens = opens_at(clinic, team.id, now)
    return _prompt(
        f"desk/{key}",
        team=team.name,
        open=is_open(clinic, team.id, now),
        opens_at=opens.astimezone(clinic.zone) if opens else "",
        today=now.astimezone(clinic.zone).date(),
        phone=team.phone,
        emergency_number=_emergency_number(clinic),
    )


def taken_over(clinic: Clinic, team_id: str | None, first_name: str) -> Prompt:
    """Say which person writes from now on."""
    team = clinic.teams.get(team_id or FALLBACK_TEAM) or clinic.teams[FALLBACK_TEAM]
    return _prompt("desk/taken_over", first_name=first_name, team=team.name)


def emergency(clinic: Clinic) -> Prompt:
    """The fixed text of an emergency."""
    return _prompt("safety/emergency", emergency_number=_emergency_number(clinic))


def distress(clinic: Clinic) -> Prompt:
    """The fixed text of somebody in distress, with a helpline where the clinic's file names one."""
    line = next((line for line in clinic.emergency.helplines if line.kind == "distress"), None)
    return _prompt(
        "safety/distress",
        emergency_number=_emergency_number(clinic),
        helpline_name=line.name if line else "",
        helpline_phone=line.phone if line else "",
        helpline_hours=line.hours if line else "",
    )


def soft(clinic: Clinic) -> Prompt:
    """The one line that goes before the normal way."""
    return _prompt("safety/soft", emergency_number=_emergency_number(clinic))


def identifier_cut(clinic: Clinic) -> Prompt:
    """Say that something was cut, why, and where to enter it."""
    portal = f"https://{clinic.portal_hosts[0]}" if clinic.portal_hosts else ""
    return _prompt("safety/identifier_cut", portal=portal)


def _emergency_number(clinic: Clinic) -> str:
    return clinic.emergency.numbers[0]


def _prompt(key: str, **values: Value | Localized) -> Prompt:
    return Prompt(key, tuple(values.items()))
