"""The lane: one conversation, locked, for the length of one transaction (`docs/states.md` 2, 4)."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Connection,
    Row,
    Select,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)
from uuid_utils.compat import uuid7

from bot.counter import TOP_PRIORITY
from bot.model import Author, Contact, IdentityChange, Message, Outcome, Owner, RowState
from bot.notices import PURPOSE, Owed, Timing
from bot.ports import (
    FALLBACK_TEAM,
    Ahead,
    Bucket,
    CallDraft,
    Chat,
    Claimed,
    Classified,
    Content,
    Decision,
    Draft,
    Drop,
    Facts,
    Gate,
    Hold,
    Holding,
    Inbound,
    Send,
    ToldOf,
)
from bot.safety import Screened
from bot.store import alarms, approvals, audit, classification, contents, known, media, notices, people, tables, waiting
from bot.store.agenda_tables import appointment
from bot.store.backing import Backing
from bot.store.database import AWAY, Database, translated
from bot.store.sealed import EMPTIED, SealBroken, Seals
from bot.store.unanswered import unanswered
from menus.model import Conversation
from menus.stored import StoredError, answers_to_json

log = logging.getLogger("sportello.store")

ANSWER_S = 4.0  # the watcher answers a message that is still open by then
CLAIM_S = 20.0  # how long a claim holds, and how long a status may take to name a row whose outcome nobody knows
ALARMING = ("emergency", "distress")  # handoffs that stay where they are
TAKEN = "taken"  # the reason of a conversation nobody waited in: staff took it from the assistant
WEEK = timedelta(days=7)
WAITS = 100  # the newest of a week are enough to tell the usual one
UNSETTLED = (RowState.WAITING, RowState.HELD, RowState.CLAIMED)

c, m, o, h = tables.conversation.c, tables.message.c, tables.outbox.c, tables.handoff.c


@dataclass(frozen=True, slots=True)
class _Written:
    """A draft sealed and numbered, ready to be inserted."""

    id: UUID
    draft: Draft
    values: dict[str, Any]


SAVE = (
    update(tables.conversation)
    .where(c.id == bindparam("row"))
    .values(
        {
            name: bindparam(name)
            for name in (
                "owner epoch turn flow node answers_sealed language team last_inbound_at greeted_at acknowledged behind position "
                "pair_tokens pair_at awaits_id offered"
            ).split()
        }
    )
)
# No bound values: PostgreSQL may use a partial index in a prepared plan only if it sees what is asked for.
IS_UNSETTLED = o.state.in_([literal_column(f"'{state}'") for state in UNSETTLED])
EMERGENCY_FIRST = case((o.author == Author.EMERGENCY, 0), else_=1)
NEXT_ROW = (
    select(tables.outbox)
    .where(o.conversation_id == bindparam("conversation"), IS_UNSETTLED)
    .order_by(EMERGENCY_FIRST, o.position)
    .limit(1)
)
INSERT_ROW = tables.outbox.insert()
k, n = tables.contact.c, tables.number.c
LOCKED = (
    select(tables.conversation, k.person_sealed, k.user_id_hash, k.wa_id_hash, n.held_until)
    .select_from(
        tables.conversation.join(tables.contact, k.id == c.contact_id).outerjoin(
            tables.number, n.id == c.phone_number_id
        )
    )
    .order_by(c.id)
    .with_for_update(of=tables.conversation)
)
BY_ID = LOCKED.where(c.id == bindparam("conversation"))
BY_IDS = LOCKED.where(
    k.phone_number_id == bindparam("number"),
    or_(k.user_id_hash == bindparam("user"), k.wa_id_hash == bindparam("phone")),  # one of them may be None: nobody's
)


HAS_UNSETTLED = exists().where(o.conversation_id == bindparam("conversation"), IS_UNSETTLED)


def _insert_message(database: Database) -> Any:
    """Return the INSERT of a message, which also tells whether rows of its conversation are unsettled.

    Not the locking SELECT: what that sees of other tables is as old as its beginning, before it waited for the lock.
    """
    insert = database.insert(tables.message).values(answer_by=database.time(ANSWER_S)).on_conflict_do_nothing()
    return insert.returning(m.id, HAS_UNSETTLED.label("has_unsettled"))


def _insert_claimed_row(database: Database) -> Any:
    return INSERT_ROW.values(leased_until=database.time(CLAIM_S))


class SqlLane:
    """A locked conversation; see `bot.ports.Lane`."""

    def __init__(self, backing: Backing, connection: Connection, found: Row[Any], is_new: bool = False) -> None:
        self._backing = backing
        self._plain = connection
        self._owes_savepoint = False
        self._contact_id: UUID = found.contact_id
        self._number_held_until = found.held_until
        self.contact, self.chat = self._opened(found)
        self._clean = self.chat
        self._drafts: list[_Written] = []
        self._is_new = is_new  # and nothing is recorded yet
        self._is_for_nothing = False
        self._dropped: list[Draft] = []
        self._may_wait = True  # rows that are not this lane's drafts
        self.has_queued = False

    def _opened(self, found: Row[Any]) -> tuple[Contact, Chat]:
        """Open what is sealed; what no key opens any more is begun anew, with an alarm, rather than leave somebody unheard."""
        seals = self._backing.seals
        try:
            return people.read(seals, found), _chat(seals, found)
        except (SealBroken, StoredError) as fault:
            log.error("conversation begun anew", extra={"conversation": str(found.id), "fault": type(fault).__name__})
            self.ring("unreadable", str(found.id))
            return people.read_or_nobody(seals, found), _chat_with(found, Conversation(found.language), None, None)

    @property
    def _connection(self) -> Connection:
        """Return the connection; a savepoint that was asked for is set only now, before its first statement."""
        if self._owes_savepoint:
            self._owes_savepoint = False
            self._plain.exec_driver_sql("SAVEPOINT message")
        return self._plain

    # ------------------------------------------------------------------------------------------------- what came in

    def record(self, message: Message, screened: Screened) -> Inbound | None:
        """Insert a message; the unique hash of its wamid decides whether it is new."""
        backing, row, now = self._backing, uuid7(), self._backing.now()
        sealed = backing.seals.seal(contents.message_to_json(message, screened), "message", "content_sealed", row)
        new = self._connection.execute(
            backing.database.built(_insert_message),
            {
                "id": row,
                "phone_number_id": message.phone_number_id,
                "conversation_id": self.chat.id,
                "wamid_hash": backing.seals.digest("wamid", message.id),
                "kind": message.kind[:40],
                "content_sealed": sealed,
                "alert": screened.alert,
                "sent_at": message.sent_at,
                "received_at": now,
                "decided_at": now,
                "outcome": Outcome.OPEN,
                "attempts": 0,
                "conversation": self.chat.id,
            },
        ).first()
        if new is None:
            self._is_for_nothing |= self._is_new
            return None
        self._is_new = self._is_for_nothing = False
        self._may_wait = bool(new.has_unsettled)
        self.chat = replace(self.chat, last_inbound_at=_later(self.chat.last_inbound_at, min(message.sent_at, now)))
        return Inbound(
            row, message.id, message.kind, screened.words, message.reply_id, message.regards, screened.alert,
            screened.cut, message.media, message.change, message.shape, message.sent_at, now,
        )  # fmt: skip

    def postpone(self, inbound: Inbound) -> None:
        """Leave a recorded message for a later lane."""
        self._connection.execute(update(tables.message).where(m.id == inbound.id).values(decided_at=None))
        self.chat = replace(self.chat, behind=True)

    def unworked(self) -> tuple[Inbound, ...]:
        """Return the open messages no lane has worked on, as WhatsApp dates them."""
        rows = self._connection.execute(
            select(tables.message)
            .where(m.conversation_id == self.chat.id, m.outcome == Outcome.OPEN, m.decided_at.is_(None))
            .order_by(m.sent_at, m.received_at, m.id)
        ).all()
        return tuple(read_inbound(self._backing.seals, row) for row in rows)

    def take(self, inbound: Inbound) -> None:
        """Note that a message left by an earlier lane is worked on from now."""
        self._connection.execute(
            update(tables.message).where(m.id == inbound.id).values(decided_at=self._backing.now())
        )

    def join(self, message_id: UUID, first: UUID) -> None:
        """Have a message share the verdict of the first one that awaits it."""
        self._connection.execute(update(tables.message).where(m.id == message_id).values(joined_id=first))

    def joined(self, first: UUID) -> tuple[Inbound, ...]:
        """Return the messages that share a verdict; by the index of the conversation."""
        theirs = or_(m.id == first, m.joined_id == first)
        rows = self._connection.execute(
            select(tables.message).where(m.conversation_id == self.chat.id, theirs).order_by(m.received_at, m.id)
        ).all()
        return tuple(read_inbound(self._backing.seals, row) for row in rows)

    def has_spam(self) -> bool:
        """Tell whether a message was put aside before; by the index of spam."""
        spam = select(m.id).where(m.conversation_id == self.chat.id, m.outcome == Outcome.IGNORED, m.reason == "spam")
        return self._connection.execute(spam.limit(1)).first() is not None

    def rescue(self, message_id: UUID) -> bool:
        """Give a message that was put aside to people."""
        done = self._connection.execute(
            update(tables.message)
            .where(m.id == message_id, m.outcome == Outcome.IGNORED, m.reason == "spam")
            .values(outcome=Outcome.HANDED, reason="rescued", settled_at=self._backing.now())
        )
        return done.rowcount > 0

    def note_classified(self, one: Classified) -> None:
        """Record what came of words that were no tap."""
        classification.insert(self._backing, self._connection, one)

    def open_file(self, message_id: UUID) -> UUID:
        """Note that the file of a message is to be fetched."""
        return media.insert(self._backing, self._connection, self.chat.phone_number_id, self.chat.id, message_id)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo the body's work on an error, in the database and in this lane. Raise StoreUnavailable if that is away."""
        chat, drafts = self.chat, tuple(self._drafts)
        self._owes_savepoint = True
        with translated():
            try:
                yield
            except AWAY:
                raise
            except BaseException:
                if not self._owes_savepoint:
                    self._plain.exec_driver_sql("ROLLBACK TO SAVEPOINT message")
                self.chat, self._drafts = chat, list(drafts)
                raise
            finally:
                self._owes_savepoint = False

    def fail(self, inbound: Inbound) -> int:
        """Count a failed attempt and leave the message for a later lane."""
        attempts = self._connection.execute(
            update(tables.message)
            .where(m.id == inbound.id)
            .values(attempts=m.attempts + 1, decided_at=None)
            .returning(m.attempts)
        ).scalar_one()
        self.chat = replace(self.chat, behind=True)
        return int(attempts)

    def settle(self, message_id: UUID, outcome: Outcome, reason: str | None = None) -> bool:
        """Say what became of an open message and of those that joined it."""
        done = self._connection.execute(
            update(tables.message)
            .where(or_(m.id == message_id, m.joined_id == message_id), m.outcome == Outcome.OPEN)
            .values(outcome=outcome, reason=reason, settled_at=self._backing.now(), decided_at=self._backing.now())
        )
        return done.rowcount > 0

    def forget_words(self, wamid: str) -> None:
        """Delete the words of a message its sender took back; that it was there stays known."""
        seals = self._backing.seals
        row = self._connection.execute(
            select(m.id, m.content_sealed).where(
                m.wamid_hash == seals.digest("wamid", wamid), m.conversation_id == self.chat.id
            )
        ).first()
        if row is None or row.content_sealed == EMPTIED:
            return
        content = json.loads(seals.open(row.content_sealed, "message", "content_sealed", row.id))
        kept = json.dumps({key: value for key, value in content.items() if key not in ("words", "media")})
        sealed = seals.seal(kept, "message", "content_sealed", row.id)
        self._connection.execute(update(tables.message).where(m.id == row.id).values(content_sealed=sealed))

    def ring(self, cause: str, subject: str) -> None:
        """Open an alarm with this lane."""
        alarms.ring(self._backing, self._connection, cause, subject)

    def note_act(self, actor: str, action: str) -> None:
        """Note in the audit what somebody does here."""
        audit.note(self._backing, self._connection, actor, action, ("conversation", self.chat.id))

    def stop(self, purpose: str, stopped: bool) -> bool:
        """Note a stop, or take it back."""
        if stopped:
            return people.stop(self._backing, self._connection, self._contact_id, purpose)
        return people.resume(self._connection, self._contact_id, purpose)

    def rekey(self, change: IdentityChange) -> None:
        """Give the contact its new ids; what was known of the patient counts as unproven from now."""
        known.forget_unproven(self._connection, self._contact_id)
        waiting.forget_unproven(self._backing, self._connection, self._contact_id)
        self.contact = people.rekey(self._backing, self._connection, self._contact_id, self.contact, change)

    # ----------------------------------------------------------------------------------------------- what is decided

    def save(self, chat: Chat) -> None:
        """Keep the conversation; written once, when the lane ends."""
        self.chat = chat

    def queue(self, drafts: Sequence[Draft]) -> None:
        """Seal and number the drafts; they are inserted when the lane ends, the first perhaps as claimed."""
        self.has_queued |= bool(drafts)
        for draft in drafts:
            self._put(uuid7(), draft)

    def _put(self, row: UUID, draft: Draft) -> None:
        self.chat = replace(self.chat, position=self.chat.position + 1)
        self._drafts.append(_Written(row, draft, self._row_values(row, draft)))

    def give_notice(self, owed: Owed, timing: Timing, content: Content) -> bool:
        """Claim a notice and queue its row, both with this lane."""
        row = uuid7()
        if not notices.claim(self._backing, self._connection, owed, timing, row):
            return False
        draft = Draft(
            Author.NOTICE,
            self.chat.epoch,
            content,
            revision=owed.notice.revision,
            expires_at=timing.until,
            purpose=PURPOSE,
        )
        self.has_queued = True
        self._put(row, draft)
        return True

    def is_theirs(self, appointment_id: UUID) -> bool:
        """Tell whether an appointment was made by this person."""
        a = appointment.c
        theirs = select(a.id).where(a.id == appointment_id, a.contact_id == self._contact_id)
        return self._connection.execute(theirs).first() is not None

    def unanswered(self, before: UUID) -> tuple[ToldOf, ...]:
        """Return the notices after which nothing was said before a message."""
        return unanswered(self._backing, self._connection, self.chat.id, before)

    def _row_values(self, row: UUID, draft: Draft) -> dict[str, Any]:
        now, content = self._backing.now(), contents.content_to_json(draft.content)
        return {
            "id": row,
            "phone_number_id": self.chat.phone_number_id,
            "conversation_id": self.chat.id,
            "message_id": draft.message_id,
            "settles": draft.settles,
            "position": self.chat.position,
            "author": draft.author,
            "epoch": draft.epoch,
            "revision": draft.revision,
            "content_sealed": self._backing.seals.seal(content, "outbox", "content_sealed", row),
            "template": getattr(draft.content, "name", None),
            "purpose": draft.purpose,
            "state": RowState.WAITING,
            "why": None,
            "attempts": 0,
            "due_at": now,
            "leased_until": None,
            "expires_at": draft.expires_at,
            "created_at": now,
        }

    def withdraw(self, why: str) -> None:
        """Withdraw the engine's rows that nobody has claimed, those of this lane too; who waited for them is with people now."""
        is_unclaimed = o.state.in_((RowState.WAITING, RowState.HELD))
        withdrawn = self._connection.execute(
            update(tables.outbox)
            .where(o.conversation_id == self.chat.id, o.author == Author.ENGINE, is_unclaimed)
            .values(state=RowState.WITHDRAWN, why=why)
            .returning(o.message_id)
        ).scalars()
        for message_id in {row for row in withdrawn.all() if row is not None}:
            self.settle(message_id, Outcome.HANDED, why)
        for written in self._drafts:
            if written.draft.author is Author.ENGINE:
                written.values.update(state=RowState.WITHDRAWN, why=why)

    def open_call(self, draft: CallDraft) -> UUID:
        """Store a call once per (message, step)."""
        row = uuid7()
        arguments = json.dumps([answers_to_json(draft.answers), draft.language])
        sealed = self._backing.seals.seal(arguments, "call", "arguments_sealed", row)
        new = self._connection.execute(
            self._backing.database.insert(tables.call)
            .values(
                id=row,
                message_id=draft.message_id,
                conversation_id=self.chat.id,
                step=draft.step,
                turn=draft.turn,
                epoch=draft.epoch,
                action=draft.action,
                place=draft.place,
                arguments_sealed=sealed,
                state="pending",
                attempts=0,
                leased_until=self._backing.database.time(1.0),  # whoever decided it has a second to begin
                created_at=self._backing.now(),
            )
            .on_conflict_do_nothing()
            .returning(tables.call.c.id)
        ).scalar()
        if new is not None:
            return row
        same = select(tables.call.c.id).where(
            tables.call.c.message_id == draft.message_id, tables.call.c.step == draft.step
        )
        found: UUID = self._connection.execute(same).scalar_one()
        return found

    def end_call(self, call_id: UUID, outcome: str | None) -> bool:
        """Mark a call done, or dropped."""
        done = self._connection.execute(
            update(tables.call)
            .where(tables.call.c.id == call_id, tables.call.c.state.in_(("pending", "running")))
            .values(state="done" if outcome else "dropped", outcome=outcome, done_at=self._backing.now())
        )
        return done.rowcount > 0

    # --------------------------------------------------------------------------------------------------- handing off

    def hand_off(self, team: str, reason: str, priority: int) -> UUID:
        """Open a handoff, or raise the live one's priority; the unique index keeps one live per conversation."""
        live = self._connection.execute(
            select(h.id, h.priority).where(h.conversation_id == self.chat.id, h.state != "closed")
        ).first()
        if live is None:
            return self._open_handoff(team, reason, priority)
        if priority > live.priority:
            # Who has the conversation keeps it, and sees it first: nobody else's queue would show it to them.
            moved = case((h.state == "queued", team), else_=h.team)
            raised = update(tables.handoff).where(h.id == live.id).values(priority=priority, reason=reason, team=moved)
            self._connection.execute(raised)
        found: UUID = live.id
        return found

    def _open_handoff(self, team: str, reason: str, priority: int) -> UUID:
        row = uuid7()
        self._connection.execute(
            tables.handoff.insert().values(
                id=row,
                phone_number_id=self.chat.phone_number_id,
                conversation_id=self.chat.id,
                state="queued",
                team=team,
                reason=reason,
                priority=priority,
                opened_at=self._backing.now(),
            )
        )
        return row

    def claim_handoff(self, staff: str) -> bool:
        """Mark the live handoff as claimed."""
        done = self._connection.execute(
            update(tables.handoff)
            .where(h.conversation_id == self.chat.id, h.state != "closed")
            .values(state="claimed", claimed_by=staff, claimed_at=self._backing.now())
            .returning(h.id)
        ).scalar()
        return self._silence(done)

    def _silence(self, handoff: UUID | None) -> bool:
        """Close the alarms a handoff rang, now that somebody has taken or closed it; False if there was no handoff."""
        if handoff is not None:
            alarms.silence(self._backing, self._connection, str(handoff))
        return handoff is not None

    def pass_on(self, team: str) -> None:
        """Give a handoff nobody has claimed to another team, unless it is an emergency."""
        self._connection.execute(
            update(tables.handoff)
            .where(h.conversation_id == self.chat.id, h.state == "queued", h.reason.notin_(ALARMING))
            .values(team=team)
        )

    def holding(self) -> Holding:
        """Return whose conversation it is, and who of the staff has it."""
        newest = select(h.team, h.state, h.claimed_by).where(h.conversation_id == self.chat.id)
        row = self._connection.execute(newest.order_by(h.state == "closed", h.opened_at.desc()).limit(1)).first()
        if row is None:
            return Holding(self.chat.team or FALLBACK_TEAM, None)
        return Holding(row.team, row.claimed_by if row.state == "claimed" else None)

    def requeue(self, team: str) -> bool:
        """Give the live handoff to a team, for whoever takes it; False if there is none."""
        done = self._connection.execute(
            update(tables.handoff)
            .where(h.conversation_id == self.chat.id, h.state != "closed")
            .values(state="queued", team=team, claimed_by=None, claimed_at=None, escalations=None)
        )
        return done.rowcount > 0

    def ahead(self, team: str) -> Ahead:
        """Return where the conversation stands among those that wait for a team, and how long others waited this week."""
        own = select(h.priority, h.opened_at).where(h.conversation_id == self.chat.id, h.state == "queued")
        mine = self._connection.execute(own).first()
        place = 1
        if mine is not None:
            earlier = or_(h.priority >= TOP_PRIORITY, h.opened_at < mine.opened_at)
            before = select(func.count()).where(h.state == "queued", h.team == team, h.conversation_id != self.chat.id)
            place += self._connection.execute(before.where(earlier)).scalar_one()
        return Ahead(place, self._waits(team))

    def _waits(self, team: str) -> tuple[tuple[datetime, float], ...]:
        week = self._backing.now() - WEEK
        waited = select(h.opened_at, h.claimed_at).where(
            h.team == team, h.claimed_at >= week, h.reason.notin_((*ALARMING, TAKEN))
        )
        rows = self._connection.execute(waited.order_by(h.claimed_at.desc()).limit(WAITS))
        return tuple((row.opened_at, (row.claimed_at - row.opened_at).total_seconds()) for row in rows)

    def queued_for(self) -> str | None:
        """Return the reason of the live handoff that nobody has claimed and nobody has written anything to since."""
        written = exists().where(m.conversation_id == self.chat.id, m.reason == "in_queue", m.settled_at >= h.opened_at)
        reason: str | None = self._connection.execute(
            select(h.reason).where(h.conversation_id == self.chat.id, h.state == "queued", ~written)
        ).scalar()
        return reason

    def has_unsaid(self) -> bool:
        """Tell whether an engine row waits that nobody has claimed."""
        is_unclaimed = o.state.in_((RowState.WAITING, RowState.HELD))
        unsaid = select(o.id).where(o.conversation_id == self.chat.id, o.author == Author.ENGINE, is_unclaimed)
        return self._connection.execute(unsaid.limit(1)).first() is not None

    def close_handoff(self, closed_to: str) -> bool:
        """Close the live handoff, and the alarms it rang."""
        done = self._connection.execute(
            update(tables.handoff)
            .where(h.conversation_id == self.chat.id, h.state != "closed")
            .values(state="closed", closed_at=self._backing.now(), closed_to=closed_to)
            .returning(h.id, h.team, h.claimed_by)
        ).first()
        if done is not None and done.claimed_by is not None:
            place = closed_to.partition("/")[0]
            did = f"person:{done.team}" if place == "main" else place
            classification.note_staff(self._connection, self.chat.id, did)
        return self._silence(done.id if done is not None else None)

    # ------------------------------------------------------------------------------------------------------ claiming

    def claim(self, gate: Gate) -> Claimed | None:
        """Claim the next row: an emergency first, then what waits in the outbox, then what this lane has queued."""
        claimed = self._claim_draft(gate, Author.EMERGENCY) or self._claim_waiting(gate)
        self.flush()
        return claimed

    def take_dropped(self) -> tuple[Draft, ...]:
        """Return, once, what the gate dropped."""
        dropped, self._dropped = tuple(self._dropped), []
        return dropped

    def _claim_waiting(self, gate: Gate) -> Claimed | None:
        while self._may_wait and (row := self._next_row()) is not None:
            if row.state == RowState.CLAIMED or row.due_at > self._backing.now():
                return None
            draft = read_draft(self._backing.seals, row)
            decision = gate(draft, self._facts(row.id, draft))
            self._connection.execute(update(tables.outbox).where(o.id == row.id).values(self._effect(decision)))
            if isinstance(decision, Send):
                return self._claimed(row.id, draft, row.attempts + 1, decision)
            if isinstance(decision, Hold):
                return None
            self._drop(row.id, draft, decision)
        return self._claim_draft(gate, None)

    def _claim_draft(self, gate: Gate, author: Author | None) -> Claimed | None:
        """Claim the first draft of this lane (of `author`, if given) that may be sent."""
        for written in self._drafts:
            if written.values["state"] != RowState.WAITING or (author and written.draft.author is not author):
                continue
            decision = gate(written.draft, self._facts(written.id, written.draft))
            written.values.update(self._effect(decision))
            if isinstance(decision, Send):
                written.values["attempts"] = 1
                del written.values["leased_until"]  # the INSERT of a claimed row brings its own
                return self._claimed(written.id, written.draft, 1, decision)
            if isinstance(decision, Hold):
                return None
            self._drop(written.id, written.draft, decision)
        return None

    def _drop(self, row: UUID, draft: Draft, decision: Drop) -> None:
        self._dropped.append(draft)
        if draft.author is Author.NOTICE:
            notices.note_dropped(self._backing, self._connection, row, decision)

    def _next_row(self) -> Row[Any] | None:
        return self._connection.execute(NEXT_ROW, {"conversation": self.chat.id}).first()

    def _facts(self, row: UUID, draft: Draft) -> Facts:
        chat, is_notice = self.chat, draft.author is Author.NOTICE
        stopped = people.stopped(self._connection, self._contact_id) if is_notice else frozenset()
        return Facts(
            self._backing.now(),
            chat.owner,
            chat.epoch,
            chat.last_inbound_at,
            chat.bucket,
            self._number_held_until,
            stopped,
            notices.about(self._connection, row, self.contact) if is_notice else None,
            not is_notice or approvals.lets(self._backing, self._connection, draft.content, chat.phone_number_id),
        )

    def _effect(self, decision: Decision) -> dict[str, Any]:
        if isinstance(decision, Send):
            until = self._backing.database.time(CLAIM_S)
            return {"state": RowState.CLAIMED, "why": None, "leased_until": until, "attempts": o.attempts + 1}
        if isinstance(decision, Hold):
            return {"state": RowState.HELD, "why": decision.why, "due_at": decision.until}
        return {"state": decision.state, "why": decision.why}

    def _claimed(self, row: UUID, draft: Draft, attempts: int, decision: Send) -> Claimed:
        self.chat = replace(self.chat, bucket=decision.bucket)
        language = self.chat.standing.language
        return Claimed(row, self.chat.id, self.chat.phone_number_id, self.contact, language, draft, attempts)

    def flush(self) -> None:
        """Write what the lane decided: the conversation, then its drafts.

        A contact made for nothing is taken back: a message that WhatsApp repeats after its person was erased.
        """
        if self._is_for_nothing:
            self._connection.execute(delete(tables.contact).where(tables.contact.c.id == self._contact_id))
            return
        if self.chat is not self._clean:
            self._connection.execute(SAVE, _save_values(self._backing.seals, self.chat))
            self._clean = self.chat
        if self._drafts:
            for written in self._drafts:
                is_claimed = written.values["state"] == RowState.CLAIMED
                statement = self._backing.database.built(_insert_claimed_row) if is_claimed else INSERT_ROW
                self._connection.execute(statement, written.values)
            self._drafts, self._may_wait = [], True


