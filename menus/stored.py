"""Conversations, prompts and answers as JSON text and back, exactly: what the store keeps between two steps.

The JSON names a version; text of a version this code does not know is refused. What JSON has no word for is an object
with one key that begins with `$`; every list is a tuple. The text holds what people wrote: it is stored encrypted and
never logged.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from menus.model import NO_ANSWERS, Answers, Choice, Conversation, Localized, Offer, Paused, Prompt, Standing, Value

VERSION = 1
T = TypeVar("T")


class StoredError(ValueError):
    """Stored text cannot be read back: damaged, or written by another version."""


def conversation_to_json(conversation: Conversation) -> str:
    """Return the conversation as JSON text in ASCII."""
    c = conversation
    return _dumps(
        {
            "v": VERSION,
            "language": c.language,
            "at": _standing(c.at),
            "doing": _standing(c.doing),
            "answers": dict(c.answers),
            "asides": [(_standing(p.at), dict(p.answers)) for p in c.asides],
            "passed": c.passed,
            "turn": c.turn,
            "step": c.step,
            "misses": c.misses,
        }
    )


def conversation_from_json(text: str) -> Conversation:
    """Read a conversation back. Raise StoredError if the text is damaged or of another version."""
    return _read(text, _conversation)


def prompts_to_json(prompts: tuple[Prompt, ...]) -> str:
    """Return what is to be said as JSON text in ASCII."""
    return _dumps(
        {
            "v": VERSION,
            "prompts": [
                (
                    p.wording,
                    p.values,
                    [(c.id, c.option, c.values, c.fixed) for c in p.choices],
                    p.link,
                    p.place,
                )
                for p in prompts
            ],
        }
    )


def prompts_from_json(text: str) -> tuple[Prompt, ...]:
    """Read prompts back. Raise StoredError if the text is damaged or of another version."""
    return _read(text, lambda stored: tuple(map(_prompt, stored["prompts"])))


def answers_to_json(answers: Answers) -> str:
    """Return answers as JSON text in ASCII."""
    return _dumps({"v": VERSION, "answers": dict(answers)})


def answers_from_json(text: str) -> Answers:
    """Read answers back. Raise StoredError if the text is damaged or of another version."""
    return _read(text, lambda stored: _answers(stored["answers"]))


# -------------------------------------------------------------------------------------------------------------- writing


def _standing(at: Standing | None) -> tuple[str, str, int] | None:
    return (at.flow, at.node, at.page) if at else None


def _tagged(value: object) -> dict[str, object]:
    """Return the object that stands for a value JSON has no word for."""
    match value:
        case Offer():
            return {"$offer": (value.id, value.values)}
        case Localized():
            return {"$localized": value.texts}
        case datetime() | time():
            return _moment(value)
        case date():
            return {"$date": value.isoformat()}
    raise TypeError(f"{type(value).__name__} is no Value")


def _moment(value: datetime | time) -> dict[str, object]:
    """Write a time with its zone's name, where it has one: an offset alone would lose the zone."""
    kind = "$datetime" if isinstance(value, datetime) else "$time"
    if isinstance(value.tzinfo, ZoneInfo) and value.tzinfo.key:
        return {kind: (value.replace(tzinfo=None).isoformat(), value.fold, value.tzinfo.key)}
    return {kind: (value.isoformat(), value.fold)}


_dumps: Callable[[object], str] = json.JSONEncoder(
    default=_tagged, separators=(",", ":"), allow_nan=False, check_circular=False
).encode

# -------------------------------------------------------------------------------------------------------------- reading


def _read(text: str, build: Callable[[Any], T]) -> T:
    """Read the text and build from it. The cause is not chained: it would carry the text into the log."""
    fault = "damaged"
    try:
        stored = json.loads(text)
        if stored["v"] == VERSION:
            return build(stored)
        fault = f"of version {stored['v']!s:.20}"
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        pass
    raise StoredError(f"stored text is {fault}; this release reads version {VERSION}")


def _conversation(stored: Any) -> Conversation:
    return Conversation(
        language=stored["language"],
        at=_place(stored["at"]),
        doing=_place(stored["doing"]),
        answers=_answers(stored["answers"]),
        asides=tuple(Paused(Standing(*at), _answers(known)) for at, known in stored["asides"]),
        passed=tuple(stored["passed"]),
        turn=stored["turn"],
        step=stored["step"],
        misses=stored["misses"],
    )


def _place(stored: Any) -> Standing | None:
    return Standing(*stored) if stored else None


def _prompt(stored: Any) -> Prompt:
    wording, values, choices, link, place = stored
    return Prompt(wording, _value(values), tuple(map(_choice, choices)), link, _value(place))


def _choice(stored: Any) -> Choice:
    return Choice(stored[0], stored[1], _value(stored[2]), stored[3])


def _answers(stored: Any) -> Answers:
    return MappingProxyType({name: _value(value) for name, value in stored.items()}) if stored else NO_ANSWERS


def _value(stored: Any) -> Any:
    kind = type(stored)
    if kind is list:
        return tuple([_value(one) for one in stored])
    if kind is dict:
        ((tag, inner),) = stored.items()
        return _READERS[tag](inner)
    return stored


def _read_datetime(stored: Any) -> datetime:
    zone = ZoneInfo(stored[2]) if len(stored) == 3 else None
    moment = datetime.fromisoformat(stored[0]).replace(fold=stored[1])
    return moment.replace(tzinfo=zone) if zone else moment


def _read_time(stored: Any) -> time:
    zone = ZoneInfo(stored[2]) if len(stored) == 3 else None
    moment = time.fromisoformat(stored[0]).replace(fold=stored[1])
    return moment.replace(tzinfo=zone) if zone else moment


_READERS: Mapping[str, Callable[[Any], Value]] = {
    "$offer": lambda stored: Offer(stored[0], _value(stored[1])),
    "$localized": lambda stored: Localized(_value(stored)),
    "$date": date.fromisoformat,
    "$datetime": _read_datetime,
    "$time": _read_time,
}
