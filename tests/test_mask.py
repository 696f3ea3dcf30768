"""Before a model reads a text, nothing in it tells who writes or of whom; what the answer needs stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.safety.mask import mask

LINES = Path(__file__).parent / "data" / "masks.tsv"
PROFILE = ["Carla Esempi"]
MESSAGE = 4096  # the longest text WhatsApp delivers

NAMES = ("Anna Prova", "Giovanni Esempio", "Lucía Ejemplo", "José Luis Soto", "Jane Doe", "Zdenka Hruška", "Nguyen Thi")
TOLD = (
    "mi chiamo {} e vorrei prenotare",
    "Buongiorno sono {}, devo disdire",
    "my name is {} and I need a visit",
    "Hello, I'm {}.",
    "me llamo {} y quiero una cita",
    "mio figlio {} ha una visita",
    "a nome di {} per martedì",
    "sig.ra {} al telefono",
    "Nome e cognome: {}",
)
REACHED = (
    *(
        "333 1234567",
        "+39 333 12 34 567",
        "06/12345678",
        "0039-06-1234567",
        "(212) 555-0147",
        "07700 900123",
        "612 34 56 78",
    ),
    *(
        "anna.prova@example.org",
        "a_prova+80@mail.example.com",
        "https://example.org/r/123456",
        "www.example.org/x?id=9",
    ),
    *("nato il 3/5/1980", "DOB 03.05.80", "born on 3 May 1980", "nacido el 3 de mayo de 1980", "1980-05-03"),
    *(
        "abito in via Garibaldi 12",
        "vivo en calle Mayor 12",
        "I live at 12 Baker Street",
        "4532015112830366",
        "00481923",
    ),
)


def lines() -> Iterator[tuple[list[str], list[str], str]]:
    for line in LINES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            gone, stays, text = line.split("\t")
            yield [part for part in gone.split(";") if part], [part for part in stays.split(";") if part], text


def test_every_planted_name_number_and_address_is_gone() -> None:
    left = [
        (part, text) for gone, _, text in lines() for part in gone if part.casefold() in mask(text, PROFILE).casefold()
    ]

    assert left == []


def test_what_the_answer_needs_stays() -> None:
    lost = [
        (part, text)
        for _, stays, text in lines()
        for part in stays
        if part.casefold() not in mask(text, PROFILE).casefold()
    ]

    assert lost == []


def test_the_set_is_large_enough_to_mean_something() -> None:
    assert len(list(lines())) >= 200


@given(st.sampled_from(NAMES), st.sampled_from(TOLD), st.sampled_from([str, str.lower, str.upper]))
@settings(max_examples=150, deadline=None)
def test_a_name_that_is_told_never_survives(name: str, told: str, typed: type[str]) -> None:
    written = name if told.startswith(("Buon", "Hello", "mio")) else typed(name)

    masked = mask(told.format(written)).casefold()

    assert not [part for part in name.casefold().split() if part in masked.split()]


@given(
    st.text(alphabet="abcdefghi ,.!èìò", max_size=40),
    st.sampled_from(REACHED),
    st.text(alphabet="abcdefghi ,.!èìò", max_size=40),
)
@settings(max_examples=200, deadline=None)
def test_no_planted_value_survives_between_other_words(before: str, value: str, after: str) -> None:
    assert value.split(" ", 1)[-1] not in mask(f"{before} {value} {after}")


@given(
    st.text(alphabet="abc ,.è", max_size=30),
    st.sampled_from(["anna", "ANNA", "Ánna", "ａｎｎａ", "an\u200bna", "Prova"]),
)
@settings(max_examples=100, deadline=None)
def test_the_profile_name_never_survives_however_it_is_typed(around: str, typed: str) -> None:
    assert typed not in mask(f"{around} {typed}, {around}", ["Anna  Prova ❤"])


@pytest.mark.parametrize("part", ["Al", "di", ""])
def test_short_parts_of_a_name_are_not_looked_for(part: str) -> None:
    assert mask("alle 9 di mattina al piano", [part]) == "alle 9 di mattina al piano"


def test_an_identifier_that_was_missed_before_is_cut() -> None:
    assert mask("carta 4532 0151 1283 0366") == "carta [•••]"


def test_a_sentence_keeps_its_sense() -> None:
    said = "Buongiorno, sono Anna Prova nata il 3/5/1980: mio figlio Luca può venire il 12/5 alle 10? Cell 333 1234567"

    assert mask(said) == (
        "Buongiorno, sono [nome] nata il [data di nascita]: mio figlio [nome] può venire il 12/5 alle 10? Cell [telefono]"
    )


@given(st.text(max_size=300), st.lists(st.text(max_size=20), max_size=2))
@settings(max_examples=200, deadline=None)
def test_any_text_is_masked(text: str, names: list[str]) -> None:
    assert isinstance(mask(text, names), str)


@pytest.mark.parametrize(
    "text",
    [
        "1" * MESSAGE,
        "1 " * 2048,
        "12 " * 1365,
        "abito in via " + "a " * 2000,
        "sono " * 800,
        "Anna " * 800,
        "1(2" * 1365,
    ],
)
def test_a_hostile_text_costs_no_more_than_a_long_one(text: str) -> None:
    start = perf_counter()

    mask(text, PROFILE)

    assert perf_counter() - start < 10  # 0.5 s on an idle core; a pattern that backtracks would take minutes
