"""What runs beside the requests or jobs of a process: the pool for work after the answer, the watcher, the sweep, the keeper."""

from __future__ import annotations

import logging
import os
import random
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from bot.alarm import Teller
from bot.booking.offering import Offering
from bot.desk import MANY, Chore, FrontDesk, where
from bot.keeping import Keeper
from bot.outreach.books import Books
from bot.ports import Records, StoreUnavailable, Watch
from bot.trail import Chain

log = logging.getLogger("sportello.background")

WATCH_S = 1.0
SWEEP_S = 15.0
KEEP_S = 60.0
SEAL_S = 1.0
KEEP_UP_S = 5.0
OFFER_S = 3.0  # so long a place that became free is anybody's before it is offered to who waits
SEALING, SEALING_S = "audit_seal", 5.0  # the lease, and for how long a process has it that may have died
OUTREACH, OUTREACH_S = "outreach", 40.0  # the lease: one process looks for what is due, though any number could
REACH_OUT_S = 15.0
SWEEP_JITTER = 0.3
THREADS = 8
HANDS, HANDS_ROOM = 4, 32  # of the watcher and the sweep
STOP_S = 2.0  # for watcher and sweep together: gunicorn and most platforms give 8 to 10 for everything


class Pool:
    """A few threads for what follows an answer; full or stopping, the worker is rung instead."""

    def __init__(self, desk: FrontDesk, threads: int = THREADS, room: int = 64) -> None:
        self._desk = desk
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="after")
        self._room = threading.BoundedSemaphore(room)
        self._stopping = threading.Event()

    def submit(self, chores: tuple[Chore, ...]) -> None:
        """Do chores soon, in order; those of a whole batch are dealt out to all threads. Never waits for a thread."""
        hands = THREADS if len(chores) > MANY else 1
        for first in range(hands):
            self._submit(chores[first::hands])

    def _submit(self, chores: tuple[Chore, ...]) -> None:
        if chores and not self.offer(chores):
            self._each(self._desk.refuse, chores)

    def offer(self, chores: tuple[Chore, ...]) -> bool:
        """Do chores soon if there is room; False if not, and then nobody is rung either."""
        if self._stopping.is_set() or not self._room.acquire(blocking=False):
            return False
        try:
            self._threads.submit(self._do, chores)
        except RuntimeError:  # it was drained since we looked
            self._room.release()
            return False
        return True

    def _do(self, chores: tuple[Chore, ...]) -> None:
        try:
            self._each(self._desk.do, chores)
        finally:
            self._room.release()

    def _each(self, work: Callable[[Chore], None], chores: tuple[Chore, ...]) -> None:
        for chore in chores:
            try:
                work(chore)
            except Exception as fault:  # a door: the rows are the truth, the watcher finds what is left
                log.error("chore failed", extra={"chore": chore.kind, "row": str(chore.id), "fault": where(fault)})

    def drain(self) -> None:
        """Take nothing more and finish what was taken."""
        self._stopping.set()
        self._threads.shutdown(wait=True, cancel_futures=False)


