"""The staff's own rows: members, roles, sessions, tries. Names and e-mails are sealed, tokens and codes are keyed hashes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from uuid_utils.compat import uuid7

from bot.staff import (
    ALL_TEAMS,
    IDLE,
    SPANS,
    Colleague,
    Credentials,
    EmailTaken,
    LastManager,
    Member,
    Permission,
    Permissions,
    Person,
    Post,
    Role,
    Session,
    Stage,
    Told,
    normal,
    within,
)
from bot.store import alarms, audit, tables
from bot.store.backing import Backing
from bot.store.sealed import Seals

ACCOUNT_TRIES, ADDRESS_TRIES = 5, 30  # a whole clinic may come from one address
ACCOUNT_MEMORY, ADDRESS_MEMORY = timedelta(days=1), timedelta(minutes=15)
FIRST_CLOSED, LONGEST_CLOSED = timedelta(minutes=1), timedelta(minutes=15)
LOCKED = "sign_in_locked"

s, r, q, t, o = (
    tables.staff.c,
    tables.staff_recovery.c,
    tables.staff_session.c,
    tables.staff_attempt.c,
    tables.staff_role.c,
)
VOID = {"password_sealed": None, "factor_sealed": None, "factor_step": None}


# -------------------------------------------------------------------------------------------------------- the members


class SqlStaffBook:
    """See `bot.staff.StaffBook`."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing

    def colleagues(self) -> tuple[Colleague, ...]:
        """Return everybody, those who may sign in first, by name."""
        with self._backing.database.look() as connection:
            rows = connection.execute(select(tables.staff)).all()
            found = [self._read(connection, row) for row in rows]
        return tuple(sorted(found, key=lambda one: (one.disabled_at is not None, one.person.name.casefold())))

    def colleague(self, staff_id: UUID) -> Colleague | None:
        """Return one of them."""
        with self._backing.database.look() as connection:
            row = connection.execute(select(tables.staff).where(s.id == staff_id)).first()
            return None if row is None else self._read(connection, row)

    def _read(self, connection: Connection, row: Row[Any]) -> Colleague:
        now, person = self._backing.now(), _person(self._backing.seals, row.id, row.person_sealed)
        live = select(func.count()).where(q.staff_id == row.id, q.stage == Stage.FULL, *_is_live(now))
        keys = [_key(self._backing.seals, key) for key in (f"email:{normal(person.email)}", f"staff:{row.id}")]
        closed = select(func.max(t.closed_until)).where(t.key_hash.in_(keys), t.closed_until > now)
        return Colleague(
            id=row.id,
            person=person,
            post=Post(Role(row.role), frozenset(json.loads(row.teams)), row.language),
            is_enrolled=row.factor_step is not None,
            invited_until=row.invited_until,
            signed_in_at=row.signed_in_at,
            disabled_at=row.disabled_at,
            sessions=connection.execute(live).scalar_one(),
            closed_until=connection.execute(closed).scalar(),
        )

    def find(self, email: str) -> UUID | None:
        """Find a member by their e-mail, however it is written."""
        with self._backing.database.look() as connection:
            found: UUID | None = connection.execute(select(s.id).where(self._has(email))).scalar()
        return found

    def _has(self, email: str) -> ColumnElement[bool]:
        return s.email_hash == self._backing.seals.digest("staff_email", normal(email))

    def add(self, actor: str, person: Person, post: Post) -> UUID:
        """Add a member."""
        row = uuid7()
        values = {"id": row, **self._who(row, person), **_what(post), "created_at": self._backing.now()}
        try:
            with self._backing.database.begin() as connection:
                connection.execute(insert(tables.staff).values(values))
                self._note(connection, actor, "staff_added", row)
        except IntegrityError:
            raise EmailTaken from None  # the statement's parameters would be in its message
        return row

    def _who(self, row: UUID, person: Person) -> dict[str, Any]:
        sealed = self._backing.seals.seal(json.dumps(asdict(person), ensure_ascii=False), "staff", "person_sealed", row)
        return {"email_hash": self._backing.seals.digest("staff_email", normal(person.email)), "person_sealed": sealed}

    def invite(self, actor: str, staff_id: UUID, token: str, until: datetime) -> bool:
        """Let a member set a password and a second factor."""
        values = {"invitation_hash": self._invitation(token), "invited_until": until, "disabled_at": None, **VOID}
        with self._backing.database.begin() as connection:
            if connection.execute(update(tables.staff).where(s.id == staff_id).values(values)).rowcount == 0:
                return False
            _sign_out(connection, staff_id, codes=True)
            self._note(connection, actor, "staff_invited", staff_id)
        return True

    def change(self, actor: str, staff_id: UUID, person: Person, post: Post) -> bool:
        """Change who and what a member is."""
        try:
            with self._backing.database.begin() as connection:
                row = connection.execute(select(tables.staff).where(s.id == staff_id).with_for_update()).first()
                if row is None:
                    return False
                self._change(connection, actor, row, person, post)
        except IntegrityError:
            raise EmailTaken from None
        return True

    def _change(self, connection: Connection, actor: str, row: Row[Any], person: Person, post: Post) -> None:
        has_new_role = row.role != post.role
        if has_new_role and row.role == Role.MANAGER and row.disabled_at is None:
            _keep_a_manager(connection, row.id)
        values = {**self._who(row.id, person), **_what(post)}
        connection.execute(update(tables.staff).where(s.id == row.id).values(values))
        if has_new_role:
            _sign_out(connection, row.id)
        self._note(connection, actor, "staff_changed", row.id, {"role": int(has_new_role)})

    def disable(self, actor: str, staff_id: UUID) -> bool:
        """Let a member in no more."""
        with self._backing.database.begin() as connection:
            row = connection.execute(
                select(s.role).where(s.id == staff_id, s.disabled_at.is_(None)).with_for_update()
            ).first()
            if row is None:
                return False
            if row.role == Role.MANAGER:
                _keep_a_manager(connection, staff_id)
            values = {"disabled_at": self._backing.now(), "invitation_hash": None, "invited_until": None, **VOID}
            connection.execute(update(tables.staff).where(s.id == staff_id).values(values))
            _sign_out(connection, staff_id, codes=True)
            self._note(connection, actor, "staff_disabled", staff_id)
        return True

    # ------------------------------------------------------------------------------------------------------------ roles

    def roles(self) -> Mapping[Role, Permissions]:
        """Return what each role may do now."""
        with self._backing.database.look() as connection:
            changed = {row.role: row.permissions for row in connection.execute(select(tables.staff_role)).all()}
        return MappingProxyType({role: _permissions(role, changed.get(role)) for role in Role})

    def set_role(self, actor: str, role: Role, permissions: Permissions) -> Permissions:
        """Change what a role may do."""
        given = within(role, permissions)
        values = {"permissions": json.dumps(sorted(given)), "changed_at": self._backing.now()}
        with self._backing.database.begin() as connection:
            connection.execute(
                self._backing.database.insert(tables.staff_role)
                .values(role=role.value, **values)
                .on_conflict_do_update(index_elements=[o.role], set_=values)
            )
            self._note(connection, actor, f"role_changed_{role}", None, {one.value: 1 for one in sorted(given)})
        return given

    # ------------------------------------------------------------------------------------------------------- signing in

    def credentials(self, email: str) -> Credentials | None:
        """Return what a sign-in with this e-mail is checked against."""
        return self._credentials(self._has(email))

    def credentials_of(self, staff_id: UUID) -> Credentials | None:
        """Return what a member's code is checked against."""
        return self._credentials(s.id == staff_id)

    def _credentials(self, which: ColumnElement[bool]) -> Credentials | None:
        statement = select(s.id, s.password_sealed, s.factor_sealed).where(which, s.disabled_at.is_(None))
        with self._backing.database.look() as connection:
            row = connection.execute(statement).first()
        if row is None:
            return None
        seals = self._backing.seals
        return Credentials(
            row.id,
            row.password_sealed and seals.open(row.password_sealed, "staff", "password_sealed", row.id),
            row.factor_sealed and seals.open(row.factor_sealed, "staff", "factor_sealed", row.id),
        )

    def invited(self, token: str) -> UUID | None:
        """Return whose invitation this is."""
        with self._backing.database.look() as connection:
            found: UUID | None = connection.execute(select(s.id).where(self._is_invited(token))).scalar()
        return found

    def _invitation(self, token: str) -> bytes:
        return self._backing.seals.digest("staff_invitation", token)

    def _is_invited(self, token: str) -> ColumnElement[bool]:
        is_open = (s.invited_until > self._backing.now()) & s.disabled_at.is_(None)
        return (s.invitation_hash == self._invitation(token)) & is_open

    def set_password(self, staff_id: UUID, password: str, invitation: str | None = None) -> bool:
        """Keep argon2's string of a password."""
        sealed = self._backing.seals.seal(password, "staff", "password_sealed", staff_id)
        which = (s.id == staff_id) & s.disabled_at.is_(None)
        if invitation is not None:
            which &= self._is_invited(invitation)
        with self._backing.database.begin() as connection:
            done = connection.execute(update(tables.staff).where(which).values(password_sealed=sealed))
            if done.rowcount == 0:
                return False
            _sign_out(connection, staff_id)
            self._note(connection, f"staff:{staff_id}", "password_set", staff_id)
        return True

    def enrol(self, staff_id: UUID, factor: str, step: int, recovery: Sequence[str]) -> bool:
        """Keep the second factor and the recovery codes, and use up the invitation."""
        now = self._backing.now()
        sealed = self._backing.seals.seal(factor, "staff", "factor_sealed", staff_id)
        values = {"factor_sealed": sealed, "factor_step": step, "invitation_hash": None, "invited_until": None}
        which = (s.id == staff_id) & (s.invited_until > now) & s.factor_step.is_(None) & s.disabled_at.is_(None)
        with self._backing.database.begin() as connection:
            if connection.execute(update(tables.staff).where(which).values(values)).rowcount == 0:
                return False
            self._keep_recovery(connection, staff_id, recovery)
            self._note(connection, f"staff:{staff_id}", "factor_enrolled", staff_id)
        return True

    def use_step(self, staff_id: UUID, step: int) -> bool:
        """Use the code of a step: one UPDATE decides, so that of two at once one is right."""
        which = (s.id == staff_id) & (s.factor_step < step) & s.disabled_at.is_(None)
        with self._backing.database.begin() as connection:
            return connection.execute(update(tables.staff).where(which).values(factor_step=step)).rowcount > 0

    def use_recovery(self, staff_id: UUID, code: str) -> bool:
        """Use a recovery code up."""
        which = (r.staff_id == staff_id) & (r.code_hash == self._recovery(code))
        with self._backing.database.begin() as connection:
            if connection.execute(delete(tables.staff_recovery).where(which)).rowcount == 0:
                return False
            self._note(connection, f"staff:{staff_id}", "recovery_used", staff_id)
        return True

    def renew_recovery(self, actor: str, staff_id: UUID, recovery: Sequence[str]) -> None:
        """Put new recovery codes in the place of all that were left."""
        with self._backing.database.begin() as connection:
            self._keep_recovery(connection, staff_id, recovery)
            self._note(connection, actor, "recovery_renewed", staff_id)

    def recovery_left(self, staff_id: UUID) -> int:
        """Count the recovery codes that were not used."""
        with self._backing.database.look() as connection:
            return connection.execute(
                select(func.count()).select_from(tables.staff_recovery).where(r.staff_id == staff_id)
            ).scalar_one()

    def _keep_recovery(self, connection: Connection, staff_id: UUID, codes: Sequence[str]) -> None:
        connection.execute(delete(tables.staff_recovery).where(r.staff_id == staff_id))
        rows = [{"id": uuid7(), "staff_id": staff_id, "code_hash": self._recovery(code)} for code in codes]
        connection.execute(insert(tables.staff_recovery), rows)

    def _recovery(self, code: str) -> bytes:
        return self._backing.seals.digest("staff_recovery", code)

    def _note(
        self,
        connection: Connection,
        actor: str,
        action: str,
        staff_id: UUID | None,
        counts: Mapping[str, int] | None = None,
    ) -> None:
        audit.note(self._backing, connection, actor, action, None if staff_id is None else ("staff", staff_id), counts)


