"""What a person does with their phone: each act becomes one of Meta's incoming messages and goes to the clinic."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from simulator import bubbles, webhooks
from simulator.chats import ChatMessage, Choice, wamid
from simulator.media import TYPES, kind_of, sample
from simulator.people import Person
from simulator.refusal import Json, status_error
from simulator.world import World


class NotPossible(Exception):
    """This cannot be done on a phone; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Said:
    """One incoming message before it is posted. `part` is what Meta puts under the name of the type."""

    type: str
    part: Any
    regards: str | None = None
    extra: Json | None = None
    quotes: bool = False  # whether `context` names the message this regards
    odd: bool = False  # whether its content may be of any shape


def say(world: World, person: Person, act: Json) -> ChatMessage:
    """Do what `act["type"]` names, keep it in the chat and tell the clinic. Raise NotPossible."""
    make = ACTS.get(str(act.get("type", "text")))
    if make is None:
        raise NotPossible(f"type must be one of {', '.join(ACTS)}")
    try:
        said = make(world, person, act)
    except KeyError as fault:
        raise NotPossible(f"{fault.args[0]} is missing") from fault
    return _post(world, person, said)


def change_ids(world: World, person: Person, wa_id: str | None, user_id: str | None) -> None:
    """Give a person another number or business-scoped id, and tell the clinic as Meta does."""
    before = (person.wa_id, person.user_id)
    world.people.change_ids(person, wa_id, user_id)
    system: Json = {
        "type": "user_changed_number" if before[0] else "user_changed_user_id",
        "body": f"User {person.name} changed",
    }
    known = {"wa_id": person.wa_id, "user_id": person.user_id, "previous_user_id": before[1]}
    system |= {key: value for key, value in known.items() if value}
    named = {key: value for key, value in (("from", before[0]), ("from_user_id", before[1])) if value}
    message = named | {
        "id": wamid(person.number, True),
        "timestamp": _timestamp(world),
        "type": "system",
        "system": system,
    }
    world.chats.touch()
    world.tell(person.key, "messages", webhooks.system_value(world.line, message))


def _post(world: World, person: Person, said: Said) -> ChatMessage:
    now = world.clock.now()
    message = {"id": wamid(person.number, True), "timestamp": str(int(now)), "type": said.type, said.type: said.part}
    if said.part is None:
        del message[said.type]
    if said.quotes:
        message["context"] = {"from": world.line.display_phone_number, "id": said.regards}
    kept = _keep(world, person, said, message["id"], now)
    person.last_inbound_at = now
    world.tallies.incoming += 1
    value = webhooks.message_value(world.line, person, message | (said.extra or {}))
    world.tell(person.wa_id or person.user_id or "", "messages", value, about=kept.id)
    return kept


def tell_preference(world: World, person: Person) -> None:
    """Tell the clinic that a person stopped or resumed marketing messages."""
    ids = {key: value for key, value in (("wa_id", person.wa_id), ("user_id", person.user_id)) if value}
    word = "resume" if person.wants_marketing else "stop"
    preference: Json = ids | {
        "detail": f"User requested to {word} marketing messages",
        "category": "marketing_messages",
    }
    preference |= {"value": word, "timestamp": int(world.clock.now())}
    value = webhooks.preference_value(world.line, ids, preference)
    world.tell(person.wa_id or person.user_id or "", "user_preferences", value)


def _keep(world: World, person: Person, said: Said, message_id: str, now: float) -> ChatMessage:
    shown = _shown(said)
    payload = {said.type: said.part}
    message = ChatMessage(
        message_id,
        person.key,
        True,
        said.type,
        payload,
        now,
        shown.words,
        shown.bubble,
        state="sent",
        regards=said.regards,
    )
    world.chats.add(message)
    return message


def _shown(said: Said) -> bubbles.Shown:
    if said.odd:
        return bubbles.show("unsupported", {})
    return bubbles.Shown({}, "") if said.type in ("edit", "revoke") else bubbles.show(said.type, said.part)


# ------------------------------------------------------------------------------------------------------------------ acts


def _text(world: World, person: Person, act: Json) -> Said:
    regards = act.get("regards")
    return Said("text", {"body": str(act["body"])}, regards, quotes=regards is not None)


def _tap(world: World, person: Person, act: Json) -> Said:
    """Tap an option of the message named, or of the last one that offers it. `force` taps what nobody offered."""
    message, choice = _forged(act) if act.get("force") else _offered(world, person, str(act["id"]), act.get("message"))
    regards = message.id if message else act.get("message")
    if message is not None:
        message.tapped = choice.id
        world.chats.touch(message)
    quotes = regards is not None
    if choice.kind == "button":
        return Said("button", {"payload": choice.id, "text": choice.title}, regards, quotes=quotes)
    reply = {"id": choice.id, "title": choice.title} | (
        {"description": choice.description} if choice.description else {}
    )
    return Said("interactive", {"type": choice.kind, choice.kind: reply}, regards, quotes=quotes)


