"""What a worker does about practitioners' own calendars: read each every five minutes, and keep when they are busy.

A calendar that cannot be read whole changes nothing: what was known of it stays. Its address is a secret and is never logged.
"""

from __future__ import annotations

import hashlib
import logging
import re
import time
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from urllib.parse import urljoin, urlsplit
from uuid import UUID

from bot.agenda import BusyTimes
from bot.clinic import Clinic
from bot.clock import Clock
from bot.ports import Records, Watch
from bot.reach import WHOLE_S, Answer, Unreached, ask
from bot.scheduling.ics import BrokenFeed, Span, busy_times

log = logging.getLogger("sportello.calendar")

POLL_S = 300.0
LEASE, LEASE_S = "busy_calendars", 400.0  # who reads them; another worker takes over when it has died
LONGEST = 8 * 1024 * 1024
MOST_HOPS = 3  # within one host: a redirect elsewhere would carry a secret there
HOPS = frozenset((301, 302, 303, 307, 308))
FAILURES = 2  # in a row: a calendar that is away once is not worth a call
UNREAD, DOUBLE = "busy_calendar", "double_booked"
BEFORE, BEYOND = timedelta(days=1), timedelta(days=2)
STAMP = re.compile(rb"^DTSTAMP[:;][^\r\n]*\r?\n", re.MULTILINE)  # in some feeds when it was fetched: no news


class BusyCalendars:
    """Keep the busy times of those who have a calendar elsewhere, by practitioner, for as long as somebody calls."""

    def __init__(
        self,
        urls: Mapping[str, str],
        busy: BusyTimes,
        watch: Watch,
        records: Records,
        clinic: Clinic,
        clock: Clock,
        within_s: float = WHOLE_S,
    ) -> None:
        self._urls = urls
        self._busy = busy
        self._watch = watch
        self._records = records
        self._clinic = clinic
        self._clock = clock
        self._within_s = within_s
        self._polled_at = float("-inf")
        self._seen: dict[str, tuple[tuple[bytes, date], tuple[Span, ...]]] = {}  # reading a large one takes seconds
        self._failures: dict[str, int] = {}
        self._rung: dict[UUID, date] = {}  # for which appointment somebody was called last, and on which day

    def keep(self, process: str) -> None:
        """Read them if it is time, and this process is the one that reads them."""
        if time.monotonic() - self._polled_at >= POLL_S and self._watch.holds(LEASE, process, LEASE_S):
            self._polled_at = time.monotonic()
            self.poll()

    def poll(self) -> None:
        """Read every calendar, and see whether anybody is booked at a time that has become busy."""
        self._busy.keep_only(frozenset(self._urls))
        for practitioner, url in self._urls.items():
            self._settle(practitioner, self._read(practitioner, url))
        self._tell(self._busy.clashes())

    def _read(self, practitioner: str, url: str) -> str | None:
        """Take over what a calendar says; return why that cannot be done, None if it can."""
        now = self._clock.now()
        try:
            spans = self._spans(practitioner, _fetched(url, self._within_s), now)
        except (Unreached, BrokenFeed) as fault:
            return fault.why
        self._busy.replace(practitioner, spans, now - BEFORE)
        return None

    def _spans(self, practitioner: str, content: bytes, now: datetime) -> tuple[Span, ...]:
        """Return the busy times as far as anybody can book; what says the same as on this day before is not read again."""
        news = (hashlib.sha256(STAMP.sub(b"", content)).digest(), now.date())
        seen = self._seen.get(practitioner)
        if seen is None or seen[0] != news:
            days = max((one.visit.horizon for one in self._clinic.services.values() if one.visit), default=0)
            until = now + timedelta(days=days) + BEYOND
            seen = self._seen[practitioner] = (news, busy_times(content, self._clinic.zone, now - BEFORE, until))
        return seen[1]

    def _settle(self, practitioner: str, why: str | None) -> None:
        """Call somebody about a calendar that could not be read some times in a row; stop when it can."""
        if why is None:
            self._failures.pop(practitioner, None)
            self._records.silence(UNREAD, practitioner)
            return
        self._failures[practitioner] = self._failures.get(practitioner, 0) + 1
        log.warning("busy calendar not read", extra={"practitioner": practitioner, "why": why})
        if self._failures[practitioner] >= FAILURES:
            self._records.ring(UNREAD, practitioner)

    def _tell(self, clashes: frozenset[UUID]) -> None:
        """Call somebody, once a day, about each appointment at a time that has become busy; nobody but them decides."""
        today = self._clock.now().date()
        for gone in self._rung.keys() - clashes:
            self._records.silence(DOUBLE, str(gone))
        for appointment in sorted(clashes):
            if self._rung.get(appointment) != today:
                self._records.ring(DOUBLE, str(appointment))
        self._rung = dict.fromkeys(clashes, today)


def _fetched(url: str, within_s: float) -> bytes:
    """Return what stands at an address. Raise Unreached, BrokenFeed."""
    for _ in range(MOST_HOPS):
        answer = ask("GET", url, headers={"Accept": "text/calendar"}, within_s=within_s, longest=LONGEST)
        if answer.status not in HOPS:
            return _content(answer)
        target = urljoin(url, answer.headers.get("location", ""))
        if urlsplit(target)[:2] != urlsplit(url)[:2]:
            raise BrokenFeed("leads elsewhere")
        url = target
    raise BrokenFeed("leads round and round")


def _content(answer: Answer) -> bytes:
    if answer.status != 200:
        raise BrokenFeed(f"status {answer.status}")
    return answer.body
