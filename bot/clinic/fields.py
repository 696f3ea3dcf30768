"""marshmallow, strict: the few kinds of field the clinic's file is made of, and their words for what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar
from unicodedata import category

from marshmallow import Schema, ValidationError, fields, post_load

from bot.clinic import readers
from bot.clinic.readers import GROUND, Read, flaw, near
from menus.model import Localized

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
Faults = dict[Any, Any]  # marshmallow's: messages, or further faults, under each key
Check = Callable[[Mapping[K, T]], Faults]  # what is wrong among things that are each right

MESSAGES: dict[str, Any] = {
    "required": "is missing\nadd it",
    "null": "is empty\nfill it in, or remove the line",
    "type": "is not a group of keys\nwrite `key: value` lines under it, indented",
}
UNKNOWN = "unknown key"


class Strict(Schema):
    """Refuse unknown keys, naming the nearest known one; build `makes` from what was read."""

    makes: Callable[..., Any] | None = None
    error_messages = {"unknown": UNKNOWN, "type": MESSAGES["type"]}

    def handle_error(self, error: ValidationError, data: Any, *, many: bool, **kwargs: Any) -> None:
        """Say which key may have been meant."""
        known = {field.data_key or name for name, field in self.fields.items()}
        unknown = [key for key, messages in error.messages_dict.items() if messages == [UNKNOWN]]
        for key in unknown:
            remedy = near(str(key), known - set(data), "remove it")
            error.messages_dict[key] = [f"this key is not known here\n{remedy}"]

    @post_load
    def make(self, read: dict[str, Any], **kwargs: Any) -> Any:
        """Build what the schema describes."""
        makes = type(self).makes
        return makes(**read) if makes else read


class Shaped(fields.Field[T]):
    """A value of any shape, read by a reader that looks at all of it."""

    default_error_messages = MESSAGES

    def __init__(self, read: Callable[[object], T], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.read = read

    def _deserialize(self, value: object, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> T:
        return self.read(value)


def one(read: Read[T], **kwargs: Any) -> Shaped[T]:
    """Return a field for a single written value."""
    return Shaped(lambda value: read(word(value)), **kwargs)


def word(value: object) -> str:
    """Return a single written value without the blanks around it."""
    if not isinstance(value, str):
        raise flaw("is a list or a group of keys", "write one value")
    if not value.strip():
        raise ValidationError(MESSAGES["null"])
    if any(category(letter) in ("Cc", "Cs") and letter != "\n" for letter in value.strip()):
        raise flaw("holds a character that cannot be shown", "write the characters themselves, not their codes")
    return value.strip()


def group(schema: Schema, **kwargs: Any) -> Shaped[Any]:
    """Return a field for a group of keys, read by a schema."""
    return Shaped(lambda value: schema.load(value), **kwargs)  # type: ignore[arg-type]  # what is no mapping is refused


def words(read: Read[str], **kwargs: Any) -> Shaped[Localized]:
    """Return a field for words in every language of the clinic; further languages may be there already."""
    return Shaped(lambda value: _localized(read, value), **kwargs)


def _localized(read: Read[str], value: object) -> Localized:
    if not isinstance(value, dict):
        raise flaw("is not said per language", "write a line for each language under it, as in `it: ...`")
    languages = GROUND.get().languages
    missing = {language: ["is missing\nsay it in this language too"] for language in languages if language not in value}
    texts = _each(value, lambda language, text: (readers.language(language), read(word(text))), missing)
    return Localized(tuple(sorted(texts.values(), key=lambda text: _rank(languages, text[0]))))


def _rank(languages: tuple[str, ...], language: str) -> int:
    return languages.index(language) if language in languages else len(languages)


def items(inner: fields.Field[T], check: Check[int, T] | None = None, **kwargs: Any) -> Shaped[tuple[T, ...]]:
    """Return a field for a list of at least one, without repetitions."""

    def listed(value: object) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise flaw("is not a list", "write each item on a line of its own, after `- `")
        if not value:
            raise flaw("is empty", "write at least one item")
        found = _each(dict(enumerate(value)), lambda _, item: inner.deserialize(item), check=check or _no_item_twice)
        return tuple(found.values())

    return Shaped(listed, **kwargs)


def _no_item_twice(found: Mapping[int, object]) -> Faults:
    seen = list(found.items())
    return {key: ["is there twice\nremove it"] for n, (key, item) in enumerate(seen) if item in dict(seen[:n]).values()}


def by_id(
    schema: Schema,
    make: Callable[..., T],
    check: Check[str, T] | None = None,
    needed: tuple[str, ...] = (),
    **kwargs: Any,
) -> Shaped[Mapping[str, T]]:
    """Return a field for things by their id; the id becomes a part of each thing."""
    return mapped(readers.new_id, lambda key, value: make(id=key, **schema.load(value)), check, needed, **kwargs)


def mapped(
    key: Read[str],
    read: Callable[[str, Any], T],
    check: Check[str, T] | None = None,
    needed: tuple[str, ...] = (),
    **kwargs: Any,
) -> Shaped[Mapping[str, T]]:
    """Return a field for values under keys that the clinic chooses, some of which must be there."""

    def mapping(value: object) -> Mapping[str, T]:
        if not isinstance(value, dict) or not value:
            raise ValidationError(MESSAGES["type"])
        missing = {name: [MESSAGES["required"]] for name in needed if name not in value}
        return MappingProxyType(_each(value, lambda name, item: read(key(name), item), missing, check))

    return Shaped(mapping, **kwargs)


def _each(
    entries: Mapping[K, Any],
    read: Callable[[K, Any], T],
    faults: Faults | None = None,
    check: Check[K, T] | None = None,
) -> dict[K, T]:
    """Return every entry read; or raise one error with the faults of each, and of those that could be read together."""
    found: dict[K, T] = {}
    faults = dict(faults or {})
    for key, entry in entries.items():
        try:
            found[key] = read(key, entry)
        except ValidationError as error:
            faults[key] = error.messages
    faults |= check(found) if check else {}
    if faults:
        raise ValidationError(faults)
    return found
