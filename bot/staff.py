"""The clinic's staff: who they are, what they may do, how they sign in; and what the desk needs of a store for that.

A role is a named set of permissions. A manager may change it between the role's least and its most; nobody can take the
second factor or the audit away, because no permission stands for them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol
from uuid import UUID

ALL_TEAMS = "*"
IDLE = timedelta(minutes=30)  # nobody has touched a page for so long: signed out
LONGEST = timedelta(hours=12)  # a long shift


def normal(email: str) -> str:
    """Return an e-mail as it is compared."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


class Permission(StrEnum):
    """One thing a member may do. Reading is always of their own teams' conversations only."""

    READ = "read"  # the queue and the conversations
    REPLY = "reply"  # claim, write, note, label, assign, close
    SEARCH = "search"  # find a person by phone number or name
    MEDIA = "media"  # open what patients sent
    SPAM = "spam"  # look through what was kept away, and rescue from it
    CANNED = "canned"  # write the canned replies everybody uses
    EXPORT = "export"  # take a conversation out of the house
    CALENDAR = "calendar"  # look at the clinic's calendar, all of it
    AGENDA = "agenda"  # block, book, move, cancel, note who came
    FIGURES = "figures"
    PEOPLE = "people"  # invite, change, disable members; change what roles may do
    AUDIT = "audit"  # read who did what


class Role(StrEnum):
    """What a member is to the clinic."""

    RECEPTIONIST = "receptionist"
    NURSE = "nurse"
    CLINICIAN = "clinician"
    MANAGER = "manager"
    AUDITOR = "auditor"


Permissions = frozenset[Permission]


@dataclass(frozen=True, slots=True)
class Span:
    """What a role may do: the least it always may, what it may while nobody changed it, the most it can be given."""

    least: Permissions
    usual: Permissions
    most: Permissions


_P = Permission
_FRONT = frozenset(
    {_P.READ, _P.REPLY, _P.SEARCH, _P.MEDIA, _P.SPAM, _P.CANNED, _P.EXPORT, _P.CALENDAR, _P.AGENDA, _P.FIGURES}
)
SPANS: Mapping[Role, Span] = MappingProxyType(
    {
        Role.RECEPTIONIST: Span(
            frozenset({_P.READ, _P.REPLY}),
            frozenset({_P.READ, _P.REPLY, _P.SEARCH, _P.MEDIA, _P.SPAM, _P.CALENDAR, _P.AGENDA}),
            _FRONT,
        ),
        Role.NURSE: Span(
            frozenset({_P.READ, _P.REPLY}),
            frozenset({_P.READ, _P.REPLY, _P.SEARCH, _P.MEDIA, _P.SPAM, _P.CALENDAR}),
            _FRONT,
        ),
        Role.CLINICIAN: Span(frozenset({_P.READ}), frozenset({_P.READ, _P.REPLY, _P.MEDIA, _P.CALENDAR}), _FRONT),
        # PEOPLE is the manager's alone: whoever may change roles may make themselves one.
        Role.MANAGER: Span(frozenset({_P.PEOPLE}), _FRONT | {_P.PEOPLE}, _FRONT | {_P.PEOPLE, _P.AUDIT}),
        # Whoever checks does not act: an auditor reads the audit and the figures, never a conversation.
        Role.AUDITOR: Span(frozenset({_P.AUDIT}), frozenset({_P.AUDIT, _P.FIGURES}), frozenset({_P.AUDIT, _P.FIGURES})),
    }
)


def within(role: Role, wished: Permissions) -> Permissions:
    """Return what of a wish a role may be given: never less than its least, never more than its most."""
    span = SPANS[role]
    return (wished | span.least) & span.most


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff who may sign in. `teams` are ids of the clinic's file: the scope of whatever they read."""

    id: UUID
    name: str = field(repr=False)
    first_name: str = field(repr=False)
    role: Role
    permissions: Permissions
    teams: frozenset[str]
    language: str

    def may(self, permission: Permission) -> bool:
        """Tell whether they may do something."""
        return permission in self.permissions

    @property
    def actor(self) -> str:
        """Return who they are to the audit."""
        return f"staff:{self.id}"


@dataclass(frozen=True, slots=True)
class Person:
    """Who somebody is; the e-mail is what they sign in with."""

    name: str = field(repr=False)
    first_name: str = field(repr=False)
    email: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Post:
    """What somebody is in the clinic. `teams` are ids, or ALL_TEAMS alone."""

    role: Role
    teams: frozenset[str]
    language: str


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member as the people's page shows them. `closed_until`: too many tries, nobody gets in with their e-mail before."""

    id: UUID
    person: Person
    post: Post
    is_enrolled: bool  # has a second factor
    invited_until: datetime | None
    signed_in_at: datetime | None
    disabled_at: datetime | None
    sessions: int
    closed_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a sign-in is checked against. `password`: argon2's string; None: none set yet. `factor` None: not enrolled."""

    staff_id: UUID
    password: str | None = field(repr=False)
    factor: str | None = field(repr=False)