def _person(seals: Seals, row: UUID, sealed: bytes) -> Person:
    return Person(**json.loads(seals.open(sealed, "staff", "person_sealed", row)))


def _what(post: Post) -> dict[str, Any]:
    return {"role": post.role.value, "teams": json.dumps(sorted(post.teams)), "language": post.language}


def _permissions(role: Role, stored: str | None) -> Permissions:
    """Read what a role may do; what it may no longer, or what is no permission any more, is left out."""
    if stored is None:
        return SPANS[role].usual
    known = set(Permission)
    return within(role, frozenset(Permission(one) for one in json.loads(stored) if one in known))


def _keep_a_manager(connection: Connection, going: UUID) -> None:
    """Raise LastManager if nobody but the one who goes could let others in; two who go at once wait for each other."""
    managers = select(s.id, s.factor_step).where(s.role == Role.MANAGER, s.disabled_at.is_(None))
    rows = connection.execute(managers.order_by(s.id).with_for_update()).all()
    if not any(row.id != going and row.factor_step is not None for row in rows):
        raise LastManager


def _sign_out(connection: Connection, staff_id: UUID, codes: bool = False) -> int:
    if codes:
        connection.execute(delete(tables.staff_recovery).where(r.staff_id == staff_id))
    return connection.execute(delete(tables.staff_session).where(q.staff_id == staff_id)).rowcount


