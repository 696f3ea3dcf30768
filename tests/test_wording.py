"""How prompts become the words a person reads, and how faults in the authored files are told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.model import Button, LinkButton, ListMessage, Place, ReplyButtons, Row, Section, Text
from bot.whatsapp.limits import LIMITS
from bot.wording import Fault, WordingError, Wordings, bubbles, load_wordings, titles, word
from menus.model import Choice, Localized, Offer, Prompt, Value

ROME = ZoneInfo("Europe/Rome")
DESK_IT = """
button: "Scelga"
display_text: "Apra"
options: {menu: "Menu principale", more: "Altre scelte"}
moment: {text: "{% if days_away == 1 %}domani{% else %}{{ at|day }}{% endif %} alle {{ at|clock }}"}
"""
DESK_EN = """
button: "Choose"
display_text: "Open"
options: {menu: "Main menu", more: "More choices"}
moment: {text: "{% if days_away == 1 %}tomorrow{% else %}{{ at|day }}{% endif %} at {{ at|clock }}"}
"""


def written(folder: Path, it: str, en: str | None = None, file: str = "flow.yaml") -> Path:
    """Write one flow's wordings, in Italian and if given in English, beside the words a desk needs."""
    for language, desk, words in (("it", DESK_IT, it), ("en", DESK_EN, en)):
        if words is not None:
            (folder / language).mkdir()
            (folder / language / "desk.yaml").write_text(desk, encoding="utf-8")
            (folder / language / file).write_text(words, encoding="utf-8")
    return folder


@pytest.fixture
def italian(tmp_path: Path) -> Wordings:
    it = """
hello: {text: "Buongiorno {{ name }}"}
plain: {text: "Una cosa."}
menu:
  text: "Che cosa desidera?"
  button: "Apra il menu"
  header: "Menu"
  footer: "Scriva persona"
  options: {a: "Una", b: "Due", c: "Tre", d: "Quattro", long: "Una voce di ventidue c", told: {title: "Ora", description: "Qui"}}
bare: {text: "Che cosa desidera?", options: {a: "Una", same: "Una", b: "Due", told: {title: "Ora", description: "Qui"}}}
pick: {text: "Quale?", row: {title: "{{ name }}", description: "{{ city }}"}}
page: {text: "Ecco la pagina.", display_text: "Apra la pagina"}
day: {text: "{{ at|day }} {{ at|short_day }} {{ at|clock }}"}
hours: {text: "{{ value|openings }}"}
moment: {text: "{{ at|moment(today) }}"}
offer: {text: "{{ place.name }} ({{ place.id }})"}
unsafe: {text: "{{ name.__class__.__mro__ }}"}
"""
    return load_wordings(written(tmp_path, it), ("it",))


def prompt(key: str, *options: str, **values: Value) -> Prompt:
    return Prompt(key, tuple(values.items()), tuple(Choice(f"{key}/{option}", option) for option in options))


def body(wordings: Wordings, key: str, language: str = "it", **values: Value) -> str:
    reply = word(wordings, language, (prompt(key, **values),), LIMITS)
    assert isinstance(reply, Text)
    return reply.body


# ---------------------------------------------------------------------------------------------------- kinds of message


def test_a_prompt_without_choices_is_a_text(italian: Wordings) -> None:
    reply = word(italian, "it", (prompt("flow/hello", name="Ada"),), LIMITS)

    assert reply == Text("Buongiorno Ada")


def test_up_to_three_short_titles_are_reply_buttons(italian: Wordings) -> None:
    reply = word(italian, "it", (prompt("flow/bare", "a", "b", "menu"),), LIMITS)

    assert reply == ReplyButtons(
        "Che cosa desidera?",
        (Button("flow/bare/a", "Una"), Button("flow/bare/b", "Due"), Button("flow/bare/menu", "Menu principale")),
    )


