"""Drive a running stand-in from a test: people, what they do, what they read, faults and the clock."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import requests

Json = dict[str, Any]


class ControlError(Exception):
    """The stand-in would not do it; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something a person can tap; `kind` is button_reply, list_reply or button (of a template)."""

    kind: str
    id: str
    title: str
    description: str | None = None


@dataclass(frozen=True, slots=True)
class ChatLine:
    """One message of a chat.

    `mine`: the person wrote it. `state`: accepted, sent, delivered, read, played, failed; of the person's own: sent,
    delivered (the clinic answered 200), read. `words` is everything readable; `payload` what Meta's `type` names.
    """

    id: str = field(repr=False)
    mine: bool
    type: str
    state: str
    at: float
    version: int
    words: str = field(repr=False)
    choices: tuple[Option, ...] = field(repr=False)
    payload: Json = field(repr=False)
    regards: str | None = field(repr=False)
    callback_data: str | None
    category: str
    errors: tuple[int, ...]
    tapped: str | None
    reaction: str | None
    edited: bool
    revoked: bool


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody with a phone, as the stand-in knows them; `window_s` is how long the clinic may still write freely."""

    key: str
    name: str = field(repr=False)
    wa_id: str | None = field(repr=False)
    user_id: str | None = field(repr=False)
    username: str | None = field(repr=False)
    online: bool
    reads: bool
    reachable: bool
    wants_marketing: bool
    window_s: float
    typing_s: float


@dataclass(frozen=True, slots=True)
class Counts:
    """What happened so far. `refused` is by code, `webhooks` by result, `pending` are webhooks not yet taken.

    `steps` are those a phone has still to take: sent, delivered, read. With `pending` and `steps` at 0 nothing is under way.
    """

    accepted: int
    receipts: int
    incoming: int
    pending: int
    steps: int
    refused: Mapping[str, int]
    troubled: Mapping[str, int]
    statuses: Mapping[str, int]
    webhooks: Mapping[str, int]
    refusals: Sequence[Json]


@dataclass(frozen=True, slots=True)
class ClockView:
    """The stand-in's time in seconds since 1970, and by how much it is moved."""

    now: float
    offset: float


