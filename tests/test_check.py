"""The checker: one broken-flow fixture per fault, and that what is sound is left alone.

`broken_flows/_sound` is a small house without a fault. Each other folder holds only the files it breaks, and in
`expected.txt` every line that must be told: nothing more, nothing less.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given, settings
from jinja2 import StrictUndefined, TemplateError, meta
from jinja2.sandbox import SandboxedEnvironment

from bot.actions import ACTIONS as BOT_ACTIONS
from bot.clinic import load_clinic
from bot.whatsapp.limits import LIMITS
from bot.wording import load_wordings
from menus.__main__ import CLINIC, FLOWS, TEMPLATES, Talk, draw, longest_of, main, shaped
from menus.check import check, vanished
from menus.check_words import NotFilled, Wording, Wordings, Words
from menus.graph import taps_to_a_person
from menus.load import Fault, load_flows, read_flows, unread
from menus.model import END, Do, Flow, Flows, Goto, Handoff, Menu, Offer, Option, Say, Value
from tests.conftest import counts
from tests.test_engine import any_flows

HERE = Path(__file__).parent / "broken_flows"
SOUND = HERE / "_sound"
BROKEN = sorted(path.name for path in HERE.iterdir() if path.is_dir() and path != SOUND)


@dataclass(frozen=True)
class Action:
    outcomes: tuple[str, ...]
    gives: tuple[str, ...]


ACTIONS = {"places": Action(("one", "several"), ("places",)), "page": Action(("found",), ("url",))}
LONGEST: Mapping[str, Value] = {
    "places": (Offer("centro", (("name", "Poliambulatorio Centro"), ("street", "Via Giuseppe Garibaldi 120"))),),
    "url": "https://clinic.example/orari",
}
TEAMS = ("reception", "billing")
JINJA = SandboxedEnvironment(undefined=StrictUndefined)


def words(source: str) -> Words:
    """Make words of a text of the fixtures."""

    def fill(values: Mapping[str, Value]) -> str:
        try:
            return JINJA.from_string(source).render(values)
        except TemplateError as error:
            raise NotFilled(str(error)) from error

    return Words(source, frozenset(meta.find_undeclared_variables(JINJA.parse(source))), fill)


def parts(written: Mapping[str, object]) -> Iterator[tuple[str, Words]]:
    """Name every text of one wording, as the desk does."""
    titled = {f"options.{option}": way for option, way in dict(written.get("options", {})).items()}  # type: ignore[call-overload]
    if "row" in written:
        titled["row"] = written["row"]
    for name, text in written.items():
        if isinstance(text, str):
            yield name, words(text)
    for name, way in titled.items():
        for part, text in (way if isinstance(way, dict) else {"title": way}).items():
            yield f"{name}.{part}", words(text)


def wordings_of(folder: Path) -> Wordings:
    entries: dict[str, dict[str, Wording]] = {"it": {}, "en": {}}
    for path in sorted(folder.glob("*/*.yaml")):
        language, flow = path.parent.name, path.stem
        written = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        if flow == "desk":
            common = {name: written.pop(name) for name in ("button", "options") if name in written}
            entries[language]["desk"] = Wording(f"templates/{language}/desk.yaml", dict(parts(common)))
        for node, of_node in written.items():
            entries[language][f"{flow}/{node}"] = Wording(f"templates/{language}/{flow}.yaml", dict(parts(of_node)))
    return Wordings(("it", "en"), entries)


def house_of(name: str, folder: Path) -> Path:
    """Lay the broken files of a fixture over the sound house."""
    shutil.copytree(SOUND, folder, dirs_exist_ok=True)
    shutil.copytree(HERE / name, folder, dirs_exist_ok=True)
    absent = folder / "absent.txt"
    for file in absent.read_text(encoding="utf-8").split() if absent.exists() else ():
        (folder / file).unlink()
    return folder


def faults_of(house: Path) -> list[str]:
    flows, told = read_flows(house / "flows")
    broken = unread(house / "flows", flows)
    found = check(flows, wordings_of(house / "templates"), ACTIONS, LIMITS, LONGEST, teams=TEAMS, broken=broken)
    return [str(fault) for fault in (*told, *found)]


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_house_is_told_in_full_and_nothing_else(name: str, tmp_path: Path) -> None:
    house = house_of(name, tmp_path)

    told = faults_of(house)

    assert told == (HERE / name / "expected.txt").read_text(encoding="utf-8").splitlines()


def test_the_sound_house_has_no_fault() -> None:
    assert faults_of(SOUND) == []


def test_the_menus_of_this_house_are_sound(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["check"])

    assert (code, capsys.readouterr().out) == (0, "flows and words are sound\n")


def test_the_command_tells_every_fault_and_exits_with_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flows = tmp_path / "flows"
    shutil.copytree(FLOWS, flows)
    (flows / "language.yaml").write_text("start: [", encoding="utf-8")
    info = (flows / "info.yaml").read_text(encoding="utf-8")
    (flows / "info.yaml").write_text(info.replace("then: find_hours", "then: find_hour"), encoding="utf-8")

    code = main(["--flows", str(flows), "check"])

    told = capsys.readouterr().out.splitlines()
    assert code == 1
    assert [line.split(":")[0] for line in told] == ["flows/language.yaml", "flows/info.yaml", "2 faults"]


def test_the_command_can_be_run_from_the_shell() -> None:
    root = FLOWS.parent.parent

    done = subprocess.run(
        [sys.executable, "-m", "menus", "check"], cwd=root, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "flows and words are sound\n", "")


def test_a_revision_git_does_not_know_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["check", "--since", "no-such-revision"])

    assert (code, capsys.readouterr().out.count("\n")) == (2, 1)


def test_flows_that_cannot_be_read_are_not_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "main.yaml").write_text("start: [", encoding="utf-8")

    code = main(["--flows", str(tmp_path), "draw"])

    assert (code, capsys.readouterr().out.count("is not YAML")) == (2, 1)


@settings(max_examples=100, deadline=None)
@given(any_flows())
def test_any_flows_whatever_can_be_checked(flows: Flows) -> None:
    found = check(flows, wordings_of(SOUND / "templates"), ACTIONS, LIMITS, LONGEST)

    assert all(fault.fault and fault.remedy for fault in found)


# --------------------------------------------------------------------------------------------- one character too many

FOUND = load_clinic(CLINIC)
SHAPED = shaped(load_wordings(TEMPLATES, FOUND.languages))
HOUSE_FLOWS = load_flows(FLOWS)


def limit_of(key: str, part: str) -> int:
    """Return Meta's limit of what stands at a key: told here once more, so that the checker is not its own witness."""
    flow, _, name = key.partition("/")
    node = HOUSE_FLOWS[flow].nodes.get(name) if flow in HOUSE_FLOWS else None
    if part == "text":
        return 1024 if isinstance(node, Say) and node.link else 4096
    of_kind = {"title": 24, "description": 72, "button": 20, "display_text": 20, "header": 60, "footer": 60}
    return of_kind[part.rpartition(".")[2]]


