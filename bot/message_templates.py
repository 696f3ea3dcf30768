"""The message templates the clinic has Meta approve: all that may be sent when a person has not written for 24 hours.

`templates/message_templates/<name>.yaml` says everything Meta is asked to approve: name, category, words with `{{ name }}`
for a value, an example of each value, quick replies, how long WhatsApp may go on trying. Read at the start, every fault
told at once. Whether Meta approved it is not in the files: Meta says so (`bot/approvals.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Literal

import yaml

from bot.model import TemplateMessage
from bot.wording import LOCALES, clock, day
from menus.model import Localized

KINDS = ("words", "date", "time")
CATEGORIES = ("utility", "marketing", "authentication")
USERS = ("staff", "notice")
PRIVACY = ("named", "strict")
NAME = re.compile(r"[a-z0-9_]{1,512}")  # developers.facebook.com, message template names
PLACE = re.compile(r"\{\{ ?([a-z0-9_]{1,60}) ?\}\}")
BRACES = re.compile(r"\{\{.*?\}\}")
LONGEST_VALUE = 200

# developers.facebook.com/documentation/business-messaging/whatsapp/templates/components
BODY = 1024  # as approved, and filled
BUTTON_TITLE = 25
BUTTONS = 3  # Meta takes ten, but from four on they are not shown on a computer
LIFETIME_S = (30, 12 * 3600)  # message_send_ttl_seconds of a utility template

REQUIRED = ("name", "category", "by", "words", "values")
OPTIONAL = ("privacy", "lifetime_s", "buttons")

Kind = Literal["words", "date", "time"]


class TemplateError(Exception):
    """The files of message templates cannot be used; the message names every fault."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value a template is filled with. `label` is for whoever fills it in, `example` for Meta's review, by language."""

    name: str
    kind: Kind
    longest: int
    label: Localized
    example: Mapping[str, str] = field(default_factory=dict)

    def takes(self, value: str) -> bool:
        """Tell whether a value may stand there: one line, of its kind, not too long. Meta refuses line breaks and many blanks."""
        if not 0 < len(value) <= self.longest or not value.isprintable() or not value.strip() or "    " in value:
            return False
        try:
            if self.kind == "date":
                date.fromisoformat(value)
            elif self.kind == "time":
                time.fromisoformat(value)
        except ValueError:
            return False
        return True

    def said(self, value: str, language: str) -> str:
        """Return a value as it is read: a day is written out, a time as the language writes it."""
        locale = LOCALES.get(language, language)
        match self.kind:
            case "date":
                return day(date.fromisoformat(value), locale)
            case "time":
                return clock(time.fromisoformat(value), locale)
            case "words":
                return value


@dataclass(frozen=True, slots=True)
class QuickReply:
    """A button below a template: `id` is what it wishes, for the code; the payload is made when it is sent."""

    id: str
    title: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Template:
    """A message template as its file has it.

    `by`: who sends it, a member of staff or a notice. `privacy`: for which clinics it is made; None: for all. `lifetime_s`:
    how long WhatsApp may try to deliver it; None: 30 days.
    """

    name: str
    category: str
    wordings: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    by: Literal["staff", "notice"] = "staff"
    privacy: Literal["named", "strict"] | None = None
    lifetime_s: int | None = None
    buttons: tuple[QuickReply, ...] = ()

    def speaks(self, language: str) -> bool:
        """Tell whether there are words of a language."""
        return language in self.wordings

    def filled(self, language: str, values: Mapping[str, str], payloads: Sequence[str] = ()) -> TemplateMessage:
        """Return the message; every value must have been taken by its parameter. `payloads`: of the buttons, in order."""
        body = tuple((one.name, one.said(values[one.name], language)) for one in self.parameters)
        return TemplateMessage(self.name, language, body, quick_replies=tuple(payloads))


