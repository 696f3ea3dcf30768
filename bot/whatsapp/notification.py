"""Meta's webhook JSON, read into the words of the house. What cannot be read is kept as a shape, never as values.

Picked by hand rather than with marshmallow: a schema costs 80 to 150 us per usual webhook and refuses a whole batch for
one bad message, hand-written picking costs a tenth of it, and a webhook is read on the path of every tap. Nothing here
trusts a type: whatever is taken passes a function of `picking.py`.

Source: developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview and its reference pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, TypeVar, cast, get_args
from uuid import UUID

from bot.model import (
    Contact,
    IdentityChange,
    Media,
    Message,
    Notification,
    Preference,
    Shape,
    Status,
    StatusName,
    Update,
)
from bot.whatsapp.limits import TEXT_BODY, WEBHOOK_UPDATES
from bot.whatsapp.picking import (
    Json,
    NotJson,
    codes,
    digest,
    identifier,
    list_of,
    object_of,
    parsed,
    shape,
    shape_of_bytes,
    text,
    time,
    word,
)
from bot.whatsapp.updates import read_call, read_update

ERRORS = 20  # different ones of one POST: each rings an alarm, and nobody reads more
T = TypeVar("T")
ChangeKind = Literal["user_changed_number", "user_changed_user_id"]


class UnreadableNotification(ValueError):
    """Nothing at all could be made of a body: it is not JSON. `shape` is its size and digest."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        super().__init__(f"not JSON: {shape.size} bytes")


def read(raw: bytes, received_at: datetime) -> Notification:
    """Read one POST of Meta's: every entry, change, message, status, preference, call and error.

    One bad element never spoils the others. `received_at` (aware) stands in for times that are missing or absurd.
    A message whose `metadata` is missing has "" for its phone_number_id. Raise UnreadableNotification if it is not JSON.
    """
    try:
        body = parsed(raw)
    except NotJson:
        raise UnreadableNotification(shape_of_bytes(raw)) from None
    reading = _Reading(received_at)
    if object_of(body).get("entry") is None:
        reading.unreadable.append(body)
    for entry in reading.objects(object_of(body), "entry"):
        _read_entry(entry, reading)
    return reading.notification()


# ---------------------------------------------------------------------------------------------------------- the envelope


@dataclass(slots=True)
class _Reading:
    """What has been found so far."""

    received_at: datetime
    messages: list[Message] = field(default_factory=list)
    statuses: list[Status] = field(default_factory=list)
    preferences: list[Preference] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    errors: list[int] = field(default_factory=list)
    unreadable: list[object] = field(default_factory=list)

    def objects(self, parent: Json, key: str) -> Iterator[Json]:
        """Yield the objects listed under a key; whatever else stands there is unreadable."""
        for element in list_of(parent.get(key)):
            if isinstance(element, dict):
                yield element
            else:
                self.unreadable.append(element)

    def keep(self, found: list[T], read: T | None, element: Json) -> None:
        if read is None:
            self.unreadable.append(element)
        else:
            found.append(read)

    def notification(self) -> Notification:
        return Notification(
            tuple(self.messages),
            tuple(self.statuses),
            tuple(self.preferences),
            tuple(self.updates),
            tuple(dict.fromkeys(self.errors))[:ERRORS],
            tuple(_shapes(self.unreadable)),
        )


@dataclass(frozen=True, slots=True)
class _Place:
    """What the envelope around an element says."""

    account_id: str | None
    phone_number_id: str
    otherwise_at: datetime  # the entry's time, or when we received it
    received_at: datetime
    contacts: Mapping[str, Contact]  # by user id and by wa_id: the one has a dot, the other only digits
    alone: Contact | None  # the only contact, if there is just one

    def time(self, given: object) -> datetime:
        return time(given, self.received_at) or self.otherwise_at


def _shapes(parts: list[object]) -> Iterator[Shape]:
    """Describe each part; beyond what one POST of Meta's can hold, all the rest at once."""
    for part in parts[:WEBHOOK_UPDATES]:
        yield shape(part)
    if len(parts) > WEBHOOK_UPDATES:
        yield shape(parts[WEBHOOK_UPDATES:])


