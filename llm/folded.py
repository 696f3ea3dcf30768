"""What is typed, made comparable for the word lists of this room: small plain letters, single spaces. Standard library only."""

from __future__ import annotations

import re
import unicodedata

MOST = 4096  # characters: the longest text WhatsApp delivers

_NOT_WORDS = re.compile(r"[^a-z0-9.!?]+")
_SENTENCE_END = re.compile(r"\s*([.!?])[.!?\s]*")
_DECIMAL = re.compile(r"(?<=\d)[.,](?=\d)")


def folded(words: str) -> str:
    """Return the words without case, accents and signs, each sentence's end a lone sign between spaces."""
    letters = unicodedata.normalize("NFKD", words[:MOST].casefold().replace("’", "'"))
    plain = "".join(letter for letter in letters if unicodedata.category(letter) not in ("Mn", "Me", "Cf"))
    plain = _CONTRACTED.sub(r"\1 ", _DECIMAL.sub("", plain))
    return f" {_SENTENCE_END.sub(_LONE_SIGN, _NOT_WORDS.sub(' ', plain)).strip()} "


_LONE_SIGN = r" \1 "
_CONTRACTED = re.compile(r"'(t|m|ve|re|s|ll|d)\b")  # "don't" becomes "dont"
