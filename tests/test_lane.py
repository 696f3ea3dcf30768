"""The lane: one effect per message, one message at a time, in order; what raises leaves nothing of itself."""

from __future__ import annotations

import random
import threading
from datetime import timedelta
from typing import Any

import pytest

from bot.background import Pool
from bot.store import tables
from tests.calling import WORD, Looking, flows
from tests.conftest import MakeDesk, counts
from tests.desks import ANNA, DeskInProcess, Patient, minutes, together
from tests.servers import until

WELCOME = "Le diamo il benvenuto"


class Raises:
    """Raise as often as it is told to, with a patient's word in the message."""

    def __init__(self, times: int) -> None:
        self.left = times

    def __call__(self) -> None:
        if self.left:
            self.left -= 1
            raise ValueError("una parola della paziente")


def in_order(desk: DeskInProcess) -> list[Any]:
    """Return the message each row of the outbox answers, in the order of the rows."""
    return [row.message_id for row in sorted(desk.rows(tables.outbox), key=lambda row: row.position)]


def settle(desk: DeskInProcess) -> None:
    """Let the time pass that the pair limit asks for, and finish what is due."""
    for _ in range(10):
        desk.clock.move(minutes(5))
        if not desk.desk.finish_due(lambda place: True):
            return


# ------------------------------------------------------------------------------------------------------- the savepoint


def test_a_turn_that_raises_leaves_nothing_of_itself(make_desk: MakeDesk) -> None:
    look = Looking("here", meanwhile=Raises(1))
    desk = make_desk(flows(), look.actions)
    desk.pool.held = []

    status = desk.patient().writes(WORD)

    (message,), (conversation,) = desk.rows(tables.message), desk.rows(tables.conversation)
    assert status == 200
    assert (message.outcome, message.attempts, message.decided_at) == ("open", 1, None)
    assert (conversation.greeted_at, conversation.turn, conversation.position, conversation.behind) == (
        None,
        0,
        0,
        True,
    )
    assert desk.rows(tables.outbox) == []


def test_a_message_that_failed_once_is_answered_the_second_time(make_desk: MakeDesk) -> None:
    look = Looking("here", meanwhile=Raises(1))
    desk = make_desk(flows(), look.actions)
    patient = desk.patient()

    patient.writes(WORD)

    assert patient.reads().body.startswith(WELCOME)
    assert desk.outcomes() == [("answered", None)]


def test_a_message_that_fails_three_times_goes_to_a_person(make_desk: MakeDesk) -> None:
    look = Looking("here", meanwhile=Raises(99))
    desk = make_desk(flows(), look.actions)
    patient = desk.patient()

    patient.writes(WORD)

    assert len(look.runs) == 3
    assert "Ho passato la Sua richiesta a una persona" in patient.reads().body
    assert desk.outcomes() == [("handed", "failed")]
    assert [row.cause for row in desk.rows(tables.alarm)] == ["message_failed"]


def test_messages_behind_one_that_fails_are_still_worked_on_in_order(make_desk: MakeDesk) -> None:
    look = Looking("here", meanwhile=Raises(99))
    desk = make_desk(flows(), look.actions)
    patient = desk.patient()
    patient.writes("ciao")
    patient.reads()
    desk.pool.held = []
    for words in (WORD, "menu", "lingua", "qwertz"):
        patient.writes(words)

    held, desk.pool.held = desk.pool.held, None
    desk.pool.submit(tuple(held))

    assert [sent.body[:12] for sent in patient.reads_all()] == [
        "Ci scusi: in",  # the one that failed
        "Va bene, non",  # the menu, which leaves the queue
        "In quale lin",
        "Mi scusi, no",
    ]
    assert [outcome for outcome, _ in desk.outcomes()[1:]] == ["handed", "answered", "answered", "answered"]


# --------------------------------------------------------------------------------------------------- one effect, in order


def test_a_duplicate_while_the_first_is_worked_on_has_no_effect(make_postgres_desk: MakeDesk) -> None:
    entered, go = threading.Event(), threading.Event()

    def wait() -> None:
        entered.set()
        assert go.wait(10)

    look = Looking("here", meanwhile=wait)
    desk = make_postgres_desk(flows(), look.actions)
    patient = desk.patient()
    body = patient.body(patient.message(type="text", text={"body": WORD}))
    statuses: list[int] = []
    posts = [threading.Thread(target=lambda: statuses.append(desk.post(body))) for _ in range(2)]

    posts[0].start()
    assert entered.wait(10)
    posts[1].start()
    go.set()
    for post in posts:
        post.join()

    assert statuses == [200, 200]
    assert len(look.runs) == 1
    assert len(patient.reads_all()) == 1


