"""What staff do in the calendar: book for a patient, move, cancel, note who came, block a time. Only where the calendar is ours.

Each form carries a key, so that sent twice it has one effect, and the revision it was made from, so that nobody overwrites
what a colleague did meanwhile. What is refused stays in the form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from bot.agenda import NEXT, Appointment, AppointmentStatus, Changed, NotThere, Patient, Slot, SlotTaken, Wanted
from bot.clinic.hours import Span
from bot.console.calendar import long_day, today
from bot.console.frame import Console, clock_time, console, localized, member, needs, page, tell
from bot.console.queue import LONGEST_SEARCH, asker, digits, names
from bot.counter import Found
from bot.daybook import BLOCKS, CANCELS, OVERRIDES, OutsideLimits, Reception, Visit, Wished, Writer, day_span
from bot.safety import screen
from bot.staff import Permission

DAY = timedelta(days=1)
LONGEST_NAME = 40
FREE_DAYS, FREE_SHOWN = 21, 12
OLDEST = timedelta(days=130 * 366)
LONGEST_BLOCK = timedelta(days=92)
MARKS = (AppointmentStatus.ARRIVED, AppointmentStatus.FULFILLED, AppointmentStatus.NOSHOW, AppointmentStatus.BOOKED)


def register(routes: Blueprint, console: Console) -> None:
    """Add the pages."""
    routes.add_url_rule("/calendar/visits/<uuid:appointment_id>", "calendar_visit", visit, methods=["GET"])
    one = "/calendar/visits/<uuid:appointment_id>"
    routes.add_url_rule(f"{one}/mark", "calendar_mark", mark, methods=["POST"])
    routes.add_url_rule(f"{one}/cancel", "calendar_cancel", cancel, methods=["POST"])
    routes.add_url_rule(f"{one}/move", "calendar_move", move, methods=["GET"])
    routes.add_url_rule(f"{one}/move", "calendar_moved", moved, methods=["POST"])
    routes.add_url_rule("/calendar/new", "calendar_new", new, methods=["GET"])
    routes.add_url_rule("/calendar/new", "calendar_booked", booked, methods=["POST"])
    routes.add_url_rule("/calendar/block", "calendar_block", block, methods=["GET"])
    routes.add_url_rule("/calendar/block", "calendar_block_add", block_add, methods=["POST"])
    routes.add_url_rule("/calendar/blocks/<uuid:block_id>", "calendar_blocked", blocked, methods=["GET"])
    routes.add_url_rule("/calendar/blocks/<uuid:block_id>", "calendar_unblock", unblock, methods=["POST"])


def reception() -> Reception:
    """Return who changes the calendar; the page is not there where another system keeps it."""
    found = console().reception
    if found is None:
        abort(404)
    return found


# ----------------------------------------------------------------------------------------------------------- one visit


@needs(Permission.CALENDAR)
def visit(appointment_id: UUID) -> Response:
    """Show an appointment, and what can be done with it now."""
    return _visit(_known(appointment_id))


def _known(appointment_id: UUID) -> Visit:
    found = console().daybook.visit(asker(), appointment_id)
    if found is None:
        abort(404)
    return found


def _visit(known: Visit, status: int = 200) -> Response:
    one = known.appointment
    can_change = console().reception is not None and member().may(Permission.AGENDA)
    return page(
        "console/calendar_visit.html",
        status,
        known=known,
        one=one,
        day=day_of(one.start),
        marks=marks(one, today()) if can_change else (),
        may_end=can_change and AppointmentStatus.CANCELLED in NEXT[one.status],
        cancels=CANCELS,
        key=uuid4(),
    )


def marks(one: Appointment, on: date) -> tuple[AppointmentStatus, ...]:
    """Return what an appointment can be marked as: that somebody came is known on the day at the earliest."""
    can = NEXT[one.status] - {one.status}
    has_come = day_of(one.start) <= on
    return tuple(status for status in MARKS if status in can and (has_come or status is AppointmentStatus.BOOKED))


def day_of(at: datetime) -> date:
    """Return the day on the clinic's calendar."""
    return at.astimezone(console().clinic.zone).date()


