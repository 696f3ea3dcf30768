"""How a member of staff gets in: e-mail and password, then a code; the first time an invitation, and their phone set up.

Whoever is refused is told nothing: the same work is done, and the same is answered, for an e-mail nobody has.
"""

from __future__ import annotations

import hmac
from base64 import b32encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import BoundedSemaphore
from uuid import UUID

from bot import credentials
from bot.clock import Clock
from bot.staff import LONGEST, Session, Sessions, StaffBook, Stage, Throttle, normal

HALFWAY = {Stage.CODE: timedelta(minutes=10), Stage.ENROL: timedelta(minutes=30), Stage.FULL: LONGEST}
INVITED = timedelta(hours=72)
AT_ONCE = 2  # passwords checked at the same time: each takes 19 MiB
WAITING = 4  # threads that may wait for that: the others are the patients'
WAIT_S = 2.0


class Busy(Exception):
    """Too many passwords are being checked: try again in a moment."""


@dataclass(frozen=True, slots=True)
class Let:
    """A sign-in that came a step further, and the token its browser keeps."""

    token: str = field(repr=False)
    stage: Stage


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A second factor that was set up, and the recovery codes, said this once."""

    let: Let
    recovery: tuple[str, ...] = field(repr=False)


class Entry:
    """Let members in. `clock` is the desk's; `wall` is the time their phones have too."""

    def __init__(
        self, book: StaffBook, sessions: Sessions, throttle: Throttle, clock: Clock, wall: Clock, secret_key: str
    ) -> None:
        self._book = book
        self._sessions = sessions
        self._throttle = throttle
        self._clock = clock
        self._wall = wall
        self._secret_key = secret_key.encode()
        self._waiting = BoundedSemaphore(WAITING)
        self._checking = BoundedSemaphore(AT_ONCE)

    # ------------------------------------------------------------------------------------------------------- every time

    def password(self, email: str, password: str, address: str) -> Let | None:
        """Check e-mail and password; None refuses, for whatever reason. Raise Busy."""
        account = f"email:{normal(email)}"
        if not self._throttle.take(account, address):
            return None
        known = self._book.credentials(email)
        stored = known.password if known is not None and known.factor is not None else None
        is_right = self._matches(stored, password)
        if not is_right or known is None:
            self._throttle.wrong(account, address, known.staff_id if known else None)
            return None
        self._throttle.right(account, address)
        return self._let(known.staff_id, Stage.CODE, None)

    def code(self, session: Session, code: str, address: str) -> Let | None:
        """Check the code of the authenticator, or a recovery code, each good once; None refuses."""
        staff_id = session.member.id
        account = f"staff:{staff_id}"
        if session.stage is not Stage.CODE or not self._throttle.take(account, address):
            return None
        if not self._is_code(staff_id, code):
            self._throttle.wrong(account, address, staff_id)
            return None
        self._throttle.right(account, address)
        self._throttle.forgive(account)
        return self._let(staff_id, Stage.FULL, session.id)

    def _is_code(self, staff_id: UUID, code: str) -> bool:
        known = self._book.credentials_of(staff_id)
        if known is None or known.factor is None:
            return False
        step = credentials.step_of(known.factor, code, self._wall.now())
        if step is not None:
            return self._book.use_step(staff_id, step)
        typed = credentials.recovery(code)
        return bool(typed) and self._book.use_recovery(staff_id, typed)

    def _let(self, staff_id: UUID, stage: Stage, instead_of: UUID | None) -> Let | None:
        """Open a session under a new token: one that somebody planted before is worth nothing after."""
        token = credentials.new_token()
        is_open = self._sessions.open(staff_id, stage, token, self._wall.now() + HALFWAY[stage], instead_of)
        return Let(token, stage) if is_open else None

    # -------------------------------------------------------------------------------------------------- the first time

    def invite(self, actor: str, staff_id: UUID) -> tuple[str, datetime] | None:
        """Invite a member: return the one-time token and until when it is good; None if there is no such member."""
        token, until = credentials.new_token(), self._clock.now() + INVITED
        return (token, until) if self._book.invite(actor, staff_id, token, until) else None

    def accept(self, invitation: str, password: str) -> Let | None:
        """Set the password of whoever was invited; None if the invitation is not good any more. Raise Busy, ValueError.

        ValueError: the password may not be chosen.
        """
        staff_id = self._book.invited(invitation)
        if staff_id is None:
            return None
        if not self.is_good(staff_id, password) or not self._set(staff_id, password, invitation):
            raise ValueError("not a good password")
        return self._let(staff_id, Stage.ENROL, None)

    def factor(self, token: str) -> str:
        """Return the secret offered to whoever enrols under this token: the same each time they look, kept nowhere."""
        return b32encode(hmac.digest(self._secret_key, f"factor\x00{token}".encode(), "sha256")[:20]).decode()

    def enrol(self, session: Session, token: str, code: str, address: str) -> Enrolled | None:
        """Set up the second factor if the code proves that the phone has it; None if it does not."""
        staff_id, factor = session.member.id, self.factor(token)
        if session.stage is not Stage.ENROL or not self._throttle.take(f"staff:{staff_id}", address):
            return None
        step = credentials.step_of(factor, code, self._wall.now())
        recovery = credentials.new_recovery()
        kept = tuple(credentials.recovery(one) for one in recovery)
        if step is None or not self._book.enrol(staff_id, factor, step, kept):
            self._throttle.wrong(f"staff:{staff_id}", address, staff_id)
            return None
        self._throttle.right(f"staff:{staff_id}", address)
        self._throttle.forgive(f"staff:{staff_id}")
        let = self._let(staff_id, Stage.FULL, session.id)
        return None if let is None else Enrolled(let, recovery)

    # ------------------------------------------------------------------------------------------------------- one's own

    def change_password(self, session: Session, old: str, new: str, address: str) -> Let | None:
        """Change one's password; None if the old one is not right. Every other session ends. Raise Busy, ValueError."""
        staff_id = session.member.id
        if not self.is_good(staff_id, new):
            raise ValueError("not a good password")
        account = f"staff:{staff_id}"
        if not self._throttle.take(account, address):
            return None
        known = self._book.credentials_of(staff_id)
        if known is None or not self._matches(known.password, old):
            self._throttle.wrong(account, address, staff_id)
            return None
        self._throttle.right(account, address)
        return self._let(staff_id, Stage.FULL, None) if self._set(staff_id, new, None) else None

    def renew_recovery(self, session: Session, code: str, address: str) -> tuple[str, ...] | None:
        """Make new recovery codes for whoever shows a code; None refuses."""
        staff_id = session.member.id
        account = f"staff:{staff_id}"
        if not self._throttle.take(account, address):
            return None
        if not self._is_code(staff_id, code):
            self._throttle.wrong(account, address, staff_id)
            return None
        self._throttle.right(account, address)
        codes = credentials.new_recovery()
        self._book.renew_recovery(session.member.actor, staff_id, tuple(map(credentials.recovery, codes)))
        return codes

    def is_good(self, staff_id: UUID, password: str) -> bool:
        """Tell whether a member may choose a password."""
        known = self._book.colleague(staff_id)
        if known is None:
            return False
        person = known.person
        return credentials.is_good(password, person.email, person.email.partition("@")[0], person.name)

    def _set(self, staff_id: UUID, password: str, invitation: str | None) -> bool:
        with self._turn():
            stored = credentials.hashed(password)
        return self._book.set_password(staff_id, stored, invitation)

    def _matches(self, stored: str | None, password: str) -> bool:
        with self._turn():
            return credentials.matches(stored, password[: credentials.LONGEST + 1])

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for a turn with a password. Raise Busy: whoever tries many at once must not keep patients waiting."""
        if not self._waiting.acquire(blocking=False):
            raise Busy
        try:
            if not self._checking.acquire(timeout=WAIT_S):
                raise Busy
            try:
                yield
            finally:
                self._checking.release()
        finally:
            self._waiting.release()
