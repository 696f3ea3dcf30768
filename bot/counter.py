"""What the people at the counter read and do: the queue, one conversation, notes, labels; each asked for by somebody.

Every method takes who asks and answers for their teams alone: what belongs to another team is not there for them, as if it
did not exist. The console asks, `store/counter.py` answers; who may do what else is the console's own check.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from bot.model import Author, Media, Owner, RowState
from bot.ports import Content

URGENT = ("emergency", "distress")  # reasons that come before every other, and stay where they are
TOP_PRIORITY = 100  # of a handoff that comes before every other


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff, as patients and the queue know them.

    `teams` are those whose conversations are there for them; None: every team's (an operator at the machine, or a
    member with the permission to see all).
    """

    id: str
    first_name: str
    teams: frozenset[str] | None = None

    @property
    def actor(self) -> str:
        """Return who they are to the audit."""
        return f"staff:{self.id}"

    def sees(self, team: str) -> bool:
        """Tell whether a team's conversations are there for them."""
        return self.teams is None or team in self.teams


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A live handoff as the counter shows it. `last_inbound_at` opens the window of 24 hours; `answered_at`: staff last wrote.

    `name` is the patient's own (profile) name, None where there is none. `escalated`: how often it called for help.
    """

    handoff_id: UUID
    conversation_id: UUID
    state: str  # queued | claimed
    team: str
    reason: str
    language: str
    opened_at: datetime
    claimed_by: str | None
    claimed_at: datetime | None
    last_inbound_at: datetime | None
    answered_at: datetime | None
    escalated: int
    labels: tuple[str, ...] = ()
    name: str | None = field(default=None, repr=False)

    @property
    def is_urgent(self) -> bool:
        """Tell whether it comes before every other."""
        return self.reason in URGENT

    @property
    def waits(self) -> bool:
        """Tell whether the patient wrote after staff last did, or nobody has taken it."""
        last = self.last_inbound_at
        return self.claimed_by is None or (last is not None and (self.answered_at is None or last > self.answered_at))


@dataclass(frozen=True, slots=True)
class Heard:
    """A message of the patient's. `words` None: there were none, or they were deleted; `gone` says which."""

    id: UUID
    at: datetime
    kind: str
    words: str | None = field(repr=False)
    reply_id: str | None = field(repr=False)
    alert: str | None
    cut: tuple[str, ...]
    media: Media | None = field(repr=False)
    outcome: str
    reason: str | None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Spoken:
    """A row of ours: what was said, is being said, or would have been. `content` None: deleted by age."""

    id: UUID
    at: datetime
    author: Author
    state: RowState
    why: str | None
    code: int | None
    content: Content | None = field(repr=False)
    sent_at: datetime | None
    delivered_at: datetime | None
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Apart:
    """A stretch of the conversation that another team had: how much it was, never what."""

    at: datetime
    until: datetime
    team: str
    count: int


Line = Heard | Spoken | Apart


@dataclass(frozen=True, slots=True)
class Note:
    """What staff wrote for staff; the patient's copy of their data holds it too."""

    id: UUID
    at: datetime
    by: str
    team: str
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Card:
    """What stands beside a conversation: who it is with, where the flows stand, what was answered in them."""

    name: str | None = field(repr=False)
    phone: str | None = field(repr=False)
    language: str
    flow: str | None
    node: str | None
    answers: Mapping[str, object] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ChatView:
    """One conversation as the counter shows it. `handoff` None: nobody is asked for, the assistant has it.

    `version` changes with anything that is shown; `before`: there are older lines, asked for with this id.
    """

    conversation_id: UUID
    owner: Owner
    team: str
    handoff: QueueRow | None
    last_inbound_at: datetime | None
    card: Card
    lines: tuple[Line, ...]
    notes: tuple[Note, ...]
    labels: tuple[str, ...]
    version: str
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A conversation that was searched for."""

    conversation_id: UUID
    owner: Owner
    team: str
    last_inbound_at: datetime | None
    name: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Kept:
    """A message that was kept from the queue as spam."""

    message_id: UUID
    conversation_id: UUID
    at: datetime
    words: str | None = field(repr=False)
    name: str | None = field(repr=False)


class Counter(Protocol):
    """What the counter reads and writes down. Raise StoreUnavailable when the database is away."""

    def queue(self, staff: Staff) -> tuple[QueueRow, ...]:
        """Return the live handoffs of the asker's teams, and those the asker holds: urgent first, then the oldest."""
        ...

    def note_queue_read(self, staff: Staff) -> None:
        """Note in the audit that the asker looked at the queue, once in ten minutes."""
        ...

    def chat(self, staff: Staff, conversation_id: UUID, whole: bool = False) -> ChatView | None:
        """Return a conversation, and note in the audit that it was read; None: it is not there for this asker.

        Of a long one the newest lines, unless `whole`.
        """
        ...

    def queue_version(self, staff: Staff) -> str:
        """Return what changes with the queue of the asker."""
        ...

    def chat_version(self, staff: Staff, conversation_id: UUID) -> str | None:
        """Return what changes with a conversation; None: it is not there for this asker."""
        ...

    def find(self, staff: Staff, phone: str | None, name: str | None) -> tuple[Found, ...]:
        """Find conversations by the exact phone number (digits) or the whole name, and note that it was searched for.

        What it was searched for is noted nowhere.
        """
        ...

    def spam(self, staff: Staff) -> tuple[Kept, ...]:
        """Return what was kept from the queue, newest first, and note that it was read."""
        ...

    def has_message(self, staff: Staff, conversation_id: UUID, message_id: UUID) -> bool:
        """Tell whether a message is one of a conversation that is there for the asker, and of no other team's time."""
        ...

    def add_note(self, staff: Staff, conversation_id: UUID, words: str) -> bool:
        """Add a note for staff; False: the conversation is not there for this asker."""
        ...

    def label(self, staff: Staff, conversation_id: UUID, label: str, on: bool) -> bool:
        """Put a label on a conversation, or take it off; False: the conversation is not there for this asker."""
        ...
