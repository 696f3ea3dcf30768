"""FHIR R4 resources and our words for them: pure, both ways; only what most servers share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import phonenumbers

from bot.agenda import By, Patient, Slot, Wanted
from bot.clinic import FhirNames as Names

Resource = Mapping[str, Any]

CANCELLATION = "http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason"
BY_WHOM: Mapping[By, str] = {"patient": "pat", "staff": "prov"}  # its codes that say no more than who it was
WHY = {"mistake": "oth-err"}  # the reasons of ours it has a code for; no other one says anything about anybody's health
NOT_STANDING = ("cancelled", "noshow", "entered-in-error")


def instant(value: object) -> datetime | None:
    """Return an instant in UTC; None for what is none (FHIR's instants carry a zone)."""
    try:
        read = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return read.astimezone(UTC) if read.tzinfo is not None else None


def reference(value: object) -> str:
    """Return the `Type/id` of a reference on our server, without its version.

    Empty for what is none, and for one to another server: an address of ours was taken off when it was read.
    """
    told = value.get("reference") if isinstance(value, Mapping) else None
    kind, _, id = str(told or "").split("/_history/")[0].partition("/")
    return f"{kind}/{id}" if kind.isascii() and kind.isalpha() and is_id(id) else ""


def is_id(value: object) -> bool:
    """Tell whether something can be the id of a resource; it becomes part of an address."""
    return isinstance(value, str) and re.fullmatch(r"(?!\.+$)[A-Za-z0-9.-]{1,64}", value) is not None


def slot_query(names: Names, wanted: Wanted, practitioners: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Return what to search Slots for: both bounds always, one parameter of each kind but them."""
    schedules = [
        f"Schedule/{id}" for (who, place), id in names.schedules.items() if _fits(who, place, wanted, practitioners)
    ]
    service = names.services.get(wanted.service)
    query = [("schedule", ",".join(sorted(schedules))), ("status", "free")]
    query += [("service-type", service)] if service else []
    return (*query, ("start", f"ge{_told(wanted.since)}"), ("start", f"lt{_told(wanted.until)}"), ("_count", "100"))


def has_schedule(names: Names, wanted: Wanted, practitioners: frozenset[str]) -> bool:
    """Tell whether the server keeps a schedule of anybody who could give this."""
    is_known = wanted.service in names.services
    return is_known and any(_fits(who, place, wanted, practitioners) for who, place in names.schedules)


def slot_of(resource: Resource, names: Names, wanted: Wanted) -> Slot | None:
    """Return a slot that is free and wanted; None for any other: servers ignore what they do not know, and send all."""
    start, end = instant(resource.get("start")), instant(resource.get("end"))
    found = {f"Schedule/{id}": key for key, id in names.schedules.items()}.get(reference(resource.get("schedule")))
    is_known = wanted.service in names.services
    if (
        not is_known
        or start is None
        or end is None
        or found is None
        or resource.get("status") != "free"
        or not is_id(resource.get("id"))
    ):
        return None
    practitioner, place = found
    is_wanted = wanted.since <= start < wanted.until and _is_of(resource, names.services.get(wanted.service))
    if not is_wanted or wanted.practitioner not in (None, practitioner) or wanted.place not in (None, place):
        return None
    return Slot(f"Slot/{resource['id']}", wanted.service, practitioner, place, start, end)


def find_query(names: Names, wanted: Wanted, practitioners: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Return what to ask `$find` for (IHE ITI-115)."""
    fitting = [key for key in names.schedules if _fits(*key, wanted, practitioners)]
    people = sorted({names.practitioners[who] for who, _ in fitting if who in names.practitioners})
    places = sorted({names.places[place] for _, place in fitting if place in names.places})
    service = names.services.get(wanted.service)
    query = [("start", _told(wanted.since)), ("end", _told(wanted.until))]
    query += [("practitioner", one) for one in people] + [("location", one) for one in places]
    return (*query, *([("service-type", service)] if service else []))


def held_query(names: Names, slot: Slot) -> tuple[tuple[str, str], ...]:
    """Return what to search Appointments for that are held at the time of a slot (IHE ITI-118)."""
    query = [("status", "pending"), ("date", f"ge{_told(slot.start)}"), ("date", f"lt{_told(slot.end)}")]
    who = names.practitioners.get(slot.practitioner)
    return (*query, *([("practitioner", who)] if who else []))


def actors_of(resource: Resource) -> frozenset[str]:
    """Return who and what takes part in an Appointment: `Type/id` each."""
    told = (one.get("actor") for one in _list(resource.get("participant")) if isinstance(one, Mapping))
    return frozenset(map(reference, told)) - {""}


def proposed_slot(resource: Resource, names: Names, wanted: Wanted) -> Slot | None:
    """Return what an Appointment proposes, if that is wanted; None for anything else."""
    start, end = instant(resource.get("start")), instant(resource.get("end"))
    if start is None or end is None or resource.get("status") != "proposed" or not is_id(resource.get("id")):
        return None
    actors = actors_of(resource)
    found = [
        (who, place)
        for who, place in names.schedules
        if names.practitioners.get(who) in actors and names.places.get(place) in actors
    ]
    if len(found) != 1 or wanted.service not in names.services:
        return None
    practitioner, place = found[0]
    is_wanted = wanted.since <= start < wanted.until and _is_of(resource, names.services[wanted.service])
    if not is_wanted or wanted.practitioner not in (None, practitioner) or wanted.place not in (None, place):
        return None
    return Slot(f"Appointment/{resource['id']}", wanted.service, practitioner, place, start, end)


def appointment_for(slot: Slot, patient_id: str, key: UUID, names: Names) -> dict[str, Any]:
    """Return the Appointment to be created: our identifier, exactly one slot, exactly one patient (Oracle Health asks so)."""
    service = names.services.get(slot.service)
    resource: dict[str, Any] = {
        "resourceType": "Appointment",
        "status": "booked",
        "identifier": [{"system": names.identifiers, "value": str(key)}],
        "slot": [{"reference": slot.id}],
        "start": _told(slot.start),
        "end": _told(slot.end),
        "participant": [{"actor": {"reference": patient_id}, "status": "accepted"}],
    }
    if service:
        system, _, code = service.rpartition("|")
        resource["serviceType"] = [{"coding": [{"system": system, "code": code} if system else {"code": code}]}]
    return resource


def cancellation(reason: str | None, by: By) -> Resource | None:
    """Return why an Appointment is cancelled, as far as FHIR has a word for it; None: there is nothing to say."""
    code = WHY.get(reason or "") or BY_WHOM.get(by)
    return None if code is None else {"coding": [{"system": CANCELLATION, "code": code}]}


def is_standing(resource: Resource) -> bool:
    """Tell whether an Appointment takes its time."""
    return resource.get("status") not in NOT_STANDING


def patient_of(resource: Resource) -> Patient | None:
    """Return whom a Patient resource is about: the first given name, and the birth date where it is whole."""
    if not is_id(resource.get("id")) or resource.get("active") is False:
        return None
    given = next(_given(resource), "")
    return Patient(f"Patient/{resource['id']}", given, _day(resource.get("birthDate")))


def phone_query(wa_id: str) -> tuple[tuple[str, str], ...]:
    """Return what to search Patients for: one number, in the ways in which it is written most often."""
    return (("phone", ",".join(_spellings(wa_id))), ("_count", "50"))


def has_phone(resource: Resource, wa_id: str) -> bool:
    """Tell whether a Patient has a number, however it is written: a server that ignores the parameter sends anybody."""
    told = (one.get("value") for one in _list(resource.get("telecom")) if isinstance(one, Mapping))
    digits = {"".join(letter for letter in str(value) if letter.isdigit()).removeprefix("00") for value in told}
    return not digits.isdisjoint(spelling.removeprefix("+").removeprefix("00") for spelling in _spellings(wa_id))


def _spellings(wa_id: str) -> tuple[str, ...]:
    """Return `+39...`, `39...`, `0039...`, and as it is dialled in its own country."""
    try:
        number = phonenumbers.parse(f"+{wa_id}")
    except phonenumbers.NumberParseException:
        return (f"+{wa_id}", wa_id)
    home = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    dialled = "".join(letter for letter in home if letter.isdigit())
    return tuple(dict.fromkeys((f"+{wa_id}", wa_id, f"00{wa_id}", dialled)))


def _given(resource: Resource) -> Iterator[str]:
    for name in _list(resource.get("name")):
        yield from (str(given) for given in _list(name.get("given") if isinstance(name, Mapping) else None) if given)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _fits(who: str, place: str, wanted: Wanted, practitioners: frozenset[str]) -> bool:
    return who in practitioners and wanted.place in (None, place)


def _is_of(resource: Resource, service: str | None) -> bool:
    """Tell whether a slot is of a service; one that names no type at all takes any."""
    types = [coding for concept in _list(resource.get("serviceType")) for coding in _codings(concept)]
    return service is None or not types or service in types


def _codings(concept: object) -> Iterator[str]:
    for coding in _list(concept.get("coding") if isinstance(concept, Mapping) else None):
        if isinstance(coding, Mapping):
            yield "|".join(str(coding[part]) for part in ("system", "code") if coding.get(part))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _told(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
