"""Webhooks read: Meta's published examples, what Meta might send tomorrow, and what nobody should ever send."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import (
    Contact,
    IdentityChange,
    Media,
    Message,
    Notification,
    Preference,
    Shape,
    Status,
    Update,
)
from bot.whatsapp.notification import KINDS, UnreadableNotification, read

SAMPLES: dict[str, Any] = {
    name: sample["payload"]
    for name, sample in json.loads((Path(__file__).parent / "data/webhook_samples.json").read_text("utf-8")).items()
}
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
THEN = datetime(2026, 11, 22, 8, 59, 30, tzinfo=UTC)
OUTBOX_ID = UUID("0192f0c4-5f6e-7000-8000-00000000002a")
NUMBER = "390000000001"
BSUID = "IT.13491208655302741918"


def reading(body: object) -> Notification:
    return read(json.dumps(body).encode(), NOW)


def sample(name: str) -> Notification:
    return reading(SAMPLES[name])


def envelope(*values: object, field: str = "messages") -> dict[str, Any]:
    """Wrap values as Meta does, one change each."""
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": "2002", "changes": [{"field": field, "value": value} for value in values]}],
    }


def value(**lists: object) -> dict[str, Any]:
    return {"messaging_product": "whatsapp", "metadata": {"phone_number_id": "1001"}, **lists}


def message(**changes: object) -> dict[str, Any]:
    """A text; a change to None takes the key away."""
    whole = {
        "from": NUMBER,
        "id": "wamid.A",
        "timestamp": str(int(THEN.timestamp())),
        "type": "text",
        "text": {"body": "ciao"},
        **changes,
    }
    return {key: part for key, part in whole.items() if part is not None}


def only(**changes: object) -> Message:
    """Read one message, alone in its notification."""
    notification = reading(envelope(value(messages=[message(**changes)])))
    assert notification.unreadable == ()
    return notification.messages[0]


def parts(notification: Notification) -> tuple[int, int, int, int, int]:
    """Count messages, statuses, preferences, updates, unreadable parts."""
    found = (notification.messages, notification.statuses, notification.preferences, notification.updates)
    return (*map(len, found), len(notification.unreadable))  # type: ignore[return-value]


# -------------------------------------------------------------------------------------------------------- all the samples


@pytest.mark.parametrize("name", SAMPLES)
def test_each_sample_is_one_thing_read_whole(name: str) -> None:
    notification = sample(name)

    assert sum(parts(notification)) == 1
    assert notification.unreadable == ()


@pytest.mark.parametrize("name", SAMPLES)
def test_each_sample_is_known(name: str) -> None:
    notification = sample(name)

    assert [update.field for update in notification.updates if not update.known] == []
    assert [one.kind for one in notification.messages if one.kind not in KINDS] == []


def test_only_the_message_that_came_without_its_content_is_kept_as_a_shape() -> None:
    shaped = [name for name in SAMPLES for one in sample(name).messages if one.shape]

    assert shaped == ["pywa: message.interactive_message_with_err"]


@pytest.mark.parametrize("name", SAMPLES)
def test_no_time_of_a_sample_is_made_up(name: str) -> None:
    notification = sample(name)

    times = [one.sent_at for one in notification.messages]
    times += [one.at for one in notification.statuses]
    times += [one.at for one in notification.preferences]
    assert [time for time in times if time == NOW or time.tzinfo is not UTC] == []


@pytest.mark.parametrize("name", SAMPLES)
def test_no_value_of_a_sample_stands_in_a_shape(name: str) -> None:
    notification = sample(name)

    shapes = [*notification.unreadable, *(one.shape for one in notification.updates)]
    shapes += [one.shape for one in notification.messages if one.shape]
    leaves = {str(leaf) for leaf in leaves_of(SAMPLES[name]) if len(str(leaf)) > 3}
    segments = {segment.removesuffix("[]") for one in shapes for path in one.key_paths for segment in path.split(".")}
    assert segments & leaves <= {"messages", "calls", "image", "text"}


def leaves_of(part: object) -> Iterator[object]:
    if isinstance(part, dict):
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from leaves_of(inner)
    else:
        yield part


# --------------------------------------------------------------------------------------------------- a dozen, value by value

WAMID = "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA="
SHEENA = Contact(wa_id="16505551234", profile_name="Sheena Nelson")
TESTER = Contact("US.13491208655302741918", "972987654321", "Test Name", parent_user_id="US.ENT.11815799212886844830")


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def test_a_text() -> None:
    assert sample("meta: Text Message") == Notification(
        messages=(Message(WAMID, "106540352242922", SHEENA, at(1749416383), "text", "Does it come in another color?"),)
    )


def test_a_text_of_a_person_without_a_phone_number() -> None:
    person = Contact(
        "US.13491208655302741918",
        None,
        "Sheena Nelson",
        "realsheenanelson",
        "US.ENT.11815799212886844830",
    )

    assert sample("meta: username user, no phone, text") == Notification(
        messages=(Message(WAMID, "106540352242922", person, at(1749416383), "text", "Does it come in another color?"),)
    )


def test_a_tapped_button() -> None:
    assert sample("pywa: callback_button.button").messages == (
        Message(
            "wamid.xyzxyz",
            "1122334455667",
            TESTER,
            at(1698266730),
            "interactive",
            words="title",
            reply_id="callback_data",
            regards="wamid.xyzxyz",
        ),
    )


def test_a_tapped_row() -> None:
    found = sample("pywa: callback_selection.description").messages[0]

    assert (found.kind, found.words, found.reply_id) == ("interactive", "title", "callback_data")


def test_a_tapped_button_of_a_template_without_its_context() -> None:
    found = sample("pywa: callback_button.quick_reply_without_context").messages[0]

    assert (found.kind, found.words, found.reply_id, found.regards) == ("button", "title", "callback_data", None)


def test_a_document_with_a_caption() -> None:
    assert sample("pywa: message.document").messages == (
        Message(
            "wamid.xyzxyz",
            "1122334455667",
            TESTER,
            at(1697043666),
            "document",
            words="caption",
            media=Media(
                "1234567890987654321",
                "application/pdf",
                "grwfwe/ZPx0wAbdfbdeFUNItPZ0RylL8gGUvdt3YFqc18SY=",
            ),
        ),
    )


def test_the_name_of_a_file_is_not_read() -> None:
    file = {"id": "1", "mime_type": "application/pdf", "filename": "referto.pdf"}

    (found,) = reading(envelope(value(messages=[message(type="document", text=None, document=file)]))).messages

    assert "referto" not in str([getattr(found.media, name) for name in found.media.__slots__])  # type: ignore[union-attr]


LONG = "a" * 9000
CARDS = [{"name": {"formatted_name": "a" * 500}, "phones": []}] * 50


@pytest.mark.parametrize(
    ("kind", "held", "longest"),
    [
        ("text", {"body": LONG}, 4096),
        ("image", {"id": "1", "caption": LONG}, 4096),
        ("novelty", {"body": LONG}, 4096),
        ("location", {"name": LONG, "address": LONG}, 8192),
        ("contacts", CARDS, 8192),
        ("edit", {"original_message_id": "wamid.0", "message": {"type": "text", "text": {"body": LONG}}}, 4096),
    ],
)
def test_no_more_words_are_read_than_whatsapp_delivers(kind: str, held: object, longest: int) -> None:
    (found,) = reading(envelope(value(messages=[message(text=None, type=kind) | {kind: held}]))).messages

    assert len(found.words or "") == longest


def test_a_thousand_system_errors_of_one_post_are_twenty_different_ones() -> None:
    errors = [{"code": number // 2} for number in range(2000)]

    assert reading(envelope(value(errors=errors))).errors == tuple(range(20))


def test_a_voice_note() -> None:
    found = sample("pywa: message.voice").messages[0]

    assert (found.kind, found.words, found.media and found.media.voice) == ("audio", None, True)


def test_a_place_is_words_too() -> None:
    found = sample("pywa: message.chosen_location").messages[0]

    assert (found.kind, found.words) == ("location", "Facebook HQ, 1 Hacker Way, Menlo Park, CA 94025")


def test_shared_contacts_are_words_too() -> None:
    found = sample("meta: Contact Sharing Message").messages[0]

    assert (found.kind, found.words) == ("contacts", "Lucía Gómez, +1 (983) 555-2319")


@pytest.mark.parametrize("name", ["reaction", "unreaction_empty", "unreaction_no_emoji"])
def test_a_reaction_regards_a_message(name: str) -> None:
    found = sample(f"pywa: message.{name}").messages[0]

    assert (found.kind, found.words, found.regards, found.shape) == ("reaction", None, "wamid.yzxyzx=", None)


def test_an_edited_message_says_what_it_says_now() -> None:
    found = sample("pywa: edited_message.image").messages[0]

    assert (found.kind, found.words, found.regards, found.media and found.media.id) == (
        "edit",
        "Updated image caption",
        "wamid.HBgLMTQxMjU1NTA4MjkVAgASGBQzQUNCNjk5RDUwNUZGMUZEM0VBRAA=",
        "1234567890",
    )


def test_a_revoked_message_regards_the_one_taken_back() -> None:
    found = sample("pywa: deleted_message.revoke").messages[0]

    assert (found.kind, found.words, found.regards) == ("revoke", None, "<ORIGINAL_WHATSAPP_MESSAGE_ID>")


@pytest.mark.parametrize("name", ["flow_completion.completion", "call_permission_update.accept"])
def test_a_form_or_a_permission_holds_no_words(name: str) -> None:
    found = sample(f"pywa: {name}").messages[0]

    assert (found.kind, found.words, found.reply_id, found.shape) == ("interactive", None, None, None)


def test_an_order_and_an_unsupported_message_keep_their_kind() -> None:
    found = [sample(name).messages[0] for name in ("meta: Order Message", "meta: Unsupported Message")]

    assert [(one.kind, one.words, one.errors) for one in found] == [
        ("order", None, ()),
        ("unsupported", None, (131051,)),
    ]


def test_a_message_that_came_without_its_content_carries_the_error_beside_it() -> None:
    notification = sample("pywa: message.interactive_message_with_err")

    found = notification.messages[0]
    assert (found.kind, found.words, found.errors, notification.errors) == ("interactive", None, (131000,), (131000,))


def test_a_changed_number() -> None:
    found = sample("meta: System Message").messages[0]

    before, after = Contact(wa_id="16505551234"), Contact(wa_id="12195555358")
    assert (found.contact, found.change) == (before, IdentityChange("user_changed_number", before, after))
    assert (found.words, found.shape) == (None, None)


def test_a_changed_identity() -> None:
    found = sample("pywa: system.identity_change").messages[0]

    person = Contact(wa_id="972987654321", profile_name="User A")
    assert found.change == IdentityChange("customer_identity_changed", person, person)


def test_a_status_of_a_person_without_a_phone_number() -> None:
    person = Contact("US.13491208655302741918", None, "Pablo M.", "pablomorales", "US.ENT.11815799212886844830")

    assert sample("meta: delivered status to BSUID, no phone").statuses == (
        Status(
            "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQUFERjg0NDEzNDdFODU3MUMxMAA=",
            "106540352242922",
            "delivered",
            at(1750030073),
            contact=person,
            category="marketing",
            pricing_type="regular",
        ),
    )


def test_a_failed_status() -> None:
    found = sample("meta: failed status 131049").statuses[0]

    assert (found.status, found.errors, found.contact) == ("failed", (131049,), Contact(wa_id="16505551234"))


def test_a_status_in_a_group_is_of_the_participant() -> None:
    found = sample("pywa: message_status.group").statuses[0]

    assert found.contact == Contact(
        "US.123456",
        "<GROUP_PARTICIPANT_USER_PHONE_NUMBER>",
        "<USER_DISPLAY_NAME>",
        "<USERNAME>",
        "<PARENT_BSUID>",
    )


def test_a_preference_belongs_to_the_person_it_names_not_to_the_one_listed() -> None:
    found = sample("pywa: user_marketing_preferences.resume").preferences[0]

    assert len(found.digest) == 64
    assert found == Preference(
        "106540352242922",
        Contact(wa_id="16505551234"),
        "marketing_messages",
        "resume",
        at(1731705721),
        found.digest,
    )


def test_an_update_is_whole() -> None:
    body = envelope({"event": "ACCOUNT_DELETED"}, field="account_update")
    body["entry"][0]["time"] = int(THEN.timestamp())

    found = reading(body).updates[0]

    assert len(found.digest) == 64
    assert found == Update(
        field="account_update",
        event="ACCOUNT_DELETED",
        digest=found.digest,
        account_id="2002",
        phone_number_id=None,
        at=THEN,
        subject=None,
        known=True,
        alarming=True,
        shape=Shape(("field", "value.event"), found.shape.size, found.shape.sha256),
    )


UPDATES = {
    "pywa: account_update.account_restriction": (
        "account_update",
        "ACCOUNT_RESTRICTION",
        "RESTRICTED_BIZ_INITIATED_MESSAGING",
        True,
    ),
    "pywa: account_update.account_violation": ("account_update", "ACCOUNT_VIOLATION", "ADULT", True),
    "pywa: account_update.account_disabled": ("account_update", "DISABLED_UPDATE", "REINSTATE", False),
    "pywa: account_update.account_reconnected": ("account_update", "ACCOUNT_RECONNECTED", None, False),
    "pywa: template_category_update.marketing": (
        "template_category_update",
        "MARKETING",
        "my_message_template",
        True,
    ),
    "pywa: template_quality_update.yellow": (
        "message_template_quality_update",
        "YELLOW",
        "welcome_template",
        False,
    ),
    "pywa: template_status_update.approved": (
        "message_template_status_update",
        "APPROVED",
        "order_confirmation",
        False,
    ),
    "pywa: template_status_update.rejected": (
        "message_template_status_update",
        "REJECTED",
        "abandoned_cart",
        True,
    ),
    "pywa: template_components_update.element": (
        "message_template_components_update",
        None,
        "my_message_template",
        False,
    ),
    "pywa: call_connect.user_initiated": ("calls", "connect", "USER_INITIATED", False),
    "pywa: call_terminate.call_terminate": ("calls", "terminate", "BUSINESS_INITIATED", False),
    "pywa: call_status.call_status": ("calls", "RINGING", None, False),
}


@pytest.mark.parametrize(("name", "expected"), UPDATES.items(), ids=UPDATES)
def test_an_update_says_what_changed_and_whether_to_wake_somebody(
    name: str, expected: tuple[str, str | None, str | None, bool]
) -> None:
    found = sample(name).updates[0]

    assert (found.field, found.event, found.subject, found.alarming) == expected


@pytest.mark.parametrize(
    ("field", "told", "expected"),
    [
        (
            "security",
            {"event": "PIN_RESET_REQUEST", "requester": "61555822107539"},
            ("PIN_RESET_REQUEST", None, True),
        ),
        (
            "account_alerts",
            {"alert_info": {"alert_severity": "WARNING", "alert_status": "ACTIVE", "alert_type": "A"}},
            ("A", "ACTIVE", False),
        ),
        (
            "account_alerts",
            {"alert_info": {"alert_severity": "CRITICAL", "alert_status": "ACTIVE", "alert_type": "A"}},
            ("A", "ACTIVE", True),
        ),
        ("business_capability_update", {"max_daily_conversations_per_business": 2000}, ("2000", None, False)),
        (
            "business_capability_update",
            {"max_daily_conversations_per_business": "TIER_2K"},
            ("TIER_2K", None, False),
        ),
        (
            "phone_number_quality_update",
            {"event": "THROUGHPUT_UPGRADE", "current_limit": "TIER_UNLIMITED"},
            ("THROUGHPUT_UPGRADE", "TIER_UNLIMITED", False),
        ),
        ("phone_number_name_update", {"decision": "APPROVED", "rejection_reason": None}, ("APPROVED", None, False)),
        ("smb_message_echoes", {"message_echoes": [{"text": {"body": "x"}}]}, (None, None, True)),
    ],
)
def test_rarer_updates_are_known_too(
    field: str, told: dict[str, Any], expected: tuple[str | None, str | None, bool]
) -> None:
    found = reading(envelope(told, field=field)).updates[0]

    assert ((found.event, found.subject, found.alarming), found.known) == (expected, True)


def test_a_field_nobody_knows_is_kept_without_its_values() -> None:
    told = {"event": "Canarino", "of_whom": {"name": "Canarino", "+39 000": 1, "Canarino": [1, 2]}}

    found = reading(envelope(told, field="moon_phase")).updates[0]

    assert (found.field, found.known, found.alarming, found.event, found.subject) == (
        "moon_phase",
        False,
        False,
        None,
        None,
    )
    assert found.shape.key_paths == (
        "field",
        "value.event",
        "value.of_whom.?",
        "value.of_whom.?[]",
        "value.of_whom.name",
    )
    assert "anarino" not in repr(found)


def test_the_same_event_on_another_day_is_another_update() -> None:
    bodies = [envelope({"event": "ACCOUNT_RECONNECTED"}, field="account_update") for _ in range(3)]
    for body, time in zip(bodies, (1760000000, 1760000000, 1770000000), strict=True):
        body["entry"][0]["time"] = time

    digests = [reading(body).updates[0].digest for body in bodies]

    assert (digests[0] == digests[1], digests[0] == digests[2]) == (True, False)


# --------------------------------------------------------------------------------------------------------------- batches


def test_every_entry_change_and_list_is_read() -> None:
    status = {"id": "wamid.S", "status": "sent", "timestamp": "1760000000", "recipient_id": NUMBER}
    one = envelope(
        value(messages=[message(id="wamid.1"), message(id="wamid.2")], statuses=[status], errors=[{"code": 130429}]),
        value(messages=[message(id="wamid.3")]),
    )
    body = {**one, "entry": [*one["entry"], *envelope(value(messages=[message(id="wamid.4")]))["entry"]]}

    found = reading(body)

    assert [one.id for one in found.messages] == ["wamid.1", "wamid.2", "wamid.3", "wamid.4"]
    assert (parts(found), found.errors) == ((4, 1, 0, 0, 0), (130429,))


def test_a_thousand_messages_of_a_thousand_people_are_each_their_own() -> None:
    people = [f"39{number:010}" for number in range(1000)]
    contacts = [{"wa_id": person, "profile": {"name": f"N{person}"}} for person in people]
    messages = [message(**{"from": person, "id": f"wamid.{person}"}) for person in people]

    found = reading(envelope(value(contacts=contacts, messages=messages)))

    assert [(one.id, one.contact.wa_id, one.contact.profile_name) for one in found.messages] == [
        (f"wamid.{person}", person, f"N{person}") for person in people
    ]


BAD: list[object] = [None, 7, "text", True, [], {}, {"id": 3.5}, {"id": "wamid.B"}, {"from": NUMBER}, [[message()]]]


@pytest.mark.parametrize("bad", BAD, ids=repr)
def test_one_bad_message_spoils_no_other(bad: object) -> None:
    found = reading(envelope(value(messages=[message(id="wamid.1"), bad, message(id="wamid.2")])))

    assert ([one.id for one in found.messages], len(found.unreadable)) == (["wamid.1", "wamid.2"], 1)


def test_three_megabytes_of_nothing_are_not_a_million_shapes() -> None:
    found = reading(envelope(value(messages=[7] * 100_000)))

    assert parts(found) == (0, 0, 0, 0, 1001)


# -------------------------------------------------------------------------------------------------------------- contacts


def person(contacts: list[dict[str, Any]] | None, **changes: object) -> Contact | None:
    """Read who wrote a message, with these contacts listed beside it."""
    found = reading(envelope(value(contacts=contacts, messages=[message(**changes)])))
    return found.messages[0].contact if found.messages else None


ADA = {"profile": {"name": "Ada"}, "wa_id": NUMBER, "user_id": BSUID, "parent_user_id": "IT.ENT.1"}
BEA = {"profile": {"name": "Bea"}, "wa_id": "390000000002", "user_id": "IT.2"}
WHOLE_ADA = Contact(BSUID, NUMBER, "Ada", None, "IT.ENT.1")


def test_a_person_known_by_phone_gets_the_user_id_listed() -> None:
    assert person([BEA, ADA]) == WHOLE_ADA


def test_a_person_known_by_user_id_gets_the_phone_listed() -> None:
    assert person([BEA, ADA], **{"from": None, "from_user_id": BSUID}) == WHOLE_ADA


def test_a_person_not_listed_is_known_by_the_message_alone() -> None:
    assert person([BEA]) == Contact(wa_id=NUMBER)


def test_a_message_that_names_nobody_is_the_only_contacts() -> None:
    assert person([ADA], **{"from": None}) == WHOLE_ADA


def test_a_message_that_names_nobody_among_two_is_unreadable() -> None:
    assert person([ADA, BEA], **{"from": None}) is None


def test_a_number_that_passed_to_another_user_id_brings_no_name_with_it() -> None:
    assert person([ADA], from_user_id="IT.3") == Contact("IT.3", NUMBER)


def test_a_number_sent_as_a_number_is_read() -> None:
    assert person(None, **{"from": int(NUMBER)}) == Contact(wa_id=NUMBER)


@pytest.mark.parametrize("nobody", ["", " ", None, [], {}, True, 3.5, "x" * 513])
def test_what_cannot_be_an_id_is_none(nobody: object) -> None:
    assert person(None, **{"from": nobody}) is None


def test_a_changed_user_id_of_a_person_without_a_phone_is_read() -> None:
    system = {"type": "user_changed_user_id", "user_id": "IT.2", "previous_user_id": "IT.1", "body": "Ada changed"}

    found = only(**{"from": None, "type": "system", "text": None, "system": system})

    assert (found.contact, found.change) == (
        Contact("IT.1"),
        IdentityChange("user_changed_user_id", Contact("IT.1"), Contact("IT.2")),
    )


def test_a_changed_number_brings_both_user_ids() -> None:
    system = {
        "type": "user_changed_number",
        "wa_id": "390000000002",
        "user_id": "IT.2",
        "previous_user_id": "IT.1",
    }

    found = only(type="system", text=None, system=system)

    assert found.change == IdentityChange(
        "user_changed_number", Contact("IT.1", NUMBER), Contact("IT.2", "390000000002")
    )


@pytest.mark.parametrize("system", [{"type": "user_changed_number"}, {"type": "user_sang"}, {}, None, "x"])
def test_a_system_message_that_does_not_say_who_is_kept_by_its_shape(system: object) -> None:
    found = only(type="system", text=None, system=system)

    assert (found.kind, found.change, found.shape is not None) == ("system", None, True)


# ----------------------------------------------------------------------------------------------------------- odd messages


def test_a_kind_nobody_knows_yet_is_kept_with_its_words() -> None:
    found = only(type="telepathy", telepathy={"body": "mi sento male"})

    assert (found.kind, found.words, found.shape is not None) == ("telepathy", "mi sento male", True)


def test_a_message_without_its_type_is_known_by_what_it_holds() -> None:
    found = only(type=None)

    assert (found.kind, found.words) == ("text", "ciao")


def test_a_message_that_holds_nothing_is_kept_as_unreadable() -> None:
    found = only(type=None, text=None)

    assert (found.kind, found.words) == ("unreadable", None)
    assert found.shape is not None and found.shape.key_paths == ("from", "id", "timestamp")


@pytest.mark.parametrize("held", [None, "ciao", 7, [], {"body": 7}, {"body": None}, {}])
def test_a_text_without_a_body_is_kept_by_its_shape(held: object) -> None:
    found = only(text=held)

    assert (found.kind, found.words, found.shape is not None) == ("text", None, True)


def test_an_empty_text_is_a_text() -> None:
    found = only(text={"body": ""})

    assert (found.words, found.shape) == ("", None)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (b"ciao \\ud83d\\ude42", "ciao 🙂"),
        (b"ciao \\ud83d", "ciao \ufffd"),
        (b"ciao \\u0000", "ciao \ufffd"),
        ("ciao è 🙂".encode(), "ciao è 🙂"),
        (b"ciao \xff\xfe", "ciao \ufffd\ufffd"),
        ("\u202eשלום".encode(), "\u202eשלום"),
    ],
)
def test_words_are_fit_to_be_stored(written: bytes, words: str) -> None:
    raw = json.dumps(envelope(value(messages=[message(text={"body": "@@"})]))).encode().replace(b"@@", written)

    found = read(raw, NOW).messages[0]

    assert (found.words, found.words and found.words.encode().decode()) == (words, words)


def test_a_message_without_metadata_is_read() -> None:
    found = reading(envelope({"messages": [message()]})).messages[0]

    assert (found.phone_number_id, found.words) == ("", "ciao")


def test_messages_without_the_name_of_their_field_are_read() -> None:
    body = envelope(value(messages=[message()]))
    del body["entry"][0]["changes"][0]["field"]

    assert parts(reading(body)) == (1, 0, 0, 0, 0)


def test_messages_another_program_answers_are_not_ours() -> None:
    assert parts(reading(envelope(value(messages=[message()]), field="standby"))) == (0, 0, 0, 1, 0)


@pytest.mark.parametrize(
    "given_outbox_id", [None, "", "some data", "0192f0c45f6e7000800000000000002a", 7, "x" * 36, "é" * 36]
)
def test_a_status_of_a_row_that_is_not_ours_names_none(given_outbox_id: object) -> None:
    status = {"id": "wamid.S", "status": "sent", "biz_opaque_callback_data": given_outbox_id}

    assert [one.outbox_id for one in reading(envelope(value(statuses=[status]))).statuses] == [None]


def test_a_status_names_our_row() -> None:
    status = {"id": "wamid.S", "status": "read", "biz_opaque_callback_data": str(OUTBOX_ID)}

    assert [one.outbox_id for one in reading(envelope(value(statuses=[status]))).statuses] == [OUTBOX_ID]


@pytest.mark.parametrize("status", ["sung", None, 7, ["sent"], {"sent": 1}])
def test_a_status_nobody_knows_is_unreadable(status: object) -> None:
    assert parts(reading(envelope(value(statuses=[{"id": "wamid.S", "status": status}])))) == (0, 0, 0, 0, 1)


# ------------------------------------------------------------------------------------------------------------------ times


@pytest.mark.parametrize(
    "absurd",
    [
        None, "", "soon", "-5", -5, "0", 0, "1e9", "٣", True, [], {}, 10**30, 1e300, float("nan"), float("inf"),
        "17494163830000", 1749416383000, int((NOW + timedelta(minutes=6)).timestamp()),
    ],
)  # fmt: skip
def test_a_missing_or_absurd_time_is_that_of_the_entry(absurd: object) -> None:
    body = envelope(value(messages=[{**message(), "timestamp": absurd}]))
    body["entry"][0]["time"] = int(THEN.timestamp())

    assert reading(body).messages[0].sent_at == THEN


def test_a_time_that_is_missing_everywhere_is_when_it_came() -> None:
    assert only(timestamp=None).sent_at == NOW


@pytest.mark.parametrize("given_time", ["1760000000", 1760000000, 1760000000.0])
def test_a_time_may_be_text_or_number(given_time: object) -> None:
    assert only(timestamp=given_time).sent_at == at(1760000000)


# ---------------------------------------------------------------------------------------------------------- hostile bodies


@pytest.mark.parametrize("body", [None, 7, "x", True, [], [1], {}, {"entry": None}, {"object": "page"}])
def test_json_that_is_no_notification_is_one_unreadable_part(body: object) -> None:
    assert parts(reading(body)) == (0, 0, 0, 0, 1)


@pytest.mark.parametrize("raw", [b"", b" ", b"{", b"<html>", b"\xff\xfe\x00", b"\x00" * 8, b'{"entry":[', b"[" * 9999])
def test_what_is_not_json_is_refused_without_its_words(raw: bytes) -> None:
    with pytest.raises(UnreadableNotification) as refused:
        read(raw, NOW)

    assert (str(refused.value), refused.value.shape.size) == (f"not JSON: {len(raw)} bytes", len(raw))


@pytest.mark.parametrize("levels", [50, 500, 950, 5000, 200_000])
def test_a_deep_message_spoils_no_other(levels: int) -> None:
    deep = b'{"id":"wamid.D","from":"1","type":"deep","deep":' + b"[" * levels + b"]" * levels + b"}"
    raw = json.dumps(envelope(value(messages=[message(id="wamid.1"), "@@", message(id="wamid.2")]))).encode()

    found = read(raw.replace(b'"@@"', deep), NOW)

    assert [one.id for one in found.messages] == ["wamid.1", "wamid.D", "wamid.2"]


@pytest.mark.parametrize("tail", [b'\\"' * 50_000, b'\\"' * 50_000 + b"\\"])
def test_a_string_that_never_ends_is_refused_at_once(tail: bytes) -> None:
    start = perf_counter()

    with pytest.raises(UnreadableNotification):
        read(b'{"a":"' + tail, NOW)

    assert perf_counter() - start < 3  # it took minutes when its end was looked for from each of its quotes


def test_brackets_inside_words_are_not_depth() -> None:
    raw = json.dumps(envelope(value(messages=[message(text={"body": '\\"[' * 100}), "@@"]))).encode()

    found = read(raw.replace(b'"@@"', b"[" * 3000 + b"]" * 3000), NOW)

    assert ([one.words for one in found.messages], len(found.unreadable)) == (['\\"[' * 100], 1)


def test_a_number_of_ten_thousand_digits_spoils_nothing() -> None:
    raw = json.dumps(envelope(value(messages=[message(), "@@"]))).encode().replace(b'"@@"', b"9" * 10_000)

    assert parts(read(raw, NOW)) == (1, 0, 0, 0, 1)


def test_a_byte_order_mark_is_no_fault() -> None:
    assert parts(read(b"\xef\xbb\xbf" + json.dumps(envelope(value(messages=[message()]))).encode(), NOW)) == (
        1,
        0,
        0,
        0,
        0,
    )


WRONG = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.builds(list),  # built anew each time: what is put into a body is itself changed later
    st.builds(dict),
    st.builds(lambda: [[[]]]),
    st.builds(lambda: {"id": {"id": []}}),
)


def places(part: object) -> list[tuple[Any, Any]]:
    """List every (container, key) in a body."""
    found: list[tuple[Any, Any]] = []
    waiting = [part]
    while waiting:
        holder = waiting.pop()
        keys = holder.keys() if isinstance(holder, dict) else range(len(holder)) if isinstance(holder, list) else ()
        for key in keys:
            found.append((holder, key))
            waiting.append(holder[key])  # type: ignore[index]
    return found


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_a_mutilated_sample_never_raises_and_spoils_no_message_beside_it(data: st.DataObject) -> None:
    body = copy.deepcopy(SAMPLES[data.draw(st.sampled_from(sorted(SAMPLES)))])
    for _ in range(data.draw(st.integers(1, 4))):
        holder, key = data.draw(st.sampled_from(places(body)))
        if isinstance(holder, dict) and data.draw(st.booleans()):
            del holder[key]
        else:
            holder[key] = data.draw(WRONG)
        if not places(body):
            break
    whole = envelope(value(messages=[message(id="wamid.beside")]))["entry"]
    entries = body.get("entry") if isinstance(body.get("entry"), list) else [body.get("entry")]

    found = reading({**body, "entry": [*entries, *whole]})

    assert "wamid.beside" in [one.id for one in found.messages]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_flipped_bytes_are_read_or_refused_and_nothing_else(name: str, data: st.DataObject) -> None:
    raw = bytearray(json.dumps(SAMPLES[name]).encode())
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))

    try:
        found = read(bytes(raw), NOW)
    except UnreadableNotification:
        return

    assert repr(found)


@settings(max_examples=200, deadline=None)
@given(st.recursive(WRONG, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)))
def test_any_json_in_any_place_is_read(anything: object) -> None:
    one = message(text=anything, context=anything, timestamp=anything, errors=anything)
    body = envelope(value(messages=[one, anything], statuses=anything, contacts=anything), anything)

    assert [found.id for found in reading(body).messages][:1] == ["wamid.A"]


def test_the_same_bytes_read_the_same() -> None:
    raw = json.dumps(envelope(value(messages=[message(), {}]), {"event": "x"})).encode()

    assert read(raw, NOW) == read(raw, NOW)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_reading_shows_no_words_names_or_message_ids(name: str) -> None:
    notification = sample(name)

    shown = "".join(repr(one) for one in (*notification.messages, *notification.statuses, *notification.preferences))
    secrets = [w for m in notification.messages for w in (m.words, m.id, m.contact.profile_name, m.contact.wa_id) if w]
    assert [secret for secret in secrets if secret in shown] == []
