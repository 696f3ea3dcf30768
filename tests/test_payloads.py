"""What is sent, as Meta's JSON, and what is refused before sending."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Literal
from uuid import UUID

import pytest

from bot.model import (
    Button,
    Contact,
    LinkButton,
    ListMessage,
    MediaLink,
    Place,
    Reply,
    ReplyButtons,
    Row,
    Section,
    TemplateMessage,
    Text,
)
from bot.whatsapp import limits
from bot.whatsapp.payloads import PayloadError, payload, read_payload

OUTBOX_ID = UUID("0192f0c4-5f6e-7000-8000-00000000002a")
PHONE = Contact(wa_id="390000000001")
NO_PHONE = Contact(user_id="IT.13491208655302741918")

TEXT = Text("Buongiorno! Che cosa desidera?")
BUTTONS = ReplyButtons("Quando?", (Button("f/n/am", "Mattina"), Button("f/n/pm", "Pomeriggio")), "Visita", "Automatico")
LIST = ListMessage(
    "Quale servizio?",
    "Scegli",
    (
        Section((Row("f/n/eye", "Oculistica", "Piano 1"),), "Visite"),
        Section((Row("f/n/lab", "Prelievi"),), "Esami"),
    ),
    footer="Automatico",
)
LINK = LinkButton("Prenoti qui.", "Apri", "https://clinic.example/prenota", "Automatico")
PLACE = Place("45.4642", "9.1900", "Sede centrale", "Via dei Tigli 1, Milano")
DOCUMENT = MediaLink("document", "https://clinic.example/preparazione.pdf", "Come prepararsi", "preparazione.pdf")
TEMPLATE = TemplateMessage(
    "appointment_reminder",
    "it",
    (("first_name", "Ada"), ("day", "lunedì 30")),
    "Promemoria",
    ("@r/1/yes", "@r/1/no"),
    ((1, "abc"),),
)
EVERY: tuple[Reply, ...] = (TEXT, BUTTONS, LIST, LINK, PLACE, DOCUMENT, TEMPLATE)


def content(reply: Reply) -> dict[str, object]:
    """Return what stands under the type of the message."""
    body = payload(PHONE, reply, OUTBOX_ID)
    found = body[body["type"]]
    assert isinstance(found, dict)
    return found


def faults(reply: Reply) -> tuple[str, ...]:
    with pytest.raises(PayloadError) as refused:
        payload(PHONE, reply, OUTBOX_ID)
    return refused.value.faults


def keys(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            yield key
            yield from keys(value)
    elif isinstance(part, list):
        for value in part:
            yield from keys(value)


# ---------------------------------------------------------------------------------------------------------- the envelope


def test_a_text_to_a_phone_number_is_whole() -> None:
    assert payload(PHONE, TEXT, OUTBOX_ID) == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "+390000000001",
        "type": "text",
        "text": {"preview_url": False, "body": "Buongiorno! Che cosa desidera?"},
        "biz_opaque_callback_data": "0192f0c4-5f6e-7000-8000-00000000002a",
    }


def test_a_person_without_a_phone_is_reached_by_user_id() -> None:
    body = payload(NO_PHONE, TEXT, OUTBOX_ID)

    assert (body.get("to"), body.get("recipient")) == (None, "IT.13491208655302741918")


def test_the_phone_number_is_preferred_and_stands_alone() -> None:
    body = payload(replace(NO_PHONE, wa_id="390000000001"), TEXT, OUTBOX_ID)

    assert (body.get("to"), body.get("recipient")) == ("+390000000001", None)


def test_a_contact_without_any_id_is_refused() -> None:
    with pytest.raises(PayloadError, match="^recipient: neither wa_id nor user_id$"):
        payload(Contact(profile_name="Ada"), TEXT, OUTBOX_ID)


@pytest.mark.parametrize("reply", EVERY, ids=lambda reply: type(reply).__name__)
def test_no_message_carries_the_key_that_would_make_it_direct_send(reply: Reply) -> None:
    assert "category" not in set(keys(payload(PHONE, reply, OUTBOX_ID)))


def test_a_message_is_marked_as_read() -> None:
    assert read_payload("wamid.A", typing=False) == {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": "wamid.A",
    }


def test_typing_is_shown_with_the_read_mark() -> None:
    assert read_payload("wamid.A", typing=True) == {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": "wamid.A",
        "typing_indicator": {"type": "text"},
    }


# -------------------------------------------------------------------------------------------------------------- the kinds


def test_reply_buttons_are_whole() -> None:
    assert content(BUTTONS) == {
        "type": "button",
        "header": {"type": "text", "text": "Visita"},
        "body": {"text": "Quando?"},
        "footer": {"text": "Automatico"},
        "action": {
            "buttons": [
                {"type": "reply", "reply": {"id": "f/n/am", "title": "Mattina"}},
                {"type": "reply", "reply": {"id": "f/n/pm", "title": "Pomeriggio"}},
            ]
        },
    }


def test_a_list_is_whole() -> None:
    assert content(LIST) == {
        "type": "list",
        "body": {"text": "Quale servizio?"},
        "footer": {"text": "Automatico"},
        "action": {
            "button": "Scegli",
            "sections": [
                {
                    "title": "Visite",
                    "rows": [{"id": "f/n/eye", "title": "Oculistica", "description": "Piano 1"}],
                },
                {"title": "Esami", "rows": [{"id": "f/n/lab", "title": "Prelievi"}]},
            ],
        },
    }


def test_a_link_button_is_whole() -> None:
    assert content(LINK) == {
        "type": "cta_url",
        "body": {"text": "Prenoti qui."},
        "footer": {"text": "Automatico"},
        "action": {
            "name": "cta_url",
            "parameters": {"display_text": "Apri", "url": "https://clinic.example/prenota"},
        },
    }


def test_a_place_is_whole() -> None:
    assert content(PLACE) == {
        "latitude": "45.4642",
        "longitude": "9.1900",
        "name": "Sede centrale",
        "address": "Via dei Tigli 1, Milano",
    }


def test_a_document_is_whole() -> None:
    assert content(DOCUMENT) == {
        "link": "https://clinic.example/preparazione.pdf",
        "caption": "Come prepararsi",
        "filename": "preparazione.pdf",
    }


@pytest.mark.parametrize("kind", ["image", "video"])
def test_an_image_or_a_video_goes_under_its_own_name(kind: Literal["image", "video"]) -> None:
    body = payload(PHONE, replace(DOCUMENT, kind=kind, filename=None, caption=None), OUTBOX_ID)

    assert (body["type"], body[kind]) == (kind, {"link": "https://clinic.example/preparazione.pdf"})


def test_a_template_is_whole_and_its_quick_replies_stand_around_the_link_button() -> None:
    assert content(TEMPLATE) == {
        "name": "appointment_reminder",
        "language": {"code": "it"},
        "components": [
            {"type": "header", "parameters": [{"type": "text", "text": "Promemoria"}]},
            {
                "type": "body",
                "parameters": [
                    {"type": "text", "parameter_name": "first_name", "text": "Ada"},
                    {"type": "text", "parameter_name": "day", "text": "lunedì 30"},
                ],
            },
            {
                "type": "button",
                "sub_type": "url",
                "index": "1",
                "parameters": [{"type": "text", "text": "abc"}],
            },
            {
                "type": "button",
                "sub_type": "quick_reply",
                "index": "0",
                "parameters": [{"type": "payload", "payload": "@r/1/yes"}],
            },
            {
                "type": "button",
                "sub_type": "quick_reply",
                "index": "2",
                "parameters": [{"type": "payload", "payload": "@r/1/no"}],
            },
        ],
    }


def test_positional_parameters_have_no_name() -> None:
    found = content(TemplateMessage("hello", "it", (("", "Ada"), ("", "lunedì"))))

    assert found["components"] == [
        {"type": "body", "parameters": [{"type": "text", "text": "Ada"}, {"type": "text", "text": "lunedì"}]}
    ]


def test_a_template_without_parameters_has_no_components() -> None:
    assert content(TemplateMessage("hello", "it")) == {"name": "hello", "language": {"code": "it"}}


def test_a_template_header_may_be_an_image() -> None:
    image = MediaLink("image", "https://clinic.example/a.png")

    assert content(TemplateMessage("hello", "it", header=image))["components"] == [
        {"type": "header", "parameters": [{"type": "image", "image": {"link": "https://clinic.example/a.png"}}]}
    ]


# -------------------------------------------------------------------------------------------------------------- the limits


def buttons(count: int) -> tuple[Button, ...]:
    return tuple(Button(f"id{number}", f"Title {number}") for number in range(count))


def rows(count: int) -> tuple[Row, ...]:
    return tuple(Row(f"id{number}", f"Title {number}") for number in range(count))


def sections(count: int) -> tuple[Section, ...]:
    return tuple(Section((row,), f"Section {number}") for number, row in enumerate(rows(count)))


def with_button(**changes: str) -> Reply:
    return replace(BUTTONS, buttons=(replace(BUTTONS.buttons[0], **changes),))


def with_row(**changes: str) -> Reply:
    return replace(LIST, sections=(Section((replace(LIST.sections[0].rows[0], **changes),)),))


# (the longest that is taken, one more, the fault)
EDGES: list[tuple[Reply, Reply, str]] = [
    (Text("x" * 4096), Text("x" * 4097), "text body: 4097 characters, at most 4096"),
    (
        replace(BUTTONS, body="x" * 1024),
        replace(BUTTONS, body="x" * 1025),
        "body: 1025 characters, at most 1024",
    ),
    (replace(BUTTONS, header="x" * 60), replace(BUTTONS, header="x" * 61), "header: 61 characters, at most 60"),
    (replace(BUTTONS, footer="x" * 60), replace(BUTTONS, footer="x" * 61), "footer: 61 characters, at most 60"),
    (replace(BUTTONS, buttons=buttons(3)), replace(BUTTONS, buttons=buttons(4)), "buttons: 4, between 1 and 3"),
    (with_button(title="x" * 20), with_button(title="x" * 21), "button 1 title: 21 characters, at most 20"),
    (with_button(id="x" * 256), with_button(id="x" * 257), "button 1 id: 257 characters, at most 256"),
    (replace(LIST, body="x" * 4096), replace(LIST, body="x" * 4097), "body: 4097 characters, at most 4096"),
    (replace(LIST, header="x" * 60), replace(LIST, header="x" * 61), "header: 61 characters, at most 60"),
    (replace(LIST, footer="x" * 60), replace(LIST, footer="x" * 61), "footer: 61 characters, at most 60"),
    (replace(LIST, button="x" * 20), replace(LIST, button="x" * 21), "button: 21 characters, at most 20"),
    (
        replace(LIST, sections=(Section(rows(10)),)),
        replace(LIST, sections=(Section(rows(11)),)),
        "rows: 11, between 1 and 10",
    ),
    (
        replace(LIST, sections=(Section(rows(1), "x" * 24),)),
        replace(LIST, sections=(Section(rows(1), "x" * 25),)),
        "section 1 title: 25 characters, at most 24",
    ),
    (with_row(id="x" * 200), with_row(id="x" * 201), "row 1 id: 201 characters, at most 200"),
    (with_row(title="x" * 24), with_row(title="x" * 25), "row 1 title: 25 characters, at most 24"),
    (with_row(description="x" * 72), with_row(description="x" * 73), "row 1 description: 73 characters, at most 72"),
    (replace(LINK, body="x" * 1024), replace(LINK, body="x" * 1025), "body: 1025 characters, at most 1024"),
    (
        replace(LINK, display_text="x" * 20),
        replace(LINK, display_text="x" * 21),
        "display_text: 21 characters, at most 20",
    ),
    (replace(LINK, footer="x" * 60), replace(LINK, footer="x" * 61), "footer: 61 characters, at most 60"),
    (
        replace(DOCUMENT, caption="x" * 1024),
        replace(DOCUMENT, caption="x" * 1025),
        "caption: 1025 characters, at most 1024",
    ),
    (
        replace(PLACE, latitude="-90", longitude="180"),
        replace(PLACE, latitude="-90.1", longitude="180"),
        "latitude: not a number between -90 and 90",
    ),
    (
        replace(TEMPLATE, header="x" * 60),
        replace(TEMPLATE, header="x" * 61),
        "header: 61 characters, at most 60",
    ),
    (
        replace(TEMPLATE, quick_replies=tuple("abcdefghi")),
        replace(TEMPLATE, quick_replies=tuple("abcdefghij")),
        "template buttons: 11, between 0 and 10",
    ),
]
IDS = [fault for _, _, fault in EDGES]


@pytest.mark.parametrize(("longest", "over", "fault"), EDGES, ids=IDS)
def test_the_longest_is_sent(longest: Reply, over: Reply, fault: str) -> None:
    assert payload(PHONE, longest, OUTBOX_ID)["biz_opaque_callback_data"] == str(OUTBOX_ID)


@pytest.mark.parametrize(("longest", "over", "fault"), EDGES, ids=IDS)
def test_one_more_is_refused(longest: Reply, over: Reply, fault: str) -> None:
    assert faults(over) == (fault,)


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Text(" \n"), "text body: empty"),
        (replace(BUTTONS, buttons=()), "buttons: 0, between 1 and 3"),
        (with_button(title=""), "button 1 title: empty"),
        (with_button(id=" f/n/am"), "button 1 id: space at an end"),
        (replace(BUTTONS, buttons=(Button("a", "Sì"), Button("b", "Sì"))), "button titles: not unique"),
        (replace(BUTTONS, buttons=(Button("a", "Sì"), Button("a", "No"))), "button ids: not unique"),
        (replace(LIST, sections=(Section(rows(2)[:1]), Section(rows(2)[1:], "B"))), "section 1 title: empty"),
        (replace(LIST, sections=(Section((), "A"), Section(rows(1), "B"))), "section 1: no rows"),
        (replace(LIST, sections=(Section((Row("a", "A"), Row("a", "B"))),)), "row ids: not unique"),
        (replace(LINK, url="javascript:alert(1)"), "url: not a web address"),
        (replace(LINK, url="https://clinic.example/a b"), "url: not a web address"),
        (replace(PLACE, longitude="nan"), "longitude: not a number between -180 and 180"),
        (replace(PLACE, longitude="east"), "longitude: not a number between -180 and 180"),
        (replace(DOCUMENT, kind="image"), "filename: only documents have one"),
        (replace(DOCUMENT, link="/etc/passwd"), "link: not a web address"),
        (replace(TEMPLATE, name="Reminder"), "template name: not [a-z0-9_], or longer than 512"),
        (replace(TEMPLATE, language=""), "template language: empty"),
        (replace(TEMPLATE, body=(("", "a"), ("b", "b"))), "body: named and positional parameters mixed"),
        (replace(TEMPLATE, body=(("a", "a"), ("a", "b"))), "body parameter names: not unique"),
        (replace(TEMPLATE, body=(("a", ""),)), "body parameter 1: empty"),
        (
            replace(TEMPLATE, body=(("a", "two\nlines"),)),
            "body parameter 1: line break, tab or more than 4 spaces in a row",
        ),
        (replace(TEMPLATE, url_suffixes=((0, "a"), (0, "b"))), "url button indexes: not unique"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_meta_would_refuse_is_refused_here(reply: Reply, expected: str) -> None:
    assert faults(reply) == (expected,)


def test_more_than_ten_sections_are_more_than_ten_rows_too() -> None:
    assert faults(replace(LIST, sections=sections(11))) == (
        "sections: 11, between 1 and 10",
        "rows: 11, between 1 and 10",
    )


def test_every_fault_is_told_at_once_and_no_word_of_the_message() -> None:
    canary = "canarino"
    reply = replace(BUTTONS, body=canary * 200, buttons=(Button(canary * 40, canary * 3), Button(canary * 40, "")))

    with pytest.raises(PayloadError) as refused:
        payload(PHONE, reply, OUTBOX_ID)

    assert refused.value.faults == (
        "body: 1600 characters, at most 1024",
        "button 1 title: 24 characters, at most 20",
        "button 1 id: 320 characters, at most 256",
        "button 2 title: empty",
        "button 2 id: 320 characters, at most 256",
        "button ids: not unique",
    )
    assert canary not in str(refused.value) + repr(refused.value)


def test_an_emoji_counts_as_one_character() -> None:
    assert payload(PHONE, Text("🙂" * 4096), OUTBOX_ID)["type"] == "text"


def test_the_limits_handed_to_others_are_the_ones_enforced_here() -> None:
    handed = {one.name: getattr(limits.LIMITS, one.name) for one in fields(limits.LIMITS)}

    assert handed == {name: getattr(limits, name.upper()) for name in handed}
