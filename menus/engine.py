"""How one walks through the flows: a place and an event go in; the next place and what is to be done come out.

Two rules. Everything here is pure: no clock, no I/O, no randomness, nothing remembered between two calls. And it is
total: any event in any state yields a Step. What the host must not do (a Result that nobody waits for, a tap while an
action runs) leaves the conversation exactly as it was and has nothing done about it.

A walk: an event finds a way on; nodes are passed one after the other until one waits for the person (menu, pick, ask),
one waits for the host (do), or the flow is over. A walk that does not come to rest is a fault of the flow and ends in
FlowLoop; `check.py` finds such flows before they are run.

What is known (`answers`) belongs to a journey. A journey begins with a Start or by coming to the main menu, and begins
with nothing known but what the Start brings. An Aside is a journey within a journey: at its end the outer one is
back as it was left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from menus.answers import Check, fold, number
from menus.model import (
    END,
    NO_ANSWERS,
    Answers,
    Aside,
    Ask,
    Call,
    Choice,
    Conversation,
    Do,
    Event,
    Flow,
    Flows,
    Goto,
    Handoff,
    Human,
    Localized,
    Menu,
    Node,
    Offer,
    Option,
    Other,
    Output,
    Paused,
    Pick,
    Prompt,
    Result,
    Say,
    Standing,
    Start,
    Step,
    Tap,
    Text,
    Unmatched,
    Value,
)
from menus.person import wants_person

MAIN = "main"  # the flow that holds the main menu, and the node that is it
MAIN_MENU = "menu"
PERSON = "person"
ALWAYS = (MAIN, PERSON, "language")  # flows whose keywords work everywhere, before an ask's check
MORE = "more"  # the reserved option of a pick: its next page
MAX_STEPS = 50  # nodes passed without a wait, and calls within a turn: more is a loop
ROWS = 10  # a list of WhatsApp shows ten rows; check.py holds it against Meta's limit

OLD_TAP = "desk/old_tap"
NOT_VALID = "desk/not_valid"
CANNOT_READ = "desk/cannot_read"
VOICE = "desk/voice"
NOTHING_FOUND = "desk/nothing_found"

Waiting = Menu | Pick | Ask
Titles = Callable[[Prompt], tuple[tuple[str, str], ...]]


class FlowLoop(Exception):
    """A flow walked too far without waiting for the person: run `python -m menus check`."""

    def __init__(self, flow: str, node: str) -> None:
        super().__init__(f"{flow}/{node}: more than {MAX_STEPS} steps without a wait")
        self.flow = flow
        self.node = node


def advance(
    flows: Flows, checks: Mapping[str, Check], conversation: Conversation, event: Event, titles: Titles | None = None
) -> Step:
    """Return where the event leads and what is to be done, in order.

    `titles` words the choices of a prompt, as (choice id, title), so that a typed title is understood; without it
    only numbers are.
    Raise FlowLoop for a flow that never waits.
    """
    walk = _Walk(flows, checks, titles)
    if isinstance(event, Result):
        return walk.go_on(conversation, event)
    if conversation.doing is not None and not _interrupts(event, conversation):
        return Step(conversation)
    turned = replace(conversation, doing=None, turn=conversation.turn + 1, step=0, passed=(), misses=0)
    match event:
        case Start():
            return walk.start(turned, event.flow, event.answers)
        case Aside():
            return walk.step_aside(turned, event)
        case Tap():
            return walk.tap(turned, event.option)
        case Text():
            return walk.read(replace(turned, misses=conversation.misses), event.body)
        case Other():
            return walk.decline(replace(turned, misses=conversation.misses), event.type)


def again(flows: Flows, conversation: Conversation) -> Prompt | None:
    """Return what is asked where the person stands; None when nothing is asked.

    Where the flow changed under a waiting person and nothing says where the node went, it is the main menu.
    """
    if conversation.at is None:
        return None
    here = _carried(flows, conversation.at)
    if here is not None:
        return _prompt(flows[here.flow], _waiting(flows, here), conversation.answers, here.page)
    main = flows.get(MAIN)
    menu = main.nodes.get(MAIN_MENU) if main else None
    return _prompt(main, menu, NO_ANSWERS, 0) if main and isinstance(menu, Menu) else None


def offered(flows: Flows, conversation: Conversation) -> tuple[Choice, ...]:
    """Return what can be tapped where the person stands."""
    prompt = again(flows, conversation)
    return prompt.choices if prompt else ()


def keyword_of(flows: Flows, body: str) -> str | None:
    """Return the flow whose keyword a whole message is, of those whose words work everywhere; None for any other words."""
    return _keyword(flows, fold(body), ALWAYS)


def at_rest(conversation: Conversation) -> Conversation:
    """Return the conversation with nothing asked, running or to go back to: a person has the chat now."""
    return replace(conversation, at=None, doing=None, asides=())


def _interrupts(event: Event, conversation: Conversation) -> bool:
    """Say whether the event is heard though an action runs: a new start, or the wish for a person."""
    return isinstance(event, Start) or (isinstance(event, Text) and wants_person(event.body) is not None)


# ------------------------------------------------------------------------------------------------------------- the walk


@dataclass(frozen=True, slots=True)
class _Move:
    """What passing a node did: `goto` is the way on, None when the walk rests here."""

    conversation: Conversation
    outputs: tuple[Output, ...]
    goto: Goto | None


@dataclass(frozen=True, slots=True)
class _Walk:
    """The flows and checks of one call of `advance`."""

    flows: Flows
    checks: Mapping[str, Check]
    titles: Titles | None

    # ---- events

    def start(self, conversation: Conversation, flow: str, answers: Answers) -> Step:
        """Begin a new journey; a flow that does not exist (any more) is the main menu."""
        fresh = _learn(_forget(conversation), answers)
        return self.along(fresh, flow, Goto(flow=flow)) if flow in self.flows else self.main_menu(fresh)

    def step_aside(self, conversation: Conversation, event: Aside) -> Step:
        """Keep the place, then begin a journey within the journey."""
        if event.flow not in self.flows or conversation.at is None:
            return self.start(conversation, event.flow, event.answers)
        kept = Paused(conversation.at, conversation.answers)
        aside = _learn(replace(_forget(conversation), asides=(*conversation.asides, kept)), event.answers)
        return self.along(aside, event.flow, Goto(flow=event.flow))

    def go_on(self, conversation: Conversation, result: Result) -> Step:
        """Take the way of the outcome the running action ended in."""
        doing = conversation.doing
        if doing is None:
            return Step(conversation)
        node = _node(self.flows, doing.flow, doing.node)
        if not isinstance(node, Do):
            return self.main_menu(replace(conversation, doing=None))
        goto = dict(node.outcomes).get(result.outcome)
        if goto is None:
            return Step(conversation)
        return self.along(_learn(replace(conversation, doing=None), result.answers), doing.flow, goto)

    def tap(self, conversation: Conversation, tapped: str) -> Step:
        """Take the way of what was tapped, if it is on offer here or in the main menu; else show where we are.

        A row that an older main menu had starts the flow of its name, if there still is one.
        """
        flow, node, option = _parts(tapped)
        node = _renamed(self.flows, flow, node)
        here = conversation.at and _carried(self.flows, conversation.at)
        step = None
        if here and (here.flow, here.node) == (flow, node):
            step = self.choose(conversation, here, option)
        if step is None and (flow, node) == (MAIN, MAIN_MENU):
            step = self.choose(_forget(conversation), Standing(MAIN, MAIN_MENU), option)
            if step is None and option in self.flows:
                step = self.start(conversation, option, NO_ANSWERS)
        return step or self.ask_again(conversation, OLD_TAP)

    def read(self, conversation: Conversation, body: str) -> Step:
        """Find what the words mean: a choice on offer, a person, a flow that always works, an answer, another flow."""
        here = conversation.at and _carried(self.flows, conversation.at)
        node = _waiting(self.flows, here) if here else None
        heard = replace(conversation, misses=0, language=self.spoken(conversation, body))
        if here and (choice := self.typed(again(self.flows, conversation), node, body)):
            return self.tap(heard, choice.id)  # first: a title may itself be a wish for a person whose team is known
        wish = None if _asked_by_person(here, node) else wants_person(body)
        if wish is not None:
            return self.start(heard, PERSON, {"team": wish.team} if wish.team else NO_ANSWERS)
        said = fold(body)
        if flow := _keyword(self.flows, said, ALWAYS):
            return self.start(heard, flow, NO_ANSWERS)
        if here and isinstance(node, Ask):
            return self.answer(conversation, here, node, body)
        if here and isinstance(node, Pick) and (step := self.instead(heard, here, node, body)):
            return step
        if flow := _keyword(self.flows, said, tuple(self.flows)):
            return self.start(heard, flow, NO_ANSWERS)
        missed = replace(conversation, misses=conversation.misses + 1)
        if conversation.at and here is None:
            return self.ask_again(missed, OLD_TAP)
        return Step(missed, (Unmatched(body),))

    def spoken(self, conversation: Conversation, body: str) -> str:
        """Return the language of the conversation; of its first message, the only one that has the words as a keyword."""
        if conversation.turn > 1:
            return conversation.language
        said = fold(body)
        found = {
            language
            for flow in self.flows.values()
            for language, words in flow.keywords.items()
            if said and any(_folded(word) == said for word in words)
        }
        return found.pop() if len(found) == 1 else conversation.language

    def decline(self, conversation: Conversation, type_: str) -> Step:
        """Say that this cannot be read, then ask again."""
        return self.ask_again(conversation, VOICE if type_ in ("audio", "voice") else CANNOT_READ)

    # ---- what a person chose or wrote

    def choose(self, conversation: Conversation, here: Standing, option: str) -> Step | None:
        """Take the way of an option of the node where the person stands; None if it is not on offer there."""
        node = _node(self.flows, here.flow, here.node)
        if not isinstance(node, Menu | Pick | Ask):
            return None
        for fixed in node.options:
            if fixed.id == option:
                return self.along(_set(conversation, fixed.sets), here.flow, fixed.goto)
        if not isinstance(node, Pick):
            return None
        if _is_offered(option, _offers(conversation.answers, node)):
            picked = _passed(_learn(conversation, {node.answer: option}), here)
            return self.along(picked, here.flow, node.goto)
        page = _page(option, here.page)
        if page is None or not 0 <= page < _pages(node, conversation.answers):
            return None
        return self.wait(conversation, replace(here, page=page), node)

    def typed(self, prompt: Prompt | None, node: Waiting | None, body: str) -> Choice | None:
        """Return the choice whose title or number is all the person wrote; None if there is none, or more than one."""
        said = fold(body)
        if prompt is None or not prompt.choices or not said:
            return None
        titles = dict(self.titles(prompt)) if self.titles else {}
        named = [choice for choice in prompt.choices if fold(titles.get(choice.id, "")) == said]
        if len(named) == 1:
            return named[0]
        # At an ask a number is an answer, not a choice.
        place = None if named or isinstance(node, Ask) else number(body)
        return prompt.choices[place - 1] if place and place <= len(prompt.choices) else None

    def answer(self, conversation: Conversation, here: Standing, node: Ask, body: str) -> Step:
        """Take the words as the answer, or ask again if they cannot be it."""
        check = self.checks.get(node.check)
        value = check(body) if check else None
        if value is None:
            return self.ask_again(replace(conversation, misses=conversation.misses + 1), NOT_VALID)
        known = _passed(_learn(replace(conversation, misses=0), {node.answer: value}), here)
        return self.along(known, here.flow, node.goto)

    def instead(self, conversation: Conversation, here: Standing, node: Pick, body: str) -> Step | None:
        """Take words as the answer they may be instead of a pick; None if they are none."""
        typed = node.typed
        check = self.checks.get(typed.check) if typed else None
        value = check(body) if check else None
        if typed is None or value is None:
            return None
        return self.along(_passed(_learn(conversation, {typed.answer: value}), here), here.flow, typed.goto)

    # ---- from node to node

    def along(self, conversation: Conversation, flow: str, goto: Goto) -> Step:
        """Follow a way, passing nodes until one waits, an action is to be done, or the flow is over."""
        outputs: list[Output] = []
        for _ in range(MAX_STEPS):
            if goto == END:
                return self.end(replace(conversation, at=None), outputs)
            flow, node, conversation = self.arrive(conversation, flow, goto)
            if node is None:
                return Step(replace(conversation, at=None), tuple(outputs))
            move = self.enter(conversation, flow, node)
            conversation, outputs = move.conversation, [*outputs, *move.outputs]
            if move.goto is None:
                return Step(conversation, tuple(outputs))
            goto = move.goto
        raise FlowLoop(flow, goto.node or "start")

    def arrive(self, conversation: Conversation, flow: str, goto: Goto) -> tuple[str, Node | None, Conversation]:
        """Return the flow and node a way leads to; if it leads nowhere, the main menu. Coming to main is a new journey."""
        target = goto.flow or flow
        found = self.flows.get(target)
        node = found.nodes.get(goto.node or found.start) if found else None
        if node is None:
            target, node = MAIN, _main_menu(self.flows)
        if target == flow:
            return target, node, conversation
        return target, node, _forget(conversation) if target == MAIN else self.leave(conversation, flow)

    def leave(self, conversation: Conversation, flow: str) -> Conversation:
        """Forget what the picks of a flow chose from: another flow finds its own, and it need not travel along."""
        left = self.flows.get(flow)
        sources = _sources(left) & conversation.answers.keys() if left else frozenset()
        if not sources:
            return conversation
        kept = {name: value for name, value in conversation.answers.items() if name not in sources}
        return replace(conversation, answers=MappingProxyType(kept))

    def enter(self, conversation: Conversation, flow: str, node: Node) -> _Move:
        """Pass one node, or rest at it."""
        match node:
            case Menu():
                return self.rest(conversation, flow, node)
            case Pick() | Ask():
                known = self.known(conversation, flow, node)
                return _Move(known, (), node.goto) if known else self.rest(conversation, flow, node)
            case Say():
                return _Move(conversation, (_say(self.flows[flow], node, conversation),), node.goto)
            case Do():
                return self.call(conversation, flow, node)
            case Handoff():
                return self.hand_off(conversation, flow, node)

    def rest(self, conversation: Conversation, flow: str, node: Waiting) -> _Move:
        """Ask, and wait for the person; a pick that found nothing and offers nothing else leads to the main menu."""
        prompt = _prompt(self.flows[flow], node, conversation.answers, 0)
        if not prompt.choices and isinstance(node, Pick):
            return _Move(conversation, (prompt,), Goto(MAIN_MENU, MAIN))
        return _Move(replace(conversation, at=Standing(flow, node.id)), (prompt,), None)

    def wait(self, conversation: Conversation, here: Standing, node: Waiting) -> Step:
        """Ask at this very place, keeping its page."""
        prompt = _prompt(self.flows[here.flow], node, conversation.answers, here.page)
        return Step(replace(conversation, at=here), (prompt,))

    def known(self, conversation: Conversation, flow: str, node: Pick | Ask) -> Conversation | None:
        """Return the conversation with the answer that is known already, checked; None if it must be asked.

        A node reached again within the turn is asked: what followed from its answer led back to it, and would for ever.
        """
        value = conversation.answers.get(node.answer)
        if value is None or f"{flow}/{node.id}" in conversation.passed:
            return None
        if isinstance(node, Pick):
            valid = value if _is_offered(value, _offers(conversation.answers, node)) else None
        elif isinstance(value, str):
            check = self.checks.get(node.check)
            valid = check(value) if check else None
        else:
            valid = value
        return None if valid is None else _passed(_learn(conversation, {node.answer: valid}), Standing(flow, node.id))

    def call(self, conversation: Conversation, flow: str, node: Do) -> _Move:
        """Have the action done, and rest until its Result."""
        if conversation.step >= MAX_STEPS:
            raise FlowLoop(flow, node.id)
        call = Call(node.action, conversation.answers, conversation.step)
        doing = replace(conversation, at=None, doing=Standing(flow, node.id), step=conversation.step + 1)
        return _Move(doing, (call,), None)

    def hand_off(self, conversation: Conversation, flow: str, node: Handoff) -> _Move:
        """Bring a person and say so. There is no going back to what an aside interrupted: a person has the chat now."""
        team: Value | None = conversation.answers.get(node.team[1:]) if node.team.startswith("@") else node.team
        human = Human(team if isinstance(team, str) else "", node.reason)
        words = _plain(self.flows[flow], node.id, conversation.answers)
        return _Move(replace(conversation, asides=()), (human, words), node.goto)

    def end(self, conversation: Conversation, outputs: list[Output]) -> Step:
        """Rest; or, at the end of an aside, go back to where the person stood and ask again."""
        if not conversation.asides:
            return Step(conversation, tuple(outputs))
        *outer, kept = conversation.asides
        back = replace(conversation, at=kept.at, answers=kept.answers, asides=tuple(outer))
        step = self.ask_again(back, None)
        return replace(step, outputs=(*outputs, *step.outputs))

    def ask_again(self, conversation: Conversation, first: str | None) -> Step:
        """Say these words first, then ask again what is asked here; where nothing is, the main menu."""
        said = (Prompt(first),) if first else ()
        here = conversation.at and _carried(self.flows, conversation.at)
        node = _waiting(self.flows, here) if here else None
        if here is None or node is None:
            step = self.main_menu(conversation)
        else:
            step = self.wait(conversation, here, node)
        return replace(step, outputs=(*said, *step.outputs))

    def main_menu(self, conversation: Conversation) -> Step:
        """Begin a new journey at the main menu."""
        return self.along(_forget(conversation), MAIN, Goto(MAIN_MENU, MAIN))


# ------------------------------------------------------------------------------------------------ what the person knows


def _forget(conversation: Conversation) -> Conversation:
    return replace(conversation, at=None, answers=NO_ANSWERS, asides=())


def _learn(conversation: Conversation, answers: Mapping[str, Value]) -> Conversation:
    """Record answers. The one called `language` is also the language of the conversation from here on."""
    if not answers:
        return conversation
    language = answers.get("language", conversation.language)
    return replace(
        conversation,
        answers=MappingProxyType({**conversation.answers, **answers}),
        language=language if isinstance(language, str) else conversation.language,
    )


def _set(conversation: Conversation, sets: tuple[tuple[str, str], ...]) -> Conversation:
    """Record what an option sets; an answer set to nothing is forgotten, so that it is asked again."""
    forgotten = {name for name, value in sets if not value}
    kept = {name: value for name, value in conversation.answers.items() if name not in forgotten}
    return _learn(replace(conversation, answers=MappingProxyType(kept)), {name: value for name, value in sets if value})


def _passed(conversation: Conversation, here: Standing) -> Conversation:
    node = f"{here.flow}/{here.node}"
    return conversation if node in conversation.passed else replace(conversation, passed=(*conversation.passed, node))


def _asked_by_person(here: Standing | None, node: Waiting | None) -> bool:
    """Say whether the person flow itself asks for words: "the billing office, please" is then the answer."""
    return here is not None and here.flow == PERSON and isinstance(node, Ask)


# ------------------------------------------------------------------------------------------------------- finding places


def _renamed(flows: Flows, flow: str, node: str) -> str:
    """Return what a node is called today."""
    found = flows.get(flow)
    for _ in range(MAX_STEPS):
        if found is None or node in found.nodes or node not in found.renamed:
            break
        node = found.renamed[node]
    return node


def _node(flows: Flows, flow: str, node: str) -> Node | None:
    found = flows.get(flow)
    return found.nodes.get(_renamed(flows, flow, node)) if found else None


def _main_menu(flows: Flows) -> Node | None:
    main = flows.get(MAIN)
    return main.nodes.get(MAIN_MENU, main.nodes.get(main.start)) if main else None


def _carried(flows: Flows, at: Standing) -> Standing | None:
    """Return where the person stands in today's flows; None if that place is gone."""
    node = _node(flows, at.flow, at.node)
    if not isinstance(node, Menu | Pick | Ask):
        return None
    return at if node.id == at.node else Standing(at.flow, node.id)


