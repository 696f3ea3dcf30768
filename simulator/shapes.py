"""Which requests to `POST /messages` have a shape that Meta accepts: pure, every fault as a Refusal with Meta's code.

Envelope and types are judged with 100, a missing part inside with 131008, a value Meta does not take with 131009.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import Any

from simulator import limits
from simulator.refusal import Json, Refusal

ENVELOPE = frozenset(
    {
        "messaging_product",
        "recipient_type",
        "to",
        "recipient",
        "type",
        "context",
        "biz_opaque_callback_data",
        "recipient_identity_key_hash",
    }
)
BSUID = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}")
PHONE = re.compile(r"\+?[0-9][0-9 ()-]{4,24}")
LINK = re.compile(r"https?://[^\s/]+\S*")


def check_message(body: Json) -> str:
    """Check a whole request that sends something and return its type. Raise Refusal."""
    kind = _type_of(body)
    only(body, ENVELOPE | {kind}, "")
    _check_envelope(body)
    CHECKS[kind](required_object(body, kind, ""), kind)
    if kind == "reaction" and "context" in body:
        raise Refusal(100, "Param context cannot be used with a reaction")
    return kind


def check_receipt(body: Json) -> None:
    """Check a request that marks a message as read. Raise Refusal."""
    only(body, {"messaging_product", "status", "message_id", "typing_indicator"}, "")
    _check_product(body)
    one_of(body, "status", ("read",), "")
    text(body, "message_id", "", 1024)
    if "typing_indicator" in body:
        indicator = required_object(body, "typing_indicator", "")
        only(indicator, {"type"}, "typing_indicator")
        one_of(indicator, "type", ("text",), "typing_indicator")


def _type_of(body: Json) -> str:
    kind = body.get("type", "text")
    if not isinstance(kind, str) or kind not in CHECKS:
        raise Refusal(100, f"Param type must be one of {{{', '.join(CHECKS).upper()}}}")
    return kind


def _check_product(body: Json) -> None:
    if "messaging_product" not in body:
        raise Refusal(100, "The parameter messaging_product is required.")
    one_of(body, "messaging_product", ("whatsapp",), "")


def _check_envelope(body: Json) -> None:
    _check_product(body)
    if "recipient_type" in body:
        one_of(body, "recipient_type", ("individual",), "")
    _check_recipient(body)
    if "context" in body:
        context = required_object(body, "context", "")
        only(context, {"message_id"}, "context")
        text(context, "message_id", "context", 1024)
    optional_text(body, "biz_opaque_callback_data", "", limits.CALLBACK_DATA)
    optional_text(body, "recipient_identity_key_hash", "", 128)


def _check_recipient(body: Json) -> None:
    if "to" not in body and "recipient" not in body:
        raise Refusal(100, "The parameter to is required.")
    for key, form in (("to", PHONE), ("recipient", BSUID)):
        if key in body and not form.fullmatch(_string(body, key, "")):
            raise Refusal(131009, f"Param {key} is not valid")


# -------------------------------------------------------------------------------------------------------- kinds of body


def _check_text(part: Json, path: str) -> None:
    only(part, {"body", "preview_url"}, path)
    if "body" not in part:
        raise Refusal(100, "The parameter text['body'] is required.")
    body = _string(part, "body", path)
    if not body.strip():
        raise Refusal(100, "Param text['body'] must be a non-empty string")
    if limits.length(body) > limits.TEXT_BODY:
        raise Refusal(100, f"Param text['body'] must be at most {limits.TEXT_BODY} characters long.")
    if "preview_url" in part and not isinstance(part["preview_url"], bool):
        raise Refusal(100, "Param text['preview_url'] must be a boolean")


def _check_media(part: Json, path: str) -> None:
    extra = {"document": {"caption", "filename"}, "audio": {"voice"}, "sticker": set[str]()}.get(path, {"caption"})
    only(part, {"id", "link"} | extra, path)
    check_media_source(part, path)
    optional_text(part, "caption", path, limits.CAPTION)
    optional_text(part, "filename", path, 240)


def check_media_source(part: Json, path: str) -> None:
    """Check that a file is named by exactly one of `id` and `link`."""
    if ("id" in part) == ("link" in part):
        raise Refusal(131008 if "id" not in part else 131009, f"Param {path} needs exactly one of id and link")
    if "link" in part:
        link(part, "link", path)
    else:
        text(part, "id", path, 64)


def _check_location(part: Json, path: str) -> None:
    only(part, {"latitude", "longitude", "name", "address"}, path)
    _degrees(part, "latitude", path, 90)
    _degrees(part, "longitude", path, 180)
    optional_text(part, "name", path, 1000)
    optional_text(part, "address", path, 1000)


def _degrees(part: Json, key: str, path: str, most: float) -> None:
    _present(part, key, path)
    try:
        value = float(part[key])
    except (TypeError, ValueError) as fault:
        raise Refusal(131009, f"Param {inner(path, key)} is not a number of degrees") from fault
    if not -most <= value <= most:
        raise Refusal(131009, f"Param {inner(path, key)} must be between {-most:g} and {most:g}")


def _check_reaction(part: Json, path: str) -> None:
    only(part, {"message_id", "emoji"}, path)
    text(part, "message_id", path, 1024)
    _present(part, "emoji", path)
    _string(part, "emoji", path)


def _check_interactive(part: Json, path: str) -> None:
    kind = one_of(part, "type", tuple(INTERACTIVE), path)
    only(part, {"type", "header", "body", "footer", "action"}, path)
    action = required_object(part, "action", path)
    INTERACTIVE[kind](part, action)


def _check_buttons(part: Json, action: Json) -> None:
    _check_surroundings(part, limits.INTERACTIVE_BODY, ("text", "image", "video", "document"))
    path = "interactive['action']"
    only(action, {"buttons"}, path)
    buttons = required_list(action, "buttons", path, limits.BUTTONS, "button")
    for place, button in enumerate(buttons):
        here = f"{path}['buttons'][{place}]"
        only(button, {"type", "reply"}, here)
        one_of(button, "type", ("reply",), here)
        reply = required_object(button, "reply", here)
        only(reply, {"id", "title"}, inner(here, "reply"))
        _trimmed(text(reply, "id", inner(here, "reply"), limits.BUTTON_ID, "Button id"), "Button id")
        text(reply, "title", inner(here, "reply"), limits.BUTTON_TITLE, "Button title")
    _distinct([button["reply"]["id"] for button in buttons], "button id")
    _distinct([button["reply"]["title"] for button in buttons], "button title")


def _check_list(part: Json, action: Json) -> None:
    _check_surroundings(part, limits.LIST_BODY, ("text",))
    path = "interactive['action']"
    only(action, {"button", "sections"}, path)
    text(action, "button", path, limits.LIST_BUTTON, "Button label")
    sections = required_list(action, "sections", path, limits.SECTIONS, "section")
    rows = [
        row
        for place, section in enumerate(sections)
        for row in _rows(section, f"{path}['sections'][{place}]", len(sections))
    ]
    if len(rows) > limits.ROWS:
        raise Refusal(131009, f"Total row count exceed max allowed count: {limits.ROWS}")
    _distinct([row["id"] for row in rows], "row id")


def _rows(section: Json, path: str, sections: int) -> Sequence[Json]:
    only(section, {"title", "rows"}, path)
    if sections > 1:
        text(section, "title", path, limits.SECTION_TITLE, "Section title")
    optional_text(section, "title", path, limits.SECTION_TITLE)
    rows = required_list(section, "rows", path, limits.ROWS, "row")
    for place, row in enumerate(rows):
        here = f"{path}['rows'][{place}]"
        only(row, {"id", "title", "description"}, here)
        text(row, "id", here, limits.ROW_ID, "Row id")
        text(row, "title", here, limits.ROW_TITLE, "Row title")
        optional_text(row, "description", here, limits.ROW_DESCRIPTION)
    return rows


def _check_link_button(part: Json, action: Json) -> None:
    _check_surroundings(part, limits.INTERACTIVE_BODY, ("text", "image", "video", "document"))
    path = "interactive['action']"
    only(action, {"name", "parameters"}, path)
    one_of(action, "name", ("cta_url",), path)
    parameters = required_object(action, "parameters", path)
    here = inner(path, "parameters")
    only(parameters, {"display_text", "url"}, here)
    text(parameters, "display_text", here, limits.LINK_DISPLAY_TEXT, "Button label")
    link(parameters, "url", here)


def _check_request(part: Json, action: Json) -> None:
    """Check a message that asks for the person's place or number: words and a name, nothing else."""
    only(part, {"type", "body", "action"}, "interactive")
    _check_words(part, limits.INTERACTIVE_BODY)
    names = {"location_request_message": "send_location", "request_contact_info": "request_contact_info"}
    only(action, {"name"}, "interactive['action']")
    one_of(action, "name", (names[part["type"]],), "interactive['action']")


