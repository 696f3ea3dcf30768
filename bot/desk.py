"""FrontDesk: the one place where things happen in order. What a webhook brings goes in, what is left to do comes out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import wraps
from typing import TypeVar
from uuid import UUID

from bot import announce
from bot.actions import Asker
from bot.actions import Facts as ActionFacts
from bot.classifying import Classifying, Mask, Minds
from bot.clinic import Clinic, is_open
from bot.counter import URGENT
from bot.counter import Staff as Staff
from bot.delivery import Delivery
from bot.files import Files
from bot.gate import window_is_open
from bot.logs import where as where
from bot.model import Author, Message, Notification, Outcome, Owner, TemplateMessage
from bot.notices import Owed
from bot.outreach.keeper import Outreach
from bot.ports import (
    Bell,
    CallDraft,
    Claimed,
    Classifications,
    Draft,
    Inbound,
    Lane,
    Lanes,
    LeasedCall,
    Messenger,
    NobodyThere,
    Outbox,
    Records,
    StoreUnavailable,
    Typed,
    Unclaimed,
    Watch,
)
from bot.safety import screen
from bot.turn import ALARMING, OVERDUE, Begun, House, Turns
from menus.engine import MAIN, at_rest
from menus.model import Prompt, Result

log = logging.getLogger("sportello.desk")

DONE_BY = {"ours": "call", "away": "ring", "model": "classify", "file": "fetch"}  # which chore does what was begun
MANY = 20  # updates in one POST; more are recorded first and worked on after the answer
MOST_NOTICES = 500  # given in one go: the sweep has more to do
LAST_ATTEMPT = 3
FIRST_CALL = timedelta(minutes=2)
CALLS = (
    (FIRST_CALL, "handoff_unclaimed"),
    (timedelta(minutes=10), "handoff_unclaimed_long"),
)  # after how long, the alarm


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to do after the answer. `kind`: send (a claimed row), deliver, catch_up (a conversation), call, ring, read,
    classify (words), match (words nobody has classified in time), fetch (have a file fetched), fetch_now."""

    kind: str
    id: UUID
    row: Claimed | None = None
    number: str | None = None
    wamid: str | None = None


Hand = Callable[[tuple[Chore, ...]], object]  # takes what is left to do for one conversation


@dataclass(frozen=True, slots=True)
class Received:
    """What came of a POST: `durable` False asks Meta to repeat it; `chores` are to be done in either case."""

    chores: tuple[Chore, ...]
    durable: bool


@dataclass(frozen=True, slots=True)
class Mindful:
    """What the desk needs to have words classified; without it, words no menu knows bring the menu back."""

    minds: Minds
    records: Classifications
    mask: Mask


T = TypeVar("T")


def _if_there(work: Callable[[FrontDesk, T], None]) -> Callable[[FrontDesk, T], None]:
    """Leave off what was to be done for somebody who was erased meanwhile."""

    @wraps(work)
    def work_if_there(desk: FrontDesk, what: T) -> None:
        try:
            work(desk, what)
        except NobodyThere:
            log.info("nobody is there any more")

    return work_if_there


