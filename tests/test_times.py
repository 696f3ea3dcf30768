"""Choosing a time: which are shown of all that are free, what a day or a part of one leaves, and keeping one."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from bot.acting import Facts
from bot.actions import ACTIONS
from menus.model import Offer, Result, Value
from tests.paper import AWAY, PaperCalendar, asking
from tests.talks import CLINIC

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=CLINIC.zone)


def paper() -> PaperCalendar:
    return PaperCalendar(CLINIC, MONDAY)


def done(action: str, calendar: PaperCalendar | None = None, **answers: Value) -> Result:
    """Do an action as the host does."""
    return ACTIONS[action].run(asking(calendar or paper(), "it", 1), {"service": "cardiology", **answers})


def offers(found: Result, name: str = "times") -> list[Offer]:
    value = found.answers[name]
    assert isinstance(value, tuple)
    return [offer for offer in value if isinstance(offer, Offer)]


def starts(found: Result) -> list[str]:
    """Return when the offered times are, on the clinic's clock."""
    values = (dict(offer.values)["start"] for offer in offers(found))
    return [f"{value:%a %d %H:%M}" for value in values if isinstance(value, datetime)]


def test_the_next_times_are_three_a_day_an_hour_apart() -> None:
    found = done("free_times")

    assert found.outcome == "found"
    assert starts(found)[:5] == ["Mon 23 15:00", "Mon 23 16:30", "Tue 24 09:00", "Tue 24 10:00", "Tue 24 11:30"]
    assert len(offers(found)) == 24


def test_two_who_are_free_at_once_are_one_time() -> None:
    found = done("free_times", service="general_visit")

    assert len(set(starts(found))) == len(starts(found))


def test_a_way_is_a_practitioner_at_a_place() -> None:
    found = done("free_times", service="general_visit", way="bianchi.fiera")

    said = {(dict(offer.values)["practitioner_name"], dict(offer.values)["place_name"]) for offer in offers(found)}
    assert said == {("Dott. Ugo Bianchi", "Sede Fiera")}


def test_anybody_may_still_be_at_one_place() -> None:
    found = done("free_times", service="general_visit", way="any", place="fiera")

    assert {dict(offer.values)["place"] for offer in offers(found)} == {"fiera"}


@pytest.mark.parametrize("part", ["afternoon", "evening"])
def test_a_part_of_the_day_leaves_its_times(part: str) -> None:
    assert starts(done("free_times", part=part))[:3] == ["Mon 23 15:00", "Mon 23 16:30", "Tue 24 15:00"]


def test_all_times_of_a_day_are_told() -> None:
    found = done("free_times", day="2026-11-25")

    assert (found.outcome, starts(found)) == (
        "found",
        ["Wed 25 09:00", "Wed 25 10:00", "Wed 25 11:30", "Wed 25 15:00", "Wed 25 16:30"],
    )


def test_times_of_a_day_that_overlap_are_one_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.paper.HOURS", tuple(time(9, minute) for minute in range(0, 60, 5)))

    found = done("free_times", day="2026-11-25", service="general_visit", way="bianchi.centro")

    assert starts(found) == ["Wed 25 09:00", "Wed 25 09:25", "Wed 25 09:50"]  # 20 minutes, and 5 after it


def test_a_clinic_of_many_doctors_shows_as_many_days(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = (starts(done("free_times")), [offer.id for offer in offers(done("free_days"), "free_days")])
    monkeypatch.setattr("bot.booking.times.AT_ONCE", 7)  # one look sees a day and a half

    days = [offer.id for offer in offers(done("free_days"), "free_days")]

    assert starts(done("free_times"))[:2] == whole[0][:2]
    assert days == whole[1][: len(days)] and len(days) >= 8


def test_a_week_that_was_named_is_told_in_some_times_of_each_day() -> None:
    found = done("free_times", day="2026-11-25", until="2026-12-02")

    assert starts(found)[:4] == ["Wed 25 09:00", "Wed 25 10:00", "Wed 25 11:30", "Thu 26 09:00"]


def test_a_day_without_a_time_is_followed_by_those_after_it() -> None:
    found = done("free_times", day="2026-11-28")

    assert (found.outcome, starts(found)[0]) == ("later", "Mon 30 09:00")


@pytest.mark.parametrize("day", ["2026-11-01", "2028-01-01", "tomorrow", ""])
def test_a_day_out_of_reach_is_no_day(day: str) -> None:
    assert done("free_times", day=day) == done("free_times")


def test_nothing_free_is_said() -> None:
    full = paper()
    full.is_full = True

    assert (done("free_times", full).outcome, done("free_days", full).outcome) == ("full", "full")


def test_the_days_with_free_times_say_how_many() -> None:
    day, *_ = offers(done("free_days"), "free_days")

    assert (day.id, dict(day.values)["count"]) == ("2026-11-23", 2)


@pytest.mark.parametrize("action", ["free_times", "free_days"])
@pytest.mark.parametrize("service", ["blood_test", "surgery"])
def test_what_cannot_be_booked_has_no_times(action: str, service: str) -> None:
    assert done(action, service=service) == Result("unknown")


@pytest.mark.parametrize("action", ["free_times", "free_days"])
def test_a_calendar_that_does_not_answer_is_away(action: str) -> None:
    away = paper()
    away.fault = AWAY

    assert done(action, away) == Result("away", {"why": "timeout"})


def test_no_calendar_at_all_is_away() -> None:
    assert ACTIONS["free_times"].run(Facts(CLINIC, MONDAY, "it"), {"service": "cardiology"}) == Result(
        "away", {"why": "no_calendar"}
    )


# --------------------------------------------------------------------------------------------------------------- keeping


def chosen(calendar: PaperCalendar, place: int = 0) -> dict[str, Value]:
    """Return the answers of somebody who has picked a time."""
    found = done("free_times", calendar)
    return {**found.answers, "time": offers(found)[place].id}


def test_the_time_that_was_picked_is_kept_for_ten_minutes() -> None:
    calendar = paper()

    found = done("hold_slot", calendar, **chosen(calendar))

    (held,) = calendar.holds.values()
    assert found == Result(
        "held",
        {
            "hold": str(held.id),
            "held_until": MONDAY.replace(minute=10),
            "service_name": CLINIC.services["cardiology"].name,
            "start": MONDAY.replace(hour=15),
            "practitioner_name": "Dott.ssa Ada Neri",
            "place_name": "Sede Centro",
        },
    )


def test_a_time_somebody_else_has_is_taken() -> None:
    calendar = paper()
    answers = chosen(calendar)
    calendar.taken.add(str(answers["time"]))

    assert done("hold_slot", calendar, **answers) == Result("taken", {"time": ""})


def test_a_time_that_was_never_on_offer_is_as_good_as_taken() -> None:
    calendar = paper()

    found = done("hold_slot", calendar, **{**chosen(calendar), "time": "neri.centro.20261124T0300Z"})

    assert found == Result("taken", {"time": ""})


def test_a_calendar_that_goes_away_while_one_chooses_keeps_nothing() -> None:
    calendar = paper()
    answers = chosen(calendar)
    calendar.fault = AWAY

    assert done("hold_slot", calendar, **answers) == Result("away", {"why": "timeout"})
