"""A verdict without any model: learned at start from authored sentences, the same every time, in a few milliseconds.

It is used where there is no key, and where the model is down. What it is not sure of goes to a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

import yaml

from llm.concepts import WORDS
from llm.features import features
from llm.learning import Learned, learn, shares
from llm.slots import answers_in
from llm.spelling import Speller
from llm.tongues import Tongues
from llm.verdict import UNCLEAR, Choice, Question, Verdict
from llm.words import Sentence, read, undoubled

EXAMPLES = Path(__file__).parent / "examples"

SURE = 0.75  # share of all choices; measured on sentences that were not learned (docs/decisions)
MARGIN = 0.2  # and this much more than the next one
WORTH_NAMING = 0.08  # share of an alternative
LIKENESS = 3.0  # how much an authored example that is alike adds to its choice

Examples = Mapping[str, Mapping[str, Sequence[str]]]  # language -> route -> sentences


def load_examples(folder: Path = EXAMPLES) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the sentences of a folder: language -> route -> sentences. The file's name is the language."""
    return {
        path.stem: {route: tuple(sentences) for route, sentences in _loaded(path).items()}
        for path in sorted(folder.glob("*.yaml"))
    }


def _loaded(path: Path) -> dict[str, list[str]]:
    loaded: dict[str, list[str]] = yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506 - strings only
    return loaded


@dataclass(frozen=True, slots=True)
class _Known:
    """All that was learned."""

    routes: Learned
    tongues: Tongues
    speller: Speller

    def found_in(self, sentence: Sentence) -> list[str]:
        return features(sentence, self.speller.meant)


class OfflineMatcher:
    """The nearest authored sentences decide. Learns at the first question, or in `prepare`: about a second."""

    def __init__(self, examples: Examples) -> None:
        self._examples = examples
        self._known: _Known | None = None
        self._learning = Lock()

    def prepare(self) -> None:
        """Learn now, so that the first patient does not wait for it."""
        self._learned()

    def classify(self, question: Question, within_s: float | None = None) -> Verdict:
        """Return a verdict; never raises, never asks anybody, and takes milliseconds however long it is given."""
        known = self._learned()
        sentence = read(question.words)
        language = known.tongues.language_of(question.words)
        answers = answers_in(question.words, question.slots)
        ranked = self._ranked(known, sentence, question.choices)
        if not ranked:
            return Verdict(UNCLEAR, sure=False, language=language, answers=answers)
        (best, share), *others = ranked
        next_share = others[0][1] if others else 0.0
        alternatives = tuple(id_ for id_, other in others[:2] if other >= WORTH_NAMING)
        sure = share >= SURE and share - next_share >= MARGIN
        return Verdict(best, sure, () if sure else alternatives, language, answers=answers)

    def _learned(self) -> _Known:
        with self._learning:
            if self._known is None:
                self._known = _learned_from(self._examples)
            return self._known

    def _ranked(self, known: _Known, sentence: Sentence, choices: Sequence[Choice]) -> list[tuple[str, float]]:
        """Return the choices with their shares, the likeliest first; none when there are no words or no choices."""
        if not sentence.words or not choices:
            return []
        found = known.found_in(sentence)
        spoken_for = known.routes.scores(found)
        vector = frozenset(found)
        scores = [spoken_for.get(choice.id, 0.0) + LIKENESS * _likeness(vector, choice) for choice in choices]
        return sorted(
            zip((choice.id for choice in choices), shares(scores), strict=True), key=lambda pair: (-pair[1], pair[0])
        )


def _learned_from(examples: Examples) -> _Known:
    read_ones = [
        (route, read(text)) for routes in examples.values() for route, texts in routes.items() for text in texts
    ]
    words = {undoubled(word) for _, sentence in read_ones for word in sentence.words}
    speller = Speller(words | WORDS)
    routes = learn([(route, features(sentence, speller.meant)) for route, sentence in read_ones])
    tongues = Tongues(
        {language: [text for texts in of.values() for text in texts] for language, of in examples.items()}
    )
    return _Known(routes, tongues, speller)


def _likeness(found: frozenset[str], choice: Choice) -> float:
    """Return how alike the nearest example of a choice is: 1 for the same features, 0 for none in common."""
    return max((_overlap(found, of) for of in _features_of(choice.examples)), default=0.0) ** 2


def _overlap(found: frozenset[str], other: frozenset[str]) -> float:
    return len(found & other) / len(found | other) if found or other else 0.0


@lru_cache(maxsize=256)
def _features_of(examples: tuple[tuple[str, str], ...]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(features(read(text))) for _, text in examples)
