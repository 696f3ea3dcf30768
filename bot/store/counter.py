"""What the people at the counter read and write down (`bot/counter.py`): every statement asks for the asker's teams.

What another team has is not found, and what it had before is shown as a stretch without content. Who reads a conversation
stands in the audit.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, and_, case, delete, func, or_, select, true
from uuid_utils.compat import uuid7

from bot.counter import URGENT, Apart, Card, ChatView, Found, Heard, Kept, Line, Note, QueueRow, Spoken, Staff
from bot.model import Author, Contact, Outcome, Owner, RowState
from bot.ports import FALLBACK_TEAM
from bot.store import audit, contents, people, tables
from bot.store.backing import Backing
from bot.store.sealed import SealBroken
from menus.model import Conversation

NEWEST = 150  # lines shown of a conversation, unless the whole is asked for
WHOLE = 3000
MOST_ROWS = 300  # of the queue
MOST_FOUND = 20
READ_AGAIN = timedelta(minutes=10)  # looking on at what one reads is one reading
BROUGHT_BY = timedelta(seconds=10)  # what was written just before a request is what brought it
MOST_KEPT = 200  # of what was kept from the queue
READ, READ_QUEUE, READ_SPAM, SEARCH, NOTE, LABEL = "read", "read_queue", "read_spam", "search", "note", "label"

k, c, m, o = tables.contact.c, tables.conversation.c, tables.message.c, tables.outbox.c
h, n, lb, au = tables.handoff.c, tables.note.c, tables.label.c, tables.audit.c

IS_CLOSED = case((h.state == "closed", 1), else_=0)


def _of_newest(column: Any) -> Any:
    """Return a column of a conversation's live handoff, or of its last one."""
    newest = select(column).where(h.conversation_id == c.id).order_by(IS_CLOSED, h.opened_at.desc()).limit(1)
    return newest.correlate(tables.conversation).scalar_subquery()


TEAM = func.coalesce(_of_newest(h.team), c.team, FALLBACK_TEAM)
# Staff's first row under an epoch is the transition's own words; whoever said no more than that has not answered.
ANSWERED_AT = (
    select(case((func.count() > 1, func.max(o.created_at)), else_=None))
    .where(o.conversation_id == c.id, o.author == Author.STAFF, o.epoch == c.epoch)
    .correlate(tables.conversation)
    .scalar_subquery()
)


def _is_seen_by(staff: Staff) -> Any:
    """Say that a conversation is there for somebody: of one of their teams, or held by them."""
    if staff.teams is None:
        return true()
    held = (
        select(h.id)
        .where(h.conversation_id == c.id, h.state == "claimed", h.claimed_by == staff.id)
        .correlate(tables.conversation)
        .exists()
    )
    return or_(TEAM.in_(sorted(staff.teams)), held)


def conversations_for(staff: Staff) -> Select[Any]:
    """Return every conversation that is there for somebody, with who it is with."""
    joined = tables.conversation.join(tables.contact, k.id == c.contact_id)
    shown = select(tables.conversation, k.person_sealed, TEAM.label("owned_by")).select_from(joined)
    return shown.where(c.erased_at.is_(None), _is_seen_by(staff))


@dataclass(frozen=True, slots=True)
class _Stretch:
    """When another team had the conversation."""

    since: datetime
    until: datetime
    team: str