def _standing(seals: Seals, row: Row[Any]) -> tuple[Conversation, str | None, datetime | None]:
    """Read where a person stands; what was deleted after a long silence begins anew."""
    if row.answers_sealed == EMPTIED:
        return Conversation(row.language, turn=row.turn), None, None
    return contents.standing_from_json(seals.open(row.answers_sealed, "conversation", "answers_sealed", row.id))


def _chat(seals: Seals, row: Row[Any]) -> Chat:
    return _chat_with(row, *_standing(seals, row))


def _chat_with(row: Row[Any], standing: Conversation, last_tap: str | None, last_tap_at: datetime | None) -> Chat:
    return Chat(
        id=row.id,
        phone_number_id=row.phone_number_id,
        contact_id=row.contact_id,
        owner=Owner(row.owner),
        epoch=row.epoch,
        standing=standing,
        team=row.team,
        last_inbound_at=row.last_inbound_at,
        greeted_at=row.greeted_at,
        acknowledged=row.acknowledged,
        behind=row.behind,
        position=row.position,
        bucket=Bucket(row.pair_tokens, row.pair_at),
        last_tap=last_tap,
        last_tap_at=last_tap_at,
        awaits=row.awaits_id,
        offered=tuple((row.offered or "").split()),
    )


def _save_values(seals: Seals, chat: Chat) -> dict[str, Any]:
    text = contents.standing_to_json(chat.standing, chat.last_tap, chat.last_tap_at)
    at = chat.standing.at
    return {
        "row": chat.id,
        "owner": chat.owner,
        "epoch": chat.epoch,
        "turn": chat.standing.turn,
        "flow": at.flow if at else None,
        "node": at.node if at else None,
        "answers_sealed": seals.seal(text, "conversation", "answers_sealed", chat.id),
        "language": chat.standing.language,
        "team": chat.team,
        "last_inbound_at": chat.last_inbound_at,
        "greeted_at": chat.greeted_at,
        "acknowledged": chat.acknowledged,
        "behind": chat.behind,
        "position": chat.position,
        "pair_tokens": chat.bucket.tokens,
        "pair_at": chat.bucket.at,
        "awaits_id": chat.awaits,
        "offered": " ".join(chat.offered)[:400] or None,
    }


