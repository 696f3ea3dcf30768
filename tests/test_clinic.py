"""The clinic's file: the example loads, every kind of fault is named with its line, and the hours are right on any day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clinic import (
    Approved,
    Clinic,
    ClinicError,
    Day,
    Emergency,
    Fault,
    Helpline,
    Insurer,
    Media,
    Opening,
    Practitioner,
    Prices,
    Retention,
    Service,
    Shift,
    Topic,
    Visit,
    closes_at,
    hours_on,
    is_open,
    load_clinic,
    opens_at,
    team_hours_on,
)
from bot.clinic.fields import Strict
from menus.model import Localized

EXAMPLE = Path(__file__).parent.parent / "clinic.example.yaml"
TODAY = date(2026, 11, 22)
POLYCLINIC = load_clinic(EXAMPLE, TODAY)
ROME = ZoneInfo("Europe/Rome")

SMALL = """\
name: Ambulatorio Prova
country: IT
zone: Europe/Rome
languages: [it, en]
privacy: strict
exceptions:
  - from: 2026-12-24
    to: 2026-12-26
    hours: closed
    reason: {it: Natale, en: Christmas}
places:
  uno:
    name: Sede Uno
    street: Via Inventata 1
    city: Bologna
    postcode: "40100"
    latitude: "44.49400"
    longitude: "11.34300"
    phone: +39 051 0000 100
    subdivision: BO
    parking: {it: Sì, en: Yes}
    transport: {it: Autobus, en: Bus}
    accessibility: {it: Rampa, en: Ramp}
    hours:
      monday: ["08:00-12:00", "14:00-18:00"]
      tuesday: ["08:00-12:00"]
      wednesday: ["08:00-12:00"]
      thursday: ["08:00-12:00"]
      friday: ["08:00-12:00"]
      saturday: closed
      sunday: closed
      holidays: closed
      exceptions:
        - on: 2026-12-08
          hours: ["09:00-11:00"]
          reason: {it: Vaccini, en: Vaccines}
        - on: 2026-12-26
          hours: ["10:00-11:00"]
          reason: {it: Turno, en: Duty}
teams:
  reception:
    name: {it: Accettazione, en: Reception}
    phone: +39 051 0000 100
    place: uno
    hours: {as: uno}
    answer_minutes: 15
  billing:
    name: {it: Amministrazione, en: Billing}
    phone: 051 0000 110
    place: uno
    hours: {as: uno}
    answer_minutes: 60
  nursing:
    name: {it: Infermieri, en: Nursing}
    phone: +39 051 0000 120
    place: uno
    hours: {as: uno}
    answer_minutes: 30
service_groups:
  visits: {it: Visite, en: Visits}
services:
  eye_visit:
    name: {it: Visita oculistica, en: Eye visit}
    group: visits
    places: [uno]
    preparation: {it: Niente lenti, en: No lenses}
insurers:
  prova:
    name: Mutua Prova
    agreements: {eye_visit: direct}
portal:
  hosts: [portale.prova.example]
  results: https://portale.prova.example/referti
emergency:
  numbers: ["112"]
  verified_on: 2026-11-20
  helplines:
    - name: Ascolto
      phone: 02 2327 2327
      kind: distress
      hours: {it: ore 9-24, en: 9-24}
      verified_on: 2026-11-20
retention:
  words: 60
  media: 7
  appointments: 30
  audit: 3650
  model: 30
  metrics: 400
media:
  sheet:
    kind: document
    link: https://portale.prova.example/foglio.pdf
    filename: foglio.pdf
    caption: {it: Foglio, en: Sheet}
    approved_by: Direzione
    review_by: 2027-11-20
prices:
  currency: EUR
  as_of: 2026-10-01
  free_service_messages: 1000
  per_message: {service: "0.03", utility: "0.03"}
"""

Write = Callable[[str], Path]
Change = tuple[str, str]
Told = tuple[int, str, str, str]  # line, path, fault, remedy


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a clinic's file and return its path."""

    def file(text: str) -> Path:
        path = tmp_path / "clinic.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return file


def changed(*changes: Change) -> str:
    """Return the small file with each first place of a text changed; a text that is not there is a mistake of the test."""
    text = SMALL
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    return text


def told(path: Path) -> list[Told]:
    """Return every fault of a file."""
    with pytest.raises(ClinicError) as raised:
        load_clinic(path, TODAY)
    return [(fault.line, fault.path, fault.fault, fault.remedy) for fault in raised.value.faults]


@pytest.fixture
def clinic(write: Write) -> Clinic:
    """A small clinic: one place, three teams that keep its hours."""
    return load_clinic(write(SMALL), TODAY)


# ------------------------------------------------------------------------------------------------- what is read


def test_the_example_loads_without_a_warning() -> None:
    example = load_clinic(EXAMPLE, TODAY)

    assert (example.languages, example.warnings) == (("it", "en", "es"), ())


def test_the_example_is_a_polyclinic_of_two_places_and_ten_services() -> None:
    example = load_clinic(EXAMPLE, TODAY)

    assert (tuple(example.places), len(example.services)) == (("centro", "fiera"), 10)


def test_the_whole_file_becomes_typed_facts(clinic: Clinic) -> None:
    rest = (clinic.services, clinic.insurers, clinic.emergency, clinic.retention, clinic.media, clinic.prices)

    assert rest == (
        {
            "eye_visit": Service(
                id="eye_visit",
                name=Localized((("it", "Visita oculistica"), ("en", "Eye visit"))),
                group="visits",
                places=("uno",),
                preparation=Localized((("it", "Niente lenti"), ("en", "No lenses"))),
            )
        },
        {"prova": Insurer("prova", "Mutua Prova", {"eye_visit": "direct"})},
        Emergency(
            numbers=("112",),
            verified_on=date(2026, 11, 20),
            helplines=(
                Helpline(
                    name="Ascolto",
                    phone="+39 02 2327 2327",
                    kind="distress",
                    hours=Localized((("it", "ore 9-24"), ("en", "9-24"))),
                    verified_on=date(2026, 11, 20),
                ),
            ),
        ),
        Retention(60, 7, 30, 3650, 30, 400),
        {
            "sheet": Media(
                id="sheet",
                kind="document",
                link="https://portale.prova.example/foglio.pdf",
                caption=Localized((("it", "Foglio"), ("en", "Sheet"))),
                approved_by="Direzione",
                review_by=date(2027, 11, 20),
                filename="foglio.pdf",
            )
        },
        Prices("EUR", date(2026, 10, 1), {"service": Decimal("0.03"), "utility": Decimal("0.03")}, 1000),
    )


