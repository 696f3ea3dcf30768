"""What a FHIR server says that it can do: its CapabilityStatement, as far as we use it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.agenda import CalendarUnavailable
from bot.scheduling.fhir.server import FhirServer


@dataclass(frozen=True, slots=True)
class Capability:
    """What a server says of itself. By kind of resource: interactions, search parameters, operations; None for a version untold."""

    fhir_version: str | None
    interactions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    parameters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    operations: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def searches(self, kind: str, *names: str) -> bool:
        """Tell whether a kind can be searched by all of these."""
        return set(names) <= self.parameters.get(kind, frozenset())

    def does(self, kind: str, interaction: str) -> bool:
        """Tell whether it says that it does something with a kind."""
        return interaction in self.interactions.get(kind, frozenset())


def capability_of(server: FhirServer) -> Capability:
    """Ask a server what it can do. Raise CalendarUnavailable."""
    told = server.read("metadata").resource or {}
    if told.get("resourceType") != "CapabilityStatement":
        raise CalendarUnavailable("no_capability")
    return capability(told)


def capability(told: Mapping[str, Any]) -> Capability:
    """Read a CapabilityStatement; what is not as it should be is not there."""
    interactions: dict[str, frozenset[str]] = {}
    parameters: dict[str, frozenset[str]] = {}
    operations: dict[str, frozenset[str]] = {}
    for rest in _maps(told.get("rest")):
        everywhere = _names(rest.get("searchParam"), "name")
        for kind in _maps(rest.get("resource")):
            name = str(kind.get("type"))
            interactions[name] = _names(kind.get("interaction"), "code")
            parameters[name] = _names(kind.get("searchParam"), "name") | everywhere
            operations[name] = frozenset(one.removeprefix("$") for one in _names(kind.get("operation"), "name"))
    version = told.get("fhirVersion")
    return Capability(version if isinstance(version, str) else None, interactions, parameters, operations)


def _names(value: object, key: str) -> frozenset[str]:
    return frozenset(str(one[key]) for one in _maps(value) if isinstance(one.get(key), str))


def _maps(value: object) -> Iterator[Mapping[str, Any]]:
    for one in value if isinstance(value, list) else []:
        if isinstance(one, Mapping):
            yield one
