"""A real conversation as a transcript of the form of `tests/conversations`, redacted: nothing a person gave stands in it.

Taps and authored texts stand by their keys, with those values that are facts of the clinic. Words a person or a member
of staff typed are counted, not shown; only a message that is nothing but a keyword of a flow is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

import yaml

from bot.actions import ACTIONS, SAID_BY_THE_DESK
from bot.model import MediaLink, TemplateMessage
from bot.ports import Draft, Inbound, Typed, Wording
from bot.turn import House
from menus.answers import fold
from menus.model import Ask, Do, Flows, Localized, Menu, Offer, Pick, Prompt, Value

HIDDEN = "[redacted]"
WELCOME = "desk/welcome"
PLAIN = re.compile(r"more(/\d{1,4})?|\d{4}-\d\d-\d\d")  # a page, or a day
Line = dict[str, Any]


def facts_of(flows: Flows, flow: str) -> frozenset[str]:
    """Return the names of values that, in a flow, only the clinic's file and the clock can have given, never a person.

    A place or a service is a fact where one asks about it, and somebody's own business where one books it.
    """
    found = flows.get(flow)
    used = {node.action for node in found.nodes.values() if isinstance(node, Do)} if found else set()
    here = {name for action in ACTIONS.values() if action.where == "here" for name in action.gives}
    elsewhere = {name for action in used for name in ACTIONS[action].gives if ACTIONS[action].where != "here"}
    asked = {node.answer for flow in flows.values() for node in flow.nodes.values() if isinstance(node, Ask)}
    return frozenset((here | SAID_BY_THE_DESK.keys()) - elsewhere - asked - {"first_name"})


def transcript(house: House, name: str, talk: Sequence[tuple[datetime, Inbound | Draft]], language: str) -> str:
    """Return the conversation as YAML; `language` is the one it is held in."""
    lines = list(_merged(line for _, what in talk for line in _lines(house, what, language)))
    began = talk[0][0] if talk else house.clock.now()
    head: Line = {
        "title": f"Conversation {name}, redacted",
        "language": language,
        "at": f"{began.astimezone(house.clinic.zone):%Y-%m-%d %H:%M}",
        **({"new": "yes"} if any(WELCOME in line.get("says", ())[:1] for line in lines[:2]) else {}),
        "talk": lines,
    }
    return yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=120)


def _merged(lines: Iterator[Line]) -> Iterator[Line]:
    """Join what the desk said in several messages of one turn."""
    before: Line | None = None
    for line in lines:
        if before is not None and "says" in before and "says" in line:
            before["says"] += line["says"]
            values = {**before.get("values", {}), **line.get("values", {})}
            before |= {"values": values} if values else {}
            continue
        if before is not None:
            yield before
        before = line
    if before is not None:
        yield before


def _lines(house: House, what: Inbound | Draft, language: str) -> Iterator[Line]:
    if isinstance(what, Inbound):
        yield _heard(house, what)
        return
    match what.content:
        case Wording(bubble):
            yield _said(house, bubble, language)
        case Typed(words):
            yield {"staff": _counted(words)}
        case TemplateMessage():
            yield {"notice": what.content.name}
        case MediaLink():
            yield {"staff": "[a file]"}


def _heard(house: House, inbound: Inbound) -> Line:
    if inbound.reply_id is not None:
        return {"taps": _tap(house, inbound.reply_id)}
    if inbound.kind != "text":
        return {"sends": inbound.kind}
    words = inbound.words or ""
    return {"patient": words if _is_keyword(house.flows, words) else _counted(words)}


def _tap(house: House, tapped: str) -> str:
    """Return a tap's id; of one that no flow knows today, or that may name what is a person's, no more than its node."""
    flow, _, rest = tapped.partition("/")
    node, _, option = rest.partition("/")
    found = house.flows[flow].nodes.get(node) if flow in house.flows else None
    if not isinstance(found, Menu | Pick | Ask):
        return HIDDEN
    fixed = option in {choice.id for choice in found.options}
    of_the_clinic = isinstance(found, Pick) and (
        option in _ids(house, flow, found.source) or bool(PLAIN.fullmatch(option))
    )
    return tapped if fixed or of_the_clinic else f"{flow}/{node}/{HIDDEN}"


def _ids(house: House, flow: str, source: str) -> frozenset[str]:
    """Return the ids of what can be picked from an answer, where only the clinic's file gives it."""
    gives = [action.gives[source] for action in ACTIONS.values() if source in action.gives]
    found = [build(house.clinic) for build in gives] if source in facts_of(house.flows, flow) else []
    return frozenset(
        offer.id for value in found if isinstance(value, tuple) for offer in value if isinstance(offer, Offer)
    )


def _is_keyword(flows: Flows, words: str) -> bool:
    said = fold(words)
    keywords = (word for flow in flows.values() for of in flow.keywords.values() for word in of)
    return any(fold(word) == said for word in keywords)


def _counted(words: str) -> str:
    number = len(words.split())
    return f"[{number} word{'' if number == 1 else 's'}]"


def _said(house: House, bubble: tuple[Prompt, ...], language: str) -> Line:
    values = {name: value for prompt in bubble for name, value in _facts(house, prompt, language)}
    return {"says": [prompt.wording for prompt in bubble], **({"values": values} if values else {})}


def _facts(house: House, prompt: Prompt, language: str) -> Iterator[tuple[str, Any]]:
    """Give the values that are said and are facts of the clinic; any other is said to be there and no more."""
    entries, facts = house.wordings.entries, facts_of(house.flows, prompt.wording.partition("/")[0])
    entry = entries.get(language, entries[house.wordings.languages[0]]).get(prompt.wording)
    said = {name for _, words in entry.parts() for name in words.names} if entry else set()
    for name, value in prompt.values:
        if name in said:
            yield name, _plain(value, language) if name in facts else HIDDEN


def _plain(value: Value, language: str) -> Any:
    match value:
        case Localized(texts):
            return dict(texts).get(language, texts[0][1])
        case str() | bool() | int():
            return value
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return HIDDEN