def _check_surroundings(part: Json, longest_body: int, headers: Collection[str]) -> None:
    _check_words(part, longest_body)
    if "footer" in part:
        footer = required_object(part, "footer", "interactive")
        only(footer, {"text"}, "interactive['footer']")
        text(footer, "text", "interactive['footer']", limits.FOOTER, "Footer")
    if "header" in part:
        _check_header(required_object(part, "header", "interactive"), headers)


def _check_words(part: Json, longest: int) -> None:
    body = required_object(part, "body", "interactive")
    only(body, {"text"}, "interactive['body']")
    text(body, "text", "interactive['body']", longest, "Body text")


def _check_header(header: Json, kinds: Collection[str]) -> None:
    path = "interactive['header']"
    kind = one_of(header, "type", tuple(kinds), path)
    only(header, {"type", kind}, path)
    if kind == "text":
        text(header, "text", path, limits.HEADER, "Header text")
    else:
        check_media_source(required_object(header, kind, path), inner(path, kind))


def _check_template(part: Json, path: str) -> None:
    only(part, {"name", "language", "components"}, path)
    text(part, "name", path, limits.TEMPLATE_NAME)
    language = required_object(part, "language", path)
    only(language, {"code", "policy"}, inner(path, "language"))
    text(language, "code", inner(path, "language"), 16)
    for place, component in enumerate(_objects(part.get("components", []), inner(path, "components"))):
        _check_component(component, f"template['components'][{place}]")


