"""What `/metrics` (Prometheus) shows, and to whom: counts, ages and codes; never a word, a name or a number of a person."""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from bot.billing import Delivered, Month, cost
from bot.clinic import Clinic, Prices
from bot.clock import Clock
from bot.keeping import RUN
from bot.notices import Notices
from bot.ports import Audit, Health, StoreUnavailable, Watch

BUCKETS = (0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 6.0)
DAY = timedelta(days=1)
KEPT = timedelta(
    seconds=2
)  # how old the health may be that is shown: counting it costs 0.2 s where a day has 20,000 messages


def metrics_token(secret_key: str) -> str:
    """Return the word that opens the figures; `flask metrics-token` prints it for whoever collects them."""
    return hmac.digest(secret_key.encode(), b"metrics", "sha256").hex()


def may_read(header: str | None, secret_key: str) -> bool:
    """Say whether an Authorization header carries the token; in constant time."""
    wanted = f"Bearer {metrics_token(secret_key)}".encode()
    return hmac.compare_digest((header or "").encode("utf-8", "replace"), wanted)


class Glance:
    """The health as it was lately, so that whoever asks often does not make the database count as often."""

    def __init__(self, look: Callable[[], Health], clock: Clock) -> None:
        self._look = look
        self._clock = clock
        self._seen: tuple[datetime, Health] | None = None

    def health(self) -> Health:
        """Return the health, at most KEPT old; threads that ask at once may each look. Raise StoreUnavailable."""
        now, seen = self._clock.now(), self._seen
        if seen is None or abs(now - seen[0]) > KEPT:
            seen = self._seen = (now, self._look())
        return seen[1]


class Figures:
    """This process's own counters; with several web processes prometheus_client adds them up through its folder."""

    def __init__(
        self, watch: Watch, clinic: Clinic, clock: Clock, audit: Audit, notices: Notices | None = None
    ) -> None:
        self._own = CollectorRegistry()
        self._stored = CollectorRegistry()
        glance = Glance(watch.health, clock)
        self.health = glance.health
        self._stored.register(_Stored(glance))
        self._stored.register(_Billed(watch, clinic, clock))
        self._stored.register(_Retained(audit, clock))
        if notices is not None:
            self._stored.register(_Begun(notices, clock))
        self.refused = Counter("sportello_webhook_refused", "POSTs not signed by Meta", registry=self._own)
        self.unreadable = Counter(
            "sportello_webhook_unreadable", "Parts of POSTs nobody could read", registry=self._own
        )
        self.unavailable = Counter("sportello_webhook_unavailable", "POSTs answered 503", registry=self._own)
        self.seconds = Histogram(
            "sportello_webhook_seconds", "Time from a signed POST to its answer", registry=self._own, buckets=BUCKETS
        )

    def shown(self) -> bytes:
        """Return the page of `/metrics`."""
        return generate_latest(self._counted()) + generate_latest(self._stored)

    def _counted(self) -> CollectorRegistry:
        if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
            return self._own
        everyone = CollectorRegistry()
        MultiProcessCollector(everyone)  # type: ignore[no-untyped-call]
        return everyone


class _Stored(Collector):
    """What is counted in the database, at each look."""

    def __init__(self, glance: Glance) -> None:
        self._glance = glance

    def collect(self) -> Iterator[Metric]:
        """Yield every figure; only that the database is away when it is."""
        try:
            health = self._glance.health()
        except StoreUnavailable:
            yield GaugeMetricFamily("sportello_database_up", "1 if the database answers", value=0)
            return
        yield GaugeMetricFamily("sportello_database_up", "1 if the database answers", value=1)
        yield from _counts(health)
        yield from _ages(health)


class _Billed(Collector):
    """What Meta charges for, this month; its cost by the clinic's own price table, where there is one."""

    def __init__(self, watch: Watch, clinic: Clinic, clock: Clock) -> None:
        self._month = Month(watch.delivered, clinic.zone)
        self._prices = clinic.prices
        self._clock = clock

    def collect(self) -> Iterator[Metric]:
        """Yield the month's messages; nothing while the database is away."""
        try:
            delivered = self._month.delivered(self._clock.now())
        except StoreUnavailable:
            return
        messages = GaugeMetricFamily(
            "sportello_month_messages",
            "Messages of this month that were delivered, by Meta's category and kind of price",
            labels=["number", "category", "pricing"],
        )
        for labels, count in delivered.items():
            messages.add_metric(labels, count)
        yield messages
        if self._prices is not None:
            yield from self._cost(delivered, self._prices)

    def _cost(self, delivered: Delivered, prices: Prices) -> Iterator[Metric]:
        says = "What they cost by the clinic's price table; the bill is Meta's"
        sums = GaugeMetricFamily("sportello_month_cost", says, labels=["number", "currency"])
        for number, sum_ in cost(delivered, prices).items():
            sums.add_metric([number, prices.currency], float(sum_))
        yield sums


