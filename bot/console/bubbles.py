"""One line of a conversation as the staff see it: the words the patient saw, what could be tapped, and what became of it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from markupsafe import Markup, escape

from bot.counter import Apart, Heard, Line, Spoken
from bot.model import LinkButton, ListMessage, MediaLink, Place, Reply, ReplyButtons, RowState, TemplateMessage
from bot.model import Text as PlainText
from bot.ports import Content, Typed, Wording
from bot.turn import House
from bot.wording import WordingError, word

# WhatsApp's own signs: *bold*, _italic_, ~struck~. Each pattern is bounded by a line and has no nested repetition.
SIGNS = (
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,300})(?<=\S)\*(?![\w*])"), "strong"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]{1,300})(?<=\S)_(?![\w_])"), "em"),
    (re.compile(r"(?<![\w~])~(?=\S)([^~\n]{1,300})(?<=\S)~(?![\w~])"), "s"),
)
UNSENT = {RowState.WITHDRAWN: "withdrawn", RowState.EXPIRED: "expired", RowState.FAILED: "failed"}

Mark = Literal["waiting", "held", "sent", "delivered", "read", "failed", "withdrawn", "expired"]


@dataclass(frozen=True, slots=True)
class Bubble:
    """What is drawn. `side`: in (the patient's), out (ours), apart (another team's stretch).

    `told` is what stands in place of words: a key of the texts. `mark` says what became of ours; None on theirs. `count`
    is of a stretch apart. `opens`: the id of the message whose file can be opened.
    """

    id: str
    side: Literal["in", "out", "apart"]
    at: datetime
    by: str = ""
    body: Markup | None = field(default=None, repr=False)
    told: str | None = None
    kind: str = "text"
    is_tap: bool = False
    alert: str | None = None
    cut: tuple[str, ...] = ()
    header: str | None = field(default=None, repr=False)
    footer: str | None = field(default=None, repr=False)
    choices: tuple[tuple[str, str | None], ...] = field(default=(), repr=False)
    list_button: str | None = None
    link: tuple[str, str] | None = field(default=None, repr=False)
    mark: Mark | None = None
    why: str | None = None
    code: int | None = None
    team: str | None = None
    count: int = 0
    opens: str | None = None


def bubble(house: House, language: str, line: Line) -> Bubble:
    """Return how a line is drawn; authored words are worded in the patient's language."""
    match line:
        case Heard():
            return _heard(line)
        case Spoken():
            return _spoken(house, language, line)
        case Apart():
            return Bubble(f"a{line.at:%Y%m%d%H%M%S}", "apart", line.at, team=line.team, count=line.count)


def written(words: str) -> Markup:
    """Return words as WhatsApp shows them, and nothing in them as HTML. What looks like an address is no link here."""
    shown = str(escape(words))
    for pattern, tag in SIGNS:
        shown = pattern.sub(rf"<{tag}>\1</{tag}>", shown)
    return Markup(shown)  # noqa: S704 - escaped above, the tags are ours


def _heard(line: Heard) -> Bubble:
    return Bubble(
        id=str(line.id),
        side="in",
        at=line.at,
        by="patient",
        body=written(line.words) if line.words else None,
        told="gone" if line.gone else None if line.words else "wordless",
        kind=line.kind,
        is_tap=line.reply_id is not None,
        alert=line.alert,
        cut=line.cut,
        why=line.reason,
        opens=str(line.id) if line.media is not None else None,
    )


def _spoken(house: House, language: str, line: Spoken) -> Bubble:
    drawn = _drawn(house, language, line.content, Bubble("", "out", line.sent_at or line.at))
    return replace(drawn, id=str(line.id), by=line.author.value, mark=_mark(line), why=line.why, code=line.code)


def _mark(line: Spoken) -> Mark:
    if line.state in UNSENT:
        return UNSENT[line.state]  # type: ignore[return-value]  # a state's name is its mark
    match line.state:
        case RowState.READ:
            return "read"
        case RowState.DELIVERED:
            return "delivered"
        case RowState.SENT:
            return "sent"
        case RowState.HELD:
            return "held"
        case _:
            return "waiting"


def _drawn(house: House, language: str, content: Content | None, blank: Bubble) -> Bubble:
    match content:
        case None:
            return replace(blank, told="gone")
        case Typed(words):
            return replace(blank, body=written(words))
        case Wording(prompts):
            try:
                return _of_reply(word(house.wordings, language, prompts, house.limits), blank)
            except WordingError:
                return replace(blank, told="unworded")
        case MediaLink() | TemplateMessage():
            return _of_reply(content, blank)


def _of_reply(reply: Reply, blank: Bubble) -> Bubble:
    match reply:
        case PlainText(body):
            return replace(blank, body=written(body))
        case ReplyButtons(body, buttons, header, footer):
            titles = tuple((button.title, None) for button in buttons)
            return replace(blank, body=written(body), choices=titles, header=header, footer=footer)
        case ListMessage(body, button, sections, header, footer):
            rows = tuple((row.title, row.description) for section in sections for row in section.rows)
            drawn = replace(blank, body=written(body), choices=rows, list_button=button)
            return replace(drawn, header=header, footer=footer)
        case LinkButton(body, display_text, url, footer):
            return replace(blank, body=written(body), link=(display_text, url), footer=footer)
        case Place():
            return replace(blank, body=written(f"{reply.name}\n{reply.address}"), kind="location")
        case MediaLink():
            return replace(blank, body=written(reply.caption or reply.filename or reply.link), kind=reply.kind)
        case TemplateMessage():
            values = ", ".join(value for _, value in reply.body)
            return replace(blank, body=written(f"{reply.name}: {values}" if values else reply.name), kind="template")
