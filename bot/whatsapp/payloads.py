"""Replies as Meta's JSON: what `POST /<phone_number_id>/messages` takes. What is over a limit is refused here, before it costs a call.

Source: developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages and the page of each
type. The key `category` must never stand in a message: it would turn a reply into a Direct Send template.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from bot.model import (
    Contact,
    LinkButton,
    ListMessage,
    MediaLink,
    Place,
    Reply,
    ReplyButtons,
    TemplateMessage,
    Text,
)
from bot.whatsapp import limits

Json = dict[str, Any]


class PayloadError(ValueError):
    """A reply that Meta would refuse: our own fault, to be mended. Names places and lengths, never the words."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(self.faults))


def payload(to: Contact, reply: Reply, outbox_id: UUID) -> Json:
    """Return the body that sends `reply`; Meta repeats `outbox_id` in every status.

    Raise PayloadError, naming every limit that is broken.
    """
    faults = [*_recipient_faults(to), *_faults(reply)]
    if faults:
        raise PayloadError(faults)
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **_recipient(to),
        **_content(reply),
        "biz_opaque_callback_data": str(outbox_id),
    }


def read_payload(message_id: str, typing: bool) -> Json:
    """Return the body that marks a message (and all before it) as read; typing ends with the reply or after 25 s."""
    body: Json = {"messaging_product": "whatsapp", "status": "read", "message_id": message_id}
    if typing:
        body["typing_indicator"] = {"type": "text"}
    return body


# ------------------------------------------------------------------------------------------------------------ recipient


def _recipient(to: Contact) -> Json:
    """Prefer the phone number: it is taken for every kind of message, and by accounts to which `recipient` is not open yet.

    With both keys in the body Meta lets `to` win, so sending both would say no more. That a number may come to belong to
    another person is met where ids change (IdentityChange), not here.
    """
    if to.wa_id:
        # Without "+" the country code of the business may be put in front.
        return {"to": to.wa_id if to.wa_id.startswith("+") else f"+{to.wa_id}"}
    return {"recipient": to.user_id}


def _recipient_faults(to: Contact) -> Iterator[str]:
    if not to.wa_id and not to.user_id:
        yield "recipient: neither wa_id nor user_id"


# -------------------------------------------------------------------------------------------------------------- content


def _content(reply: Reply) -> Json:
    match reply:
        case Text():
            return {"type": "text", "text": {"preview_url": reply.preview_url, "body": reply.body}}
        case ReplyButtons():
            return _interactive("button", reply.body, _reply_buttons(reply), reply.header, reply.footer)
        case ListMessage():
            return _interactive("list", reply.body, _list(reply), reply.header, reply.footer)
        case LinkButton():
            return _interactive("cta_url", reply.body, _link(reply), None, reply.footer)
        case Place():
            return {"type": "location", "location": _place(reply)}
        case MediaLink():
            return {"type": reply.kind, reply.kind: _media(reply)}
        case TemplateMessage():
            return {"type": "template", "template": _template(reply)}


def _interactive(kind: str, body: str, action: Json, header: str | None, footer: str | None) -> Json:
    interactive: Json = {"type": kind, "body": {"text": body}, "action": action}
    if header:
        interactive["header"] = {"type": "text", "text": header}
    if footer:
        interactive["footer"] = {"text": footer}
    return {"type": "interactive", "interactive": interactive}


def _reply_buttons(reply: ReplyButtons) -> Json:
    return {"buttons": [{"type": "reply", "reply": {"id": b.id, "title": b.title}} for b in reply.buttons]}


def _list(reply: ListMessage) -> Json:
    sections = []
    for section in reply.sections:
        rows = [_without_empty(id=r.id, title=r.title, description=r.description) for r in section.rows]
        sections.append(_without_empty(title=section.title, rows=rows))
    return {"button": reply.button, "sections": sections}


def _link(reply: LinkButton) -> Json:
    return {"name": "cta_url", "parameters": {"display_text": reply.display_text, "url": reply.url}}


