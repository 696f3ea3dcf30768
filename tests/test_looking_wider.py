"""Looking wider: what was said or chosen before keeps nobody from the times there are, and nothing is offered in vain."""

from __future__ import annotations

from datetime import datetime

import pytest

from menus.model import Start, Tap, Text, Value
from tests.paper_visits import Visit
from tests.talks import CLINIC, Host

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=CLINIC.zone)
GENERAL = ("main/menu/book", "book/which_group/visits", "book/which_of_group/general_visit")
CARDIOLOGY = (*GENERAL[:2], "book/which_of_group/cardiology")


def host_at(*taps: str, busy: tuple[str, ...] = ()) -> Host:
    """Return somebody who tapped these, while some are busy, or some parts of the day are."""
    host = Host("it", MONDAY)
    host.paper.calendar.busy.update(busy)
    host.does(Start("main"))
    for tap in taps:
        host.does(Tap(tap))
    return host


def who(host: Host) -> set[Value]:
    """Return with whom the times on offer are."""
    return {dict(choice.values)["practitioner"] for choice in host.prompts[-1].choices if not choice.fixed}


def on_offer(host: Host) -> list[str]:
    """Return what can be tapped, by the last part of its id."""
    return [choice.id.rpartition("/")[2] for choice in host.prompts[-1].choices]


# ------------------------------------------------------------------------------------------------------ in a move


@pytest.mark.parametrize("wider", ["anybody", "all"])
def test_a_doctor_said_with_a_move_does_not_stay_when_anyone_will_do(wider: str) -> None:
    host = host_at()
    Visit(26, practitioner="bianchi", service="general_visit")(host.paper)
    host.does(Start("reschedule", {"practitioner": "bianchi"}))
    assert who(host) == {"bianchi"}

    host.does(Tap("reschedule/when/others"))
    host.does(Tap(f"reschedule/others/{wider}"))

    assert "neri" in who(host)


@pytest.mark.parametrize("wider", ["reschedule/no_times/all"])
def test_a_doctor_who_is_said_and_does_not_give_the_visit_keeps_nobody_from_its_times(wider: str) -> None:
    host = host_at(busy=("bianchi",))
    Visit(26, practitioner="bianchi", service="general_visit")(host.paper)
    host.does(Start("reschedule", {"practitioner": "gallo"}))
    assert host.prompts[-1].wording == "reschedule/no_times"

    host.does(Tap(wider))

    assert who(host) == {"neri"}


def test_the_place_of_the_visit_stays_until_anywhere_will_do() -> None:
    host = host_at()
    Visit(26, practitioner="bianchi", place="fiera", service="general_visit")(host.paper)
    host.does(Text("spostare"))
    host.does(Tap("reschedule/when/others"))
    host.does(Tap("reschedule/others/afternoon"))

    assert who(host) == {"bianchi"}


# --------------------------------------------------------------------------------------------------- in a new booking


def test_who_wanted_one_doctor_can_come_back_to_whoever_is_first() -> None:
    host = host_at(*GENERAL, "book/which_way/bianchi.centro", "book/when/others", "book/others/morning")

    host.does(Tap("book/when/others"))
    host.does(Tap("book/others/anybody"))

    assert (who(host), host.conversation.answers["part"]) == ({"neri"}, "morning")


def test_all_times_are_those_of_the_doctor_who_was_chosen() -> None:
    host = host_at(*GENERAL, "book/which_way/bianchi.centro", "book/when/others", "book/others/morning")

    host.does(Tap("book/when/others"))
    host.does(Tap("book/others/all"))

    assert (who(host), host.conversation.answers["part"]) == ({"bianchi"}, "")


def test_where_the_doctor_who_was_chosen_has_no_time_all_times_are_everybodys() -> None:
    host = host_at(*GENERAL, "book/which_way/bianchi.centro", busy=("bianchi",))
    assert on_offer(host) == ["all", "waitlist", "person", "menu"]

    host.does(Tap("book/no_times/all"))

    assert who(host) == {"neri"}


def test_where_nothing_is_free_at_all_all_times_are_not_offered() -> None:
    host = host_at(*GENERAL, "book/which_way/bianchi.centro", busy=("bianchi", "neri"))

    assert on_offer(host) == ["waitlist", "person", "menu"]


def test_where_nothing_is_left_of_the_mornings_all_times_are_offered() -> None:
    host = host_at(*CARDIOLOGY)
    host.paper.calendar.busy.add("morning")
    host.does(Tap("book/when/others"))

    host.does(Tap("book/others/morning"))

    assert (host.prompts[-1].wording, on_offer(host)) == ("book/no_times", ["all", "waitlist", "person", "menu"])


def test_only_what_changes_something_is_offered() -> None:
    one_doctor, chosen = host_at(*CARDIOLOGY), host_at(*GENERAL, "book/which_way/neri.centro")
    asked = [on_offer(one_doctor), on_offer(chosen)]
    for host in (one_doctor, chosen):
        host.does(Tap("book/when/others"))
    asked = [on_offer(one_doctor), on_offer(chosen)]
    one_doctor.does(Tap("book/others/morning"))
    one_doctor.does(Tap("book/when/others"))

    fixed = ["waitlist", "person", "menu"]
    assert asked == [["morning", "afternoon", "days", *fixed], ["morning", "afternoon", "days", "anybody", *fixed]]
    assert on_offer(one_doctor) == ["afternoon", "days", "all", *fixed]


# ------------------------------------------------------------------------------------------------ days that were named


@pytest.mark.parametrize(("said", "days"), [("martedì prossimo", {1}), ("lunedì", {0}), ("prossimo weekend", set())])
def test_of_days_that_were_named_no_others_are_shown(said: str, days: set[int]) -> None:
    host = host_at(*CARDIOLOGY)

    host.does(Text(said))

    starts = [dict(choice.values)["start"] for choice in host.prompts[-1].choices if not choice.fixed]
    found = {start.weekday() for start in starts if isinstance(start, datetime)}
    assert found == days or (not days and host.prompts[0].wording == "book/not_that_day")


def test_two_tuesdays_are_shown_where_either_may_be_meant() -> None:
    host = host_at(*CARDIOLOGY)

    host.does(Text("martedì prossimo"))

    starts = [dict(choice.values)["start"] for choice in host.prompts[-1].choices if not choice.fixed]
    assert {start.day for start in starts if isinstance(start, datetime)} == {24, 1}
