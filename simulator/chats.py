"""What was written, both ways: every message with its state, and a version that grows so that a page can ask what is new."""

from __future__ import annotations

import base64
import secrets
import threading
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field

from simulator.refusal import Json

FORWARD = ("accepted", "sent", "delivered", "read", "played")


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be tapped. `kind` says how the tap comes back: button_reply, list_reply or button."""

    kind: str
    id: str
    title: str
    description: str | None = None


@dataclass(slots=True)
class ChatMessage:
    """One message of a chat. `mine` says that the person wrote it; `state` is sent, delivered, read, played or failed.

    A message of the clinic starts as `accepted`. `payload` is the part named by Meta's `type`; `bubble` is how it is
    shown. `tapped` is the id that was tapped last; `reaction` the emoji put on it.
    """

    id: str
    person: str
    mine: bool
    type: str
    payload: Json
    at: float
    words: str
    bubble: Json
    choices: tuple[Choice, ...] = ()
    state: str = "accepted"
    regards: str | None = None
    callback_data: str | None = None
    category: str = "service"
    errors: tuple[int, ...] = ()
    tapped: str | None = None
    reaction: str | None = None
    edited: bool = False
    revoked: bool = False
    version: int = 0


@dataclass(slots=True)
class Chats:
    """All messages, in the order in which they were written. Callers hold the world's lock."""

    longest: int = 20_000
    version: int = 0
    changed: threading.Condition = field(default_factory=threading.Condition)
    _by_id: dict[str, ChatMessage] = field(default_factory=dict)
    _of: dict[str, list[ChatMessage]] = field(default_factory=dict)

    def add(self, message: ChatMessage) -> None:
        """Keep a message; the oldest of a very long chat are forgotten."""
        chat = self._of.setdefault(message.person, [])
        chat.append(message)
        self._by_id[message.id] = message
        if len(chat) > self.longest:
            del self._by_id[chat.pop(0).id]
        self.touch(message)

    def find(self, message_id: str) -> ChatMessage | None:
        return self._by_id.get(message_id)

    def of(self, person: str) -> Sequence[ChatMessage]:
        """Return a person's chat, oldest first."""
        return tuple(self._of.get(person, ()))

    def forget(self, person: str) -> None:
        for message in self._of.pop(person, ()):
            del self._by_id[message.id]
        self.touch()

    def advance(self, message: ChatMessage, state: str, errors: Iterable[int] = ()) -> bool:
        """Move a state forward and return whether it moved; what is read is never merely delivered again."""
        if message.state == "failed" or (state != "failed" and FORWARD.index(state) <= FORWARD.index(message.state)):
            return False
        message.state = state
        message.errors = tuple(errors)
        self.touch(message)
        return True

    def touch(self, message: ChatMessage | None = None) -> None:
        """Say that something changed: this message, or anything else the page shows."""
        with self.changed:
            self.version += 1
            if message is not None:
                message.version = self.version
            self.changed.notify_all()

    def everything(self) -> Iterable[ChatMessage]:
        for chat in self._of.values():
            yield from chat


def wamid(number: str, from_person: bool) -> str:
    """Return an id as WhatsApp makes them: the number in base64 among other bytes, so it must never be logged."""
    told = number.encode()
    mark, tail = (b"\x12\x18\x14", secrets.token_hex(10)) if from_person else (b"\x11\x18\x12", secrets.token_hex(9))
    raw = b"\x1c\x18" + bytes([len(told)]) + told + b"\x15\x02\x00" + mark + tail.upper().encode() + b"\x00"
    return "wamid." + base64.b64encode(raw).decode()


def as_json(message: ChatMessage) -> Json:
    return asdict(message)


def from_json(stored: Json) -> ChatMessage:
    """Read what `as_json` wrote."""
    choices = tuple(Choice(**choice) for choice in stored["choices"])
    return ChatMessage(**{**stored, "choices": choices, "errors": tuple(stored["errors"])})
