"""What a flow is and where a person stands in one: frozen data, no behaviour, no clock, no I/O.

The engine (`engine.py`) walks it, the loader (`load.py`) reads it from `flows/*.yaml`, the host (the desk) carries
out what it decides. A conversation can be written as JSON and read back at every step (`stored.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from types import MappingProxyType

# -------------------------------------------------------------------------------------------------------------- values


@dataclass(frozen=True, slots=True)
class Localized:
    """The same words in several languages, as (language, text) pairs: how a fact of the clinic's file travels."""

    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that can be picked: its stable id and the values its wording is filled with."""

    id: str
    values: tuple[tuple[str, Value], ...] = ()


Value = str | int | bool | date | time | datetime | Localized | Offer | tuple["Value", ...]
Answers = Mapping[str, Value]
NO_ANSWERS: Answers = MappingProxyType({})


# --------------------------------------------------------------------------------------------------------------- flows


@dataclass(frozen=True, slots=True)
class Goto:
    """Where a way leads: a node of this flow, another flow's start, or `END` (both None: the flow is over)."""

    node: str | None = None
    flow: str | None = None


END = Goto()


@dataclass(frozen=True, slots=True)
class Option:
    """A fixed option of a menu. Its words stand in the wording of its node, under `options`."""

    id: str
    goto: Goto
    sets: tuple[tuple[str, str], ...] = ()  # answers this choice records, as (name, value)


