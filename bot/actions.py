"""What a flow may have done: the registry of actions, each with the outcomes it may end in and the answers it gives.

The actions here only look things up in the clinic's facts at the instant they are given: no I/O, so they run inside the
lane. An action that needs our database or leaves the house says so in `where`, and is not run there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from babel import Locale

from bot.acting import LONGEST_DAY as LONGEST_DAY
from bot.acting import Action as Action
from bot.acting import Asker as Asker
from bot.acting import Facts as Facts
from bot.acting import Where as Where
from bot.acting import longest as _longest
from bot.booking.book import BOOK
from bot.booking.times import TIMES
from bot.booking.visits import VISITS
from bot.clinic import (
    Approved,
    Clinic,
    ClinicPlace,
    Day,
    Helpline,
    Hours,
    Service,
    Team,
    Topic,
    closes_at,
    hours_on,
    is_open,
    opens_at,
)
from menus.model import Answers, Localized, Offer, Result, Value

NEXT_DAYS = 7  # days one can ask the hours of, today included ...
EXCEPTIONS_AHEAD = 60  # ... and, within so many days, those with other hours than usual
RECEPTION = "reception"  # every clinic's file has it
LONGEST_FIRST_NAME = 40  # of a member of staff, as patients read it


def longest_answers(actions: Mapping[str, Action], clinic: Clinic) -> Mapping[str, Value]:
    """Return the longest value of every answer that any of the actions gives."""
    return {name: build(clinic) for action in actions.values() for name, build in action.gives.items()}


def longest_values(actions: Mapping[str, Action], clinic: Clinic) -> Mapping[str, Value]:
    """Return the longest value of everything a wording may be filled with: what actions give, and the desk itself."""
    return {**{name: build(clinic) for name, build in SAID_BY_THE_DESK.items()}, **longest_answers(actions, clinic)}


# -------------------------------------------------------------------------------------------------------------- places


def find_places(facts: Facts, answers: Answers) -> Result:
    """Find the clinic's places; where there is only one, it is the chosen one."""
    offers = _place_offers(facts.clinic)
    if len(offers) == 1:
        return Result("one", {"places": offers, "place": offers[0].id})
    return Result("several", {"places": offers})


def find_place(facts: Facts, answers: Answers) -> Result:
    """Name the chosen place; the outcome says whether there are others to choose from.

    `again` says that the person was asked about this very place before.
    """
    place = _place(facts, answers)
    if place is None:
        return Result("unknown")
    again = answers.get("place_name") == place.name
    return Result("one" if len(facts.clinic.places) == 1 else "several", {"place_name": place.name, "again": again})


def find_address(facts: Facts, answers: Answers) -> Result:
    """Find the address of the chosen place, and where it is on a map."""
    place = _place(facts, answers)
    return Result("found", _address(facts.clinic, place)) if place else Result("unknown")


def _address(clinic: Clinic, place: ClinicPlace) -> Answers:
    return {
        "place_name": place.name,
        "street": place.street,
        "postcode": place.postcode,
        "city": place.city,
        "phone": place.phone,
        "location": _location(clinic, place),
    }


def _location(clinic: Clinic, place: ClinicPlace) -> Offer:
    values: dict[str, Value] = {
        "latitude": place.latitude,
        "longitude": place.longitude,
        "name": f"{clinic.name}, {place.name}",
        "address": f"{place.street}, {place.postcode} {place.city}",
    }
    return Offer(place.id, tuple(values.items()))


def _tell_of_place(name: str, told: Callable[[ClinicPlace], Localized]) -> Action:
    """Build the action that tells one thing of the chosen place."""

    def run(facts: Facts, answers: Answers) -> Result:
        place = _place(facts, answers)
        return Result("found", {"place_name": place.name, name: told(place)}) if place else Result("unknown")

    gives = {"place_name": _longest_place_name, name: lambda clinic: _longest(map(told, clinic.places.values()))}
    return Action(name, ("found", "unknown"), "here", run, gives)


def _place(facts: Facts, answers: Answers) -> ClinicPlace | None:
    """Return the chosen place; None when nothing is chosen, or the clinic's file no longer has it."""
    return facts.clinic.places.get(str(answers.get("place")))