class FrontDesk:
    """Receive, answer, hand over, take back. Who calls it: the webhook, the pool, the worker, the watcher, the console."""

    def __init__(
        self,
        house: House,
        lanes: Lanes,
        outbox: Outbox,
        watch: Watch,
        records: Records,
        messengers: Mapping[str, Messenger],
        bell: Bell,
        minds: Mindful | None = None,
        files: Files | None = None,
        outreach: Outreach | None = None,
    ) -> None:
        self._house = house
        self._lanes = lanes
        self._watch = watch
        self._outbox = outbox
        self._records = records
        self._messengers = messengers
        self._bell = bell
        self._files = files
        self._outreach = outreach
        self._turns = Turns(house, classifies=minds is not None)
        self._classifying = (
            Classifying(house, self._turns, lanes, watch, bell, minds.minds, minds.records, minds.mask)
            if minds
            else None
        )
        self._delivery = Delivery(house, self._turns, lanes, outbox, records, messengers)

    # -------------------------------------------------------------------------------------------------------- receiving

    def receive(self, notification: Notification) -> Received:
        """Make everything a POST brought durable, and say what is left to do.

        When the database goes away in the middle, what was committed is still to be done, and Meta repeats the rest.
        """
        chores: list[Chore] = []
        failures: list[str] = []
        try:
            self._receive(notification, chores, failures)
        except StoreUnavailable as fault:
            log.warning("the database is away", extra={"fault": str(fault)})
            return Received(tuple(chores), durable=False)
        return Received(tuple(chores), durable=not failures)

    def _receive(self, notification: Notification, chores: list[Chore], failures: list[str]) -> None:
        messages = tuple(message for message in notification.messages if self._is_ours(message))
        if len(messages) + len(notification.statuses) > MANY:
            chores += self._record(messages)
        else:
            for message in messages:
                chores += self._take_or_note(message, failures)
        ours = tuple(status for status in notification.statuses if status.phone_number_id in self._messengers)
        chores += (Chore("deliver", conversation) for conversation in self._delivery.note(ours))
        self._note(notification)

    def _is_ours(self, message: Message) -> bool:
        if message.phone_number_id in self._messengers:
            return True
        self._records.ring("foreign_number", message.phone_number_id)
        return False

    def _take_or_note(self, message: Message, failures: list[str]) -> tuple[Chore, ...]:
        """Work on one message; what cannot even be recorded is asked for again and keeps nobody else waiting."""
        try:
            return self.take(message)
        except StoreUnavailable:
            raise
        except Exception as fault:  # a door: the other messages of this POST are other people's
            log.error("message not taken", extra={"fault": where(fault)})
            failures.append(where(fault))
            return ()

    def take(self, message: Message) -> tuple[Chore, ...]:
        """Work on one message in one transaction: recorded, decided, its reply in the outbox."""
        screened, language = screen(message.words), self._house.clinic.languages[0]
        with self._lanes.lane(message.phone_number_id, message.contact, language, message.sent_at) as lane:
            inbound = lane.record(message, screened)
            if inbound is None:
                return ()
            begun = self._in_order(lane, inbound)
            return self._after(lane, begun) + self._read(lane, message)

    def _read(self, lane: Lane, message: Message) -> tuple[Chore, ...]:
        """Have blue ticks shown for words the flows answer (docs/decisions/0011): not for taps, nor for what a person must read."""
        if lane.chat.owner is not Owner.BOT or message.reply_id is not None or not lane.has_queued:
            return ()
        return (Chore("read", lane.chat.id, number=message.phone_number_id, wamid=message.id),)

    def _record(self, messages: tuple[Message, ...]) -> tuple[Chore, ...]:
        screened = tuple((message, screen(message.words)) for message in messages)
        behind = self._lanes.record_all(screened, self._house.clinic.languages[0])
        return tuple(Chore("catch_up", conversation) for conversation in behind)

    def _note(self, notification: Notification) -> None:
        for update in notification.updates:
            if self._records.note_update(update) and update.alarming:
                self._records.ring(f"meta_{update.field}"[:40], update.event or update.subject or "")
        for preference in notification.preferences:
            self._records.note_preference(preference)
        for code in notification.errors:
            self._records.ring("meta_error", str(code))
        if notification.unreadable:
            self._records.note_unreadable(notification.unreadable)

    # ------------------------------------------------------------------------------------------------- working in order

    def _in_order(self, lane: Lane, inbound: Inbound) -> tuple[Begun, ...]:
        """Work on a message now, unless earlier ones wait; an emergency waits for nothing."""
        if lane.chat.behind and inbound.alert not in ALARMING:
            lane.postpone(inbound)
            return self._catch_up(lane)
        return self._attempt(lane, inbound)

    def _catch_up(self, lane: Lane) -> tuple[Begun, ...]:
        """Work through the messages earlier lanes left, for as long as the conversation is not busy."""
        waiting = lane.unworked()
        lane.save(replace(lane.chat, behind=False))
        begun: list[Begun] = []
        for inbound in waiting:
            lane.take(inbound)
            begun += self._attempt(lane, inbound)
        return tuple(begun)

    def _attempt(self, lane: Lane, inbound: Inbound) -> tuple[Begun, ...]:
        """Decide a message; an error costs that message an attempt and nothing else, the third brings a person."""
        if (lane.chat.is_busy or lane.chat.behind) and inbound.alert not in ALARMING:
            lane.postpone(inbound)
            return ()
        try:
            with lane.savepoint():
                return self._turns.take(lane, inbound)
        except StoreUnavailable:
            raise  # no fault of the message's
        except Exception as fault:  # a door: one bad message must not keep Meta repeating it for days
            log.error("message failed", extra={"inbound": str(inbound.id), "fault": where(fault)})
            return self._failed(lane, inbound)

    def _failed(self, lane: Lane, inbound: Inbound) -> tuple[Begun, ...]:
        if lane.fail(inbound) >= LAST_ATTEMPT:
            lane.take(inbound)
            lane.ring("message_failed", str(inbound.id))
            self._turns.hand_over(lane, inbound.id, ALARMING.get(inbound.alert, "failed"))
        return ()

    def _after(self, lane: Lane, begun: tuple[Begun, ...]) -> tuple[Chore, ...]:
        """Claim the first reply and name what is left to do once the lane has committed."""
        row = self._turns.claim(lane)
        number = lane.chat.phone_number_id
        chores = [Chore(DONE_BY[call.place], call.call_id, number=number, wamid=call.wamid) for call in begun]
        if lane.chat.behind and not lane.chat.is_busy:
            chores.append(Chore("catch_up", lane.chat.id))
        if row is not None:
            return (Chore("send", row.id, row=row), *chores)
        return (*chores, Chore("deliver", lane.chat.id)) if lane.has_queued else tuple(chores)

    # --------------------------------------------------------------------------------------------------------- chores

    @_if_there
    def do(self, chore: Chore) -> None:
        """Do what was left to do; doing it twice, or never, loses nothing: rows and leases decide."""
        match chore.kind:
            case "send":
                self._send(chore)
            case "deliver":
                self._delivery.deliver(chore.id)
            case "catch_up":
                self.catch_up(chore.id)
            case "call":
                self.call(chore.id)
            case "ring":
                self._ring(chore)
            case "read":
                self._show(chore, typing=False)
            case "classify":
                self._have_classified(chore)
            case "match":
                self._classify(chore.id, self._classifying.why_late() if self._classifying else None)
            case "fetch":
                self._bell.fetch(chore.id)
            case "fetch_now":
                self.fetch(chore.id)

    def _send(self, chore: Chore) -> None:
        row = chore.row
        while row is not None:
            row = self._delivery.send(row)

    def _ring(self, chore: Chore) -> None:
        """Have the worker run a call, and show the person that something is being done."""
        self._bell.call(chore.id)
        self._show(chore, typing=True)

    def _show(self, chore: Chore, typing: bool) -> None:
        """Show blue ticks and perhaps that an answer is being written: a courtesy, tried once."""
        if chore.wamid is not None and chore.number is not None:
            self._messengers[chore.number].mark_read(chore.wamid, typing)

    def refuse(self, chore: Chore) -> None:
        """Give a chore to the worker: the pool is full, or this process is stopping."""
        if chore.row is not None:
            self._outbox.unclaim(chore.row)
            self._bell.deliver(chore.row.conversation_id)
        elif chore.kind in ("deliver", "catch_up"):
            self._bell.deliver(chore.id)
        elif chore.kind in ("call", "ring"):
            self._bell.call(chore.id)
        elif chore.kind in ("classify", "match"):
            self._bell.classify(chore.id)
        elif chore.kind == "fetch":
            self._bell.fetch(chore.id)

    @_if_there
    def deliver(self, conversation_id: UUID) -> None:
        """Work on what was recorded for a conversation, and send what waits for it."""
        self.catch_up(conversation_id)
        self._delivery.deliver(conversation_id)

    def catch_up(self, conversation_id: UUID) -> None:
        """Work on the messages of a conversation that no lane has worked on."""
        with self._lanes.lane_of(conversation_id) as lane:
            chores = self._after(lane, self._catch_up(lane) if lane.chat.behind else ())
        self._do_all(chores)

    def _do_all(self, chores: tuple[Chore, ...]) -> None:
        for chore in chores:
            self.do(chore)

    # ---------------------------------------------------------------------------------------------------------- calls

    @_if_there
    def call(self, call_id: UUID) -> None:
        """Run a call if nobody else does, and bring what it found back through the lane; the third error brings a person."""
        leased = self._lanes.lease_call(call_id)
        if leased is None:
            return
        try:
            chores = self._bring_back(leased, self._run(leased))
        except StoreUnavailable:
            raise
        except Exception as fault:  # a door: its lease ends, and it is tried again
            log.error("call failed", extra={"call": str(leased.id), "fault": where(fault)})
            if leased.attempts < LAST_ATTEMPT:
                return
            chores = self._give_up(leased)
        self._do_all(chores)

    def _run(self, leased: LeasedCall) -> Result:
        house, draft = self._house, leased.draft
        contact_id, contact = self._lanes.whose(leased.conversation_id)
        asker = Asker(contact_id, leased.id, contact.wa_id)
        facts = ActionFacts(house.clinic, house.clock.now(), draft.language, asker, house.booking)
        return house.actions[draft.action].run(facts, draft.answers)

    def _bring_back(self, leased: LeasedCall, result: Result) -> tuple[Chore, ...]:
        """Go on with what a call found; if the turn has moved on or somebody took over, only what it made is told."""
        with self._lanes.lane_of(leased.conversation_id) as lane:
            is_awaited = _is_awaited(lane, leased.draft)
            if not lane.end_call(leased.id, result.outcome if is_awaited else None):
                return ()
            self._ring_for(lane, leased.draft, result)
            if is_awaited:
                begun = self._turns.resume(lane, leased.draft.message_id, result)
            else:
                self._turns.tell_late(lane, leased.draft, result)
                begun = ()
            return self._after(lane, begun + (self._catch_up(lane) if lane.chat.behind else ()))

    def _ring_for(self, lane: Lane, draft: CallDraft, result: Result) -> None:
        """Set off the alarm of an outcome, if it has one: staff learn why patients were sent to them."""
        action, why = self._house.actions.get(draft.action), str(result.answers.get("why") or "")
        cause = action and (action.rings.get(result.outcome) or (action.warns if why else None))
        if cause:
            log.warning("not answered", extra={"action": draft.action, "outcome": result.outcome, "why": why})
            lane.ring(cause, why)

    def _give_up(self, leased: LeasedCall) -> tuple[Chore, ...]:
        """End a call that cannot be carried out: nobody waits for it any longer, a person takes its message up."""
        with self._lanes.lane_of(leased.conversation_id) as lane:
            if lane.end_call(leased.id, None) and _is_awaited(lane, leased.draft):
                standing = lane.chat.standing
                lane.save(replace(lane.chat, standing=replace(standing, doing=None, turn=standing.turn + 1)))
                lane.ring("call_failed", str(leased.id))
                self._turns.hand_over(lane, leased.draft.message_id, "failed")
            return self._after(lane, self._catch_up(lane) if lane.chat.behind else ())

    # ------------------------------------------------------------------------------------------------ words and files

    def _have_classified(self, chore: Chore) -> None:
        """Ring a worker for words that await a verdict; where none can be had there, match them here and now."""
        assert self._classifying is not None
        why = self._classifying.ring(chore.id)
        if why is None:
            self._show(chore, typing=True)
            return
        self._classify(chore.id, why, chore)
        self._classifying.ring_shadow(chore.id)

    @_if_there
    def classify(self, call_id: UUID) -> None:
        """Have words classified if nobody else does, and answer them."""
        self._classify(call_id, None)

    def _classify(self, call_id: UUID, why: str | None, shown: Chore | None = None) -> None:
        """Ask whoever may be asked here; an error leaves the words to the next who finds them, and to the watcher.

        `shown` names the message that gets blue ticks, if the flows answer it.
        """
        if self._classifying is None:
            return
        leased = self._lanes.lease_call(call_id)
        try:
            if leased is None:
                self._follow(call_id)
                return
            chores: list[Chore] = []

            def after(lane: Lane, begun: tuple[Begun, ...]) -> None:
                chores.extend(self._after(lane, begun))
                if shown is not None and lane.chat.owner is Owner.BOT and lane.has_queued:
                    chores.append(replace(shown, kind="read"))

            self._classifying.run(leased, why, after)
        except (StoreUnavailable, NobodyThere):
            raise
        except Exception as fault:  # a door: its lease ends, and it is tried again
            log.error("words not classified", extra={"call": str(call_id), "fault": where(fault)})
            return
        self._do_all(tuple(chores))

    def _follow(self, call_id: UUID) -> None:
        """In shadow mode, ask the model about words that are settled."""
        assert self._classifying is not None
        call = self._lanes.call(call_id) if self._classifying.is_shadow else None
        if call is not None:
            self._classifying.shadow(call)

    def fetch(self, file_id: UUID) -> None:
        """Fetch a file somebody sent."""
        if self._files is not None:
            self._files.fetch(file_id)

    def fetch_due(self, hand: Hand | None = None) -> int:
        """Fetch the files nobody fetches; return how many there were."""
        chores = [Chore("fetch_now", file_id) for file_id in (self._files.due() if self._files is not None else ())]
        self._hand_each(chores, hand)
        return len(chores)

    # -------------------------------------------------------------------------------------------------- what is overdue

    def answer_overdue(self, hand: Hand | None = None) -> int:
        """Tell everyone whose answer is overdue that a person has their message now; return how many there were.

        `hand` takes what is left to do for one of them; None: it is done at once.
        """
        count = 0
        while overdue := self._watch.overdue():
            count += len(overdue)
            for conversation_id, message_id in overdue:
                with _door("overdue", message_id):
                    (hand or self._do_all)(self._answer_overdue(conversation_id, message_id))
        return count

    def _answer_overdue(self, conversation_id: UUID, message_id: UUID) -> tuple[Chore, ...]:
        """Hand a late message over; what no lane has worked on yet is worked on first, for it may be an emergency."""
        with self._lanes.lane_of(conversation_id) as lane:
            begun = self._catch_up(lane) if lane.chat.behind else ()
            if self._turns.hand_over(lane, message_id, OVERDUE):
                lane.ring("answer_overdue", "")
            return self._after(lane, begun)

    def finish_due(self, calls: Callable[[str], bool], hand: Hand | None = None) -> int:
        """Finish what others left lying; `calls(place)` says which calls this process may run. Return how much it was."""
        due = self._watch.due()
        for row_id in due.lost:
            with _door("lost", row_id):
                self._delivery.settle_lost(row_id)
        chores = [Chore("deliver", conversation_id) for conversation_id in due.deliver]
        chores += [
            Chore("match" if place == "model" else "call", call_id)
            for call_id, place in due.calls
            if place == "model" or calls(place)
        ]
        self._hand_each(chores, hand)
        return len(due.lost) + len(due.deliver) + len(due.calls)

    def give_due(self, hand: Hand | None = None, most: int = MOST_NOTICES) -> int:
        """Give the reminders and notices that are due; return how many were claimed to be sent. What is left is due again."""
        given = 0
        for owed in self._outreach.owed() if self._outreach is not None else ():
            with _door("notice", owed.notice.id):
                given += self._give(owed, hand)
            if given >= most:
                break
        return given

    def _give(self, owed: Owed, hand: Hand | None) -> bool:
        """Give one notice; what no hand has room for is found in the outbox."""
        assert self._outreach is not None
        conversation_id = self._outreach.give(owed)
        if conversation_id is None:
            return False
        (hand or self._do_all)((Chore("deliver", conversation_id),))
        return True

    def finish_behind(self, hand: Hand | None = None) -> int:
        """Work on recorded messages that no lane has worked on."""
        chores = [Chore("catch_up", conversation_id) for conversation_id in self._watch.behind()]
        self._hand_each(chores, hand)
        return len(chores)

    def escalate_unclaimed(self) -> int:
        """Call for help where nobody has taken a request for two minutes, and once more after ten; return how many called."""
        clinic, now = self._house.clinic, self._house.clock.now()
        called = 0
        for waiting in self._watch.unclaimed(now - FIRST_CALL):
            times = calls_due(clinic, waiting, now)
            if times > waiting.escalated:
                called += self._watch.escalate(waiting.handoff_id, times, CALLS[times - 1][1])
        return called

    def _hand_each(self, chores: Sequence[Chore], hand: Hand | None) -> None:
        for chore in chores:
            with _door(chore.kind, chore.id):
                (hand or self._do_all)((chore,))

    # ---------------------------------------------------------------------------------------------------------- people

    def claim(
        self, conversation_id: UUID, staff: Staff, instead_of: str | None = None, hand: Hand | None = None
    ) -> str | None:
        """Give a conversation to a member of staff: from this commit on, the flows are silent in it.

        Return who has it, if somebody else does: then nothing was done, unless it was asked to come `instead_of` just them.
        Raise NobodyThere if it is not there for this member. `hand` takes what is left to do; None: it is done at once.
        """
        with self._lanes.lane_of(conversation_id) as lane:
            holder = _other_holder(lane, staff)
            if holder is not None and holder != instead_of:
                return holder
            if lane.chat.owner is not Owner.STAFF or holder is not None:
                self._claim(lane, staff)
            chores = self._after(lane, ())
        (hand or self._do_all)(chores)
        return None

    def rescue(self, conversation_id: UUID, message_id: UUID) -> bool:
        """Give a message that was put aside as spam to a person after all; False if it was not put aside."""
        with self._lanes.lane_of(conversation_id) as lane:
            is_rescued = self._turns.rescue(lane, message_id)
            chores = self._after(lane, ())
        self._do_all(chores)
        return is_rescued

    def _claim(self, lane: Lane, staff: Staff) -> None:
        team = lane.holding().team
        self._turns.let_go(lane, Outcome.HANDED, "with_staff")
        lane.withdraw("staff_has_the_chat")
        if not lane.claim_handoff(staff.id):
            lane.hand_off(team, "taken", 0)
            lane.claim_handoff(staff.id)
        chat = lane.chat
        lane.save(replace(chat, owner=Owner.STAFF, epoch=chat.epoch + 1, team=team, standing=at_rest(chat.standing)))
        lane.note_act(staff.actor, "claim")
        self._tell(lane, announce.taken_over(self._house.clinic, team, staff.first_name))

    def _tell(self, lane: Lane, prompt: Prompt) -> None:
        """Say a transition's own words, where free words may be sent."""
        if window_is_open(lane.chat.last_inbound_at, self._house.clock.now()):
            self._turns.say_as_staff(lane, prompt)

    def say(
        self, conversation_id: UUID, staff: Staff, words: str | TemplateMessage, hand: Hand | None = None
    ) -> str | None:
        """Send what a member of staff wrote, or a message template they filled in; replying is claiming.

        Return who has the conversation, if somebody else does: then nothing was sent. Raise NobodyThere as `claim` does.
        """
        with self._lanes.lane_of(conversation_id) as lane:
            holder = _other_holder(lane, staff)
            if holder is not None:
                return holder
            if lane.chat.owner is not Owner.STAFF:
                self._claim(lane, staff)
            content = Typed(words) if isinstance(words, str) else words
            lane.queue([Draft(Author.STAFF, lane.chat.epoch, content)])
            lane.note_act(staff.actor, "reply")
            chores = self._after(lane, ())
        (hand or self._do_all)(chores)
        return None

    def assign(self, conversation_id: UUID, staff: Staff, to: Staff, hand: Hand | None = None) -> str | None:
        """Give a conversation to a colleague, who holds it from now on; returns and raises as `claim` does.

        Raise NobodyThere, too, if it would not be there for the colleague.
        """
        with self._lanes.lane_of(conversation_id) as lane:
            holder = _other_holder(lane, staff)
            if holder is not None:
                return holder
            if not to.sees(lane.holding().team):
                raise NobodyThere(f"conversation {conversation_id} is another team's")
            if lane.holding().by != to.id:
                lane.note_act(staff.actor, "assign")
                self._claim(lane, to)
            chores = self._after(lane, ())
        (hand or self._do_all)(chores)
        return None

    def pass_on(self, conversation_id: UUID, staff: Staff, team: str, hand: Hand | None = None) -> str | None:
        """Put a conversation into a team's queue, with the time it has waited; returns and raises as `claim` does."""
        with self._lanes.lane_of(conversation_id) as lane:
            holder = _other_holder(lane, staff)
            if holder is not None:
                return holder
            lane.withdraw("passed_on")
            if not lane.requeue(team):
                lane.hand_off(team, "passed_on", 0)
            chat = lane.chat
            waits = replace(chat, owner=Owner.QUEUED, epoch=chat.epoch + 1, team=team, acknowledged=False)
            lane.save(replace(waits, standing=at_rest(chat.standing)))
            lane.note_act(staff.actor, "pass_on")
            self._tell(lane, announce.waiting(self._house.clinic, "passed_on", team, self._house.clock.now()))
            chores = self._after(lane, ())
        (hand or self._do_all)(chores)
        return None

    def close(
        self, conversation_id: UUID, flow: str = MAIN, staff: Staff | None = None, hand: Hand | None = None
    ) -> bool:
        """End a handoff: the assistant is back, says so, and begins a flow. `staff` None: an operator at the machine.

        False if there was none, or somebody else has the conversation. Raise NobodyThere as `claim` does.
        """
        with self._lanes.lane_of(conversation_id) as lane:
            if staff is not None and _other_holder(lane, staff) is not None:
                return False
            if not lane.close_handoff(f"{flow}/{self._house.flows[flow].start}"):
                return False
            lane.withdraw("closed")
            chat = lane.chat
            lane.save(replace(chat, owner=Owner.BOT, epoch=chat.epoch + 1, team=None, standing=at_rest(chat.standing)))
            if staff is not None:
                lane.note_act(staff.actor, "close")
            can_say = window_is_open(chat.last_inbound_at, self._house.clock.now())
            begun = self._turns.begin(lane, flow, (announce.plain("back"),)) if can_say else ()
            chores = self._after(lane, begun)
        (hand or self._do_all)(chores)
        return True


