"""How a message looks: one plain shape for the page, the words in it, and what can be tapped. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from simulator.chats import Choice
from simulator.message_templates import Filled
from simulator.refusal import Json


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page draws (`bubble`), all readable words in it, and what can be tapped."""

    bubble: Json
    words: str
    choices: tuple[Choice, ...] = ()


def show(kind: str, part: Any, filled: Filled | None = None) -> Shown:
    """Return how a message of Meta's `type` looks, whoever wrote it."""
    if kind == "template" and filled is not None:
        return _show_template(filled)
    if kind == "interactive":
        return _show_interactive(part)
    if kind == "text":
        return Shown({"body": part["body"]}, part["body"])
    if kind == "button":
        return Shown({"body": part["text"]}, part["text"])
    return _show_card(kind, part)


def _show_interactive(part: Json) -> Shown:
    match part["type"]:
        case "button_reply" | "list_reply":
            reply = part[part["type"]]
            return Shown({"body": reply["title"], "note": reply.get("description")}, reply["title"])
        case "button":
            return _show_buttons(part)
        case "list":
            return _show_list(part)
        case "cta_url":
            wanted = part["action"]["parameters"]
            button = {"kind": "url", "title": wanted["display_text"], "url": wanted["url"]}
            return Shown({**_surroundings(part), "buttons": [button]}, _words(part))
        case "location_request_message":
            button = {"kind": "send_location", "title": "Invia posizione"}
            return Shown({**_surroundings(part), "buttons": [button]}, _words(part))
    return Shown(
        {**_surroundings(part), "buttons": [{"kind": "send_contact", "title": "Condividi numero"}]}, _words(part)
    )


def _show_buttons(part: Json) -> Shown:
    replies = [button["reply"] for button in part["action"]["buttons"]]
    choices = tuple(Choice("button_reply", reply["id"], reply["title"]) for reply in replies)
    return Shown(
        {**_surroundings(part), "buttons": [_reply_button(choice) for choice in choices]}, _words(part), choices
    )


def _show_list(part: Json) -> Shown:
    sections: Sequence[Json] = part["action"]["sections"]
    choices = tuple(
        Choice("list_reply", row["id"], row["title"], row.get("description"))
        for section in sections
        for row in section["rows"]
    )
    shown = {**_surroundings(part), "list": {"button": part["action"]["button"], "sections": sections}}
    return Shown(shown, _words(part), choices)


def _reply_button(choice: Choice) -> Json:
    return {"kind": "reply", "id": choice.id, "title": choice.title}


def _surroundings(part: Json) -> Json:
    shown: Json = {"body": part["body"]["text"]}
    if "footer" in part:
        shown["footer"] = part["footer"]["text"]
    header = part.get("header")
    if header and header["type"] == "text":
        shown["header"] = header["text"]
    elif header:
        shown["card"] = _card(header["type"], header[header["type"]])
    return shown


def _words(part: Json) -> str:
    header = part.get("header", {}).get("text")
    pieces = (header, part["body"]["text"], part.get("footer", {}).get("text"))
    return "\n".join(piece for piece in pieces if piece)


def _show_template(filled: Filled) -> Shown:
    shown: Json = {"body": filled.body, "buttons": list(filled.buttons), "template": True}
    if filled.header:
        shown["header"] = filled.header
    if filled.footer:
        shown["footer"] = filled.footer
    if filled.media:
        shown["card"] = _card(*filled.media)
    choices = tuple(
        Choice("button", button["id"], button["title"]) for button in filled.buttons if button["kind"] == "quick_reply"
    )
    words = "\n".join(piece for piece in (filled.header, filled.body, filled.footer) if piece)
    return Shown(shown, words, choices)


def _show_card(kind: str, part: Any) -> Shown:
    card = _card(kind, part)
    shown: Json = {"card": card}
    caption = part.get("caption") if isinstance(part, dict) else None  # contacts come as a list
    if caption:
        shown["body"] = caption
    return Shown(shown, caption or card.get("title", ""))


def _card(kind: str, part: Any) -> Json:
    match kind:
        case "location":
            known: Json = {key: part[key] for key in ("latitude", "longitude", "address") if key in part}
            return {"kind": "location", "title": part.get("name", ""), **known}
        case "image" | "video" | "document" | "sticker":
            named = (
                part.get("filename")
                or {"image": "Foto", "video": "Video", "document": "Documento", "sticker": "Adesivo"}[kind]
            )
            return {"kind": kind, "title": named, "url": part.get("link", "")}
        case "audio":
            return {
                "kind": "audio",
                "title": "Messaggio vocale" if part.get("voice") else "Audio",
                "url": part.get("link", ""),
            }
        case "contacts":
            names = (contact["name"]["formatted_name"] for contact in part)
            return {"kind": "contacts", "title": ", ".join(names)}
        case "order":
            return {"kind": "order", "title": "Ordine", "note": f"{len(part['product_items'])} articoli"}
        case "reaction":
            return {"kind": "reaction", "title": part.get("emoji") or "–"}
    return {"kind": "unsupported", "title": "Messaggio non supportato"}
