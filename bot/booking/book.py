"""Booking: what, with whom and where, for whom, and the appointment itself, which alone may be worded as booked.

Read beside `times.py`. For whom: `first_name`, `birth_date` and `patient_id` ("" where the calendar has no id for them) are
who is meant now; `is_known` says that they need not be asked whether we may remember them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from uuid import UUID, uuid5

from bot.acting import LONGEST_DAY, Action, Asker, Facts
from bot.agenda import Appointment, AppointmentStatus, CalendarUnavailable, NotThere, Patient, PatientUnknown, SlotTaken
from bot.booking.files import calendar_url
from bot.booking.times import (
    ANYBODY,
    CALENDAR_AWAY,
    HOLD_S,
    LOOKED_FOR,
    TOLD,
    WHY,
    away,
    calendar_of,
    give_back,
    local,
    longest_id,
    names_of,
    picked,
    who_gives,
)
from bot.clinic import Clinic, Service
from menus.answers import LONGEST_FIRST_NAME, fold
from menus.model import Answers, Offer, Result, Value

AT_ONCE = 8  # services that fit one list beside "a person" and "menu"
LONGEST_NAME = "M" * LONGEST_FIRST_NAME
OLDEST = 120  # years
YEAR_DAYS = 365.25
SUMMARIES = UUID("8a9c1d0e-5b0f-4c57-9d0c-3f1f2e7b6a10")  # the namespace of their ids

# ---------------------------------------------------------------------------------------------------------------- what


def find_bookable(facts: Facts, answers: Answers) -> Result:
    """Find what can be asked for: all of it where that is few, else its groups; nothing to ask where it is known already."""
    services = facts.clinic.services
    if answers.get("service") in services:
        return Result("known")
    if not any(tuple(who_gives(facts.clinic, service)) for service in services.values()):
        return Result("none", {"service_name": "", "description": ""})
    if len(services) <= AT_ONCE:
        return Result("few", {"services": _service_offers(services.values())})
    used = {service.group for service in services.values()}
    groups = tuple(Offer(id, (("name", name),)) for id, name in facts.clinic.service_groups.items() if id in used)
    return Result("many", {"groups": groups})


def _service_offers(services: Iterable[Service]) -> tuple[Offer, ...]:
    return tuple(
        Offer(service.id, (("name", service.name), ("description", service.description or ""))) for service in services
    )


def find_ways(facts: Facts, answers: Answers) -> Result:
    """Find who gives the service where; what was said of a person or a place before leaves fewer, unless it leaves none."""
    service = facts.clinic.services.get(str(answers.get("service")))
    pairs = tuple(who_gives(facts.clinic, service)) if service else ()
    if service is None or not pairs:
        named = {"service_name": service.name, "description": service.description or ""} if service else {}
        return Result("by_people", {"service_name": "", "description": "", **named})
    wanted = tuple(pair for pair in pairs if _suits(pair, answers))
    kept: Answers = {} if wanted else {"practitioner": "", "place": ""}
    offers = _way_offers(facts.clinic, wanted or pairs)
    known: Answers = {**kept, "ways": offers, "service_name": service.name}
    return Result("several", known) if len(offers) > 1 else Result("one", {**known, "way": offers[0].id})


def _suits(pair: tuple[str, str], answers: Answers) -> bool:
    return answers.get("practitioner") in (None, "", pair[0]) and answers.get("place") in (None, "", pair[1])


def _way_offers(clinic: Clinic, pairs: tuple[tuple[str, str], ...]) -> tuple[Offer, ...]:
    """Offer whoever is first, then each pair; the only one there is stands alone."""
    places = Counter(who for who, _ in pairs)
    offers = tuple(_way_offer(clinic, who, where, places[who] > 1) for who, where in pairs)
    if len(offers) == 1:
        return offers
    nobody: dict[str, Value] = {"practitioner_name": "", "surname": "", "place_name": "", "several_places": False}
    return (Offer(ANYBODY, (("anybody", True), *nobody.items())), *offers)


def _way_offer(clinic: Clinic, who: str, where: str, several_places: bool) -> Offer:
    """Offer somebody at a place; at `several_places` two rows would read the same, were they not named by both."""
    names = names_of(clinic, who, where)
    surname = str(names["practitioner_name"]).rpartition(" ")[2]
    values: dict[str, Value] = {"anybody": False, **names, "surname": surname, "several_places": several_places}
    return Offer(f"{who}.{where}", tuple(values.items()))


# ------------------------------------------------------------------------------------------------------------- for whom


def find_patients(facts: Facts, answers: Answers) -> Result:
    """Find for whom it may be: whoever was told just now, else those known behind this phone; `other`: not the only one known."""
    if answers.get("first_name") and answers.get("birth_date"):
        return Result("one")
    try:
        return _offered(facts, answers, _in_the_calendar(facts))
    except CalendarUnavailable as fault:  # then they are asked who they are
        found = _offered(facts, answers, ())
        return replace(found, answers={**found.answers, "why": fault.why})


def _offered(facts: Facts, answers: Answers, in_the_calendar: tuple[Patient, ...]) -> Result:
    known = _each_once((*_remembered(facts), *in_the_calendar))
    has_summary = answers.get("goal") != "wait"  # where the only one known can still be another
    if len(known) > 1 or (known and not has_summary and not answers.get("other")):
        return Result("several", {"patients": tuple(_patient_offer(facts, patient) for patient in known)})
    if not known or answers.get("other"):
        return Result("none", {"patient_id": "", "is_known": False})
    return Result("one", _meant(known[0]))


def _each_once(people: tuple[Patient, ...]) -> tuple[Patient, ...]:
    """Return people, each once; with the calendar's id, unless it has several for one name and birth date."""
    found: dict[tuple[str, date | None], list[Patient]] = {}
    for patient in people:
        found.setdefault((fold(patient.first_name), patient.birth_date), []).append(patient)
    return tuple(map(_same_person, found.values()))