def calls_due(clinic: Clinic, waiting: Unclaimed, now: datetime) -> int:
    """Return how often an unclaimed request should have called by now: while its team is there, an emergency at any hour."""
    team = waiting.team if waiting.team in clinic.teams else announce.FALLBACK_TEAM
    times = 0
    for after, _ in CALLS:
        is_awake = is_open(clinic, team, now) and is_open(clinic, team, now - after)
        if now - waiting.opened_at >= after and (waiting.reason in URGENT or is_awake):
            times += 1
    return times


def _other_holder(lane: Lane, staff: Staff) -> str | None:
    """Return who has the conversation instead of this member. Raise NobodyThere if it is not there for them."""
    holding = lane.holding()
    if holding.by == staff.id:
        return None
    if not staff.sees(holding.team):
        raise NobodyThere(f"conversation {lane.chat.id} is another team's")
    return holding.by


def _is_awaited(lane: Lane, draft: CallDraft) -> bool:
    """Tell whether the conversation still waits for a call: same turn, same epoch."""
    chat = lane.chat
    return chat.is_busy and chat.standing.turn == draft.turn and chat.epoch == draft.epoch


@contextmanager
def _door(what: str, row: UUID) -> Iterator[None]:
    """Keep one row that cannot be finished from stopping the others; it is due again."""
    try:
        yield
    except Exception as fault:  # a door: whatever is wrong with this row is not the next one's
        log.error("not finished", extra={"what": what, "row": str(row), "fault": where(fault)})