def _place_offers(clinic: Clinic) -> tuple[Offer, ...]:
    return tuple(
        Offer(place.id, (("name", place.name), ("street", place.street), ("city", place.city)))
        for place in clinic.places.values()
    )


# --------------------------------------------------------------------------------------------------------------- hours


def find_days(facts: Facts, answers: Answers) -> Result:
    """Find the days to ask the hours of: the next seven, then those of the next two months with unusual hours."""
    place = _place(facts, answers)
    if place is None:
        return Result("unknown")
    days = (hours_on(facts.clinic, place.id, facts.today + timedelta(days=n)) for n in range(EXCEPTIONS_AHEAD))
    offered = [day for n, day in enumerate(days) if n < NEXT_DAYS or (day.note and _is_news(place, day))]
    return Result("found", {"days": tuple(_day_offer(day, facts.today) for day in offered)})


def find_hours(facts: Facts, answers: Answers) -> Result:
    """Find when the chosen place is open on the chosen day, and when it opens again if it is closed."""
    place, chosen = _place(facts, answers), _chosen_day(answers)
    if place is None or chosen is None:
        return Result("unknown")
    day = hours_on(facts.clinic, place.id, chosen)
    found: dict[str, Value] = {
        "place_name": place.name,
        "date": day.date,
        "openings": _openings(day),
        "note": day.note or "",
        "today": facts.today,
        "reopens": _reopens(facts.clinic, place, day.date),
    }
    return Result("open" if day.openings else "closed", found)


def _chosen_day(answers: Answers) -> date | None:
    try:
        return date.fromisoformat(str(answers.get("day")))
    except ValueError:
        return None


def _is_news(place: ClinicPlace, day: Day) -> bool:
    """Say whether the day differs from the weekday's hours: a holiday on a Sunday that is closed anyway does not."""
    return day.openings != place.hours.weekdays[day.date.weekday()]


def _reopens(clinic: Clinic, place: ClinicPlace, after: date) -> Value:
    """Return the next opening after a day; "" when there is none in two months."""
    for n in range(1, EXCEPTIONS_AHEAD):
        day = hours_on(clinic, place.id, after + timedelta(days=n))
        if day.openings:
            return datetime.combine(day.date, day.openings[0].start, clinic.zone)
    return ""


def _openings(day: Day) -> tuple[Value, ...]:
    return tuple((opening.start, opening.end) for opening in day.openings)


def _day_offer(day: Day, today: date) -> Offer:
    values: dict[str, Value] = {
        "date": day.date,
        "days_away": (day.date - today).days,
        "openings": _openings(day),
        "note": day.note or "",
    }
    return Offer(day.date.isoformat(), tuple(values.items()))


# --------------------------------------------------------------------------------------------------------------- teams


def find_teams(facts: Facts, answers: Answers) -> Result:
    """Find the teams one can write to, each with when it answers; where there is only one, it is the chosen one."""
    teams = tuple(facts.clinic.teams.values())
    offers = tuple(Offer(team.id, tuple(_team_now(facts, team).items())) for team in teams)
    if len(offers) == 1:
        return Result("one", {"teams": offers, "team": offers[0].id})
    return Result("several", {"teams": offers})


def find_team_hours(facts: Facts, answers: Answers) -> Result:
    """Find whether the chosen team answers now, until when or from when, and its phone number."""
    team = facts.clinic.teams.get(str(answers.get("team")))
    if team is None:
        return Result("unknown")
    now = _team_now(facts, team)
    return Result("open" if now["open"] else "closed", {"team_name": team.name, **now})


def _team_now(facts: Facts, team: Team) -> dict[str, Value]:
    """Say whether a team answers now; `closes_at` and `opens_at` are "" when the next month has no such instant."""
    return {
        "name": team.name,
        "phone": team.phone,
        "open": is_open(facts.clinic, team.id, facts.now),
        "closes_at": closes_at(facts.clinic, team.id, facts.now) or "",
        "opens_at": opens_at(facts.clinic, team.id, facts.now) or "",
        "today": facts.today,
        "answer_minutes": team.answer_minutes,
    }


