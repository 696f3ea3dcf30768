"""The books of what the clinic begins: each day, due = sent + skipped + left to staff + waiting, and nothing is missing.

What was due is derived once more from the appointments, whatever was recorded: a visit nobody looked at is a difference.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta

from bot.clinic import Clinic
from bot.clock import Clock
from bot.notices import REMINDERS, Balance, Notices, Owed
from bot.outreach.keeper import Outreach
from bot.outreach.plan import DAY, Yet, is_used
from bot.ports import Records

log = logging.getLogger("sportello.outreach")

DAYS = 3  # so many past days are struck before there is any balance
REACH = 14  # so many days a balance that is not even, or was never struck, is struck again: longer no reminder waits
FORGOTTEN = timedelta(days=14)  # visits that began so long ago are looked through for reminders nobody decided
GRACE = timedelta(hours=1)  # what is due this long and still undecided is a difference
AGAIN = timedelta(minutes=10)
ALARM = "reminder_balance"


class Books:
    """Strike the balance of each day that is over, and ring where it does not come out even."""

    def __init__(self, outreach: Outreach, notices: Notices, records: Records, clinic: Clinic, clock: Clock) -> None:
        self._outreach = outreach
        self._notices = notices
        self._records = records
        self._clinic = clinic
        self._clock = clock
        self._looked_at: datetime | None = None

    def close(self) -> None:
        """Strike the past days that are not even yet, every few minutes."""
        now = self._clock.now()
        if self._looked_at is not None and abs(now - self._looked_at) < AGAIN:
            return
        self._looked_at = now
        open_days = self._open_days(now.astimezone(self._clinic.zone).date())
        if open_days:
            undecided = tuple(self._undecided(now, now - FORGOTTEN))
            for day in open_days:
                self._strike(self.balance(day, undecided))

    def today(self) -> Balance:
        """Return how today stands; nothing is recorded."""
        now = self._clock.now()
        return self.balance(now.astimezone(self._clinic.zone).date(), tuple(self._undecided(now, now)))

    def balance(self, day: date, undecided: tuple[tuple[datetime, bool], ...]) -> Balance:
        """Return the balance of a day; `undecided` are what is due without a row, each with whether it may still wait."""
        since, until = (_midnight(self._clinic, one) for one in (day, day + DAY))
        tally = self._notices.tally(since, until)
        mine = [may_wait for due, may_wait in undecided if since <= due < until]
        sums = {state: sum(n for (kept, _), n in tally.items() if kept == state) for state in STATES}
        waiting, difference = sums["queued"] + sum(mine), sums["late"] + len(mine) - sum(mine)
        return Balance(
            day.isoformat(), sum(sums.values()) + len(mine), sums["sent"], sums["skipped"], sums["staff"], waiting,
            difference, _reasons(tally),
        )  # fmt: skip

    def _open_days(self, today: date) -> tuple[date, ...]:
        """Return the past days that have come out even not yet, oldest first; those before the first balance are not ours."""
        struck = {one.day: one for one in self._notices.balances(REACH + 1)}
        first = min((*struck, (today - DAY * DAYS).isoformat()))
        days = (today - DAY * ago for ago in range(REACH, 0, -1))
        return tuple(day for day in days if day.isoformat() >= first and not _is_even(struck.get(day.isoformat())))

    def _strike(self, balance: Balance) -> None:
        self._notices.strike(balance)
        if balance.difference:
            log.error("reminders do not come out even", extra={"day": balance.day, "difference": balance.difference})
            self._records.ring(ALARM, balance.day)
        else:
            self._records.silence(ALARM, balance.day)

    def _undecided(self, now: datetime, after: datetime) -> Iterator[tuple[datetime, bool]]:
        """Yield the due changes, and reminders of visits after a moment, without a row, as (due, whether it may still wait).

        Those of visits that have begun are decided here: who gives what is due looks at coming visits only.
        """
        outreach = self._outreach.at_once()
        for owed in outreach.changes(now):
            yield from _of(outreach, owed, now)
        for kind in REMINDERS:
            if is_used(self._clinic, kind):
                for owed in outreach.reminders(kind, after, now):
                    yield from _of(outreach, owed, now)


STATES = ("sent", "skipped", "staff", "queued", "late")


def _of(outreach: Outreach, owed: Owed, now: datetime) -> Iterator[tuple[datetime, bool]]:
    if owed.notice.names_at <= now:
        outreach.give(owed)
        return
    verdict, timing = outreach.judge(owed, now)
    if timing is not None and timing.due_at <= now:
        may_wait = verdict is Yet.WAIT or now - timing.due_at < GRACE or outreach.is_put_off(owed, timing)
        yield timing.due_at, may_wait


def _is_even(balance: Balance | None) -> bool:
    return balance is not None and not balance.waiting and not balance.difference


def _reasons(tally: Mapping[tuple[str, str], int]) -> Mapping[tuple[str, str], int]:
    return {(state, reason): count for (state, reason), count in tally.items() if reason}


def _midnight(clinic: Clinic, day: date) -> datetime:
    return datetime.combine(day, time.min, clinic.zone).astimezone(UTC)
