"""The message templates Meta approved for the clinic: all that may be sent when a person has not written for 24 hours.

`templates/message_templates/<name>.yaml`: the name at Meta, its category, the languages in which it is approved, the words of
each language with `{{ name }}` for a value, and for each value its kind and how long it may be. Read at the start; every fault is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Literal

import yaml

from bot.model import TemplateMessage
from bot.wording import LOCALES, day
from menus.model import Localized

KINDS = ("words", "date", "time")
CATEGORIES = ("utility", "marketing", "authentication")
NAME = re.compile(r"[a-z0-9_]{1,512}")  # developers.facebook.com, message template names
PLACE = re.compile(r"\{\{ ?([a-z0-9_]{1,60}) ?\}\}")
LONGEST_VALUE = 200

Kind = Literal["words", "date", "time"]


class TemplateError(Exception):
    """The files of message templates cannot be used; the message names every fault."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value a template is filled with. `label` is for whoever fills it in."""

    name: str
    kind: Kind
    longest: int
    label: Localized

    def takes(self, value: str) -> bool:
        """Tell whether a value may stand there: one line, of its kind, not too long. Meta refuses line breaks and many blanks."""
        if not 0 < len(value) <= self.longest or not value.isprintable() or "    " in value:
            return False
        try:
            if self.kind == "date":
                date.fromisoformat(value)
            elif self.kind == "time":
                time.fromisoformat(value)
        except ValueError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Template:
    """A message template: `wordings` are those of the approved languages."""

    name: str
    category: str
    wordings: Mapping[str, str]
    parameters: tuple[Parameter, ...]

    def speaks(self, language: str) -> bool:
        """Tell whether it is approved in a language."""
        return language in self.wordings

    def filled(self, language: str, values: Mapping[str, str]) -> TemplateMessage:
        """Return the message; every value must have been taken by its parameter."""
        body = tuple((one.name, _said(one, values[one.name], language)) for one in self.parameters)
        return TemplateMessage(self.name, language, body)


def _said(parameter: Parameter, value: str, language: str) -> str:
    """Return a value as it is read: a day is written out."""
    return day(date.fromisoformat(value), LOCALES.get(language, language)) if parameter.kind == "date" else value


def load_templates(folder: Path) -> tuple[Template, ...]:
    """Read every file of a folder. Raise TemplateError with all faults."""
    read = [(path, yaml.load(path.read_text("utf-8"), yaml.BaseLoader)) for path in sorted(folder.glob("*.yaml"))]
    faults = [f"{path.name}: {fault}" for path, written in read for fault in _faults(written)]
    if faults:
        raise TemplateError("\n".join(faults))
    return tuple(_template(written) for _, written in read)


def _faults(written: object) -> Iterator[str]:
    if not isinstance(written, dict) or written.keys() != {"name", "category", "approved", "words", "values"}:
        yield "write exactly name, category, approved, words and values"
        return
    if not NAME.fullmatch(str(written["name"])):
        yield "name: small letters, digits and _ only"
    if written["category"] not in CATEGORIES:
        yield f"category: one of {', '.join(CATEGORIES)}"
    if not isinstance(written["approved"], list) or not set(written["approved"]) <= set(written["words"]):
        yield "approved: a list of languages, each with its words"
    yield from _value_faults(written["words"], written["values"] or {})


def _value_faults(words: Mapping[str, str], values: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    for language, text in words.items():
        if list(dict.fromkeys(PLACE.findall(text))) != list(values):
            yield f"words.{language}: names other values than `values`, or in another order"
    for name, value in values.items():
        if not isinstance(value, dict) or value.keys() != {"kind", "longest", "label"}:
            yield f"values.{name}: write exactly kind, longest and label"
        elif value["kind"] not in KINDS or not str(value["longest"]).isdecimal():
            yield f"values.{name}: kind is one of {', '.join(KINDS)}, longest a number"
        elif not 0 < int(str(value["longest"])) <= LONGEST_VALUE or not isinstance(value["label"], dict):
            yield f"values.{name}: longest is 1 to {LONGEST_VALUE}, label has a text per language"


def _template(written: Mapping[str, object]) -> Template:
    words: Mapping[str, str] = written["words"]  # type: ignore[assignment]
    values: Mapping[str, Mapping[str, object]] = written["values"] or {}  # type: ignore[assignment]
    approved: list[str] = written["approved"]  # type: ignore[assignment]
    return Template(
        str(written["name"]),
        str(written["category"]),
        {language: words[language] for language in approved},
        tuple(_parameter(name, value) for name, value in values.items()),
    )


def _parameter(name: str, value: Mapping[str, object]) -> Parameter:
    label: Mapping[str, str] = value["label"]  # type: ignore[assignment]
    kind: Kind = value["kind"]  # type: ignore[assignment]
    return Parameter(name, kind, int(str(value["longest"])), Localized(tuple(label.items())))
