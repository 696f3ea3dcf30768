"""Measuring a classifier: what counts as right, handed, asked or wrong, and the project's own figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from llm.__main__ import main
from llm.evaluate import (
    Decision,
    Judged,
    Labelled,
    LinesError,
    Outcome,
    evaluate,
    figures,
    macro_f1,
    outcome,
    read_lines,
    table,
)
from llm.verdict import Usage

ROUTES = ("book", "cancel", "person:reception", "person:nursing", "emergency", "unclear")
SET = Path(__file__).parent.parent / "llm" / "examples" / "evaluation"


def line(*routes: str) -> Labelled:
    return Labelled("it", routes, "parole")


def sure(route: str) -> Decision:
    return Decision(route, True, "offline")


def unsure(route: str, asks: bool = False) -> Decision:
    return Decision(route, False, "offline", asks)


# ------------------------------------------------------------------------------------------------------------- the file


def test_labelled_lines_are_read_and_comments_are_not() -> None:
    lines = ["# a comment", "", "it\tbook\tvorrei prenotare", "en\tbook|cancel\tbook or cancel"]

    read = read_lines(lines, ("it", "en"), ROUTES)

    assert read == (
        Labelled("it", ("book",), "vorrei prenotare"),
        Labelled("en", ("book", "cancel"), "book or cancel"),
    )


def test_every_faulty_line_is_told_at_once_and_never_its_words() -> None:
    lines = ["it\tbook", "xx\tbook\tsecret words", "it\tnowhere|book\tsecret words", "it\tbook\t ", "it\tbook\tbene"]

    with pytest.raises(LinesError) as told:
        read_lines(lines, ("it",), ("book",))

    assert told.value.faults == (
        "line 1: expected language, route and text, separated by tabs",
        "line 2: no language 'xx': one of it",
        "line 3: no route 'nowhere': one of book",
        "line 4: expected language, route and text, separated by tabs",
    )


def test_a_file_without_a_sentence_cannot_be_measured() -> None:
    with pytest.raises(LinesError) as told:
        read_lines(["# nothing"], ("it",), ROUTES)

    assert told.value.faults == ("there is no labelled sentence in it",)


# --------------------------------------------------------------------------------------------------------------- outcomes


@pytest.mark.parametrize(
    ("wanted", "made", "comes_to"),
    [
        (line("book"), sure("book"), Outcome.RIGHT),
        (line("book", "cancel"), sure("cancel"), Outcome.RIGHT),
        (line("book"), sure("cancel"), Outcome.WRONG),
        (line("book"), sure("emergency"), Outcome.WRONG),
        (line("unclear"), sure("unclear"), Outcome.RIGHT),
        (line("book"), sure("person:reception"), Outcome.HANDED),
        (line("book"), unsure("book"), Outcome.HANDED),
        (line("book"), unsure("cancel"), Outcome.HANDED),
        (line("book"), unsure("book", asks=True), Outcome.ASKED),
        (line("person:reception"), unsure("person:reception", asks=True), Outcome.ASKED),
        (line("person:nursing"), sure("person:nursing"), Outcome.RIGHT),
        (line("person:nursing"), sure("person:reception"), Outcome.WRONG),
        (line("person:reception"), unsure("book"), Outcome.RIGHT),
        (line("person:nursing"), unsure("person:nursing"), Outcome.RIGHT),
        (line("person:nursing"), unsure("book"), Outcome.HANDED),
    ],
)
def test_a_decision_is_judged_by_what_it_comes_to(wanted: Labelled, made: Decision, comes_to: Outcome) -> None:
    assert outcome(wanted, made) is comes_to


def test_the_four_shares_add_up_to_one() -> None:
    decisions = iter((sure("book"), sure("cancel"), unsure("book"), unsure("book", asks=True)))

    measured = figures(evaluate([line("book")] * 4, lambda _: next(decisions)))

    assert measured.shares == {outcome: 0.25 for outcome in Outcome}


def test_macro_f1_is_the_mean_over_the_wanted_routes() -> None:
    judged = [
        Judged(line("book"), sure("book")),
        Judged(line("book"), sure("cancel")),
        Judged(line("cancel"), sure("cancel")),
    ]

    assert macro_f1(judged) == pytest.approx((2 / 3 + 2 / 3) / 2)


def test_confusions_are_counted_with_the_commonest_first() -> None:
    made = ("cancel", "cancel", "unclear", "book")
    judged = [Judged(line("book"), sure(route)) for route in made]

    assert figures(judged).confusions == (("book", "cancel", 2), ("book", "unclear", 1))


def test_a_price_that_is_not_known_is_not_zero() -> None:
    usage = Usage("a-model", 100, 10, 0.5, None)

    measured = figures([Judged(line("book"), Decision("book", True, "a-model", usage=usage))])

    assert measured.cost is None
    assert "not known" in table(measured)


# ------------------------------------------------------------------------------------------------------------ the command


@pytest.fixture(scope="module")
def own_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the project's evaluation set as one file."""
    file = tmp_path_factory.mktemp("set") / "all.tsv"
    file.write_text("".join(part.read_text("utf-8") for part in sorted(SET.glob("*.tsv"))), "utf-8")
    return file


