"""What words of three languages have in common: "disdire", "call off" and "anular" are one concept, so an example helps all.

The words are in concepts.yaml. All is folded, and double letters are written once. No concept decides anything by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from llm.words import undoubled

_FILE = Path(__file__).parent / "concepts.yaml"


@dataclass(frozen=True, slots=True)
class _Node:
    """What may follow a word: the concepts that end here, and the next words of longer phrases."""

    exact: dict[str, _Node]
    begun: dict[str, _Node]
    names: list[str]


def _node() -> _Node:
    return _Node({}, {}, [])


def _compiled(lists: Mapping[str, str]) -> _Node:
    root = _node()
    for name, words in lists.items():
        for phrase in words.split():
            node = root
            for word in phrase.split("_"):
                stem = undoubled(word.rstrip("*"))
                node = (node.begun if word.endswith("*") else node.exact).setdefault(stem, _node())
            node.names.append(name)
    return root


_READ = yaml.load(_FILE.read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506 - strings only
_LISTS: Mapping[str, str] = _READ["concepts"]
_ROOT = _compiled(_LISTS)
_KIND_ROOT = _compiled(_READ["kinds"] | {name: _LISTS[name] for name in _READ["kinds_among_concepts"]})
# Every word that is written out there, undoubled: what a misspelt word may have meant.
WORDS = frozenset(
    undoubled(word)
    for words in _LISTS.values()
    for phrase in words.split()
    for word in phrase.split("_")
    if not word.endswith("*")
)


def concepts_of(words: Iterable[str]) -> list[tuple[int, str]]:
    """Return the concepts of a clause as (place of the first word, name), in order."""
    plain = [undoubled(word) for word in words]
    found = [(place, name) for place in range(len(plain)) for name in sorted(_at(_ROOT, plain, place))]
    return list(dict.fromkeys(found))


def kind_of(word: str) -> str:
    """Return the kind a single word stands for in brackets, `[n]` for a number, else the word itself, undoubled."""
    plain = undoubled(word)
    if plain[:1].isdecimal():
        return "[n]"
    names = {name for follower in _followers(_KIND_ROOT, plain) for name in follower.names}
    return f"[{min(names)}]" if names else plain


def _at(node: _Node, words: list[str], place: int) -> set[str]:
    if place == len(words):
        return set()
    found: set[str] = set()
    for follower in _followers(node, words[place]):
        found.update(follower.names)
        if follower.exact or follower.begun:
            found |= _at(follower, words, place + 1)
    return found


def _followers(node: _Node, word: str) -> list[_Node]:
    followers = [node.exact[word]] if word in node.exact else []
    if node.begun:
        followers += [node.begun[word[:n]] for n in range(2, len(word) + 1) if word[:n] in node.begun]
    return followers
