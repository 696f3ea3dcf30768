"""From a row of the outbox to WhatsApp and back: claim, word, send, settle (`docs/states.md` 4)."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from bot.approvals import DIFFERS, SHOWN_BY
from bot.model import Author, Reply, Status, TemplateMessage, Text
from bot.ports import Claimed, Lanes, Lost, Messenger, Outbox, Records, Remedy, SendError, StatusEffect, Typed, Wording
from bot.turn import House, Turns
from bot.wording import WordingError, word

log = logging.getLogger("sportello.delivery")

FRESH_S = 5.0  # a claim that waited longer for a thread is renewed before it is used
MAX_RETRIES = 5
RETRY_S = 1.0  # doubled each time
PROBE = timedelta(seconds=60)  # how often a number that Meta refuses is tried again
LATER = timedelta(hours=1)  # how long a row of staff is held for a template that is paused, an identity that changed


class Delivery:
    """Send what the outbox holds for one conversation after the other."""

    def __init__(
        self,
        house: House,
        turns: Turns,
        lanes: Lanes,
        outbox: Outbox,
        records: Records,
        messengers: Mapping[str, Messenger],
    ) -> None:
        self._house = house
        self._turns = turns
        self._lanes = lanes
        self._outbox = outbox
        self._records = records
        self._messengers = messengers

    def deliver(self, conversation_id: UUID) -> None:
        """Send every row of a conversation that may be sent now, in order."""
        row = self._next(conversation_id)
        while row is not None:
            row = self.send(row)

    def send(self, row: Claimed) -> Claimed | None:
        """Send a claimed row and settle it; return the next one, claimed, if there is one."""
        if time.monotonic() - row.at > FRESH_S and not self._outbox.renew(row):
            return None  # it lay here for so long that somebody else has taken it up
        try:
            reply = self._worded(row)
            accepted = self._messengers[row.phone_number_id].send(row.to, reply, row.id)
        except SendError as refused:
            return self._refused(row, refused)
        except WordingError:
            log.exception("a row could not be worded", extra={"row": str(row.id)})
            return self._given_up(row, "unworded", None)
        log.info("row sent", extra={"row": str(row.id), "answers": str(row.draft.message_id)})
        if accepted.held and isinstance(reply, TemplateMessage):
            self._records.ring("template_held", reply.name)
        settled = self._outbox.sent(row, accepted)
        if settled.late:
            self._take_back(row.conversation_id)
        return self._next(row.conversation_id) if settled.more else None

    def _next(self, conversation_id: UUID) -> Claimed | None:
        """Claim the conversation's next row."""
        with self._lanes.lane_of(conversation_id) as lane:
            return self._turns.claim(lane)

    def _take_back(self, conversation_id: UUID) -> None:
        """The answer arrived after all: whoever was given to a person only because it was late needs none."""
        with self._lanes.lane_of(conversation_id) as lane:
            self._turns.take_back(lane)

    def _worded(self, row: Claimed) -> Reply:
        content = row.draft.content
        if isinstance(content, Wording):
            return word(self._house.wordings, row.language, content.bubble, self._house.limits)
        if isinstance(content, Typed):
            return Text(content.words)
        return content

    # ------------------------------------------------------------------------------------------------------- refusals

    def _refused(self, row: Claimed, refused: SendError) -> Claimed | None:
        """Do what Meta's code asks for: try again, wait, hold, give up, or call somebody."""
        log.warning(
            "row refused",
            extra={"row": str(row.id), "code": refused.code, "remedy": refused.remedy, "unknown": refused.unknown},
        )
        if refused.unknown:
            self._outbox.doubt(row)
            return None
        self._call_for_help(row.phone_number_id, refused)
        self._note_template(row.id, refused.code)
        is_notice = row.draft.author is Author.NOTICE
        if is_notice and _may_be_derived_again(refused):
            self._outbox.put_off(row, refused.remedy, refused.code)
            return self._next(row.conversation_id)
        match refused.remedy:
            case Remedy.GIVE_UP:
                return self._given_up(row, "refused", refused.code)
            case Remedy.HOLD | Remedy.ALARM if is_notice and not refused.whole_number:
                # Held, it would hold the answers behind it.
                return self._given_up(row, "refused", refused.code)
            case Remedy.RETRY if row.attempts > MAX_RETRIES:
                return self._given_up(row, "retried", refused.code)
        self._hold(row, refused)
        return None

    def _hold(self, row: Claimed, refused: SendError) -> None:
        until = self._house.clock.now() + _wait(refused, row.attempts)
        self._outbox.hold(row, until, refused.remedy, refused.code)

    def _call_for_help(self, phone_number_id: str, refused: SendError) -> None:
        """Ring where a person must act, and hold the whole number, or what it begins, where the code is about it."""
        if refused.remedy in (Remedy.ALARM, Remedy.PAUSE):
            self._records.ring("sending_refused", str(refused.code))
        if refused.remedy is Remedy.PAUSE:
            self._outbox.hold_notices(phone_number_id)
        if refused.whole_number:
            wait = timedelta(seconds=refused.wait_s) if refused.wait_s else PROBE
            self._outbox.hold_number(phone_number_id, self._house.clock.now() + wait, refused.remedy)

    def _note_template(self, row_id: UUID, code: int) -> None:
        """Keep what a code shows of the row's template, and ring: no other is tried in vain."""
        shown = SHOWN_BY.get(code)
        name = self._outbox.note_template(row_id, shown) if shown is not None else None
        if name is not None:
            self._records.ring("template_differs" if shown == DIFFERS else "template_refused", name)

    def _given_up(self, row: Claimed, why: str, code: int | None) -> Claimed | None:
        self._outbox.failed(row, why, code)
        draft = row.draft
        lost = Lost(row.id, row.conversation_id, row.phone_number_id, draft.message_id, draft.author, row.attempts)
        self.lost(lost, code)
        return self._next(row.conversation_id)

    def lost(self, row: Lost, code: int | None) -> None:
        """See that a person takes up what a row that will never arrive was about."""
        self._records.ring("row_failed", str(code or 0))
        if row.author is Author.NOTICE:
            return
        with self._lanes.lane_of(row.conversation_id) as lane:
            if row.message_id is not None:
                self._turns.hand_over(lane, row.message_id, "reply_refused")

    # ------------------------------------------------------------------------------------------------------- statuses

    def settle_lost(self, row_id: UUID) -> None:
        """Settle a row whose claim ended with no status: send it once more, or give the matter to a person."""
        lost = self._outbox.settle_lost(row_id)
        if lost is not None:
            self.lost(lost, None)

    def note(self, statuses: tuple[Status, ...]) -> tuple[UUID, ...]:
        """Record statuses; return the conversations whose rows may go on."""
        effects = self._outbox.note_statuses(statuses)
        return tuple(dict.fromkeys(self._after(effect) for effect in effects if effect.conversation_id is not None))

    def _after(self, effect: StatusEffect) -> UUID:
        if effect.failed is not None:
            self._failed_after_all(effect.failed, effect.code or 0)
        if effect.late and effect.conversation_id is not None:
            self._take_back(effect.conversation_id)
        assert effect.conversation_id is not None
        return effect.conversation_id

    def _failed_after_all(self, row: Lost, code: int) -> None:
        """Do for a row Meta had accepted what its code asks for: send it again later, or see that a person takes it up."""
        refused = self._messengers[row.phone_number_id].refusal(code)
        self._call_for_help(row.phone_number_id, refused)
        self._note_template(row.row_id, code)
        if row.author is Author.NOTICE and _may_be_derived_again(refused):
            self._outbox.derive_again(row.row_id)
            return
        passes = refused.remedy in (Remedy.RETRY, Remedy.WAIT)
        until = self._house.clock.now() + _wait(refused, row.attempts)
        if not (passes and self._outbox.revive(row.row_id, until, refused.remedy)):
            self.lost(row, code)


def _may_be_derived_again(refused: SendError) -> bool:
    """Tell whether a notice is refused for a reason that passes, and that nothing else is tried against meanwhile."""
    return refused.remedy is Remedy.PAUSE or refused.code in SHOWN_BY


def _wait(refused: SendError, attempts: int) -> timedelta:
    """Return how long a refused row waits: longer from refusal to refusal, and at least as long as Meta says."""
    asked = refused.wait_s or 0.0
    if refused.remedy is Remedy.RETRY:
        return timedelta(seconds=max(asked, RETRY_S * 2 ** (attempts - 1)))
    if refused.remedy is Remedy.WAIT:
        return timedelta(seconds=max(asked, 4 ** min(attempts - 1, 5)))  # Meta's own rule: 4^X seconds
    if refused.remedy is Remedy.HOLD:
        return timedelta(seconds=asked) if asked else LATER
    return PROBE
