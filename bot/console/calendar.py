"""The calendar at the counter: a day of everybody at a place, a week of one practitioner. What is done in it: `calendar_acts.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from babel.dates import format_date
from flask import Blueprint, abort, jsonify, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.agenda import Appointment, AppointmentStatus
from bot.clinic import hours_on
from bot.console import guard
from bot.console.frame import Console, clock_time, console, language, localized, member, needs, page, text
from bot.console.queue import asker, said
from bot.console.stream import streamed
from bot.daybook import DAY, Column, Ended, Kept, Kind, Look, Pages, Placed, Sheet, Visit, day_span, sheet
from bot.staff import Permission

ALL = "all"  # every place
FAR = timedelta(days=3660)


def register(routes: Blueprint, console: Console) -> None:
    """Add the pages."""
    routes.add_url_rule("/calendar", "calendar", calendar, methods=["GET"])
    routes.add_url_rule("/calendar/week", "calendar_week", calendar_week, methods=["GET"])
    for name, view in (("part", calendar_part), ("stream", calendar_stream), ("version", calendar_version)):
        routes.add_url_rule(f"/calendar/{name}", f"calendar_{name}", view, methods=["GET"])
        guard.QUIET.add(f"console.calendar_{name}")
    routes.add_app_template_filter(plain_day)
    routes.add_app_template_filter(clinic_day)
    routes.app_context_processor(lambda: WORDS)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which part of the calendar is looked at, as it stands in the address. `place` None: all; `who` None: all."""

    day: date
    place: str | None = None
    who: str | None = None
    is_week: bool = False


# ------------------------------------------------------------------------------------------------------------- the pages


@needs(Permission.CALENDAR)
def calendar() -> Response:
    """Show a day: all practitioners of a place side by side, or one."""
    return page("console/calendar.html", **_values(_chosen()))


@needs(Permission.CALENDAR)
def calendar_week() -> Response:
    """Show a week of one practitioner, from its Monday."""
    return page("console/calendar.html", **_values(_chosen(is_week=True)))


@needs(Permission.CALENDAR)
def calendar_part() -> Response:
    """Return what a live page puts in the place of what changed."""
    values = _values(_chosen("week" in request.args))
    return Response(render_template("console/calendar_part.html", **values), mimetype="text/html")


@needs(Permission.CALENDAR)
def calendar_stream() -> Response:
    """Tell when what is looked at has changed."""
    version = _version(_chosen("week" in request.args))
    return streamed(version)


@needs(Permission.CALENDAR)
def calendar_version() -> Response:
    """Return the version of what is looked at."""
    return jsonify({"version": _version(_chosen("week" in request.args))()})


def _version(chosen: Chosen) -> Callable[[], str]:
    """Return what says the version: of the rows, and of the five minutes, so that the line of now goes on."""
    book, clock, zone = console().daybook, console().clock, console().clinic.zone
    listed, days = frozenset(_listed(chosen)), _days(chosen)
    since, until = day_span(days[0], zone).start, day_span(days[-1], zone).end
    return lambda: f"{book.version(listed, since, until)}-{int(clock.now().timestamp()) // 300}"


def _listed(chosen: Chosen) -> tuple[str, ...]:
    return (chosen.who,) if chosen.who else _at(chosen.place)


def _days(chosen: Chosen) -> tuple[date, ...]:
    if not chosen.is_week:
        return (chosen.day,)
    monday = chosen.day - timedelta(days=chosen.day.weekday())
    return tuple(monday + n * DAY for n in range(7))


def _values(chosen: Chosen) -> Mapping[str, Any]:
    version = _version(chosen)()  # before the rows: a change between the two is shown twice, never missed
    listed, days = _listed(chosen), _days(chosen)
    wanted = [(who, day) for who in listed for day in days]
    whole = sheet(wanted, read(listed, days), console().timetable, _look(chosen))
    drawn, absent = (_without_idle_end(whole), ()) if chosen.is_week else _parted(whole, chosen)
    return {
        "version": version,
        "drawn": drawn,
        "absent": absent,
        "chosen": chosen,
        "is_week": chosen.is_week,
        "titles": {
            column: short_day(column.day) if chosen.is_week else _name(column.practitioner) for column in drawn.columns
        },
        **_shared(chosen, days),
    }


