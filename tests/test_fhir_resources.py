"""What we write to a FHIR server is R4, and what we read of one is only what was asked for."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import jsonschema_rs
import pytest

from bot.agenda import Patient, Slot, Wanted
from bot.clinic import FhirNames as Names
from bot.scheduling.fhir.resources import appointment_for, instant, patient_of, reference, slot_of, slot_query
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
    "schedule": {"reference": "https://fhir.example/R4/Schedule/1"},
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


def test_a_reference_is_read_without_its_host_and_version() -> None:
    told = [{"reference": one} for one in ("Slot/9", "https://h.example/R4/Slot/9/_history/2", "9", 7)]

    assert [reference(one) for one in (*told, None)] == ["Slot/9", "Slot/9", "", "", ""]


def test_an_instant_is_told_in_utc() -> None:
    assert (instant("2026-11-25T09:00:00+01:00"), instant("soon"), instant("2026-11-25")) == (START, None, None)


def test_a_patient_is_a_first_name_and_a_whole_birth_date() -> None:
    name = [{"family": "Prova"}, {"given": ["Anna", "Maria"]}]
    found = patient_of({"id": "3", "name": name, "birthDate": "1980-05-03"})

    assert found == Patient("Patient/3", "Anna", date(1980, 5, 3))
    assert patient_of({"id": "3", "name": name, "birthDate": "1980"}) == Patient("Patient/3", "Anna", None)
    assert patient_of({"id": "3", "active": False}) is None
