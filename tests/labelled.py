"""The invented messages of `data/messages.tsv`, and how well a rule tells them apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data"
OTHERS = ("wishes.tsv", "identifiers.tsv", "masks.tsv", "emergencies.tsv")


@dataclass(frozen=True, slots=True)
class Told:
    """What a rule missed, what it found where nothing is, and of how many of each."""

    missed: list[str]
    false_alarms: list[str]
    positives: int
    others: int

    @property
    def recall(self) -> float:
        """Return the share that was found."""
        return 1 - len(self.missed) / self.positives

    @property
    def false_rate(self) -> float:
        """Return the share of the others that was taken for one."""
        return len(self.false_alarms) / self.others


def messages() -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield language, labels and text of each message."""
    for line in (DATA / "messages.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            language, labels, text = line.split("\t")
            yield language, tuple(labels.split(",")), text


def other_texts(*files: str) -> list[str]:
    """Return the texts of the other labelled files: what patients write about anything else."""
    lines = [line for file in files or OTHERS for line in (DATA / file).read_text(encoding="utf-8").splitlines()]
    return [line.split("\t")[-1] for line in lines if line and not line.startswith("#")]


def told_apart(label: str, rule: Callable[[str], bool]) -> Told:
    """Hold a rule against every message."""
    judged = [(label in labels, rule(text), text) for _, labels, text in messages()]
    return Told(
        [text for wanted, found, text in judged if wanted and not found],
        [text for wanted, found, text in judged if found and not wanted],
        sum(wanted for wanted, _, _ in judged),
        sum(not wanted for wanted, _, _ in judged),
    )