class _Retained(Collector):
    """What the last run of retention found, deleted and left over, and how long ago that was."""

    def __init__(self, audit: Audit, clock: Clock) -> None:
        self._audit = audit
        self._clock = clock

    def collect(self) -> Iterator[Metric]:
        """Yield the last run; nothing before the first one, or while the database is away."""
        try:
            last = self._audit.last(RUN)
        except StoreUnavailable:
            return
        if last is None:
            return
        age = (self._clock.now() - last.at).total_seconds()
        yield GaugeMetricFamily("sportello_retention_age_seconds", "Time since the last run of retention", value=age)
        says = "What the last run of retention found too old, deleted and left over, by place"
        counts = GaugeMetricFamily("sportello_retention_rows", says, labels=["place", "what"])
        for key, count in last.counts.items():
            counts.add_metric(key.split(" "), count)
        yield counts


class _Begun(Collector):
    """What became of the reminders and notices of the last 24 hours, and how the newest balance of a day came out."""

    def __init__(self, notices: Notices, clock: Clock) -> None:
        self._notices = notices
        self._clock = clock

    def collect(self) -> Iterator[Metric]:
        """Yield the counts; nothing while the database is away."""
        now = self._clock.now()
        try:
            tally, struck = self._notices.tally(now - DAY, now), self._notices.balances(1)
        except StoreUnavailable:
            return
        says = "Reminders and notices due in the last 24 hours, by what became of them"
        counts = GaugeMetricFamily("sportello_notices", says, labels=["state", "reason"])
        for labels, count in tally.items():
            counts.add_metric(labels, count)
        yield counts
        for balance in struck:
            says = "Reminders of the newest day that were due and are not accounted for; 0 is right"
            yield GaugeMetricFamily("sportello_reminder_difference", says, value=balance.difference)


def _counts(health: Health) -> Iterator[Metric]:
    messages = GaugeMetricFamily("sportello_messages", "Inbound messages by outcome", labels=["outcome", "reason"])
    for (outcome, reason), count in health.outcomes.items():
        messages.add_metric([outcome, reason], count)
    rows = GaugeMetricFamily("sportello_outbox_rows", "Outbox rows by state", labels=["state"])
    for state, count in health.rows.items():
        rows.add_metric([state], count)
    codes = GaugeMetricFamily("sportello_outbox_codes", "Outbox rows by Meta's error code", labels=["code"])
    for code, count in health.codes.items():
        codes.add_metric([str(code)], count)
    alarms = GaugeMetricFamily("sportello_alarms", "Open alarms by cause", labels=["cause"])
    for cause in sorted({alarm.cause for alarm in health.alarms}):
        alarms.add_metric([cause], sum(alarm.cause == cause for alarm in health.alarms))
    alive = GaugeMetricFamily("sportello_processes", "Processes alive by kind", labels=["kind"])
    for kind in ("web", "worker"):
        alive.add_metric([kind], sum(beat == kind and age < 5 for beat, age in health.beats))
    yield from (messages, rows, codes, alarms, alive)
    yield from _holds(health)


def _holds(health: Health) -> Iterator[Metric]:
    held = GaugeMetricFamily("sportello_outbox_held", "Outbox rows that are held, by reason", labels=["why"])
    for why, count in health.held.items():
        held.add_metric([why], count)
    numbers = GaugeMetricFamily("sportello_number_held", "1 if nothing is sent from a number", labels=["number", "why"])
    for number, why in health.held_numbers.items():
        numbers.add_metric([number, why], 1)
    yield from (held, numbers)


def _ages(health: Health) -> Iterator[Metric]:
    yield GaugeMetricFamily("sportello_queue_length", "Conversations that wait for a person", value=health.queued)
    ages = {
        "sportello_oldest_open_seconds": ("Age of the oldest message without an outcome", health.oldest_open_s),
        "sportello_oldest_unsent_seconds": ("Age of the oldest row not yet sent", health.oldest_unsent_s),
        "sportello_oldest_queued_seconds": ("Longest wait for a person", health.oldest_queued_s),
    }
    for name, (says, age) in ages.items():
        yield GaugeMetricFamily(name, says, value=age or 0)
