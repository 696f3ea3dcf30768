"""POST a webhook, or ask for the handshake, over connections that are kept open: one for each thread."""

from __future__ import annotations

import http.client
import secrets
import threading
import time
from urllib.parse import urlencode, urlsplit

IDLE_S = 1.0  # a server may close a connection it has kept for two seconds


class Poster:
    """Speak to the webhook. A status of 0 means that there was no answer."""

    def __init__(self, timeout_s: float) -> None:
        self._timeout_s = timeout_s
        self._local = threading.local()

    def post(self, url: str, body: bytes, signature: str) -> int:
        """Return the status of the answer."""
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "facebookexternalua",
            "X-Hub-Signature-256": signature,
            "Accept": "*/*",
        }
        return self._ask("POST", url, "", body, headers)[0]

    def verify(self, url: str, token: str) -> bool:
        """Return whether the webhook gives the challenge back, bare."""
        challenge = str(secrets.randbelow(10**10))
        query = urlencode({"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": token})
        status, answer = self._ask("GET", url, query, b"", {"User-Agent": "facebookplatform/1.0"})
        return status == 200 and answer == challenge.encode()

    def _ask(self, method: str, url: str, query: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        parts = urlsplit(url)
        target = (parts.path or "/") + (
            "?" + "&".join(filter(None, (parts.query, query))) if parts.query or query else ""
        )
        try:
            connection = self._connection(parts.scheme, parts.netloc)
            connection.request(method, target, body or None, headers)
            answer = connection.getresponse()
            told = answer.read(65_536)
            if answer.will_close or not answer.isclosed():
                self._drop()
        except (OSError, http.client.HTTPException):
            self._drop()
            return 0, b""
        self._local.used_at = time.monotonic()
        return answer.status, told

    def _connection(self, scheme: str, netloc: str) -> http.client.HTTPConnection:
        known = getattr(self._local, "connection", None)
        fresh = time.monotonic() - getattr(self._local, "used_at", 0.0) < IDLE_S
        if known is not None and fresh and self._local.place == (scheme, netloc):
            return known  # type: ignore[no-any-return]
        self._drop()
        kind = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
        self._local.connection = kind(netloc, timeout=self._timeout_s)
        self._local.place = (scheme, netloc)
        return self._local.connection  # type: ignore[no-any-return]

    def _drop(self) -> None:
        known = getattr(self._local, "connection", None)
        if known is not None:
            known.close()
        self._local.connection = None
