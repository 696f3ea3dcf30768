"""What is looked for in every text before anything else happens to it: danger, and identifiers that must not be stored."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.safety.emergency import Alert, alert_in
from bot.safety.identifiers import cut_identifiers

__all__ = ["Alert", "Screened", "screen"]


@dataclass(frozen=True, slots=True)
class Screened:
    """A text after screening.

    `words` is what may be stored: the text with each identifier replaced by a neutral mark. `alert` is None when no word
    of danger was found; that never means that all is well. `cut` names the kinds of identifier that were cut.
    """

    words: str | None = field(repr=False)
    alert: Alert | None = None
    cut: tuple[str, ...] = ()


def screen(words: str | None) -> Screened:
    """Screen one text: a body, a caption, the title of what was tapped; None when there is none.

    Danger is looked for in the text as it was written, before anything is cut out of it.
    """
    if words is None:
        return Screened(None)
    kept, cut = cut_identifiers(words)
    return Screened(kept, alert_in(words), cut)
