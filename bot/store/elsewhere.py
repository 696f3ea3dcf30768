"""The diary of a calendar that another system keeps: with what was begun there, and what was changed there."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Row, delete, exists, func, insert, or_, select, update
from uuid_utils.compat import uuid7

from bot.agenda import NEXT, Appointment, AppointmentStatus, Errand
from bot.elsewhere import Bookmark, Seen
from bot.store.agenda import HOLD, STANDING, TAKES_TIME, SqlDiary
from bot.store.agenda_tables import CLOCK, appointment, errand
from bot.store.backing import Backing
from bot.store.elsewhere_tables import bookmark

DOUBLED = 7  # times: from half a minute to an hour
LEFT = 8  # times that are given back before a patient is answered

p, e, k = appointment.c, errand.c, bookmark.c
IS_OURS_TO_CANCEL = exists().where(e.action == "cancel", e.foreign_id == p.foreign_id)


class SqlElsewhere(SqlDiary):
    """See `bot.elsewhere.Elsewhere`. `system` names the other one: another address begins anew."""

    def __init__(self, backing: Backing, zone: ZoneInfo, system: str) -> None:
        super().__init__(backing, zone)
        self._system = sha256(system.encode()).hexdigest()[:40]

    # ----------------------------------------------------------------------------------------------- what we begin there

    def promise(self, action: str, foreign_id: str, due_at: datetime, hold_id: UUID | None = None) -> UUID:
        """Write an errand down; one of a hold that is there already is due anew."""
        is_same = e.foreign_id == foreign_id if hold_id is None else e.hold_id == hold_id
        again = update(errand).where(e.action == action, is_same).values(due_at=due_at).returning(e.id)
        row: dict[str, Any] = {
            "id": uuid7(),
            "hold_id": hold_id,
            "action": action,
            "foreign_id": foreign_id,
            "due_at": due_at,
            "attempts": 0,
        }
        with self._backing.database.begin() as connection:
            found: UUID | None = connection.execute(again).scalars().first()
            if found is None:
                connection.execute(insert(errand).values(row))
            return found or row["id"]

    def kept(self, hold_id: UUID, foreign_id: str) -> None:
        """Note what a hold is called there."""
        with self._backing.database.begin() as connection:
            freeing = update(errand).where(e.hold_id == hold_id, e.action == "free")
            connection.execute(freeing.values(foreign_id=foreign_id))

    def kept_as(self, hold_id: UUID) -> str | None:
        """Return what is to be let go of a hold."""
        statement = select(e.foreign_id).where(e.hold_id == hold_id, e.action == "free")
        with self._backing.database.look() as connection:
            return connection.execute(statement).scalar()

    def not_kept(self, hold_id: UUID) -> None:
        """Strike off that its slot is to be freed."""
        with self._backing.database.begin() as connection:
            connection.execute(delete(errand).where(e.hold_id == hold_id, e.action == "free"))

    def left(self) -> tuple[Errand, ...]:
        """Return what is to be freed, the latest first: what is refused again and again comes last."""
        frees = e.action.in_(("free", "cancel"))
        due = select(e.id, e.action, e.foreign_id).where(frees, e.due_at <= self._backing.now())
        with self._backing.database.look() as connection:
            return tuple(Errand(*row) for row in connection.execute(due.order_by(e.due_at.desc()).limit(LEFT)).all())

    def holds(self, slot_id: str, but: UUID | None = None) -> bool:
        """Tell whether a slot is kept: it is to be freed, but not yet."""
        is_kept = (e.action == "free") & (e.foreign_id == slot_id) & (e.due_at > self._backing.now())
        with self._backing.database.look() as connection:
            return bool(connection.execute(select(exists().where(is_kept, e.hold_id.is_distinct_from(but)))).scalar())

    def held_anew(self, slot_id: str, hold_id: UUID) -> None:
        """Strike off the earlier holds of a slot."""
        earlier = (e.action == "free") & (e.foreign_id == slot_id) & (e.hold_id != hold_id)
        with self._backing.database.begin() as connection:
            connection.execute(delete(errand).where(earlier))

    def errands(self, seconds: float) -> tuple[Errand, ...]:
        """Lease what is due, each time for twice as long: a server that refuses something is not asked for ever each minute."""
        leased = super().errands(seconds)
        again = select(e.id, e.attempts).where(e.id.in_([one.id for one in leased]), e.attempts > 1)
        with self._backing.database.begin() as connection:
            for row in connection.execute(again).all():
                longer = self._backing.database.time(seconds * 2 ** min(row.attempts - 1, DOUBLED))
                connection.execute(update(errand).where(e.id == row.id).values(leased_until=longer))
        return leased

    def stuck(self) -> int:
        """Count what was tried again and again."""
        with self._backing.database.look() as connection:
            return connection.execute(select(func.count()).where(e.attempts > DOUBLED)).scalar_one()

    # --------------------------------------------------------------------------------------------- what is changed there

    def standing(self, since: datetime) -> tuple[Appointment, ...]:
        """Return what stands, next first."""
        statement = select(appointment).where(
            p.ends_at > since, p.state.in_(STANDING), p.foreign_id.is_not(None), ~IS_OURS_TO_CANCEL
        )
        with self._backing.database.look() as connection:
            rows = connection.execute(statement.order_by(p.starts_at, p.id)).all()
        return tuple(map(self._read, rows))

    def note(self, appointment_id: UUID, seen: Seen) -> Appointment | None:
        """Write what was changed: when, where and with whom first, then what became of it; one commit.

        What we began to cancel since it was asked about is ours: its errand is there until the row says so.
        """
        with self._backing.database.begin() as connection:
            self._take_turns(connection, appointment_id, seen)
            before = self._locked(connection, appointment_id)
            if before is None or before.state not in STANDING or before.foreign_id != seen.foreign_id:
                return None
            if connection.execute(select(p.id).where(p.id == appointment_id, IS_OURS_TO_CANCEL)).first() is not None:
                return None
            after = before
            if seen.status is not AppointmentStatus.CANCELLED and _is_moved(before, seen):
                after = self._move_there(connection, before, seen)
            if seen.status is not None and seen.status in NEXT[AppointmentStatus(after.state)]:
                after = self._set_there(connection, after, seen.status)
            return None if after.revision == before.revision else self._read(after)

    def _take_turns(self, connection: Connection, appointment_id: UUID, seen: Seen) -> None:
        """Wait for whoever takes a time of the same person just now, before any row is locked."""
        now = select(p.practitioner).where(p.id == appointment_id)
        who = seen.practitioner or connection.execute(now).scalar()
        if who is not None and seen.start is not None:
            self._lock(connection, who)

    def _set_there(self, connection: Connection, row: Row[Any], status: AppointmentStatus) -> Row[Any]:
        if row.state == status:
            return row
        values = {"state": status, "revision": p.revision + 1}
        changed = connection.execute(update(appointment).where(p.id == row.id).values(values).returning(appointment))
        after = changed.one()
        freed = row if status is AppointmentStatus.CANCELLED else None
        self._note(connection, after, _key(row), status, freed=freed, by="elsewhere")
        return after

    def _move_there(self, connection: Connection, row: Row[Any], seen: Seen) -> Row[Any]:
        """Give it the time it has there. Whoever holds that time in the chat loses it; what stands there already stays too.

        The other system may have two at one time: of these, ours takes none here, so that both can be kept.
        """
        start, end = seen.start or row.starts_at, seen.end or row.ends_at
        who = seen.practitioner or row.practitioner
        block = (start, end) if self._make_room(connection, row.id, who, start, end) else (start, start)
        values = {
            "practitioner": who,
            "place": seen.place or row.place,
            "starts_at": start,
            "ends_at": end,
            "block_from": block[0],
            "block_to": block[1],
            "zone": self._zone.key,
            "local_start": start.astimezone(self._zone).strftime(CLOCK),
            "revision": p.revision + 1,
            "confirmed_at": None,
        }
        changed = connection.execute(update(appointment).where(p.id == row.id).values(values).returning(appointment))
        after = changed.one()
        self._note(connection, after, _key(row), "moved", freed=row, by="elsewhere")
        return after

    def _make_room(self, connection: Connection, id: UUID, who: str, start: datetime, end: datetime) -> bool:
        """End the holds in a time; False if an appointment stands there."""
        is_there = (p.practitioner == who, p.block_from < end, p.block_to > start, p.id != id)
        held = delete(appointment).where(p.state == HOLD, *is_there).returning(p.id)
        ids = connection.execute(held).scalars().all()
        if ids:
            connection.execute(update(errand).where(e.hold_id.in_(ids)).values(due_at=self._backing.now()))
        others = select(p.id).where(p.state.in_(TAKES_TIME), *is_there).limit(1)
        return connection.execute(others).first() is None

    # ------------------------------------------------------------------------------------------------------ the bookmark

    def bookmark(self) -> Bookmark:
        """Return how far we know."""
        with self._backing.database.look() as connection:
            row = connection.execute(select(k.until, k.compared_at).where(k.system == self._system)).first()
        return Bookmark(*row) if row is not None else Bookmark()

    def move_bookmark(self, bookmark_: Bookmark) -> None:
        """Move it, unless another process moved it further."""
        values = {"until": bookmark_.until, "compared_at": bookmark_.compared_at}
        statement = self._backing.database.insert(bookmark).values(system=self._system, **values)
        is_behind: ColumnElement[bool] = k.until.is_(None)
        if bookmark_.until is not None:
            is_behind = or_(is_behind, k.until <= bookmark_.until)
        with self._backing.database.begin() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["system"], set_=values, where=is_behind))


def _is_moved(row: Row[Any], seen: Seen) -> bool:
    times = seen.start is not None and (seen.start, seen.end) != (row.starts_at, row.ends_at)
    return times or seen.practitioner not in (None, row.practitioner) or seen.place not in (None, row.place)


def _key(row: Row[Any]) -> UUID:
    """Return the key of the change that follows a revision: two who note it at once take turns, and the second finds it done."""
    return uuid5(row.id, f"elsewhere/{row.revision}")
