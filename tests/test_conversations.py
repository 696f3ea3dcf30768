"""The conversations of `conversations/*.yaml`, played line by line, and that together they use every line of every flow."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

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
    turns = [line for line in talk.lines if line.keys() & {"patient", "taps", "sends"}]
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
