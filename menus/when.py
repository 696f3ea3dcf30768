"""Which day somebody means: typed words to a span of days, in Italian, English and Spanish. Pure; `today` is told.

A closed grammar: every word must be one it knows, and what has two meanings is answered with a span that holds both, or with
None. None means "not understood for certain": the list is shown, nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from menus.when_words import EVERYWHERE, VOCABULARIES, Vocabulary

Part = Literal["morning", "afternoon"]
Tongue = tuple[tuple[str, re.Pattern[str]], ...]

LONGEST = 120  # characters; whoever writes more tells a story
SHORT = 3  # letters: "mie", "vie" and "dom" mean something else in Italian than in Spanish
ANY_DAY = timedelta(days=28)  # "in the morning", "as soon as possible": from today, so far ahead
FAR = timedelta(days=300)  # a date without a year that is farther away was rather meant as one just gone by
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
WEEKEND = (5, 6)
QUINDICI = {8: 7, 15: 14}  # "otto giorni" is a week and "quindici giorni" are two, to some; to others 8 and 15 days
_NOT_SAID = re.compile(r"[^a-z0-9/:.-]+|(?<![0-9])[/:.-]+|[/:.-]+(?![0-9])")


@dataclass(frozen=True, slots=True)
class Meant:
    """The days somebody means; `until` is not included. `part` is before or from noon, None: the whole day.

    `weekdays` (0 is Monday): where two weeks hold what may be meant, the days of each that may be it; () is every day.
    """

    since: date
    until: date
    part: Part | None = None
    weekdays: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that was said. `number` is the weekday (0 is Monday), how many, or the hour, as `kind` has it."""

    kind: str
    number: int = 0
    day: int = 0
    month: int = 0
    year: int = 0
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What was said, before it is known what day it is."""

    days: tuple[Fact, ...]
    part: Part | None
    is_by: bool  # from today to the end of those days


def meant(words: str, language: str, today: date) -> Meant | None:
    """Return the days somebody means, never before `today`; None if that is not certain.

    A weekday's name is the next such day; said on that very day, it may be today or a week from now. "Next Tuesday" on a
    Monday may be tomorrow or in eight days. Such a span begins with the nearer day and ends with the later one. Other
    languages than the person's are tried too, and must agree.
    """
    first, *others = _languages(language)
    if said := _said(words, first):
        return _resolved(said, today)
    if len(words.strip()) <= SHORT:
        return None
    found = {_resolved(said, today) for other in others if (said := _said(words, other))}
    return found.pop() if len(found) == 1 else None


def when(text: str) -> str | None:
    """Accept words that name a day, a week, a month or a part of the day in any of our languages; return them trimmed."""
    said = " ".join(text.split())
    return said if any(_said(said, language) for language in VOCABULARIES) else None


def _languages(first: str) -> list[str]:
    return sorted(VOCABULARIES, key=lambda language: language != first)


# ------------------------------------------------------------------------------------------------------------- hearing


def _said(words: str, language: str) -> Said | None:
    """Return what was said, None if a word is not known or the words do not belong together."""
    facts = _facts(words, language)
    if not facts:
        return None
    days = tuple(fact for fact in facts if fact.kind not in ("part", "hour", "by"))
    parts = {fact.part for fact in facts if fact.part is not None}
    is_once = all(sum(fact.kind == kind for fact in facts) <= 1 for kind in ("part", "hour", "by"))
    names_a_day = bool(days) or any(fact.kind == "part" for fact in facts)
    is_by = any(fact.kind == "by" for fact in facts)
    if any(fact.kind == "hour" for fact in facts) and any(fact.kind == "month" for fact in days):
        return None  # "at 3 December": no hour
    if len(parts) > 1 or not is_once or not names_a_day or not _belong(days) or (is_by and not days):
        return None
    return Said(_joined(days), parts.pop() if parts else None, is_by)


def _facts(words: str, language: str) -> list[Fact] | None:
    left = _plain(words)
    if left is None:
        return None
    facts: list[Fact] = []
    while left:
        found = next(_fits(left, _tongue(language)), None)
        if found is None:
            return None
        kind, match = found
        left = left[match.end() :].lstrip()
        if kind != "nothing":
            facts.append(_fact(kind, match, VOCABULARIES[language]) or Fact("impossible"))
    return facts


def _plain(words: str) -> str | None:
    """Return the words without capitals, accents and punctuation; None if letters of another script are among them."""
    letters = unicodedata.normalize("NFKD", words.casefold())
    if len(letters) > LONGEST or any(letter.isalnum() and not letter.isascii() for letter in letters):
        return None
    bare = "".join(letter for letter in letters if unicodedata.category(letter) not in ("Mn", "Me"))
    return " ".join(_NOT_SAID.sub(" ", bare).split())


def _fits(left: str, tongue: Tongue) -> Iterator[tuple[str, re.Match[str]]]:
    return ((kind, match) for kind, pattern in tongue if (match := pattern.match(left)))


@lru_cache(maxsize=len(VOCABULARIES))
def _tongue(language: str) -> Tongue:
    """Return a language's patterns, its words filled in; made when first needed."""
    own = VOCABULARIES[language]
    fill = {
        **own.parts,
        "weekday": f"(?P<weekday>{'|'.join(own.weekdays)})",
        "month": f"(?P<month>{'|'.join(own.months)})",
        "anymonth": f"(?P<month>{'|'.join((*own.months, *own.short_months))})",
        "clock": r"(?P<hour>\d\d?)(?:[:.,](?P<minute>\d\d))?",
        "count": f"(?P<count>[0-9]{{1,2}}|{'|'.join(own.numbers)})",
    }
    filled = (*((kind, _filled(pattern, fill)) for kind, pattern in own.patterns), *EVERYWHERE)
    return tuple((kind, re.compile(rf"(?:{_named_once(pattern)})(?= |$)")) for kind, pattern in filled)