def find_reception(facts: Facts, answers: Answers) -> Result:
    """Choose the reception, which does what the desk cannot do yet; the outcome says whether it answers now."""
    found = find_team_hours(facts, {"team": RECEPTION})
    return Result(found.outcome, {"team": RECEPTION, **found.answers})


# ------------------------------------------------------------------------------------------------------------ services


def find_service_groups(facts: Facts, answers: Answers) -> Result:
    """Find the groups of services; the only one is the chosen one."""
    offers = _group_offers(facts.clinic)
    return Result("found", {"groups": offers, **_only("group", offers)})


def find_services(facts: Facts, answers: Answers) -> Result:
    """Find the services of the chosen group."""
    services = _services_of(facts.clinic, answers)
    offers = tuple(Offer(service.id, _service_values(service)) for service in services)
    return Result("found", {"services": offers}) if offers else Result("unknown")


def find_preparation(facts: Facts, answers: Answers) -> Result:
    """Find how to prepare for the chosen service and what to bring; `nothing` when the clinic says neither."""
    service = facts.clinic.services.get(str(answers.get("service")))
    if service is None:
        return Result("unknown")
    outcome = "found" if service.preparation or service.bring else "nothing"
    told: Answers = {"preparation": service.preparation or "", "bring": service.bring or ""}
    return Result(outcome, {"service_name": service.name, **told})


def _services_of(clinic: Clinic, answers: Answers) -> tuple[Service, ...]:
    return tuple(service for service in clinic.services.values() if service.group == answers.get("group"))


def _group_offers(clinic: Clinic) -> tuple[Offer, ...]:
    used = {service.group for service in clinic.services.values()}
    return tuple(Offer(id, (("name", name),)) for id, name in clinic.service_groups.items() if id in used)


def _service_values(service: Service) -> tuple[tuple[str, Value], ...]:
    return (("name", service.name), ("description", service.description or ""))


def _only(name: str, offers: tuple[Offer, ...]) -> Answers:
    """Return the only thing on offer as the chosen one; nothing where there is a choice."""
    return {name: offers[0].id} if len(offers) == 1 else {}


# ------------------------------------------------------------------------------------------------------------ insurers


def find_insurers(facts: Facts, answers: Answers) -> Result:
    """Find the insurers the clinic has agreements with."""
    offers = _insurer_offers(facts.clinic)
    return Result("found", {"insurers": offers}) if offers else Result("none")


def find_insured_services(facts: Facts, answers: Answers) -> Result:
    """Find the services of the chosen group, each with what the chosen insurer agreed for it."""
    insurer = facts.clinic.insurers.get(str(answers.get("insurer")))
    services = _services_of(facts.clinic, answers)
    if insurer is None or not services:
        return Result("unknown")
    return Result(
        "found",
        {
            "insurer_name": insurer.name,
            "insured_services": tuple(
                Offer(service.id, (("name", service.name), ("terms", insurer.agreements.get(service.id, ""))))
                for service in services
            ),
        },
    )


def find_terms(facts: Facts, answers: Answers) -> Result:
    """Find who pays for the chosen service; the outcome says it."""
    insurer = facts.clinic.insurers.get(str(answers.get("insurer")))
    service = facts.clinic.services.get(str(answers.get("service")))
    if insurer is None or service is None:
        return Result("unknown")
    known: Answers = {"insurer_name": insurer.name, "service_name": service.name, "insurer_note": insurer.note or ""}
    return Result(insurer.agreements.get(service.id, "none"), known)


def _insurer_offers(clinic: Clinic) -> tuple[Offer, ...]:
    return tuple(Offer(insurer.id, (("name", insurer.name),)) for insurer in clinic.insurers.values())


# -------------------------------------------------------------------------------------------------------------- portal


def _tell_of_page(name: str, page: Callable[[Clinic], str | None]) -> Action:
    """Build the action that finds one of the clinic's own pages; the clinic's file allows them on its hosts only."""

    def run(facts: Facts, answers: Answers) -> Result:
        url = page(facts.clinic)
        return Result("found", {name: url}) if url else Result("none")

    return Action(name, ("found", "none"), "here", run, {name: lambda clinic: page(clinic) or ""})


