"""What is only noted: changes of Meta's, preferences, and alarms."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, alias, exists, not_, or_, select
from sqlalchemy import update as change
from uuid_utils.compat import uuid7

from bot.model import Preference, Shape, Update
from bot.ports import Alarm
from bot.store import alarms, approvals, people, tables
from bot.store.backing import Backing

a, k = tables.alarm.c, tables.contact.c
TELL_AGAIN = timedelta(hours=1)  # one e-mail per cause and hour
OVER_AFTER = timedelta(hours=1)
CLOSED_BY_PEOPLE = ("emergency", "distress")
CAMPAIGNS = "campaign"  # the purpose Meta's marketing preference speaks of


class SqlRecords:
    """See `bot.ports.Records`."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing

    def note_update(self, update: Update) -> bool:
        """Record a change once, by its digest; one about a message template changes what may be sent."""
        shape = json.dumps(asdict(update.shape))
        return self._note(update.digest, update.field, update.event, update.subject, update.known, shape, update)

    def note_unreadable(self, shapes: Sequence[Shape]) -> None:
        """Keep the shapes of what could not be read."""
        for shape in shapes:
            self._note(shape.sha256, "unreadable", None, None, False, json.dumps(asdict(shape)))

    def _note(
        self,
        digest: str,
        field: str,
        event: str | None,
        subject: str | None,
        known: bool,
        shape: str,
        update: Update | None = None,
    ) -> bool:
        values = {"event": event and event[:60], "subject": subject and subject[:512], "known": known, "shape": shape}
        with self._backing.database.begin() as connection:
            new = connection.execute(
                self._backing.database.insert(tables.update)
                .values(id=uuid7(), digest=digest[:64], field=field[:60], at=self._backing.now(), **values)
                .on_conflict_do_nothing()
                .returning(tables.update.c.id)
            ).first()
            if new is not None and update is not None:
                approvals.note(self._backing, connection, update)
        return new is not None

    def note_preference(self, preference: Preference) -> bool:
        """Stop or resume campaigns for a contact; somebody who never wrote is noted and no more."""
        if not self._note(preference.digest, "user_preferences", preference.value, None, True, "{}"):
            return False
        backing = self._backing
        user, phone = people.hashes(backing.seals, preference.contact)
        condition = people.matches(preference.phone_number_id, user, phone)
        with backing.database.begin() as connection:
            for contact_id in connection.execute(select(k.id).where(condition)).scalars().all():
                if preference.value == "stop":
                    people.stop(backing, connection, contact_id, CAMPAIGNS)
                else:
                    people.resume(connection, contact_id, CAMPAIGNS)
        return True

    def ring(self, cause: str, subject: str) -> None:
        """Open an alarm, or count it once more."""
        with self._backing.database.begin() as connection:
            alarms.ring(self._backing, connection, cause, subject)

    def silence(self, cause: str, subject: str | None = None) -> None:
        """Close the open alarms of a cause."""
        which = (a.cause == cause) & a.closed_at.is_(None)
        if subject is not None:
            which &= a.subject == subject[:80]
        with self._backing.database.begin() as connection:
            connection.execute(change(tables.alarm).where(which).values(closed_at=self._backing.now()))

    def ringing(self, cause: str) -> tuple[Alarm, ...]:
        """Return the open alarms of a cause."""
        is_open = (a.cause == cause) & a.closed_at.is_(None)
        told = select(a.cause, a.subject, a.opened_at, a.last_at, a.count).where(is_open).order_by(a.opened_at)
        with self._backing.database.look() as connection:
            return tuple(Alarm(*row) for row in connection.execute(told))

    def untold(self) -> tuple[Alarm, ...]:
        """Take the alarms to be told, by one UPDATE so that one process tells; close those that are over."""
        now = self._backing.now()
        told = alias(tables.alarm)
        same = or_(a.cause.notin_(CLOSED_BY_PEOPLE), told.c.subject == a.subject)  # docs/decisions/0016
        recently = exists().where(told.c.cause == a.cause, told.c.told_at > now - TELL_AGAIN, same)
        is_open = a.closed_at.is_(None)
        over = is_open & (a.last_at < now - OVER_AFTER) & a.cause.notin_(CLOSED_BY_PEOPLE)
        with self._backing.database.begin() as connection:
            connection.execute(change(tables.alarm).where(over).values(closed_at=now))
            rows = connection.execute(
                change(tables.alarm)
                # The row's own `told_at` is looked at again when another process held its lock; what `recently` saw is not.
                .where(is_open, not_(recently), or_(a.told_at.is_(None), a.told_at <= now - TELL_AGAIN))
                .values(told_at=now)
                .returning(a.cause, a.subject, a.opened_at, a.last_at, a.count)
            ).all()
        return _one_per_cause(rows)

    def not_told(self, cause: str) -> None:
        """Take back that the open alarms of a cause were told."""
        which = (a.cause == cause) & a.closed_at.is_(None)
        with self._backing.database.begin() as connection:
            connection.execute(change(tables.alarm).where(which).values(told_at=None))


def _one_per_cause(rows: Sequence[Row[Any]]) -> tuple[Alarm, ...]:
    alarms: dict[str, Alarm] = {}
    for cause, subject, opened_at, last_at, count in map(tuple, rows):
        first = alarms.get(cause, Alarm(cause, subject, opened_at, last_at, 0))
        opened, last = min(first.opened_at, opened_at), max(first.last_at, last_at)
        alarms[cause] = Alarm(cause, first.subject, opened, last, first.count + count)
    return tuple(alarms.values())
