"""What the clinic's file may say, key by key: marshmallow schemas that build the clinic's frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from marshmallow import ValidationError, validates_schema

from bot.clinic import readers
from bot.clinic.fields import Faults, Shaped, Strict, by_id, group, items, mapped, one, word, words
from bot.clinic.model import (
    LEADS,
    Approved,
    Canned,
    Clinic,
    ClinicPlace,
    Emergency,
    FhirNames,
    Helpline,
    Hours,
    Insurer,
    Lead,
    Media,
    Opening,
    Practitioner,
    Prices,
    Retention,
    Service,
    Shift,
    SpecialDays,
    Team,
    Topic,
    Visit,
)
from bot.clinic.readers import flaw
from bot.safety import screen
from menus.model import Localized

# Found things are shown as rows of list messages: developers.facebook.com, interactive-list-messages
ROW_TITLE = 24  # a section's title has as many
ROW_DESCRIPTION = 72
CAPTION = 1024
PARAGRAPH = 600  # leaves room for the words around it in a body of 1,024, the most that stands above buttons
ANSWER = 900  # the same, where little stands around it
SENTENCE = 120
CANNED_TITLE = 40
LABEL = 30

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TEAMS = ("reception", "billing", "nursing")
CATEGORIES = ("service", "utility", "marketing", "authentication")


_INTERVALS = items(one(readers.opening), readers.no_overlap)


def openings(**kwargs: Any) -> Shaped[tuple[Opening, ...]]:
    """Return a field for the intervals of a day, in order: a list of them, or `closed`."""
    return Shaped(_openings, **kwargs)


def _openings(value: object) -> tuple[Opening, ...]:
    if value == "closed":
        return ()
    if not isinstance(value, list) or not value:
        raise flaw("is neither `closed` nor a list of intervals", 'write closed, or as in ["08:30-13:00"]')
    return tuple(sorted(_INTERVALS.deserialize(value), key=lambda opening: opening.start))


class SpecialDaysSchema(Strict):
    """`on` one day, or `from` a day `to` another: other hours, and why."""

    on = one(readers.day)
    first = one(readers.day, data_key="from")
    last = one(readers.day, data_key="to")
    hours = openings(required=True)
    reason = words(readers.line_of(SENTENCE), required=True)

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def which_days(self, read: Mapping[str, Any], written: Any, **kwargs: Any) -> None:
        """Refuse anything but one day or a whole range."""
        given = {key for key in ("on", "from", "to") if isinstance(written, dict) and key in written}
        if isinstance(written, dict) and given not in ({"on"}, {"from", "to"}):
            raise flaw("does not say which days", "write either `on`, or `from` and `to`")
        if "first" in read and "last" in read and read["last"] < read["first"]:
            raise ValidationError({"to": ["is before `from`\nput the earlier day first"]})

    @staticmethod
    def makes(
        hours: tuple[Opening, ...], reason: Localized, on: Any = None, first: Any = None, last: Any = None
    ) -> SpecialDays:
        """Build the range; one day is a range of one."""
        return SpecialDays(on or first, on or last, hours, reason)


def special_days() -> Shaped[tuple[SpecialDays, ...]]:
    """Return a field for exceptions, no two of which speak of the same day."""
    return items(group(SpecialDaysSchema()), _days_apart, load_default=())


def _days_apart(exceptions: Mapping[int, SpecialDays]) -> Faults:
    return {
        index: [f"another one speaks of days of this one ({other.first} to {other.last})\nkeep one of the two"]
        for index, mine in exceptions.items()
        for earlier, other in exceptions.items()
        if earlier < index and mine.first <= other.last and other.first <= mine.last
    }


def _hours(holidays: Any, exceptions: tuple[SpecialDays, ...], **weekdays: tuple[Opening, ...]) -> Hours:
    return Hours(tuple(weekdays[name] for name in WEEKDAYS), holidays, exceptions)


class HoursSchema(Strict):
    """A whole week, every day named, and what overrules it."""

    makes = staticmethod(_hours)

    monday = openings(required=True)
    tuesday = openings(required=True)
    wednesday = openings(required=True)
    thursday = openings(required=True)
    friday = openings(required=True)
    saturday = openings(required=True)
    sunday = openings(required=True)
    holidays = one(readers.one_of("closed", "open"), required=True)
    exceptions = special_days()


class SameHoursSchema(Strict):
    """The hours of a place, which are written there."""

    as_ = one(readers.id_in("places"), required=True, data_key="as")

    @staticmethod
    def makes(as_: str) -> str:
        """Return the place's id."""
        return as_


