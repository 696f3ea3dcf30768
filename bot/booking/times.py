"""Choosing a time, for whatever it is wanted: what is free, on which days, and keeping one while somebody decides.

The answers these actions read and give belong to no one flow. They read `service`, `way` (who and where: `any`, or
`<practitioner>.<place>`; without one `practitioner` and `place` narrow the search), `part` (morning, afternoon), `day` and
`until` (dates as in 2026-11-24; `until` is not included), `weekdays` (which of these days, as digits: 1 is Tuesday), `said`
(words that name a day), `time` (the slot that was picked). An answer of "" is none. They give `times` and `free_days` to pick
from, and what is held; and `why`, where the calendar did not answer: it is for staff, no wording says it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from typing import Literal
from uuid import UUID

from bot.acting import LONGEST_DAY, Action, Facts, longest
from bot.agenda import Calendar, CalendarUnavailable, Slot, SlotTaken, Wanted
from bot.clinic import Clinic, Service
from bot.when import meant
from menus.model import NO_ANSWERS, Answers, Offer, Result, Value

HOLD_S = (
    600.0  # long enough to type a name and a birth date and to ask somebody in the next room; short enough for the next
)
CALENDAR_AWAY = "calendar_away"  # the alarm
ANYBODY = "any"  # the way of whoever wants the first place there is
LOOK_AHEAD = (14, 45)  # days looked at before the whole horizon: most find what they want in the next two weeks
ENOUGH = 12  # times that need no further look: two pages of a list
MOST_TIMES = 24  # four pages: who has not found a time by then names a day
MOST_OF_A_DAY = 60  # a visit every quarter of an hour of a long day
MOST_DAYS = 30
TIMES_A_DAY = 3  # of the next free times, so that a page shows some days ...
APART = timedelta(hours=1)  # ... and each of them some hours
AT_ONCE = 2000  # slots asked of the calendar in one look
DAY = timedelta(days=1)
ANY_DAY: Answers = MappingProxyType({"day": "", "until": "", "weekdays": ""})
WHOEVER: Answers = MappingProxyType({"practitioner": "", "place": ""})  # was said, or is so today: not who was picked
SEARCHES: Mapping[str, Answers] = MappingProxyType(
    {
        "morning": {**ANY_DAY, "part": "morning"},
        "afternoon": {**ANY_DAY, "part": "afternoon"},
        "days": {},
        "anybody": {**WHOEVER, "way": ANYBODY},
        "all": {**ANY_DAY, **WHOEVER, "part": "", "part_of_day": ""},
    }
)
Part = Literal["morning", "afternoon"]
PARTS: Mapping[Value | None, Part] = MappingProxyType(
    {"morning": "morning", "afternoon": "afternoon", "evening": "afternoon"}
)


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: `first` and `until` (not included) are the days that were named, both None where none was."""

    service: Service
    practitioner: str | None
    place: str | None
    part: Part | None
    first: date | None = None
    until: date | None = None
    weekdays: tuple[int, ...] = ()


# --------------------------------------------------------------------------------------------------------------- looking


def free_times(facts: Facts, answers: Answers) -> Result:
    """Find the next free times, or those of the day that was named; `later` when that day has none and those after it are told.

    What was held until now is given back: whoever looks again may want that very time after all. `none`: there are times for
    whoever wants less; `full`: there are none at all.
    """
    search = searched(facts, answers)
    if search is None:
        return Result("unknown")
    try:
        give_back(facts, answers)
        if search.first is not None and (of_day := _times_of_the_day(facts, search)):
            return _found(facts, "found", of_day)
        following = tuple(_next_times(facts, search))
        if not following:
            return Result(_nothing(facts, search), {"times": (), "time": ""})
    except CalendarUnavailable as fault:
        return away(fault)
    return _found(facts, "found" if search.first is None else "later", following)


def free_days(facts: Facts, answers: Answers) -> Result:
    """Find the days on which something is free."""
    search = searched(facts, {**answers, **ANY_DAY})
    if search is None:
        return Result("unknown")
    try:
        days = _days_with_times(facts, search)
        if not days:
            return Result(_nothing(facts, search))
    except CalendarUnavailable as fault:
        return away(fault)
    offers = tuple(_day_offer(facts, day, starts) for day, starts in days.items())[:MOST_DAYS]
    return Result("found", {"free_days": offers, **ANY_DAY})


