"""Danger is heard in every language, in every kind of message, whoever holds the conversation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from bot.model import Owner
from bot.store import tables
from tests.desks import ANNA, DeskInProcess, Patient

HELPLINE = "02 2327 2327"
LANGUAGES = ("it", "en", "es")
OWNERS = (Owner.BOT, Owner.QUEUED, Owner.STAFF)
DANGER = {
    "it": "mia madre è caduta e non risponde",
    "en": "mum fell and isn't answering me, she's gone all blue",
    "es": "mi madre se ha caído y no despierta",
}
DESPAIR = {
    "it": "non ce la faccio più, voglio finirla",
    "en": "I can't do this any more, I want it over",
    "es": "no puedo más, quiero que se acabe",
}
WEAK = {
    "it": "mio padre ha avuto un infarto nel 2015",
    "en": "my dad had a heart attack in 2015",
    "es": "mi padre tuvo un infarto en 2015",
}
SOFT_LINE = {
    "it": "chiami subito il 112",
    "en": "call 112 now",
    "es": "llame enseguida al 112",
}
HOURS = {
    "it": "tutti i giorni, ore 9-24",
    "en": "every day, 9-24",
    "es": "todos los días, 9-24",
}
KINDS: dict[str, Callable[[str], dict[str, Any]]] = {
    "text": lambda words: {"type": "text", "text": {"body": words}},
    "caption of a picture": lambda words: {
        "type": "image",
        "image": {"id": "1", "mime_type": "image/jpeg", "caption": words},
    },
    "caption of a video": lambda words: {
        "type": "video",
        "video": {"id": "1", "mime_type": "video/mp4", "caption": words},
    },
    "caption of a document": lambda words: {
        "type": "document",
        "document": {"id": "1", "mime_type": "application/pdf", "caption": words, "filename": "a.pdf"},
    },
    "title of a row": lambda words: {
        "type": "interactive",
        "interactive": {"type": "list_reply", "list_reply": {"id": "main/menu/info", "title": words}},
    },
    "title of a button": lambda words: {
        "type": "interactive",
        "interactive": {"type": "button_reply", "button_reply": {"id": "main/menu/info", "title": words}},
    },
    "text of a template's button": lambda words: {
        "type": "button",
        "button": {"payload": "main/menu/info", "text": words},
    },
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What one message brought: its words, whether anything can be tapped, what was rung for, and who holds the chat now."""

    body: str
    taps: tuple[str, ...]
    alarms: tuple[str, ...]
    owner: str


def answer_to(desk: DeskInProcess, language: str, owner: Owner, **content: Any) -> Answer:
    """Bring a new conversation into a language and into somebody's hands; send a message and return what it brought."""
    known = {row.id for row in desk.rows(tables.conversation)}
    rung = len(desk.rows(tables.alarm))
    patient = desk.patient(f"39333{len(known):07}")
    patient.writes("lingua")
    patient.taps(f"language/which/{language}")
    if owner is not Owner.BOT:
        patient.writes("voglio parlare con una persona")
    (conversation,) = {row.id for row in desk.rows(tables.conversation)} - known
    if owner is Owner.STAFF:
        desk.desk.claim(conversation, ANNA)
    patient.reads_all()
    patient.sends(**content)
    said = patient.reads_all()
    (held,) = [row.owner for row in desk.rows(tables.conversation) if row.id == conversation]
    causes = tuple(row.cause for row in desk.rows(tables.alarm)[rung:])
    return Answer(
        "\n".join(sent.body for sent in said), tuple(tap for sent in said for tap in sent.taps), causes, str(held)
    )


EVERYWHERE = [(language, owner) for language in LANGUAGES for owner in OWNERS]


def test_danger_gets_the_number_and_no_menu_whoever_holds_the_chat(desk: DeskInProcess) -> None:
    answers = [answer_to(desk, language, owner, **KINDS["text"](DANGER[language])) for language, owner in EVERYWHERE]

    assert [SOFT_LINE[language] in answer.body for (language, _), answer in zip(EVERYWHERE, answers, strict=True)] == [
        True
    ] * len(EVERYWHERE)
    assert {(answer.taps, answer.alarms, HELPLINE in answer.body) for answer in answers} == {
        ((), ("emergency",), False)
    }


def test_despair_gets_its_own_words_with_the_helpline_and_its_hours(desk: DeskInProcess) -> None:
    answers = [answer_to(desk, language, owner, **KINDS["text"](DESPAIR[language])) for language, owner in EVERYWHERE]

    assert [HOURS[language] in answer.body for (language, _), answer in zip(EVERYWHERE, answers, strict=True)] == [
        True
    ] * len(EVERYWHERE)
    assert {(answer.taps, answer.alarms) for answer in answers} == {((), ("distress",))}
    assert all(answer.body.index("112") < answer.body.index(HELPLINE) for answer in answers)


@pytest.mark.parametrize("kind", KINDS)
def test_danger_is_heard_in_every_kind_of_message(desk: DeskInProcess, kind: str) -> None:
    answers = [answer_to(desk, "es", owner, **KINDS[kind](DANGER["es"])) for owner in OWNERS]

    assert [("Si usted o alguien cerca de usted" in answer.body, answer.taps) for answer in answers] == [(True, ())] * 3


def test_a_person_who_has_the_chat_keeps_it_and_everybody_else_waits_for_one(desk: DeskInProcess) -> None:
    answers = [answer_to(desk, "it", owner, **KINDS["text"](DANGER["it"])) for owner in OWNERS]

    assert [answer.owner for answer in answers] == [Owner.QUEUED, Owner.QUEUED, Owner.STAFF]
    assert {entry.priority for entry in desk.built.lanes.queue_entries() if entry.reason == "emergency"} == {100}


def test_a_weak_sign_gets_one_soft_line_and_no_alarm(desk: DeskInProcess) -> None:
    answers = [answer_to(desk, language, owner, **KINDS["text"](WEAK[language])) for language, owner in EVERYWHERE]

    assert [
        answer.body.count(SOFT_LINE[language]) for (language, _), answer in zip(EVERYWHERE, answers, strict=True)
    ] == [1] * len(EVERYWHERE)
    assert {answer.alarms for answer in answers} == {()}


def test_every_message_of_despair_is_answered_again(desk: DeskInProcess, patient: Patient) -> None:
    for words in (DESPAIR["it"], "voglio morire", DESPAIR["it"]):
        patient.writes(words)

    assert [HELPLINE in sent.body for sent in patient.reads_all()] == [True, True, True]


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        ("mi duele mucho el pecho y me falta el aire", "*Si usted o alguien"),
        ("I have a terrible pain in my chest and cannot breathe", "*If you or someone"),
        ("ho un forte dolore al petto e mi manca il respiro", "*Se Lei o qualcuno"),
        ("overdose", "*Se Lei o qualcuno"),  # of any language: the clinic's own
    ],
)
def test_somebody_whose_first_words_tell_of_danger_is_answered_in_their_language(
    patient: Patient, words: str, begins: str
) -> None:
    patient.writes(words)

    assert patient.reads().body.startswith(begins)


def test_whoever_has_chosen_a_language_reads_of_danger_in_that(patient: Patient) -> None:
    patient.writes("hello")
    patient.reads_all()

    patient.writes("mi duele mucho el pecho y me falta el aire")

    assert patient.reads().body.startswith("*If you or someone")