@needs(Permission.CALENDAR, Permission.AGENDA)
def mark(appointment_id: UUID) -> Response:
    """Note that somebody came, was seen, did not come; or take that back."""
    known, wished = _known(appointment_id), request.form.get("status", "")
    if wished not in [status.value for status in MARKS]:
        abort(400)
    status = AppointmentStatus(wished)
    if status is not known.appointment.status and status not in marks(known.appointment, today()):
        return _told(appointment_id, "calendar.changed", "warning")
    return _settled(appointment_id, status, "calendar.marked")


@needs(Permission.CALENDAR, Permission.AGENDA)
def cancel(appointment_id: UUID) -> Response:
    """Cancel for the patient, who is told."""
    _known(appointment_id)
    reason = request.form.get("reason", "")
    if reason not in CANCELS:
        abort(400)
    return _settled(appointment_id, AppointmentStatus.CANCELLED, "calendar.cancelled", reason)


def _settled(appointment_id: UUID, status: AppointmentStatus, done: str, reason: str | None = None) -> Response:
    try:
        reception().settle(asker(), appointment_id, _revision(), status, form_key(), reason)
    except SlotTaken:
        return _told(appointment_id, "calendar.given_away", "warning")
    except (Changed, NotThere):
        return _told(appointment_id, "calendar.changed", "warning")
    return _told(appointment_id, done, "done")


def _told(appointment_id: UUID, key: str, kind: str) -> Response:
    tell(key, kind)
    return redirect(url_for("console.calendar_visit", appointment_id=appointment_id), 303)


def form_key() -> UUID:
    """Return what makes this form have one effect; the page made it."""
    try:
        return UUID(request.form.get("key", ""))
    except ValueError:
        abort(400)


def _revision() -> int:
    typed = request.form.get("revision", "")
    if not typed.isdecimal() or len(typed) > 9:
        abort(400)
    return int(typed)


# --------------------------------------------------------------------------------------------------- a time in the form


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form of a booking or a move, as it was typed.

    `pick`: a free time chosen from the list; `known`: somebody the contact booked for before.
    """

    service: str = ""
    who: str = ""
    place: str = ""
    day: str = ""
    at: str = ""
    pick: str = ""
    override: str = ""
    conversation: str = ""
    wanted: str = field(default="", repr=False)
    known: str = field(default="", repr=False)
    first_name: str = field(default="", repr=False)
    birth_date: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it is shown again: what was typed, what is wrong by field, what was found."""

    typed: Typed
    key: UUID
    faults: Mapping[str, str] = field(default_factory=dict)
    limits: tuple[str, ...] = ()
    free: tuple[Slot, ...] | None = None
    found: tuple[Found, ...] | None = None


def _typed(given: Mapping[str, str]) -> Typed:
    values = {name: " ".join(given.get(name, "").split())[:LONGEST_SEARCH] for name in Typed.__slots__}
    return _named(_picked(Typed(**values)))


def _named(typed: Typed) -> Typed:
    """Put somebody who was booked for before into the fields."""
    birth, bar, name = typed.known.partition("|")
    return replace(typed, known="", birth_date=birth, first_name=name) if bar else replace(typed, known="")


def known_of(writer: Writer | None) -> tuple[tuple[str, Patient], ...]:
    """Return whom a contact booked for before, each as the list carries them; nobody unless they agreed to that."""
    booking = console().house.booking
    if writer is None or booking is None or booking.people is None:
        return ()
    found = booking.people.of(writer.contact_id)
    return tuple((f"{one.birth_date or ''}|{one.first_name}", one) for one in found)


def _picked(typed: Typed) -> Typed:
    """Put a time that was chosen from the list into its fields."""
    parts = typed.pick.split("|")
    if len(parts) != 4:
        return replace(typed, pick="")
    who, place, day, at = parts
    return replace(typed, who=who, place=place, day=day, at=at, pick="")


def picked(slot: Slot) -> str:
    """Return a free time as the list carries it."""
    shown = slot.start.astimezone(console().clinic.zone)
    return f"{slot.practitioner}|{slot.place}|{shown:%Y-%m-%d}|{shown:%H:%M}"


def wished(typed: Typed) -> tuple[Wished | None, dict[str, str]]:
    """Return what is wished, or what is wrong with it: a field's name and a text's key."""
    clinic, faults = console().clinic, {}
    service, listed = clinic.services.get(typed.service), clinic.practitioners.get(typed.who)
    if service is None or service.visit is None:
        faults["service"] = "calendar.fault_service"
    if listed is None:
        faults["who"] = "calendar.fault_who"
    elif "service" not in faults and typed.service not in listed.services:
        faults["who"] = "calendar.fault_not_given"
    if typed.place not in clinic.places:
        faults["place"] = "calendar.fault_place"
    start = _start(typed, faults)
    if faults or start is None:
        return None, faults
    return Wished(typed.service, typed.who, typed.place, start, typed.override or None), {}


