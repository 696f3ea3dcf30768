"""python -m menus check | draw | talk: prove the flows and their words, draw them, or walk through them in a terminal.

This file stands above `menus/`: it alone brings the wordings, the actions, the clinic and Meta's limits to the checker.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from jinja2 import TemplateError

from bot.actions import ACTIONS, SAID_BY_THE_DESK, Facts, longest_answers
from bot.clinic import Clinic, ClinicError, load_clinic
from bot.model import Button, LinkButton, ListMessage, Place, Reply, ReplyButtons, Row, Text
from bot.whatsapp.limits import LIMITS
from bot.wording import WordingError, Wordings, bubbles, filled, load_wordings, titles, word
from bot.wording import Words as BotWords
from menus import check_words, model
from menus.answers import CHECKS
from menus.check import check, vanished
from menus.engine import advance
from menus.graph import waits
from menus.load import FlowError, load_flows, read_flows, unread, ways
from menus.model import Call, Conversation, Do, Flow, Flows, Goto, Handoff, Human, Node, Prompt, Value

ROOT = Path(__file__).parent.parent
FLOWS = ROOT / "menus" / "flows"
TEMPLATES = ROOT / "templates"
CLINIC = ROOT / "clinic.example.yaml"
PRIVACY: tuple[Literal["strict", "named"], ...] = ("strict", "named")  # what a clinic's file may say: both must hold


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks; 1 if anything is wrong with the flows, 2 if it could not be done."""
    given = _parser().parse_args(arguments)
    try:
        return _do(given)
    except (FlowError, WordingError, ClinicError, NoRevision) as error:
        print(error)
        return 2


class NoRevision(Exception):
    """The flows of a git revision cannot be read."""