def test_four_titles_are_a_list(italian: Wordings) -> None:
    reply = word(italian, "it", (prompt("flow/menu", "a", "b", "c", "d"),), LIMITS)

    rows = (
        Row("flow/menu/a", "Una"),
        Row("flow/menu/b", "Due"),
        Row("flow/menu/c", "Tre"),
        Row("flow/menu/d", "Quattro"),
    )
    assert reply == ListMessage("Che cosa desidera?", "Apra il menu", (Section(rows),), "Menu", "Scriva persona")


def test_a_description_makes_a_list_with_the_common_button(italian: Wordings) -> None:
    reply = word(italian, "it", (prompt("flow/bare", "a", "told"),), LIMITS)

    rows = (Row("flow/bare/a", "Una"), Row("flow/bare/told", "Ora", "Qui"))
    assert reply == ListMessage("Che cosa desidera?", "Scelga", (Section(rows),))


def test_a_title_too_long_for_a_button_makes_a_list(italian: Wordings) -> None:
    reply = word(italian, "it", (prompt("flow/menu", "long"),), LIMITS)

    assert isinstance(reply, ListMessage)
    assert reply.sections == (Section((Row("flow/menu/long", "Una voce di ventidue c"),)),)


def test_two_choices_of_one_title_make_a_list(italian: Wordings) -> None:
    reply = word(italian, "it", (prompt("flow/bare", "a", "same"),), LIMITS)

    assert isinstance(reply, ListMessage)


def test_a_body_too_long_for_buttons_makes_a_list(italian: Wordings) -> None:
    bubble = (prompt("flow/hello", name="a" * 1100), prompt("flow/bare", "a"))

    reply = word(italian, "it", bubble, LIMITS)

    assert isinstance(reply, ListMessage)
    assert reply.body == f"Buongiorno {'a' * 1100}\n\nChe cosa desidera?"


def test_found_things_are_worded_with_their_values_and_fixed_options_beside_them(italian: Wordings) -> None:
    found = Choice("flow/pick/centro", "centro", (("name", "Centro"), ("city", "Bologna")), fixed=False)
    more, menu = Choice("flow/pick/more/1", "more"), Choice("flow/pick/menu", "menu")

    reply = word(italian, "it", (Prompt("flow/pick", (), (found, more, menu)),), LIMITS)

    rows = (
        Row("flow/pick/centro", "Centro", "Bologna"),
        Row("flow/pick/more/1", "Altre scelte"),
        Row("flow/pick/menu", "Menu principale"),
    )
    assert reply == ListMessage("Quale?", "Scelga", (Section(rows),))


def test_a_link_is_a_link_button(italian: Wordings) -> None:
    page = Prompt("flow/page", link="https://clinic.example/results")

    reply = word(italian, "it", (page,), LIMITS)

    assert reply == LinkButton("Ecco la pagina.", "Apra la pagina", "https://clinic.example/results")


def test_a_place_is_a_point_on_the_map(italian: Wordings) -> None:
    values: dict[str, Value] = {"latitude": "44.5", "longitude": "11.3", "name": "Centro", "address": "Via Finta 1"}
    place = Prompt("flow/map", place=Offer("centro", tuple(values.items())))

    reply = word(italian, "it", (place,), LIMITS)

    assert reply == Place("44.5", "11.3", "Centro", "Via Finta 1")


def test_several_prompts_are_one_message_with_the_choices_of_the_last(italian: Wordings) -> None:
    bubble = (prompt("flow/hello", name="Ada"), prompt("flow/plain"), prompt("flow/bare", "a"))

    reply = word(italian, "it", bubble, LIMITS)

    assert reply == ReplyButtons("Buongiorno Ada\n\nUna cosa.\n\nChe cosa desidera?", (Button("flow/bare/a", "Una"),))


def test_choices_after_other_words_take_the_titles_of_their_own_node(italian: Wordings) -> None:
    elsewhere = Prompt("flow/plain", choices=(Choice("flow/bare/b", "b"),))

    reply = word(italian, "it", (elsewhere,), LIMITS)

    assert reply == ReplyButtons("Una cosa.", (Button("flow/bare/b", "Due"),))