def _place(reply: Place) -> Json:
    return _without_empty(latitude=reply.latitude, longitude=reply.longitude, name=reply.name, address=reply.address)


def _media(reply: MediaLink) -> Json:
    return _without_empty(link=reply.link, caption=reply.caption, filename=reply.filename)


def _template(reply: TemplateMessage) -> Json:
    template: Json = {"name": reply.name, "language": {"code": reply.language}}
    components = list(_components(reply))
    if components:
        template["components"] = components
    return template


def _components(reply: TemplateMessage) -> Iterator[Json]:
    if isinstance(reply.header, MediaLink):
        kind = reply.header.kind
        media = _without_empty(link=reply.header.link, filename=reply.header.filename)
        yield {"type": "header", "parameters": [{"type": kind, kind: media}]}
    elif reply.header:
        yield {"type": "header", "parameters": [{"type": "text", "text": reply.header}]}
    if reply.body:
        yield {
            "type": "body",
            "parameters": [_without_empty(type="text", parameter_name=name, text=value) for name, value in reply.body],
        }
    for index, suffix in reply.url_suffixes:
        yield _button("url", index, {"type": "text", "text": suffix})
    for index, given in _quick_replies(reply):
        yield _button("quick_reply", index, {"type": "payload", "payload": given})


def _button(sub_type: str, index: int, parameter: Json) -> Json:
    return {"type": "button", "sub_type": sub_type, "index": str(index), "parameters": [parameter]}


def _quick_replies(reply: TemplateMessage) -> Iterator[tuple[int, str]]:
    """Number the quick replies in order, around the places that link buttons take."""
    taken = {index for index, _ in reply.url_suffixes}
    free = (index for index in range(len(taken) + len(reply.quick_replies)) if index not in taken)
    return zip(free, reply.quick_replies, strict=False)


def _without_empty(**parts: object) -> Json:
    return {key: value for key, value in parts.items() if value is not None and value != ""}


# --------------------------------------------------------------------------------------------------------------- limits


def _faults(reply: Reply) -> Iterator[str]:
    match reply:
        case Text():
            yield from _length("text body", reply.body, limits.TEXT_BODY)
        case ReplyButtons():
            yield from _reply_buttons_faults(reply)
        case ListMessage():
            yield from _list_faults(reply)
        case LinkButton():
            yield from _length("body", reply.body, limits.LINK_BODY)
            yield from _length("display_text", reply.display_text, limits.LINK_DISPLAY_TEXT)
            yield from _length("footer", reply.footer, limits.FOOTER, optional=True)
            yield from _url("url", reply.url)
        case Place():
            yield from _degrees("latitude", reply.latitude, 90)
            yield from _degrees("longitude", reply.longitude, 180)
        case MediaLink():
            yield from _media_faults(reply)
        case TemplateMessage():
            yield from _template_faults(reply)


def _reply_buttons_faults(reply: ReplyButtons) -> Iterator[str]:
    yield from _length("body", reply.body, limits.BUTTONS_BODY)
    yield from _length("header", reply.header, limits.HEADER, optional=True)
    yield from _length("footer", reply.footer, limits.FOOTER, optional=True)
    yield from _count("buttons", len(reply.buttons), limits.BUTTONS)
    for number, button in enumerate(reply.buttons, 1):
        yield from _length(f"button {number} title", button.title, limits.BUTTON_TITLE)
        yield from _id(f"button {number} id", button.id, limits.BUTTON_ID)
    yield from _unique("button titles", [button.title for button in reply.buttons])
    yield from _unique("button ids", [button.id for button in reply.buttons])