def away(fault: CalendarUnavailable, outcome: str = "away") -> Result:
    """End without an answer of the calendar, and say why to whom it concerns."""
    return Result(outcome, {"why": fault.why})


def _nothing(facts: Facts, search: Search) -> str:
    """Tell whether looking wider finds something where nothing was found."""
    widest = Search(search.service, None, None, None)
    if search == widest:
        return "full"
    return "none" if any(_looked_at(facts, widest, facts.today)) else "full"


def searched(facts: Facts, answers: Answers) -> Search | None:
    """Return what the answers look for; None for a service that cannot be booked (any more). Days out of reach are not named."""
    service = facts.clinic.services.get(str(answers.get("service")))
    if service is None or service.visit is None:
        return None
    practitioner, place = _who_and_where(answers)
    search = Search(service, practitioner, place, PARTS.get(answers.get("part") or answers.get("part_of_day")))
    first = _day(answers.get("day"))
    if first is None:
        return search
    until = _day(answers.get("until")) or first + DAY
    is_within = facts.today < until and first <= last_day(facts, service)
    if not is_within:
        return search
    return replace(search, first=max(first, facts.today), until=until, weekdays=_weekdays(answers))


def _weekdays(answers: Answers) -> tuple[int, ...]:
    said = answers.get("weekdays")
    return tuple(int(day) for day in said if day in "0123456") if isinstance(said, str) else ()


def last_day(facts: Facts, service: Service) -> date:
    """Return the furthest day that can be booked."""
    return facts.today + timedelta(days=service.visit.horizon if service.visit else 0)


def _who_and_where(answers: Answers) -> tuple[str | None, str | None]:
    """Return practitioner and place, None where it is left open."""
    way = answers.get("way")
    if isinstance(way, str) and "." in way:
        practitioner, _, place = way.partition(".")
        return practitioner, place
    return _named(answers, "practitioner"), _named(answers, "place")


def _named(answers: Answers, name: str) -> str | None:
    value = answers.get(name)
    return value if isinstance(value, str) and value else None


def _day(value: Value | None) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _times_of_the_day(facts: Facts, search: Search) -> tuple[Slot, ...]:
    assert search.first is not None and search.until is not None
    of_days = (slot for slot in _slots(facts, search, search.first, search.until) if _is_meant(facts, search, slot))
    slots = _once_each(of_days)
    if search.until - search.first > DAY:  # a week was named: some times of each of its days
        slots = _spread(slots, facts)
        return tuple(slots)[:MOST_TIMES]
    return tuple(_one_after_another(slots, search.service))[:MOST_OF_A_DAY]


def _is_meant(facts: Facts, search: Search, slot: Slot) -> bool:
    return not search.weekdays or local(facts, slot.start).weekday() in search.weekdays


def _next_times(facts: Facts, search: Search) -> Iterator[Slot]:
    """Yield some times of each of the next days, looking further ahead only while there are few."""
    found: list[Slot] = []
    for slots in _looked_at(facts, search, search.first or facts.today):
        found += _spread(_once_each(slots), facts)
        if len(found) >= ENOUGH:
            break
    yield from found[:MOST_TIMES]


def _days_with_times(facts: Facts, search: Search) -> dict[date, list[datetime]]:
    days: dict[date, list[datetime]] = {}
    for slots in _looked_at(facts, search, facts.today):
        for slot in _once_each(slots):
            start = local(facts, slot.start)
            days.setdefault(start.date(), []).append(start)
        if len(days) >= ENOUGH:
            break
    return days


def _looked_at(facts: Facts, search: Search, first: date) -> Iterator[tuple[Slot, ...]]:
    """Yield what is free from a day on, further and further; no day twice, and none left out where one look sees not all."""
    since = first
    for until in _steps(facts, search.service, first):
        while since < until:
            slots = _slots(facts, search, since, until)
            yield slots
            since = until if len(slots) < AT_ONCE else local(facts, slots[-1].start).date() + DAY