def read_inbound(seals: Seals, row: Row[Any]) -> Inbound:
    """Read a stored message."""
    content = json.loads(seals.open(row.content_sealed, "message", "content_sealed", row.id))
    return Inbound(
        id=row.id,
        wamid=content["wamid"],
        kind=row.kind,
        words=content.get("words"),
        reply_id=content.get("reply_id"),
        regards=content.get("regards"),
        alert=row.alert,
        cut=tuple(content.get("cut", ())),
        media=contents.media_from(content),
        change=contents.change_from(content),
        shape=contents.shape_from(content),
        sent_at=row.sent_at,
        received_at=row.received_at,
        attempts=row.attempts,
    )


def read_draft(seals: Seals, row: Row[Any]) -> Draft:
    """Read a stored row of the outbox."""
    content = contents.content_from_json(seals.open(row.content_sealed, "outbox", "content_sealed", row.id))
    return Draft(
        Author(row.author), row.epoch, content, row.message_id, row.settles, row.revision, row.expires_at, row.purpose
    )


def _later(one: datetime | None, other: datetime) -> datetime:
    return other if one is None or other > one else one


def new_conversation(
    backing: Backing, connection: Connection, phone_number_id: str, contact_id: UUID, language: str
) -> None:
    """Insert the conversation of a new contact."""
    row, now = uuid7(), backing.now()
    text = contents.standing_to_json(Conversation(language), None, None)
    connection.execute(
        backing.database.insert(tables.conversation)
        .values(
            id=row,
            phone_number_id=phone_number_id,
            contact_id=contact_id,
            owner=Owner.BOT,
            epoch=0,
            turn=0,
            answers_sealed=backing.seals.seal(text, "conversation", "answers_sealed", row),
            language=language,
            acknowledged=False,
            behind=False,
            position=0,
            pair_tokens=45.0,
            pair_at=now,
            created_at=now,
        )
        .on_conflict_do_nothing()
    )


def lock(connection: Connection, where: Any) -> Sequence[Row[Any]]:
    """Lock the conversations that match a condition of the caller's own; see `locked`."""
    return locked(connection, LOCKED.where(where), {})


def locked(connection: Connection, which: Select[Any], values: Mapping[str, Any]) -> Sequence[Row[Any]]:
    """Lock the conversations that `which` (`BY_ID`, `BY_IDS`) finds, with their contact and number, in the order of their ids.

    Those of erased people are there for nobody. Their mark is on the conversation too because PostgreSQL, having waited
    for a lock, reads the locked row again and no other: a contact's mark would not be seen by who waited for its erasure.
    It is looked at here, not in the query: of a table never analysed PostgreSQL believes that one row in 200 has no mark,
    begins with all conversations, and looks through all contacts for each of them (4 s at 5,000 people).
    """
    return [row for row in connection.execute(which, values) if row.erased_at is None]
