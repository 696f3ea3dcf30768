"""One written value, one checked value: each reader returns what a string means, or says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

import holidays
import phonenumbers
from babel import localedata
from marshmallow import ValidationError
from phonenumbers import PhoneNumberFormat, shortnumberinfo

from bot.clinic.model import Opening

T = TypeVar("T")
Read = Callable[[str], T]

FEW = 6  # so many words are named in a remedy
SECTIONS = ("places", "service_groups", "services", "practitioners")  # whose ids are used in other sections
MAX_DAYS = 4000  # a good ten years: longer than any class of data here may be kept


@dataclass(frozen=True, slots=True)
class Ground:
    """What the rest of the file says, as far as it can be read: the ground on which single values are checked."""

    country: str | None  # None: not said, or wrong
    languages: tuple[str, ...]
    ids: Mapping[str, frozenset[str]]  # section -> the ids written in it; a section that cannot be read is not there
    hosts: frozenset[str] | None  # None: not said, or one of them is wrong
    today: date


GROUND: ContextVar[Ground] = ContextVar("ground of the clinic file being read")


def flaw(fault: str, remedy: str) -> ValidationError:
    """Return an error that says what is wrong and what to do."""
    return ValidationError(f"{fault}\n{remedy}")


def line_of(limit: int) -> Read[str]:
    """Return a reader of one line of at most so many characters."""

    def read(text: str) -> str:
        if "\n" in text:
            raise flaw("has several lines", "write it on one line")
        return text_of(limit)(text)

    return read


def text_of(limit: int) -> Read[str]:
    """Return a reader of words of at most so many characters."""

    def read(text: str) -> str:
        if length(text) > limit:
            raise flaw(f"has {length(text)} characters, {limit} are allowed", f"shorten it by {length(text) - limit}")
        return text

    return read


def length(text: str) -> int:
    """Return how long a text is at most for WhatsApp: Meta does not say whether an emoji counts once or twice."""
    return len(text.encode("utf-16-le")) // 2


def one_of(*known: str) -> Read[str]:
    """Return a reader of one of a few words."""

    def read(text: str) -> str:
        if text not in known:
            raise flaw(f"{text!r} is not one of: {', '.join(known)}", "write one of them")
        return text

    return read


def id_in(section: str) -> Read[str]:
    """Return a reader of an id that must be written in another section of the file."""

    def read(text: str) -> str:
        known = GROUND.get().ids.get(section)
        if known is not None and text not in known:
            raise flaw(f"there is no {text!r} under {section}", near(text, known, "add it there"))
        return text

    return read


def near(text: str, known: Iterable[str], otherwise: str) -> str:
    """Return a remedy that names the nearest known word, or all where they are few, and what to do otherwise."""
    names = sorted(known)
    close = get_close_matches(text, names, n=1) or (names if len(names) <= FEW else [])
    return ", or ".join([*([f"write {' or '.join(map(repr, close))}"] if close else []), otherwise])


def new_id(text: str) -> str:
    """Return a new id: it becomes part of what a tap sends back, and must stay the same for ever."""
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,29}", text):
        raise flaw(
            f"{text!r} is not an id", "use small letters, digits and _, a letter first, 30 at most, as in `x_ray`"
        )
    return text


# -------------------------------------------------------------------------------------------------------- where we are


def country(text: str) -> str:
    if text not in phonenumbers.SUPPORTED_REGIONS or text not in holidays.list_supported_countries():
        raise flaw(f"{text!r} is not a country", "write the two capital letters of ISO 3166, as in IT")
    return text


def subdivision(text: str) -> str:
    where = GROUND.get().country
    known = holidays.list_supported_countries()[where] if where else [text]
    if text not in known:
        raise flaw(
            f"{text!r} is not a subdivision of {where}",
            near(text, known, "write its ISO 3166-2 code without the country, as in BO"),
        )
    return text


def zone(text: str) -> ZoneInfo:
    if text not in available_timezones():
        raise flaw(f"{text!r} is not a time zone", "write an IANA name, as in Europe/Rome")
    return ZoneInfo(text)


def language(text: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}", text) or not localedata.exists(text):
        raise flaw(f"{text!r} is not a language", "write its ISO 639 code in small letters, as in it, en, es")
    return text


def coordinate(limit: int) -> Read[str]:
    """Return a reader of degrees between -limit and limit; they stay as written."""

    def read(text: str) -> str:
        if not re.fullmatch(r"-?\d{1,3}\.\d{3,8}", text) or abs(float(text)) > limit:
            raise flaw(
                f"{text!r} is not between -{limit} and {limit} with 3 to 8 decimals",
                "write decimal degrees with a point, as in 44.49381",
            )
        return text

    return read


# ------------------------------------------------------------------------------------------------------------- numbers


def phone(text: str) -> str:
    """Return a telephone number in international form."""
    where = GROUND.get().country
    if where is None and not text.startswith("+"):
        return text  # the country is a fault of its own
    try:
        number = phonenumbers.parse(text, where)
    except phonenumbers.NumberParseException:
        raise _no_phone(text) from None
    if not phonenumbers.is_valid_number(number) or number.extension:
        raise _no_phone(text)
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


def _no_phone(text: str) -> ValidationError:
    return flaw(f"{text!r} is not a telephone number", "write it whole with its country code, as in +39 051 0000 100")


def helpline_phone(text: str) -> str:
    """Return a helpline's number: a short number as it is dialled, any other in international form."""
    return text if _is_short(text) else phone(text)


def _is_short(text: str) -> bool:
    where = GROUND.get().country
    if where is None or not re.fullmatch(r"[0-9 ]{2,10}", text):
        return False
    number = phonenumbers.parse(text, where)
    return shortnumberinfo.is_valid_short_number_for_region(number, where)


