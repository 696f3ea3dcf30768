"""What the actions of the first flows find in the clinic's facts, at an instant that is given."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from bot.actions import ACTIONS, Action, Facts, longest_answers
from bot.clinic import Clinic, load_clinic
from menus.model import Answers, Localized, Offer, Result, Value

ROOT = Path(__file__).parent.parent
CLINIC = load_clinic(ROOT / "clinic.example.yaml")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=CLINIC.zone)
MONDAY_NIGHT = datetime(2026, 11, 23, 22, 0, tzinfo=CLINIC.zone)
LONG = ((time(8, 0), time(19, 30)),)
RECEPTION = CLINIC.teams["reception"].phone


def done(action: str, now: datetime = MONDAY, clinic: Clinic = CLINIC, **answers: Value) -> Result:
    """Do an action of the registry as the host does."""
    return ACTIONS[action].run(Facts(clinic, now, "it"), answers)


def offered(answers: Answers, name: str) -> dict[str, dict[str, Value]]:
    """Return the offers of an answer, by their ids."""
    found = answers[name]
    assert isinstance(found, tuple)
    return {offer.id: dict(offer.values) for offer in found if isinstance(offer, Offer)}


ONLY_CENTRO = replace(CLINIC, places={"centro": CLINIC.places["centro"]})


# -------------------------------------------------------------------------------------------------------------- places


def test_several_places_are_offered() -> None:
    found = done("places")

    assert (found.outcome, list(found.answers)) == ("several", ["places"])
    assert offered(found.answers, "places") == {
        "centro": {"name": "Sede Centro", "street": "Via dei Tigli Inventati 3", "city": "Bologna"},
        "fiera": {"name": "Sede Fiera", "street": "Viale della Prova 120", "city": "Bologna"},
    }


def test_the_only_place_is_the_chosen_one() -> None:
    found = done("places", clinic=ONLY_CENTRO)

    assert (found.outcome, found.answers["place"]) == ("one", "centro")


def test_a_place_is_named_and_there_are_others() -> None:
    assert done("place", place="fiera") == Result("several", {"place_name": "Sede Fiera", "again": False})


def test_a_place_asked_about_before_is_known_again() -> None:
    found = done("place", clinic=ONLY_CENTRO, place="centro", place_name="Sede Centro")

    assert found == Result("one", {"place_name": "Sede Centro", "again": True})


@pytest.mark.parametrize("action", ["place", "days", "hours", "address", "parking", "transport", "accessibility"])
@pytest.mark.parametrize("place", ["closed_last_year", "", Offer("centro")])
def test_a_place_the_clinic_does_not_have_is_unknown(action: str, place: Value) -> None:
    assert done(action, place=place, day="2026-11-23") == Result("unknown")


def test_an_address_comes_with_its_point_on_the_map() -> None:
    point: dict[str, Value] = {
        "latitude": "44.51000",
        "longitude": "11.36500",
        "name": "Poliambulatorio Tre Tigli, Sede Fiera",
        "address": "Viale della Prova 120, 40100 Bologna",
    }

    assert done("address", place="fiera") == Result(
        "found",
        {
            "place_name": "Sede Fiera",
            "street": "Viale della Prova 120",
            "postcode": "40100",
            "city": "Bologna",
            "phone": CLINIC.places["fiera"].phone,
            "location": Offer("fiera", tuple(point.items())),
        },
    )


@pytest.mark.parametrize("name", ["parking", "transport", "accessibility"])
def test_a_thing_told_of_a_place_is_the_clinics_own_words(name: str) -> None:
    place = CLINIC.places["fiera"]

    assert done(name, place="fiera") == Result("found", {"place_name": "Sede Fiera", name: getattr(place, name)})


# --------------------------------------------------------------------------------------------------------------- hours


def test_the_next_seven_days_are_offered_then_the_unusual_ones() -> None:
    days = offered(done("days", place="centro").answers, "days")

    assert list(days) == [
        "2026-11-23",
        "2026-11-24",
        "2026-11-25",
        "2026-11-26",
        "2026-11-27",
        "2026-11-28",
        "2026-11-29",
        "2026-12-08",  # a holiday
        "2026-12-24",  # the clinic's own exceptions
        "2026-12-25",
        "2026-12-26",
        "2026-12-31",
        "2027-01-01",
        "2027-01-06",
    ]


def test_an_offered_day_says_when_it_is_open() -> None:
    days = offered(done("days", place="centro").answers, "days")

    assert days["2026-11-24"] == {"date": date(2026, 11, 24), "days_away": 1, "openings": LONG, "note": ""}


def test_an_unusual_day_says_why() -> None:
    days = offered(done("days", place="centro").answers, "days")

    note = Localized((("it", "Ultimo dell'anno"), ("en", "New Year's Eve"), ("es", "Nochevieja")))
    assert days["2026-12-31"] == {
        "date": date(2026, 12, 31),
        "days_away": 38,
        "openings": ((time(8, 0), time(12, 0)),),
        "note": note,
    }


def test_a_holiday_on_a_day_that_is_closed_anyway_is_no_news() -> None:
    before_christmas = datetime(2026, 12, 10, 9, 0, tzinfo=CLINIC.zone)

    days = offered(done("days", before_christmas, place="fiera").answers, "days")

    assert "2026-12-26" not in days  # a Saturday: Fiera never opens on Saturdays


def test_today_is_the_day_it_is_at_the_clinic() -> None:
    late_in_london = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)

    days = offered(done("days", late_in_london, place="centro").answers, "days")

    assert next(iter(days)) == "2026-11-24"


def test_the_hours_of_an_open_day() -> None:
    assert done("hours", place="fiera", day="2026-11-23") == Result(
        "open",
        {
            "place_name": "Sede Fiera",
            "date": date(2026, 11, 23),
            "openings": ((time(8, 30), time(13, 0)), (time(14, 0), time(18, 30))),
            "note": "",
            "today": date(2026, 11, 23),
            "reopens": datetime(2026, 11, 24, 8, 30, tzinfo=CLINIC.zone),
        },
    )


def test_a_closed_day_says_why_and_when_it_opens_again() -> None:
    found = done("hours", place="centro", day="2026-12-25")

    note = Localized((("it", "Chiusura natalizia"), ("en", "Christmas closure"), ("es", "Cierre de Navidad")))
    assert found == Result(
        "closed",
        {
            "place_name": "Sede Centro",
            "date": date(2026, 12, 25),
            "openings": (),
            "note": note,
            "today": date(2026, 11, 23),
            "reopens": datetime(2026, 12, 28, 8, 0, tzinfo=CLINIC.zone),
        },
    )


def test_a_place_that_stays_closed_names_no_opening() -> None:
    never = replace(CLINIC.places["centro"].hours, weekdays=((),) * 7)
    closed = replace(CLINIC, places={"centro": replace(CLINIC.places["centro"], hours=never)}, exceptions=())

    found = done("hours", clinic=closed, place="centro", day="2026-11-23")

    assert found.answers["reopens"] == ""


@pytest.mark.parametrize("day", ["", "tomorrow", "2026-02-30", ("2026-11-23",)])
def test_what_is_no_day_is_unknown(day: Value) -> None:
    assert done("hours", place="centro", day=day) == Result("unknown")


# --------------------------------------------------------------------------------------------------------------- teams


def test_teams_are_offered_with_when_they_answer() -> None:
    found = done("teams")

    assert (found.outcome, list(offered(found.answers, "teams"))) == ("several", ["reception", "billing", "nursing"])
    assert offered(found.answers, "teams")["reception"] == {
        "name": CLINIC.teams["reception"].name,
        "phone": RECEPTION,
        "open": True,
        "closes_at": datetime(2026, 11, 23, 19, 30, tzinfo=CLINIC.zone),
        "opens_at": datetime(2026, 11, 24, 8, 0, tzinfo=CLINIC.zone),
        "today": date(2026, 11, 23),
        "answer_minutes": 15,
    }


def test_the_only_team_is_the_chosen_one() -> None:
    found = done("teams", clinic=replace(CLINIC, teams={"reception": CLINIC.teams["reception"]}))

    assert (found.outcome, found.answers["team"]) == ("one", "reception")


def test_a_team_that_answers_now_says_until_when() -> None:
    found = done("team_hours", team="nursing")

    assert (found.outcome, found.answers["closes_at"]) == ("open", datetime(2026, 11, 23, 12, 30, tzinfo=CLINIC.zone))


def test_a_team_that_is_closed_says_when_it_opens() -> None:
    found = done("team_hours", MONDAY_NIGHT, team="nursing")

    assert (found.outcome, found.answers["opens_at"]) == ("closed", datetime(2026, 11, 24, 8, 30, tzinfo=CLINIC.zone))
    assert found.answers["closes_at"] == ""


def test_a_team_the_clinic_does_not_have_is_unknown() -> None:
    assert done("team_hours", team="surgery") == Result("unknown")


# ------------------------------------------------------------------------------------------------------------ language


def test_languages_are_called_by_their_own_names() -> None:
    assert done("languages") == Result(
        "several",
        {
            "languages": (
                Offer("it", (("name", "Italiano"),)),
                Offer("en", (("name", "English"),)),
                Offer("es", (("name", "Español"),)),
            )
        },
    )


def test_one_language_leaves_no_choice() -> None:
    assert done("languages", clinic=replace(CLINIC, languages=("it",))).outcome == "one"


def test_a_wanted_language_becomes_the_conversations() -> None:
    assert done("set_language", wanted="en") == Result("set", {"language": "en"})


def test_a_language_the_clinic_does_not_write_is_unknown() -> None:
    assert done("set_language", wanted="fr") == Result("unknown")


# ------------------------------------------------------------------------------------------------------------ registry


@pytest.mark.parametrize("action", ACTIONS.values(), ids=lambda action: action.name)
def test_an_action_says_of_every_answer_it_gives_how_long_it_can_be(action: Action) -> None:
    chosen: dict[str, Value] = {"place": "centro", "day": "2026-11-23", "team": "reception", "wanted": "en"}

    found = [action.run(Facts(clinic, MONDAY, "it"), chosen) for clinic in (CLINIC, ONLY_CENTRO)]

    given = {name for result in found for name in result.answers}
    assert given <= action.gives.keys()
    assert {result.outcome for result in found} <= set(action.outcomes)


def test_the_longest_answers_name_the_longest_of_each_kind() -> None:
    longest = longest_answers(ACTIONS, CLINIC)

    assert longest["team_name"] == Localized((("it", "Amministrazione"), ("en", "Nursing line"), ("es", "Facturación")))
    assert longest["openings"] == ((time(8, 30), time(13, 0)), (time(14, 0), time(18, 30)))
