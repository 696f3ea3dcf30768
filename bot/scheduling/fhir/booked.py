"""Appointments on a FHIR server, whichever way they are made: found by our key, read, cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID

from bot.agenda import CalendarUnavailable, NotThere, SlotTaken
from bot.clinic import FhirNames as Names
from bot.scheduling.fhir.resources import Resource, instant, is_id, is_standing, reference
from bot.scheduling.fhir.server import FhirServer

FREE, TENTATIVE, BUSY = "free", "busy-tentative", "busy"
EARLIEST, LATEST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


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


def rank(resource: Resource, system: str) -> tuple[datetime, bool, str]:
    """Order Appointments of one slot the same way in every process: the first one made stays.

    Where nobody knows when one was made, and of two made at once, the one that carries no identifier of ours (`system`) does:
    its patient was told already, ours was not.
    """
    is_ours = any(one.get("system") == system for one in _identifiers(resource))
    made = _made(resource) or (LATEST if is_ours else EARLIEST)
    return made, is_ours, str(resource.get("id"))


def _made(resource: Resource) -> datetime | None:
    """Return when something was made; None: nobody knows. When it was last changed tells it of a first version only."""
    version = _meta(resource).get("versionId")
    return instant(resource.get("created")) or (updated(resource) if version == "1" else None)


def updated(resource: Resource) -> datetime | None:
    """Return when something was last changed, by the server's clock; None: it does not say."""
    return instant(_meta(resource).get("lastUpdated"))


def cancel(server: FhirServer, foreign_id: str, why: Resource | None = None) -> Resource:
    """Cancel an Appointment and return it as it was found: standing, or cancelled already; empty if it is gone.

    Where somebody changed it between our look and our word, we look once more.
    """
    for _ in range(2):
        try:
            told = server.read(foreign_id)
        except NotThere:
            return {}
        found = told.resource or {}
        try:
            if is_standing(found):
                done = server.patch(foreign_id, {"status": "cancelled"}, told.etag)
                _explain(server, foreign_id, why, done.etag)
        except SlotTaken:
            continue
        return found
    raise CalendarUnavailable("not_cancelled")


def _explain(server: FhirServer, foreign_id: str, why: Resource | None, etag: str | None) -> None:
    """Say why it was cancelled, by a word of its own: a server that does not take this has cancelled it all the same."""
    with suppress(SlotTaken, NotThere, CalendarUnavailable):
        if why is not None:
            server.patch(foreign_id, {}, etag, {"cancelationReason": why})


def slots_of(resource: Resource) -> tuple[str, ...]:
    """Return the ids of the slots an Appointment has or had."""
    slots = resource.get("slot")
    return tuple(filter(None, map(reference, slots if isinstance(slots, list) else ())))


def is_named(resource: Resource, key: UUID) -> bool:
    """Tell whether it is ours indeed: servers that do not know a parameter ignore it, and send whatever they have."""
    return any(one.get("value") == str(key) for one in _identifiers(resource))


def _identifiers(resource: Resource) -> tuple[Resource, ...]:
    named = resource.get("identifier")
    return tuple(one for one in named if isinstance(one, Mapping)) if isinstance(named, list) else ()


def _meta(resource: Resource) -> Resource:
    meta = resource.get("meta")
    return meta if isinstance(meta, Mapping) else {}
