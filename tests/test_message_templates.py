"""The files of message templates: the house's own are sound, and every fault of a file stops the start."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from bot.clinic import load_clinic
from bot.message_templates import TemplateError, load_templates, of_clinic
from bot.model import TemplateMessage
from tests.conftest import ROOT

FOLDER = ROOT / "templates" / "message_templates"
HOUSE = {one.name: one for one in load_templates(FOLDER)}
SOUND = """
name: example
category: utility
by: notice
privacy: named
lifetime_s: 3600
words:
  it: "Buongiorno, la visita di {{ day }} alle {{ time }} presso {{ place }} è confermata, a presto."
  en: "Hello, the visit of {{ day }} at {{ time }} at {{ place }} is confirmed, bye."
values:
  day: {kind: date, longest: 10, example: "2026-11-23"}
  time: {kind: time, longest: 5, example: "10:30"}
  place: {kind: words, longest: 40, example: {it: Centro, en: Centre}}
buttons:
  way: {it: Come arrivare, en: How to get there}
  cancel: {it: Disdire, en: Cancel}
"""


def folder_of(tmp_path: Path, text: str) -> Path:
    (tmp_path / "example.yaml").write_text(text, "utf-8")
    return tmp_path


def test_there_is_a_template_for_all_the_clinic_begins_in_every_language_and_privacy() -> None:
    kinds = "reminder_7d reminder_72h reminder_24h booked_by_clinic moved_by_clinic cancelled_by_clinic waiting_offer"
    names = {f"{kind}{suffix}" for kind in kinds.split() for suffix in ("", "_strict")}

    assert set(HOUSE) == names | {"please_write"}
    assert {frozenset(one.wordings) for one in HOUSE.values()} == {frozenset({"it", "en", "es"})}
    assert {one.category for one in HOUSE.values()} == {"utility"}


def test_a_strict_clinic_names_nobody() -> None:
    strict = [one for one in of_clinic(tuple(HOUSE.values()), "strict") if one.by == "notice"]

    assert len(strict) == 7
    assert not [one.name for one in strict if "first_name" in {value.name for value in one.parameters}]


def test_no_template_has_room_for_service_or_doctor() -> None:
    filled = {value.name for one in HOUSE.values() if one.by == "notice" for value in one.parameters}

    assert filled == {"first_name", "day", "time", "place", "code", "until_day", "until_time"}


def test_the_files_ask_for_no_value_that_the_example_clinic_would_have_cut() -> None:
    places = load_clinic(ROOT / "clinic.example.yaml").places.values()

    longest = max(len(f"{one.name}, {one.street}") for one in places)

    assert longest <= 120


def test_a_template_is_filled_in_the_language_of_whoever_reads_it() -> None:
    values = {"first_name": "Anna", "day": "2026-11-26", "time": "08:30", "place": "Centro", "code": "K7M2"}

    message = HOUSE["reminder_72h"].filled("es", values, ("@visit/confirm/1/1", "@visit/move/1/1", "@visit/cancel/1/1"))

    assert message == TemplateMessage(
        "reminder_72h",
        "es",
        (
            ("first_name", "Anna"),
            ("day", "jueves 26 de noviembre"),
            ("time", "8:30"),
            ("place", "Centro"),
            ("code", "K7M2"),
        ),
        quick_replies=("@visit/confirm/1/1", "@visit/move/1/1", "@visit/cancel/1/1"),
    )


def test_a_sound_file_is_read_whole(tmp_path: Path) -> None:
    (one,) = load_templates(folder_of(tmp_path, SOUND))

    assert (one.by, one.privacy, one.lifetime_s) == ("notice", "named", 3600)
    assert [(button.id, button.title["en"]) for button in one.buttons] == [
        ("way", "How to get there"),
        ("cancel", "Cancel"),
    ]
    assert one.parameters[2].example == {"it": "Centro", "en": "Centre"}


@pytest.mark.parametrize(
    ("written", "instead", "fault"),
    [
        ("name: example", "name: other", "name: the file's own"),
        ("category: utility", "category: other", "category: one of"),
        ("by: notice", "by: nobody", "by: one of"),
        ("by: notice", "approved: [it]", "write exactly name, category, by"),
        ("privacy: named", "privacy: some", "privacy: one of"),
        ("lifetime_s: 3600", "lifetime_s: 43201", "lifetime_s: 30 to 43200"),
        ("{{ day }} at", "{{ when }} at", "words.en: names other values"),
        ("Buongiorno, la visita di {{ day }}", "{{ day }}", "words.it: begins or ends with a value"),
        (" is confirmed, bye.", ".", "words.en: begins or ends with a value"),
        ("Hello, the visit of", "On", "words.en: too few words"),
        ("{{ day }} alle {{ time }}", "{{ day }}, {{ time }}", "words.it: two values stand next to each other"),
        ("Hello", "Hello " * 200, "words.en: empty, or longer than 1024"),
        ("Hello", "Hello {{ Day }}", "words.en: a value is written as"),
        ("kind: time", "kind: moment", "values.time: kind is one of"),
        ("longest: 40", "longest: 201", "values.place: kind is one of"),
        ('example: "10:30"', 'example: "soon"', "values.time: example is one that could be sent"),
        ("{it: Centro, en: Centre}", "{it: Centro}", "values.place: example is one that could be sent"),
        (", en: Cancel}", "}", "buttons.cancel: a title for each language"),
        ("How to get there", "How to get there from here", "buttons.way: a title has 1 to 25"),
        ("en: Cancel", "en: How to get there", "buttons: two of one title in en"),
        ("words:", "words: [", "is not YAML, line"),
    ],
)
def test_a_fault_stops_the_start_and_says_where(tmp_path: Path, written: str, instead: str, fault: str) -> None:
    assert written in SOUND

    with pytest.raises(TemplateError, match=re.escape(f"example.yaml: {fault}")):
        load_templates(folder_of(tmp_path, SOUND.replace(written, instead)))


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    broken = SOUND.replace("name: example", "name: other").replace("kind: time", "kind: moment")

    with pytest.raises(TemplateError) as told:
        load_templates(folder_of(tmp_path, broken.replace("{{ day }} at", "{{ when }} at")))

    assert len(str(told.value).splitlines()) == 3


def test_the_files_are_yaml_a_colleague_can_read() -> None:
    for path in FOLDER.glob("*.yaml"):
        text = path.read_text("utf-8")

        assert text.startswith("# "), path.name
        assert yaml.safe_load(text)["name"] == path.stem
