"""Message templates as Meta keeps them: what may be defined, what may be sent with one, and what the person then reads."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from simulator import limits
from simulator.refusal import Json, Refusal

PLACEHOLDER = re.compile(r"\{\{\s*([A-Za-z0-9_]+)\s*\}\}")
NAME = re.compile(r"[a-z0-9_]+")
CATEGORIES = ("UTILITY", "MARKETING", "AUTHENTICATION")
MEDIA_HEADERS = {"IMAGE": "image", "VIDEO": "video", "DOCUMENT": "document", "LOCATION": "location"}
STATUSES = ("APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED")
CHANGEABLE = ("APPROVED", "REJECTED", "PAUSED")
LONGEST_LIFE = limits.TEMPLATE_LIFETIME_S[1]


@dataclass(slots=True)
class MessageTemplate:
    """One template in one language."""

    id: str
    name: str
    language: str
    category: str
    components: list[Json]
    parameter_format: str = "POSITIONAL"
    status: str = "APPROVED"
    lifetime_s: int | None = None
    reason: str = "NONE"

    def component(self, kind: str) -> Json | None:
        return next((part for part in self.components if part.get("type") == kind), None)

    @property
    def buttons(self) -> Sequence[Json]:
        part = self.component("BUTTONS")
        return part["buttons"] if part else ()

    def as_json(self) -> Json:
        lifetime = {} if self.lifetime_s is None else {"message_send_ttl_seconds": self.lifetime_s}
        return {
            **lifetime,
            "rejected_reason": self.reason,
            "name": self.name,
            "parameter_format": self.parameter_format,
            "components": self.components,
            "language": self.language,
            "status": self.status,
            "category": self.category,
            "id": self.id,
        }


@dataclass(frozen=True, slots=True)
class Filled:
    """A template as the person sees it. `media` is the header's file or place, as it was sent."""

    body: str
    header: str | None = None
    media: tuple[str, Json] | None = None
    footer: str | None = None
    buttons: tuple[Json, ...] = field(default=())


# ------------------------------------------------------------------------------------------------------------- defining


def define(wanted: Json, template_id: str) -> MessageTemplate:
    """Read a definition as `POST /message_templates` takes it. Raise Refusal with Meta's subcode."""
    name, language, category = (wanted.get(key) for key in ("name", "language", "category"))
    if not isinstance(name, str) or not NAME.fullmatch(name) or len(name) > limits.TEMPLATE_NAME:
        raise _unusable(2388023, "The name may hold lower-case letters, digits and underscores only.")
    if not isinstance(language, str) or not re.fullmatch(r"[a-z]{2,3}(_[A-Z]{2,3})?", language):
        raise _unusable(2388023, "The language is not one WhatsApp knows.")
    if category not in CATEGORIES:
        raise Refusal(100, f"Param category must be one of {{{', '.join(CATEGORIES)}}}")
    form = str(wanted.get("parameter_format", "POSITIONAL")).upper()
    template = MessageTemplate(template_id, name, language, str(category), _components(wanted), form)
    template.lifetime_s = _lifetime(wanted)
    _check_definition(template)
    return template


def redefine(template: MessageTemplate, wanted: Json) -> MessageTemplate:
    """Return a template with other components, as `POST /{template_id}` takes them. Raise Refusal with Meta's subcode."""
    if template.status not in CHANGEABLE:
        raise _unusable(2388039, "A template can be changed only when it is approved, rejected or paused.")
    if template.status == "APPROVED" and wanted.get("category", template.category) != template.category:
        raise _unusable(2388025, "The category of an approved template cannot be changed.")
    changed = replace(template, components=_components(wanted))
    changed.lifetime_s = _lifetime(wanted)
    _check_definition(changed)
    return changed


def _components(wanted: Json) -> list[Json]:
    components = wanted.get("components")
    if not isinstance(components, list) or not all(isinstance(part, dict) for part in components):
        raise Refusal(100, "Param components must be an array of JSON objects.")
    return [{**part, "type": str(part.get("type", "")).upper()} for part in components]


def _lifetime(wanted: Json) -> int | None:
    """Read how long WhatsApp may try to deliver a utility template."""
    told = wanted.get("message_send_ttl_seconds")
    if told is not None and (not isinstance(told, int) or not limits.TEMPLATE_LIFETIME_S[0] <= told <= LONGEST_LIFE):
        raise Refusal(100, "Param message_send_ttl_seconds must be between 30 and 43200")
    return told


