"""How words sound is told from lists: grief and anger before fear, and nobody is made worried who says they are not."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llm.tone import tone_of
from llm.verdict import Tone
from tests.labelled import told_apart


@pytest.mark.parametrize("tone", [Tone.UPSET, Tone.WORRIED])
def test_most_upset_and_worried_messages_are_heard(tone: Tone) -> None:
    told = told_apart(tone.value, lambda text: tone_of(text) is tone)

    assert (told.recall >= 0.95, told.missed) == (True, told.missed)


@pytest.mark.parametrize("tone", [Tone.UPSET, Tone.WORRIED])
def test_few_calm_messages_are_taken_for_others(tone: Tone) -> None:
    told = told_apart(tone.value, lambda text: tone_of(text) is tone)

    assert (told.false_rate <= 0.01, told.false_alarms) == (True, told.false_alarms)


@pytest.mark.parametrize(
    ("words", "tone"),
    [
        ("è morto mio padre", Tone.UPSET),
        ("mio padre è morto", Tone.UPSET),
        ("my dad passed away", Tone.UPSET),
        ("mi padre ha fallecido", Tone.UPSET),
        ("SIETE DEGLI INCOMPETENTI!!!", Tone.UPSET),
        ("ho paura e sono furiosa", Tone.UPSET),
        ("ho paura dell'intervento", Tone.WORRIED),
        ("I’m really worried", Tone.WORRIED),
        ("tengo miedo", Tone.WORRIED),
        ("non sono preoccupata", Tone.CALM),
        ("don't worry about it", Tone.CALM),
        ("no se preocupe", Tone.CALM),
        ("I'm afraid I can't come tomorrow", Tone.CALM),
        ("vorrei prenotare", Tone.CALM),
        ("", Tone.CALM),
    ],
)
def test_a_sentence_sounds_as_it_does(words: str, tone: Tone) -> None:
    assert tone_of(words) is tone


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_has_a_tone(text: str) -> None:
    assert isinstance(tone_of(text), Tone)


@pytest.mark.parametrize("text", ["mio padre e " * 340, "nessuno " * 512, "a " * 2048, "\ufdfa" * 4096])
def test_a_hostile_text_costs_no_more_than_a_long_one(text: str) -> None:
    start = perf_counter()

    tone_of(text)

    assert perf_counter() - start < 5
