"""The clinic's own facts, from one checked file: places, hours, teams, services, insurers, links, numbers."""

from bot.clinic.hours import closes_at, hours_on, is_open, opens_at, team_hours_on
from bot.clinic.load import load_clinic
from bot.clinic.model import (
    Clinic,
    ClinicError,
    ClinicPlace,
    Day,
    Emergency,
    Fault,
    Helpline,
    Hours,
    Insurer,
    Media,
    Opening,
    Prices,
    Retention,
    Service,
    SpecialDays,
    Team,
)

__all__ = [
    "Clinic",
    "ClinicError",
    "ClinicPlace",
    "Day",
    "Emergency",
    "Fault",
    "Helpline",
    "Hours",
    "Insurer",
    "Media",
    "Opening",
    "Prices",
    "Retention",
    "Service",
    "SpecialDays",
    "Team",
    "closes_at",
    "hours_on",
    "is_open",
    "load_clinic",
    "opens_at",
    "team_hours_on",
]
