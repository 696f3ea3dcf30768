"""Appointments in the patient's own hands: whose they are, what is true now, and what was done before is not done again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from bot.actions import ACTIONS
from bot.agenda import (
    Appointment,
    AppointmentStatus,
    Booking,
    By,
    CalendarUnavailable,
    OfferState,
    Patient,
    PatientUnknown,
)
from bot.booking.visits import REASONS
from bot.store import tables
from bot.store.agenda_tables import appointment, appointment_change
from bot.store.waiting_tables import freed_place, waiting, waiting_offer
from menus.model import NO_ANSWERS, Answers, Aside, Offer, Result, Tap, Value
from menus.model import Text as Words
from tests.desks import DeskInProcess
from tests.paper import Paper, PaperCalendar, paper_of
from tests.paper_visits import OF_VISITS, OFFER, Visit
from tests.talks import CLINIC, Host
from tests.test_waiting import CARDIOLOGY, House, house_of

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=CLINIC.zone)
VISIT = UUID(int=26)
STRICT = replace(CLINIC, privacy="strict")


@pytest.fixture
def paper() -> Paper:
    """A calendar with one appointment in it, of revision 1."""
    made = paper_of(CLINIC, MONDAY)
    OF_VISITS["Anna has an appointment on Thursday"](made)
    return made


def done(paper: Paper, action: str, answers: Answers = NO_ANSWERS, **more: Any) -> Result:
    """Do an action as the host does."""
    facts = replace(paper.facts(CLINIC, MONDAY, "it"), **more)
    return ACTIONS[action].run(facts, answers)


def asked(wish: str = "confirm", visit: Value = str(VISIT), revision: int = 1) -> Answers:
    return {"wish": wish, "appointment": visit, "revision": revision, "offer": str(OFFER)}


def shown(paper: Paper) -> Answers:
    """Return what is known once the appointment was shown."""
    return done(paper, "visit", {"visit": str(VISIT)}).answers


# --------------------------------------------------------------------------------------------------------------- whose

CHANGES = ["confirm_visit", "cancel_visit", "move_visit"]
LOOKS = ["visit", "visit_to_cancel", "visit_to_move"]


@pytest.mark.parametrize("action", LOOKS + CHANGES)
def test_nobody_sees_or_changes_the_appointment_of_another(paper: Paper, action: str) -> None:
    known = shown(paper)
    paper.calendar.booked[VISIT] = replace(paper.calendar.booked[VISIT], contact_id=uuid4())
    before = paper.calendar.booked[VISIT]

    found = done(paper, action, known)

    assert (found.outcome, found.answers) == ("over", {"over": "unknown", "visit": ""})
    assert paper.calendar.booked[VISIT] == before


@pytest.mark.parametrize("visit", ["", "26", "' OR 1=1", str(uuid4()), 7, Offer(str(VISIT))])
def test_a_button_that_names_nothing_of_ours_does_nothing(paper: Paper, visit: Value) -> None:
    found = done(paper, "visit_wish", asked(visit=visit))

    assert (found.outcome, found.answers["over"]) == ("over", "unknown")


@pytest.mark.parametrize("wish", ["", "book", "cancel_visit", "accept/now", 7])
def test_a_wish_no_button_has_begins_as_if_nothing_had_been_tapped(paper: Paper, wish: Value) -> None:
    found = done(paper, "visit_wish", {**asked(), "wish": wish})

    assert found == Result("none", {"begun": ""})


@pytest.mark.parametrize("wish", ["confirm", "move", "cancel", "way"])
def test_a_reminder_of_an_older_revision_tells_what_is_true_now(paper: Paper, wish: str) -> None:
    OF_VISITS["staff move the appointment"](paper)

    found = done(paper, "visit_wish", asked(wish))

    assert (found.outcome, found.answers["visit_start"]) == ("changed", MONDAY + timedelta(days=4))
    assert paper.calendar.booked[VISIT].confirmed_at is None


def test_a_clinic_under_strict_privacy_words_time_place_and_code_only(paper: Paper) -> None:
    paper.waiting.join(UUID(int=7), CARDIOLOGY, Patient(None, "Bruno"), uuid4())

    found = done(paper, "visits_and_waits", clinic=STRICT)

    offers = found.answers["visits"]
    assert isinstance(offers, tuple)
    visit, wait = (dict(offer.values) for offer in offers if isinstance(offer, Offer))
    assert (visit["visit_service"], visit["visit_practitioner"], wait["visit_service"]) == ("", "", "")
    assert (visit["visit_place"], visit["code"]) == ("Sede Centro", "K7M26")


# ------------------------------------------------------------------------------------------------- once, and not again


def test_what_this_very_tap_cancelled_is_cancelled(paper: Paper) -> None:
    known = done(paper, "visit_to_cancel", {"visit": str(VISIT)}).answers

    first, again = (done(paper, "cancel_visit", known) for _ in range(2))

    assert (first.outcome, again.outcome) == ("cancelled", "cancelled")
    assert paper.calendar.booked[VISIT].revision == 2


@dataclass
class Noting(PaperCalendar):
    """A calendar that notes why something was cancelled."""

    reasons: list[str | None] = field(default_factory=list)

    def cancel(
        self,
        appointment_id: UUID,
        key: UUID,
        reason: str | None = None,
        by: By = "patient",
        revision: int | None = None,
    ) -> Appointment:
        """Note the reason."""
        self.reasons.append(reason)
        return super().cancel(appointment_id, key, reason, by, revision)


@pytest.mark.parametrize("number", range(len(REASONS)))
def test_a_reason_may_be_given_with_the_yes(paper: Paper, number: int) -> None:
    known = done(paper, "visit_to_cancel", {"visit": str(VISIT)}).answers
    ways = known["cancellings"]
    assert isinstance(ways, tuple)
    way = ways[number]
    assert isinstance(way, Offer)
    noting = Noting(CLINIC, MONDAY, booked=paper.calendar.booked)

    done(replace(paper, calendar=noting), "cancel_visit", {**known, "cancelling": way.id})

    assert noting.reasons == [REASONS[number] or None]


def moving(paper: Paper) -> Answers:
    """Return what is known once a new time is held."""
    known = done(paper, "visit_to_move", {"visit": str(VISIT)}).answers
    known = {**known, **done(paper, "free_times", known).answers}
    times = known["times"]
    assert isinstance(times, tuple)
    first = times[0]
    assert isinstance(first, Offer)
    known = {**known, "time": first.id}
    return {**known, **done(paper, "hold_slot", known).answers}


def test_what_this_very_tap_moved_is_moved(paper: Paper) -> None:
    known = moving(paper)

    first, again = (done(paper, "move_visit", known) for _ in range(2))

    assert first == again
    assert (first.outcome, paper.calendar.booked[VISIT].revision) == ("moved", 2)


def test_a_hold_that_ended_is_taken_anew(paper: Paper) -> None:
    known = moving(paper)
    paper.calendar.holds.clear()

    assert done(paper, "move_visit", known).outcome == "moved"


def test_a_time_that_is_no_longer_picked_is_picked_anew(paper: Paper) -> None:
    known = {**moving(paper), "time": ""}

    assert done(paper, "move_visit", known) == Result("taken", {"time": ""})
    assert done(paper, "move_summary", known).answers["summaries"] == ()


def test_a_patient_the_clinics_system_does_not_know_is_brought_to_a_person(paper: Paper) -> None:
    known = moving(paper)
    paper.calendar.change_fault = PatientUnknown()

    assert (done(paper, "move_visit", known).outcome, paper.calendar.holds) == ("not_found", {})


def test_a_patient_the_clinics_system_has_twice_is_said_to_be_there_twice(paper: Paper) -> None:
    known = moving(paper)
    paper.calendar.change_fault = PatientUnknown()
    paper.calendar.known = (Patient("1", "Anna"), Patient("2", "anna"))

    assert done(paper, "move_visit", known).outcome == "found_twice"


def test_a_visit_that_staff_mark_while_it_is_cancelled_is_over(paper: Paper) -> None:
    known = done(paper, "visit_to_cancel", {"visit": str(VISIT)}).answers
    OF_VISITS["nobody knows the appointment"](paper)

    assert done(paper, "cancel_visit", known).outcome == "over"


@pytest.mark.parametrize("action", ["visit_to_cancel", "visit_to_move", "cancel_visit", "move_visit"])
@pytest.mark.parametrize("how", ["it runs since ten minutes", "the patient has arrived"])
def test_a_visit_that_has_begun_is_changed_by_a_person_alone(paper: Paper, action: str, how: str) -> None:
    known = {**done(paper, "visit_to_cancel", {"visit": str(VISIT)}).answers, **moving(paper)}
    there = paper.calendar.booked[VISIT]
    is_there = how == "the patient has arrived"
    paper.calendar.booked[VISIT] = there = replace(
        there, status=AppointmentStatus.ARRIVED if is_there else AppointmentStatus.BOOKED
    )

    found = done(paper, action, known, now=MONDAY if is_there else there.start + timedelta(minutes=10))

    assert (found.outcome, found.answers["over"], paper.calendar.booked[VISIT]) == ("over", "begun", there)


@dataclass
class Meanwhile(PaperCalendar):
    """A calendar in which staff move the appointment between a look at it and what is done about it."""

    def appointment(self, appointment_id: UUID) -> Appointment:
        """Return one appointment as it stood; then it is moved, once."""
        found = super().appointment(appointment_id)
        if found.revision == 1:
            later = replace(found, start=found.start + timedelta(days=1), end=found.end + timedelta(days=1))
            self.booked[appointment_id] = replace(later, revision=2)
        return found


@pytest.mark.parametrize("action", ["cancel_visit", "move_visit"])
def test_what_staff_change_between_a_look_and_the_deed_is_told_and_stays(paper: Paper, action: str) -> None:
    known = {**done(paper, "visit_to_cancel", {"visit": str(VISIT)}).answers, **moving(paper)}
    meanwhile = Meanwhile(CLINIC, MONDAY, booked=paper.calendar.booked, holds=paper.calendar.holds)

    found = done(replace(paper, calendar=meanwhile), action, known)

    now = meanwhile.booked[VISIT]
    assert (found.outcome, found.answers["visit_revision"], found.answers["visit_start"]) == ("changed", 2, now.start)
    assert (now.status, now.revision) == (AppointmentStatus.BOOKED, 2)


# ------------------------------------------------------------------------------------------------------ the waiting list

WISH: Mapping[str, Value] = {"service": "cardiology", "way": "neri.centro", "part": "morning", "first_name": "Anna"}


def test_who_joins_waits_for_what_they_looked_for(paper: Paper) -> None:
    outcomes = [done(paper, "join_waiting_list", WISH).outcome for _ in range(2)]

    (one,) = paper.waiting.people
    wish = (one.wish.service, one.wish.practitioner, one.wish.place, one.wish.part, one.patient.first_name)
    assert (outcomes, wish) == (["joined", "already"], ("cardiology", "neri", "centro", "morning", "Anna"))


@pytest.mark.parametrize("answers", [{}, {"service": "blood_test"}, {"service": "unheard_of"}])
def test_nobody_waits_for_what_cannot_be_booked(paper: Paper, answers: Answers) -> None:
    assert done(paper, "join_waiting_list", answers) == Result("away")


WITHOUT = [{"asker": None}, {"booking": None}]


@pytest.mark.parametrize("without", WITHOUT, ids=["nobody", "no calendar"])
@pytest.mark.parametrize(
    ("action", "outcome"),
    [
        ("join_waiting_list", "away"),
        ("leave_waiting_list", "away"),
        ("accept_offer", "late"),
        ("decline_offer", "late"),
        ("visits", "away"),
    ],
)
def test_where_there_is_nobody_or_no_calendar_nothing_is_done(
    paper: Paper, action: str, outcome: str, without: dict[str, None]
) -> None:
    known = {**WISH, **asked(), "leave": str(uuid4())}

    assert done(paper, action, known, **without).outcome == outcome


def test_anybody_anywhere_is_not_only_where_the_visit_is_now() -> None:
    host = Host("it", MONDAY)
    Visit(26, practitioner="bianchi", place="fiera", service="general_visit")(host.paper)
    for event in (Words("spostare"), Tap("reschedule/when/others"), Tap("reschedule/others/anybody")):
        host.does(event)

    places = {dict(choice.values)["place"] for choice in host.prompts[-1].choices if not choice.fixed}

    assert places == {"centro"}  # of several places the calendar on paper offers the first


@pytest.mark.parametrize("action", ["accept_offer", "decline_offer"])
def test_an_offer_made_to_somebody_else_is_too_late(paper: Paper, action: str) -> None:
    assert done(paper, action, {"offer": str(uuid4())}).outcome == "late"


@pytest.mark.parametrize("action", ["accept_offer", "decline_offer"])
def test_without_a_waiting_list_a_person_is_brought(paper: Paper, action: str) -> None:
    found = done(paper, action, asked(), booking=Booking(paper.calendar))

    assert found.outcome == "unsure"


# --------------------------------------------------------------------------------------------------------- old buttons


def host_with(*changes: str) -> Host:
    host = Host("it", MONDAY)
    for change in changes:
        OF_VISITS[change](host.paper)
    return host


TWO = ("Anna has an appointment on Thursday", "Bruno has an appointment on Friday")


@pytest.mark.parametrize(
    ("words", "row"), [("disdire", 0), ("appuntamenti", 0), ("spostare", None)], ids=["cancel", "confirm", "move"]
)
def test_a_button_of_another_appointment_does_nothing_to_this_one(words: str, row: int | None) -> None:
    host = host_with(*TWO)
    flow = {"disdire": "cancel", "appuntamenti": "appointments", "spostare": "reschedule"}[words]

    def deciding_about(day: int) -> str:
        host.does(Words(words))
        host.does(Tap(f"{flow}/which/{UUID(int=day)}"))
        if row is None:
            slot = next(choice for choice in host.prompts[-1].choices if not choice.fixed)
            host.does(Tap(slot.id))
        return host.prompts[-1].choices[0].id

    old = deciding_about(26)
    deciding_about(27)

    host.does(Tap(old))

    assert host.prompts[0].wording == "desk/old_tap"
    assert [one.revision for one in host.paper.calendar.booked.values()] == [1, 1]
    assert all(one.confirmed_at is None for one in host.paper.calendar.booked.values())


def test_a_reminder_in_the_middle_of_a_move_comes_back_to_it() -> None:
    host = host_with(*TWO)
    host.does(Words("spostare"))
    host.does(Tap(f"reschedule/which/{UUID(int=27)}"))

    host.does(Aside("appointments", asked()))

    assert [prompt.wording for prompt in host.prompts] == ["appointments/confirmed", "reschedule/when"]
    assert dict(host.prompts[1].values)["visit"] == str(UUID(int=27))


# ------------------------------------------------------------------------------------------------------- on a real desk


@pytest.fixture
def house(desk: DeskInProcess) -> House:
    """A desk whose patient has an appointment on Wednesday."""
    desk.patient().writes("ciao")
    house = house_of(desk)
    (row,) = [row for row in desk.rows(appointment) if row.state == "booked"]
    house.calendar.cancel(row.id, uuid4())
    house.offering.sweep()
    (owner,) = {row.contact_id for row in contacts(desk)}
    house.booked = house.book(owner)
    return house


def contacts(desk: DeskInProcess) -> list[Any]:
    return desk.rows(tables.conversation)


def test_an_appointment_is_cancelled_once_however_often_the_webhook_comes(house: House) -> None:
    patient = house.desk.patient()
    patient.writes("disdire")
    patient.reads_all()
    yes = house.desk.whatsapp.sent[-1].taps[0]
    kind = "list_reply"
    message = patient.message(type="interactive", interactive={"type": kind, kind: {"id": yes, "title": "Sì"}})

    for _ in range(5):
        house.desk.post(patient.body(message))

    (said,) = patient.reads_all()
    changes = [row for row in house.desk.rows(appointment_change) if row.appointment_id == house.booked.id]
    assert said.body.startswith("Ho disdetto l'appuntamento di *mercoledì 25 novembre")
    assert sorted(row.action for row in changes) == ["booked", "cancelled", "hold"]
    assert len(house.desk.rows(freed_place)) == 1


def test_an_appointment_is_moved_by_taps_and_its_old_place_is_freed(house: House) -> None:
    patient = house.desk.patient()
    patient.writes("spostare")
    slot = house.desk.whatsapp.sent[-1].taps[0]
    patient.taps(slot)

    patient.taps(house.desk.whatsapp.sent[-1].taps[0])

    said, now = house.desk.whatsapp.sent[-1].body, house.calendar.appointment(house.booked.id)
    (freed,) = house.desk.rows(freed_place)
    assert said.startswith("Fatto: ho spostato l'appuntamento.")
    assert (now.status, now.revision, now.start != house.booked.start) == (AppointmentStatus.BOOKED, 2, True)
    assert freed.starts_at == house.booked.start
    assert [row.state for row in house.desk.rows(appointment) if row.state == "hold"] == []


def test_what_is_kept_of_somebody_who_waits_is_exported_and_erased(house: House) -> None:
    (who,) = {row.contact_id for row in contacts(house.desk)}
    house.waiting.join(who, CARDIOLOGY, Patient(None, "Annalisa"), uuid4())
    other = house.book(house.owner)
    house.calendar.cancel(other.id, uuid4())
    house.offering.sweep()
    rights = house.desk.built.rights
    dossier = rights.dossier(who, "titolare")
    assert dossier is not None

    erased = rights.erase(who, "titolare")

    assert [(one.service, (one.patient or {})["first_name"]) for one in dossier.waits] == [("cardiology", "Annalisa")]
    assert [one.state for one in dossier.offers] == [OfferState.OPEN]
    assert erased is not None
    assert (erased.found["waiting"], erased.found["waiting_offer"]) == (1, 1)
    assert (erased.left["waiting"], erased.left["waiting_offer"]) == (0, 0)
    assert (house.desk.rows(waiting), house.desk.rows(waiting_offer)) == ([], [])


def test_a_place_offered_to_somebody_who_is_erased_goes_to_the_next_one(house: House) -> None:
    first, second = house.waits(CARDIOLOGY, CARDIOLOGY)
    house.calendar.cancel(house.booked.id, uuid4())
    house.offering.sweep()
    house.desk.built.rights.erase(first, "titolare")
    house.desk.clock.move(timedelta(minutes=30))

    house.offering.sweep()

    assert house.offers() == [(second, "open")]


def test_an_accepted_offer_the_calendar_does_not_answer_for_brings_a_person(paper: Paper) -> None:
    OF_VISITS["a place is offered"](paper)
    paper.calendar.change_fault = CalendarUnavailable("timeout", unknown=True)

    assert done(paper, "accept_offer", asked()).outcome == "unsure"
