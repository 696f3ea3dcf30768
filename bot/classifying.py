"""Words that await a verdict, from the ring to the answer: who is asked, within which time, and what of it is recorded.

The call's row carries it all (docs/decisions/0018): whoever leases it asks, a lost job is found again by the watcher, and no lock
or connection is held while anybody thinks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.free_text import question
from bot.ports import (
    Bell,
    CallDraft,
    Classifications,
    Classified,
    Classifier,
    Inbound,
    Lane,
    Lanes,
    LeasedCall,
    Model,
    Watch,
)
from bot.turn import Begun, House, Turns
from llm.verdict import Question, Unclassified, Verdict
from menus.model import Conversation

MODEL_S = 3.0  # from the receipt of the first words (docs/states.md 7)
TURNS_AGAIN = 2  # how often words that came meanwhile are asked about with the others
BY_EXAMPLES = ""  # why no model is asked: there is none, or it only looks on
CAPPED = "capped"  # a person's hour is used up
DAY_OVER = "day_over"  # the day's calls are used up: somebody should know
NO_VERDICT = Verdict("unclear", sure=False)


@dataclass(frozen=True, slots=True)
class Minds:
    """Who may be asked, and how often.

    `model` is there in the worker only, and only with a key; `model_name` says that there is a key, None that there is none.
    `surge` is how many words may wait for the model before others are not rung for. `shadow`: the model is asked, and nothing
    is done about it.
    """

    matcher: Classifier
    model: Model | None = None
    model_name: str | None = None
    daily_cap: int = 5000
    hourly_rate: int = 20
    surge: int = 100
    shadow: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """The words of one verdict, and where the person stood; `names` are cut out of them before anybody is asked."""

    inbounds: tuple[Inbound, ...]
    standing: Conversation
    names: tuple[str, ...]
    conversation_id: UUID

    @property
    def since(self) -> datetime:
        """When the first of the words came."""
        return self.inbounds[0].received_at


Mask = Callable[[str, tuple[str, ...]], str]
After = Callable[[Lane, tuple[Begun, ...]], None]


class Classifying:
    """Bring words that await a verdict to whoever gives one, and the verdict back through the lane."""

    def __init__(
        self,
        house: House,
        turns: Turns,
        lanes: Lanes,
        watch: Watch,
        bell: Bell,
        minds: Minds,
        records: Classifications,
        mask: Mask,
    ) -> None:
        self._house = house
        self._turns = turns
        self._lanes = lanes
        self._watch = watch
        self._bell = bell
        self._minds = minds
        self._records = records
        self._mask = mask

    def ring(self, call_id: UUID) -> str | None:
        """Have a worker ask the model; return why that cannot be, and then the words are to be matched at once. None: rung."""
        minds = self._minds
        if minds.model_name is None or minds.shadow:
            return BY_EXAMPLES
        if not self._watch.is_alive("worker"):
            return "away"
        if self._records.waiting() > minds.surge:
            return "busy"
        return None if self._bell.classify(call_id) else "away"

    def ring_shadow(self, call_id: UUID) -> None:
        """Have a worker ask the model in shadow mode: what became of the words is decided already."""
        if self._minds.shadow and self._minds.model_name is not None:
            self._bell.classify(call_id)

    def why_late(self) -> str:
        """Return why words nobody took up in time are matched, wherever that is noticed: the model has no time left for them."""
        minds = self._minds
        return BY_EXAMPLES if minds.model_name is None or minds.shadow else "busy"

    @property
    def is_shadow(self) -> bool:
        """Tell whether a model is asked and nothing done about it."""
        return self._minds.shadow

    # ------------------------------------------------------------------------------------------------------- the verdict

    def run(self, leased: LeasedCall, why: str | None, after: After) -> None:
        """Have words classified and bring the verdict back; `why` tells why no model is to be asked. `after` ends the lane."""
        for again in range(TURNS_AGAIN + 1):
            heard = self._read(leased)
            if heard is None:
                return
            verdict, why, records = self._ask(heard, leased.draft, why)
            if self._bring_back(leased, heard, verdict, why, records, after, is_last=again == TURNS_AGAIN):
                return

    def _read(self, leased: LeasedCall) -> Heard | None:
        """Read the words that await this verdict; None, and the call is over, when nobody awaits it any more."""
        with self._lanes.lane_of(leased.conversation_id) as lane:
            if not _is_awaited(lane, leased.draft):
                lane.end_call(leased.id, None)
                return None
            return _heard(lane, leased.draft)

    def _ask(
        self, heard: Heard, draft: CallDraft, why: str | None
    ) -> tuple[Verdict, str | None, tuple[Classified, ...]]:
        """Ask the model if it may be asked, else the authored examples; return the verdict and what is to be recorded."""
        asked, minds = self._question(heard), self._minds
        records: tuple[Classified, ...] = ()
        if why is None and minds.model is not None:
            try:
                self._within_caps(heard.conversation_id)
                verdict = minds.model.classify(asked, self._left(heard))
                return verdict, None, (_classified(heard, draft, verdict, None),)
            except Unclassified as none_came:
                why = none_came.why
                records = (_unclassified(heard, draft, minds.model_name or "", none_came),)
        verdict = self._match(asked, heard)
        return verdict, why, (*records, _classified(heard, draft, verdict, why))

    def _match(self, asked: Question, heard: Heard) -> Verdict:
        try:
            return self._minds.matcher.classify(asked, self._left(heard))
        except Unclassified:
            return NO_VERDICT

    def _within_caps(self, conversation_id: UUID) -> None:
        """Look whether the model may be asked once more today, and for this person. Raise Unclassified("capped")."""
        now, minds = self._house.clock.now(), self._minds
        today = self._records.asked(now - timedelta(days=1))
        if today >= minds.daily_cap:
            raise Unclassified(DAY_OVER)
        if self._records.asked(now - timedelta(hours=1), conversation_id) >= minds.hourly_rate:
            raise Unclassified(CAPPED)

    def _question(self, heard: Heard) -> Question:
        house = self._house
        words = "\n".join(inbound.words or "" for inbound in heard.inbounds)
        today = house.clock.now().astimezone(house.clinic.zone).date()
        return question(house.flows, house.clinic, today, self._mask(words, heard.names), heard.standing)

    def _left(self, heard: Heard) -> float:
        """Return the seconds that are left for an answer."""
        return MODEL_S - (self._house.clock.now() - heard.since).total_seconds()

    def _bring_back(
        self,
        leased: LeasedCall,
        heard: Heard,
        verdict: Verdict,
        why: str | None,
        records: tuple[Classified, ...],
        after: After,
        is_last: bool,
    ) -> bool:
        """Do what the verdict comes to, unless nobody awaits it any more; False if words came meanwhile and there is time for them."""
        with self._lanes.lane_of(leased.conversation_id) as lane:
            for record in records:
                lane.note_classified(record)
            if why == DAY_OVER:
                lane.ring("model_capped", "")
            if not _is_awaited(lane, leased.draft):
                lane.end_call(leased.id, None)
                return True
            joined = lane.joined(leased.draft.message_id)
            if len(joined) > len(heard.inbounds) and not is_last and self._left(heard) > 0:
                return False
            begun = (
                self._turns.decided(lane, joined, verdict, why) if lane.end_call(leased.id, verdict.route[:40]) else ()
            )
            after(lane, begun)
            return True

    # -------------------------------------------------------------------------------------------------------- the shadow

    def shadow(self, call: LeasedCall) -> None:
        """Ask the model about words whose outcome is decided, and record what it says."""
        with self._lanes.lane_of(call.conversation_id) as lane:
            heard = _heard(lane, call.draft)
        model = self._minds.model
        if model is None or not heard.inbounds:
            return
        try:
            self._within_caps(heard.conversation_id)
            verdict = model.classify(self._question(heard), MODEL_S)
            record = _classified(heard, call.draft, verdict, None, shadow=True)
        except Unclassified as none_came:
            record = _unclassified(heard, call.draft, self._minds.model_name or "", none_came, shadow=True)
        self._records.note(record)


def _is_awaited(lane: Lane, draft: CallDraft) -> bool:
    """Tell whether the conversation still awaits this verdict: nothing else became of the words, nobody took over."""
    return lane.chat.awaits == draft.message_id and lane.chat.epoch == draft.epoch


def _heard(lane: Lane, draft: CallDraft) -> Heard:
    contact = lane.contact
    names = tuple(name for name in (contact.profile_name, contact.username) if name)
    return Heard(lane.joined(draft.message_id), lane.chat.standing, names, lane.chat.id)


def _classified(heard: Heard, draft: CallDraft, verdict: Verdict, why: str | None, shadow: bool = False) -> Classified:
    return Classified(
        message_id=draft.message_id,
        conversation_id=heard.conversation_id,
        by=verdict.usage.model if verdict.usage else verdict.by,
        route=verdict.route,
        sure=verdict.sure,
        language=verdict.language,
        tone=verdict.tone,
        why=why or None,
        usage=verdict.usage,
        shadow=shadow,
    )


def _unclassified(
    heard: Heard, draft: CallDraft, model: str, none_came: Unclassified, shadow: bool = False
) -> Classified:
    return Classified(
        message_id=draft.message_id,
        conversation_id=heard.conversation_id,
        by=model,
        route=None,
        sure=None,
        language=None,
        tone=None,
        why=none_came.why,
        usage=none_came.usage,
        shadow=shadow,
    )
