"""A flow whose action is a test's own: what runs, how often, how it ends and what happens meanwhile are the test's to say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.actions import Action, Facts, Where
from bot.wiring import ROOT
from menus.load import load_flows
from menus.model import Answers, Do, Flow, Flows, Goto, Result

WORD = "prova"  # begins the flow
FOUND, FAILED = "Quale sede", "Con chi"  # how what is said begins after each outcome


@dataclass
class Looking:
    """An action that notes each run and then does what the test put into `meanwhile`, or ends in `outcome`."""

    where: Where
    outcome: str = "found"
    meanwhile: Callable[[], None] | None = None
    runs: list[str] = field(default_factory=list)

    def run(self, facts: Facts, answers: Answers) -> Result:
        """Note a run and end."""
        self.runs.append(facts.language)
        if self.meanwhile is not None:
            self.meanwhile()
        return Result(self.outcome)

    @property
    def actions(self) -> dict[str, Action]:
        """What a desk needs to know of it."""
        return {"look": Action("look", ("found", "failed"), self.where, self.run)}


def flows() -> Flows:
    """Return the authored flows and one that looks: `found` leads to the places, `failed` to a person."""
    look = Do("look", "look", (("found", Goto(flow="info")), ("failed", Goto(flow="person"))))
    flow = Flow("looking", 1, "Looks.", "look", {"look": look}, MappingProxyType({"it": (WORD,)}))
    return {**load_flows(ROOT / "menus" / "flows"), "looking": flow}
