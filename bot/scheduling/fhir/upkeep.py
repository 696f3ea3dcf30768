"""What a worker does about the clinic's FHIR server beside its calls: errands each few seconds, changes made there each minute."""

from __future__ import annotations

import logging
import time

from bot.agenda import CalendarUnavailable, NotThere, SlotTaken
from bot.elsewhere import Elsewhere
from bot.ports import Records, Watch
from bot.scheduling.fhir.calendar import FhirCalendar
from bot.scheduling.fhir.changes import Changes

log = logging.getLogger("sportello.calendar")

POLL_S = 60.0
LEASE, LEASE_S = "calendar_elsewhere", 90.0  # who polls; another worker takes over when it has died
AWAY, GONE, STUCK = "calendar_away", "calendar_gone", "calendar_stuck"
CHANGES = "changes"  # what is away, where that is all we know: a patient's call has an alarm of its own, which says why
FAILURES = 3  # polls that failed in a row: a server that restarts is not worth a call


class Upkeep:
    """Keep up with the server, for as long as somebody calls."""

    def __init__(
        self, calendar: FhirCalendar, changes: Changes, diary: Elsewhere, watch: Watch, records: Records
    ) -> None:
        self._calendar = calendar
        self._diary = diary
        self._changes = changes
        self._watch = watch
        self._records = records
        self._polled_at = float("-inf")
        self._failures = 0

    def keep(self, process: str) -> None:
        """Do what is due there; poll if it is time, and this process is the one that polls."""
        done = self._calendar.keep_up()
        if done:
            log.info("errands done elsewhere", extra={"count": done})
        is_time = time.monotonic() - self._polled_at >= POLL_S and not self._calendar.rests()
        if is_time and self._watch.holds(LEASE, process, LEASE_S):
            self._polled_at = time.monotonic()
            self.poll()
            self.count_stuck()

    def poll(self) -> None:
        """Ask for changes; somebody is called when that cannot be done for some minutes.

        That it can says nothing of searching and booking: what a patient's call has rung stays until it is not repeated.
        """
        try:
            self._changes.poll()
        except (CalendarUnavailable, NotThere, SlotTaken) as fault:
            self._failed(fault if isinstance(fault, CalendarUnavailable) else CalendarUnavailable("refused"))
        else:
            self._failures = 0
            self._records.silence(AWAY, CHANGES)
            self._records.silence(GONE)

    def count_stuck(self) -> None:
        """Call somebody about what the server will not let us finish: a slot may stand held there, or an appointment."""
        if self._diary.stuck():
            self._records.ring(STUCK, "")
        else:
            self._records.silence(STUCK)

    def _failed(self, away: CalendarUnavailable) -> None:
        self._failures += 1
        self._calendar.rest(away)
        log.warning("changes elsewhere are not known", extra={"why": away.why, "times": self._failures})
        if away.why == "all_gone":
            self._records.ring(GONE, "")
        elif self._failures >= FAILURES:
            self._records.ring(AWAY, CHANGES)
