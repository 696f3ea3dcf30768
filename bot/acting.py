"""What an action is, and what it may know when it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from bot.agenda import Booking
from bot.clinic import Clinic
from menus.model import Answers, Localized, Result, Value

Where = Literal["here", "ours", "away", "calendar"]

LONGEST_DAY = date(2026, 9, 23)  # a Wednesday in September: the longest day to write in Italian, English and Spanish


@dataclass(frozen=True, slots=True)
class Asker:
    """Who has an action done. `key` names the call: done again under the same key, it is done once. `wa_id` may be unknown."""

    contact_id: UUID
    key: UUID
    wa_id: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Facts:
    """What an action may know beside the answers: the clinic, the instant (aware), the conversation's language.

    `asker` and `booking` are set where the action runs outside the lane.
    """

    clinic: Clinic
    now: datetime
    language: str
    asker: Asker | None = None
    booking: Booking | None = field(default=None, repr=False)

    @property
    def today(self) -> date:
        """Return the day it is at the clinic."""
        return self.now.astimezone(self.clinic.zone).date()


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a flow may have done.

    `where`: `here` is pure and runs inside the lane; `ours` touches our database and is run by the web process after the
    answer; `away` leaves the house and is run by the worker; `calendar` is one of these two, as the clinic's calendar is.
    `gives` builds, for each answer, the longest value the clinic's file can lead to, so that the checker can fill every
    wording to the brim. `rings`: which alarm an outcome sets off, about the answer `why`; `warns`: which one a
    `why` sets off with any outcome. `tells`: the wording of an outcome that made something: it is said even where nobody waits
    for the call any more (docs/decisions/0031).
    """

    name: str
    outcomes: tuple[str, ...]
    where: Where
    run: Callable[[Facts, Answers], Result] = field(repr=False)
    gives: Mapping[str, Callable[[Clinic], Value]] = field(default_factory=dict, repr=False)
    rings: Mapping[str, str] = field(default_factory=dict)
    tells: Mapping[str, str] = field(default_factory=dict)
    warns: str | None = None


def longest(texts: Iterable[Localized]) -> Localized | str:
    """Return the longest text of each language; "" where there is none."""
    found: dict[str, str] = {}
    for localized in texts:
        for language, text in localized.texts:
            found[language] = max(found.get(language, ""), text, key=len)
    return Localized(tuple(found.items())) if found else ""
