"""Who gives what, where: read from the clinic's file, the same for every calendar."""

from __future__ import annotations

from bot.agenda import Practitioner, Wanted
from bot.clinic import Clinic
from bot.clinic import Practitioner as Listed


def practitioners(clinic: Clinic, service: str, place: str | None = None) -> tuple[Practitioner, ...]:
    """Return who gives a service, at a place if one is named, in the order of the clinic's file."""
    found = (_practitioner(listed, service) for listed in clinic.practitioners.values())
    return tuple(one for one in found if one.places and (place is None or place in one.places))


def able(clinic: Clinic, wanted: Wanted) -> tuple[Practitioner, ...]:
    """Return who can give what is wanted."""
    found = practitioners(clinic, wanted.service, wanted.place)
    return tuple(one for one in found if wanted.practitioner in (None, one.id))


def _practitioner(listed: Listed, service: str) -> Practitioner:
    """Return somebody with the places where they give a service."""
    places = (shift.place for shift in listed.shifts if service in (shift.services or listed.services))
    return Practitioner(listed.id, listed.name, frozenset(listed.services), frozenset(places))


def given_at(clinic: Clinic, practitioner: str, place: str) -> frozenset[str]:
    """Return which services somebody gives at a place, whenever they are there."""
    listed = clinic.practitioners.get(practitioner)
    if listed is None:
        return frozenset()
    shifts = (shift for shift in listed.shifts if shift.place == place)
    return frozenset(service for shift in shifts for service in shift.services or listed.services)