def read(listed: Sequence[str], days: Sequence[date]) -> Pages:
    """Return what stands in the book on days of the clinic's calendar."""
    zone = console().clinic.zone
    since, until = day_span(days[0], zone).start, day_span(days[-1], zone).end
    return console().daybook.pages(asker(), frozenset(listed), since, until)


def today() -> date:
    """Return the day on the clinic's calendar."""
    return console().clock.now().astimezone(console().clinic.zone).date()


def _look(chosen: Chosen) -> Look:
    return Look(console().clinic.zone, console().clock.now(), chosen.place)


def _chosen(is_week: bool = False) -> Chosen:
    """Read the address; what is not in the clinic's file is answered 404, a day that is none 400."""
    clinic, place, who = console().clinic, request.args.get("place"), request.args.get("who") or None
    try:
        day = date.fromisoformat(request.args["day"]) if request.args.get("day") else today()
    except ValueError:
        abort(400)
    if abs(day - today()) > FAR:
        abort(404)
    if who is not None and who not in clinic.practitioners:
        abort(404)
    if place not in (None, "", ALL) and place not in clinic.places:
        abort(404)
    if is_week:
        who = who or next(iter(clinic.practitioners), None)
        return Chosen(day, None, who or abort(404), is_week=True)
    if place == ALL or who is not None:
        return Chosen(day, None, who)
    return Chosen(day, place or next(iter(clinic.places)))


def _at(place: str | None) -> tuple[str, ...]:
    """Return who works at a place at all, in the order of the clinic's file."""
    found = console().clinic.practitioners.values()
    return tuple(one.id for one in found if place is None or any(shift.place == place for shift in one.shifts))


def _is_here(column: Column, place: str | None) -> bool:
    """Tell whether somebody has a visit at a place on a day they do not work there."""
    visits = [item.of for item in column.items if isinstance(item.of, Visit | Kept)]
    places = [one.appointment.place if isinstance(one, Visit) else one.place for one in visits]
    return any(place in (None, one) for one in places)


def _parted(drawn: Sheet, chosen: Chosen) -> tuple[Sheet, tuple[str, ...]]:
    """Return who has something on this day, and the names of whoever has nothing."""
    busy = tuple(column for column in drawn.columns if chosen.who or column.work or _is_here(column, chosen.place))
    absent = tuple(_name(column.practitioner) for column in drawn.columns if column not in busy)
    return replace(drawn, columns=busy), absent


def _without_idle_end(drawn: Sheet) -> Sheet:
    """Leave a Saturday and Sunday out on which nothing is."""
    kept = list(drawn.columns)
    while len(kept) > 5 and not (kept[-1].work or kept[-1].items or kept[-1].gone):
        kept.pop()
    return replace(drawn, columns=tuple(kept))


def _shared(chosen: Chosen, days: Sequence[date]) -> Mapping[str, Any]:
    here = "calendar_week" if chosen.is_week else "calendar"
    step = len(days) * DAY
    return {
        "before": address(here, chosen, chosen.day - step),
        "after": address(here, chosen, chosen.day + step),
        "now_at": address(here, chosen, today()),
        "title": span_of_days(days[0], days[-1]),
        "closures": tuple(_closures(chosen, days)),
        "practitioners": {one.id: one.name for one in console().clinic.practitioners.values()},
        "can_change": can_change(),
        "is_elsewhere": console().reception is None,
        "today": today(),
        "now": console().clock.now(),
        "address": address,
        "live": lambda name: address(name, chosen, chosen.day),
        "shown_count": _count,
        "home_of": _home,
    }


def can_change() -> bool:
    """Tell whether the member may change the calendar, and it is ours to change."""
    return console().reception is not None and member().may(Permission.AGENDA)


def address(endpoint: str, chosen: Chosen, day: date, who: str | None = None) -> str:
    """Return the address of a page of the calendar."""
    one = who or chosen.who
    place = None if one else chosen.place or ALL
    week = "yes" if chosen.is_week and endpoint not in ("calendar", "calendar_week") else None
    return url_for(f"console.{endpoint}", day=day.isoformat(), place=place, who=one, week=week)


