"""The loader: what a flow file becomes, and that every fault of every file is told at once, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from menus.answers import CHECKS, fold, number
from menus.load import Fault, FlowError, load_flows, read_flows
from menus.model import END, Ask, Do, Flow, Goto, Handoff, Menu, Option, Pick, Say, Typed, Value

WHOLE = """\
spec: 1
description: "Everything a flow can hold."
examples: {it: ["a che ora aprite?"], en: ["when do you open?"]}
keywords: {it: [orari, no], en: [hours, "10:30"]}
start: find
renamed: {search: find}
nodes:
  find: {kind: do, action: find_places, outcomes: {one: which, no: ask}}
  which: {kind: pick, from: places, as: place, then: say, options: {menu: flow main}, typed: {check: words, as: said, then: say}}
  ask:
    kind: ask
    as: subject
    check: words
    then: say
    options: {skip: say, yes: {to: end, sets: {agreed: yes, at: 10:30}}}
  say: {kind: say, then: bring, link: url, place: where}
  menu: {kind: menu, options: {bye: end}}
  bring: {kind: handoff, team: "@team", reason: asked, then: menu}
  last: {kind: handoff, team: reception, reason: unclear}
"""


def written(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_file_becomes_a_flow_with_the_line_of_each_node(tmp_path: Path) -> None:
    main = 'spec: 1\ndescription: "x"\nstart: menu\nnodes:\n  menu: {kind: menu, options: {all: flow whole}}\n'

    flows = load_flows(written(tmp_path, whole=WHOLE, main=main))

    sets = (("agreed", "yes"), ("at", "10:30"))
    assert flows["whole"] == Flow(
        id="whole",
        spec=1,
        description="Everything a flow can hold.",
        start="find",
        nodes={
            "find": Do("find", "find_places", (("one", Goto("which")), ("no", Goto("ask"))), 8),
            "which": Pick(
                "which",
                "places",
                "place",
                Goto("say"),
                (Option("menu", Goto(flow="main")),),
                9,
                Typed("words", "said", Goto("say")),
            ),
            "ask": Ask(
                "ask",
                "subject",
                "words",
                Goto("say"),
                (Option("skip", Goto("say")), Option("yes", END, sets)),
                10,
            ),
            "say": Say("say", Goto("bring"), "url", "where", 16),
            "menu": Menu("menu", (Option("bye", END),), 17),
            "bring": Handoff("bring", "@team", "asked", Goto("menu"), 18),
            "last": Handoff("last", "reception", "unclear", END, 19),
        },
        keywords={"it": ("orari", "no"), "en": ("hours", "10:30")},
        examples={"it": ("a che ora aprite?",), "en": ("when do you open?",)},
        renamed={"search": "find"},
        file=f"{tmp_path.name}/whole.yaml",
    )


def test_flows_cannot_be_changed_once_they_are_read(tmp_path: Path) -> None:
    flows = load_flows(written(tmp_path, whole=WHOLE.replace("flow main", "flow whole")))

    with pytest.raises(TypeError):
        flows["whole"].nodes["find"] = flows["whole"].nodes["say"]  # type: ignore[index]


def test_one_error_carries_every_fault_of_every_file(tmp_path: Path) -> None:
    folder = written(
        tmp_path,
        broken="spec: [",
        whole=WHOLE.replace("flow main", "flow nowhere"),
        wrong=WHOLE.replace("kind: say", "kind: sing").replace("reason: asked", "why: asked"),
    )

    with pytest.raises(FlowError) as told:
        load_flows(folder)

    assert [(fault.file.rpartition("/")[2], fault.line, fault.node) for fault in told.value.faults] == [
        ("broken.yaml", 1, ""),
        ("wrong.yaml", 16, "say"),
        ("wrong.yaml", 18, "bring"),
        ("wrong.yaml", 18, "bring"),
        ("whole.yaml", 9, "which"),
    ]
    assert str(told.value).count("\n") == 4


def test_a_way_to_a_flow_whose_file_is_broken_is_not_told_twice(tmp_path: Path) -> None:
    folder = written(tmp_path, main="spec: [", whole=WHOLE)

    with pytest.raises(FlowError) as told:
        load_flows(folder)

    assert [fault.file.rpartition("/")[2] for fault in told.value.faults] == ["main.yaml"]


def test_a_folder_without_flows_is_told(tmp_path: Path) -> None:
    with pytest.raises(FlowError, match="holds no flows"):
        load_flows(tmp_path)


def test_a_fault_is_told_in_one_line() -> None:
    fault = Fault("flows/info.yaml", 12, "which", "has no kind", "Write one")

    assert str(fault) == "flows/info.yaml:12: which: has no kind. Write one."


def test_a_fault_without_a_place_names_the_file_alone() -> None:
    assert (
        str(Fault("flows/main.yaml", 0, "", "is not there", "Write it")) == "flows/main.yaml: is not there. Write it."
    )


LINES = WHOLE.splitlines()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(0, len(LINES) - 1),
    st.sampled_from(
        ["", "  x: y", "nodes:", "- a", "\t", "? {a: b}", "'", "{", "&a *a", "!!python/none x", "\x00", "🤷"]
    ),
)
def test_no_broken_line_makes_the_loader_fall_over(tmp_path: Path, at: int, line: str) -> None:
    text = "\n".join([*LINES[:at], line, *LINES[at + 1 :]])

    flows, faults = read_flows(written(tmp_path, whole=text))

    assert flows or faults


@pytest.mark.parametrize("text", ["[" * 1200, "a: " * 1200, "{" * 1200, "- " * 1200])
def test_a_file_nested_too_deeply_is_told(tmp_path: Path, text: str) -> None:
    flows, faults = read_flows(written(tmp_path, deep=text))

    assert (dict(flows), len(faults)) == ({}, 1)


# ------------------------------------------------------------------------------------------------------- what people type


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Perché?! ", "perche"),
        ("DOVE SIETE", "dove siete"),
        ("dov'è", "dov e"),
        ("2️⃣", "2"),
        ("👍", ""),
        ("Straße", "strasse"),
        ("a_b", "a b"),
        ("¿Dónde?", "donde"),
    ],
)
def test_words_are_compared_without_case_accents_punctuation_and_emoji(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "value"), [("3", 3), ("tre.", 3), ("Three", 3), ("٣", 3), ("33333", None), ("x", None)]
)
def test_small_numbers_are_read_in_digits_and_words(text: str, value: int | None) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    ("check", "text", "value"),
    [
        ("words", "  una   fattura ", "una fattura"),
        ("words", "…", None),
        ("words", "x" * 501, None),
        ("number", "12", 12),
        ("number", "dodici e mezzo", None),
        ("yes_no", "Sì!", True),
        ("yes_no", "no, grazie", False),
        ("yes_no", "forse", None),
        ("date", "32/01/2026", None),
        ("date", "2026-02-30", None),
        ("time", "25", None),
        ("time", "9:75", None),
    ],
)
def test_a_check_accepts_what_it_should_and_nothing_else(check: str, text: str, value: Value | None) -> None:
    assert CHECKS[check](text) == value


@given(st.sampled_from(sorted(CHECKS)), st.text(max_size=40))
def test_a_check_never_falls_over_and_accepts_its_own_answer_again(check: str, text: str) -> None:
    value = CHECKS[check](text)

    assert value is None or not isinstance(value, str) or CHECKS[check](value) == value
