"""When a reminder is due: a pure function of the visit, the clinic's plan and the moment. Nothing is scheduled ahead.

Days are counted on the clinic's clock ("three days before, at the same time of the day", whatever the clocks did between);
"two hours before" is counted in real time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.clinic import Clinic, Lead, is_holiday
from bot.notices import CHANGES, About, Kind, Owed, Skipped, Timing

OPENS, CLOSES = time(8), time(20)  # nothing is begun outside these hours, on the clinic's clock
LAST_CALL = time(19)  # what would be due in the night is due by then, so that there is an hour to send it
FLOOR = timedelta(hours=2)  # nothing later than this before the visit
APART = timedelta(hours=12)  # a reminder is of use until so long before the next one is due
BOOKED_LONG_BEFORE = timedelta(days=14)  # who booked nearer than this is not reminded a week before
DAY = timedelta(days=1)
CALLING = timedelta(hours=4)  # so long before nothing can be sent any more, people are asked to call
MORNINGS = 4  # so many mornings are looked through for an hour that suits the clinic and a phone's home
KINDS: Mapping[Lead, Kind] = MappingProxyType(
    {"7d": Kind.REMINDER_7D, "72h": Kind.REMINDER_72H, "24h": Kind.REMINDER_24H}
)
DAYS = MappingProxyType({Kind.REMINDER_7D: 7, Kind.REMINDER_72H: 3, Kind.REMINDER_24H: 1})
ASKS = frozenset({Kind.REMINDER_7D, Kind.REMINDER_72H})  # who has answered them needs none any more


class Yet(Enum):
    """What is to be done about a reminder that is neither skipped nor given for good."""

    WAIT = "wait"  # it is not due, or the hours do not allow it now
    GO = "go"


Verdict = Yet | Skipped


@dataclass(frozen=True, slots=True)
class Planned:
    """One reminder of a visit, and when."""

    kind: Kind
    timing: Timing


# ------------------------------------------------------------------------------------------------------------ the hours


def may_begin_on(clinic: Clinic, place: str, day: date, visit: date) -> bool:
    """Tell whether the clinic may write on a day about a visit: no Sunday and no holiday, but for the day before and the day itself."""
    is_near = day >= visit - DAY
    return is_near or not (day.isoweekday() == 7 or is_holiday(clinic, place, day))


def quiet_until(clinic: Clinic, place: str, visit: datetime, now: datetime) -> datetime | None:
    """Return when the hours next allow writing about a visit; None: they do now."""
    here, coming = now.astimezone(clinic.zone), visit.astimezone(clinic.zone).date()
    day = here.date()
    if may_begin_on(clinic, place, day, coming):
        if OPENS <= here.time() < CLOSES:
            return None
        if here.time() < OPENS:
            return _instant(clinic, day, OPENS)
    day += DAY
    while not may_begin_on(clinic, place, day, coming):
        day += DAY
    return _instant(clinic, day, OPENS)


def _instant(clinic: Clinic, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, clinic.zone).astimezone(UTC)


def is_quiet(clinic: Clinic, about: About, now: datetime) -> bool:
    """Tell whether a notice must wait for the morning, the clinic's or that of the person's phone. A change need not where it
    would come too late: nobody shall come in vain because it was evening."""
    opens = quiet_until(clinic, about.place, about.concerns_at, now)
    if opens is None:
        return _is_night_at_home(clinic, about, now)
    return about.kind not in CHANGES or opens <= about.concerns_at - FLOOR


def _is_night_at_home(clinic: Clinic, about: About, now: datetime) -> bool:
    """Tell whether it is night where the person's phone is at home, and an hour that suits both is still of use."""
    if about.home is None or _wakes(about.home, now) <= now:
        return False
    both = _suits_both(clinic, about, about.home, now)
    return both is not None and both < min(about.until, about.concerns_at - FLOOR)


def _suits_both(clinic: Clinic, about: About, home: ZoneInfo, now: datetime) -> datetime | None:
    """Return the next moment within the hours of the clinic and of a phone's home; None: none in the days looked at."""
    at = now
    for _ in range(MORNINGS):
        awake = _wakes(home, at)
        opens = quiet_until(clinic, about.place, about.concerns_at, awake)
        if opens is None:
            return awake
        at = opens
    return None


def _wakes(home: ZoneInfo, now: datetime) -> datetime:
    """Return now, or the next morning of a zone if it is night there."""
    there = now.astimezone(home)
    if OPENS <= there.time() < CLOSES:
        return now
    day = there.date() + DAY * (there.time() >= CLOSES)
    return datetime.combine(day, OPENS, home).astimezone(UTC)


def last_hour(clinic: Clinic, place: str, visit: datetime, before: datetime) -> datetime:
    """Return the last moment up to another at which the clinic may write about a visit."""
    here = before.astimezone(clinic.zone)
    coming = visit.astimezone(clinic.zone).date()
    day, clock = here.date(), min(here.time(), CLOSES)
    while clock <= OPENS or not may_begin_on(clinic, place, day, coming):
        day, clock = day - DAY, CLOSES
    return _instant(clinic, day, clock)


# ------------------------------------------------------------------------------------------------------------- the plan


