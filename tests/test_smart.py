"""Tokens of a real token server: what it verifies, what it refuses, and what we make of what it grants."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from bot.agenda import CalendarUnavailable
from bot.client_key import ClientKey
from bot.scheduling.fhir.tokens import Tokens
from tests.desks import DeskInProcess
from tests.peers import SmartPeer
from tests.test_fhir_server import Asked, OtherSide, Said, pem
from tests.test_fhir_settings import EXAMPLE, SECTION

SCOPE = "system/Slot.rsu system/Appointment.crus"
KEYS = {
    "ES384": ClientKey("ec", pem(ec.generate_private_key(ec.SECP384R1()))),
    "RS384": ClientKey("rsa", pem(rsa.generate_private_key(65537, 2048))),
}
NEW = ClientKey("new", pem(ec.generate_private_key(ec.SECP384R1())))
STRANGER = ClientKey("ec", pem(ec.generate_private_key(ec.SECP384R1())))  # of the same name


class Publishing:
    """Where the desk publishes its keys, as the token server sees it."""

    def __init__(self) -> None:
        self.keys = {algorithm: [key] for algorithm, key in KEYS.items()}
        self.side = OtherSide()
        self.side.says = [self._answer]

    def _answer(self, asked: Asked) -> Said:
        keys = self.keys[asked.path.strip("/")]
        return Said(
            body={"keys": [dict(key.published()) for key in keys]}, headers={"Content-Type": "application/json"}
        )


@pytest.fixture(scope="module")
def publishing() -> Iterator[Publishing]:
    made = Publishing()
    yield made
    made.side.stop()


@pytest.fixture(scope="module")
def server(publishing: Publishing) -> Iterator[SmartPeer]:
    started = SmartPeer(publishing.side.url, SCOPE)
    yield started
    started.stop()


def tokens(server: SmartPeer, *keys: ClientKey, scope: str = SCOPE, **told: Any) -> Tokens:
    return Tokens(server.url, f"sportello-{keys[-1].algorithm}", keys, scope, **told)


@pytest.mark.parametrize("algorithm", ["ES384", "RS384"])
def test_a_signed_assertion_is_verified_and_a_token_given(server: SmartPeer, algorithm: str) -> None:
    assert len(tokens(server, KEYS[algorithm]).token()) > 20


def test_a_signature_of_somebody_else_is_refused(server: SmartPeer) -> None:
    with pytest.raises(CalendarUnavailable, match="token_refused"):
        tokens(server, STRANGER).token()


def posted(server: SmartPeer, signer: Tokens, times: int) -> list[int]:
    """Post one assertion several times; return what the server answered."""
    kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    assertion = signer._assertion(KEYS["ES384"])
    form = {"grant_type": "client_credentials", "client_assertion_type": kind, "client_assertion": assertion}
    return [requests.post(server.url, data=form, timeout=10).status_code for _ in range(times)]


def test_an_assertion_is_good_once(server: SmartPeer) -> None:
    assert posted(server, tokens(server, KEYS["ES384"]), 2) == [200, 401]


def test_an_assertion_for_another_server_is_refused(server: SmartPeer) -> None:
    meant_for = Tokens("https://auth.example.org/token", "sportello-ES384", (KEYS["ES384"],), SCOPE)

    assert posted(server, meant_for, 1) == [401]


def test_a_clock_that_is_an_hour_late_gets_no_token(server: SmartPeer) -> None:
    with pytest.raises(CalendarUnavailable, match="token_refused"):
        tokens(server, KEYS["ES384"], now=lambda: time.time() - 3600).token()


def test_a_scope_that_is_not_granted_is_noticed(server: SmartPeer) -> None:
    with pytest.raises(CalendarUnavailable, match="scope_refused"):
        tokens(server, KEYS["ES384"], scope=f"{SCOPE} system/Patient.rs").token()


def test_while_keys_are_changed_whichever_the_server_knows_signs(server: SmartPeer, publishing: Publishing) -> None:
    both = (NEW, KEYS["ES384"])

    before = tokens(server, *both).token()
    publishing.keys["ES384"] = [*both]
    during = tokens(server, *both).token()
    publishing.keys["ES384"] = [KEYS["ES384"]]

    assert before != during


# ------------------------------------------------------------------------------------------------------- what is published


@pytest.fixture
def clinic_elsewhere(tmp_path: Path) -> Path:
    """The example's clinic, with names elsewhere."""
    file = tmp_path / "clinic.yaml"
    file.write_text(EXAMPLE.read_text("utf-8") + SECTION, "utf-8")
    return file


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/desk.sqlite"


def test_without_a_system_of_the_clinics_nothing_is_published(desk: DeskInProcess) -> None:
    assert desk.client.get("/.well-known/jwks.json").status_code == 404


def test_both_keys_are_published_while_they_are_changed_and_nothing_secret(
    environ: dict[str, str], clinic_elsewhere: Path, tmp_path: Path
) -> None:
    told = {"FHIR_BASE_URL": "https://fhir.example.org/R4", "FHIR_TOKEN_URL": "https://auth.example.org/token"}
    keys = {"FHIR_CLIENT_ID": "sportello", "FHIR_PRIVATE_KEY": NEW.pem, "FHIR_PREVIOUS_KEY": KEYS["RS384"].pem}
    where = {"DATABASE_URL": f"sqlite:///{tmp_path}/desk.sqlite", "CLINIC_FILE": str(clinic_elsewhere)}
    desk = DeskInProcess(environ | told | keys | where)

    answer = desk.client.get("/.well-known/jwks.json")
    desk.close()

    published = answer.get_json()["keys"]
    assert [(key["alg"], key["kid"]) for key in published] == [
        ("ES384", NEW.thumbprint),
        ("RS384", KEYS["RS384"].thumbprint),
    ]
    assert {name for key in published for name in key} == {"alg", "crv", "e", "kid", "kty", "n", "use", "x", "y"}
    assert answer.headers["Cache-Control"] == "public, max-age=300"
