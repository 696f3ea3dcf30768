"""The figures of `bot/insight.py`, counted in the database: read only, bounded by the period, sums and histograms only."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Integer,
    and_,
    case,
    cast,
    distinct,
    extract,
    func,
    literal,
    or_,
    select,
    true,
    type_coerce,
    union,
)

from bot.insight import AGAIN_WITHIN, CLOSED_AFTER, AtCounter, Contained, Period, Times, Whole, times
from bot.model import Outcome
from bot.store import tables
from bot.store.backing import Backing

m, h, f, t, a = tables.message.c, tables.handoff.c, tables.classification.c, tables.call.c, tables.audit.c
c = tables.conversation.c
BEFORE = timedelta(days=3)  # a talk that was going on when the period began is followed so far back
LONGEST_S = 600.0  # an answer that took longer is counted as this
TENTHS, SECONDS = 10, 1
QUARTER_S = 900


class SqlInsights:
    """See `bot.insight.Insights`. `menus_of`: which menu an action belongs to, of those that belong to one alone."""

    def __init__(self, backing: Backing, menus: Collection[str], menus_of: Mapping[str, str]) -> None:
        self._backing = backing
        self._menu_ids = sorted(menus)
        self._menus_of = menus_of

    # ------------------------------------------------------------------------------------------------- the whole clinic

    def whole(self, period: Period) -> Whole:
        """Return the clinic's figures."""
        with self._backing.database.look() as connection:
            received, spam = self._received(connection, period)
            requests, cost_usd = self._spent(connection, period)
            return Whole(
                received=received,
                spam=spam,
                menus=self._menus(connection, period),
                classifiers=_classifiers(connection, period),
                answered=self._answered(connection, period),
                contained=self._contained(connection, period),
                requests=requests,
                cost_usd=cost_usd,
            )

    def _received(self, connection: Connection, period: Period) -> tuple[tuple[int, ...], tuple[int, ...]]:
        is_spam = and_(m.outcome == Outcome.IGNORED, m.reason == "spam")
        counted = (func.count(), func.coalesce(func.sum(case((is_spam, 1), else_=0)), 0))
        rows = self._by_stretch(connection, period, m.received_at, counted)
        return tuple(int(row[0]) for row in rows), tuple(int(row[1]) for row in rows)

    def _menus(self, connection: Connection, period: Period) -> dict[str, int]:
        """Count the conversations that reached a menu: by words, by a step of its own, or as where they stand."""
        by_words = select(f.route.label("menu"), f.conversation_id.label("chat")).where(
            _within(f.at, period), f.sure.is_(True), f.shadow.is_(False), f.route.in_(self._menu_ids)
        )
        stands = select(c.flow, c.id).where(_within(c.last_inbound_at, period), c.flow.in_(self._menu_ids))
        menu = case(dict(self._menus_of), value=t.action) if self._menus_of else literal("")
        by_step = select(menu.label("menu"), t.conversation_id.label("chat")).where(
            _within(t.created_at, period), t.action.in_(sorted(self._menus_of))
        )
        both = union(by_words, by_step, stands).subquery()
        counted = select(both.c.menu, func.count(distinct(both.c.chat))).group_by(both.c.menu)
        return {menu: count for menu, count in connection.execute(counted)}

    def _answered(self, connection: Connection, period: Period) -> Times:
        is_answered = and_(_within(m.received_at, period), m.outcome == Outcome.ANSWERED, m.settled_at.is_not(None))
        return self._times(connection, m.received_at, m.settled_at, is_answered, TENTHS)

    def _contained(self, connection: Connection, period: Period) -> Contained:
        """See `bot.insight.Contained`."""
        at, of_chat = m.received_at, m.conversation_id
        before = func.lag(at).over(partition_by=of_chat, order_by=at)
        newest = func.max(at).over(partition_by=of_chat)
        asked = (
            select(of_chat.label("chat"), at.label("at"), before.label("before"), newest.label("newest"))
            .where(at >= period.start - BEFORE, at < period.now, m.outcome != Outcome.IGNORED)
            .subquery()
        )
        pause = self._seconds(asked.c.before, asked.c.at)
        begun = select(asked).where(or_(asked.c.before.is_(None), pause >= CLOSED_AFTER.total_seconds())).subquery()
        next_: dict[str, Any] = {"partition_by": begun.c.chat, "order_by": begun.c.at}
        followed = select(
            begun.c.chat,
            begun.c.at.label("first"),
            type_coerce(func.coalesce(func.lead(begun.c.before).over(**next_), begun.c.newest), tables.Instant).label(
                "last"
            ),
            func.lead(begun.c.at).over(**next_).label("again"),
        ).subquery()
        settled = min(period.end, period.now - AGAIN_WITHIN)
        came_again = self._seconds(followed.c.last, followed.c.again) <= AGAIN_WITHIN.total_seconds()
        had_person = (
            select(h.id)
            .where(
                h.conversation_id == followed.c.chat,
                self._seconds(followed.c.last, h.opened_at) <= CLOSED_AFTER.total_seconds(),
                or_(h.closed_at.is_(None), h.closed_at >= followed.c.first),
            )
            .exists()
        )
        is_left = case((or_(func.coalesce(came_again, False), had_person), 0), else_=1)
        counted = select(func.coalesce(func.sum(is_left), 0), func.count())
        row = connection.execute(counted.where(followed.c.last >= period.start, followed.c.last < settled)).one()
        return Contained(int(row[0]), int(row[1]))

    def _spent(self, connection: Connection, period: Period) -> tuple[tuple[int, ...], tuple[float, ...]]:
        counted = (func.count(), func.coalesce(func.sum(f.cost_usd), 0.0))
        rows = self._by_stretch(connection, period, f.at, counted, f.cost_usd.is_not(None))
        return tuple(int(row[0]) for row in rows), tuple(row[1] for row in rows)

    # -------------------------------------------------------------------------------------------------- at the counter

    def at_counter(self, period: Period, teams: frozenset[str] | None) -> AtCounter:
        """Return the figures of these teams."""
        theirs = true() if teams is None else h.team.in_(sorted(teams))
        here = and_(_within(h.opened_at, period), theirs)
        with self._backing.database.look() as connection:
            opened = self._by_stretch(connection, period, h.opened_at, (func.count(),), theirs)
            by_reason = connection.execute(select(h.reason, func.count()).where(here).group_by(h.reason))
            unclaimed = select(func.count()).where(here, h.claimed_at.is_(None))
            return AtCounter(
                opened=tuple(int(row[0]) for row in opened),
                reasons={reason: count for reason, count in by_reason},
                waited=self._times(
                    connection, h.opened_at, h.claimed_at, and_(here, h.claimed_at.is_not(None)), SECONDS
                ),
                replied=self._replied(connection, here),
                unclaimed=int(connection.execute(unclaimed).scalar_one()),
                transfers=_transfers(connection, period, theirs),
            )

    def _replied(self, connection: Connection, here: ColumnElement[bool]) -> Times:
        """Take the first reply from the audit: the outbox also holds what the desk says in the staff's name."""
        first = (
            select(func.min(a.at))
            .where(a.subject_id == h.conversation_id, a.action == "reply", _while_open())
            .correlate(tables.handoff)
            .scalar_subquery()
        )
        replied = select(h.opened_at, first.label("at")).where(here).subquery()
        return self._times(connection, replied.c.opened_at, replied.c.at, replied.c.at.is_not(None), SECONDS)

    # --------------------------------------------------------------------------------------------------------- over time

    def _by_stretch(
        self, connection: Connection, period: Period, column: Any, counted: Sequence[Any], which: Any = None
    ) -> list[tuple[float, ...]]:
        """Return what is counted in each stretch.

        One pass over the period, by quarters of an hour: midnight is the end of one in every zone in use today.
        """
        at = func.strftime("%s", column) if self._backing.database.is_sqlite else func.floor(extract("epoch", column))
        quarter = cast(cast(at, BigInteger) // QUARTER_S, BigInteger).label("quarter")
        only = true() if which is None else which
        rows = connection.execute(select(quarter, *counted).where(_within(column, period), only).group_by(quarter))
        sums = [[0.0] * len(counted) for _ in period.stretches]
        begin = [bound.timestamp() for bound in period.bounds]
        for number, *parts in rows:
            sum_ = sums[bisect_right(begin, number * QUARTER_S) - 1]
            sum_[:] = [one + float(part) for one, part in zip(sum_, parts, strict=True)]
        return [tuple(sum_) for sum_ in sums]

    # ------------------------------------------------------------------------------------------------------------ times

    def _times(self, connection: Connection, since: Any, until: Any, which: Any, per_second: int) -> Times:
        """Return how long it took from one column to another, to a part of a second."""
        took = cast(func.round(self._seconds(since, until) * per_second), Integer).label("took")
        rows = connection.execute(select(took, func.count()).where(which).group_by(took))
        histogram: dict[float, int] = {}
        for value, count in rows:
            at = max(0.0, value / per_second) if per_second == SECONDS else min(LONGEST_S, max(0.0, value / per_second))
            histogram[at] = histogram.get(at, 0) + count
        return times(histogram)

    def _seconds(self, since: Any, until: Any) -> ColumnElement[Any]:
        """Return the seconds between two columns, as an SQL expression."""
        if self._backing.database.is_sqlite:
            return (func.julianday(until) - func.julianday(since)) * 86400.0
        return extract("epoch", until - since)


def _within(column: Any, period: Period) -> ColumnElement[bool]:
    return and_(column >= period.start, column < period.end)


def _while_open() -> ColumnElement[bool]:
    """Say that something of the audit happened during a request."""
    return and_(a.at >= h.opened_at, or_(h.closed_at.is_(None), a.at <= h.closed_at))


def _classifiers(connection: Connection, period: Period) -> dict[tuple[str, str], int]:
    verdict = case((f.route.is_(None), "none"), (f.sure.is_(True), "sure"), else_="unsure")
    counted = select(f.by, verdict.label("verdict"), func.count()).where(_within(f.at, period), f.shadow.is_(False))
    rows = connection.execute(counted.group_by(f.by, "verdict"))
    return {(by, verdict): count for by, verdict, count in rows}


def _transfers(connection: Connection, period: Period, theirs: ColumnElement[bool]) -> int:
    """Count what was passed on; each belongs to the team that has the request, or last had it."""
    joined = tables.audit.join(tables.handoff, and_(h.conversation_id == a.subject_id, _while_open()))
    counted = select(func.count(distinct(a.id))).select_from(joined)
    return int(connection.execute(counted.where(a.action == "pass_on", _within(a.at, period), theirs)).scalar_one())
