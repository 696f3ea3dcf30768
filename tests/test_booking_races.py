"""Many patients tap the same free time at once, through the whole desk on PostgreSQL: one keeps it, the others read what is left."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from uuid import uuid4

import pytest
from psycopg.errors import ExclusionViolation
from sqlalchemy import insert, text, update
from sqlalchemy.exc import IntegrityError

from bot.agenda import Appointment, Held, Slot, SlotTaken, Wish
from bot.agenda import Patient as Visitor
from bot.clinic.hours import Span
from bot.counter import Staff
from bot.daybook import Entered
from bot.store import SqlDaybook, SqlWaiting, tables
from bot.store.agenda_tables import appointment
from bot.store.tombstone import bury
from bot.store.waiting_tables import waiting
from tests.conftest import MakeDesk, counts
from tests.desks import DeskInProcess, Patient, Sent, backing_of, minutes, together
from tests.test_calendars import LATER, WEEK, Agenda, agenda_of, crowd_of

AT_ONCE = 12  # on SQLite
CROWD, FEW = 50, 8  # people who want it: FULL, and otherwise
WAY = (
    "main/menu/book",
    "book/which_group/visits",
    "book/which_of_group/general_visit",
    "book/which_way/neri.centro",
)


def walked(patient: Patient) -> Sent:
    """Take somebody to the list of free times."""
    patient.writes("ciao")
    for option in WAY:
        patient.taps(option)
    return patient.reads_all()[-1]


def tapped(patient: Patient, option: str) -> None:
    """Tap, and let Meta repeat the webhook until it is taken: fifty at once are more than the pool has connections."""
    message = patient.message(
        type="interactive", interactive={"type": "list_reply", "list_reply": {"id": option, "title": "una voce"}}
    )
    while patient.at.post(patient.body(message)) == 503:
        continue


@pytest.mark.timeout(120)
def test_of_many_patients_who_tap_one_time_one_keeps_it_and_the_others_read_what_is_left(
    make_postgres_desk: MakeDesk,
) -> None:
    desk: DeskInProcess = make_postgres_desk()
    crowd = [desk.patient(f"3933300{n:05}") for n in range(CROWD if counts(20) == 20 else FEW)]
    offered = {walked(patient).taps for patient in crowd}
    ((wanted, *others),) = offered

    together(len(crowd), lambda n: tapped(crowd[n], wanted))

    read = [patient.reads().taps for patient in crowd]
    losers = [taps for taps in read if taps[0].startswith("book/when/")]
    assert [taps[0] for taps in read if taps not in losers] == ["book/first_name/person"]
    assert {(wanted in taps, others[0] in taps) for taps in losers} == {(False, True)}
    ids = [f"book/when/{row.foreign_id}" for row in desk.rows(appointment) if row.state == "hold"]
    assert ids == [wanted]
    assert {outcome for outcome, _ in desk.outcomes()} == {"answered"}


# ------------------------------------------------------------------------------------------------- what stands behind it

CARLA = Staff("carla", "Carla")


def book_of(agenda: Agenda) -> SqlDaybook:
    """Return the diary as staff write it."""
    return SqlDaybook(backing_of(agenda.desk.built), agenda.desk.house.clinic.zone)


def past_the_check(agenda: Agenda, slot: Slot) -> Appointment:
    """Have staff book a time, whatever is taken."""
    entered = Entered(CARLA, uuid4())
    return book_of(agenda).enter(slot, Span(slot.start, slot.end), BRUNO, None, lambda *_: frozenset(), entered)


def test_what_is_written_past_the_check_is_refused_by_the_constraint(make_postgres_desk: MakeDesk) -> None:
    agenda = agenda_of(make_postgres_desk())
    booked = agenda.booked()
    slot = Slot("", booked.service, booked.practitioner, booked.place, booked.start + minutes(15), booked.end)

    with pytest.raises(SlotTaken):
        past_the_check(agenda, slot)
    (row,) = agenda.desk.rows(appointment)
    twin = {**row._mapping, "id": uuid4(), "code": "TWIN2"}
    with pytest.raises(IntegrityError) as refused, agenda.desk.built.database.begin() as connection:
        connection.execute(insert(appointment).values(twin))

    assert isinstance(refused.value.orig, ExclusionViolation)
    assert refused.value.orig.diag.constraint_name == "ex_appointment_practitioner_block"
    assert agenda.desk.rows(appointment) == [row]


def test_what_takes_no_time_may_stand_beside_what_does(make_postgres_desk: MakeDesk) -> None:
    agenda = agenda_of(make_postgres_desk())
    gone = agenda.booked()
    slot = Slot("", gone.service, gone.practitioner, gone.place, gone.start, gone.end)
    agenda.calendar.cancel(gone.id, uuid4())

    assert past_the_check(agenda, slot).start == gone.start


def test_of_many_who_want_one_time_on_sqlite_one_gets_it_and_nobody_is_sent_away(
    environ: dict[str, str], sqlite_url: str
) -> None:
    desk = DeskInProcess({**environ, "DATABASE_URL": sqlite_url})
    agenda, crowd = agenda_of(desk), crowd_of(desk, AT_ONCE)
    slots = agenda.calendar.free(WEEK, 40)[::8]

    for slot in slots:
        came = together(AT_ONCE, agenda.taker(slot, crowd))
        (held,) = (one for one in came if isinstance(one, Held))
        assert [one for one in came if one is not held] == [SlotTaken] * (AT_ONCE - 1)
        agenda.calendar.book(held.id, BRUNO, uuid4())

    assert sorted(row.starts_at for row in desk.rows(appointment)) == [slot.start for slot in slots]
    desk.close()


def test_a_block_of_staff_leaves_a_hold_its_time_and_no_more(desk: DeskInProcess) -> None:
    agenda = agenda_of(desk)
    early, late = agenda.held(), agenda.held(agenda.first(LATER), agenda.bruno)
    for held in (early, late):
        book_of(agenda).block(CARLA, uuid4(), held.slot.practitioner, Span(held.slot.start, held.slot.end), "meeting")

    booked = agenda.calendar.book(early.id, BRUNO, uuid4())
    desk.clock.move(minutes(6))
    with pytest.raises(SlotTaken):
        agenda.calendar.book(late.id, BRUNO, uuid4())

    assert booked.start == early.slot.start
    assert sorted(row.state for row in desk.rows(appointment)) == ["booked", "hold"]


# ------------------------------------------------------------------------------------------------------ erased meanwhile

BRUNO = Visitor(None, "Bruno", date(1975, 1, 31))
WISH = Wish("cardiology")


def erased(agenda: Agenda) -> None:
    """Make a tombstone of Anna's contact, but leave what an erasure would have deleted: as if it had come a moment later."""
    gone = update(tables.contact).where(tables.contact.c.id == agenda.anna).values(erased_at=agenda.desk.clock.now())
    with agenda.desk.built.database.begin() as connection:
        connection.execute(gone)


