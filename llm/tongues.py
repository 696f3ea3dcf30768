"""Which of our languages a sentence is written in, from the words and letters of sentences whose language is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log

from llm.words import fold

ENOUGH = 2.5  # how many times e a language must be likelier than the next one
FEWEST = 20  # letters in all that is looked at: "ok" and "stop" are of every language
LONGEST = 400  # characters that are looked at


class Tongues:
    """Letters in threes and whole words, counted for each language."""

    def __init__(self, sentences: Mapping[str, Iterable[str]]) -> None:
        counted = {
            language: Counter(part for text in texts for part in _parts(text)) for language, texts in sentences.items()
        }
        known = len(set().union(*counted.values())) or 1
        self._likely: dict[str, dict[str, float]] = {}
        self._unseen: dict[str, float] = {}
        for language, counts in counted.items():
            whole = sum(counts.values()) + known
            self._likely[language] = {part: log((count + 1) / whole) for part, count in counts.items()}
            self._unseen[language] = log(1 / whole)

    def language_of(self, text: str) -> str | None:
        """Return the language of a text; None when it is too short or too mixed to tell."""
        parts = _parts(text)
        scores = sorted(((self._score(language, parts), language) for language in self._likely), reverse=True)
        if sum(map(len, parts)) < FEWEST or not scores:
            return None
        if len(scores) > 1 and scores[0][0] - scores[1][0] < ENOUGH:
            return None
        return scores[0][1]

    def _score(self, language: str, parts: Sequence[str]) -> float:
        likely, unseen = self._likely[language], self._unseen[language]
        return sum(likely.get(part, unseen) for part in parts)


def _parts(text: str) -> list[str]:
    words = fold(text[:LONGEST]).split()
    letters = [edged[i : i + 3] for word in words for edged in (f"<{word}>",) for i in range(len(edged) - 2)]
    return letters + [f"={word}" for word in words]
