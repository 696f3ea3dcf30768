"""What can be known of the words of the flows: missing, left over, too long, too alike, selling, asking too much.

Every text is filled with the longest values it can have and held against Meta's limits, in every language. The shapes
here are what is needed of wordings and limits; `bot/` has them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from menus.answers import LONGEST_OF, fold
from menus.engine import CANNOT_READ, MORE, NOT_VALID, NOTHING_FOUND, OLD_TAP, VOICE
from menus.load import Fault
from menus.model import Ask, Do, Flow, Flows, Menu, Node, Offer, Pick, Say, Value

COMMON = "desk"  # the key of the words that stand for all nodes that have none of their own
ENGINE_WORDS = (OLD_TAP, NOT_VALID, CANNOT_READ, VOICE, NOTHING_FOUND)
Values = Mapping[str, Value]


class NotFilled(ValueError):
    """Words cannot be filled in with these values: the message says why, in a few words."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text as authored: the names it is filled with, how (NotFilled if it cannot be), and where it stands."""

    source: str
    names: frozenset[str]
    fill: Callable[[Values], str] = field(repr=False, compare=False)
    line: int = 0


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said at one node in one language, by part: `text`, `button`, `options.menu.title`, `row.description` ..."""

    file: str
    parts: Mapping[str, Words]


@dataclass(frozen=True, slots=True)
class Wordings:
    """Everything that is said: language, then key (`flow/node`, `desk/...`, or `desk` for what all share)."""

    languages: tuple[str, ...]
    entries: Mapping[str, Mapping[str, Wording]]


class Limits(Protocol):
    """Meta's limits, in characters and numbers; `bot.model.Limits` has them."""

    @property
    def text_body(self) -> int: ...
    @property
    def buttons(self) -> int: ...
    @property
    def button_title(self) -> int: ...
    @property
    def button_id(self) -> int: ...
    @property
    def buttons_body(self) -> int: ...
    @property
    def list_body(self) -> int: ...
    @property
    def list_button(self) -> int: ...
    @property
    def rows(self) -> int: ...
    @property
    def row_id(self) -> int: ...
    @property
    def row_title(self) -> int: ...
    @property
    def row_description(self) -> int: ...
    @property
    def header(self) -> int: ...
    @property
    def footer(self) -> int: ...
    @property
    def link_body(self) -> int: ...
    @property
    def link_display_text(self) -> int: ...


def check_words(
    flows: Flows, wordings: Wordings, limits: Limits, longest: Values, broken: frozenset[str] = frozenset()
) -> Iterator[Fault]:
    """Tell every fault of the words, language by language; words of `broken` flows are left alone."""
    for language in wordings.languages:
        told = _Language(language, wordings, flows, limits, {**_from_flows(flows, longest), **longest})
        yield from told.engine_words()
        for flow in flows.values():
            for node in flow.nodes.values():
                yield from told.node(flow, node)
        for key, wording in wordings.entries[language].items():
            if key.partition("/")[0] not in broken:
                yield from told.wording(key, wording)


def _from_flows(flows: Flows, longest: Values) -> Values:
    """Return the longest value of each answer that people or options give."""
    found: dict[str, Value] = {}
    for node in (node for flow in flows.values() for node in flow.nodes.values()):
        for name, value in _given(node, longest):
            if name not in found or len(str(value)) > len(str(found[name])):
                found[name] = value
    return found


def _given(node: Node, longest: Values) -> Iterator[tuple[str, Value]]:
    match node:
        case Ask():
            yield node.answer, LONGEST_OF.get(node.check, "")
        case Pick():
            yield node.answer, max((offer.id for offer in _offers(node, longest)), key=len, default="")
            if node.typed:
                yield node.typed.answer, LONGEST_OF.get(node.typed.check, "")
    if isinstance(node, Menu | Pick | Ask):
        for option in node.options:
            yield from option.sets


def _offers(node: Pick, longest: Values) -> tuple[Offer, ...]:
    found = longest.get(node.source)
    return tuple(offer for offer in found if isinstance(offer, Offer)) if isinstance(found, tuple) else ()


