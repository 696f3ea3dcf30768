"""The people of a bench: each walks the same menu, tap after tap, and knows whether the reply offers the next tap."""

from __future__ import annotations

import itertools
import re
import secrets
import time
from base64 import b64encode
from collections import deque

from simulator.people import Person
from simulator.webhooks import Line, encode, envelope, message_value, sign

# Four menus of the clinic's own flows; the last one leads back to the first. Never the same tap twice in a row: within
# ten seconds that would be a double tap.
WALK = ("main/menu/info", "info/which/centro", "info/topics/hours", "info/which_day/menu")
GREETING = "ciao"
TO = re.compile(rb'"(?:to|recipient)": ?"\+?([^"]+)"')
_run = secrets.token_hex(4)
_number = itertools.count(1)


class Walker:
    """A person on the walk; `step` is the next tap, -1 before the greeting."""

    __slots__ = ("person", "step")

    def __init__(self, number: int) -> None:
        self.person = Person(f"p{number}", f"Prova {number}", f"3935{number:08d}", f"IT.1{number:011d}")
        self.step = -1


class Crowd:
    """Everybody who writes to one desk. Who has waited longest writes next, so that nobody is written to too fast."""

    def __init__(self, size: int, line: Line, app_secret: str) -> None:
        self._line = line
        self._secret = app_secret
        self._free = deque(Walker(number) for number in range(1, size + 1))
        self.size = size
        self.astray = 0  # replies that did not offer the next tap

    @property
    def is_free(self) -> bool:
        """Say whether anybody is there who waits for no answer."""
        return bool(self._free)

    def next(self) -> tuple[Walker, bytes]:
        """Take whoever has waited longest, and the whole HTTP request that tells of their next message."""
        walker = self._free.popleft()
        now = int(time.time())
        message = {"id": wamid(), "timestamp": str(now), **self.content(walker)}
        body = encode(envelope(self._line, "messages", message_value(self._line, walker.person, message), now))
        return walker, request(body, sign(self._secret, body))

    def content(self, walker: Walker) -> dict[str, object]:
        """Return what somebody writes next."""
        return words(GREETING) if walker.step < 0 else tap(WALK[walker.step])

    def lost(self, walker: Walker) -> None:
        """Hear of somebody whose message was refused, or waits for too long; `answered` comes next."""

    def answered(self, walker: Walker, reply: bytes | None) -> None:
        """Let somebody go on who was answered; without a reply nothing is known of where they stand."""
        walker.step = (walker.step + 1) % len(WALK)
        if reply is not None and f'"{WALK[walker.step]}"'.encode() not in reply:
            self.astray += 1
        self._free.append(walker)


def recipient(sent: bytes) -> str | None:
    """Return whom a POST to /messages is for."""
    found = TO.search(sent)
    return found[1].decode() if found else None


def wamid() -> str:
    """Return the id of a new message, as long as Meta's are."""
    return "wamid." + b64encode(f"bench {_run} {next(_number):012d} and some".encode()).decode()


def request(body: bytes, signature: str) -> bytes:
    """Return a webhook as the bytes of one HTTP request."""
    head = (
        "POST /webhook HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: facebookexternalua\r\nAccept: */*\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nX-Hub-Signature-256: {signature}\r\n\r\n"
    )
    return head.encode() + body


def words(body: str) -> dict[str, object]:
    """Return a text message's own part."""
    return {"type": "text", "text": {"body": body}}


def tap(option: str) -> dict[str, object]:
    """Return the own part of a tap on a list."""
    tapped = {"id": option, "title": "Orari e sedi", "description": "Quando siamo aperti"}
    answered = {"from": "390510000100", "id": "wamid.HBgLMzkwNTEwMDAwMTAwFQIAERgSQjAwMDAwMDAwMDAwMDAwMDAA"}
    return {"context": answered, "type": "interactive", "interactive": {"type": "list_reply", "list_reply": tapped}}
