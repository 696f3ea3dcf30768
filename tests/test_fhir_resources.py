"""What we write to a FHIR server is R4, and what we read of one is only what was asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import jsonschema_rs
import pytest

from bot.agenda import By, Patient, Slot, Wanted
from bot.clinic import FhirNames as Names
from bot.scheduling.fhir.booked import BUSY, FREE, TENTATIVE
from bot.scheduling.fhir.ops import ByOperations
from bot.scheduling.fhir.resources import (
    Resource,
    appointment_for,
    cancellation,
    find_query,
    has_phone,
    instant,
    patient_of,
    phone_query,
    proposed_slot,
    reference,
    slot_of,
    slot_query,
)
from bot.scheduling.fhir.server import FhirServer, Told
from tests import peers

START, END = datetime(2026, 11, 25, 8, tzinfo=UTC), datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
NAMES = Names({("neri", "centro"): "1", ("neri", "fiera"): "2"}, {"cardiology": "urn:t|card", "visit": None}, "urn:s")
WANTED = Wanted("cardiology", START, datetime(2026, 12, 2, tzinfo=UTC))
SLOT = Slot("Slot/9", "cardiology", "neri", "centro", START, END)
KEY = UUID("0192f0c1-0000-7000-8000-000000000001")
RESOURCE = {
    "resourceType": "Slot",
    "id": "9",
    "status": "free",
    "schedule": {"reference": "Schedule/1/_history/3"},
    "start": "2026-11-25T09:00:00+01:00",
    "end": "2026-11-25T09:30:00+01:00",
    "serviceType": [{"coding": [{"system": "urn:t", "code": "card"}]}],
}


@lru_cache(1)
def official() -> jsonschema_rs.Draft6Validator:
    """Return the official R4 schema, as the server's package brings it; two definitions are missing there."""
    peers.installed()
    path = peers.HERE / "node_modules" / "@medplum" / "definitions" / "dist" / "fhir" / "r4" / "fhir.schema.json"
    schema: dict[str, Any] = json.loads(path.read_text("utf-8"))
    for name in ("Resource", "integer64"):
        schema["definitions"].setdefault(name, {})
    return jsonschema_rs.Draft6Validator(schema)


@pytest.mark.parametrize("service", ["cardiology", "visit"])
def test_an_appointment_is_one_of_r4(service: str) -> None:
    made = appointment_for(replace(SLOT, service=service), "Patient/3", KEY, NAMES)

    assert [fault.message for fault in official().iter_errors(made)] == []


def test_the_schema_would_find_a_wrong_one() -> None:
    made = appointment_for(SLOT, "Patient/3", KEY, NAMES)

    assert not official().is_valid({**made, "status": "perhaps"})


@pytest.mark.parametrize(
    ("reason", "by", "code"),
    [
        ("other_plans", "patient", "pat"),
        ("not_needed", "patient", "pat"),
        (None, "patient", "pat"),
        ("mistake", "patient", "oth-err"),
        (None, "staff", "prov"),
    ],
)
def test_why_something_is_cancelled_is_told_in_codes_of_r4(reason: str | None, by: By, code: str) -> None:
    why = cancellation(reason, by)

    system = "http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason"
    gone = {**appointment_for(SLOT, "Patient/3", KEY, NAMES), "status": "cancelled", "cancelationReason": why}
    assert why == {"coding": [{"system": system, "code": code}]}
    assert [fault.message for fault in official().iter_errors(gone)] == []


def test_what_was_cancelled_elsewhere_is_given_no_reason_of_ours() -> None:
    assert cancellation(None, "elsewhere") is None


