"""What a quick reply on a notice means: `@visit/<wish>/<appointment>/<revision>`, `@offer/<wish>/<offer>/<revision>`. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from bot.model import TemplateMessage
from bot.ports import Content, Wording
from menus.model import Aside, Choice, Prompt, Start

WISHES = {"visit": frozenset({"confirm", "move", "cancel", "way", "book"}), "offer": frozenset({"accept", "decline"})}
AT_ONCE = frozenset({"confirm", "way", "accept", "decline"})  # done and said whoever has the conversation


@dataclass(frozen=True, slots=True)
class Answer:
    """A tap on a notice. `id` is the appointment's or the offer's; the revision is the one the patient was told of."""

    about: Literal["visit", "offer"]
    wish: str
    id: UUID
    revision: int

    @property
    def event(self) -> Aside | Start:
        """Return what the flows are told: a journey within the journey, wherever the person stands."""
        if self.wish == "book":
            return Start("book")
        if self.about == "offer":
            return Aside("appointments", {"wish": self.wish, "offer": str(self.id)})
        return Aside("appointments", {"wish": self.wish, "appointment": str(self.id), "revision": self.revision})


def answer_of(reply_id: str | None) -> Answer | None:
    """Read a tap; None if it is none of a notice."""
    parts = (reply_id or "").split("/")
    if len(parts) != 4:
        return None
    kind, wish, id, revision = parts
    about: Literal["visit", "offer"] = "visit" if kind == "@visit" else "offer"
    if kind != f"@{about}" or wish not in WISHES[about] or not (revision.isascii() and revision.isdecimal()):
        return None
    try:
        return Answer(about, wish, UUID(id), int(revision[:9]))
    except ValueError:
        return None


def taps_on(content: Content) -> tuple[str, ...]:
    """Return what can be tapped on a notice, in its order."""
    match content:
        case TemplateMessage():
            taps = content.quick_replies
        case Wording(bubble):
            taps = tuple(choice.id for prompt in bubble for choice in prompt.choices)
        case _:
            taps = ()
    return tuple(tap for tap in taps if answer_of(tap) is not None)


def named_again(tap: str) -> Prompt | None:
    """Return the prompt whose wording names a tap on a notice; None if it is none of a notice."""
    answer = answer_of(tap)
    if answer is None:
        return None
    said_by = (
        "waiting_offer"
        if answer.about == "offer"
        else "cancelled_by_clinic"
        if answer.wish == "book"
        else "reminder_24h"
    )
    return Prompt(f"desk/{said_by}", choices=(Choice(tap, answer.wish),))
