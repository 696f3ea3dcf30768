"""What the figures are, how they are bounded in time, and which of them are too small to be shown.

Counts, never who: no figure names a person, a conversation or a member of staff. The console asks, `store/insight.py` answers.

**Small groups** (`shown`, `listed`, `total`): a count is shown rounded down to a multiple of five, and one below five, zero too,
as "fewer than five". So a shown 20 is anything from 20 to 24, and a cell that is not shown anything from 0 to 4.

- A breakdown (menu, classifier, reason) does not list what is below five at all: neither how many such lines there are nor
  whether one is zero can be read, so that a total minus the lines leads to none of them.
- Where a part of a sum is hidden, the total is no more than the sum of what is shown ("at least"); it tells nothing that the
  parts do not.
- A share needs five on either side, a median five times, the slowest tenth twenty; a cost five requests.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from bot.clock import Clock
from menus.model import Do, Flows

DAYS = (7, 28, 90)  # what may be asked for; nothing older is ever read but for the beginning of a talk
UNITS = ("day", "week")
STEP = 5
FEW = 20  # times of which the slowest tenth is two or more
CLOSED_AFTER = timedelta(hours=24)  # the customer service window: whoever writes later begins anew
AGAIN_WITHIN = timedelta(hours=72)
FRESH = timedelta(minutes=1)
MOST_KEPT = 64

T = TypeVar("T")
K = TypeVar("K")


# --------------------------------------------------------------------------------------------------------------- the time


@dataclass(frozen=True, slots=True)
class Period:
    """Stretches of time one after the other: `bounds` are their beginnings and the end of the last."""

    days: int
    unit: str
    bounds: tuple[datetime, ...]
    now: datetime

    @property
    def start(self) -> datetime:
        """When the first stretch begins."""
        return self.bounds[0]

    @property
    def end(self) -> datetime:
        """When the last stretch ends."""
        return self.bounds[-1]

    @property
    def stretches(self) -> tuple[tuple[datetime, datetime], ...]:
        """Return each stretch: from, until (not included)."""
        return tuple(zip(self.bounds, self.bounds[1:], strict=False))


def period(days: int, unit: str, now: datetime, zone: ZoneInfo) -> Period:
    """Return the last days on the clinic's calendar, today among them, by day or by week.

    A day lasts from midnight to midnight on the clinic's clock, so 23 or 25 hours when it is changed. Weeks are seven days
    counted back from today; the first one has what is left.
    """
    today = now.astimezone(zone).date()
    step = 7 if unit == "week" else 1
    back = [*range(0, days, step), days]
    dates = [today + timedelta(days=1 - one) for one in reversed(back)]
    return Period(days, unit, tuple(datetime.combine(date, time(), zone) for date in dates), now)


# ------------------------------------------------------------------------------------------------------------ the figures


@dataclass(frozen=True, slots=True)
class Times:
    """How long something took, in seconds: how often, the middle one, and what nine of ten did not exceed. None: never."""

    count: int = 0
    median_s: float | None = None
    p90_s: float | None = None


def times(histogram: Mapping[float, int]) -> Times:
    """Return what a histogram (seconds: how often) says, by nearest rank."""
    count = sum(histogram.values())
    return Times(count, _rank(histogram, count, 0.5), _rank(histogram, count, 0.9)) if count else Times()


def _rank(histogram: Mapping[float, int], count: int, share: float) -> float:
    """Return the smallest value that this share of all does not exceed."""
    left = math.ceil(count * share)
    for value in sorted(histogram):
        left -= histogram[value]
        if left <= 0:
            return value
    raise ValueError("a histogram without its last value")


@dataclass(frozen=True, slots=True)
class Contained:
    """How many talks ended without a person and stayed so, of how many that are old enough to tell.

    A talk is what somebody wrote with less than 24 hours from each message to the next (the customer service window; what was
    ignored does not count). It is contained if nobody of the staff was asked for from its first message to 24 hours after its
    last, none was there from before, and the person wrote nothing in the 72 hours after its last. Only talks whose last
    message is older than 72 hours and lies within the period count.
    """

    count: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Whole:
    """What concerns the whole clinic. Tuples go with the period's stretches.

    `menus`: in how many conversations a menu was reached by words, did a step that no other menu has, or is where the person's
    last message left them. A menu somebody tapped through on the way to another leaves no trace that could be counted, and the
    main menu is everybody's: it is left out. `classifiers`: (who chose, how sure): `sure`, `unsure`, or
    `none` where no verdict came; trials without effect are left out. `requests` and `cost_usd` are the model's, with those trials.
    `answered`: from the message's receipt to its answer accepted by WhatsApp, in tenths of a second, ten minutes at most.
    """

    received: tuple[int, ...]
    spam: tuple[int, ...]
    menus: Mapping[str, int]
    classifiers: Mapping[tuple[str, str], int]
    answered: Times
    contained: Contained
    requests: tuple[int, ...]
    cost_usd: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class AtCounter:
    """What people were asked for, of some teams: requests opened in the period, by the team that has, or last had, each.

    `waited`: from the request until somebody took it. `replied`: from the request to the first words a member of staff typed.
    `unclaimed`: ended, or still waiting, with nobody having taken it. `transfers`: passed from one team to another.
    """

    opened: tuple[int, ...]
    reasons: Mapping[str, int]
    waited: Times
    replied: Times
    unclaimed: int
    transfers: int


def menus_of(flows: Flows) -> Mapping[str, str]:
    """Return which menu an action belongs to, for those that belong to one alone."""
    users: dict[str, set[str]] = {}
    for flow in flows.values():
        for node in flow.nodes.values():
            if isinstance(node, Do):
                users.setdefault(node.action, set()).add(flow.id)
    return {action: menus.pop() for action, menus in users.items() if len(menus) == 1}


class Insights(Protocol):
    """Count. Every method reads at most the period, and what a talk or a request needs around it. Raise StoreUnavailable."""

    def whole(self, period: Period) -> Whole:
        """Return the clinic's figures."""
        ...

    def at_counter(self, period: Period, teams: frozenset[str] | None) -> AtCounter:
        """Return the figures of these teams; None: of all."""
        ...