def test_fifty_first_messages_at_once_are_one_contact_and_all_answered_in_order(make_desk: MakeDesk) -> None:
    desk = make_desk()
    patient = desk.patient()

    statuses = together(50, lambda _: patient.writes("ciao"))
    settle(desk)

    arrived = [row.id for row in sorted(desk.rows(tables.message), key=lambda row: row.id)]
    assert statuses == [200] * 50
    assert (len(desk.rows(tables.contact)), len(desk.rows(tables.conversation))) == (1, 1)
    assert in_order(desk) == arrived
    assert desk.outcomes() == [("answered", None)] * 50
    bodies = [sent.body for sent in patient.reads_all()]
    assert [body.startswith(WELCOME) for body in bodies] == [True] + [False] * 49


def test_a_contact_waits_for_no_other(make_postgres_desk: MakeDesk) -> None:
    entered, go = threading.Event(), threading.Event()

    def wait() -> None:
        entered.set()
        assert go.wait(10)

    desk = make_postgres_desk(flows(), Looking("here", meanwhile=wait).actions)
    slow = threading.Thread(target=desk.patient("393330000001").writes, args=(WORD,))
    slow.start()
    assert entered.wait(10)

    other = desk.patient("393330000002")
    other.writes("ciao")

    assert len(other.reads_all()) == 1
    assert slow.is_alive()
    go.set()
    slow.join()


# ----------------------------------------------------------------------------------------------------------- whole batches


def batch(desk: DeskInProcess, people: int, each: int) -> tuple[list[Patient], dict[str, Any]]:
    """Return people and one body with their messages, shuffled, each person's a second apart."""
    patients = [desk.patient(f"39333{number:07}") for number in range(people)]
    now = int(desk.clock.now().timestamp()) - each
    changes = []
    for patient in patients:
        for second in range(each):
            message = patient.message(type="text", text={"body": "ciao"}, timestamp=str(now + second))
            changes.append(patient.body(message)["entry"][0]["changes"][0])
    random.Random(7).shuffle(changes)
    return patients, {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": changes}]}


def test_a_batch_of_more_than_twenty_is_answered_in_the_order_of_each_persons_time(desk: DeskInProcess) -> None:
    patients, body = batch(desk, people=6, each=5)

    status = desk.post(body)

    sent_at = {row.id: row.sent_at for row in desk.rows(tables.message)}
    conversations = {row.conversation_id for row in desk.rows(tables.outbox)}
    answered = [
        [sent_at[row.message_id] for row in desk.rows(tables.outbox) if row.conversation_id == one]
        for one in conversations
    ]
    assert status == 200
    assert [len(patient.reads_all()) for patient in patients] == [5] * 6
    assert all(times == sorted(times) and len(times) == 5 for times in answered)
    assert desk.outcomes() == [("answered", None)] * 30


def test_a_batch_is_recorded_before_the_answer_and_worked_on_after_it(desk: DeskInProcess) -> None:
    desk.pool.held = []
    _, body = batch(desk, people=7, each=3)

    desk.post(body)

    assert desk.outcomes() == [("open", None)] * 21
    assert desk.rows(tables.outbox) == []
    assert {chore.kind for chore in desk.pool.held} == {"catch_up"}


def test_a_batch_nobody_worked_on_is_found_by_the_sweep(desk: DeskInProcess) -> None:
    desk.pool.held = []
    patients, body = batch(desk, people=7, each=3)
    desk.post(body)

    desk.desk.finish_behind()

    assert [len(patient.reads_all()) for patient in patients] == [3] * 7


@pytest.mark.heavy
def test_a_thousand_updates_of_many_people_are_all_answered(make_postgres_desk: MakeDesk) -> None:
    desk = make_postgres_desk()
    people = counts(1_000) // 4
    patients, body = batch(desk, people, each=4)
    pool = Pool(desk.desk)
    desk.pool.submit = pool.submit  # type: ignore[method-assign]

    statuses = [desk.post(body), desk.post(body)]
    pool.drain()

    assert statuses == [200, 200]
    assert [len(patient.reads_all()) for patient in patients] == [4] * people
    assert desk.outcomes() == [("answered", None)] * (people * 4)


def test_people_of_one_batch_do_not_wait_for_the_first_of_them(make_postgres_desk: MakeDesk) -> None:
    desk = make_postgres_desk()
    patients, body = batch(desk, people=21, each=1)
    go = threading.Event()
    desk.whatsapp.answers = [lambda: None if go.wait(20) else None]  # whoever comes first is answered last
    pool = Pool(desk.desk)
    desk.pool.submit = pool.submit  # type: ignore[method-assign]

    desk.post(body)

    most = until(lambda: len(desk.whatsapp.sent) >= 14, 10)
    go.set()
    pool.drain()
    assert most
    assert [len(patient.reads_all()) for patient in patients] == [1] * 21


# ---------------------------------------------------------------------------------------------------------- kinds of message


def test_the_same_tap_twice_within_ten_seconds_is_ignored(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")
    patient.taps("main/menu/info")
    desk.clock.move(timedelta(seconds=9))
    patient.taps("main/menu/info")
    desk.clock.move(timedelta(seconds=10))
    patient.taps("main/menu/info")

    assert desk.outcomes()[1:] == [("answered", None), ("ignored", "double_tap"), ("answered", None)]


def test_another_tap_between_makes_it_no_double_tap(desk: DeskInProcess, patient: Patient) -> None:
    for option in ("main/menu/info", "main/menu/language", "main/menu/info"):
        patient.taps(option)

    assert desk.outcomes() == [("answered", None)] * 3


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ({"type": "reaction", "reaction": {"message_id": "wamid.out0", "emoji": "\U0001f44d"}}, "reaction"),
        ({"type": "edit", "edit": {"original_message_id": "wamid.x", "message": {"type": "text"}}}, "edited"),
        ({"type": "revoke", "revoke": {"original_message_id": "wamid.x"}}, "revoked"),
    ],
)
def test_what_needs_no_answer_is_ignored_by_name(
    desk: DeskInProcess, patient: Patient, content: dict[str, Any], reason: str
) -> None:
    patient.sends(**content)

    assert patient.reads_all() == []
    assert desk.outcomes() == [("ignored", reason)]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({"type": "audio", "audio": {"id": "1", "mime_type": "audio/ogg", "voice": True}}, "non posso ascoltarlo"),
        ({"type": "image", "image": {"id": "1", "mime_type": "image/jpeg"}}, "non posso aprirlo"),
        ({"type": "image", "image": {"id": "1", "mime_type": "image/jpeg", "caption": "ecco"}}, "non posso aprirlo"),
        ({"type": "sticker", "sticker": {"id": "1", "mime_type": "image/webp"}}, "non riesco a leggerlo"),
        ({"type": "location", "location": {"latitude": 44.5, "longitude": 11.3}}, "non riesco a leggerlo"),
        ({"type": "contacts", "contacts": [{"name": {"formatted_name": "B"}}]}, "non riesco a leggerlo"),
        ({"type": "unsupported", "errors": [{"code": 131051}]}, "non riesco a leggerlo"),
        ({"type": "hologram", "hologram": {"id": "1"}}, "non riesco a leggerlo"),
        ({"type": "order", "order": {"catalog_id": "1"}}, "non vendiamo nulla"),
    ],
)
def test_what_cannot_be_read_gets_an_authored_answer(
    desk: DeskInProcess, patient: Patient, content: dict[str, Any], says: str
) -> None:
    patient.writes("ciao")
    patient.reads()

    patient.sends(**content)

    assert says in patient.reads().body


