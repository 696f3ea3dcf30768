"""Danger no phrase foresaw, weighed word by word (docs/decisions/0037). It only ever adds: what the phrases found stands."""

from __future__ import annotations

import re
from pathlib import Path

from bot.safety.weighing import beginnings, table_of, weigh

DANGER = Path(__file__).with_name("danger_weights.tsv")
DESPAIR = Path(__file__).with_name("despair_weights.tsv")
HEAVY = 0.75  # cross-validated: 8 in 1,000 lines without danger weigh more, half of them written to alarm; of fresh dangers 7 in 10
FEWEST = 3  # words: fewer tell too little to be weighed
_WORD = re.compile(r"[^\W\d_]{2,}")


def weighs_danger(words: str) -> bool:
    """Say whether a text in which no phrase of danger was found tells of danger all the same."""
    return len(_WORD.findall(words)) >= FEWEST and weigh(table_of(DANGER), beginnings(words)) > HEAVY


def weighs_despair(words: str) -> bool:
    """Say whether a text that tells of danger tells of despair, rather than of the body."""
    return weigh(table_of(DESPAIR), beginnings(words)) > 0