def _waiting(flows: Flows, here: Standing) -> Waiting:
    node = flows[here.flow].nodes[here.node]
    assert isinstance(node, Menu | Pick | Ask)  # `_carried` looked
    return node


def _parts(tapped: str) -> tuple[str, str, str]:
    """Split `flow/node/option...`; what is no such id names nothing."""
    flow, _, rest = tapped.partition("/")
    node, _, option = rest.partition("/")
    return flow, node, option


def _page(option: str, page: int) -> int | None:
    """Return the page an option asks for: `more` is the next one, `more/2` is that one; None for any other option."""
    name, _, wanted = option.partition("/")
    if name != MORE:
        return None
    if not wanted:
        return page + 1
    return int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 5 else None


def _keyword(flows: Flows, said: str, among: tuple[str, ...]) -> str | None:
    """Return the flow, of these, that has the words as a keyword in any language."""
    if not said:
        return None
    for name in among:
        flow = flows.get(name)
        if flow and any(_folded(word) == said for words in flow.keywords.values() for word in words):
            return name
    return None


_folded = lru_cache(maxsize=4096)(fold)  # authored keywords only, never what a person wrote


# -------------------------------------------------------------------------------------------------------------- prompts


def _prompt(flow: Flow, node: Waiting, answers: Answers, page: int) -> Prompt:
    """Return what a waiting node asks, with what can be tapped."""
    fixed = tuple(_choice(flow, node, option) for option in node.options)
    plain = _plain(flow, node.id, answers)
    if not isinstance(node, Pick):
        return replace(plain, choices=fixed)
    offers = _offers(answers, node)
    if not offers:
        return Prompt(NOTHING_FOUND, choices=fixed)
    return replace(plain, choices=(*_found(flow, node, offers, page), *fixed))


