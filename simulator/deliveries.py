"""Webhooks on their way: signed, several at a time, repeated until they are answered with 200."""

from __future__ import annotations

import itertools
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from simulator import limits, webhooks
from simulator.agenda import Agenda
from simulator.clock import Clock
from simulator.poster import Poster

# At once, then ever more rarely; the last one holds from then on.
RETRY_AFTER_S = (0.0, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 3600.0)


@dataclass(slots=True)
class Delivery:
    """One webhook that is not yet answered with 200. `about` is the id of the incoming message it tells, or None."""

    number: int
    body: bytes
    about: str | None
    first_at: float
    attempts: int = 0
    last_status: int | None = None
    kind: str = ""
    turn: int = 0  # which of the times it was put on the agenda counts


@dataclass(slots=True)
class Webhook:
    """Where and how webhooks are posted. `verified` is the URL whose handshake went well."""

    url: str
    app_secret: str
    verify_token: str
    handshake: bool = True
    verified: str | None = None


class Deliveries:
    """Post what was told, and go on until it is taken or a week has passed."""

    def __init__(self, webhook: Webhook, agenda: Agenda, clock: Clock, timeout_s: float) -> None:
        self.webhook = webhook
        self.counts: Counter[str] = Counter()
        self.taken: Callable[[Delivery], None] = lambda delivery: None
        self.given_up: Callable[[Delivery], None] = lambda delivery: None
        self._agenda = agenda
        self._clock = clock
        self._poster = Poster(timeout_s)
        self._pending: dict[int, Delivery] = {}
        self._number = itertools.count(1)
        self._guard = threading.Lock()
        self._verifying = threading.Lock()

    def post(
        self, body: bytes, kind: str, about: str | None = None, after_s: float = 0.0, first_at: float | None = None
    ) -> None:
        """Begin to deliver."""
        with self._guard:
            at = self._clock.now() if first_at is None else first_at
            delivery = Delivery(next(self._number), body, about, at, kind=kind)
            self._pending[delivery.number] = delivery
        self._later(delivery, after_s)

    def pending(self) -> tuple[Delivery, ...]:
        with self._guard:
            return tuple(self._pending.values())

    def retry_now(self) -> None:
        """Try everything that waits at once; what is being tried at this moment may be tried twice, as Meta may."""
        for delivery in self.pending():
            self._later(delivery, 0.0)

    def forget(self) -> None:
        with self._guard:
            self._pending.clear()

    def move(self, url: str) -> None:
        """Deliver to another address from now on."""
        self.webhook.url = url
        self.retry_now()

    def close(self) -> None:
        """Close the connections; what was not taken is still pending."""
        self._poster.close()

    def verify(self) -> bool:
        """Do the handshake now."""
        url = self.webhook.url
        if not url or not self._poster.verify(url, self.webhook.verify_token):
            return False
        self.webhook.verified = url
        return True

    def _later(self, delivery: Delivery, seconds: float) -> None:
        with self._guard:
            delivery.turn += 1
            turn = delivery.turn
        self._agenda.after(seconds, lambda: self._try(delivery, turn))

    def _try(self, delivery: Delivery, turn: int) -> None:
        if delivery.turn != turn or delivery.number not in self._pending or not self.webhook.url:
            return
        delivery.attempts += 1
        status = self._attempt(delivery)
        delivery.last_status = status
        self._count(status)
        if status == 200:
            self._end(delivery, self.taken)
        elif self._clock.now() - delivery.first_at > limits.RETRY_FOR_S:
            self._end(delivery, self.given_up)
        elif turn == delivery.turn:  # else it is on the agenda already
            self._later(delivery, RETRY_AFTER_S[min(delivery.attempts, len(RETRY_AFTER_S)) - 1])

    def _attempt(self, delivery: Delivery) -> int:
        if self.webhook.handshake and not self._is_verified():
            return 0
        return self._poster.post(self.webhook.url, delivery.body, webhooks.sign(self.webhook.app_secret, delivery.body))

    def _is_verified(self) -> bool:
        with self._verifying:
            return self.webhook.verified == self.webhook.url or self.verify()

    def _count(self, status: int) -> None:
        with self._guard:
            self.counts["attempts"] += 1
            self.counts["taken" if status == 200 else f"answered_{status}" if status else "no_answer"] += 1

    def _end(self, delivery: Delivery, tell: Callable[[Delivery], None]) -> None:
        with self._guard:
            ended = self._pending.pop(delivery.number, None)
        if ended is not None:
            tell(delivery)