def _steps(facts: Facts, service: Service, first: date) -> tuple[date, ...]:
    """Return until when is looked, further and further; the last is the day after the last that can be booked."""
    end = last_day(facts, service) + DAY
    return (*(step for ahead in LOOK_AHEAD if (step := first + timedelta(days=ahead)) < end), end)


def _slots(facts: Facts, search: Search, first: date, until: date) -> tuple[Slot, ...]:
    since = max(_midnight(facts, first), facts.now.astimezone(UTC))
    wanted = Wanted(search.service.id, since, _midnight(facts, until), search.place, search.practitioner, search.part)
    return calendar_of(facts).free(wanted, AT_ONCE) if since < wanted.until else ()


def _midnight(facts: Facts, day: date) -> datetime:
    return datetime.combine(day, time.min, facts.clinic.zone).astimezone(UTC)


def _once_each(slots: Iterable[Slot]) -> Iterator[Slot]:
    """Yield one slot for each instant: where two practitioners are free at once, a list would show one time twice."""
    last = None
    for slot in slots:
        if slot.start != last:
            yield slot
        last = slot.start


def _spread(slots: Iterable[Slot], facts: Facts) -> Iterator[Slot]:
    """Yield few times of each day, some time apart: the first is always among them."""
    day, count, after = None, 0, None
    for slot in slots:
        start = local(facts, slot.start)
        if start.date() != day:
            day, count, after = start.date(), 0, None
        if count < TIMES_A_DAY and (after is None or slot.start >= after):
            count, after = count + 1, slot.start + APART
            yield slot


def _one_after_another(slots: Iterable[Slot], service: Service) -> Iterator[Slot]:
    """Yield times that could all be taken: a grid finer than the visit would fill pages with much the same, and a day with holes."""
    after = None
    for slot in slots:
        if after is None or slot.start >= after:
            after = slot.end + timedelta(minutes=service.visit.after if service.visit else 0)
            yield slot


def calendar_of(facts: Facts) -> Calendar:
    """Return the clinic's calendar. Raise CalendarUnavailable where there is none to ask."""
    if facts.booking is None:
        raise CalendarUnavailable("no_calendar")
    return facts.booking.calendar


def local(facts: Facts, instant: datetime) -> datetime:
    """Return an instant on the clinic's clock."""
    return instant.astimezone(facts.clinic.zone)


def _found(facts: Facts, outcome: str, slots: Iterable[Slot]) -> Result:
    offers = tuple(_time_offer(facts, slot) for slot in slots)
    name = facts.clinic.services[str(dict(offers[0].values)["service"])].name
    return Result(outcome, {"times": offers, "time": "", "service_name": name})


def _time_offer(facts: Facts, slot: Slot) -> Offer:
    values: dict[str, Value] = {
        "service": slot.service,
        "practitioner": slot.practitioner,
        "place": slot.place,
        "start": local(facts, slot.start),
        "end": local(facts, slot.end),
        **names_of(facts.clinic, slot.practitioner, slot.place),
    }
    return Offer(slot.id, tuple(values.items()))


def names_of(clinic: Clinic, practitioner: str, place: str) -> dict[str, Value]:
    """Return what a practitioner and a place are called; "" for one the clinic's file no longer has."""
    known, where = clinic.practitioners.get(practitioner), clinic.places.get(place)
    return {"practitioner_name": known.name if known else "", "place_name": where.name if where else ""}


def _day_offer(facts: Facts, day: date, starts: list[datetime]) -> Offer:
    values: dict[str, Value] = {
        "date": day,
        "days_away": (day - facts.today).days,
        "first": starts[0],
        "last": starts[-1],
        "count": len(starts),
    }
    return Offer(day.isoformat(), tuple(values.items()))