def _read_entry(entry: Json, reading: _Reading) -> None:
    otherwise_at = time(entry.get("time"), reading.received_at) or reading.received_at
    account_id = identifier(entry.get("id"))
    if entry.get("changes") is None:
        reading.unreadable.append(entry)
    for change in reading.objects(entry, "changes"):
        value = object_of(change.get("value"))
        phone_number_id = identifier(object_of(value.get("metadata")).get("phone_number_id")) or ""
        listed = [_listed_contact(contact) for contact in list_of(value.get("contacts"))]
        alone = listed[0] if len(listed) == 1 else None
        place = _Place(account_id, phone_number_id, otherwise_at, reading.received_at, _by_id(listed), alone)
        _read_change(change, value, entry.get("time"), place, reading)


def _read_change(change: Json, value: Json, entry_time: object, place: _Place, reading: _Reading) -> None:
    name = word(change.get("field"))
    if name == "messages" or (name is None and value.keys() & {"messages", "statuses"}):
        _read_messages(change, value, place, reading)
    elif name == "user_preferences":
        _read_preferences(change, value, place, reading)
    elif name == "calls":
        _read_calls(change, value, place, reading)
    elif name is None:
        reading.unreadable.append(change)
    else:
        reading.updates.append(read_update(name, change, place.account_id, entry_time, place.otherwise_at))


def _read_messages(change: Json, value: Json, place: _Place, reading: _Reading) -> None:
    errors = codes(value.get("errors"))
    reading.errors += errors
    for element in reading.objects(value, "messages"):
        reading.keep(reading.messages, _message(element, place, errors), element)
    for element in reading.objects(value, "statuses"):
        reading.keep(reading.statuses, _status(element, place), element)
    if not value.keys() & {"messages", "statuses", "errors"}:
        reading.unreadable.append(change)


def _read_preferences(change: Json, value: Json, place: _Place, reading: _Reading) -> None:
    if value.get("user_preferences") is None:
        reading.unreadable.append(change)
    for element in reading.objects(value, "user_preferences"):
        reading.keep(reading.preferences, _preference(element, place), element)


def _read_calls(change: Json, value: Json, place: _Place, reading: _Reading) -> None:
    reading.errors += codes(value.get("errors"))
    if not value.keys() & {"calls", "statuses", "errors"}:
        reading.unreadable.append(change)
    for key, event in (("calls", "event"), ("statuses", "status")):
        for element in reading.objects(value, key):
            at = place.time(element.get("timestamp"))
            call = read_call(element, word(element.get(event)), place.account_id, place.phone_number_id, at)
            reading.updates.append(call)


# -------------------------------------------------------------------------------------------------------------- contacts


def _listed_contact(listed: object) -> Contact:
    listed = object_of(listed)
    profile = object_of(listed.get("profile"))
    return Contact(
        identifier(listed.get("user_id")),
        identifier(listed.get("wa_id")),
        text(profile.get("name")),
        text(profile.get("username")),
        identifier(listed.get("parent_user_id")),
    )


def _by_id(listed: list[Contact]) -> dict[str, Contact]:
    by_id: dict[str, Contact] = {}
    for contact in listed:
        for given in (contact.user_id, contact.wa_id):
            if given:
                by_id.setdefault(given, contact)
    return by_id


def _contact(user_id: str | None, wa_id: str | None, parent_user_id: str | None, place: _Place) -> Contact | None:
    """Join an element's own ids with the contact listed beside it; None if there is no id at all.

    Since 2026 the phone number may be missing in either. An element without any id of its own belongs to the only contact.
    """
    listed = _same_person(user_id, wa_id, place.contacts) if user_id or wa_id else place.alone
    if listed is None:
        return Contact(user_id, wa_id, parent_user_id=parent_user_id) if user_id or wa_id else None
    user_id, wa_id = user_id or listed.user_id, wa_id or listed.wa_id
    if not user_id and not wa_id:
        return None
    return Contact(user_id, wa_id, listed.profile_name, listed.username, parent_user_id or listed.parent_user_id)


def _same_person(user_id: str | None, wa_id: str | None, contacts: Mapping[str, Contact]) -> Contact | None:
    """Return the listed contact of these ids; the user id decides, since a number may pass to another person."""
    if user_id and user_id in contacts:
        return contacts[user_id]
    listed = contacts.get(wa_id) if wa_id else None
    return listed if listed and not (user_id and listed.user_id) else None


# -------------------------------------------------------------------------------------------------------------- messages