def test_an_appointment_names_one_slot_one_patient_and_our_key() -> None:
    assert appointment_for(SLOT, "Patient/3", KEY, NAMES) == {
        "resourceType": "Appointment",
        "status": "booked",
        "identifier": [{"system": "urn:s", "value": str(KEY)}],
        "slot": [{"reference": "Slot/9"}],
        "start": "2026-11-25T08:00:00Z",
        "end": "2026-11-25T08:30:00Z",
        "participant": [{"actor": {"reference": "Patient/3"}, "status": "accepted"}],
        "serviceType": [{"coding": [{"system": "urn:t", "code": "card"}]}],
    }


def test_slots_are_asked_for_between_two_bounds() -> None:
    assert slot_query(NAMES, WANTED, frozenset({"neri"})) == (
        ("schedule", "Schedule/1,Schedule/2"),
        ("status", "free"),
        ("service-type", "urn:t|card"),
        ("start", "ge2026-11-25T08:00:00Z"),
        ("start", "lt2026-12-02T00:00:00Z"),
        ("_count", "100"),
    )


def test_a_free_slot_becomes_ours() -> None:
    assert slot_of(RESOURCE, NAMES, WANTED) == SLOT


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "busy"},
        {"id": ""},
        {"start": "2026-11-25T09:00:00"},  # an instant without its zone is none
        {"end": None},
        {"schedule": {"reference": "Schedule/7"}},
        {"schedule": "Schedule/1"},
        {"schedule": {"reference": "https://other.example/R4/Schedule/1"}},
        {"start": "2026-12-02T01:00:00+01:00", "end": "2026-12-02T01:30:00+01:00"},
        {"serviceType": [{"coding": [{"system": "urn:t", "code": "skin"}]}]},
    ],
)
def test_any_other_slot_is_passed_over(wrong: dict[str, object]) -> None:
    assert slot_of(RESOURCE | wrong, NAMES, WANTED) is None


def test_a_slot_that_names_no_service_takes_any() -> None:
    assert slot_of(RESOURCE | {"serviceType": None}, NAMES, WANTED) == SLOT


@pytest.mark.parametrize("wanted", [{"place": "fiera"}, {"practitioner": "riva"}, {"service": "unheard_of"}])
def test_a_slot_that_was_not_asked_for_is_passed_over(wanted: dict[str, str]) -> None:
    assert slot_of(RESOURCE, NAMES, replace(WANTED, **wanted)) is None  # type: ignore[arg-type]


def test_a_reference_is_read_without_its_version_and_only_on_this_server() -> None:
    told = ("Slot/9", "Slot/9/_history/2", "https://other.example/R4/Slot/9", "urn:uuid:1/2", "/Slot/9", "#9", "9", 7)

    assert [reference(one) for one in (*({"reference": one} for one in told), None)] == ["Slot/9"] * 2 + [""] * 7


def test_an_instant_is_told_in_utc() -> None:
    assert (instant("2026-11-25T09:00:00+01:00"), instant("soon"), instant("2026-11-25")) == (START, None, None)


def test_a_patient_is_a_first_name_and_a_whole_birth_date() -> None:
    name = [{"family": "Prova"}, {"given": ["Anna", "Maria"]}]
    found = patient_of({"id": "3", "name": name, "birthDate": "1980-05-03"})

    assert found == Patient("Patient/3", "Anna", date(1980, 5, 3))
    assert patient_of({"id": "3", "name": name, "birthDate": "1980"}) == Patient("Patient/3", "Anna", None)
    assert patient_of({"id": "3", "active": False}) is None


# ----------------------------------------------------------------------------------------------------------- operations

OPS = replace(NAMES, practitioners={"neri": "Practitioner/7"}, places={"centro": "Location/3", "fiera": "Location/4"})
PROPOSED = {
    "resourceType": "Appointment",
    "id": "p1",
    "status": "proposed",
    "start": "2026-11-25T09:00:00+01:00",
    "end": "2026-11-25T09:30:00+01:00",
    "serviceType": [{"coding": [{"system": "urn:t", "code": "card"}]}],
    "participant": [
        {"actor": {"reference": "Practitioner/7"}, "status": "needs-action"},
        {"actor": {"reference": "Location/3"}, "status": "needs-action"},
    ],
}


