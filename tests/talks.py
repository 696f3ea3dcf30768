"""Conversations as a receptionist reads them (`conversations/*.yaml`): who says what; how they are played, and what they cover.

The host here does what the desk does with a step: it runs the clinic's actions at a fixed time, words the prompts, welcomes
who is new. The conversation goes through JSON and back between two turns. There is no store, no WhatsApp and no clock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from bot import announce
from bot.actions import ACTIONS
from bot.agenda import Patient
from bot.clinic import Approved, Clinic, Topic, load_clinic
from bot.model import LinkButton, ListMessage, Place, Reply, ReplyButtons, Text
from bot.whatsapp.limits import LIMITS
from bot.wording import Wordings, bubbles, load_wordings, titles, word
from menus import model
from menus.answers import CHECKS
from menus.engine import advance, again
from menus.load import load_flows
from menus.model import Ask, Call, Conversation, Event, Flows, Human, Menu, Pick, Prompt, Step, Tap, Unmatched
from menus.stored import conversation_from_json, conversation_to_json
from tests.paper import AWAY, MAYBE_DONE, NOT_KNOWN, Paper, PaperPeople, paper_of
from tests.paper_visits import OF_VISITS, OFFER

ROOT = Path(__file__).parent.parent
FOLDER = Path(__file__).parent / "conversations"
CLINIC = load_clinic(ROOT / "clinic.example.yaml", date(2026, 11, 22))
WORDINGS: Wordings = load_wordings(
    ROOT / "templates", CLINIC.languages, {"clinic": CLINIC.name, "emergency_number": CLINIC.emergency.numbers[0]}
)
FLOWS: Flows = load_flows(ROOT / "menus" / "flows")


@dataclass(frozen=True)
class Talk:
    """One file: when it happens, in which language it begins, and its lines in order."""

    name: str
    title: str
    language: str
    at: datetime
    lines: tuple[Mapping[str, Any], ...]
    new: bool = False  # never wrote before: is welcomed


def read_talk(path: Path) -> Talk:
    """Read a file of a conversation."""
    written = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    at = datetime.fromisoformat(written["at"]).replace(tzinfo=CLINIC.zone)
    return Talk(
        path.stem, written["title"], written["language"], at, tuple(written["talk"]), written.get("new") == "yes"
    )


def talks() -> tuple[Talk, ...]:
    """Return every conversation there is."""
    return tuple(map(read_talk, sorted(FOLDER.glob("*.yaml"))))


# --------------------------------------------------------------------------------------------- what the clinic may change

Changes = Mapping[str, Callable[[Clinic], Clinic]]


def _without(clinic: Clinic, part: str, *ids: str) -> Clinic:
    kept = {id: thing for id, thing in getattr(clinic, part).items() if id not in ids}
    return replace(clinic, **{part: kept})


def _only(part: str, *ids: str) -> Callable[[Clinic], Clinic]:
    return lambda clinic: _without(clinic, part, *(set(getattr(clinic, part)) - set(ids)))


def _overdue(answers: Mapping[str, Approved], *ids: str) -> Mapping[str, Approved]:
    past = date(2026, 1, 1)
    return {id: replace(a, review_by=past) if not ids or id in ids else a for id, a in answers.items()}


def _topics_overdue(topics: Mapping[str, Topic], topic: str = "", *ids: str) -> Mapping[str, Topic]:
    return {
        id: replace(of, answers=_overdue(of.answers, *ids)) if topic in ("", id) else of for id, of in topics.items()
    }


def _with_service(clinic: Clinic, id: str, **parts: Any) -> Clinic:
    return replace(clinic, services={**clinic.services, id: replace(clinic.services[id], **parts)})


CHANGES: Changes = {
    "everything is as before": lambda clinic: CLINIC,
    "only Sede Centro is left": _only("places", "centro"),
    "only Sede Fiera is left": _only("places", "fiera"),
    "only the reception is left": _only("teams", "reception"),
    "only Italian is spoken": lambda clinic: replace(clinic, languages=("it",)),
    "Spanish is not spoken any more": lambda clinic: replace(clinic, languages=("it", "en")),
    "there are few services": _only("services", "general_visit", "blood_test"),
    "nobody sees patients by appointment": lambda clinic: replace(clinic, practitioners={}),
    "there is no portal": lambda clinic: replace(clinic, portal_hosts=(), results_url=None, invoices_url=None),
    "there are no insurers": lambda clinic: replace(clinic, insurers={}),
    "Salus Esempio is gone": lambda clinic: _without(clinic, "insurers", "salus_esempio"),
    "the ultrasound needs no preparation": lambda clinic: _with_service(
        clinic, "abdominal_ultrasound", preparation=None, bring=None
    ),
    "blood tests are not offered any more": lambda clinic: _without(clinic, "services", "blood_test"),
    "cardiology is not offered any more": lambda clinic: _without(clinic, "services", "cardiology"),
    "all billing answers are overdue": lambda clinic: replace(clinic, billing=_overdue(clinic.billing)),
    "the answer on paying is overdue": lambda clinic: replace(clinic, billing=_overdue(clinic.billing, "payment")),
    "all tips are overdue": lambda clinic: replace(clinic, tips=_topics_overdue(clinic.tips)),
    "the tips on sleep are overdue": lambda clinic: replace(clinic, tips=_topics_overdue(clinic.tips, "sleep")),
    "the tip on salt is overdue": lambda clinic: replace(
        clinic, tips=_topics_overdue(clinic.tips, "nutrition", "salt")
    ),
    "all frequent questions are overdue": lambda clinic: replace(clinic, faq=_topics_overdue(clinic.faq)),
    "the questions on the visit are overdue": lambda clinic: replace(clinic, faq=_topics_overdue(clinic.faq, "visit")),
    "the answer on animals is overdue": lambda clinic: replace(
        clinic, faq=_topics_overdue(clinic.faq, "place", "pets")
    ),
}


def _set(**values: Any) -> Callable[[Paper], None]:
    """Return what changes the calendar on paper."""

    def change(paper: Paper) -> None:
        for name, value in values.items():
            setattr(paper.calendar, name, value)

    return change


def _take(slot: str) -> Callable[[Paper], None]:
    return lambda paper: paper.calendar.taken.add(slot)


def _take_all(day: str) -> Callable[[Paper], None]:
    hours = ("0800", "0900", "1030", "1400", "1530")
    return lambda paper: paper.calendar.taken.update(f"neri.centro.{day}T{hour}Z" for hour in hours)


def _know(*people: Patient) -> Callable[[Paper], None]:
    return lambda paper: setattr(paper, "people", PaperPeople(people))


def _know_twice(paper: Paper) -> None:
    """Have the clinic's system know two like Anna, born on one day or on no day that is known."""
    twice = [Patient(id, "Anna", born) for id in ("1", "2") for born in (ANNA.birth_date, None)]
    _set(known=tuple(twice), patient_fault=NOT_KNOWN, change_fault=NOT_KNOWN)(paper)


