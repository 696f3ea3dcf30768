"""Words that are no tap: they find their menu or a person, once, in time, and nobody reads a word that was not authored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import pytest

from bot.classifying import Minds
from bot.store import tables
from llm.verdict import Question, Tone, Unclassified, Usage, Verdict
from tests.conftest import MakeDesk
from tests.desks import ANNA, DeskInProcess, Patient, minutes

UNSURE = Verdict("unclear", sure=False)
WORDS = "vorrei fissare un controllo dall'oculista"


@dataclass
class Scripted:
    """A classifier that answers what a test tells it; `meanwhile` happens while it thinks."""

    answers: list[Verdict | Unclassified] = field(default_factory=list)
    meanwhile: list[Callable[[], object]] = field(default_factory=list)
    asked: list[Question] = field(default_factory=list)
    within: list[float] = field(default_factory=list)

    def classify(self, question: Question, within_s: float) -> Verdict:
        self.asked.append(question)
        self.within.append(within_s)
        if self.meanwhile:
            self.meanwhile.pop(0)()
        answer = self.answers.pop(0) if self.answers else UNSURE
        if isinstance(answer, Unclassified):
            raise answer
        return answer


def sure(route: str, **more: object) -> Verdict:
    """A verdict nobody doubts."""
    return Verdict(route, sure=True, **more)  # type: ignore[arg-type]


@pytest.fixture
def matcher() -> Scripted:
    """Who matches words with examples where no model is asked."""
    return Scripted()


@pytest.fixture
def desk(make_desk: MakeDesk, matcher: Scripted) -> DeskInProcess:
    """A desk with no model: words are matched at once."""
    return make_desk(minds=Minds(matcher))


@pytest.fixture
def patient(desk: DeskInProcess) -> Patient:
    """Somebody who has been greeted."""
    someone = desk.patient()
    someone.writes("ciao")
    someone.reads_all()
    return someone


def records(desk: DeskInProcess) -> list[tuple[str, str | None, bool | None, str | None]]:
    return [(row.by, row.route, row.sure, row.why) for row in desk.rows(tables.classification)]


# ------------------------------------------------------------------------------------------------------- what it comes to


def test_words_that_are_sure_start_their_flow(desk: DeskInProcess, patient: Patient, matcher: Scripted) -> None:
    matcher.answers = [sure("book")]

    patient.writes(WORDS)

    assert patient.reads().taps == ("book/by_people/person", "book/by_people/menu")
    assert desk.outcomes()[-1] == ("answered", None)
    assert records(desk) == [("offline", "book", True, None)]


def test_an_answer_that_is_known_already_is_not_asked_for(
    desk: DeskInProcess, patient: Patient, matcher: Scripted
) -> None:
    matcher.answers = [sure("info", answers={"place": "fiera"})]

    patient.writes("vorrei sapere quando aprite alla Fiera")

    assert "Sede Fiera" in patient.reads().body