def _closures(chosen: Chosen, days: Sequence[date]) -> Iterable[tuple[date, str, str]]:
    """Give the days on which a place has other hours than its weekday's: day, place, why."""
    clinic = console().clinic
    shifts = clinic.practitioners[chosen.who].shifts if chosen.who else ()
    places = (
        [chosen.place]
        if chosen.place
        else [id for id in clinic.places if not shifts or id in {s.place for s in shifts}]
    )
    for day in days:
        for place in places:
            on = hours_on(clinic, place, day)
            if on.note is not None:
                yield on.date, clinic.places[place].name, localized(on.note)


def _home(column: Column) -> str | None:
    """Return the one place somebody works at on a day; None: at several, or at none."""
    places = {work.place for work in column.work}
    return places.pop() if len(places) == 1 else None


def _count(column: Column) -> int:
    return sum(item.kind is Kind.VISIT for item in column.items)


# ------------------------------------------------------------------------------------------------------------- in words


def _name(practitioner: str) -> str:
    found = console().clinic.practitioners.get(practitioner)
    return found.name if found else practitioner


def service_name(service: str) -> str:
    """Return what a service is called; its id where the clinic's file names it no more."""
    found = console().clinic.services.get(service)
    return localized(found.name) if found else service


def place_name(place: str) -> str:
    """Return what a place is called; its id where the clinic's file names it no more."""
    found = console().clinic.places.get(place)
    return found.name if found else place


def state_of(one: Appointment) -> str:
    """Return in one word how an appointment stands: a booked one is confirmed or not."""
    if one.status is AppointmentStatus.BOOKED:
        return "confirmed" if one.confirmed_at else "booked"
    return one.status.value


def ended_how(ended: Ended) -> str:
    """Return by whom an appointment was cancelled, and why, as far as anybody said."""
    by = text(f"calendar.ended_{ended.by}")
    return f"{by}: {said(f'calendar.cancel_{ended.reason}', 'calendar.cancel_other')}" if ended.reason else by


def hours_of(start: datetime, end: datetime) -> str:
    """Return from when to when, on the clinic's clock; with the day where it is another one."""
    first, last = (at.astimezone(console().clinic.zone).date() for at in (start, end))
    if first != last:
        return f"{short_day(first)} {clock_time(start)} – {short_day(last)} {clock_time(end)}"
    return f"{clock_time(start)}–{clock_time(end)}"


def short_day(day: date) -> str:
    """Return a day as a column is headed: "lun 23 nov"."""
    return format_date(day, "EEE d MMM", locale=language())


def long_day(day: date) -> str:
    """Return a day in full."""
    return format_date(day, "EEEE d MMMM y", locale=language())


def clinic_day(at: datetime) -> str:
    """Return the day of an instant on the clinic's calendar, as addresses carry it."""
    return at.astimezone(console().clinic.zone).date().isoformat()


def plain_day(day: date) -> str:
    """Return a date of birth as it is read."""
    return format_date(day, "d MMM y", locale=language())


def span_of_days(first: date, last: date) -> str:
    """Return a day, or a week by its ends."""
    if first == last:
        return long_day(first)
    return text(
        "calendar.week_of",
        first=format_date(first, "d MMMM", locale=language()),
        last=format_date(last, "d MMMM y", locale=language()),
    )


def spot(one: Placed) -> str:
    """Return the classes that put something where it belongs: no style may stand in a page."""
    top, height = divmod(one.top, 60), divmod(one.height, 60)
    lane = f" lane{one.lane} of{one.lanes}" if one.lanes > 1 else ""
    return f"top-h{top[0]} top-m{top[1]} for-h{height[0]} for-m{height[1]}{lane}{_size(one.height)}"


def _size(height: int) -> str:
    return " short tiny" if height < 15 else " short" if height < 30 else ""


def spot_of_now(minutes: int) -> str:
    """Return the classes of the line that shows what time it is."""
    return f"top-h{minutes // 60} top-m{minutes % 60 // 5 * 5}"


WORDS = {
    "service_name": service_name,
    "practitioner_name": _name,
    "place_name": place_name,
    "state_of": state_of,
    "ended_how": ended_how,
    "hours_of": hours_of,
    "short_day": short_day,
    "long_day": long_day,
    "spot": spot,
    "spot_of_now": spot_of_now,
    "Kind": Kind,
    "may_book": can_change,
}