def test_a_caption_that_wishes_for_a_person_is_heard(desk: DeskInProcess, patient: Patient) -> None:
    image = {"id": "1", "mime_type": "image/jpeg", "caption": "vorrei parlare con una persona"}

    patient.sends(type="image", image=image)

    assert "Io non posso aprirlo: l'ho passato a una persona" in patient.reads().body
    assert [(entry.team, entry.reason) for entry in desk.built.lanes.queue_entries()] == [("reception", "media")]


def test_a_caption_with_an_emergency_is_heard(desk: DeskInProcess, patient: Patient) -> None:
    image = {"id": "1", "mime_type": "image/jpeg", "caption": "ho un forte dolore al petto e non respiro"}

    patient.sends(type="image", image=image)

    assert "112" in patient.reads().body
    assert desk.outcomes() == [("handed", "emergency")]


def test_the_words_of_a_message_taken_back_are_gone(desk: DeskInProcess, patient: Patient) -> None:
    written = patient.message(type="text", text={"body": "una parola privata"})
    desk.post(patient.body(written))

    patient.sends(type="revoke", revoke={"original_message_id": written["id"]})

    (conversation,) = desk.rows(tables.conversation)
    seals = desk.built.seals
    kept = [seals.open(row.content_sealed, "message", "content_sealed", row.id) for row in desk.rows(tables.message)]
    assert not any("privata" in content for content in kept)
    assert conversation.owner == "bot"


def test_nobody_can_take_back_the_words_of_another(desk: DeskInProcess, patient: Patient) -> None:
    written = patient.message(type="text", text={"body": "una parola privata"})
    desk.post(patient.body(written))

    desk.patient("393330000099").sends(type="revoke", revoke={"original_message_id": written["id"]})

    seals = desk.built.seals
    kept = [seals.open(row.content_sealed, "message", "content_sealed", row.id) for row in desk.rows(tables.message)]
    assert sum("privata" in content for content in kept) == 1


def test_a_message_to_a_number_of_somebody_else_is_only_noted(desk: DeskInProcess, patient: Patient) -> None:
    body = patient.body(patient.message(type="text", text={"body": "ciao"}))
    body["entry"][0]["changes"][0]["value"]["metadata"]["phone_number_id"] = "999"

    status = desk.post(body)

    assert status == 200
    assert desk.rows(tables.message) == []
    assert [(row.cause, row.subject) for row in desk.rows(tables.alarm)] == [("foreign_number", "999")]


def test_staff_has_the_words_that_come_after_the_claim(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")
    (conversation,) = desk.rows(tables.conversation)
    desk.desk.claim(conversation.id, ANNA)

    patient.sends(type="audio", audio={"id": "1", "mime_type": "audio/ogg", "voice": True})

    assert desk.outcomes()[-1] == ("handed", "with_staff")
