"""Booking through the whole desk: one appointment whatever happens on the way, and it is told of once it stands."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import pytest

from bot.acting import Action, Facts
from bot.actions import ACTIONS
from bot.agenda import AppointmentStatus
from bot.classifying import Minds
from bot.store import tables
from bot.store.agenda_tables import appointment
from menus.model import Answers, Result, Value
from tests.conftest import MakeDesk
from tests.desks import ANNA, DeskInProcess, Patient, Sent, minutes
from tests.test_free_text import Scripted, sure

TO_THE_TIMES = ("main/menu/book", "book/which_group/visits", "book/which_of_group/cardiology")
AT_NOON, LATER = "book/when/neri.centro.20261123T1100Z", "book/when/neri.centro.20261124T1300Z"
BOOKED = (
    "Prenotato, per *Anna*:\n\n*Visita cardiologica*\nlunedì 23 novembre alle 12:00\nDott.ssa Ada Neri, Sede Centro\n"
)
TAKEN = "Mi dispiace: quell'orario adesso non è più libero."


@dataclass
class Booker:
    """Somebody who books, and how often they have tapped since the main menu."""

    patient: Patient
    taps: int = 0
    read: list[Sent] = field(default_factory=list)

    def chooses(self, *options: str) -> Booker:
        """Tap, and read what comes."""
        for option in options:
            self.patient.taps(option)
            self.taps += 1
            self.read = self.patient.reads_all()
        return self

    def says(self, *words: str) -> Booker:
        """Write, and read what comes."""
        for each in words:
            self.patient.writes(each)
            self.read = self.patient.reads_all()
        return self

    def comes_to_the_summary(self, time: str = AT_NOON) -> Booker:
        """Choose a time, and tell for whom it is."""
        self.says("menu")
        self.taps = 0
        return self.chooses(*TO_THE_TIMES, time).says("Anna", "03/05/1980")

    @property
    def confirm(self) -> str:
        """The button that books what was summed up."""
        (summary,) = self.read
        assert "Conferma?" in summary.body
        return summary.taps[0]


def booker(desk: DeskInProcess, number: str = "393330000001") -> Booker:
    """Return somebody who has never written before."""
    return Booker(desk.patient(number))


def standing(desk: DeskInProcess) -> list[Any]:
    """Return the appointments there are."""
    return [row for row in desk.rows(appointment) if row.state == AppointmentStatus.BOOKED]


def last_call(desk: DeskInProcess) -> UUID:
    """Return the call that was begun last."""
    found: UUID = max(desk.rows(tables.call), key=lambda row: row.id).id
    return found


def at_the_confirmation(desk: DeskInProcess) -> Booker:
    """Return somebody who has confirmed; what this leads to is decided and not done yet."""
    someone = booker(desk).comes_to_the_summary()
    confirm = someone.confirm
    desk.pool.held = []
    someone.chooses(confirm)
    assert someone.read == []
    return someone


def done_by(desk: DeskInProcess) -> None:
    """Do what the pool was held back from."""
    held, desk.pool.held = desk.pool.held or [], None
    desk.pool.submit(tuple(held))


# ------------------------------------------------------------------------------------------------------- the usual case


def test_a_booking_takes_five_taps_and_says_what_stands_in_the_calendar(desk: DeskInProcess) -> None:
    someone = booker(desk).comes_to_the_summary()

    someone.chooses(someone.confirm)

    (row,), (told,) = standing(desk), someone.read
    assert told.body.startswith(f"{BOOKED}Codice: *{row.code}*")
    assert someone.taps == 5


def test_with_a_choice_of_who_and_where_it_is_six_taps_and_nobody_known_is_asked_who_they_are(
    desk: DeskInProcess,
) -> None:
    someone = booker(desk).comes_to_the_summary()
    someone.chooses(someone.confirm, "book/may_remember/yes").says("menu")
    someone.taps = 0

    someone.chooses(*TO_THE_TIMES[:2], "book/which_of_group/general_visit", "book/which_way/any")
    someone.chooses(someone.read[0].taps[0])
    someone.chooses(someone.confirm)

    assert someone.read[0].body.startswith("Prenotato, per *Anna*:")
    assert (someone.taps, len(standing(desk))) == (6, 2)


def test_where_the_clinic_is_strict_the_confirmation_says_time_place_and_code(make_desk: MakeDesk) -> None:
    desk = make_desk(actions={"book": replace(ACTIONS["book"], run=_strictly)})
    someone = booker(desk).comes_to_the_summary()

    someone.chooses(someone.confirm)

    (row,) = standing(desk)
    said = someone.read[0].body.split("\n\nPer spostarlo")[0]
    assert said == f"Prenotato:\n\nlunedì 23 novembre alle 12:00\nSede Centro\nCodice: *{row.code}*"


def _strictly(facts: Facts, answers: Answers) -> Result:
    return ACTIONS["book"].run(replace(facts, clinic=replace(facts.clinic, privacy="strict")), answers)


# --------------------------------------------------------------------------------------------------- said twice, or late


def test_every_message_five_times_in_any_order_makes_one_appointment(desk: DeskInProcess) -> None:
    patient, dice = desk.patient(), random.Random(5)
    bodies: list[dict[str, Any]] = []
    read: list[Sent] = []

    def sends(**content: Any) -> None:
        bodies.append(patient.body(patient.message(**content)))
        for body in (bodies[-1], *dice.sample(bodies * 4, min(4, len(bodies) * 4))):
            desk.post(body)
        read[:] = patient.reads_all()

    def taps(option: str) -> None:
        sends(type="interactive", interactive={"type": "list_reply", "list_reply": {"id": option, "title": "x"}})

    for option in (*TO_THE_TIMES, AT_NOON):
        taps(option)
    for words in ("Anna", "03/05/1980"):
        sends(type="text", text={"body": words})
    taps(read[0].taps[0])

    assert [sent.body[: len(BOOKED)] for sent in read] == [BOOKED]
    assert len(standing(desk)) == 1
    assert {state for state in desk.states()} <= {"sent"}


def test_a_second_tap_on_confirm_books_nothing_more(desk: DeskInProcess) -> None:
    someone = booker(desk).comes_to_the_summary()
    confirm = someone.confirm
    someone.chooses(confirm)

    someone.chooses(confirm)
    desk.clock.move(minutes(1))
    someone.chooses(confirm)

    assert "Vuole che la prossima volta" in someone.read[0].body
    assert len(standing(desk)) == 1


def test_the_button_of_an_older_summary_is_an_old_button(desk: DeskInProcess) -> None:
    someone = booker(desk).comes_to_the_summary()
    older = someone.confirm
    someone.chooses("book/summary/another_time", LATER)

    someone.chooses(older)

    assert "martedì 24 novembre alle 14:00" in someone.read[0].body
    assert standing(desk) == []


def test_the_button_of_a_summary_for_somebody_else_is_an_old_button(desk: DeskInProcess) -> None:
    someone = booker(desk).comes_to_the_summary()
    for_anna = someone.confirm
    someone.chooses("book/summary/another_person").says("Bruno", "01/02/2010")

    someone.chooses(for_anna)

    assert "per *Bruno*" in someone.read[0].body
    assert standing(desk) == []


def test_a_call_that_is_run_twice_books_once_and_says_so_once(desk: DeskInProcess) -> None:
    someone = at_the_confirmation(desk)

    desk.desk.call(last_call(desk))
    desk.desk.call(last_call(desk))

    assert len(someone.patient.reads_all()) == len(standing(desk)) == 1


def test_whoever_dies_between_the_booking_and_the_answer_has_booked_and_the_next_one_answers(
    make_desk: MakeDesk,
) -> None:
    desk = make_desk()
    someone = at_the_confirmation(desk)
    dying = make_desk(actions={"book": replace(ACTIONS["book"], run=_booking_and_dying)})
    with pytest.raises(KeyboardInterrupt):
        dying.desk.call(last_call(desk))
    desk.age(tables.call.c.leased_until)

    desk.desk.finish_due(lambda place: True)

    (told,) = someone.patient.reads_all()
    (row,) = standing(desk)
    assert told.body.startswith(f"{BOOKED}Codice: *{row.code}*")


def _booking_and_dying(facts: Facts, answers: Answers) -> Result:
    ACTIONS["book"].run(facts, answers)
    raise KeyboardInterrupt


# ------------------------------------------------------------------------------------- when nobody waits for it any more


def test_an_appointment_made_while_somebody_was_in_danger_is_told_of_once(desk: DeskInProcess) -> None:
    someone = at_the_confirmation(desk)
    call = last_call(desk)
    desk.pool.held = None
    someone.says("ho un forte dolore al petto e non respiro")
    assert "112" in someone.read[0].body

    desk.desk.call(call)
    desk.desk.call(call)

    assert [sent.body[: len(BOOKED)] for sent in someone.patient.reads_all()] == [BOOKED]
    assert len(standing(desk)) == 1


def test_an_appointment_made_while_staff_took_over_is_told_of(desk: DeskInProcess) -> None:
    someone = at_the_confirmation(desk)
    call = last_call(desk)
    desk.pool.held = None
    (conversation,) = desk.rows(tables.conversation)
    desk.desk.claim(conversation.id, ANNA)
    someone.patient.reads_all()

    desk.desk.call(call)

    assert [sent.body[: len(BOOKED)] for sent in someone.patient.reads_all()] == [BOOKED]


def test_an_appointment_made_when_the_answer_was_overdue_is_told_of(desk: DeskInProcess) -> None:
    someone = at_the_confirmation(desk)
    call = last_call(desk)
    desk.pool.held = None
    desk.age(tables.message.c.answer_by)
    desk.desk.answer_overdue()
    someone.patient.reads_all()

    desk.desk.call(call)

    assert [sent.body[: len(BOOKED)] for sent in someone.patient.reads_all()] == [BOOKED]


def test_a_time_kept_for_nobody_who_waits_is_not_told_of(desk: DeskInProcess) -> None:
    someone = booker(desk).says("menu").chooses(*TO_THE_TIMES)
    desk.pool.held = []
    someone.chooses(AT_NOON)
    call = last_call(desk)
    desk.pool.held = None
    someone.says("ho un forte dolore al petto e non respiro")

    desk.desk.call(call)

    assert someone.patient.reads_all() == []


# ------------------------------------------------------------------------------------------------- two want one time


def test_a_time_somebody_else_is_deciding_on_is_taken_and_the_others_are_shown(desk: DeskInProcess) -> None:
    other = booker(desk, "393330000002").says("menu").chooses(*TO_THE_TIMES)
    booker(desk).comes_to_the_summary()

    other.chooses(AT_NOON)

    (told,) = other.read
    assert told.body.startswith(TAKEN)
    assert AT_NOON not in told.taps


def test_whoever_decides_for_too_long_still_gets_the_time_if_nobody_took_it(desk: DeskInProcess) -> None:
    someone = booker(desk).comes_to_the_summary()
    desk.clock.move(minutes(11))

    someone.chooses(someone.confirm)

    assert someone.read[0].body.startswith(BOOKED)


def test_a_hold_that_was_swept_with_others_is_taken_anew(desk: DeskInProcess) -> None:
    someone = booker(desk).comes_to_the_summary(LATER)
    confirm = someone.confirm
    desk.clock.move(minutes(11))
    booker(desk, "393330000002").comes_to_the_summary("book/when/neri.centro.20261124T1400Z")

    someone.chooses(confirm)

    assert "martedì 24 novembre alle 14:00" in someone.read[0].body
    assert [row.place for row in standing(desk)] == ["centro"]


def test_whoever_decides_for_too_long_is_told_when_somebody_else_was_faster(desk: DeskInProcess) -> None:
    someone = booker(desk).comes_to_the_summary(LATER)
    confirm = someone.confirm
    desk.clock.move(minutes(11))
    faster = booker(desk, "393330000002").comes_to_the_summary(LATER)
    faster.chooses(faster.confirm)

    someone.chooses(confirm)

    assert someone.read[0].body.startswith(TAKEN)
    assert len(standing(desk)) == 1


def test_whoever_looks_again_is_offered_the_time_they_gave_back(desk: DeskInProcess) -> None:
    someone = booker(desk).comes_to_the_summary()

    someone.chooses("book/summary/another_time")

    assert AT_NOON in someone.read[0].taps


def test_words_understood_only_when_the_hold_has_ended_show_what_is_free_now(make_desk: MakeDesk) -> None:
    matcher = Scripted([sure("book", answers={"service": "cardiology", "day": "2026-11-24"})])
    desk = make_desk(minds=Minds(matcher))
    someone = booker(desk).comes_to_the_summary(LATER)
    confirm = someone.confirm

    def meanwhile() -> None:
        desk.clock.move(minutes(11))
        faster = booker(desk, "393330000002").comes_to_the_summary(LATER)
        faster.chooses(faster.confirm)

    matcher.meanwhile = [meanwhile]
    someone.says("allora va bene martedì, per il cuore")
    shown = someone.read[0].taps
    someone.chooses(confirm)

    assert shown[0] == "book/when/neri.centro.20261124T1345Z"  # a visit of 30 minutes and 15 after it later
    assert "apparteneva a un messaggio di prima" in someone.read[0].body
    assert len(standing(desk)) == 1


# ------------------------------------------------------------------------------------------------- the calendar is away


def ending(name: str, outcome: str, **known: Value) -> dict[str, Action]:
    """Return an action that ends in an outcome, whatever it is asked."""
    return {name: replace(ACTIONS[name], run=lambda facts, answers: Result(outcome, known))}


def alarms(desk: DeskInProcess) -> list[tuple[str, str]]:
    """Return which alarms ring, and what they are about."""
    return [(alarm.cause, alarm.subject) for alarm in desk.rows(tables.alarm)]


def test_a_calendar_that_is_away_is_said_and_staff_are_told(make_desk: MakeDesk) -> None:
    desk = make_desk(actions=ending("free_times", "away", why="timeout"))

    someone = booker(desk).says("menu").chooses(*TO_THE_TIMES)

    assert someone.read[0].body.startswith("Mi dispiace: in questo momento l'agenda della clinica non risponde.")
    assert someone.read[0].taps == tuple(f"book/calendar_away/{option}" for option in ("again", "person", "menu"))
    assert alarms(desk) == [("calendar_away", "timeout")]


def test_why_a_calendar_is_away_stands_in_the_log_and_nothing_of_who_asked(
    make_desk: MakeDesk, caplog: pytest.LogCaptureFixture
) -> None:
    desk = make_desk(actions=ending("free_times", "away", why="timeout"))

    booker(desk).says("menu").chooses(*TO_THE_TIMES)

    (record,) = [record for record in caplog.records if record.message == "not answered"]
    told = {name: value for name, value in vars(record).items() if name in ("action", "outcome", "why")}
    assert told == {"action": "free_times", "outcome": "away", "why": "timeout"}


def test_staff_are_told_where_the_phone_could_not_be_looked_up_though_booking_goes_on(make_desk: MakeDesk) -> None:
    desk = make_desk(actions=ending("patients", "none", why="no_connection"))

    someone = booker(desk).says("menu").chooses(*TO_THE_TIMES, AT_NOON)

    assert "Come si chiama chi viene?" in someone.read[0].body
    assert alarms(desk) == [("calendar_away", "no_connection")]


@pytest.mark.parametrize("reason", ["not_found", "found_twice"])
def test_whom_the_clinics_system_cannot_tell_is_brought_to_a_person_who_knows_why(
    make_desk: MakeDesk, reason: str
) -> None:
    desk = make_desk(actions=ending("book", reason))
    someone = booker(desk).comes_to_the_summary()

    someone.chooses(someone.confirm)

    assert "non ho prenotato nulla" in someone.read[0].body
    assert [(row.team, row.reason) for row in desk.rows(tables.handoff)] == [("reception", reason)]
    assert alarms(desk) == []


def test_where_nobody_knows_whether_it_was_booked_a_person_looks(make_desk: MakeDesk) -> None:
    desk = make_desk(actions=ending("book", "unsure"))
    someone = booker(desk).comes_to_the_summary()

    someone.chooses(someone.confirm)

    assert "Non serve prenotare di nuovo" in someone.read[0].body
    assert [(row.team, row.reason) for row in desk.rows(tables.handoff)] == [("reception", "unavailable")]
