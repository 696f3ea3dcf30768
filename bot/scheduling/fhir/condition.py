"""Looking at the clinic's FHIR server once, for preflight: what it gives us, what it says of itself, what it knows of the clinic."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.agenda import CalendarUnavailable, NotThere, SlotTaken, Wanted
from bot.clinic import Clinic, FhirNames
from bot.clock import Clock
from bot.preflight import CalendarFacts, Maybe, Silent
from bot.reach import Unreached, ask
from bot.scheduling.fhir.capability import Capability, capability
from bot.scheduling.fhir.connect import WAYS, Reach, absent_names
from bot.scheduling.fhir.scopes import missing
from bot.scheduling.fhir.server import FhirServer, Told
from bot.scheduling.roster import practitioners

NEEDS = {
    "rest": "system/Slot.rsu system/Schedule.r system/Appointment.crus system/Patient.s",
    "ops": "system/Appointment.rsu system/Patient.s",
}
DOES = {
    "rest": (
        *(("Slot", one) for one in ("read", "search-type", "patch")),
        *(("Appointment", one) for one in ("read", "search-type", "create", "patch")),
        ("Patient", "search-type"),
    ),
    "ops": (
        ("Appointment", "read"),
        ("Appointment", "search-type"),
        ("Appointment", "patch"),
        ("Patient", "search-type"),
    ),
}
SEARCHES = {
    "rest": (
        ("Slot", "schedule"),
        ("Slot", "status"),
        ("Slot", "start"),
        ("Appointment", "identifier"),
        ("Patient", "phone"),
    ),
    "ops": (("Appointment", "identifier"), ("Patient", "phone")),
}
AHEAD = timedelta(days=30)
SAYS = {NotThere: "not there", SlotTaken: "refused"}


def condition(reach: Reach, clinic: Clinic, public_url: str, clock: Clock) -> CalendarFacts:
    """Find out what there is to find out; nothing is changed there."""
    unnamed = tuple(f"{path}: {fault}" for path, fault in absent_names(clinic, reach.profile))
    facts = CalendarFacts(
        unnamed=unnamed,
        lacking_rights=tuple(sorted(missing(NEEDS[reach.profile], reach.scope))),
        keys=tuple(key.id for key in reach.keys),
        published=_published(public_url) if reach.keys else frozenset(),
    )
    tokens = reach.tokens()
    server = FhirServer(reach.base_url, tokens)
    try:
        if tokens is not None:
            tokens.token()
    except CalendarUnavailable as refused:
        return replace(facts, token=refused.why)
    try:
        answer = server.read("metadata")
    except (CalendarUnavailable, NotThere, SlotTaken) as fault:
        return replace(facts, silent=_why(fault))
    able = capability(answer.resource or {})
    names = clinic.fhir if not unnamed else None
    return replace(
        facts,
        skew_s=_skew_s(answer, clock.now()),
        fhir_version=able.fhir_version,
        undeclared=tuple(_undeclared(able, reach.profile)),
        schedules=tuple(_schedules(server, names)) if names and reach.profile == "rest" else (),
        services=tuple(_services(server, names, clinic, reach.profile, clock.now())) if names else (),
    )


def _published(public_url: str) -> Maybe[frozenset[str]]:
    try:
        answer = ask("GET", f"{public_url}/.well-known/jwks.json", within_s=10.0)
    except Unreached as fault:
        return Silent(fault.why)
    try:
        keys = json.loads(answer.body)["keys"] if answer.status == 200 else []
        return frozenset(str(key["kid"]) for key in keys)
    except (ValueError, KeyError, TypeError, RecursionError):
        return Silent("what is published there is no set of keys")


def _skew_s(answer: Told, now: datetime) -> float | None:
    try:
        return (parsedate_to_datetime(str(answer.date)) - now).total_seconds() if answer.date else None
    except (ValueError, TypeError):
        return None


def _undeclared(able: Capability, profile: str) -> Iterator[str]:
    yield from (f"{kind} {does}" for kind, does in DOES[profile] if not able.does(kind, does))
    yield from (f"{kind}?{name}" for kind, name in SEARCHES[profile] if not able.searches(kind, name))
    if profile == "ops":
        have = able.operations.get("Appointment", frozenset())
        yield from (f"Appointment/${name}" for name in ("find", "hold", "book") if name not in have)


def _schedules(server: FhirServer, names: FhirNames) -> Iterator[tuple[str, str]]:
    """Yield the schedules that are not there, or not in use."""
    for (who, place), id in names.schedules.items():
        try:
            told = server.read(f"Schedule/{id}").resource or {}
        except (CalendarUnavailable, NotThere, SlotTaken) as fault:
            yield f"{who}, {place}", _why(fault)
            continue
        if told.get("resourceType") != "Schedule" or told.get("active") is False:
            yield f"{who}, {place}", "not a schedule in use"


def _services(
    server: FhirServer, names: FhirNames, clinic: Clinic, profile: str, now: datetime
) -> Iterator[tuple[str, str]]:
    """Yield the services of which nothing is free in the next weeks: the type may be another there."""
    way = WAYS[profile](server, names)
    for service in names.services:
        people = frozenset(one.id for one in practitioners(clinic, service))
        try:
            found = next(iter(way.offered(Wanted(service, now, now + AHEAD), people)), None)
        except (CalendarUnavailable, NotThere, SlotTaken) as fault:
            yield service, _why(fault)
            continue
        if found is None:
            yield service, "nothing is free in the next 30 days"


def _why(fault: Exception) -> str:
    return fault.why if isinstance(fault, CalendarUnavailable) else SAYS[type(fault)]