_WEEK, _SAME = HoursSchema(), SameHoursSchema()


def team_hours(value: object) -> Hours | str:
    """Read a team's own week, or `as: <place>`."""
    schema: Strict = _SAME if isinstance(value, dict) and "as" in value else _WEEK
    read: Hours | str = schema.load(value)  # type: ignore[arg-type]  # what is no mapping is refused
    return read


class PlaceSchema(Strict):
    """Where patients come."""

    name = one(readers.line_of(ROW_TITLE), required=True)
    street = one(readers.line_of(ROW_DESCRIPTION), required=True)
    city = one(readers.line_of(ROW_DESCRIPTION), required=True)
    postcode = one(readers.line_of(12), required=True)
    latitude = one(readers.coordinate(90), required=True)
    longitude = one(readers.coordinate(180), required=True)
    phone = one(readers.phone, required=True)
    parking = words(readers.text_of(PARAGRAPH), required=True)
    transport = words(readers.text_of(PARAGRAPH), required=True)
    accessibility = words(readers.text_of(PARAGRAPH), required=True)
    hours = group(_WEEK, required=True)
    subdivision = one(readers.subdivision)

    @validates_schema(skip_on_field_errors=False)
    def fits_a_row(self, read: Mapping[str, Any], **kwargs: Any) -> None:
        """Refuse an address that does not fit below the place's name in a list."""
        length = readers.length(f"{read.get('street', '')}, {read.get('city', '')}")
        if length > ROW_DESCRIPTION:
            fault = f"has {length} characters with the city, {ROW_DESCRIPTION} are allowed"
            raise ValidationError({"street": [f"{fault}\nshorten it by {length - ROW_DESCRIPTION}"]})


class TeamSchema(Strict):
    """People who answer."""

    name = words(readers.line_of(ROW_TITLE), required=True)
    phone = one(readers.phone, required=True)
    place = one(readers.id_in("places"), required=True)
    hours = Shaped(team_hours, required=True)
    answer_minutes = one(readers.count(1, 2880), required=True)


class VisitSchema(Strict):
    """How a service is given by appointment."""

    makes = Visit

    minutes = one(readers.count(5, 480), required=True)
    before = one(readers.count(0, 120), load_default=0)
    after = one(readers.count(0, 120), load_default=0)
    grid = one(readers.count(5, 240), load_default=15)
    notice = one(readers.count(0, 20160), load_default=120)
    horizon = one(readers.count(1, 365), load_default=90)
    per_day = one(readers.count(1, 200), load_default=None)


_VISIT = group(VisitSchema(), data_key="appointment")  # `group` is a key of the service itself


def leads(**kwargs: Any) -> Shaped[tuple[Lead, ...]]:
    """Return a field for when patients are reminded: a list of `7d`, `72h`, `24h`, or `none`."""
    return Shaped(_leads, **kwargs)


_LEADS = items(one(readers.one_of(*LEADS)))


def _leads(value: object) -> tuple[Lead, ...]:
    if value == "none":
        return ()
    if not isinstance(value, list) or not value:
        raise flaw("is neither `none` nor a list", "write none, or as in [72h, 24h]")
    chosen = _LEADS.deserialize(value)
    return tuple(lead for lead in LEADS if lead in chosen)


class ServiceSchema(Strict):
    """What can be asked for."""

    name = words(readers.line_of(ROW_TITLE), required=True)
    group = one(readers.id_in("service_groups"), required=True)
    places = items(one(readers.id_in("places")), required=True)
    description = words(readers.line_of(ROW_DESCRIPTION))
    preparation = words(readers.text_of(PARAGRAPH))
    bring = words(readers.text_of(PARAGRAPH))
    visit = _VISIT
    reminders = leads(load_default=None)


def _weekday(text: str) -> int:
    return WEEKDAYS.index(readers.one_of(*WEEKDAYS)(text))


class ShiftSchema(Strict):
    """When a practitioner works at a place."""

    makes = Shift

    place = one(readers.id_in("places"), required=True)
    weekdays = items(one(_weekday), required=True, data_key="days")
    hours = openings(required=True)
    weeks = one(readers.one_of("every", "even", "odd"), load_default="every")
    first = one(readers.day, data_key="from")
    last = one(readers.day, data_key="to")
    services = items(one(readers.id_in("services")), load_default=())

    @validates_schema(skip_on_field_errors=False)
    def begins_before_it_ends(self, read: Mapping[str, Any], **kwargs: Any) -> None:
        """Refuse a shift that never is."""
        if read.get("first") and read.get("last") and read["last"] < read["first"]:
            raise ValidationError({"to": ["is before `from`\nput the earlier day first"]})


