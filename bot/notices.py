"""What the clinic begins by itself: its kinds, what became of each, and the port that keeps them. No row exists before it is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, StrEnum
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

PURPOSE = "appointments"  # what consent and stops are asked about


class Kind(StrEnum):
    """Why the clinic writes; also the name of the message template for it."""

    REMINDER_7D = "reminder_7d"
    REMINDER_72H = "reminder_72h"
    REMINDER_24H = "reminder_24h"
    BOOKED = "booked_by_clinic"
    MOVED = "moved_by_clinic"
    CANCELLED = "cancelled_by_clinic"
    OFFER = "waiting_offer"


REMINDERS = (Kind.REMINDER_7D, Kind.REMINDER_72H, Kind.REMINDER_24H)
CHANGES = (Kind.BOOKED, Kind.MOVED, Kind.CANCELLED)


class NoticeState(StrEnum):
    """Where a notice stands. Only `queued` may still change by itself, and `sent` when Meta fails it afterwards."""

    QUEUED = "queued"  # its row is in the outbox
    SENT = "sent"
    SKIPPED = "skipped"  # it need not be said, for one of `Skipped`
    STAFF = "staff"  # a person must tell the patient, for one of `ToStaff`


class Skipped(StrEnum):
    """Why a notice was not said: nobody misses it."""

    BOOKED_LATE = "booked_late"  # the time was chosen after this reminder would have come
    CONFIRMED = "confirmed"  # the patient has said that they come
    OVERTAKEN = "overtaken"  # a later reminder is due as well: that one goes
    STALE = "stale"  # too late to be of use: after an outage
    STOPPED = "stopped"  # the patient wants no reminders
    CHANGED = "changed"  # moved or cancelled between the claim and the sending


class ToStaff(StrEnum):
    """Why a person must tell the patient."""

    NO_TEMPLATE = "no_template"  # the window is closed, and no approved template can be sent
    PAUSED = "paused"  # its template is paused, and longer it cannot wait
    TOO_NEAR = "too_near"  # WhatsApp might still try when the visit has begun
    STOPPED = "stopped"  # the patient wants no notices, and their visit was changed
    STALE = "stale"  # it could not be sent in time, and their visit was changed
    UNKNOWN = "unknown"  # nobody knows whether it was sent
    REFUSED = "refused"  # Meta will never send it
    RETRIED = "retried"  # Meta refused it too often
    UNWORDED = "unworded"  # our own fault: the words could not be filled in


@dataclass(frozen=True, slots=True)
class Notice:
    """What is to be said: about an appointment (`id`, `revision`) as it stands now, or an offer of the waiting list.

    `until`: until when an offer holds. `was`: the time the patient knows, where it is another and still to come; of a
    cancellation the time that is named.
    """

    kind: Kind
    id: UUID
    revision: int
    starts_at: datetime
    place: str
    service: str
    practitioner: str
    first_name: str = field(repr=False)
    code: str = ""
    is_confirmed: bool = False
    until: datetime | None = None
    was: datetime | None = None

    @property
    def names_at(self) -> datetime:
        """The time the patient reads of: where a visit is cancelled, the one they know, not one they never heard of."""
        return self.was if self.kind is Kind.CANCELLED and self.was is not None else self.starts_at

    @property
    def concerns_at(self) -> datetime:
        """The first time that matters to the patient: of a move, perhaps the old one."""
        return self.names_at if self.was is None else min(self.was, self.names_at)

    def tap(self, wish: str) -> str:
        """Return the id of a quick reply on it (`docs/states.md` 8)."""
        kind = "offer" if self.kind is Kind.OFFER else "visit"
        return f"@{kind}/{wish}/{self.id}/{self.revision}"


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who is written to: the conversation, its language, when they last wrote, and the zone of their phone, where one is known.

    `is_stopped`: they want nothing the clinic begins.
    """

    conversation_id: UUID
    language: str
    last_inbound_at: datetime | None
    home: ZoneInfo | None = None
    is_stopped: bool = False