def test_a_national_number_is_shown_in_international_form(clinic: Clinic) -> None:
    assert clinic.teams["billing"].phone == "+39 051 000 0110"


def test_a_short_helpline_number_is_shown_as_it_is_dialled(write: Write) -> None:
    path = write(changed(("phone: 02 2327 2327", 'phone: "1522"')))

    assert load_clinic(path, TODAY).emergency.helplines[0].phone == "1522"


def test_words_that_yaml_would_turn_into_something_else_stay_words(write: Write) -> None:
    path = write(changed(("name: Sede Uno", "name: no"), ("{it: Sì, en: Yes}", "{it: 10:30, en: 2026-01-01}")))

    place = load_clinic(path, TODAY).places["uno"]

    assert (place.name, place.parking) == ("no", Localized((("it", "10:30"), ("en", "2026-01-01"))))


def test_texts_of_a_language_to_come_stand_after_those_of_the_clinic(write: Write) -> None:
    path = write(changed(("{it: Sì, en: Yes}", "{es: Sí, en: Yes, it: Sì}")))

    assert load_clinic(path, TODAY).places["uno"].parking.texts == (("it", "Sì"), ("en", "Yes"), ("es", "Sí"))


def test_insurers_portal_media_prices_and_exceptions_may_be_left_out(write: Write) -> None:
    head, _, rest = SMALL.partition("insurers:")
    emergency = rest[rest.index("emergency:") : rest.index("media:\n  sheet")]
    clinic = load_clinic(write(head + emergency), TODAY)

    left_out = (
        clinic.insurers,
        clinic.portal_hosts,
        clinic.results_url,
        clinic.invoices_url,
        clinic.media,
        clinic.prices,
    )

    assert left_out == ({}, (), None, None, {}, None)


# ---------------------------------------------------------------------------------------------------------- by appointment

APPOINTMENT = (
    "    preparation: {it: Niente lenti, en: No lenses}",
    "    appointment: {minutes: 30, after: 10, per_day: 8}",
)
PEOPLE = """\
practitioners:
  neri:
    name: Dott.ssa Ada Neri
    services: [eye_visit]
    shifts:
      - {place: uno, days: [monday, wednesday], hours: ["09:00-12:00"]}
      - {place: uno, days: [friday], hours: ["09:00-12:00"], weeks: even, from: 2026-09-01, to: 2026-12-31, services: [eye_visit]}
"""


def with_people(*changes: Change) -> str:
    """Return the small file with a service that can be booked and somebody who gives it, and changes of them."""
    text = changed(APPOINTMENT).replace("insurers:\n", PEOPLE + "insurers:\n")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def test_who_gives_a_service_and_when_become_typed_facts(write: Write) -> None:
    clinic = load_clinic(write(with_people()), TODAY)

    morning = (Opening(time(9), time(12)),)
    even = Shift("uno", (4,), morning, "even", date(2026, 9, 1), date(2026, 12, 31), ("eye_visit",))
    assert clinic.services["eye_visit"].visit == Visit(30, after=10, per_day=8)
    assert clinic.practitioners == {
        "neri": Practitioner("neri", "Dott.ssa Ada Neri", ("eye_visit",), (Shift("uno", (0, 2), morning), even))
    }


@pytest.mark.parametrize(
    ("change", "path", "fault"),
    [
        (
            ("[eye_visit]\n    shifts", "[ear_visit]\n    shifts"),
            "practitioners.neri.services[0]",
            "there is no 'ear_visit'",
        ),
        (
            ("services: [eye_visit]}", "services: [x_ray]}"),
            "practitioners.neri.shifts[1].services[0]",
            "there is no 'x_ray'",
        ),
        (
            ("{place: uno, days: [friday]", "{place: due, days: [friday]"),
            "practitioners.neri.shifts[1].place",
            "there is no",
        ),
        (("days: [friday]", "days: [venerdì]"), "practitioners.neri.shifts[1].days[0]", "is not one of: monday"),
        (("days: [friday]", "days: [wednesday]"), "practitioners.neri.shifts[1].hours", "overlap another shift"),
        (("to: 2026-12-31", "to: 2026-08-31"), "practitioners.neri.shifts[1].to", "is before `from`"),
        (("minutes: 30", "minutes: 1"), "services.eye_visit.appointment.minutes", "from 5 to 480"),
        (
            ("    appointment: {minutes: 30, after: 10, per_day: 8}\n", ""),
            "practitioners",
            "not said how long it takes",
        ),
        ((PEOPLE, ""), "services.eye_visit.appointment", "nobody gives it"),
    ],
)
def test_a_calendar_that_cannot_be_kept_is_refused(write: Write, change: Change, path: str, fault: str) -> None:
    with pytest.raises(ClinicError) as refused:
        load_clinic(write(with_people(change)), TODAY)

    assert [(told.path, fault in told.fault) for told in refused.value.faults] == [(path, True)]


@pytest.mark.parametrize(
    ("clinic", "own", "kept"),
    [
        ("", "", (("7d", "72h", "24h"), None)),
        ("reminders: [24h, 72h]\n", "", (("72h", "24h"), None)),
        ("reminders: none\n", "    reminders: [24h]\n", ((), ("24h",))),
        ("", "    reminders: none\n", (("7d", "72h", "24h"), ())),
    ],
)
def test_when_patients_are_reminded_is_said_for_all_and_for_one(
    write: Write, clinic: str, own: str, kept: object
) -> None:
    text = with_people(("per_day: 8}\n", "per_day: 8}\n" + own)) + clinic

    read = load_clinic(write(text), TODAY)

    assert (read.reminders, read.services["eye_visit"].reminders) == kept


@pytest.mark.parametrize(
    ("written", "path", "fault"),
    [
        ("reminders: never\n", "reminders", "is neither `none` nor a list"),
        ("reminders: []\n", "reminders", "is neither `none` nor a list"),
        ("reminders: [48h]\n", "reminders[0]", "is not one of: 7d, 72h, 24h"),
        ("reminders: [24h, 24h]\n", "reminders[1]", "is there twice"),
    ],
)
def test_a_plan_of_reminders_that_cannot_be_is_refused(write: Write, written: str, path: str, fault: str) -> None:
    with pytest.raises(ClinicError) as refused:
        load_clinic(write(with_people() + written), TODAY)

    assert [(told.path, fault in told.fault) for told in refused.value.faults] == [(path, True)]


def test_shifts_of_other_weeks_or_other_months_do_not_meet(write: Write) -> None:
    text = with_people(
        ("days: [monday, wednesday]", "days: [friday]"), ('"09:00-12:00"]}', '"09:00-12:00"], weeks: odd}')
    )

    assert len(load_clinic(write(text), TODAY).practitioners["neri"].shifts) == 2