def test_a_value_that_makes_a_row_too_long_is_cut(italian: Wordings) -> None:
    found = Choice("flow/pick/x", "x", (("name", "n" * 30), ("city", "c" * 80)), fixed=False)

    reply = word(italian, "it", (Prompt("flow/pick", (), (found,)),), LIMITS)

    assert isinstance(reply, ListMessage)
    assert reply.sections == (Section((Row("flow/pick/x", "n" * 23 + "…", "c" * 71 + "…"),)),)


def test_a_text_too_long_for_whatsapp_is_cut(italian: Wordings) -> None:
    reply = body(italian, "flow/hello", name="a" * 5000)

    assert reply == "Buongiorno " + "a" * 4084 + "…"


def test_titles_are_worded_for_what_is_on_offer(italian: Wordings) -> None:
    found = Choice("flow/pick/centro", "centro", (("name", "Centro"), ("city", "Bologna")), fixed=False)

    worded = titles(italian, "it", Prompt("flow/pick", (), (found, Choice("flow/pick/menu", "menu"))))

    assert worded == (("flow/pick/centro", "Centro"), ("flow/pick/menu", "Menu principale"))


# -------------------------------------------------------------------------------------------------------------- bubbles


def test_words_and_the_next_question_are_one_bubble(italian: Wordings) -> None:
    first, second, third = prompt("flow/plain"), prompt("flow/plain"), prompt("flow/bare", "a")

    grouped = bubbles(italian, "it", (first, second, third), LIMITS)

    assert grouped == ((first, second, third),)


def test_choices_end_a_bubble(italian: Wordings) -> None:
    first, second = prompt("flow/bare", "a"), prompt("flow/plain")

    grouped = bubbles(italian, "it", (first, second), LIMITS)

    assert grouped == ((first,), (second,))


@pytest.mark.parametrize("alone", [Prompt("flow/map", place=Offer("x")), Prompt("flow/page", link="https://a.example")])
def test_a_place_or_a_link_stands_alone(italian: Wordings, alone: Prompt) -> None:
    before, after = prompt("flow/plain"), prompt("flow/bare", "a")

    grouped = bubbles(italian, "it", (before, alone, after), LIMITS)

    assert grouped == ((before,), (alone,), (after,))


def test_what_does_not_fit_into_one_message_is_a_second_one(italian: Wordings) -> None:
    long, short = prompt("flow/hello", name="a" * 4070), prompt("flow/bare", "a")

    grouped = bubbles(italian, "it", (long, short), LIMITS)

    assert grouped == ((long,), (short,))


def test_a_single_prompt_is_not_worded_to_see_whether_it_fits(italian: Wordings) -> None:
    nowhere = prompt("flow/nowhere")

    assert bubbles(italian, "it", (nowhere,), LIMITS) == ((nowhere,),)


# --------------------------------------------------------------------------------------------------------------- values


def test_a_fact_is_worded_in_the_language_of_the_conversation(tmp_path: Path) -> None:
    wordings = load_wordings(written(tmp_path, 'x: {text: "{{ a }}"}', 'x: {text: "{{ a }}"}'), ("it", "en"))
    fact = Localized((("it", "Accettazione"), ("en", "Reception")))

    assert (body(wordings, "flow/x", "it", a=fact), body(wordings, "flow/x", "en", a=fact)) == (
        "Accettazione",
        "Reception",
    )


def test_a_fact_that_lacks_the_language_is_worded_in_its_first(italian: Wordings) -> None:
    assert body(italian, "flow/hello", name=Localized((("es", "Recepción"),))) == "Buongiorno Recepción"


def test_an_offer_is_worded_by_its_fields(italian: Wordings) -> None:
    offer = Offer("centro", (("name", Localized((("it", "Sede Centro"),))),))

    assert body(italian, "flow/offer", place=offer) == "Sede Centro (centro)"


