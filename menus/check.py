"""What can be known of flows and wordings without running anything: every fault at once, each with its remedy.

`check` takes plain values and the shapes below; whoever calls it brings them. What is said of words stands in
`check_words.py`, what is said of ways in `graph.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Protocol

from menus.answers import CHECKS, fold
from menus.check_words import Limits, Wordings, check_words
from menus.engine import MAIN, MAIN_MENU, PERSON, ROWS
from menus.graph import (
    NEVER,
    Place,
    after_handoff,
    endless,
    places,
    questions_after,
    reached,
    taps_to_a_person,
    target,
    waits,
)
from menus.load import Fault, head_line, lost_ways, ways
from menus.model import END, REASONS, Ask, Do, Flow, Flows, Handoff, Menu, Node, Pick, Say, Value

MAX_TAPS = 2  # a person is never further away (house rule 7)
MAX_QUESTIONS = 2  # asked of somebody who already waits for a person
SKIP = "skip"
OFFER_ID = 64  # characters kept free in a tap id for the id of a found thing

__all__ = ["Action", "check", "endless", "vanished"]


class Action(Protocol):
    """What is known of an action: the outcomes it may end in, and the names of the answers it gives."""

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Return every outcome it may end in."""
        ...

    @property
    def gives(self) -> Collection[str]:
        """Return the names of the answers it may give."""
        ...


def check(
    flows: Flows,
    wordings: Wordings | None,
    actions: Mapping[str, Action],
    limits: Limits,
    longest: Mapping[str, Value],
    *,
    checks: Collection[str] = tuple(CHECKS),
    teams: Collection[str] | None = None,
    broken: frozenset[str] = frozenset(),
) -> tuple[Fault, ...]:
    """Return every fault of the flows and their words, by file and line.

    `longest` holds, for each answer's name, the longest value it can have; `teams` the clinic's, None if unknown;
    `broken` the flows whose files could not be read: ways to them are not told twice. Without `wordings` only the ways
    are checked.
    """
    faults = [
        *lost_ways(flows, broken),
        *_rooms(flows, broken),
        *_unreachable(flows),
        *_actions(flows, actions),
        *_names(flows, frozenset(checks), teams),
        *_loops(flows),
        *_silent_ends(flows),
        *_far_from_a_person(flows, broken),
        *_questions(flows),
        *_rows(flows, limits),
        *_ids(flows, limits),
        *_sources(flows, actions),
        *_keywords(flows),
        *(check_words(flows, wordings, limits, longest, broken) if wordings else ()),
    ]
    return tuple(sorted(dict.fromkeys(faults), key=lambda fault: (fault.file, fault.line)))


def vanished(before: Flows, now: Flows) -> tuple[Fault, ...]:
    """Return a fault for each node people may be waiting in since `before` that is gone and was not renamed."""
    return tuple(fault for flow in before.values() for fault in _vanished(flow, now.get(flow.id)))


def _vanished(before: Flow, now: Flow | None) -> Iterator[Fault]:
    for node in before.nodes.values():
        if not waits(node):
            continue
        name, renamed = node.id, now.renamed if now else {}
        while name in renamed and name not in (now.nodes if now else {}):
            name, renamed = renamed[name], {old: new for old, new in renamed.items() if old != name}
        if now is None or name not in now.nodes:
            fault = "is gone, and people may be waiting in it"
            yield Fault(f"flows/{before.id}.yaml", 0, node.id, fault, "Name its successor under `renamed`")


def _at(flow: Flow, node: Node, fault: str, remedy: str) -> Fault:
    return Fault(flow.file, node.line, node.id, fault, remedy)


def _nodes(flows: Flows) -> Iterator[tuple[Flow, Node]]:
    return ((flow, node) for flow in flows.values() for node in flow.nodes.values())


# ------------------------------------------------------------------------------------------------------- ways and names


def _rooms(flows: Flows, broken: frozenset[str]) -> Iterator[Fault]:
    """Tell when the flows that everything leans on are missing."""
    for needed in (MAIN, PERSON):
        if needed not in flows and needed not in broken:
            yield Fault(f"flows/{needed}.yaml", 0, "", f'there is no flow "{needed}"', "Write it")
    main = flows.get(MAIN)
    if main and not isinstance(main.nodes.get(MAIN_MENU), Menu):
        yield Fault(main.file, 1, MAIN_MENU, "is no menu, or is missing", "Taps on old menus lead to it: keep its id")


def _unreachable(flows: Flows) -> Iterator[Fault]:
    """Tell nodes no way leads to; not in a flow with a lost way, which may be the one that should."""
    found = reached(flows, [(flow.id, flow.start) for flow in flows.values()])
    unsure = {fault.file for fault in lost_ways(flows)}
    for flow, node in _nodes(flows):
        if (flow.id, node.id) not in found and flow.file not in unsure:
            yield _at(flow, node, "cannot be reached", "Lead a way to it, or take it out")