# ---------------------------------------------------------------------------------------------------- approved answers


def find_billing_facts(facts: Facts, answers: Answers) -> Result:
    """Find what the clinic says of invoices and payments."""
    offers = _answer_offers(_in_force(facts, facts.clinic.billing))
    return Result("found", {"billing_facts": offers, "again": False}) if offers else Result("none")


def find_billing_fact(facts: Facts, answers: Answers) -> Result:
    """Find the chosen fact about invoices and payments."""
    return _told(_in_force(facts, facts.clinic.billing).get(str(answers.get("billing_fact"))))


def _actions_of_topics(kind: str, topics: Callable[[Clinic], Mapping[str, Topic]]) -> tuple[Action, Action, Action]:
    """Build what a flow of topics needs: its topics, the titles of one (the only one is chosen), one answer.

    An answer whose review is overdue is not found, nor is a topic without any other.
    """

    def find_topics(facts: Facts, answers: Answers) -> Result:
        found = [topic for topic in topics(facts.clinic).values() if _in_force(facts, topic.answers)]
        offers = tuple(Offer(topic.id, (("name", topic.name),)) for topic in found)
        return Result("found", {f"{kind}_topics": offers}) if offers else Result("none")

    def find_titles(facts: Facts, answers: Answers) -> Result:
        topic = chosen(facts, answers)
        offers = _answer_offers(_in_force(facts, topic.answers)) if topic else ()
        if topic is None or not offers:
            return Result("unknown")
        known: Answers = {f"{kind}_titles": offers, "topic_name": topic.name, "again": False}
        return Result("found", {**known, **_only(f"{kind}_answer", offers)})

    def find_answer(facts: Facts, answers: Answers) -> Result:
        topic = chosen(facts, answers)
        return _told(_in_force(facts, topic.answers).get(str(answers.get(f"{kind}_answer"))) if topic else None)

    def chosen(facts: Facts, answers: Answers) -> Topic | None:
        return topics(facts.clinic).get(str(answers.get(f"{kind}_topic")))

    def all_topics(clinic: Clinic) -> Value:
        return tuple(Offer(topic.id, (("name", topic.name),)) for topic in topics(clinic).values())

    def all_titles(clinic: Clinic) -> Value:
        return tuple(offer for topic in topics(clinic).values() for offer in _answer_offers(topic.answers))

    def longest_id(clinic: Clinic) -> Value:
        return max((id for topic in topics(clinic).values() for id in topic.answers), key=len, default="")

    titles: dict[str, Callable[[Clinic], Value]] = {
        f"{kind}_titles": all_titles,
        "topic_name": lambda clinic: _longest(t.name for of in (clinic.tips, clinic.faq) for t in of.values()),
        "again": lambda clinic: True,
        f"{kind}_answer": longest_id,
    }
    return (
        Action(f"{kind}_topics", ("found", "none"), "here", find_topics, {f"{kind}_topics": all_topics}),
        Action(f"{kind}_titles", ("found", "unknown"), "here", find_titles, titles),
        Action(f"{kind}_answer", ("found", "unknown"), "here", find_answer, TOLD),
    )


def _in_force(facts: Facts, approved: Mapping[str, Approved]) -> Mapping[str, Approved]:
    """Return the answers that may still be sent."""
    return {id: answer for id, answer in approved.items() if answer.review_by >= facts.today}


def _answer_offers(approved: Mapping[str, Approved]) -> tuple[Offer, ...]:
    return tuple(
        Offer(answer.id, (("title", answer.title), ("question", answer.question or ""))) for answer in approved.values()
    )


def _told(answer: Approved | None) -> Result:
    if answer is None:
        return Result("unknown")
    known: Answers = {"title": answer.title, "answer": answer.answer, "approved_by": answer.approved_by}
    return Result("found", {**known, "again": True})


def _all_approved(clinic: Clinic) -> tuple[Approved, ...]:
    of_topics = (
        answer for of in (clinic.tips, clinic.faq) for topic in of.values() for answer in topic.answers.values()
    )
    return (*of_topics, *clinic.billing.values())