def load_templates(folder: Path) -> tuple[Template, ...]:
    """Read every file of a folder. Raise TemplateError with all faults."""
    read = [(path, _written(path)) for path in sorted(folder.glob("*.yaml"))]
    faults = [f"{path.name}: {fault}" for path, written in read for fault in _faults(path.stem, written)]
    if faults:
        raise TemplateError("\n".join(faults))
    return tuple(_template(written) for _, written in read if isinstance(written, dict))


def of_clinic(templates: Sequence[Template], privacy: str) -> tuple[Template, ...]:
    """Return the templates a clinic of this privacy sends."""
    return tuple(one for one in templates if one.privacy in (None, privacy))


def _written(path: Path) -> object:
    """Return what a file holds, or why it cannot be read as words."""
    try:
        return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return f"is not YAML{f', line {mark.line + 1}' if mark else ''}"


# --------------------------------------------------------------------------------------------------------------- faults


def _faults(stem: str, written: object) -> Iterator[str]:
    if isinstance(written, str) and written.startswith("is not YAML"):
        yield written
        return
    if not isinstance(written, dict) or not set(REQUIRED) <= written.keys() <= {*REQUIRED, *OPTIONAL}:
        yield f"write exactly {', '.join(REQUIRED)}, and where they are needed {', '.join(OPTIONAL)}"
        return
    yield from _head_faults(stem, written)
    words, values, buttons = written["words"], written["values"] or {}, written.get("buttons") or {}
    if not _is_texts(words) or not isinstance(values, dict) or not isinstance(buttons, dict):
        yield "words: a text for each language; values and buttons: each by its name"
        return
    languages = frozenset(words)
    yield from _value_faults(values, languages, written["by"] == "staff")
    yield from _button_faults(buttons, languages)
    for language, text in words.items():
        yield from (f"words.{language}: {fault}" for fault in _word_faults(text, values))


def _head_faults(stem: str, written: Mapping[str, object]) -> Iterator[str]:
    if not NAME.fullmatch(str(written["name"])) or written["name"] != stem:
        yield "name: the file's own, small letters, digits and _ only"
    if written["category"] not in CATEGORIES:
        yield f"category: one of {', '.join(CATEGORIES)}"
    if written["by"] not in USERS:
        yield f"by: one of {', '.join(USERS)}"
    if written.get("privacy", "named") not in PRIVACY:
        yield f"privacy: one of {', '.join(PRIVACY)}, or leave it out"
    if "lifetime_s" in written and not _whole(written["lifetime_s"], *LIFETIME_S):
        yield f"lifetime_s: {LIFETIME_S[0]} to {LIFETIME_S[1]} seconds"


def _word_faults(text: str, values: Mapping[str, object]) -> Iterator[str]:
    if list(dict.fromkeys(PLACE.findall(text))) != list(values):
        yield "names other values than `values`, or in another order"
    parts = PLACE.split(text)[::2]  # what stands between the values
    if any("{{" in part or "}}" in part for part in parts):
        yield "a value is written as {{ name }}: small letters, digits and _"
    if len(parts) > 1 and not (_has_letter(parts[0]) and _has_letter(parts[-1])):
        yield "begins or ends with a value, which Meta refuses"
    if not all(_has_letter(part) for part in parts[1:-1]):
        yield "two values stand next to each other, which Meta refuses"
    if len(" ".join(parts).split()) <= 2 * (len(parts) - 1):
        yield "too few words for so many values, which Meta refuses"
    longest = sum(len(part) for part in parts) + sum(_longest(values.get(name)) for name in PLACE.findall(text))
    if not text.strip() or max(longest, len(text)) > BODY:
        yield f"empty, or longer than {BODY} with the longest values"


def _has_letter(part: str) -> bool:
    return any(character.isalpha() for character in part)


def _longest(value: object) -> int:
    longest = str(value.get("longest")) if isinstance(value, dict) else ""
    if isinstance(value, dict) and value.get("kind") == "date":
        return 40  # written out: "miércoles 23 de septiembre"
    return int(longest) if longest.isdecimal() else 0