def _filled(pattern: str, fill: Mapping[str, str]) -> str:
    return re.sub(r"\{([a-z]+)\}", lambda name: fill[name[1]], pattern)


def _named_once(pattern: str) -> str:
    """Return a pattern in which a name used twice ("next X" or "X next") has the second one marked."""
    seen: set[str] = set()

    def name(found: re.Match[str]) -> str:
        own = f"{found[1]}_" if found[1] in seen else found[1]
        seen.add(found[1])
        return f"(?P<{own}>"

    return re.sub(r"\(\?P<([a-z]+)>", name, pattern)


# -------------------------------------------------------------------------------------------------- from words to facts


def _fact(kind: str, match: re.Match[str], own: Vocabulary) -> Fact | None:
    """Return what a piece of the sentence says, None if there is no such day or hour."""
    told = {name.rstrip("_"): value for name, value in match.groupdict().items() if value is not None}
    match kind:
        case "morning" | "afternoon":
            return Fact("part", part=kind)
        case "today_morning" | "today_afternoon" | "tomorrow_morning":
            return Fact("in_days", int(kind.startswith("tomorrow")), part=_part(kind.partition("_")[2]))
        case "in_days_0" | "in_days_1" | "in_days_2":
            return Fact("in_days", int(kind[-1]))
        case "weekday" | "this_weekday" | "next_weekday":
            return Fact(kind, _index(told["weekday"], own.weekdays))
        case "days" | "weeks" | "months":
            return _ahead(kind, _count(told["count"], own))
        case "fortnight":
            return Fact("weeks", 2)
        case "date" | "day" | "number" | "month":
            return _dated(kind, told, own)
        case "hour" | "after" | "before" | "between":
            return _clock(kind, match)
        case _:
            return Fact(kind)


def _part(name: str) -> Part:
    return "morning" if name == "morning" else "afternoon"


def _index(word: str, names: tuple[str, ...]) -> int:
    return next(number for number, name in enumerate(names) if re.fullmatch(name, word))


def _count(word: str, own: Vocabulary) -> int:
    if word.isdecimal():
        return int(word)
    number = _index(word, own.numbers) + 1
    return 15 if number > 10 else number


def _ahead(kind: str, count: int) -> Fact | None:
    return Fact(kind, count) if count else None


def _dated(kind: str, told: Mapping[str, str], own: Vocabulary) -> Fact | None:
    """Return a date, as far as it was said, if there is such a day in some year."""
    month, year = _month(told.get("month"), own), int(told.get("year", 0))
    day = _day(told.get("day") or told.get("ordinal"))
    year += 2000 if 0 < year < 100 else 0
    if kind == "month":
        return Fact("month", month=month)
    if not 1 <= day <= 31 or (kind == "date" and not 1 <= month <= 12):
        return None
    if kind == "date" and day > monthrange(year or 2028, month)[1]:  # 2028 is a leap year
        return None
    return Fact(kind, day=day, month=month, year=year)


def _month(word: str | None, own: Vocabulary) -> int:
    if word is None or word.isdecimal():
        return int(word or 0)
    names = own.months if any(re.fullmatch(name, word) for name in own.months) else own.short_months
    return _index(word, names) + 1


