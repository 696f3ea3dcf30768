"""What a clinic's file says, once it has been checked: frozen data, and the faults of a file that cannot be used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from types import MappingProxyType
from typing import Literal
from zoneinfo import ZoneInfo

from menus.model import Localized

Terms = Literal["direct", "indirect"]
Lead = Literal["7d", "72h", "24h"]  # how long before a visit a reminder comes, in days of the clinic's clock
LEADS: tuple[Lead, ...] = ("7d", "72h", "24h")


@dataclass(frozen=True, slots=True)
class Opening:
    """An interval within one day, on the clinic's clock; an `end` of 00:00 is the end of the day."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Day:
    """When something is open on a date, earliest first (none: closed); `note` is why it differs from the weekday."""

    date: date
    openings: tuple[Opening, ...]
    note: Localized | None = None


@dataclass(frozen=True, slots=True)
class SpecialDays:
    """Dates, both included, on which other hours hold; no openings: closed."""

    first: date
    last: date
    openings: tuple[Opening, ...]
    reason: Localized


@dataclass(frozen=True, slots=True)
class Hours:
    """A week from Monday, and what overrules it: the special days first, then public holidays."""

    weekdays: tuple[tuple[Opening, ...], ...]
    holidays: Literal["closed", "open"]
    exceptions: tuple[SpecialDays, ...] = ()


@dataclass(frozen=True, slots=True)
class ClinicPlace:
    """Where patients come. `latitude` and `longitude` stay as written; `subdivision` adds the patron saint's day."""

    id: str
    name: str
    street: str
    city: str
    postcode: str
    latitude: str
    longitude: str
    phone: str
    parking: Localized
    transport: Localized
    accessibility: Localized
    hours: Hours
    subdivision: str | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """People who answer. `hours` are the team's own, or the id of the place whose hours they keep."""

    id: str
    name: Localized
    phone: str
    place: str
    hours: Hours | str
    answer_minutes: int


@dataclass(frozen=True, slots=True)
class Visit:
    """How a service is given by appointment: minutes long, minutes kept free before and after, and on which starts.

    A start is a multiple of `grid` minutes after midnight on the clock. `notice`: minutes from now to the first start that
    can be had; `horizon`: the last day, counted from today; `per_day`: how many one practitioner gives a day, None: any.
    """

    minutes: int
    before: int = 0
    after: int = 0
    grid: int = 15
    notice: int = 120
    horizon: int = 90
    per_day: int | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """What can be asked for. No `preparation`: none is needed; no `bring`: nothing beyond what everybody brings.

    `visit` is None where it cannot be booked: people come without an appointment, or call. `reminders`: when patients
    are reminded of it; None: as the whole clinic does, none at all if empty.
    """

    id: str
    name: Localized
    group: str
    places: tuple[str, ...]
    description: Localized | None = None
    preparation: Localized | None = None
    bring: Localized | None = None
    visit: Visit | None = None
    reminders: tuple[Lead, ...] | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """When a practitioner works at a place. `weekdays`: 0 is Monday. `weeks`: all, or those of even or odd ISO number.

    `first` and `last` are included; None: since, or for, ever. `services`: only these; none named: all of the practitioner's.
    """

    place: str
    weekdays: tuple[int, ...]
    hours: tuple[Opening, ...]
    weeks: Literal["every", "even", "odd"] = "every"
    first: date | None = None
    last: date | None = None
    services: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Practitioner:
    """Somebody who sees patients by appointment."""

    id: str
    name: str
    services: tuple[str, ...]
    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class Insurer:
    """Who pays. Per service id: `direct` (the insurer pays us) or `indirect` (the patient pays and claims it back);
    a service that is not named has no agreement."""

    id: str
    name: str
    agreements: Mapping[str, Terms]
    note: Localized | None = None


@dataclass(frozen=True, slots=True)
class Helpline:
    """Somebody to talk to now; `phone` is as it should be dialled and shown, `hours` are words."""

    name: str
    phone: str
    kind: Literal["distress", "violence", "minors"]
    hours: Localized
    verified_on: date


@dataclass(frozen=True, slots=True)
class Emergency:
    """Whom to call when life is at risk: the first number is the one that is said."""

    numbers: tuple[str, ...]
    verified_on: date
    helplines: tuple[Helpline, ...]