def test_the_facts_cannot_be_changed(clinic: Clinic) -> None:
    with pytest.raises(TypeError):
        clinic.teams["other"] = clinic.teams["billing"]  # type: ignore[index]


ANSWER = "{title: {it: Wifi, en: Wifi}, answer: {it: Sì, en: Yes}, approved_by: Direzione, review_by: 2027-11-20}"
TOPIC = f"{{name: {{it: In sede, en: Here}}, answers: {{wifi: {ANSWER}}}}}"


def with_answers(*changes: Change) -> str:
    """Return the small file with one topic of questions, one of tips and one fact about paying, and changes of them."""
    text = f"billing:\n  paying: {ANSWER}\nfaq:\n  here: {TOPIC}\ntips:\n  sleep: {TOPIC}\n"
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    return SMALL + text


def test_approved_answers_become_topics_and_facts(write: Write) -> None:
    clinic = load_clinic(write(with_answers()), TODAY)

    title = Localized((("it", "Wifi"), ("en", "Wifi")))
    yes = Localized((("it", "Sì"), ("en", "Yes")))
    wifi = Approved("wifi", title, yes, "Direzione", date(2027, 11, 20))
    here = Localized((("it", "In sede"), ("en", "Here")))
    assert clinic.billing == {"paying": replace(wifi, id="paying")}
    assert clinic.faq == {"here": Topic("here", here, {"wifi": wifi})}
    assert clinic.tips == {"sleep": Topic("sleep", here, {"wifi": wifi})}


@pytest.mark.parametrize(
    ("change", "path", "fault"),
    [
        (("approved_by: Direzione, ", ""), "billing.paying.approved_by", "is missing"),
        (("review_by: 2027-11-20", "review_by: soon"), "billing.paying.review_by", "'soon' is not a date"),
        (("title: {it: Wifi, ", "title: {"), "billing.paying.title.it", "is missing"),
        (
            ("answer: {it: Sì, ", f"answer: {{it: {'a' * 901}, "),
            "billing.paying.answer.it",
            "has 901 characters, 900 are allowed",
        ),
        (
            ("title: {it: Wifi, ", f"title: {{it: {'a' * 25}, "),
            "billing.paying.title.it",
            "has 25 characters, 24 are allowed",
        ),
        (("answers: {wifi", "answer: {wifi"), "faq.here.answer", "this key is not known here"),
        (
            (f"{{wifi: {ANSWER}}}", f"{{wifi: {ANSWER}, wlan: {ANSWER}}}"),
            "faq.here.answers.wlan.title",
            "is the same as that of wifi",
        ),
    ],
)
def test_a_fault_of_an_approved_answer_is_named(write: Write, change: Change, path: str, fault: str) -> None:
    found = told(write(with_answers(change)))

    assert (path, fault) in [(where, what) for _, where, what, _ in found]


def test_an_answer_whose_review_is_overdue_is_a_warning(write: Write) -> None:
    late = date(2027, 11, 21)

    warnings = load_clinic(write(with_answers()), late).warnings

    due = "its review was due on 2027-11-20: it is not sent before a new date"
    wheres = ("tips.sleep.answers.wifi", "faq.here.answers.wifi", "billing.paying")
    assert set(warnings) >= {f"{where}: {due}" for where in wheres}


def test_numbers_checked_more_than_a_year_ago_and_overdue_media_are_warnings(write: Write) -> None:
    path = write(
        changed(
            ("  verified_on: 2026-11-20", "  verified_on: 2025-11-21"),
            ("      verified_on: 2026-11-20", "      verified_on: 2025-11-22"),
            ("review_by: 2027-11-20", "review_by: 2026-11-21"),
        )
    )

    assert load_clinic(path, TODAY).warnings == (
        "emergency: last checked on 2025-11-21, more than a year ago: call the number and renew the date",
        "media.sheet: its review was due on 2026-11-21: it is not sent before a new date",
    )


# --------------------------------------------------------------------------------------------------- what is wrong


def case(name: str, change: Change, *expected: Told) -> object:
    """Return one kind of fault: what is changed in the small file, and every fault that follows."""
    return pytest.param(change, list(expected), id=name)