def _list_faults(reply: ListMessage) -> Iterator[str]:
    yield from _length("body", reply.body, limits.LIST_BODY)
    yield from _length("header", reply.header, limits.HEADER, optional=True)
    yield from _length("footer", reply.footer, limits.FOOTER, optional=True)
    yield from _length("button", reply.button, limits.LIST_BUTTON)
    yield from _count("sections", len(reply.sections), limits.SECTIONS)
    for number, section in enumerate(reply.sections, 1):
        alone = len(reply.sections) == 1
        yield from _length(f"section {number} title", section.title, limits.SECTION_TITLE, optional=alone)
        if not section.rows:
            yield f"section {number}: no rows"
    rows = [row for section in reply.sections for row in section.rows]
    yield from _count("rows", len(rows), limits.ROWS)
    for number, row in enumerate(rows, 1):
        yield from _id(f"row {number} id", row.id, limits.ROW_ID)
        yield from _length(f"row {number} title", row.title, limits.ROW_TITLE)
        yield from _length(f"row {number} description", row.description, limits.ROW_DESCRIPTION, optional=True)
    yield from _unique("row ids", [row.id for row in rows])


def _media_faults(reply: MediaLink) -> Iterator[str]:
    yield from _url("link", reply.link)
    yield from _length("caption", reply.caption, limits.CAPTION, optional=True)
    if reply.filename and reply.kind != "document":
        yield "filename: only documents have one"


def _template_faults(reply: TemplateMessage) -> Iterator[str]:
    if not re.fullmatch(r"[a-z0-9_]+", reply.name) or len(reply.name) > limits.TEMPLATE_NAME:
        yield f"template name: not [a-z0-9_], or longer than {limits.TEMPLATE_NAME}"
    if not reply.language:
        yield "template language: empty"
    if isinstance(reply.header, MediaLink):
        yield from _url("header link", reply.header.link)
    else:
        yield from _length("header", reply.header, limits.TEMPLATE_HEADER, optional=True)
    yield from _body_faults(reply.body)
    yield from _button_faults(reply)


def _body_faults(body: tuple[tuple[str, str], ...]) -> Iterator[str]:
    names = [name for name, _ in body]
    if "" in names and any(names):
        yield "body: named and positional parameters mixed"
    yield from _unique("body parameter names", [name for name in names if name])
    for number, (_, value) in enumerate(body, 1):
        if not value.strip():
            yield f"body parameter {number}: empty"
        # Meta's answer otherwise: "Param text cannot have new-line/tab characters or more than 4 consecutive spaces".
        if re.search(r"[\n\r\t]| {5}", value):
            yield f"body parameter {number}: line break, tab or more than 4 spaces in a row"


def _button_faults(reply: TemplateMessage) -> Iterator[str]:
    yield from _count(
        "template buttons", len(reply.quick_replies) + len(reply.url_suffixes), limits.TEMPLATE_BUTTONS, 0
    )
    yield from _unique("url button indexes", [str(index) for index, _ in reply.url_suffixes])
    for number, given in enumerate(reply.quick_replies, 1):
        yield from _length(f"quick reply {number} payload", given, limits.BUTTON_ID)
    for index, suffix in reply.url_suffixes:
        yield from _length(f"url suffix of button {index}", suffix, limits.TEMPLATE_URL)


def _length(place: str, text: str | None, most: int, optional: bool = False) -> Iterator[str]:
    if not text or not text.strip():
        if not optional:
            yield f"{place}: empty"
    elif len(text) > most:
        yield f"{place}: {len(text)} characters, at most {most}"


def _count(place: str, count: int, most: int, least: int = 1) -> Iterator[str]:
    if not least <= count <= most:
        yield f"{place}: {count}, between {least} and {most}"


def _id(place: str, given: str, most: int) -> Iterator[str]:
    yield from _length(place, given, most)
    if given != given.strip():
        yield f"{place}: space at an end"


def _unique(place: str, given: list[str]) -> Iterator[str]:
    if len(set(given)) < len(given):
        yield f"{place}: not unique"


def _url(place: str, given: str) -> Iterator[str]:
    if not re.fullmatch(r"https?://[^\s/]+\S*", given):
        yield f"{place}: not a web address"
    elif len(given) > limits.TEMPLATE_URL:
        yield f"{place}: {len(given)} characters, at most {limits.TEMPLATE_URL}"


def _degrees(place: str, given: str, most: int) -> Iterator[str]:
    try:
        fits = abs(float(given)) <= most
    except ValueError:
        fits = False
    if not fits:
        yield f"{place}: not a number between -{most} and {most}"
