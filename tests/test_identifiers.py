"""Identifiers are cut however they are typed, in the languages our patients write, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.safety.identifiers import MARK, cut_identifiers

DATA = Path(__file__).parent / "data"
SIGNS = st.text(alphabet="0123456789OoIlXK- ./\n:è'aeirtnpcvd٣４б\u200b", max_size=200)


def lines_of(file: str) -> list[str]:
    lines = (DATA / file).read_text(encoding="utf-8").splitlines()
    return [line.split("\t", 2)[-1] for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(
    "text",
    [
        "carta 4532 O151 l283 O366",
        "carta 4️⃣5️⃣3️⃣2️⃣0️⃣1️⃣5️⃣1️⃣1️⃣2️⃣8️⃣3️⃣0️⃣3️⃣6️⃣6️⃣",
        "carta 4532·0151·1283·0366",
        "carta 4532\u200b0151\u200b1283\u200b0366",
    ],
)
def test_a_card_is_cut_whatever_stands_in_for_its_digits(text: str) -> None:
    assert cut_identifiers(text) == (f"carta {MARK}", ("card",))


def test_a_fiscal_code_with_letters_typed_for_digits_is_cut() -> None:
    assert cut_identifiers("sono RSSMRA8OAO1H5O1U") == (f"sono {MARK}", ("codice_fiscale",))


def test_a_fiscal_code_in_cyrillic_letters_is_cut() -> None:
    assert cut_identifiers("сf RSSМRА80А01Н501U") == (f"сf {MARK}", ("codice_fiscale",))


def test_a_lone_letter_between_two_telephone_numbers_is_a_word() -> None:
    text = "il 333 1234567 o 340 7654321"

    assert cut_identifiers(text) == (text, ())


def test_a_password_told_late_in_the_sentence_is_cut() -> None:
    said = "la password che uso per entrare nel portale è Micio_2020"

    assert cut_identifiers(said) == (f"la password che uso per entrare nel portale è {MARK}", ("password",))


@pytest.mark.parametrize(
    "text", ["el usuario es correcto", "la clave es llegar pronto", "il login è lento", "Passwort vergessen"]
)
def test_what_is_said_about_a_secret_is_no_secret(text: str) -> None:
    assert cut_identifiers(text) == (text, ())


@pytest.mark.parametrize("file", ["emergencies.tsv", "wishes.tsv"])
def test_ordinary_messages_hold_no_identifier(file: str) -> None:
    cut = [text for text in lines_of(file) if cut_identifiers(text)[1]]

    assert cut == []


@given(SIGNS)
@settings(max_examples=200, deadline=None)
def test_any_text_is_cut_once_and_for_all(text: str) -> None:
    kept, _ = cut_identifiers(text)

    assert cut_identifiers(kept) == (kept, ())
