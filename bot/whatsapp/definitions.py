"""A message template as Meta takes it for review, and as Meta lists it.

Source: developers.facebook.com/documentation/business-messaging/whatsapp/templates (components, named parameters, utility templates).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.approvals import TemplateFacts, at_meta, titles
from bot.message_templates import Template
from bot.whatsapp.picking import Json, identifier, list_of, object_of, text, word

FIELDS = "id,name,language,status,category,components,rejected_reason,message_send_ttl_seconds"
LONGEST_BODY = 1100  # what is longer than Meta allows cannot be ours, and is cut


def definition(template: Template, language: str) -> Json:
    """Return the body of `POST /<account>/message_templates` that asks for a template in one language."""
    return {
        "name": template.name,
        "language": language,
        "category": template.category.upper(),
        "parameter_format": "NAMED",
        **change(template, language),
    }


def change(template: Template, language: str) -> Json:
    """Return the body of `POST /<template id>` that makes what Meta has equal to the file."""
    body: dict[str, Any] = {"components": list(_components(template, language))}
    if template.lifetime_s is not None:
        body["message_send_ttl_seconds"] = template.lifetime_s
    return body


def _components(template: Template, language: str) -> tuple[Json, ...]:
    body: dict[str, Any] = {"type": "BODY", "text": at_meta(template.wordings[language])}
    if template.parameters:
        examples = [
            {"param_name": one.name, "example": one.said(one.example[language], language)}
            for one in template.parameters
        ]
        body["example"] = {"body_text_named_params": examples}
    buttons = [{"type": "QUICK_REPLY", "text": title} for title in titles(template, language)]
    return (body, {"type": "BUTTONS", "buttons": buttons}) if buttons else (body,)


def listed(told: Mapping[str, Any]) -> TemplateFacts:
    """Read one template of Meta's list."""
    parts = {str(part.get("type")).upper(): part for part in map(object_of, list_of(told.get("components")))}
    buttons = [object_of(one) for one in list_of(object_of(parts.get("BUTTONS")).get("buttons"))]
    replies = [one for one in buttons if str(one.get("type")).upper() == "QUICK_REPLY"]
    body, lifetime, reason = (
        text(object_of(parts.get("BODY")).get("text")),
        told.get("message_send_ttl_seconds"),
        word(told.get("rejected_reason")),
    )
    return TemplateFacts(
        name=word(told.get("name"), 512) or "?",
        language=word(told.get("language")) or "?",
        status=word(told.get("status")) or "?",
        id=identifier(told.get("id")),
        category=word(told.get("category")),
        body=body[:LONGEST_BODY] if body is not None else None,
        buttons=tuple((text(one.get("text")) or "?")[:LONGEST_BODY] for one in replies),
        lifetime_s=lifetime if isinstance(lifetime, int) and not isinstance(lifetime, bool) else None,
        parts=tuple(sorted({*parts} - {"BODY", "BUTTONS"} | ({"LINK"} if len(replies) < len(buttons) else set()))),
        reason=None if reason == "NONE" else reason,
    )
