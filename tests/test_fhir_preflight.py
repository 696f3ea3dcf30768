"""What preflight says of the clinic's own FHIR server: each fact with its remedy, and a real server looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from bot.checkup import gather
from bot.client_key import ClientKey
from bot.clinic import FhirNames, load_clinic
from bot.clock import FixedClock, SystemClock
from bot.preflight import CalendarFacts, Level, NotAsked, Silent
from bot.preflight.judge_calendar import judge_calendar
from bot.scheduling.fhir.condition import condition
from bot.scheduling.fhir.connect import Reach
from tests.peers import FhirPeer
from tests.test_fhir_server import OtherSide, Said, pem
from tests.test_fhir_settings import EXAMPLE
from tests.test_preflight import anchors

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "fhir.md").read_text("utf-8")
KEY = ClientKey("k1", pem(ec.generate_private_key(ec.SECP384R1())))
SCOPE = "system/Slot.rsu system/Schedule.rs system/Appointment.crus system/Patient.rs"
WELL = CalendarFacts(keys=("k1",), published=frozenset({"k1"}), skew_s=0.4, fhir_version="4.0.1")
OK, WARN, STOP, SKIPPED = Level.OK, Level.WARN, Level.STOP, Level.SKIPPED


def test_where_all_is_well_nothing_is_to_be_done() -> None:
    assert {(found.level, found.remedy, found.link) for found in judge_calendar(WELL)} == {(OK, "", "")}


def test_of_a_calendar_of_our_own_nothing_is_said() -> None:
    assert list(judge_calendar(None)) == []


JUDGED: dict[str, tuple[str, Any, Level, str]] = {
    "a setting that is wrong": ("fhir", NotAsked(("FHIR_BASE_URL",)), SKIPPED, "it needs FHIR_BASE_URL"),
    "no look in time": ("fhir", Silent("no answer in time"), STOP, "no answer in time"),
    "a name that is missing": ("fhir_names", replace(WELL, unnamed=("fhir: is missing",)), STOP, "is missing"),
    "a right that is missing": ("fhir_scope", replace(WELL, lacking_rights=("Slot.u",)), STOP, "Slot.u"),
    "a key that is not published": ("fhir_keys", replace(WELL, published=frozenset()), STOP, "1 of 1 keys"),
    "no web under PUBLIC_URL": ("fhir_keys", replace(WELL, published=Silent("no connection")), STOP, "no connection"),
    "a client nobody knows": ("fhir_token", replace(WELL, token="token_refused"), STOP, "token_refused"),
    "a token for less": ("fhir_token", replace(WELL, token="scope_refused"), STOP, "scope_refused"),
    "no token at all": ("fhir_token", replace(WELL, keys=()), WARN, "without a token"),
    "a server that is away": ("fhir_server", replace(WELL, silent="no_connection"), STOP, "no_connection"),
    "another FHIR": ("fhir_server", replace(WELL, fhir_version="5.0.0"), STOP, "5.0.0"),
    "FHIR of no version": ("fhir_server", replace(WELL, fhir_version=None), STOP, "does not say"),
    "something it does not say": ("fhir_capability", replace(WELL, undeclared=("Slot patch",)), WARN, "Slot patch"),
    "much it does not say": ("fhir_capability", replace(WELL, undeclared=tuple("abcdefgh")), WARN, "and 2 more"),
    "a clock that is late": ("clock_fhir", replace(WELL, skew_s=-9.0), WARN, "by 9 s"),
    "a clock of another hour": ("clock_fhir", replace(WELL, skew_s=3600.0), STOP, "by 3600 s"),
    "a schedule that is gone": (
        "fhir_schedules",
        replace(WELL, schedules=(("neri, centro", "not there"),)),
        STOP,
        "neri",
    ),
    "a service without times": ("fhir_free_times", replace(WELL, services=(("holter", "nothing"),)), WARN, "holter"),
}


@pytest.mark.parametrize("name", JUDGED)
def test_a_fact_is_judged(name: str) -> None:
    check, facts, level, words = JUDGED[name]

    found = [one for one in judge_calendar(facts) if one.check == check]

    assert [(one.level, words in one.says) for one in found] == [(level, True)]
    assert level is SKIPPED or all(one.remedy and one.link for one in found)


def test_the_page_names_every_check_and_has_every_paragraph_that_is_linked() -> None:
    said = [one for _, facts, *_ in JUDGED.values() for one in judge_calendar(facts)]

    assert {one.check for one in said} == set(re.findall(r"^\| `([a-z_]+)` \|", PAGE, re.M))
    assert {one.link for one in said if one.link} <= {f"docs/fhir.md#{anchor}" for anchor in anchors("fhir.md")}


# ---------------------------------------------------------------------------------------------------------- a real server


@pytest.fixture(scope="module")
def peer() -> Iterator[FhirPeer]:
    started = FhirPeer("plain")
    yield started
    started.stop()


@pytest.fixture
def side() -> Iterator[OtherSide]:
    made = OtherSide()
    yield made
    made.stop()


def reach(url: str, **told: Any) -> Reach:
    return replace(Reach(url, None, None, (), SCOPE, "rest"), **told)


def test_a_server_in_order_is_found_in_order_but_for_what_is_not_there(peer: FhirPeer) -> None:
    now = datetime.now(UTC)
    schedule = peer.has("Schedule", actor=[{"reference": f"Practitioner/{peer.has('Practitioner')}"}])
    start = now + timedelta(days=2)
    times = {"start": start.isoformat(), "end": (start + timedelta(minutes=30)).isoformat()}
    peer.has("Slot", schedule={"reference": f"Schedule/{schedule}"}, status="free", **times)
    schedules = {("neri", "centro"): schedule, ("bianchi", "centro"): "gone"}
    names = FhirNames(schedules, {"cardiology": None, "dermatology": None}, "urn:s")
    clinic = replace(load_clinic(EXAMPLE), fhir=names)

    found = condition(reach(peer.url), clinic, "https://desk.example.org", SystemClock())

    assert abs(found.skew_s or 99) < 5
    assert replace(found, skew_s=None) == CalendarFacts(
        fhir_version="4.0.1",
        schedules=(("bianchi, centro", "not there"),),
        services=(("dermatology", "nothing is free in the next 30 days"),),
    )


def test_what_the_clinics_file_and_the_scope_lack_is_found(peer: FhirPeer) -> None:
    found = condition(
        reach(peer.url, scope="system/Slot.rs", profile="ops"),
        load_clinic(EXAMPLE),
        "http://127.0.0.1:9",
        SystemClock(),
    )

    assert found.unnamed == ("fhir: is missing, but FHIR_BASE_URL names a server",)
    assert found.lacking_rights == ("Appointment.r", "Appointment.s", "Appointment.u", "Patient.s")
    assert found.undeclared == ("Appointment/$find", "Appointment/$hold", "Appointment/$book")


def test_without_a_token_nothing_further_is_asked(side: OtherSide) -> None:
    side.says = [Said(body={"keys": [dict(KEY.published())]}), Said(401)]
    where = reach(f"{side.url}/fhir", token_url=f"{side.url}/token", client_id="sportello", keys=(KEY,))

    found = condition(where, load_clinic(EXAMPLE), side.url, SystemClock())

    assert (found.published, found.token) == (frozenset({"k1"}), "token_refused")
    assert [asked.path for asked in side.asked] == ["/.well-known/jwks.json", "/token"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (Said(404), "not there"),
        (Said(500), "broken"),
        (Said(409), "refused"),
        (Said(body=b"<html>"), "malformed"),
        (Said(None), "broken_off"),
    ],
)
def test_a_server_that_does_not_say_what_it_does_is_told_why(side: OtherSide, said: Said, why: str) -> None:
    side.says = [said]

    assert condition(reach(side.url), load_clinic(EXAMPLE), side.url, FixedClock(datetime.now(UTC))).silent == why


@pytest.mark.parametrize(
    "body", [{"resourceType": "CapabilityStatement", "rest": "?"}, {"rest": [7, {"resource": [None]}]}]
)
def test_a_strange_statement_declares_nothing(side: OtherSide, body: object) -> None:
    side.says = [Said(body=body, headers={"Date": "tomorrow"})]

    found = condition(reach(side.url), load_clinic(EXAMPLE), side.url, SystemClock())

    assert (found.fhir_version, len(found.undeclared), found.skew_s) == (None, 13, None)


@pytest.mark.parametrize("published", [Said(404), Said(body={"keys": 7}), Said(body=b"{"), Said(body=[1])])
def test_keys_that_are_not_published_are_noticed(side: OtherSide, published: Said) -> None:
    side.says = [published, Said(401)]
    where = reach(f"{side.url}/fhir", token_url=f"{side.url}/token", client_id="sportello", keys=(KEY,))

    found = condition(where, load_clinic(EXAMPLE), side.url, SystemClock())

    assert "fhir_keys" in {one.check for one in judge_calendar(found) if one.level is STOP}


def test_preflight_looks_at_it_when_the_settings_name_it(environ: dict[str, str], side: OtherSide) -> None:
    side.says = [Said(500)]
    told = {"FHIR_BASE_URL": f"{side.url}/fhir", "PUBLIC_URL": side.url, "CLINIC_FILE": str(EXAMPLE)}

    facts = gather(environ | told, SystemClock())
    spoilt = gather(environ | told | {"FHIR_PROFILE": "soap"}, SystemClock())

    assert isinstance(facts.calendar, CalendarFacts)
    assert facts.calendar.silent == "broken"
    assert spoilt.calendar == NotAsked(("FHIR_BASE_URL",))
