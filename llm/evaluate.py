"""How well a classifier chooses: labelled sentences in, figures out. Pure; `python -m llm evaluate` runs it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from llm.verdict import PERSON, Usage

DEFAULT_PERSON = f"{PERSON}reception"  # who gets what no classifier is sure of


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled sentence: its language, the routes that are all right for it, its words."""

    language: str
    routes: tuple[str, ...]
    words: str = field(repr=False)


class LinesError(Exception):
    """A file of labelled sentences cannot be used; `faults` names each faulty line and what it should be, never its words."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


def read_lines(lines: Iterable[str], languages: Collection[str], routes: Collection[str]) -> tuple[Labelled, ...]:
    """Return labelled sentences; `#` begins a comment. Raise LinesError with every line that is not one, or if there is none."""
    read: list[Labelled] = []
    faults: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        one = _labelled(line.rstrip("\r\n").split("\t"))
        wrong = tuple(_faults(one, languages, routes)) if one else (_SHAPE,)
        faults += [f"line {number}: {fault}" for fault in wrong]
        if one and not wrong:
            read.append(one)
    if faults or not read:
        raise LinesError(faults or ["there is no labelled sentence in it"])
    return tuple(read)


_SHAPE = "expected language, route and text, separated by tabs"


def _labelled(parts: Sequence[str]) -> Labelled | None:
    if len(parts) != 3 or not all(part.strip() for part in parts):
        return None
    return Labelled(parts[0].strip(), tuple(route.strip() for route in parts[1].split("|")), parts[2])


def _faults(one: Labelled, languages: Collection[str], routes: Collection[str]) -> Iterator[str]:
    if one.language not in languages:
        yield f"no language {one.language!r}: one of {', '.join(sorted(languages))}"
    for route in one.routes:
        if route not in routes:
            yield f"no route {route!r}: one of {', '.join(sorted(routes))}"


# --------------------------------------------------------------------------------------------------------------- outcomes


@dataclass(frozen=True, slots=True)
class Decision:
    """Where a sentence would go. `asks`: when unsure, "did you mean ..." is shown; else a person is brought."""

    route: str
    sure: bool
    by: str
    asks: bool = False
    took_s: float = 0.0
    usage: Usage | None = None


class Outcome(StrEnum):
    """What a decision comes to for the person who wrote."""

    RIGHT = "right"
    HANDED = "handed"
    ASKED = "asked"
    WRONG = "wrong_and_confident"


def outcome(one: Labelled, made: Decision) -> Outcome:
    """Judge a decision. A person who is the label is right; a person who is not is no mistake, but work for somebody."""
    if made.sure and made.route in one.routes:
        return Outcome.RIGHT
    if made.asks and not made.sure:
        return Outcome.ASKED
    wanted = [route for route in one.routes if route.startswith(PERSON)]
    if not made.sure:
        brought = made.route if made.route.startswith(PERSON) else DEFAULT_PERSON
        return Outcome.RIGHT if brought in wanted else Outcome.HANDED
    return Outcome.HANDED if made.route.startswith(PERSON) and not wanted else Outcome.WRONG


# ----------------------------------------------------------------------------------------------------------------- figures


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled sentence with what was decided about it."""

    line: Labelled
    decision: Decision

    @property
    def outcome(self) -> Outcome:
        """What it came to."""
        return outcome(self.line, self.decision)

    @property
    def label(self) -> str:
        """The route it counts for: the decided one where that is right, else the first of its labels."""
        return self.decision.route if self.decision.route in self.line.routes else self.line.routes[0]


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured. Shares are of `count`; `cost` is in US dollars, None when a price is not known."""

    count: int
    shares: Mapping[Outcome, float]
    accuracy: float
    macro_f1: float
    confusions: tuple[tuple[str, str, int], ...]  # wanted, decided, how often; the commonest first
    decided_by: tuple[tuple[str, int], ...]
    worst_s: float
    mean_s: float
    cost: float | None

    def as_json(self) -> dict[str, object]:
        """Return the figures as plain values."""
        return {
            "count": self.count,
            **{str(outcome): share for outcome, share in self.shares.items()},
            "macro_f1": self.macro_f1,
            "accuracy": self.accuracy,
            "mean_ms": round(self.mean_s * 1000, 2),
            "worst_ms": round(self.worst_s * 1000, 2),
            "cost": self.cost,
            "decided_by": dict(self.decided_by),
            "confusions": [list(one) for one in self.confusions],
        }


def evaluate(lines: Sequence[Labelled], decide: Callable[[Labelled], Decision]) -> tuple[Judged, ...]:
    """Have every sentence decided, in order."""
    return tuple(Judged(line, decide(line)) for line in lines)


def figures(judged: Sequence[Judged]) -> Figures:
    """Return the figures of at least one judged sentence."""
    count = len(judged)
    outcomes = Counter(one.outcome for one in judged)
    wrong = Counter((one.label, one.decision.route) for one in judged if one.label != one.decision.route)
    usages = [one.decision.usage for one in judged if one.decision.usage is not None]
    costs = [usage.cost for usage in usages]
    return Figures(
        count=count,
        shares={outcome: outcomes[outcome] / count for outcome in Outcome},
        accuracy=1 - wrong.total() / count,
        macro_f1=macro_f1(judged),
        confusions=tuple((*pair, often) for pair, often in sorted(wrong.items(), key=lambda item: (-item[1], item[0]))),
        decided_by=tuple(sorted(Counter(one.decision.by for one in judged).items())),
        worst_s=max(one.decision.took_s for one in judged),
        mean_s=sum(one.decision.took_s for one in judged) / count,
        cost=None if None in costs else sum(cost for cost in costs if cost is not None),
    )


def macro_f1(judged: Sequence[Judged]) -> float:
    """Return the mean of F1 over the routes that are wanted; a decision counts whether or not it was sure."""
    wanted = Counter(one.label for one in judged)
    decided = Counter(one.decision.route for one in judged)
    right = Counter(one.label for one in judged if one.label == one.decision.route)
    return sum(2 * right[route] / (wanted[route] + decided[route]) for route in wanted) / len(wanted)


def table(measured: Figures) -> str:
    """Return the figures as a page of text."""
    rows = [f"{measured.count} sentences"]
    rows += [f"  {str(outcome).replace('_', ' '):<20}{share:7.1%}" for outcome, share in measured.shares.items()]
    rows += [f"  {'accuracy':<20}{measured.accuracy:7.1%}", f"  {'macro-F1':<20}{measured.macro_f1:7.3f}"]
    rows += [f"  {'time':<20}{measured.mean_s * 1000:6.1f} ms on average, {measured.worst_s * 1000:.1f} ms at most"]
    rows += [f"  {'cost':<20}{'not known' if measured.cost is None else f'{measured.cost:.4f} US dollars'}"]
    rows += [f"  {'decided by':<20}{', '.join(f'{by} {often}' for by, often in measured.decided_by)}"]
    rows += ["", f"{'wanted':<20}{'decided':<20}often"] if measured.confusions else []
    rows += [f"{wanted:<20}{decided:<20}{often:>5}" for wanted, decided, often in measured.confusions]
    return "\n".join(rows)
