"""The watcher: nobody waits longer than six seconds, whatever is slow, broken or lost; and every message is accounted for."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from bot.alarm import Teller
from bot.background import Background, Pool
from bot.desk import Chore
from bot.model import Author, Outcome
from bot.ports import Draft, Remedy, SendError, Typed
from bot.store import tables
from tests.calling import WORD, Looking, flows
from tests.conftest import MakeDesk, counts
from tests.desks import ANNA, DeskInProcess, Patient, minutes, together
from tests.servers import until

UNKNOWN = SendError(Remedy.RETRY, 0, unknown=True)
SORRY = "Ho passato la Sua richiesta a una persona"


def background(desk: DeskInProcess, kind: str = "web") -> Background:
    return Background(desk.desk, desk.built.watch, desk.built.records, Teller(None, "https://desk.example.org"), kind)


def overdue(desk: DeskInProcess) -> None:
    desk.age(tables.message.c.answer_by)


def pick_up(desk: DeskInProcess) -> None:
    """Finish what a process left lying that ended while it was sending."""
    desk.age(tables.outbox.c.leased_until)
    desk.beat_for_long()
    for _ in range(3):
        desk.desk.finish_due(lambda place: True)


def test_a_pool_whose_threads_are_gone_takes_nothing_and_keeps_its_room(desk: DeskInProcess) -> None:
    pool = Pool(desk.desk, threads=1, room=1)
    pool._threads.shutdown()  # as drain() does, between our look and our offer

    taken = [pool.offer((Chore("deliver", uuid4()),)) for _ in range(2)]

    assert (taken, pool._room.acquire(blocking=False)) == ([False, False], True)


def test_a_conversation_with_many_rows_hides_no_other(desk: DeskInProcess) -> None:
    for number, rows in ((1, 120), (2, 1)):
        desk.patient(f"39333{number:07}").writes("ciao")
        newest = max(row.id for row in desk.rows(tables.conversation))
        with desk.built.lanes.lane_of(newest) as lane:
            lane.queue([Draft(Author.STAFF, lane.chat.epoch, Typed("Mi dica."))] * rows)
        desk.clock.move(timedelta(seconds=1))

    due = desk.built.watch.due().deliver

    assert set(due) == {row.id for row in desk.rows(tables.conversation)}
    assert len(due) == 2


# -------------------------------------------------------------------------------------------------------- what is overdue


def test_a_message_nobody_answered_gets_an_authored_text_and_a_person(desk: DeskInProcess, patient: Patient) -> None:
    desk.pool.held = []
    patient.writes("ciao")  # decided, its row claimed; the process that was to send it is gone
    overdue(desk)

    desk.desk.answer_overdue()
    pick_up(desk)

    assert SORRY in patient.reads().body
    assert desk.outcomes() == [("handed", "overdue")]
    (entry,) = desk.built.lanes.queue_entries()
    assert (entry.team, entry.reason, entry.state) == ("reception", "overdue", "queued")


def test_a_message_is_not_overdue_before_four_seconds(desk: DeskInProcess, patient: Patient) -> None:
    desk.pool.held = []
    patient.writes("ciao")

    assert desk.desk.answer_overdue() == 0
    assert desk.outcomes() == [("open", None)]


def test_an_overdue_message_is_answered_by_one_of_several_watchers(make_postgres_desk: MakeDesk) -> None:
    desk = make_postgres_desk()
    desk.pool.held = []
    patients = [desk.patient(f"39333{number:07}") for number in range(30)]
    for patient in patients:
        patient.sends(type="text", text={"body": "ciao"})
    overdue(desk)

    taken = together(6, lambda _: desk.desk.answer_overdue())
    pick_up(desk)

    assert sum(taken) == 30
    assert [SORRY in patient.reads().body for patient in patients] == [True] * 30


def test_more_than_one_share_of_overdue_messages_is_handed_over_in_one_look(desk: DeskInProcess) -> None:
    desk.pool.held = []
    for number in range(60):
        desk.patient(f"39333{number:07}").writes("ciao")
    overdue(desk)

    background(desk)._look()

    assert Counter(desk.outcomes()) == {("handed", "overdue"): 60}


def test_one_conversation_that_cannot_be_read_keeps_nobody_else_waiting(desk: DeskInProcess) -> None:
    desk.pool.held = []
    broken, other = desk.patient("393330000001"), desk.patient("393330000002")
    broken.writes("ciao")
    (conversation,) = desk.rows(tables.conversation)
    other.writes("ciao")
    with desk.built.database.begin() as connection:
        spoilt = update(tables.conversation).where(tables.conversation.c.id == conversation.id)
        connection.execute(spoilt.values(answers_sealed=b"\x01\x02k1" + b"spoilt" * 9))
    overdue(desk)

    desk.desk.answer_overdue()

    assert desk.outcomes() == [("handed", "overdue"), ("handed", "overdue")]


def test_a_slow_messenger_keeps_nobody_waiting_for_the_watcher(make_postgres_desk: MakeDesk) -> None:
    desk = make_postgres_desk()
    desk.pool.held = []
    patients = [desk.patient(f"39333{number:07}") for number in range(8)]
    for patient in patients:
        patient.writes("ciao")
    desk.age(tables.outbox.c.leased_until)
    desk.beat_for_long()
    overdue(desk)
    go = threading.Event()
    desk.whatsapp.answers = [lambda: None if go.wait(20) else None for _ in range(16)]  # nobody answers at all
    watching = background(desk)

    watching.start()
    handed = until(lambda: Counter(desk.outcomes()) == {("handed", "overdue"): 8}, 6)
    go.set()
    watching.stop()

    assert handed


def test_a_slow_messenger_does_not_stop_the_heart(make_postgres_desk: MakeDesk) -> None:
    desk = make_postgres_desk()
    desk.pool.held = []
    desk.patient().writes("ciao")
    desk.patient("393330000002").writes("ciao")
    desk.age(tables.outbox.c.leased_until)
    desk.beat_for_long()
    with desk.built.database.begin() as connection:
        connection.execute(tables.heartbeat.delete())
    desk.built.watch.beat("web-old", "web")
    desk.age(tables.heartbeat.c.started_at)
    go = threading.Event()
    desk.whatsapp.answers = [lambda: None if go.wait(20) else None]
    watching = background(desk, "worker")

    watching.start()
    first = until(lambda: desk.built.watch.is_alive("worker"), 5)
    with desk.built.database.begin() as connection:
        connection.execute(update(tables.heartbeat).values(beat_at=desk.built.database.time(-30)))
    again = until(lambda: desk.built.watch.is_alive("worker"), 5)
    go.set()
    watching.stop()

    assert (first, again) == (True, True)


def test_a_late_answer_takes_the_conversation_back(desk: DeskInProcess, patient: Patient) -> None:
    def late() -> None:
        overdue(desk)
        desk.desk.answer_overdue()

    desk.whatsapp.answers = [late]

    patient.writes("ciao")

    (conversation,) = desk.rows(tables.conversation)
    assert [sent.body[:12] for sent in patient.reads_all()] == ["Le diamo il "]
    assert desk.built.lanes.queue_entries() == ()
    assert (conversation.owner, conversation.flow) == ("bot", "main")


@pytest.mark.parametrize("words", ["lingua", "stop"])
def test_what_is_said_in_the_queue_does_not_end_the_wait(desk: DeskInProcess, patient: Patient, words: str) -> None:
    patient.writes("ciao")
    desk.pool.held = []
    patient.writes("menu")
    overdue(desk)
    desk.desk.answer_overdue()
    desk.pool.held = None

    patient.writes(words)
    pick_up(desk)

    assert len(patient.reads_all()) == 3  # the first answer, the apology, and what was asked for in the queue
    (entry,) = desk.built.lanes.queue_entries()
    assert (entry.reason, entry.state) == ("overdue", "queued")


def test_staff_who_took_over_meanwhile_keep_it(desk: DeskInProcess, patient: Patient) -> None:
    def late() -> None:
        overdue(desk)
        desk.desk.answer_overdue()
        (conversation,) = desk.rows(tables.conversation)
        desk.desk.claim(conversation.id, ANNA)

    desk.whatsapp.answers = [late]

    patient.writes("ciao")

    (entry,) = desk.built.lanes.queue_entries()
    assert (entry.state, entry.claimed_by) == ("claimed", "anna")


# ------------------------------------------------------------------------------------------------------ the balance holds


def balance(desk: DeskInProcess) -> tuple[int, int]:
    """Return how many messages were received, and how many are accounted for."""
    kept = desk.rows(tables.message)
    return len(kept), sum(
        row.outcome in {*Outcome} and (row.outcome == "open") == (row.settled_at is None) for row in kept
    )


def test_every_message_of_a_random_run_ends_as_exactly_one_thing(desk: DeskInProcess) -> None:
    chance, sent = random.Random(11), 0
    people = [desk.patient(f"39333{number:07}") for number in range(8)]
    refusals = [UNKNOWN, SendError(Remedy.RETRY, 2), SendError(Remedy.GIVE_UP, 131026), SendError(Remedy.WAIT, 131056)]
    desk.beat_for_long()
    for _ in range(counts(2_000)):
        desk.whatsapp.answers = [chance.choice(refusals)] if chance.random() < 0.3 else []
        desk.pool.held = [] if chance.random() < 0.2 else None
        chance.choice(people).writes(
            chance.choice(["ciao", "menu", "qwertz", "lingua", "persona", "stop", "emorragia"])
        )
        sent += 1
        desk.clock.move(minutes(chance.random() * 2))
        desk.desk.finish_due(lambda place: True)

    desk.whatsapp.answers, desk.pool.held = [], None
    overdue(desk)
    desk.desk.answer_overdue()

    assert balance(desk) == (sent, sent)
    assert not any(outcome == "open" for outcome, _ in desk.outcomes())


@pytest.mark.heavy
def test_nothing_stays_open_for_six_seconds_however_slow_whatsapp_is(make_postgres_desk: MakeDesk) -> None:
    look = Looking("ours", meanwhile=lambda: time.sleep(0.3))
    desk = make_postgres_desk(flows(), look.actions)
    chance, ended = random.Random(5), threading.Event()
    slow: list[SendError | Callable[[], None]] = [
        lambda: time.sleep(8),
        lambda: time.sleep(0.2),
        UNKNOWN,
        SendError(Remedy.ALARM, 190, whole_number=True),
    ]
    for _ in range(400):
        desk.whatsapp.answers.append(chance.choices(slow, [1, 4, 2, 0.2])[0])
    pool, watching = Pool(desk.desk), background(desk)
    desk.pool.submit = pool.submit  # type: ignore[method-assign]
    oldest: list[float] = []
    looked = [time.monotonic()]

    def look_on() -> None:
        m, now = tables.message.c, desk.built.database.time()
        opened = select(m.answer_by, now.label("now")).where(m.outcome == "open")
        while not ended.wait(0.1):
            with desk.built.database.look() as connection:
                # The watcher moves `answer_by` on when it takes a message: then it is being answered.
                oldest.extend((row.now - row.answer_by).total_seconds() + 4 for row in connection.execute(opened))
            looked.append(time.monotonic())

    looking = threading.Thread(target=look_on)
    watching.start()
    looking.start()
    for number in range(counts(600)):
        desk.patient(f"39333{number % 40:07}").writes(chance.choice(["ciao", "menu", WORD, "persona"]))
        time.sleep(0.1)
    until(lambda: not any(outcome == "open" for outcome, _ in desk.outcomes()), 12)
    ended.set()
    looking.join()
    watching.stop()
    pool.drain()

    stood_still = max(
        later - earlier for earlier, later in pairwise(looked)
    )  # the machine, or its disk: the look as well
    assert not any(outcome == "open" for outcome, _ in desk.outcomes())
    assert max(oldest, default=0) < 6 + stood_still - 0.1


# ------------------------------------------------------------------------------------------------------- leases and hearts


def test_a_lease_is_held_by_one(desk: DeskInProcess) -> None:
    watch = desk.built.watch

    taken = [watch.holds("reminders", holder, 60) for holder in ("a", "b", "a")]
    desk.age(tables.lease.c.leased_until)

    assert taken == [True, False, True]
    assert watch.holds("reminders", "b", 60)


def test_a_process_that_rests_is_no_longer_alive(desk: DeskInProcess) -> None:
    watch = desk.built.watch
    watch.beat("worker-1", "worker")
    alive = watch.is_alive("worker")

    watch.rest("worker-1")

    assert (alive, watch.is_alive("worker")) == (True, False)


def test_no_worker_rings_and_a_worker_silences(desk: DeskInProcess) -> None:
    web = background(desk)
    web._sweep()
    rung = [(alarm.cause, alarm.closed_at is None) for alarm in desk.rows(tables.alarm)]
    desk.built.watch.beat("worker-1", "worker")

    web._sweep()

    assert rung == [("no_worker", True)]
    assert [alarm.closed_at is None for alarm in desk.rows(tables.alarm)] == [False]


def test_health_counts_what_came_of_every_message(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")
    patient.sends(type="reaction", reaction={"message_id": "wamid.out0", "emoji": "x"})
    patient.writes("vorrei parlare con l'accettazione, con una persona")
    desk.pool.held = []
    desk.patient("393330000002").writes("ciao")
    desk.clock.move(minutes(1))

    health = desk.built.watch.health()

    counted = {outcome: 0 for outcome, _ in health.outcomes} | {}
    for (outcome, _), count in health.outcomes.items():
        counted[outcome] += count
    assert sum(counted.values()) == 4
    assert (counted["ignored"], counted["open"], health.oldest_open_s) == (1, 1, 60.0)