def _check_definition(template: MessageTemplate) -> None:
    body = template.component("BODY")
    if body is None:
        raise _unusable(2388072, "A template needs a body.")
    _check_length(body, limits.TEMPLATE_BODY, 2388072, "body")
    _check_variables(str(body["text"]), template.parameter_format)
    header, footer = template.component("HEADER"), template.component("FOOTER")
    if header is not None and header.get("format", "TEXT") == "TEXT":
        _check_length(header, limits.TEMPLATE_HEADER, 2388047, "header")
        if len(placeholders(header["text"])) > 1:
            raise _unusable(2388047, "The header may hold one variable.")
    if footer is not None:
        _check_length(footer, limits.TEMPLATE_FOOTER, 2388073, "footer")
        if placeholders(footer["text"]):
            raise _unusable(2388073, "The footer may hold no variable.")
    _check_buttons(template.buttons)


def _check_length(part: Json, longest: int, subcode: int, what: str) -> None:
    words = part.get("text")
    if not isinstance(words, str) or not words.strip():
        raise _unusable(subcode, f"The {what} has no text.")
    if limits.length(words) > longest:
        raise _unusable(2388040, f"The {what} may be {longest} characters long.")


def _check_variables(body: str, form: str) -> None:
    names = placeholders(body)
    bare = body.strip()
    if names and (bare.startswith("{{") or bare.endswith("}}")):
        raise _unusable(2388299, "Variables can't be at the start or end of the template.")
    if re.search(r"\}\}\s*\{\{", body):
        raise _unusable(2388299, "Variables can't stand next to each other.")
    if form == "POSITIONAL" and names != tuple(str(place) for place in range(1, len(names) + 1)):
        raise _unusable(2388072, "Variables must be numbered {{1}}, {{2}} ... in order.")
    if form == "NAMED" and not all(NAME.fullmatch(name) for name in names):
        raise _unusable(2388072, "A variable's name may hold lower-case letters, digits and underscores only.")


def _check_buttons(buttons: Sequence[Json]) -> None:
    kinds = [str(button.get("type", "")).upper() for button in buttons]
    if (
        len(buttons) > limits.TEMPLATE_BUTTONS
        or kinds.count("URL") > limits.TEMPLATE_URL_BUTTONS
        or kinds.count("PHONE_NUMBER") > 1
    ):
        raise _unusable(2388072, "Too many buttons.")
    changes = sum(
        1 for left, right in zip(kinds, kinds[1:], strict=False) if (left == "QUICK_REPLY") != (right == "QUICK_REPLY")
    )
    if changes > 1:
        raise _unusable(2388072, "Quick replies must stand together.")
    for button in buttons:
        _check_length(button, limits.TEMPLATE_BUTTON_TEXT, 2388072, "button")


def _unusable(subcode: int, details: str) -> Refusal:
    return Refusal(100, details, subcode=subcode, user_title="Message template can't be created")


def placeholders(words: str) -> tuple[str, ...]:
    """Return the names (or numbers) of the variables in a text, in order, each once."""
    return tuple(dict.fromkeys(PLACEHOLDER.findall(words)))


# -------------------------------------------------------------------------------------------------------------- sending


def fill(template: MessageTemplate, components: Sequence[Json]) -> Filled:
    """Return what the person reads. Raise Refusal where Meta would."""
    _check_state(template)
    body = template.component("BODY")
    words = _fill_text(body["text"] if body else "", _parameters(components, "body"), template.parameter_format)
    if limits.length(words) > limits.TEMPLATE_BODY:
        raise Refusal(132005, "Translated text too long")
    header, media = _fill_header(template, _parameters(components, "header"))
    footer = template.component("FOOTER")
    return Filled(words, header, media, footer["text"] if footer else None, _fill_buttons(template, components))


def _check_state(template: MessageTemplate) -> None:
    match template.status:
        case "APPROVED":
            return
        case "PAUSED":
            raise Refusal(132015, "Template is paused due to low quality")
        case "DISABLED":
            raise Refusal(132016, "Template is disabled due to low quality")
    raise missing(template.name, template.language)


def missing(name: str, language: str) -> Refusal:
    """Say that there is no such approved template."""
    return Refusal(132001, f"template name ({name}) does not exist in {language}", status=404)


