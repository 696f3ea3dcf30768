"""The people who write: who they are to the clinic, whether their phone is on, and how fast they may be written to."""

from __future__ import annotations

import random
import re
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from simulator import limits
from simulator.refusal import Json


@dataclass(frozen=True, slots=True)
class Bucket:
    """How many messages one person may still be sent at once."""

    tokens: float = limits.PAIR_BURST
    at: float = 0.0

    def take(self, now: float) -> Bucket | None:
        """Return the bucket with one message fewer; None when it is empty."""
        passed = max(0.0, now - self.at)
        tokens = min(float(limits.PAIR_BURST), self.tokens + passed / limits.PAIR_EVERY_S)
        return replace(self, tokens=tokens - 1, at=now) if tokens >= 1 else None


@dataclass(slots=True)
class Person:
    """Somebody with WhatsApp.

    `user_id` is the business-scoped id; without it the person is told to us in the old shape. Without `wa_id` the number
    is hidden behind a username. `online` False: messages stay `sent`. `reads` False: no blue ticks. `reachable` False:
    messages are accepted and then fail with 131026. `key` is ours and never leaves the stand-in.
    """

    key: str
    name: str
    wa_id: str | None = None
    user_id: str | None = None
    username: str | None = None
    online: bool = True
    reads: bool = True
    reachable: bool = True
    wants_marketing: bool = True
    identity_hash: str | None = None
    last_inbound_at: float | None = None
    typing_until: float = 0.0
    bucket: Bucket = Bucket()

    @property
    def number(self) -> str:
        """Return what a wamid of this chat holds."""
        return self.wa_id or re.sub(r"\D", "", self.user_id or "")[:20]

    def window_open(self, now: float) -> bool:
        return self.last_inbound_at is not None and now - self.last_inbound_at < limits.WINDOW_S


class People:
    """Everybody there is, found by key, number or business-scoped id."""

    def __init__(self, seed: int = 0) -> None:
        self._people: dict[str, Person] = {}
        self._by_id: dict[str, Person] = {}
        self._next = 1
        self._random = random.Random(f"{seed}:people")

    def __iter__(self) -> Any:
        return iter(tuple(self._people.values()))

    def find(self, name: str) -> Person | None:
        """Return the person with this key, number or business-scoped id."""
        return self._people.get(name) or self._by_id.get(name)

    def find_number(self, number: str) -> Person | None:
        """Return the person with this number, however it is written."""
        return self._by_id.get(digits(number))

    def add(self, wanted: Json) -> Person:
        """Add somebody. `shape` is `both`, `phone` or `bsuid` and decides which ids are made where none is given."""
        shape = wanted.get("shape") or ("both" if "wa_id" in wanted or "user_id" not in wanted else "bsuid")
        given = {key: value for key, value in wanted.items() if key in CHANGEABLE | {"wa_id", "user_id", "username"}}
        if shape != "bsuid":
            given.setdefault("wa_id", self._fresh_number())
        if shape != "phone":
            given.setdefault("user_id", self._fresh_user_id())
        if shape == "bsuid":
            given.setdefault("username", f"persona.{self._next}")
        if given.get("wa_id"):
            given["wa_id"] = digits(str(given["wa_id"]))
        name = given.pop("name", f"Persona {self._next}")
        return self._keep(Person(f"p{self._next}", name, **given))

    def restore(self, stored: Json) -> Person:
        """Add somebody as `as_json` wrote them."""
        bucket = Bucket(**stored["bucket"])
        return self._keep(Person(**{**stored, "bucket": bucket, "typing_until": 0.0}))

    def change_ids(self, person: Person, wa_id: str | None, user_id: str | None) -> None:
        """Give a person another number or business-scoped id; None leaves it."""
        self._forget_ids(person)
        person.wa_id = digits(wa_id) if wa_id else person.wa_id
        person.user_id = user_id or person.user_id
        self._index(person)

    def remove(self, person: Person) -> None:
        self._forget_ids(person)
        del self._people[person.key]

    def _keep(self, person: Person) -> Person:
        for name in (person.wa_id, person.user_id):
            if name and name in self._by_id:
                raise ValueError("somebody has this number or id already")
        if not person.wa_id and not person.user_id:
            raise ValueError("a person needs a number or a business-scoped id")
        self._people[person.key] = person
        self._next = max(self._next, int(person.key[1:])) + 1
        self._index(person)
        return person

    def _index(self, person: Person) -> None:
        self._by_id |= {name: person for name in (person.wa_id, person.user_id) if name}

    def _forget_ids(self, person: Person) -> None:
        for name in (person.wa_id, person.user_id):
            self._by_id.pop(name or "", None)

    def _fresh_number(self) -> str:
        """Return a number of nobody: an Italian mobile number one digit too long."""
        while True:
            number = f"39351555{self._random.randrange(100_000):05d}"
            if number not in self._by_id:
                return number

    def _fresh_user_id(self) -> str:
        """Return an id of nobody: after a restart the draws begin anew, among people who were drawn before."""
        while True:
            user_id = f"IT.{self._random.randrange(10**19, 10**20)}"
            if user_id not in self._by_id:
                return user_id


CHANGEABLE = frozenset({"name", "online", "reads", "reachable", "wants_marketing", "identity_hash"})


def change(person: Person, wanted: Json) -> None:
    """Change what may be changed of a person; other keys are refused."""
    unknown = set(wanted) - CHANGEABLE
    if unknown:
        raise ValueError(f"cannot change {', '.join(sorted(unknown))}")
    for key, value in wanted.items():
        setattr(person, key, value)


def as_json(person: Person) -> Json:
    return {field.name: getattr(person, field.name) for field in fields(person)} | {"bucket": asdict(person.bucket)}


def digits(number: str) -> str:
    return re.sub(r"\D", "", number)
