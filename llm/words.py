"""What somebody typed, as words that can be compared: folded, spelled out, without what they say they do not want."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST = 300  # characters that are read of each end of a text: nobody's wish needs more, and time stays bounded
MOST_WORDS = 120

_NOT_WORDS = re.compile(r"[\W_]+")
_CLAUSE = re.compile(r"[.,;:!?¿¡…\n()\[\]]+|\s[-–—]\s")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_DOUBLED = re.compile(r"([a-z])\1")
_LINK = re.compile(r"https?://\S+|www\.\S+", re.IGNORECASE)


def fold(text: str) -> str:
    """Return the words alone: no case, accents, punctuation, emoji or double spaces. Empty if there are none."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in letters if unicodedata.category(letter) not in ("Mn", "Me", "Cf"))
    return _NOT_WORDS.sub(" ", plain).strip()


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a text in order, each clause by itself; `refused` are those that are only named to be denied."""

    clauses: tuple[tuple[str, ...], ...]
    refused: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """All words that are not refused."""
        return tuple(word for clause in self.clauses for word in clause)


def read(text: str) -> Sentence:
    """Return the words of a text, with chat spelling written out and denied wishes set apart."""
    clauses = [clause for part in _CLAUSE.split(_shortened(text)) if (clause := tuple(spelled(fold(part).split())))]
    return _without_refused(_cut(clauses))


def _shortened(text: str) -> str:
    linked = _LINK.sub(" httplink ", text)
    return linked if len(linked) <= 2 * LONGEST else f"{linked[:LONGEST]} … {linked[-LONGEST:]}"


def _cut(clauses: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    left, kept = MOST_WORDS, []
    for clause in clauses:
        kept.append(clause[:left])
        left -= len(kept[-1])
        if left <= 0:
            break
    return kept


# How people type on a phone. Only what stands for one thing in all of our languages, or in the only one that has it.
CHAT = {
    "nn": "non",
    "cmq": "comunque",
    "qndo": "quando",
    "qnd": "quando",
    "qnto": "quanto",
    "qlcn": "qualcuno",
    "qlk": "qualche",
    "qsto": "questo",
    "grz": "grazie",
    "xche": "perche",
    "perke": "perche",
    "ke": "che",
    "ki": "chi",
    "cn": "con",
    "dv": "dove",
    "msg": "messaggio",
    "appt": "appointment",
    "appts": "appointments",
    "apt": "appointment",
    "xfa": "por favor",
    "xfavor": "por favor",
    "porfa": "por favor",
    "pf": "per favore",
    "xke": "porque",
    "xq": "porque",
    "pq": "porque",
    "tb": "tambien",
    "tbn": "tambien",
    "q": "que",
    "kiero": "quiero",
    "qiero": "quiero",
    "xa": "para",
    "hrs": "hours",
    "pls": "please",
    "plz": "please",
    "thx": "thanks",
    "tks": "thanks",
    "u": "you",
    "ur": "your",
    "r": "are",
    "wanna": "want to",
    "gotta": "have to",
    "gonna": "going to",
    "lemme": "let me",
    "gimme": "give me",
    "im": "i m",
    "ive": "i ve",
    "dont": "don t",
    "doesnt": "doesn t",
    "didnt": "didn t",
    "cant": "can t",
    "cannot": "can t",
    "wont": "won t",
    "isnt": "isn t",
    "whats": "what s",
    "wheres": "where s",
    "whens": "when s",
    "tmrw": "tomorrow",
    "tomorow": "tomorrow",
    "2moro": "tomorrow",
    "tmw": "tomorrow",
    "dr": "doctor",
    "doc": "doctor",
    "dott": "dottor",
    "dra": "doctora",
    "info": "informazioni",
    "bancontact": "carta",
    "tel": "telefono",
    "tlf": "telefono",
    "num": "numero",
    "cel": "telefono",
    "gg": "giorni",
    "sett": "settimana",
    "pom": "pomeriggio",
    "matt": "mattina",
}


def spelled(words: Iterable[str]) -> list[str]:
    """Return words with chat spelling written out and drawn-out letters shortened ("operatoreee", "stooop")."""
    return [part for word in words for part in CHAT.get(word, _DRAWN_OUT.sub(r"\1", word)).split()]


def undoubled(word: str) -> str:
    """Return a word with each double letter written once: the commonest misspelling of all."""
    return _DOUBLED.sub(r"\1", word)


# ------------------------------------------------------------------------------------------------ what is not wanted

_REFUSALS: dict[str, list[tuple[str, ...]]] = {}  # by the first word
for _phrase in (
    "non voglio|non vorrei|non devo|non dovrei|non intendo|non desidero|non mi serve|non serve|non ho bisogno|"
    "non chiedo|non volevo|non e per|non si tratta di|non cerco|non bisogna|non sto chiedendo|no voglio|invece di|"
    "anziche|piuttosto che|al posto di|non per|senza|mica voglio|non mi interessa|non parlo di|non riguarda|"
    "don t want|do not want|don t need|do not need|don t wish|not to|not looking to|not trying to|no need to|"
    "not here to|instead of|rather than|i m not|i am not|not asking|don t have to|didn t want|didn t mean|"
    "not about|nothing to do with|without|don t wanna|it s not|not|"
    "no quiero|no necesito|no es para|no busco|no pretendo|no tengo que|no quisiera|no hace falta|no deseo|"
    "no vengo a|en vez de|en lugar de|no queria|no es|no se trata de|sin|no me interesa|no para|no pido"
).split("|"):
    _REFUSALS.setdefault(_phrase.split()[0], []).append(tuple(_phrase.split()))
_NEGATORS = (
    ("non",),
    ("don", "t"),
    ("do", "not"),
    ("no",),
    ("never",),
)  # before an order: "don't move it", "no me la cambie"
_BETWEEN = frozenset("mi me ci la lo le li las los nos te se it that this the my mio mia voglio".split())
_TURNS = frozenset(
    "ma pero bensi invece solo soltanto solamente voglio vorrei devo but just only want i sino quiero necesito solo "
    "solamente mejor rather preferisco preferirei prefer prefiero quisiera cerco".split()
)
_STILL = frozenset("piu more anymore longer mas ya".split())  # "non voglio più venire" is a wish of its own
_ABOUT = frozenset(
    # Only these are worth setting apart; all else that is denied belongs to the wish ("non voglio ricevere messaggi").
    (
        "prenot disdi annull cancel spost rinvi rimand post resched book mov chang cambi anul reserv apla appunt "
        "appoint cita ped disdett modif fattur invoic bill factur pag pay schedul canc cancell delet borr elimin "
        "appointment visit consult fiss move switch new nuov nuev referto report inform risultat result altra altro otra otro another "
        "different"
    ).split()
)


def _without_refused(clauses: list[tuple[str, ...]]) -> Sentence:
    kept: list[tuple[str, ...]] = []
    refused: list[str] = []
    for clause in clauses:
        wanted, unwanted = _split_refused(clause)
        kept.append(wanted)
        refused += unwanted
    if not any(len(clause) > 1 or (clause and _is_about(clause[0])) for clause in kept):
        return Sentence(tuple(clauses))
    return Sentence(tuple(clause for clause in kept if clause), tuple(refused))


def _split_refused(clause: tuple[str, ...]) -> tuple[tuple[str, ...], list[str]]:
    """Return the wanted and the denied words of a clause."""
    if len(clause) > 1 and clause[-1] == "no" and _is_about(clause[-2]):  # "prenotare no, disdire"
        return clause[:-2], [clause[-2]]
    begin, length = _refusal_in(clause)
    if length == 0:
        return clause, []
    end = begin + length
    while end < len(clause) and clause[end] not in _TURNS:
        end += 1
    denied = clause[begin:end]
    if _STILL & set(denied) or not any(_is_about(word) for word in denied[length:]):
        return clause, []
    rest, more = _split_refused(clause[end:])
    return clause[:begin] + rest, [*denied[length:], *more]


def _refusal_in(clause: tuple[str, ...]) -> tuple[int, int]:
    """Return where the first refusal of a clause begins and how many words it has; no words when there is none."""
    for place, word in enumerate(clause):
        phrases = _REFUSALS.get(word, ())
        found = max((len(phrase) for phrase in phrases if clause[place : place + len(phrase)] == phrase), default=0)
        found = found or _order_against(clause, place)
        if found:
            return place, found
    return 0, 0


def _order_against(clause: tuple[str, ...], place: int) -> int:
    """Return how many words forbid what follows them: a negation, at most two small words, then a thing to do."""
    for negator in _NEGATORS:
        if clause[place : place + len(negator)] == negator:
            length = len(negator)
            while (
                length < len(negator) + 2
                and clause[place + length : place + length + 1]
                and clause[place + length] in _BETWEEN
            ):
                length += 1
            following = clause[place + length : place + length + 1]
            return length if following and _is_about(following[0]) else 0
    return 0


def _is_about(word: str) -> bool:
    return any(word.startswith(stem) for stem in _ABOUT)
