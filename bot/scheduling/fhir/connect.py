"""From settings and the clinic's file to the calendar on a FHIR server, in a worker that asks it or a web that must not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.agenda import CalendarUnavailable
from bot.client_key import ClientKey
from bot.clinic import Clinic, ClinicError, Fault, FhirNames
from bot.clock import Clock
from bot.elsewhere import Elsewhere
from bot.scheduling.fhir.calendar import FhirCalendar
from bot.scheduling.fhir.changes import Changes
from bot.scheduling.fhir.ops import ByOperations
from bot.scheduling.fhir.resources import Resource
from bot.scheduling.fhir.rest import ByResources
from bot.scheduling.fhir.server import FhirServer, Told
from bot.scheduling.fhir.tokens import Tokens
from bot.scheduling.fhir.way import Way
from bot.settings import Settings, client_keys

NOT_HERE = "asked_in_the_web"
WAYS: Mapping[str, Callable[[FhirServer, FhirNames], Way]] = {"rest": ByResources, "ops": ByOperations}


class NotAskedHere(FhirServer):
    """The server as the web has it: not asked at all. It opens no connection and gets no token."""

    def __init__(self) -> None:
        """Hold nothing."""

    def read(self, path: str) -> Told:
        """Refuse."""
        raise CalendarUnavailable(NOT_HERE)

    def search(self, kind: str, query: Sequence[tuple[str, str]], path: str | None = None) -> Iterator[Resource]:
        """Refuse."""
        raise CalendarUnavailable(NOT_HERE)

    def create(self, kind: str, resource: Resource, none_exist: str | None = None) -> Told:
        """Refuse."""
        raise CalendarUnavailable(NOT_HERE)

    def patch(
        self,
        path: str,
        changes: Mapping[str, object],
        etag: str | None,
        new: Mapping[str, object] = MappingProxyType({}),
    ) -> Told:
        """Refuse."""
        raise CalendarUnavailable(NOT_HERE)

    def operate(self, path: str, parameters: Resource) -> tuple[Resource, ...]:
        """Refuse."""
        raise CalendarUnavailable(NOT_HERE)


@dataclass(frozen=True, slots=True)
class Reach:
    """How a server is reached."""

    base_url: str
    token_url: str | None
    client_id: str | None
    keys: tuple[ClientKey, ...]
    scope: str
    profile: str

    def tokens(self) -> Tokens | None:
        """Return who gets tokens; None: it is asked without."""
        if self.token_url is None or self.client_id is None or not self.keys:
            return None
        return Tokens(self.token_url, self.client_id, self.keys, self.scope)


def reached(told: Mapping[str, Any]) -> Reach:
    """Return how the settings say that the server is reached; by field, so that preflight can ask before all can be read."""
    keys = client_keys(told)
    return Reach(
        str(told["fhir_base_url"]),
        told.get("fhir_token_url"),
        told.get("fhir_client_id"),
        keys,
        str(told["fhir_scope"]),
        str(told["fhir_profile"]),
    )


def server_of(settings: Settings) -> FhirServer:
    """Return the server the settings name."""
    reach = reached({known.name: getattr(settings, known.name) for known in fields(settings)})
    return FhirServer(reach.base_url, reach.tokens())


def names_of(clinic: Clinic, profile: str, file: Path) -> FhirNames:
    """Return what the server calls things. Raise ClinicError with everything the clinic's file does not say about it."""
    faults = tuple(absent_names(clinic, profile))
    if clinic.fhir is None or faults:
        raise ClinicError(Fault(str(file), 1, path, fault, "add it: docs/clinic-file.md") for path, fault in faults)
    return clinic.fhir


def absent_names(clinic: Clinic, profile: str) -> Iterator[tuple[str, str]]:
    """Yield where in the clinic's file something is missing that this profile needs, and what."""
    names = clinic.fhir
    if names is None:
        yield "fhir", "is missing, but FHIR_BASE_URL names a server"
        return
    if profile == "ops":
        for who in sorted({who for who, _ in names.schedules} - set(names.practitioners)):
            yield "fhir.practitioners", f"{who} is missing, but FHIR_PROFILE is ops"
        for place in sorted({place for _, place in names.schedules} - set(names.places)):
            yield "fhir.places", f"{place} is missing, but FHIR_PROFILE is ops"


@dataclass(frozen=True, slots=True)
class Connected:
    """The calendar on the clinic's server, and who asks there for changes."""

    calendar: FhirCalendar
    changes: Changes
    diary: Elsewhere


def connected(settings: Settings, clinic: Clinic, diary: Elsewhere, clock: Clock, is_asked: bool) -> Connected:
    """Return the calendar; unless the server `is_asked` here, whatever needs it is refused. Raise ClinicError."""
    names = names_of(clinic, settings.fhir_profile, settings.clinic_file)
    server = server_of(settings) if is_asked else NotAskedHere()
    calendar = FhirCalendar(clinic, names, server, diary, clock, WAYS[settings.fhir_profile])
    return Connected(calendar, Changes(server, names, diary, clock), diary)