def meant_days(facts: Facts, answers: Answers) -> Result:
    """Find which days typed words mean; days out of reach are not understood either: the list says what there is."""
    service, said = facts.clinic.services.get(str(answers.get("service"))), answers.get("said")
    days = meant(said, facts.language, facts.today) if isinstance(said, str) else None
    if service is None or days is None or days.until <= facts.today or days.since > last_day(facts, service):
        return Result("unknown")
    span: Answers = {"day": days.since.isoformat(), "until": days.until.isoformat()}
    weekdays = "".join(map(str, days.weekdays))
    return Result("found", {**span, "weekdays": weekdays, "part": days.part or "", "part_of_day": ""})


# ------------------------------------------------------------------------------------------------------ looking otherwise


def other_searches(facts: Facts, answers: Answers) -> Result:
    """Find how else it may be looked: only what changes which times are found."""
    now = _leaves(facts, answers)
    if now is None:
        return Result("unknown")
    changing = (id for id, change in SEARCHES.items() if id == "days" or _leaves(facts, {**answers, **change}) != now)
    return Result("found", {"searches": tuple(Offer(id, (("search", id),)) for id in changing), "search": ""})


def search_otherwise(facts: Facts, answers: Answers) -> Result:
    """Take up what was picked: another search for times, or the days there are."""
    change = SEARCHES.get(str(answers.get("search")), NO_ANSWERS)
    return Result("days" if answers.get("search") == "days" else "times", {**change, "search": ""})


def _leaves(facts: Facts, answers: Answers) -> object:
    """Return what a search leaves to be found: who may give it where, and when; None where it cannot be booked."""
    search = searched(facts, answers)
    if search is None:
        return None
    who = frozenset(
        (one, place)
        for one, place in who_gives(facts.clinic, search.service)
        if search.practitioner in (None, one) and search.place in (None, place)
    )
    return who, search.part, search.first, search.until


def who_gives(clinic: Clinic, service: Service) -> Iterator[tuple[str, str]]:
    """Yield who gives a service where, in the order of the clinic's file; nobody for what is given without an appointment."""
    if service.visit is None:
        return
    for one in clinic.practitioners.values():
        if service.id in one.services:
            shifts = (shift for shift in one.shifts if service.id in (shift.services or one.services))
            yield from ((one.id, place) for place in dict.fromkeys(shift.place for shift in shifts))


# --------------------------------------------------------------------------------------------------------------- keeping


def hold_slot(facts: Facts, answers: Answers) -> Result:
    """Keep the time that was picked while the person decides; what they held before is free again."""
    slot = picked(answers)
    if slot is None or facts.asker is None:
        return Result("taken", {"time": ""})  # it is not among what was found: what is left is shown
    try:
        held = calendar_of(facts).hold(slot, facts.asker.contact_id, facts.asker.key, HOLD_S)
    except SlotTaken:
        return Result("taken", {"time": ""})
    except CalendarUnavailable as fault:
        return away(fault)
    kept: Answers = {"hold": str(held.id), "held_until": local(facts, held.until), **told(facts, slot)}
    return Result("held", kept)


def give_back(facts: Facts, answers: Answers) -> None:
    """Give back what was held, if anything was. Raise CalendarUnavailable; then the hold ends by time alone."""
    hold = answers.get("hold")
    if isinstance(hold, str) and hold:
        calendar_of(facts).release(UUID(hold))


def picked(answers: Answers) -> Slot | None:
    """Return the slot that was picked, from what was on offer; None if it is not among that."""
    offers = answers.get("times")
    for offer in offers if isinstance(offers, tuple) else ():
        if isinstance(offer, Offer) and offer.id == answers.get("time"):
            return _slot(offer)
    return None


def _slot(offer: Offer) -> Slot | None:
    values = dict(offer.values)
    start, end = values.get("start"), values.get("end")
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return None
    service, practitioner, place = (str(values.get(name)) for name in ("service", "practitioner", "place"))
    return Slot(offer.id, service, practitioner, place, start.astimezone(UTC), end.astimezone(UTC))


def told(facts: Facts, slot: Slot) -> dict[str, Value]:
    """Return what is said of a time: what, when, with whom, where."""
    service = facts.clinic.services.get(slot.service)
    return {
        "service_name": service.name if service else "",
        "start": local(facts, slot.start),
        **names_of(facts.clinic, slot.practitioner, slot.place),
    }


