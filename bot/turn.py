"""One message's turn inside its lane: safety first, then who holds the conversation, then the flows (`docs/states.md` 1, 2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property, partial
from uuid import UUID

from bot import announce
from bot.actions import Action
from bot.actions import Facts as ActionFacts
from bot.agenda import Booking
from bot.always import GREETINGS, LEAVE, RESUME, STOP, THANKS
from bot.clinic import Clinic
from bot.clock import Clock
from bot.free_text import (
    LONGEST_REPLY,
    SOFT,
    Alarmed,
    Begin,
    Bring,
    Case,
    Choose,
    PutAside,
    ShowMenu,
    Stopped,
    agreed,
    agrees,
    asked_again,
    choosing,
    come_to,
    meant,
    replied,
    spoken,
    tells_of_death,
    wins,
)
from bot.gate import ALL_NOTICES, may_send
from bot.model import Author, Limits, Outcome, Owner
from bot.notices import PURPOSE
from bot.outreach.plan import is_quiet
from bot.outreach.taps import AT_ONCE, answer_of, named_again, taps_on
from bot.ports import CallDraft, Chat, Claimed, Draft, Inbound, Lane, ToldOf, Wording
from bot.safety import Alert
from bot.safety.selling import wants_to_buy
from bot.safety.spam import is_spam
from bot.wording import Wordings, bubbles, titles
from llm.clinical import is_clinical
from llm.tongues import Tongues
from llm.verdict import UNCLEAR, Verdict
from menus.answers import Check, fold
from menus.engine import MAIN, NOT_VALID, advance, again, at_rest, keyword_of
from menus.model import (
    NO_ANSWERS,
    Aside,
    Call,
    Choice,
    Conversation,
    Event,
    Flows,
    Human,
    Other,
    Prompt,
    Result,
    Start,
    Step,
    Tap,
    Text,
    Unmatched,
)
from menus.person import wants_person

DOUBLE_TAP = timedelta(seconds=10)
STILL_OPEN = timedelta(hours=1)  # a question left for so long is not what the next words answer, if a notice came since
MOST_ASKED = 6  # notices that are asked about at once: as many taps as `offered` has room for
GREET_AGAIN = timedelta(days=30)  # EU AI Act art. 50: a person is told that they write with a machine
THIRD_TIME = 3  # words not understood this often in a row bring a person
TOP_PRIORITY = 100
RAISED_PRIORITY = 10
RAISED = ("order", "unclear", "worried", "upset", "clinical")  # reasons nobody has chosen from a menu
ALARMING: Mapping[str | None, str] = {Alert.EMERGENCY: "emergency", Alert.DISTRESS: "distress"}
SILENT = {"reaction": "reaction", "revoke": "revoked", "edit": "edited", "system": "system"}
FILES = ("audio", "image", "video", "document")  # what is fetched, and given to a person
CLASSIFY = "classify"  # the call whose result is a verdict
BEFORE_ALL = -1  # its number within the turn: what the verdict leads to has calls of its own, from 0
HEARD_IN_QUEUE = ("person", "language")  # flows that go on while a person is awaited
OVERDUE = "overdue"
ASKED = "asked"  # a handoff somebody asked for, by its reason
LEAVE_OPTION = "menu"  # the option that goes back to the main menu, wherever it stands


@dataclass(frozen=True)
class House:
    """What every turn needs: the flows, their words, what actions do, and the clinic's facts."""

    flows: Flows
    checks: Mapping[str, Check]
    wordings: Wordings
    actions: Mapping[str, Action]
    clinic: Clinic
    limits: Limits
    clock: Clock
    booking: Booking | None = None  # None: no action asks a calendar

    def place_of(self, action: Action) -> str:
        """Return where an action's call runs: `ours` or `away`."""
        if action.where != "calendar":
            return action.where
        return self.booking.place if self.booking is not None else "ours"


@dataclass(frozen=True, slots=True)
class Begun:
    """What was decided and must now be done: a call, by this process (`ours`) or the worker (`away`), words to classify
    (`model`), or a file to fetch (`file`)."""

    call_id: UUID
    place: str
    wamid: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """The message a turn answers; all None when the desk itself begins. `was_cut`: an identifier was taken out of it.

    `reason` is why a person is brought where more is known than the flow says.
    """

    message_id: UUID | None = None
    wamid: str | None = None
    was_cut: bool = False
    reason: str | None = None


BY_OURSELVES = Asked()