FAULTS = [
    case(
        "a key nobody knows",
        ("    phone: +39 051 0000 100\n    subdivision", "    fone: +39 051 0000 100\n    subdivision"),
        (12, "places.uno.phone", "is missing", "add it"),
        (19, "places.uno.fone", "this key is not known here", "write 'phone', or remove it"),
    ),
    case(
        "a key far from any other",
        ("privacy: strict", "privacy: strict\nwobble: 3"),
        (
            6,
            "wobble",
            "this key is not known here",
            "remove it",
        ),
    ),
    case("a missing section", ("privacy: strict\n", ""), (1, "privacy", "is missing", "add it")),
    case(
        "a key without a value",
        ("name: Ambulatorio Prova", "name:"),
        (1, "name", "is empty", "fill it in, or remove the line"),
    ),
    case(
        "a group where one value belongs",
        ("name: Ambulatorio Prova", "name: {it: Prova}"),
        (1, "name", "is a list or a group of keys", "write one value"),
    ),
    case(
        "one value where a group belongs",
        (
            "retention:\n  words: 60\n  media: 7\n  appointments: 30\n  audit: 3650\n  model: 30\n  metrics: 400",
            "retention: 60",
        ),
        (83, "retention", "is not a group of keys", "write `key: value` lines under it, indented"),
    ),
    case(
        "one value where a list belongs",
        ("languages: [it, en]", "languages: it"),
        (4, "languages", "is not a list", "write each item on a line of its own, after `- `"),
    ),
    case(
        "an empty list",
        ('numbers: ["112"]', "numbers: []"),
        (75, "emergency.numbers", "is empty", "write at least one item"),
    ),
    case(
        "an item twice in a list",
        ("places: [uno]", "places: [uno, uno]"),
        (65, "services.eye_visit.places[1]", "is there twice", "remove it"),
    ),
    case(
        "a key written twice",
        ("zone: Europe/Rome", "zone: Europe/Rome\nzone: Europe/Paris"),
        (4, "zone", "is written twice, first on line 3", "keep one of the two"),
    ),
    case(
        "a colon missing",
        ("privacy: strict\n", "privacy strict\n"),
        (
            6,
            "",
            "this is not YAML: could not find expected ':'",
            "correct the writing here or on the line above: indents, colons, quotes",
        ),
    ),
    case(
        "a tab",
        ("privacy: strict\n", "privacy:\n\tstrict\n"),
        (
            6,
            "",
            "this is not YAML: found character '\\t' that cannot start any token",
            "correct the writing here or on the line above: indents, colons, quotes",
        ),
    ),
    case(
        "an alias that contains itself",
        ("languages: [it, en]", "languages: &a [it, en, *a]"),
        (4, "languages[2]", "this alias contains itself", "write the values out"),
        (4, "languages[2]", "is empty", "fill it in, or remove the line"),
    ),
    case(
        "a list as a key",
        ("privacy: strict", "privacy: strict\n[a, b]: c"),
        (
            6,
            "?",
            "this key is not known here",
            "remove it",
        ),
    ),
    case(
        "a country in words",
        ("country: IT", "country: Italy"),
        (2, "country", "'Italy' is not a country", "write the two capital letters of ISO 3166, as in IT"),
    ),
    case(
        "a subdivision of another country",
        ("subdivision: BO", "subdivision: BY"),
        (
            20,
            "places.uno.subdivision",
            "'BY' is not a subdivision of IT",
            "write its ISO 3166-2 code without the country, as in BO",
        ),
    ),
    case(
        "a zone nobody knows",
        ("zone: Europe/Rome", "zone: Europe/Roma"),
        (3, "zone", "'Europe/Roma' is not a time zone", "write an IANA name, as in Europe/Rome"),
    ),
    case("a missing zone", ("zone: Europe/Rome\n", ""), (1, "zone", "is missing", "add it")),
    case(
        "a language in words",
        ("languages: [it, en]", "languages: [it, english]"),
        (4, "languages[1]", "'english' is not a language", "write its ISO 639 code in small letters, as in it, en, es"),
    ),
    case(
        "a privacy nobody knows",
        ("privacy: strict", "privacy: open"),
        (5, "privacy", "'open' is not one of: strict, named", "write one of them"),
    ),
    case(
        "a text that lacks a language",
        ("{it: Sì, en: Yes}", "{it: Sì}"),
        (21, "places.uno.parking.en", "is missing", "say it in this language too"),
    ),
    case(
        "a text that is not said per language",
        ("{it: Sì, en: Yes}", "Sì"),
        (
            21,
            "places.uno.parking",
            "is not said per language",
            "write a line for each language under it, as in `it: ...`",
        ),
    ),
    case(
        "a text in an unknown language",
        ("{it: Sì, en: Yes}", "{it: Sì, en: Yes, engl: Yes}"),
        (
            21,
            "places.uno.parking.engl",
            "'engl' is not a language",
            "write its ISO 639 code in small letters, as in it, en, es",
        ),
    ),
    case(
        "an empty text",
        ("{it: Sì, en: Yes}", "{it: '', en: Yes}"),
        (21, "places.uno.parking.it", "is empty", "fill it in, or remove the line"),
    ),
    case(
        "a name longer than a row",
        ("en: Reception", "en: Reception and information desk"),
        (42, "teams.reception.name.en", "has 30 characters, 24 are allowed", "shorten it by 6"),
    ),
    case(
        "an emoji, which may count twice, at the end of a full row",
        ("en: Reception", "en: Reception and the desk \U0001f600"),
        (42, "teams.reception.name.en", "has 25 characters, 24 are allowed", "shorten it by 1"),
    ),
    case(
        "an emoji written as two codes, which no phone can show",
        ("en: Reception", 'en: "Reception \\ud83d\\ude00"'),
        (
            42,
            "teams.reception.name.en",
            "holds a character that cannot be shown",
            "write the characters themselves, not their codes",
        ),
    ),
    case(
        "half a character in a key",
        ("privacy: strict", 'privacy: strict\n"\\ud83d": x'),
        (
            6,
            "\\ud83d",
            "this key is not known here",
            "remove it",
        ),
    ),
    case(
        "a name on two lines",
        ("name: Sede Uno", 'name: "Sede\\nUno"'),
        (13, "places.uno.name", "has several lines", "write it on one line"),
    ),
    case(
        "an address longer than a row's description",
        ("street: Via Inventata 1", "street: Via dei Fondatori e delle Fondatrici della Repubblica Inventata 100"),
        (14, "places.uno.street", "has 76 characters with the city, 72 are allowed", "shorten it by 4"),
    ),
    case(
        "a text longer than its bubble",
        ("{it: Niente lenti, en: No lenses}", f"{{it: Niente lenti, en: {601 * 'x'}}}"),
        (66, "services.eye_visit.preparation.en", "has 601 characters, 600 are allowed", "shorten it by 1"),
    ),
    case(
        "two things of one name",
        (
            "  billing:\n    name: {it: Amministrazione, en: Billing}",
            "  billing:\n    name: {it: Amministrazione, en: reception}",
        ),
        (48, "teams.billing.name", "is the same as that of reception", "give each a name of its own"),
    ),
    case(
        "an id with capitals",
        ("  eye_visit:", "  Eye-Visit:"),
        (
            62,
            "services.Eye-Visit",
            "'Eye-Visit' is not an id",
            "use small letters, digits and _, a letter first, 30 at most, as in `x_ray`",
        ),
        (70, "insurers.prova.agreements.eye_visit", "there is no 'eye_visit' under services", "add it there"),
    ),
    case(
        "a phone that is not one",
        ("phone: 051 0000 110", "phone: 051"),
        (
            49,
            "teams.billing.phone",
            "'051' is not a telephone number",
            "write it whole with its country code, as in +39 051 0000 100",
        ),
    ),
    case(
        "a short number for a team",
        ("phone: 051 0000 110", 'phone: "112"'),
        (
            49,
            "teams.billing.phone",
            "'112' is not a telephone number",
            "write it whole with its country code, as in +39 051 0000 100",
        ),
    ),
    case(
        "a point off the globe",
        ('latitude: "44.49400"', 'latitude: "94.49400"'),
        (
            17,
            "places.uno.latitude",
            "'94.49400' is not between -90 and 90 with 3 to 8 decimals",
            "write decimal degrees with a point, as in 44.49381",
        ),
    ),
    case(
        "a point with a comma",
        ('longitude: "11.34300"', 'longitude: "11,343"'),
        (
            18,
            "places.uno.longitude",
            "'11,343' is not between -180 and 180 with 3 to 8 decimals",
            "write decimal degrees with a point, as in 44.49381",
        ),
    ),
    case("a weekday left out", ("      sunday: closed\n", ""), (24, "places.uno.hours.sunday", "is missing", "add it")),
    case(
        "hours that are neither closed nor a list",
        ("      sunday: closed", "      sunday: never"),
        (
            31,
            "places.uno.hours.sunday",
            "is neither `closed` nor a list of intervals",
            'write closed, or as in ["08:30-13:00"]',
        ),
    ),
    case(
        "an interval without minutes",
        ('tuesday: ["08:00-12:00"]', 'tuesday: ["8-12"]'),
        (
            26,
            "places.uno.hours.tuesday[0]",
            "'8-12' is not an interval",
            'write hours and minutes, as in "08:30-13:00"',
        ),
    ),
    case(
        "an hour that does not exist",
        ('tuesday: ["08:00-12:00"]', 'tuesday: ["08:00-12:60"]'),
        (
            26,
            "places.uno.hours.tuesday[0]",
            "'08:00-12:60' is not an interval",
            'write hours and minutes, as in "08:30-13:00"',
        ),
    ),
    case(
        "an interval across midnight",
        ('tuesday: ["08:00-12:00"]', 'tuesday: ["20:00-02:00"]'),
        (
            26,
            "places.uno.hours.tuesday[0]",
            "'20:00-02:00' ends before it begins, or crosses midnight",
            "end it at 24:00 and write the rest on the next day",
        ),
    ),
    case(
        "intervals that overlap",
        ('monday: ["08:00-12:00", "14:00-18:00"]', 'monday: ["08:00-14:30", "14:00-24:00"]'),
        (25, "places.uno.hours.monday[1]", "overlaps 08:00-14:30", "join the two intervals, or move one"),
    ),
    case(
        "holidays that are neither",
        ("      holidays: closed", "      holidays: sometimes"),
        (32, "places.uno.hours.holidays", "'sometimes' is not one of: closed, open", "write one of them"),
    ),
    case(
        "an exception without days",
        ("        - on: 2026-12-08\n          hours", "        - hours"),
        (34, "places.uno.hours.exceptions[0]", "does not say which days", "write either `on`, or `from` and `to`"),
    ),
    case(
        "an exception with half a range",
        ("  - from: 2026-12-24\n    to: 2026-12-26\n", "  - from: 2026-12-24\n"),
        (7, "exceptions[0]", "does not say which days", "write either `on`, or `from` and `to`"),
    ),
    case(
        "an exception that ends before it begins",
        ("    to: 2026-12-26", "    to: 2026-12-23"),
        (8, "exceptions[0].to", "is before `from`", "put the earlier day first"),
    ),
    case(
        "an exception without a reason",
        ("          reason: {it: Vaccini, en: Vaccines}\n", ""),
        (34, "places.uno.hours.exceptions[0].reason", "is missing", "add it"),
    ),
    case(
        "an exception without hours",
        ("    hours: closed\n    reason", "    reason"),
        (7, "exceptions[0].hours", "is missing", "add it"),
    ),
    case(
        "exceptions on the same day",
        ("        - on: 2026-12-26", "        - on: 2026-12-08"),
        (
            37,
            "places.uno.hours.exceptions[1]",
            "another one speaks of days of this one (2026-12-08 to 2026-12-08)",
            "keep one of the two",
        ),
    ),
    case(
        "a day that does not exist",
        ("on: 2026-12-08", "on: 2026-02-30"),
        (
            34,
            "places.uno.hours.exceptions[0].on",
            "'2026-02-30' is not a date",
            "write year-month-day, as in 2026-12-24",
        ),
    ),
    case(
        "a day written the other way round",
        ("on: 2026-12-08", "on: 08/12/2026"),
        (
            34,
            "places.uno.hours.exceptions[0].on",
            "'08/12/2026' is not a date",
            "write year-month-day, as in 2026-12-24",
        ),
    ),
    case(
        "a team that must be there",
        ("  nursing:\n    name: {it: Infermieri, en: Nursing}", "  nurses:\n    name: {it: Infermieri, en: Nursing}"),
        (40, "teams.nursing", "is missing", "add it"),
    ),
    case(
        "a team at a place that is not there",
        (
            "    place: uno\n    hours: {as: uno}\n    answer_minutes: 60",
            "    place: due\n    hours: {as: uno}\n    answer_minutes: 60",
        ),
        (50, "teams.billing.place", "there is no 'due' under places", "write 'uno', or add it there"),
    ),
    case(
        "the hours of a place that is not there",
        ("hours: {as: uno}\n    answer_minutes: 60", "hours: {as: unu}\n    answer_minutes: 60"),
        (51, "teams.billing.hours.as", "there is no 'unu' under places", "write 'uno', or add it there"),
    ),
    case(
        "hours of a place and own hours together",
        ("hours: {as: uno}\n    answer_minutes: 60", "hours: {as: uno, monday: closed}\n    answer_minutes: 60"),
        (51, "teams.billing.hours.monday", "this key is not known here", "remove it"),
    ),
    case(
        "a team's own week that is not whole",
        (
            "hours: {as: uno}\n    answer_minutes: 60",
            "hours: {monday: closed, tuesday: closed, wednesday: closed, thursday: closed, friday: closed, "
            "saturday: closed}\n    answer_minutes: 60",
        ),
        (51, "teams.billing.hours.holidays", "is missing", "add it"),
        (51, "teams.billing.hours.sunday", "is missing", "add it"),
    ),
    case(
        "minutes in words",
        ("answer_minutes: 15", "answer_minutes: soon"),
        (46, "teams.reception.answer_minutes", "'soon' is not a whole number from 1 to 2880", "write digits only"),
    ),
    case(
        "a group that is not there",
        ("group: visits", "group: visit"),
        (64, "services.eye_visit.group", "there is no 'visit' under service_groups", "write 'visits', or add it there"),
    ),
    case(
        "an agreement on a service that is not there",
        ("agreements: {eye_visit: direct}", "agreements: {ear_visit: direct}"),
        (
            70,
            "insurers.prova.agreements.ear_visit",
            "there is no 'ear_visit' under services",
            "write 'eye_visit', or add it there",
        ),
    ),
    case(
        "an agreement of another kind",
        ("agreements: {eye_visit: direct}", "agreements: {eye_visit: free}"),
        (70, "insurers.prova.agreements.eye_visit", "'free' is not one of: direct, indirect", "write one of them"),
    ),
    case(
        "a host with its scheme",
        ("hosts: [portale.prova.example]", "hosts: [https://portale.prova.example]"),
        (
            72,
            "portal.hosts[0]",
            "'https://portale.prova.example' is not a host",
            "write the name only, in small letters, as in portal.clinic.example",
        ),
    ),
    case(
        "a portal page on another host",
        (
            "results: https://portale.prova.example/referti",
            "results: https://portale.prova.example.evil.example/referti",
        ),
        (
            73,
            "portal.results",
            "'portale.prova.example.evil.example' is not on the list of portal hosts",
            "correct the link, or add the host under portal.hosts",
        ),
    ),
    case(
        "a portal page without https",
        ("results: https://portale.prova.example/referti", "results: http://portale.prova.example/referti"),
        (
            73,
            "portal.results",
            "'http://portale.prova.example/referti' is not a secure link",
            "write it whole, as in https://portal.clinic.example/results",
        ),
    ),
    case(
        "a link with a user in it",
        (
            "link: https://portale.prova.example/foglio.pdf",
            "link: https://portale.prova.example@evil.example/foglio.pdf",
        ),
        (
            93,
            "media.sheet.link",
            "'https://portale.prova.example@evil.example/foglio.pdf' is not a secure link",
            "write it whole, as in https://portal.clinic.example/results",
        ),
    ),
    case(
        "an emergency number of another country",
        ('numbers: ["112"]', 'numbers: ["112", "911"]'),
        (
            75,
            "emergency.numbers[1]",
            "'911' is not an emergency number in IT",
            "write the number the state names, as in 112",
        ),
    ),
    case(
        "a date of verification left out",
        ("  verified_on: 2026-11-20\n", ""),
        (74, "emergency.verified_on", "is missing", "add it"),
    ),
    case(
        "a date of verification in the future",
        ("  verified_on: 2026-11-20", "  verified_on: 2026-11-23"),
        (76, "emergency.verified_on", "2026-11-23 is in the future", "write the day on which somebody last checked it"),
    ),
    case(
        "a helpline never checked",
        ("{it: ore 9-24, en: 9-24}\n      verified_on: 2026-11-20", "{it: ore 9-24, en: 9-24}"),
        (78, "emergency.helplines[0].verified_on", "is missing", "add it"),
    ),
    case(
        "a helpline of another kind",
        ("kind: distress", "kind: sadness"),
        (80, "emergency.helplines[0].kind", "'sadness' is not one of: distress, violence, minors", "write one of them"),
    ),
    case(
        "no helpline for distress",
        ("kind: distress", "kind: minors"),
        (
            77,
            "emergency.helplines",
            "none is of kind distress",
            "add one: whoever writes in despair is told its number",
        ),
    ),
    case(
        "a helpline number that is not one",
        ("phone: 02 2327 2327", 'phone: "12"'),
        (
            79,
            "emergency.helplines[0].phone",
            "'12' is not a telephone number",
            "write it whole with its country code, as in +39 051 0000 100",
        ),
    ),
    case(
        "days in words",
        ("  media: 7\n", "  media: a week\n"),
        (85, "retention.media", "'a week' is not a whole number from 1 to 4000", "write digits only"),
    ),
    case(
        "days for ever",
        ("  words: 60", "  words: 4001"),
        (84, "retention.words", "'4001' is not a whole number from 1 to 4000", "write digits only"),
    ),
    case("a class of data left out", ("  model: 30\n", ""), (83, "retention.model", "is missing", "add it")),
    case(
        "a document without a file name",
        ("    filename: foglio.pdf\n", ""),
        (91, "media.sheet.filename", "is missing", "add it: WhatsApp shows it, as in Preparation.pdf"),
    ),
    case(
        "an image with a file name",
        ("kind: document", "kind: image"),
        (94, "media.sheet.filename", "has no place in kind image", "remove it"),
    ),
    case(
        "a medium without an approver",
        ("    approved_by: Direzione\n", ""),
        (91, "media.sheet.approved_by", "is missing", "add it"),
    ),
    case(
        "a price with a comma",
        ('service: "0.03"', 'service: "0,03"'),
        (
            102,
            "prices.per_message.service",
            "'0,03' is not a price per message",
            "write it with a decimal point, as in 0.0300",
        ),
    ),
    case(
        "a category of price nobody knows",
        ('service: "0.03"', 'servce: "0.03"'),
        (
            102,
            "prices.per_message.servce",
            "'servce' is not one of: service, utility, marketing, authentication",
            "write one of them",
        ),
    ),
    case(
        "a currency in words",
        ("currency: EUR", "currency: Euro"),
        (99, "prices.currency", "'Euro' is not a currency", "write the three capital letters of ISO 4217, as in EUR"),
    ),
]