@dataclass(frozen=True, slots=True)
class Menu:
    """Offer fixed options and wait."""

    id: str
    options: tuple[Option, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Typed:
    """Words that may be typed instead of picking: what `check` accepts becomes `answer`, and leads on to `goto`."""

    check: str
    answer: str
    goto: Goto


@dataclass(frozen=True, slots=True)
class Pick:
    """Offer what an action found, paged, and wait; the picked id becomes `answer`.

    `source` names the answer that holds the Offers; `typed` is None where words are no answer.
    """

    id: str
    source: str
    answer: str
    goto: Goto
    options: tuple[Option, ...] = ()  # fixed options offered beside the found ones
    line: int = 0
    typed: Typed | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask for typed words and wait; `check` names what must hold, the checked value becomes `answer`.

    `options` are offered as buttons beside it (for instance `skip`).
    """

    id: str
    answer: str
    check: str
    goto: Goto
    options: tuple[Option, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Say:
    """Say words, then go on. `link` names the answer that holds a URL, `place` the one that holds an Offer with
    latitude, longitude, name and address; both None: plain words."""

    id: str
    goto: Goto
    link: str | None = None
    place: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Do:
    """Have the host do an action; each outcome it may end in has its own way on."""

    id: str
    action: str
    outcomes: tuple[tuple[str, Goto], ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Handoff:
    """Bring a person. `team` is a team's id, or `@name` for the answer that holds it; `reason` is one of REASONS.

    `goto` is END, or the first of at most two skippable questions asked while the person already waits in the queue.
    """

    id: str
    team: str
    reason: str
    goto: Goto = END
    line: int = 0


REASONS = (
    "asked",  # the person asked for one
    "unclear",  # not understood, again and again
    "unavailable",  # something of ours or of the clinic's did not answer
    "not_offered",  # what is needed cannot be done here
    "not_found",  # the clinic's system knows nobody of this name under this number
    "found_twice",  # it knows several who are alike
    "emergency",  # a red flag
    "distress",  # talk of suicide or self-harm
    "data_copy",  # a copy of what is stored about the person
    "data_deletion",  # the deletion of it
)  # why a person is brought; `bot/` may count them, so a reason is never renamed

Node = Menu | Pick | Ask | Say | Do | Handoff


@dataclass(frozen=True, slots=True)
class Flow:
    """A path through menus. `description` and `examples` also feed the classifier.

    `renamed` (old node to new node) carries people over an upgrade.
    """

    id: str
    spec: int
    description: str
    start: str
    nodes: Mapping[str, Node]
    keywords: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    renamed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    file: str = ""
    lines: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}), compare=False)  # of its head's keys


Flows = Mapping[str, Flow]


# --------------------------------------------------------------------------------------------------- where someone stands


@dataclass(frozen=True, slots=True)
class Standing:
    """A place in a flow: `node` is one that waits. `page` is the page of a pick, from 0."""

    flow: str
    node: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Paused:
    """A place to go back to when an aside ends, with what was known there."""

    at: Standing
    answers: Answers = field(default_factory=lambda: NO_ANSWERS, repr=False)


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where a person stands, what was asked and given.

    `at` is None when nothing is asked: before the first message, after the end of a flow, or while people have the
    chat. `doing` is the `do` node whose action has not ended yet; None when none runs. `asides` are the places to go
    back to, innermost last. `turn` grows with every event; `step` counts the calls made within the turn (a call's key
    is (message, step)). `passed` are the picks and asks (`flow/node`) gone through within the turn: one that is reached
    again is asked, though its answer is known. `misses` counts what was written in a row and not understood.
    """

    language: str
    at: Standing | None = None
    doing: Standing | None = None
    answers: Answers = field(default_factory=lambda: NO_ANSWERS, repr=False)
    asides: tuple[Paused, ...] = ()
    passed: tuple[str, ...] = ()
    turn: int = 0
    step: int = 0
    misses: int = 0


# ------------------------------------------------------------------------------------------------------------ events in


@dataclass(frozen=True, slots=True)
class Start:
    """Begin a flow, with what is already known."""

    flow: str
    answers: Answers = field(default_factory=lambda: NO_ANSWERS, repr=False)


@dataclass(frozen=True, slots=True)
class Aside:
    """Run a flow to its end, then ask again where the person stood."""

    flow: str
    answers: Answers = field(default_factory=lambda: NO_ANSWERS, repr=False)


@dataclass(frozen=True, slots=True)
class Tap:
    """An option was tapped: the whole id, `flow/node/option[/subject[/revision]]`."""

    option: str


@dataclass(frozen=True, slots=True)
class Text:
    """Words were written."""

    body: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Other:
    """Something came that is neither words nor a tap; `type` is Meta's word for it (audio, image, location ...)."""

    type: str


@dataclass(frozen=True, slots=True)
class Result:
    """An action ended in one of its outcomes, having found these answers."""

    outcome: str
    answers: Answers = field(default_factory=lambda: NO_ANSWERS, repr=False)


Event = Start | Aside | Tap | Text | Other | Result


# ------------------------------------------------------------------------------------------------------------ outputs


@dataclass(frozen=True, slots=True)
class Choice:
    """An option on offer: `id` is the whole tap id.

    `values` fill the wording of a found thing; a fixed option has none.
    """

    id: str
    option: str
    values: tuple[tuple[str, Value], ...] = ()
    fixed: bool = True


@dataclass(frozen=True, slots=True)
class Prompt:
    """Something to say: a wording key (`flow/node`), its values, and what can be tapped.

    `link` is a URL for a link button, `place` an Offer for a place message; both None for plain words.
    """

    wording: str
    values: tuple[tuple[str, Value], ...] = field(default=(), repr=False)
    choices: tuple[Choice, ...] = ()
    link: str | None = None
    place: Offer | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """An action to carry out; its Result comes back as an event. `step` is its number within the turn."""

    action: str
    answers: Answers = field(repr=False)
    step: int


@dataclass(frozen=True, slots=True)
class Human:
    """Bring a person: to this team, for this reason."""

    team: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Nothing authored matches these words: the host decides what becomes of them."""

    body: str = field(repr=False)


Output = Prompt | Call | Human | Unmatched


@dataclass(frozen=True, slots=True)
class Step:
    """What an event led to: where the person stands now, and what is to be done, in order."""

    conversation: Conversation
    outputs: tuple[Output, ...] = ()
