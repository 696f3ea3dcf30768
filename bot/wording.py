"""From a wording key, its values and a language to the words a person reads: reads `templates/<lang>/`, asks no clock.

Every text is authored; only values are filled in. Faults of the files stop the start, all of them told at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from babel.dates import format_date, format_time
from babel.lists import format_list
from jinja2 import StrictUndefined, Template, TemplateRuntimeError, TemplateSyntaxError, meta
from jinja2.sandbox import SandboxedEnvironment

from bot.model import Button, Limits, LinkButton, ListMessage, Place, Reply, ReplyButtons, Row, Section, Text
from menus.model import Choice, Localized, Offer, Prompt, Value

DAYS = {"es": "EEEE d 'de' MMMM"}  # how a day is written out; other languages put the three words in a row
LOCALES = {"en": "en_GB"}  # English as it is written in Europe: day before month; other languages as they are


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the authored words, where, and what to do about it."""

    file: str
    key: str
    fault: str
    remedy: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.file}: {self.key}: {self.fault}: {self.remedy}"


@dataclass(eq=False)  # not frozen: contextlib writes __traceback__
class WordingError(Exception):
    """The authored words cannot be used; `faults` are all of them. Holds keys and names of values, never a value."""

    faults: tuple[Fault, ...]

    def __str__(self) -> str:
        """Name every fault, one a line."""
        return "\n".join(str(fault) for fault in self.faults)


@dataclass(frozen=True, slots=True)
class Words:
    """Authored words; `names` are the values they are filled with. No `template`: there is nothing to fill in."""

    source: str
    names: frozenset[str] = frozenset()
    template: Template | None = field(default=None, repr=False, compare=False)
    line: int = field(default=0, compare=False)  # where they stand in their file