class PractitionerSchema(Strict):
    """Somebody who sees patients by appointment."""

    name = one(readers.line_of(ROW_TITLE), required=True)
    services = items(one(readers.id_in("services")), required=True)
    shifts = items(group(ShiftSchema()), required=True)

    @validates_schema(skip_on_field_errors=False)
    def shifts_are_apart(self, read: Mapping[str, Any], **kwargs: Any) -> None:
        """Refuse somebody in two places at once, and a shift for what they do not do."""
        shifts: tuple[Shift, ...] = read.get("shifts", ())
        faults: Faults = {}
        for n, shift in enumerate(shifts):
            if any(_meet(shift, other) for other in shifts[:n]):
                faults[n] = {"hours": ["overlap another shift of the same person\nmove one, or join the two"]}
            foreign = set(shift.services) - set(read.get("services", shift.services))
            if foreign:
                remedy = "name the service under the practitioner's services too, or take it out here"
                faults.setdefault(n, {})["services"] = [f"{min(foreign)!r} is not one of this person's\n{remedy}"]
        if faults:
            raise ValidationError({"shifts": faults})


def _meet(one: Shift, other: Shift) -> bool:
    """Tell whether two shifts may claim one person at one time."""
    apart_in_time = bool(
        (one.last and other.first and one.last < other.first) or (other.last and one.first and other.last < one.first)
    )
    if apart_in_time or {one.weeks, other.weeks} == {"even", "odd"} or not set(one.weekdays) & set(other.weekdays):
        return False
    return bool(readers.no_overlap(dict(enumerate((*one.hours, *other.hours)))))


def _terms(service: str, value: object) -> str:
    return readers.one_of("direct", "indirect")(word(value))


class InsurerSchema(Strict):
    """Who pays, and for what."""

    name = one(readers.line_of(ROW_TITLE), required=True)
    agreements = mapped(readers.id_in("services"), _terms, required=True)
    note = words(readers.text_of(PARAGRAPH))


class PortalSchema(Strict):
    """The clinic's own pages: the hosts that may be linked to, and two pages on them."""

    hosts = items(one(readers.host), required=True)
    results = one(readers.portal_link)
    invoices = one(readers.portal_link)


class HelplineSchema(Strict):
    """Somebody to talk to now."""

    makes = Helpline

    name = one(readers.line_of(60), required=True)
    phone = one(readers.helpline_phone, required=True)
    kind = one(readers.one_of("distress", "violence", "minors"), required=True)
    hours = words(readers.line_of(SENTENCE), required=True)
    verified_on = one(readers.past_day, required=True)


def _for_distress(helplines: tuple[Helpline, ...]) -> None:
    if not any(helpline.kind == "distress" for helpline in helplines):
        raise flaw("none is of kind distress", "add one: whoever writes in despair is told its number")


class EmergencySchema(Strict):
    """Whom to call when life is at risk."""

    makes = Emergency

    numbers = items(one(readers.emergency_number), required=True)
    verified_on = one(readers.past_day, required=True)
    helplines = items(group(HelplineSchema()), required=True, validate=_for_distress)


class RetentionSchema(Strict):
    """After how many days each class of data is deleted."""

    makes = Retention

    words_days = one(readers.count(1, readers.MAX_DAYS), required=True, data_key="words")
    media_days = one(readers.count(1, readers.MAX_DAYS), required=True, data_key="media")
    appointments_days = one(readers.count(1, readers.MAX_DAYS), required=True, data_key="appointments")
    audit_days = one(readers.count(1, readers.MAX_DAYS), required=True, data_key="audit")
    model_days = one(readers.count(1, readers.MAX_DAYS), required=True, data_key="model")
    metrics_days = one(readers.count(1, readers.MAX_DAYS), required=True, data_key="metrics")


_SCHEDULE = readers.reference_to("Schedule")
_AT_PLACES = mapped(
    readers.id_in("places"), lambda _, value: _SCHEDULE(word(value)).removeprefix("Schedule/"), required=True
)


def _schedules(id: str, value: object) -> Mapping[str, str]:
    return _AT_PLACES.deserialize(value)


def _each_once(found: Mapping[str, Mapping[str, str]]) -> Faults:
    """Refuse one schedule under two names: a slot must be of one person at one place."""
    seen: dict[str, str] = {}
    faults: Faults = {}
    for who, places in found.items():
        for place, schedule in places.items():
            if seen.setdefault(schedule, f"{who}, {place}") != f"{who}, {place}":
                faults.setdefault(who, {})[place] = [
                    f"is that of {seen[schedule]} too\ngive each a schedule of its own"
                ]
    return faults


