"""A person who takes over is alone: no word of the flows after the claim, theirs after what was being said."""

from __future__ import annotations

import random
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import delete, select

from bot.classifying import Minds
from bot.model import Author, Message, Owner, RowState
from bot.ports import CallDraft, Draft, Remedy, SendError, Wording
from bot.safety import Screened
from bot.store import tables
from llm.verdict import Question, Verdict
from menus.model import Prompt
from tests.conftest import MakeDesk, counts
from tests.desks import ANNA, NUMBER, DeskInProcess, Patient, minutes

o = tables.outbox.c
SAID = (RowState.CLAIMED, RowState.SENT)
MENU = Wording((Prompt("desk/unmatched"),))


def conversation_id(desk: DeskInProcess) -> UUID:
    (conversation,) = desk.rows(tables.conversation)
    found: UUID = conversation.id
    return found


def let_flows_speak(desk: DeskInProcess, conversation: UUID, wamid: str) -> UUID:
    """Give the conversation back to the flows, with two rows of theirs waiting and words that await a verdict: return the call."""
    with desk.built.lanes.lane_of(conversation) as lane:
        lane.save(replace(lane.chat, owner=Owner.BOT, epoch=lane.chat.epoch + 1))
        lane.queue([Draft(Author.ENGINE, lane.chat.epoch, MENU)] * 2)
        message = Message(wamid, NUMBER, lane.contact, desk.clock.now(), "text", "vorrei una cosa")
        inbound = lane.record(message, Screened(message.words))
        assert inbound is not None
        chat = replace(lane.chat, awaits=inbound.id)
        lane.save(chat)
        turn, language = chat.standing.turn, chat.standing.language
        return lane.open_call(CallDraft(inbound.id, 0, turn, chat.epoch, "classify", "model", {}, language))


class SureOfBooking:
    """A classifier that never doubts."""

    def classify(self, question: Question, within_s: float) -> Verdict:
        return Verdict("book", sure=True)


def take_over(desk: DeskInProcess, conversation: UUID) -> set[UUID]:
    """Claim as the console does; return the flows' rows that were claimed or sent when it committed."""
    with desk.built.lanes.lane_of(conversation) as lane:
        desk.desk._claim(lane, ANNA)
        rows = select(o.id).where(o.conversation_id == conversation, o.author == Author.ENGINE, o.state.in_(SAID))
        said = set(lane._connection.execute(rows).scalars())
    desk.desk.deliver(conversation)
    return said


def forget(desk: DeskInProcess) -> None:
    """Delete what one race left, so that the thousandth costs what the first did."""
    with desk.built.database.begin() as connection:
        connection.execute(delete(tables.outbox))
        connection.execute(delete(tables.message))
        connection.execute(delete(tables.handoff).where(tables.handoff.c.state == "closed"))


@pytest.mark.heavy
@pytest.mark.timeout(900)
def test_no_word_of_the_flows_leaves_after_the_claim(make_postgres_desk: MakeDesk) -> None:
    desk = make_postgres_desk(minds=Minds(SureOfBooking()))
    desk.patient().writes("ciao")
    conversation, chance = conversation_id(desk), random.Random(3)
    flying, most, lock = [0], [0], threading.Lock()

    def fly() -> None:
        with lock:
            flying[0] += 1
            most[0] = max(most[0], flying[0])
        threading.Event().wait(chance.random() * 0.002)
        with lock:
            flying[0] -= 1

    leaked: set[UUID] = set()
    verdicts: list[str] = []
    with ThreadPoolExecutor(5) as threads:
        for race in range(counts(10_000)):
            desk.clock.move(minutes(1))
            desk.whatsapp.answers = [fly] * 9
            call = let_flows_speak(desk, conversation, f"wamid.race{race}")
            sending: list[Future[object]] = [
                threads.submit(desk.desk.deliver, conversation),
                threads.submit(desk.desk.classify, call),
                *([threads.submit(desk.desk.finish_due, lambda place: True)] if race % 4 == 0 else ()),
            ]
            threading.Event().wait(chance.random() * 0.008)
            allowed = threads.submit(take_over, desk, conversation).result()
            for one in sending:
                one.result()
            leaked |= sent_by_flows(desk, conversation) - allowed
            verdicts += [row.state for row in desk.rows(tables.call)] if race % 10 == 0 else []
            forget(desk)

    assert leaked == set()
    assert {"done", "dropped"} <= set(verdicts)  # some came before the claim, some after it
    assert most == [1]  # staff's first words waited for what was being said