def emergency_number(text: str) -> str:
    where = GROUND.get().country
    if where is None:
        return text
    if not text.isascii() or not shortnumberinfo.is_emergency_number(text, where):
        raise flaw(f"{text!r} is not an emergency number in {where}", "write the number the state names, as in 112")
    return text


def count(least: int, most: int) -> Read[int]:
    """Return a reader of a whole number between two."""

    def read(text: str) -> int:
        if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or not least <= int(text) <= most:
            raise flaw(f"{text!r} is not a whole number from {least} to {most}", "write digits only")
        return int(text)

    return read


def price(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(-1)
    if not value.is_finite() or not 0 <= value < 10:
        raise flaw(f"{text!r} is not a price per message", "write it with a decimal point, as in 0.0300")
    return value


def currency(text: str) -> str:
    if not re.fullmatch(r"[A-Z]{3}", text):
        raise flaw(f"{text!r} is not a currency", "write the three capital letters of ISO 4217, as in EUR")
    return text


# --------------------------------------------------------------------------------------------------------------- links


def host(text: str) -> str:
    label = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
    if not re.fullmatch(rf"({label}\.)+[a-z][a-z0-9-]*[a-z0-9]", text) or len(text) > 253:
        raise flaw(f"{text!r} is not a host", "write the name only, in small letters, as in portal.clinic.example")
    return text


def https_link(text: str) -> str:
    """Return a link a person can be sent: https, no user, no port, no blanks."""
    try:
        link = urlsplit(text)
        plain = link.scheme == "https" and link.netloc == link.hostname and bool(host(link.netloc))
    except ValueError:  # ValidationError is one
        plain = False
    if not plain or re.search(r"[\s\\<>\"]", text) or len(text) > 2000:
        raise flaw(f"{text!r} is not a secure link", "write it whole, as in https://portal.clinic.example/results")
    return text


def portal_link(text: str) -> str:
    """Return a link to a host on the clinic's own list: nothing else may be called the clinic's portal."""
    name = urlsplit(https_link(text)).netloc
    hosts = GROUND.get().hosts
    if hosts is not None and name not in hosts:
        raise flaw(
            f"{name!r} is not on the list of portal hosts", "correct the link, or add the host under portal.hosts"
        )
    return text


# ------------------------------------------------------------------------------------------- the clinic's own system


def system_uri(text: str) -> str:
    """Return the name of a system of identifiers: an absolute address, which need lead nowhere."""
    if not re.fullmatch(r"(https?://|urn:)[!-~]{1,200}", text) or "|" in text:
        raise flaw(f"{text!r} is not an absolute address", "write it whole, as in https://clinic.example/sportello")
    return text


def service_type(text: str) -> str | None:
    """Return a type of service, `system|code`; `any` is None: the server's slots carry none."""
    if text == "any":
        return None
    system, bar, code = text.rpartition("|")
    if not bar or not re.fullmatch(r"[!-~]{1,100}", code) or (system and not _is_system(system)):
        raise flaw(
            f"{text!r} is not a type of service", "write system|code, as in http://snomed.info/sct|394579002, or any"
        )
    return text


def _is_system(text: str) -> bool:
    return bool(re.fullmatch(r"(https?://|urn:)[!-{}~]{1,200}", text))


def reference_to(*kinds: str) -> Read[str]:
    """Return a reader of `Kind/id`."""

    def read(text: str) -> str:
        kind, _, id = text.partition("/")
        if kind not in kinds or not re.fullmatch(r"[A-Za-z0-9.-]{1,64}", id):
            raise flaw(f"{text!r} is not a reference to a {' or '.join(kinds)}", f"write it as in {kinds[0]}/123")
        return text

    return read


# ---------------------------------------------------------------------------------------------------------------- time


def day(text: str) -> date:
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise flaw(f"{text!r} is not a date", "write year-month-day, as in 2026-12-24") from None


def past_day(text: str) -> date:
    """Return the date of something that was done: it cannot be in the future."""
    if day(text) > GROUND.get().today:
        raise flaw(f"{text} is in the future", "write the day on which somebody last checked it")
    return day(text)


def opening(text: str) -> Opening:
    """Return an interval of one day, `08:00-13:00`; `24:00` is the end of the day."""
    times = re.fullmatch(r"(\d\d):(\d\d) ?[-–] ?(\d\d):(\d\d)", text, re.ASCII)
    try:
        if not times:
            raise ValueError
        hours = [int(part) for part in times.groups()]
        start, end = time(hours[0], hours[1]), time.min if hours[2:] == [24, 0] else time(hours[2], hours[3])
    except ValueError:
        raise flaw(f"{text!r} is not an interval", 'write hours and minutes, as in "08:30-13:00"') from None
    return _in_order(start, end, text)


def _in_order(start: time, end: time, text: str) -> Opening:
    if end <= start and not text.endswith("24:00"):
        raise flaw(
            f"{text!r} ends before it begins, or crosses midnight",
            "end it at 24:00 and write the rest on the next day",
        )
    return Opening(start, end)


def no_overlap(openings: Mapping[int, Opening]) -> dict[Any, Any]:
    """Return a fault for each interval that overlaps an earlier one of its list."""
    return {
        index: [f"overlaps {_shown(other)}\njoin the two intervals, or move one"]
        for index, mine in openings.items()
        for earlier, other in openings.items()
        if earlier < index and mine.start < _last(other) and other.start < _last(mine)
    }


def _last(opening: Opening) -> time:
    return opening.end if opening.end != time.min else time.max


def _shown(opening: Opening) -> str:
    return f"{opening.start:%H:%M}-{'24:00' if opening.end == time.min else f'{opening.end:%H:%M}'}"