def test_an_instant_is_written_on_the_clock_it_stands_in(italian: Wordings) -> None:
    at = datetime(2026, 11, 23, 0, 30, tzinfo=ROME)

    assert body(italian, "flow/day", at=at) == "lunedì 23 novembre lun 23 nov 0:30"


def test_the_same_instant_on_another_clock_is_written_there(italian: Wordings) -> None:
    at = datetime(2026, 11, 23, 0, 30, tzinfo=ROME)
    body(italian, "flow/day", at=at)

    assert body(italian, "flow/day", at=at.astimezone(UTC)) == "domenica 22 novembre dom 22 nov 23:30"


def test_opening_times_are_a_list_of_spans(italian: Wordings) -> None:
    value = ((time(8, 30), time(13)), (time(14), time(0)))

    assert body(italian, "flow/hours", value=value) == "8:30–13:00 e 14:00–24:00"


@pytest.mark.parametrize(("day", "said"), [(24, "domani alle 8:00"), (30, "lunedì 30 novembre alle 8:00")])
def test_a_moment_is_said_as_one_says_it_today(italian: Wordings, day: int, said: str) -> None:
    at = datetime(2026, 11, day, 8, tzinfo=ROME)

    assert body(italian, "flow/moment", at=at, today=date(2026, 11, 23)) == said


def test_a_fact_of_the_house_may_stand_in_every_wording(tmp_path: Path) -> None:
    wordings = load_wordings(written(tmp_path, 'x: {text: "Chiami il {{ number }}"}'), ("it",), {"number": "112"})

    assert body(wordings, "flow/x") == "Chiami il 112"


def test_a_prompts_own_value_wins_over_a_fact_of_the_house(tmp_path: Path) -> None:
    wordings = load_wordings(written(tmp_path, 'x: {text: "Chiami il {{ number }}"}'), ("it",), {"number": "112"})

    assert body(wordings, "flow/x", number="051") == "Chiami il 051"


def test_a_language_that_is_not_authored_is_answered_in_the_first_one(italian: Wordings) -> None:
    assert body(italian, "flow/plain", "fr") == "Una cosa."


def test_words_typed_by_a_person_are_never_read_as_jinja(italian: Wordings) -> None:
    assert body(italian, "flow/hello", name="{{ 7 * 7 }}") == "Buongiorno {{ 7 * 7 }}"


# -------------------------------------------------------------------------------------------------------- faults at work


def fault(wordings: Wordings, key: str, *options: str, **values: Value) -> str:
    with pytest.raises(WordingError) as raised:
        word(wordings, "it", (prompt(key, *options, **values),), LIMITS)
    return str(raised.value)


def test_a_value_nobody_brought_names_the_wording_and_the_value(italian: Wordings) -> None:
    assert fault(italian, "flow/hello") == (
        "it/flow.yaml: flow/hello: cannot be filled in: 'name' is undefined: "
        "have the flow, the action or the host bring it"
    )


def test_a_key_that_is_not_authored_is_named(italian: Wordings) -> None:
    assert fault(italian, "flow/nowhere") == "it/flow.yaml: flow/nowhere: is not authored: write it"


def test_a_choice_without_a_title_is_named(italian: Wordings) -> None:
    assert fault(italian, "flow/plain", "z") == "it/flow.yaml: flow/plain: has no title for z: write it"


def test_a_wording_cannot_reach_into_python(italian: Wordings) -> None:
    assert "access to attribute '__class__' of 'str' object is unsafe" in fault(italian, "flow/unsafe", name="Ada")


# -------------------------------------------------------------------------------------------------- faults in the files


def faults(folder: Path, languages: tuple[str, ...] = ("it",)) -> tuple[Fault, ...]:
    with pytest.raises(WordingError) as raised:
        load_wordings(folder, languages)
    return raised.value.faults


