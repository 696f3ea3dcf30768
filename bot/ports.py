"""What the desk needs of the outside, as Protocols, with their errors. Whoever fills one in stands a floor above."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from bot.model import (
    Author,
    Contact,
    IdentityChange,
    Kept,
    Media,
    MediaLink,
    Message,
    Outcome,
    Owner,
    Preference,
    Reply,
    RowState,
    Shape,
    Status,
    TemplateMessage,
    Update,
)
from bot.notices import About, Owed, Timing
from bot.safety import Screened
from llm.verdict import Question, Usage, Verdict
from menus.model import Answers, Conversation, Prompt

# ------------------------------------------------------------------------------------------------------------ messenger


class Remedy(StrEnum):
    """What to do about a message that was not sent; each of Meta's codes has one (`bot/whatsapp/errors.py`)."""

    RETRY = "retry"  # temporary: try again a few times, backing off
    WAIT = "wait"  # we are too fast: hold this contact, or this number, then go on
    HOLD = "hold"  # a template is paused, an identity changed: keep the row until something changes
    GIVE_UP = "give_up"  # this message can never be sent
    ALARM = "alarm"  # nothing can be sent until a person acts: token, payment, restriction; keep the rows
    PAUSE = "pause"  # the clinic may begin nothing for a while; answers are still tried, each for itself


@dataclass(eq=False)  # not frozen: contextlib writes __traceback__
class SendError(Exception):
    """A message was not accepted, or nobody knows.

    `code` is Meta's; 0 when the answer carried none. `unknown` says that it may have been sent (timeout, connection lost
    after the request went out, 5xx): wait for a status before a second try. `whole_number` says that the remedy concerns
    every row of the number, not this contact alone. `wait_s` is how long to wait where Meta or the rule says so. `fault`
    names our own fault for the log; never a word, name or number.
    """

    remedy: Remedy
    code: int
    unknown: bool = False
    whole_number: bool = False
    wait_s: float | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """Meta took the message; it is not delivered yet. `contact` carries the ids as Meta now spells them."""

    message_id: str = field(repr=False)
    contact: Contact
    held: bool = False  # message_status: held_for_quality_assessment, or paused: not sent yet, a status will tell


class Messenger(Protocol):
    """Speak to people on one WhatsApp number."""

    def send(self, to: Contact, reply: Reply, outbox_id: UUID) -> Accepted:
        """Send one message; `outbox_id` comes back in every status. Raise SendError."""
        ...

    def mark_read(self, message_id: str, typing: bool) -> None:
        """Show the two blue ticks and, if `typing`, that an answer is being written. Never raises: a courtesy."""
        ...

    def refusal(self, code: int) -> SendError:
        """Return what a code asks for that came later, in a `failed` status."""
        ...


# --------------------------------------------------------------------------------------------------------------- store


FALLBACK_TEAM = "reception"  # whose a conversation is that no team has had


class StoreUnavailable(Exception):
    """The database did not answer: nothing was done; whoever asked must ask again (the webhook says 503)."""


class NobodyThere(LookupError):
    """There is no such conversation: its person was erased, and whatever was left to do for them is not any more."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """WhatsApp's limit on messages to one person: `tokens` were left at `at`."""

    tokens: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Chat:
    """One conversation as the desk keeps it: who holds it, where the engine stands, what was last tapped.

    `epoch` grows with each change of owner. `acknowledged`: this wait has had its one acknowledgement. `behind`: messages
    are recorded that no lane has worked on. `greeted_at`: when the person last read that this is an automatic service.
    `awaits`: the message whose words are being classified. `offered`: the tap ids of a "did you mean" that nobody answered
    yet: the next words may be its answer.
    """

    id: UUID
    phone_number_id: str
    contact_id: UUID
    owner: Owner
    epoch: int
    standing: Conversation
    team: str | None
    last_inbound_at: datetime | None
    greeted_at: datetime | None
    acknowledged: bool
    behind: bool
    position: int
    bucket: Bucket
    last_tap: str | None = None
    last_tap_at: datetime | None = None
    awaits: UUID | None = None
    offered: tuple[str, ...] = ()

    @property
    def is_busy(self) -> bool:
        """Tell whether a call of the conversation has not ended."""
        return self.standing.doing is not None