class Background:
    """The heartbeat, the watcher (each second), the sweep (each 15 s, jittered) and the keeper (each minute) of one process.

    No leader anywhere. The keeper asks whether retention is due; it has a thread of its own, since a run may take long.
    The sealer (each second) has one too, so that the watch never waits for it; so has what looks after a calendar elsewhere,
    what gives reminders and notices, what offers freed places to those who wait for one, and what looks at the templates.
    They decide and hand on: what may take long (sending, a call) is done by threads of their own, so that a slow
    WhatsApp stops neither the heart nor the watch. What finds no room there is due again.
    """

    def __init__(
        self,
        desk: FrontDesk,
        watch: Watch,
        records: Records,
        teller: Teller,
        kind: str,
        keeper: Keeper | None = None,
        chain: Chain | None = None,
        upkeep: Callable[[str], None] | None = None,
        books: Books | None = None,
        offering: Offering | None = None,
        relisting: Callable[[str], None] | None = None,
    ) -> None:
        self._desk = desk
        self._watch = watch
        self._records = records
        self._teller = teller
        self._kind = kind
        self._keeper = keeper
        self._chain = chain
        self._upkeep = upkeep
        self._books = books
        self._offering = offering
        self._relisting = relisting
        self._hands = Pool(desk, HANDS, HANDS_ROOM)
        self.process = f"{kind}-{socket.gethostname()}-{os.getpid()}-{uuid4().hex[:6]}"[:80]
        self._ended = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Start the threads; in the process that will work, never before a fork."""
        steps = [
            ("watcher", self._look, WATCH_S),
            ("sweep", self._sweep, SWEEP_S),
            ("keeper", self._keep, KEEP_S),
            ("sealer", self._seal, SEAL_S),
        ]
        if self._books is not None:
            steps.append(("outreach", self._reach_out, REACH_OUT_S))
        if self._upkeep is not None:
            steps.append(("elsewhere", self._keep_up, KEEP_UP_S))
        if self._offering is not None:
            steps.append(("waiting", self._offer_places, OFFER_S))
        if self._relisting is not None:
            steps.append(("templates", self._relist, KEEP_S))
        for name, step, seconds in steps:
            thread = threading.Thread(target=self._loop, args=(step, seconds), name=name, daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """End the threads and say that this process is gone."""
        self._ended.set()
        last = time.monotonic() + STOP_S
        for thread in self._threads:
            thread.join(timeout=max(0.0, last - time.monotonic()))
        self._hands.drain()
        try:
            self._watch.rest(self.process)
        except StoreUnavailable:
            log.warning("the heartbeat could not be taken back", extra={"who": self.process})

    def _loop(self, step: Callable[[], None], seconds: float) -> None:
        while not self._ended.is_set():
            try:
                step()
            except StoreUnavailable as fault:
                log.warning("the database is away", extra={"fault": str(fault)})
            except Exception as fault:  # a door: the watcher must outlive whatever it meets
                log.error("watch failed", extra={"fault": where(fault)})
            jitter = random.uniform(-SWEEP_JITTER, SWEEP_JITTER) if seconds >= SWEEP_S else 0.0
            self._ended.wait(seconds * (1 + jitter))

    def _look(self) -> None:
        self._watch.beat(self.process, self._kind)
        self._desk.answer_overdue(self._hands.offer)
        self._desk.finish_due(self._may_run, self._hands.offer)

    def _may_run(self, place: str) -> bool:
        """Actions that leave the house run in the worker only."""
        return place == "ours" or self._kind == "worker"

    def _sweep(self) -> None:
        self._desk.finish_behind(self._hands.offer)
        if self._kind == "worker":
            self._desk.fetch_due(self._hands.offer)
        self._desk.escalate_unclaimed()
        self._watch_workers()
        for alarm in self._records.untold():
            if not self._teller.tell(alarm):
                self._records.not_told(alarm.cause)

    def _keep(self) -> None:
        if self._keeper is not None:
            self._keeper.keep(self.process, self._ended.is_set)

    def _seal(self) -> None:
        """Seal what is new in the audit; one process at a time, and it says the hash once an hour, for a copy elsewhere."""
        if self._chain is None or not self._chain.has_new():
            return
        if self._watch.holds(SEALING, self.process, SEALING_S):
            mark = self._chain.seal()
            if mark is not None and mark.is_hourly:
                log.info("audit sealed", extra={"seal": mark.number, "hash": mark.hash})

    def _offer_places(self) -> None:
        """Offer what became free to those who wait for it: a calendar elsewhere may take long to answer."""
        if self._offering is not None:
            self._offering.sweep()

    def _relist(self) -> None:
        """Look at the message templates; Meta is asked what it has, which may take long."""
        if self._relisting is not None:
            self._relisting(self.process)

    def _keep_up(self) -> None:
        """Finish what was begun in the clinic's own system, and ask what changed there: its slowness stops nothing else."""
        if self._upkeep is not None:
            self._upkeep(self.process)

    def _reach_out(self) -> None:
        """Give what is due of reminders and notices, and close the books of past days; one process at a time."""
        if self._books is not None and self._watch.holds(OUTREACH, self.process, OUTREACH_S):
            self._desk.give_due(self._hands.offer)
            self._books.close()

    def _watch_workers(self) -> None:
        """Ring when no worker is alive, and stop ringing when one is."""
        if self._watch.is_alive("worker"):
            self._records.silence("no_worker")
        elif self._kind == "web":
            self._records.ring("no_worker", "")
