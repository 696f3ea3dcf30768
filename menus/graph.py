"""The flows as a graph: where ways lead, what can be reached, what never waits, how many taps a person is away.

It says what the engine does, not more: where a way leads nowhere, both go to the main menu.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from menus.engine import MAIN, MAIN_MENU
from menus.load import ways
from menus.model import END, Ask, Do, Flows, Goto, Handoff, Menu, Node, Pick, Say

Place = tuple[str, str]  # flow, node
NEVER = float("inf")


def places(flows: Flows) -> dict[Place, Node]:
    """Return every node by its place."""
    return {(flow.id, node.id): node for flow in flows.values() for node in flow.nodes.values()}


def target(flows: Flows, flow: str, goto: Goto) -> Place | None:
    """Return where a way leads; None for the end, the main menu for a way that leads nowhere."""
    if goto == END:
        return None
    found = flows.get(goto.flow or flow)
    node = (goto.node or found.start) if found else ""
    if found and node in found.nodes:
        return found.id, node
    return main_menu(flows)


def main_menu(flows: Flows) -> Place | None:
    """Return where the main menu stands; None if there is none."""
    main = flows.get(MAIN)
    if main is None:
        return None
    return next(((MAIN, node) for node in (MAIN_MENU, main.start) if node in main.nodes), None)


def waits(node: Node) -> bool:
    """Say whether the node waits for the person."""
    return isinstance(node, Menu | Pick | Ask)


def reached(flows: Flows, starts: Iterable[Place], through_handoffs: bool = True) -> frozenset[Place]:
    """Return every place that can be come to from these."""
    nodes = places(flows)
    seen: set[Place] = set()
    todo = [start for start in starts if start in nodes]
    while todo:
        place = todo.pop()
        if place in seen:
            continue
        seen.add(place)
        if through_handoffs or not isinstance(nodes[place], Handoff):
            todo += _next(flows, place, ways(nodes[place]))
    return frozenset(seen)


def _next(flows: Flows, place: Place, on: Iterable[tuple[str, Goto]]) -> list[Place]:
    targets = (target(flows, place[0], goto) for _, goto in on)
    return [found for found in targets if found is not None]


def after_handoff(flows: Flows) -> frozenset[Place]:
    """Return the places one comes to only when a person has been brought."""
    starts = [(flow.id, flow.start) for flow in flows.values()]
    return reached(flows, starts) - reached(flows, starts, through_handoffs=False)


# ------------------------------------------------------------------------------------------------------ what never waits


def endless(flows: Flows) -> tuple[tuple[Place, ...], ...]:
    """Return the rounds one could walk for ever without a wait, each once, from its first place.

    A pick or ask is passed at most once in a turn, so it ends every round; but a pick that found nothing and offers
    nothing else goes on to the main menu.
    """
    nodes = places(flows)
    on = {place: _passing(flows, place, node) for place, node in nodes.items()}
    rounds: dict[frozenset[Place], tuple[Place, ...]] = {}
    for place in nodes:
        found = _round(on, place)
        if found:
            rounds.setdefault(frozenset(found), found)
    return tuple(rounds.values())


def _passing(flows: Flows, place: Place, node: Node) -> list[Place]:
    """Return where one can come from a node without the person doing anything, again and again."""
    if isinstance(node, Say | Do | Handoff):
        return _next(flows, place, ways(node))
    menu = main_menu(flows)
    return [menu] if isinstance(node, Pick) and not node.options and menu else []


def _round(on: Mapping[Place, list[Place]], start: Place) -> tuple[Place, ...]:
    """Return the shortest way from a place back to itself; empty if there is none."""
    came: dict[Place, Place] = {}
    todo = [start]
    for place in todo:
        for following in on[place]:
            if following == start:
                return _back(came, start, place)
            if following not in came:
                came[following] = place
                todo.append(following)
    return ()


def _back(came: Mapping[Place, Place], start: Place, place: Place) -> tuple[Place, ...]:
    path = [place]
    while path[-1] != start:
        path.append(came[path[-1]])
    return tuple(reversed(path))


# ------------------------------------------------------------------------------------------------- how far a person is


def taps_to_a_person(flows: Flows, broken: frozenset[str] = frozenset()) -> Mapping[Place, float]:
    """Return how many taps each place is away from a handoff, NEVER if none leads there.

    A tap costs one, whatever follows it by itself nothing. The person chooses the shortest way; how an action ends is
    not theirs to choose, so the worst outcome counts. Typed words do not count: what they lead to depends on a check.
    Flows that could not be read (`broken`) are taken to lead to a person.
    """
    nodes = places(flows)
    taps = dict.fromkeys(nodes, NEVER)
    changed = True
    while changed:
        changed = False
        for place, node in nodes.items():
            better = _taps(flows, place, node, taps, broken)
            if better < taps[place]:
                taps[place], changed = better, True
    return taps


def _taps(flows: Flows, place: Place, node: Node, taps: Mapping[Place, float], broken: frozenset[str]) -> float:
    def along(goto: Goto) -> float:
        if goto.flow in broken:
            return 0
        found = target(flows, place[0], goto)
        return taps[found] if found else NEVER

    match node:
        case Handoff():
            return 0
        case Say():
            return along(node.goto)
        case Do():
            return max((along(goto) for _, goto in node.outcomes), default=NEVER)
        case Menu() | Ask():
            return 1 + min((along(option.goto) for option in node.options), default=NEVER)
        case Pick():
            return 1 + min(along(goto) for goto in (node.goto, *(option.goto for option in node.options)))


def questions_after(flows: Flows, place: Place, handoff: Handoff) -> tuple[float, tuple[Place, ...]]:
    """Return how many questions may follow a handoff at most, and where they are asked.

    An option that leads to another flow leaves the queue: what follows it is no question of the handoff's.
    """
    nodes = places(flows)
    asked: dict[Place, None] = {}
    first = target(flows, place[0], handoff.goto)
    return _longest(flows, nodes, first, (), asked), tuple(asked)


def _longest(
    flows: Flows,
    nodes: Mapping[Place, Node],
    place: Place | None,
    path: tuple[Place, ...],
    asked: dict[Place, None],
) -> float:
    """Return how many waits the longest way from here has, collecting where they are."""
    if place is None:
        return 0
    if place in path or len(path) > 8:  # a round, or far too many: no need to count on
        return NEVER
    node = nodes[place]
    onward = [(name, goto) for name, goto in ways(node) if not (waits(node) and goto.flow)]
    if waits(node):
        asked[place] = None
    rests = [_longest(flows, nodes, found, (*path, place), asked) for found in _next(flows, place, onward)]
    return max(rests, default=0) + (1 if waits(node) else 0)
