"""Values picked out of JSON that nobody vouches for: each function takes anything and returns what is usable, or nothing."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from bot.model import Shape

Json = dict[str, Any]

NOTHING: Final[Json] = {}
LONGEST_ID = 512  # a wamid has some 60 characters, a BSUID at most 131
LONGEST_WORD = 64  # Meta's own words: a type, an event, a category
DEEPEST = 40  # Meta's bodies are some ten levels deep
MOST_PATHS = 200
EARLIEST_S = 1_500_000_000  # July 2017: before the platform existed
AHEAD_S = 300  # how far Meta's clock may run before ours: a later time would keep the 24-hour window open too long


class NotJson(ValueError):
    """Bytes that are no JSON, even leniently."""


def parsed(raw: bytes) -> Any:
    """Return the JSON in `raw`, at the second try without what is too deep, too long a number or broken UTF-8.

    Raise NotJson.
    """
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        text = raw.decode("utf-8", "replace").removeprefix("\ufeff")
    try:
        return json.loads(_pruned(text), parse_int=_number)
    except (ValueError, RecursionError):
        raise NotJson from None


def object_of(value: object) -> Json:
    """Return the object, or an empty one."""
    return value if isinstance(value, dict) else NOTHING


def list_of(value: object) -> list[Any]:
    """Return the list; one thing alone is a list of one, null is none."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def text(value: object) -> str | None:
    """Return the text, fit for any database: without NUL and lone surrogates."""
    if not isinstance(value, str):
        return None
    if value.isascii():
        return value.replace("\0", "\ufffd") if "\0" in value else value
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "\ufffd")


def identifier(value: object) -> str | None:
    """Return an id as text; None if it is empty or cannot be one."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**20:
        return str(value)
    found = text(value)
    return found if found and len(found) <= LONGEST_ID and not found.isspace() else None


def word(value: object, longest: int = LONGEST_WORD) -> str | None:
    """Return one of Meta's own words (a type, an event, a name); None for anything that cannot be one."""
    if isinstance(value, str) and 0 < len(value) <= longest and value.isascii() and value.isprintable():
        return value
    return None


def time(value: object, received_at: datetime) -> datetime | None:
    """Return the instant of a timestamp (seconds, as text or number); None if missing or absurd."""
    seconds = _seconds(value)
    if seconds is None or not EARLIEST_S <= seconds <= received_at.timestamp() + AHEAD_S:
        return None
    return datetime.fromtimestamp(seconds, UTC)


def codes(value: object) -> tuple[int, ...]:
    """Return the codes of a list of Meta's errors."""
    if not value:
        return ()
    return tuple(code for error in list_of(value) if (code := _code(object_of(error).get("code"))) is not None)


def shape(part: object) -> Shape:
    """Describe something without its values: its key paths, its size, its digest. Below DEEPEST nothing is looked at."""
    kept = _shallow(part, DEEPEST)
    written = json.dumps(kept, separators=(",", ":"), sort_keys=True).encode()
    return Shape(_key_paths(kept), len(written), hashlib.sha256(written).hexdigest())


def digest(*parts: object) -> str:
    """Return the SHA-256 of parts, the same for the same JSON in whatever order its keys came."""
    return shape(list(parts)).sha256


def shape_of_bytes(raw: bytes) -> Shape:
    """Describe what is not even JSON."""
    return Shape((), len(raw), hashlib.sha256(raw).hexdigest())


def _seconds(value: object) -> float | None:
    if isinstance(value, str):
        return int(value) if value.isascii() and value.isdigit() and len(value) < 12 else None
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _code(value: object) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9 else None


def _number(digits: str) -> int | str:
    """Numbers of thousands of digits are a ValueError to Python: they stay text."""
    return int(digits) if len(digits) < 20 else digits


# A string that never ends is one token to the end: looking for its end again from each of its quotes would take forever.
_TOKENS = re.compile(r'"(?:[^"\\]+|\\.?)*+"?|[\[{]|[\]}]', re.DOTALL)


def _pruned(written: str) -> str:
    """Put null in place of whatever lies deeper than DEEPEST, so that the rest can be read."""
    kept, level, since = [], 0, 0
    for token in _TOKENS.finditer(written):
        mark = token[0]
        if mark in "[{":
            level += 1
            if level == DEEPEST + 1:
                kept.append(written[since : token.start()] + "null")
        elif mark in "]}":
            if level == DEEPEST + 1:
                since = token.end()
            level -= 1
    return "".join(kept) + (written[since:] if level <= DEEPEST else "")


def _shallow(part: object, levels: int) -> object:
    if levels == 0:
        return None
    if isinstance(part, dict):
        return {key: _shallow(value, levels - 1) for key, value in part.items()}
    if isinstance(part, list):
        return [_shallow(value, levels - 1) for value in part]
    return part


# Meta's keys are lower case with underscores. Any other key may itself be a number or a name: it is not kept.
_KEY = re.compile(r"[a-z][a-z_]{0,39}[0-9]{0,3}")


def _key_paths(part: object) -> tuple[str, ...]:
    found: set[str] = set()
    for path in _paths(part, ""):
        found.add(path)
        if len(found) == MOST_PATHS:
            break
    return tuple(sorted(found))


def _paths(part: object, path: str) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            name = key if _KEY.fullmatch(key) else "?"
            yield from _paths(value, f"{path}.{name}" if path else name)
    elif isinstance(part, list):
        for value in part:
            yield from _paths(value, f"{path}[]")
    elif path:
        yield path