MEDIA = frozenset({"image", "video", "audio", "document", "sticker"})
KINDS = MEDIA | {
    "text",
    "location",
    "contacts",
    "reaction",
    "interactive",
    "button",
    "order",
    "system",
    "unsupported",
    "edit",
    "revoke",
}
JOINED = 8192  # characters of a place or of shared contacts, which are several texts in one
# Kinds that are whole without an object of their own name.
BARE_KINDS = frozenset({"unsupported", "contacts"})


@dataclass(slots=True)
class _Content:
    """What a message holds; `whole` is False when something expected was missing."""

    words: str | None = None
    reply_id: str | None = None
    regards: str | None = None
    media: Media | None = None
    whole: bool = True


def _message(element: Json, place: _Place, system_errors: tuple[int, ...]) -> Message | None:
    """Read one message; None without an id, or without anyone it could be from."""
    message_id = identifier(element.get("id"))
    contact = _sender(element, place)
    if message_id is None or contact is None:
        return None
    kind = _kind(element)
    content = _content(kind, element)
    change = _identity_change(element, contact) if kind == "system" else None
    whole = content.whole and kind in KINDS and (kind != "system" or change is not None)
    context = object_of(element.get("context"))
    return Message(
        id=message_id,
        phone_number_id=place.phone_number_id,
        contact=contact,
        sent_at=place.time(element.get("timestamp")),
        kind=kind,
        words=_capped(content.words, JOINED if kind in ("location", "contacts") else TEXT_BODY),
        reply_id=content.reply_id,
        regards=content.regards or identifier(context.get("id")),
        media=content.media,
        change=change,
        errors=codes(element.get("errors")) or (() if whole else system_errors),
        shape=None if whole else shape(element),
    )


def _capped(words: str | None, longest: int) -> str | None:
    """Return no more words than WhatsApp delivers: whatever is longer was made to cost us time."""
    return words and words[:longest]


def _sender(element: Json, place: _Place) -> Contact | None:
    user_id = identifier(element.get("from_user_id"))
    wa_id = identifier(element.get("from"))
    if not user_id and not wa_id and not place.contacts:
        # A changed user id of a person without a phone: the message carries nothing but the two ids.
        system = object_of(element.get("system"))
        user_id = identifier(system.get("previous_user_id")) or identifier(system.get("user_id"))
    return _contact(user_id, wa_id, identifier(element.get("from_parent_user_id")), place)


def _kind(element: Json) -> str:
    """Return Meta's type; where it is missing, the key that names one."""
    return word(element.get("type")) or next((key for key in element if key in KINDS), "unreadable")


def _content(kind: str, element: Json) -> _Content:
    held = object_of(element.get(kind))
    if not held and kind not in BARE_KINDS:
        return _Content(whole=False)
    match kind:
        case "text":
            body = text(held.get("body"))
            return _Content(words=body, whole=body is not None)
        case "interactive":
            return _tap(held)
        case "button":
            payload = text(held.get("payload"))
            return _Content(text(held.get("text")) or None, payload or None, whole=bool(payload))
        case "image" | "video" | "audio" | "document" | "sticker":
            media = _media(held)
            return _Content(text(held.get("caption")) or None, media=media, whole=media is not None)
        case "location":
            return _Content(_joined(", ", held.get("name"), held.get("address")))
        case "contacts":
            return _Content(_shared_contacts(element.get("contacts")), whole=bool(element.get("contacts")))
        case "order":
            return _Content(text(held.get("text")) or None)
        case "reaction":
            return _about(held, "message_id")
        case "revoke":
            return _about(held, "original_message_id")
        case "edit":
            return _edit(held)
        case "system" | "unsupported":
            return _Content()
        case _:
            # A type nobody knows yet: an emergency written in it must still be seen.
            return _Content(text(held.get("body")) or text(held.get("caption")) or text(held.get("text")) or None)


def _tap(held: Json) -> _Content:
    for kind in ("button_reply", "list_reply"):
        if kind in held:
            tapped = object_of(held[kind])
            reply_id = text(tapped.get("id"))
            return _Content(text(tapped.get("title")) or None, reply_id or None, whole=bool(reply_id))
    return _Content(whole=bool(held.keys() & {"nfm_reply", "call_permission_reply"}))


def _about(held: Json, key: str) -> _Content:
    regards = identifier(held.get(key))
    return _Content(regards=regards, whole=regards is not None)


