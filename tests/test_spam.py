"""Advertising and fraud are kept out, and a patient's message is not."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.safety.spam import is_spam
from bot.safety.spam_learning import learn
from tests.labelled import messages, other_texts, told_apart


def test_nearly_all_spam_is_kept_out() -> None:
    told = told_apart("spam", is_spam)

    assert (told.recall >= 0.97, told.missed) == (True, told.missed)


def test_hardly_a_patient_who_writes_of_offers_and_links_is_lost() -> None:
    told = told_apart("spam", is_spam)

    assert (told.false_rate <= 0.005, told.false_alarms) == (True, told.false_alarms)


def test_hardly_any_other_message_is_lost() -> None:
    texts = other_texts()

    lost = [text for text in texts if is_spam(text)]

    assert (len(lost) <= 0.005 * len(texts), lost) == (True, lost)


def test_the_set_is_large_enough_to_mean_something() -> None:
    labels = [labels for _, labels, _ in messages()]

    assert sum("spam" in told for told in labels) >= 200
    assert sum("spam" not in told for told in labels) >= 600


@pytest.mark.parametrize(
    "words",
    [
        "la prima visita è gratis?",
        "mi serve la fattura per un prestito",
        "ho ricevuto un messaggio con un link, siete voi?",
        "sono dipendente dal gioco e dalle scommesse, avete uno psicologo?",
        "mia mamma ha perso il numero di prenotazione",
        "my portal account is locked",
        "",
    ],
)
def test_a_patient_who_uses_an_advertiser_s_words_is_heard(words: str) -> None:
    assert not is_spam(words)


def test_a_table_is_learned_the_same_each_time() -> None:
    spam, patients = ["buy now cheap", "win money now"], ["book a visit now", "cancel my visit"]

    assert learn(spam, patients) == learn(spam, patients)
    assert learn(spam, patients)["cheap"] > 0 > learn(spam, patients)["visit"]


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_is_judged(text: str) -> None:
    assert is_spam(text) in (True, False)


@pytest.mark.parametrize(
    "text", ["bitcoin gratis " * 270, "clicca " * 585, "a " * 2048, "€100 " * 800, "\ufdfa" * 4096]
)
def test_a_hostile_text_costs_no_more_than_a_long_one(text: str) -> None:
    start = perf_counter()

    is_spam(text)

    assert perf_counter() - start < 5
