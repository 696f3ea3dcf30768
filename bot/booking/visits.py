"""What is booked already: seen, confirmed, moved, cancelled; what somebody waits for; and the way in from a reminder or an offer.

Read beside `times.py`. `visit` is the id of the appointment, or of the wait, that is talked about, `visit_revision` the
revision the person was shown: of an older one nothing is done, they are told what is true now. What is said of it begins
with `visit_`, so that it is not mistaken for a time that is being chosen. Every id is held against whoever asks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC
from types import MappingProxyType
from typing import Literal
from uuid import UUID, uuid5

from bot.acting import Action, Asker, Facts, longest
from bot.agenda import (
    Appointment,
    AppointmentStatus,
    CalendarUnavailable,
    Changed,
    NotThere,
    OfferState,
    Patient,
    PatientUnknown,
    SlotTaken,
    Waiting,
    WaitingList,
    Wish,
)
from bot.booking import offering
from bot.booking.book import not_known, patient_of, picked_patient
from bot.booking.times import (
    ANY_DAY,
    CALENDAR_AWAY,
    DAYS,
    HOLD_S,
    LOOKED_FOR,
    SERVICE_NAME,
    WHY,
    away,
    calendar_of,
    local,
    longest_place,
    longest_practitioner,
    longest_start,
    names_of,
    picked,
    searched,
    told,
)
from bot.clinic import Clinic
from menus.model import Answers, Offer, Result, Value

WISHES = ("confirm", "move", "cancel", "way")  # what a reminder's button may ask
ANSWERS = ("accept", "decline")  # what an offer's may
REASONS = ("", "other_plans", "not_needed", "elsewhere", "mistake")  # why one cancels; "" is not said; no health words
STANDING = (AppointmentStatus.BOOKED, AppointmentStatus.ARRIVED)
BY_TAP = "tap"  # the flow was begun by a reminder's button: when it is done, it is over

Why = Literal["cancelled", "begun", "past", "unknown"]


class _Over(Exception):
    """The appointment does not stand any more, or never was this person's."""

    def __init__(self, why: Why, appointment: Appointment | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.appointment = appointment


# ---------------------------------------------------------------------------------------------------------- the way in


def find_wish(facts: Facts, answers: Answers) -> Result:
    """Find what a button on a reminder or an offer asks for; `none` where the flow was begun otherwise."""
    wish, taken = answers.get("wish"), {"wish": "", "begun": BY_TAP}
    if wish in ANSWERS:
        return Result(str(wish), taken)
    if wish not in WISHES:
        return Result("none", {"begun": ""})

    def go_on(appointment: Appointment) -> Result:
        is_as_told = str(appointment.revision) == str(answers.get("revision"))
        return Result(str(wish) if is_as_told else "changed", {**taken, **told_of(facts, appointment)})

    found = _with_visit(facts, answers.get("appointment"), go_on)
    return Result(found.outcome, {**taken, **found.answers})


def how_begun(facts: Facts, answers: Answers) -> Result:
    """Tell whether a button began this, whose flow is over when it is answered, or somebody who is looking around."""
    return Result(BY_TAP if answers.get("begun") == BY_TAP else "menu")


# ------------------------------------------------------------------------------------------------------------- finding


def find_visits(facts: Facts, answers: Answers) -> Result:
    """Find what somebody booked, next first; the only one is the chosen one."""
    return _chosen(facts, answers, lambda asker: _visit_offers(facts, asker))


def find_visits_and_waits(facts: Facts, answers: Answers) -> Result:
    """Find what somebody booked, and what they wait for."""
    return _chosen(facts, answers, lambda asker: (*_visit_offers(facts, asker), *_wait_offers(facts, asker)))


def _chosen(facts: Facts, answers: Answers, find: Callable[[Asker], tuple[Offer, ...]]) -> Result:
    if facts.asker is None:
        return Result("away")
    try:
        offers = find(facts.asker)
    except CalendarUnavailable as fault:
        return away(fault)
    if not offers:
        return Result("none", {"visit": ""})
    if len(offers) == 1:
        return Result("one", {"visits": offers, "visit": offers[0].id})
    is_known = any(offer.id == answers.get("visit") for offer in offers)
    return Result("one" if is_known else "several", {"visits": offers, **({} if is_known else {"visit": ""})})


def _visit_offers(facts: Facts, asker: Asker) -> tuple[Offer, ...]:
    found = calendar_of(facts).appointments(asker.contact_id, facts.now)
    return tuple(Offer(str(one.id), (("waits", False), *told_of(facts, one).items())) for one in found)


def _wait_offers(facts: Facts, asker: Asker) -> tuple[Offer, ...]:
    waiting = facts.booking.waiting if facts.booking else None
    found = waiting.of_contact(asker.contact_id) if waiting else ()
    return tuple(Offer(str(one.id), (("waits", True), *told_of_wait(facts, one).items())) for one in found)


def find_visit(facts: Facts, answers: Answers) -> Result:
    """Find the chosen appointment, or wait, as it stands now."""
    waiting = _wait(facts, answers.get("visit"))
    if waiting is not None:
        leave = (Offer(str(waiting.id)),)
        return Result("waits", {"leaves": leave, "leave": "", **told_of_wait(facts, waiting)})

    def go_on(appointment: Appointment) -> Result:
        known = told_of(facts, appointment)
        confirms = Offer(str(_stable(appointment, "confirm")))
        if appointment.confirmed_at is not None:
            return Result("confirmed", known)
        return Result("booked", {**known, "confirms": (confirms,), "confirm": ""})

    return _with_visit(facts, answers.get("visit"), go_on)


def find_cancelling(facts: Facts, answers: Answers) -> Result:
    """Offer to cancel the chosen appointment, for one of a few reasons or none: what is tapped names the appointment."""

    def go_on(appointment: Appointment) -> Result:
        _refuse_begun(facts, appointment)
        ways = tuple(Offer(str(_stable(appointment, f"cancel {why}")), (("reason", why),)) for why in REASONS)
        return Result("booked", {"cancellings": ways, "cancelling": "", **told_of(facts, appointment)})

    return _with_visit(facts, answers.get("visit"), go_on)


def find_moving(facts: Facts, answers: Answers) -> Result:
    """Find the chosen appointment, and what a new time for it is looked for with: the same service, with the same person there.

    Nobody picked these: whoever looks wider is held by none of them, nor by a day or a doctor said of the appointment itself.
    """

    def go_on(appointment: Appointment) -> Result:
        _refuse_begun(facts, appointment)
        search: Answers = {"service": appointment.service, "practitioner": appointment.practitioner, "way": ""}
        when: Answers = {**ANY_DAY, "part": "", "time": ""}
        return Result("booked", {**search, **when, **told_of(facts, appointment)})

    return _with_visit(facts, answers.get("visit"), go_on)


def _stable(appointment: Appointment, what: str) -> UUID:
    """Name something that may be done to an appointment: a button of another one, or of an older revision, is an old one."""
    return uuid5(appointment.id, f"{appointment.revision} {what}")


# ------------------------------------------------------------------------------------------------------------ changing


def confirm_visit(facts: Facts, answers: Answers) -> Result:
    """Note that the patient comes, as they were told."""

    def go_on(appointment: Appointment) -> Result:
        revision = _revision(answers)
        now = calendar_of(facts).confirm(appointment.id, revision)
        return Result("confirmed" if now.revision == revision else "changed", told_of(facts, now))

    return _with_visit(facts, answers.get("visit"), go_on)


def cancel_visit(facts: Facts, answers: Answers) -> Result:
    """Cancel the chosen appointment if it is still the one that was shown; what this very tap did before is done."""
    chosen = _picked_value(answers, "cancellings", "cancelling", "reason")

    def go_on(appointment: Appointment) -> Result:
        _refuse_begun(facts, appointment)
        if appointment.revision != _revision(answers):
            return Result("changed", told_of(facts, appointment))
        assert facts.asker is not None
        revision = _revision(answers)
        gone = calendar_of(facts).cancel(appointment.id, facts.asker.key, chosen or None, revision=revision)
        return Result("cancelled", told_of(facts, gone))

    found = _with_visit(facts, answers.get("visit"), go_on, is_change=True)
    is_done = found.outcome == "over" and found.answers.get("visit_revision") == _revision(answers) + 1
    return Result("cancelled", found.answers) if is_done and found.answers["over"] == "cancelled" else found


def sum_up_move(facts: Facts, answers: Answers) -> Result:
    """Offer the move that is to be confirmed: old and new, under an id of just these two."""
    slot, hold = picked(answers), answers.get("hold")
    if slot is None or not isinstance(hold, str):
        return Result("found", {"summaries": (), "summary": ""})
    summary = uuid5(UUID(hold), f"{answers.get('visit')} {answers.get('visit_revision')}")
    return Result("found", {"summaries": (Offer(str(summary)),), "summary": "", **told(facts, slot)})


def move_visit(facts: Facts, answers: Answers) -> Result:
    """Give the chosen appointment the time that is held; until then it stays as it was."""
    slot = picked(answers)

    def go_on(appointment: Appointment) -> Result:
        if slot is None:
            return Result("taken", {"time": ""})
        is_done = appointment.revision == _revision(answers) + 1
        if is_done and (appointment.start, appointment.practitioner) == (slot.start, slot.practitioner):
            return Result("moved", told_of(facts, appointment))
        _refuse_begun(facts, appointment)
        if appointment.revision != _revision(answers):
            return Result("changed", told_of(facts, appointment))
        try:
            return Result("moved", told_of(facts, _moved(facts, answers, appointment.id)))
        except SlotTaken:
            return Result("taken", {"time": ""})
        except PatientUnknown:
            return not_known(facts, answers, appointment.patient)

    return _with_visit(facts, answers.get("visit"), go_on, is_change=True)


def _moved(facts: Facts, answers: Answers, appointment_id: UUID) -> Appointment:
    """Move; a hold that has ended is taken anew: only if somebody else has the time it is gone."""
    calendar, asker, slot = calendar_of(facts), facts.asker, picked(answers)
    assert asker is not None and slot is not None
    revision = _revision(answers)
    try:
        return calendar.move(appointment_id, UUID(str(answers.get("hold"))), asker.key, revision=revision)
    except (SlotTaken, NotThere):
        held = calendar.hold(slot, asker.contact_id, uuid5(asker.key, "hold"), HOLD_S)
    return calendar.move(appointment_id, held.id, asker.key, revision=revision)


# -------------------------------------------------------------------------------------------------------- waiting list


def join_waiting_list(facts: Facts, answers: Answers) -> Result:
    """Put somebody on the waiting list for what they looked for; who has a visit for the same waits for an earlier one."""
    search, asker, waiting = searched(facts, answers), facts.asker, _waiting_list(facts)
    if search is None or asker is None or waiting is None:
        return Result("away")
    wish = Wish(search.service.id, search.place, search.practitioner, search.part)
    patient = patient_of({**answers, **picked_patient(answers)})
    is_new = waiting.join(asker.contact_id, wish, patient, asker.key)
    standing = _standing_for(facts, wish.service, patient)
    known: Answers = {
        "service_name": search.service.name,
        "first_name": patient.first_name,
        "named": facts.clinic.privacy == "named",
        "visit_start": local(facts, standing.start) if standing else "",
    }
    return Result("joined" if is_new else "already", known)


def _standing_for(facts: Facts, service: str, patient: Patient) -> Appointment | None:
    """Return what somebody has booked for a service; None too where the calendar cannot say: they wait all the same."""
    assert facts.asker is not None
    try:
        return offering.standing_for(calendar_of(facts), facts.asker.contact_id, service, patient, facts.now)
    except CalendarUnavailable:
        return None


def find_goal(facts: Facts, answers: Answers) -> Result:
    """Tell what somebody is asked for whom for: to book, or to wait."""
    return Result("wait" if answers.get("goal") == "wait" else "book")


def leave_waiting_list(facts: Facts, answers: Answers) -> Result:
    """Take somebody off the waiting list; `away` while they are being booked."""
    asker, waiting, wait_id = facts.asker, _waiting_list(facts), _id(answers.get("leave"))
    if asker is None or waiting is None or wait_id is None:
        return Result("away")
    return Result("left" if waiting.leave(wait_id, asker.contact_id) else "away", {"visit": ""})


def accept_offer(facts: Facts, answers: Answers) -> Result:
    """Book a place of the waiting list for whom it was offered; accepted again, it is the same appointment."""
    offer_id = _id(answers.get("offer"))
    if facts.asker is None or facts.booking is None or offer_id is None:
        return Result("late")
    try:
        taken = offering.accept(facts.booking, offer_id, facts.asker.contact_id, facts.now)
    except NotThere:
        return Result("late")
    except offering.FoundTwice:
        return Result("found_twice")
    except PatientUnknown:
        return Result("not_found")
    except CalendarUnavailable as fault:
        return away(fault, "unsure")
    if taken is None:
        return Result("late")
    if not _stands(facts, taken.appointment):
        return Result("over", _over(facts, _Over(_why(taken.appointment), taken.appointment)))
    return Result("booked", {**told_of(facts, taken.appointment), "is_moved": taken.is_moved})


def decline_offer(facts: Facts, answers: Answers) -> Result:
    """Leave a place of the waiting list to the next one; who took it before has it."""
    offer_id = _id(answers.get("offer"))
    if facts.asker is None or facts.booking is None or offer_id is None:
        return Result("late")
    try:
        state = offering.decline(facts.booking, offer_id, facts.asker.contact_id)
    except NotThere:
        return Result("late")
    except CalendarUnavailable:
        return Result("unsure")
    if state in (OfferState.ACCEPTED, OfferState.BOOKED):
        return accept_offer(facts, answers)
    return Result("declined" if state is OfferState.DECLINED else "late")


def _waiting_list(facts: Facts) -> WaitingList | None:
    return facts.booking.waiting if facts.booking else None


def _wait(facts: Facts, named: Value | None) -> Waiting | None:
    waiting, asker = _waiting_list(facts), facts.asker
    found = waiting.of_contact(asker.contact_id) if waiting and asker else ()
    return next((one for one in found if str(one.id) == named), None)


# -------------------------------------------------------------------------------------------------------------- inside


def _with_visit(
    facts: Facts, named: Value | None, go_on: Callable[[Appointment], Result], is_change: bool = False
) -> Result:
    """Go on with an appointment of whoever asks, if it stands; else tell what became of it.

    `is_change`: where the calendar may have done something before it fell silent, that is told apart (`unsure`).
    """
    try:
        return go_on(_standing(facts, named))
    except _Over as over:
        return Result("over", _over(facts, over))
    except NotThere:
        return Result("over", _over(facts, _Over("unknown")))
    except Changed:  # since it was looked at: by whoever was faster
        return _with_visit(facts, named, lambda now: Result("changed", told_of(facts, now)))
    except CalendarUnavailable as fault:
        return away(fault, "unsure" if is_change and fault.unknown else "away")


def _standing(facts: Facts, named: Value | None) -> Appointment:
    """Return an appointment of whoever asks. Raise _Over, NotThere."""
    visit = _id(named)
    if visit is None or facts.asker is None:
        raise NotThere
    found = calendar_of(facts).appointment(visit)
    if found.contact_id != facts.asker.contact_id:
        raise NotThere
    if not _stands(facts, found):
        raise _Over(_why(found), found)
    return found


def _stands(facts: Facts, appointment: Appointment) -> bool:
    return appointment.status in STANDING and appointment.end > facts.now


def _refuse_begun(facts: Facts, appointment: Appointment) -> None:
    """Raise _Over for a visit that has begun, or whose patient is there: what becomes of it now is the reception's to say."""
    if appointment.status is not AppointmentStatus.BOOKED or appointment.start <= facts.now:
        raise _Over("begun", appointment)


def _why(appointment: Appointment) -> Why:
    return "cancelled" if appointment.status is AppointmentStatus.CANCELLED else "past"


def _over(facts: Facts, over: _Over) -> Answers:
    known = told_of(facts, over.appointment) if over.appointment else {}
    return {**known, "over": over.why, "visit": ""}


def _id(named: Value | None) -> UUID | None:
    try:
        return UUID(named) if isinstance(named, str) else None
    except ValueError:
        return None


def _revision(answers: Answers) -> int:
    shown = answers.get("visit_revision")
    return shown if isinstance(shown, int) else -1


def _picked_value(answers: Answers, source: str, answer: str, name: str) -> str:
    offers = answers.get(source)
    for offer in offers if isinstance(offers, tuple) else ():
        if isinstance(offer, Offer) and offer.id == answers.get(answer):
            return str(dict(offer.values).get(name, ""))
    return ""


def told_of(facts: Facts, appointment: Appointment) -> dict[str, Value]:
    """Return what is said of an appointment. Under `privacy: strict` it is time, place and code: service and names are ""."""
    service, is_named = facts.clinic.services.get(appointment.service), facts.clinic.privacy == "named"
    names = names_of(facts.clinic, appointment.practitioner, appointment.place)
    return {
        "visit": str(appointment.id),
        "visit_revision": appointment.revision,
        "visit_start": local(facts, appointment.start),
        "visit_service": service.name if service and is_named else "",
        "visit_practitioner": names["practitioner_name"] if is_named else "",
        "visit_place": names["place_name"],
        "visit_who": appointment.patient.first_name if is_named else "",
        "code": appointment.code,
        "service": appointment.service,
        "place": appointment.place,
    }


def told_of_wait(facts: Facts, waiting: Waiting) -> dict[str, Value]:
    """Return what is said of a wait: for what, for whom, until when."""
    service, is_named = facts.clinic.services.get(waiting.wish.service), facts.clinic.privacy == "named"
    return {
        "visit": str(waiting.id),
        "visit_service": service.name if service and is_named else "",
        "visit_who": waiting.patient.first_name if is_named else "",
        "visit_start": local(facts, waiting.ends_at.astimezone(UTC)),
        "code": "",
        "visit_place": "",
    }


# ------------------------------------------------------------------------------------------------------------- registry

VISIT: Mapping[str, Callable[[Clinic], Value]] = MappingProxyType(
    {
        "visit": lambda clinic: "m" * 36,
        "visit_revision": lambda clinic: 99,
        "visit_start": longest_start,
        "visit_service": lambda clinic: longest(service.name for service in clinic.services.values()),
        "visit_practitioner": longest_practitioner,
        "visit_place": longest_place,
        "visit_who": lambda clinic: "M" * 40,
        "code": lambda clinic: "M" * 8,
        "service": lambda clinic: max(clinic.services, key=len),
        "place": lambda clinic: max(clinic.places, key=len),
        "over": lambda clinic: "cancelled",
        **WHY,
    }
)


def _longest_visits(clinic: Clinic) -> Value:
    known = tuple((name, build(clinic)) for name, build in VISIT.items())
    return tuple(Offer("m" * 36, (("waits", waits), *known)) for waits in (False, True))


def _one(clinic: Clinic) -> Value:
    return (Offer("m" * 36),)


def _ways_to_cancel(clinic: Clinic) -> Value:
    return tuple(Offer("m" * 36, (("reason", reason),)) for reason in REASONS)


FOUND: Mapping[str, Callable[[Clinic], Value]] = {"visits": _longest_visits, "visit": VISIT["visit"], **WHY}
SEARCH: Mapping[str, Callable[[Clinic], Value]] = {**LOOKED_FOR, **DAYS}  # no wording says what is looked for
CHANGE = ("changed", "over", "away")
AWAY: Mapping[str, str] = {"away": CALENDAR_AWAY}
UNSURE: Mapping[str, str] = {"unsure": CALENDAR_AWAY}
ACCEPTED = "appointments/accepted"
TAKEN: Mapping[str, Callable[[Clinic], Value]] = {**VISIT, "is_moved": lambda clinic: True}

VISITS = (
    Action(
        "visit_wish",
        ("none", *WISHES, *ANSWERS, *CHANGE),
        "calendar",
        find_wish,
        {**VISIT, "wish": lambda clinic: "", "begun": lambda clinic: BY_TAP},
        rings=AWAY,
    ),
    Action("how_begun", (BY_TAP, "menu"), "here", how_begun),
    Action("visits", ("none", "one", "several", "away"), "calendar", find_visits, FOUND, AWAY),
    Action("visits_and_waits", ("none", "one", "several", "away"), "calendar", find_visits_and_waits, FOUND, AWAY),
    Action(
        "visit",
        ("booked", "confirmed", "waits", "over", "away"),
        "calendar",
        find_visit,
        {**VISIT, "confirms": _one, "confirm": lambda clinic: "m" * 36, "leaves": _one, "leave": VISIT["visit"]},
        AWAY,
    ),
    Action(
        "confirm_visit",
        ("confirmed", *CHANGE),
        "calendar",
        confirm_visit,
        VISIT,
        AWAY,
        {"confirmed": "appointments/confirmed"},
    ),
    Action(
        "visit_to_cancel",
        ("booked", "over", "away"),
        "calendar",
        find_cancelling,
        {**VISIT, "cancellings": _ways_to_cancel, "cancelling": lambda clinic: "m" * 36},
        AWAY,
    ),
    Action(
        "cancel_visit",
        ("cancelled", *CHANGE, "unsure"),
        "calendar",
        cancel_visit,
        VISIT,
        {**AWAY, **UNSURE},
        {"cancelled": "cancel/cancelled"},
    ),
    Action("visit_to_move", ("booked", "over", "away"), "calendar", find_moving, {**VISIT, **SEARCH}, AWAY),
    Action(
        "move_summary",
        ("found",),
        "here",
        sum_up_move,
        {"summaries": _one, "summary": lambda clinic: "m" * 36},
    ),
    Action(
        "move_visit",
        ("moved", "taken", "not_found", "found_twice", *CHANGE, "unsure"),
        "calendar",
        move_visit,
        VISIT,
        {**AWAY, **UNSURE},
        {"moved": "reschedule/moved"},
    ),
    Action("booking_goal", ("book", "wait"), "here", find_goal),
    Action(
        "join_waiting_list",
        ("joined", "already", "away"),
        "ours",
        join_waiting_list,
        {
            **SERVICE_NAME,
            "first_name": VISIT["visit_who"],
            "named": lambda clinic: clinic.privacy == "named",
            "visit_start": longest_start,
        },
    ),
    Action("leave_waiting_list", ("left", "away"), "ours", leave_waiting_list),
    Action(
        "accept_offer",
        ("booked", "late", "over", "not_found", "found_twice", "unsure"),
        "calendar",
        accept_offer,
        TAKEN,
        UNSURE,
        {"booked": ACCEPTED},
    ),
    Action(
        "decline_offer",
        ("declined", "booked", "late", "over", "not_found", "found_twice", "unsure"),
        "calendar",
        decline_offer,
        TAKEN,
        UNSURE,
        {"booked": ACCEPTED},
    ),
)