def lengthened(words: Words, limit: int) -> Words:
    """Return words that are one character over their limit, whatever they are filled with."""
    return replace(words, fill=lambda values: words.fill(values).ljust(limit + 1, "m"))


LABELS = [
    (language, key, part)
    for language, of_language in SHAPED.entries.items()
    for key, wording in of_language.items()
    for part in wording.parts
]


def with_lengthened(labels: list[tuple[str, str, str]]) -> Wordings:
    """Return the house's wordings with these labels one character too long."""
    entries = {language: dict(of_language) for language, of_language in SHAPED.entries.items()}
    for language, key, part in labels:
        wording = entries[language][key]
        words_ = lengthened(wording.parts[part], limit_of(key, part))
        entries[language][key] = replace(wording, parts={**wording.parts, part: words_})
    return Wordings(SHAPED.languages, entries)


def too_long(wordings: Wordings) -> list[tuple[str, str, str]]:
    """Return the labels the checker finds too long."""
    found = check(HOUSE_FLOWS, wordings, BOT_ACTIONS, LIMITS, longest_of(FOUND))
    told = [fault for fault in found if fault.remedy == "Shorten it"]
    return [(fault.file.split("/")[1], fault.node, fault.fault.split(" can be ")[0]) for fault in told]


def test_every_label_that_is_one_character_too_long_is_told() -> None:
    assert sorted(too_long(with_lengthened(LABELS))) == sorted(LABELS)


@pytest.mark.heavy
@pytest.mark.timeout(900)
def test_a_single_label_that_is_one_character_too_long_is_told_and_no_other() -> None:
    dice = random.Random(24)

    for label in dice.sample(LABELS, min(len(LABELS), counts(400))):
        assert too_long(with_lengthened([label])) == [label]


# ------------------------------------------------------------------------------------------------- how far a person is


def flow(id_: str, *nodes: Menu | Do | Handoff) -> Flow:
    return Flow(id_, 1, id_, nodes[0].id, {node.id: node for node in nodes})


