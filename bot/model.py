"""The words of the house: what travels between the rooms. Frozen, typed, no behaviour beyond its own shape.

Meta's names for what WhatsApp says (Message, Status, Contact), ours for what we do about it. Nothing here does I/O,
asks the time or imports another room.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

# ---------------------------------------------------------------------------------------------- what WhatsApp tells us


@dataclass(frozen=True, slots=True)
class Contact:
    """Who writes, or to whom we write: at least one of `user_id` and `wa_id` is set; since 2026 a phone number may be missing.

    `user_id` is the business-scoped user id (BSUID, `IT.123...`), `wa_id` the phone number in digits. Neither the
    profile name nor the username is ever a key.
    """

    user_id: str | None = field(default=None, repr=False)
    wa_id: str | None = field(default=None, repr=False)
    profile_name: str | None = field(default=None, repr=False)
    username: str | None = field(default=None, repr=False)
    parent_user_id: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Shape:
    """What is kept of something we could not read: never its values."""

    key_paths: tuple[str, ...]
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Media:
    """A file a person sent; `id` can be fetched for seven days. Its name is not kept: it often says who it is about."""

    id: str
    mime_type: str
    sha256: str | None = None
    voice: bool = False


@dataclass(frozen=True, slots=True)
class IdentityChange:
    """A person's number or user id changed: re-key the contact, and treat what we knew of the patient as unproven."""

    kind: Literal["user_changed_number", "user_changed_user_id", "customer_identity_changed"]
    previous: Contact
    current: Contact


@dataclass(frozen=True, slots=True)
class Message:
    """One incoming message, read.

    `id` is the wamid: it holds the phone number in base64 and must never be logged. `kind` is Meta's `type`
    (`text image video audio document sticker location contacts reaction interactive button order system unsupported
    edit revoke ...`) as sent, or `unreadable`. `words` is everything readable a person wrote: body, caption, the title of what was tapped.
    `reply_id` is the id of a tapped option (button_reply, list_reply, template quick reply); None when nothing was
    tapped. `regards` is the wamid this message is about (context, reaction, edit, revoke). `shape` is set when a part could not be read.
    """

    id: str = field(repr=False)
    phone_number_id: str
    contact: Contact = field(repr=False)
    sent_at: datetime
    kind: str
    words: str | None = field(default=None, repr=False)
    reply_id: str | None = field(default=None, repr=False)
    regards: str | None = field(default=None, repr=False)
    media: Media | None = field(default=None, repr=False)
    change: IdentityChange | None = field(default=None, repr=False)
    errors: tuple[int, ...] = ()
    shape: Shape | None = None


StatusName = Literal["sent", "delivered", "read", "played", "failed"]


@dataclass(frozen=True, slots=True)
class Status:
    """What became of a message we sent. `outbox_id` is our row, echoed in `biz_opaque_callback_data`; None if absent."""

    message_id: str = field(repr=False)
    phone_number_id: str
    status: StatusName
    at: datetime
    outbox_id: UUID | None = None
    contact: Contact | None = field(default=None, repr=False)
    errors: tuple[int, ...] = ()
    category: str | None = None  # pricing.category: service, utility, marketing ...
    pricing_type: str | None = None  # pricing.type: regular, free_customer_service ...


@dataclass(frozen=True, slots=True)
class Preference:
    """A person told WhatsApp to stop or resume marketing messages (`user_preferences`)."""

    phone_number_id: str
    contact: Contact = field(repr=False)
    category: str
    value: str
    at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class Update:
    """Any other change Meta tells us: account, templates, quality, security, calls, and fields nobody knows yet.

    `digest` is the SHA-256 of the change and makes it unique. `event` is Meta's own event, status or decision word, or None.
    `subject` is the id or name of what changed where it names no person (a template's name, a restriction), else None.
    `known` says whether the field is one we have a rule for. `alarming` says that the operator must know at once.
    `language` and `category` are a message template's.
    """

    field: str
    event: str | None
    digest: str
    account_id: str | None
    phone_number_id: str | None
    at: datetime | None
    subject: str | None
    known: bool
    alarming: bool
    shape: Shape
    language: str | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Notification:
    """One POST of Meta's, read whole: up to 1,000 updates. `errors` are Meta's system-level error codes, each once, the first 20.

    `unreadable` are the parts nothing could be made of; they are counted and kept as shapes.
    """

    messages: tuple[Message, ...] = ()
    statuses: tuple[Status, ...] = ()
    preferences: tuple[Preference, ...] = ()
    updates: tuple[Update, ...] = ()
    errors: tuple[int, ...] = ()
    unreadable: tuple[Shape, ...] = ()