class Turns:
    """Decide one message. Everything said or changed goes through the lane and is committed with it."""

    def __init__(self, house: House, classifies: bool = False) -> None:
        self._house = house
        self._classifies = classifies  # else words no menu knows bring the menu back
        self._gate = partial(may_send, is_quiet=partial(is_quiet, house.clinic))

    def take(self, lane: Lane, inbound: Inbound) -> tuple[Begun, ...]:
        """Work on one message: exactly one outcome comes of it, now or when its reply is accepted."""
        if inbound.alert in ALARMING:
            return self._alarm(lane, inbound, ALARMING[inbound.alert]) + self._files(lane, inbound)
        if inbound.kind in SILENT:
            return self._note(lane, inbound)
        if self._is_double_tap(lane, inbound):
            lane.settle(inbound.id, Outcome.IGNORED, "double_tap")
            return ()
        if inbound.reply_id != lane.chat.last_tap:
            lane.save(replace(lane.chat, last_tap=inbound.reply_id))
        if inbound.reply_id is not None:
            lane.save(replace(lane.chat, last_tap_at=inbound.received_at))
        return self._by_owner(lane, inbound)

    def _by_owner(self, lane: Lane, inbound: Inbound) -> tuple[Begun, ...]:
        if lane.chat.owner is Owner.BOT:
            return self._with_bot(lane, inbound)
        files = self._files(lane, inbound)
        if lane.chat.owner is Owner.QUEUED:
            return self._while_waiting(lane, inbound) + files
        self._say(lane, self._for_safety(inbound), None, Author.EMERGENCY)
        self._stop_or_resume(lane, Text(inbound.words or ""))  # noted, whoever has the chat; staff see it
        lane.settle(inbound.id, Outcome.HANDED, "with_staff")
        return self._while_staff_write(lane, inbound) + files

    def _while_staff_write(self, lane: Lane, inbound: Inbound) -> tuple[Begun, ...]:
        """Do what a tap on a notice asks for at once, and say it as a notice is said: staff see both (decision 0034)."""
        answer = answer_of(inbound.reply_id)
        event = self._told_by_notice(lane, inbound.reply_id)
        if answer is None or answer.wish not in AT_ONCE or not isinstance(event, Aside):
            return ()
        return self._carry_out(lane, _asked(inbound), _without_menu(self._advance(lane, event)))

    def _with_bot(self, lane: Lane, inbound: Inbound) -> tuple[Begun, ...]:
        if inbound.media is not None and inbound.kind in FILES:
            return self._with_file(lane, inbound)
        if inbound.kind == "text" and inbound.alert is None and is_spam(inbound.words or ""):
            return self._put_aside(lane, inbound)
        if lane.chat.awaits is not None and self._is_awaited_with(inbound):
            lane.join(inbound.id, lane.chat.awaits)
            return ()
        taps = self._replied(lane, inbound)
        if len(taps) > 1:
            return self._ask_which(lane, inbound, taps)
        event = self._told_by_notice(lane, inbound.reply_id or next(iter(taps), None))
        event = event or self._agreed(lane, inbound) or self._event(inbound, self._offered(lane))
        lane.save(replace(lane.chat, offered=()))
        if isinstance(event, Tap | Text | Start | Aside):
            self.let_go(lane, Outcome.IGNORED, "superseded")
        return self._with_flows(lane, inbound, event)

    def _is_awaited_with(self, inbound: Inbound) -> bool:
        """Say whether words share the verdict of earlier ones: unless they are a tap, or words that work always."""
        words = inbound.words or ""
        return inbound.kind == "text" and inbound.reply_id is None and not wins(self._house.flows, words)

    def let_go(self, lane: Lane, outcome: Outcome, reason: str) -> None:
        """Give up the verdict that is awaited: something else became of the words."""
        if lane.chat.awaits is not None:
            lane.settle(lane.chat.awaits, outcome, reason)
            lane.save(replace(lane.chat, awaits=None))

    # --------------------------------------------------------------------------------------- safety, and what is only noted

    def _alarm(self, lane: Lane, inbound: Inbound, cause: str) -> tuple[Begun, ...]:
        """Say the fixed text and nothing else; a person is called, whoever holds the conversation."""
        clinic = self._house.clinic
        self.let_go(lane, Outcome.HANDED, cause)
        lane.withdraw(cause)
        handoff = lane.hand_off(announce.FALLBACK_TEAM, cause, TOP_PRIORITY)
        lane.ring(cause, str(handoff))
        chat = replace(lane.chat, standing=_moved_on(lane))
        lane.save(_queued(chat, announce.FALLBACK_TEAM) if chat.owner is Owner.BOT else chat)
        if lane.chat.greeted_at is None:
            self._speak(lane, self._heard_in(inbound.words))
        lane.save(replace(lane.chat, greeted_at=self._now()))
        text = announce.emergency(clinic) if cause == "emergency" else announce.distress(clinic)
        self._say(lane, (text,), inbound.id, Author.EMERGENCY)
        lane.settle(inbound.id, Outcome.HANDED, cause)
        return ()

    def _heard_in(self, words: str | None) -> str | None:
        """Return the language of somebody's very first words, where they are in danger; None if it cannot be told."""
        found = self._tongues.language_of(words or "")
        return found if found in self._house.clinic.languages else None

    @cached_property
    def _tongues(self) -> Tongues:
        """Tell the languages apart by the flows' own sentences; learnt when it is first needed."""
        sentences: dict[str, list[str]] = {}
        for flow in self._house.flows.values():
            for language, examples in flow.examples.items():
                sentences.setdefault(language, []).extend(examples)
        return Tongues(sentences)

    def _note(self, lane: Lane, inbound: Inbound) -> tuple[Begun, ...]:
        """Do what is silently done about a reaction, a change of number, or words taken back."""
        if inbound.kind == "revoke" and inbound.regards is not None:
            lane.forget_words(inbound.regards)
        if inbound.change is not None:
            lane.rekey(inbound.change)
            lane.save(replace(lane.chat, standing=replace(lane.chat.standing, answers=NO_ANSWERS)))
        lane.settle(inbound.id, Outcome.IGNORED, SILENT[inbound.kind])
        return ()

    def _is_double_tap(self, lane: Lane, inbound: Inbound) -> bool:
        chat = lane.chat
        if inbound.reply_id is None or inbound.reply_id != chat.last_tap or chat.last_tap_at is None:
            return False
        return inbound.received_at - chat.last_tap_at < DOUBLE_TAP

    def _before(self, lane: Lane, inbound: Inbound) -> tuple[Prompt, ...]:
        """Return what is said before the answer: who answers here (first, and after a month), a soft line, what was cut."""
        clinic, now = self._house.clinic, self._now()
        said: list[Prompt] = []
        if lane.chat.greeted_at is None or now - lane.chat.greeted_at > GREET_AGAIN:
            said.append(announce.welcome(clinic))
            lane.save(replace(lane.chat, greeted_at=now))
        return (*said, *self._for_safety(inbound))

    def _for_safety(self, inbound: Inbound) -> tuple[Prompt, ...]:
        """Return what safety has said whoever holds the conversation: the soft line, and that something was cut."""
        clinic = self._house.clinic
        soft = (announce.soft(clinic),) if inbound.alert == Alert.SOFT else ()
        return (*soft, announce.identifier_cut(clinic)) if inbound.cut else soft

    # ---------------------------------------------------------------------------------------------- while a person is awaited

    def _while_waiting(self, lane: Lane, inbound: Inbound) -> tuple[Begun, ...]:
        """Somebody waits for a person: the menu, the language, an open question and one acknowledgement are all that is said."""
        if _leaves(inbound):
            return self._leave_queue(lane, inbound)
        lane.settle(inbound.id, Outcome.HANDED, "in_queue")
        self._say(lane, self._for_safety(inbound), None, Author.EMERGENCY)
        event = self._heard_while_waiting(lane, inbound)
        if event is None:
            self._acknowledge(lane)
            return ()
        heard = self._stop_or_resume(lane, event)
        if heard:
            self._say(lane, heard, inbound.id)
            return ()
        step = _without_menu(self._advance(lane, event))
        if any(isinstance(output, Unmatched) for output in step.outputs):
            self._acknowledge(lane)
            return ()
        return self._carry_out(lane, _asked(inbound), step)

    def _heard_while_waiting(self, lane: Lane, inbound: Inbound) -> Event | None:
        """Return what the flows may still hear: the language, stop, and the answer to a question that is open."""
        at, words = lane.chat.standing.at, inbound.words or ""
        is_open = at is not None and at.flow in HEARD_IN_QUEUE
        answer = answer_of(inbound.reply_id)
        if answer is not None and answer.wish in AT_ONCE:
            return self._told_by_notice(lane, inbound.reply_id)
        if inbound.reply_id is not None:
            is_answer = at is not None and is_open and inbound.reply_id.startswith(f"{at.flow}/{at.node}/")
            return Tap(inbound.reply_id) if is_answer else None
        if fold(words) in STOP | RESUME:
            return Text(words)
        if keyword_of(self._house.flows, words) == "language":
            return Start("language")
        if not is_open or inbound.kind != "text" or not words or wants_person(words):
            return None
        return Text(words)

    def _acknowledge(self, lane: Lane) -> None:
        if lane.chat.acknowledged:
            return
        lane.save(replace(lane.chat, acknowledged=True))
        prompt = announce.waiting(self._house.clinic, "queued_ack", lane.chat.team, self._now())
        self._say(lane, (prompt, *self.place(lane)), None)

    def _leave_queue(self, lane: Lane, inbound: Inbound) -> tuple[Begun, ...]:
        lane.close_handoff("main/menu")
        lane.withdraw("left_queue")
        chat = lane.chat
        lane.save(replace(chat, owner=Owner.BOT, epoch=chat.epoch + 1, team=None, acknowledged=False))
        return self._with_flows(lane, inbound, Start(MAIN), (announce.plain("left_queue"),))

    # ------------------------------------------------------------------------------------------------------------ files

    def _with_file(self, lane: Lane, inbound: Inbound) -> tuple[Begun, ...]:
        """A file is for a person: said so; the worker fetches it for them."""
        self.let_go(lane, Outcome.HANDED, "media")
        wording = "voice_handed" if inbound.kind == "audio" else "file_handed"
        wish = wants_person(inbound.words or "")
        human = Human((wish.team if wish else None) or announce.FALLBACK_TEAM, "media")
        handed = announce.waiting(self._house.clinic, wording, human.team, self._now())
        files = self._files(lane, inbound)
        return self._finish(lane, _asked(inbound), (*self._before(lane, inbound), handed), human, files)

    def _files(self, lane: Lane, inbound: Inbound) -> tuple[Begun, ...]:
        """Have the file of a message fetched, whoever has the chat; its id is known to WhatsApp for a week."""
        if inbound.media is None or inbound.kind not in FILES:
            return ()
        return (Begun(lane.open_file(inbound.id), "file", None),)

    # ------------------------------------------------------------------------------------------------------------- the flows

    def _offered(self, lane: Lane) -> tuple[tuple[str, str], ...]:
        """Return what the last "did you mean" offers, as (tap id, title); flows that are gone since are not offered."""
        house = self._house
        offered = tuple(id for id in lane.chat.offered if id.rpartition("/")[2] in house.flows)
        return titles(house.wordings, lane.chat.standing.language, asked_again("did_you_mean", offered))

    def _event(self, inbound: Inbound, offered: tuple[tuple[str, str], ...] = ()) -> Event:
        """Return what the flows are told of a message; `offered` is what a number or a title typed by hand may mean."""
        if inbound.reply_id is not None:
            return Start(MAIN) if inbound.reply_id.startswith("@") else Tap(inbound.reply_id)
        if inbound.kind == "text" and inbound.words:
            option = meant(inbound.words, offered)
            return Tap(option) if option else Text(inbound.words)
        if inbound.words and wants_person(inbound.words):
            return Text(inbound.words)  # a caption may wish for a person too
        return Other("voice" if inbound.media and inbound.media.voice else inbound.kind)

    def _agreed(self, lane: Lane, inbound: Inbound) -> Tap | None:
        """Return the tap that a yes means where one thing that is asked here is titled no more than a yes: "Conferma?"."""
        words = inbound.words or ""
        asked = again(self._house.flows, lane.chat.standing) if inbound.kind == "text" and agrees(words) else None
        if asked is None or inbound.reply_id is not None:
            return None
        option = agreed(words, titles(self._house.wordings, lane.chat.standing.language, asked))
        return Tap(option) if option else None

    def _replied(self, lane: Lane, inbound: Inbound) -> Mapping[str, datetime]:
        """Return the taps that words mean which answer a notice, with when each visit begins; none if they are about anything else.

        They are several where several notices went out: whose answer they are cannot be told.
        """
        words = inbound.words or ""
        if inbound.kind != "text" or inbound.reply_id is not None or len(words) > LONGEST_REPLY:
            return {}
        chosen = meant(words, tuple((tap, "") for tap in lane.chat.offered if answer_of(tap) is not None))
        if chosen is not None:
            return {chosen: self._now()}
        found: dict[UUID, tuple[str, datetime]] = {}
        for told in reversed(lane.unanswered(inbound.id)):
            tap = self._replied_to(lane, words, told)
            answer = answer_of(tap)
            if tap is not None and answer is not None:
                found.setdefault(answer.id, (tap, told.starts_at))
        return dict(sorted(found.values(), key=lambda one: one[1])[:MOST_ASKED])

    def _replied_to(self, lane: Lane, words: str, told: ToldOf) -> str | None:
        """Return the tap that words mean on one notice; where a question was open when it came, they are that question's first."""
        prompts = tuple(prompt for tap in taps_on(told.content) if (prompt := named_again(tap)) is not None)
        language = lane.chat.standing.language
        named = tuple(row for prompt in prompts for row in titles(self._house.wordings, language, prompt))
        is_asked = told.silence is not None and told.silence < STILL_OPEN and _is_asked(lane.chat)
        tap = replied(words, named, is_asked)
        if tap is None or not is_asked or _is_unmatched(self._advance(lane, Text(words))):
            return tap
        return None

    def _ask_which(self, lane: Lane, inbound: Inbound, taps: Mapping[str, datetime]) -> tuple[Begun, ...]:
        """Ask which of several notices was answered, by the times of their visits."""
        self.let_go(lane, Outcome.IGNORED, "superseded")
        zone = self._house.clinic.zone
        local = {tap: at.astimezone(zone) for tap, at in taps.items()}
        times = {tap: (("notice_day", at.date()), ("notice_time", at.time())) for tap, at in local.items()}
        choices = tuple(Choice(tap, "visit", time, fixed=False) for tap, time in times.items())
        lane.save(replace(lane.chat, offered=tuple(taps)))
        said = (*self._before(lane, inbound), Prompt("desk/which_notice", choices=choices))
        return self._finish(lane, _asked(inbound), said, None, ())

    def _told_by_notice(self, lane: Lane, reply: str | None) -> Event | None:
        """Return what a tap on a reminder, a notice or an offer means; None if it is none.

        On somebody else's visit it is an old tap. Whose an offer is, the action asks that works on it.
        """
        answer = answer_of(reply)
        if answer is None or reply is None:
            return None
        is_foreign = answer.about == "visit" and not lane.is_theirs(answer.id)
        return Tap(reply) if is_foreign else answer.event

    def _with_flows(
        self, lane: Lane, inbound: Inbound, event: Event, before: tuple[Prompt, ...] | None = None
    ) -> tuple[Begun, ...]:
        heard = self._stop_or_resume(lane, event) or self._thanked(event)
        if heard:
            self._say(lane, (self._before(lane, inbound) if before is None else before) + heard, inbound.id)
            return ()
        step = self._advance(lane, event)
        if _is_unmatched(step) and fold(inbound.words or "") in GREETINGS:
            step = self._greeted(lane, fold(inbound.words or ""))
        is_unmatched = _is_unmatched(step)
        is_order = inbound.kind == "order" or (is_unmatched and wants_to_buy(inbound.words or ""))
        if is_unmatched and self._classifies and not is_order:
            return self._await_verdict(lane, inbound, step.conversation)
        before = self._before(lane, inbound) if before is None else before
        if is_order:
            return self._decline_order(lane, inbound.id, before)
        return self._carry_out(lane, _asked(inbound), step, before)

    def _greeted(self, lane: Lane, words: str) -> Step:
        """Show the menu to whoever greets at length: in the language of the first word, where that is a greeting alone."""
        step = self._advance(lane, Text(words.split()[0]))
        return self._advance(lane, Start(MAIN)) if _is_unmatched(step) else step

    def _stop_or_resume(self, lane: Lane, event: Event) -> tuple[Prompt, ...]:
        """Stop or resume what the clinic begins by itself; only the whole message counts."""
        said = fold(event.body) if isinstance(event, Text) else ""
        if said in STOP:
            lane.stop(ALL_NOTICES, True)
            return (announce.plain("stopped"),)
        if said in RESUME and lane.stop(ALL_NOTICES, False):
            return (announce.plain("resumed"),)
        return ()

    def _thanked(self, event: Event) -> tuple[Prompt, ...]:
        is_thanks = isinstance(event, Text) and fold(event.body) in THANKS
        return (announce.plain("thanks"),) if is_thanks else ()

    def _decline_order(self, lane: Lane, message_id: UUID, before: tuple[Prompt, ...]) -> tuple[Begun, ...]:
        """Nothing is sold here: said so, and a person has the message."""
        handed = announce.waiting(self._house.clinic, "handed_on", None, self._now())
        said = (*before, announce.plain("no_selling"), handed)
        return self._finish(lane, Asked(message_id), said, Human(announce.FALLBACK_TEAM, "order"), ())

    def resume(self, lane: Lane, message_id: UUID, result: Result) -> tuple[Begun, ...]:
        """Go on with what a call found."""
        step = self._advance(lane, result)
        step = step if lane.chat.owner is Owner.BOT else _without_menu(step)
        return self._carry_out(lane, Asked(message_id), step)

    def tell_late(self, lane: Lane, draft: CallDraft, result: Result) -> None:
        """Tell what a call made that nobody waits for any more: as a transition's own words, whoever has the conversation now."""
        action = self._house.actions.get(draft.action)
        wording = action.tells.get(result.outcome) if action is not None else None
        if wording is not None:
            known = {**draft.answers, **result.answers}
            values = tuple((name, value) for name, value in sorted(known.items()) if not isinstance(value, tuple))
            self.say_as_staff(lane, Prompt(wording, values))

    def begin(self, lane: Lane, flow: str, before: tuple[Prompt, ...]) -> tuple[Begun, ...]:
        """Begin a flow by our own decision: no message is answered by it."""
        return self._carry_out(lane, BY_OURSELVES, self._advance(lane, Start(flow)), before)

    def _advance(self, lane: Lane, event: Event) -> Step:
        house, standing = self._house, lane.chat.standing
        language = standing.language

        def worded(prompt: Prompt) -> tuple[tuple[str, str], ...]:
            return titles(house.wordings, language, prompt)

        return advance(house.flows, house.checks, standing, event, worded)

    def _carry_out(self, lane: Lane, asked: Asked, step: Step, before: tuple[Prompt, ...] = ()) -> tuple[Begun, ...]:
        """Carry out what the engine decided; actions on the clinic's own facts are done here, others are begun."""
        said, human = before, None
        begun: tuple[Begun, ...] = ()
        while True:
            lane.save(replace(lane.chat, standing=step.conversation))
            prompts, brought = self._spoken(lane, asked, step)
            said, human = said + prompts, brought or human
            call = next((output for output in step.outputs if isinstance(output, Call)), None)
            if call is None:
                break
            action = self._house.actions[call.action]
            if action.where != "here":
                begun = (self._begin_call(lane, asked, call, self._house.place_of(action)),)
                break
            step = self._advance(lane, action.run(self._facts(lane), call.answers))
            step = step if lane.chat.owner is Owner.BOT else _without_menu(step)
        if human is None and _is_lost(said, step):
            human, prompts = self._unclear(lane)
            said = before + prompts
        return self._finish(lane, asked, said, human, begun)

    def _spoken(self, lane: Lane, asked: Asked, step: Step) -> tuple[tuple[Prompt, ...], Human | None]:
        """Return what a step says, and the person it brings."""
        said: tuple[Prompt, ...] = ()
        human = None
        for output in step.outputs:
            match output:
                case Prompt():
                    said += (self._completed(output),)
                case Human():
                    team = output.team or announce.FALLBACK_TEAM
                    human = replace(output, team=team, reason=asked.reason or output.reason)
                case Unmatched():
                    human, prompts = self._unmatched(lane, asked.was_cut)
                    said += prompts
        return said, human

    def _completed(self, prompt: Prompt) -> Prompt:
        """Give the engine's own prompts the values their wording needs."""
        if prompt.wording in ("desk/cannot_read", "desk/voice"):
            return announce.decline(self._house.clinic, prompt.wording.removeprefix("desk/"))
        return prompt

    def _facts(self, lane: Lane) -> ActionFacts:
        house = self._house
        return ActionFacts(house.clinic, house.clock.now(), lane.chat.standing.language)

    def _begin_call(self, lane: Lane, asked: Asked, call: Call, place: str) -> Begun:
        if asked.message_id is None:
            raise ValueError(f"action {call.action} was begun by no message")
        chat = lane.chat
        standing = chat.standing
        draft = CallDraft(
            asked.message_id,
            call.step,
            standing.turn,
            chat.epoch,
            call.action,
            place,
            call.answers,
            standing.language,
        )
        return Begun(lane.open_call(draft), place, asked.wamid)

    def _unmatched(
        self, lane: Lane, was_cut: bool, wording: str = "unmatched"
    ) -> tuple[Human | None, tuple[Prompt, ...]]:
        """Words no menu knows: said so, and shown again what can be chosen; the third time a person is brought."""
        standing = lane.chat.standing
        if standing.misses >= THIRD_TIME:
            return self._unclear(lane)
        said = () if was_cut else (announce.plain(wording),)
        shown = again(self._house.flows, standing)
        if shown is not None:
            return None, (*said, shown)
        menu = self._main_menu(lane)
        lane.save(replace(lane.chat, standing=replace(lane.chat.standing, misses=standing.misses)))
        return None, said + menu

    def _unclear(self, lane: Lane, reason: str = UNCLEAR) -> tuple[Human, tuple[Prompt, ...]]:
        """Bring a person: we did not understand, or somebody is worried or upset and we do not know what about."""
        lane.save(replace(lane.chat, standing=at_rest(lane.chat.standing)))
        wording = "unclear_handed" if reason == UNCLEAR else "handed_on"
        prompt = announce.waiting(self._house.clinic, wording, None, self._now())
        return Human(announce.FALLBACK_TEAM, reason), (prompt,)

    # ---------------------------------------------------------------------------------------------- words that are no tap

    def _await_verdict(self, lane: Lane, inbound: Inbound, missed: Conversation) -> tuple[Begun, ...]:
        """Keep words for whoever classifies them; nothing is said yet (docs/decisions/0018)."""
        lane.save(replace(lane.chat, standing=missed, awaits=inbound.id))
        draft = CallDraft(
            inbound.id, BEFORE_ALL, missed.turn, lane.chat.epoch, CLASSIFY, "model", NO_ANSWERS, missed.language
        )
        return (Begun(lane.open_call(draft), "model", inbound.wamid),)

    def decided(
        self, lane: Lane, heard: tuple[Inbound, ...], verdict: Verdict, why: str | None = None
    ) -> tuple[Begun, ...]:
        """Do what a verdict about words comes to; `why` tells why no model gave it, where one could have."""
        words = "\n".join(inbound.words or "" for inbound in heard)
        first, chat = heard[0], lane.chat
        lane.save(replace(chat, awaits=None))
        answer = come_to(verdict, Case(chat.standing.misses, why, tells_of_death(words), is_clinical(words)))
        if isinstance(answer, Alarmed):
            return self._alarm(lane, first, "emergency")
        if isinstance(answer, PutAside):
            return self._put_aside(lane, first)
        self._speak(lane, spoken(verdict, words, self._house.clinic.languages))
        asked, before = _asked(first), self._before_all(lane, heard)
        match answer:
            case Stopped():
                lane.stop(ALL_NOTICES, True)
                return self._finish(lane, asked, (*before, announce.plain("stopped")), None, ())
            case Begin(flow, answers, said, reason):
                step, asked = self._advance(lane, Start(flow, answers)), replace(asked, reason=reason)
                return self._carry_out(lane, asked, step, (*before, *map(self._first, said)))
            case Choose(wording, routes, said):
                prompt = choosing(wording, routes)
                lane.save(replace(lane.chat, offered=tuple(choice.id for choice in prompt.choices)))
                return self._finish(lane, asked, (*before, *map(self._first, said), prompt), None, ())
            case Bring(reason, said):
                human, prompts = self._unclear(lane, reason)
                return self._finish(lane, asked, (*before, *map(self._first, said), *prompts), human, ())
            case ShowMenu(wording):
                brought, prompts = self._unmatched(lane, asked.was_cut, wording)
                return self._finish(lane, asked, before + prompts, brought, ())

    def _first(self, key: str) -> Prompt:
        """Return what is said before the answer to words that worry."""
        return announce.soft(self._house.clinic) if key == SOFT else announce.plain(key)

    def _before_all(self, lane: Lane, heard: tuple[Inbound, ...]) -> tuple[Prompt, ...]:
        """Return what is said before the answer to several messages, each thing once."""
        return tuple(dict.fromkeys(prompt for inbound in heard for prompt in self._before(lane, inbound)))

    def _speak(self, lane: Lane, language: str | None) -> None:
        if language is not None:
            lane.save(replace(lane.chat, standing=replace(lane.chat.standing, language=language)))

    def _put_aside(self, lane: Lane, inbound: Inbound) -> tuple[Begun, ...]:
        """Keep spam from the queue; it is answered once, in case it was none."""
        is_first = not lane.has_spam()
        lane.settle(inbound.id, Outcome.IGNORED, "spam")
        if is_first:
            self._say(lane, (announce.plain("spam"),), None)
        return ()

    def rescue(self, lane: Lane, message_id: UUID) -> bool:
        """Give a message that was put aside as spam to a person after all, and say so; False if it was not put aside."""
        if not lane.rescue(message_id):
            return False
        if lane.chat.owner is Owner.BOT:
            self._hand_off(lane, Human(announce.FALLBACK_TEAM, "rescued"))
            self._say(lane, (announce.waiting(self._house.clinic, "handed_on", None, self._now()),), None)
        return True

    def _main_menu(self, lane: Lane) -> tuple[Prompt, ...]:
        """Bring a person to the main menu, and return what it says."""
        step = self._advance(lane, Start(MAIN))
        lane.save(replace(lane.chat, standing=step.conversation))
        return tuple(output for output in step.outputs if isinstance(output, Prompt))

    def _finish(
        self,
        lane: Lane,
        asked: Asked,
        said: tuple[Prompt, ...],
        human: Human | None,
        begun: tuple[Begun, ...],
    ) -> tuple[Begun, ...]:
        """Hand off if somebody is brought, and say what there is to say; never nothing at all."""
        if human is not None:
            self._hand_off(lane, human)
            said = self._with_place(lane, said)
            if asked.message_id is not None:
                lane.settle(asked.message_id, Outcome.HANDED, human.reason)
        if not (said or human or begun):
            said = self._main_menu(lane) if lane.chat.owner is Owner.BOT else ()
        author = Author.NOTICE if lane.chat.owner is Owner.STAFF else Author.ENGINE
        self._say(lane, said, asked.message_id, author)
        return begun

    # ------------------------------------------------------------------------------------------------- handing off, and saying

    def _hand_off(self, lane: Lane, human: Human) -> None:
        """Open a handoff; who waits already is passed on to the team they ask for."""
        self.let_go(lane, Outcome.HANDED, human.reason)
        lane.hand_off(human.team, human.reason, RAISED_PRIORITY if human.reason in RAISED else 0)
        if lane.chat.owner is Owner.BOT:
            lane.save(_queued(lane.chat, human.team))
        elif lane.chat.owner is Owner.QUEUED and human.reason == ASKED:
            lane.pass_on(human.team)
            lane.save(replace(lane.chat, team=human.team))

    def place(self, lane: Lane) -> tuple[Prompt, ...]:
        """Return where somebody stands who waits, and the usual wait; nothing while nobody is there."""
        team = lane.chat.team or announce.FALLBACK_TEAM
        if lane.chat.owner is not Owner.QUEUED:
            return ()
        prompt = announce.your_place(self._house.clinic, team, lane.ahead(team), self._now())
        return () if prompt is None else (prompt,)

    def _with_place(self, lane: Lane, said: tuple[Prompt, ...]) -> tuple[Prompt, ...]:
        """Say the place after what was said of the request, before the first question that follows it."""
        place = self.place(lane)
        if not place:
            return said
        said = tuple(announce.without_promise(prompt, place[0]) for prompt in said)
        asked = next((index for index, prompt in enumerate(said) if prompt.choices), len(said))
        return (*said[:asked], *place, *said[asked:])

    def hand_over(self, lane: Lane, message_id: UUID, reason: str, can_say: bool = True) -> bool:
        """Give a conversation to a person because we could not answer: they are told so, if they can be, and a person has it.

        Where the person stood is kept, so that a late answer can be taken up (`take_back`). False if the message was
        settled before.
        """
        if not lane.settle(message_id, Outcome.HANDED, reason):
            return False
        if lane.chat.owner is Owner.BOT:
            self._give_away(lane, reason)
            if can_say:
                sorry = announce.waiting(self._house.clinic, "sorry_handed", None, self._now())
                self._say(lane, (sorry, *self.place(lane)), None)
        return True

    def _give_away(self, lane: Lane, reason: str) -> None:
        self.let_go(lane, Outcome.HANDED, reason)
        lane.withdraw(reason)
        is_alarming = reason in ALARMING.values()
        handoff = lane.hand_off(announce.FALLBACK_TEAM, reason, TOP_PRIORITY if is_alarming else RAISED_PRIORITY)
        if is_alarming:
            lane.ring(reason, str(handoff))
        standing = lane.chat.standing
        standing = replace(standing, doing=None, turn=standing.turn + 1)
        lane.save(_queued(replace(lane.chat, standing=standing), announce.FALLBACK_TEAM))

    def claim(self, lane: Lane) -> Claimed | None:
        """Claim the next row; a message whose reply may not be sent any more is given to a person, without words."""
        row = lane.claim(self._gate)
        for draft in lane.take_dropped():
            if draft.message_id is not None and draft.settles:
                self.hand_over(lane, draft.message_id, "reply_dropped", can_say=False)
        return row

    def take_back(self, lane: Lane) -> None:
        """Take a conversation back whose answer was late but arrived, if nobody took it up and nothing was said or asked since."""
        if lane.chat.owner is not Owner.QUEUED or lane.chat.standing.at is None:
            return
        if lane.queued_for() != OVERDUE or not lane.has_unsaid():
            return
        lane.withdraw("answered_late")
        lane.close_handoff("answered_late")
        chat = lane.chat
        lane.save(replace(chat, owner=Owner.BOT, epoch=chat.epoch + 1, team=None, acknowledged=False))

    def _say(
        self, lane: Lane, prompts: tuple[Prompt, ...], message_id: UUID | None, author: Author = Author.ENGINE
    ) -> None:
        """Put prompts into the outbox, in as few messages as Meta's limits allow."""
        if not prompts:
            return
        house, chat = self._house, lane.chat
        grouped = bubbles(house.wordings, chat.standing.language, prompts, house.limits)
        purpose = PURPOSE if author is Author.NOTICE else None
        lane.queue(
            [
                Draft(author, chat.epoch, Wording(bubble), message_id, settles=bubble is grouped[-1], purpose=purpose)
                for bubble in grouped
            ]
        )

    def say_as_staff(self, lane: Lane, prompt: Prompt) -> None:
        """Put a transition's own words into the outbox, under the new epoch."""
        self._say(lane, (prompt,), None, Author.STAFF)

    def _now(self) -> datetime:
        return self._house.clock.now()


