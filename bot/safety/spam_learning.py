"""Make the table of weights that `spam.py` reads: `python -m bot.safety.spam_learning` after a line was added to the examples.

Spam is learned from `spam_lines.txt` and from the classifier's examples of that route, patients' words from its other examples and from
`patient_lines.txt`, which holds what sounds like an advertisement and is none.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from bot.safety import weighing
from bot.safety.spam import WEIGHTS, signs

HERE = Path(__file__).parent
EXAMPLES = HERE.parent.parent / "llm" / "examples"
SPAM_COUNTS = 3.0  # times: there are ten times as many examples of patients


def learn(spam: Iterable[str], patients: Iterable[str]) -> dict[str, float]:
    """Return the weight of each sign, above zero for spam."""
    adverts = dict.fromkeys(spam)
    lines = [(signs(text), True) for text in adverts]
    lines += [(signs(text), False) for text in dict.fromkeys(patients) if text not in adverts]
    return weighing.learn(lines, SPAM_COUNTS)


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
    weighing.write(WEIGHTS, table, "bot.safety.spam_learning")
    return 0


if __name__ == "__main__":
    sys.exit(main())
