"""What a patient has heard of an appointment, and so what is to be told of what others changed. Pure.

Staff correct themselves, and what was changed in the night is told in the morning: the newest change alone does not say what the
patient believes. What they did themselves and what they were told they know; what a person was to tell them they may know.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.notices import Changed, Heard, Kind, Owed

CANCELLED, MOVED = "cancelled", "moved"


@dataclass(frozen=True, slots=True)
class Version:
    """How an appointment stood. `place` counts its changes of place alone, of which the tables keep no more than that."""

    starts_at: datetime
    practitioner: str
    place: int


Belief = Version | None  # None: there is no appointment


def to_tell(changed: Changed, now: datetime) -> Owed | None:
    """Return what is to be told of a changed appointment; None: the patient knows how it stands."""
    told = changed.owed.notice
    versions = _versions(changed)
    stands = None if told.kind is Kind.CANCELLED else versions[-1]
    beliefs = _beliefs(changed, versions)
    if all(one == stands for one in beliefs):
        return None
    known = tuple(one.starts_at for one in beliefs if one is not None and one != stands)
    kind, was = _kind_of(told.kind, known), _that_counts(told.kind, known, now)
    return replace(changed.owed, notice=replace(told, kind=kind, was=was))


def _versions(changed: Changed) -> tuple[Version, ...]:
    """Return how the appointment stood after each step; what was before a move is known from it."""
    told, found = changed.owed.notice, []
    at = Version(told.starts_at, told.practitioner, 0)
    for step in reversed(changed.steps):
        found.append(at)
        if step.action == MOVED:
            was = Version(step.was_starts_at or at.starts_at, step.was_practitioner or at.practitioner, at.place)
            at = replace(was, place=at.place - 1) if was == at else was
    return tuple(reversed(found))


def _beliefs(changed: Changed, versions: tuple[Version, ...]) -> tuple[Belief, ...]:
    """Return what the patient may believe, the surest first."""
    beliefs: tuple[Belief, ...] = (None,)
    for step, version in zip(changed.steps, versions, strict=True):
        stood = None if step.action == CANCELLED else version
        if step.heard is Heard.SURELY:
            beliefs = (stood,)
        elif step.heard is Heard.PERHAPS:
            beliefs = (*beliefs, stood)
    return beliefs


def _kind_of(kind: Kind, known: tuple[datetime, ...]) -> Kind:
    """Return how it is told: to whom knows of no appointment, even one that was moved is new."""
    if kind is Kind.CANCELLED:
        return kind
    return Kind.MOVED if known else Kind.BOOKED


def _that_counts(kind: Kind, known: tuple[datetime, ...], now: datetime) -> datetime | None:
    """Return the time the patient knows: of a cancellation the surest, of a move the first; one that is over only if there is no other."""
    coming = tuple(one for one in known if one > now)
    if kind is Kind.CANCELLED:
        return next(iter(coming or known), None)
    return min(coming, default=None)
