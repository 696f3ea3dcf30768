"""Calls: while one runs the conversation waits; done twice is done once; what it finds is dropped when the turn moved on."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from bot.store import tables
from tests.calling import FAILED, FOUND, WORD, Looking, flows
from tests.conftest import MakeDesk
from tests.desks import ANNA, DeskInProcess, Patient, together


class Broken:
    """Fail each time, with a patient's word in the message."""

    def __call__(self) -> None:
        raise ValueError("una parola della paziente")


def begun(make_desk: MakeDesk, look: Looking) -> tuple[DeskInProcess, Patient]:
    """Return a desk and a patient whose call was decided and is not run yet."""
    desk = make_desk(flows(), look.actions)
    patient = desk.patient()
    patient.writes("ciao")
    patient.reads()
    desk.pool.held = []
    patient.writes(WORD)
    return desk, patient


def calls(desk: DeskInProcess) -> list[tuple[str, str | None, int]]:
    return [(row.state, row.outcome, row.attempts) for row in desk.rows(tables.call)]


def call_id(desk: DeskInProcess) -> Any:
    (row,) = desk.rows(tables.call)
    return row.id


@pytest.mark.parametrize(("outcome", "says"), [("found", FOUND), ("failed", FAILED)])
def test_a_call_of_ours_is_run_after_the_answer_and_leads_on(make_desk: MakeDesk, outcome: str, says: str) -> None:
    desk, patient = begun(make_desk, Looking("ours", outcome))
    before = (desk.outcomes()[-1], calls(desk))

    for chore in desk.pool.held or []:
        desk.desk.do(chore)

    assert before == (("open", None), [("pending", None, 0)])
    assert says in patient.reads().body
    assert (desk.outcomes()[-1], calls(desk)) == (("answered", None), [("done", outcome, 1)])


def test_a_call_that_leaves_the_house_rings_the_worker_and_shows_that_something_is_done(make_desk: MakeDesk) -> None:
    look = Looking("away")
    desk = make_desk(flows(), look.actions)
    patient = desk.patient()
    asked = patient.message(type="text", text={"body": WORD})

    desk.post(patient.body(asked))

    assert desk.bell.rung == [("call", call_id(desk))]
    assert asked["id"] in desk.whatsapp.typing
    assert look.runs == []


def test_a_web_process_never_runs_what_leaves_the_house(make_desk: MakeDesk) -> None:
    look = Looking("away")
    desk, _ = begun(make_desk, look)
    desk.age(tables.call.c.leased_until)

    desk.desk.finish_due(lambda place: place == "ours")

    assert look.runs == []


def test_a_worker_finds_a_call_nobody_rang_for(make_desk: MakeDesk) -> None:
    desk, patient = begun(make_desk, Looking("away"))
    desk.age(tables.call.c.leased_until)

    desk.desk.finish_due(lambda place: True)

    assert FOUND in patient.reads().body


def test_calls_for_the_worker_do_not_hide_the_webs_own(make_desk: MakeDesk) -> None:
    desk = make_desk(flows(), Looking("away").actions)
    desk.pool.held = []
    for number in range(55):
        desk.patient(f"39333{number:07}").writes(WORD)
    ours = make_desk(flows(), (look := Looking("ours")).actions)
    ours.pool.held = []
    ours.patient("393339999999").writes(WORD)
    desk.age(tables.call.c.leased_until)

    ours.desk.finish_due(lambda place: place == "ours")

    assert len(look.runs) == 1


# ----------------------------------------------------------------------------------------------------------- while it runs


def test_messages_wait_for_the_call_and_whoever_ends_it_works_on_them_in_order(make_desk: MakeDesk) -> None:
    desk, patient = begun(make_desk, Looking("away"))
    desk.pool.held = None
    for words in ("lingua", "menu", "persona"):
        patient.writes(words)
    waiting = (patient.reads_all(), [outcome for outcome, _ in desk.outcomes()[1:]])

    desk.desk.call(call_id(desk))

    assert waiting == ([], ["open"] * 4)
    said = [sent.body for sent in patient.reads_all()]
    assert [part in body for part, body in zip((FOUND, "lingua", "Come posso", FAILED), said, strict=True)] == [
        True
    ] * 4
    assert desk.outcomes()[1:] == [("answered", None)] * 4


def test_an_emergency_does_not_wait_for_the_call(make_desk: MakeDesk) -> None:
    desk, patient = begun(make_desk, Looking("away"))
    desk.pool.held = None

    patient.writes("ho un forte dolore al petto e non respiro")

    assert "112" in patient.reads().body