class Stage(StrEnum):
    """How far a sign-in has come."""

    CODE = "code"  # the password was right, the code is asked for
    ENROL = "enrol"  # came by invitation and set a password; the second factor is being set up
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Told:
    """A line the next page shows: a key of the texts and its values. `kind`: done, warning or error."""

    kind: str
    key: str
    values: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in, or half way there."""

    id: UUID
    stage: Stage
    member: Member
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    told: tuple[Told, ...] = field(default=(), repr=False)


class EmailTaken(Exception):
    """Somebody else signs in with this e-mail."""


class LastManager(Exception):
    """Nobody would be left who can let others in."""


class StaffBook(Protocol):
    """The members. Every change stands in the audit with it; `actor` is who makes it. Raise StoreUnavailable."""

    def colleagues(self) -> tuple[Colleague, ...]:
        """Return everybody, those who may sign in first, by name."""
        ...

    def colleague(self, staff_id: UUID) -> Colleague | None:
        """Return one of them."""
        ...

    def find(self, email: str) -> UUID | None:
        """Find a member by their e-mail, however it is written."""
        ...

    def add(self, actor: str, person: Person, post: Post) -> UUID:
        """Add a member, who cannot sign in before they are invited. Raise EmailTaken."""
        ...

    def invite(self, actor: str, staff_id: UUID, token: str, until: datetime) -> bool:
        """Let a member set a password and a second factor by a one-time token: what they had is void, their sessions end.

        Whoever was disabled may come in again. False if there is no such member.
        """
        ...

    def change(self, actor: str, staff_id: UUID, person: Person, post: Post) -> bool:
        """Change who and what a member is; another role ends their sessions. Raise EmailTaken, LastManager."""
        ...

    def disable(self, actor: str, staff_id: UUID) -> bool:
        """Let a member in no more and end their sessions; False if that was so before. Raise LastManager."""
        ...

    def roles(self) -> Mapping[Role, Permissions]:
        """Return what each role may do now."""
        ...

    def set_role(self, actor: str, role: Role, permissions: Permissions) -> Permissions:
        """Change what a role may do, within its span; return what it may do now."""
        ...

    # ------------------------------------------------------------------------------------------------------- signing in

    def credentials(self, email: str) -> Credentials | None:
        """Return what a sign-in with this e-mail is checked against; None for nobody and for the disabled."""
        ...

    def credentials_of(self, staff_id: UUID) -> Credentials | None:
        """Return what a member's code is checked against; None for nobody and for the disabled."""
        ...

    def invited(self, token: str) -> UUID | None:
        """Return whose invitation this is; None if it was used, is over, or never was."""
        ...

    def set_password(self, staff_id: UUID, password: str, invitation: str | None = None) -> bool:
        """Keep argon2's string of a password; with an invitation only if that is still theirs. Other sessions end."""
        ...

    def enrol(self, staff_id: UUID, factor: str, step: int, recovery: Sequence[str]) -> bool:
        """Keep the second factor and the recovery codes, and use up the invitation; False if there is none any more."""
        ...

    def use_step(self, staff_id: UUID, step: int) -> bool:
        """Use the code of a step; False if it, or a later one, was used before."""
        ...

    def use_recovery(self, staff_id: UUID, code: str) -> bool:
        """Use a recovery code up; False if there is no such code."""
        ...

    def renew_recovery(self, actor: str, staff_id: UUID, recovery: Sequence[str]) -> None:
        """Put new recovery codes in the place of all that were left."""
        ...

    def recovery_left(self, staff_id: UUID) -> int:
        """Count the recovery codes that were not used."""
        ...


class Sessions(Protocol):
    """Who is signed in. A token is known to the browser alone; here is its keyed hash. Raise StoreUnavailable."""

    def open(self, staff_id: UUID, stage: Stage, token: str, expires_at: datetime, instead_of: UUID | None) -> bool:
        """Open a session, ending the one it comes instead of; False if the member is disabled, or that one had ended."""
        ...

    def find(self, token: str) -> Session | None:
        """Return the session of a token, neither over nor idle for too long, with its member as they are now."""
        ...

    def seen(self, session_id: UUID) -> None:
        """Note that somebody is there."""
        ...

    def tell(self, session_id: UUID, told: Sequence[Told]) -> None:
        """Keep what the next page shows."""
        ...

    def end(self, session_id: UUID) -> None:
        """End one session."""
        ...

    def end_all(self, actor: str, staff_id: UUID, but: UUID | None = None) -> int:
        """End all sessions of a member, but perhaps one; return how many."""
        ...


class Throttle(Protocol):
    """How often somebody may try. Keys are kept as keyed hashes. Raise StoreUnavailable."""

    def take(self, account: str, address: str) -> bool:
        """Count a try before it is made, so that many at once are counted too; False if account or address is closed now."""
        ...

    def right(self, account: str, address: str) -> None:
        """Take one try back: it was right."""
        ...

    def wrong(self, account: str, address: str, staff_id: UUID | None) -> None:
        """Leave a try counted; if it closed the account or the address, ring and note it."""
        ...

    def forgive(self, account: str) -> None:
        """Take all tries of an account back: it was its member."""
        ...