@dataclass(frozen=True, slots=True)
class _Language:
    """The words of one language, held against the flows."""

    language: str
    wordings: Wordings
    flows: Flows
    limits: Limits
    longest: Values

    def file(self, flow: str, language: str | None = None) -> str:
        """Return where the words of a flow belong."""
        return f"templates/{language or self.language}/{flow}.yaml"

    def own(self, key: str) -> Mapping[str, Words]:
        """Return the parts of a wording; empty if it is not written."""
        wording = self.wordings.entries[self.language].get(key)
        return wording.parts if wording else {}

    def part(self, key: str, *names: str) -> Words | None:
        """Return the first of these parts that the node has, else the one all nodes share."""
        for parts in (self.own(key), self.own(COMMON)):
            for name in names:
                if name in parts:
                    return parts[name]
        return None

    def missing(self, key: str, what: str, remedy: str) -> Fault:
        """Tell that something must be said and is not."""
        return Fault(self.file(key.partition("/")[0]), 0, key, f"{what} is missing in {self.language}", remedy)

    # ---- what must be there

    def engine_words(self) -> Iterator[Fault]:
        """Tell which of the words the engine itself says are missing."""
        for key in ENGINE_WORDS:
            if "text" not in self.own(key):
                yield self.missing(key, "the text", "Write it")

    def node(self, flow: Flow, node: Node) -> Iterator[Fault]:
        """Tell everything about the words of one node."""
        if isinstance(node, Do):
            return
        key = f"{flow.id}/{node.id}"
        silent = isinstance(node, Say) and node.place is not None  # WhatsApp shows a place without words
        if "text" not in self.own(key) and not silent:
            yield self.missing(key, "the text", "Write it")
        yield from self.left_over(key, node)
        if isinstance(node, Say) and node.link is not None and self.part(key, "display_text", "button") is None:
            yield self.missing(key, "display_text", "Write what stands on the link's button, at most 20 characters")
        if isinstance(node, Menu | Pick | Ask):
            yield from self.choices(key, node)

    def choices(self, key: str, node: Menu | Pick | Ask) -> Iterator[Fault]:
        """Tell options and rows without a title, and titles that nobody could tell apart when typing them."""
        titles: dict[str, str] = {}
        for option in self.options(node):
            title = self.part(key, f"options.{option}.title")
            if title is None:
                yield self.missing(key, f"the title of option {option}", "Write it under options, or in desk.yaml")
                continue
            said = fold(self.title(title))
            if said in titles:
                fault = f"options {titles[said]} and {option} read the same"
                yield self.fault(key, title, fault, "Give them titles one can tell apart when typing them")
            titles.setdefault(said, option)
        if isinstance(node, Pick) and "row.title" not in self.own(key):
            yield self.missing(key, "row", "Write how a found thing is worded: row: {title: ..., description: ...}")
        if not self.fits_buttons(key, node) and self.part(key, "button") is None:
            yield self.missing(key, "button", "Write what opens the list, at most 20 characters")

    def options(self, node: Menu | Pick | Ask) -> list[str]:
        """Return the options of a node that need a title."""
        return [option.id for option in node.options] + ([MORE] if isinstance(node, Pick) else [])

    def fits_buttons(self, key: str, node: Menu | Pick | Ask) -> bool:
        """Say whether the choices always fit reply buttons, so that no list is needed."""
        titles = [self.part(key, f"options.{option.id}.title") for option in node.options]
        described = any(self.part(key, f"options.{option.id}.description") for option in node.options)
        lengths = [len(self.title(title)) for title in titles if title]
        return (
            not isinstance(node, Pick)
            and len(node.options) <= self.limits.buttons
            and not described
            and max(lengths, default=0) <= self.limits.button_title
        )

    def left_over(self, key: str, node: Node) -> Iterator[Fault]:
        """Tell parts that nothing shows."""
        shown = {"text", "footer", "header"}
        if isinstance(node, Menu | Pick | Ask):
            shown |= {"button", *(f"options.{option}.{part}" for option in self.options(node) for part in _OF_OPTION)}
        if isinstance(node, Pick):
            shown |= {"row.title", "row.description"}
        if isinstance(node, Say) and node.link is not None:
            shown |= {"display_text"}
        for name, words in self.own(key).items():
            if name not in shown:
                yield self.fault(key, words, f"{name} is left over: nothing shows it", "Take it out")

    # ---- what is there

    def wording(self, key: str, wording: Wording) -> Iterator[Fault]:
        """Tell everything about one wording that is written."""
        flow, _, name = key.partition("/")
        node = self.flows[flow].nodes.get(name) if flow in self.flows else None
        if flow not in (COMMON, "safety") and (node is None or isinstance(node, Do)):
            yield Fault(wording.file, _line(wording), key, "is left over: no node says it", "Take it out")
            return
        yield from self.elsewhere(key, wording)
        for part, words in wording.parts.items():
            yield from self.placeholders(key, part, words, node)
            yield from self.lengths(key, part, words, node)
            if sold := _sells(words.source):
                yield self.fault(key, words, f'{part} sells: "{sold}"', "A clinic informs; say it without selling")
            if asked := _asks_for_identifier(words.source, isinstance(node, Ask) and part == "text"):
                fault = f'{part} asks for a sensitive identifier: "{asked}"'
                yield self.fault(key, words, fault, "Ask for it at the desk or in the portal, never in a chat")

    def placeholders(self, key: str, part: str, words: Words, node: Node | None) -> Iterator[Fault]:
        """Tell names nobody gives a value, and names the first language does not use."""
        given = {name for values in self.values(part, node) for name in values}
        for name in sorted(words.names - given):
            fault = f'{part} is filled with "{name}", which nothing gives'
            yield self.fault(key, words, fault, "Have an action give it, with the longest value it can have")
        first = self.wordings.entries[self.wordings.languages[0]].get(key)
        model = first.parts.get(part) if first else None
        if model is not None and model.names != words.names:
            fault = f"{part} is filled with {_names(words)}, in {self.wordings.languages[0]} with {_names(model)}"
            yield self.fault(key, words, fault, "Use the same values in every language")

    def elsewhere(self, key: str, wording: Wording) -> Iterator[Fault]:
        """Tell the languages that lack a part of this wording, where no node's need has told it already."""
        flow = key.partition("/")[0]
        for other in self.wordings.languages:
            there = self.wordings.entries[other].get(key)
            for part in wording.parts if there or flow not in self.flows else ():
                needed = key in ENGINE_WORDS or flow in self.flows and (part == "text" or part.endswith(".title"))
                if not needed and part not in (there.parts if there else {}):
                    fault = f"{part} is said in {self.language}, but not in {other}"
                    yield Fault(self.file(flow, other), 0, key, fault, "Say it in every language or in none")

    def lengths(self, key: str, part: str, words: Words, node: Node | None) -> Iterator[Fault]:
        """Tell a text that cannot be filled in, or is over Meta's limit with the longest values it can have."""
        limit = self.limit(part, node)
        try:
            texts = [text for values in self.values(part, node) for text in self.filled(words, values)]
        except NotFilled as error:
            yield self.fault(key, words, f"{part} cannot be filled in: {error}", "Correct it, or what fills it in")
            return
        length = max(map(len, texts), default=0)
        if length > limit:
            yield self.fault(key, words, f"{part} can be {length} characters long, {limit} at most", "Shorten it")

    def limit(self, part: str, node: Node | None) -> int:
        """Return Meta's limit for a part of what this node says."""
        limits = self.limits
        if part == "text":
            if isinstance(node, Say) and node.link is not None:
                return limits.link_body
            return limits.list_body if isinstance(node, Menu | Pick | Ask) else limits.text_body
        kind = part.rpartition(".")[2]
        return {
            "title": limits.row_title,
            "description": limits.row_description,
            "button": limits.list_button,
            "display_text": limits.link_display_text,
            "header": limits.header,
            "footer": limits.footer,
        }[kind]

    def values(self, part: str, node: Node | None) -> list[Values]:
        """Return what a part can be filled with: for a row, each found thing in turn."""
        if isinstance(node, Pick) and part.startswith("row."):
            return [{**self.longest, **dict(offer.values)} for offer in _offers(node, self.longest)] or [self.longest]
        return [self.longest]

    def filled(self, words: Words, values: Values) -> list[str]:
        """Return the text with these values, and with every yes and no turned round; empty if a value is not known."""
        if not words.names <= values.keys():
            return []
        turned = {name: (not value if isinstance(value, bool) else value) for name, value in values.items()}
        return [words.fill(values), words.fill(turned)]

    def title(self, words: Words) -> str:
        """Return a title as it may be shown; as it is written, if it cannot be filled in (which is told elsewhere)."""
        try:
            return max(self.filled(words, self.longest), key=len, default=words.source)
        except NotFilled:
            return words.source

    def fault(self, key: str, words: Words, fault: str, remedy: str) -> Fault:
        """Tell a fault of words, where they stand: at the node, or among those all nodes share."""
        own = any(words is mine for mine in self.own(key).values())
        return Fault(self.file((key if own else COMMON).partition("/")[0]), words.line, key, fault, remedy)


