"""python -m llm evaluate: measure a classifier on labelled sentences, where the desk has it: after all that comes first.

This file stands above `llm/`: it alone brings the desk's own rules, which hear emergencies, persons and keywords before anybody.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter

from bot.always import STOP as STOP_WORDS
from bot.clinic import Clinic, ClinicError, load_clinic
from bot.free_text import question
from bot.safety import Alert, screen
from bot.safety.mask import mask
from bot.safety.selling import wants_to_buy
from bot.safety.spam import is_spam
from llm.evaluate import (
    DEFAULT_PERSON,
    Decision,
    Judged,
    Labelled,
    LinesError,
    Outcome,
    evaluate,
    figures,
    read_lines,
    table,
)
from llm.offline import OfflineMatcher, load_examples
from llm.verdict import EMERGENCY, PERSON, SPAM, STOP, UNCLEAR, Question, Unclassified, Verdict
from menus.answers import fold
from menus.engine import PERSON as PERSON_FLOW
from menus.load import FlowError, load_flows
from menus.model import Conversation, Flows
from menus.person import wants_person

ROOT = Path(__file__).parent.parent
LANGUAGES = ("it", "en", "es")
TODAY = date(
    2026, 11, 23
)  # a Monday: the days that can be named do not matter for a route, and figures should not move
MODEL_S = 3.0  # what the desk gives a model (docs/states.md 7)

Classify = Callable[[Question], Verdict]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 2 when the file, the flows or the clinic cannot be read, or a key is missing."""
    given = _parser().parse_args(arguments)
    try:
        return _evaluate(given)
    except LinesError as error:
        return _refused(*(f"{given.file}: {fault}" for fault in error.faults))
    except (OSError, UnicodeDecodeError) as error:
        return _refused(f"{given.file}: cannot be read: {error}")
    except (FlowError, ClinicError, NoKey) as error:
        return _refused(str(error))


class NoKey(Exception):
    """There is no key for the model."""


def _refused(*faults: str) -> int:
    print("\n".join(faults), file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m llm", description="Measure who gives words a route.")
    commands = parser.add_subparsers(dest="command", required=True)
    asked = commands.add_parser("evaluate", help="labelled sentences in, figures out")
    asked.add_argument("file", type=Path, help="tab-separated: language, route (| between routes both right), text")
    asked.add_argument("--classifier", choices=("offline", "anthropic"), default="offline")
    asked.add_argument("--json", action="store_true", help="print one JSON object")
    asked.add_argument("--wrong", action="store_true", help="also list the sentences that were not right")
    asked.add_argument("--clinic", type=Path, default=ROOT / "clinic.example.yaml", help="the clinic's file")
    return parser


def _evaluate(given: argparse.Namespace) -> int:
    flows, clinic = load_flows(ROOT / "menus" / "flows"), load_clinic(given.clinic)
    routes = routes_of(flows, clinic)
    lines = read_lines(given.file.read_text("utf-8").splitlines(), LANGUAGES, routes)
    judged = evaluate(lines, Desk(flows, clinic, *_classifier(given.classifier)).decide)
    measured = figures(judged)
    print(json.dumps(measured.as_json(), ensure_ascii=False, indent=2) if given.json else table(measured))
    if given.wrong:
        print(*(_told(one) for one in judged if one.outcome is not Outcome.RIGHT), sep="\n")
    return 0


def _told(one: Judged) -> str:
    made = one.decision
    return "\t".join((one.outcome, "|".join(one.line.routes), made.route, made.by, one.line.language, one.line.words))


def routes_of(flows: Flows, clinic: Clinic) -> frozenset[str]:
    """Return every route a sentence may be labelled with."""
    asked = question(flows, clinic, TODAY, "", Conversation(LANGUAGES[0]))
    return frozenset(choice.id for choice in asked.choices)


def _classifier(name: str) -> tuple[Classify, bool]:
    """Return who classifies, and whether "did you mean" is asked when they are not sure."""
    if name == "offline":
        matcher = OfflineMatcher(load_examples())
        matcher.prepare()
        return matcher.classify, False
    return _model(os.environ), True


def _model(environ: Mapping[str, str]) -> Classify:
    key = environ.get("ANTHROPIC_API_KEY")
    if not key:
        raise NoKey("ANTHROPIC_API_KEY is not set: without a key only the offline classifier can be measured")
    from llm.classifier import open_loop  # its SDK takes a second to load

    loop = open_loop(key, environ.get("ANTHROPIC_MODEL"), environ.get("ANTHROPIC_BASE_URL"))
    return lambda asked: loop.classify(asked, MODEL_S)


# --------------------------------------------------------------------------------------------------- what the desk would do


@dataclass(frozen=True, slots=True)
class Desk:
    """What hears a sentence before a classifier does, in the desk's order (bot/turn.py, menus/engine.py)."""

    flows: Flows
    clinic: Clinic
    classify: Classify
    asks: bool

    def decide(self, line: Labelled) -> Decision:
        """Return where a first message of these words would go."""
        begun = perf_counter()
        made = self._heard(line.words) or self._classified(line)
        return Decision(made.route, made.sure, made.by, made.asks, perf_counter() - begun, made.usage)

    def _heard(self, words: str) -> Decision | None:
        """Return what the rules decide; None where they leave it to a classifier."""
        alert = screen(words).alert
        if alert in (Alert.EMERGENCY, Alert.DISTRESS):
            return Decision(EMERGENCY, True, "safety")
        if alert is None and is_spam(words):
            return Decision(SPAM, True, "spam list")
        if fold(words) in STOP_WORDS:
            return Decision(STOP, True, "always")
        if wish := wants_person(words):
            return Decision(f"{PERSON}{wish.team or 'reception'}", True, "wish")
        if (flow := self._keyword(fold(words))) is not None:
            return Decision(DEFAULT_PERSON if flow == PERSON_FLOW else flow, True, "keyword")
        if wants_to_buy(words):
            return Decision(DEFAULT_PERSON, True, "order")
        return None

    def _keyword(self, said: str) -> str | None:
        for flow in self.flows.values():
            if said and any(fold(word) == said for of in flow.keywords.values() for word in of):
                return flow.id
        return None

    def _classified(self, line: Labelled) -> Decision:
        kept = screen(line.words).words or ""
        asked = question(self.flows, self.clinic, TODAY, mask(kept), Conversation(line.language))
        try:
            verdict = self.classify(asked)
        except Unclassified as error:
            return Decision(UNCLEAR, False, f"no verdict: {error.why}", usage=error.usage)
        return Decision(verdict.route, verdict.sure, verdict.by, self.asks, usage=verdict.usage)


if __name__ == "__main__":
    sys.exit(main())