# ------------------------------------------------------------------------------------------------------------- registry


def longest_start(clinic: Clinic) -> datetime:
    """Return a time that is long to write in every language."""
    return datetime.combine(LONGEST_DAY, time(20, 30), clinic.zone)


def longest_id(clinic: Clinic) -> str:
    """Return an id as long as any: nobody reads it."""
    return "m" * 40


def longest_practitioner(clinic: Clinic) -> str:
    """Return the longest name of a practitioner."""
    return max((one.name for one in clinic.practitioners.values()), key=len, default="")


def longest_place(clinic: Clinic) -> str:
    """Return the longest name of a place."""
    return max((place.name for place in clinic.places.values()), key=len)


def _longest_times(clinic: Clinic) -> Value:
    values: dict[str, Value] = {
        "start": longest_start(clinic),
        "end": longest_start(clinic),
        "practitioner_name": longest_practitioner(clinic),
        "place_name": longest_place(clinic),
    }
    return (Offer("m" * 40, tuple(values.items())),)


def _longest_days(clinic: Clinic) -> Value:
    values: dict[str, Value] = {"date": LONGEST_DAY, "first": longest_start(clinic), "last": longest_start(clinic)}
    counts = ((ahead, count) for ahead in (0, 1, 2) for count in (1, 99))
    return tuple(
        Offer(f"{LONGEST_DAY}", (*values.items(), ("days_away", ahead), ("count", count))) for ahead, count in counts
    )


SERVICE_NAME: Mapping[str, Callable[[Clinic], Value]] = MappingProxyType(
    {"service_name": lambda clinic: longest(service.name for service in clinic.services.values())}
)
TOLD: Mapping[str, Callable[[Clinic], Value]] = MappingProxyType(
    {
        **SERVICE_NAME,
        "start": longest_start,
        "practitioner_name": longest_practitioner,
        "place_name": longest_place,
    }
)

DAYS: Mapping[str, Callable[[Clinic], Value]] = MappingProxyType(
    {
        "day": lambda clinic: LONGEST_DAY.isoformat(),
        "until": lambda clinic: LONGEST_DAY.isoformat(),
        "weekdays": lambda clinic: "56",
        "part": lambda clinic: "afternoon",
        "part_of_day": lambda clinic: "",
    }
)

AWAY: Mapping[str, str] = MappingProxyType({"away": CALENDAR_AWAY})
WHY: Mapping[str, Callable[[Clinic], Value]] = MappingProxyType({"why": lambda clinic: "no_connection"})


def _all_searches(clinic: Clinic) -> Value:
    return tuple(Offer(id, (("search", id),)) for id in SEARCHES)


LOOKED_FOR: Mapping[str, Callable[[Clinic], Value]] = MappingProxyType(
    {
        "way": longest_id,
        "practitioner": lambda clinic: max(clinic.practitioners, key=len, default=""),
        "place": lambda clinic: max(clinic.places, key=len),
    }
)

TIMES = (
    Action(
        "free_times",
        ("found", "later", "none", "full", "away", "unknown"),
        "calendar",
        free_times,
        {"times": _longest_times, "time": longest_id, **SERVICE_NAME, **WHY},
        AWAY,
    ),
    Action("meant_days", ("found", "unknown"), "here", meant_days, DAYS),
    Action(
        "other_searches",
        ("found", "unknown"),
        "here",
        other_searches,
        {"searches": _all_searches, "search": longest_id},
    ),
    Action(
        "search_otherwise", ("times", "days"), "here", search_otherwise, {**DAYS, **LOOKED_FOR, "search": longest_id}
    ),
    Action(
        "free_days",
        ("found", "none", "full", "away", "unknown"),
        "calendar",
        free_days,
        {"free_days": _longest_days, **DAYS, **WHY},
        AWAY,
    ),
    Action(
        "hold_slot",
        ("held", "taken", "away"),
        "calendar",
        hold_slot,
        {"hold": longest_id, "time": longest_id, "held_until": longest_start, **TOLD, **WHY},
        AWAY,
    ),
)
