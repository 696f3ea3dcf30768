"""Appointments on a FHIR server, whichever way they are made: found by our key, read, cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from bot.agenda import CalendarUnavailable, NotThere, SlotTaken
from bot.clinic import FhirNames as Names
from bot.scheduling.fhir.resources import Resource, is_id, is_standing, reference
from bot.scheduling.fhir.server import FhirServer

FREE, TENTATIVE, BUSY = "free", "busy-tentative", "busy"


def identifier(names: Names, key: UUID) -> Mapping[str, str]:
    """Return our own name of what a tap has begun."""
    return {"system": names.identifiers, "value": str(key)}


def by_key(server: FhirServer, names: Names, key: UUID) -> Resource | None:
    """Return the standing Appointment our key names there; None: there is none."""
    query = (("identifier", f"{names.identifiers}|{key}"), ("_count", "10"))
    return next((one for one in server.search("Appointment", query) if is_standing(one) and is_named(one, key)), None)


def reference_of(resource: Resource) -> str:
    """Return `Type/id` of a resource itself. Raise CalendarUnavailable for one that has no id of FHIR's."""
    if not is_id(resource.get("id")):
        raise CalendarUnavailable("no_id")
    return f"{resource.get('resourceType')}/{resource.get('id')}"


def age(resource: Resource) -> tuple[str, str]:
    """Order Appointments of one slot the same way in every process: the first one made stays."""
    meta = resource.get("meta")
    made = meta.get("lastUpdated") if isinstance(meta, Mapping) else None
    return str(made or "9"), str(resource.get("id"))


def cancel(server: FhirServer, foreign_id: str) -> tuple[str, ...]:
    """Cancel an Appointment; cancelled already, or gone, is cancelled. Return the ids of the slots it had.

    Where somebody changed it between our look and our word, we look once more.
    """
    for _ in range(2):
        try:
            told = server.read(foreign_id)
        except NotThere:
            return ()
        resource = told.resource or {}
        try:
            if is_standing(resource):
                server.patch(foreign_id, {"status": "cancelled"}, told.etag)
        except SlotTaken:
            continue
        slots = resource.get("slot")
        return tuple(filter(None, map(reference, slots if isinstance(slots, list) else ())))
    raise CalendarUnavailable("not_cancelled")


def is_named(resource: Resource, key: UUID) -> bool:
    """Tell whether it is ours indeed: servers that do not know a parameter ignore it, and send whatever they have."""
    named = resource.get("identifier")
    listed = named if isinstance(named, list) else []
    return any(isinstance(one, Mapping) and one.get("value") == str(key) for one in listed)
