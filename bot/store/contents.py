"""What is sealed into a row and read back: persons, messages, conversations, drafts, as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from bot.model import Contact, IdentityChange, Media, MediaLink, Message, Shape, TemplateMessage
from bot.ports import Content, Typed, Wording
from bot.safety import Screened
from menus.model import Conversation
from menus.stored import conversation_from_json, conversation_to_json, prompts_from_json, prompts_to_json


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def person_to_json(contact: Contact) -> str:
    """Write who a contact is."""
    return _dump([contact.user_id, contact.wa_id, contact.profile_name, contact.username, contact.parent_user_id])


def person_from_json(text: str) -> Contact:
    """Read who a contact is."""
    return Contact(*json.loads(text))


def message_to_json(message: Message, screened: Screened) -> str:
    """Write what is kept of a message: its words only after the screen has cut identifiers."""
    content = {
        "wamid": message.id,
        "words": screened.words,
        "cut": screened.cut or None,
        "reply_id": message.reply_id,
        "regards": message.regards,
        "media": asdict(message.media) if message.media else None,
        "change": asdict(message.change) if message.change else None,
        "shape": asdict(message.shape) if message.shape else None,
    }
    return _dump({key: value for key, value in content.items() if value is not None})


def media_from(content: dict[str, Any]) -> Media | None:
    """Read the file of a stored message; the name of a file is no longer kept, and not read where it was."""
    known = {field.name for field in fields(Media)}
    found = content.get("media")
    return Media(**{name: value for name, value in found.items() if name in known}) if found else None


def change_from(content: dict[str, Any]) -> IdentityChange | None:
    """Read the identity change of a stored message."""
    if "change" not in content:
        return None
    change = content["change"]
    return IdentityChange(change["kind"], Contact(**change["previous"]), Contact(**change["current"]))


def shape_from(content: dict[str, Any]) -> Shape | None:
    """Read the shape of what could not be read."""
    if "shape" not in content:
        return None
    shape = content["shape"]
    return Shape(tuple(shape["key_paths"]), shape["size"], shape["sha256"])


def standing_to_json(standing: Conversation, last_tap: str | None, last_tap_at: datetime | None) -> str:
    """Write where a person stands, and what was last tapped."""
    return _dump([conversation_to_json(standing), last_tap, last_tap_at.isoformat() if last_tap_at else None])


def standing_from_json(text: str) -> tuple[Conversation, str | None, datetime | None]:
    """Read where a person stands, and what was last tapped."""
    standing, last_tap, at = json.loads(text)
    return conversation_from_json(standing), last_tap, datetime.fromisoformat(at) if at else None


def content_to_json(content: Content) -> str:
    """Write what a row of the outbox says."""
    match content:
        case Wording(bubble):
            return _dump({"wording": prompts_to_json(bubble)})
        case Typed(words):
            return _dump({"typed": words})
        case MediaLink():
            return _dump({"media": asdict(content)})
        case TemplateMessage():
            return _dump({"template": asdict(content)})


def content_from_json(text: str) -> Content:
    """Read what a row of the outbox says."""
    ((kind, value),) = json.loads(text).items()
    if kind == "wording":
        return Wording(prompts_from_json(value))
    if kind == "typed":
        return Typed(value)
    if kind == "media":
        return MediaLink(**value)
    return _template_from(value)


def _template_from(value: dict[str, Any]) -> TemplateMessage:
    header = value["header"]
    return TemplateMessage(
        name=value["name"],
        language=value["language"],
        body=tuple((name, text) for name, text in value["body"]),
        header=MediaLink(**header) if isinstance(header, dict) else header,
        quick_replies=tuple(value["quick_replies"]),
        url_suffixes=tuple((index, suffix) for index, suffix in value["url_suffixes"]),
    )