def _same_person(found: list[Patient]) -> Patient:
    known = {patient.id for patient in found if patient.id is not None}
    return replace(found[0], id=known.pop() if len(known) == 1 else None)


def _remembered(facts: Facts) -> tuple[Patient, ...]:
    people = facts.booking.people if facts.booking else None
    return people.of(facts.asker.contact_id) if people and facts.asker else ()


def _in_the_calendar(facts: Facts) -> tuple[Patient, ...]:
    """Return whom the calendar knows under the phone number; nobody where the number is not known. Raise CalendarUnavailable."""
    if facts.asker is None or facts.asker.wa_id is None:
        return ()
    return calendar_of(facts).patients_by_phone(facts.asker.wa_id)


def _patient_offer(facts: Facts, patient: Patient) -> Offer:
    """Offer somebody; the id is theirs wherever they stand in the list, and tells nobody anything."""
    assert facts.asker is not None
    stable = uuid5(facts.asker.contact_id, f"{fold(patient.first_name)}|{patient.birth_date}|{patient.id}")
    values: dict[str, Value] = {
        "first_name": patient.first_name,
        "birth_date": patient.birth_date or "",
        "patient_id": patient.id or "",
    }
    return Offer(str(stable), tuple(values.items()))


def _meant(patient: Patient) -> Answers:
    born: Value = patient.birth_date or ""
    return {"first_name": patient.first_name, "birth_date": born, "patient_id": patient.id or "", "is_known": True}


def check_birth_date(facts: Facts, answers: Answers) -> Result:
    """Tell whether somebody may have been born on the day that was typed."""
    born = answers.get("birth_date")
    is_possible = isinstance(born, date) and 0 <= (facts.today - born).days <= OLDEST * YEAR_DAYS
    return Result("found" if is_possible else "unknown")


# -------------------------------------------------------------------------------------------------------------- booking


