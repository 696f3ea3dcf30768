"""Settling rows of the outbox: sent, held, doubtful, failed, and what Meta's statuses say of them (`docs/states.md` 4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, bindparam, exists, literal_column, or_, select, update
from sqlalchemy.sql.dml import ReturningUpdate, Update
from uuid_utils.compat import uuid7

from bot.model import Author, Outcome, RowState, Status, TemplateMessage
from bot.ports import Accepted, Claimed, Lost, Settled, StatusEffect
from bot.store import approvals, notices, tables
from bot.store.backing import Backing
from bot.store.database import Database
from bot.store.lane import CLAIM_S, IS_UNSETTLED, UNSETTLED, read_draft
from bot.store.sealed import EMPTIED

o, m, st = tables.outbox.c, tables.message.c, tables.status.c
IS_OPEN = m.outcome == literal_column(f"'{Outcome.OPEN}'")  # no bound value: only so a prepared plan may use the index
ERASED = "erased"  # why a row of an erased person stands where it stands: nothing is learnt about it any more
KEPT_BACK = "kept_back"  # why a row is sent and its notice is not: Meta waits to see how people take its template
OVERDUE = "overdue"  # the reason of a message handed over because its answer was late (`bot/turn.py`)
MAX_SENDS = 2  # an engine or staff row whose outcome nobody knows is sent once more
MAX_REVIVED = 3  # a row Meta accepted and then failed for a passing reason
REOPENED_S = 2.0
RANK = {"sent": 1, "delivered": 2, "read": 3, "played": 3}
BELOW = {
    "sent": (RowState.WAITING, RowState.HELD, RowState.CLAIMED),
    "delivered": (RowState.WAITING, RowState.HELD, RowState.CLAIMED, RowState.SENT),
    "read": (RowState.WAITING, RowState.HELD, RowState.CLAIMED, RowState.SENT, RowState.DELIVERED),
}
MORE = select(exists().where(o.conversation_id == bindparam("conversation"), IS_UNSETTLED))
SENT = (
    update(tables.outbox)
    .where(o.id == bindparam("row"), o.state == RowState.CLAIMED)
    .values(
        state=RowState.SENT,
        why=bindparam("reason"),
        wamid_hash=bindparam("wamid_hash"),
        wamid_sealed=bindparam("wamid_sealed"),
        sent_at=bindparam("sent_at"),
    )
)
ANSWERED = (
    update(tables.message)
    .where(or_(m.id == bindparam("message"), m.joined_id == bindparam("message")), IS_OPEN)
    .values(outcome=Outcome.ANSWERED, settled_at=bindparam("settled_at"))
)
_ROW: Select[Any] = select(o.id, o.why, o.state, o.conversation_id, o.message_id, o.settles, o.author).with_for_update()
_ROW = _ROW.where(o.phone_number_id == bindparam("number"))
ROW_BY_ID = _ROW.where(o.id == bindparam("it"))
ROW_BY_WAMID = _ROW.where(o.wamid_hash == bindparam("it"))


def _insert_status(database: Database) -> Any:
    return database.insert(tables.status).on_conflict_do_nothing().returning(st.id)


def _moved(name: str, is_priced: bool) -> Update:
    """Return the UPDATE of a locked row up to a status."""
    marks = ["wamid_hash", "wamid_sealed", f"{name}_at", *(("category", "pricing_type") if is_priced else ())]
    values: dict[str, Any] = {"state": RowState(name), "why": None} | {mark: bindparam(mark) for mark in marks}
    return update(tables.outbox).where(o.id == bindparam("row")).values(values)


MOVED = {(name, is_priced): _moved(name, is_priced) for name in BELOW for is_priced in (False, True)}


class SqlOutbox:
    """See `bot.ports.Outbox`."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing

    def sent(self, row: Claimed, accepted: Accepted) -> Settled:
        """Settle a claimed row as sent, then look whether more rows wait.

        The look comes after the commit: a lane that saw this row still claimed looks again after its own commit, so one
        of the two always sees the other's row.
        """
        seals, now = self._backing.seals, self._backing.now()
        wamid = {
            "wamid_hash": seals.digest("wamid", accepted.message_id),
            "wamid_sealed": seals.seal(accepted.message_id, "outbox", "wamid_sealed", row.id),
        }
        with self._backing.database.begin() as connection:
            why = KEPT_BACK if accepted.held else None
            connection.execute(SENT, {"row": row.id, "sent_at": now, "reason": why, **wamid})
            if row.draft.author is Author.NOTICE and not accepted.held:
                notices.note_sent(self._backing, connection, row.id)
            late = self._is_late(connection, row.draft.message_id if row.draft.settles else None)
        return Settled(self._more(row.conversation_id), late)

    def _is_late(self, connection: Connection, message_id: UUID | None) -> bool:
        """Mark a message as answered; True if it was handed over meanwhile only because its answer was late."""
        if message_id is None:
            return False
        answered = {"message": message_id, "settled_at": self._backing.now()}
        if connection.execute(ANSWERED, answered).rowcount:
            return False
        return connection.execute(select(m.reason).where(m.id == message_id)).scalar() == OVERDUE

    def _more(self, conversation_id: UUID) -> bool:
        with self._backing.database.look() as connection:
            return bool(connection.execute(MORE, {"conversation": conversation_id}).scalar())

    def renew(self, row: Claimed) -> bool:
        """Lease a claimed row anew, if this claim still holds."""
        database = self._backing.database
        mine = _mine(row).where(o.leased_until > database.time())
        with database.begin() as connection:
            return connection.execute(mine.values(leased_until=database.time(CLAIM_S))).rowcount > 0

    def unclaim(self, row: Claimed) -> None:
        """Give a claimed row back unsent; the attempt does not count."""
        self._settle(_mine(row).values(state=RowState.WAITING, attempts=o.attempts - 1, due_at=self._backing.now()))

    def hold(self, row: Claimed, until: datetime, why: str, code: int | None) -> None:
        """Hold a claimed row that was refused for now."""
        self._settle(_mine(row).values(state=RowState.HELD, due_at=until, why=why, code=code))

    def doubt(self, row: Claimed) -> None:
        """Keep a row claimed for another 20 s."""
        self._settle(_mine(row).values(why="unknown", leased_until=self._backing.database.time(CLAIM_S)))

    def failed(self, row: Claimed, why: str, code: int | None) -> None:
        """Settle a claimed row as failed."""
        with self._backing.database.begin() as connection:
            settled = connection.execute(_mine(row).values(state=RowState.FAILED, why=why, code=code))
            if settled.rowcount and row.draft.author is Author.NOTICE:
                notices.note_failed(self._backing, connection, row.id, why)

    def put_off(self, row: Claimed, why: str, code: int) -> None:
        """Withdraw a claimed row of a notice, to be derived again."""
        with self._backing.database.begin() as connection:
            settled = connection.execute(_mine(row).values(state=RowState.WITHDRAWN, why=why, code=code))
            if settled.rowcount:
                notices.note_put_off(connection, row.id)

    def derive_again(self, row_id: UUID) -> None:
        """Have a notice derived again whose row failed after all."""
        with self._backing.database.begin() as connection:
            notices.note_put_off(connection, row_id)

    def note_template(self, row_id: UUID, shown: str) -> str | None:
        """Note what a refusal shows of a row's template."""
        with self._backing.database.begin() as connection:
            row = connection.execute(select(tables.outbox).where(o.id == row_id)).first()
            if row is None or row.template is None or row.content_sealed == EMPTIED:
                return None
            content = read_draft(self._backing.seals, row).content
            if not isinstance(content, TemplateMessage):
                return None
            approvals.note_refused(self._backing, connection, content, shown)
            return content.name

    def hold_notices(self, phone_number_id: str) -> None:
        """Begin nothing from a number for a while."""
        with self._backing.database.begin() as connection:
            approvals.begin_nothing(self._backing, connection, phone_number_id)

    def holds_notices(self, phone_number_id: str) -> bool:
        """Tell whether a number begins nothing now."""
        with self._backing.database.look() as connection:
            return approvals.begins_nothing(self._backing, connection, phone_number_id)

    def give_up_kept_back(self) -> int:
        """Give to staff what Meta kept back for too long; by the index of notices on their way."""
        with self._backing.database.begin() as connection:
            return notices.give_up_kept_back(self._backing, connection, KEPT_BACK)

    def revive(self, row_id: UUID, until: datetime, why: str) -> bool:
        """Hold a row that failed after all, to be sent again."""
        statement = (
            update(tables.outbox)
            .where(o.id == row_id, o.state == RowState.FAILED, o.attempts < MAX_REVIVED, o.author != Author.NOTICE)
            .values(state=RowState.HELD, due_at=until, why=why)
        )
        with self._backing.database.begin() as connection:
            return connection.execute(statement).rowcount > 0

    def _settle(self, statement: Update) -> None:
        with self._backing.database.begin() as connection:
            connection.execute(statement)

    def settle_lost(self, row_id: UUID) -> Lost | None:
        """Settle a row whose claim ended with no status."""
        database = self._backing.database
        is_lost = (o.id == row_id) & (o.state == RowState.CLAIMED) & (o.leased_until < database.time())
        again = o.attempts < MAX_SENDS
        with database.begin() as connection:
            if not self._statuses_came_in(connection):
                return None
            retried = (
                update(tables.outbox)
                .where(is_lost, again, o.author != Author.NOTICE)
                .values(state=RowState.WAITING, why="unknown", due_at=self._backing.now())
            )
            if connection.execute(retried).rowcount:
                return None
            lost = update(tables.outbox).where(is_lost).values(state=RowState.FAILED, why="unknown")
            row = connection.execute(_returning(lost)).first()
            if row is not None and row.author == Author.NOTICE:
                notices.note_failed(self._backing, connection, row.id, "unknown")
        return None if row is None else _lost(row)

    def _statuses_came_in(self, connection: Connection) -> bool:
        """Tell whether a web process has been up for as long as a status may take; else silence means nothing."""
        b, time = tables.heartbeat.c, self._backing.database.time
        up = exists().where(b.kind == "web", b.started_at < time(-CLAIM_S), b.beat_at > time(-5.0))
        return bool(connection.execute(select(up)).scalar())

    # ------------------------------------------------------------------------------------------------------ statuses

    def note_statuses(self, statuses: Sequence[Status]) -> tuple[StatusEffect, ...]:
        """Record statuses in one transaction, in one order for every process, so that two batches cannot block each other."""
        if not statuses:
            return ()
        ordered = sorted(
            statuses, key=lambda status: (str(status.outbox_id), status.message_id, RANK.get(status.status, 9))
        )
        with self._backing.database.begin() as connection:
            return tuple(self._note(connection, status) for status in ordered)

    def _note(self, connection: Connection, status: Status) -> StatusEffect:
        digest = self._backing.seals.digest("wamid", status.message_id)
        row = self._row_of(connection, status, digest)
        if (row is not None and row.why == ERASED) or not self._insert(connection, status, digest, row):
            return StatusEffect(new=False)
        if row is None:
            return StatusEffect(new=True)
        if status.status == "failed":
            return self._fail(connection, row.id, status)
        return self._forward(connection, row, status, digest)

    def _row_of(self, connection: Connection, status: Status, digest: bytes) -> Row[Any] | None:
        """Lock the row a status is about: by our own id if it carries one and is ours, else by the wamid.

        Locked, so that a status comes either before the erasure of a person, and goes with it, or after it.
        """
        by, it = (ROW_BY_ID, status.outbox_id) if status.outbox_id is not None else (ROW_BY_WAMID, digest)
        found: Row[Any] | None = connection.execute(by, {"it": it, "number": status.phone_number_id}).first()
        return found

    def _insert(self, connection: Connection, status: Status, digest: bytes, row: Row[Any] | None) -> bool:
        new = connection.execute(
            self._backing.database.built(_insert_status),
            {
                "id": uuid7(),
                "phone_number_id": status.phone_number_id,
                "outbox_id": None if row is None else row.id,
                "wamid_hash": digest,
                "status": status.status,
                "code": status.errors[0] if status.errors else None,
                "category": status.category,
                "pricing_type": status.pricing_type,
                "at": status.at,
            },
        ).first()
        return new is not None

    def _forward(self, connection: Connection, row: Row[Any], status: Status, digest: bytes) -> StatusEffect:
        """Move a row up to what the status says; a row nobody had settled is settled by it."""
        name = "read" if status.status == "played" else status.status
        is_found = _is_found(row, name)
        if row.state in BELOW[name] or is_found:
            moved = MOVED[name, bool(status.category)]
            connection.execute(moved, self._marks(name, status, digest, row.id))
        if is_found:
            notices.note_arrived(self._backing, connection, row.id)
        if row.author == Author.NOTICE and (row.state in UNSETTLED or row.why == KEPT_BACK):
            notices.note_sent(self._backing, connection, row.id)
        if row.state not in UNSETTLED:
            return StatusEffect(new=True)
        late = self._is_late(connection, row.message_id if row.settles else None)
        return StatusEffect(new=True, conversation_id=row.conversation_id, late=late)

    def _marks(self, name: str, status: Status, digest: bytes, row_id: UUID) -> dict[str, Any]:
        sealed = self._backing.seals.seal(status.message_id, "outbox", "wamid_sealed", row_id)
        marks: dict[str, Any] = {"row": row_id, f"{name}_at": status.at, "wamid_hash": digest, "wamid_sealed": sealed}
        if status.category:
            marks |= {"category": status.category, "pricing_type": status.pricing_type}
        return marks

    def _fail(self, connection: Connection, row_id: UUID, status: Status) -> StatusEffect:
        """Mark a row as failed, unless the person has it already."""
        arrived = (RowState.DELIVERED, RowState.READ, RowState.FAILED)
        code = status.errors[0] if status.errors else 0
        is_doubted = (o.state == RowState.FAILED) & (o.why == "unknown") & (o.author == Author.NOTICE)
        statement = update(tables.outbox).where(o.id == row_id, or_(o.state.notin_(arrived), is_doubted))
        row = connection.execute(_returning(statement.values(state=RowState.FAILED, why="refused", code=code))).first()
        if row is None:
            return StatusEffect(new=True)
        if row.author == Author.NOTICE:
            notices.note_failed(self._backing, connection, row.id, "refused")
        self._reopen(connection, row.message_id)
        return StatusEffect(new=True, conversation_id=row.conversation_id, failed=_lost(row), code=code)

    def _reopen(self, connection: Connection, message_id: UUID | None) -> None:
        """Take back that a message was answered: its reply never arrived. Whoever is first hands it over, the watcher at the latest."""
        if message_id is None:
            return
        connection.execute(
            update(tables.message)
            .where(or_(m.id == message_id, m.joined_id == message_id), m.outcome == Outcome.ANSWERED)
            .values(outcome=Outcome.OPEN, settled_at=None, answer_by=self._backing.database.time(REOPENED_S))
        )

    def hold_number(self, phone_number_id: str, until: datetime | None, why: str | None) -> None:
        """Hold or free a number."""
        values = {"held_until": until, "why": why}
        with self._backing.database.begin() as connection:
            connection.execute(
                self._backing.database.insert(tables.number)
                .values(id=phone_number_id, **values)
                .on_conflict_do_update(index_elements=["id"], set_=values)
            )


def _is_found(row: Row[Any], name: str) -> bool:
    """Tell whether a notice that was given up went out after all: nobody knew, and Meta has it; or it reached its person."""
    is_given_up = row.author == Author.NOTICE and row.state == RowState.FAILED
    return is_given_up and (name != "sent" or row.why == "unknown")


def _mine(row: Claimed) -> Update:
    """Return an UPDATE of a row for as long as this very claim of it stands: a later one has counted one attempt more."""
    return update(tables.outbox).where(o.id == row.id, o.state == RowState.CLAIMED, o.attempts == row.attempts)


def _returning(statement: Update) -> ReturningUpdate[Any]:
    return statement.returning(o.id, o.conversation_id, o.phone_number_id, o.message_id, o.author, o.attempts)


def _lost(row: Row[Any]) -> Lost:
    return Lost(row.id, row.conversation_id, row.phone_number_id, row.message_id, Author(row.author), row.attempts)