def _do(given: argparse.Namespace) -> int:
    match given.command:
        case "check":
            return _check(given.flows, given.templates, given.clinic, given.since)
        case "draw":
            print(page(load_flows(given.flows)))
            return 0
        case _:
            return _talk(given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m menus", description="Prove, draw and try the menus.")
    parser.add_argument("--flows", type=Path, default=FLOWS, help="the folder of the flows")
    parser.add_argument("--templates", type=Path, default=TEMPLATES, help="the folder of the wordings")
    parser.add_argument("--clinic", type=Path, default=CLINIC, help="the clinic's file")
    commands = parser.add_subparsers(dest="command", required=True)
    checked = commands.add_parser("check", help="tell every fault of flows and words; exit 1 if there is one")
    checked.add_argument("--since", metavar="REV", help="also tell nodes that people of this git revision may stand in")
    commands.add_parser("draw", help="print docs/flows.md: a Mermaid graph of each flow")
    talked = commands.add_parser("talk", help="walk through the flows; type titles, numbers or words")
    talked.add_argument("--language", default=None, help="the language to begin in (default: the clinic's first)")
    return parser


# ----------------------------------------------------------------------------------------------------------------- check


def _check(flows_folder: Path, templates: Path, clinic_file: Path, since: str | None) -> int:
    """Print every fault there is, of flows, words and the clinic's file; return 1 if there is one."""
    flows, told = read_flows(flows_folder)
    faults: list[object] = [*told]
    if since:
        faults += vanished(_flows_at(since), flows)
    try:
        clinic = load_clinic(clinic_file)
    except ClinicError as error:
        return _tell([*faults, *error.faults])
    wordings, words_told = _wordings(templates, clinic)
    faults += words_told
    broken = unread(flows_folder, flows)
    for privacy in PRIVACY:
        longest = longest_of(replace(clinic, privacy=privacy))
        faults += check(flows, wordings, ACTIONS, LIMITS, longest, teams=clinic.teams.keys(), broken=broken)
    return _tell(list(dict.fromkeys(faults)))


def longest_of(clinic: Clinic) -> Mapping[str, Value]:
    """Return the longest value of everything a wording may be filled with in this clinic."""
    return {**longest_answers(ACTIONS, clinic), **{name: build(clinic) for name, build in SAID_BY_THE_DESK.items()}}


def _tell(faults: list[object]) -> int:
    for fault in faults:
        print(fault)
    print(f"{len(faults)} fault{'' if len(faults) == 1 else 's'}" if faults else "flows and words are sound")
    return 1 if faults else 0


def _wordings(templates: Path, clinic: Clinic) -> tuple[check_words.Wordings | None, list[object]]:
    """Return the wordings in the checker's shape; None, and what is wrong, if they cannot be read."""
    try:
        loaded = load_wordings(templates, clinic.languages)
    except WordingError as error:
        return None, [*error.faults]
    return shaped(loaded), []


def shaped(wordings: Wordings) -> check_words.Wordings:
    """Give the desk's wordings the shape the checker reads."""
    entries = {
        language: {
            key: check_words.Wording(
                f"templates/{language}/{key.partition('/')[0]}.yaml",
                {part: _shaped(words, language) for part, words in entry.parts()},
            )
            for key, entry in of_language.items()
        }
        for language, of_language in wordings.entries.items()
    }
    return check_words.Wordings(wordings.languages, entries)


def _shaped(words: BotWords, language: str) -> check_words.Words:
    def fill(values: Mapping[str, Value]) -> str:
        try:
            return filled(words, values, language)
        except (TemplateError, TypeError, ValueError, AttributeError, KeyError) as error:
            raise check_words.NotFilled(str(error)) from error

    return check_words.Words(words.source, words.names, fill, words.line)


def _flows_at(revision: str) -> Flows:
    """Return the flows as they were at a git revision."""
    listed = _git("ls-tree", "--name-only", revision, "menus/flows/").splitlines()
    with tempfile.TemporaryDirectory() as folder:
        for name in listed:
            (Path(folder) / Path(name).name).write_text(_git("show", f"{revision}:{name}"), encoding="utf-8")
        return read_flows(Path(folder))[0]


def _git(*arguments: str) -> str:
    try:
        return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoRevision(f"git {' '.join(arguments)} failed: run it in a clone, with a revision it knows") from error


# ------------------------------------------------------------------------------------------------------------------ draw


def page(flows: Flows) -> str:
    """Return docs/flows.md: every flow, drawn."""
    drawn = (f"## {flow.id}\n\n{flow.description}\n\n```mermaid\n{draw(flow)}\n```" for flow in flows.values())
    return "\n\n".join((PAGE_HEAD, *drawn))


PAGE_HEAD = """# The flows

Drawn by `python -m menus draw > docs/flows.md` from `menus/flows/*.yaml`; a test fails when this page is stale. Rounded
nodes wait for the person, boxes in boxes are actions with their outcomes, hexagons bring a person, plain boxes say
something and go on, slanted boxes lead to another flow."""


def draw(flow: Flow) -> str:
    """Return a flow as a Mermaid graph: rounded nodes wait for the person, boxes in boxes are actions."""
    lines = [f"%% {flow.file}: {flow.description}", "flowchart TD", f"    begin(({flow.id})) --> {flow.start}"]
    lines += [f"    {node.id}{_shape(node)}" for node in flow.nodes.values()]
    for node in flow.nodes.values():
        lines += [f"    {node.id} -->|{_label(name)}| {_end(goto)}" for name, goto in ways(node)]
    return "\n".join(lines)


def _shape(node: Node) -> str:
    if waits(node):
        return f'(["{node.id}"])'
    if isinstance(node, Do):
        return f'[["{node.action}"]]'
    return f'{{{{"{node.id}: {node.team}"}}}}' if isinstance(node, Handoff) else f'["{node.id}"]'


def _label(way: str) -> str:
    return way.removeprefix("option ").removeprefix("outcome ")


def _end(goto: Goto) -> str:
    if goto.flow is not None:
        return f"flow_{goto.flow}[/{goto.flow}/]"
    return f"{goto.node}" if goto.node is not None else 'over(("end"))'


# ------------------------------------------------------------------------------------------------------------------ talk


def _talk(given: argparse.Namespace) -> int:
    clinic = load_clinic(given.clinic)
    facts: Mapping[str, Value] = {"clinic": clinic.name, "emergency_number": clinic.emergency.numbers[0]}
    wordings = load_wordings(given.templates, clinic.languages, facts)
    talk = Talk(load_flows(given.flows), wordings, clinic, lambda: datetime.now(clinic.zone))
    print('Type a title, a number or words; "/tap <id>", "/other <type>"; end with Ctrl-D.\n')
    for line in talk.lines(given.language or clinic.languages[0], map(str.strip, sys.stdin)):
        if not (line.startswith("> ") and sys.stdin.isatty()):  # a terminal shows what was typed already
            print(line, flush=True)
    return 0


class Talk:
    """A conversation in a terminal: the engine, the clinic's actions and the words, with no WhatsApp and no store."""

    def __init__(self, flows: Flows, wordings: Wordings, clinic: Clinic, now: Callable[[], datetime]) -> None:
        self._flows = flows
        self._wordings = wordings
        self._clinic = clinic
        self._now = now

    def lines(self, language: str, typed: Iterable[str]) -> Iterator[str]:
        """Give what a person reads who types these lines, beginning at the main menu."""
        conversation = Conversation(language)
        conversation, said = self._turn(conversation, model.Start("main"))
        yield from said
        for text in typed:
            yield f"> {text}"
            conversation, said = self._turn(conversation, _event(text))
            yield from said

    def _turn(self, conversation: Conversation, event: model.Event) -> tuple[Conversation, list[str]]:
        prompts: list[Prompt] = []
        others: list[str] = []
        waiting: model.Event | None = event
        while waiting is not None:
            step = advance(self._flows, CHECKS, conversation, waiting, self._titles(conversation.language))
            conversation, waiting = step.conversation, None
            for output in step.outputs:
                match output:
                    case Prompt():
                        prompts.append(output)
                    case Call():
                        waiting = self._do(output, conversation.language)
                    case Human():
                        others.append(f"    [a person is brought: {output.team or 'any team'}, {output.reason}]")
                    case model.Unmatched():
                        others.append("    [not understood: left to the classifier]")
        return conversation, [*self._worded(prompts, conversation.language), *others, ""]

    def _do(self, call: Call, language: str) -> model.Result:
        return ACTIONS[call.action].run(Facts(self._clinic, self._now(), language), call.answers)

    def _titles(self, language: str) -> Callable[[Prompt], tuple[tuple[str, str], ...]]:
        return lambda prompt: titles(self._wordings, language, prompt)

    def _worded(self, prompts: list[Prompt], language: str) -> Iterator[str]:
        for bubble in bubbles(self._wordings, language, tuple(prompts), LIMITS):
            yield from _shown(word(self._wordings, language, bubble, LIMITS))


def _event(text: str) -> model.Event:
    command, _, rest = text.partition(" ")
    match command:
        case "/tap":
            return model.Tap(rest)
        case "/other":
            return model.Other(rest)
        case _:
            return model.Text(text)


def _shown(reply: Reply) -> Iterator[str]:
    """Give a reply line by line, as plain text."""
    match reply:
        case Text(body):
            yield body
        case ReplyButtons():
            yield reply.body
            yield from _choices(reply.buttons)
        case ListMessage():
            yield reply.body
            yield from _choices(row for section in reply.sections for row in section.rows)
        case LinkButton():
            yield f"{reply.body}\n  [{reply.display_text}] {reply.url}"
        case Place():
            yield f"  [map] {reply.name}, {reply.address}"


def _choices(choices: Iterable[Button | Row]) -> Iterator[str]:
    for number, choice in enumerate(choices, 1):
        described = f"  ({choice.description})" if isinstance(choice, Row) and choice.description else ""
        yield f"  {number}. {choice.title}{described}    {choice.id}"


if __name__ == "__main__":
    sys.exit(main())
