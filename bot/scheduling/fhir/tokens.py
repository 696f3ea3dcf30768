"""SMART Backend Services: a signed assertion for a short token (hl7.org/fhir/smart-app-launch/backend-services.html)."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import jwt

from bot.agenda import CalendarUnavailable
from bot.client_key import ClientKey
from bot.reach import Unreached, ask
from bot.scheduling.fhir.scopes import missing

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_S = 240  # at most five minutes (SMART 2.2, 3.5)
EARLY_S = 30  # a token is asked anew so long before it ends
LONGEST_S = 300
WITHIN_S = 6.0
FORM = "application/x-www-form-urlencoded"
REFUSED = "token_refused"


class Tokens:
    """Keep one token, asked anew before it ends; any thread may ask.

    The first key signs. One that the server does not know yet is followed by the older one, until the server has fetched
    the published set again.
    """

    def __init__(
        self,
        token_url: str,
        client_id: str,
        keys: tuple[ClientKey, ...],
        scope: str,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._token_url = token_url
        self._client_id = client_id
        self._keys = keys
        self._scope = scope
        self._now = now
        self._lock = threading.Lock()
        self._token, self._ends_at = "", 0.0

    def token(self) -> str:
        """Return a token that still holds for a while. Raise CalendarUnavailable."""
        with self._lock:
            if self._now() >= self._ends_at:
                self._token, lasts_s = self._ask_with_each()
                self._ends_at = self._now() + lasts_s - EARLY_S
            return self._token

    def forget(self, token: str) -> None:
        """Drop a token the server refused; one asked meanwhile by another thread is kept."""
        with self._lock:
            if token == self._token:
                self._ends_at = 0.0

    def _ask_with_each(self) -> tuple[str, float]:
        *others, last = self._keys
        for key in others:
            try:
                return self._ask(key)
            except CalendarUnavailable as refused:
                if refused.why != REFUSED:
                    raise
        return self._ask(last)

    def _ask(self, key: ClientKey) -> tuple[str, float]:
        form = {
            "grant_type": "client_credentials",
            "scope": self._scope,
            "client_assertion_type": ASSERTION,
            "client_assertion": self._assertion(key),
        }
        answer = _post(self._token_url, form)
        if missing(self._scope, str(answer.get("scope", self._scope))):
            raise CalendarUnavailable("scope_refused")  # some servers drop what they do not know, and answer 200
        token, lasts = answer.get("access_token"), answer.get("expires_in", LONGEST_S)
        if not isinstance(token, str) or not token or not isinstance(lasts, int | float):
            raise CalendarUnavailable("token_malformed")
        return token, min(float(lasts), LONGEST_S)

    def _assertion(self, key: ClientKey) -> str:
        now = int(self._now())
        claims: dict[str, object] = {
            "iss": self._client_id,
            "sub": self._client_id,
            "aud": self._token_url,
            "jti": str(uuid4()),
        }
        claims |= {"iat": now, "exp": now + ASSERTION_S}
        return jwt.encode(claims, key.pem, algorithm=key.algorithm, headers={"kid": key.id, "typ": "JWT"})


def _post(url: str, form: Mapping[str, str]) -> Mapping[str, Any]:
    """Return the answer's JSON; what is raised carries no address and no assertion."""
    why, told = "token_away", None
    try:
        answer = ask("POST", url, headers={"Content-Type": FORM}, body=urlencode(form).encode(), within_s=WITHIN_S)
        why = REFUSED if 400 <= answer.status < 500 else why
        told = json.loads(answer.body) if answer.status == 200 else None
    except (Unreached, ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise CalendarUnavailable(why)
    return told
