"""What the clinic begins: given once, in its hours, true when it is sent, and answered by one tap in every state."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from bot.agenda import AppointmentStatus, By, Wanted, Wish
from bot.agenda import Patient as Visitor
from bot.booking.offering import Offering
from bot.notices import Kind, NoticeState, Skipped, ToStaff
from bot.ports import Remedy, SendError
from bot.store import tables
from bot.store.agenda_tables import appointment
from bot.store.outreach_tables import notice
from bot.store.waiting_tables import waiting_offer
from tests.desks import ANNA, NUMBER, DeskInProcess, Patient
from tests.visits import booked, contact_of, diary_of, moved

THURSDAY_TEN = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)  # ten o'clock in Italy
NEXT_TUESDAY_TEN = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


def at(desk: DeskInProcess, moment: datetime) -> None:
    """Let the time pass to a moment."""
    desk.clock.move(moment - desk.clock.now())


def given(desk: DeskInProcess) -> list[tuple[str, str, str | None]]:
    """Return the notices as (kind, state, reason), in the order in which they were due."""
    rows = sorted(desk.rows(notice), key=lambda row: (row.due_at, row.kind))
    return [(row.kind, row.state, row.reason) for row in rows]


@pytest.fixture
def writer(desk: DeskInProcess) -> Patient:
    """Return somebody who has written before and read what came back."""
    writer = desk.patient()
    writer.writes("menu")
    writer.reads_all()
    return writer


def write_again(desk: DeskInProcess, writer: Patient) -> None:
    """Open the window anew."""
    writer.writes("menu")
    writer.reads_all()


def wait_for_a_person(writer: Patient) -> None:
    """Go into the queue of the reception."""
    writer.writes("vorrei parlare con una persona")
    writer.taps("person/which/reception")
    writer.reads_all()


def test_a_visit_is_reminded_of_a_day_before_with_three_taps(desk: DeskInProcess, writer: Patient) -> None:
    visit = booked(desk, NEXT_TUESDAY_TEN)
    at(desk, NEXT_TUESDAY_TEN - timedelta(days=1, minutes=5))
    write_again(desk, writer)
    desk.desk.give_due()
    at(desk, NEXT_TUESDAY_TEN - timedelta(days=1))

    desk.desk.give_due()

    sent = writer.reads()
    assert "martedì 1 dicembre" in sent.body and "10:00" in sent.body and visit.code in sent.body
    assert sent.taps == tuple(f"@visit/{wish}/{visit.id}/1" for wish in ("confirm", "move", "cancel"))
    assert given(desk)[-1] == (Kind.REMINDER_24H, NoticeState.SENT, None)


def test_it_is_said_once_however_often_it_is_looked_for(desk: DeskInProcess, writer: Patient) -> None:
    booked(desk, NEXT_TUESDAY_TEN)
    at(desk, NEXT_TUESDAY_TEN - timedelta(days=1))
    write_again(desk, writer)

    counts = [desk.desk.give_due() for _ in range(3)]

    assert counts == [1, 0, 0]
    assert len(writer.reads_all()) == 1


def test_who_cannot_be_written_to_freely_is_left_to_people(desk: DeskInProcess, writer: Patient) -> None:
    visit = booked(desk, NEXT_TUESDAY_TEN)
    at(desk, NEXT_TUESDAY_TEN - timedelta(days=1))

    desk.desk.give_due()

    assert writer.reads_all() == []
    (left,) = desk.built.notices.for_staff()
    assert (left.kind, left.appointment_id, left.reason) == (Kind.REMINDER_24H, visit.id, ToStaff.NO_TEMPLATE)


def test_who_said_stop_is_not_reminded(desk: DeskInProcess, writer: Patient) -> None:
    booked(desk, NEXT_TUESDAY_TEN)
    at(desk, NEXT_TUESDAY_TEN - timedelta(days=1))
    writer.writes("stop")
    assert "né promemoria né avvisi" in writer.reads().body

    desk.desk.give_due()

    assert writer.reads_all() == []
    assert given(desk)[-1] == (Kind.REMINDER_24H, NoticeState.SKIPPED, Skipped.STOPPED)


def test_a_visit_moved_between_claim_and_sending_is_not_told_as_it_was(desk: DeskInProcess, writer: Patient) -> None:
    visit = booked(desk, NEXT_TUESDAY_TEN)
    at(desk, NEXT_TUESDAY_TEN - timedelta(days=1))
    write_again(desk, writer)
    desk.desk.give_due(lambda chores: None)
    moved(desk, visit, NEXT_TUESDAY_TEN + timedelta(days=9), by="patient")

    desk.desk.finish_due(lambda place: True)

    assert writer.reads_all() == []
    assert given(desk)[-1] == (Kind.REMINDER_24H, NoticeState.SKIPPED, Skipped.CHANGED)


# ---------------------------------------------------------------------------------------------------- what staff changed


def test_who_staff_moved_is_told_once_and_of_the_newest_time_only(desk: DeskInProcess, writer: Patient) -> None:
    visit = booked(desk, NEXT_TUESDAY_TEN)
    moved(desk, visit, NEXT_TUESDAY_TEN + timedelta(hours=2))
    newest = moved(desk, visit, NEXT_TUESDAY_TEN + timedelta(hours=4))
    desk.clock.move(timedelta(minutes=1))

    counts = [desk.desk.give_due() for _ in range(3)]

    assert counts == [1, 0, 0]
    sent = writer.reads()
    assert "14:00" in sent.body and "12:00" not in sent.body
    assert sent.taps[0] == f"@visit/confirm/{visit.id}/{newest.revision}"
    assert given(desk) == [(Kind.MOVED, NoticeState.SENT, None)]


def test_what_staff_correct_at_once_is_not_told(desk: DeskInProcess, writer: Patient) -> None:
    booked(desk, NEXT_TUESDAY_TEN, by="staff")

    desk.desk.give_due()

    assert writer.reads_all() == []


def test_what_the_patient_did_is_not_told_to_them(desk: DeskInProcess, writer: Patient) -> None:
    visit = booked(desk, NEXT_TUESDAY_TEN)
    moved(desk, visit, NEXT_TUESDAY_TEN + timedelta(hours=2), by="patient")
    desk.clock.move(timedelta(minutes=1))

    desk.desk.give_due()

    assert writer.reads_all() == []
    assert given(desk) == []


@pytest.mark.parametrize("by", ["staff", "elsewhere"])
def test_a_visit_cancelled_by_others_is_told_with_a_way_to_another(
    desk: DeskInProcess, writer: Patient, by: By
) -> None:
    visit = booked(desk, NEXT_TUESDAY_TEN)
    diary_of(desk).set_status(visit.id, AppointmentStatus.CANCELLED, uuid4(), by=by)
    desk.clock.move(timedelta(minutes=1))

    desk.desk.give_due()

    sent = writer.reads()
    assert "annullato" in sent.body
    writer.taps(sent.taps[0])
    assert "Che cosa" in writer.reads().body or desk.rows(tables.conversation)[0].flow == "book"


def test_who_stopped_notices_and_whose_visit_was_cancelled_is_called(desk: DeskInProcess, writer: Patient) -> None:
    visit = booked(desk, NEXT_TUESDAY_TEN)
    writer.writes("stop")
    writer.reads_all()
    diary_of(desk).set_status(visit.id, AppointmentStatus.CANCELLED, uuid4(), by="staff")
    desk.clock.move(timedelta(minutes=1))

    desk.desk.give_due()

    assert writer.reads_all() == []
    assert [one.reason for one in desk.built.notices.for_staff()] == [ToStaff.STOPPED]


def test_a_person_who_called_takes_it_off_the_list(desk: DeskInProcess, writer: Patient) -> None:
    booked(desk, NEXT_TUESDAY_TEN)
    at(desk, NEXT_TUESDAY_TEN - timedelta(days=1))
    desk.desk.give_due()
    (left,) = desk.built.notices.for_staff()

    done = [desk.built.notices.done(left.id, "staff:anna") for _ in range(2)]

    assert done == [True, False]
    assert desk.built.notices.for_staff() == ()


# ------------------------------------------------------------------------------------------------------- what is tapped


def confirmed_at(desk: DeskInProcess) -> list[datetime | None]:
    """Return when each visit was confirmed."""
    return [row.confirmed_at for row in desk.rows(appointment)]


def reminded(desk: DeskInProcess, writer: Patient) -> str:
    """Have a visit reminded of; return the id of its first tap."""
    booked(desk, THURSDAY_TEN + timedelta(days=1))
    at(desk, THURSDAY_TEN)
    write_again(desk, writer)
    desk.desk.give_due()
    return writer.reads().taps[0]


def test_one_tap_confirms(desk: DeskInProcess, writer: Patient) -> None:
    tap = reminded(desk, writer)

    writer.taps(tap)

    assert len(writer.reads_all()) == 1
    assert confirmed_at(desk) == [desk.clock.now()]
    assert desk.outcomes()[-1] == ("answered", None)


@pytest.mark.parametrize("words", ["Confermo", "Sì", "ok grazie", "1", "Va bene!"])
def test_who_writes_the_answer_instead_of_tapping_it_is_understood(
    desk: DeskInProcess, writer: Patient, words: str
) -> None:
    reminded(desk, writer)

    writer.writes(words)

    assert "ho segnato che viene" in writer.reads_all()[-1].body
    assert confirmed_at(desk) == [desk.clock.now()]


def test_a_no_under_a_reminder_cancels_nothing(desk: DeskInProcess, writer: Patient) -> None:
    reminded(desk, writer)

    writer.writes("no")

    assert {row.state for row in desk.rows(appointment)} == {"booked"}
    assert confirmed_at(desk) == [None]


def test_a_yes_to_anything_said_after_the_reminder_is_not_taken_for_its_answer(
    desk: DeskInProcess, writer: Patient
) -> None:
    reminded(desk, writer)
    writer.writes("orari")

    writer.writes("sì")

    assert confirmed_at(desk) == [None]


def test_a_tap_in_the_middle_of_a_menu_leads_back_to_it(desk: DeskInProcess, writer: Patient) -> None:
    tap = reminded(desk, writer)
    writer.writes("informazioni")
    asked = writer.reads()

    writer.taps(tap)

    answers = writer.reads_all()
    assert answers[-1].taps == asked.taps
    assert confirmed_at(desk) == [desk.clock.now()]


def test_a_tap_of_an_older_revision_says_what_is_true_now(desk: DeskInProcess, writer: Patient) -> None:
    tap = reminded(desk, writer)
    (row,) = desk.rows(appointment)
    moved(desk, diary_of(desk).appointment(row.id), NEXT_TUESDAY_TEN, by="patient")

    writer.taps(tap)

    said = writer.reads_all()
    assert any("martedì 1 dicembre" in sent.body for sent in said)
    assert confirmed_at(desk) == [None]


def test_the_visit_of_another_is_an_old_tap(desk: DeskInProcess, writer: Patient) -> None:
    tap = reminded(desk, writer)
    other = desk.patient("393330000002", name="Bruno Prova")
    other.writes("menu")
    other.reads_all()

    other.taps(tap)

    assert "messaggio di prima" in other.reads().body
    assert confirmed_at(desk) == [None]


@pytest.mark.parametrize(
    "tap",
    ["@visit/confirm", "@visit/steal/{id}/1", "@visit/confirm/x/1", "@visit/confirm/{id}/-1", "@offer/confirm/{id}/1"],
)
def test_what_is_no_tap_of_ours_shows_the_menu(desk: DeskInProcess, writer: Patient, tap: str) -> None:
    visit = booked(desk, NEXT_TUESDAY_TEN)

    writer.taps(tap.format(id=visit.id))

    assert any(one.startswith("main/menu/") for one in writer.reads().taps)
    assert confirmed_at(desk) == [None]


def test_a_webhook_that_comes_five_times_confirms_once(desk: DeskInProcess, writer: Patient) -> None:
    tap = reminded(desk, writer)
    reply = {"type": "list_reply", "list_reply": {"id": tap, "title": "Confermo"}}
    body = writer.body(writer.message(type="interactive", interactive=reply))

    for _ in range(5):
        desk.post(body)

    assert len(writer.reads_all()) == 1
    assert confirmed_at(desk) == [desk.clock.now()]


def test_who_waits_for_a_person_confirms_all_the_same_and_keeps_their_place(
    desk: DeskInProcess, writer: Patient
) -> None:
    tap = reminded(desk, writer)
    wait_for_a_person(writer)
    (before,) = desk.built.lanes.queue_entries()

    writer.taps(tap)

    assert len(writer.reads_all()) == 1
    assert confirmed_at(desk) == [desk.clock.now()]
    assert desk.built.lanes.queue_entries() == (before,)
    assert desk.rows(tables.conversation)[0].owner == "queued"


def test_who_waits_and_taps_to_move_is_left_to_the_person_who_comes(desk: DeskInProcess, writer: Patient) -> None:
    tap = reminded(desk, writer).replace("confirm", "move")
    wait_for_a_person(writer)

    writer.taps(tap)

    assert desk.outcomes()[-1] == ("handed", "in_queue")
    assert desk.rows(tables.conversation)[0].flow == "person"


def test_who_writes_with_staff_confirms_all_the_same_and_staff_see_it(desk: DeskInProcess, writer: Patient) -> None:
    tap = reminded(desk, writer)
    wait_for_a_person(writer)
    desk.desk.claim(desk.rows(tables.conversation)[0].id, ANNA)
    writer.reads_all()

    writer.taps(tap)

    assert len(writer.reads_all()) == 1
    assert confirmed_at(desk) == [desk.clock.now()]
    assert desk.outcomes()[-1] == ("handed", "with_staff")
    assert desk.rows(tables.conversation)[0].owner == "staff"


def test_a_reminder_comes_while_staff_write(desk: DeskInProcess, writer: Patient) -> None:
    booked(desk, THURSDAY_TEN + timedelta(days=1))
    at(desk, THURSDAY_TEN)
    wait_for_a_person(writer)
    desk.desk.claim(desk.rows(tables.conversation)[0].id, ANNA)
    writer.reads_all()

    desk.desk.give_due()

    assert writer.reads().taps[0].startswith("@visit/confirm/")


# --------------------------------------------------------------------------------------------------- what became of it


def test_a_reminder_whose_sending_nobody_knows_of_is_left_to_people(desk: DeskInProcess, writer: Patient) -> None:
    booked(desk, NEXT_TUESDAY_TEN)
    at(desk, NEXT_TUESDAY_TEN - timedelta(days=1))
    write_again(desk, writer)
    desk.whatsapp.answers.append(SendError(Remedy.RETRY, 0, unknown=True))
    desk.desk.give_due()
    desk.beat_for_long()
    desk.age(tables.outbox.c.leased_until)

    desk.desk.finish_due(lambda place: True)
    desk.desk.give_due()

    assert writer.reads_all() == []
    assert [one.reason for one in desk.built.notices.for_staff()] == [ToStaff.UNKNOWN]


def test_a_status_that_names_the_row_settles_the_reminder(desk: DeskInProcess, writer: Patient) -> None:
    booked(desk, NEXT_TUESDAY_TEN)
    at(desk, NEXT_TUESDAY_TEN - timedelta(days=1))
    write_again(desk, writer)
    desk.whatsapp.answers.append(SendError(Remedy.RETRY, 0, unknown=True))
    desk.desk.give_due()
    (row,) = [row for row in desk.rows(tables.outbox) if row.author == "notice"]

    desk.post(status_of(row.id, "sent"))

    assert given(desk)[-1] == (Kind.REMINDER_24H, NoticeState.SENT, None)


def test_a_reminder_that_failed_after_all_is_left_to_people(desk: DeskInProcess, writer: Patient) -> None:
    booked(desk, NEXT_TUESDAY_TEN)
    at(desk, NEXT_TUESDAY_TEN - timedelta(days=1))
    write_again(desk, writer)
    desk.desk.give_due()
    (row,) = [row for row in desk.rows(tables.outbox) if row.author == "notice"]

    desk.post(status_of(row.id, "failed", {"code": 131026, "title": "x"}))

    assert given(desk)[-1] == (Kind.REMINDER_24H, NoticeState.STAFF, ToStaff.REFUSED)


def status_of(row: UUID, status: str, *errors: dict[str, Any]) -> dict[str, Any]:
    """Return a status as Meta spells it."""
    told = {
        "id": "wamid.late", "status": status, "timestamp": "1", "recipient_id": "393330000001",
        "biz_opaque_callback_data": str(row), "errors": list(errors),
    }  # fmt: skip
    value = {"messaging_product": "whatsapp", "metadata": {"phone_number_id": NUMBER}, "statuses": [told]}
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}],
    }


def test_what_was_not_sent_by_the_evening_waits_for_the_morning_and_nobody_behind_it(
    desk: DeskInProcess, writer: Patient
) -> None:
    booked(desk, NEXT_TUESDAY_TEN + timedelta(hours=6))
    at(desk, NEXT_TUESDAY_TEN - timedelta(days=1) + timedelta(hours=9))  # seven in the evening
    write_again(desk, writer)
    desk.desk.give_due(lambda chores: None)
    desk.clock.move(timedelta(hours=1, minutes=30))
    desk.desk.finish_due(lambda place: True)
    assert writer.reads_all() == []
    writer.writes("menu")
    assert len(writer.reads_all()) == 1

    desk.clock.move(timedelta(hours=11, minutes=30))
    desk.desk.give_due()

    assert writer.reads().taps[0].startswith("@visit/confirm/")
    assert given(desk)[-1] == (Kind.REMINDER_24H, NoticeState.SENT, None)


def test_who_was_asked_and_has_not_answered_is_listed(desk: DeskInProcess, writer: Patient) -> None:
    visit = booked(desk, NEXT_TUESDAY_TEN)
    at(desk, NEXT_TUESDAY_TEN - timedelta(days=3) - timedelta(hours=14))  # Friday evening; Saturday at ten it is due
    write_again(desk, writer)
    desk.clock.move(timedelta(hours=14))
    desk.desk.give_due()
    tap = writer.reads().taps[0]
    desk.clock.move(timedelta(hours=12))
    now, soon = desk.clock.now(), NEXT_TUESDAY_TEN + timedelta(hours=1)
    listed = desk.built.notices.unconfirmed({Kind.REMINDER_72H: now - timedelta(hours=6)}, soon)

    writer.taps(tap)

    assert [(one.appointment_id, one.code) for one in listed] == [(visit.id, visit.code)]
    assert desk.built.notices.unconfirmed({Kind.REMINDER_72H: now}, soon) == ()


def test_what_staff_did_and_took_back_is_no_new_time(desk: DeskInProcess, writer: Patient) -> None:
    visit = booked(desk, NEXT_TUESDAY_TEN)
    at(desk, NEXT_TUESDAY_TEN - timedelta(days=1))
    write_again(desk, writer)
    desk.desk.give_due()
    writer.reads_all()
    for status in (AppointmentStatus.ARRIVED, AppointmentStatus.BOOKED):
        diary_of(desk).set_status(visit.id, status, uuid4(), by="staff")
    desk.clock.move(timedelta(minutes=2))

    desk.desk.give_due()

    assert writer.reads_all() == []


# ------------------------------------------------------------------------------------------------- places that became free


@pytest.fixture
def waiter(desk: DeskInProcess, writer: Patient) -> Patient:
    """Return somebody for whom a freed place is held, and who does not know yet."""
    other = desk.patient("393330000009", name="Bruno Prova")
    other.writes("menu")
    theirs, waits_for = (row.id for row in sorted(desk.rows(tables.contact), key=lambda row: row.id))
    assert desk.house.booking is not None and desk.house.booking.waiting is not None
    calendar, waiting = desk.house.booking.calendar, desk.house.booking.waiting
    slot = calendar.free(Wanted("cardiology", THURSDAY_TEN, NEXT_TUESDAY_TEN + timedelta(days=9)), 1)[0]
    visit = calendar.book(calendar.hold(slot, theirs, uuid4(), 600).id, Visitor(None, "Anna"), uuid4())
    waiting.join(waits_for, Wish("cardiology"), Visitor(None, "Bruno"), uuid4())
    other.reads_all()
    calendar.cancel(visit.id, uuid4())
    Offering(calendar, waiting, desk.house.clinic, desk.clock).sweep()
    return other


@pytest.fixture
def offered(desk: DeskInProcess, waiter: Patient) -> tuple[Patient, str]:
    """Return somebody whom a freed place was offered, and the first tap of the offer."""
    desk.desk.give_due()
    return waiter, waiter.reads().taps[0]


def test_an_offer_whose_window_closed_before_the_sending_is_for_the_next(desk: DeskInProcess, waiter: Patient) -> None:
    desk.desk.give_due(lambda chores: None)
    wrote = tables.conversation.update().values(last_inbound_at=desk.clock.now() - timedelta(days=2))
    with desk.built.database.begin() as connection:
        connection.execute(wrote)

    desk.desk.finish_due(lambda place: True)
    desk.desk.give_due()

    assert waiter.reads_all() == []
    assert (given(desk), desk.built.notices.for_staff()) == ([], ())
    assert [row.state for row in desk.rows(waiting_offer)] == ["lost"]


def test_a_freed_place_is_offered_once_and_taken_with_one_tap(
    desk: DeskInProcess, offered: tuple[Patient, str]
) -> None:
    other, tap = offered
    desk.desk.give_due()
    assert other.reads_all() == []

    other.taps(tap)

    assert tap.startswith("@offer/accept/")
    assert len(other.reads_all()) == 1
    assert sorted(row.state for row in desk.rows(appointment)) == ["booked", "cancelled"]
    assert given(desk) == [(Kind.OFFER, NoticeState.SENT, None)]


@pytest.mark.parametrize(("words", "left"), [("sì", ["booked", "cancelled"]), ("no", ["cancelled"])])
def test_an_offer_is_answered_in_words(
    desk: DeskInProcess, offered: tuple[Patient, str], words: str, left: list[str]
) -> None:
    offered[0].writes(words)

    assert sorted(row.state for row in desk.rows(appointment) if row.state != "hold") == left


def test_the_offer_of_another_books_nothing(desk: DeskInProcess, writer: Patient, offered: tuple[Patient, str]) -> None:
    writer.reads_all()

    writer.taps(offered[1])

    assert len(writer.reads_all()) == 1
    assert "booked" not in {row.state for row in desk.rows(appointment)}


# ------------------------------------------------------------------------------------------------------------ what is kept


def test_a_copy_of_ones_data_names_every_reminder(desk: DeskInProcess, writer: Patient) -> None:
    visit = booked(desk, NEXT_TUESDAY_TEN)
    at(desk, NEXT_TUESDAY_TEN - timedelta(days=1))
    write_again(desk, writer)
    desk.desk.give_due()

    copy = desk.built.rights.dossier(contact_of(desk), "operator:test")

    assert copy is not None
    (last,) = [one for one in copy.notices if one.kind == Kind.REMINDER_24H]
    assert (last.appointment_id, last.due_at, last.state) == (visit.id, desk.clock.now(), "sent")


def test_nothing_is_left_to_tell_who_was_erased(desk: DeskInProcess, writer: Patient) -> None:
    booked(desk, NEXT_TUESDAY_TEN)
    at(desk, NEXT_TUESDAY_TEN - timedelta(days=1))
    desk.desk.give_due()
    assert len(desk.built.notices.for_staff()) == 1

    desk.built.rights.erase(contact_of(desk), "operator:test")
    desk.clock.move(timedelta(minutes=5))

    assert desk.built.notices.for_staff() == ()
    assert desk.desk.give_due() == 0
