"""The known word somebody meant: one letter too many, too few, wrong, or two in the wrong order."""

from __future__ import annotations

from collections.abc import Iterable

SHORTEST = 5  # letters: shorter words are too easily another word


class Speller:
    """Known words, found again by what is left of them when one letter is taken away."""

    def __init__(self, words: Iterable[str]) -> None:
        self._known = frozenset(words)
        self._by_rest: dict[str, str] = {}
        for word in sorted(self._known, key=lambda word: (len(word), word)):
            if len(word) >= SHORTEST:
                for rest in _rests(word):
                    self._by_rest.setdefault(rest, word)

    def meant(self, word: str) -> str:
        """Return the word itself if it is known or nothing is near it, else a known one that differs by one letter."""
        if word in self._known or len(word) < SHORTEST or word.isdecimal():
            return word
        near = [self._by_rest[rest] for rest in (word, *_rests(word)) if rest in self._by_rest]
        near += [rest for rest in _rests(word) if rest in self._known and len(rest) >= SHORTEST]
        return min(
            (other for other in near if _is_near(word, other)),
            key=lambda other: (_far(word, other), other),
            default=word,
        )


def _rests(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(len(word))]


def _is_near(word: str, other: str) -> bool:
    """Say whether the first letters agree, or the words are long: a wrong first letter makes another word."""
    return word[0] == other[0] or len(word) > 7


def _far(word: str, other: str) -> int:
    return abs(len(word) - len(other)) * 2 + sum(a != b for a, b in zip(word, other, strict=False))