@dataclass(frozen=True, slots=True)
class Timing:
    """When a notice became due, and until when it is of use."""

    due_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class About:
    """What a row of the outbox tells of, as it stands now: `revision` None where it is no appointment, or gone.

    `until`: until when it is of use. `home`: the zone of the person's phone, where one is known.
    """

    kind: Kind
    revision: int | None
    concerns_at: datetime
    place: str
    until: datetime
    home: ZoneInfo | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """A notice nobody has claimed, and to whom. `since`: when this time was chosen, or the change was made."""

    notice: Notice
    to: Addressee
    since: datetime

    def about(self, timing: Timing) -> About:
        """Return what is asked before it is said."""
        told = self.notice
        return About(told.kind, told.revision, told.concerns_at, told.place, timing.until, self.to.home)


class Heard(Enum):
    """Whether the patient knows how an appointment stood at one revision."""

    NO = "no"
    PERHAPS = "perhaps"  # a person was to tell them, or a reminder did
    SURELY = "surely"


@dataclass(frozen=True, slots=True)
class Step:
    """One revision of an appointment: what was done to it, and when and with whom it was before, where that was changed."""

    action: str
    heard: Heard
    was_starts_at: datetime | None = None
    was_practitioner: str | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """An appointment that others than its patient changed last, as a notice of it, and everything done to it, oldest first."""

    owed: Owed
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """An appointment the patient was asked about and has not answered."""

    appointment_id: UUID
    conversation_id: UUID
    starts_at: datetime
    told_at: datetime
    code: str


@dataclass(frozen=True, slots=True)
class ForStaff:
    """A notice a person must give: call the patient. `reason` is one of `ToStaff`."""

    id: UUID
    kind: Kind
    appointment_id: UUID | None
    conversation_id: UUID
    starts_at: datetime
    due_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Balance:
    """One day of the clinic's clock: due = sent + skipped + staff + waiting + difference; `difference` must be 0.

    `waiting`: neither late nor settled yet. `reasons`: (state, reason) to how many.
    """

    day: str
    due: int
    sent: int
    skipped: int
    staff: int
    waiting: int
    difference: int
    reasons: Mapping[tuple[str, str], int] = field(default_factory=dict)


Place = tuple[datetime, UUID]  # where a page ended: the start and id of its last appointment


class Notices(Protocol):
    """What is owed, and what became of what was given. Raise StoreUnavailable when the database is away."""

    def due(
        self,
        kind: Kind,
        after: datetime,
        before: datetime,
        without: frozenset[str] = frozenset(),
        page: Place | None = None,
    ) -> tuple[Owed, ...]:
        """Return a page of the booked visits that begin within a time and have no row of this kind of reminder, earliest first.

        `without`: services that have no such reminder. `page`: go on after it.
        """
        ...

    def changes(self, since: datetime, until: datetime, page: Place | None = None) -> tuple[Changed, ...]:
        """Return a page of the visits staff or another system changed last, in a time, whose newest revision nobody has told.

        The earliest first; `page`: go on after it. While an older change of a visit is on its way, it is not there.
        """
        ...

    def settle(self, owed: Owed, timing: Timing, state: NoticeState, reason: str) -> bool:
        """Record that a notice is not sent: skipped, or for staff; False if it was claimed before."""
        ...

    def for_staff(self) -> tuple[ForStaff, ...]:
        """Return what waits for a person and is still worth a call, the earliest visit first.

        A visit that was changed, confirmed or kept since is not; a change is for a day after the visit has begun.
        """
        ...

    def done(self, notice_id: UUID, by: str) -> bool:
        """Note that a person has told the patient; False if somebody had."""
        ...

    def unconfirmed(self, asked_before: Mapping[Kind, datetime], begins_before: datetime) -> tuple[Unconfirmed, ...]:
        """Return the coming visits that were asked about and have had no answer, earliest first, each once.

        `asked_before`: which reminders ask, each with the moment before which it must have been sent.
        """
        ...

    def tally(self, since: datetime, until: datetime) -> Mapping[tuple[str, str], int]:
        """Count the notices that became due in a time by (state, reason); `late` is the state of rows queued too long."""
        ...

    def addressee(self, contact_id: UUID) -> Addressee | None:
        """Return where a contact is written to; None if nobody is there any more."""
        ...

    def balances(self, days: int) -> tuple[Balance, ...]:
        """Return the newest struck balances, newest first."""
        ...

    def strike(self, balance: Balance) -> None:
        """Keep the balance of a day, in place of what was kept of it."""
        ...
