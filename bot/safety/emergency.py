"""Find words of danger in what a person writes: red flags and talk of suicide, in every language at once.

This recognises words and stops there. It ranks nobody and judges no symptom (what no phrase foresaw is weighed, `danger.py`,
and that too ends in yes or nothing), and nothing here may ever be worded as "it is not an emergency". When in doubt about
something that may be happening now, it is an emergency.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from types import ModuleType

from bot.safety import words_en, words_es, words_it
from bot.safety.danger import weighs_danger, weighs_despair
from menus.phrases import Phrasebook, Reading, after, before


class Alert(StrEnum):
    """What was recognised: a red flag, talk of suicide or self-harm, or one of them in a weak form."""

    EMERGENCY = "emergency"
    DISTRESS = "distress"
    SOFT = "soft"


def alert_in(text: str) -> Alert | None:
    """Return the gravest alert in a text, None if no word of danger is in it."""
    found = {_alert(reading) for reading in _PHRASES.read(text)}
    alert = next((alert for alert in Alert if alert in found), None)
    return alert or _unforeseen(text)


def _unforeseen(text: str) -> Alert | None:
    """Return the alert of a text in which no phrase says anything of danger, for or against."""
    if not weighs_danger(text):
        return None
    return Alert.DISTRESS if weighs_despair(text) else Alert.EMERGENCY


def _alert(reading: Reading) -> Alert | None:
    # Kept short: an innocent phrase may explain away the words it is made of, never what is said beside it.
    harmless = _reach(reading["never"], 2) | before(reading["never"], 1)
    idiom = _reach(reading["idiom"], 4) | before(reading["idiom"], 0)
    weak = idiom | _denied(reading) | _long_ago(reading)
    routine = weak | _beside(reading, "admin") | after(reading["aftermath"], 2)
    unanswered = reading["unanswered"] & ~(_beside(reading, "telephone") & ~_beside(reading, "relative"))
    body = (
        reading["flag"] & ~weak
        | reading["event"] & ~routine
        | reading["certain"] & ~idiom
        | unanswered & ~(weak | _beside(reading, "phoned"))
    )
    if body & ~harmless:
        return Alert.EMERGENCY
    if (reading["distress"] & ~weak | reading["distress_event"] & ~routine) & ~harmless:
        return Alert.DISTRESS
    if reading["dying"] & ~weak & ~harmless:
        return Alert.EMERGENCY
    if not reading["admin"]:
        told = ~(weak | harmless)
        if _in_pairs(reading, _BODY, told, _WITH):
            return Alert.EMERGENCY
        if _in_pairs(reading, _DESPAIR, told):
            return Alert.DISTRESS
    return Alert.SOFT if unanswered or any(reading[name] & ~harmless for name in _SOFT) else None


_SOFT = ("flag", "event", "certain", "dying", "distress", "distress_event", "soft", "idiom")


# Kinds of sign. One alone is ordinary (a fall, sweat, a sad word); two of different kinds close together are not.
_BODY = "skin sweat breath pain mind neuro fluid trauma toxic fever limp frail".split()
_WITH = "unable intense help".split()  # tell nothing alone, and much beside a sign of the body
_DESPAIR = "self end hopeless means farewell".split()
_CLOSE = 20  # words


def _in_pairs(reading: Reading, kinds: Sequence[str], told: int, beside: Sequence[str] = ()) -> bool:
    """Say whether signs of two different kinds stand close together, or one of them and what tells nothing alone."""
    seen = 0
    for kind in kinds:
        places = reading[kind] & told
        if places & seen:
            return True
        if places:
            seen |= before(places, _CLOSE) | after(places, _CLOSE)
    return any(reading[kind] & told & seen for kind in beside)


def _reach(mask: int, words: int) -> int:
    return mask | after(mask, words - 2)


def _beside(reading: Reading, name: str) -> int:
    """Return the sentences in which one of these phrases stands."""
    return sum(sentence for sentence in reading.words.sentences if sentence & reading[name])


def _denied(reading: Reading) -> int:
    """Return the places a denial reaches: four words on, within its clause, up to the next statement."""
    spoilt = _clauses_with(reading, reading["not_negation"])
    denials, lacks = reading["negation"] & ~spoilt, reading["lack"] & ~(spoilt | reading["no_lack"])
    reach, covered = denials | lacks, 0
    own_verbs = _reach(denials, 3)
    stops = reading["statement"] & ~own_verbs | reading["turn"] | _clause_starts(reading)
    for _ in range(5):
        reach = (reach << 1) & ~stops
        covered |= reach
    return covered & ~(denials << 1 & reading["negator"])


def _long_ago(reading: Reading) -> int:
    """Return the clauses told of long ago, with those that a clause of nothing but time ("tre anni fa, ...") stands beside."""
    old = reading["old"]
    if not old:
        return 0
    now = reading["now"] & ~_reach(reading["not_now"], 1)
    clauses = _split_at(reading.words.clauses, reading["turn"])
    covered = 0
    for index, clause in enumerate(clauses):
        if not clause & old or clause & now:
            continue
        covered |= clause
        if _only_time(reading, clause):
            covered |= sum(other for other in clauses[max(index - 1, 0) : index + 2] if not other & now)
    return covered


def _only_time(reading: Reading, clause: int) -> bool:
    occupied = sum(1 << place for place in reading.words.places)
    return not clause & occupied & ~reading["time_words"]


def _clauses_with(reading: Reading, mask: int) -> int:
    return sum(clause for clause in reading.words.clauses if clause & mask)


def _clause_starts(reading: Reading) -> int:
    return sum(clause & -clause for clause in reading.words.clauses)


def _split_at(clauses: tuple[int, ...], starts: int) -> list[int]:
    """Split clauses also where one of these places begins a new one."""
    parts: list[int] = []
    for clause in clauses:
        inner = clause & starts & ~(clause & -clause)
        while inner:
            first = inner & -inner
            parts.append(clause & (first - 1))
            clause &= ~(first - 1)
            inner &= inner - 1
        parts.append(clause)
    return parts


_LISTS = (
    "flag event certain dying unanswered telephone relative phoned "
    "distress distress_event soft old time_words now not_now negation lack no_lack negator "
    "not_negation statement turn idiom never admin aftermath"
).split() + [*_BODY, *_WITH, *_DESPAIR]


def _phrasebook(*languages: ModuleType) -> Phrasebook:
    lists = {name: "\n".join(getattr(words, name.upper(), "") for words in languages) for name in _LISTS}
    groups = {name: text for words in languages for name, text in words.GROUPS.items()}
    return Phrasebook(lists, groups, real={word for words in languages for word in words.REAL.split()})


_PHRASES = _phrasebook(words_it, words_en, words_es)
