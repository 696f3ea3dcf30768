"""Make the tables that `danger.py` reads: `python -m bot.safety.danger_learning` after a line was added to the examples.

Danger is learned from the labelled sets of the tests and from the classifier's examples of that route; what is none, from the same
sets, from the classifier's other examples and from what is written to the clinic otherwise. To be run in a checkout.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from bot.safety.danger import DANGER, DESPAIR
from bot.safety.weighing import beginnings, learn, write

ROOT = Path(__file__).parent.parent.parent
SETS = ROOT / "tests" / "data"
EXAMPLES = ROOT / "llm" / "examples"
LABELLED = ("danger.tsv", "emergencies.tsv")  # language, what it is, ..., text
HARMFUL = ("emergency", "distress")

Told = tuple[str, str]  # what it is, the text


def labelled(name: str) -> Iterator[Told]:
    """Yield the lines of a labelled set."""
    for line in (SETS / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            cells = line.split("\t")
            yield cells[1], cells[-1]


def written() -> Iterator[Told]:
    """Yield what patients write, with what became of it where it is danger."""
    for line in (SETS / "messages.tsv").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if line and not line.startswith("#"):
            yield next((harm for harm in HARMFUL if harm in cells[:-1]), "none"), cells[-1]
    for path in sorted(EXAMPLES.glob("*.yaml")):
        for route, sentences in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader).items():
            yield from (("emergency" if route == "emergency" else "none", sentence) for sentence in sentences)


def tables(told: Iterable[Told]) -> tuple[dict[str, float], dict[str, float]]:
    """Return the weights of danger against everything else, and of despair against dangers of the body."""
    lines = [(what, beginnings(text)) for what, text in dict.fromkeys(told)]
    danger = learn((signs, what in HARMFUL) for what, signs in lines)
    despair = learn((signs, what == "distress") for what, signs in lines if what in HARMFUL)
    return danger, despair


def main() -> int:
    """Write the tables anew."""
    told = [line for name in LABELLED for line in labelled(name)]
    danger, despair = tables([*told, *written()])
    write(DANGER, danger, "bot.safety.danger_learning")
    write(DESPAIR, despair, "bot.safety.danger_learning")
    return 0


if __name__ == "__main__":
    sys.exit(main())
