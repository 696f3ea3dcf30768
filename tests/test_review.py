"""What a fresh eye proved wrong once: each of these was a real fault of the running desk."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import update

from bot.ports import Remedy, SendError
from bot.store import tables
from tests.desks import DeskInProcess, Patient, minutes

ANNA, VERA = "IT.AAA", "IT.VVV"


def test_an_old_webhook_repeated_moves_no_number_back(desk: DeskInProcess) -> None:
    anna = desk.patient("393330000001", ANNA)
    old = anna.body(anna.message(type="text", text={"body": "ciao"}))
    desk.post(old)
    desk.clock.move(minutes(60))
    desk.patient("393330000001", VERA).writes("ciao")
    desk.clock.move(minutes(60))

    desk.post(old)
    desk.patient(None, ANNA).writes("menu")

    assert desk.whatsapp.sent[-1].to.wa_id is None
    assert desk.whatsapp.sent[-1].to.user_id == ANNA
    assert len(desk.rows(tables.contact)) == 2


def test_an_old_webhook_repeated_gives_nobody_a_user_id(desk: DeskInProcess) -> None:
    anna = desk.patient("393330000001", ANNA)
    old = anna.body(anna.message(type="text", text={"body": "ciao"}))
    desk.clock.move(minutes(60))
    vera = desk.patient("393330000001")
    vera.writes("ciao")

    desk.post(old)
    vera.writes("menu")

    contacts = {row.id: row for row in desk.rows(tables.contact)}
    conversations = {row.contact_id: row for row in desk.rows(tables.conversation)}
    written = [conversations[row.contact_id].id for row in desk.rows(tables.conversation)]
    assert len(contacts) == len(written) == 2


def test_a_changed_number_is_learnt_though_nobody_has_a_user_id(desk: DeskInProcess) -> None:
    desk.patient("393330000009").writes("ciao")
    anna = desk.patient("393330000001")
    anna.writes("ciao")
    system = {"type": "user_changed_number", "wa_id": "393330000002", "body": "changed"}

    anna.sends(type="system", system=system)
    desk.patient("393330000002").writes("menu")

    assert len(desk.rows(tables.contact)) == 2
    assert [row.changed_at is not None for row in desk.rows(tables.contact)].count(True) == 1


def test_an_emergency_in_a_batch_that_is_late_gets_its_own_text_and_alarm(desk: DeskInProcess) -> None:
    desk.pool.held = []
    people = [desk.patient(f"39333{number:07}") for number in range(21)]
    body = people[0].body(people[0].message(type="text", text={"body": "mio padre ha un infarto"}))
    value = body["entry"][0]["changes"][0]["value"]
    for other in people[1:]:
        theirs = other.body(other.message(type="text", text={"body": "ciao"}))["entry"][0]["changes"][0]["value"]
        value["contacts"] += theirs["contacts"]
        value["messages"] = [*value["messages"], *theirs["messages"]]
    desk.post(body)
    desk.age(tables.message.c.answer_by)

    desk.desk.answer_overdue()

    (said,) = [sent for sent in desk.whatsapp.sent if sent.to.wa_id == people[0].wa_id]
    assert "112" in said.body and "non funziona" not in said.body
    assert "emergency" in {row.cause for row in desk.rows(tables.alarm)}


def test_a_conversation_no_key_opens_begins_anew_and_keeps_nobody_else_waiting(desk: DeskInProcess) -> None:
    broken, other = desk.patient("393330000001"), desk.patient("393330000002")
    broken.writes("ciao")
    broken.reads()
    with desk.built.database.begin() as connection:
        connection.execute(update(tables.conversation).values(answers_sealed=b"\x01\x02k9" + b"spoilt" * 9))
        connection.execute(update(tables.contact).values(person_sealed=b"\x01\x02k9" + b"spoilt" * 9))

    statuses = (broken.writes("ho un infarto"), other.writes("ho un infarto"))

    assert statuses == (200, 200)
    assert "112" in broken.reads_all()[-1].body and "112" in other.reads().body
    assert "unreadable" in {row.cause for row in desk.rows(tables.alarm)}


def test_a_late_answer_does_not_swallow_what_was_written_meanwhile(desk: DeskInProcess) -> None:
    patient = desk.patient()

    def meanwhile() -> None:
        desk.age(tables.message.c.answer_by)
        desk.pool.held = []
        desk.desk.answer_overdue()
        patient.writes("vorrei parlare con una persona")

    desk.whatsapp.answers.append(meanwhile)

    patient.writes("ciao")

    assert [row.owner for row in desk.rows(tables.conversation)] == ["queued"]
    assert len(desk.built.lanes.queue_entries()) == 1


def test_a_claim_that_ended_while_it_waited_for_a_thread_is_not_used(desk: DeskInProcess, patient: Patient) -> None:
    desk.beat_for_long()
    desk.pool.held = []
    patient.writes("ciao")
    (chore,) = [one for one in desk.pool.held if one.row is not None]
    desk.age(tables.outbox.c.leased_until)
    desk.desk.finish_due(lambda place: True)
    desk.desk.finish_due(lambda place: True)
    assert chore.row is not None

    desk.desk.do(replace(chore, row=replace(chore.row, at=chore.row.at - 60)))

    assert len(patient.reads_all()) == 1


def test_a_tap_between_two_others_is_no_double_tap(desk: DeskInProcess, patient: Patient) -> None:
    patient.taps("main/menu/info")
    patient.writes("menu")
    patient.taps("main/menu/info")

    assert [outcome for outcome, _ in desk.outcomes()] == ["answered"] * 3


def test_a_stop_is_noted_while_a_person_has_the_chat(desk: DeskInProcess, patient: Patient) -> None:
    from tests.desks import ANNA as STAFF

    patient.writes("ciao")
    desk.desk.claim(desk.rows(tables.conversation)[0].id, STAFF)

    patient.writes("stop")

    assert [row.purpose for row in desk.rows(tables.stop)] == ["all"]


def test_who_waits_is_passed_on_to_the_team_they_ask_for(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("vorrei parlare con la segreteria")
    patient.writes("lingua")
    patient.taps("language/which/person")
    patient.taps("person/which/nursing")

    (entry,) = desk.built.lanes.queue_entries()
    assert entry.team == "nursing"


def test_the_main_menu_tapped_in_the_queue_leaves_it(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("vorrei parlare con la segreteria")
    patient.reads_all()

    patient.taps("person/which/menu")

    assert "non è più in attesa" in patient.reads().body
    assert desk.built.lanes.queue_entries() == ()


def test_thanks_are_answered_and_bring_nobody(desk: DeskInProcess, patient: Patient) -> None:
    for _ in range(4):
        patient.writes("Grazie!")

    assert {outcome for outcome, _ in desk.outcomes()} == {"answered"}
    assert desk.built.lanes.queue_entries() == ()


def test_an_order_says_that_a_person_has_it(desk: DeskInProcess, patient: Patient) -> None:
    patient.sends(type="order", order={"catalog_id": "1", "text": "", "product_items": []})

    read = patient.reads().body
    assert "non vendiamo" in read and "Ho passato il Suo messaggio a una persona" in read
    assert [entry.reason for entry in desk.built.lanes.queue_entries()] == ["order"]


def test_an_identifier_is_told_of_in_the_queue_too(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("vorrei parlare con la segreteria")
    patient.reads_all()

    patient.writes("la mia carta è 4111 1111 1111 1111")

    assert any("dato riservato" in sent.body for sent in patient.reads_all())


def test_a_payment_problem_told_by_a_status_holds_the_number_and_rings(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")
    sent = desk.whatsapp.sent[-1]
    status = {
        "id": sent.wamid,
        "status": "failed",
        "timestamp": str(int(desk.clock.now().timestamp())),
        "recipient_id": patient.wa_id,
        "biz_opaque_callback_data": str(sent.outbox_id),
        "errors": [{"code": 131042, "title": "Business eligibility payment issue"}],
    }
    body = patient.body()
    value = body["entry"][0]["changes"][0]["value"]
    del value["messages"]
    value["statuses"] = [status]

    desk.post(body)

    assert "sending_refused" in {row.cause for row in desk.rows(tables.alarm)}
    assert [row.held_until is not None for row in desk.rows(tables.number)] == [True]


def test_a_takeover_leaves_no_message_open(desk: DeskInProcess, patient: Patient) -> None:
    from tests.desks import ANNA as STAFF

    desk.whatsapp.answers.append(SendError(Remedy.WAIT, 131056, wait_s=60))
    patient.writes("ciao")

    desk.desk.claim(desk.rows(tables.conversation)[0].id, STAFF)

    assert desk.outcomes() == [("handed", "staff_has_the_chat")]
