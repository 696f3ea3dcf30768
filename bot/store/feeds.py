"""Feeds of the calendar (`bot.daybook.Feeds`): an address is known to whoever was given it; here is its keyed hash."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, update

from bot.credentials import new_token
from bot.daybook import Feed, FeedLine
from bot.store import audit
from bot.store.agenda import LONGEST
from bot.store.agenda_tables import agenda_feed, appointment
from bot.store.backing import Backing

MADE, REVOKED = "feed_made", "feed_revoked"
MOST = 5000  # appointments of one feed: years of somebody's days
SHOWN = ("booked", "arrived", "fulfilled")

f, p = agenda_feed.c, appointment.c


class SqlFeeds:
    """See `bot.daybook.Feeds`."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing

    def make(self, actor: str, feed_id: UUID, practitioner: str) -> str | None:
        """Make a feed; its token is returned this once."""
        token = new_token()
        values = {"practitioner": practitioner, "token_hash": self._hash(token), "made_by": actor}
        added = self._backing.database.insert(agenda_feed).values(id=feed_id, created_at=self._backing.now(), **values)
        with self._backing.database.begin() as connection:
            row = connection.execute(added.on_conflict_do_nothing().returning(f.id)).first()
            if row is None:
                return None
            audit.note(self._backing, connection, actor, MADE, ("agenda_feed", feed_id))
        return token

    def revoke(self, actor: str, feed_id: UUID) -> bool:
        """Close a feed for ever."""
        closed = update(agenda_feed).where(f.id == feed_id, f.revoked_at.is_(None))
        with self._backing.database.begin() as connection:
            row = connection.execute(closed.values(revoked_at=self._backing.now()).returning(f.id)).first()
            if row is not None:
                audit.note(self._backing, connection, actor, REVOKED, ("agenda_feed", feed_id))
        return row is not None

    def listed(self) -> tuple[Feed, ...]:
        """Return all feeds, those that are open first, the newest first."""
        statement = select(agenda_feed).order_by(f.revoked_at.is_not(None), f.created_at.desc(), f.id)
        with self._backing.database.look() as connection:
            return tuple(map(_feed, connection.execute(statement).all()))

    def whose(self, token: str) -> str | None:
        """Return whose open feed a token is for."""
        open_ = select(f.practitioner).where(f.token_hash == self._hash(token), f.revoked_at.is_(None))
        with self._backing.database.look() as connection:
            found: str | None = connection.execute(open_).scalar()
        return found

    def lines(self, practitioner: str, since: datetime, until: datetime) -> tuple[FeedLine, ...]:
        """Return when and where somebody has visits between two instants; of patients nothing but the code is read."""
        read = select(p.id, p.revision, p.starts_at, p.ends_at, p.place, p.code)
        theirs = read.where(
            p.practitioner == practitioner,
            p.state.in_(SHOWN),
            p.ends_at > since,
            p.ends_at < until + LONGEST,
            p.starts_at < until,
        )
        with self._backing.database.look() as connection:
            rows = connection.execute(theirs.order_by(p.starts_at, p.id).limit(MOST)).all()
        return tuple(FeedLine(*row) for row in rows)

    def _hash(self, token: str) -> bytes:
        return self._backing.seals.digest("feed", token)


def _feed(row: Row[Any]) -> Feed:
    return Feed(row.id, row.practitioner, row.made_by, row.created_at, row.revoked_at)
