"""What Meta says of our message templates: what it has, what differs from the files, and which may be sent now. Pure.

Meta's word is kept by the desk (`Approvals`): `flask templates` and the worker ask for it, webhooks and refusals bring every
change. A template that was never asked about is not sent; nor is one that is paused, that Meta moved to another category, or
that Meta has with other values or buttons than we fill in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from types import MappingProxyType
from typing import Protocol

from bot.message_templates import PLACE, Template
from bot.model import TemplateMessage, Update

APPROVED, PAUSED, ABSENT, UNKNOWN, DIFFERS = "APPROVED", "PAUSED", "NOT THERE", "UNKNOWN", "DIFFERS"
EDITABLE = frozenset({APPROVED, "REJECTED", PAUSED})  # Meta takes no change of what it is looking at, or has disabled

# What an event of `message_template_status_update` means for the template; FLAGGED and LOCKED change nothing of what may be sent.
# developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/message_template_status_update
STATUS_OF: Mapping[str, str] = MappingProxyType(
    {
        **{one: one for one in "APPROVED PENDING REJECTED PAUSED DISABLED IN_APPEAL LIMIT_EXCEEDED ARCHIVED".split()},
        **{one: one for one in ("DELETED", "PENDING_DELETION")},
        "REINSTATED": APPROVED,
        "UNARCHIVED": APPROVED,
    }
)

# What the code of a refused message shows of its template, before any webhook tells it.
# developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
SHOWN_BY: Mapping[int, str] = MappingProxyType({132000: DIFFERS, 132001: UNKNOWN, 132015: PAUSED, 132016: "DISABLED"})
PASSING = ("differs", "paused", "unknown")  # why a template is not sent now and perhaps soon: what only reminds waits
NOT_OURS = "refused"  # the shape of a template Meta would not fill in: no file has it
FIRST_PAUSE, LONGEST_PAUSE, CALM = timedelta(minutes=1), timedelta(hours=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class TemplateFacts:
    """One message template in one language, as Meta has it. None: Meta did not tell.

    `parts` are Meta's components beyond body and quick replies (a header, a link button), which no file of ours asks for.
    """

    name: str
    language: str
    status: str
    id: str | None = None
    category: str | None = None
    body: str | None = None
    buttons: tuple[str, ...] = ()
    lifetime_s: int | None = None
    parts: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """What Meta last said of a template in one language; `category` is "" and `shape` None where it did not tell."""

    name: str
    language: str
    status: str
    category: str
    at: datetime
    shape: str | None = None

    def lets(self, template: Template) -> bool:
        """Tell whether the template may be sent in this language: approved, in its file's category, with its file's places."""
        return self.status == APPROVED and self.category in ("", template.category) and self.fits(shape_of(template))

    def fits(self, shape: str) -> bool:
        """Tell whether what is of a shape can be filled in there; where Meta did not tell, it is tried."""
        return self.shape in (None, shape)


Known = Mapping[tuple[str, str], Approval]  # by name and language


class Approvals(Protocol):
    """What is known of the templates at Meta. Raise StoreUnavailable when the database is away."""

    def known(self) -> Known:
        """Return what Meta last said of each template."""
        ...

    def keep(self, found: Sequence[TemplateFacts], ours: frozenset[str]) -> None:
        """Keep what Meta lists of the templates of these names; what it does not list any more is forgotten."""
        ...


# ---------------------------------------------------------------------------------------------------- what is filled in


def shape_of(template: Template) -> str:
    """Return the shape of what a file asks for: which values, how many buttons. Words may differ; these may not."""
    return _shape((one.name for one in template.parameters), len(template.buttons))


def shape_sent(message: TemplateMessage) -> str:
    """Return the shape of what is sent."""
    return _shape((name for name, _ in message.body), len(message.quick_replies))


def shape_at_meta(found: TemplateFacts) -> str | None:
    """Return the shape of what Meta has; None: it did not tell."""
    return None if found.body is None else _shape(_places(found.body), len(found.buttons), found.parts)


def _shape(values: Iterable[str], buttons: int, parts: Sequence[str] = ()) -> str:
    return sha256(json.dumps([sorted(set(values)), buttons, sorted(parts)]).encode()).hexdigest()


# ------------------------------------------------------------------------------------------------------ what may be sent


def may_be_sent(template: Template, language: str, known: Known) -> bool:
    """Tell whether a template may be sent in a language now."""
    found = known.get((template.name, language))
    return template.speaks(language) and found is not None and found.lets(template)


def why_not(template: Template, language: str, known: Known) -> str | None:
    """Return why a template may not be sent: not_written, not_there, paused, category, or Meta's status; None: it may."""
    found = known.get((template.name, language))
    if not template.speaks(language):
        return "not_written"
    if found is None:
        return "not_there"
    if found.status != APPROVED:
        return found.status.lower()[:30]
    if not found.fits(shape_of(template)):
        return DIFFERS.lower()
    return None if found.lets(template) else "category"


def may_pass(template: Template, language: str, known: Known) -> bool:
    """Tell whether what keeps a template from being sent passes by itself, or when somebody pushes."""
    return why_not(template, language, known) in PASSING


def refused(known: Approval, shown: str, at: datetime) -> Approval:
    """Return what is known after a message was refused with a code that shows this (`SHOWN_BY`); never older than what was known."""
    at = max(at, known.at)
    return replace(known, shape=NOT_OURS, at=at) if shown == DIFFERS else replace(known, status=shown, at=at)


