"""The conversations of `conversations/*.yaml`, played line by line, and that together they use every line of every flow."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from menus.model import Ask, Event, Other, Start, Tap, Text
from tests.talks import FLOWS, ROOT, Host, Talk, lines_of, offered, play, shown, talks

TALKS = talks()


def compare(host: Host, line: Mapping[str, Any]) -> None:
    """Hold a line of the desk's against what it really said or did in this turn."""
    match line:
        case {"desk": said}:
            assert [shown(reply) for reply in host.read] == ([said] if isinstance(said, str) else said)
        case {"offers": titles}:
            assert [title for _, title in offered(host.read[-1])] == titles
        case {"brings": person}:
            assert ", ".join(f"{human.team} ({human.reason})" for human in host.brought) == person
        case {"says": keys}:
            assert [prompt.wording for prompt in host.prompts] == keys
        case _:
            raise AssertionError(f"nobody knows what {list(line)} is")


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.name)
def test_the_desk_says_what_the_conversation_says(talk: Talk) -> None:
    play(talk, compare)


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.name)
def test_every_answer_of_the_desk_stands_in_the_conversation(talk: Talk) -> None:
    turns = [
        line for line in talk.lines if line.keys() & {"patient", "taps", "sends", "understood", "reminder", "offer"}
    ]
    answers = [line for line in talk.lines if line.keys() & {"desk", "says"}]

    assert len(answers) == len(turns)


def test_the_conversations_use_every_node_option_and_outcome() -> None:
    used: Counter[tuple[str, str, str]] = Counter()
    for talk in TALKS:
        used += play(talk, lambda host, line: None).used

    lines = dict(lines_of(ROOT / "menus" / "flows"))
    for key, line in lines.items():
        sys.stdout.write(f"{used[key]:5}  {line}\n")
    assert {key[0] for key in lines} == set(FLOWS)
    assert [str(line) for key, line in lines.items() if not used[key]] == []


def everywhere(language: str) -> Iterator[Host]:
    """Give a host in every place where something is on offer, each once, walking by taps from the main menu."""
    seen: set[tuple[str, str]] = set()
    todo = [Host(language, TALKS[0].at)]
    todo[0].does(Start("main"))
    while todo:
        host = todo.pop(0)
        at = host.conversation.at
        if at is None or (at.flow, at.node) in seen:
            continue
        seen.add((at.flow, at.node))
        yield host
        todo += [after(host, Tap(id)) for id, _ in offered(host.read[-1])]


def after(host: Host, event: Event) -> Host:
    """Return the host as it is after an event; the one given stays where it is."""
    copied = replace(host)
    copied.stored, copied.paper = host.stored, host.paper.copied()
    copied.does(event)
    return copied


@pytest.mark.parametrize("language", ["it", "en", "es"])
def test_everything_on_offer_can_be_typed_by_its_number_or_its_title(language: str) -> None:
    different = []
    for host in everywhere(language):
        for number, (id, title) in enumerate(offered(host.read[-1]), 1):
            words = [title, title.upper(), *(() if _asks(host) else (str(number), f"{number}."))]
            typed = [after(host, Text(said)).read for said in words]
            different += [id for read in typed if read != after(host, Tap(id)).read]

    assert different == []


def _asks(host: Host) -> bool:
    """Say whether words are asked for: there a number is an answer."""
    at = host.conversation.at
    return at is not None and isinstance(FLOWS[at.flow].nodes[at.node], Ask)


@pytest.mark.parametrize("kind", ["audio", "voice", "image", "video", "document", "sticker", "location", "contacts"])
@pytest.mark.parametrize("language", ["it", "en", "es"])
def test_what_cannot_be_read_is_answered_with_the_emergency_number_a_person_and_the_question(
    language: str, kind: str
) -> None:
    for host in everywhere(language):
        body = shown(after(host, Other(kind)).read[-1])

        assert "112" in body
        assert "*person" in body
        assert body.endswith(shown(host.read[-1]).split("\n\n")[-1])