def _parameters(components: Sequence[Json], kind: str) -> Sequence[Json]:
    return next((part.get("parameters", []) for part in components if part["type"] == kind), [])


def _fill_header(template: MessageTemplate, given: Sequence[Json]) -> tuple[str | None, tuple[str, Json] | None]:
    header = template.component("HEADER")
    if header is None:
        _expect(0, len(given), "header")
        return None, None
    wanted = MEDIA_HEADERS.get(str(header.get("format", "TEXT")).upper())
    if wanted is None:
        return _fill_text(header.get("text", ""), given, template.parameter_format, "header"), None
    _expect(1, len(given), "header")
    if given[0]["type"] != wanted:
        raise Refusal(
            132012, f"header: Format mismatch, expected {wanted.upper()}, received {given[0]['type'].upper()}"
        )
    return None, (wanted, given[0][wanted])


def _fill_text(words: str, given: Sequence[Json], form: str, what: str = "body") -> str:
    names = placeholders(words)
    _expect(len(names), len(given), what)
    for parameter in given:
        _check_value(parameter, what)
    values = _values(names, given, form, what)
    return PLACEHOLDER.sub(lambda found: values[found.group(1)], words)


def _values(names: Sequence[str], given: Sequence[Json], form: str, what: str) -> Mapping[str, str]:
    if form == "NAMED":
        values = {str(parameter.get("parameter_name", "")): str(parameter["text"]) for parameter in given}
        if set(values) != set(names):
            raise Refusal(100, f"{what}: Parameter name is missing or empty", status=400)
        return values
    if any("parameter_name" in parameter for parameter in given):
        raise Refusal(132012, f"{what}: the template's parameters are numbered, not named")
    return {name: str(parameter["text"]) for name, parameter in zip(names, given, strict=True)}


def _check_value(parameter: Json, what: str) -> None:
    if parameter["type"] != "text":
        raise Refusal(132012, f"{what}: Format mismatch, expected TEXT, received {parameter['type'].upper()}")
    if re.search(r"[\n\t]| {5,}", parameter["text"]):
        raise Refusal(132018, "Param text cannot have new-line/tab characters or more than 4 consecutive spaces")


def _fill_buttons(template: MessageTemplate, components: Sequence[Json]) -> tuple[Json, ...]:
    given = {int(part["index"]): part for part in components if part["type"] == "button"}
    for place, part in given.items():
        _check_button(template, place, part)
    return tuple(_fill_button(button, given.get(place)) for place, button in enumerate(template.buttons))


def _check_button(template: MessageTemplate, place: int, part: Json) -> None:
    if place >= len(template.buttons):
        raise Refusal(132000, f"buttons: the template has no button at index {place}")
    if template.buttons[place]["type"].lower() != part["sub_type"]:
        raise Refusal(132012, f"buttons: button at index {place} is not of type {part['sub_type']}")


def _fill_button(button: Json, part: Json | None) -> Json:
    kind = button["type"].upper()
    given = part.get("parameters", []) if part else []
    if kind == "QUICK_REPLY":  # with no payload sent, Meta gives the button's text back
        payload = given[0].get("payload", button["text"]) if given else button["text"]
        return {"kind": "quick_reply", "id": payload, "title": button["text"]}
    if kind == "URL":
        names = placeholders(button.get("url", ""))
        _expect(len(names), len(given), "button")
        suffix = str(given[0].get("text", "")) if given else ""
        url = PLACEHOLDER.sub(lambda _: suffix, button.get("url", ""))
        return {"kind": "url", "title": button["text"], "url": url}
    if kind == "PHONE_NUMBER":
        return {"kind": "phone", "title": button["text"], "phone": str(button.get("phone_number", ""))}
    return {"kind": "other", "title": button.get("text", kind)}


def _expect(wanted: int, given: int, what: str) -> None:
    if wanted != given:
        raise Refusal(
            132000,
            f"{what}: number of localizable_params ({given}) does not match the expected number of params ({wanted})",
        )


def from_json(stored: Mapping[str, Any]) -> MessageTemplate:
    """Read what `as_json` wrote."""
    return MessageTemplate(
        stored["id"],
        stored["name"],
        stored["language"],
        stored["category"],
        stored["components"],
        stored["parameter_format"],
        stored["status"],
        stored.get("message_send_ttl_seconds"),
        stored.get("rejected_reason", "NONE"),
    )