def _fhir_names(schedules: Mapping[str, Mapping[str, str]], **read: Any) -> FhirNames:
    flat = {(who, place): id for who, places in schedules.items() for place, id in places.items()}
    return FhirNames(schedules=MappingProxyType(flat), **read)


class FhirSchema(Strict):
    """How the clinic's own FHIR server names what stands in this file."""

    makes = staticmethod(_fhir_names)

    identifiers = one(readers.system_uri, required=True)
    schedules = mapped(readers.id_in("practitioners"), _schedules, _each_once, required=True)
    services = mapped(readers.id_in("services"), lambda _, value: readers.service_type(word(value)), required=True)
    practitioners = mapped(
        readers.id_in("practitioners"),
        lambda _, value: readers.reference_to("Practitioner", "PractitionerRole")(word(value)),
        load_default=lambda: _none(),
    )
    places = mapped(
        readers.id_in("places"),
        lambda _, value: readers.reference_to("Location")(word(value)),
        load_default=lambda: _none(),
    )


def _price(category: str, value: object) -> Any:
    return readers.price(word(value))


class PricesSchema(Strict):
    """What Meta charges."""

    makes = Prices

    currency = one(readers.currency, required=True)
    as_of = one(readers.past_day, required=True)
    per_message = mapped(readers.one_of(*CATEGORIES), _price, required=True)
    free_service_messages = one(readers.count(0, 1_000_000), required=True)


class MediaSchema(Strict):
    """A file the clinic approved."""

    kind = one(readers.one_of("image", "document", "video"), required=True)
    link = one(readers.https_link, required=True)
    caption = words(readers.text_of(CAPTION), required=True)
    approved_by = one(readers.line_of(60), required=True)
    review_by = one(readers.day, required=True)
    filename = one(readers.line_of(60))

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def a_document_has_a_name(self, read: Mapping[str, Any], written: Any, **kwargs: Any) -> None:
        """Ask for a file name where WhatsApp shows one, and only there."""
        kind, named = read.get("kind"), isinstance(written, dict) and "filename" in written
        if kind == "document" and not named:
            raise ValidationError({"filename": ["is missing\nadd it: WhatsApp shows it, as in Preparation.pdf"]})
        if kind in ("image", "video") and named:
            raise ValidationError({"filename": [f"has no place in kind {kind}\nremove it"]})


class ApprovedSchema(Strict):
    """An answer somebody approved, and until when."""

    title = words(readers.line_of(ROW_TITLE), required=True)
    question = words(readers.line_of(ROW_DESCRIPTION))
    answer = words(readers.text_of(ANSWER), required=True)
    approved_by = one(readers.line_of(60), required=True)
    review_by = one(readers.day, required=True)


def _told_apart(things: Mapping[str, Any], called: str = "name") -> Faults:
    """Refuse two things of one name: titles are what people see and type."""
    seen: dict[object, str] = {}
    faults: Faults = {}
    for id, thing in things.items():
        for name in _names(getattr(thing, called)):
            if seen.setdefault(name, id) != id:
                faults[id] = {called: [f"is the same as that of {seen[name]}\ngive each a {called} of its own"]}
    return faults


def _titles_apart(answers: Mapping[str, Any]) -> Faults:
    return _told_apart(answers, "title")


class CannedSchema(Strict):
    """A ready answer of the staff's."""

    title = words(readers.line_of(CANNED_TITLE), required=True)
    words = words(readers.text_of(ANSWER), required=True)

    @validates_schema(skip_on_field_errors=False)
    def holds_no_identifier(self, read: Mapping[str, Any], **kwargs: Any) -> None:
        """Refuse what the console would refuse to send."""
        said = read["words"].texts if "words" in read else ()
        for language, text in said:
            if screen(text).cut:
                raise ValidationError({"words": {language: ["holds what looks like an identifier\ntake it out"]}})


class TopicSchema(Strict):
    """Approved answers that belong together."""

    name = words(readers.line_of(ROW_TITLE), required=True)
    answers = by_id(ApprovedSchema(), Approved, _titles_apart, required=True)


def _names(name: str | Localized) -> tuple[object, ...]:
    if isinstance(name, str):
        return (name.casefold(),)
    return tuple((language, text.casefold()) for language, text in name.texts)


def _clinic(portal: Mapping[str, Any] | None, **read: Any) -> Clinic:
    portal = portal or {}
    hosts, results, invoices = portal.get("hosts", ()), portal.get("results"), portal.get("invoices")
    return Clinic(portal_hosts=hosts, results_url=results, invoices_url=invoices, **read)


