"""Extra hours: staff open a session beyond a practitioner's week, which patients are then offered, and take it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from bot.agenda import Exceptional
from bot.clinic.hours import Span
from bot.console.calendar import today
from bot.console.calendar_acts import clock_of, day_of, form_key, instant, reception, standing_in, typed_day
from bot.console.frame import Console, clock_time, console, localized, needs, page, tell
from bot.console.queue import asker, names
from bot.staff import Permission


def register(routes: Blueprint, console: Console) -> None:
    """Add the pages."""
    one = "/calendar/hours/<uuid:extra_id>"
    routes.add_url_rule("/calendar/hours", "calendar_hours", hours, methods=["GET"])
    routes.add_url_rule("/calendar/hours", "calendar_hours_add", add, methods=["POST"])
    routes.add_url_rule(one, "calendar_extra", extra, methods=["GET"])
    routes.add_url_rule(one, "calendar_withdraw", withdraw, methods=["POST"])


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form, as it was typed."""

    who: str = ""
    place: str = ""
    day: str = ""
    at: str = ""
    until: str = ""
    services: tuple[str, ...] = ()


@needs(Permission.CALENDAR, Permission.AGENDA)
def hours() -> Response:
    """Ask when somebody works beyond their week."""
    reception()
    who, day = request.args.get("who", ""), request.args.get("day", "")
    places = [place for place in console().clinic.places if console().timetable.given_at(who, place)]
    place = places[0] if len(places) == 1 else ""
    return _form(Typed(who, place, day if typed_day(day) else today().isoformat()), {}, uuid4())


def _form(typed: Typed, faults: Mapping[str, str], key: UUID, status: int = 200) -> Response:
    clinic = console().clinic
    listed = clinic.practitioners.get(typed.who)
    given = [
        one for one in clinic.services.values() if one.visit is not None and (not listed or one.id in listed.services)
    ]
    return page(
        "console/calendar_hours.html",
        status,
        typed=typed,
        faults=faults,
        key=key,
        practitioners={one.id: one.name for one in clinic.practitioners.values()},
        places={one.id: one.name for one in clinic.places.values()},
        services={one.id: localized(one.name) for one in given},
    )


@needs(Permission.CALENDAR, Permission.AGENDA)
def add() -> Response:
    """Open extra hours; patients are offered them at once."""
    reception()
    given = {name: request.form.get(name, "").strip()[:40] for name in ("who", "place", "day", "at", "until")}
    typed = Typed(**given, services=tuple(request.form.getlist("services")[:100]))
    opened, faults = hours_of(typed)
    if opened is None:
        return _form(typed, faults, form_key(), 422)
    console().daybook.extend(asker(), form_key(), opened)
    tell("calendar.hours_done")
    return redirect(url_for("console.calendar", day=typed.day, who=typed.who), 303)


def hours_of(typed: Typed) -> tuple[Exceptional | None, dict[str, str]]:
    """Return the hours that are opened, or what is wrong with them: a field's name and a text's key."""
    faults, given = {}, console().timetable.given_at(typed.who, typed.place)
    if typed.who not in console().clinic.practitioners:
        faults["who"] = "calendar.fault_who"
    elif not given:
        faults["place"] = "calendar.fault_not_there"
    elif not set(typed.services) <= given:
        faults["services"] = "calendar.fault_not_given_there"
    day, at, until = typed_day(typed.day), clock_of(typed.at), clock_of(typed.until)
    if day is None or day < today():
        faults["day"] = "calendar.fault_day_to_come"
    if at is None:
        faults["at"] = "calendar.fault_at"
    if until is None or (at is not None and until <= at):
        faults["until"] = "calendar.fault_until"
    if day is None or at is None or until is None or faults:
        return None, faults
    if [clock_time(instant(day, one)) for one in (at, until)] != [typed.at, typed.until]:
        return None, {"at": "calendar.fault_at"}  # the clock skips it that day
    start, end = datetime.combine(day, at), datetime.combine(day, until)
    return Exceptional(typed.who, "open", start, end, typed.place, frozenset(typed.services)), {}


@needs(Permission.CALENDAR, Permission.AGENDA)
def extra(extra_id: UUID) -> Response:
    """Ask whether extra hours are to be taken back."""
    reception()
    found = console().daybook.extra(extra_id)
    if found is None:
        abort(404)
    return page("console/calendar_extra.html", extra=found, names=names(), day=day_of(found.start))


@needs(Permission.CALENDAR, Permission.AGENDA)
def withdraw(extra_id: UUID) -> Response:
    """Take extra hours back; what is booked in them stays and is told of."""
    reception()
    found = console().daybook.extra(extra_id)
    if found is None or not console().daybook.withdraw(asker(), extra_id):
        tell("calendar.hours_were_gone", "warning")
        return redirect(url_for("console.calendar"), 303)
    standing = standing_in(found.practitioner, Span(found.start, found.end))
    said = "calendar.hours_gone_kept" if standing else "calendar.hours_gone"
    tell(said, "warning" if standing else "done", count=standing)
    return redirect(url_for("console.calendar", day=day_of(found.start).isoformat(), who=found.practitioner), 303)
