"""What was changed on the clinic's FHIR server by others: asked for every minute, written into the diary once.

A server that can tell what changed since a time is asked just that, with our own identifiers; all we know is compared now and
then all the same, since nobody tells of what was deleted. Of any other server all we know is asked, some at once.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from bot.agenda import Appointment, AppointmentStatus, CalendarUnavailable, NotThere
from bot.clinic import FhirNames as Names
from bot.clock import Clock
from bot.elsewhere import Bookmark, Elsewhere, Seen
from bot.scheduling.fhir.capability import Capability, capability_of
from bot.scheduling.fhir.resources import Resource, actors_of, instant, reference
from bot.scheduling.fhir.server import FhirServer

log = logging.getLogger("sportello.calendar")

PAST = timedelta(hours=26)  # who came, and who did not, is often written down at the end of the day, or on the next
OVERLAP = timedelta(minutes=2)  # what a server commits late it may date early
COMPARE = timedelta(minutes=30)
AT_ONCE = 30
MOST_GONE = 3  # more, and half of all, are not deleted at once: another server answers, or we may not see them any more
CAPABLE_S = 3600.0
STATUS = {
    "cancelled": AppointmentStatus.CANCELLED,
    "entered-in-error": AppointmentStatus.CANCELLED,
    "noshow": AppointmentStatus.NOSHOW,
    "arrived": AppointmentStatus.ARRIVED,
    "checked-in": AppointmentStatus.ARRIVED,
    "fulfilled": AppointmentStatus.FULFILLED,
}


class Changes:
    """Ask, compare, note. Any number of processes may do so at once: what is noted already changes nothing."""

    def __init__(self, server: FhirServer, names: Names, diary: Elsewhere, clock: Clock) -> None:
        self._server = server
        self._names = names
        self._diary = diary
        self._clock = clock
        self._capability: Capability | None = None
        self._asked_at = 0.0

    def poll(self) -> int:
        """Note what was changed there; return how many appointments. Raise CalendarUnavailable: then the bookmark stays."""
        now, mark = self._clock.now(), self._diary.bookmark()
        known = {one.foreign_id: one for one in self._diary.standing(now - PAST) if one.foreign_id is not None}
        is_whole = mark.until is None or mark.compared_at is None or now - mark.compared_at >= COMPARE
        if is_whole or not self._can_tell():
            found, gone = self._each(tuple(known))
            mark = Bookmark(_latest(found, mark.until), now)
        else:
            assert mark.until is not None
            found, gone = self._since(mark.until - OVERLAP), ()
            mark = Bookmark(_latest(found, mark.until), mark.compared_at)
        count = sum(self._note(known[id], seen) for id, seen in self._seen(found, gone, known))
        self._diary.move_bookmark(mark)
        return count

    # ------------------------------------------------------------------------------------------------------------ asking

    def _can_tell(self) -> bool:
        """Tell whether the server can be asked for what changed since; it is asked about itself once an hour."""
        if self._capability is None or time.monotonic() - self._asked_at > CAPABLE_S:
            self._capability = capability_of(self._server)
            self._asked_at = time.monotonic()
        return self._capability.searches("Appointment", "_lastUpdated", "identifier")

    def _since(self, since: datetime) -> Sequence[Resource]:
        told = since.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        query = (("_lastUpdated", f"ge{told}"), ("identifier", f"{self._names.identifiers}|"), ("_count", "100"))
        return tuple(self._server.search("Appointment", query))

    def _each(self, ids: Sequence[str]) -> tuple[Sequence[Resource], tuple[str, ...]]:
        """Return what is there of these, and the ids of what is not there any more."""
        found: dict[str, Resource] = {}
        for first in range(0, len(ids), AT_ONCE):
            batch = ",".join(id.removeprefix("Appointment/") for id in ids[first : first + AT_ONCE])
            for one in self._server.search("Appointment", (("_id", batch), ("_count", str(AT_ONCE)))):
                found[f"Appointment/{one.get('id')}"] = one
        absent = [id for id in ids if id not in found]
        gone = []
        for id in absent:  # a server that cannot search by id gives none: each is asked for by itself
            resource = self._read(id)
            if resource is None:
                gone.append(id)
            else:
                found[id] = resource
        if len(gone) > MOST_GONE and 2 * len(gone) > len(ids):
            raise CalendarUnavailable("all_gone")
        return tuple(found.values()), tuple(gone)

    def _read(self, id: str) -> Resource | None:
        try:
            return self._server.read(id).resource or {}
        except NotThere:
            return None

    # ------------------------------------------------------------------------------------------------------------ noting

    def _seen(
        self, found: Iterable[Resource], gone: Iterable[str], known: Mapping[str, Appointment]
    ) -> Iterator[tuple[str, Seen]]:
        for id in gone:
            yield id, Seen(id, AppointmentStatus.CANCELLED)
        for resource in found:
            id = reference({"reference": f"Appointment/{resource.get('id')}"})
            if id in known:
                yield id, self._as_seen(known[id], resource)

    def _as_seen(self, ours: Appointment, resource: Resource) -> Seen:
        start, end = instant(resource.get("start")), instant(resource.get("end"))
        if start is None or end is None or end <= start:
            start = end = None
        who, where = self._actors(resource)
        if (start, end) not in ((None, None), (ours.start, ours.end)) and who is None:
            who, where = self._of_schedule(resource, where)
        status = STATUS.get(str(resource.get("status")))
        return Seen(str(ours.foreign_id), status, start, end, who, where)

    def _actors(self, resource: Resource) -> tuple[str | None, str | None]:
        """Return with whom and where, as far as its participants are people and places of the clinic's file."""
        actors = actors_of(resource)
        who = next((id for id, known in self._names.practitioners.items() if known in actors), None)
        return who, next((id for id, known in self._names.places.items() if known in actors), None)

    def _of_schedule(self, resource: Resource, where: str | None) -> tuple[str | None, str | None]:
        """Return with whom and where by the schedule of its slot; as it was, if that is none of ours."""
        slots = resource.get("slot")
        slot_id = reference(slots[0]) if isinstance(slots, list) and slots else ""
        slot = self._read(slot_id) if slot_id.startswith("Slot/") else None
        schedule = reference((slot or {}).get("schedule")).removeprefix("Schedule/")
        found = next((names for names, id in self._names.schedules.items() if id == schedule), None)
        return found or (None, where)

    def _note(self, ours: Appointment, seen: Seen) -> bool:
        changed = self._diary.note(ours.id, seen)
        if changed is not None:
            told = {"appointment": str(changed.id), "revision": changed.revision, "status": str(changed.status)}
            log.info("changed elsewhere", extra=told)
        return changed is not None


def _latest(found: Iterable[Resource], until: datetime | None) -> datetime | None:
    """Return when the last change known was made, by the server's clock: ours may differ."""
    metas = (one.get("meta") for one in found)
    told = (instant(meta.get("lastUpdated")) for meta in metas if isinstance(meta, Mapping))
    return max((*(one for one in told if one is not None), *(() if until is None else (until,))), default=None)