_OF_OPTION = ("title", "description")


def _line(wording: Wording) -> int:
    return min((words.line for words in wording.parts.values()), default=0)


def _names(words: Words) -> str:
    return ", ".join(sorted(words.names)) or "nothing"


# ------------------------------------------------------------------------------------------------ words that must not be


SELLING = (
    *("sconto", "sconti", "scontato", "scontata", "in sconto", "promozione", "promozioni", "in promozione", "promo"),
    *("offerta speciale", "offerta limitata", "in offerta", "prezzo speciale", "approfitta", "approfitti", "in regalo"),
    *("solo per oggi", "ultimi posti", "acquista ora", "compra ora", "coupon", "buono sconto"),
    *("discount", "discounts", "discounted", "special offer", "limited offer", "limited time", "on sale", "buy now"),
    *("promotion", "promotions", "best price", "special price", "last chance", "only today", "voucher"),
    *("descuento", "descuentos", "oferta especial", "en oferta", "promocion", "promociones", "aprovecha", "aproveche"),
    *("precio especial", "compra ahora", "ultimas plazas", "solo hoy", "cupon"),
)
_SELLING = re.compile(r"\b(?:" + "|".join(map(re.escape, SELLING)) + r")\b")

IDENTIFIERS = (
    *("codice fiscale", "tessera sanitaria", "carta d identita", "numero di documento", "numero del documento"),
    *(
        "numero di passaporto",
        "passaporto",
        "patente",
        "iban",
        "carta di credito",
        "numero della carta",
        "numero di carta",
    ),
    *("password", "pin", "cvv", "otp", "spid", "codice paziente"),
    *(
        "social security",
        "ssn",
        "nhs number",
        "passport",
        "id card",
        "id number",
        "identity card",
        "tax code",
        "tax id",
    ),
    *("driving licence", "driver s license", "credit card", "card number", "health card", "medical record number"),
    *("insurance number", "policy number", "numero di polizza"),
    *("dni", "nie", "pasaporte", "tarjeta sanitaria", "tarjeta de credito", "numero de documento", "contrasena"),
)
_IDENTIFIER = re.compile(r"\b(?:" + "|".join(map(re.escape, IDENTIFIERS)) + r")\b")
_REQUEST = re.compile(
    r"\b(?:scriva|scrivi|scriverci|invii|inviare|invia|inviaci|mandi|manda|mandare|indichi|indica|inserisca|inserisci|"
    r"digiti|digita|comunichi|fornisca|dica|qual e|quale e|ci dia|mi dia|write|type|send|enter|give|tell|provide|reply|"
    r"what is|what s|escriba|escribe|envie|envia|indique|indica|introduzca|digame|cual es)\b"
)
_REFUSAL = re.compile(r"\b(?:non|not|never|don t|do not|no|mai|nunca|senza|without|sin)\b")
_ELSEWHERE = re.compile(r"\b(?:portale|portal|sportello|accettazione|di persona|desk|reception|in person|recepcion)\b")
_SENTENCE_END = re.compile(r"[.!?\n;]+")


def _sells(text: str) -> str | None:
    found = _SELLING.search(fold(text))
    return found[0] if found else None


def _asks_for_identifier(text: str, question: bool) -> str | None:
    """Return the identifier a sentence asks for; one that says not to send it, or to give it elsewhere, asks nothing."""
    for sentence in map(fold, _SENTENCE_END.split(text)):
        found = _IDENTIFIER.search(sentence)
        if found and not _REFUSAL.search(sentence) and (question or _requests(sentence)):
            return found[0]
    return None


def _requests(sentence: str) -> bool:
    return _REQUEST.search(sentence) is not None and _ELSEWHERE.search(sentence) is None
