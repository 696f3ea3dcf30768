"""What RQ calls: a row's id in, a desk method out. Any job may be lost or come twice."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rq.job import Job

from bot.desk import FrontDesk, where
from bot.later import CALL, CLASSIFY, DELIVER, FETCH

_desk: FrontDesk | None = None


class JobFailed(Exception):
    """A job ended in an error; only its kind and place are told, since RQ keeps and logs what is raised."""


class DeskJob(Job):
    """A job of ours: RQ would run any function whose name somebody writes into Redis, as the job or as its callback."""

    carries_more = False  # than a function and its arguments, as no job of ours does

    def restore(self, raw_data: Any) -> Any:
        """Read the job without what RQ would import or call at its end."""
        self.carries_more = any(raw_data.get(name) for name in _AT_ITS_END)
        kept = {name: value for name, value in raw_data.items() if name not in _AT_ITS_END}
        return super().restore(kept)

    def perform(self) -> Any:
        """Run the job if it is one of ours. Raise JobFailed."""
        if self.carries_more or self.func_name not in (DELIVER, CALL, CLASSIFY, FETCH):
            raise JobFailed("not a job of the desk")
        return super().perform()


_AT_ITS_END = frozenset(
    name
    for text in ("success_callback_name", "failure_callback_name", "stopped_callback_name", "webhooks")
    for name in (text, text.encode())  # as Redis gives it
)


def bind(desk: FrontDesk) -> None:
    """Say whose jobs these are; the worker does so once, before it listens."""
    global _desk
    _desk = desk


def deliver(conversation_id: str) -> None:
    """Send what waits for a conversation."""
    _run(lambda desk: desk.deliver(UUID(conversation_id)))


def call(call_id: str) -> None:
    """Run a call and bring back what it found."""
    _run(lambda desk: desk.call(UUID(call_id)))


def classify(call_id: str) -> None:
    """Have words classified and answer them."""
    _run(lambda desk: desk.classify(UUID(call_id)))


def fetch(file_id: str) -> None:
    """Fetch a file somebody sent."""
    _run(lambda desk: desk.fetch(UUID(file_id)))


def _run(work: Any) -> None:
    if _desk is None:
        raise JobFailed("no desk is bound: jobs run in worker.py only")
    try:
        work(_desk)
    except Exception as fault:  # a door: what RQ is given to keep must hold no word of a patient's
        raise JobFailed(where(fault)) from None
