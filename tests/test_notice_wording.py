"""How a notice is said: free words or template, in which language, and when only a person can tell it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from bot.approvals import Approval, Known
from bot.billing import Month, NextCosts, next_costs
from bot.clinic import Prices, load_clinic
from bot.message_templates import Template, TemplateError, load_templates, of_clinic
from bot.model import TemplateMessage
from bot.notices import Kind, Notice, ToStaff
from bot.outreach.freely import freely
from bot.outreach.wording import ByPerson, Costs, Later, check_templates, name_of, said
from bot.ports import Wording
from tests.conftest import ROOT

CLINIC = load_clinic(ROOT / "clinic.example.yaml")
NAMED, STRICT = replace(CLINIC, privacy="named"), replace(CLINIC, privacy="strict")
TEMPLATES = load_templates(ROOT / "templates" / "message_templates")
BY_NAME = {one.name: one for one in TEMPLATES}
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
VISIT = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
ID = UUID("0192a0a0-0000-7000-8000-000000000001")
PLACE = next(iter(CLINIC.places))
CHEAP_TEMPLATE: Costs = {"service": Decimal("0.03"), "utility": Decimal("0.01")}
EVEN: Costs = {"service": Decimal("0.03"), "utility": Decimal("0.03")}


def notice(kind: Kind = Kind.REMINDER_72H, **other: object) -> Notice:
    told = Notice(kind, ID, 2, VISIT, PLACE, "ecg", "rossi", "Anna", "K7M2")
    until = NOW + timedelta(hours=1) if kind is Kind.OFFER else None
    return replace(told, **{"until": until, **other})  # type: ignore[arg-type]


def known(*states: tuple[str, str, str], category: str = "utility") -> Known:
    return {(name, language): Approval(name, language, state, category, NOW) for name, language, state in states}


def every(state: str = "APPROVED", *languages: str) -> Known:
    return known(*((one.name, language, state) for one in TEMPLATES for language in languages or ("it", "en", "es")))


def say(
    told: Notice,
    at_meta: Known,
    language: str = "it",
    costs: Costs | None = None,
    now: datetime = NOW,
    strict: bool = False,
) -> object:
    clinic = STRICT if strict else NAMED
    template = BY_NAME[name_of(told.kind, clinic.privacy)]
    return said(clinic, told, template, at_meta, language, costs, now)


# -------------------------------------------------------------------------------------------------------- out of the window


def test_a_reminder_carries_time_place_first_name_and_code_and_three_taps() -> None:
    place = CLINIC.places[PLACE]

    assert say(notice(), every()) == TemplateMessage(
        "reminder_72h",
        "it",
        (
            ("first_name", "Anna"),
            ("day", "giovedì 26 novembre"),
            ("time", "10:30"),
            ("place", f"{place.name}, {place.street}"),
            ("code", "K7M2"),
        ),
        quick_replies=tuple(f"@visit/{wish}/{ID}/2" for wish in ("confirm", "move", "cancel")),
    )


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("strict", [False, True])
def test_every_kind_can_be_said_in_every_language_and_privacy(kind: Kind, strict: bool) -> None:
    messages = [say(notice(kind), every(), language, strict=strict) for language in ("it", "en", "es")]

    assert [one.language for one in messages if isinstance(one, TemplateMessage)] == ["it", "en", "es"]
    assert {"Anna" in str(one) for one in messages} == {not strict}


@pytest.mark.parametrize("kind", list(Kind))
def test_no_kind_says_a_service_or_a_doctor(kind: Kind) -> None:
    told = notice(kind, service="oncologia", practitioner="Rossi")

    written = f"{say(told, every())!r} {say(told, every(), costs={})!r} {say(told, every(), strict=True)!r}"

    assert "oncologia" not in written
    assert "Rossi" not in written


def test_an_offer_says_until_when_and_is_tapped_as_an_offer() -> None:
    message = say(notice(Kind.OFFER), every())

    assert isinstance(message, TemplateMessage)
    assert dict(message.body)["until_time"] == "11:00"
    assert message.quick_replies == (f"@offer/accept/{ID}/2", f"@offer/decline/{ID}/2")


def test_a_language_that_is_not_approved_is_said_in_the_clinics_first() -> None:
    message = say(notice(), every("APPROVED", "it"), "es")

    assert isinstance(message, TemplateMessage)
    assert (message.language, dict(message.body)["day"]) == ("it", "giovedì 26 novembre")


@pytest.mark.parametrize("at_meta", [{}, every("REJECTED"), every("PENDING"), every("DISABLED")])
def test_without_an_approved_template_only_a_person_can_tell(at_meta: Known) -> None:
    assert say(notice(), at_meta) == ByPerson(ToStaff.NO_TEMPLATE)


def test_a_template_in_another_category_is_not_sent() -> None:
    assert say(notice(), known(("reminder_72h", "it", "APPROVED"), category="marketing")) == ByPerson(
        ToStaff.NO_TEMPLATE
    )


def test_a_reminder_waits_for_a_paused_template_and_a_change_does_not() -> None:
    waits = [say(notice(kind), every("PAUSED")) for kind in (Kind.REMINDER_24H, Kind.CANCELLED, Kind.OFFER)]

    by_person = ByPerson(ToStaff.NO_TEMPLATE)
    assert waits == [Later("template", VISIT - timedelta(hours=6)), by_person, by_person]


@pytest.mark.parametrize(
    ("kind", "left", "is_said"),
    [
        (Kind.REMINDER_72H, timedelta(hours=12), True),
        (Kind.REMINDER_72H, timedelta(hours=12) - timedelta(seconds=1), False),
        (Kind.REMINDER_24H, timedelta(hours=6), True),
        (Kind.REMINDER_24H, timedelta(hours=6) - timedelta(seconds=1), False),
        (Kind.CANCELLED, timedelta(minutes=30), True),
    ],
)
def test_whatsapp_gives_up_before_the_visit_begins(kind: Kind, left: timedelta, is_said: bool) -> None:
    message = say(notice(kind), every(), now=VISIT - left)

    assert isinstance(message, TemplateMessage) is is_said
    assert is_said or message == ByPerson(ToStaff.TOO_NEAR)


def test_whatsapp_gives_up_before_an_offer_ends() -> None:
    ends = NOW + timedelta(hours=1)

    told = [say(notice(Kind.OFFER), every(), now=ends - timedelta(minutes=left)) for left in (15, 14)]

    assert [isinstance(one, TemplateMessage) for one in told] == [True, False]


def test_who_comes_without_a_known_name_is_addressed() -> None:
    message = say(notice(first_name=" "), every(), "es")

    assert isinstance(message, TemplateMessage)
    assert dict(message.body)["first_name"] == "usted"


def test_a_value_that_does_not_fit_is_made_to() -> None:
    message = say(notice(first_name="Anna\n" + "Maria " * 20), every())

    assert isinstance(message, TemplateMessage)
    assert dict(message.body)["first_name"] == "Anna Maria Maria Maria Maria Maria Mari…"


def test_without_a_code_only_a_person_can_tell() -> None:
    assert say(notice(code=""), every()) == ByPerson(ToStaff.UNWORDED)


# ------------------------------------------------------------------------------------------------------- within the window


@pytest.mark.parametrize(
    ("costs", "kind"),
    [({}, Wording), (EVEN, Wording), ({"utility": Decimal("0.03")}, Wording), (CHEAP_TEMPLATE, TemplateMessage)],
)
def test_the_cheaper_is_said_and_free_words_where_it_is_all_one(costs: Costs, kind: type) -> None:
    assert type(say(notice(), every(), costs=costs)) is kind


@pytest.mark.parametrize("at_meta", [{}, every("PAUSED"), every("REJECTED")])
def test_free_words_need_no_template(at_meta: Known) -> None:
    assert say(notice(), at_meta, costs=CHEAP_TEMPLATE) == freely(NAMED, notice())


def test_free_words_are_said_where_the_templates_life_is_too_long() -> None:
    late = VISIT - timedelta(hours=3)

    assert say(notice(), every(), costs=CHEAP_TEMPLATE, now=late) == freely(NAMED, notice())


# ------------------------------------------------------------------------------------------------------------------ costs


PRICES = Prices("EUR", NOW.date(), {"service": Decimal("0.03"), "utility": Decimal("0.02")}, 10)


@pytest.mark.parametrize(("answers", "cost"), [(9, Decimal()), (10, Decimal("0.03"))])
def test_answers_cost_nothing_while_free_ones_are_left(answers: int, cost: Decimal) -> None:
    delivered = {("1", "service", "regular"): answers, ("2", "service", "regular"): 50}

    assert next_costs(delivered, PRICES, "1") == {"service": cost, "utility": Decimal("0.02")}


def test_what_the_next_costs_is_counted_every_ten_minutes() -> None:
    asked: list[datetime] = []
    month = Month(lambda since, until: (asked.append(since), {})[1], CLINIC.zone)
    costs = NextCosts(month, PRICES, "1")

    for minutes in (0, 5, 10, 11):
        costs(NOW + timedelta(minutes=minutes))

    assert len([one for one in asked if one > NOW - timedelta(days=1)]) == 2


def test_without_a_price_table_nothing_is_counted() -> None:
    assert NextCosts(Month(lambda since, until: 1 / 0, CLINIC.zone), None, "1")(NOW) == {}  # type: ignore[arg-type,return-value]


# ------------------------------------------------------------------------------------------------------ files against code


@pytest.mark.parametrize("clinic", [NAMED, STRICT], ids=["named", "strict"])
def test_the_files_fit_what_the_code_fills(clinic: object) -> None:
    house = STRICT if clinic is STRICT else NAMED

    check_templates(of_clinic(TEMPLATES, house.privacy), house)


def broken(**other: object) -> tuple[Template, ...]:
    """Return the templates with another reminder."""
    reminder = replace(BY_NAME["reminder_72h"], **other)  # type: ignore[arg-type]
    return tuple(reminder if one.name == "reminder_72h" else one for one in of_clinic(TEMPLATES, "named"))


@pytest.mark.parametrize(
    ("templates", "fault"),
    [
        (
            tuple(one for one in TEMPLATES if one.name != "reminder_72h"),
            "reminder_72h.yaml: is not there: the clinic could not say it after 24 hours",
        ),
        (broken(category="marketing"), "a notice is written `by: notice`, in `category: utility`"),
        (broken(parameters=BY_NAME["waiting_offer"].parameters), "values.until_day: the code fills first_name"),
        (broken(buttons=BY_NAME["waiting_offer"].buttons), "buttons.accept: what is tapped here is one of confirm"),
        (broken(wordings={"it": "Ciao"}), "words: there are none in en"),
        (broken(lifetime_s=None), "lifetime_s: a reminder or an offer needs an end"),
    ],
    ids=["absent", "category", "values", "buttons", "language", "lifetime"],
)
def test_a_file_that_does_not_fit_the_code_stops_the_start(templates: tuple[Template, ...], fault: str) -> None:
    with pytest.raises(TemplateError) as told:
        check_templates(templates, NAMED)

    assert fault in str(told.value)