def _start(typed: Typed, faults: dict[str, str]) -> datetime | None:
    """Return the instant a form names; a time the clock skips that day is none."""
    day, at = typed_day(typed.day), clock_of(typed.at)
    if day is None:
        faults["day"] = "calendar.fault_day"
    if at is None:
        faults["at"] = "calendar.fault_at"
    if day is None or at is None:
        return None
    start = instant(day, at)
    if clock_time(start) != typed.at:
        faults["at"] = "calendar.fault_at"
    return start


def instant(day: date, at: time) -> datetime:
    """Return the instant at which the clinic's clock shows this."""
    start = day_span(day, console().clinic.zone).start
    return datetime.combine(day, at, console().clinic.zone).astimezone(start.tzinfo)


def typed_day(typed: str) -> date | None:
    """Return the day a form names; None: it names none."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if abs(day - today()) <= OLDEST else None


def clock_of(typed: str) -> time | None:
    """Return the time of the clock a form names; None: it names none."""
    try:
        return time.fromisoformat(typed) if len(typed) == 5 else None
    except ValueError:
        return None


def _free(typed: Typed) -> tuple[tuple[Slot, ...] | None, dict[str, str]]:
    """Return the next free times for what is chosen so far, from the day in the form on."""
    service = console().clinic.services.get(typed.service)
    if service is None or service.visit is None:
        return None, {"service": "calendar.fault_service"}
    zone, first = console().clinic.zone, max(typed_day(typed.day) or today(), today())
    since = day_span(first, zone).start
    wanted = Wanted(
        typed.service,
        since,
        since + FREE_DAYS * DAY,
        typed.place if typed.place in console().clinic.places else None,
        typed.who if typed.who in console().clinic.practitioners else None,
    )
    return reception().free(wanted, FREE_SHOWN), {}


# ------------------------------------------------------------------------------------------------------ a new booking


@needs(Permission.CALENDAR, Permission.AGENDA)
def new() -> Response:
    """Ask what is to be booked, for whom and when."""
    reception()
    typed = _typed(request.args)
    typed = replace(typed, first_name="", birth_date="", wanted="", override="", day=typed.day or today().isoformat())
    typed, writer = _with_the_obvious(typed), _writer(typed)
    if writer is not None and writer.name:
        typed = replace(typed, first_name=writer.name.split(" ")[0][:LONGEST_NAME])
    return _form(Draft(typed, uuid4()), writer)


def _with_the_obvious(typed: Typed) -> Typed:
    """Choose for a practitioner who does one thing, or works at one place."""
    listed = console().clinic.practitioners.get(typed.who)
    if listed is None:
        return typed
    given = [id for id in listed.services if console().clinic.services[id].visit is not None]
    places = {shift.place for shift in listed.shifts}
    service = typed.service or (given[0] if len(given) == 1 else "")
    return replace(typed, service=service, place=typed.place or (places.pop() if len(places) == 1 else ""))


def _writer(typed: Typed) -> Writer | None:
    """Return whom the booking is told to; None: nobody was chosen. Answer 404 to a conversation that is not there."""
    if not typed.conversation:
        return None
    try:
        chosen = UUID(typed.conversation)
    except ValueError:
        abort(400)
    found = console().daybook.writer(asker(), chosen)
    if found is None:
        abort(404)
    return found


def _form(draft: Draft, writer: Writer | None, status: int = 200, known: Visit | None = None) -> Response:
    clinic = console().clinic
    offered = [one for one in clinic.services.values() if one.visit is not None]
    return page(
        "console/calendar_form.html",
        status,
        draft=draft,
        typed=draft.typed,
        faults=draft.faults,
        writer=writer,
        known=known,
        people=known_of(writer),
        services={one.id: localized(one.name) for one in offered},
        practitioners={one.id: one.name for one in clinic.practitioners.values()},
        places={one.id: one.name for one in clinic.places.values()},
        overrides=OVERRIDES,
        picked=picked,
        day_of=day_of,
        longest=LONGEST_NAME,
        may_search=member().may(Permission.SEARCH) and member().may(Permission.READ),
    )


@needs(Permission.CALENDAR, Permission.AGENDA)
def booked() -> Response:
    """Search for whom, show free times, or book; whatever was typed stays."""
    reception()
    typed, key = _typed(request.form), form_key()
    writer = _writer(typed)
    match request.form.get("do"):
        case "search":
            return _search(typed, key, writer)
        case "free":
            free, faults = _free(typed)
            return _form(Draft(typed, key, faults, free=free), writer, 422 if faults else 200)
        case _:
            return _book(typed, key, writer)


def _search(typed: Typed, key: UUID, writer: Writer | None) -> Response:
    """Find whom it is for by the exact number or name, as the search does; what was asked for is noted nowhere."""
    if not (member().may(Permission.SEARCH) and member().may(Permission.READ)):
        abort(404)
    if not typed.wanted:
        return _form(Draft(typed, key, {"wanted": "queue.search_empty"}), writer, 422)
    found = console().counter.find(asker(), digits(typed.wanted, console().clinic.country), typed.wanted)
    return _form(Draft(typed, key, found=found), writer)


def _book(typed: Typed, key: UUID, writer: Writer | None) -> Response:
    wish, faults = wished(typed)
    patient, wrong = patient_of(typed, writer)
    faults |= wrong
    if wish is None or patient is None:
        return _form(Draft(typed, key, faults), writer, 422)
    try:
        made = reception().enter(asker(), wish, patient, writer.contact_id if writer else None, key)
    except (SlotTaken, OutsideLimits, NotThere) as refused:
        return _refused(typed, key, writer, refused)
    return _in_calendar(made, "calendar.booked_told" if writer else "calendar.booked")


def patient_of(typed: Typed, writer: Writer | None) -> tuple[Patient | None, dict[str, str]]:
    """Return whom a booking is for, or what is wrong: who does not write is told apart by the birth date."""
    faults = {}
    if not 0 < len(typed.first_name) <= LONGEST_NAME or screen(typed.first_name).cut:
        faults["first_name"] = "calendar.fault_first_name"
    birth = typed_day(typed.birth_date) if typed.birth_date else None
    if (typed.birth_date and (birth is None or birth > today())) or (writer is None and not typed.birth_date):
        faults["birth_date"] = "calendar.fault_birth_date"
    return (None, faults) if faults else (Patient(None, typed.first_name, birth), {})


def _refused(
    typed: Typed, key: UUID, writer: Writer | None, refused: Exception, known: Visit | None = None
) -> Response:
    """Show the form again with why it was refused."""
    if isinstance(refused, OutsideLimits):
        limits = tuple(sorted(refused.limits))
        return _form(Draft(typed, key, {"override": "calendar.fault_limits"}, limits), writer, 422, known)
    fault = {"at": "calendar.fault_taken"} if isinstance(refused, SlotTaken) else {"who": "calendar.fault_not_given"}
    return _form(Draft(typed, key, fault), writer, 409, known)


def _in_calendar(made: Appointment, key: str) -> Response:
    """Go to the day of an appointment."""
    tell(key, at=f"{long_day(day_of(made.start))}, {clock_time(made.start)}", code=made.code)
    day = day_of(made.start).isoformat()
    return redirect(url_for("console.calendar", day=day, place=made.place, _anchor=f"v-{made.id}"), 303)


# ----------------------------------------------------------------------------------------------------------------- a move


@needs(Permission.CALENDAR, Permission.AGENDA)
def move(appointment_id: UUID) -> Response:
    """Ask where an appointment is to be moved."""
    reception()
    known = _known(appointment_id)
    one = known.appointment
    shown = one.start.astimezone(console().clinic.zone)
    typed = Typed(one.service, one.practitioner, one.place, f"{shown:%Y-%m-%d}", f"{shown:%H:%M}")
    return _form(Draft(typed, uuid4()), None, 200, known)


@needs(Permission.CALENDAR, Permission.AGENDA)
def moved(appointment_id: UUID) -> Response:
    """Show free times, or move; the patient is told."""
    desk = reception()
    known = _known(appointment_id)
    typed, key = replace(_typed(request.form), service=known.appointment.service), form_key()
    if request.form.get("do") == "free":
        free, faults = _free(typed)
        return _form(Draft(typed, key, faults, free=free), None, 422 if faults else 200, known)
    wish, faults = wished(typed)
    if wish is None:
        return _form(Draft(typed, key, faults), None, 422, known)
    try:
        made = desk.shift(asker(), appointment_id, _revision(), wish, key)
    except Changed:
        return _form(Draft(typed, uuid4(), {"revision": "calendar.changed"}), None, 409, known)
    except (SlotTaken, OutsideLimits, NotThere) as refused:
        return _refused(typed, key, None, refused, known)
    return _in_calendar(made, "calendar.moved_told" if made.contact_id else "calendar.moved")


# ----------------------------------------------------------------------------------------------------------------- blocks


@dataclass(frozen=True, slots=True)
class Block:
    """What stands in the form of a block, as it was typed."""

    who: str = ""
    day: str = ""
    at: str = ""
    last_day: str = ""
    until: str = ""
    reason: str = ""


@needs(Permission.CALENDAR, Permission.AGENDA)
def block() -> Response:
    """Ask which time is to be blocked."""
    reception()
    day = request.args.get("day", "") if typed_day(request.args.get("day", "")) else today().isoformat()
    return _block_form(Block(who=request.args.get("who", ""), day=day, last_day=day), {}, uuid4())


def _block_form(typed: Block, faults: Mapping[str, str], key: UUID, status: int = 200) -> Response:
    people = {one.id: one.name for one in console().clinic.practitioners.values()}
    return page(
        "console/calendar_block.html",
        status,
        typed=typed,
        faults=faults,
        key=key,
        practitioners=people,
        reasons=BLOCKS,
    )


@needs(Permission.CALENDAR, Permission.AGENDA)
def block_add() -> Response:
    """Block a time; what is booked in it stays and is told of."""
    reception()
    typed = Block(**{name: request.form.get(name, "").strip()[:40] for name in Block.__slots__})
    span, faults = span_of(typed)
    if span is None:
        return _block_form(typed, faults, form_key(), 422)
    console().daybook.block(asker(), form_key(), typed.who, span, typed.reason)
    standing = standing_in(typed.who, span)
    tell(
        "calendar.block_kept" if standing else "calendar.block_done", "warning" if standing else "done", count=standing
    )
    return redirect(url_for("console.calendar", day=typed.day, who=typed.who), 303)


def span_of(typed: Block) -> tuple[Span | None, dict[str, str]]:
    """Return what is blocked, or what is wrong with it."""
    faults = {}
    if typed.who not in console().clinic.practitioners:
        faults["who"] = "calendar.fault_who"
    if typed.reason not in BLOCKS:
        faults["reason"] = "calendar.fault_reason"
    ends = [typed_day(one) for one in (typed.day, typed.last_day or typed.day)]
    clocks = [clock_of(one) for one in (typed.at, typed.until)]
    days, times = [one for one in ends if one is not None], [one for one in clocks if one is not None]
    if len(days) < 2:
        faults["day"] = "calendar.fault_day"
    if len(times) < 2:
        faults["at"] = "calendar.fault_at"
    if faults:
        return None, faults
    span = Span(instant(days[0], times[0]), instant(days[1], times[1]))
    if not span.start < span.end <= span.start + LONGEST_BLOCK:
        return None, {"until": "calendar.fault_span"}
    return span, {}


def standing_in(who: str, span: Span) -> str:
    """Count the appointments that stand in a time, as a text."""
    pages = console().daybook.pages(asker(), frozenset({who}), span.start, span.end)
    standing = [
        one
        for one in pages.visits
        if one.appointment.status is AppointmentStatus.BOOKED and one.start < span.end and one.end > span.start
    ]
    return str(len(standing)) if standing else ""


@needs(Permission.CALENDAR, Permission.AGENDA)
def blocked(block_id: UUID) -> Response:
    """Ask whether a block is to be removed."""
    reception()
    found = console().daybook.blocked(block_id)
    if found is None:
        abort(404)
    return page("console/calendar_blocked.html", block=found, names=names(), day=day_of(found.start))


@needs(Permission.CALENDAR, Permission.AGENDA)
def unblock(block_id: UUID) -> Response:
    """Remove a block that staff made."""
    reception()
    found = console().daybook.blocked(block_id)
    if found is None or not console().daybook.unblock(asker(), block_id):
        tell("calendar.block_was_gone", "warning")
        return redirect(url_for("console.calendar"), 303)
    tell("calendar.block_gone")
    return redirect(url_for("console.calendar", day=day_of(found.start).isoformat(), who=found.practitioner), 303)
