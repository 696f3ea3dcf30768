"""Authored phrases found in what people really type: folded, misspelt, with other words in between. Pure, linear in the text.

A phrase is written as people would read it, with a few signs:

    dolore petto        these words in this order, at most two other words between each
    petto_destro        directly one after the other
    perso ... vista     in this order, at most six words between
    dolore & petto      in any order, at most five words between
    dolore <> petto     in any order, at most fourteen words between: the next sentence too
    neonato & !febbre   said to stand at "febbre": a denial or a date must reach that word; without the sign, at its first
    mal|male|fa+male    one of these; a plus joins words that only together are one of the alternatives
    respir*  =torace    any word that begins so; exactly this word, no misspelling

Words are held as bits of one integer per term, so that a phrase costs a few shifts whatever the text looks like: no
regular expression ever meets a patient's text with a repeated group in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

# ------------------------------------------------------------------------------------------------------------- folding

_QUOTES = str.maketrans(dict.fromkeys("’‘`´ʼ′＇", "'"))
_ENGLISH_ENDINGS = re.compile(r"(?<=[^\W\d_])'(?=(?:t|s|m|d|re|ve|ll)(?![^\W_]))")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_DOUBLED = re.compile(r"([^\W\d_])\1+")
_PIECES = re.compile(r"[^\W_]+|[.!?;,:()\n]+")
_ELLIPSIS = re.compile(r"\.\.+")

COMMA_GAP = 1
STOP_GAP = 3
WINDOW = 700  # words read at once: longer texts are read in overlapping windows, so that the cost stays linear
OVERLAP = 40


def fold(text: str) -> str:
    """Return the text in small letters without accents, stretched letters ("aiutooo") or invisible characters.

    English contractions lose their apostrophe ("can't" -> "cant"); every other apostrophe stays and separates words.
    """
    folded = text.translate(_QUOTES).casefold()
    if not folded.isascii():
        folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if unicodedata.category(c) not in _INVISIBLE)
    return _STRETCHED.sub(r"\1", _ENGLISH_ENDINGS.sub("", folded))


_INVISIBLE = frozenset({"Mn", "Me", "Cf"})


@dataclass(frozen=True, slots=True)
class Words:
    """A folded text: its words, where each stands (punctuation takes room too), and the masks of its clauses and sentences."""

    words: tuple[str, ...] = field(repr=False)
    places: tuple[int, ...]
    clauses: tuple[int, ...]
    sentences: tuple[int, ...]


def split_words(text: str) -> tuple[Words, ...]:
    """Return the text's words in windows that overlap; a text of normal length is one window."""
    pieces = _PIECES.findall(_ELLIPSIS.sub(" ", fold(text)))
    step = WINDOW - OVERLAP
    starts = range(0, max(len(pieces) - OVERLAP, 1), step)
    return tuple(_place(pieces[start : start + WINDOW]) for start in starts)


def _place(pieces: list[str]) -> Words:
    words: list[str] = []
    places: list[int] = []
    clauses: list[int] = [0]
    sentences: list[int] = [0]
    place = 0
    for piece in pieces:
        if piece[0].isalnum():
            words.append(piece)
            places.append(place)
            place += 1
            continue
        stop = not piece.isspace() and any(sign in ".!?;" for sign in piece)
        place += STOP_GAP if stop else COMMA_GAP
        clauses.append(place)
        if stop or "\n" in piece:
            sentences.append(place)
    return Words(tuple(words), tuple(places), _masks(clauses, place), _masks(sentences, place))


def _masks(starts: list[int], end: int) -> tuple[int, ...]:
    return tuple(
        (1 << stop) - (1 << start) for start, stop in zip(starts, [*starts[1:], end], strict=True) if stop > start
    )


# ------------------------------------------------------------------------------------------------------------- lexicon

MIN_SAME_DOUBLES = 4  # letters a word needs before "peto" may stand for "petto"
MIN_SLIP = 5  # before a letter may be missing, extra or swapped
MIN_WRONG = 6  # before a letter may be another one
MIN_STEM = 7  # before the beginning of a word may be misspelt at all: more words begin like it than end like it
_HEAD = 5


@dataclass(frozen=True, slots=True)
class _Entry:
    word: str
    stem: bool
    term: int

    def fits(self, token: str) -> bool:
        """Say whether a misspelt token is one slip away from this word."""
        return _one_slip(self.word, token, self.stem)


