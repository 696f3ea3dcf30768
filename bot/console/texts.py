"""What the staff's pages say, in Italian and English: `templates/console/texts/<language>/<page>.yaml`, a key a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

import yaml

LANGUAGES = ("it", "en")


class TextError(Exception):
    """A text is missing in a language, or has other places for values than in the first."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Every text by language and key (`page.key`). Values stand in braces: `{count} waiting`."""

    by_language: Mapping[str, Mapping[str, str]]

    def say(self, language: str, key: str, /, **values: object) -> str:
        """Return a text. Raise KeyError if there is none, or a value is missing."""
        text = self.by_language[language][key]
        return text.format(**values) if values else text

    def has(self, key: str) -> bool:
        """Tell whether there is such a text."""
        return key in self.by_language[LANGUAGES[0]]


def load(folder: Path) -> Texts:
    """Read the texts of every language. Raise TextError with every fault."""
    found = {language: _read(folder / language) for language in LANGUAGES}
    faults = [fault for language in LANGUAGES[1:] for fault in _faults(found[LANGUAGES[0]], found[language], language)]
    if faults:
        raise TextError("\n".join(faults))
    return Texts(found)


def _read(folder: Path) -> dict[str, str]:
    texts: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        page = yaml.load(path.read_text("utf-8"), yaml.BaseLoader) or {}
        texts |= {f"{path.stem}.{key}": text for key, text in page.items()}
    return texts


def _faults(first: Mapping[str, str], other: Mapping[str, str], language: str) -> list[str]:
    faults = [f"{key}: in {LANGUAGES[0]} or {language} only" for key in sorted(first.keys() ^ other.keys())]
    both = sorted(first.keys() & other.keys())
    return faults + [f"{key}: other values in {language}" for key in both if values(first[key]) != values(other[key])]


def values(text: str) -> frozenset[str]:
    """Return the names of the values a text needs."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