class SqlCounter:
    """See `bot.counter.Counter`."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing

    # -------------------------------------------------------------------------------------------------------- the queue

    def queue(self, staff: Staff) -> tuple[QueueRow, ...]:
        """Return the live handoffs that are there for the asker: urgent first, then the oldest."""
        with self._backing.database.look() as connection:
            rows = connection.execute(self._live(staff)).all()
            labels = self._labels(connection, [row.conversation_id for row in rows])
        return tuple(self._queue_row(row, labels.get(row.conversation_id, ())) for row in rows)

    def _live(self, staff: Staff) -> Select[Any]:
        joined = tables.handoff.join(tables.conversation, c.id == h.conversation_id)
        joined = joined.join(tables.contact, k.id == c.contact_id)
        shown = select(
            tables.handoff,
            c.contact_id,
            c.language,
            c.last_inbound_at,
            k.person_sealed,
            ANSWERED_AT.label("answered_at"),
        ).select_from(joined)
        mine = true() if staff.teams is None else or_(h.team.in_(sorted(staff.teams)), h.claimed_by == staff.id)
        urgent_first = case((h.reason.in_(URGENT), 0), else_=1)
        live = shown.where(h.state != "closed", c.erased_at.is_(None), mine)
        return live.order_by(urgent_first, h.opened_at, h.id).limit(MOST_ROWS)

    def _queue_row(self, row: Row[Any], labels: tuple[str, ...]) -> QueueRow:
        return QueueRow(
            handoff_id=row.id,
            conversation_id=row.conversation_id,
            state=row.state,
            team=row.team,
            reason=row.reason,
            language=row.language,
            opened_at=row.opened_at,
            claimed_by=row.claimed_by,
            claimed_at=row.claimed_at,
            last_inbound_at=row.last_inbound_at,
            answered_at=row.answered_at,
            escalated=row.escalations or 0,
            labels=labels,
            name=self._person(row.contact_id, row.person_sealed).profile_name,
        )

    def _person(self, contact_id: UUID, sealed: bytes) -> Contact:
        try:
            return contents.person_from_json(self._backing.seals.open(sealed, "contact", "person_sealed", contact_id))
        except SealBroken:
            return Contact()

    def _labels(self, connection: Connection, chats: Sequence[UUID]) -> dict[UUID, tuple[str, ...]]:
        found: dict[UUID, tuple[str, ...]] = {}
        rows = connection.execute(
            select(lb.conversation_id, lb.label).where(lb.conversation_id.in_(chats)).order_by(lb.at, lb.label)
        )
        for row in rows if chats else ():
            found[row.conversation_id] = (*found.get(row.conversation_id, ()), row.label)
        return found

    def note_queue_read(self, staff: Staff) -> None:
        """Note that somebody looked at the queue."""
        self._note_read(staff, READ_QUEUE, None)

    def queue_version(self, staff: Staff) -> str:
        """Return what changes with the queue."""
        with self._backing.database.look() as connection:
            rows = connection.execute(self._live(staff)).all()
            labels = self._labels(connection, [row.conversation_id for row in rows])
        return _digest(
            (
                row.id, row.state, row.team, row.reason, row.claimed_by, row.escalations, row.last_inbound_at,
                row.answered_at, row.language, labels.get(row.conversation_id),
            )
            for row in rows
        )  # fmt: skip

    # ------------------------------------------------------------------------------------------------ one conversation

    def chat(self, staff: Staff, conversation_id: UUID, whole: bool = False) -> ChatView | None:
        """Return a conversation as it is there for the asker, having noted that it is read."""
        if not self._is_there(staff, conversation_id):
            return None
        self._note_read(staff, READ, ("conversation", conversation_id))
        with self._backing.database.look() as connection:
            row = connection.execute(conversations_for(staff).where(c.id == conversation_id)).first()
            return None if row is None else self._chat(connection, staff, row, WHOLE if whole else NEWEST)

    def _is_there(self, staff: Staff, conversation_id: UUID) -> bool:
        with self._backing.database.look() as connection:
            there = conversations_for(staff).where(c.id == conversation_id).with_only_columns(c.id)
            return connection.execute(there).first() is not None

    def _chat(self, connection: Connection, staff: Staff, row: Row[Any], most: int) -> ChatView:
        chat: UUID = row.id
        live = connection.execute(
            self._live(Staff(staff.id, staff.first_name)).where(h.conversation_id == chat)
        ).first()
        labels = self._labels(connection, [chat]).get(chat, ())
        lines, has_more = self._lines(connection, staff, chat, most)
        return ChatView(
            conversation_id=chat,
            owner=Owner(row.owner),
            team=row.owned_by,
            handoff=None if live is None else self._queue_row(live, labels),
            last_inbound_at=row.last_inbound_at,
            card=self._card(row),
            lines=lines,
            notes=self._notes(connection, staff, chat),
            labels=labels,
            version=self._version(connection, row),
            has_more=has_more,
        )

    def _card(self, row: Row[Any]) -> Card:
        person = self._person(row.contact_id, row.person_sealed)
        try:
            text = self._backing.seals.open(row.answers_sealed, "conversation", "answers_sealed", row.id)
            standing = contents.standing_from_json(text)[0]
        except SealBroken:
            standing = Conversation(row.language)
        return Card(person.profile_name, person.wa_id, row.language, row.flow, row.node, dict(standing.answers))

    def _lines(self, connection: Connection, staff: Staff, chat: UUID, most: int) -> tuple[tuple[Line, ...], bool]:
        heard = connection.execute(
            select(tables.message)
            .where(m.conversation_id == chat)
            .order_by(m.received_at.desc(), m.id.desc())
            .limit(most)
        ).all()
        spoken = connection.execute(
            select(tables.outbox).where(o.conversation_id == chat).order_by(o.position.desc()).limit(most)
        ).all()
        lines: list[Heard | Spoken] = [*map(self._heard, heard), *map(self._spoken, spoken)]
        lines.sort(key=lambda line: (line.at, line.id))
        shown = apart(lines[-most:], self._stretches(connection, staff, chat))
        return shown, len(lines) > most or most in (len(heard), len(spoken))

    def _heard(self, row: Row[Any]) -> Heard:
        content, gone = self._content(row.id, row.content_sealed)
        return Heard(
            id=row.id,
            at=row.received_at,
            kind=row.kind,
            words=content.get("words"),
            reply_id=content.get("reply_id"),
            alert=row.alert,
            cut=tuple(content.get("cut", ())),
            media=contents.media_from(content),
            outcome=row.outcome,
            reason=row.reason,
            gone=gone,
        )

    def _content(self, message_id: UUID, sealed: bytes) -> tuple[dict[str, Any], bool]:
        """Open what a message said; (nothing, True) where it was deleted or no key opens it."""
        try:
            return json.loads(self._backing.seals.open(sealed, "message", "content_sealed", message_id)), False
        except SealBroken:
            return {}, True

    def _spoken(self, row: Row[Any]) -> Spoken:
        try:
            text = self._backing.seals.open(row.content_sealed, "outbox", "content_sealed", row.id)
            content = contents.content_from_json(text)
        except SealBroken:
            content = None
        return Spoken(
            id=row.id,
            at=row.created_at,
            author=Author(row.author),
            state=RowState(row.state),
            why=row.why,
            code=row.code,
            content=content,
            sent_at=row.sent_at,
            delivered_at=row.delivered_at,
            read_at=row.read_at,
        )

    def _stretches(self, connection: Connection, staff: Staff, chat: UUID) -> tuple[_Stretch, ...]:
        if staff.teams is None:
            return ()
        others = select(h.opened_at, h.closed_at, h.team).where(
            h.conversation_id == chat, h.state == "closed", h.team.notin_(sorted(staff.teams))
        )
        rows = connection.execute(others.order_by(h.opened_at)).all()
        return tuple(_Stretch(row.opened_at - BROUGHT_BY, row.closed_at, row.team) for row in rows)

    def _notes(self, connection: Connection, staff: Staff, chat: UUID) -> tuple[Note, ...]:
        theirs = true() if staff.teams is None else or_(n.team.in_(sorted(staff.teams)), n.by == staff.id)
        rows = connection.execute(
            select(tables.note).where(n.conversation_id == chat, theirs).order_by(n.created_at, n.id)
        ).all()
        return tuple(self._note(row) for row in rows)

    def _note(self, row: Row[Any]) -> Note:
        try:
            words = self._backing.seals.open(row.words_sealed, "note", "words_sealed", row.id)
        except SealBroken:
            words = ""
        return Note(row.id, row.created_at, row.by, row.team, words)

    def chat_version(self, staff: Staff, conversation_id: UUID) -> str | None:
        """Return what changes with a conversation."""
        with self._backing.database.look() as connection:
            row = connection.execute(conversations_for(staff).where(c.id == conversation_id)).first()
            return None if row is None else self._version(connection, row)

    def _version(self, connection: Connection, row: Row[Any]) -> str:
        chat: UUID = row.id
        shown: list[Any] = [(row.owner, row.epoch, row.owned_by, row.language, row.flow, row.node)]
        looks = (
            select(m.id, m.outcome, m.reason).where(m.conversation_id == chat).order_by(m.received_at.desc()).limit(20),
            select(o.id, o.state, o.why, o.read_at)
            .where(o.conversation_id == chat)
            .order_by(o.position.desc())
            .limit(60),
            select(h.id, h.state, h.team, h.reason, h.claimed_by).where(h.conversation_id == chat).order_by(h.id),
            select(n.id).where(n.conversation_id == chat).order_by(n.id),
            select(lb.label).where(lb.conversation_id == chat).order_by(lb.label),
        )
        for look in looks:
            shown += map(tuple, connection.execute(look).all())
        return _digest(shown)

    # ----------------------------------------------------------------------------------------------------- the search

    def find(self, staff: Staff, phone: str | None, name: str | None) -> tuple[Found, ...]:
        """Find by the keyed hash of a number or of a whole name, and note that it was searched for."""
        seals = self._backing.seals
        wanted = []
        if phone:
            wanted.append(k.wa_id_hash == seals.digest("wa_id", phone))
        hashed = people.name_hash(seals, name)
        if hashed is not None:
            wanted.append(k.name_hash == hashed)
        with self._backing.database.begin() as connection:
            rows = self._search(connection, staff, wanted) if wanted else ()
            audit.note(self._backing, connection, staff.actor, SEARCH, counts={"found": len(rows)})
        return tuple(
            Found(
                r.id,
                Owner(r.owner),
                r.owned_by,
                r.last_inbound_at,
                self._person(r.contact_id, r.person_sealed).profile_name,
            )
            for r in rows
        )

    def _search(self, connection: Connection, staff: Staff, wanted: Sequence[Any]) -> Sequence[Row[Any]]:
        found = conversations_for(staff).where(or_(*wanted)).order_by(c.last_inbound_at.desc(), c.id).limit(MOST_FOUND)
        return connection.execute(found).all()

    def spam(self, staff: Staff) -> tuple[Kept, ...]:
        """Return what was kept from the queue, newest first."""
        self._note_read(staff, READ_SPAM, None)
        kept = conversations_for(staff).join(tables.message, m.conversation_id == c.id)
        kept = kept.where(m.outcome == Outcome.IGNORED, m.reason == "spam")
        kept = kept.add_columns(m.id.label("message_id"), m.content_sealed, m.received_at)
        with self._backing.database.look() as connection:
            rows = connection.execute(kept.order_by(m.received_at.desc(), m.id).limit(MOST_KEPT)).all()
        return tuple(self._kept(row) for row in rows)

    def _kept(self, row: Row[Any]) -> Kept:
        words = self._content(row.message_id, row.content_sealed)[0].get("words")
        name = self._person(row.contact_id, row.person_sealed).profile_name
        return Kept(row.message_id, row.id, row.received_at, words, name)

    def has_message(self, staff: Staff, conversation_id: UUID, message_id: UUID) -> bool:
        """Tell whether a message is there for the asker."""
        if not self._is_there(staff, conversation_id):
            return False
        with self._backing.database.look() as connection:
            one = select(m.received_at).where(m.id == message_id, m.conversation_id == conversation_id)
            at: datetime | None = connection.execute(one).scalar()
            stretches = self._stretches(connection, staff, conversation_id)
        return at is not None and not any(stretch.since <= at <= stretch.until for stretch in stretches)

    # ------------------------------------------------------------------------------------------------ notes and labels

    def add_note(self, staff: Staff, conversation_id: UUID, words: str) -> bool:
        """Add a note under the team that has the conversation."""
        row = uuid7()
        with self._backing.database.begin() as connection:
            there = connection.execute(conversations_for(staff).where(c.id == conversation_id)).first()
            if there is None:
                return False
            sealed = self._backing.seals.seal(words, "note", "words_sealed", row)
            values = {"conversation_id": conversation_id, "team": there.owned_by, "by": staff.id}
            connection.execute(
                tables.note.insert().values(id=row, words_sealed=sealed, created_at=self._backing.now(), **values)
            )
            audit.note(self._backing, connection, staff.actor, NOTE, ("conversation", conversation_id))
        return True

    def label(self, staff: Staff, conversation_id: UUID, label: str, on: bool) -> bool:
        """Put a label on, or take it off."""
        with self._backing.database.begin() as connection:
            there = conversations_for(staff).where(c.id == conversation_id)
            if connection.execute(there).first() is None:
                return False
            if on:
                values = {"conversation_id": conversation_id, "label": label, "by": staff.id, "at": self._backing.now()}
                added = self._backing.database.insert(tables.label).values(id=uuid7(), **values)
                connection.execute(added.on_conflict_do_nothing())
            else:
                connection.execute(delete(tables.label).where(lb.conversation_id == conversation_id, lb.label == label))
            audit.note(
                self._backing, connection, staff.actor, LABEL, ("conversation", conversation_id), {label: int(on)}
            )
        return True

    # ------------------------------------------------------------------------------------------------------- the audit

    def _note_read(self, staff: Staff, action: str, subject: tuple[str, UUID] | None) -> None:
        """Note a reading before anything is shown, unless it goes on from one that was noted just now."""
        since = self._backing.now() - READ_AGAIN
        same = and_(
            au.action == action,
            au.actor == staff.actor,
            au.at > since,
            au.subject_id == (subject[1] if subject else None),
        )
        with self._backing.database.look() as connection:
            if connection.execute(select(au.id).where(same).limit(1)).first() is not None:
                return
        with self._backing.database.begin() as connection:
            audit.note(self._backing, connection, staff.actor, action, subject)


def apart(lines: Sequence[Heard | Spoken], stretches: Sequence[_Stretch]) -> tuple[Line, ...]:
    """Put one line in the place of all that was said while another team had the conversation."""
    shown: list[Line] = []
    for line in lines:
        stretch = next((one for one in stretches if one.since <= line.at <= one.until), None)
        last = shown[-1] if shown else None
        if stretch is None:
            shown.append(line)
        elif isinstance(last, Apart) and last.team == stretch.team:
            shown[-1] = Apart(last.at, line.at, last.team, last.count + 1)
        else:
            shown.append(Apart(line.at, line.at, stretch.team, 1))
    return tuple(shown)


def _digest(shown: Iterable[Any]) -> str:
    return hashlib.sha256("\n".join(map(str, shown)).encode()).hexdigest()[:16]