def test_who_was_erased_gets_no_hold_no_visit_and_no_place_on_the_list(desk: DeskInProcess) -> None:
    agenda = agenda_of(desk)
    held = agenda.held()
    erased(agenda)

    with pytest.raises(SlotTaken):
        agenda.calendar.book(held.id, BRUNO, uuid4())
    with pytest.raises(SlotTaken):
        agenda.held(agenda.calendar.free(WEEK, 9)[-1])
    is_new = SqlWaiting(backing_of(desk.built)).join(agenda.anna, WISH, BRUNO, uuid4())

    assert (is_new, desk.rows(waiting)) == (False, [])
    assert [(row.state, row.patient_sealed) for row in desk.rows(appointment)] == [("hold", None)]


def is_waiting(desk: DeskInProcess) -> bool:
    """Tell whether anybody waits for a lock of this database."""
    waits = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with desk.built.database.look() as connection:
        return bool(connection.execute(waits).scalar())


def test_a_hold_that_is_taken_while_somebody_is_erased_comes_after_it(make_postgres_desk: MakeDesk) -> None:
    agenda = agenda_of(make_postgres_desk())
    slot, built = agenda.first(), agenda.desk.built

    with ThreadPoolExecutor(1) as other:
        with built.database.begin() as connection:
            bury(backing_of(built), connection, [agenda.anna])
            taken: Future[object] = other.submit(agenda.held, slot)
            while not (taken.done() or is_waiting(agenda.desk)):
                continue

        with pytest.raises(SlotTaken):
            taken.result()

    assert agenda.desk.rows(appointment) == []
