"""SMART Backend Services: a signed assertion for a short token (hl7.org/fhir/smart-app-launch/backend-services.html)."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import jwt
import requests
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from bot.agenda import CalendarUnavailable

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_S = 240  # at most five minutes (SMART 2.2, 3.5)
EARLY_S = 30  # a token is asked anew so long before it ends
LONGEST_S = 300
TIMEOUT_S = (3.0, 5.0)


@dataclass(frozen=True, slots=True)
class ClientKey:
    """The key that signs, and the name it has in the published set. `pem` is PKCS#8: P-384 signs ES384, RSA signs RS384."""

    id: str
    pem: str = field(repr=False)

    @property
    def algorithm(self) -> str:
        """Return ES384 or RS384. Raise ValueError for a key that signs neither."""
        match self._loaded():
            case EllipticCurvePrivateKey(curve=curve) if curve.name == "secp384r1":
                return "ES384"
            case RSAPrivateKey(key_size=size) if size >= 2048:
                return "RS384"
        raise ValueError("neither an EC key on P-384 nor an RSA key of 2048 bits or more")

    def published(self) -> Mapping[str, Any]:
        """Return the public half as a JWK, for the set under PUBLIC_URL."""
        algorithm, loaded = self.algorithm, self._loaded()
        public: Any = loaded.public_key()
        told = ECAlgorithm.to_jwk(public) if algorithm == "ES384" else RSAAlgorithm.to_jwk(public)
        return {**json.loads(told), "kid": self.id, "use": "sig", "alg": algorithm}

    def _loaded(self) -> Any:
        return load_pem_private_key(self.pem.encode(), password=None)


class Tokens:
    """Keep one token, asked anew before it ends; any thread may ask."""

    def __init__(
        self, token_url: str, client_id: str, key: ClientKey, scope: str, now: Callable[[], float] = time.time
    ) -> None:
        self._token_url = token_url
        self._client_id = client_id
        self._key = key
        self._scope = scope
        self._now = now
        self._lock = threading.Lock()
        self._token, self._ends_at = "", 0.0

    def token(self) -> str:
        """Return a token that still holds for a while. Raise CalendarUnavailable."""
        with self._lock:
            if self._now() >= self._ends_at:
                self._token, lasts_s = self._ask()
                self._ends_at = self._now() + lasts_s - EARLY_S
            return self._token

    def forget(self, token: str) -> None:
        """Drop a token the server refused; one asked meanwhile by another thread is kept."""
        with self._lock:
            if token == self._token:
                self._ends_at = 0.0

    def _ask(self) -> tuple[str, float]:
        form = {
            "grant_type": "client_credentials",
            "scope": self._scope,
            "client_assertion_type": ASSERTION,
            "client_assertion": self._assertion(),
        }
        answer = _post(self._token_url, form)
        granted = set(str(answer.get("scope", self._scope)).split())
        if set(self._scope.split()) - granted:
            raise CalendarUnavailable("scope_refused")  # some servers drop what they do not know, and answer 200
        token, lasts = answer.get("access_token"), answer.get("expires_in", LONGEST_S)
        if not isinstance(token, str) or not token or not isinstance(lasts, int | float):
            raise CalendarUnavailable("token_malformed")
        return token, min(float(lasts), LONGEST_S)

    def _assertion(self) -> str:
        now = int(self._now())
        claims: dict[str, object] = {
            "iss": self._client_id,
            "sub": self._client_id,
            "aud": self._token_url,
            "jti": str(uuid4()),
        }
        claims |= {"iat": now, "exp": now + ASSERTION_S}
        return jwt.encode(
            claims, self._key.pem, algorithm=self._key.algorithm, headers={"kid": self._key.id, "typ": "JWT"}
        )


def _post(url: str, form: Mapping[str, str]) -> Mapping[str, Any]:
    """Return the answer's JSON; what is raised carries no address and no assertion."""
    why, told = "token_away", None
    try:
        with requests.post(url, data=dict(form), timeout=TIMEOUT_S, allow_redirects=False) as response:
            why = "token_refused" if 400 <= response.status_code < 500 else "token_away"
            told = response.json() if response.status_code == 200 else None
    except (requests.RequestException, ValueError):
        told = None
    if not isinstance(told, dict):
        raise CalendarUnavailable(why)
    return told
