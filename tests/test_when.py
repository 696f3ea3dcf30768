"""Days typed by hand: what is meant for certain, and that nothing else is ever guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from bot.when import Meant, instants, meant
from menus.answers import CHECKS, fold
from menus.when import LONGEST
from menus.when_words import VOCABULARIES

LINES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "data" / "when.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORDS = sorted({word for line in LINES for word in line[0].split()})


def labelled(line: tuple[str, ...]) -> Meant | None:
    """Return what a line of the file says that is meant."""
    if line[3] == "-":
        return None
    since, until, part, *days = line[3:]
    weekdays = tuple(WEEK.index(day) for day in (days[0] if days else "").split())
    return Meant(
        date.fromisoformat(since), date.fromisoformat(until), None if part == "-" else part, weekdays  # type: ignore[arg-type]
    )  # fmt: skip


def said_on(line: tuple[str, ...]) -> date:
    """Return the day a line of the file is said on."""
    return date.fromisoformat(line[1])


@pytest.mark.parametrize("line", LINES, ids=" ".join)
def test_a_day_typed_by_hand_is_what_was_meant_or_nothing(line: tuple[str, ...]) -> None:
    assert meant(line[0], line[2], said_on(line)) == labelled(line)


@pytest.mark.parametrize("line", [line for line in LINES if labelled(line)], ids=" ".join)
def test_what_names_a_day_passes_the_check_whatever_day_it_is(line: tuple[str, ...]) -> None:
    assert CHECKS["when"](f"  {line[0]} ") == line[0]


@pytest.mark.parametrize("text", ["", "ieri", "grazie", "3", "lunedì o martedì", "30 febbraio", "m" * (LONGEST + 1)])
def test_what_names_no_day_fails_the_check(text: str) -> None:
    assert CHECKS["when"](text) is None


@given(
    st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join)),
    st.sampled_from(["it", "en", "es", "de"]),
    st.dates(),
)
def test_whatever_is_typed_no_day_that_is_past_is_meant(words: str, language: str, today: date) -> None:
    found = meant(words, language, today)

    assert found is None or today <= found.since < found.until


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.integers(0, 300))
def test_every_day_to_come_is_understood_as_it_is_written(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)

    found = meant(f"{day.day}/{day.month}", "it", today)

    assert found == Meant(day, day + timedelta(days=1))


@given(
    st.sampled_from([line for line in LINES if labelled(line)]), st.sampled_from(["non", "not", "no", "xyz", "desde"])
)
def test_a_word_that_is_not_known_is_never_passed_over(line: tuple[str, ...], word: str) -> None:
    found = meant(f"{word} {line[0]}", line[2], said_on(line))

    assert found is None


@pytest.mark.parametrize("language", sorted(VOCABULARIES))
def test_days_and_months_are_called_what_the_unicode_repository_calls_them(language: str) -> None:
    locale, own = Locale(language), VOCABULARIES[language]

    known = [name.split("|")[0] for name in (*own.weekdays, *own.months)]

    days, months = locale.days["stand-alone"]["wide"], locale.months["stand-alone"]["wide"]
    assert known == [fold(str(names[key])) for names in (days, months) for key in sorted(names)]


def test_a_day_begins_at_midnight_of_the_clinic_also_when_its_clock_changes() -> None:
    days = Meant(date(2027, 3, 28), date(2027, 3, 29))

    spans = instants(days, ZoneInfo("Europe/Rome"))

    assert spans == (datetime(2027, 3, 27, 23, tzinfo=UTC), datetime(2027, 3, 28, 22, tzinfo=UTC))