# ------------------------------------------------------------------------------------------------- what we send, worded


@dataclass(frozen=True, slots=True)
class Text:
    """A plain text; `preview_url` shows a preview of its first link."""

    body: str
    preview_url: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """A reply button: what comes back is `id`."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class ReplyButtons:
    """Up to three buttons under a text (`interactive.type = "button"`)."""

    body: str
    buttons: tuple[Button, ...]
    header: str | None = None
    footer: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list message: what comes back is `id`."""

    id: str
    title: str
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a title; the title is needed only when there are several sections."""

    rows: tuple[Row, ...]
    title: str | None = None


@dataclass(frozen=True, slots=True)
class ListMessage:
    """A text with a button that opens at most ten rows (`interactive.type = "list"`)."""

    body: str
    button: str
    sections: tuple[Section, ...]
    header: str | None = None
    footer: str | None = None


@dataclass(frozen=True, slots=True)
class LinkButton:
    """A text with one button that opens a web page (`interactive.type = "cta_url"`)."""

    body: str
    display_text: str
    url: str
    footer: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the map with its name and address (`type = "location"`)."""

    latitude: str
    longitude: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class MediaLink:
    """An image, document or video the clinic approved, by link; `filename` is for documents."""

    kind: Literal["image", "document", "video"]
    link: str
    caption: str | None = None
    filename: str | None = None


@dataclass(frozen=True, slots=True)
class TemplateMessage:
    """A message template Meta approved, filled in.

    `body` are (parameter name, value) pairs; a name of "" is positional, in order. `quick_replies` are the payloads of its quick-reply
    buttons, in order; `url_suffixes` are (button index, suffix).
    """

    name: str
    language: str
    body: tuple[tuple[str, str], ...] = ()
    header: MediaLink | str | None = None
    quick_replies: tuple[str, ...] = ()
    url_suffixes: tuple[tuple[int, str], ...] = ()


Reply = Text | ReplyButtons | ListMessage | LinkButton | Place | MediaLink | TemplateMessage


@dataclass(frozen=True, slots=True)
class Limits:
    """How long things may be, in characters; the numbers are Meta's and stand in `bot/whatsapp/limits.py`."""

    text_body: int
    buttons: int
    button_title: int
    button_id: int
    buttons_body: int
    list_body: int
    list_button: int
    rows: int
    sections: int
    section_title: int
    row_id: int
    row_title: int
    row_description: int
    header: int
    footer: int
    link_body: int
    link_display_text: int
    caption: int


# --------------------------------------------------------------------------------------------------- what the desk keeps


class Owner(StrEnum):
    """Who holds a conversation (`docs/states.md` 1)."""

    BOT = "bot"
    QUEUED = "queued"
    STAFF = "staff"


class Author(StrEnum):
    """Who decided that a row is to be sent."""

    ENGINE = "engine"
    STAFF = "staff"
    NOTICE = "notice"
    EMERGENCY = "emergency"


class Outcome(StrEnum):
    """What became of an inbound message: every one ends as exactly one of these."""

    OPEN = "open"
    ANSWERED = "answered"
    HANDED = "handed"
    IGNORED = "ignored"


class Kept(StrEnum):
    """How long a thing is kept: the classes of the clinic's file (`retention`), and two that no number stands for."""

    WORDS = "words"
    MEDIA = "media"
    APPOINTMENTS = "appointments"
    AUDIT = "audit"
    MODEL = "model"
    METRICS = "metrics"
    PERSON = (
        "person"  # who somebody is: until they have been silent as long as words are kept and nothing is left to do
    )
    RUNNING = "running"  # what only the running processes need; nothing of a person's


class RowState(StrEnum):
    """Where a row of the outbox stands; it only moves forward."""

    WAITING = "waiting"
    HELD = "held"
    CLAIMED = "claimed"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
