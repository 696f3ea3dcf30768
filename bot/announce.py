"""What the desk itself says, outside any flow: each prompt with the values its wording needs. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from statistics import median

from bot.clinic import Clinic, is_open, opens_at
from bot.ports import FALLBACK_TEAM as FALLBACK_TEAM
from bot.ports import Ahead
from menus.model import Localized, Prompt, Value

ENOUGH = 5  # waits of this week, before what is usual is said


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


def your_place(clinic: Clinic, team_id: str, ahead: Ahead, now: datetime) -> Prompt | None:
    """Say how many wait before, and how long one usually waits this week; None: nobody is there now, or the team is gone."""
    if team_id not in clinic.teams or not is_open(clinic, team_id, now):
        return None
    return _prompt("desk/your_place", ahead=ahead.place - 1, usual_minutes=_usual_minutes(clinic, team_id, ahead))


def _usual_minutes(clinic: Clinic, team_id: str, ahead: Ahead) -> int:
    """Return the median of this week's waits that began while somebody was there, in minutes; 0: too few to tell."""
    waits = [seconds for began, seconds in ahead.waits if is_open(clinic, team_id, began)]
    if len(waits) < ENOUGH:
        return 0
    minutes = max(1, round(median(waits) / 60))
    return minutes if minutes <= 10 else -(-minutes // 5) * 5  # nobody knows it to the minute


def without_promise(prompt: Prompt, place: Prompt) -> Prompt:
    """Leave out the wait the clinic's file promises where this week's own is said."""
    if not dict(place.values).get("usual_minutes"):
        return prompt
    return replace(prompt, values=tuple((k, 0 if k == "answer_minutes" else v) for k, v in prompt.values))


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
