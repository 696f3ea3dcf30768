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


def test_the_reception_is_chosen_with_when_it_answers() -> None:
    found = done("reception", MONDAY_NIGHT)

    assert (found.outcome, found.answers["team"]) == ("closed", "reception")
    assert found.answers["opens_at"] == datetime(2026, 11, 24, 8, 0, tzinfo=CLINIC.zone)


# ------------------------------------------------------------------------------------------------ services and insurers


def test_groups_without_a_service_are_not_offered() -> None:
    laboratory = replace(CLINIC, services={"blood_test": CLINIC.services["blood_test"]})

    found = done("service_groups", clinic=laboratory)

    assert (list(offered(found.answers, "groups")), found.answers["group"]) == (["laboratory"], "laboratory")


def test_the_services_of_a_group_are_offered() -> None:
    found = done("services", group="laboratory")

    assert offered(found.answers, "services") == {
        "blood_test": {
            "name": CLINIC.services["blood_test"].name,
            "description": CLINIC.services["blood_test"].description,
        }
    }


def test_a_service_without_preparation_needs_nothing() -> None:
    bare = replace(CLINIC.services["blood_test"], preparation=None, bring=None)

    found = done("preparation", clinic=replace(CLINIC, services={"blood_test": bare}), service="blood_test")

    assert found == Result("nothing", {"service_name": bare.name, "preparation": "", "bring": ""})


TERMS = [("cardiology", "direct"), ("blood_test", "indirect"), ("physiotherapy", "none"), ("surgery", "unknown")]


@pytest.mark.parametrize(("service", "outcome"), TERMS)
def test_who_pays_is_what_was_agreed_for_the_service(service: str, outcome: str) -> None:
    assert done("terms", insurer="salus_esempio", service=service).outcome == outcome


@pytest.mark.parametrize("action", ["terms", "insured_services"])
def test_an_insurer_the_clinic_does_not_have_is_unknown(action: str) -> None:
    assert done(action, insurer="gone", service="cardiology", group="visits") == Result("unknown")


def test_without_insurers_or_portal_there_is_nothing_to_show() -> None:
    bare = replace(CLINIC, insurers={}, results_url=None, invoices_url=None)

    found = [done(action, clinic=bare) for action in ("insurers", "results_page", "invoices_page")]

    assert found == [Result("none")] * 3


# ---------------------------------------------------------------------------------------------------- approved answers

LAST_DAY = datetime(2027, 11, 20, 23, 59, tzinfo=CLINIC.zone)
DAY_AFTER = datetime(2027, 11, 21, 0, 0, tzinfo=CLINIC.zone)


@pytest.mark.parametrize(("now", "outcome"), [(LAST_DAY, "found"), (DAY_AFTER, "unknown")])
def test_a_tip_is_told_until_the_end_of_its_review_day_on_the_clinics_clock(now: datetime, outcome: str) -> None:
    assert done("tip_answer", now, tip_topic="sleep", tip_answer="habits").outcome == outcome


def test_a_topic_whose_answers_are_all_overdue_is_not_offered() -> None:
    assert done("tip_topics", DAY_AFTER) == Result("none")
    assert done("faq_titles", DAY_AFTER, faq_topic="visit") == Result("unknown")


def test_an_overdue_fact_about_paying_is_not_offered_beside_the_others() -> None:
    july = datetime(2027, 7, 1, 9, 0, tzinfo=CLINIC.zone)

    found = done("billing_facts", july)

    assert list(offered(found.answers, "billing_facts")) == ["payment", "invoice", "refund"]


def test_the_only_answer_of_a_topic_is_the_chosen_one() -> None:
    assert done("tip_titles", tip_topic="sleep").answers["tip_answer"] == "habits"
    assert "tip_answer" not in done("tip_titles", tip_topic="nutrition").answers


def test_an_answer_is_told_with_who_approved_it() -> None:
    wifi = CLINIC.faq["place"].answers["wifi"]

    assert done("faq_answer", faq_topic="place", faq_answer="wifi") == Result(
        "found",
        {"title": wifi.title, "answer": wifi.answer, "approved_by": "Responsabile accettazione", "again": True},
    )


def test_how_long_things_are_kept_is_what_is_set() -> None:
    kept = replace(CLINIC.retention, words_days=45)

    assert done("retention", clinic=replace(CLINIC, retention=kept)).answers["words_days"] == 45


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
    chosen |= {"group": "visits", "service": "cardiology", "insurer": "salus_esempio", "billing_fact": "payment"}
    chosen |= {"tip_topic": "sleep", "tip_answer": "habits", "faq_topic": "place", "faq_answer": "wifi"}

    found = [action.run(Facts(clinic, MONDAY, "it"), chosen) for clinic in (CLINIC, ONLY_CENTRO)]

    given = {name for result in found for name in result.answers}
    assert given <= action.gives.keys()
    assert {result.outcome for result in found} <= set(action.outcomes)


def test_the_longest_answers_name_the_longest_of_each_kind() -> None:
    longest = longest_answers(ACTIONS, CLINIC)

    assert longest["team_name"] == Localized((("it", "Amministrazione"), ("en", "Nursing line"), ("es", "Facturación")))
    assert longest["openings"] == ((time(8, 30), time(13, 0)), (time(14, 0), time(18, 30)))