@pytest.mark.parametrize(("change", "expected"), FAULTS)
def test_a_fault_is_named_with_its_line_and_its_remedy(write: Write, change: Change, expected: list[Told]) -> None:
    path = write(changed(change))

    assert told(path) == expected


def test_every_fault_of_a_file_is_told_at_once_in_the_order_of_its_lines(write: Write) -> None:
    path = write(
        changed(
            ("country: IT", "country: Italy"),
            ("zone: Europe/Rome\n", ""),
            ("{it: Sì, en: Yes}", "{it: Sì}"),
            ('tuesday: ["08:00-12:00"]', 'tuesday: ["12:00-08:00"]'),
            ("        - on: 2026-12-26", "        - on: 2026-12-08"),
            ("  nursing:", "  nurses:"),
            ("kind: document", "kind: image"),
            ("currency: EUR", "currency: EUR\n  currency: USD"),
        )
    )

    with pytest.raises(ClinicError) as raised:
        load_clinic(path, TODAY)

    assert str(raised.value).replace(str(path), "clinic.yaml").splitlines() == [
        "clinic.yaml:1: zone: is missing; add it",
        "clinic.yaml:2: country: 'Italy' is not a country; write the two capital letters of ISO 3166, as in IT",
        "clinic.yaml:20: places.uno.parking.en: is missing; say it in this language too",
        "clinic.yaml:25: places.uno.hours.tuesday[0]: '12:00-08:00' ends before it begins, or crosses midnight; "
        "end it at 24:00 and write the rest on the next day",
        "clinic.yaml:36: places.uno.hours.exceptions[1]: another one speaks of days of this one "
        "(2026-12-08 to 2026-12-08); keep one of the two",
        "clinic.yaml:39: teams.nursing: is missing; add it",
        "clinic.yaml:93: media.sheet.filename: has no place in kind image; remove it",
        "clinic.yaml:99: prices.currency: is written twice, first on line 98; keep one of the two",
    ]