class Operated(FhirServer):
    """A server that has one appointment held, and notes what it was asked to do."""

    def __init__(self) -> None:
        self.asked: list[Resource] = []
        self.held: Resource = {**PROPOSED, "id": "h1", "status": "pending"}

    def read(self, path: str) -> Told:
        return Told(self.held, None)

    def search(self, kind: str, query: Any, path: str | None = None) -> Iterator[Resource]:
        yield from [self.held] if path is None else [PROPOSED]

    def operate(self, path: str, parameters: Resource) -> tuple[Resource, ...]:
        self.asked.append(parameters)
        for one in parameters["parameter"]:
            self.held = {**one["resource"], "status": "booked"} if "resource" in one else self.held
        return (self.held,)


def test_what_an_operation_is_asked_is_of_r4() -> None:
    server = Operated()
    way = ByOperations(server, OPS)
    slot = replace(SLOT, id="Appointment/p1")

    kept_as = way.keep(slot)
    booked = way.book(slot, kept_as, "Patient/3", KEY)

    assert (kept_as, booked) == ("Appointment/h1", "Appointment/h1")
    assert [fault.message for one in (*server.asked, server.held) for fault in official().iter_errors(one)] == []
    assert server.held["identifier"] == [{"system": "urn:s", "value": str(KEY)}]
    assert server.held["participant"][-1] == {"actor": {"reference": "Patient/3"}, "status": "accepted"}


def test_proposals_are_asked_for_by_person_and_place() -> None:
    assert find_query(OPS, replace(WANTED, place="centro"), frozenset({"neri"})) == (
        ("start", "2026-11-25T08:00:00Z"),
        ("end", "2026-12-02T00:00:00Z"),
        ("practitioner", "Practitioner/7"),
        ("location", "Location/3"),
        ("service-type", "urn:t|card"),
    )


def test_a_proposal_becomes_ours() -> None:
    assert proposed_slot(PROPOSED, OPS, WANTED) == replace(SLOT, id="Appointment/p1")


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "booked"},
        {"id": None},
        {"end": "soon"},
        {"participant": list(PROPOSED["participant"])[:1]},  # with whom, but where?
        {"participant": "Practitioner/7"},
        {"serviceType": [{"coding": [{"code": "skin"}]}]},
        {"start": "2026-12-03T09:00:00Z", "end": "2026-12-03T09:30:00Z"},
    ],
)
def test_any_other_proposal_is_passed_over(wrong: dict[str, object]) -> None:
    assert proposed_slot({**PROPOSED, **wrong}, OPS, WANTED) is None


@pytest.mark.parametrize("status", ["free", "busy-tentative", "busy"])
def test_what_a_slot_is_set_to_is_of_r4(status: str) -> None:
    assert status in (FREE, TENTATIVE, BUSY)
    assert official().is_valid({**RESOURCE, "schedule": {"reference": "Schedule/1"}, "status": status})


# -------------------------------------------------------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    "written", ["+39 333 000 0001", "00393330000001", "333 0000001", "333-000.00.01", "393330000001"]
)
def test_a_number_is_known_however_it_is_written(written: str) -> None:
    assert has_phone({"telecom": [{"system": "phone", "value": written}]}, "393330000001")


@pytest.mark.parametrize(
    "telecom", [None, [], [{"value": "+393330000002"}], [{"value": "anna@example.org"}], ["x"], [{}]]
)
def test_another_number_is_somebody_else(telecom: object) -> None:
    assert not has_phone({"telecom": telecom}, "393330000001")


def test_a_number_is_searched_in_the_ways_it_is_written_most() -> None:
    assert phone_query("393330000001") == (
        ("phone", "+393330000001,393330000001,00393330000001,3330000001"),
        ("_count", "50"),
    )