def _know_nobody(paper: Paper) -> None:
    paper.people = None


ANNA, BRUNO = Patient(None, "Anna", date(1980, 5, 3)), Patient(None, "Bruno", date(2015, 9, 23))
TUESDAY_AT_NINE = "neri.centro.20261124T0800Z"
OF_THE_CALENDAR: Mapping[str, Callable[[Paper], None]] = {
    "the calendar is away": _set(fault=AWAY),
    "the calendar is back": _set(fault=None, patient_fault=None, change_fault=None, known=()),
    "the calendar does not say whether it booked": _set(patient_fault=MAYBE_DONE),
    "the calendar is away when it books": _set(patient_fault=AWAY),
    "the clinic knows nobody of this name": _set(patient_fault=NOT_KNOWN, change_fault=NOT_KNOWN),
    "the clinic knows two of this name": _know_twice,
    "the mornings are all taken": _set(busy={"morning"}),
    "the mornings are free again": _set(busy=set()),
    "everything is taken": _set(is_full=True),
    "somebody takes Tuesday at ten": _take("neri.centro.20261124T0900Z"),
    "somebody takes Tuesday at nine and the calendar goes away": _set(away_next=True, taken={TUESDAY_AT_NINE}),
    "there are free times again": _set(is_full=False),
    "somebody takes Tuesday at nine": _take(TUESDAY_AT_NINE),
    "somebody takes all of Wednesday": _take_all("20261125"),
    "nobody can be remembered": _know_nobody,
    "Anna is known behind this phone": _know(ANNA),
    "Anna and Bruno are known behind this phone": _know(ANNA, BRUNO),
    **OF_VISITS,
}


# ------------------------------------------------------------------------------------------------------------- playing


