"""One message's way through the whole desk, on both databases: who answers, what becomes of it, who is silent."""

from __future__ import annotations

from bot.store import tables
from tests.desks import ANNA, DeskInProcess, Patient, minutes


def test_a_greeting_is_answered_with_the_welcome_and_the_main_menu(desk: DeskInProcess, patient: Patient) -> None:
    status = patient.writes("ciao")

    read = patient.reads()
    assert status == 200
    assert "programma, non una persona" in read.body
    rows = ("book", "appointments", "info", "insurance", "documents", "results", "nursing", "person", "tips", "other")
    assert read.taps == tuple(f"main/menu/{row}" for row in rows)
    assert desk.outcomes() == [("answered", None)]


def test_the_same_webhook_five_times_has_one_effect(desk: DeskInProcess, patient: Patient) -> None:
    body = patient.body(patient.message(type="text", text={"body": "ciao"}))

    statuses = [desk.post(body) for _ in range(5)]

    assert statuses == [200] * 5
    assert len(patient.reads_all()) == 1
    assert len(desk.rows(tables.message)) == 1


def test_the_welcome_is_said_once_and_again_after_a_month(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")
    patient.writes("menu")
    desk.clock.move(minutes(31 * 24 * 60))
    patient.writes("menu")

    welcomed = ["programma, non una persona" in sent.body for sent in patient.reads_all()]
    assert welcomed == [True, False, True]


def test_words_no_menu_knows_bring_a_person_the_third_time(desk: DeskInProcess, patient: Patient) -> None:
    for words in ("qwertz", "asdfgh", "yxcvbn"):
        patient.writes(words)

    assert [outcome for outcome, _ in desk.outcomes()] == ["answered", "answered", "handed"]
    (entry,) = desk.built.lanes.queue_entries()
    assert (entry.team, entry.reason, entry.state) == ("reception", "unclear", "queued")


def test_an_emergency_gets_the_fixed_text_and_nothing_else(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")
    patient.reads()

    patient.writes("ho un forte dolore al petto e non respiro")

    read = patient.reads()
    assert "112" in read.body
    assert read.taps == ()
    (entry,) = desk.built.lanes.queue_entries()
    assert (entry.reason, entry.priority) == ("emergency", 100)
    assert [row.cause for row in desk.rows(tables.alarm)] == ["emergency"]


def test_while_a_person_has_the_chat_the_desk_is_silent(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("vorrei parlare con una persona")
    (conversation,) = desk.rows(tables.conversation)
    desk.desk.claim(conversation.id, ANNA)
    patient.reads_all()

    patient.writes("ciao")
    patient.taps("main/menu/info")

    assert patient.reads_all() == []
    assert desk.outcomes()[-2:] == [("handed", "with_staff")] * 2


def test_the_first_name_of_who_took_over_is_said(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("vorrei parlare con una persona")
    (conversation,) = desk.rows(tables.conversation)
    patient.reads_all()

    desk.desk.say(conversation.id, ANNA, "Buongiorno, mi dica.")

    taken_over, typed = patient.reads_all()
    assert "Anna" in taken_over.body
    assert typed.body == "Buongiorno, mi dica."


def test_after_the_handoff_is_closed_the_assistant_says_that_it_is_back(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("vorrei parlare con una persona")
    (conversation,) = desk.rows(tables.conversation)
    desk.desk.claim(conversation.id, ANNA)
    patient.reads_all()

    assert desk.desk.close(conversation.id)

    read = patient.reads()
    assert "assistente automatico" in read.body
    assert read.taps[0] == "main/menu/book"
    assert desk.built.lanes.queue_entries() == ()


def test_an_unsigned_post_is_refused_and_nothing_is_stored(desk: DeskInProcess, patient: Patient) -> None:
    body = patient.body(patient.message(type="text", text={"body": "ciao"}))

    status = desk.post(body, secret="not the app's secret")

    assert status == 403
    assert desk.rows(tables.message) == []