def test_an_empty_file_is_told(write: Write) -> None:
    path = write("# nothing yet\n")

    assert told(path) == [(1, "", "is not a group of keys", "write `key: value` lines under it, indented")]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = tmp_path / "clinic.yaml"

    assert told(path) == [
        (1, "", "the file cannot be read: No such file or directory", "let CLINIC_FILE name the file")
    ]


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "clinic.yaml"
    path.write_bytes("name: Città".encode("latin-1"))

    assert told(path) == [(1, "", "the file cannot be read: it is not written in UTF-8", "save it as UTF-8")]


def test_a_character_that_yaml_does_not_allow_is_told_with_its_line(write: Write) -> None:
    path = write(changed(("privacy: strict", "privacy: \x00strict")))

    remedy = "correct the writing here or on the line above: indents, colons, quotes"
    assert told(path) == [(5, "", "this is not YAML: it holds a character that is not allowed", remedy)]


JUNK = [
    "",
    "x",
    "x:",
    "- x",
    "x: [",
    "  x: y",
    "? x",
    "&a",
    "*a",
    "{}",
    "[]: x",
    "'",
    "112",
    "2026-13-01",
    "closed",
    "\t",
    "\U0001f600",
]


@settings(deadline=None)
@given(
    line=st.integers(0, SMALL.count("\n") - 1), cut=st.integers(0, 60), junk=st.sampled_from(JUNK), rest=st.booleans()
)
def test_a_line_spoilt_anywhere_is_a_clinic_or_faults_with_lines(line: int, cut: int, junk: str, rest: bool) -> None:
    lines = SMALL.splitlines()
    kept = lines[line + 1 :] if rest else []
    spoilt = "\n".join([*lines[:line], lines[line][:cut] + junk, *kept])

    with TemporaryDirectory() as folder:
        path = Path(folder) / "clinic.yaml"
        path.write_text(spoilt, encoding="utf-8")
        found = loaded_or_faults(path)

    assert isinstance(found, Clinic) or all(0 < fault.line <= len(lines) + 1 and fault.remedy for fault in found)