TOLD: Mapping[str, Callable[[Clinic], Value]] = MappingProxyType(
    {
        "title": lambda clinic: _longest(answer.title for answer in _all_approved(clinic)),
        "answer": lambda clinic: _longest(answer.answer for answer in _all_approved(clinic)),
        "approved_by": lambda clinic: max(
            (answer.approved_by for answer in _all_approved(clinic)), key=len, default=""
        ),
        "again": lambda clinic: True,
    }
)


# ------------------------------------------------------------------------------------------------------------- privacy


def find_retention(facts: Facts, answers: Answers) -> Result:
    """Find after how many days each class of a person's data is deleted: the settings that are in force."""
    return Result("found", _retention(facts.clinic))


def _retention(clinic: Clinic) -> Answers:
    kept = clinic.retention
    return {
        "words_days": kept.words_days,
        "media_days": kept.media_days,
        "appointments_days": kept.appointments_days,
        "model_days": kept.model_days,
        "audit_days": kept.audit_days,
    }


def _days(name: str) -> Callable[[Clinic], Value]:
    return lambda clinic: _retention(clinic)[name]


# ------------------------------------------------------------------------------------------------------------ language


def find_languages(facts: Facts, answers: Answers) -> Result:
    """Find the languages the clinic writes in, each called by its own name."""
    offers = tuple(Offer(code, (("name", _own_name(code)),)) for code in facts.clinic.languages)
    return Result("one" if len(offers) == 1 else "several", {"languages": offers})


def set_language(facts: Facts, answers: Answers) -> Result:
    """Change the language: the engine makes the answer `language` the conversation's own."""
    wanted = answers.get("wanted")
    return Result("set", {"language": wanted}) if wanted in facts.clinic.languages else Result("unknown")


def _own_name(code: str) -> str:
    name = Locale.parse(code).get_display_name(code) or code
    return name[:1].upper() + name[1:]


# ------------------------------------------------------------------------------------------------------ longest values


def _longest_of_places(of: Callable[[ClinicPlace], str]) -> Callable[[Clinic], Value]:
    return lambda clinic: max(map(of, clinic.places.values()), key=len)


_longest_place_name = _longest_of_places(lambda place: place.name)


def _longest_openings(clinic: Clinic) -> tuple[Value, ...]:
    return max((_openings(day) for day in _ever(clinic)), key=len)


def _longest_note(clinic: Clinic) -> Value:
    return _longest(day.note for day in _ever(clinic) if day.note)


def _longest_days(clinic: Clinic) -> tuple[Value, ...]:
    note = _longest_note(clinic)
    usual: dict[str, Value] = {"date": LONGEST_DAY, "openings": _longest_openings(clinic), "note": note}
    closed: dict[str, Value] = {**usual, "openings": ()}
    return tuple(
        Offer(LONGEST_DAY.isoformat(), (*values.items(), ("days_away", away)))
        for values in (usual, closed)
        for away in (0, 1, 2)
    )


def _ever(clinic: Clinic) -> Iterator[Day]:
    """Give a year of each place, and every exception the file names, whenever it is."""
    for place in clinic.places.values():
        for n in range(366):
            yield hours_on(clinic, place.id, date(2026, 1, 1) + timedelta(days=n))
        yield from _exceptions(place.hours)
    for special in clinic.exceptions:
        yield Day(special.first, special.openings, special.reason)


def _exceptions(hours: Hours) -> Iterator[Day]:
    return (Day(special.first, special.openings, special.reason) for special in hours.exceptions)


def _longest_moment(clinic: Clinic) -> Value:
    return datetime(LONGEST_DAY.year, LONGEST_DAY.month, LONGEST_DAY.day, 20, 30, tzinfo=clinic.zone)


def _long_before(clinic: Clinic) -> Value:
    return LONGEST_DAY - timedelta(days=30)  # so that a moment is written as a day, not as "tomorrow"


def _longest_teams(clinic: Clinic) -> tuple[Value, ...]:
    return tuple(
        Offer(team.id, tuple({"name": team.name, "phone": team.phone, "open": answers, **_instants(clinic)}.items()))
        for team in clinic.teams.values()
        for answers in (True, False)
    )