@dataclass(frozen=True, slots=True)
class Inbound:
    """An incoming message as it is stored: identifiers are cut from `words`. `id` is our row and may be logged."""

    id: UUID
    wamid: str = field(repr=False)
    kind: str
    words: str | None = field(repr=False)
    reply_id: str | None = field(repr=False)
    regards: str | None = field(repr=False)
    alert: str | None
    cut: tuple[str, ...]
    media: Media | None = field(repr=False)
    change: IdentityChange | None = field(repr=False)
    shape: Shape | None
    sent_at: datetime
    received_at: datetime
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Wording:
    """What an engine or emergency row says: one bubble of authored prompts."""

    bubble: tuple[Prompt, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """What a member of staff typed."""

    words: str = field(repr=False)


Content = Wording | Typed | MediaLink | TemplateMessage


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to be sent. `message_id` is the inbound message it answers, None for what we begin.

    `settles` marks the last draft of an answer: once accepted, the message is answered. `purpose` is a notice's: consent
    and hours are asked about it.
    """

    author: Author
    epoch: int
    content: Content
    message_id: UUID | None = None
    settles: bool = True
    revision: int = 0
    expires_at: datetime | None = None
    purpose: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the gate is told beside the row itself, read under the conversation's lock. `about`: of a notice.

    `is_approved`: Meta lets the message template of a notice be sent.
    """

    now: datetime
    owner: Owner
    epoch: int
    last_inbound_at: datetime | None
    bucket: Bucket
    number_held_until: datetime | None
    stopped: frozenset[str]
    about: About | None = None
    is_approved: bool = True


@dataclass(frozen=True, slots=True)
class Send:
    """The row may be sent now; `bucket` is what is left for this person after it."""

    bucket: Bucket


@dataclass(frozen=True, slots=True)
class Hold:
    """The row must wait."""

    until: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Drop:
    """The row will never be sent."""

    state: RowState  # withdrawn | expired | failed
    why: str


Decision = Send | Hold | Drop
Gate = Callable[[Draft, Facts], Decision]


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row of the outbox that this process may now send: nobody else will until its lease ends."""

    id: UUID
    conversation_id: UUID
    phone_number_id: str
    to: Contact = field(repr=False)
    language: str
    draft: Draft
    attempts: int
    at: float = field(default_factory=time.monotonic, compare=False)  # of this process, when it was claimed


@dataclass(frozen=True, slots=True)
class CallDraft:
    """An action to be carried out; (message_id, step) makes it unique."""

    message_id: UUID
    step: int
    turn: int
    epoch: int
    action: str
    place: str  # ours: our own database, in the web's pool; away: leaves the house, in the worker; model: words to classify
    answers: Answers
    language: str


@dataclass(frozen=True, slots=True)
class LeasedCall:
    """A call this process may now run."""

    id: UUID
    conversation_id: UUID
    draft: CallDraft
    attempts: int


@dataclass(frozen=True, slots=True)
class Classified:
    """What came of words that were no tap, without the words; `route` None: no verdict, and `why`.

    `by` is `offline` or the model that was asked. `shadow`: decided and recorded, nothing was done about it.
    """

    message_id: UUID
    conversation_id: UUID
    by: str
    route: str | None
    sure: bool | None
    language: str | None
    tone: str | None
    why: str | None
    usage: Usage | None
    shadow: bool


@dataclass(frozen=True, slots=True)
class PutAside:
    """A message kept from the queue as spam; ids only."""

    message_id: UUID
    conversation_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """A handoff as the queue shows it; ids only."""

    id: UUID
    conversation_id: UUID
    state: str
    team: str
    reason: str
    priority: int
    opened_at: datetime
    claimed_by: str | None


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something a person must know; `subject` is an id of ours or a code, never a person's."""

    cause: str
    subject: str
    opened_at: datetime
    last_at: datetime
    count: int


@dataclass(frozen=True, slots=True)
class Health:
    """What `/readyz` and `/metrics` tell: counts and ages (seconds; None: nothing there)."""

    outcomes: Mapping[tuple[str, str], int]  # (outcome, reason) -> messages
    oldest_open_s: float | None
    rows: Mapping[str, int]  # outbox state -> rows
    oldest_unsent_s: float | None
    codes: Mapping[int, int]  # Meta's error code -> rows that ended with it
    queued: int
    oldest_queued_s: float | None
    alarms: tuple[Alarm, ...]
    beats: tuple[tuple[str, float], ...]  # (kind, seconds since the last beat) of each process seen within a minute
    held: Mapping[str, int]  # why -> outbox rows that wait for a time or a cure
    held_numbers: Mapping[str, str]  # phone_number_id -> why nothing is sent from it now


@dataclass(frozen=True, slots=True)
class Holding:
    """Whose conversation it is: the team that has it, waits for it or had it last; `by` is who holds it, None: nobody."""

    team: str
    by: str | None


@dataclass(frozen=True, slots=True)
class Ahead:
    """Where somebody stands who waits for a team: `place` from 1; `waits` are this week's, in seconds, newest first.

    Each wait comes with the moment it began, so that whoever asks can leave out those that began behind closed doors.
    """

    place: int
    waits: tuple[tuple[datetime, float], ...]


@dataclass(frozen=True, slots=True)
class ToldOf:
    """A notice after which its person has said nothing. `silence`: how long they had been silent when it went out; None: always."""

    content: Content
    starts_at: datetime
    silence: timedelta | None


class Lane(Protocol):
    """One conversation, locked for the length of one transaction: whatever is done here is done together or not at all."""

    @property
    def chat(self) -> Chat:
        """The conversation as it now stands in this lane."""
        ...

    @property
    def contact(self) -> Contact:
        """Who it is with."""
        ...

    @property
    def has_queued(self) -> bool:
        """Tell whether this lane put rows into the outbox."""
        ...

    def record(self, message: Message, screened: Screened) -> Inbound | None:
        """Store a message as worked on from now; None if it was stored before (then nothing else may be done for it)."""
        ...

    def postpone(self, inbound: Inbound) -> None:
        """Leave a recorded message for a later lane: the conversation is behind."""
        ...

    def unworked(self) -> tuple[Inbound, ...]:
        """Return the messages no lane has worked on, in the order they are to be read."""
        ...

    def take(self, inbound: Inbound) -> None:
        """Note that a message left by an earlier lane is worked on from now."""
        ...

    def join(self, message_id: UUID, first: UUID) -> None:
        """Have a message share the verdict, and the outcome, of the first one that awaits it."""
        ...

    def joined(self, first: UUID) -> tuple[Inbound, ...]:
        """Return the messages that share a verdict, in order, the first of them too."""
        ...

    def has_spam(self) -> bool:
        """Tell whether a message of this conversation was put aside as spam before."""
        ...

    def rescue(self, message_id: UUID) -> bool:
        """Give a message that was put aside as spam to people; False if it was not."""
        ...

    def note_classified(self, one: Classified) -> None:
        """Record what came of words that were no tap."""
        ...

    def open_file(self, message_id: UUID) -> UUID:
        """Note that the file of a message is to be fetched, and return its row's id."""
        ...

    def savepoint(self) -> AbstractContextManager[None]:
        """Undo what the body did to the conversation and the database if it raises; the error goes on."""
        ...

    def fail(self, inbound: Inbound) -> int:
        """Leave a message for a later lane after an error, and return how often that has happened."""
        ...

    def save(self, chat: Chat) -> None:
        """Keep the conversation; written once, when the lane ends."""
        ...

    def settle(self, message_id: UUID, outcome: Outcome, reason: str | None = None) -> bool:
        """Say what became of an open message and of those that joined it; False if they were settled before."""
        ...

    def queue(self, drafts: Sequence[Draft]) -> None:
        """Put drafts into the outbox, in order."""
        ...

    def give_notice(self, owed: Owed, timing: Timing, content: Content) -> bool:
        """Claim a notice and queue its row with it; False if it was claimed before, or is not true any more."""
        ...

    def is_theirs(self, appointment_id: UUID) -> bool:
        """Tell whether an appointment was made by the person of this conversation."""
        ...

    def unanswered(self, before: UUID) -> tuple[ToldOf, ...]:
        """Return the notices Meta has, of what is still to come, after which nothing was said before this message; oldest first."""
        ...

    def has_unsaid(self) -> bool:
        """Tell whether an engine row of the conversation waits that nobody has claimed."""
        ...

    def withdraw(self, why: str) -> None:
        """Withdraw the engine's rows that nobody has claimed, this lane's too."""
        ...

    def open_call(self, draft: CallDraft) -> UUID:
        """Store a call and return its id; the same (message, step) again returns the first one's."""
        ...

    def end_call(self, call_id: UUID, outcome: str | None) -> bool:
        """Mark a call done (None: dropped); False if it had ended before."""
        ...

    def hand_off(self, team: str, reason: str, priority: int) -> UUID:
        """Open a handoff, or raise the live one's priority; return its id."""
        ...

    def claim_handoff(self, staff: str) -> bool:
        """Mark the live handoff as claimed by a member of staff; False if there is none."""
        ...

    def close_handoff(self, closed_to: str) -> bool:
        """Close the live handoff; False if there is none."""
        ...

    def pass_on(self, team: str) -> None:
        """Give a handoff nobody has claimed to another team, unless it is an emergency."""
        ...

    def holding(self) -> Holding:
        """Return whose conversation it is, and who of the staff has it."""
        ...

    def requeue(self, team: str) -> bool:
        """Give the live handoff to a team, for whoever takes it; False if there is none."""
        ...

    def ahead(self, team: str) -> Ahead:
        """Return where the conversation stands among those that wait for a team, and how long others waited this week."""
        ...

    def queued_for(self) -> str | None:
        """Return the reason of the live handoff that nobody has claimed and nobody has written anything to since, or None."""
        ...

    def ring(self, cause: str, subject: str) -> None:
        """Open an alarm with this lane, or count it once more."""
        ...

    def note_act(self, actor: str, action: str) -> None:
        """Note in the audit, with this lane, what somebody does to the conversation."""
        ...

    def stop(self, purpose: str, stopped: bool) -> bool:
        """Note that a person wants no more (or wants again) what the clinic begins; False if that was so before."""
        ...

    def rekey(self, change: IdentityChange) -> None:
        """Give the contact its new ids."""
        ...

    def forget_words(self, wamid: str) -> None:
        """Delete the words of a message its sender took back."""
        ...

    def claim(self, gate: Gate) -> Claimed | None:
        """Write what the lane decided and claim the conversation's next row, if there is one and it may be sent now."""
        ...

    def take_dropped(self) -> tuple[Draft, ...]:
        """Return, once, what the gate dropped in this lane: it will never be sent."""
        ...


class Classifier(Protocol):
    """Who gives words a route: a model in the worker, or the authored examples anywhere."""

    def classify(self, question: Question, within_s: float) -> Verdict:
        """Return a verdict within so many seconds. Raise `llm.verdict.Unclassified`."""
        ...


class Model(Classifier, Protocol):
    """A classifier that holds connections and a thread."""

    def close(self) -> None:
        """Let go of them; whoever still waits is told that it is away."""
        ...


class Classifications(Protocol):
    """What was chosen for words that were no tap. Raise StoreUnavailable when the database is away."""

    def note(self, one: Classified) -> None:
        """Record one answer, or that none came."""
        ...

    def asked(self, since: datetime, conversation_id: UUID | None = None) -> int:
        """Count how often a model was asked since a moment, by everybody or in one conversation."""
        ...

    def waiting(self) -> int:
        """Count the words that wait for the model now."""
        ...

    def put_aside(self) -> tuple[PutAside, ...]:
        """Return the newest spam."""
        ...

    def compared(self, since: datetime, shadow: bool) -> Mapping[tuple[str, str], int]:
        """Count (what was chosen, what staff did) since a moment, in shadow mode or out of it."""
        ...


class MediaError(Exception):
    """A file could not be had; `passing`: it may be had later. `why` is a word of ours, never an address."""

    def __init__(self, why: str, passing: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.passing = passing


class MediaSource(Protocol):
    """Where the files people send are fetched from."""

    def fetch(self, media: Media) -> tuple[bytes, str]:
        """Return the content and its type, checked. Raise MediaError."""
        ...


@dataclass(frozen=True, slots=True)
class LeasedFile:
    """A file this process may now fetch; `is_last`: it is not tried again."""

    id: UUID
    message_id: UUID
    phone_number_id: str
    media: Media = field(repr=False)
    is_last: bool


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file somebody sent, as it was sent."""

    content: bytes = field(repr=False)
    mime: str


class MediaStore(Protocol):
    """The files people sent. Raise StoreUnavailable when the database is away."""

    def lease(self, file_id: UUID) -> LeasedFile | None:
        """Lease a file to fetch it now; None if that is done, or another process does it."""
        ...

    def keep(self, file_id: UUID, mime: str, content: bytes) -> bool:
        """Keep a fetched file, sealed; False if it is not awaited any more."""
        ...

    def refuse(self, file_id: UUID, why: str) -> bool:
        """Note that a file will not be fetched."""
        ...

    def get(self, message_id: UUID) -> OpenedFile | None:
        """Open the file of a message; None if there is none, or none any more."""
        ...

    def due(self) -> tuple[UUID, ...]:
        """Return the files that wait for somebody to fetch them."""
        ...


class Lanes(Protocol):
    """The conversations. Every method is one transaction and raises StoreUnavailable when the database is away."""

    def lane(
        self, phone_number_id: str, contact: Contact, language: str, sent_at: datetime
    ) -> AbstractContextManager[Lane]:
        """Lock the conversation of a contact, made if new. `language` is a new one's first.

        `sent_at` is when the message that names the contact was sent: only news changes what is known of their ids.
        """
        ...

    def lane_of(self, conversation_id: UUID) -> AbstractContextManager[Lane]:
        """Lock a conversation by its id. Raise LookupError if there is none."""
        ...

    def record_all(self, messages: Sequence[tuple[Message, Screened]], language: str) -> tuple[UUID, ...]:
        """Store many messages in one transaction without working on them; return the conversations now behind."""
        ...

    def lease_call(self, call_id: UUID) -> LeasedCall | None:
        """Lease a call to run it now; None if it has ended or another process runs it."""
        ...

    def call(self, call_id: UUID) -> LeasedCall | None:
        """Return a call as it stands, without a lease; None if there is none (any more)."""
        ...

    def whose(self, conversation_id: UUID) -> tuple[UUID, Contact]:
        """Return whom a conversation is with, and our id of them. Raise NobodyThere."""
        ...

    def queue_entries(self) -> tuple[QueueEntry, ...]:
        """Return the live handoffs, most urgent and oldest first."""
        ...


@dataclass(frozen=True, slots=True)
class StatusEffect:
    """What a status changed.

    `conversation_id` is set when its row is settled only now, so that later rows may go on; `late` says that the message
    it answers had been given to a person meanwhile, because it was late; `failed` is a row that failed after Meta had accepted it.
    """

    new: bool
    conversation_id: UUID | None = None
    late: bool = False
    failed: Lost | None = None
    code: int | None = None


@dataclass(frozen=True, slots=True)
class Lost:
    """A row that will never arrive, and what it answered."""

    row_id: UUID
    conversation_id: UUID
    phone_number_id: str
    message_id: UUID | None
    author: Author
    attempts: int


@dataclass(frozen=True, slots=True)
class Settled:
    """What settling a row showed: `more` rows wait behind it; `late`: a person got the message meanwhile, because it was late."""

    more: bool
    late: bool


class Outbox(Protocol):
    """The rows to be sent, one row settled at a time. Raise StoreUnavailable when the database is away."""

    def sent(self, row: Claimed, accepted: Accepted) -> Settled:
        """Settle a claimed row: Meta accepted it, the message it answers is answered."""
        ...

    def renew(self, row: Claimed) -> bool:
        """Lease a claimed row anew; False if the claim ended meanwhile and somebody else may have it."""
        ...

    def unclaim(self, row: Claimed) -> None:
        """Give a claimed row back unsent."""
        ...

    def hold(self, row: Claimed, until: datetime, why: str, code: int | None) -> None:
        """Hold a claimed row that was refused for now."""
        ...

    def doubt(self, row: Claimed) -> None:
        """Keep a claimed row claimed for another 20 s: a status may still name it."""
        ...

    def revive(self, row_id: UUID, until: datetime, why: str) -> bool:
        """Hold a row that failed after Meta had accepted it, to be sent again; False if it was sent too often."""
        ...

    def failed(self, row: Claimed, why: str, code: int | None) -> None:
        """Settle a claimed row: it will never be sent."""
        ...

    def put_off(self, row: Claimed, why: str, code: int) -> None:
        """Withdraw a claimed row of a notice that is refused for now, so that the notice is derived again."""
        ...

    def derive_again(self, row_id: UUID) -> None:
        """Have a notice derived again whose row failed after Meta had accepted it, unless a person has told it."""
        ...

    def note_template(self, row_id: UUID, shown: str) -> str | None:
        """Note what a refusal shows of a row's template (`bot.approvals.SHOWN_BY`); return its name, None if it has none."""
        ...

    def hold_notices(self, phone_number_id: str) -> None:
        """Begin nothing from a number for a while, longer each time this is asked for."""
        ...

    def holds_notices(self, phone_number_id: str) -> bool:
        """Tell whether a number begins nothing now."""
        ...

    def give_up_kept_back(self) -> int:
        """Give to staff the notices Meta accepted, kept back and never let go while they were of use; return how many."""
        ...

    def settle_lost(self, row_id: UUID) -> Lost | None:
        """Settle a row whose claim ended without a status: it waits to be sent once more, or has failed (then it is returned).

        Nothing is settled while no web process has been up long enough for Meta's statuses to have come in.
        """
        ...

    def note_statuses(self, statuses: Sequence[Status]) -> tuple[StatusEffect, ...]:
        """Record statuses, each once, and move their rows forward, never back."""
        ...

    def hold_number(self, phone_number_id: str, until: datetime | None, why: str | None) -> None:
        """Hold every row of a number; None frees it."""
        ...


@dataclass(frozen=True, slots=True)
class Due:
    """What waits to be finished: conversations with rows to send, rows whose claim ran out, calls nobody runs."""

    deliver: tuple[UUID, ...] = ()
    lost: tuple[UUID, ...] = ()
    calls: tuple[tuple[UUID, str], ...] = ()  # (call, where it runs: ours | away)


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """A handoff nobody has taken, and how often it has called for help."""

    handoff_id: UUID
    team: str
    reason: str
    opened_at: datetime
    escalated: int


class Watch(Protocol):
    """Who finishes what was begun: any number of processes may ask, each gets its own share."""

    def overdue(self) -> tuple[tuple[UUID, UUID], ...]:
        """Take the open messages whose answer is overdue, as (conversation, message); nobody else gets them for 2 s."""
        ...

    def due(self) -> Due:
        """Return what waits for somebody to finish it."""
        ...

    def behind(self) -> tuple[UUID, ...]:
        """Return the conversations with recorded messages that no lane has worked on."""
        ...

    def unclaimed(self, since: datetime) -> tuple[Unclaimed, ...]:
        """Return the handoffs opened before a moment that nobody has taken, oldest first."""
        ...

    def escalate(self, handoff_id: UUID, times: int, cause: str) -> bool:
        """Note that a handoff calls for help for this time, and ring; False if somebody took it or it has called already."""
        ...

    def beat(self, process: str, kind: str) -> None:
        """Say that a process is alive."""
        ...

    def rest(self, process: str) -> None:
        """Say that a process has ended in good order."""
        ...

    def holds(self, name: str, holder: str, seconds: float) -> bool:
        """Take or renew a named lease."""
        ...

    def is_alive(self, kind: str) -> bool:
        """Tell whether a process of a kind (web, worker) has beaten within 5 s."""
        ...

    def health(self) -> Health:
        """Count what operators watch, of the last 24 hours."""
        ...

    def delivered(self, since: datetime, until: datetime) -> Mapping[tuple[str, str, str], int]:
        """Count rows created in this time that were delivered, by number, category and kind of price (Meta's words)."""
        ...


class Records(Protocol):
    """What is only noted: other changes, preferences, alarms."""

    def note_update(self, update: Update) -> bool:
        """Record any other change once; False if it was recorded before."""
        ...

    def note_unreadable(self, shapes: Sequence[Shape]) -> None:
        """Keep the shapes of what could not be read, once each."""
        ...

    def note_preference(self, preference: Preference) -> bool:
        """Record a stop or resume of marketing messages once; False if it was recorded before."""
        ...

    def ring(self, cause: str, subject: str) -> None:
        """Open an alarm, or count it once more."""
        ...

    def silence(self, cause: str, subject: str | None = None) -> None:
        """Close the open alarms of a cause."""
        ...

    def ringing(self, cause: str) -> tuple[Alarm, ...]:
        """Return the open alarms of a cause, oldest first."""
        ...

    def untold(self) -> tuple[Alarm, ...]:
        """Take the alarms whose cause nobody was told of within the hour, one per cause; they count as told.

        Each person's emergency or distress is told of for itself, whoever else's was told of before.

        An alarm that was not repeated for an hour closes by itself, unless a person must close it (`emergency`, `distress`).
        """
        ...

    def not_told(self, cause: str) -> None:
        """Take back that a cause was told: its letter could not be sent, the next sweep tries again."""
        ...


# ------------------------------------------------------------------------------------------------ retention and rights


@dataclass(frozen=True, slots=True)
class Audited:
    """A row of the audit: who did what, when, to which row, and what was counted."""

    at: datetime
    actor: str
    action: str
    subject_id: UUID | None
    counts: Mapping[str, int]


class Audit(Protocol):
    """Who did what: rows are added, never changed."""

    def note(
        self,
        actor: str,
        action: str,
        subject: tuple[str, UUID] | None = None,
        counts: Mapping[str, int] | None = None,
    ) -> None:
        """Add a row; `subject` is (table, id)."""
        ...

    def last(self, action: str) -> Audited | None:
        """Return the newest row of an action."""
        ...


@dataclass(frozen=True, slots=True)
class Aged:
    """One kind of thing that grows too old: its class, and where it stands (`table` for rows, `table.column` for content)."""

    kept: Kept
    place: str


class Ageing(Protocol):
    """What is older than the clinic keeps it, and its deletion. `limits` says for each class what is too old."""

    @property
    def kinds(self) -> tuple[Aged, ...]:
        """Every kind of thing that is deleted by age, in the order in which that must be done."""
        ...

    def count(self, place: str, limits: Mapping[Kept, datetime]) -> int:
        """Count what is too old and may be deleted."""
        ...

    def delete_some(self, place: str, limits: Mapping[Kept, datetime], after: UUID) -> tuple[int, UUID | None]:
        """Delete one page of it; return how many, and the id to go on after (None: that was all)."""
        ...


@dataclass(frozen=True, slots=True)
class Received:
    """A message as it is kept of one person; `content` is None once it was deleted by age."""

    id: UUID
    phone_number_id: str
    kind: str
    sent_at: datetime
    received_at: datetime
    outcome: str
    reason: str | None
    alert: str | None
    content: Mapping[str, object] | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Said:
    """A row of the outbox as it is kept of one person; `content` is None once it was deleted by age."""

    id: UUID
    answers: UUID | None
    author: str
    state: str
    content: Content | None = field(repr=False)
    wamid: str | None = field(repr=False)
    created_at: datetime
    sent_at: datetime | None
    delivered_at: datetime | None
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class AnsweredCall:
    """An action that was carried out for one person, and with which answers."""

    id: UUID
    action: str
    outcome: str | None
    at: datetime
    answers: Mapping[str, object] | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Handed:
    """When one person was given to staff, and why. Who of the staff it was is theirs, not the person's."""

    id: UUID
    team: str
    reason: str
    state: str
    opened_at: datetime
    claimed_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Noted:
    """What staff wrote about one person for each other. Who of the staff it was is theirs, not the person's."""

    id: UUID
    at: datetime
    words: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Consented:
    """A consent given or withdrawn, or a stop."""

    purpose: str
    given: bool
    source: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Visited:
    """An appointment somebody made, or held while deciding; `patient` is None where it was for nobody yet."""

    id: UUID
    state: str
    service: str
    practitioner: str
    place: str
    starts_at: datetime
    code: str | None
    patient: Mapping[str, object] | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody a contact booked for before, and agreed to have kept."""

    id: UUID
    known_since: datetime
    last_at: datetime
    person: Mapping[str, object] | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Waited:
    """What somebody waits for, on the waiting list; None leaves it open."""

    id: UUID
    service: str
    place: str | None
    practitioner: str | None
    part: str | None
    joined_at: datetime
    ends_at: datetime
    patient: Mapping[str, object] | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class OfferedPlace:
    """A freed place somebody was offered, and what became of the offer."""

    id: UUID
    state: str
    service: str
    practitioner: str
    place: str
    starts_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Noticed:
    """A reminder, a notice or an offer the clinic owed somebody, and what became of it; what was said stands among the rows."""

    id: UUID
    kind: str
    appointment_id: UUID | None
    due_at: datetime
    state: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file one person sent, as far as it is kept; the file itself is `content`, None when it was not fetched."""

    message_id: UUID
    at: datetime
    state: str
    mime: str | None
    content: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen for words of one person that were no tap, and by whom."""

    message_id: UUID
    at: datetime
    by: str
    route: str | None
    sure: bool | None
    language: str | None
    tone: str | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything kept of one person. `answers`: what the flows remember of them."""

    contact_id: UUID
    contact: Contact = field(repr=False)
    known_since: datetime
    erased_at: datetime | None
    language: str
    answers: Mapping[str, object] = field(repr=False)
    messages: tuple[Received, ...]
    said: tuple[Said, ...]
    calls: tuple[AnsweredCall, ...]
    handoffs: tuple[Handed, ...]
    consents: tuple[Consented, ...]
    notes: tuple[Noted, ...] = ()
    labels: tuple[str, ...] = ()
    visits: tuple[Visited, ...] = ()
    people: tuple[KnownPerson, ...] = ()
    waits: tuple[Waited, ...] = ()
    offers: tuple[OfferedPlace, ...] = ()
    files: tuple[SentFile, ...] = ()
    chosen: tuple[Chosen, ...] = ()
    notices: tuple[Noticed, ...] = ()


@dataclass(frozen=True, slots=True)
class Traces:
    """The ids of ours that jobs may carry of one person."""

    conversations: tuple[UUID, ...]
    calls: tuple[UUID, ...]
    files: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure found and what it left, by place; `again`: the person had been erased before, nothing was done."""

    contact_id: UUID
    at: datetime
    found: Mapping[str, int]
    left: Mapping[str, int]
    again: bool = False


# ---------------------------------------------------------------------------------------------------------------- bell


class Bell(Protocol):
    """Ring the worker: quick when Redis is there, and never needed for anything to be finished (the sweep finds all)."""

    def deliver(self, conversation_id: UUID) -> bool:
        """Ask a worker to send what waits for a conversation; False if nobody could be rung."""
        ...

    def call(self, call_id: UUID) -> bool:
        """Ask a worker to run a call; False if nobody could be rung."""
        ...

    def classify(self, call_id: UUID) -> bool:
        """Ask a worker to have words classified; False if nobody could be rung."""
        ...

    def fetch(self, file_id: UUID) -> bool:
        """Ask a worker to fetch a file; False if nobody could be rung."""
        ...