class Lately:
    """Figures as they were at most a minute ago, so that whoever reloads a page does not have everything counted again."""

    def __init__(self, insights: Insights, clock: Clock) -> None:
        self._insights = insights
        self._clock = clock
        self._whole: dict[object, tuple[datetime, Whole]] = {}
        self._at_counter: dict[object, tuple[datetime, AtCounter]] = {}

    def whole(self, period: Period) -> Whole:
        """See Insights."""
        return _lately(self._whole, period.bounds, self._clock.now(), lambda: self._insights.whole(period))

    def at_counter(self, period: Period, teams: frozenset[str] | None) -> AtCounter:
        """See Insights."""
        key = (period.bounds, teams)
        return _lately(self._at_counter, key, self._clock.now(), lambda: self._insights.at_counter(period, teams))


def _lately(kept: dict[object, tuple[datetime, T]], key: object, now: datetime, count: Callable[[], T]) -> T:
    """Return what is kept, or count it; threads that ask at once may each count."""
    found = kept.get(key)
    if found is not None and abs(now - found[0]) <= FRESH:
        return found[1]
    counted = count()
    if len(kept) >= MOST_KEPT:
        kept.clear()
    kept[key] = (now, counted)
    return counted


# ----------------------------------------------------------------------------------------------------------- small groups


def shown(count: int) -> int | None:
    """Return what is shown of a count; None: fewer than five."""
    return count - count % STEP if count >= STEP else None


def total(counts: Sequence[int]) -> tuple[int, bool]:
    """Return what is shown of a sum, and whether that is only the least it is."""
    parts = [shown(count) for count in counts]
    if None in parts:
        return sum(part or 0 for part in parts), True
    return sum(counts) - sum(counts) % STEP, False


def listed(counts: Mapping[K, int]) -> tuple[tuple[K, int], ...]:
    """Return what a breakdown lists, the largest first."""
    parts = [(key, part) for key, count in counts.items() if (part := shown(count)) is not None]
    return tuple(sorted(parts, key=lambda one: (-one[1], str(one[0]))))


def share(contained: Contained) -> int | None:
    """Return a share in whole per cent; None: too few on one of its sides."""
    small = min(contained.count, contained.of - contained.count)
    return round(100 * contained.count / contained.of) if small >= STEP else None


def spoken(found: Times) -> tuple[float | None, float | None]:
    """Return of times the middle and the slowest tenth, each None where too few were measured."""
    median = found.median_s if found.count >= STEP else None
    return median, found.p90_s if found.count >= FEW else None


def costs(requests: Sequence[int], cost_usd: Sequence[float]) -> tuple[float | None, ...]:
    """Return what is shown of costs, in cents; None: too few requests."""
    pairs = zip(requests, cost_usd, strict=True)
    return tuple(round(cost, 2) if count >= STEP else None for count, cost in pairs)
