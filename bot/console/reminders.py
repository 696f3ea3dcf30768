"""The reminders: whom a person must call, who has not answered, how the days come out, and which templates may be sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from babel.dates import format_date
from flask import Blueprint, abort, redirect, url_for
from werkzeug.wrappers import Response

from bot.approvals import Known, why_not
from bot.console.frame import Console, console, language, member, needs, page, tell, text
from bot.console.queue import asker, said, tongue
from bot.notices import Balance, ForStaff, Kind, Unconfirmed
from bot.reminding import Whom
from bot.staff import Permission

DAYS = 7  # whose balance is shown, before today's
# Who was asked so long ago and is silent is called, from three days before the visit on; earlier a reminder still asks again.
PATIENCE = {
    Kind.REMINDER_7D: timedelta(hours=24),
    Kind.REMINDER_72H: timedelta(hours=24),
    Kind.REMINDER_24H: timedelta(hours=6),  # so that it is the afternoon before, not the evening
}
NEAR = timedelta(hours=72)
READ, TOLD = "read_reminders", "reminder_told"


def register(routes: Blueprint, console: Console) -> None:
    """Add the pages."""
    routes.add_url_rule("/reminders", "reminders", reminders, methods=["GET"])
    routes.add_url_rule("/reminders/<uuid:notice_id>/told", "reminder_told", told, methods=["POST"])


@dataclass(frozen=True, slots=True)
class Row:
    """A visit somebody must be called about. `notice_id` None: nobody ticks it off; it leaves the list when they answer."""

    visit_id: UUID | None
    conversation_id: UUID
    starts_at: datetime
    why: str
    code: str = ""
    notice_id: UUID | None = None
    whom: Whom | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Day:
    """The balance of a day, and its reasons in words, the commonest first."""

    name: str
    balance: Balance
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class State:
    """How templates stand, in words, and which they are: `reminder_24h (Italian)`."""

    stands: str
    is_ready: bool
    names: tuple[str, ...]


@needs(Permission.CALENDAR)
def reminders() -> Response:
    """Show what is to be done about reminders, and whether they come out even; the reading is noted."""
    known, now = console(), console().clock.now()
    known.audit.note(member().actor, READ)
    asked_before = {kind: now - patience for kind, patience in PATIENCE.items()}
    to_call, silent = known.notices.for_staff(), known.notices.unconfirmed(asked_before, now + NEAR)
    whom = _whom((*(one.conversation_id for one in to_call), *(one.conversation_id for one in silent)))
    return page(
        "console/reminders.html",
        to_call=[_to_call(one, whom.get(one.conversation_id)) for one in to_call],
        silent=[_silent(one, whom.get(one.conversation_id)) for one in silent],
        days=[_day(one) for one in (known.books.today(), *known.notices.balances(DAYS))],
        states=tuple(states(known.approvals.known())),
        may_tick=member().may(Permission.AGENDA),
    )


@needs(Permission.CALENDAR, Permission.AGENDA)
def told(notice_id: UUID) -> Response:
    """Note that somebody has been told."""
    if not console().notices.done(notice_id, member().actor):
        abort(404)
    console().audit.note(member().actor, TOLD, ("notice", notice_id))
    tell("reminders.told")
    return redirect(url_for("console.reminders"), 303)


# --------------------------------------------------------------------------------------------------------- whom to call


def _whom(conversations: Sequence[UUID]) -> dict[UUID, Whom]:
    """Return names and numbers, for those who may read conversations, of their teams' alone."""
    if not member().may(Permission.READ):
        return {}
    return dict(console().callers.whom(asker(), frozenset(conversations)))


def _to_call(one: ForStaff, whom: Whom | None) -> Row:
    why = f"{text(f'reminders.kind_{one.kind}')}: {said(f'reminders.staff_{one.reason}', 'reminders.staff_other')}"
    return Row(one.appointment_id, one.conversation_id, one.starts_at, why, notice_id=one.id, whom=whom)


def _silent(one: Unconfirmed, whom: Whom | None) -> Row:
    why = text("reminders.asked_on", at=_short_day(one.told_at))
    return Row(one.appointment_id, one.conversation_id, one.starts_at, why, one.code, whom=whom)


def _short_day(at: datetime) -> str:
    return str(format_date(at.astimezone(console().clinic.zone), "EEE d MMM", locale=language()))


# ------------------------------------------------------------------------------------------------------------ the balance


def _day(one: Balance) -> Day:
    name = str(format_date(date.fromisoformat(one.day), "EEE d MMM", locale=language()))
    counted = sorted(one.reasons.items(), key=lambda item: (-item[1], item[0]))
    return Day(name, one, tuple((_reason(*key), count) for key, count in counted))


def _reason(state: str, reason: str) -> str:
    """Return why something was not sent, in words."""
    kind = "staff" if state == "staff" else "skipped"
    return said(f"reminders.{kind}_{reason}", "reminders.staff_other")


# ---------------------------------------------------------------------------------------------------------- the templates


def states(known: Known) -> Iterator[State]:
    """Give the templates in every language of the clinic by how they stand, those that may be sent first."""
    found: dict[str | None, list[str]] = {None: []}
    for template in console().templates:
        for spoken in console().clinic.languages:
            found.setdefault(why_not(template, spoken, known), []).append(f"{template.name} ({tongue(spoken)})")
    for why, names in sorted(found.items(), key=lambda item: (item[0] is not None, -len(item[1]))):
        key = f"reminders.template_{why or 'ready'}"
        yield State(said(key, "reminders.template_other"), why is None, tuple(names))