def _one_slip(word: str, token: str, stem: bool) -> bool:
    def ends(rest_of_token: str, rest_of_word: str) -> bool:
        return rest_of_token.startswith(rest_of_word) if stem else rest_of_token == rest_of_word

    at = next((i for i, (a, b) in enumerate(zip(word, token, strict=False)) if a != b), min(len(word), len(token)))
    if at == len(word):
        return stem or len(token) == at or (len(token) == at + 1 and len(word) >= MIN_SLIP)
    if at == 0 or len(word) < MIN_SLIP:
        return False
    extra, missing = ends(token[at + 1 :], word[at:]), ends(token[at:], word[at + 1 :])
    swapped = token[at : at + 2] == word[at + 1 : at - 1 : -1] and ends(token[at + 2 :], word[at + 2 :])
    wrong = len(word) >= MIN_WRONG and ends(token[at + 1 :], word[at + 1 :])
    return extra or missing or swapped or wrong


class Lexicon:
    """The words of all phrases, each with the numbers of the terms it stands for; finds them misspelt too.

    `real` are words that exist and must never be read as a misspelling of another.
    """

    def __init__(self, real: Iterable[str] = ()) -> None:
        self._real = frozenset(fold(word) for word in real)
        self._terms: dict[frozenset[str], int] = {}
        self._exact: dict[str, set[int]] = {}
        self._stems: dict[str, set[int]] = {}
        self._heads: dict[str, list[_Entry]] = {}
        self._longest_stem = 0

    def term(self, alternatives: Iterable[str]) -> int:
        """Return the number of a term: one place in a phrase, with all the words that may fill it."""
        key = frozenset(alternatives)
        if key not in self._terms:
            self._terms[key] = len(self._terms)
            for word in key:
                self._add(word, self._terms[key])
        return self._terms[key]

    def _add(self, written: str, term: int) -> None:
        stem, exact = written.endswith("*"), written.startswith("=")
        word = fold(written.strip("=*"))
        if stem:
            self._stems.setdefault(word, set()).add(term)
            self._longest_stem = max(self._longest_stem, len(word))
        else:
            self._exact.setdefault(word, set()).add(term)
        if not exact:
            for spelling in _spellings(word):
                self._add_misspelt(_Entry(spelling, stem, term))

    def _add_misspelt(self, entry: _Entry) -> None:
        if len(entry.word) >= (MIN_STEM if entry.stem else MIN_SAME_DOUBLES):
            for key in _head_keys(entry.word[:_HEAD]):
                self._heads.setdefault(key, []).append(entry)

    def terms(self, token: str) -> set[int]:
        """Return the terms a token stands for: as written if any phrase knows it so, else as a misspelling."""
        known = self._exact.get(token, _NOTHING)
        found = set(known)
        for size in range(2, min(len(token), self._longest_stem) + 1):
            found |= self._stems.get(token[:size], _NOTHING)
        if known or token in self._real or len(token) < MIN_SAME_DOUBLES or token.isdigit():
            return found
        for spelling in _spellings(token):
            found |= self._misspelt(spelling)
        return found

    def _misspelt(self, token: str) -> set[int]:
        keys = {*_head_keys(token[:_HEAD]), *_head_keys(token[: _HEAD + 1])}
        return {entry.term for key in keys for entry in self._heads.get(key, ()) if entry.fits(token)}


_NOTHING: frozenset[int] = frozenset()


def _spellings(word: str) -> tuple[str, ...]:
    """Return the word as written and with its doubled letters single: where they are is what people get wrong most."""
    single = _DOUBLED.sub(r"\1", word)
    return (word,) if single == word else (word, single)


def _head_keys(head: str) -> set[str]:
    return {head, *(head[:i] + head[i + 1 :] for i in range(1, len(head)))}


# ------------------------------------------------------------------------------------------------------------- phrases

GAP = 2
WIDE_GAP = 6
NEAR_GAP = 5
FAR_GAP = 14


@dataclass(frozen=True, slots=True)
class _Phrase:
    terms: tuple[int, ...]
    gaps: tuple[int, ...]  # between each two terms: how many other words at most
    rarest: int  # the term to look for first: the one of the longest words
    anchor: int = 0  # the term at whose place the phrase is said to stand

    def starts(self, masks: Mapping[int, int]) -> int:
        """Return the places where this phrase stands: where it begins, or at its word with the sign."""
        found = masks[self.terms[-1]]
        for term, gap in zip(self.terms[-2::-1], self.gaps[::-1], strict=True):
            found = masks[term] & before(found, gap)
            if not found:
                return 0
        for term, gap in zip(self.terms[1 : self.anchor + 1], self.gaps[: self.anchor], strict=True):
            found = masks[term] & after(found, gap)
        return found