def _actions(flows: Flows, actions: Mapping[str, Action]) -> Iterator[Fault]:
    """Tell actions nobody knows, outcomes without a way on, and ways for outcomes that do not exist."""
    for flow, node in _nodes(flows):
        if not isinstance(node, Do):
            continue
        action = actions.get(node.action)
        if action is None:
            yield _at(flow, node, f'action "{node.action}" does not exist', _one_of(actions))
            continue
        named = {outcome for outcome, _ in node.outcomes}
        for outcome in action.outcomes:
            if outcome not in named:
                yield _at(flow, node, f'outcome "{outcome}" has no way on', "Say under outcomes where it leads")
        for outcome in named - set(action.outcomes):
            fault = f'action "{node.action}" has no outcome "{outcome}"'
            yield _at(flow, node, fault, _one_of(action.outcomes))


def _names(flows: Flows, checks: frozenset[str], teams: Collection[str] | None) -> Iterator[Fault]:
    """Tell checks, reasons and teams nobody knows."""
    for flow, node in _nodes(flows):
        if (check := _check_of(node)) is not None and check not in checks:
            yield _at(flow, node, f'check "{check}" does not exist', _one_of(checks))
        if isinstance(node, Handoff) and node.reason not in REASONS:
            yield _at(flow, node, f'reason "{node.reason}" is not in the closed list', _one_of(REASONS))
        if isinstance(node, Handoff) and not node.team.startswith("@") and teams is not None and node.team not in teams:
            yield _at(flow, node, f'team "{node.team}" is not in the clinic\'s file', _one_of(teams))


def _check_of(node: Node) -> str | None:
    """Return the check that typed words must pass; None where words are no answer."""
    if isinstance(node, Pick):
        return node.typed.check if node.typed else None
    return node.check if isinstance(node, Ask) else None


def _one_of(names: Iterable[str]) -> str:
    return "Use one of " + (", ".join(sorted(names)) or "none: there are none yet")


# ------------------------------------------------------------------------------------------- where a walk comes to rest


def _loops(flows: Flows) -> Iterator[Fault]:
    for round_ in endless(flows):
        flow, node = flows[round_[0][0]], flows[round_[0][0]].nodes[round_[0][1]]
        path = " → ".join("/".join(place) for place in (*round_, round_[0]))
        yield _at(flow, node, f"goes round without a wait: {path}", "Put a menu, pick or ask into the round")


def _silent_ends(flows: Flows) -> Iterator[Fault]:
    """Tell ways by which a flow ends without a word: the person's message would stay unanswered."""
    quiet = _quiet(flows)
    for flow, node in _nodes(flows):
        if not waits(node) and not ((flow.id, node.id) in quiet and isinstance(node, Do)):
            continue
        for name, goto in ways(node):
            if goto == END:
                yield _at(flow, node, f"{name} ends the flow without a word", "Let it say something first")


def _quiet(flows: Flows) -> frozenset[Place]:
    """Return the places one can come to in a turn before anything was said."""
    nodes = places(flows)
    todo: list[Place | None] = [(flow.id, flow.start) for flow in flows.values()]
    for place, node in nodes.items():
        if waits(node):
            todo += [target(flows, place[0], goto) for _, goto in ways(node)]
    seen: set[Place] = set()
    while todo:
        here = todo.pop()
        if here is None or here not in nodes or here in seen:
            continue
        seen.add(here)
        if isinstance(nodes[here], Do):
            todo += [target(flows, here[0], goto) for _, goto in ways(nodes[here])]
    return frozenset(seen)


# ------------------------------------------------------------------------------------------------------------- a person


def _far_from_a_person(flows: Flows, broken: frozenset[str]) -> Iterator[Fault]:
    """Prove that from wherever a person may stand, a person of the clinic is at most two taps away."""
    taps = taps_to_a_person(flows, broken | _lost_flows(flows))
    served = after_handoff(flows)
    for flow, node in _nodes(flows):
        place = (flow.id, node.id)
        if waits(node) and place not in served and taps[place] > MAX_TAPS:
            far = "no tap leads to a person" if taps[place] == NEVER else f"a person is {taps[place]:.0f} taps away"
            yield _at(flow, node, f"{far}, {MAX_TAPS} at most", "Add the option `person: flow person`")


def _lost_flows(flows: Flows) -> frozenset[str]:
    """Return the flows that ways lead to and that do not exist: told as such, and not once more as a long way."""
    named = {goto.flow for _, node in _nodes(flows) for _, goto in ways(node) if goto.flow is not None}
    return frozenset(named) - flows.keys()


