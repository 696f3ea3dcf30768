"""How the desk is told of the clinic's own system: settings, keys, scopes and the clinic's file, each with every fault at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from bot.client_key import read_client_key
from bot.clinic import ClinicError, FhirNames, load_clinic
from bot.scheduling.fhir.scopes import missing
from bot.settings import Settings, SettingsError

EXAMPLE = Path(__file__).parent.parent / "clinic.example.yaml"
EC = ec.generate_private_key(ec.SECP384R1())
OTHER_EC = ec.generate_private_key(ec.SECP384R1())
RSA = rsa.generate_private_key(65537, 2048)


def pem(key: Any, form: PrivateFormat = PrivateFormat.PKCS8) -> str:
    return str(key.private_bytes(Encoding.PEM, form, NoEncryption()).decode())


@pytest.fixture
def elsewhere(environ: dict[str, str]) -> dict[str, str]:
    """An environment with a FHIR server."""
    return environ | {
        "FHIR_BASE_URL": "https://fhir.example.org/R4/",
        "FHIR_TOKEN_URL": "https://auth.example.org/token",
        "FHIR_CLIENT_ID": "sportello",
        "FHIR_PRIVATE_KEY": pem(EC),
    }


def problems(environ: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as raised:
        Settings.from_env(environ)
    return raised.value.problems


# ------------------------------------------------------------------------------------------------------------- settings


def test_a_server_with_its_key_is_read(elsewhere: dict[str, str]) -> None:
    settings = Settings.from_env(elsewhere)

    (key,) = settings.client_keys
    assert (settings.fhir_base_url, settings.fhir_profile) == ("https://fhir.example.org/R4", "rest")
    assert (key.algorithm, key.id) == ("ES384", key.thumbprint)


def test_without_a_server_there_are_no_keys(environ: dict[str, str]) -> None:
    assert Settings.from_env(environ).client_keys == ()


def test_both_keys_of_a_change_have_names_and_the_new_one_is_first(elsewhere: dict[str, str]) -> None:
    names = {"FHIR_KEY_ID": "2027", "FHIR_PREVIOUS_KEY": pem(RSA), "FHIR_PREVIOUS_KEY_ID": "2026"}

    keys = Settings.from_env(elsewhere | names).client_keys

    assert [(key.id, key.algorithm) for key in keys] == [("2027", "ES384"), ("2026", "RS384")]


def test_no_key_is_shown_when_the_settings_are(elsewhere: dict[str, str]) -> None:
    assert "PRIVATE KEY" not in repr(Settings.from_env(elsewhere | {"FHIR_PREVIOUS_KEY": pem(RSA)}))


def test_a_server_of_this_very_machine_may_be_asked_without_a_token(environ: dict[str, str]) -> None:
    assert Settings.from_env(environ | {"FHIR_BASE_URL": "http://127.0.0.1:8080/fhir"}).fhir_token_url is None


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"FHIR_TOKEN_URL": "", "FHIR_CLIENT_ID": ""}, ["FHIR_TOKEN_URL is not set", "FHIR_CLIENT_ID is not set"]),
        ({"FHIR_BASE_URL": ""}, ["FHIR_BASE_URL is not set, but FHIR_CLIENT_ID is"]),
        ({"FHIR_BASE_URL": "http://fhir.example.org/R4"}, ["FHIR_BASE_URL must begin with https://"]),
        ({"FHIR_BASE_URL": "http://127.0.0.1/R4", "FHIR_PRIVATE_KEY": ""}, ["FHIR_PRIVATE_KEY is not set"]),
        ({"FHIR_PRIVATE_KEY": "not a key"}, ["FHIR_PRIVATE_KEY is no private key that can be read"]),
        ({"FHIR_PREVIOUS_KEY": pem(EC)}, ["FHIR_PREVIOUS_KEY is the same key"]),
        (
            {"FHIR_PREVIOUS_KEY": pem(RSA), "FHIR_KEY_ID": "k", "FHIR_PREVIOUS_KEY_ID": "k"},
            ["FHIR_PREVIOUS_KEY_ID names the key before it like the new one"],
        ),
        ({"FHIR_KEY_ID": "a b"}, ["FHIR_KEY_ID must be"]),
        ({"FHIR_SCOPE": "user/Slot.rs"}, ["FHIR_SCOPE must be scopes of a system"]),
        ({"FHIR_SCOPE": "system/Slot."}, ["FHIR_SCOPE must be scopes of a system"]),
        (
            {"FHIR_PROFILE": "soap", "FHIR_PREVIOUS_KEY": "x", "FHIR_CLIENT_ID": "a b"},
            ["FHIR_CLIENT_ID holds a space", "FHIR_PREVIOUS_KEY is no private key", "FHIR_PROFILE must be rest or ops"],
        ),
    ],
)
def test_every_fault_of_the_settings_is_named(
    elsewhere: dict[str, str], changed: dict[str, str], named: list[str]
) -> None:
    found = problems(elsewhere | changed)

    assert [said[: len(name)] for said, name in zip(found, named, strict=True)] == named


# ----------------------------------------------------------------------------------------------------------------- keys


@pytest.mark.parametrize(
    ("text", "algorithm"),
    [
        (pem(EC), "ES384"),
        (pem(EC).replace("\n", "\\n"), "ES384"),
        (pem(EC, PrivateFormat.TraditionalOpenSSL), "ES384"),
        (pem(RSA), "RS384"),
        (ECAlgorithm.to_jwk(EC), "ES384"),
        (RSAAlgorithm.to_jwk(RSA), "RS384"),
    ],
)
def test_a_key_is_read_however_it_is_written(text: str, algorithm: str) -> None:
    key = read_client_key(text)

    assert (key.algorithm, key.id) == (algorithm, key.thumbprint)


def test_a_jwk_keeps_the_name_it_brings() -> None:
    assert read_client_key(json.dumps({**json.loads(ECAlgorithm.to_jwk(EC)), "kid": "of-2026"})).id == "of-2026"


def test_a_thumbprint_names_the_key_however_it_is_written() -> None:
    assert read_client_key(pem(EC)).thumbprint == read_client_key(ECAlgorithm.to_jwk(EC)).thumbprint
    assert read_client_key(pem(EC)).thumbprint != read_client_key(pem(OTHER_EC)).thumbprint


@pytest.mark.parametrize("key", [EC, RSA])
def test_only_the_public_half_is_published(key: Any) -> None:
    published = read_client_key(pem(key)).published()

    assert set(published) <= {"kty", "crv", "x", "y", "n", "e", "kid", "use", "alg"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (pem(ec.generate_private_key(ec.SECP256R1())), "neither an EC key on P-384"),
        (ECAlgorithm.to_jwk(EC.public_key()), "no private key that can be read"),
        (EC.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode(), "no private key"),
        (
            EC.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"word")).decode(),
            "no private key",
        ),
        ("{", "no private key"),
        ('{"kty": "oct", "k": "AA"}', "no private key"),
        ("[]", "no private key"),
    ],
)
def test_what_signs_neither_is_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why) as refused:
        read_client_key(text)

    assert refused.value.__cause__ is None


# --------------------------------------------------------------------------------------------------------------- scopes


@pytest.mark.parametrize(
    ("asked", "granted", "lacking"),
    [
        ("system/Slot.rsu", "system/Slot.rsu", set()),
        ("system/Slot.rsu", "system/Slot.rs system/Slot.u openid", set()),
        ("system/Slot.rsu", "system/Slot.cruds", set()),
        ("system/Slot.rsu", "system/*.cruds", set()),
        ("system/Slot.rsu", "system/Slot.read system/Slot.write", set()),
        ("system/Slot.rsu", "system/Slot.*", set()),
        ("system/Slot.rsu", "system/Slot.rs", {"Slot.u"}),
        ("system/Slot.rs system/Patient.rs", "system/Slot.read", {"Patient.r", "Patient.s"}),
        ("system/Slot.r", "system/Slot.r?status=free", {"Slot.r"}),
        ("system/*.r", "system/Slot.r", {"*.r"}),
        ("system/Slot.r", "", {"Slot.r"}),
        ("openid system/Slot.r", "system/Slot.r", {"openid"}),
    ],
)
def test_what_is_not_granted_is_named(asked: str, granted: str, lacking: set[str]) -> None:
    assert missing(asked, granted) == lacking


# ----------------------------------------------------------------------------------------------------- the clinic's file

SECTION = """
fhir:
  identifiers: https://clinic.example/sportello
  schedules:
    neri: {centro: Schedule/101}
    bianchi: {centro: Schedule/102, fiera: Schedule/103}
    verdi: {centro: Schedule/104, fiera: Schedule/105}
    gallo: {fiera: Schedule/106}
    riva: {centro: Schedule/107}
    conti: {centro: Schedule/108, fiera: Schedule/110}
    sarti: {fiera: Schedule/109}
  services:
    general_visit: any
    cardiology: http://snomed.info/sct|394579002
    holter: urn:oid:1.2.3|holter
    dermatology: urn:x|derm
    eye_visit: urn:x|eye
    gynaecology: urn:x|gyn
    abdominal_ultrasound: urn:x|us
    chest_x_ray: urn:x|xr
    physiotherapy: urn:x|physio