def before(mask: int, gap: int) -> int:
    """Return the places from which the mask is reached by passing over at most `gap` words."""
    reached = 0
    for _ in range(gap + 1):
        mask >>= 1
        reached |= mask
    return reached


def after(mask: int, gap: int) -> int:
    """Return the places that are reached from the mask by passing over at most `gap` words."""
    reached = 0
    for _ in range(gap + 1):
        mask <<= 1
        reached |= mask
    return reached


@dataclass(frozen=True, slots=True)
class Reading:
    """What a phrasebook found in one window of words: for each list, the places where one of its phrases begins."""

    words: Words
    starts: Mapping[str, int]

    def __getitem__(self, name: str) -> int:
        return self.starts.get(name, 0)


class Phrasebook:
    """Lists of phrases, each under a name, read together in one pass."""

    def __init__(self, lists: Mapping[str, str], groups: Mapping[str, str], real: Iterable[str] = ()) -> None:
        self._lexicon = Lexicon(real)
        self._by_term: dict[int, list[tuple[str, _Phrase]]] = {}
        for name, text in lists.items():
            for line in _lines(text):
                for phrase in self._compile(_filled(line, groups)):
                    self._by_term.setdefault(phrase.rarest, []).append((name, phrase))

    def _compile(self, line: str) -> Iterable[_Phrase]:
        sign = "<>" if "<>" in line else "&"
        sides = [side.split() for side in line.split(sign)]
        orders = [sides] if len(sides) == 1 else [sides, sides[::-1]]
        for order in orders:
            tokens = [token for side in order for token in (sign, *side)][1:]
            for variant in product(*map(_variants, tokens)):
                yield self._phrase(list(variant))

    def _phrase(self, tokens: list[str]) -> _Phrase:
        parts: list[list[str]] = []
        gaps: list[int] = []
        gap, anchor = GAP, 0
        for token in tokens:
            if token in _GAPS:
                gap = _GAPS[token]
                continue
            if token.startswith("!"):
                anchor = len(parts)
            for part in token.removeprefix("!").split("_"):
                parts.append(part.split("|"))
                gaps.append(gap)
                gap = 0
            gap = GAP
        terms = tuple(self._lexicon.term(part) for part in parts)
        longest = max(range(len(parts)), key=lambda i: min(map(len, parts[i])))
        return _Phrase(terms, tuple(gaps[1:]), terms[longest], anchor)

    def read(self, text: str) -> tuple[Reading, ...]:
        """Return what is found in a text, one reading for each window of it."""
        return tuple(self._read(words) for words in split_words(text))

    def _read(self, words: Words) -> Reading:
        masks: dict[int, int] = {}
        for word, place in zip(words.words, words.places, strict=True):
            for term in self._lexicon.terms(word):
                masks[term] = masks.get(term, 0) | 1 << place
        starts: dict[str, int] = {}
        for term in masks:
            for name, phrase in self._by_term.get(term, ()):
                if all(other in masks for other in phrase.terms):
                    starts[name] = starts.get(name, 0) | phrase.starts(masks)
        return Reading(words, starts)


_GAPS = {"...": WIDE_GAP, "&": NEAR_GAP, "<>": FAR_GAP}


def _variants(token: str) -> list[str]:
    """Return the ways to read a token: alternatives of several words ("go+on") each become a way of their own."""
    ways = []
    sign = "!" if token.startswith("!") else ""
    for part in token.removeprefix("!").split("_"):
        alternatives = part.split("|")
        single = "|".join(word for word in alternatives if "+" not in word)
        ways.append([*([single] if single else []), *(word.replace("+", "_") for word in alternatives if "+" in word)])
    return [sign + "_".join(way) for way in product(*ways)]


def _lines(text: str) -> Iterable[str]:
    lines = text.replace("|\n", "|").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")]


_GROUP = re.compile(r"\{(\w+)\}")


def _filled(line: str, groups: Mapping[str, str]) -> str:
    while "{" in line:
        line = _GROUP.sub(lambda found: groups[found[1]], line)
    return fold(line).replace("'", "_")