def _check_component(component: Json, path: str) -> None:
    kind = one_of(component, "type", ("header", "body", "button"), path)
    only(component, {"type", "parameters"} | ({"sub_type", "index"} if kind == "button" else set()), path)
    if kind == "button":
        one_of(component, "sub_type", ("quick_reply", "url", "copy_code"), path)
        if str(component.get("index", "")) not in map(str, range(limits.TEMPLATE_BUTTONS)):
            raise Refusal(131008, f"Required parameter {inner(path, 'index')} is missing or not a button's place")
    for place, parameter in enumerate(_objects(component.get("parameters", []), inner(path, "parameters"))):
        _check_parameter(parameter, f"{inner(path, 'parameters')}[{place}]")


def _check_parameter(parameter: Json, path: str) -> None:
    kind = one_of(parameter, "type", ("text", "payload", "coupon_code", "image", "video", "document", "location"), path)
    only(parameter, {"type", "parameter_name", kind}, path)
    _present(parameter, kind, path)
    if kind in ("image", "video", "document"):
        check_media_source(required_object(parameter, kind, path), inner(path, kind))
    elif kind == "location":
        _check_location(required_object(parameter, kind, path), inner(path, kind))
    else:
        text(parameter, kind, path, limits.QUICK_REPLY_PAYLOAD if kind == "payload" else limits.TEMPLATE_BODY)


CHECKS: dict[str, Callable[[Json, str], None]] = {
    "text": _check_text,
    "interactive": _check_interactive,
    "template": _check_template,
    "location": _check_location,
    "reaction": _check_reaction,
    "image": _check_media,
    "document": _check_media,
    "video": _check_media,
    "audio": _check_media,
    "sticker": _check_media,
}
INTERACTIVE: dict[str, Callable[[Json, Json], None]] = {
    "button": _check_buttons,
    "list": _check_list,
    "cta_url": _check_link_button,
    "location_request_message": _check_request,
    "request_contact_info": _check_request,
}


# ------------------------------------------------------------------------------------------------------- single values


def inner(path: str, key: str) -> str:
    """Name a parameter within another as Meta does: interactive['action']."""
    return f"{path}['{key}']" if path else key


def only(part: Json, allowed: Collection[str], path: str) -> None:
    """Refuse keys Meta does not know."""
    for key in part:
        if key not in allowed:
            raise Refusal(100, f'Unexpected key "{key}" on param "{path or "/"}"')


def required_object(part: Json, key: str, path: str) -> Json:
    _present(part, key, path)
    value = part[key]
    if not isinstance(value, dict):
        raise Refusal(100, f"Param {inner(path, key)} must be a JSON object.")
    return value


def required_list(part: Json, key: str, path: str, most: int, what: str) -> Sequence[Json]:
    """Return the objects of a list that must hold one to `most` of them."""
    _present(part, key, path)
    found = _objects(part[key], inner(path, key))
    if not 1 <= len(found) <= most:
        raise Refusal(131009, f"Invalid {what}s count. Min allowed {what}s: 1, Max allowed {what}s: {most}")
    return found


def text(part: Json, key: str, path: str, longest: int, what: str = "") -> str:
    """Return a string of one to `longest` characters."""
    _present(part, key, path)
    value = _string(part, key, path)
    if not value.strip() or limits.length(value) > longest:
        raise Refusal(131009, f"{what or inner(path, key)} length invalid. Min length: 1, Max length: {longest}")
    return value


def optional_text(part: Json, key: str, path: str, longest: int) -> None:
    if key in part:
        text(part, key, path, longest)


def link(part: Json, key: str, path: str) -> None:
    if not LINK.fullmatch(text(part, key, path, limits.URL)):
        raise Refusal(131009, f"Param {inner(path, key)} is not a valid URL")


def one_of(part: Json, key: str, allowed: Sequence[str], path: str) -> str:
    _present(part, key, path)
    value = part[key]
    if not isinstance(value, str) or value not in allowed:
        raise Refusal(100, f"Param {inner(path, key)} must be one of {{{', '.join(allowed)}}}")
    return value


def _present(part: Json, key: str, path: str) -> None:
    if key not in part:
        raise Refusal(131008, f"Required parameter {inner(path, key)} is missing")


def _string(part: Json, key: str, path: str) -> str:
    value = part[key]
    if not isinstance(value, str):
        raise Refusal(100, f"Param {inner(path, key)} must be a string.")
    return value


def _objects(value: Any, path: str) -> Sequence[Json]:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise Refusal(100, f"Param {path} must be an array of JSON objects.")
    return value


def _trimmed(value: str, what: str) -> None:
    if value != value.strip():
        raise Refusal(131009, f"{what} must not begin or end with a space")


def _distinct(values: Sequence[str], what: str) -> None:
    if len(set(values)) != len(values):
        raise Refusal(131009, f"Duplicated {what}")