def _day(word: str | None) -> int:
    return int(word) if word is not None and word.isdecimal() else int(word is not None)  # "primo", "1o", "first"


def _clock(kind: str, match: re.Match[str]) -> Fact | None:
    """Return which part of the day is meant by an hour, or by what is before, after or between hours; None: no such hour.

    Said of an hour that may be before or after noon ("alle 3"), it tells nothing of the part.
    """
    told = match.groupdict()
    ends = [end for end in ("", "_") if told.get(f"hour{end}")]
    hours = [_hour(told[f"hour{end}"], told.get(f"minute{end}"), told.get("half")) for end in ends]
    if None in hours:
        return None
    parts = {_part_of(hour, kind == "before") for hour in hours if hour is not None}
    part = parts.pop() if len(parts) == 1 else None
    is_open = (kind, part) in (("after", "morning"), ("before", "afternoon"))  # the rest of the day, or most of it
    return Fact("hour", part=None if is_open else part)


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour, and whether it is known to be of the morning or not."""

    hour: int
    is_certain: bool


def _hour(written: str, minute: str | None, half: str | None) -> Hour | None:
    hour = int(written)
    if hour > 23 or int(minute or 0) > 59 or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return Hour(hour, bool(half) or hour >= 9 or written.startswith("0"))


def _part_of(hour: Hour, is_before: bool) -> Part | None:
    """Return the part of the day an hour is in; what is before noon is all of the morning."""
    if not hour.is_certain:
        return None
    return "afternoon" if hour.hour >= (13 if is_before else 12) else "morning"


# ------------------------------------------------------------------------------------------------ what belongs together


TOGETHER = frozenset(  # by kind, in alphabetical order
    (
        ("date", "weekday"),
        ("day", "weekday"),
        ("number", "weekday"),
        ("in_days", "weekday"),
        ("date", "in_days"),
        ("next_week", "weekday"),
        ("this_week", "weekday"),
        ("day", "next_month"),
        ("day", "this_month"),
    )
)


def _belong(days: tuple[Fact, ...]) -> bool:
    """Tell whether what names days is one thing: not two days, and no number by itself (it may be an hour)."""
    kinds = tuple(sorted(fact.kind for fact in days))
    if "impossible" in kinds:
        return False
    return kinds in TOGETHER if len(kinds) > 1 else kinds != ("number",)


def _joined(days: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Return the facts in a fixed order, the weekday last: it only confirms the other."""
    return tuple(sorted(days, key=lambda fact: (fact.kind == "weekday", fact.kind)))


# ----------------------------------------------------------------------------------------------- knowing what day it is


def _resolved(said: Said, today: date) -> Meant | None:
    try:
        span = _span(said.days, today)
    except OverflowError:  # beyond the last day there is
        return None
    if span is None or span[1] <= today or span[1] <= span[0]:
        return None
    since = today if said.is_by else max(span[0], today)
    return Meant(since, span[1], said.part, _weekdays(said, span))


def _weekdays(said: Said, span: Span) -> tuple[int, ...]:
    """Return which days of a span are meant, where others lie between them ("next Tuesday" is this week's or the next)."""
    if said.is_by or span[1] - span[0] <= WEEK:
        return ()
    match said.days:
        case (Fact(kind="weekday" | "next_weekday") as fact,):
            return (fact.number,)
        case (Fact(kind="next_weekend"),):
            return WEEKEND
    return ()


Span = tuple[date, date]


def _span(days: tuple[Fact, ...], today: date) -> Span | None:
    match days:
        case ():
            return today, today + ANY_DAY
        case (fact,):
            return SPANS[fact.kind](fact, today)
        case (Fact(kind="next_week" | "this_week") as week, weekday):
            return _day_of(SPANS[week.kind](week, today), weekday.number, today)
        case (Fact(kind="day") as day, Fact(kind="next_month" | "this_month") as month):
            return _day_in(day.day, SPANS[month.kind](month, today), today)
        case (first, second):
            span = SPANS[first.kind](first, today)
            return span if span is not None and _agrees(second, span[0], today) else None
    return None


def _agrees(fact: Fact, day: date, today: date) -> bool:
    """Tell whether a second name of the day ("domani, martedì") is of the same day."""
    if fact.kind == "weekday":
        return day.weekday() == fact.number
    span = SPANS[fact.kind](fact, today)
    return span is not None and span[0] == day