def sent_by_flows(desk: DeskInProcess, conversation: UUID) -> set[UUID]:
    rows = select(o.id).where(o.conversation_id == conversation, o.author == Author.ENGINE, o.state.in_(SAID))
    with desk.built.database.begin() as connection:
        return set(connection.execute(rows).scalars())


def test_staffs_first_words_wait_until_a_claimed_row_settles(desk: DeskInProcess, patient: Patient) -> None:
    desk.whatsapp.answers = [SendError(Remedy.RETRY, 0, unknown=True)]
    patient.writes("ciao")
    desk.desk.say(conversation_id(desk), ANNA, "Eccomi")
    waiting = (patient.reads_all(), desk.states())
    desk.beat_for_long()
    desk.age(tables.outbox.c.leased_until)

    for _ in range(2):
        desk.desk.finish_due(lambda place: True)

    assert waiting == ([], ["claimed", "waiting", "waiting"])
    assert desk.states() == ["withdrawn", "sent", "sent"]
    assert [sent.body[:12] for sent in patient.reads_all()] == ["Da questo mo", "Eccomi"]


def test_what_the_flows_would_have_said_is_withdrawn_by_name(desk: DeskInProcess, patient: Patient) -> None:
    desk.whatsapp.answers = [SendError(Remedy.WAIT, 131056, wait_s=6.0)]
    patient.writes("ciao")

    desk.desk.claim(conversation_id(desk), ANNA)

    assert [(row.state, row.why) for row in desk.rows(tables.outbox)] == [
        ("withdrawn", "staff_has_the_chat"),
        ("sent", None),
    ]