def test_what_a_call_finds_after_an_emergency_is_dropped(make_desk: MakeDesk) -> None:
    desk, patient = begun(make_desk, Looking("away"))
    desk.pool.held = None
    patient.writes("ho un forte dolore al petto e non respiro")
    patient.reads()

    desk.desk.call(call_id(desk))

    assert patient.reads_all() == []
    assert calls(desk) == [("dropped", None, 1)]


def test_what_a_call_finds_after_staff_took_over_is_dropped(make_desk: MakeDesk) -> None:
    desk, patient = begun(make_desk, Looking("away"))
    desk.pool.held = None
    (conversation,) = desk.rows(tables.conversation)
    desk.desk.claim(conversation.id, ANNA)
    patient.reads()

    desk.desk.call(call_id(desk))

    assert patient.reads_all() == []
    assert calls(desk) == [("dropped", None, 1)]


def test_messages_that_waited_for_a_call_go_to_the_staff_who_took_over(make_desk: MakeDesk) -> None:
    desk, patient = begun(make_desk, Looking("away"))
    desk.pool.held = None
    patient.writes("lingua")
    (conversation,) = desk.rows(tables.conversation)

    desk.desk.claim(conversation.id, ANNA)

    assert desk.outcomes()[-1] == ("handed", "with_staff")
    assert [sent.body[:12] for sent in patient.reads_all()] == ["Da questo mo"]


def test_a_call_nobody_runs_is_overdue_and_what_it_finds_later_is_dropped(make_desk: MakeDesk) -> None:
    desk, patient = begun(make_desk, Looking("away"))
    desk.pool.held = None
    desk.age(tables.message.c.answer_by)

    desk.desk.answer_overdue()
    desk.desk.call(call_id(desk))

    assert "Ho passato la Sua richiesta a una persona" in patient.reads().body
    assert (desk.outcomes()[-1], calls(desk)) == (("handed", "overdue"), [("dropped", None, 1)])


# -------------------------------------------------------------------------------------------------------------- done once


def test_a_call_run_twice_is_done_once(make_desk: MakeDesk) -> None:
    look = Looking("ours")
    desk, patient = begun(make_desk, look)

    desk.desk.call(call_id(desk))
    desk.desk.call(call_id(desk))

    assert len(look.runs) == 1
    assert len(patient.reads_all()) == 1


def test_a_call_rung_for_by_many_at_once_is_run_by_one(make_postgres_desk: MakeDesk) -> None:
    look = Looking("ours", meanwhile=lambda: None if threading.Event().wait(0.05) else None)
    desk, patient = begun(make_postgres_desk, look)
    row = call_id(desk)

    together(8, lambda _: desk.desk.call(row))

    assert len(look.runs) == 1
    assert len(patient.reads_all()) == 1


def test_a_call_whose_lease_ended_is_run_again_and_its_first_result_counts(make_desk: MakeDesk) -> None:
    look = Looking("ours")
    desk, patient = begun(make_desk, look)

    def slow() -> None:
        look.meanwhile = None
        desk.age(tables.call.c.leased_until)
        desk.desk.call(call_id(desk))

    look.meanwhile = slow

    desk.desk.call(call_id(desk))

    assert len(look.runs) == 2
    assert len(patient.reads_all()) == 1
    assert calls(desk) == [("done", "found", 2)]


# ------------------------------------------------------------------------------------------------------------ what is broken


def test_a_call_that_raises_is_tried_three_times_and_then_a_persons(make_desk: MakeDesk) -> None:
    look = Looking("ours", meanwhile=Broken())
    desk, patient = begun(make_desk, look)
    desk.pool.held = None

    for _ in range(5):
        desk.age(tables.call.c.leased_until)
        desk.desk.finish_due(lambda place: True)

    assert len(look.runs) == 3
    assert "Ho passato la Sua richiesta a una persona" in patient.reads().body
    assert (desk.outcomes()[-1], calls(desk)) == (("handed", "failed"), [("dropped", None, 3)])


def test_a_call_whose_action_is_gone_does_not_come_back_for_ever(make_desk: MakeDesk) -> None:
    desk, _ = begun(make_desk, Looking("ours"))
    upgraded = make_desk()

    for _ in range(5):
        desk.age(tables.call.c.leased_until)
        upgraded.desk.finish_due(lambda place: True)

    assert calls(desk) == [("dropped", None, 3)]


def test_messages_behind_a_call_that_raises_are_worked_on(make_desk: MakeDesk) -> None:
    desk, patient = begun(make_desk, Looking("ours", meanwhile=Broken()))
    desk.pool.held = None
    patient.writes("lingua")

    for _ in range(3):
        desk.age(tables.call.c.leased_until)
        desk.desk.finish_due(lambda place: True)

    assert [sent.body[:12] for sent in patient.reads_all()] == ["Ci scusi: in", "In quale lin"]
