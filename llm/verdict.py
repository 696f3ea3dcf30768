"""What a classifier is asked and what it may answer: a member of a closed set, never a sentence of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

EMERGENCY, SPAM, STOP, UNCLEAR = "emergency", "spam", "stop", "unclear"
PERSON = "person:"  # before a team: person:reception, person:billing, person:nursing
NOTHING_KNOWN: Mapping[str, str] = MappingProxyType({})


class Tone(StrEnum):
    """How the words sound; a worried or upset person is acknowledged first."""

    CALM = "calm"
    WORRIED = "worried"
    UPSET = "upset"


@dataclass(frozen=True, slots=True)
class Choice:
    """One route that may be chosen: its id, what it is for, and what people say who want it, as (language, sentence) pairs."""

    id: str
    description: str
    examples: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """Something the words may already tell, with the only values it can have.

    `values` are (id, words) pairs: the clinic's own id, and what people call it in any language. The answer is an id.
    """

    name: str
    values: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Words to be given a route. They are masked before they come here.

    `standing` is where the person stands (`flow/node`), None when nothing is asked of them; `language` is theirs so far.
    """

    words: str = field(repr=False)
    language: str
    choices: tuple[Choice, ...]
    slots: tuple[Slot, ...] = ()
    standing: str | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """What one call to a model took: its tokens, its time in seconds, its price in US dollars (None: not known)."""

    model: str
    input_tokens: int
    output_tokens: int
    took_s: float
    cost: float | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided about the words.

    `route` is the id of one of the question's choices. `unclear` and sure: the words are no business of a clinic's front
    desk (off-topic, orders to the model, role play). `alternatives` are at most two other ids that may be meant.
    `language` is the words' own, None if it cannot be told. `answers` maps a slot's name to one of its ids.
    `by` names who decided: `offline`, or the model. `usage` is None where nothing was paid for.
    """

    route: str
    sure: bool
    alternatives: tuple[str, ...] = ()
    language: str | None = None
    tone: Tone = Tone.CALM
    answers: Mapping[str, str] = field(default_factory=lambda: NOTHING_KNOWN)
    by: str = "offline"
    usage: Usage | None = None


class Unclassified(Exception):
    """No verdict came: the desk asks the offline matcher. `why` is one of WHYS; `usage` is set where it was paid for."""

    def __init__(self, why: str, usage: Usage | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.usage = usage


WHYS = (
    "late",  # not within the time
    "refused",  # the model declined
    "cut_off",  # its answer broke off, or stopped for a reason we do not use
    "malformed",  # an answer that is not of the schema
    "busy",  # 429, 529, or no place in flight
    "away",  # no connection, or 5xx
    "rejected",  # our request: 4xx, the key, the payment
    "resting",  # the breaker is open
    "capped",  # the day's cap, or a person's rate, is used up
)