def test_replying_is_claiming(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")
    patient.reads()

    desk.desk.say(conversation_id(desk), ANNA, "Buongiorno")

    (conversation,), (entry,) = desk.rows(tables.conversation), desk.built.lanes.queue_entries()
    assert (conversation.owner, conversation.epoch) == ("staff", 1)
    assert (entry.state, entry.claimed_by, entry.reason) == ("claimed", "anna", "taken")
    assert [sent.body[:10] for sent in patient.reads_all()] == ["Da questo ", "Buongiorno"]


def test_the_epoch_grows_with_each_change_of_owner(desk: DeskInProcess, patient: Patient) -> None:
    epochs = []
    patient.taps("person/which/reception")
    for step in (
        lambda: patient.writes("vorrei parlare con l'accettazione"),
        lambda: patient.taps("person/which/reception"),
        lambda: desk.desk.claim(conversation_id(desk), ANNA),
        lambda: desk.desk.close(conversation_id(desk)),
    ):
        step()
        (conversation,) = desk.rows(tables.conversation)
        epochs.append((conversation.owner, conversation.epoch))

    assert [epoch for _, epoch in epochs] == sorted(epoch for _, epoch in epochs)
    assert epochs[-3:] == [("queued", 1), ("staff", 2), ("bot", 3)]


def test_closing_what_nobody_waits_for_is_refused_and_says_nothing(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")
    patient.reads()

    assert not desk.desk.close(conversation_id(desk))
    assert patient.reads_all() == []


# ------------------------------------------------------------------------------------------------------------- in the queue


@pytest.fixture
def waiting(desk: DeskInProcess, patient: Patient) -> Patient:
    """A patient who has asked for the reception and is told that a person will answer."""
    patient.writes("vorrei parlare con una persona")
    patient.taps("person/which/reception")
    patient.reads_all()
    return patient


def owner(desk: DeskInProcess) -> str:
    (conversation,) = desk.rows(tables.conversation)
    return str(conversation.owner)


def test_the_queue_is_left_with_menu(desk: DeskInProcess, waiting: Patient) -> None:
    waiting.writes("Menù")

    assert "non è più in attesa" in waiting.reads().body
    assert (owner(desk), desk.built.lanes.queue_entries()) == ("bot", ())


def test_a_wait_is_acknowledged_once(desk: DeskInProcess, waiting: Patient) -> None:
    for option in ("person/known/known", "person/subject/skip"):
        waiting.taps(option)
    waiting.reads_all()

    for words in ("è urgente?", "ci siete?", "pronto?"):
        waiting.writes(words)

    assert "Ho aggiunto il Suo messaggio" in waiting.reads().body
    assert desk.outcomes()[-3:] == [("handed", "in_queue")] * 3


def test_a_second_wait_has_its_own_acknowledgement(desk: DeskInProcess, waiting: Patient) -> None:
    for words in ("person/known/known", "person/subject/skip"):
        waiting.taps(words)
    waiting.writes("ci siete?")
    waiting.writes("menu")
    desk.clock.move(minutes(1))
    waiting.writes("vorrei parlare con una persona")
    for option in ("person/which/reception", "person/known/known", "person/subject/skip"):
        waiting.taps(option)
    waiting.reads_all()

    waiting.writes("ci siete?")

    assert "Ho aggiunto il Suo messaggio" in waiting.reads().body


def test_the_questions_of_the_queue_are_asked_while_waiting(desk: DeskInProcess, waiting: Patient) -> None:
    waiting.taps("person/known/new")
    asked = waiting.reads().taps

    waiting.writes("una ricetta da rinnovare")

    assert asked == ("person/subject/skip",)
    assert len(waiting.reads_all()) == 1
    assert owner(desk) == "queued"
    assert desk.outcomes()[-2:] == [("handed", "in_queue")] * 2


def test_the_language_can_be_changed_while_waiting(desk: DeskInProcess, waiting: Patient) -> None:
    waiting.writes("lingua")
    waiting.taps("language/which/en")

    (conversation,) = desk.rows(tables.conversation)
    assert (conversation.language, conversation.owner) == ("en", "queued")
    assert len(desk.built.lanes.queue_entries()) == 1


def test_stop_works_while_waiting(desk: DeskInProcess, waiting: Patient) -> None:
    waiting.writes("STOP")

    assert "non Le scriveremo più per primi" in waiting.reads().body
    assert [row.purpose for row in desk.rows(tables.stop)] == ["all"]
    assert owner(desk) == "queued"


def test_an_old_menu_tapped_in_the_queue_starts_no_flow(desk: DeskInProcess, waiting: Patient) -> None:
    waiting.taps("main/menu/info")

    assert "Ho aggiunto il Suo messaggio" in waiting.reads().body
    assert owner(desk) == "queued"


def test_an_emergency_in_the_queue_comes_first_and_keeps_its_place(desk: DeskInProcess, waiting: Patient) -> None:
    waiting.writes("ho un forte dolore al petto e non respiro")

    (entry,) = desk.built.lanes.queue_entries()
    assert "112" in waiting.reads().body
    assert (entry.reason, entry.priority, entry.state) == ("emergency", 100, "queued")


def test_an_emergency_is_answered_though_staff_has_the_chat(desk: DeskInProcess, waiting: Patient) -> None:
    desk.desk.claim(conversation_id(desk), ANNA)
    waiting.reads_all()

    waiting.writes("ho un forte dolore al petto e non respiro")

    assert "112" in waiting.reads().body
    assert owner(desk) == "staff"
    assert "emergency" in [alarm.cause for alarm in desk.rows(tables.alarm)]
