"""How the stand-in sorts words without a model: by likeness to the examples it reads in the prompt, and honestly unsure."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from math import log, sqrt
from typing import Any

from simulator.refusal import Json

ROUTE = re.compile(r'<route id="([^"]+)">\n(.*?)\n?</route>', re.S)
SLOT = re.compile(r'<slot name="([^"]+)">\n(.*?)\n?</slot>', re.S)
VALUE = re.compile(r'<value id="([^"]+)">(.*?)</value>', re.S)
WORDS = re.compile(r"<words>(.*)</words>")
LANGUAGE = re.compile(r"<language>(\w+)</language>")
DENIED = re.compile(r"\b(?:non|no|not|don't|nicht)\b[^,;.!?]*[,;.]\s*(?=\w)", re.I)

SURE, AHEAD, LIKELY, NOTHING = 0.5, 0.1, 0.15, 0.15
ALIKE = 0.9  # what the likest example counts; the rest is how much of the words any example has
UNKNOWN = 0.6  # what a piece counts that no example has, of what the rarest piece does
PIECE = 3  # letters: words are like each other by the pieces they share, also with a slip of the finger
STEM = 5  # letters of a word that count for a slot: dermatologo and dermatologica are one
COMMON = frozenset(
    "il lo la le gli un una uno di da in con su per del della dei che e ma mi ho sono vorrei devo posso si se come "
    "the a an to of in on for with and is are i my me you do can i'd like would have it "
    "el los las un una de en con por para que y mi me he soy quiero quisiera puedo es como al del su".split()
)
SPOKEN = {
    "it": "vorrei devo posso sono ho che per non il gli della una mi buongiorno grazie quanto dove quando ciao".split(),
    "en": "the i to would like can is my you how what where when hello thanks please and have".split(),
    "es": "quisiera quiero puedo tengo que para el los una mi hola gracias cuanto donde cuando necesito con".split(),
}
UPSET = (
    "vergogna inaccettabile arrabbiat scandal reclamo assurdo unacceptable angry furious inaceptable verguenza".split()
)
WORRIED = "preoccup paura dolore ansia male worried afraid scared pain preocupad miedo".split()


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the prompt offers: routes with the pieces of each example, how rare each piece is, slots with their stems."""

    routes: tuple[tuple[str, tuple[frozenset[str], ...]], ...]
    weights: dict[str, float]
    slots: tuple[tuple[str, tuple[tuple[str, tuple[frozenset[str], ...]], ...]], ...]


def sorted_answer(system: str, message: str, asked: Json) -> str:
    """Return the answer as JSON that keeps to the schema asked for; some words where no schema is."""
    schema = ((asked.get("output_config") or {}).get("format") or {}).get("schema")
    if schema is None:
        return "I sort messages, and was not told how to answer."
    told = filled(schema)
    if isinstance(told, dict) and "route" in told:
        told |= {name: value for name, value in _sorted(system, message, told).items() if name in told}
    return json.dumps(told, ensure_ascii=False)


def filled(schema: Json) -> Any:
    """Return the plainest value of a schema: null where it may be, else the first of an enum, false, nothing."""
    if "anyOf" in schema:
        kinds = [part.get("type") for part in schema["anyOf"]]
        return None if "null" in kinds else filled(schema["anyOf"][0])
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "object":
        return {name: filled(part) for name, part in schema.get("properties", {}).items()}
    return {"boolean": False, "array": [], "string": "", "integer": 0, "number": 0}.get(str(schema.get("type")))