def _asked(inbound: Inbound) -> Asked:
    return Asked(inbound.id, inbound.wamid, bool(inbound.cut))


def _is_asked(chat: Chat) -> bool:
    """Tell whether something is asked: a question of a flow, or "did you mean". At the main menu one rests."""
    at = chat.standing.at
    return bool(chat.offered) or (at is not None and at.flow != MAIN)


def _is_unmatched(step: Step) -> bool:
    return any(isinstance(output, Unmatched) for output in step.outputs)


def _leaves(inbound: Inbound) -> bool:
    """Tell whether somebody who waits wants the menu back: the word, or the option that goes there."""
    if inbound.reply_id is not None:
        return inbound.reply_id.split("/")[2:] == [LEAVE_OPTION]
    return fold(inbound.words or "") in LEAVE


def _is_lost(said: tuple[Prompt, ...], step: Step) -> bool:
    """Tell whether a typed answer was not valid for the third time in a row."""
    return step.conversation.misses >= THIRD_TIME and any(prompt.wording == NOT_VALID for prompt in said)


def _without_menu(step: Step) -> Step:
    """Take the main menu out of what is said to somebody who waits for a person: they have not left the queue."""
    at = step.conversation.at
    if at is None or at.flow != MAIN:
        return step
    kept = tuple(o for o in step.outputs if not (isinstance(o, Prompt) and o.wording.startswith(f"{MAIN}/")))
    return Step(at_rest(step.conversation), kept)


def _queued(chat: Chat, team: str) -> Chat:
    return replace(chat, owner=Owner.QUEUED, epoch=chat.epoch + 1, team=team, acknowledged=False)


def _moved_on(lane: Lane) -> Conversation:
    """Return the standing with nothing asked or awaited: a call that is still running finds that the turn moved on."""
    standing = at_rest(lane.chat.standing)
    return replace(standing, turn=standing.turn + 1)