class Control:
    """Speak to the control API. Every method raises ControlError when the stand-in says no."""

    def __init__(self, base_url: str, timeout_s: float = 30.0) -> None:
        self._base = base_url.rstrip("/") + "/_control/"
        self._timeout_s = timeout_s
        self._session = requests.Session()
        self._session.trust_env = False

    def close(self) -> None:
        self._session.close()

    # ----------------------------------------------------------------------------------------------------------- people

    def people(self) -> tuple[PersonView, ...]:
        return tuple(_person(told) for told in self._ask("GET", "people")["people"])

    def add_person(
        self,
        name: str,
        shape: str = "both",
        wa_id: str | None = None,
        user_id: str | None = None,
        username: str | None = None,
    ) -> PersonView:
        """Add somebody: `both` ids, `phone` only (the old shape), or `bsuid` only; ids not given are made."""
        wanted = {"name": name, "shape": shape, "wa_id": wa_id, "user_id": user_id, "username": username}
        return _person(self._ask("POST", "people", {key: value for key, value in wanted.items() if value is not None}))

    def person(self, key: str) -> PersonView:
        """Return somebody by key, number or business-scoped id."""
        found = next((one for one in self.people() if key in (one.key, one.wa_id, one.user_id)), None)
        if found is None:
            raise ControlError("there is no such person")
        return found

    def change_person(self, key: str, **wanted: Any) -> PersonView:
        """Change name, online, reads, reachable, wants_marketing or identity_hash."""
        return _person(self._ask("POST", f"people/{key}", wanted))

    def change_ids(self, key: str, wa_id: str | None = None, user_id: str | None = None) -> PersonView:
        """Give somebody another number or id; the clinic is told with a system message."""
        wanted = {"wa_id": wa_id, "user_id": user_id}
        return _person(
            self._ask("POST", f"people/{key}/ids", {name: value for name, value in wanted.items() if value is not None})
        )

    def remove_person(self, key: str) -> None:
        self._ask("DELETE", f"people/{key}")

    # -------------------------------------------------------------------------------------------------- what people do

    def act(self, person: str, type: str, **how: Any) -> ChatLine:
        """Do anything a phone can do (`simulator/inbound.py`, ACTS)."""
        return _line(self._ask("POST", f"people/{person}/say", {"type": type, **how}))

    def say(self, person: str, words: str, regards: str | None = None) -> ChatLine:
        return self.act(person, "text", body=words, **({} if regards is None else {"regards": regards}))

    def tap(self, person: str, option: str, message: str | None = None) -> ChatLine:
        """Tap an option by its id, on the message named or on the last one that offers it."""
        return self.act(person, "tap", id=option, **({} if message is None else {"message": message}))

    def tap_unoffered(
        self, person: str, option: str, kind: str = "button_reply", title: str | None = None, message: str | None = None
    ) -> ChatLine:
        """Tap an id nobody offered, as a forged or very old client might."""
        known = {"title": title, "message": message}
        given = {name: value for name, value in known.items() if value is not None}
        return self.act(person, "tap", id=option, kind=kind, force=True, **given)

    def send_file(
        self, person: str, kind: str, content: bytes | None = None, mime_type: str = "", **how: Any
    ) -> ChatLine:
        """Send an image, video, audio, voice, document or sticker; an invented one if no bytes are given."""
        given = {} if content is None else {"content": base64.b64encode(content).decode(), "mime_type": mime_type}
        return self.act(person, kind, **given, **how)

    def react(self, person: str, emoji: str = "👍", message: str | None = None) -> ChatLine:
        return self.act(person, "reaction", emoji=emoji, **({} if message is None else {"message": message}))

    # ------------------------------------------------------------------------------------------------ what people read

    def chat(self, person: str, since: int = 0) -> tuple[ChatLine, ...]:
        """Return a chat, oldest first; with `since`, only what changed after that version."""
        return tuple(_line(told) for told in self._ask("GET", f"people/{person}/chat?since={since}")["messages"])

    def reads(self, person: str) -> tuple[ChatLine, ...]:
        """Return what the clinic wrote to a person, oldest first."""
        return tuple(line for line in self.chat(person) if not line.mine)

    # ---------------------------------------------------------------------------------------------------------- figures

    def counts(self) -> Counts:
        told = self._ask("GET", "counts")
        return Counts(**{name: told[name] for name in Counts.__slots__})

    def deliveries(self) -> Sequence[Json]:
        """Return the webhooks not yet answered with 200."""
        told: Sequence[Json] = self._ask("GET", "deliveries")["deliveries"]
        return told

    # ------------------------------------------------------------------------------------------------ faults and clock

    def faults(self) -> Json:
        return self._ask("GET", "faults")

    def set_faults(
        self, rules: Sequence[Json] | None = None, manners: Json | None = None, seed: int | None = None
    ) -> Json:
        """Replace the rules, change the manners, begin the draws anew (`simulator/faults.py`)."""
        wanted = {"rules": rules, "manners": manners, "seed": seed}
        return self._ask("POST", "faults", {name: value for name, value in wanted.items() if value is not None})

    def refuse_next(self, code: int, times: int = 1, to: str | None = None) -> Json:
        """Refuse the next sends with a code, beside the rules in force."""
        rule = {"effect": "refuse", "code": code, "times": times, "to": to}
        return self.set_faults(rules=[*self.faults()["rules"], rule])

    def model(self) -> Json:
        """Return how the stand-in for the Messages API stands: its rules, what was asked and answered, how many wait."""
        return self._ask("GET", "model")

    def set_model(self, *rules: Json) -> Json:
        """Replace what it does (`simulator/messages_api.py`, DOINGS); nothing: it answers honestly."""
        return self._ask("POST", "model", {"rules": list(rules)})

    def model_requests(self) -> Sequence[Json]:
        """Return the bodies of the last requests to it, oldest first."""
        told: Sequence[Json] = self._ask("GET", "model/requests")["requests"]
        return told

    def clock(self) -> ClockView:
        return ClockView(**self._ask("GET", "clock"))

    def move_clock(self, seconds: float) -> ClockView:
        """Move time on; webhooks that wait are hurried along."""
        return ClockView(**self._ask("POST", "clock", {"seconds": seconds}))

    def reset_clock(self) -> ClockView:
        return ClockView(**self._ask("POST", "clock", {"reset": True}))

    def reset(self) -> None:
        """Forget people, chats, counts and faults; the webhook stays."""
        self._ask("POST", "reset", {})

    # ---------------------------------------------------------------------------------------------------------- webhook

    def set_webhook(self, url: str) -> Json:
        return self._ask("POST", "webhook", {"url": url})

    def verify_webhook(self) -> bool:
        """Do the handshake and return whether it went well."""
        return bool(self._ask("POST", "webhook/verify", {})["verified"])

    def post_change(self, field_name: str, value: Json) -> None:
        """Post a change of any field, signed."""
        self._ask("POST", "webhook/post", {"field": field_name, "value": value})

    def post_body(self, body: Json) -> None:
        """Post a whole body, signed, escaped as Meta does."""
        self._ask("POST", "webhook/post", {"body": body})

    def post_raw(self, body: str) -> None:
        """Post a body exactly as it stands, signed."""
        self._ask("POST", "webhook/post", {"raw": body})

    def retry_now(self) -> None:
        """Try every webhook that waits at once."""
        self._ask("POST", "deliveries/retry", {})

    # --------------------------------------------------------------------------------------------- templates and number

    def templates(self) -> Sequence[Json]:
        told: Sequence[Json] = self._ask("GET", "templates")["templates"]
        return told

    def add_template(self, definition: Json) -> Json:
        return self._ask("POST", "templates", definition)

    def set_template_status(self, name: str, language: str, status: str, reason: str = "NONE") -> Json:
        """Approve, reject, pause or disable a template; the clinic is told."""
        return self._ask(
            "POST", "templates/status", {"name": name, "language": language, "status": status, "reason": reason}
        )

    def set_template_category(self, name: str, language: str, category: str) -> Json:
        """Move a template to another category, as Meta may; the clinic is told."""
        return self._ask("POST", "templates/category", {"name": name, "language": language, "category": category})

    def set_number(self, **facts: Any) -> Json:
        """Change what `GET /{phone_number_id}` tells, for instance quality_rating."""
        return self._ask("POST", "number", facts)

    def _ask(self, method: str, path: str, told: Json | None = None) -> Json:
        answer = self._session.request(method, self._base + path, json=told, timeout=self._timeout_s)
        found: Json = answer.json()
        if answer.status_code != 200:
            raise ControlError(str(found.get("error", answer.status_code)))
        return found


def _person(told: Json) -> PersonView:
    return PersonView(**{name: told[name] for name in PersonView.__slots__})


def _line(told: Json) -> ChatLine:
    known = {name: told[name] for name in ChatLine.__slots__}
    choices = tuple(Option(**choice) for choice in told["choices"])
    return ChatLine(**{**known, "choices": choices, "errors": tuple(told["errors"])})