"""


def loaded(tmp_path: Path, section: str) -> Any:
    """Return how the file names things elsewhere, or what is said of its faults, without the file's name."""
    path = tmp_path / "clinic.yaml"
    path.write_text(EXAMPLE.read_text("utf-8") + section, "utf-8")
    try:
        return load_clinic(path).fhir
    except ClinicError as error:
        return [(fault.line - FIRST, fault.path, fault.fault) for fault in error.faults]


FIRST = len(EXAMPLE.read_text("utf-8").splitlines()) + 1  # the empty line before the section


def test_the_section_becomes_names(tmp_path: Path) -> None:
    names = loaded(tmp_path, SECTION)

    assert isinstance(names, FhirNames)
    assert names.identifiers == "https://clinic.example/sportello"
    assert names.schedules["bianchi", "fiera"] == "103"
    assert (names.services["general_visit"], names.services["cardiology"]) == (None, "http://snomed.info/sct|394579002")
    assert (names.practitioners, names.places) == ({}, {})


def test_references_for_operations_may_be_added(tmp_path: Path) -> None:
    names = loaded(tmp_path, f"{SECTION}  practitioners: {{neri: Practitioner/7}}\n  places: {{centro: Location/3}}\n")

    assert (names.practitioners, names.places) == ({"neri": "Practitioner/7"}, {"centro": "Location/3"})


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        (
            (("neri: {centro: Schedule/101}", "neri: {centro: Slot/101}"),),
            [(4, "fhir.schedules.neri.centro", "'Slot/101' is not a reference to a Schedule")],
        ),
        (
            (("Schedule/103", "Schedule/102"),),
            [(5, "fhir.schedules.bianchi.fiera", "is that of bianchi, centro too")],
        ),
        (
            (("    riva: {centro: Schedule/107}\n", ""),),
            [(3, "fhir.schedules.riva", "riva works at centro, but has no schedule for it here")],
        ),
        (
            (("gallo: {fiera: Schedule/106}", "gallo: {fiera: Schedule/106, centro: Schedule/111}"),),
            [(7, "fhir.schedules.gallo", "gallo has no shift at centro")],
        ),
        (
            (("    holter: urn:oid:1.2.3|holter\n", ""),),
            [(11, "fhir.services", "holter can be booked, but has no type here")],
        ),
        (
            (
                ("identifiers: https://clinic.example/sportello", "identifiers: ours"),
                ("neri:", "nobody:"),
                ("urn:x|eye", "eye"),
                ("urn:x|gyn", "urn:x|y z"),
            ),
            [
                (2, "fhir.identifiers", "'ours' is not an absolute address"),
                (4, "fhir.schedules.nobody", "there is no 'nobody' under practitioners"),
                (16, "fhir.services.eye_visit", "'eye' is not a type of service"),
                (17, "fhir.services.gynaecology", "'urn:x|y z' is not a type of service"),
            ],
        ),
    ],
)
def test_every_fault_of_the_section_is_named_with_its_line(
    tmp_path: Path, changes: tuple[tuple[str, str], ...], faults: list[tuple[int, str, str]]
) -> None:
    section = SECTION
    for old, new in changes:
        assert old in section
        section = section.replace(old, new, 1)

    assert loaded(tmp_path, section) == faults
