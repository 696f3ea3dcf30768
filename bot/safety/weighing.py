"""A text weighed word by word against a table made beforehand: the same text always weighs the same. Pure, but for the table's file.

The tables are made by `spam_learning.py` and `danger_learning.py`: logistic regression by plain descent in a fixed order.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import exp
from pathlib import Path
from types import MappingProxyType

from menus.phrases import fold

Line = tuple[frozenset[str], bool]

ANY = "@any"  # in every text: how rare what is looked for is
BEGINNING = 6  # letters of a word that count: what follows is mostly its grammar
MOST_WORDS = 600
ROUNDS, RATE, SLOWER, FORGETTING = 15, 0.2, 0.3, 1e-4
LEAST = 0.15  # smaller weights are left out: twice as many, and they change nothing
_SIGN = re.compile(r"[^\W\d_]+|[%!]")


def beginnings(words: str) -> frozenset[str]:
    """Return the beginnings of the words of a text, alone and in pairs."""
    said = [word[:BEGINNING] for word in _SIGN.findall(fold(words))[:MOST_WORDS]]
    return frozenset((*said, *(f"{one} {other}" for one, other in zip(said, said[1:], strict=False)), ANY))


def weigh(table: Mapping[str, float], signs: Iterable[str]) -> float:
    """Return what a text weighs: above zero speaks for what the table knows."""
    return sum(table.get(sign, 0.0) for sign in signs)


@lru_cache(maxsize=8)
def table_of(path: Path) -> MappingProxyType[str, float]:
    """Return a table of weights, read once."""
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (line.rsplit("\t", 1) for line in lines if line and not line.startswith("# "))
    return MappingProxyType({sign: float(weight) for sign, weight in pairs})


def learn(lines: Iterable[Line], counts: float = 1.0, least: float = LEAST) -> dict[str, float]:
    """Return the weight of each sign; a line that is what is looked for counts so many times. The same lines, the same table."""
    table: dict[str, float] = {}
    order, lines = random.Random(7), list(lines)
    for turn in range(ROUNDS):
        order.shuffle(lines)
        _descend(table, lines, RATE / (1 + turn * SLOWER), counts)
    return {sign: round(weight, 2) for sign, weight in sorted(table.items()) if abs(weight) >= least}


def write(path: Path, table: Mapping[str, float], made_by: str) -> None:
    """Write a table beside its reader."""
    rows = (f"{sign}\t{weight}" for sign, weight in table.items())
    path.write_text("\n".join([f"# Made by python -m {made_by}: a sign and its weight.", *rows]) + "\n", "utf-8")


def _descend(table: dict[str, float], lines: Sequence[Line], rate: float, counts: float) -> None:
    for found, is_it in lines:
        ordered = sorted(found)
        likely = 1 / (1 + exp(-max(-30.0, min(30.0, weigh(table, ordered)))))
        step = (is_it - likely) * (counts if is_it else 1.0) * rate
        for sign in ordered:
            table[sign] = table.get(sign, 0.0) * (1 - FORGETTING) + step
