"""What booking finds and decides, without a desk: services and ways, for whom, and how an attempt to book may end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from bot.actions import ACTIONS
from bot.agenda import Patient
from bot.clinic import Clinic
from menus.model import Answers, Offer, Result, Value
from tests.paper import AWAY, MAYBE_DONE, NOT_KNOWN, Paper, PaperPeople, paper_of
from tests.talks import CLINIC

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=CLINIC.zone)
ANNA = Patient(None, "Anna", date(1980, 5, 3))
KNOWN_ANNA = replace(ANNA, id="Patient/1", first_name="ANNA")
BRUNO = Patient("Patient/2", "Bruno", date(2015, 9, 23))


def paper(known: tuple[Patient, ...] = (), remembered: tuple[Patient, ...] = ()) -> Paper:
    made = replace(paper_of(CLINIC, MONDAY), people=PaperPeople(remembered))
    made.calendar.known = known
    return made


def done(action: str, on: Paper | None = None, answers: Answers | None = None, clinic: Clinic = CLINIC) -> Result:
    """Do an action as the host does."""
    return ACTIONS[action].run((on or paper()).facts(clinic, MONDAY, "it"), answers or {})


def ids(found: Result, name: str) -> list[str]:
    value = found.answers[name]
    assert isinstance(value, tuple)
    return [offer.id for offer in value if isinstance(offer, Offer)]


# -------------------------------------------------------------------------------------------------- what, and with whom


def test_whoever_is_first_is_offered_before_each_who_gives_it_somewhere() -> None:
    found = done("ways", answers={"service": "general_visit"})

    assert (found.outcome, ids(found, "ways")) == ("several", ["any", "neri.centro", "bianchi.centro", "bianchi.fiera"])


SAID: list[tuple[dict[str, Value], list[str]]] = [
    ({"place": "fiera"}, ["bianchi.fiera"]),
    ({"practitioner": "bianchi"}, ["any", "bianchi.centro", "bianchi.fiera"]),
    ({"practitioner": "gallo"}, ["any", "neri.centro", "bianchi.centro", "bianchi.fiera"]),
    ({"practitioner": "neri", "place": "fiera"}, ["any", "neri.centro", "bianchi.centro", "bianchi.fiera"]),
]


@pytest.mark.parametrize(("said", "left"), SAID)
def test_what_was_said_before_leaves_fewer_unless_it_leaves_none(said: dict[str, Value], left: list[str]) -> None:
    assert ids(done("ways", answers={"service": "general_visit", **said}), "ways") == left


def test_eight_services_are_shown_at_once() -> None:
    few = replace(CLINIC, services=dict(list(CLINIC.services.items())[:8]))

    assert (done("bookable", clinic=few).outcome, done("bookable").outcome) == ("few", "many")


# ------------------------------------------------------------------------------------------------------------- for whom


def test_somebody_remembered_and_in_the_clinics_system_is_one_person_with_its_id() -> None:
    found = done("patients", paper((KNOWN_ANNA,), (ANNA,)))

    assert (found.outcome, found.answers["patient_id"], found.answers["is_known"]) == ("one", "Patient/1", True)


def test_several_are_offered_under_ids_that_stay_theirs_wherever_they_stand() -> None:
    one, other = done("patients", paper((BRUNO,), (ANNA,))), done("patients", paper((ANNA, BRUNO)))

    assert (one.outcome, sorted(ids(one, "patients"))) == ("several", sorted(ids(other, "patients")))


def test_two_records_of_one_person_are_one_person_without_an_id() -> None:
    found = done("patients", paper((BRUNO, replace(BRUNO, id="Patient/9"))))

    assert (found.outcome, found.answers["first_name"], found.answers["patient_id"]) == ("one", "Bruno", "")


def test_a_calendar_that_is_away_knows_nobody_and_those_remembered_are_still_known() -> None:
    away = paper((BRUNO,), (ANNA,))
    away.calendar.fault = AWAY

    found = done("patients", away)

    assert (found.answers["first_name"], found.answers["why"]) == ("Anna", "timeout")


@pytest.mark.parametrize(("ago", "outcome"), [(0, "found"), (40_000, "found"), (-1, "unknown"), (44_000, "unknown")])
def test_a_birth_date_lies_within_a_life(ago: int, outcome: str) -> None:
    born = MONDAY.date() - timedelta(days=ago)

    assert done("birth_date", answers={"birth_date": born}).outcome == outcome


# -------------------------------------------------------------------------------------------------------------- booking


def decided(on: Paper) -> dict[str, Value]:
    """Return the answers of somebody who has held a time and is about to confirm."""
    answers: dict[str, Value] = {"service": "cardiology", "first_name": "Anna", "birth_date": ANNA.birth_date or ""}
    answers |= done("free_times", on, answers).answers
    answers["time"] = ids(Result("found", answers), "times")[0]
    return {**answers, **done("hold_slot", on, answers).answers}


def test_whoever_is_the_only_one_of_their_name_and_birth_date_is_booked_under_the_clinics_id() -> None:
    on = paper((KNOWN_ANNA, BRUNO))

    found = done("book", on, decided(on))

    (made,) = on.calendar.booked.values()
    assert (found.outcome, made.patient.id, found.answers["code"]) == ("booked", "Patient/1", made.code)


def test_two_of_one_name_and_birth_date_are_not_chosen_between() -> None:
    on = paper((KNOWN_ANNA, replace(KNOWN_ANNA, id="Patient/9")))

    done("book", on, decided(on))

    assert [made.patient.id for made in on.calendar.booked.values()] == [None]


ENDS = [(NOT_KNOWN, "not_found", 0), (AWAY, "away", 0), (MAYBE_DONE, "unsure", 1)]


@pytest.mark.parametrize(("fault", "outcome", "held"), ENDS)
def test_what_was_held_is_given_back_unless_it_may_have_been_booked(fault: Exception, outcome: str, held: int) -> None:
    on = paper()
    answers = decided(on)
    on.calendar.patient_fault = fault

    found = done("book", on, answers)

    assert (found.outcome, len(on.calendar.holds)) == (outcome, held)


def test_two_who_are_alike_are_not_somebody_who_is_not_there() -> None:
    on = paper((KNOWN_ANNA, replace(KNOWN_ANNA, id="Patient/9")))
    answers = decided(on)
    on.calendar.patient_fault = NOT_KNOWN

    found = done("book", on, answers)

    assert (found.outcome, len(on.calendar.holds)) == ("found_twice", 0)


@pytest.mark.parametrize(("fault", "outcome"), [(AWAY, "away"), (MAYBE_DONE, "unsure")])
def test_why_a_calendar_did_not_book_is_known(fault: Exception, outcome: str) -> None:
    on = paper()
    answers = decided(on)
    on.calendar.patient_fault = fault

    found = done("book", on, answers)

    assert (found.outcome, found.answers["why"]) == (outcome, "timeout")


def test_a_hold_that_is_gone_is_taken_anew() -> None:
    on = paper()
    answers = decided(on)
    on.calendar.holds.clear()

    assert done("book", on, answers).outcome == "booked"


def test_what_was_cancelled_since_is_not_said_to_be_booked() -> None:
    on = paper()
    answers = decided(on)
    the_same_call = on.facts(CLINIC, MONDAY, "it")
    first = ACTIONS["book"].run(the_same_call, answers)
    on.calendar.cancel(UUID(str(first.answers["appointment"])), uuid4(), by="staff")

    again = ACTIONS["book"].run(the_same_call, answers)

    assert (first.outcome, again.outcome) == ("booked", "taken")


def test_a_time_that_is_gone_is_not_booked() -> None:
    on = paper()
    answers = decided(on)
    on.calendar.taken.add(str(answers["time"]))

    assert done("book", on, answers) == Result("taken", {"time": ""})


@pytest.mark.parametrize("privacy", ["strict", "named"])
def test_a_clinic_says_whether_service_and_doctor_are_worded(privacy: str) -> None:
    on, clinic = paper(), replace(CLINIC, privacy=privacy)  # type: ignore[arg-type]

    assert done("book", on, decided(on), clinic).answers["named"] == (privacy == "named")


def test_who_agrees_is_remembered_and_not_asked_again() -> None:
    on = paper()
    answers = decided(on)

    found = done("remember", on, answers)

    assert (found, on.people and on.people.known) == (Result("done", {"is_known": True}), (ANNA,))
    assert done("may_remember", on, {**answers, **found.answers}).outcome == "known"
