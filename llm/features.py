"""What is looked at in a sentence: its words, their stems and pairs, and the concepts it holds, alone and together."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, pairwise

from llm.concepts import concepts_of, kind_of
from llm.words import Sentence, undoubled

STEM = 5  # letters that hold what a word of these languages is about


def features(sentence: Sentence, meant: Callable[[str], str] = lambda word: word) -> list[str]:
    """Return the features of a sentence, each once; a letter names their kind. `meant` corrects a misspelt word."""
    found: list[str] = []
    named: set[str] = set()
    for clause in sentence.clauses:
        spelled = [meant(undoubled(word)) for word in clause]
        plain = [kind_of(word) for word in spelled]
        found += [f"w:{word}" for word in plain]
        found += [f"s:{word[:STEM]}" for word in plain if len(word) > STEM and word[0] != "["]
        found += [f"b:{a} {b}" for a, b in pairwise(["^", *plain, "$"])]
        named.update(name for _, name in concepts_of(spelled))
    held = sorted(named)
    found += [f"c:{name}" for name in held]
    found += [f"d:{a} {b}" for a, b in combinations(held, 2)]
    found += [f"r:{undoubled(word)[:STEM]}" for word in sentence.refused]
    return list(dict.fromkeys(found))
