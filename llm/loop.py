"""One asyncio loop in one thread on which all model calls of a process wait; any thread may ask and gets its verdict."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from concurrent.futures import CancelledError, Future
from typing import Any, Protocol

from llm.breaker import Breaker
from llm.verdict import Question, Unclassified, Verdict

log = logging.getLogger("sportello.model")

PLACES = 56  # calls under way at once; fewer than the worker has threads, so that deliveries always find one
LEAST_S = 0.25  # with less than this left no model answers: nothing is asked and nothing is paid
FAIR_S = 1.5  # who was given less and came late is not to blame for it
GRACE_S = 0.25
CLOSE_S = 3.0
FAULTS = ("away", "busy", "late", "rejected")  # of the model's side; a refusal or a bad answer is an answer


class Classifier(Protocol):
    """What can be asked on the loop."""

    async def classify(self, question: Question, within_s: float) -> Verdict:
        """Return a verdict in time. Raise Unclassified, and nothing else."""

    async def close(self) -> None:
        """Let go of what is held."""


class ModelLoop:
    """Ask a classifier from any thread; see `classify`. Its thread starts with it, so make it in the process that works."""

    def __init__(self, classifier: Classifier, places: int = PLACES, breaker: Breaker | None = None) -> None:
        self._classifier = classifier
        self._places = places
        self._breaker = breaker or Breaker()
        self._under_way: set[asyncio.Task[Verdict]] = set()
        self._guard = threading.Lock()
        self._closed = False
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="model", daemon=True)
        self._thread.start()

    @property
    def under_way(self) -> int:
        """How many calls wait for the model now."""
        return len(self._under_way)

    @property
    def is_resting(self) -> bool:
        """Whether the model is left alone after failures."""
        return self._breaker.is_open

    def classify(self, question: Question, within_s: float) -> Verdict:
        """Return the verdict within so many seconds. Raise Unclassified: "busy" at once when no place is free.

        The thread that asks waits and holds nothing; the bound holds even if the loop itself should stand still.
        """
        told: Future[Verdict] = Future()
        until = time.monotonic() + within_s
        with self._guard:
            if self._closed:
                raise Unclassified("away")
            self._loop.call_soon_threadsafe(self._begin, question, until, told)
        try:
            return told.result(max(0.0, within_s) + GRACE_S)
        except TimeoutError:
            told.cancel()
            raise Unclassified("late") from None
        except CancelledError:
            raise Unclassified("away") from None

    def close(self) -> None:
        """Take nothing more; who still waits is told that the model is away. Ends the thread."""
        with self._guard:
            if self._closed:
                return
            self._closed = True
            self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(CLOSE_S + 1)

    # ------------------------------------------------------------------------------------------------ in the loop's thread

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.set_exception_handler(_note)
        self._loop.run_forever()
        self._loop.run_until_complete(self._end())
        self._loop.close()

    async def _end(self) -> None:
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        try:
            async with asyncio.timeout(CLOSE_S):
                await self._classifier.close()
        except TimeoutError:
            pass  # the process ends anyway

    def _begin(self, question: Question, until: float, told: Future[Verdict]) -> None:
        left_s = until - time.monotonic()
        try:
            ticket = self._admit(left_s)
        except Unclassified as refused:
            _tell(told, refused)
            return
        task = self._loop.create_task(self._ask(question, left_s))
        self._under_way.add(task)
        task.add_done_callback(lambda task: self._ended(task, ticket, left_s, told))

    def _admit(self, left_s: float) -> int:
        """Return the breaker's ticket. Raise Unclassified when this call may not go out."""
        if left_s < LEAST_S:
            raise Unclassified("late")
        if len(self._under_way) >= self._places:
            raise Unclassified("busy")
        ticket = self._breaker.admit()
        if ticket is None:
            raise Unclassified("resting")
        return ticket

    async def _ask(self, question: Question, left_s: float) -> Verdict:
        try:
            async with asyncio.timeout(left_s + GRACE_S / 2):  # a classifier keeps its time; this keeps our places
                return await self._classifier.classify(question, left_s)
        except TimeoutError:
            raise Unclassified("late") from None

    def _ended(self, task: asyncio.Task[Verdict], ticket: int, left_s: float, told: Future[Verdict]) -> None:
        """Hand on what came of a call, and let the breaker know."""
        self._under_way.discard(task)
        fault = None if task.cancelled() else task.exception()
        if task.cancelled() or (fault is not None and not isinstance(fault, Unclassified)):
            told.cancel()
            self._breaker.ended(ticket, None if fault is None else False)
            if fault is not None:
                log.error("a model call ended in an error", extra={"fault": type(fault).__name__})
        elif fault is not None:
            self._breaker.ended(ticket, _went_well(fault.why, left_s))
            _tell(told, fault)
        else:
            self._breaker.ended(ticket, True)
            _tell(told, task.result())


def _went_well(why: str, left_s: float) -> bool | None:
    """Judge the model by why no verdict came; None says nothing about it."""
    if why == "late" and left_s < FAIR_S:
        return None
    return why not in FAULTS


def _tell(told: Future[Verdict], what: Verdict | Unclassified) -> None:
    """Hand a verdict, or why there is none, to the thread that waits; it may have given up."""
    if not told.set_running_or_notify_cancel():
        return
    if isinstance(what, Unclassified):
        told.set_exception(what)
    else:
        told.set_result(what)


def _note(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log what went wrong on the loop by its kind alone: asyncio's own line would show it with everything in it."""
    log.error("the model's loop met an error", extra={"fault": type(context.get("exception")).__name__})
