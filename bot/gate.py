"""The one gate: may this row of the outbox be sent now? Pure; everything that leaves passes it, inside the claim (`docs/states.md` 4)."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.model import Author, Owner, RowState, TemplateMessage
from bot.notices import About, Kind
from bot.ports import Bucket, Decision, Draft, Drop, Facts, Hold, Send

WINDOW = timedelta(hours=24)  # the customer service window, from the person's last message
WINDOW_MARGIN = timedelta(minutes=2)  # Meta counts from its own clock, and a send takes time
PAIR_BURST = 45  # messages to one person in a burst: developers.facebook.com/.../about-the-platform
PAIR_REFILL_S = 6.0  # one more each six seconds
ALL_NOTICES = "all"  # the purpose of a stop that silences every notice
NOT_WHILE_WITH_PEOPLE = frozenset({"survey", "campaign"})
CHANGED, QUIET, NOT_APPROVED = "changed", "quiet_hours", "template"

IsQuiet = Callable[[About, datetime], bool]


def no_hours(about: About, now: datetime) -> bool:
    """Tell of a clinic that may write at any hour: nothing is quiet."""
    return False


def may_send(draft: Draft, facts: Facts, is_quiet: IsQuiet = no_hours) -> Decision:
    """Decide for one row: now, later, or never. `is_quiet` knows the hours in which the clinic begins nothing."""
    if draft.expires_at is not None and draft.expires_at <= facts.now:
        return Drop(RowState.EXPIRED, "expired")
    silenced = _silenced(draft, facts)
    if silenced is not None:
        return Drop(RowState.WITHDRAWN, silenced)
    untrue = _untrue(draft, facts, is_quiet)
    if untrue is not None:
        return Drop(RowState.WITHDRAWN, untrue)
    if not (isinstance(draft.content, TemplateMessage) or window_is_open(facts.last_inbound_at, facts.now)):
        return Drop(RowState.FAILED, "window_closed")
    if facts.number_held_until is not None and facts.number_held_until > facts.now:
        return Hold(facts.number_held_until, "number_held")
    return _pace(facts)


def window_is_open(last_inbound_at: datetime | None, now: datetime) -> bool:
    """Tell whether free words may be sent: 24 hours from the person's last message, less a margin."""
    return last_inbound_at is not None and now < last_inbound_at + WINDOW - WINDOW_MARGIN


def _silenced(draft: Draft, facts: Facts) -> str | None:
    """Return why this author may not speak now, or None."""
    if draft.author is Author.ENGINE and facts.owner is Owner.STAFF:
        return "staff_has_the_chat"
    if draft.author is Author.ENGINE and draft.epoch != facts.epoch:
        return "older_epoch"
    if draft.author is Author.NOTICE and {draft.purpose, ALL_NOTICES} & facts.stopped:
        return "stopped"
    if draft.purpose in NOT_WHILE_WITH_PEOPLE and facts.owner is not Owner.BOT:
        return "with_people"
    return None


def _untrue(draft: Draft, facts: Facts, is_quiet: IsQuiet) -> str | None:
    """Return why a notice may not be said as it was claimed, or None: its visit was changed since, or the hour is quiet.

    In quiet hours, or while its template is paused, it is withdrawn, not held: what is held keeps the answers behind it
    waiting, and it is derived again.
    """
    about = facts.about
    if about is None:
        return None
    if about.kind is not Kind.OFFER and about.revision != draft.revision:
        return CHANGED
    if isinstance(draft.content, TemplateMessage) and not facts.is_approved:
        return NOT_APPROVED
    return QUIET if is_quiet(about, facts.now) else None


def _pace(facts: Facts) -> Decision:
    left = tokens_left(facts.bucket, facts.now)
    if left < 1:
        # Rounded up: a row that is due a microsecond before its token would only be held again.
        return Hold(facts.now + timedelta(milliseconds=math.ceil((1 - left) * PAIR_REFILL_S * 1000)), "pair_rate")
    return Send(Bucket(left - 1, facts.now))


def tokens_left(bucket: Bucket, now: datetime) -> float:
    """Return how many messages a person may be sent at once now."""
    idle_s = max(0.0, (now - bucket.at).total_seconds())
    return min(PAIR_BURST, bucket.tokens + idle_s / PAIR_REFILL_S)
