"""The worker's look at the message templates: what Meta lets be sent is asked again while something waits for it, and what differs rings.

Webhooks tell every change, and a webhook may be lost: without this, reminders would wait until somebody ran `flask templates status`.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import product

from bot.approvals import DIFFERS, Approvals, Known, TemplateFacts, compare, why_not
from bot.message_templates import Template
from bot.ports import Outbox, Records, Watch

log = logging.getLogger("sportello.templates")

LEASE, LEASE_S = "templates", 600.0  # one worker looks; another a while after it has died
LOOK_S = 300.0
ASK_S = 3600.0
CATEGORY = "template_category"  # the alarm: Meta files one of ours elsewhere
OTHERWISE = "template_differs"  # the alarm: Meta has one with other values or buttons

Listed = Callable[[], Sequence[TemplateFacts] | None]


class Relisting:
    """Look every five minutes; ask Meta once an hour at most. `listed` returns None where Meta does not tell."""

    def __init__(
        self,
        listed: Listed,
        templates: Sequence[Template],
        languages: Sequence[str],
        approvals: Approvals,
        outbox: Outbox,
        watch: Watch,
        records: Records,
        tick: Callable[[], float] = time.monotonic,
    ) -> None:
        self._listed = listed
        self._templates = templates
        self._languages = languages
        self._approvals = approvals
        self._outbox = outbox
        self._watch = watch
        self._records = records
        self._tick = tick
        self._looked_at = self._asked_at = float("-inf")

    def keep(self, process: str) -> None:
        """Look if it is time and this process is the one that looks."""
        now = self._tick()
        if now - self._looked_at < LOOK_S or not self._watch.holds(LEASE, process, LEASE_S):
            return
        self._looked_at = now
        self._give_up()
        if now - self._asked_at >= ASK_S and is_worth_asking(self._templates, self._languages, self._approvals.known()):
            self._asked_at = now
            self._ask()
        ring_what_differs(self._templates, self._languages, self._approvals.known(), self._records)

    def _give_up(self) -> None:
        left = self._outbox.give_up_kept_back()
        if left:
            log.warning("Meta kept notices back until they were of no use", extra={"count": left})

    def _ask(self) -> None:
        listed = self._listed()
        if listed is None:
            log.warning("Meta does not list the templates")
            return
        keep_listed(listed, self._templates, self._languages, self._approvals, self._records)


def is_worth_asking(templates: Sequence[Template], languages: Sequence[str], known: Known) -> bool:
    """Tell whether Meta's list could bring news: one of ours may not be sent, or Meta never told what it has."""
    return any(
        why_not(template, spoken, known) is not None or known[template.name, spoken].shape is None
        for template, spoken in _spoken(templates, languages)
    )


def keep_listed(
    listed: Sequence[TemplateFacts],
    templates: Sequence[Template],
    languages: Sequence[str],
    approvals: Approvals,
    records: Records,
) -> None:
    """Keep what Meta lists, and ring where it files a template elsewhere."""
    approvals.keep(listed, frozenset(one.name for one in templates))
    found = compare(templates, languages, listed)
    for name in sorted({one.template.name for one in found if "category" in one.differs}):
        records.ring(CATEGORY, name)


def ring_what_differs(templates: Sequence[Template], languages: Sequence[str], known: Known, records: Records) -> None:
    """Ring for each template that is not sent because a file and Meta differ in what is filled in; be still where none does."""
    differing = {
        template.name
        for template, spoken in _spoken(templates, languages)
        if why_not(template, spoken, known) == DIFFERS.lower()
    }
    for name in sorted(differing):
        records.ring(OTHERWISE, name)
    if not differing:
        records.silence(OTHERWISE)


def _spoken(templates: Sequence[Template], languages: Sequence[str]) -> Iterable[tuple[Template, str]]:
    return (one for one in product(templates, languages) if one[0].speaks(one[1]))
