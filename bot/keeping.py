"""Retention: once a night, what is older than the clinic's file says is deleted, and the deletion proven by counts."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.clinic import Clinic
from bot.clinic import Retention as Days
from bot.clock import Clock
from bot.model import Kept
from bot.ports import Aged, Ageing, Audit, Records, Watch
from bot.trail import AUDIT_DAYS, RETENTION_BEGUN, Chain

log = logging.getLogger("sportello.keeping")

NIGHT = time(3, 0)  # on the clinic's clock
LEASE = "retention"  # the audit's triggers let rows go while it is held (`docs/decisions/0012`)
LEASE_S = 60.0
BEGUN, RUN = RETENTION_BEGUN, "retention_run"
LEFT = "retention_left"  # the alarm for what should have been deleted and is still there
BROKEN = "audit_broken"  # the alarm for an audit somebody altered
PASSES = 2  # the second finds what somebody held during the first
FIRST = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Deleted:
    """What a run did about one kind of thing: how many were too old, how many it deleted, how many too old are left."""

    aged: Aged
    found: int
    deleted: int
    left: int


def limits(days: Days, now: datetime) -> Mapping[Kept, datetime]:
    """Return for each class the moment before which a thing is too old."""
    numbers = {
        Kept.WORDS: days.words_days,
        Kept.MEDIA: days.media_days,
        Kept.APPOINTMENTS: days.appointments_days,
        Kept.AUDIT: days.audit_days,
        Kept.MODEL: days.model_days,
        Kept.METRICS: days.metrics_days,
    }
    return {kept: now - timedelta(days=number) for kept, number in numbers.items()}


def is_due(last: datetime | None, now: datetime, zone: ZoneInfo) -> bool:
    """Tell whether no run has begun since the last three in the morning; a desk that slept then runs when it wakes."""
    here = now.astimezone(zone)
    night = datetime.combine(here.date(), NIGHT, zone)
    if night > here:
        night = datetime.combine(here.date() - timedelta(days=1), NIGHT, zone)
    return last is None or last < night


class Keeper:
    """Delete by age, then check the audit. A lease, and what the audit says of the last run, let one process do it."""

    def __init__(
        self, ageing: Ageing, audit: Audit, watch: Watch, records: Records, clinic: Clinic, clock: Clock, chain: Chain
    ) -> None:
        self._chain = chain
        self._ageing = ageing
        self._audit = audit
        self._watch = watch
        self._records = records
        self._clinic = clinic
        self._clock = clock

    def keep(self, holder: str, is_ended: Callable[[], bool]) -> None:
        """Run if it is night and nobody has run tonight; `is_ended` stops it between two pages, to be taken up by another."""
        if self._is_due() and self._watch.holds(LEASE, holder, LEASE_S):
            try:
                if self._is_due():  # whoever had the lease a moment ago may just have run
                    self._run(holder, is_ended)
                    self._check_audit()
            finally:
                self._watch.holds(LEASE, holder, 0.0)

    def _check_audit(self) -> None:
        """Ring if the audit was altered: nobody needs to remember to ask."""
        fault = self._chain.check().fault
        if fault is not None:
            self._records.ring(BROKEN, str(fault.row or fault.seal or fault.kind))

    def _is_due(self) -> bool:
        last = self._audit.last(RUN)
        return is_due(last.at if last else None, self._clock.now(), self._clinic.zone)

    def run(self, holder: str) -> tuple[Deleted, ...] | None:
        """Run now, whatever the time; None if another process is running."""
        if not self._watch.holds(LEASE, holder, LEASE_S):
            return None
        try:
            return self._run(holder, lambda: False)
        finally:
            self._watch.holds(LEASE, holder, 0.0)

    def look(self) -> tuple[Deleted, ...]:
        """Count what a run would delete now, and delete nothing."""
        too_old = limits(self._clinic.retention, self._clock.now())
        counts = ((aged, self._ageing.count(aged.place, too_old)) for aged in self._ageing.kinds)
        return tuple(Deleted(aged, found, 0, found) for aged, found in counts)

    def _run(self, holder: str, is_ended: Callable[[], bool]) -> tuple[Deleted, ...]:
        too_old = limits(self._clinic.retention, self._clock.now())
        kinds = self._ageing.kinds
        found = {aged.place: self._ageing.count(aged.place, too_old) for aged in kinds}
        self._audit.note(holder, BEGUN, counts={**found, AUDIT_DAYS: self._clinic.retention.audit_days})
        deleted = dict.fromkeys(found, 0)

        def goes_on() -> bool:
            return not is_ended() and self._watch.holds(LEASE, holder, LEASE_S)

        for _ in range(PASSES):
            for place in deleted:
                deleted[place] += self._delete(place, too_old, goes_on)
        if not goes_on():
            return ()  # another finishes it, and says so
        left = {place: self._ageing.count(place, too_old) for place in found}
        done = tuple(Deleted(aged, found[aged.place], deleted[aged.place], left[aged.place]) for aged in kinds)
        self._prove(holder, done)
        return done

    def _delete(self, place: str, too_old: Mapping[Kept, datetime], goes_on: Callable[[], bool]) -> int:
        """Delete page by page until a page is empty."""
        count, after = 0, FIRST
        while goes_on():
            done, last = self._ageing.delete_some(place, too_old, after)
            if last is None:
                break
            count, after = count + done, last
        return count

    def _prove(self, holder: str, done: tuple[Deleted, ...]) -> None:
        """Write down what was found, deleted and left over, in the audit and the log; ring if anything is left."""
        counts = {
            f"{one.aged.place} {what}": getattr(one, what) for one in done for what in ("found", "deleted", "left")
        }
        self._audit.note(holder, RUN, counts=counts)
        for one in done:
            if one.found or one.deleted or one.left:
                numbers = {"found": one.found, "deleted": one.deleted, "left": one.left}
                log.info("too old", extra={"kept": one.aged.kept, "place": one.aged.place, **numbers})
        log.info("retention done", extra={"who": holder, "deleted": sum(one.deleted for one in done)})
        left = [one.aged.place for one in done if one.left]
        for place in left:
            self._records.ring(LEFT, place)
        if not left:
            self._records.silence(LEFT)