def _forged(act: Json) -> tuple[None, Choice]:
    kind = str(act.get("kind", "button_reply"))
    if kind not in ("button_reply", "list_reply", "button"):
        raise NotPossible("kind must be button_reply, list_reply or button")
    return None, Choice(kind, str(act["id"]), str(act.get("title", act["id"])))


def _offered(world: World, person: Person, option: str, message_id: str | None) -> tuple[ChatMessage, Choice]:
    for message in reversed(world.chats.of(person.key)):
        if message.mine or (message_id is not None and message.id != message_id):
            continue
        for choice in message.choices:
            if choice.id == option:
                return message, choice
    raise NotPossible("no message of this chat offers this option")


def _media(world: World, person: Person, act: Json) -> Said:
    kind = "audio" if act["type"] == "voice" else str(act["type"])
    mime_type, content = sample(kind)
    if "content" in act:
        mime_type, content = str(act.get("mime_type", mime_type)), base64.b64decode(act["content"])
    if kind in TYPES and kind_of(mime_type) != kind:
        raise NotPossible(f"{mime_type} is not a type of {kind}")
    file = world.files.keep(kind, mime_type, content)
    part: Json = {"mime_type": mime_type, "sha256": file.sha256, "id": file.id}
    if kind == "audio":
        part["voice"] = act["type"] == "voice"
    if kind == "sticker":
        part["animated"] = False
    if kind == "document":
        part["filename"] = str(act.get("filename", "documento.pdf"))
    if act.get("caption"):
        part["caption"] = str(act["caption"])
    return Said(kind, part)


def _location(world: World, person: Person, act: Json) -> Said:
    part: Json = {"latitude": float(act.get("latitude", 45.4641)), "longitude": float(act.get("longitude", 9.1919))}
    part |= {key: str(act[key]) for key in ("name", "address", "url") if act.get(key)}
    return Said("location", part, act.get("regards"), quotes=act.get("regards") is not None)


def _contacts(world: World, person: Person, act: Json) -> Said:
    if act.get("contacts"):
        return Said("contacts", act["contacts"])
    number = person.wa_id or "393515550000"
    name = {"first_name": person.name, "formatted_name": person.name}
    return Said("contacts", [{"name": name, "phones": [{"phone": f"+{number}", "wa_id": number, "type": "CELL"}]}])


def _reaction(world: World, person: Person, act: Json) -> Said:
    message = _message(world, person, act, mine=False)
    emoji = str(act.get("emoji", "👍"))
    message.reaction = emoji or None
    world.chats.touch(message)
    return Said("reaction", {"message_id": message.id, "emoji": emoji}, message.id)


def _order(world: World, person: Person, act: Json) -> Said:
    item = {"product_retailer_id": "demo-1", "quantity": 1, "item_price": 30, "currency": "EUR"}
    return Said("order", {"catalog_id": "194836987003835", "text": str(act.get("text", "")), "product_items": [item]})


def _unsupported(world: World, person: Person, act: Json) -> Said:
    code = int(act.get("code", 131051))
    extra = {"errors": [status_error(code, "Message type is currently not supported.")]}
    return Said("unsupported", {"type": str(act.get("kind", "poll_creation"))}, extra=extra)


def _edit(world: World, person: Person, act: Json) -> Said:
    message = _message(world, person, act, mine=True)
    words = str(act["body"])
    message.words, message.bubble, message.edited = words, {"body": words}, True
    world.chats.touch(message)
    inner = {"type": "text", "text": {"body": words}}
    return Said("edit", {"original_message_id": message.id, "message": inner}, message.id)


def _revoke(world: World, person: Person, act: Json) -> Said:
    message = _message(world, person, act, mine=True)
    message.revoked, message.words, message.bubble = True, "", {}
    world.chats.touch(message)
    return Said("revoke", {"original_message_id": message.id}, message.id)


def _raw(world: World, person: Person, act: Json) -> Said:
    """Send any type with any content, for what nobody foresaw."""
    return Said(str(act["kind"]), act.get("part"), extra=act.get("extra"), odd=True)


def _message(world: World, person: Person, act: Json, mine: bool) -> ChatMessage:
    """Return the message an act names, or the last one of that side."""
    wanted = act.get("message")
    for message in reversed(world.chats.of(person.key)):
        if message.mine == mine and message.type not in ("edit", "revoke", "reaction") and wanted in (None, message.id):
            return message
    raise NotPossible("there is no such message in this chat")


def _timestamp(world: World) -> str:
    return str(int(world.clock.now()))


ACTS: dict[str, Callable[[World, Person, Json], Said]] = {
    "text": _text,
    "tap": _tap,
    "image": _media,
    "video": _media,
    "audio": _media,
    "voice": _media,
    "document": _media,
    "sticker": _media,
    "location": _location,
    "contacts": _contacts,
    "reaction": _reaction,
    "order": _order,
    "unsupported": _unsupported,
    "edit": _edit,
    "revoke": _revoke,
    "raw": _raw,
}
