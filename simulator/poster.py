"""POST a webhook, or ask for the handshake, over connections that are kept open for a moment."""

from __future__ import annotations

import http.client
import secrets
import threading
import time
from urllib.parse import urlencode, urlsplit

IDLE_S = 1.0  # a server may close a connection it has kept for two seconds
LONGEST_ANSWER = 65_536


class Poster:
    """Speak to the webhook. A status of 0 means that there was no answer."""

    def __init__(self, timeout_s: float) -> None:
        self._timeout_s = timeout_s
        self._idle: list[tuple[tuple[str, str], float, http.client.HTTPConnection]] = []
        self._all: set[http.client.HTTPConnection] = set()
        self._closed = False
        self._guard = threading.Lock()

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

    def close(self) -> None:
        """Close what is kept open; whatever is being posted fails."""
        with self._guard:
            self._closed = True
            for kept in self._all:
                kept.close()

    def _ask(self, method: str, url: str, query: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        parts = urlsplit(url)
        asked = "&".join(filter(None, (parts.query, query)))
        target = (parts.path or "/") + (f"?{asked}" if asked else "")
        connection = self._take(parts.scheme, parts.netloc)
        try:
            connection.request(method, target, body or None, headers)
            answer = connection.getresponse()
            told = answer.read(LONGEST_ANSWER)
        except (OSError, http.client.HTTPException):
            self._drop(connection)
            return 0, b""
        if answer.isclosed() and not answer.will_close:
            self._put_back(parts.scheme, parts.netloc, connection)
        else:
            self._drop(connection)
        return answer.status, told

    def _take(self, scheme: str, netloc: str) -> http.client.HTTPConnection:
        """Return a connection that was used a moment ago, else a new one."""
        fresh = time.monotonic() - IDLE_S
        with self._guard:
            while self._idle:
                place, used_at, connection = self._idle.pop()
                if place == (scheme, netloc) and used_at > fresh:
                    return connection
                self._all.discard(connection)
                connection.close()
            kind = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
            connection = kind(netloc, timeout=self._timeout_s)
            self._all.add(connection)
            return connection

    def _put_back(self, scheme: str, netloc: str, connection: http.client.HTTPConnection) -> None:
        with self._guard:
            if not self._closed:
                self._idle.append(((scheme, netloc), time.monotonic(), connection))
                return
        self._drop(connection)

    def _drop(self, connection: http.client.HTTPConnection) -> None:
        with self._guard:
            self._all.discard(connection)
        connection.close()