def loaded_or_faults(path: Path) -> Clinic | tuple[Fault, ...]:
    """Return the clinic or its faults; anything else that is raised is a mistake of ours."""
    try:
        return load_clinic(path, TODAY)
    except ClinicError as error:
        return error.faults


# ------------------------------------------------------------------------------------------------ hours of a day


def test_an_ordinary_day_has_its_weekday_s_hours_and_no_note(clinic: Clinic) -> None:
    day = hours_on(clinic, "uno", date(2026, 11, 23))

    assert day == Day(date(2026, 11, 23), (Opening(time(8), time(12)), Opening(time(14), time(18))))


def test_a_public_holiday_is_closed_and_named_in_each_language(clinic: Clinic) -> None:
    day = hours_on(clinic, "uno", date(2026, 6, 2))

    assert day == Day(date(2026, 6, 2), (), Localized((("it", "Festa della Repubblica"), ("en", "Republic Day"))))


def test_a_holiday_is_named_in_the_country_s_own_language_where_the_library_lacks_one(write: Write) -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace("languages: [it, en, es]", "languages: [es, en]")

    day = hours_on(load_clinic(write(text), TODAY), "centro", date(2026, 6, 2))

    assert day.note == Localized((("es", "Festa della Repubblica"), ("en", "Republic Day")))


def test_the_patron_saint_s_day_of_the_place_s_town_is_a_holiday(clinic: Clinic) -> None:
    day = hours_on(clinic, "uno", date(2024, 10, 4))  # a Friday, and not yet a national holiday

    assert day == Day(date(2024, 10, 4), (), Localized((("it", "San Petronio"), ("en", "Saint Petronius's Day"))))


def test_a_place_that_works_on_holidays_has_ordinary_hours(write: Write) -> None:
    clinic = load_clinic(write(changed(("holidays: closed", "holidays: open"))), TODAY)

    day = hours_on(clinic, "uno", date(2026, 6, 2))

    assert day == Day(date(2026, 6, 2), (Opening(time(8), time(12)),))


def test_an_exception_overrules_a_holiday(clinic: Clinic) -> None:
    day = hours_on(clinic, "uno", date(2026, 12, 8))

    note = Localized((("it", "Vaccini"), ("en", "Vaccines")))
    assert day == Day(date(2026, 12, 8), (Opening(time(9), time(11)),), note)


def test_an_exception_of_the_clinic_overrules_a_holiday(clinic: Clinic) -> None:
    day = hours_on(clinic, "uno", date(2026, 12, 25))

    assert day == Day(date(2026, 12, 25), (), Localized((("it", "Natale"), ("en", "Christmas"))))


def test_an_exception_of_the_place_overrules_one_of_the_clinic(clinic: Clinic) -> None:
    day = hours_on(clinic, "uno", date(2026, 12, 26))

    assert day == Day(date(2026, 12, 26), (Opening(time(10), time(11)),), Localized((("it", "Turno"), ("en", "Duty"))))


def test_intervals_are_told_in_the_order_of_the_day(write: Write) -> None:
    clinic = load_clinic(write(changed(('["08:00-12:00", "14:00-18:00"]', '["14:00-18:00", "08:00-12:00"]'))), TODAY)

    day = hours_on(clinic, "uno", date(2026, 11, 23))

    assert day.openings == (Opening(time(8), time(12)), Opening(time(14), time(18)))


def test_a_team_keeps_the_hours_of_its_place(clinic: Clinic) -> None:
    day = team_hours_on(clinic, "reception", date(2026, 12, 8))

    assert day == hours_on(clinic, "uno", date(2026, 12, 8))


def test_a_team_with_its_own_week_still_closes_when_the_clinic_does() -> None:
    example = load_clinic(EXAMPLE, TODAY)

    days = [
        team_hours_on(example, "nursing", date(2026, 12, 24)),
        team_hours_on(example, "nursing", date(2026, 12, 23)),
    ]

    assert [bool(day.openings) for day in days] == [False, True]


# --------------------------------------------------------------------------------------------------- open or when


def rome(year: int, month: int, day: int, hour: int, minute: int = 0, fold: int = 0) -> datetime:
    """Return an instant on Rome's clock."""
    return datetime(year, month, day, hour, minute, tzinfo=ROME, fold=fold)


def with_sunday(write: Write, *intervals: str) -> Clinic:
    """Return the small clinic with hours on Sundays, the days on which clocks change."""
    listed = ", ".join(f'"{interval}"' for interval in intervals)
    return load_clinic(
        write(changed(("sunday: closed", f"sunday: [{listed}]"), ("holidays: closed", "holidays: open"))), TODAY
    )


def test_a_team_is_open_from_the_first_minute_and_not_in_the_last(clinic: Clinic) -> None:
    instants = [rome(2026, 11, 23, 7, 59), rome(2026, 11, 23, 8), rome(2026, 11, 23, 11, 59), rome(2026, 11, 23, 12)]

    assert [is_open(clinic, "reception", at) for at in instants] == [False, True, True, False]


def test_the_asker_s_clock_does_not_matter(clinic: Clinic) -> None:
    at = datetime(2026, 11, 23, 16, 30, tzinfo=ZoneInfo("Asia/Tokyo"))  # 8:30 in Rome

    assert (is_open(clinic, "reception", at), closes_at(clinic, "reception", at)) == (True, rome(2026, 11, 23, 12))


