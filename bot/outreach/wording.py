"""How a notice is said: in free words while the window is open, as a message template when it is not, or not at all.

Inside the window the cheaper of the two, free words where they cost the same. Outside it a template that Meta lets be sent:
in the person's language, else in the clinic's first. WhatsApp must have given up trying before the visit begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from types import MappingProxyType

from bot.approvals import Approvals, Known, may_be_sent, may_pass
from bot.clinic import Clinic
from bot.clock import Clock
from bot.message_templates import Template, TemplateError
from bot.model import TemplateMessage
from bot.notices import CHANGES, REMINDERS, Kind, Notice, ToStaff
from bot.outreach.freely import WISHES, freely, values_of
from bot.ports import Wording

VISIT = (("first_name", "words"), ("day", "date"), ("time", "time"), ("place", "words"), ("code", "words"))
OFFER = (*VISIT[:-1], ("until_day", "date"), ("until_time", "time"))
FILLED: Mapping[Kind, tuple[tuple[str, str], ...]] = MappingProxyType(
    {kind: OFFER if kind is Kind.OFFER else VISIT for kind in Kind}
)
NOBODY: Mapping[str, str] = MappingProxyType(
    {"it": "Lei", "en": "you", "es": "usted"}
)  # who comes, where no name is known
Costs = Mapping[str, Decimal]  # what the next message of each category costs; empty: no price table


@dataclass(frozen=True, slots=True)
class Later:
    """A notice cannot be said now and perhaps can soon: its template is paused for some hours, or Meta lets nothing be begun."""

    why: str
    until: datetime  # after that it is too late


@dataclass(frozen=True, slots=True)
class ByPerson:
    """Only a person can tell it."""

    why: ToStaff


Said = Wording | TemplateMessage | Later | ByPerson


class Sayer:
    """Say notices for one clinic, with what Meta lets be sent now and what the next message costs."""

    def __init__(
        self,
        clinic: Clinic,
        templates: Sequence[Template],
        approvals: Approvals,
        clock: Clock,
        costs: Callable[[datetime], Costs] = lambda _: {},
        begins_nothing: Callable[[], bool] = lambda: False,
    ) -> None:
        self._clinic = clinic
        self._begins_nothing = begins_nothing
        self._templates = {one.name: one for one in templates}
        self._known = approvals.known
        self._clock = clock
        self._costs = costs

    def at_once(self) -> Sayer:
        """Return the same with what Meta lets be sent read now, and not again for each: for whoever only looks at many."""
        known, begins_nothing, other = self._known(), self._begins_nothing(), copy(self)
        other._known, other._begins_nothing = (lambda: known), (lambda: begins_nothing)
        return other

    def __call__(self, notice: Notice, language: str, is_open: bool) -> Said:
        """Return what is said to somebody of this language."""
        now, template = self._clock.now(), self._templates.get(name_of(notice.kind, self._clinic.privacy))
        if self._begins_nothing():
            return _put_off("number", notice, template, ToStaff.PAUSED)
        known = self._known()
        costs = self._costs(now) if is_open and self._clinic.prices is not None else {}
        return said(self._clinic, notice, template, known, language, costs if is_open else None, now)


def said(
    clinic: Clinic,
    notice: Notice,
    template: Template | None,
    known: Known,
    language: str,
    costs: Costs | None,
    now: datetime,
) -> Said:
    """Choose how a notice is said; `costs` None: the window is closed."""
    formal: Said = ByPerson(ToStaff.NO_TEMPLATE)
    if template is not None:
        formal = _formally(clinic, notice, template, known, language, now)
    if costs is None:
        return formal
    is_cheaper = costs.get("utility", Decimal()) < costs.get("service", Decimal())
    return formal if is_cheaper and isinstance(formal, TemplateMessage) else freely(clinic, notice)


def name_of(kind: Kind, privacy: str) -> str:
    """Return which template says a kind of notice."""
    return f"{kind}_strict" if privacy == "strict" else str(kind)


def _formally(
    clinic: Clinic, notice: Notice, template: Template, known: Known, language: str, now: datetime
) -> TemplateMessage | Later | ByPerson:
    """Return the template filled in; one that may be sent again soon is waited for, if the notice only reminds."""
    languages = tuple(dict.fromkeys((language, clinic.languages[0])))
    for spoken in languages:
        if may_be_sent(template, spoken, known):
            # What was changed is told however near it is.
            in_time = notice.kind in CHANGES or now <= _latest(notice, template)
            return _filled(clinic, notice, template, spoken) if in_time else ByPerson(ToStaff.TOO_NEAR)
    if any(may_pass(template, spoken, known) for spoken in languages):
        return _put_off("template", notice, template, ToStaff.NO_TEMPLATE)
    return ByPerson(ToStaff.NO_TEMPLATE)


def _put_off(why: str, notice: Notice, template: Template | None, otherwise: ToStaff) -> Later | ByPerson:
    """Wait with what only reminds; a person tells the rest."""
    return Later(why, _latest(notice, template)) if notice.kind in REMINDERS else ByPerson(otherwise)


def _latest(notice: Notice, template: Template | None) -> datetime:
    """Return until when it may be sent, so that WhatsApp gives up before the visit begins or the offer ends."""
    lasts = template.lifetime_s if template is not None else None
    lifetime = timedelta(seconds=lasts) if lasts is not None else timedelta(days=30)
    return (notice.until or notice.starts_at) - lifetime


def _filled(clinic: Clinic, notice: Notice, template: Template, language: str) -> TemplateMessage | ByPerson:
    """Fill a template in, if every value can stand in it."""
    known = values_of(clinic, notice)
    values = {one.name: _fitted(known.get(one.name, ""), one.longest) for one in template.parameters}
    if not values.get("first_name", "-"):
        values["first_name"] = NOBODY.get(language, NOBODY["en"])
    if not all(one.takes(values[one.name]) for one in template.parameters):
        return ByPerson(ToStaff.UNWORDED)
    return template.filled(language, values, [notice.tap(button.id) for button in template.buttons])


def _fitted(value: object, longest: int) -> str:
    """Return a value as one line of at most so many characters; days and times as ISO 8601 writes them."""
    written = value.isoformat(timespec="minutes") if hasattr(value, "hour") else str(value)  # type: ignore[attr-defined]
    line = " ".join("".join(one if one.isprintable() else " " for one in written).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


# ------------------------------------------------------------------------------------------------------ files against code


def check_templates(templates: Sequence[Template], clinic: Clinic) -> None:
    """Raise TemplateError where a file asks for what the code does not fill, or lacks what the code sends."""
    faults = tuple(_mismatches({one.name: one for one in templates}, clinic))
    if faults:
        raise TemplateError("\n".join(faults))


def _mismatches(templates: Mapping[str, Template], clinic: Clinic) -> Iterator[str]:
    for kind in Kind:
        name = name_of(kind, clinic.privacy)
        template = templates.get(name)
        if template is None:
            yield f"{name}.yaml: is not there: the clinic could not say it after 24 hours"
        else:
            yield from (f"{name}.yaml: {fault}" for fault in _unfit(template, kind, clinic))


def _unfit(template: Template, kind: Kind, clinic: Clinic) -> Iterator[str]:
    if template.by != "notice" or template.category != "utility":
        yield "a notice is written `by: notice`, in `category: utility`"
    filled = dict(FILLED[kind])
    if clinic.privacy == "strict":
        del filled["first_name"]
    for one in template.parameters:
        if filled.get(one.name) != one.kind:
            yield f"values.{one.name}: the code fills {', '.join(f'{name} ({what})' for name, what in filled.items())}"
    for button in template.buttons:
        if button.id not in WISHES[kind] and not (kind is Kind.REMINDER_24H and button.id == "way"):
            yield f"buttons.{button.id}: what is tapped here is one of {', '.join(WISHES[kind])}"
    for language in clinic.languages:
        if not template.speaks(language):
            yield f"words: there are none in {language}, which the clinic speaks"
    if kind not in CHANGES and template.lifetime_s is None:
        yield "lifetime_s: a reminder or an offer needs an end"
