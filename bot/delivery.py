"""From a row of the outbox to WhatsApp and back: claim, word, send, settle (`docs/states.md` 4)."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from bot.gate import may_send
from bot.model import Author, Reply, Status, Text
from bot.ports import Claimed, Lanes, Lost, Messenger, Outbox, Records, Remedy, SendError, StatusEffect, Typed, Wording
from bot.turn import House, Turns
from bot.wording import WordingError, word

log = logging.getLogger("sportello.delivery")

MAX_RETRIES = 5
RETRY_S = 1.0  # doubled each time
PROBE = timedelta(seconds=60)  # how often a number that Meta refuses is tried again
LATER = timedelta(hours=1)  # how long a row is held for a template that is paused, an identity that changed


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
        row = self._outbox.claim(conversation_id, may_send)
        while row is not None:
            row = self.send(row)

    def send(self, row: Claimed) -> Claimed | None:
        """Send a claimed row and settle it; return the next one, claimed, if there is one."""
        try:
            reply = self._worded(row)
            accepted = self._messengers[row.phone_number_id].send(row.to, reply, row.id)
        except SendError as refused:
            return self._refused(row, refused)
        except WordingError:
            log.exception("a row could not be worded", extra={"row": str(row.id)})
            return self._given_up(row, "unworded", None)
        log.info("row sent", extra={"row": str(row.id), "answers": str(row.draft.message_id)})
        settled = self._outbox.sent(row, accepted)
        if settled.late:
            self._take_back(row.conversation_id)
        return self._outbox.claim(row.conversation_id, may_send) if settled.more else None

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
            self._outbox.doubt(row.id)
            return None
        if refused.remedy is Remedy.ALARM:
            self._records.ring("sending_refused", str(refused.code))
        if refused.whole_number:
            self._hold_number(row, refused)
        match refused.remedy:
            case Remedy.GIVE_UP:
                return self._given_up(row, "refused", refused.code)
            case Remedy.RETRY if row.attempts > MAX_RETRIES:
                return self._given_up(row, "retried", refused.code)
        self._hold(row, refused)
        return None

    def _hold(self, row: Claimed, refused: SendError) -> None:
        waits = {
            Remedy.RETRY: timedelta(seconds=max(refused.wait_s or 0, RETRY_S * 2 ** (row.attempts - 1))),
            Remedy.WAIT: timedelta(
                seconds=max(refused.wait_s or 0, 4 ** min(row.attempts - 1, 5))
            ),  # Meta: 4^X seconds
            Remedy.HOLD: timedelta(seconds=refused.wait_s) if refused.wait_s else LATER,
            Remedy.ALARM: PROBE,
        }
        until = self._house.clock.now() + waits[refused.remedy]
        self._outbox.hold(row.id, until, refused.remedy, refused.code)

    def _hold_number(self, row: Claimed, refused: SendError) -> None:
        wait = timedelta(seconds=refused.wait_s) if refused.wait_s else PROBE
        self._outbox.hold_number(row.phone_number_id, self._house.clock.now() + wait, refused.remedy)

    def _given_up(self, row: Claimed, why: str, code: int | None) -> Claimed | None:
        self._outbox.failed(row.id, why, code)
        draft = row.draft
        self.lost(Lost(row.id, row.conversation_id, draft.message_id, draft.author, row.attempts), code)
        return self._outbox.claim(row.conversation_id, may_send)

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
            self.lost(effect.failed, effect.code)
        if effect.late and effect.conversation_id is not None:
            self._take_back(effect.conversation_id)
        assert effect.conversation_id is not None
        return effect.conversation_id