def sum_up(facts: Facts, answers: Answers) -> Result:
    """Offer what is to be confirmed: its id is of this time for this person, so that an older summary's button is an old one."""
    whom = {**answers, **picked_patient(answers)}
    said = "|".join(str(whom.get(name)) for name in ("first_name", "birth_date", "patient_id"))
    stable = uuid5(SUMMARIES, f"{answers.get('hold')}|{said}")
    return Result("found", {"summaries": (Offer(str(stable)),), **picked_patient(answers)})


def picked_patient(answers: Answers) -> Answers:
    """Return who was picked of those known; nothing where somebody was told or is the only one."""
    offers = answers.get("patients")
    for offer in offers if isinstance(offers, tuple) else ():
        if isinstance(offer, Offer) and offer.id == answers.get("whom"):
            return {**dict(offer.values), "is_known": True}
    return {}


def book_held(facts: Facts, answers: Answers) -> Result:
    """Book what is held. A hold that has ended is taken anew: only if somebody else has the time it is gone."""
    slot, asker = picked(answers), facts.asker
    if slot is None or asker is None:
        return Result("taken", {"time": ""})
    patient = patient_of(answers)
    try:
        made = _booked(facts, asker, answers, patient)
    except (SlotTaken, NotThere):
        return Result("taken", {"time": ""})
    except PatientUnknown:
        return not_known(facts, answers, patient)
    except CalendarUnavailable as fault:
        return away(fault, "unsure") if fault.unknown else _given_back(facts, answers, away(fault))
    if made.status is AppointmentStatus.CANCELLED:  # since the first time this was done: it is not booked any more
        return Result("taken", {"time": ""})
    return _told_of(facts, made)


def _booked(facts: Facts, asker: Asker, answers: Answers, patient: Patient) -> Appointment:
    """Book; done again under the same key, it returns what was booked the first time, whichever hold that used."""
    calendar, slot = calendar_of(facts), picked(answers)
    assert slot is not None
    patient = _identified(facts, patient)
    try:
        return calendar.book(UUID(str(answers.get("hold"))), patient, asker.key)
    except (SlotTaken, NotThere):
        held = calendar.hold(slot, asker.contact_id, uuid5(asker.key, "hold"), HOLD_S)
    return calendar.book(held.id, patient, asker.key)


def _identified(facts: Facts, patient: Patient) -> Patient:
    """Return the patient with the calendar's id, where it knows just one of this name and birth date under the phone."""
    same = _same(facts, patient) if patient.id is None else ()
    return replace(patient, id=same[0].id) if len(same) == 1 else patient


def _same(facts: Facts, patient: Patient) -> tuple[Patient, ...]:
    """Return whom the calendar knows under the phone by this name and birth date."""
    who = (fold(patient.first_name), patient.birth_date)
    return tuple(one for one in _in_the_calendar(facts) if (fold(one.first_name), one.birth_date) == who)


def not_known(facts: Facts, answers: Answers, patient: Patient) -> Result:
    """End without an appointment where the clinic's system cannot tell whom it is for: it has nobody like them, or several."""
    try:
        same = _same(facts, patient)
    except CalendarUnavailable:
        same = ()
    return _given_back(facts, answers, Result("found_twice" if len(same) > 1 else "not_found"))


def patient_of(answers: Answers) -> Patient:
    born, known = answers.get("birth_date"), answers.get("patient_id")
    name = answers.get("first_name")
    return Patient(
        known if isinstance(known, str) and known else None,
        name if isinstance(name, str) else "",
        born if isinstance(born, date) else None,
    )


def _given_back(facts: Facts, answers: Answers, result: Result) -> Result:
    """End without an appointment: the time is free for others now; where even that is not answered, when the hold ends."""
    try:
        give_back(facts, answers)
    except CalendarUnavailable as fault:
        return replace(result, answers={"why": fault.why, **result.answers})
    return replace(result, answers={**result.answers, "hold": ""})