def test_a_tap_counts_one_and_what_follows_by_itself_counts_nothing() -> None:
    main_ = flow("main", Menu("menu", (Option("person", Goto(flow="person")),)))
    person = flow(
        "person",
        Menu("who", (Option("front", Goto("look")),)),
        Do("look", "hours", (("open", Goto("bring")), ("closed", Goto("bring")))),
        Handoff("bring", "reception", "asked"),
    )

    taps = taps_to_a_person({"main": main_, "person": person})

    assert taps == {
        ("main", "menu"): 2,
        ("person", "who"): 1,
        ("person", "look"): 0,
        ("person", "bring"): 0,
    }


def test_the_worst_outcome_of_an_action_counts() -> None:
    main_ = flow(
        "main",
        Menu("menu", (Option("person", Goto("look")),)),
        Do("look", "hours", (("open", Goto("bring")), ("closed", Goto("later")))),
        Menu("later", (Option("person", Goto("bring")),)),
        Handoff("bring", "reception", "asked"),
    )

    assert taps_to_a_person({"main": main_})["main", "menu"] == 2


def test_a_person_who_is_only_sometimes_there_is_no_person() -> None:
    main_ = flow(
        "main",
        Menu("menu", (Option("person", Goto("look")),)),
        Do("look", "hours", (("open", Goto("bring")), ("closed", END))),
        Handoff("bring", "reception", "asked"),
    )

    assert taps_to_a_person({"main": main_})["main", "menu"] == float("inf")


# ------------------------------------------------------------------------------------------- nodes that people stand in


def test_a_waiting_node_that_vanished_since_is_told() -> None:
    before = {"main": flow("main", Menu("menu", (Option("a", END),)), Menu("more", (Option("a", END),)))}
    now = {"main": flow("main", Menu("menu", (Option("a", END),)))}

    told = vanished(before, now)

    fault = "is gone, and people may be waiting in it"
    assert told == (Fault("flows/main.yaml", 0, "more", fault, "Name its successor under `renamed`"),)


def test_a_waiting_node_that_was_renamed_twice_is_not_told() -> None:
    before = {"main": flow("main", Menu("old", (Option("a", END),)))}
    now = {"main": replace(flow("main", Menu("new", (Option("a", END),))), renamed={"old": "mid", "mid": "new"})}

    assert vanished(before, now) == ()


def test_renamed_nodes_that_turn_in_a_circle_are_told() -> None:
    before = {"main": flow("main", Menu("a", (Option("a", END),)))}
    now = {"main": replace(flow("main", Menu("new", (Option("a", END),))), renamed={"a": "b", "b": "a"})}

    assert [fault.node for fault in vanished(before, now)] == ["a"]


def test_nodes_that_do_not_wait_may_vanish() -> None:
    before = {"main": flow("main", Do("find", "places", (("one", END),)))}

    assert vanished(before, {"main": flow("main", Menu("menu", (Option("a", END),)))}) == ()


# ---------------------------------------------------------------------------------------------------- drawn and talked to


def test_a_flow_is_drawn_with_every_way() -> None:
    drawn = draw(load_flows(SOUND / "flows")["person"])

    assert drawn.splitlines() == [
        "%% flows/person.yaml: Bring a person.",
        "flowchart TD",
        "    begin((person)) --> who",
        '    who(["who"])',
        '    bring{{"bring: @team"}}',
        '    subject(["subject"])',
        '    thanks["thanks"]',
        "    who -->|front| bring",
        "    who -->|bills| bring",
        "    bring -->|then| subject",
        "    subject -->|then| thanks",
        "    subject -->|skip| thanks",
        '    thanks -->|then| over(("end"))',
    ]


def test_the_page_of_the_flows_is_not_stale(capsys: pytest.CaptureFixture[str]) -> None:
    main(["draw"])

    page = FLOWS.parent.parent / "docs" / "flows.md"
    assert page.read_text(encoding="utf-8") == capsys.readouterr().out, "run python -m menus draw > docs/flows.md"


def test_the_menus_can_be_walked_in_a_terminal() -> None:
    clinic = load_clinic(CLINIC)
    facts: Mapping[str, Value] = {"clinic": clinic.name, "emergency_number": "112"}
    monday = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Rome"))
    talk = Talk(load_flows(FLOWS), load_wordings(TEMPLATES, clinic.languages, facts), clinic, lambda: monday)

    lines = list(talk.lines("en", ["8", "billing", "/other audio", "xyz", "/tap main/menu/info"]))

    assert "    [a person is brought: billing, asked]" in lines
    assert any("info/which/" in line for line in lines)