def paused_again(since: datetime | None, until: datetime | None, now: datetime) -> tuple[datetime, datetime]:
    """Return since when and until when the clinic begins nothing, after Meta refused for the number's sake: each time longer.

    `since`, `until`: of the last time. What was calm for an hour begins anew.
    """
    if since is None or until is None or now - until > CALM:
        return now, now + FIRST_PAUSE
    return since, now + min(max(now - since, FIRST_PAUSE), LONGEST_PAUSE)


def after(update: Update, known: Approval | None) -> Approval | None:
    """Return what a webhook makes of what is known of the template it is about; None: it changes nothing.

    A category that is only announced for tomorrow (`correct_category`) is told to the operator and not obeyed yet.
    """
    name, language, at = update.subject, update.language, update.at
    if name is None or language is None or at is None or (known is not None and at < known.at):
        return None
    category = (update.category or (known.category if known else "")).lower()
    if update.field == "message_template_status_update":
        status = STATUS_OF.get(update.event or "")
        return Approval(name, language, status, category, at, known.shape if known else None) if status else None
    if update.field == "template_category_update" and update.category is not None:
        # Nothing says that it is approved: it was not known before, and `flask templates status` will ask.
        shape = known.shape if known else None
        return Approval(name, language, known.status if known else UNKNOWN, category, at, shape)
    if update.field == "message_template_components_update" and known is not None:
        return replace(known, shape=None, at=at)  # it was edited: Meta is asked what it has now
    return None


# ---------------------------------------------------------------------------------------------------- files against Meta


@dataclass(frozen=True, slots=True)
class Compared:
    """One template in one language, as its file has it and as Meta has it; `differs` names what is not the same."""

    template: Template
    language: str
    status: str
    id: str | None = None
    reason: str | None = None
    differs: tuple[str, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Tell whether it may be sent as it stands in the file."""
        return self.status == APPROVED and not self.differs

    @property
    def is_sound(self) -> bool:
        """Tell whether what Meta has can be filled by what the code sends: sent otherwise, it would be refused."""
        return not {"values", "buttons"} & set(self.differs)


PUSH = "flask templates push"
TEMPLATE_FAULTS = (  # what may be wrong with a template at Meta, the gravest first, and what to do
    ("cannot be filled in: Meta has other values or buttons", PUSH),
    ("moved by Meta to another category, and not sent", "ask for a review of the category in WhatsApp Manager"),
    ("not there, so nobody is written to after 24 hours", PUSH),
    ("rejected", "flask templates status tells why; correct the file, then push again"),
    ("paused by Meta for its quality", "wait: it goes on by itself; ask people less often"),
    ("disabled by Meta", "give the file another name and other words, then push"),
    ("still looked at by Meta", "wait: a review takes up to 24 hours"),
    ("of another status", "look at it in WhatsApp Manager"),
    ("with other words, titles or lifetime than its file", PUSH),
)
_FAULT_OF_STATUS = {ABSENT: 2, "REJECTED": 3, PAUSED: 4, "DISABLED": 5, "PENDING": 6, "IN_APPEAL": 6}


def fault_of(one: Compared) -> str | None:
    """Return the gravest thing that is wrong with a template, of TEMPLATE_FAULTS; None: nothing is."""
    if one.is_ready:
        return None
    if not one.is_sound:
        return TEMPLATE_FAULTS[0][0]
    if "category" in one.differs:
        return TEMPLATE_FAULTS[1][0]
    if one.status != APPROVED:
        return TEMPLATE_FAULTS[_FAULT_OF_STATUS.get(one.status, 7)][0]
    return TEMPLATE_FAULTS[8][0]


def compare(
    templates: Sequence[Template], languages: Sequence[str], found: Sequence[TemplateFacts]
) -> tuple[Compared, ...]:
    """Compare every template, in every language of the clinic it has words for, with what Meta lists."""
    at_meta = {(one.name, one.language): one for one in found}
    return tuple(
        _compared(template, language, at_meta.get((template.name, language)))
        for template in templates
        for language in languages
        if template.speaks(language)
    )


def _compared(template: Template, language: str, found: TemplateFacts | None) -> Compared:
    if found is None:
        return Compared(template, language, ABSENT)
    return Compared(
        template, language, found.status, found.id, found.reason, tuple(_differences(template, language, found))
    )


def _differences(template: Template, language: str, found: TemplateFacts) -> Iterator[str]:
    wanted = at_meta(template.wordings[language])
    if found.category is not None and found.category.lower() != template.category:
        yield "category"
    if found.body is not None and found.body != wanted:
        yield "words" if _places(found.body) == _places(wanted) else "values"
    if found.body is not None and (found.buttons != titles(template, language) or found.parts):
        yield "buttons" if len(found.buttons) != len(template.buttons) or found.parts else "titles"
    if found.body is not None and found.lifetime_s is not None and found.lifetime_s != template.lifetime_s:
        yield "lifetime"


def _places(body: str) -> frozenset[str]:
    return frozenset(PLACE.findall(body))


def at_meta(words: str) -> str:
    """Return words as Meta writes them: `{{name}}`."""
    return PLACE.sub(lambda place: "{{" + place[1] + "}}", words)


def titles(template: Template, language: str) -> tuple[str, ...]:
    """Return the titles of a template's buttons."""
    return tuple(button.title[language] for button in template.buttons)