def test_the_project_s_own_set_is_matched_well_enough(own_set: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "--json", str(own_set)]) == 0

    told = json.loads(capsys.readouterr().out)
    assert told["count"] >= 990
    assert told["right"] >= 0.75
    assert told["right"] + told["handed"] >= 0.90
    assert told["wrong_and_confident"] <= 0.02
    assert told["right"] + told["handed"] + told["asked"] + told["wrong_and_confident"] == pytest.approx(1)
    assert told["macro_f1"] >= 0.85


def test_rules_are_heard_before_the_classifier(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "rules.tsv"
    file.write_text(
        "it\temergency\tho un forte dolore al petto e non respiro\n"
        "it\tperson:billing\tmi passi l'amministrazione\n"
        "it\tstop\tSTOP\n"
        "it\tinfo\torari\n",
        "utf-8",
    )

    assert main(["evaluate", "--json", str(file)]) == 0

    told = json.loads(capsys.readouterr().out)
    assert told["decided_by"] == {"always": 1, "keyword": 1, "safety": 1, "wish": 1}
    assert told["right"] == 1


def test_the_page_and_the_sentences_that_were_not_right_are_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "one.tsv"
    file.write_text("it\tfaq\tvorrei disdire la visita di domani\n", "utf-8")

    assert main(["evaluate", "--wrong", str(file)]) == 0

    told = capsys.readouterr().out
    assert "wrong and confident  100.0%" in told
    assert told.splitlines()[-1] == (
        "wrong_and_confident\tfaq\tcancel\toffline\tit\tvorrei disdire la visita di domani"
    )


def test_a_faulty_file_is_refused_with_every_faulty_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "faulty.tsv"
    file.write_text("it book vorrei\nit\tnowhere\tciao\n", "utf-8")

    assert main(["evaluate", str(file)]) == 2

    told = capsys.readouterr()
    assert told.out == ""
    assert [fault.removeprefix(f"{file}: ").split(":")[0] for fault in told.err.splitlines()] == ["line 1", "line 2"]


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_is_refused(
    content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "unreadable.tsv"
    if content is not None:
        file.write_bytes(content)

    assert main(["evaluate", str(file)]) == 2

    assert capsys.readouterr().err.startswith(f"{file}: cannot be read")


def test_without_a_key_no_model_is_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "one.tsv"
    file.write_text("it\tbook\tvorrei prenotare\n", "utf-8")
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)

    assert main(["evaluate", "--classifier", "anthropic", str(file)]) == 2

    assert "ANTHROPIC_API_KEY is not set" in capsys.readouterr().err
