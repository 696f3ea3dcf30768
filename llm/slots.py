"""What the words already tell: a slot's value is known when its own words occur, once, and are not denied."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from llm.verdict import Slot
from llm.words import fold, undoubled

_CLAUSE = re.compile(r"[.,;:!?¿¡…\n()]+| ma | però | but | pero | sino ", re.IGNORECASE)
_DENIED = frozenset(
    "non no nn not t cant dont senza without sin tranne except excepto eccetto salvo invece instead anziche vez posto lugar "
    "rather never mai nunca tampoco nemmeno neanche cannot".split()
)
LONGEST = 1000  # characters that are looked at: who writes more is asked again
STEM = 7  # letters that "cardiologo", "cardiologica" and "cardiología" share
GENERIC = frozenset(
    "visita visite visit visits consulta consultas esame esami test prueba seduta sesion session medico doctor dottor "
    "dottore dottoressa doctora sede clinica clinic centro prima first primera del della de la il lo the di".split()
)

Found = tuple[int, int, int, str]  # clause, first word, how many words, id


def answers_in(text: str, slots: Iterable[Slot]) -> dict[str, str]:
    """Return the id of each slot's value that the text names; a slot of which two are named is left out."""
    clauses = [fold(clause).split() for clause in _CLAUSE.split(text[:LONGEST])]
    words = [[undoubled(word) for word in clause] for clause in clauses]
    ids: dict[str, set[str]] = {}
    denied: set[str] = set()
    for name, found in _longest([(slot.name, found) for slot in slots for found in _named(slot, words)]):
        ids.setdefault(name, set()).add(found[3])
        if _DENIED & set(clauses[found[0]]):
            denied.add(name)
    return {name: of.pop() for name, of in ids.items() if len(of) == 1 and name not in denied}


def _named(slot: Slot, clauses: list[list[str]]) -> Iterable[Found]:
    there = {word[:STEM] for clause in clauses for word in clause}
    for id_, phrases in slot.values:
        for wanted in (way for phrase in phrases for way in _ways(phrase)):
            if all(word[:STEM] in there for word in wanted):
                yield from _occurrences(id_, wanted, clauses)


@lru_cache(maxsize=4096)  # authored names only, never what a person wrote
def _ways(phrase: str) -> tuple[tuple[str, ...], ...]:
    """Return a name's words, and what is left of them without those that many names have ("cardiologica")."""
    wanted = tuple(undoubled(word) for word in fold(phrase).split())
    own = tuple(word for word in wanted if word not in GENERIC)
    return (wanted, own) if own and own != wanted else (wanted,)


def _occurrences(id_: str, wanted: tuple[str, ...], clauses: list[list[str]]) -> Iterable[Found]:
    length = len(wanted)
    for number, clause in enumerate(clauses):
        for place in range(len(clause) - length + 1):
            if length and all(map(_same, clause[place : place + length], wanted)):
                yield number, place, length, id_


def _same(word: str, wanted: str) -> bool:
    return word == wanted or (len(wanted) > STEM and word[:STEM] == wanted[:STEM])


def _longest(found: list[tuple[str, Found]]) -> list[tuple[str, Found]]:
    """Return what was found without what lies inside something longer ("mañana" in "por la mañana", of whatever slot)."""
    return [one for one in found if not any(_holds(other[1], one[1]) for other in found)]


def _holds(longer: Found, shorter: Found) -> bool:
    clause, first, length, _ = shorter
    return longer[0] == clause and longer[2] > length and longer[1] <= first <= first + length <= longer[1] + longer[2]