ALLOWED = "use one of text, button, header, footer, display_text, row, options"
BROKEN: Mapping[str, tuple[str, Fault]] = {
    "an unknown key": (
        'x: {text: "a", titel: "b"}',
        Fault("it/flow.yaml", "flow/x/titel", "unknown key", ALLOWED),
    ),
    "an unknown key of an option": (
        'x: {text: "a", options: {y: {title: "b", text: "c"}}}',
        Fault("it/flow.yaml", "flow/x/options.y/text", "unknown key", "use one of title, description"),
    ),
    "an option without a title": (
        'x: {text: "a", options: {y: {description: "c"}}}',
        Fault("it/flow.yaml", "flow/x/options.y", "has no title", "write one"),
    ),
    "broken Jinja": (
        'x: {text: "{{ name"}',
        Fault(
            "it/flow.yaml",
            "flow/x/text",
            "is not Jinja: unexpected end of template, expected 'end of print statement'.",
            "correct it",
        ),
    ),
    "an unknown filter": (
        'x: {text: "{{ name|shout }}"}',
        Fault("it/flow.yaml", "flow/x/text", "is not Jinja: No filter named 'shout'.", "correct it"),
    ),
    "an empty text": (
        'x: {text: " "}',
        Fault(
            "it/flow.yaml",
            "flow/x/text",
            "is not a text",
            "write words, in quotes where they hold a colon or a brace",
        ),
    ),
    "a node that is no mapping": (
        'x: "a"',
        Fault("it/flow.yaml", "flow/x", "is not a mapping", "write `name: ...` lines under it"),
    ),
    "a key written twice": (
        'x: {text: "a"}\nx: {text: "b"}',
        Fault("it/flow.yaml", "line 2", "x stands here twice", "correct it"),
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_fault_in_a_file_is_named_with_its_place_and_remedy(tmp_path: Path, name: str) -> None:
    broken, expected = BROKEN[name]

    assert faults(written(tmp_path, broken)) == (expected,)


def test_what_is_not_yaml_is_named_with_its_line(tmp_path: Path) -> None:
    (found,) = faults(written(tmp_path, "x: {text: "))

    assert (found.file, found.key, found.remedy) == ("it/flow.yaml", "line 1", "correct it")


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    written(tmp_path, "")
    (tmp_path / "it" / "flow.yaml").write_bytes(b"x: {text: \xe8}")

    assert faults(tmp_path) == (Fault("it/flow.yaml", "flow", "holds bytes that are no text", "save it as UTF-8"),)


def test_what_is_missing_in_one_language_is_named(tmp_path: Path) -> None:
    it = 'x: {text: "a", options: {y: "b"}}\nz: {text: "c"}'

    found = faults(written(tmp_path, it, 'x: {text: "a"}'), ("it", "en"))

    remedy = "write it in en, or take it out"
    assert found == (
        Fault("en/flow.yaml", "flow/x/options.y.title", "missing, but written in it", remedy),
        Fault("en/flow.yaml", "flow/z", "missing, but written in it", remedy),
    )


def test_a_language_without_a_folder_is_named_once(tmp_path: Path) -> None:
    found = faults(written(tmp_path, 'x: {text: "a"}'), ("it", "es"))

    assert found == (Fault("es", "es", "there is no such folder", "write es, or take it off the list"),)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    broken = 'x: {text: "{{"}\ny: {tekst: "a"}\nz: "b"'

    assert [fault.key for fault in faults(written(tmp_path, broken))] == ["flow/x/text", "flow/y/tekst", "flow/z"]


def test_the_words_every_list_needs_must_be_there(tmp_path: Path) -> None:
    written(tmp_path, 'x: {text: "a"}')
    (tmp_path / "it" / "desk.yaml").write_text('welcome: {text: "a"}', encoding="utf-8")

    assert [fault.key for fault in faults(tmp_path)] == ["button", "display_text", "moment"]