def test_an_instant_without_a_zone_is_refused(clinic: Clinic) -> None:
    with pytest.raises(ValueError, match="aware"):
        is_open(clinic, "reception", datetime(2026, 11, 23, 9))  # noqa: DTZ001


def test_the_next_opening_skips_the_weekend(clinic: Clinic) -> None:
    assert opens_at(clinic, "reception", rome(2026, 11, 20, 13)) == rome(2026, 11, 23, 8)


def test_the_next_opening_of_a_team_that_is_open_is_the_one_after_the_break(clinic: Clinic) -> None:
    assert opens_at(clinic, "reception", rome(2026, 11, 23, 9)) == rome(2026, 11, 23, 14)


def test_times_are_told_on_the_clinic_s_clock(clinic: Clinic) -> None:
    opening = opens_at(clinic, "reception", datetime(2026, 11, 20, 13, tzinfo=UTC))

    assert opening is not None
    assert (opening.tzinfo, opening.hour) == (ROME, 8)


def test_a_closed_team_does_not_close(clinic: Clinic) -> None:
    assert closes_at(clinic, "reception", rome(2026, 11, 23, 13)) is None


def test_a_closure_of_more_than_thirty_days_has_no_next_opening(write: Write) -> None:
    clinic = load_clinic(
        write(changed(("to: 2026-12-26", "to: 2027-02-26"), ("        - on: 2026-12-26", "        - on: 2026-12-09"))),
        TODAY,
    )

    assert opens_at(clinic, "reception", rome(2026, 12, 24, 9)) is None


def test_hours_around_midnight_are_one_opening(write: Write) -> None:
    clinic = load_clinic(
        write(changed(("sunday: closed", 'sunday: ["20:00-24:00"]'), ('monday: ["08:00', 'monday: ["00:00'))), TODAY
    )

    assert closes_at(clinic, "reception", rome(2026, 11, 22, 21)) == rome(2026, 11, 23, 12)


def test_a_team_that_never_closes_has_neither_a_closing_nor_an_opening(write: Write) -> None:
    always = changed(("holidays: closed", "holidays: open"), ("    hours: closed", '    hours: ["00:00-24:00"]'))
    for hours in ('"08:00-12:00", "14:00-18:00"', '"08:00-12:00"', '"09:00-11:00"', '"10:00-11:00"'):
        always = always.replace(f"[{hours}]", '["00:00-24:00"]')
    clinic = load_clinic(write(always.replace(": closed\n", ': ["00:00-24:00"]\n')), TODAY)
    at = rome(2026, 11, 23, 9)

    answers = (is_open(clinic, "reception", at), closes_at(clinic, "reception", at), opens_at(clinic, "reception", at))

    assert answers == (True, None, None)


def test_on_the_day_of_23_hours_an_opening_is_an_hour_shorter(write: Write) -> None:
    clinic = with_sunday(write, "00:00-08:00")

    closing = closes_at(clinic, "reception", rome(2026, 3, 29, 1))

    assert closing is not None
    assert (closing.hour, closing.astimezone(UTC) - rome(2026, 3, 29, 0).astimezone(UTC)) == (8, timedelta(hours=7))


def test_on_the_day_of_25_hours_an_opening_is_an_hour_longer(write: Write) -> None:
    clinic = with_sunday(write, "00:00-08:00")

    closing = closes_at(clinic, "reception", rome(2026, 10, 25, 2, 30, fold=1))

    assert closing is not None
    assert (closing.hour, closing.astimezone(UTC) - rome(2026, 10, 25, 0).astimezone(UTC)) == (8, timedelta(hours=9))


def test_hours_that_the_clock_skips_do_not_exist(write: Write) -> None:
    clinic = with_sunday(write, "02:00-03:00")

    assert opens_at(clinic, "reception", rome(2026, 3, 28, 12)) == rome(2026, 3, 30, 8)


def test_an_opening_in_the_hour_that_comes_twice_begins_the_first_time(write: Write) -> None:
    clinic = with_sunday(write, "02:30-05:00")

    opening = opens_at(clinic, "reception", rome(2026, 10, 25, 1))

    assert opening is not None
    assert opening.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_closing_in_the_hour_that_comes_twice_is_the_first_one(write: Write) -> None:
    clinic = with_sunday(write, "01:00-02:30")
    instants = [rome(2026, 10, 25, 2, 15), rome(2026, 10, 25, 2, 45), rome(2026, 10, 25, 2, 15, fold=1)]

    assert [is_open(clinic, "reception", at) for at in instants] == [True, False, False]


instants = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
MOMENT = timedelta(microseconds=1)


@settings(deadline=None)  # the first question about a year works out its holidays
@given(at=instants, team=st.sampled_from(["reception", "billing", "nursing"]))
def test_a_team_is_closed_just_before_it_opens_and_open_then(at: datetime, team: str) -> None:
    opening = opens_at(POLYCLINIC, team, at)

    assert opening is not None
    instant = opening.astimezone(UTC)
    around = (instant > at, is_open(POLYCLINIC, team, instant - MOMENT), is_open(POLYCLINIC, team, instant))
    assert around == (True, False, True)


@settings(deadline=None)  # the first question about a year works out its holidays
@given(at=instants, team=st.sampled_from(["reception", "billing", "nursing"]))
def test_an_open_team_is_open_until_it_closes(at: datetime, team: str) -> None:
    closing = closes_at(POLYCLINIC, team, at)

    if closing is None:
        assert not is_open(POLYCLINIC, team, at)
    else:
        instant = closing.astimezone(UTC)
        assert (is_open(POLYCLINIC, team, instant - MOMENT), is_open(POLYCLINIC, team, instant)) == (True, False)


@settings(deadline=None)  # the first question about a year works out its holidays
@given(at=instants, team=st.sampled_from(["reception", "billing", "nursing"]))
def test_a_team_is_open_exactly_within_the_intervals_of_its_day(at: datetime, team: str) -> None:
    local = at.astimezone(ROME)

    day = team_hours_on(POLYCLINIC, team, local.date())

    within = any(opening.start <= local.time() < opening.end for opening in day.openings)
    assert is_open(POLYCLINIC, team, at) is within


# ---------------------------------------------------------------------------------------------- the page about it


def test_every_key_of_the_file_is_explained() -> None:
    page = (EXAMPLE.parent / "docs" / "clinic-file.md").read_text(encoding="utf-8")
    keys = {field.data_key or name for kind in Strict.__subclasses__() for name, field in kind().fields.items()}

    unexplained = {key for key in keys if f"`{key}`" not in page and f"{{{key}: " not in page}

    assert unexplained == set()