def _none() -> Mapping[str, Any]:
    return MappingProxyType({})


_GROUP_NAME = words(readers.line_of(ROW_TITLE))


_LABEL = words(readers.line_of(LABEL))


def _label(id: str, value: object) -> Localized:
    return _LABEL.deserialize(value)


def _group_name(id: str, value: object) -> Localized:
    return _GROUP_NAME.deserialize(value)


def _bookable(read: Mapping[str, Any]) -> Faults:
    """Return the faults between services and practitioners: what is booked has a length, and somebody who gives it."""
    services: Mapping[str, Service] = read.get("services", {})
    people: Mapping[str, Practitioner] = read.get("practitioners", {})
    given = {service for person in people.values() for service in person.services}
    lost = [id for id, service in services.items() if service.visit and id not in given]
    remedy = "name it under a practitioner's services, or take `appointment` out"
    faults: Faults = {"services": {id: {"appointment": [f"nobody gives it\n{remedy}"]} for id in lost}} if lost else {}
    vague = sorted({id for id in given if id in services and not services[id].visit})
    if vague:
        says = f"{', '.join(vague)} can be had of a practitioner, but it is not said how long it takes"
        faults["practitioners"] = [f"{says}\nadd `appointment` with `minutes` to the service"]
    return faults


def _named_elsewhere(read: Mapping[str, Any]) -> Faults:
    """Return the faults between who works where and what the clinic's own system is said to know of it."""
    names: FhirNames | None = read.get("fhir")
    if names is None:
        return {}
    people: Mapping[str, Practitioner] = read.get("practitioners", {})
    works = {(id, shift.place) for id, person in people.items() for shift in person.shifts}
    given = {service for person in people.values() for service in person.services}
    faults: Faults = {}
    for who, place in sorted(works - set(names.schedules)):
        fault = f"{who} works at {place}, but has no schedule for it here\nadd `{place}: Schedule/...`"
        faults.setdefault("schedules", {}).setdefault(who, []).append(fault)
    for who, place in sorted(set(names.schedules) - works):
        fault = f"{who} has no shift at {place}\nremove it, or add the shift"
        faults.setdefault("schedules", {}).setdefault(who, []).append(fault)
    for service in sorted(given - set(names.services)):
        fault = f"{service} can be booked, but has no type here\nadd `{service}: system|code`, or `{service}: any`"
        faults.setdefault("services", []).append(fault)
    return {"fhir": faults} if faults else {}


class ClinicSchema(Strict):
    """The whole file."""

    makes = staticmethod(_clinic)

    name = one(readers.line_of(60), required=True)
    country = one(readers.country, required=True)
    zone = one(readers.zone, required=True)
    languages = items(one(readers.language), required=True)
    privacy = one(readers.one_of("strict", "named"), required=True)
    exceptions = special_days()
    places = by_id(PlaceSchema(), ClinicPlace, _told_apart, required=True)
    teams = by_id(TeamSchema(), Team, _told_apart, TEAMS, required=True)
    service_groups = mapped(readers.new_id, _group_name, required=True)
    services = by_id(ServiceSchema(), Service, _told_apart, required=True)
    insurers = by_id(InsurerSchema(), Insurer, _told_apart, load_default=_none)
    portal = group(PortalSchema(), load_default=None)
    emergency = group(EmergencySchema(), required=True)
    retention = group(RetentionSchema(), required=True)
    media = by_id(MediaSchema(), Media, load_default=_none)
    tips = by_id(TopicSchema(), Topic, _told_apart, load_default=_none)
    faq = by_id(TopicSchema(), Topic, _told_apart, load_default=_none)
    billing = by_id(ApprovedSchema(), Approved, _titles_apart, load_default=_none)
    practitioners = by_id(PractitionerSchema(), Practitioner, _told_apart, load_default=_none)
    canned = by_id(CannedSchema(), Canned, _titles_apart, load_default=_none)
    labels = mapped(readers.new_id, _label, load_default=_none)
    reminders = leads(load_default=LEADS)
    prices = group(PricesSchema(), load_default=None)
    fhir = group(FhirSchema(), load_default=None)

    @validates_schema(skip_on_field_errors=True)
    def can_be_booked(self, read: Mapping[str, Any], **kwargs: Any) -> None:
        """Refuse services nobody gives, practitioners of services without a length, and what has no name elsewhere."""
        if faults := _bookable(read) | _named_elsewhere(read):
            raise ValidationError(faults)
