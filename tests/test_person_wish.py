"""The wish for a person is found inside sentences, and only where there is one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from menus.person import PersonWish, wants_person

LINES = Path(__file__).parent / "data" / "wishes.tsv"


def labelled() -> Iterator[tuple[str, str, str]]:
    for line in LINES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            language, label, text = line.split("\t")
            yield language, label, text


def recognised(text: str) -> str:
    wish = wants_person(text)
    return "none" if wish is None else wish.team or "person"


def test_every_labelled_wish_is_found_with_its_team() -> None:
    wishes = [(label, text) for _, label, text in labelled() if label != "none"]

    wrong = [(label, text) for label, text in wishes if recognised(text) != label]

    assert wrong == []


def test_no_wish_is_seen_where_there_is_none() -> None:
    others = [text for _, label, text in labelled() if label == "none"]

    seen = [text for text in others if wants_person(text) is not None]

    assert seen == []


def test_the_set_is_large_enough_to_mean_something() -> None:
    lines = list(labelled())

    assert min(Counter(language for language, _, _ in lines).values()) >= 150
    assert {language for language, _, _ in lines} == {"it", "en", "es"}


@pytest.mark.parametrize(
    "text",
    [
        *("OPERATORE!!!", "  operatore  ", "operatoreee", "un operatore, per favore", "opeartore"),
        *("non funziona, operatore", "no funciona, operador", "¡Operador!", "un humano, por favor"),
    ],
)
def test_the_bare_word_is_enough_however_it_is_typed(text: str) -> None:
    assert wants_person(text) == PersonWish(None)


def test_a_refused_person_is_no_wish() -> None:
    assert wants_person("non voglio parlare con una persona") is None


def test_a_refused_machine_is_a_wish() -> None:
    assert wants_person("non voglio parlare con una macchina") == PersonWish(None)


def test_a_refusal_does_not_hide_what_is_asked_next() -> None:
    assert wants_person("non voglio il menu vorrei parlare con la segreteria") == PersonWish("reception")


def test_the_team_named_first_is_meant() -> None:
    assert wants_person("vorrei parlare con l'infermiera e poi con la segreteria") == PersonWish("nursing")


def test_a_refusal_in_another_sentence_part_does_not_hide_the_wish() -> None:
    assert wants_person("aiuto non capisco niente voglio parlare con qualcuno") == PersonWish(None)


def test_someone_else_one_talks_to_is_no_wish() -> None:
    assert wants_person("devo parlare con mia moglie prima di decidere") is None


def test_a_pain_is_no_misspelt_doctor() -> None:
    assert wants_person("non passa questo dolore al petto") is None


def test_an_empty_text_wishes_nothing() -> None:
    assert wants_person("") is None


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_is_answered(text: str) -> None:
    assert wants_person(text) is None or isinstance(wants_person(text), PersonWish)


@pytest.mark.parametrize(
    "text", ["parlare con persona " * 205, "non voglio " * 372, "persona," * 512, "\ufdfa" * 4096, "a " * 2048]
)
def test_a_hostile_text_costs_no_more_than_a_long_one(text: str) -> None:
    start = perf_counter()

    wants_person(text)

    assert perf_counter() - start < 1.0
