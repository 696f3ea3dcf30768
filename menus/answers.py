"""What a person typed, made comparable (`fold`), and what an `ask` accepts (`CHECKS`). Pure; never asks the time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, time

from menus.model import Value
from menus.when import LONGEST as LONGEST_DAY_WORDS
from menus.when import when

Check = Callable[[str], Value | None]

LONGEST_WORDS = 500  # what an `ask` keeps of free words; nobody reads more on a queue's line
LONGEST_FIRST_NAME = 24  # of whoever is booked for: it is also the title of a row
_NAME = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]*)*(?: [^\W\d_]+(?:['’.-][^\W\d_]*)*){0,2}")
_NOT_WORDS = re.compile(r"[\W_]+")
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SPOKEN_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_TIME = re.compile(r"(?:alle |ore |at |h |a las )?(\d{1,2})(?:[:.,h ](\d{2}))?(?: ?h)?")
_NUMBERS = (
    ("zero", "cero"),
    ("uno", "una", "un", "one", "primo", "prima", "first"),
    ("due", "two", "dos", "secondo", "seconda", "second"),
    ("tre", "three", "tres", "terzo", "terza", "third"),
    ("quattro", "four", "cuatro"),
    ("cinque", "five", "cinco"),
    ("sei", "six", "seis"),
    ("sette", "seven", "siete"),
    ("otto", "eight", "ocho"),
    ("nove", "nine", "nueve"),
    ("dieci", "ten", "diez"),
)
_NUMBER_OF = {word: number for number, words in enumerate(_NUMBERS) for word in words}
_YES = frozenset(("si", "yes", "y", "s", "ok", "okay", "va bene", "certo", "sure", "claro", "vale"))
_NO = frozenset(("no", "n", "nope", "no grazie", "no thanks", "no gracias"))


def fold(text: str) -> str:
    """Return the words alone: no case, accents, punctuation, emoji or double spaces. Empty if there are none."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in letters if unicodedata.category(letter) not in ("Mn", "Me"))
    return _NOT_WORDS.sub(" ", plain).strip()


def number(text: str) -> int | None:
    """Return the small number that is all the text says ("2", "2.", "due", "2️⃣"), or None."""
    said = fold(text)
    if said.isdecimal() and len(said) <= 4:
        return int(said)
    return _NUMBER_OF.get(said)


def words(text: str) -> Value | None:
    """Accept any words of at most 500 characters; emoji or punctuation alone are none."""
    said = " ".join(text.split())
    return said if fold(said) and len(said) <= LONGEST_WORDS else None


def first_name(text: str) -> Value | None:
    """Accept a first name: up to three words of letters, 24 characters; written small, it gets its capitals."""
    said = text.split() if len(text) <= LONGEST_WORDS else []
    name = " ".join(word[:1].upper() + word[1:] if word.islower() else word for word in said)
    return name if len(name) <= LONGEST_FIRST_NAME and _NAME.fullmatch(name) else None


def small_number(text: str) -> Value | None:
    """Accept a number from 0 to 9999, in digits or as a word up to ten."""
    return number(text)


def day(text: str) -> Value | None:
    """Accept a calendar day as 2026-11-23 or, as people here write it, 23/11/2026."""
    said = text.strip()
    if iso := _ISO_DATE.fullmatch(said):
        return _date(*iso.groups())
    if spoken := _SPOKEN_DATE.fullmatch(said):
        return _date(*reversed(spoken.groups()))
    return None


def _date(year: str, month: str, day_of_month: str) -> date | None:
    try:
        return date(int(year), int(month), int(day_of_month))
    except ValueError:
        return None


def time_of_day(text: str) -> Value | None:
    """Accept a time of the day as 9, 9:30, 9.30 or "alle 9"."""
    said = _TIME.fullmatch(" ".join(text.casefold().split()))
    if said is None or int(said[1]) > 23 or int(said[2] or 0) > 59:
        return None
    return time(int(said[1]), int(said[2] or 0))


def yes_or_no(text: str) -> Value | None:
    """Accept a plain yes or no in any of our languages."""
    said = fold(text)
    if said in _YES:
        return True
    return False if said in _NO else None


CHECKS: Mapping[str, Check] = {
    "words": words,
    "first_name": first_name,
    "number": small_number,
    "date": day,
    "time": time_of_day,
    "yes_no": yes_or_no,
    "when": when,
}

LONGEST_OF: Mapping[str, Value] = {
    "words": "m" * LONGEST_WORDS,
    "first_name": "M" * LONGEST_FIRST_NAME,
    "number": 9999,
    "date": date(2026, 9, 23),  # a Wednesday in September: long to write in every language
    "time": time(20, 30),
    "yes_no": True,
    "when": "m" * LONGEST_DAY_WORDS,
}  # for each check, the longest value it lets through
