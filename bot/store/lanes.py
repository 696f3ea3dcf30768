"""The conversations: locking one, recording many at once, leasing calls, and the queue of handoffs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, case, select, update

from bot.model import Contact, Message
from bot.ports import CallDraft, LeasedCall, NobodyThere, QueueEntry
from bot.safety import Screened
from bot.store import people, tables
from bot.store.backing import Backing
from bot.store.lane import ALARMING, BY_ID, BY_IDS, SqlLane, locked, new_conversation
from bot.store.sealed import EMPTIED
from menus.stored import answers_from_json

CALL_S = 15.0  # how long a running call is left alone
MODEL_S = (
    2.5  # whoever classifies has until three seconds after the receipt: then somebody else answers from the examples
)


class SqlLanes:
    """See `bot.ports.Lanes`."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing

    @contextmanager
    def lane(self, phone_number_id: str, contact: Contact, language: str, sent_at: datetime) -> Iterator[SqlLane]:
        """Lock the conversation of a contact, made if new."""
        with self._backing.database.begin() as connection:
            lane = self._open(connection, phone_number_id, contact, language, sent_at)
            yield lane
            lane.flush()

    @contextmanager
    def lane_of(self, conversation_id: UUID) -> Iterator[SqlLane]:
        """Lock a conversation by its id."""
        with self._backing.database.begin() as connection:
            rows = locked(connection, BY_ID, {"conversation": conversation_id})
            if not rows:
                raise NobodyThere(f"no conversation {conversation_id}")
            lane = SqlLane(self._backing, connection, rows[0])
            yield lane
            lane.flush()

    def record_all(self, messages: Sequence[tuple[Message, Screened]], language: str) -> tuple[UUID, ...]:
        """Store many messages in one transaction; return the conversations now behind, emergencies first.

        Contacts are locked in one order, so that two batches cannot block each other.
        """
        behind: dict[UUID, bool] = {}
        with self._backing.database.begin() as connection:
            for group in _by_contact(messages):
                first = group[0][0]
                lane = self._open(connection, first.phone_number_id, first.contact, language, first.sent_at)
                for message, screened in group:
                    inbound = lane.record(message, screened)
                    if inbound is not None:
                        lane.postpone(inbound)
                        behind[lane.chat.id] = behind.get(lane.chat.id, False) or inbound.alert in ALARMING
                lane.flush()
        return tuple(sorted(behind, key=lambda conversation: not behind[conversation]))

    def _open(
        self, connection: Connection, phone_number_id: str, contact: Contact, language: str, sent_at: datetime
    ) -> SqlLane:
        backing = self._backing
        user, phone = people.hashes(backing.seals, contact)
        ids = {"number": phone_number_id, "user": user, "phone": phone}
        rows, is_new = locked(connection, BY_IDS, ids), False
        row = self._choose(connection, rows, user, sent_at)
        while row is None:
            if user is not None and not all(people.is_news(other, sent_at) for other in rows):
                contact = replace(contact, wa_id=None)  # the number is somebody else's since this was sent
            is_new = self._make(connection, phone_number_id, contact, language)
            # Whoever was faster may be this person, or somebody who has only the phone number in common with them.
            rows = locked(connection, BY_IDS, ids)
            row = self._choose(connection, rows, user, sent_at)
        lane = SqlLane(backing, connection, row, is_new=is_new)
        if people.is_news(row, sent_at):
            lane.contact = people.learn(backing, connection, row.contact_id, lane.contact, contact)
        return lane

    def _make(self, connection: Connection, phone_number_id: str, contact: Contact, language: str) -> bool:
        """Insert a contact with its conversation; False if another process was faster with one of the ids."""
        contact_id = people.insert(self._backing, connection, phone_number_id, contact)
        if contact_id is not None:
            new_conversation(self._backing, connection, phone_number_id, contact_id, language)
        return contact_id is not None

    def _choose(
        self, connection: Connection, rows: Sequence[Row[Any]], user: bytes | None, sent_at: datetime
    ) -> Row[Any] | None:
        """Choose who writes: the user id decides; whoever else was found by the phone number loses it.

        A message older than what the other wrote last moves no number: WhatsApp repeats old ones for days.
        """
        ours = [row for row in rows if people.belongs(row, user, sent_at)]
        ours.sort(key=lambda row: row.user_id_hash != user)
        chosen = ours[0] if ours else None
        for row in rows:
            if row is not chosen and people.is_news(row, sent_at):
                people.release_phone(self._backing, connection, row)
        return chosen

    def lease_call(self, call_id: UUID) -> LeasedCall | None:
        """Lease a call by one UPDATE: pending, or running with a lease that ended."""
        t, database = tables.call.c, self._backing.database
        until = case((t.place == "model", database.time(MODEL_S)), else_=database.time(CALL_S))
        is_free = (t.state == "pending") | ((t.state == "running") & (t.leased_until < database.time()))
        with database.begin() as connection:
            row = connection.execute(
                update(tables.call)
                .where(t.id == call_id, is_free)
                .values(state="running", leased_until=until, attempts=t.attempts + 1)
                .returning(*t)
            ).first()
        return None if row is None else self._leased(row)

    def call(self, call_id: UUID) -> LeasedCall | None:
        """Return a call as it stands."""
        with self._backing.database.look() as connection:
            row = connection.execute(select(tables.call).where(tables.call.c.id == call_id)).first()
        return None if row is None or row.arguments_sealed == EMPTIED else self._leased(row)

    def _leased(self, row: Row[Any]) -> LeasedCall:
        text = self._backing.seals.open(row.arguments_sealed, "call", "arguments_sealed", row.id)
        answers, language = json.loads(text)
        draft = CallDraft(
            row.message_id, row.step, row.turn, row.epoch, row.action, row.place, answers_from_json(answers), language
        )
        return LeasedCall(row.id, row.conversation_id, draft, row.attempts)

    def whose(self, conversation_id: UUID) -> tuple[UUID, Contact]:
        """Return whom a conversation is with."""
        k, c = tables.contact.c, tables.conversation.c
        statement: Select[Any] = (
            select(k.id.label("contact_id"), k.person_sealed)
            .join(tables.conversation, c.contact_id == k.id)
            .where(c.id == conversation_id, k.erased_at.is_(None))
        )
        with self._backing.database.look() as connection:
            row = connection.execute(statement).first()
        if row is None:
            raise NobodyThere(f"conversation {conversation_id}")
        return row.contact_id, people.read_or_nobody(self._backing.seals, row)

    def queue_entries(self) -> tuple[QueueEntry, ...]:
        """Return the live handoffs, most urgent and oldest first."""
        h = tables.handoff.c
        statement = select(tables.handoff).where(h.state != "closed").order_by(h.priority.desc(), h.opened_at)
        with self._backing.database.begin() as connection:
            rows = connection.execute(statement).all()
        return tuple(
            QueueEntry(r.id, r.conversation_id, r.state, r.team, r.reason, r.priority, r.opened_at, r.claimed_by)
            for r in rows
        )


def _by_contact(messages: Sequence[tuple[Message, Screened]]) -> list[list[tuple[Message, Screened]]]:
    """Group a batch by who writes, in one order for every process; within a person by WhatsApp's time."""
    groups: dict[tuple[str, str], list[tuple[Message, Screened]]] = {}
    for message, screened in messages:
        key = (message.phone_number_id, message.contact.user_id or message.contact.wa_id or "")
        groups.setdefault(key, []).append((message, screened))
    return [sorted(groups[key], key=lambda one: one[0].sent_at) for key in sorted(groups)]
