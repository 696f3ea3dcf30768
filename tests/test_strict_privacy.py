"""Under `privacy: strict` what is said as the record is time, place and code, in every language, wherever it is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from bot.model import ListMessage, Reply
from menus.model import Start, Tap, Text
from tests.paper_visits import OF_VISITS
from tests.talks import CLINIC, Host, shown

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=CLINIC.zone)
STRICT = replace(CLINIC, privacy="strict")
LANGUAGES = ["it", "en", "es"]
TO_THE_TIMES = ("main/menu/book", "book/which_group/visits", "book/which_of_group/cardiology")


def host(language: str, *changes: str) -> Host:
    made = Host(language, MONDAY, clinic=STRICT)
    for change in changes:
        OF_VISITS[change](made.paper)
    made.does(Start("main"))
    return made


def booking(language: str) -> Iterator[Host]:
    """Give somebody who booked, at each thing that is said of it."""
    someone = host(language)
    for tap in TO_THE_TIMES:
        someone.does(Tap(tap))
    someone.does(Tap(someone.prompts[-1].choices[0].id))
    someone.does(Text("Anna"))
    someone.does(Text("03/05/1980"))
    someone.does(Tap(someone.prompts[-1].choices[0].id))
    yield someone
    someone.does(Tap("book/may_remember/no"))
    for tap in ("preparation", "file", "way"):
        someone.does(Tap(f"book/after/{tap}"))
        yield someone


def nothing_to_prepare(language: str) -> Iterator[Host]:
    """Give somebody who booked what needs no preparation."""
    for someone in booking(language):
        bare = replace(STRICT.services["cardiology"], preparation=None, bring=None)
        someone.clinic = replace(STRICT, services={**STRICT.services, "cardiology": bare})
        yield someone


def waiting(language: str) -> Iterator[Host]:
    """Give somebody who joins the waiting list, joins it again, and looks at it."""
    someone = host(language)
    for _ in range(2):
        someone.does(Start("main"))
        for tap in (*TO_THE_TIMES, "book/when/others", "book/others/waitlist"):
            someone.does(Tap(tap))
        someone.does(Text("Anna"))
        someone.does(Text("03/05/1980"))
        yield someone
    OF_VISITS["Anna has an appointment on Thursday"](someone.paper)
    yield from _looking(someone)


def _looking(someone: Host) -> Iterator[Host]:
    someone.does(Start("appointments"))
    yield someone
    for choice in [choice for choice in someone.prompts[-1].choices if not choice.fixed]:
        someone.does(Start("appointments"))
        someone.does(Tap(choice.id))
        yield someone


def changing(language: str) -> Iterator[Host]:
    """Give somebody who confirms, moves and cancels what is booked."""
    someone = host(language, "Anna has an appointment on Thursday")
    for flow in ("appointments", "reschedule", "cancel"):
        someone.does(Start(flow))
        yield someone
        for _ in range(2 if flow == "reschedule" else 1):
            someone.does(Tap(someone.prompts[-1].choices[0].id))
            yield someone


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("story", [booking, nothing_to_prepare, waiting, changing], ids=lambda story: story.__name__)
def test_nothing_but_time_place_and_code_is_said_of_what_is_booked(
    story: Callable[[str], Iterator[Host]], language: str
) -> None:
    name = dict(CLINIC.services["cardiology"].name.texts)[language]

    told = [_everything(reply) for someone in story(language) for reply in someone.read]

    assert [said for said in told if any(secret in said for secret in (name, "Neri", "Anna"))] == []


def _everything(reply: Reply) -> str:
    """Return all that is read of a message, rows too."""
    rows = [row for section in reply.sections for row in section.rows] if isinstance(reply, ListMessage) else []
    return "\n".join([shown(reply), *(f"{row.title}\n{row.description}" for row in rows)])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_time_the_place_and_the_code_are_said(language: str) -> None:
    booked = shown(next(booking(language)).read[0])
    seen = shown(next(changing(language)).read[0])

    assert [part for part in ("15:00", "Sede Centro", "AAAAA") if part not in booked] == []
    assert [part for part in ("9:00", "Sede Centro", "K7M26") if part not in seen] == []