def _questions(flows: Flows) -> Iterator[Fault]:
    """Tell handoffs that ask too much of somebody who waits for a person."""
    for flow, node in _nodes(flows):
        if not isinstance(node, Handoff):
            continue
        number, asked = questions_after(flows, (flow.id, node.id), node)
        if number > MAX_QUESTIONS:
            fault = f"more than {MAX_QUESTIONS} questions follow"
            yield _at(flow, node, fault, "Ask before the handoff, or leave it to the person")
            continue
        for place in asked:
            question = flows[place[0]].nodes[place[1]]
            if not _can_be_skipped(question):
                fault = f"is asked after the handoff {node.id} and cannot be skipped"
                yield _at(flows[place[0]], question, fault, f"Add the option `{SKIP}`")


def _can_be_skipped(node: Node) -> bool:
    return isinstance(node, Menu | Pick | Ask) and any(option.id == SKIP for option in node.options)


# --------------------------------------------------------------------------------------------------- what WhatsApp shows


def _rows(flows: Flows, limits: Limits) -> Iterator[Fault]:
    for flow, node in _nodes(flows):
        if not isinstance(node, Menu | Pick | Ask):
            continue
        most = min(limits.rows, ROWS) - (2 if isinstance(node, Pick) else 0)  # a found thing and `more` need a row each
        if len(node.options) > most:
            fault = f"has {len(node.options)} options, {most} at most"
            yield _at(flow, node, fault, "Split it into two menus: WhatsApp shows ten rows")


def _ids(flows: Flows, limits: Limits) -> Iterator[Fault]:
    """Tell tap ids that are too long for a row or a button."""
    longest = min(limits.row_id, limits.button_id)
    for flow, node in _nodes(flows):
        if not isinstance(node, Menu | Pick | Ask):
            continue
        room = longest - len(f"{flow.id}/{node.id}/")
        lengths = {option.id: len(option.id) for option in node.options}
        if isinstance(node, Pick):
            lengths["the id of a found thing"] = OFFER_ID
        for name, length in lengths.items():
            if length > room:
                yield _at(flow, node, f"the tap id of {name} is over {longest} characters", "Shorten the ids")


# ------------------------------------------------------------------------------------------------------- what is known


def _sources(flows: Flows, actions: Mapping[str, Action]) -> Iterator[Fault]:
    """Tell nodes that lean on an answer which is not known on every way to them."""
    for flow in flows.values():
        known = _known_before(flow, actions)
        for node in flow.nodes.values():
            for name, use in _leans_on(node):
                if name not in known.get(node.id, {name}):
                    fault = f'{use} "{name}", which is not known on every way to it'
                    yield _at(flow, node, fault, f"Do an action that gives {name} before it")


def _leans_on(node: Node) -> Iterator[tuple[str, str]]:
    match node:
        case Pick():
            yield node.source, "picks from"
        case Say():
            for name in filter(None, (node.link, node.place)):
                yield name, "shows"


def _known_before(flow: Flow, actions: Mapping[str, Action]) -> dict[str, frozenset[str]]:
    """Return, for each node that can be reached, what is known there by whichever way one came.

    After an action nobody knows (told elsewhere) everything is.
    """
    everything = frozenset(name for node in flow.nodes.values() for name, _ in _leans_on(node))
    known: dict[str, frozenset[str]] = {flow.start: frozenset()}
    todo = [flow.start]
    while todo:
        name = todo.pop()
        node = flow.nodes.get(name)
        if node is None:
            continue
        for way, goto in ways(node):
            if goto.flow is not None or goto.node is None:
                continue
            then = known[name] | _learnt(node, way, actions, everything)
            before = known.get(goto.node)
            now = then if before is None else before & then
            if now != before:
                known[goto.node] = now
                todo.append(goto.node)
    return known


def _learnt(node: Node, way: str, actions: Mapping[str, Action], everything: frozenset[str]) -> frozenset[str]:
    """Return what is known once this way of a node is taken."""
    match node:
        case Do():
            action = actions.get(node.action)
            return frozenset(action.gives) if action else everything
        case Pick() | Ask() if way == "then":
            return frozenset((node.answer,))
        case Pick() if way == "typed" and node.typed:
            return frozenset((node.typed.answer,))
        case Menu() | Pick() | Ask():
            option = next((option for option in node.options if way == f"option {option.id}"), None)
            return frozenset(name for name, value in option.sets if value) if option else frozenset()
    return frozenset()


def _keywords(flows: Flows) -> Iterator[Fault]:
    """Tell words that start two flows: one of them would never hear its own."""
    owner: dict[str, str] = {}
    for flow in flows.values():
        line = head_line(flow, "keywords")
        for word in dict.fromkeys(word for words in flow.keywords.values() for word in words):
            said = fold(word)
            if not said:
                yield Fault(flow.file, line, "", f'keyword "{word}" holds no words', "Take it out")
            elif owner.setdefault(said, flow.id) != flow.id:
                fault = f'keyword "{word}" belongs to flow {owner[said]} already'
                yield Fault(flow.file, line, "", fault, "Keep it in one of the two")
