"""Whether reminders help: visits missed before and since, each share with its interval, and their difference. Pure formulas, one port.

Three formulas, for counts as they are in a clinic (few, and shares near zero), with 95 % confidence:

- a share: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209-212;
- a difference of shares: R. G. Newcombe, Statist. Med. 17 (1998) 873-890, method 10 (from the two Wilson intervals);
- a ratio of shares: D. Katz et al., Biometrics 34 (1978) 469-474 (on the logarithm).

Before and since are not a trial: what else changed in the clinic is in the difference too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.insight import STEP

Z = 1.959963984540054  # the standard normal's 97.5th percentile
MARKED = 0.8  # of the visits that are over, what became of so many must be known, or a share says nothing
EARLIEST_MONTH = date(2000, 1, 1)
MOST_MONTHS = 120


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def value(self) -> float:
        """Return it as a number from 0 to 1. Raise ZeroDivisionError for a share of nothing."""
        return self.count / self.of


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number, and between what it lies with 95 % confidence."""

    value: float
    low: float
    high: float


def share(found: Share) -> Estimate:
    """Return a share with its interval (Wilson)."""
    p, n = found.value, found.of
    middle, half = p + Z * Z / (2 * n), Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    whole = 1 + Z * Z / n
    return Estimate(p, max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole))


def difference(since: Share, before: Share) -> Estimate:
    """Return by how much a share changed, with its interval (Newcombe): negative where it fell."""
    one, two = share(since), share(before)
    value = one.value - two.value
    low = value - math.hypot(one.value - one.low, two.high - two.value)
    high = value + math.hypot(one.high - one.value, two.value - two.low)
    return Estimate(value, low, high)


def change(since: Share, before: Share) -> Estimate:
    """Return by what part of itself a share changed, with its interval (Katz): -0.25 is a quarter fewer. Both counts above 0."""
    ratio = since.value / before.value
    spread = math.exp(Z * math.sqrt(1 / since.count - 1 / since.of + 1 / before.count - 1 / before.of))
    return Estimate(ratio - 1, ratio / spread - 1, ratio * spread - 1)


# ----------------------------------------------------------------------------------------------------------- what is counted


@dataclass(frozen=True, slots=True)
class Attended:
    """The visits of some time, by when they began, as far as they are kept.

    `over`: they have ended and were not cancelled; `marked`: of these, what became of them was noted; `missed`: nobody came.
    `reminded`: a reminder of that time was sent, whatever became of the visit. Of these the patient, afterwards: `confirmed` that
    they come and left it so, `moved` it or `cancelled` it; the rest did not answer, or staff changed it.
    """

    over: int
    marked: int
    missed: int
    reminded: int
    confirmed: int
    moved: int
    cancelled: int

    @property
    def noshow(self) -> Share | None:
        """Return the share that was missed; None: what became of too many was not noted."""
        is_known = self.over > 0 and self.marked >= MARKED * self.over
        return Share(self.missed, self.marked) if is_known else None

    def of_reminded(self, count: int) -> Share | None:
        """Return a count of what patients did as a share of all who were reminded; None: nobody was."""
        return Share(count, self.reminded) if self.reminded else None


@dataclass(frozen=True, slots=True)
class Month:
    """How many visits were booked, and of these missed, in a month before the reminders (`2026-03`)."""

    month: str
    booked: int
    noshow: int


def baseline(months: Sequence[Month]) -> Share | None:
    """Return the share that was missed before; None: nothing was brought."""
    booked = sum(one.booked for one in months)
    return Share(sum(one.noshow for one in months), booked) if booked else None


@dataclass(frozen=True, slots=True)
class Compared:
    """Missed before and since: each with its interval, and the difference, absolute and relative."""

    since: Share
    before: Share
    rate: Estimate
    rate_before: Estimate
    absolute: Estimate
    relative: Estimate


def tells(found: Share) -> bool:
    """Tell whether a share may be shown: at least five stand on either side of it, or it would tell of single people."""
    return min(found.count, found.of - found.count) >= STEP


def compared(since: Share | None, before: Share | None) -> Compared | None:
    """Compare the two; None where one is not known, or fewer than five stand on a side of either."""
    if since is None or before is None:
        return None
    if not (tells(since) and tells(before)):
        return None
    return Compared(since, before, share(since), share(before), difference(since, before), change(since, before))


class Attendance(Protocol):
    """What is kept of visits, and of the time before. Raise StoreUnavailable when the database is away."""

    def attended(self, since: datetime, until: datetime) -> Attended:
        """Count the visits that began in a time."""
        ...

    def months(self) -> tuple[Month, ...]:
        """Return the baseline, oldest month first."""
        ...

    def keep(self, months: Sequence[Month]) -> None:
        """Keep a baseline in place of what was kept."""
        ...


# ------------------------------------------------------------------------------------------------------- the baseline's file


class BaselineError(Exception):
    """A file of months cannot be used; the message names every fault, a line each."""


HEAD = ("month", "booked", "noshow")


def read_baseline(rows: Sequence[Sequence[str]], this_month: str) -> tuple[Month, ...]:
    """Read the rows of a CSV file, the head first. Raise BaselineError with every fault."""
    if not rows or tuple(rows[0]) != HEAD:
        raise BaselineError(f"line 1: the columns are {', '.join(HEAD)}, in this order")
    numbered = [(number, row) for number, row in enumerate(rows[1:], 2) if row]
    faults = [f"line {number}: {fault}" for number, row in numbered if (fault := _fault(row, this_month))]
    months = [row[0] for _, row in numbered if row]
    faults += [f"{month} stands there twice" for month in sorted({one for one in months if months.count(one) > 1})]
    if not numbered or len(numbered) > MOST_MONTHS:
        faults.append(f"1 to {MOST_MONTHS} months are needed")
    if faults:
        raise BaselineError("\n".join(faults))
    return tuple(sorted((Month(month, int(b), int(n)) for _, (month, b, n) in numbered), key=lambda one: one.month))


def _fault(row: Sequence[str], this_month: str) -> str | None:
    if len(row) != len(HEAD):
        return f"{len(HEAD)} columns are needed"
    month, booked, noshow = row
    if not _is_month(month) or month >= this_month:
        return "month: a past one, as in 2026-03"
    if not (_is_count(booked) and _is_count(noshow)) or int(noshow) > int(booked):
        return "booked and noshow: whole numbers, noshow no more than booked"
    return None


def _is_month(written: str) -> bool:
    try:
        return len(written) == 7 and date.fromisoformat(f"{written}-01") >= EARLIEST_MONTH
    except ValueError:
        return False


def _is_count(written: str) -> bool:
    return written.isascii() and written.isdecimal() and len(written) < 8
