"""Who finishes what was begun: overdue messages, rows and calls left lying, heartbeats, leases, and what operators count."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, alias, delete, exists, func, not_, or_, select, update

from bot.model import Author, Outcome, RowState
from bot.ports import Alarm, Due, Health, Unclaimed
from bot.store import tables
from bot.store.alarms import ring
from bot.store.backing import Backing

c, m, o, b = tables.conversation.c, tables.message.c, tables.outbox.c, tables.heartbeat.c
h = tables.handoff.c
SHARE = 50  # how much one process takes at a time
RETAKE_S = 2.0
FORGET_BEAT_S = 3600.0
ALIVE_S = 5.0
DAY = timedelta(days=1)
MOST_CALLS = 2  # for help with one handoff
MOST_WAITING = 1000  # more than wait behind closed doors overnight: they must not hide who waits now


class SqlWatch:
    """See `bot.ports.Watch`."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing

    def overdue(self) -> tuple[tuple[UUID, UUID], ...]:
        """Take overdue messages by one UPDATE; SKIP LOCKED gives each process its own share."""
        time = self._backing.database.time
        share = (
            select(m.id)
            .where(m.outcome == Outcome.OPEN, m.answer_by < time())
            .order_by(m.answer_by)
            .limit(SHARE)
            .with_for_update(skip_locked=True)
        )
        statement = (
            update(tables.message)
            .where(m.id.in_(share.scalar_subquery()))
            .values(answer_by=time(RETAKE_S))
            .returning(m.conversation_id, m.id)
        )
        if not self._any(select(m.id).where(m.outcome == Outcome.OPEN, m.answer_by < time()).limit(1)):
            return ()
        with self._backing.database.begin() as connection:
            return tuple((row.conversation_id, row.id) for row in connection.execute(statement))

    def _any(self, statement: object) -> bool:
        with self._backing.database.look() as connection:
            return connection.execute(statement).first() is not None  # type: ignore[call-overload]

    def due(self) -> Due:
        """Return what waits for somebody; the claim and the lease decide who gets it."""
        t, time = tables.call.c, self._backing.database.time
        sending = alias(tables.outbox)
        is_sending = exists().where(sending.c.conversation_id == o.conversation_id, sending.c.state == RowState.CLAIMED)
        unsent = select(o.conversation_id).where(
            o.state.in_((RowState.WAITING, RowState.HELD)),
            o.due_at <= self._backing.now(),
            or_(not_(is_sending), o.author == Author.EMERGENCY),  # what waits behind a claimed row is not due yet
        )
        # One row a conversation: many rows of one must not hide the others.
        heads = unsent.group_by(o.conversation_id).order_by(func.min(o.due_at)).limit(SHARE)
        lost = select(o.id).where(o.state == RowState.CLAIMED, o.leased_until < time())
        calls = select(t.id, t.place).where(t.state.in_(("pending", "running")), t.leased_until < time()).limit(SHARE)
        with self._backing.database.look() as connection:
            return Due(
                deliver=tuple(connection.execute(heads).scalars()),
                lost=tuple(connection.execute(lost.limit(SHARE)).scalars()),
                # A share of each: a web process runs no `away` ones, and they must not hide its own from it.
                calls=tuple(
                    (row.id, row.place)
                    for place in ("model", "ours", "away")
                    for row in connection.execute(calls.where(t.place == place))
                ),
            )

    def behind(self) -> tuple[UUID, ...]:
        """Return the conversations that are behind."""
        with self._backing.database.look() as connection:
            return tuple(connection.execute(select(c.id).where(c.behind).limit(SHARE)).scalars())

    def unclaimed(self, since: datetime) -> tuple[Unclaimed, ...]:
        """Return the handoffs nobody has taken; by the index of the live ones."""
        waiting = select(h.id, h.team, h.reason, h.opened_at, h.escalations).where(
            h.state == "queued", h.opened_at <= since, func.coalesce(h.escalations, 0) < MOST_CALLS
        )
        with self._backing.database.look() as connection:
            rows = connection.execute(waiting.order_by(h.priority.desc(), h.opened_at).limit(MOST_WAITING)).all()
        return tuple(Unclaimed(r.id, r.team, r.reason, r.opened_at, r.escalations or 0) for r in rows)

    def escalate(self, handoff_id: UUID, times: int, cause: str) -> bool:
        """Count a call for help and ring with it; of several processes one does it."""
        before = (h.id == handoff_id) & (h.state == "queued") & (func.coalesce(h.escalations, 0) < times)
        called = update(tables.handoff).where(before).values(escalations=times, escalated_at=self._backing.now())
        with self._backing.database.begin() as connection:
            if not connection.execute(called).rowcount:
                return False
            ring(self._backing, connection, cause, str(handoff_id))
        return True

    def beat(self, process: str, kind: str) -> None:
        """Renew this process's heartbeat; its first also forgets those of processes long gone."""
        time = self._backing.database.time
        with self._backing.database.begin() as connection:
            renewed = connection.execute(update(tables.heartbeat).where(b.process == process).values(beat_at=time()))
            if renewed.rowcount:
                return
            connection.execute(delete(tables.heartbeat).where(b.beat_at < time(-FORGET_BEAT_S)))
            connection.execute(
                self._backing.database.insert(tables.heartbeat)
                .values(process=process, kind=kind, started_at=time(), beat_at=time())
                .on_conflict_do_nothing()
            )

    def rest(self, process: str) -> None:
        """Delete this process's heartbeat."""
        with self._backing.database.begin() as connection:
            connection.execute(delete(tables.heartbeat).where(b.process == process))

    def holds(self, name: str, holder: str, seconds: float) -> bool:
        """Take or renew a lease by one statement."""
        t, time = tables.lease.c, self._backing.database.time
        values = {"holder": holder, "leased_until": time(seconds)}
        statement = (
            self._backing.database.insert(tables.lease)
            .values(name=name, **values)
            .on_conflict_do_update(
                index_elements=["name"], set_=values, where=or_(t.leased_until < time(), t.holder == holder)
            )
            .returning(t.name)
        )
        with self._backing.database.begin() as connection:
            return connection.execute(statement).first() is not None

    # ------------------------------------------------------------------------------------------------------- figures

    def is_alive(self, kind: str) -> bool:
        """Tell whether a process of a kind has beaten lately."""
        return self._any(select(b.process).where(b.kind == kind, b.beat_at > self._backing.database.time(-ALIVE_S)))

    def health(self) -> Health:
        """Count what operators watch, in one look; by index, however much is kept."""
        a = tables.alarm.c
        with self._backing.database.look() as connection:
            today = self._backing.now() - DAY
            outcomes = connection.execute(
                select(m.outcome, m.reason, func.count()).where(m.received_at > today).group_by(m.outcome, m.reason)
            )
            codes = connection.execute(
                select(o.code, func.count()).where(o.created_at > today, o.code.is_not(None)).group_by(o.code)
            )
            rows = connection.execute(select(o.state, func.count()).where(o.created_at > today).group_by(o.state))
            alarms = connection.execute(
                select(a.cause, a.subject, a.opened_at, a.last_at, a.count)
                .where(a.closed_at.is_(None))
                .order_by(a.opened_at)
            )
            queued = h.state == "queued"
            return Health(
                outcomes={(outcome, reason or ""): count for outcome, reason, count in outcomes},
                oldest_open_s=self._age(connection, select(func.min(m.received_at)).where(m.outcome == Outcome.OPEN)),
                rows={state: count for state, count in rows},
                oldest_unsent_s=self._age(
                    connection,
                    select(func.min(o.created_at)).where(
                        o.state.in_((RowState.WAITING, RowState.HELD, RowState.CLAIMED))
                    ),
                ),
                codes={code: count for code, count in codes},
                queued=connection.execute(select(func.count()).select_from(tables.handoff).where(queued)).scalar_one(),
                oldest_queued_s=self._age(connection, select(func.min(h.opened_at)).where(queued)),
                alarms=tuple(Alarm(*x) for x in alarms),
                beats=self._beats(connection),
                held=self._held(connection),
                held_numbers=self._held_numbers(connection),
            )

    def delivered(self, since: datetime, until: datetime) -> Mapping[tuple[str, str, str], int]:
        """Count what was delivered of the rows created in this time; by the index on `created_at`."""
        arrived = o.state.in_((RowState.DELIVERED, RowState.READ))
        kinds = (o.phone_number_id, o.category, func.coalesce(o.pricing_type, ""))
        statement = (
            select(*kinds, func.count())
            .where(o.created_at >= since, o.created_at < until, arrived, o.category.is_not(None))
            .group_by(*kinds)
        )
        with self._backing.database.look() as connection:
            return {(number, category, kind): count for number, category, kind, count in connection.execute(statement)}

    def _held(self, connection: Connection) -> Mapping[str, int]:
        """Count held rows by their reason; by the index of unsent rows."""
        statement = select(o.why, func.count()).where(o.state == RowState.HELD).group_by(o.why)
        return {why or "": count for why, count in connection.execute(statement)}

    def _held_numbers(self, connection: Connection) -> Mapping[str, str]:
        n = tables.number.c
        rows = connection.execute(select(n.id, n.why).where(n.held_until > self._backing.now()))
        return {number: why or "" for number, why in rows}

    def _age(self, connection: Connection, statement: object) -> float | None:
        since: datetime | None = connection.execute(statement).scalar()  # type: ignore[call-overload]
        return None if since is None else (self._backing.now() - since).total_seconds()

    def _beats(self, connection: Connection) -> tuple[tuple[str, float], ...]:
        time = self._backing.database.time
        rows = connection.execute(select(b.kind, b.beat_at, time().label("now")).where(b.beat_at > time(-60.0)))
        return tuple((row.kind, max(0.0, (row.now - row.beat_at).total_seconds())) for row in rows)