# ------------------------------------------------------------------------------------------------------- who is signed in


class SqlSessions:
    """See `bot.staff.Sessions`. `teams` are all of the clinic's file: what ALL_TEAMS stands for."""

    def __init__(self, backing: Backing, teams: Iterable[str]) -> None:
        self._backing = backing
        self._teams = frozenset(teams)

    def open(self, staff_id: UUID, stage: Stage, token: str, expires_at: datetime, instead_of: UUID | None) -> bool:
        """Open a session, ending the one it comes instead of."""
        now = self._backing.now()
        times = {"created_at": now, "seen_at": now, "expires_at": expires_at}
        with self._backing.database.begin() as connection:
            self._forget_what_is_over(connection, now)
            if not self._may_open(connection, staff_id, instead_of):
                return False
            values = {"id": uuid7(), "staff_id": staff_id, "token_hash": self._hash(token), "stage": stage.value}
            connection.execute(insert(tables.staff_session).values(**values, **times))
            if stage is Stage.FULL:
                connection.execute(update(tables.staff).where(s.id == staff_id).values(signed_in_at=now))
                audit.note(self._backing, connection, f"staff:{staff_id}", "sign_in", ("staff", staff_id))
        return True

    def _may_open(self, connection: Connection, staff_id: UUID, instead_of: UUID | None) -> bool:
        """Lock the member, so that being disabled comes before or after, and end what the new session replaces."""
        lock = select(s.id).where(s.id == staff_id, s.disabled_at.is_(None)).with_for_update()
        if connection.execute(lock).first() is None:
            return False
        if instead_of is None:
            return True
        return connection.execute(delete(tables.staff_session).where(q.id == instead_of)).rowcount > 0

    def _forget_what_is_over(self, connection: Connection, now: datetime) -> None:
        connection.execute(delete(tables.staff_session).where(or_(q.expires_at < now, q.seen_at < now - IDLE)))
        connection.execute(delete(tables.staff_attempt).where(t.last_at < now - ACCOUNT_MEMORY))

    def find(self, token: str) -> Session | None:
        """Return the session of a token with its member as they are now."""
        now = self._backing.now()
        statement = (
            select(tables.staff_session, s.person_sealed, s.role, s.teams, s.language, o.permissions)
            .join(tables.staff, s.id == q.staff_id)
            .outerjoin(tables.staff_role, o.role == s.role)
            .where(q.token_hash == self._hash(token), s.disabled_at.is_(None), *_is_live(now))
        )
        with self._backing.database.look() as connection:
            row = connection.execute(statement).first()
        return None if row is None else self._read(row)

    def _read(self, row: Row[Any]) -> Session:
        seals = self._backing.seals
        person, role = _person(seals, row.staff_id, row.person_sealed), Role(row.role)
        teams = frozenset(json.loads(row.teams))
        return Session(
            id=row.id,
            stage=Stage(row.stage),
            member=Member(
                id=row.staff_id,
                name=person.name,
                first_name=person.first_name,
                role=role,
                permissions=_permissions(role, row.permissions),
                teams=self._teams if ALL_TEAMS in teams else teams & self._teams,
                language=row.language,
            ),
            created_at=row.created_at,
            seen_at=row.seen_at,
            expires_at=row.expires_at,
            told=_told(row.said_sealed and seals.open(row.said_sealed, "staff_session", "said_sealed", row.id)),
        )

    def seen(self, session_id: UUID) -> None:
        """Note that somebody is there."""
        self._set(session_id, {"seen_at": self._backing.now()})

    def tell(self, session_id: UUID, told: Sequence[Told]) -> None:
        """Keep what the next page shows."""
        said = json.dumps([asdict(one) for one in told], ensure_ascii=False)
        sealed = self._backing.seals.seal(said, "staff_session", "said_sealed", session_id)
        self._set(session_id, {"said_sealed": sealed if told else None})

    def _set(self, session_id: UUID, values: Mapping[str, Any]) -> None:
        with self._backing.database.begin() as connection:
            connection.execute(update(tables.staff_session).where(q.id == session_id).values(dict(values)))

    def end(self, session_id: UUID) -> None:
        """End one session."""
        with self._backing.database.begin() as connection:
            ended = connection.execute(
                delete(tables.staff_session).where(q.id == session_id).returning(q.staff_id)
            ).scalar()
            if ended is not None:
                audit.note(self._backing, connection, f"staff:{ended}", "sign_out", ("staff", ended))

    def end_all(self, actor: str, staff_id: UUID, but: UUID | None = None) -> int:
        """End all sessions of a member, but perhaps one."""
        which = q.staff_id == staff_id
        if but is not None:
            which &= q.id != but
        with self._backing.database.begin() as connection:
            ended = connection.execute(delete(tables.staff_session).where(which)).rowcount
            audit.note(self._backing, connection, actor, "sessions_ended", ("staff", staff_id), {"sessions": ended})
        return ended

    def _hash(self, token: str) -> bytes:
        return self._backing.seals.digest("staff_session", token)