@dataclass(frozen=True, slots=True)
class Retention:
    """After how many days each class of data is deleted."""

    words_days: int
    media_days: int
    appointments_days: int
    audit_days: int
    model_days: int
    metrics_days: int


@dataclass(frozen=True, slots=True)
class Prices:
    """What Meta charges per delivered message, by category (`service`, `utility`, `marketing`, `authentication`)."""

    currency: str
    as_of: date
    per_message: Mapping[str, Decimal]
    free_service_messages: int


@dataclass(frozen=True, slots=True)
class Media:
    """A file the clinic approved to be sent by link; not sent after `review_by`. `filename` is for documents."""

    id: str
    kind: Literal["image", "document", "video"]
    link: str
    caption: Localized
    approved_by: str
    review_by: date
    filename: str | None = None


@dataclass(frozen=True, slots=True)
class Approved:
    """An answer the clinic approved, as it is sent; not after `review_by`. `title` is its row, `question` the line below."""

    id: str
    title: Localized
    answer: Localized
    approved_by: str
    review_by: date
    question: Localized | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """Approved answers that belong together, by id."""

    id: str
    name: Localized
    answers: Mapping[str, Approved]


@dataclass(frozen=True, slots=True)
class Canned:
    """A ready answer of the staff's: `title` is what they choose it by, `words` what is put into the form."""

    id: str
    title: Localized
    words: Localized


def _nothing() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FhirNames:
    """What the file calls by its ids, in the words of the clinic's own FHIR server.

    `schedules`: (practitioner, place) to the id of a Schedule; `services`: a service to its type, `system|code`, or None
    where the server's slots carry none; `identifiers`: the system of our own identifiers there. `practitioners` and `places`
    are references, as in `Practitioner/7`: needed where the server works by operations (`ops`) only.
    """

    schedules: Mapping[tuple[str, str], str]
    services: Mapping[str, str | None]
    identifiers: str
    practitioners: Mapping[str, str] = field(default_factory=_nothing)
    places: Mapping[str, str] = field(default_factory=_nothing)


@dataclass(frozen=True, slots=True)
class Clinic:
    """The whole file. The first language is the default; `exceptions` hold for every place and team.

    `results_url` and `invoices_url` are on one of the `portal_hosts`; None: there is no such page, a team answers.
    `canned` are the staff's ready answers, `labels` what they may mark a conversation with.
    `tips` and `faq` are topics of approved answers, `billing` are facts about invoices and payments.
    `fhir` is how the clinic's own system names things; None: the file does not say.
    `warnings` are sentences for the operator about what still works but should be looked at.
    """

    name: str
    country: str
    zone: ZoneInfo
    languages: tuple[str, ...]
    privacy: Literal["strict", "named"]
    places: Mapping[str, ClinicPlace]
    teams: Mapping[str, Team]
    service_groups: Mapping[str, Localized]
    services: Mapping[str, Service]
    insurers: Mapping[str, Insurer]
    portal_hosts: tuple[str, ...]
    results_url: str | None
    invoices_url: str | None
    emergency: Emergency
    retention: Retention
    media: Mapping[str, Media]
    prices: Prices | None = None
    exceptions: tuple[SpecialDays, ...] = ()
    tips: Mapping[str, Topic] = field(default_factory=lambda: MappingProxyType({}))
    faq: Mapping[str, Topic] = field(default_factory=lambda: MappingProxyType({}))
    billing: Mapping[str, Approved] = field(default_factory=lambda: MappingProxyType({}))
    canned: Mapping[str, Canned] = field(default_factory=lambda: MappingProxyType({}))
    labels: Mapping[str, Localized] = field(default_factory=lambda: MappingProxyType({}))
    practitioners: Mapping[str, Practitioner] = field(default_factory=lambda: MappingProxyType({}))
    reminders: tuple[Lead, ...] = LEADS
    fhir: FhirNames | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in the file, and what to do about it. `path` is as in `places.centro.phone`."""

    file: str
    line: int
    path: str
    fault: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}: {self.path}" if self.path else f"{self.file}:{self.line}"
        return f"{where}: {self.fault}; {self.remedy}"


class ClinicError(Exception):
    """The clinic's file cannot be used: every fault of it, in the order of its lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
