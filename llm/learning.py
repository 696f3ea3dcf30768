"""Learn from labelled sentences which features speak for which route, and how sure that is: plain Python, the same each time.

Multinomial logistic regression by gradient steps. Counting alone (naive Bayes) was nine points less often right when sure.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, log, sqrt

EPOCHS = 3  # thirty were no better, on sentences that were not learned
STEP = 4.0  # of the first epoch; a third of a point less each later one
LEAST = 0.003  # a share of blame that is not worth a step
SEED = 20261123
WEIGHT_OF = {"w": 1.0, "s": 1.0, "b": 0.7, "c": 1.2, "d": 0.7, "r": 1.0}  # by the kind of feature
RARE_KINDS = frozenset("b")  # of these kinds, features that were seen once teach nothing

Vector = list[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned: for each known feature its importance and its weight for each of `labels`."""

    labels: tuple[str, ...]
    surprise: float  # the importance of a word that was never seen
    number: Mapping[str, int] = field(repr=False)
    importance: Sequence[float] = field(repr=False)
    weights: Sequence[list[float]] = field(repr=False)

    def scores(self, found: Iterable[str]) -> dict[str, float]:
        """Return how much the features speak for each label: logarithms, up to a constant."""
        return dict(zip(self.labels, _scores(self.weights, self.vector(found), len(self.labels)), strict=True))

    def vector(self, found: Iterable[str]) -> Vector:
        """Return the known features with their values: of length one together with the words that are not known."""
        return _vector(found, self.number, self.importance, self.surprise)


def learn(sentences: Sequence[tuple[str, Sequence[str]]]) -> Learned:
    """Learn from (label, features) pairs."""
    counts = Counter(name for _, found in sentences for name in found)
    kept = [name for name, count in counts.items() if count > 1 or name[0] not in RARE_KINDS]
    number = {name: place for place, name in enumerate(kept)}
    importance = [WEIGHT_OF[name[0]] * log(1 + len(sentences) / counts[name]) for name in kept]
    labels = tuple(sorted({label for label, _ in sentences}))
    weights = [[0.0] * len(labels) for _ in kept]
    lines = [(labels.index(label), _vector(found, number, importance)) for label, found in sentences]
    order = random.Random(SEED)  # noqa: S311 - the same order each time is what is wanted
    for epoch in range(EPOCHS):
        order.shuffle(lines)
        for right, vector in lines:
            _step(weights, vector, right, len(labels), STEP / (1 + 0.3 * epoch))
    return Learned(labels, WEIGHT_OF["w"] * log(1 + len(sentences)), number, importance, weights)


def _vector(
    found: Iterable[str], number: Mapping[str, int], importance: Sequence[float], surprise: float = 0.0
) -> Vector:
    """Return values by place; each word that is not known makes all the others count less, so that less is sure."""
    names = list(found)
    places = [number[name] for name in names if name in number]
    unknown = sum(name[0] == "w" for name in names) - sum(name[0] == "w" and name in number for name in names)
    length = sqrt(sum(importance[place] ** 2 for place in places) + unknown * surprise**2) or 1.0
    return [(place, importance[place] / length) for place in places]


def _scores(weights: Sequence[list[float]], vector: Vector, count: int) -> list[float]:
    scores = [0.0] * count
    for place, value in vector:
        scores = [score + value * weight for score, weight in zip(scores, weights[place], strict=True)]
    return scores


def _step(weights: list[list[float]], vector: Vector, right: int, count: int, step: float) -> None:
    blame = shares(_scores(weights, vector, count))
    blame[right] -= 1.0
    steps = [(label, step * share) for label, share in enumerate(blame) if abs(share) > LEAST]
    for place, value in vector:
        row = weights[place]
        for label, size in steps:
            row[label] -= size * value


def shares(scores: Sequence[float]) -> list[float]:
    """Return scores as shares that add up to one."""
    most = max(scores)
    powers = [exp(score - most) for score in scores]
    whole = sum(powers)
    return [power / whole for power in powers]
