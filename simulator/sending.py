"""`POST /{phone_number_id}/messages`: what Meta accepts at this moment, to this person, and what then happens."""

from __future__ import annotations

from dataclasses import dataclass

from simulator import bubbles, limits, message_templates, phones, shapes
from simulator.chats import ChatMessage, wamid
from simulator.faults import NO_TROUBLE, Trouble
from simulator.message_templates import Filled
from simulator.people import Bucket, Person, digits
from simulator.refusal import Json, Refusal
from simulator.world import World

TOO_LATE = (
    "Message failed to send because more than 24 hours have passed since the customer last replied to this number."
)
TOO_FAST = (
    "Message failed to send because there were too many messages sent from this phone number "
    "to the same phone number in a short period of time."
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What is answered, and what goes wrong with the answer."""

    answer: Json
    trouble: Trouble = NO_TROUBLE


def send(world: World, body: Json) -> Taken:
    """Take one request. Raise Refusal; nothing happened then."""
    if "status" in body:
        return _mark_read(world, body)
    kind = shapes.check_message(body)
    if world.config.instant:
        return _accept_instantly(world, body)
    person, given = _recipient(world, body)
    names = (person.key, person.wa_id, person.user_id)
    trouble = world.faults.on_request(person.wa_id or person.user_id or person.key, names)
    if trouble.refuse is not None:
        raise Refusal(trouble.refuse)
    if trouble.cut or trouble.silent:
        return Taken({}, trouble)
    return Taken(_accept(world, person, given, kind, body, trouble.fail), trouble)


def _accept(world: World, person: Person, given: Json, kind: str, body: Json, fail: int | None) -> Json:
    now = world.clock.now()
    filled, category = _check_template(world, person, body, given) if kind == "template" else (None, "service")
    _check_files(world, body[kind], kind)
    _check_moment(world, person, kind, body, now)
    person.bucket = _take(person.bucket, now)
    message = _keep(world, person, kind, body, filled, category, now)
    person.typing_until = 0.0
    world.tallies.accepted += 1
    phones.receive(world, message, fail if fail is not None else phones.refused_by(world, person, category))
    accepted: Json = {"id": message.id} | ({"message_status": "accepted"} if kind == "template" else {})
    return {"messaging_product": "whatsapp", "contacts": [given], "messages": [accepted]}


def _recipient(world: World, body: Json) -> tuple[Person, Json]:
    """Return who is meant and how the answer names them; `to` wins over `recipient`."""
    if "to" in body:
        return _by_number(world, body["to"])
    person = world.people.find(body["recipient"])
    if person is None:
        person = _stranger(world, {"user_id": body["recipient"], "shape": "bsuid"})
    return person, {"input": body["recipient"], "user_id": person.user_id}


def _by_number(world: World, number: str) -> tuple[Person, Json]:
    if digits(number) == digits(world.line.display_phone_number):
        raise Refusal(131021, "Sender and recipient phone number are the same")
    person = world.people.find_number(number) or _stranger(world, {"wa_id": number})
    return person, {"input": number, "wa_id": person.wa_id}


def _stranger(world: World, ids: Json) -> Person:
    if not world.config.strangers:
        raise Refusal(131026, "Message Undeliverable.")
    person = world.people.add(ids)
    person.last_inbound_at = world.clock.now()
    return person


def _check_template(world: World, person: Person, body: Json, given: Json) -> tuple[Filled, str]:
    wanted = body["template"]
    name, language = wanted["name"], wanted["language"]["code"]
    template = world.templates.get((name, language))
    if template is None:
        raise message_templates.missing(name, language)
    if template.category == "AUTHENTICATION" and "user_id" in given:
        raise Refusal(131062, "Authentication templates need a phone number")
    return message_templates.fill(template, wanted.get("components", [])), template.category.lower()


def _check_files(world: World, part: Json, kind: str) -> None:
    """Check every file named by its id, in the message itself or in a header."""
    header = part.get("header", {}) if kind == "interactive" else {}
    named = (
        [(kind, part)]
        if "id" in part
        else [(name, header[name]) for name in ("image", "video", "document") if name in header]
    )
    for wanted, source in named:
        if "id" in source:
            file = world.files.find(source["id"])
            if file is None or file.kind != wanted:
                raise Refusal(131009, f"Param {wanted}['id'] is not the id of an uploaded {wanted}")


def _check_moment(world: World, person: Person, kind: str, body: Json, now: float) -> None:
    """Check what depends on the time and the chat: window, identity, speed."""
    if kind != "template" and not person.window_open(now):
        raise Refusal(131047, TOO_LATE)
    if body.get("recipient_identity_key_hash", person.identity_hash) != person.identity_hash:
        raise Refusal(137000, "The recipient's identity key hash has changed")
    if kind == "reaction":
        _check_reaction(world, person, body["reaction"]["message_id"], now)
    if not world.throughput.take():
        raise Refusal(130429, "Cloud API message throughput has been reached.")


def _check_reaction(world: World, person: Person, message_id: str, now: float) -> None:
    message = world.chats.find(message_id)
    if message is None or message.person != person.key or now - message.at > limits.READ_WITHIN_S:
        raise Refusal(131009, "Param reaction['message_id'] is not a message of the last 30 days")


def _take(bucket: Bucket, now: float) -> Bucket:
    taken = bucket.take(now)
    if taken is None:
        raise Refusal(131056, TOO_FAST)
    return taken


def _keep(
    world: World, person: Person, kind: str, body: Json, filled: Filled | None, category: str, now: float
) -> ChatMessage:
    shown = bubbles.show(kind, body[kind], filled)
    regards = body.get("context", {}).get("message_id")
    message = ChatMessage(
        id=wamid(person.number, False),
        person=person.key,
        mine=False,
        type=kind,
        payload={kind: body[kind]},
        at=now,
        words=shown.words,
        bubble=shown.bubble,
        choices=shown.choices,
        regards=regards,
        callback_data=body.get("biz_opaque_callback_data"),
        category=category,
    )
    world.chats.add(message)
    if kind == "reaction":
        _put_reaction(world, body["reaction"])
    return message


def _put_reaction(world: World, reaction: Json) -> None:
    target = world.chats.find(reaction["message_id"])
    if target is not None:
        target.reaction = reaction["emoji"] or None
        world.chats.touch(target)


def _accept_instantly(world: World, body: Json) -> Taken:
    """Accept without a chat; with statuses on, they go out as usual."""
    wanted = body.get("to") or body["recipient"]
    given = {"input": wanted, "wa_id": digits(wanted)} if "to" in body else {"input": wanted, "user_id": wanted}
    world.tallies.accepted += 1
    message_id = wamid(digits(wanted)[:20], False)
    if world.config.statuses:
        _tell_statuses(world, body, message_id)
    return Taken({"messaging_product": "whatsapp", "contacts": [given], "messages": [{"id": message_id}]})


def _tell_statuses(world: World, body: Json, message_id: str) -> None:
    """Keep just enough of somebody unknown to tell their statuses."""
    ids = {"wa_id": body["to"]} if "to" in body else {"user_id": body["recipient"], "shape": "bsuid"}
    person = world.people.find(digits(body["to"]) if "to" in body else body["recipient"]) or world.people.add(ids)
    kept = ChatMessage(message_id, person.key, False, "text", {}, world.clock.now(), "", {})
    kept.callback_data = body.get("biz_opaque_callback_data")
    world.chats.longest = 100
    world.chats.add(kept)
    phones.receive(world, kept)


def _mark_read(world: World, body: Json) -> Taken:
    """Give the person blue ticks and, if asked, show that somebody is typing."""
    shapes.check_receipt(body)
    world.tallies.receipts += 1
    if world.config.instant:
        return Taken({"success": True})
    message = world.chats.find(body["message_id"])
    now = world.clock.now()
    if message is None or not message.mine or now - message.at > limits.READ_WITHIN_S:
        raise Refusal(131009, "Param message_id is not an incoming message of the last 30 days")
    person = world.people.find(message.person)
    assert person is not None  # whoever is removed takes the chat along
    trouble = world.faults.on_request(
        person.wa_id or person.key, (person.key, person.wa_id, person.user_id), on="receipt"
    )
    if trouble.refuse is not None:
        raise Refusal(trouble.refuse)
    if not (trouble.cut or trouble.silent):
        _read_until(world, person, message, typing="typing_indicator" in body, now=now)
    return Taken({"success": True}, trouble)


def _read_until(world: World, person: Person, message: ChatMessage, typing: bool, now: float) -> None:
    """Mark this message and all before it as read."""
    for earlier in reversed(world.chats.of(person.key)):
        if earlier.mine and earlier.at <= message.at and not world.chats.advance(earlier, "read"):
            if earlier.id != message.id:
                break
    if typing:
        person.typing_until = now + limits.TYPING_S
        world.chats.touch()