def _plain(flow: Flow, node: str, answers: Answers) -> Prompt:
    return Prompt(f"{flow.id}/{node}", _values(flow, answers))


def _values(flow: Flow, answers: Answers) -> tuple[tuple[str, Value], ...]:
    """Return what the wording may be filled with: all that is known, but what picks choose from (that is in rows)."""
    if not answers:
        return ()
    sources = _sources(flow)
    return tuple((name, answers[name]) for name in sorted(answers) if name not in sources)


def _sources(flow: Flow) -> frozenset[str]:
    return frozenset(node.source for node in flow.nodes.values() if isinstance(node, Pick))


def _choice(flow: Flow, node: Waiting, option: Option) -> Choice:
    return Choice(f"{flow.id}/{node.id}/{option.id}", option.id)


def _found(flow: Flow, node: Pick, offers: tuple[Offer, ...], page: int) -> tuple[Choice, ...]:
    """Return the page's found things, and `more` where a page follows."""
    size = _page_size(node, offers)
    page = min(page, (len(offers) - 1) // size)
    shown = offers[page * size : (page + 1) * size]
    choices = tuple(Choice(f"{flow.id}/{node.id}/{o.id}", o.id, o.values, fixed=False) for o in shown)
    if (page + 1) * size >= len(offers):
        return choices
    return (*choices, Choice(f"{flow.id}/{node.id}/{MORE}/{page + 1}", MORE))


def _page_size(node: Pick, offers: tuple[Offer, ...]) -> int:
    """Return how many found things fit beside the fixed options, and `more` where they do not all fit; at least one."""
    free = ROWS - len(node.options)
    return max(free if len(offers) <= free else free - 1, 1)


def _pages(node: Pick, answers: Answers) -> int:
    offers = _offers(answers, node)
    return -(-len(offers) // _page_size(node, offers))


def _offers(answers: Answers, node: Pick) -> tuple[Offer, ...]:
    """Return what was found, each id once and none that a fixed option has: WhatsApp refuses two rows of one id."""
    found = answers.get(node.source, ())
    taken = {option.id for option in node.options}
    offers = [offer for offer in found if isinstance(offer, Offer)] if isinstance(found, tuple) else []
    return tuple({offer.id: offer for offer in offers if offer.id not in taken}.values())


def _is_offered(value: Value, offers: tuple[Offer, ...]) -> bool:
    return any(offer.id == value for offer in offers)


def _say(flow: Flow, node: Say, conversation: Conversation) -> Prompt:
    """Return what a say says; a link or place nobody found is left out, the words stand without it."""
    plain = _plain(flow, node.id, conversation.answers)
    link = conversation.answers.get(node.link) if node.link else None
    place = conversation.answers.get(node.place) if node.place else None
    return replace(
        plain,
        link=_in_language(link, conversation.language),
        place=place if isinstance(place, Offer) else None,
    )


def _in_language(link: Value | None, language: str) -> str | None:
    """Return a link as text: a fact of the clinic may have one for each language."""
    if isinstance(link, Localized):
        texts = dict(link.texts)
        return texts.get(language) or next(iter(texts.values()), None)
    return link if isinstance(link, str) and link else None
