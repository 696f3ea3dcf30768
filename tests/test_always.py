"""The words that always work are folded, and none means two things."""

from __future__ import annotations

from itertools import combinations

import pytest

from bot.always import GREETINGS, LEAVE, RESUME, STOP, THANKS
from menus.answers import fold

SETS = {"stop": STOP, "resume": RESUME, "leave": LEAVE, "thanks": THANKS, "greetings": GREETINGS}


@pytest.mark.parametrize("name", sorted(SETS))
def test_every_word_is_written_as_it_is_compared(name: str) -> None:
    unfolded = [word for word in SETS[name] if fold(word) != word]

    assert unfolded == []


def test_no_word_means_two_things() -> None:
    both = [one & other for one, other in combinations(SETS.values(), 2) if one & other]

    assert both == []


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        *(("¡No me escriban más!", "stop"), ("Quiero darme de baja.", "stop"), ("Reanudar", "resume")),
        *(("Volver al menú", "leave"), ("¡Muchísimas gracias!", "thanks"), ("Hola, buenos días", "greetings")),
    ],
)
def test_spanish_is_understood(said: str, meant: str) -> None:
    assert [name for name, words in SETS.items() if fold(said) in words] == [meant]