def leads_of(clinic: Clinic, service: str) -> tuple[Lead, ...]:
    """Return which reminders a service has; one that is not in the clinic's file (any more) has the clinic's."""
    own = clinic.services[service].reminders if service in clinic.services else None
    return clinic.reminders if own is None else own


def without(clinic: Clinic, kind: Kind) -> frozenset[str]:
    """Return the services that have no reminder of this kind."""
    return frozenset(id for id in clinic.services if kind not in {KINDS[lead] for lead in leads_of(clinic, id)})


def is_used(clinic: Clinic, kind: Kind) -> bool:
    """Tell whether any service may have a reminder of this kind."""
    plans = (clinic.reminders, *(service.reminders or () for service in clinic.services.values()))
    return any(kind is KINDS[lead] for plan in plans for lead in plan)


def due_at(clinic: Clinic, kind: Kind, place: str, start: datetime) -> datetime:
    """Return when a reminder of a visit is due: so many days before at the same time, or earlier where that is quiet."""
    local = start.astimezone(clinic.zone)
    day, clock = local.date() - timedelta(days=DAYS[kind]), local.time()
    if clock < OPENS:
        day, clock = day - DAY, LAST_CALL
    clock = min(clock, LAST_CALL)
    while not may_begin_on(clinic, place, day, local.date()):
        day, clock = day - DAY, LAST_CALL
    return _instant(clinic, day, clock)


def planned(clinic: Clinic, service: str, place: str, start: datetime, since: datetime) -> tuple[Planned, ...]:
    """Return every reminder of a visit whose time was chosen at `since`, earliest first; each is of use until near the next."""
    kinds = [KINDS[lead] for lead in leads_of(clinic, service)]
    if start - since < BOOKED_LONG_BEFORE:
        kinds = [kind for kind in kinds if kind is not Kind.REMINDER_7D]
    moments = [(kind, due_at(clinic, kind, place, start)) for kind in kinds]
    ends = [*(after - APART for _, after in moments[1:]), start - FLOOR] if moments else []
    return tuple(
        Planned(kind, Timing(due, min(end, start - FLOOR))) for (kind, due), end in zip(moments, ends, strict=True)
    )


def may_be_waited_for(clinic: Clinic, owed: Owed, timing: Timing, until: datetime, now: datetime) -> bool:
    """Tell whether a reminder that is due and cannot be said now may wait: a later one comes, or people have hours left to call.

    `until`: when it is too late to say it.
    """
    told = owed.notice
    plan = planned(clinic, told.service, told.place, told.starts_at, owed.since)
    if told.kind is not plan[-1].kind:
        return True
    last = last_hour(clinic, told.place, told.starts_at, min(until, timing.until))
    return now < last - CALLING


def reach(clinic: Clinic, kind: Kind, now: datetime) -> datetime:
    """Return a moment before which every visit begins whose reminder is due now: bounds what must be looked through.

    After the last call of a day, what would be due before the next day that is not quiet is due already.
    """
    here = now.astimezone(clinic.zone)
    day = here.date() + timedelta(days=DAYS[kind])
    if here.time() >= LAST_CALL or not _is_working(clinic, here.date()):
        day += DAY
        while not _is_working(clinic, day - timedelta(days=DAYS[kind])):
            day += DAY
        return _instant(clinic, day, OPENS)
    return _instant(clinic, day, max(here.time(), OPENS)) + timedelta(minutes=1)


def _is_working(clinic: Clinic, day: date) -> bool:
    """Tell whether reminders become due on a day at every place of the clinic."""
    return day.isoweekday() != 7 and not any(is_holiday(clinic, place, day) for place in (*clinic.places, ""))


def judge(clinic: Clinic, owed: Owed, now: datetime) -> tuple[Verdict, Timing | None]:
    """Decide about one reminder now; of those of a visit that are due together, only the latest goes.

    The timing is None where the plan has no such reminder for this visit: it waits for ever.
    """
    told = owed.notice
    plan = planned(clinic, told.service, told.place, told.starts_at, owed.since)
    mine = next((one for one in plan if one.kind is told.kind), None)
    if mine is None:
        return (Skipped.BOOKED_LATE, _timing(clinic, owed)) if now >= _timing(clinic, owed).due_at else (Yet.WAIT, None)
    return _judged(clinic, owed, plan, mine, now), mine.timing


def _timing(clinic: Clinic, owed: Owed) -> Timing:
    told = owed.notice
    return Timing(due_at(clinic, told.kind, told.place, told.starts_at), told.starts_at - FLOOR)


def _judged(clinic: Clinic, owed: Owed, plan: tuple[Planned, ...], mine: Planned, now: datetime) -> Verdict:
    told, timing = owed.notice, mine.timing
    if now < timing.due_at:
        return Yet.WAIT
    if owed.since > timing.due_at:
        return Skipped.BOOKED_LATE
    if any(other.timing.due_at <= now for other in plan[plan.index(mine) + 1 :]):
        return Skipped.OVERTAKEN
    if now >= timing.until:
        return Skipped.STALE
    if told.is_confirmed and told.kind in ASKS:
        return Skipped.CONFIRMED
    return Yet.WAIT if is_quiet(clinic, owed.about(timing), now) else Yet.GO