def _value_faults(values: Mapping[str, object], languages: frozenset[str], is_labelled: bool) -> Iterator[str]:
    keys = {"kind", "longest", "example", *(("label",) if is_labelled else ())}
    for name, value in values.items():
        if not isinstance(value, dict) or value.keys() != keys:
            yield f"values.{name}: write exactly {', '.join(sorted(keys))}"
            continue
        if value["kind"] not in KINDS or not _whole(value["longest"], 1, LONGEST_VALUE):
            yield f"values.{name}: kind is one of {', '.join(KINDS)}, longest is 1 to {LONGEST_VALUE}"
            continue
        if is_labelled and not _is_texts(value["label"]):
            yield f"values.{name}: label has a text per language"
        yield from _example_faults(name, value, languages)


def _example_faults(name: str, value: Mapping[str, object], languages: frozenset[str]) -> Iterator[str]:
    examples = _per_language(value["example"], languages)
    one = Parameter(name, value["kind"], int(str(value["longest"])), Localized(()))  # type: ignore[arg-type]
    if examples.keys() != languages or not all(one.takes(text) for text in examples.values()):
        yield f"values.{name}: example is one that could be sent, for all languages or for each"


def _button_faults(buttons: Mapping[str, object], languages: frozenset[str]) -> Iterator[str]:
    if len(buttons) > BUTTONS:
        yield f"buttons: {BUTTONS} at most, or a computer shows none"
    for id, titles in buttons.items():
        if not NAME.fullmatch(id) or not _is_texts(titles) or titles.keys() != languages:  # type: ignore[attr-defined]
            yield f"buttons.{id}: a title for each language of `words`"
        elif not all(0 < len(title.strip()) <= BUTTON_TITLE for title in titles.values()):  # type: ignore[attr-defined]
            yield f"buttons.{id}: a title has 1 to {BUTTON_TITLE} characters"
    for language in sorted(languages):
        shown = [titles.get(language) for titles in buttons.values() if isinstance(titles, dict)]
        if len(set(shown)) < len(shown):
            yield f"buttons: two of one title in {language}"


def _is_texts(written: object) -> bool:
    return isinstance(written, dict) and bool(written) and all(isinstance(text, str) for text in written.values())


def _whole(written: object, least: int, most: int) -> bool:
    return isinstance(written, str) and written.isdecimal() and len(written) < 9 and least <= int(written) <= most


def _per_language(written: object, languages: frozenset[str]) -> Mapping[str, str]:
    """Return a text by language; one that stands alone is every language's."""
    if isinstance(written, dict):
        return {language: str(text) for language, text in written.items()}
    return {language: str(written) for language in languages}


# ------------------------------------------------------------------------------------------------------------ once sound


def _template(written: Mapping[str, object]) -> Template:
    words: Mapping[str, str] = written["words"]  # type: ignore[assignment]
    values: Mapping[str, Mapping[str, object]] = written["values"] or {}  # type: ignore[assignment]
    buttons: Mapping[str, Mapping[str, str]] = written.get("buttons") or {}  # type: ignore[assignment]
    lifetime = written.get("lifetime_s")
    return Template(
        name=str(written["name"]),
        category=str(written["category"]),
        wordings=words,
        parameters=tuple(_parameter(name, value, frozenset(words)) for name, value in values.items()),
        by=written["by"],  # type: ignore[arg-type]
        privacy=written.get("privacy"),  # type: ignore[arg-type]
        lifetime_s=int(str(lifetime)) if lifetime is not None else None,
        buttons=tuple(QuickReply(id, titles) for id, titles in buttons.items()),
    )


def _parameter(name: str, value: Mapping[str, object], languages: frozenset[str]) -> Parameter:
    label: Mapping[str, str] = value.get("label") or {}  # type: ignore[assignment]
    kind: Kind = value["kind"]  # type: ignore[assignment]
    example = _per_language(value["example"], languages)
    return Parameter(name, kind, int(str(value["longest"])), Localized(tuple(label.items())), example)
