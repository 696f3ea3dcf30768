"""An upgrade with live conversations: the menus change while people stand in them, and nobody is left without an answer."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pytest

from bot.actions import ACTIONS
from menus.answers import CHECKS
from menus.engine import MAIN, MAIN_MENU, PERSON, advance, again, offered
from menus.graph import after_handoff
from menus.load import load_flows
from menus.model import (
    Ask,
    Call,
    Conversation,
    Do,
    Event,
    Flow,
    Flows,
    Goto,
    Handoff,
    Human,
    Menu,
    Node,
    Other,
    Output,
    Pick,
    Prompt,
    Say,
    Start,
    Step,
    Tap,
    Text,
    Unmatched,
)
from menus.stored import conversation_from_json, conversation_to_json
from tests.conftest import counts
from tests.paper import Paper, paper_of
from tests.talks import CLINIC, ROOT
from tests.test_flows import MONDAY

BEFORE = load_flows(ROOT / "menus" / "flows")
TO_MAIN = Goto(flow=MAIN)
KEPT = "person"  # the option every menu needs, after an upgrade too
SAID = ("menu", "2", "orari", "una frase qualunque", "reset", "sí", "Ecografia addominale")


# --------------------------------------------------------------------------------------------------- how menus may change


def _led(goto: Goto, lead: Mapping[Goto, Goto]) -> Goto:
    return lead.get(goto, goto)


def _redirected(node: Node, lead: Mapping[Goto, Goto]) -> Node:
    """Return a node whose ways lead elsewhere."""
    match node:
        case Menu():
            return replace(node, options=tuple(replace(o, goto=_led(o.goto, lead)) for o in node.options))
        case Pick() | Ask():
            options = tuple(replace(o, goto=_led(o.goto, lead)) for o in node.options)
            led = replace(node, goto=_led(node.goto, lead), options=options)
            if isinstance(led, Pick) and led.typed:
                return replace(led, typed=replace(led.typed, goto=_led(led.typed.goto, lead)))
            return led
        case Do():
            return replace(node, outcomes=tuple((name, _led(goto, lead)) for name, goto in node.outcomes))
        case Say() | Handoff():
            return replace(node, goto=_led(node.goto, lead))


def renamed(flow: Flow, old: str) -> Flow:
    """Give a node another id, and say so."""
    new, lead = f"{old}_now", {Goto(node=old): Goto(node=f"{old}_now")}
    nodes = {
        new if id == old else id: _redirected(replace(node, id=new if id == old else id), lead)
        for id, node in flow.nodes.items()
    }
    start = new if flow.start == old else flow.start
    return replace(flow, nodes=nodes, start=start, renamed={**flow.renamed, old: new})


def without_node(flow: Flow, gone: str) -> Flow:
    """Take a node out, and say nothing; its ways lead to the main menu."""
    lead = {Goto(node=gone): TO_MAIN}
    return replace(flow, nodes={id: _redirected(node, lead) for id, node in flow.nodes.items() if id != gone})


def without_option(flow: Flow, node: str, gone: str) -> Flow:
    """Take an option out."""
    found = flow.nodes[node]
    assert isinstance(found, Menu | Pick | Ask)
    kept = replace(found, options=tuple(option for option in found.options if option.id != gone))
    return replace(flow, nodes={**flow.nodes, node: kept})


def without_flow(flows: Flows, gone: str) -> Flows:
    """Take a whole flow out; ways to it lead to the main menu."""
    lead = {Goto(flow=gone): TO_MAIN}
    return {
        id: replace(flow, nodes={name: _redirected(node, lead) for name, node in flow.nodes.items()})
        for id, flow in flows.items()
        if id != gone
    }


def changed(flows: Flows, dice: random.Random) -> Flows:
    """Change one thing that the checker would let pass: a person stays two taps away, the main menu a menu."""
    flow = flows[dice.choice(sorted(flows))]
    node = flow.nodes[dice.choice(sorted(flow.nodes))]
    fixed = flow.id == MAIN and node.id == MAIN_MENU
    match dice.choice(("rename", "node", "option", "flow")):
        case "rename" if not fixed:
            return {**flows, flow.id: renamed(flow, node.id)}
        case "node" if not fixed and flow.id != PERSON and node.id != flow.start:
            return {**flows, flow.id: without_node(flow, node.id)}
        case "option" if isinstance(node, Menu | Pick | Ask) and flow.id != PERSON:
            gone = dice.choice([option.id for option in node.options])
            return flows if gone == KEPT else {**flows, flow.id: without_option(flow, node.id, gone)}
        case "flow" if flow.id not in (MAIN, PERSON):
            return without_flow(flows, flow.id)
    return flows


# --------------------------------------------------------------------------------------------------------------- walking


@dataclass
class Walk:
    """Somebody who walks, and where they stand; `brought`: a person has the chat."""

    flows: Flows
    conversation: Conversation
    brought: bool = False
    paper: Paper = field(default_factory=lambda: paper_of(CLINIC, MONDAY))

    def does(self, event: Event, rest: int = 50) -> list[Output]:
        """Take an event through the engine and the actions; after `rest` actions the host is interrupted."""
        step = advance(self.flows, CHECKS, self.conversation, event)
        outputs = [*step.outputs]
        while rest and isinstance(call := step.outputs[-1] if step.outputs else None, Call):
            step, rest = self._act(step, call), rest - 1
            outputs += step.outputs
        self.conversation = conversation_from_json(conversation_to_json(step.conversation))
        self.brought = any(isinstance(output, Human) for output in outputs)
        if any(isinstance(output, Unmatched) for output in outputs):  # the desk shows what can be chosen
            asked = again(self.flows, self.conversation)
            outputs += [asked] if asked else self.does(Start(MAIN))
        return outputs

    def _act(self, step: Step, call: Call) -> Step:
        facts = self.paper.facts(CLINIC, MONDAY, step.conversation.language)
        found = ACTIONS[call.action].run(facts, call.answers)
        return advance(self.flows, CHECKS, step.conversation, found)

    def finishes(self, outputs: list[Output]) -> list[Output]:
        """Have the action done that was begun before the upgrade; its result meets today's flows."""
        call = next((output for output in reversed(outputs) if isinstance(output, Call)), None)
        if call is None or self.conversation.doing is None:
            return []
        facts = self.paper.facts(CLINIC, MONDAY, self.conversation.language)
        return self.does(ACTIONS[call.action].run(facts, call.answers))