@dataclass
class Host:
    """A host that answers, and notes which nodes, options and outcomes of the flows were used."""

    language: str
    now: datetime
    clinic: Clinic = CLINIC
    new: bool = False
    flows: Flows = field(default_factory=lambda: FLOWS)
    wordings: Wordings = field(default_factory=lambda: WORDINGS)
    read: tuple[Reply, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    brought: tuple[Human, ...] = ()
    used: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    stored: str = field(init=False)
    paper: Paper = field(init=False)

    def __post_init__(self) -> None:
        self.stored = conversation_to_json(Conversation(self.language))
        self.paper = paper_of(self.clinic, self.now)

    @property
    def conversation(self) -> Conversation:
        """Where the person stands, as it was stored."""
        return conversation_from_json(self.stored)

    def does(self, event: Event) -> tuple[Reply, ...]:
        """Take one event through the engine, its actions and the words."""
        before = self.conversation
        outputs: list[model.Output] = []
        step = advance(self.flows, CHECKS, before, event, self.titles)
        self._note_choice(before, event, step)
        outputs += step.outputs
        while step.outputs and isinstance(call := step.outputs[-1], Call):
            step = self._act(step, call)
            outputs += step.outputs
        self.stored = conversation_to_json(step.conversation)
        self.brought = tuple(output for output in outputs if isinstance(output, Human))
        said = tuple(prompt for output in outputs for prompt in self._said(output))
        if self.new:
            said, self.new = (announce.welcome(self.clinic), *said), False
        return self.reads(said)

    def titles(self, prompt: Prompt) -> tuple[tuple[str, str], ...]:
        """Word what is on offer, so that a typed title is understood."""
        return titles(self.wordings, self.conversation.language, prompt)

    def reads(self, prompts: tuple[Prompt, ...]) -> tuple[Reply, ...]:
        """Word what is said, in the language that is spoken now."""
        language, self.prompts = self.conversation.language, prompts
        for prompt in prompts:
            flow, _, node = prompt.wording.partition("/")
            self.used[flow, node, ""] += 1
        grouped = bubbles(self.wordings, language, prompts, LIMITS)
        self.read = tuple(word(self.wordings, language, bubble, LIMITS) for bubble in grouped)
        return self.read

    def _act(self, step: Step, call: Call) -> Step:
        doing = step.conversation.doing
        assert doing is not None
        facts = self.paper.facts(self.clinic, self.now, step.conversation.language)
        found = ACTIONS[call.action].run(facts, call.answers)
        self.used[doing.flow, doing.node, ""] += 1
        self.used[doing.flow, doing.node, f"outcome {found.outcome}"] += 1
        return advance(self.flows, CHECKS, step.conversation, found, self.titles)

    def _said(self, output: model.Output) -> tuple[Prompt, ...]:
        match output:
            case Prompt("desk/cannot_read" | "desk/voice" as key):
                return (announce.decline(self.clinic, key.removeprefix("desk/")),)
            case Prompt():
                return (output,)
            case Unmatched():
                return (announce.plain("unmatched"), *self._shown_again())
        return ()

    def _shown_again(self) -> tuple[Prompt, ...]:
        """Ask again where the person stands; the main menu where nothing is asked."""
        asked = again(self.flows, self.conversation)
        if asked is not None:
            return (asked,)
        step = advance(self.flows, CHECKS, self.conversation, model.Start("main"))
        self.stored = conversation_to_json(step.conversation)
        return tuple(output for output in step.outputs if isinstance(output, Prompt))

    def _note_choice(self, before: Conversation, event: Event, step: Step) -> None:
        """Note which option was chosen: a tap names it, an accepted answer is an ask's or pick's own way."""
        at = before.at
        match event:
            case Tap(tapped):
                flow, node, option = (*tapped.split("/", 2), "", "")[:3]
                found = self.flows[flow].nodes.get(node) if flow in self.flows else None
                here = at is not None and (at.flow, at.node) == (flow, node) or (flow, node) == ("main", "menu")
                if here and isinstance(found, Menu | Pick | Ask):
                    fixed = option in {choice.id for choice in found.options}
                    self.used[flow, node, f"option {option}" if fixed else "then"] += 1
            case model.Text(body):
                asked = self.flows[at.flow].nodes[at.node] if at else None
                known = step.conversation.answers
                if at and isinstance(asked, Ask) and _is_answer(asked.check, body, known.get(asked.answer)):
                    self.used[at.flow, at.node, "then"] += 1
                typed = asked.typed if isinstance(asked, Pick) else None
                if at and typed and _is_answer(typed.check, body, known.get(typed.answer)):
                    self.used[at.flow, at.node, "typed"] += 1


def _is_answer(check: str, body: str, answer: model.Value | None) -> bool:
    """Tell whether words became the answer."""
    return answer is not None and CHECKS[check](body) == answer


def play(talk: Talk, told: Callable[[Host, Mapping[str, Any]], None]) -> Host:
    """Play a conversation; `told` is called with each line that says what the desk says or does."""
    host = Host(talk.language, talk.at, new=talk.new)
    for line in talk.lines:
        match line:
            case {"patient": words}:
                host.does(model.Text(words))
            case {"understood": {"flow": flow, **known}}:
                host.does(model.Start(flow, known))
            case {"taps": title}:
                host.does(Tap(tapped(host, title)))
            case {"reminder": wish}:
                host.does(reminded(host, wish))
            case {"offer": wish}:
                host.does(model.Aside("appointments", {"wish": wish, "offer": str(OFFER)}))
            case {"sends": kind}:
                host.does(model.Other(kind))
            case {"meanwhile": change} if change in OF_THE_CALENDAR:
                OF_THE_CALENDAR[change](host.paper)
            case {"meanwhile": change}:
                host.clinic = CHANGES[change](host.clinic)
            case _:
                told(host, line)
    return host


def reminded(host: Host, wish: str) -> Event:
    """Return the tap on a reminder of the first appointment that was made, as it was when it was sent: revision 1."""
    visit = next(iter(host.paper.calendar.booked), UUID(int=26))
    return model.Aside("appointments", {"wish": wish, "appointment": str(visit), "revision": 1})


def tapped(host: Host, title: str) -> str:
    """Return the id of what is offered under a title; an id is itself: an older message is tapped."""
    if "/" in title and title.partition("/")[0] in host.flows:
        return title
    for reply in reversed(host.read):
        for id, shown in offered(reply):
            if shown == title:
                return id
    raise AssertionError(f'"{title}" is not on offer: {[shown for reply in host.read for _, shown in offered(reply)]}')


def offered(reply: Reply) -> tuple[tuple[str, str], ...]:
    """Return what can be tapped, as (id, title)."""
    match reply:
        case ReplyButtons(_, buttons):
            return tuple((button.id, button.title) for button in buttons)
        case ListMessage(_, _, sections):
            return tuple((row.id, row.title) for section in sections for row in section.rows)
    return ()


def shown(reply: Reply) -> str:
    """Return what a person reads of a message, without what can be tapped."""
    match reply:
        case Text(body) | ReplyButtons(body) | ListMessage(body):
            return body
        case LinkButton(body, title, url):
            return f"{body}\n[{title}: {url}]"
        case Place():
            return f"[{reply.name}, {reply.address}]"
    raise AssertionError(f"{type(reply).__name__} is said by no flow")


# ------------------------------------------------------------------------------------------------------------ coverage


@dataclass(frozen=True, order=True)
class Line:
    """A node, option or outcome of a flow file (`way` is empty for the node itself), and where it stands."""

    file: str
    number: int
    node: str
    way: str

    def __str__(self) -> str:
        return f"{self.file}:{self.number}: {self.node}{f': {self.way}' if self.way else ''}"


def lines_of(folder: Path) -> Iterator[tuple[tuple[str, str, str], Line]]:
    """Give every node, option and outcome that a conversation can use, with its line."""
    for path in sorted(folder.glob("*.yaml")):
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        for node, written in _pairs(_value(root, "nodes")):
            yield (path.stem, node.value, ""), Line(path.name, _line(node), node.value, "")
            for part, called in (("options", "option"), ("outcomes", "outcome")):
                for name, _ in _pairs(_value(written, part)):
                    way = f"{called} {name.value}"
                    yield (path.stem, node.value, way), Line(path.name, _line(name), node.value, way)
            if _value(written, "kind").value in ("pick", "ask"):
                then = next(key for key, _ in _pairs(written) if key.value == "then")
                yield (path.stem, node.value, "then"), Line(path.name, _line(then), node.value, "then")
            for name, _ in _pairs(written):
                if name.value == "typed":
                    yield (path.stem, node.value, "typed"), Line(path.name, _line(name), node.value, "typed")


def _pairs(node: Any) -> list[tuple[Any, Any]]:
    return [] if node is None else list(node.value)


def _value(node: Any, key: str) -> Any:
    return next((value for name, value in _pairs(node) if name.value == key), None)


def _line(node: Any) -> int:
    return int(node.start_mark.line) + 1