def _instants(clinic: Clinic) -> dict[str, Value]:
    return {
        "closes_at": _longest_moment(clinic),
        "opens_at": _longest_moment(clinic),
        "today": _long_before(clinic),
    }


def _longest_phone(clinic: Clinic) -> Value:
    return max((*(place.phone for place in clinic.places.values()), *(t.phone for t in clinic.teams.values())), key=len)


def _longest_team_name(clinic: Clinic) -> Value:
    return _longest(team.name for team in clinic.teams.values())


def _longest_location(clinic: Clinic) -> Value:
    locations = (_location(clinic, place) for place in clinic.places.values())
    return max(locations, key=lambda offer: sum(len(str(value)) for _name, value in offer.values))


def _longest_of_helplines(of: Callable[[Helpline], str]) -> Callable[[Clinic], Value]:
    return lambda clinic: max(map(of, clinic.emergency.helplines), key=len, default="")


def _all_languages(clinic: Clinic) -> tuple[Value, ...]:
    return tuple(Offer(code, (("name", _own_name(code)),)) for code in clinic.languages)


# What the desk fills its own words with (`templates/<lang>/desk.yaml`, `safety.yaml`), where no action gives it.
SAID_BY_THE_DESK: Mapping[str, Callable[[Clinic], Value]] = MappingProxyType(
    {
        "clinic": lambda clinic: clinic.name,
        "emergency_number": lambda clinic: max(clinic.emergency.numbers, key=len),
        "team": _longest_team_name,
        "first_name": lambda clinic: "M" * LONGEST_FIRST_NAME,
        "helpline_name": _longest_of_helplines(lambda line: line.name),
        "helpline_phone": _longest_of_helplines(lambda line: line.phone),
        "helpline_hours": lambda clinic: _longest(line.hours for line in clinic.emergency.helplines),
        "portal": lambda clinic: max((f"https://{host}" for host in clinic.portal_hosts), key=len, default=""),
        "at": _longest_moment,
        "days_away": lambda clinic: 30,
        "ahead": lambda clinic: 999,
        "usual_minutes": lambda clinic: 999,
        "notice_day": lambda clinic: LONGEST_DAY,
        "notice_time": lambda clinic: time(20, 30),
        "notice_place": lambda clinic: max((f"{one.name}, {one.street}" for one in clinic.places.values()), key=len),
        "until_day": lambda clinic: LONGEST_DAY,
        "until_time": lambda clinic: time(20, 30),
        "is_confirmed": lambda clinic: False,
    }
)

TEAM_NOW: Mapping[str, Callable[[Clinic], Value]] = MappingProxyType(
    {
        "team_name": _longest_team_name,
        "name": _longest_team_name,
        "phone": _longest_phone,
        "open": lambda clinic: True,
        "answer_minutes": lambda clinic: max(team.answer_minutes for team in clinic.teams.values()),
        "closes_at": _longest_moment,
        "opens_at": _longest_moment,
        "today": _long_before,
    }
)


def _longest_of_services(of: Callable[[Service], Localized | None]) -> Callable[[Clinic], Value]:
    return lambda clinic: _longest(text for service in clinic.services.values() if (text := of(service)))


def _longest_insurer_name(clinic: Clinic) -> Value:
    return max((insurer.name for insurer in clinic.insurers.values()), key=len, default="")


def _all_insured(clinic: Clinic) -> tuple[Value, ...]:
    return tuple(
        Offer(service.id, (("name", service.name), ("terms", terms)))
        for service in clinic.services.values()
        for terms in ("direct", "indirect", "")
    )


def _all_services(clinic: Clinic) -> tuple[Value, ...]:
    return tuple(Offer(service.id, _service_values(service)) for service in clinic.services.values())


# ------------------------------------------------------------------------------------------------------------ registry