def _is_live(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return q.expires_at > now, q.seen_at > now - IDLE


def _told(text: str | None) -> tuple[Told, ...]:
    return tuple(Told(**one) for one in json.loads(text)) if text else ()


# ------------------------------------------------------------------------------------------------------ how often one tries


class SqlThrottle:
    """See `bot.staff.Throttle`."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing

    def take(self, account: str, address: str) -> bool:
        """Count a try, unless it may not be made."""
        now = self._backing.now()
        with self._backing.database.begin() as connection:
            rows = [(row, kind) for kind, row in self._rows(connection, account, address, now)]
            if any(row.closed_until is not None and row.closed_until > now for row, _ in rows):
                return False
            for row, kind in rows:
                self._count(connection, row, kind, now)
        return True

    def _rows(
        self, connection: Connection, account: str, address: str, now: datetime
    ) -> Iterable[tuple[str, Row[Any]]]:
        """Lock both rows, made if new; always the account's first."""
        for kind, key in (("account", account), ("address", f"address:{address}")):
            hashed = _key(self._backing.seals, key)
            new = self._backing.database.insert(tables.staff_attempt).values(
                id=uuid7(), key_hash=hashed, tries=0, last_at=now
            )
            connection.execute(new.on_conflict_do_nothing())
            which = select(tables.staff_attempt).where(t.key_hash == hashed).with_for_update()
            yield kind, connection.execute(which).one()

    def _count(self, connection: Connection, row: Row[Any], kind: str, now: datetime) -> None:
        tries, memory = (ACCOUNT_TRIES, ACCOUNT_MEMORY) if kind == "account" else (ADDRESS_TRIES, ADDRESS_MEMORY)
        count = row.tries + 1 if row.last_at > now - memory else 1
        values = {"tries": count, "last_at": now, "closed_until": closed_until(count - tries, now)}
        connection.execute(update(tables.staff_attempt).where(t.id == row.id).values(values))

    def right(self, account: str, address: str) -> None:
        """Take one try back."""
        back = {"tries": t.tries - 1, "closed_until": None}
        keys = [_key(self._backing.seals, key) for key in (account, f"address:{address}")]
        with self._backing.database.begin() as connection:
            for key in keys:
                connection.execute(update(tables.staff_attempt).where(t.key_hash == key, t.tries > 0).values(back))

    def wrong(self, account: str, address: str, staff_id: UUID | None) -> None:
        """Ring and note what a try closed."""
        now = self._backing.now()
        with self._backing.database.begin() as connection:
            for key in (account, f"address:{address}"):
                which = (t.key_hash == _key(self._backing.seals, key)) & (t.closed_until > now)
                row = connection.execute(select(t.id, t.tries).where(which)).first()
                if row is not None:
                    about = staff_id if key == account and staff_id else row.id
                    alarms.ring(self._backing, connection, LOCKED, str(about))
                    table = "staff" if about == staff_id else "staff_attempt"
                    audit.note(self._backing, connection, "nobody", LOCKED, (table, about), {"tries": row.tries})

    def forgive(self, account: str) -> None:
        """Take all tries of an account back."""
        key = _key(self._backing.seals, account)
        with self._backing.database.begin() as connection:
            connection.execute(delete(tables.staff_attempt).where(t.key_hash == key))


def closed_until(beyond: int, now: datetime) -> datetime | None:
    """Return until when nobody may try again, `beyond` the tries that are free; each time twice as long, up to a limit."""
    if beyond < 0:
        return None
    return now + min(FIRST_CLOSED * (1 << min(beyond, 10)), LONGEST_CLOSED)


def _key(seals: Seals, key: str) -> bytes:
    return seals.digest("staff_attempt", key)
