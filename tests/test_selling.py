"""Who wants to buy goods is told that nothing is sold here, and nobody of ours sells either."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.safety.selling import offers_to_sell, wants_to_buy
from menus.check_words import SELLING
from tests.labelled import other_texts, told_apart

STAFF = Path(__file__).parent / "data" / "staff_words.tsv"


def staff_words(label: str) -> list[str]:
    lines = [line.split("\t", 1) for line in STAFF.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    return [text for kind, text in lines if kind == label]


def test_nearly_every_wish_to_buy_is_heard() -> None:
    told = told_apart("buy", wants_to_buy)

    assert (told.recall >= 0.95, told.missed) == (True, told.missed)


def test_hardly_any_other_message_is_a_wish_to_buy() -> None:
    told = told_apart("buy", wants_to_buy)
    texts = other_texts()

    assert (told.false_rate <= 0.005, told.false_alarms) == (True, told.false_alarms)
    assert [text for text in texts if wants_to_buy(text)] == []


@pytest.mark.parametrize(
    "words", ["vendete la crema X?", "vorrei ordinare gli integratori", "can I buy hearing aids from you"]
)
def test_goods_asked_for_are_a_wish_to_buy(words: str) -> None:
    assert wants_to_buy(words)


@pytest.mark.parametrize(
    "words",
    [
        "devo pagare la visita",
        "my doctor ordered blood tests",
        "in che ordine chiamate?",
        "ha ingoiato una scatola di sonniferi",
        "",
    ],
)
def test_paying_and_order_are_no_wish_to_buy(words: str) -> None:
    assert not wants_to_buy(words)


def test_staff_words_that_sell_are_found() -> None:
    assert [text for text in staff_words("1") if not offers_to_sell(text)] == []


def test_staff_words_that_inform_pass() -> None:
    assert [text for text in staff_words("0") if offers_to_sell(text)] == []


@pytest.mark.parametrize("phrase", SELLING)
def test_what_no_flow_may_say_staff_may_not_say_either(phrase: str) -> None:
    assert offers_to_sell(f"Buongiorno, {phrase.upper()} da noi")


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_is_judged(text: str) -> None:
    assert wants_to_buy(text) in (True, False)
    assert offers_to_sell(text) in (True, False)
