"""The outbox: in order, one at a time, each of Meta's refusals by its remedy, nothing said twice, nobody left in silence."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from bot.model import Author, Contact, Status, TemplateMessage
from bot.ports import Draft, Remedy, SendError, Typed, Wording
from bot.store import tables
from menus.model import Prompt
from tests.conftest import MakeDesk
from tests.desks import ANNA, NUMBER, DeskInProcess, Patient, minutes, together

UNKNOWN = SendError(Remedy.RETRY, 0, unknown=True)
SORRY = "Ho passato la Sua richiesta a una persona"


def rows(desk: DeskInProcess) -> list[Any]:
    return sorted(desk.rows(tables.outbox), key=lambda row: row.position)


def due(desk: DeskInProcess, after: timedelta = timedelta(0)) -> None:
    desk.clock.move(after)
    desk.desk.finish_due(lambda place: True)


def status(desk: DeskInProcess, row: Any, name: str, wamid: str = "wamid.out-late", **more: Any) -> int:
    """Post one status that names a row."""
    element = {"id": wamid, "status": name, "timestamp": str(int(desk.clock.now().timestamp()))}
    element |= {"biz_opaque_callback_data": str(row.id), "recipient_id": "393330000001", **more}
    value = {"messaging_product": "whatsapp", "metadata": {"phone_number_id": NUMBER}, "statuses": [element]}
    return desk.post(
        {
            "object": "whatsapp_business_account",
            "entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}],
        }
    )


def conversation_id(desk: DeskInProcess) -> UUID:
    (conversation,) = desk.rows(tables.conversation)
    found: UUID = conversation.id
    return found


def put(desk: DeskInProcess, *drafts: Draft) -> None:
    """Put drafts into the outbox of the only conversation, and send nothing."""
    with desk.built.lanes.lane_of(conversation_id(desk)) as lane:
        lane.queue(drafts)


def reminder(**more: Any) -> Draft:
    return Draft(Author.NOTICE, 0, TemplateMessage("reminder", "it"), purpose="appointment", **more)


# ----------------------------------------------------------------------------------------------------- order, one at a time


def test_rows_are_sent_in_order_and_the_second_waits_for_the_first(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")
    put(desk, *(Draft(Author.STAFF, 0, Typed(words)) for words in ("uno", "due", "tre")))

    states: list[list[str]] = []
    desk.whatsapp.answers = [lambda: states.append(desk.states()[1:])] * 3
    desk.desk.deliver(conversation_id(desk))

    assert [sent.body for sent in patient.reads_all()[1:]] == ["uno", "due", "tre"]
    assert states == [
        ["claimed", "waiting", "waiting"],
        ["sent", "claimed", "waiting"],
        ["sent", "sent", "claimed"],
    ]


def test_many_that_deliver_at_once_never_have_two_rows_in_flight(make_postgres_desk: MakeDesk) -> None:
    desk = make_postgres_desk()
    patient = desk.patient()
    patient.writes("ciao")
    put(desk, *(Draft(Author.STAFF, 0, Typed(f"{number:02}")) for number in range(20)))
    conversation, flying, most, lock = conversation_id(desk), [0], [0], threading.Lock()

    def fly() -> None:
        with lock:
            flying[0] += 1
            most[0] = max(most[0], flying[0])
        threading.Event().wait(0.005)
        with lock:
            flying[0] -= 1

    desk.whatsapp.answers = [fly] * 20
    together(8, lambda _: desk.desk.deliver(conversation))

    assert [sent.body for sent in patient.reads_all()[1:]] == [f"{number:02}" for number in range(20)]
    assert most == [1]


def test_an_emergency_overtakes_and_withdraws_what_waits(desk: DeskInProcess, patient: Patient) -> None:
    desk.pool.held = []
    patient.writes("ciao")
    patient.writes("menu")

    patient.writes("ho un forte dolore al petto e non respiro")

    assert [(row.author, row.state) for row in rows(desk)] == [
        ("engine", "claimed"),
        ("engine", "withdrawn"),
        ("emergency", "claimed"),
    ]


def test_an_emergency_left_lying_is_sent_though_a_row_before_it_is_in_doubt(
    desk: DeskInProcess, patient: Patient
) -> None:
    patient.writes("ciao")
    desk.whatsapp.answers = [UNKNOWN]
    patient.writes("menu")
    put(desk, Draft(Author.EMERGENCY, 0, Typed("Chiami il 112")))

    due(desk)

    assert [sent.body for sent in patient.reads_all()][-1] == "Chiami il 112"
    assert desk.states() == ["sent", "claimed", "sent"]


def test_a_row_put_while_another_is_sent_is_sent_right_after_it(desk: DeskInProcess, patient: Patient) -> None:
    desk.whatsapp.answers = [lambda: put(desk, Draft(Author.STAFF, 0, Typed("subito dopo")))]

    patient.writes("ciao")

    assert [sent.body for sent in patient.reads_all()][-1] == "subito dopo"


# ---------------------------------------------------------------------------------------------------------------- remedies


def test_a_retry_waits_longer_each_time_and_is_given_up_after_the_fifth(desk: DeskInProcess, patient: Patient) -> None:
    desk.whatsapp.answers = [SendError(Remedy.RETRY, 131016, wait_s=1.0)] * 6
    patient.writes("ciao")
    waits = []
    while rows(desk)[0].state == "held":
        waits.append((rows(desk)[0].due_at - desk.clock.now()).total_seconds())
        due(desk, timedelta(seconds=waits[-1]))

    assert waits == [1, 2, 4, 8, 16]
    assert [(row.state, row.why, row.code) for row in rows(desk)][0] == ("failed", "retried", 131016)
    assert SORRY in patient.reads().body
    assert desk.outcomes() == [("handed", "reply_refused")]


def test_a_retry_that_succeeds_answers(desk: DeskInProcess, patient: Patient) -> None:
    desk.whatsapp.answers = [SendError(Remedy.RETRY, 2)]
    patient.writes("ciao")

    due(desk, timedelta(seconds=1))

    assert len(patient.reads_all()) == 1
    assert desk.outcomes() == [("answered", None)]


def test_a_pair_too_fast_is_held_longer_each_time(desk: DeskInProcess, patient: Patient) -> None:
    desk.whatsapp.answers = [SendError(Remedy.WAIT, 131056, wait_s=6.0)] * 4
    patient.writes("ciao")
    waits = []
    while rows(desk)[0].state == "held":
        waits.append((rows(desk)[0].due_at - desk.clock.now()).total_seconds())
        due(desk, timedelta(seconds=waits[-1]))

    assert waits == [6, 6, 16, 64]  # Meta: 4^X seconds, and never before the pair has earned one more
    assert desk.states() == ["sent"]


def test_a_row_of_staff_held_for_its_template_is_tried_an_hour_later(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")
    put(desk, replace(reminder(), author=Author.STAFF))
    desk.whatsapp.answers = [SendError(Remedy.HOLD, 132015)]

    due(desk)

    assert (rows(desk)[1].state, rows(desk)[1].why) == ("held", "hold")
    assert rows(desk)[1].due_at - desk.clock.now() == timedelta(hours=1)


def test_a_notice_is_not_held_for_its_template_or_answers_would_wait_behind_it(
    desk: DeskInProcess, patient: Patient
) -> None:
    patient.writes("ciao")
    put(desk, reminder())
    desk.whatsapp.answers = [SendError(Remedy.HOLD, 132015)]

    due(desk)

    assert (rows(desk)[1].state, rows(desk)[1].why) == ("withdrawn", "hold")


@pytest.mark.parametrize("refused", [SendError(Remedy.HOLD, 137000), SendError(Remedy.ALARM, 130497)])
def test_a_notice_that_only_this_person_cannot_be_sent_is_given_up(
    desk: DeskInProcess, patient: Patient, refused: SendError
) -> None:
    patient.writes("ciao")
    put(desk, reminder())
    desk.whatsapp.answers = [refused]

    due(desk)

    assert (rows(desk)[1].state, rows(desk)[1].why) == ("failed", "refused")


def test_an_answer_refused_for_the_numbers_spam_limit_is_tried_again_in_a_minute(
    desk: DeskInProcess, patient: Patient
) -> None:
    desk.whatsapp.answers = [SendError(Remedy.PAUSE, 131048)]

    patient.writes("ciao")

    (row,) = rows(desk)
    assert (row.state, row.why, row.due_at - desk.clock.now()) == ("held", "pause", timedelta(minutes=1))


def test_a_number_that_begins_nothing_is_tried_again_each_time_later(desk: DeskInProcess) -> None:
    held: list[bool] = []

    for wait in (0, 1, 1, 2):
        desk.clock.move(timedelta(minutes=wait))
        held.append(desk.built.outbox.holds_notices(NUMBER))
        desk.built.outbox.hold_notices(NUMBER)

    assert held == [False, False, False, False]
    desk.clock.move(timedelta(minutes=3, seconds=59))
    assert [desk.built.outbox.holds_notices(number) for number in (NUMBER, "another")] == [True, False]


def test_a_reply_that_is_refused_for_good_is_said_and_handed_over(desk: DeskInProcess, patient: Patient) -> None:
    desk.whatsapp.answers = [SendError(Remedy.GIVE_UP, 131008)]

    patient.writes("ciao")

    assert SORRY in patient.reads().body
    assert desk.outcomes() == [("handed", "reply_refused")]
    assert [(row.state, row.why, row.code) for row in rows(desk)] == [
        ("failed", "refused", 131008),
        ("sent", None, None),
    ]
    (entry,) = desk.built.lanes.queue_entries()
    assert (entry.reason, entry.state) == ("reply_refused", "queued")


def test_a_person_nothing_can_be_sent_to_is_given_to_staff_once(desk: DeskInProcess, patient: Patient) -> None:
    desk.whatsapp.answers = [SendError(Remedy.GIVE_UP, 131026)] * 9

    patient.writes("ciao")

    assert desk.states() == ["failed", "failed"]
    assert desk.outcomes() == [("handed", "reply_refused")]
    assert len(desk.built.lanes.queue_entries()) == 1


def test_a_refused_token_holds_the_number_rings_and_recovers(desk: DeskInProcess, patient: Patient) -> None:
    other = desk.patient("393330000002")
    desk.whatsapp.answers = [SendError(Remedy.ALARM, 190, whole_number=True)]

    patient.writes("ciao")
    other.writes("ciao")
    held = [(row.state, row.why) for row in desk.rows(tables.outbox)]
    due(desk, minutes(1.1))

    assert held == [("held", "alarm"), ("held", "number_held")]
    assert [(alarm.cause, alarm.subject) for alarm in desk.rows(tables.alarm)] == [("sending_refused", "190")]
    assert (len(patient.reads_all()), len(other.reads_all())) == (1, 1)


def test_a_number_that_is_too_fast_holds_everyone_for_a_moment(desk: DeskInProcess, patient: Patient) -> None:
    other = desk.patient("393330000002")
    desk.whatsapp.answers = [SendError(Remedy.WAIT, 130429, whole_number=True, wait_s=1.0)]

    patient.writes("ciao")
    other.writes("ciao")
    due(desk, timedelta(seconds=1))

    assert (len(patient.reads_all()), len(other.reads_all())) == (1, 1)


# --------------------------------------------------------------------------------------------------------- unknown outcomes


def test_an_unknown_outcome_is_settled_by_the_status_that_names_the_row(desk: DeskInProcess, patient: Patient) -> None:
    desk.whatsapp.answers = [UNKNOWN]
    patient.writes("ciao")
    doubtful = desk.states()

    status(desk, rows(desk)[0], "delivered")

    assert (doubtful, desk.states()) == (["claimed"], ["delivered"])
    assert desk.outcomes() == [("answered", None)]
    assert desk.whatsapp.sent == []


def test_what_waits_behind_an_unknown_outcome_goes_on_with_the_status(desk: DeskInProcess, patient: Patient) -> None:
    desk.whatsapp.answers = [UNKNOWN]
    patient.writes("ciao")
    patient.writes("lingua")
    waiting = patient.reads_all()

    status(desk, rows(desk)[0], "sent")

    assert waiting == []
    assert "lingua" in patient.reads().body


def test_without_a_status_a_row_is_sent_once_more_after_twenty_seconds(desk: DeskInProcess, patient: Patient) -> None:
    desk.beat_for_long()
    desk.whatsapp.answers = [UNKNOWN]
    patient.writes("ciao")
    due(desk, minutes(1))  # the clock's time is not the lease's
    too_early = desk.states()
    desk.age(tables.outbox.c.leased_until)

    due(desk)
    due(desk)

    assert too_early == ["claimed"]
    assert len(patient.reads_all()) == 1
    assert desk.outcomes() == [("answered", None)]


def test_twice_without_a_status_is_failed_and_a_persons(desk: DeskInProcess, patient: Patient) -> None:
    desk.beat_for_long()
    desk.whatsapp.answers = [UNKNOWN, UNKNOWN]
    patient.writes("ciao")
    for _ in range(2):
        desk.age(tables.outbox.c.leased_until)
        due(desk)
        due(desk)

    assert [(row.state, row.why) for row in rows(desk)] == [("failed", "unknown"), ("sent", None)]
    assert SORRY in patient.reads().body
    assert desk.outcomes() == [("handed", "reply_refused")]


def test_a_notice_is_never_sent_twice(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")
    desk.beat_for_long()
    put(desk, reminder())
    desk.whatsapp.answers = [UNKNOWN]
    due(desk)
    desk.age(tables.outbox.c.leased_until)

    due(desk)
    due(desk)

    assert len(patient.reads_all()) == 1
    assert (rows(desk)[1].state, rows(desk)[1].attempts) == ("failed", 1)
    assert [alarm.cause for alarm in desk.rows(tables.alarm)] == ["row_failed"]


@pytest.mark.parametrize("web", ["none", "young", "dead"])
def test_nothing_is_sent_again_while_no_status_could_have_come_in(
    desk: DeskInProcess, patient: Patient, web: str
) -> None:
    if web == "young":
        desk.built.watch.beat("web-test", "web")
    if web == "dead":
        desk.beat_for_long()
        desk.age(tables.heartbeat.c.beat_at, 60)
    desk.whatsapp.answers = [UNKNOWN]
    patient.writes("ciao")
    desk.age(tables.outbox.c.leased_until)

    due(desk)
    due(desk)

    assert desk.whatsapp.sent == []
    assert desk.states() == ["claimed"]


def test_a_late_status_takes_the_conversation_back(desk: DeskInProcess, patient: Patient) -> None:
    desk.whatsapp.answers = [UNKNOWN]
    patient.writes("ciao")
    desk.age(tables.message.c.answer_by)
    desk.desk.answer_overdue()
    (queued,) = desk.built.lanes.queue_entries()

    status(desk, rows(desk)[0], "delivered")

    (conversation,) = desk.rows(tables.conversation)
    assert queued.reason == "overdue"
    assert desk.states() == ["delivered", "withdrawn"]
    assert (conversation.owner, desk.built.lanes.queue_entries()) == ("bot", ())
    assert patient.reads_all() == []


def test_a_reply_that_fails_after_it_was_accepted_is_said_and_handed_over(
    desk: DeskInProcess, patient: Patient
) -> None:
    patient.writes("ciao")
    patient.reads()
    (row,) = rows(desk)

    status(desk, row, "failed", errors=[{"code": 131009}])

    assert (desk.states()[0], rows(desk)[0].code) == ("failed", 131009)
    assert SORRY in patient.reads().body
    assert desk.outcomes() == [("handed", "reply_refused")]


def test_a_failure_nobody_heard_of_further_is_taken_up_by_the_watcher(desk: DeskInProcess, patient: Patient) -> None:
    """The process that noted the status ended before it could hand the conversation over."""
    patient.writes("ciao")
    (row,), outbox = rows(desk), desk.outbox
    outbox.note_statuses([Status("wamid.x", NUMBER, "failed", desk.clock.now(), row.id, Contact(), (131009,))])
    desk.age(tables.message.c.answer_by)
    desk.desk.answer_overdue()

    assert desk.outcomes() == [("handed", "overdue")]
    assert len(desk.built.lanes.queue_entries()) == 1


# ------------------------------------------------------------------------------------------------- what is held too long


def test_a_row_that_outlived_the_window_fails_and_its_message_is_a_persons(
    desk: DeskInProcess, patient: Patient
) -> None:
    desk.whatsapp.answers = [SendError(Remedy.ALARM, 190, whole_number=True)]
    patient.writes("ciao")

    due(desk, timedelta(hours=25))

    assert [(row.state, row.why) for row in rows(desk)] == [("failed", "window_closed")]
    assert desk.outcomes() == [("handed", "reply_dropped")]
    assert len(desk.built.lanes.queue_entries()) == 1


def test_a_notice_too_late_expires(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")
    put(desk, reminder(expires_at=desk.clock.now() + minutes(10)))

    due(desk, minutes(11))

    assert desk.states() == ["sent", "expired"]


def test_who_wrote_stop_gets_no_notice_until_they_resume(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("stop")
    put(desk, reminder())
    due(desk)
    patient.writes("riprendi")
    put(desk, reminder())
    due(desk)

    assert desk.states() == ["sent", "withdrawn", "sent", "sent"]


def test_the_forty_sixth_message_of_a_burst_waits_for_its_token(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")
    put(desk, *(Draft(Author.STAFF, 0, Typed(str(number))) for number in range(50)))
    desk.desk.deliver(conversation_id(desk))
    first = len(patient.reads_all())

    due(desk, timedelta(seconds=6))

    assert first == 45
    assert [sent.body for sent in patient.reads_all()] == ["44"]
    assert [state for state in desk.states() if state == "held"] == ["held"]


def test_a_row_that_cannot_be_worded_fails_and_rings_and_the_next_goes_on(
    desk: DeskInProcess, patient: Patient
) -> None:
    patient.writes("ciao")
    patient.reads()
    put(desk, Draft(Author.ENGINE, 0, Wording((Prompt("no/such_wording"),))), Draft(Author.STAFF, 0, Typed("dopo")))

    due(desk)

    assert [(row.state, row.why) for row in rows(desk)[1:]] == [("failed", "unworded"), ("sent", None)]
    assert patient.reads().body == "dopo"
    assert [alarm.cause for alarm in desk.rows(tables.alarm)] == ["row_failed"]


def test_staff_words_that_are_refused_ring(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("vorrei parlare con una persona")
    desk.desk.claim(conversation_id(desk), ANNA)
    desk.whatsapp.answers = [SendError(Remedy.GIVE_UP, 131026)]

    desk.desk.say(conversation_id(desk), ANNA, "Buongiorno")

    assert [alarm.cause for alarm in desk.rows(tables.alarm)] == ["row_failed"]
