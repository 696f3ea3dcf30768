"""What the desk needs of the outside, as Protocols, with their errors. Whoever fills one in stands a floor above."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from bot.model import Contact, Reply

# ------------------------------------------------------------------------------------------------------------ messenger


class Remedy(StrEnum):
    """What to do about a message that was not sent; each of Meta's codes has one (`bot/whatsapp/errors.py`)."""

    RETRY = "retry"  # temporary: try again a few times, backing off
    WAIT = "wait"  # we are too fast: hold this contact, or this number, then go on
    HOLD = "hold"  # a template is paused, an identity changed: keep the row until something changes
    GIVE_UP = "give_up"  # this message can never be sent
    ALARM = "alarm"  # nothing can be sent until a person acts: token, payment, restriction; keep the rows


@dataclass(frozen=True, slots=True)
class SendError(Exception):
    """A message was not accepted, or nobody knows.

    `code` is Meta's; 0 when the answer carried none. `unknown` says that it may have been sent (timeout, connection lost
    after the request went out, 5xx): wait for a status before a second try. `whole_number` says that the remedy concerns
    every row of the number, not this contact alone. `wait_s` is how long to wait where Meta or the rule says so. `fault` names our own fault for the log; never a word, name or number.
    """

    remedy: Remedy
    code: int
    unknown: bool = False
    whole_number: bool = False
    wait_s: float | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """Meta took the message; it is not delivered yet. `contact` carries the ids as Meta now spells them."""

    message_id: str
    contact: Contact
    held: bool = False  # message_status: held_for_quality_assessment, or paused


class Messenger(Protocol):
    """Speak to people on one WhatsApp number."""

    def send(self, to: Contact, reply: Reply, outbox_id: UUID) -> Accepted:
        """Send one message; `outbox_id` comes back in every status. Raise SendError."""
        ...

    def mark_read(self, message_id: str, typing: bool) -> None:
        """Show the two blue ticks and, if `typing`, that an answer is being written. Never raises: a courtesy."""
        ...
