"""Make the table of weights that `spam.py` reads: `python -m bot.safety.spam_learning` after a line was added to the examples.

Logistic regression by plain descent in a fixed order, so that the same lines always make the same table. Spam is learned
from `spam_lines.txt` and from the classifier's examples of that route, patients' words from its other examples and from
`patient_lines.txt`, which holds what sounds like an advertisement and is none.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from math import exp
from pathlib import Path

import yaml

from bot.safety.spam import WEIGHTS, signs

HERE = Path(__file__).parent
EXAMPLES = HERE.parent.parent / "llm" / "examples"
ROUNDS, RATE, SLOWER, FORGETTING = 15, 0.2, 0.3, 1e-4
SPAM_COUNTS = 3.0  # times: there are ten times as many examples of patients
LEAST = 0.15  # smaller weights are left out: twice as many, and they change nothing

Line = tuple[frozenset[str], bool]


def learn(spam: Iterable[str], patients: Iterable[str]) -> dict[str, float]:
    """Return the weight of each sign, above zero for spam."""
    adverts = dict.fromkeys(spam)
    lines: list[Line] = [(signs(text), True) for text in adverts]
    lines += [(signs(text), False) for text in dict.fromkeys(patients) if text not in adverts]
    table: dict[str, float] = {}
    order = random.Random(7)
    for turn in range(ROUNDS):
        order.shuffle(lines)
        _descend(table, lines, RATE / (1 + turn * SLOWER))
    return {sign: round(weight, 2) for sign, weight in sorted(table.items()) if abs(weight) >= LEAST}


def _descend(table: dict[str, float], lines: Sequence[Line], rate: float) -> None:
    for found, is_spam in lines:
        ordered = sorted(found)
        total = sum(table.get(sign, 0.0) for sign in ordered)
        likely = 1 / (1 + exp(-max(-30.0, min(30.0, total))))
        step = (is_spam - likely) * (SPAM_COUNTS if is_spam else 1.0) * rate
        for sign in ordered:
            table[sign] = table.get(sign, 0.0) * (1 - FORGETTING) + step


def examples(of_spam: bool) -> Iterator[str]:
    """Yield the sentences the classifier learns from: those of the route of spam, or all others."""
    for path in sorted(EXAMPLES.glob("*.yaml")):
        for route, sentences in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader).items():
            if (route == "spam") is of_spam:
                yield from sentences


def lines_of(name: str) -> list[str]:
    """Return the lines of a file beside this one, without its comments."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def main() -> int:
    """Write the table anew."""
    table = learn(
        [*lines_of("spam_lines.txt"), *examples(of_spam=True)],
        [*lines_of("patient_lines.txt"), *examples(of_spam=False)],
    )
    head = "# Made by python -m bot.safety.spam_learning: a sign, and how much it speaks for spam."
    rows = (f"{sign}\t{weight}" for sign, weight in table.items())
    WEIGHTS.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