def _edit(held: Json) -> _Content:
    """Read what an edited message says now."""
    inner = object_of(held.get("message"))
    kind = _kind(inner)
    content = _content(kind, inner) if kind != "edit" else _Content(whole=False)
    content.regards = identifier(held.get("original_message_id"))
    content.whole = content.whole and content.regards is not None
    return content


def _media(held: Json) -> Media | None:
    media_id = identifier(held.get("id"))
    if media_id is None:
        return None
    return Media(
        id=media_id,
        mime_type=text(held.get("mime_type")) or "application/octet-stream",
        sha256=identifier(held.get("sha256")),
        voice=held.get("voice") is True,
    )


def _shared_contacts(shared: object) -> str | None:
    lines = []
    for card in list_of(shared):
        card = object_of(card)
        phones = [object_of(phone).get("phone") for phone in list_of(card.get("phones"))]
        lines.append(_joined(", ", object_of(card.get("name")).get("formatted_name"), *phones))
    return _joined("\n", *lines)


def _joined(between: str, *parts: object) -> str | None:
    return between.join(found for part in parts if (found := text(part))) or None


def _identity_change(element: Json, contact: Contact) -> IdentityChange | None:
    """Read a system message; None if it does not say who it was and who it is now."""
    system = object_of(element.get("system"))
    kind = system.get("type")
    if kind == "customer_identity_changed":
        return IdentityChange("customer_identity_changed", contact, contact)
    if kind not in ("user_changed_number", "user_changed_user_id"):
        return None
    user_id, wa_id = identifier(system.get("user_id")), identifier(system.get("wa_id"))
    # `from` and `from_user_id` are of before, but only where they differ from what is said to be new.
    old_user_id = identifier(system.get("previous_user_id")) or _unless(contact.user_id, user_id)
    old_wa_id = _unless(contact.wa_id, wa_id)
    if not (user_id or wa_id) or not (old_user_id or old_wa_id):
        return None
    previous = replace(contact, user_id=old_user_id, wa_id=old_wa_id)
    current = replace(contact, user_id=user_id, wa_id=wa_id, parent_user_id=identifier(system.get("parent_user_id")))
    return IdentityChange(cast(ChangeKind, kind), previous, current)


def _unless(given: str | None, other: str | None) -> str | None:
    return given if given != other else None


# ---------------------------------------------------------------------------------------------------- statuses, preferences

STATUSES = frozenset(get_args(StatusName))


def _status(element: Json, place: _Place) -> Status | None:
    """Read what became of a message of ours; None without its id or a status we know."""
    message_id = identifier(element.get("id"))
    status = element.get("status")
    if message_id is None or not isinstance(status, str) or status not in STATUSES:
        return None
    pricing = object_of(element.get("pricing"))
    return Status(
        message_id=message_id,
        phone_number_id=place.phone_number_id,
        status=cast(StatusName, status),
        at=place.time(element.get("timestamp")),
        outbox_id=_outbox_id(element.get("biz_opaque_callback_data")),
        contact=_recipient(element, place),
        errors=codes(element.get("errors")),
        category=word(pricing.get("category")),
        pricing_type=word(pricing.get("type")),
    )


def _recipient(element: Json, place: _Place) -> Contact | None:
    if element.get("recipient_type") == "group":  # then recipient_id is the group
        keys = ("recipient_participant_user_id", "recipient_participant_id", "recipient_participant_parent_user_id")
    else:
        keys = ("recipient_user_id", "recipient_id", "recipient_parent_user_id")
    user_id, wa_id, parent_user_id = (identifier(element.get(key)) for key in keys)
    return _contact(user_id, wa_id, parent_user_id, place)


def _outbox_id(given: object) -> UUID | None:
    if not isinstance(given, str) or len(given) != 36:
        return None
    try:
        return UUID(given)
    except ValueError:
        return None


def _preference(element: Json, place: _Place) -> Preference | None:
    """Read a wish about marketing; None without a person or a value. Its timestamp is a number, alone among all."""
    user_id, wa_id = identifier(element.get("user_id")), identifier(element.get("wa_id"))
    contact = _contact(user_id, wa_id, identifier(element.get("parent_user_id")), place)
    value = word(element.get("value"))
    if contact is None or value is None:
        return None
    return Preference(
        phone_number_id=place.phone_number_id,
        contact=contact,
        category=word(element.get("category")) or "",
        value=value,
        at=place.time(element.get("timestamp")),
        digest=digest("user_preferences", place.phone_number_id, element),
    )