ACTIONS: Mapping[str, Action] = MappingProxyType(
    {
        action.name: action
        for action in (
            Action(
                "places",
                ("one", "several"),
                "here",
                find_places,
                {"places": _place_offers, "place": lambda clinic: max(clinic.places, key=len)},
            ),
            Action(
                "place",
                ("one", "several", "unknown"),
                "here",
                find_place,
                {"place_name": _longest_place_name, "again": lambda clinic: True},
            ),
            Action(
                "address",
                ("found", "unknown"),
                "here",
                find_address,
                {
                    "place_name": _longest_place_name,
                    "street": _longest_of_places(lambda place: place.street),
                    "postcode": _longest_of_places(lambda place: place.postcode),
                    "city": _longest_of_places(lambda place: place.city),
                    "phone": _longest_phone,
                    "location": _longest_location,
                },
            ),
            _tell_of_place("parking", lambda place: place.parking),
            _tell_of_place("transport", lambda place: place.transport),
            _tell_of_place("accessibility", lambda place: place.accessibility),
            Action("days", ("found", "unknown"), "here", find_days, {"days": _longest_days}),
            Action(
                "hours",
                ("open", "closed", "unknown"),
                "here",
                find_hours,
                {
                    "place_name": _longest_place_name,
                    "date": lambda clinic: LONGEST_DAY,
                    "openings": _longest_openings,
                    "note": _longest_note,
                    "today": _long_before,
                    "reopens": _longest_moment,
                },
            ),
            Action(
                "teams",
                ("one", "several"),
                "here",
                find_teams,
                {"teams": _longest_teams, "team": lambda clinic: max(clinic.teams, key=len)},
            ),
            Action(
                "team_hours",
                ("open", "closed", "unknown"),
                "here",
                find_team_hours,
                TEAM_NOW,
            ),
            Action(
                "reception",
                ("open", "closed"),
                "here",
                find_reception,
                {**TEAM_NOW, "team": lambda clinic: max(clinic.teams, key=len)},
            ),
            Action(
                "service_groups",
                ("found",),
                "here",
                find_service_groups,
                {"groups": _group_offers, "group": lambda clinic: max(clinic.service_groups, key=len)},
            ),
            Action("services", ("found", "unknown"), "here", find_services, {"services": _all_services}),
            Action(
                "preparation",
                ("found", "nothing", "unknown"),
                "here",
                find_preparation,
                {
                    "service_name": _longest_of_services(lambda service: service.name),
                    "preparation": _longest_of_services(lambda service: service.preparation),
                    "bring": _longest_of_services(lambda service: service.bring),
                },
            ),
            Action("insurers", ("found", "none"), "here", find_insurers, {"insurers": _insurer_offers}),
            Action(
                "insured_services",
                ("found", "unknown"),
                "here",
                find_insured_services,
                {"insured_services": _all_insured, "insurer_name": _longest_insurer_name},
            ),
            Action(
                "terms",
                ("direct", "indirect", "none", "unknown"),
                "here",
                find_terms,
                {
                    "insurer_name": _longest_insurer_name,
                    "service_name": _longest_of_services(lambda service: service.name),
                    "insurer_note": lambda clinic: _longest(i.note for i in clinic.insurers.values() if i.note),
                },
            ),
            _tell_of_page("results_page", lambda clinic: clinic.results_url),
            _tell_of_page("invoices_page", lambda clinic: clinic.invoices_url),
            Action(
                "billing_facts",
                ("found", "none"),
                "here",
                find_billing_facts,
                {"billing_facts": lambda clinic: _answer_offers(clinic.billing), "again": lambda clinic: True},
            ),
            Action("billing_fact", ("found", "unknown"), "here", find_billing_fact, TOLD),
            *_actions_of_topics("tip", lambda clinic: clinic.tips),
            *_actions_of_topics("faq", lambda clinic: clinic.faq),
            Action(
                "retention",
                ("found",),
                "here",
                find_retention,
                {
                    name: _days(name)
                    for name in ("words_days", "media_days", "appointments_days", "model_days", "audit_days")
                },
            ),
            Action("languages", ("one", "several"), "here", find_languages, {"languages": _all_languages}),
            Action(
                "set_language",
                ("set", "unknown"),
                "here",
                set_language,
                {"language": lambda clinic: max(clinic.languages, key=len)},
            ),
            *TIMES,
            *BOOK,
            *VISITS,
        )
    }
)
