"""A verdict without any model: learned at start from authored sentences, the same every time, in a few milliseconds.

It is used where there is no key, and where the model is down. What it is not sure of goes to a person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from threading import Lock

import yaml

from llm.clinical import is_clinical
from llm.concepts import WORDS
from llm.features import features
from llm.learning import Learned, learn, shares
from llm.slots import answers_in
from llm.spelling import Speller
from llm.tone import tone_of
from llm.tongues import Tongues
from llm.verdict import EMERGENCY, PERSON, SPAM, STOP, UNCLEAR, Choice, Question, Verdict
from llm.words import LONGEST, Sentence, read, undoubled

EXAMPLES = Path(__file__).parent / "examples"

SURE = 0.75  # share of all choices; measured on sentences that were not learned (docs/decisions/0023)
SURE_OF_DANGER = 0.9  # rules hear emergencies before; what they did not hear needs more than a likeness
MARGIN = 0.2  # and this much more than the next one
WORTH_NAMING = 0.08  # share of an alternative
SURE_WISH = 0.85  # share of a part of a sentence that is a wish of its own
SHORTEST_WISH = 3  # words
LIKENESS = 3.0  # how much an authored example that is alike adds to its choice

MOST_WISHES = 4
NURSING = f"{PERSON}nursing"
FACTS = frozenset(("documents", "tips", "results", "faq"))  # flows that answer with texts for everybody
# Read before accents go: "è" is another word than "e".
_JOINS = re.compile(r"\b(?:e|ed|and|y|anche|also|inoltre|también|además)\b|[.?!]", re.IGNORECASE)

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
        ranked = _ranked(known, sentence, question.choices)
        verdict = _decided(ranked)
        if verdict.route in FACTS and is_clinical(question.words):
            verdict = _for_a_nurse(verdict, question.choices)
        if verdict.sure:
            verdict = replace(verdict, alternatives=_other_wishes(known, question, verdict.route))
        return replace(
            verdict,
            language=known.tongues.language_of(question.words),
            tone=tone_of(question.words),
            answers=answers_in(question.words, question.slots),
        )

    def _learned(self) -> _Known:
        with self._learning:
            if self._known is None:
                self._known = _learned_from(self._examples)
            return self._known


Ranked = list[tuple[str, float]]


def _ranked(known: _Known, sentence: Sentence, choices: Sequence[Choice]) -> Ranked:
    """Return the choices with their shares, the likeliest first; none when there are no words or no choices."""
    if not sentence.words or not choices:
        return []
    found = known.found_in(sentence)
    spoken_for = known.routes.scores(found)
    alike = frozenset(found)
    scores = [spoken_for.get(choice.id, 0.0) + LIKENESS * _likeness(alike, choice) for choice in choices]
    ids = (choice.id for choice in choices)
    return sorted(zip(ids, shares(scores), strict=True), key=lambda pair: (-pair[1], pair[0]))


def _decided(ranked: Ranked) -> Verdict:
    if not ranked:
        return Verdict(UNCLEAR, sure=False)
    if _is_sure(ranked):
        return Verdict(ranked[0][0], sure=True)
    # The rules that hear emergencies come before this; a guess at one would ring the alarm for nothing.
    guesses = [(id_, share) for id_, share in ranked if id_ != EMERGENCY] or ranked
    alternatives = tuple(id_ for id_, share in guesses[1:3] if share >= WORTH_NAMING)
    return Verdict(guesses[0][0], sure=False, alternatives=alternatives)


def _for_a_nurse(verdict: Verdict, choices: Sequence[Choice]) -> Verdict:
    """Let a nurse see what sounds clinical: "posso prendere l'aspirina prima dell'esame?" is no question for a leaflet."""
    if any(choice.id == NURSING for choice in choices):
        return replace(verdict, route=NURSING, alternatives=(verdict.route,))
    return replace(verdict, sure=False)


def _is_sure(ranked: Ranked) -> bool:
    (best, share), next_share = ranked[0], ranked[1][1] if len(ranked) > 1 else 0.0
    return share >= (SURE_OF_DANGER if best == EMERGENCY else SURE) and share - next_share >= MARGIN


def _other_wishes(known: _Known, question: Question, route: str) -> tuple[str, ...]:
    """Return what else is surely asked for in a text that joins wishes ("disdire la visita e avere la fattura")."""
    joined = [part for part in _JOINS.split(question.words[:LONGEST]) if len(part.split()) >= SHORTEST_WISH]
    if len(joined) < 2 or not _is_flow(route):
        return ()
    ranked = [_ranked(known, read(part), question.choices) for part in joined[:MOST_WISHES]]
    likeliest = [one[0] for one in ranked if one]
    named = dict.fromkeys(id_ for id_, share in likeliest if share >= SURE_WISH)
    return tuple(id_ for id_ in named if id_ != route and _is_flow(id_))[:2] if route in named else ()


def _is_flow(route: str) -> bool:
    return not route.startswith(PERSON) and route not in (EMERGENCY, SPAM, STOP, UNCLEAR)


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