def _sorted(system: str, message: str, plain: Json) -> Json:
    offered, words = _read(system), _words(message)
    pieces = _pieces(DENIED.sub(" ", words))
    scores = sorted(((_likeness(pieces, said, offered.weights), id_) for id_, said in offered.routes), reverse=True)
    scores += [(0.0, "")] * (3 - len(scores))
    (best, route), (next_best, _), _ = scores[:3]
    sure = best >= SURE and best - next_best >= AHEAD
    likely = [] if sure else [id_ for score, id_ in scores[1:3] if score >= LIKELY]
    if best < NOTHING:
        named = [id_ for id_, _ in offered.routes]
        route, likely = "unclear" if "unclear" in named else plain["route"], []
    second, third = [*likely, None, None][:2]
    answers = dict(plain.get("answers") or {}) | _answers(offered, _stems(words))
    told = {"language": _language(words, message), "tone": _tone(words), "route": route, "sure": sure}
    return told | {"second": second, "third": third, "answers": answers}


@lru_cache(maxsize=64)
def _read(system: str) -> Prompt:
    routes = []
    for id_, body in ROUTE.findall(system):
        description, *lines = body.split("\n")
        said = [sentence for line in lines for sentence in line.partition(": ")[2].split(" | ")]
        routes.append((unescape(id_), tuple(_pieces(unescape(one)) for one in (*said, description))))
    seen = Counter(piece for _, said in routes for piece in frozenset().union(*said))
    weights = {piece: log(1 + len(routes) / count) for piece, count in seen.items()}
    slots = tuple((unescape(name), _values(body)) for name, body in SLOT.findall(system))
    return Prompt(tuple(routes), weights, slots)


def _values(body: str) -> tuple[tuple[str, tuple[frozenset[str], ...]], ...]:
    found = VALUE.findall(body)
    return tuple((unescape(id_), tuple(_stems(unescape(one)) for one in said.split(" | "))) for id_, said in found)


def _words(message: str) -> str:
    """Return what stands in the fence; the whole message where there is none."""
    found = WORDS.search(message)
    try:
        return str(json.loads(found[1])) if found else message
    except ValueError:
        return message


def _likeness(pieces: frozenset[str], said: tuple[frozenset[str], ...], weights: dict[str, float]) -> float:
    """Return how like the words are to the likest example, and to all of them together, from 0 to 1."""
    strange = UNKNOWN * max(weights.values(), default=1.0)
    own = sum(weights.get(piece, strange) for piece in pieces)
    if not own:
        return 0.0
    known = frozenset[str]().union(*said)
    covered = sum(weights[piece] for piece in known & pieces) / own
    return ALIKE * max(_cosine(pieces, example, weights, own) for example in said) + (1 - ALIKE) * covered


def _cosine(pieces: frozenset[str], example: frozenset[str], weights: dict[str, float], own: float) -> float:
    common = sum(weights[piece] for piece in example & pieces)
    return common / sqrt(own * sum(weights[piece] for piece in example)) if common else 0.0


def _answers(offered: Prompt, stems: frozenset[str]) -> dict[str, str]:
    """Return the value of each slot whose words are all there, the longest words first."""
    found = {}
    for name, values in offered.slots:
        fits = [(len(phrase), id_) for id_, phrases in values for phrase in phrases if phrase and phrase <= stems]
        if fits:
            found[name] = max(fits)[1]
    return found


def _language(words: str, message: str) -> str:
    spoken = re.findall(r"\w+", _plain(words))
    counts = {language: sum(word in markers for word in spoken) for language, markers in SPOKEN.items()}
    best = max(counts, key=lambda language: counts[language])
    if counts[best]:
        return best
    so_far = LANGUAGE.search(message)
    return so_far[1] if so_far and so_far[1] in SPOKEN else "other"


def _tone(words: str) -> str:
    plain = _plain(words)
    if any(part in plain for part in UPSET):
        return "upset"
    return "worried" if any(part in plain for part in WORRIED) else "calm"


def _pieces(words: str) -> frozenset[str]:
    padded = (f" {word} " for word in _kept(words))
    return frozenset(word[at : at + PIECE] for word in padded for at in range(len(word) + 1 - PIECE))


def _stems(words: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in _kept(words))


def _kept(words: str) -> list[str]:
    return [word for word in re.findall(r"[^\W_]+", _plain(words)) if word not in COMMON]


def _plain(words: str) -> str:
    apart = unicodedata.normalize("NFKD", words.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))