def _one(day: date) -> Span:
    return day, day + DAY


def _in_days(fact: Fact, today: date) -> Span:
    return _one(today + fact.number * DAY)


def _days(fact: Fact, today: date) -> Span:
    nearer = QUINDICI.get(fact.number, fact.number)
    return today + nearer * DAY, today + (fact.number + 1) * DAY


def _coming(weekday: int, today: date) -> date:
    """Return the next such day, today included."""
    return today + ((weekday - today.weekday()) % 7) * DAY


def _weekday(fact: Fact, today: date) -> Span:
    day = _coming(fact.number, today)
    return (day, day + WEEK + DAY) if day == today else _one(day)


def _this_weekday(fact: Fact, today: date) -> Span:
    return _one(_coming(fact.number, today))


def _next_weekday(fact: Fact, today: date) -> Span:
    nearer = _coming(fact.number, today + DAY)
    later = _monday(today) + WEEK + fact.number * DAY
    return nearer, max(nearer, later) + DAY


def _monday(day: date) -> date:
    return day - day.weekday() * DAY


def _next_week(fact: Fact, today: date) -> Span:
    return _monday(today) + WEEK, _monday(today) + 2 * WEEK


def _this_week(fact: Fact, today: date) -> Span:
    return _monday(today), _monday(today) + WEEK


def _weeks(fact: Fact, today: date) -> Span:
    """Return the whole week: "in two weeks" may be the day or the week."""
    monday = _monday(today + fact.number * WEEK)
    return monday, monday + WEEK


def _weekend(fact: Fact, today: date) -> Span:
    saturday = _monday(today) + 5 * DAY
    return saturday, saturday + 2 * DAY


def _next_weekend(fact: Fact, today: date) -> Span:
    """Return both, before Saturday: the one to come and the one after it."""
    saturday = _monday(today) + 5 * DAY
    return (saturday if today < saturday else saturday + WEEK), saturday + WEEK + 2 * DAY


def _first(day: date, months: int = 0) -> date:
    """Return the first of a month, so many months on."""
    count = day.year * 12 + day.month - 1 + months
    if not 1 <= count // 12 <= 9998:
        raise OverflowError
    return date(count // 12, count % 12 + 1, 1)


def _month_on(months: int) -> Callable[[Fact, date], Span]:
    return lambda fact, today: (_first(today, months), _first(today, months + 1))


def _months(fact: Fact, today: date) -> Span:
    """Return the week around the same day, so many months on."""
    first = _first(today, fact.number)
    monday = _monday(first + (min(today.day, monthrange(first.year, first.month)[1]) - 1) * DAY)
    return monday, monday + WEEK


def _date(fact: Fact, today: date) -> Span | None:
    years = (fact.year,) if fact.year else (today.year, today.year + 1)
    found = (day for year in years if (day := _if_there(year, fact.month, fact.day)) and day >= today)
    day = next(found, None)
    return None if day is None or (not fact.year and day - today > FAR) else _one(day)


def _if_there(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day_of_month(fact: Fact, today: date) -> Span | None:
    first = _first(today, int(fact.day < today.day))
    day = _if_there(first.year, first.month, fact.day)
    return _one(day) if day else None


def _month_named(fact: Fact, today: date) -> Span | None:
    ahead = (fact.month - today.month) % 12
    since, until = _first(today, ahead), _first(today, ahead + 1)
    return None if since - today > FAR else (since, until)


def _day_of(span: Span | None, weekday: int, today: date) -> Span | None:
    return None if span is None else _not_over(span[0] + weekday * DAY, today)


def _day_in(day: int, span: Span | None, today: date) -> Span | None:
    found = span and _if_there(span[0].year, span[0].month, day)
    return _not_over(found, today) if found else None


def _not_over(day: date, today: date) -> Span | None:
    return _one(day) if day >= today else None


SPANS: Mapping[str, Callable[[Fact, date], Span | None]] = {
    "soon": lambda fact, today: (today, today + ANY_DAY),
    "in_days": _in_days,
    "days": _days,
    "weekday": _weekday,
    "this_weekday": _this_weekday,
    "next_weekday": _next_weekday,
    "weekend": _weekend,
    "next_weekend": _next_weekend,
    "this_week": _this_week,
    "next_week": _next_week,
    "weeks": _weeks,
    "this_month": _month_on(0),
    "next_month": _month_on(1),
    "months": _months,
    "month": _month_named,
    "date": _date,
    "day": _day_of_month,
    "number": _day_of_month,
}
