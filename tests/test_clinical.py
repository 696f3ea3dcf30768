"""A question about health itself is told from one about the desk."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llm.clinical import is_clinical
from tests.labelled import other_texts, told_apart


def test_nearly_every_clinical_question_is_known() -> None:
    told = told_apart("clinical", is_clinical)

    assert (told.recall >= 0.97, told.missed) == (True, told.missed)


def test_few_other_messages_are_taken_for_clinical() -> None:
    told = told_apart("clinical", is_clinical)

    assert (told.false_rate <= 0.01, told.false_alarms) == (True, told.false_alarms)


def test_wishes_for_a_person_are_rarely_clinical() -> None:
    texts = other_texts("wishes.tsv")

    assert len([text for text in texts if is_clinical(text)]) <= len(texts) * 0.01


@pytest.mark.parametrize(
    "words",
    [
        "posso prendere l'ibuprofene con il cortisone?",
        "ho la febbre da due giorni che faccio?",
        "i miei esami sono normali?",
        "CAN I TAKE IBUPROFEN WITH CORTISONE",
        "¿qué significa ferritina baja?",
    ],
)
def test_symptoms_medicines_doses_and_results_are_clinical(words: str) -> None:
    assert is_clinical(words)


@pytest.mark.parametrize(
    "words",
    [
        "dove ritiro i referti",
        "quando apre la cardiologia",
        "vorrei prenotare una visita per dolore al ginocchio",
        "sono pronti i miei esami?",
        "devo essere a digiuno?",
        "where do I collect my results",
        "quiero cita por dolor de rodilla",
        "posso prendere appuntamento per mia madre?",
        "",
    ],
)
def test_what_the_desk_answers_is_not_clinical(words: str) -> None:
    assert not is_clinical(words)


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_is_judged(text: str) -> None:
    assert is_clinical(text) in (True, False)


@pytest.mark.parametrize("text", ["ho mal di " * 400, "quanto " * 580, "a " * 2048, "dolore " * 580, "posso " * 680])
def test_a_hostile_text_costs_no_more_than_a_long_one(text: str) -> None:
    start = perf_counter()

    is_clinical(text)

    assert perf_counter() - start < 5