def _told_of(facts: Facts, made: Appointment) -> Result:
    """Tell what stands in the calendar, and nothing else. `named`: the clinic lets name, service and doctor be worded."""
    service = facts.clinic.services.get(made.service)
    return Result(
        "booked",
        {
            "appointment": str(made.id),
            "code": made.code,
            "start": local(facts, made.start),
            "service_name": service.name if service else "",
            **names_of(facts.clinic, made.practitioner, made.place),
            "place": made.place,
            "named": facts.clinic.privacy == "named",
            "calendar_file": calendar_url(facts.booking, made) if facts.booking else "",
        },
    )


# ---------------------------------------------------------------------------------------------------------- remembering


def may_remember(facts: Facts, answers: Answers) -> Result:
    """Tell whether to ask if we may remember whom this was for."""
    return Result("known" if answers.get("is_known") else "ask")


def remember(facts: Facts, answers: Answers) -> Result:
    """Remember whom this was for, behind this phone: they agreed."""
    people = facts.booking.people if facts.booking else None
    if people is None or facts.asker is None:
        return Result("away")
    people.remember(facts.asker.contact_id, patient_of(answers))
    return Result("done", {"is_known": True})


# ------------------------------------------------------------------------------------------------------------- registry


def _longest_ways(clinic: Clinic) -> Value:
    """Return each pair there is, worded either way; the wordings are held against every one of them."""
    pairs = {pair for service in clinic.services.values() for pair in who_gives(clinic, service)}
    return tuple(
        offer for pair in sorted(pairs) for both in (True, False) for offer in (_way_offer(clinic, *pair, both),)
    )


def _all_services(clinic: Clinic) -> Value:
    return _service_offers(clinic.services.values())


def _all_groups(clinic: Clinic) -> Value:
    return tuple(Offer(id, (("name", name),)) for id, name in clinic.service_groups.items())


def _longest_description(clinic: Clinic) -> Value:
    return max((s.description or "" for s in clinic.services.values()), key=lambda text: len(str(text)), default="")


WHOM: Mapping[str, Callable[[Clinic], Value]] = MappingProxyType(
    {
        "first_name": lambda clinic: LONGEST_NAME,
        "birth_date": lambda clinic: LONGEST_DAY,
        "patient_id": lambda clinic: "",
        "is_known": lambda clinic: True,
    }
)
PATIENT = Offer("m" * 36, (("first_name", LONGEST_NAME), ("birth_date", LONGEST_DAY), ("patient_id", "")))
BOOKED: Mapping[str, Callable[[Clinic], Value]] = MappingProxyType(
    {
        **TOLD,
        "time": longest_id,
        "hold": longest_id,
        "appointment": longest_id,
        "code": lambda clinic: "M" * 8,
        "place": lambda clinic: max(clinic.places, key=len),
        "named": lambda clinic: clinic.privacy == "named",
        "calendar_file": lambda clinic: "",
    }
)

BOOK = (
    Action(
        "bookable",
        ("known", "few", "many", "none"),
        "here",
        find_bookable,
        {"services": _all_services, "groups": _all_groups},
    ),
    Action(
        "ways",
        ("one", "several", "by_people"),
        "here",
        find_ways,
        {
            "ways": _longest_ways,
            **LOOKED_FOR,
            "service_name": TOLD["service_name"],
            "description": _longest_description,
        },
    ),
    Action(
        "patients",
        ("one", "several", "none"),
        "calendar",
        find_patients,
        {"patients": lambda clinic: (PATIENT,), **WHOM, **WHY},
        warns=CALENDAR_AWAY,
    ),
    Action("birth_date", ("found", "unknown"), "here", check_birth_date),
    Action("summary", ("found",), "here", sum_up, {"summaries": lambda clinic: (Offer("m" * 36),), **WHOM}),
    Action(
        "book",
        ("booked", "taken", "not_found", "found_twice", "away", "unsure"),
        "calendar",
        book_held,
        {**BOOKED, **WHY},
        {"away": CALENDAR_AWAY, "unsure": CALENDAR_AWAY},
        {"booked": "book/booked"},
        CALENDAR_AWAY,
    ),
    Action("may_remember", ("ask", "known"), "here", may_remember),
    Action("remember", ("done", "away"), "ours", remember),
)