NOTHING = Words("")
NO_FACTS: Mapping[str, Value] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Titled:
    """How a choice is worded; the description is shown in lists only."""

    title: Words
    description: Words | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What is authored for one wording key in one language; what is absent is None."""

    text: Words | None = None
    button: Words | None = None
    header: Words | None = None
    footer: Words | None = None
    display_text: Words | None = None
    row: Titled | None = None
    options: Mapping[str, Titled] = field(default_factory=dict)

    def parts(self) -> Iterator[tuple[str, Words]]:
        """Name every text that is authored here: `text`, `row.title`, `options.menu.description` ..."""
        for name in PLAIN_PARTS:
            if (words := getattr(self, name)) is not None:
                yield name, words
        titled = {"row": self.row, **{f"options.{option}": way for option, way in self.options.items()}}
        for name, way in titled.items():
            if way is not None:
                yield f"{name}.title", way.title
                if way.description is not None:
                    yield f"{name}.description", way.description


PLAIN_PARTS = ("text", "button", "header", "footer", "display_text")
COMMON = "desk"  # the key under which the words used everywhere stand: desk.yaml's own `options` and the two below
COMMON_PARTS = ("button", "display_text")
MOMENT = "desk/moment"  # how an instant is said


@dataclass(frozen=True, slots=True)
class Wordings:
    """Everything authored: language, then wording key (`flow/node`), then its entry. Compiled once, at the start.

    `facts` may be used in every wording (the clinic's name, the emergency number); a prompt's own values win.
    """

    languages: tuple[str, ...]
    entries: Mapping[str, Mapping[str, Entry]] = field(repr=False)
    facts: Mapping[str, Value] = field(default_factory=dict, repr=False)


# ------------------------------------------------------------------------------------------------- from prompt to words


def word(wordings: Wordings, language: str, bubble: tuple[Prompt, ...], limits: Limits) -> Reply:
    """Word prompts as one message: texts joined by a blank line, the last one's choices, link or place.

    Up to three short titles without descriptions become reply buttons, anything else a list. What a value makes too long
    is cut: a shortened title is better than a message that is refused. A language that is not authored (any more) is
    answered in the first one. Raise WordingError for a key or a value that is not there.
    """
    voice = _voice(wordings, language)
    last = bubble[-1]
    if last.place is not None:
        return voice.place(last.place)
    body = voice.body(bubble)
    if last.link is not None:
        return voice.link_button(last, last.link, body, limits)
    if not last.choices:
        return Text(_cut(body, limits.text_body))
    rows = voice.rows(last)
    if _fit_buttons(rows, body, limits):
        return voice.reply_buttons(last, rows, body, limits)
    return voice.list_message(last, rows, body, limits)


def bubbles(
    wordings: Wordings, language: str, prompts: tuple[Prompt, ...], limits: Limits
) -> tuple[tuple[Prompt, ...], ...]:
    """Group a turn's prompts into as few messages as Meta's limits allow, in order.

    A place or a link button stands alone; what offers choices ends its message.
    """
    voice = _voice(wordings, language)
    done: list[tuple[Prompt, ...]] = []
    for prompt in prompts:
        if done and _may_join(done[-1][-1], prompt) and _fits(voice.body((*done[-1], prompt)), prompt, limits):
            done[-1] = (*done[-1], prompt)
        else:
            done.append((prompt,))
    return tuple(done)


def titles(wordings: Wordings, language: str, prompt: Prompt) -> tuple[tuple[str, str], ...]:
    """Word the titles of what is on offer, as (choice id, title): so that a title typed by hand is understood."""
    return tuple((row.id, row.title) for row in _voice(wordings, language).rows(prompt))


def _may_join(before: Prompt, prompt: Prompt) -> bool:
    return not (before.choices or _stands_alone(before) or _stands_alone(prompt))


def _stands_alone(prompt: Prompt) -> bool:
    return prompt.place is not None or prompt.link is not None


def _fits(body: str, prompt: Prompt, limits: Limits) -> bool:
    return len(body) <= (limits.list_body if prompt.choices else limits.text_body)


def _fit_buttons(rows: tuple[Row, ...], body: str, limits: Limits) -> bool:
    names = {row.title for row in rows}
    return (
        len(rows) <= limits.buttons
        and len(names) == len(rows)  # Meta refuses two buttons of one title
        and len(body) <= limits.buttons_body
        and all(len(row.title) <= limits.button_title and row.description is None for row in rows)
    )


def _fit_row(row: Row, limits: Limits) -> Row:
    description = row.description and _cut(row.description, limits.row_description)
    return Row(row.id, _cut(row.title, limits.row_title), description)


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"


def _voice(wordings: Wordings, language: str) -> _Voice:
    spoken = language if language in wordings.entries else wordings.languages[0]
    return _Voice(wordings.entries[spoken], wordings.facts, spoken)


@dataclass(frozen=True, slots=True)
class _Voice:
    """The wordings of one language, and what may be used in all of them."""

    entries: Mapping[str, Entry]
    facts: Mapping[str, Value]
    language: str

    def body(self, bubble: tuple[Prompt, ...]) -> str:
        return "\n\n".join(self.text(prompt) for prompt in bubble)

    def text(self, prompt: Prompt) -> str:
        words = self.entry(prompt.wording).text
        if words is None:
            raise self.error(prompt.wording, "has no text", "write one")
        return self.fill(prompt, words)

    def rows(self, prompt: Prompt) -> tuple[Row, ...]:
        return tuple(self.row(prompt, choice) for choice in prompt.choices)

    def row(self, prompt: Prompt, choice: Choice) -> Row:
        titled = self.titled(prompt, choice)
        description = self.fill(prompt, titled.description, choice.values) if titled.description else None
        return Row(choice.id, self.fill(prompt, titled.title, choice.values), description or None)

    def titled(self, prompt: Prompt, choice: Choice) -> Titled:
        """Find how a choice is worded: at the prompt's node, else at the node its id names, else among the common."""
        for key in (prompt.wording, "/".join(choice.id.split("/", 2)[:2]), COMMON):
            if (entry := self.entries.get(key)) is None:
                continue
            if (titled := entry.options.get(choice.option) if choice.fixed else entry.row) is not None:
                return titled
        name = choice.option if choice.fixed else "what was found"
        raise self.error(prompt.wording, f"has no title for {name}", "write it")

    def place(self, offer: Offer) -> Place:
        values = {name: str(_plain(value, self.language)) for name, value in offer.values}
        return Place(values["latitude"], values["longitude"], values["name"], values["address"])

    def link_button(self, prompt: Prompt, url: str, body: str, limits: Limits) -> LinkButton:
        display = self.entry(prompt.wording).display_text or self.entry(COMMON).display_text
        footer = self.optional(prompt, self.entry(prompt.wording).footer, limits.footer)
        title = self.optional(prompt, display, limits.link_display_text) or ""
        return LinkButton(_cut(body, limits.link_body), title, url, footer)

    def reply_buttons(self, prompt: Prompt, rows: tuple[Row, ...], body: str, limits: Limits) -> ReplyButtons:
        buttons = tuple(Button(row.id, row.title) for row in rows)
        return ReplyButtons(body, buttons, *self.around(prompt, limits))

    def list_message(self, prompt: Prompt, rows: tuple[Row, ...], body: str, limits: Limits) -> ListMessage:
        opens = self.entry(prompt.wording).button or self.entry(COMMON).button
        button = self.optional(prompt, opens, limits.list_button) or ""
        section = Section(tuple(_fit_row(row, limits) for row in rows))
        return ListMessage(_cut(body, limits.list_body), button, (section,), *self.around(prompt, limits))

    def around(self, prompt: Prompt, limits: Limits) -> tuple[str | None, str | None]:
        """Word the header and the footer."""
        entry = self.entry(prompt.wording)
        return self.optional(prompt, entry.header, limits.header), self.optional(prompt, entry.footer, limits.footer)

    def optional(self, prompt: Prompt, words: Words | None, room: int) -> str | None:
        return None if words is None else _cut(self.fill(prompt, words), room)

    def fill(self, prompt: Prompt, words: Words, more: tuple[tuple[str, Value], ...] = ()) -> str:
        if words.template is None:
            return words.source
        try:
            return filled(words, {**self.facts, **dict(prompt.values), **dict(more)}, self.language)
        except TemplateRuntimeError as error:
            remedy = "have the flow, the action or the host bring it"
            raise self.error(prompt.wording, f"cannot be filled in: {error.message}", remedy) from error

    def entry(self, key: str) -> Entry:
        if (entry := self.entries.get(key)) is None:
            raise self.error(key, "is not authored", "write it")
        return entry

    def error(self, key: str, fault: str, remedy: str) -> WordingError:
        return WordingError((Fault(f"{self.language}/{key.split('/')[0]}.yaml", key, fault, remedy),))


def filled(words: Words, values: Mapping[str, Value], language: str) -> str:
    """Fill words in; values they do not name are left alone. Raise jinja2's TemplateRuntimeError for one that lacks."""
    if words.template is None:
        return words.source
    return words.template.render({name: _plain(values[name], language) for name in words.names if name in values})


def _plain(value: Value, language: str) -> Any:
    """Give a value the shape a wording can use: the language's own text, an Offer as its fields."""
    match value:
        case Localized(texts):
            return dict(texts).get(language, texts[0][1])
        case Offer(id, values):
            return {"id": id, **{name: _plain(inner, language) for name, inner in values}}
        case tuple():
            return tuple(_plain(inner, language) for inner in value)
        case _:
            return value


# ----------------------------------------------------------------------------------------------- how values are written


def day(value: date, locale: str) -> str:
    """Write a day: "lunedì 23 novembre", "Monday 23 November", "lunes 23 de noviembre"."""
    return _date_as(_day_of(value), DAYS.get(locale, "EEEE d MMMM"), locale)


def short_day(value: date, locale: str) -> str:
    """Write a day where there is little room: "lun 23 nov", "Mon 23 Nov"."""
    return _date_as(_day_of(value), "EEE d MMM", locale)


def clock(value: time | datetime, locale: str) -> str:
    """Write a time of day as it stands in the value, whatever its zone: "8:30", "14:00"."""
    return _time_as(time(value.hour, value.minute), locale)


def _day_of(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


# Only dates and times without a zone are remembered: instants that are equal may stand on different clocks.
@lru_cache(maxsize=1024)
def _date_as(value: date, pattern: str, locale: str) -> str:
    return format_date(value, pattern, locale=locale)


@lru_cache(maxsize=1440)
def _time_as(value: time, locale: str) -> str:
    return format_time(value, "H:mm", locale=locale)


def openings(value: tuple[tuple[time, time], ...], locale: str) -> str:
    """Write the opening times of a day: "8:30–12:30 e 14:00–18:00"; an end of 00:00 is the end of the day."""
    spans = (f"{clock(start, locale)}–{clock(end, locale) if end != time.min else '24:00'}" for start, end in value)
    return format_list(list(spans), locale=locale)


def _filters(language: str, entries: Mapping[str, Entry]) -> dict[str, Callable[..., str]]:
    locale = LOCALES.get(language, language)

    def moment(at: datetime, today: date) -> str:
        """Write an instant as one says it on `today`: "domani alle 8:00" (the words are desk.yaml's `moment`)."""
        words = entries[MOMENT].text or NOTHING
        return filled(words, {"at": at, "days_away": (at.date() - today).days}, language)

    written: dict[str, Callable[..., str]] = {"day": day, "short_day": short_day, "clock": clock, "openings": openings}
    localized = {name: _in_locale(write, locale) for name, write in written.items()}
    return {**localized, "moment": moment}


def _in_locale(write: Callable[..., str], locale: str) -> Callable[..., str]:
    return lambda value: write(value, locale)


# ------------------------------------------------------------------------------------------------------- from the files


def load_wordings(folder: Path, languages: tuple[str, ...], facts: Mapping[str, Value] = NO_FACTS) -> Wordings:
    """Read `<folder>/<language>/*.yaml` and compile every text; raise WordingError with every fault found.

    `languages` are those of the clinic; what is said in one must be said in all. `facts` may be used in every wording.
    """
    faults: list[Fault] = []
    entries = {language: _load_language(folder / language, language, faults) for language in languages}
    faults.extend(_needed(entries))
    faults.extend(_missing(entries))
    if faults:
        raise WordingError(tuple(faults))
    return Wordings(languages, entries, facts)


def _load_language(folder: Path, language: str, faults: list[Fault]) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    if not folder.is_dir():
        faults.append(
            Fault(language, language, "there is no such folder", f"write {language}, or take it off the list")
        )
    environment = _environment(language, entries)
    for path in sorted(folder.glob("*.yaml")):
        reader = _Reader(f"{path.parent.name}/{path.name}", environment, faults)
        for key, entry in reader.file(path):
            entries[key] = entry
    return entries


def _environment(language: str, entries: Mapping[str, Entry]) -> SandboxedEnvironment:
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    environment.filters.update(_filters(language, entries))
    return environment


def _needed(entries: Mapping[str, Mapping[str, Entry]]) -> Iterator[Fault]:
    """Tell what every language must have for the desk to speak at all."""
    for language, of_language in entries.items():
        if not of_language:
            continue
        common, moment = of_language.get(COMMON, Entry()), of_language.get(MOMENT, Entry())
        for part in COMMON_PARTS:
            if getattr(common, part) is None:
                yield Fault(f"{language}/desk.yaml", part, "missing", "write the words of a button that has no own")
        if moment.text is None:
            yield Fault(f"{language}/desk.yaml", "moment", "missing", "write it with a text, of `at` and `days_away`")


def _missing(entries: Mapping[str, Mapping[str, Entry]]) -> Iterator[Fault]:
    """Tell what is said in one language and not in another."""
    said = {language: dict.fromkeys(_said(of_language)) for language, of_language in entries.items() if of_language}
    everything = dict.fromkeys(part for parts in said.values() for part in parts)
    for language, parts in said.items():
        absent = [part for part in everything if part not in parts]
        for part in absent:
            if part.rpartition("/")[0] in absent:  # the whole entry is: told once
                continue
            others = ", ".join(other for other in said if part in said[other])
            file = f"{language}/{part.split('/')[0]}.yaml"
            yield Fault(file, part, f"missing, but written in {others}", f"write it in {language}, or take it out")


def _said(of_language: Mapping[str, Entry]) -> Iterator[str]:
    for key, entry in of_language.items():
        yield key
        yield from (f"{key}/{part}" for part, _words in entry.parts())


class _Reader:
    """Reads one file of wordings, keeping every fault it meets."""

    def __init__(self, file: str, environment: SandboxedEnvironment, faults: list[Fault]) -> None:
        self._file = file
        self._environment = environment
        self._faults = faults

    def file(self, path: Path) -> Iterator[tuple[str, Entry]]:
        """Give the entries of a file under their wording keys."""
        flow = path.stem
        content = self._mapping(self._yaml(path), flow)
        if flow == COMMON:
            common = {name: content.pop(name) for name in (*COMMON_PARTS, "options") if name in content}
            yield COMMON, self._entry(COMMON, common)
        for node, written in content.items():
            yield f"{flow}/{node}", self._entry(f"{flow}/{node}", self._mapping(written, f"{flow}/{node}"))

    def _yaml(self, path: Path) -> object:
        try:
            return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 a BaseLoader: strings only
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 0
            self._fault(f"line {line}", error.problem or "is not YAML", "correct it")
        except (yaml.YAMLError, UnicodeDecodeError):
            self._fault(path.stem, "holds bytes that are no text", "save it as UTF-8")
        return {}

    def _mapping(self, written: object, key: str) -> dict[str, object]:
        if isinstance(written, dict):
            return dict(written)
        self._fault(key, "is not a mapping", "write `name: ...` lines under it")
        return {}

    def _entry(self, key: str, written: dict[str, object]) -> Entry:
        self._only(key, written, (*PLAIN_PARTS, "row", "options"))
        plain = {name: self._words(f"{key}/{name}", written[name]) for name in PLAIN_PARTS if name in written}
        row = self._titled(f"{key}/row", written["row"]) if "row" in written else None
        options = self._mapping(written.get("options", {}), f"{key}/options")
        ways = {option: self._titled(f"{key}/options.{option}", way) for option, way in options.items()}
        return Entry(row=row, options=ways, **plain)

    def _titled(self, key: str, written: object) -> Titled:
        if isinstance(written, str):
            return Titled(self._words(f"{key}.title", written))
        parts = self._mapping(written, key)
        self._only(key, parts, ("title", "description"))
        if "title" not in parts:
            self._fault(key, "has no title", "write one")
        description = self._words(f"{key}.description", parts["description"]) if "description" in parts else None
        return Titled(self._words(f"{key}.title", parts.get("title", "?")), description)

    def _words(self, key: str, written: object) -> Words:
        if not isinstance(written, str) or not written.strip():
            self._fault(key, "is not a text", "write words, in quotes where they hold a colon or a brace")
            return NOTHING
        try:
            names = meta.find_undeclared_variables(self._environment.parse(written))
            template = self._environment.from_string(written)
        except TemplateSyntaxError as error:
            self._fault(key, f"is not Jinja: {error.message}", "correct it")
            return NOTHING
        line = written.line if isinstance(written, _Scalar) else 0
        return Words(str(written), frozenset(names), template if "{" in written else None, line)

    def _only(self, key: str, written: dict[str, object], known: tuple[str, ...]) -> None:
        for name in written:
            if name not in known:
                self._fault(f"{key}/{name}", "unknown key", f"use one of {', '.join(known)}")

    def _fault(self, key: str, fault: str, remedy: str) -> None:
        self._faults.append(Fault(self._file, key, fault, remedy))


class _Scalar(str):
    """A text of a file, and the line it begins in."""

    line: int


class _Loader(yaml.BaseLoader):
    """YAML whose scalars stay strings that know their line, and whose keys may not come twice."""

    def construct_scalar(self, node: Any) -> _Scalar:
        scalar = _Scalar(super().construct_scalar(node))
        scalar.line = node.start_mark.line + 1
        return scalar

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _value in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{_written(key)}", key.start_mark)
            seen.add(key.value)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping


def _written(key: yaml.Node) -> str:
    return f"{key.value} stands here twice" if isinstance(key, yaml.ScalarNode) else "a key is not a plain word"