def _event(walk: Walk, dice: random.Random) -> Event:
    choices = offered(walk.flows, walk.conversation)
    if choices and dice.random() < 0.85:
        return Tap(dice.choice(choices).id)
    return dice.choice((Text(dice.choice(SAID)), Other("audio"), Tap("main/menu/info"), Tap("main/menu/other")))


def _reaches_a_person(walk: Walk, taps: int) -> bool:
    """Say whether a person can be brought by so many taps; options for a person first."""
    choices = sorted(offered(walk.flows, walk.conversation), key=lambda choice: choice.option != KEPT)
    for choice in choices:
        ahead = Walk(walk.flows, walk.conversation, paper=walk.paper.copied())
        ahead.does(Tap(choice.id))
        if ahead.brought or (taps > 1 and _reaches_a_person(ahead, taps - 1)):
            return True
    return False


def _interrupted(seed: int) -> str | None:
    """Walk, change the menus, walk on; return what went wrong."""
    dice = random.Random(seed)
    walk = Walk(BEFORE, Conversation(dice.choice(CLINIC.languages)))
    outputs = walk.does(Start(MAIN))
    for _ in range(dice.randrange(7)):
        outputs = walk.does(_event(walk, dice))
    tapped = _event(walk, dice)
    if dice.random() < 0.2:
        outputs = walk.does(tapped, rest=0)  # interrupted while an action runs
    for _ in range(dice.randint(1, 3)):
        walk.flows = changed(walk.flows, dice)
    answer = walk.finishes(outputs) or walk.does(tapped)
    if not any(isinstance(output, Prompt) for output in answer):
        return f"{seed}: no answer"
    if walk.brought or walk.conversation.at is None or _reaches_a_person(walk, 2) or _served(walk):
        return None
    return f"{seed}: no person within two taps from {walk.conversation.at}"


def _served(walk: Walk) -> bool:
    at = walk.conversation.at
    return at is not None and (at.flow, at.node) in after_handoff(walk.flows)


@pytest.mark.heavy
@pytest.mark.timeout(900)
def test_no_conversation_is_dead_after_the_menus_changed_under_it() -> None:
    walks = counts(10_000)

    dead = [wrong for wrong in map(_interrupted, range(walks)) if wrong]

    assert dead == []


def test_somebody_who_stands_in_a_renamed_node_goes_on_where_they_were() -> None:
    walk = Walk(BEFORE, Conversation("it"))
    walk.does(Start("info"))
    walk.flows = {**BEFORE, "info": renamed(BEFORE["info"], "which")}

    walk.does(Tap("info/which/centro"))

    assert walk.conversation.at is not None
    assert (walk.conversation.at.flow, walk.conversation.at.node) == ("info", "topics")


def test_somebody_whose_flow_is_gone_is_shown_the_main_menu() -> None:
    walk = Walk(BEFORE, Conversation("it"))
    walk.does(Start("tips"))
    walk.flows = without_flow(BEFORE, "tips")

    said = walk.does(Tap("tips/which_topic/sleep"))

    assert [output.wording for output in said if isinstance(output, Prompt)] == ["desk/old_tap", "main/menu"]
