"""What Meta posts to the clinic: values, envelope, Meta's own escaping, signature. Pure."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass

from simulator.chats import ChatMessage
from simulator.people import Person
from simulator.refusal import Json, status_error


@dataclass(frozen=True, slots=True)
class Line:
    """The clinic's number, as webhooks name it."""

    waba_id: str
    phone_number_id: str
    display_phone_number: str


def message_value(line: Line, person: Person, message: Json) -> Json:
    """Return the value that tells one incoming message; a hidden number is left out, not emptied."""
    told = {"from": person.wa_id, "from_user_id": person.user_id}
    named = {key: value for key, value in told.items() if value}
    return _value(line) | {"contacts": [contact(person, username=True)], "messages": [named | message]}


def system_value(line: Line, message: Json) -> Json:
    """Return the value of a system message; it carries no contacts."""
    return _value(line) | {"messages": [message]}


def preference_value(line: Line, ids: Json, preference: Json) -> Json:
    """Return the value that tells whether somebody wants marketing messages."""
    return _value(line) | {"contacts": [ids], "user_preferences": [preference]}


def status_value(
    line: Line, person: Person, message: ChatMessage, status: str, now: float, errors: tuple[int, ...] = ()
) -> Json:
    """Return the value that tells what became of a message. A failed one names no contacts."""
    entry: Json = {"id": message.id, "status": status, "timestamp": str(int(now))}
    if person.wa_id:
        entry["recipient_id"] = person.wa_id
    if person.user_id and not (status == "failed" and person.wa_id):
        entry["recipient_user_id"] = person.user_id
    if status in ("sent", "delivered"):
        entry["pricing"] = {"billable": True, "pricing_model": "PMP", "type": "regular", "category": message.category}
    if errors:
        entry["errors"] = [status_error(code) for code in errors]
    if message.callback_data is not None:
        entry["biz_opaque_callback_data"] = message.callback_data
    known = {} if status == "failed" else {"contacts": [contact(person, username=status != "sent")]}
    return _value(line) | known | {"statuses": [entry]}


def contact(person: Person, username: bool) -> Json:
    """Return an entry of `contacts`; the username comes with incoming messages, `delivered` and `read` only."""
    profile = {"name": person.name}
    if username and person.username:
        profile["username"] = person.username
    ids = {"wa_id": person.wa_id, "user_id": person.user_id}
    return {"profile": profile} | {key: value for key, value in ids.items() if value}


def envelope(line: Line, field: str, value: Json, now: float) -> Json:
    """Wrap one change. Only fields other than `messages` carry a time."""
    entry: Json = {"id": line.waba_id, "changes": [{"value": value, "field": field}]}
    if field != "messages":
        entry["time"] = int(now)
    return {"object": "whatsapp_business_account", "entry": [entry]}


def encode(body: Json) -> bytes:
    r"""Return the bytes as Meta writes them: non-ASCII as \uXXXX, slashes as \/."""
    return json.dumps(body, separators=(",", ":")).replace("/", "\\/").encode("ascii")


def sign(secret: str, body: bytes) -> str:
    """Return the value of X-Hub-Signature-256."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def _value(line: Line) -> Json:
    metadata = {"display_phone_number": line.display_phone_number, "phone_number_id": line.phone_number_id}
    return {"messaging_product": "whatsapp", "metadata": metadata}
