"""The rights of one person: everything kept of them, read together; and their erasure, which leaves a tombstone and counts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Table, case, delete, func, or_, select, update

from bot.model import Contact, Outcome, RowState
from bot.ports import (
    AnsweredCall,
    Chosen,
    Consented,
    Dossier,
    Erased,
    Handed,
    KnownPerson,
    Noted,
    Noticed,
    OfferedPlace,
    Received,
    Said,
    SentFile,
    Traces,
    Visited,
    Waited,
)
from bot.store import audit, contents, people, tables
from bot.store.agenda_tables import appointment
from bot.store.backing import Backing
from bot.store.known_tables import person_known
from bot.store.lane import UNSETTLED, lock
from bot.store.outbox import ERASED
from bot.store.outreach_tables import notice
from bot.store.sealed import EMPTIED
from bot.store.tombstone import bury
from bot.store.waiting_tables import waiting, waiting_offer
from menus.stored import answers_from_json

EXPORT, ERASE = "export", "erase"
chosen = tables.classification

k, c, m, o = tables.contact.c, tables.conversation.c, tables.message.c, tables.outbox.c
t, h, st = tables.call.c, tables.handoff.c, tables.status.c


class SqlRights:
    """Find a person, read everything kept of them, erase them. The commands, and later the console, ask for it."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing

    # ------------------------------------------------------------------------------------------------------- who it is

    def find(self, contact: Contact) -> tuple[UUID, ...]:
        """Find contacts by the keyed hash of an id, on whichever of our numbers they wrote to."""
        user, phone = people.hashes(self._backing.seals, contact)
        ids = [column == value for column, value in ((k.user_id_hash, user), (k.wa_id_hash, phone)) if value]
        with self._backing.database.look() as connection:
            return tuple(connection.execute(select(k.id).where(or_(*ids)).order_by(k.id)).scalars())

    def find_row(self, row: UUID) -> UUID | None:
        """Find the contact an id of ours belongs to: its own, its conversation's, or a handoff's."""
        chat = select(c.contact_id).where(
            or_(c.id == row, c.id == select(h.conversation_id).where(h.id == row).scalar_subquery())
        )
        with self._backing.database.look() as connection:
            for statement in (select(k.id).where(k.id == row), chat):
                found: UUID | None = connection.execute(statement).scalar()
                if found is not None:
                    return found
        return None

    def traces(self, contact_id: UUID) -> Traces:
        """Return the ids jobs may carry of a person."""
        with self._backing.database.look() as connection:
            chats = tuple(connection.execute(select(c.id).where(c.contact_id == contact_id)).scalars())
            calls = tuple(connection.execute(select(t.id).where(t.conversation_id.in_(chats))).scalars())
            d = tables.media.c
            files = tuple(connection.execute(select(d.id).where(d.conversation_id.in_(chats))).scalars())
        return Traces(chats, calls, files)

    # ---------------------------------------------------------------------------------------------------------- erasing

    def erase(self, contact_id: UUID, actor: str) -> Erased | None:
        """Erase a person in one transaction, under the lock of their lane: whoever writes meanwhile begins anew after it."""
        with self._backing.database.begin() as connection:
            locked = lock(connection, c.contact_id == contact_id)
            chats = [row.id for row in locked]
            since = connection.execute(select(k.erased_at, k.id).where(k.id == contact_id)).first()
            if since is None:
                return None
            if not chats and since.erased_at is not None:
                return Erased(contact_id, since.erased_at, {}, {}, again=True)
            return self._erase(connection, contact_id, chats, actor)

    def _erase(self, connection: Connection, contact_id: UUID, chats: Sequence[UUID], actor: str) -> Erased:
        # In the order in which statuses lock them: neither waits for the other.
        connection.execute(select(o.id).where(o.conversation_id.in_(chats)).order_by(o.id).with_for_update()).all()
        subjects = _subjects(connection, chats)
        found = _count(connection, contact_id, chats, subjects)
        self._empty(connection, chats, subjects)
        bury(self._backing, connection, [contact_id])
        left = _count(connection, contact_id, chats, subjects)
        audit.note(self._backing, connection, actor, ERASE, ("contact", contact_id), found)
        return Erased(contact_id, self._backing.now(), found, left)

    def _empty(self, connection: Connection, chats: Sequence[UUID], subjects: Sequence[str]) -> None:
        rows = select(o.id).where(o.conversation_id.in_(chats))
        connection.execute(delete(tables.status).where(st.outbox_id.in_(rows)))
        state = case((o.state.in_(UNSETTLED), RowState.WITHDRAWN), else_=o.state)
        nothing = {"content_sealed": EMPTIED, "wamid_sealed": None, "wamid_hash": None, "message_id": None}
        connection.execute(
            update(tables.outbox).where(o.conversation_id.in_(chats)).values({"state": state, "why": ERASED, **nothing})
        )
        self._empty_messages(connection, chats)
        for table in (tables.call, tables.handoff, tables.note, tables.label, tables.classification, tables.media):
            connection.execute(delete(table).where(table.c.conversation_id.in_(chats)))
        connection.execute(delete(tables.alarm).where(tables.alarm.c.subject.in_(subjects)))

    def _empty_messages(self, connection: Connection, chats: Sequence[UUID]) -> None:
        """Keep when a message came and what became of it; its hash too, so that a repetition of it brings nothing back."""
        theirs, now = m.conversation_id.in_(chats), self._backing.now()
        left_open = update(tables.message).where(theirs, m.outcome == Outcome.OPEN)
        connection.execute(left_open.values(outcome=Outcome.IGNORED, settled_at=now, decided_at=now))
        nothing = {"content_sealed": EMPTIED, "alert": None, "reason": ERASED}
        connection.execute(update(tables.message).where(theirs).values(nothing))

    # -------------------------------------------------------------------------------------------------------- exporting

    def dossier(self, contact_id: UUID, actor: str) -> Dossier | None:
        """Read everything kept of one person, and note that it was read."""
        with self._backing.database.begin() as connection:
            person = connection.execute(select(tables.contact).where(k.id == contact_id)).first()
            if person is None:
                return None
            chat = connection.execute(select(tables.conversation).where(c.contact_id == contact_id)).first()
            audit.note(self._backing, connection, actor, EXPORT, ("contact", contact_id))
            return self._dossier(connection, person, chat)

    def _dossier(self, connection: Connection, person: Row[Any], chat: Row[Any] | None) -> Dossier:
        theirs = chat.id if chat is not None else None
        return Dossier(
            contact_id=person.id,
            contact=contents.person_from_json(self._open("contact", "person_sealed", person) or "[]"),
            known_since=person.created_at,
            erased_at=person.erased_at,
            language=chat.language if chat is not None else "",
            answers=self._answers(chat),
            messages=tuple(map(self._received, _all(connection, tables.message, m.conversation_id == theirs))),
            said=tuple(map(self._said, _all(connection, tables.outbox, o.conversation_id == theirs))),
            calls=tuple(map(self._call, _all(connection, tables.call, t.conversation_id == theirs))),
            handoffs=tuple(map(_handed, _all(connection, tables.handoff, h.conversation_id == theirs))),
            notes=tuple(map(self._noted, _all(connection, tables.note, tables.note.c.conversation_id == theirs))),
            labels=tuple(row.label for row in _all(connection, tables.label, tables.label.c.conversation_id == theirs)),
            files=tuple(map(self._file, _all(connection, tables.media, tables.media.c.conversation_id == theirs))),
            chosen=tuple(map(_chosen, _all(connection, chosen, chosen.c.conversation_id == theirs))),
            notices=tuple(map(_noticed, _all(connection, notice, notice.c.conversation_id == theirs))),
            consents=_consents(connection, person.id),
            people=tuple(map(self._known, _all(connection, person_known, person_known.c.contact_id == person.id))),
            visits=tuple(map(self._visited, _all(connection, appointment, appointment.c.contact_id == person.id))),
            waits=tuple(map(self._waited, _all(connection, waiting, waiting.c.contact_id == person.id))),
            offers=tuple(map(_offered, _all(connection, waiting_offer, waiting_offer.c.contact_id == person.id))),
        )

    def _open(self, table: str, column: str, row: Row[Any]) -> str | None:
        """Open a sealed value; None where it was deleted by age."""
        sealed: bytes | None = row._mapping[column]
        return self._backing.seals.open(sealed, table, column, row.id) if sealed else None

    def _answers(self, chat: Row[Any] | None) -> Mapping[str, Any]:
        text = self._open("conversation", "answers_sealed", chat) if chat is not None else None
        if text is None:
            return {}
        standing, last_tap, last_tap_at = contents.standing_from_json(text)
        asides = [dict(paused.answers) for paused in standing.asides]
        return {"answers": dict(standing.answers), "asides": asides, "last_tap": last_tap, "last_tap_at": last_tap_at}

    def _file(self, row: Row[Any]) -> SentFile:
        sealed = row.content_sealed
        content = self._backing.seals.open_bytes(sealed, "media", "content_sealed", row.id) if sealed else None
        return SentFile(row.message_id, row.created_at, row.state, row.mime, content)

    def _received(self, row: Row[Any]) -> Received:
        content = json.loads(self._open("message", "content_sealed", row) or "null")
        return Received(
            row.id,
            row.phone_number_id,
            row.kind,
            row.sent_at,
            row.received_at,
            row.outcome,
            row.reason,
            row.alert,
            content,
        )

    def _said(self, row: Row[Any]) -> Said:
        text = self._open("outbox", "content_sealed", row)
        return Said(
            row.id,
            row.message_id,
            row.author,
            row.state,
            contents.content_from_json(text) if text else None,
            self._open("outbox", "wamid_sealed", row),
            row.created_at,
            row.sent_at,
            row.delivered_at,
            row.read_at,
        )

    def _noted(self, row: Row[Any]) -> Noted:
        return Noted(row.id, row.created_at, self._open("note", "words_sealed", row))

    def _visited(self, row: Row[Any]) -> Visited:
        patient = self._patient("appointment", row)
        return Visited(row.id, row.state, row.service, row.practitioner, row.place, row.starts_at, row.code, patient)

    def _waited(self, row: Row[Any]) -> Waited:
        return Waited(
            row.id,
            row.service,
            row.place,
            row.practitioner,
            row.part,
            row.joined_at,
            row.ends_at,
            self._patient("waiting", row),
        )

    def _known(self, row: Row[Any]) -> KnownPerson:
        return KnownPerson(row.id, row.created_at, row.last_at, self._patient("person_known", row, "person_sealed"))

    def _patient(self, table: str, row: Row[Any], column: str = "patient_sealed") -> Mapping[str, object] | None:
        told = json.loads(self._open(table, column, row) or "null")
        return dict(zip(("id", "first_name", "birth_date"), told, strict=True)) if told else None

    def _call(self, row: Row[Any]) -> AnsweredCall:
        text = self._open("call", "arguments_sealed", row)
        answers = dict(answers_from_json(json.loads(text)[0])) if text else None
        return AnsweredCall(row.id, row.action, row.outcome, row.created_at, answers)


def _all(connection: Connection, table: Table, where: Any) -> Sequence[Row[Any]]:
    return connection.execute(select(table).where(where).order_by(table.c.id)).all()


def _chosen(row: Row[Any]) -> Chosen:
    return Chosen(row.message_id, row.at, row.by, row.route, row.sure, row.language, row.tone)


def _offered(row: Row[Any]) -> OfferedPlace:
    return OfferedPlace(row.id, row.state, row.service, row.practitioner, row.place, row.starts_at, row.created_at)


def _noticed(row: Row[Any]) -> Noticed:
    return Noticed(row.id, row.kind, row.appointment_id, row.due_at, row.state, row.reason)


def _handed(row: Row[Any]) -> Handed:
    return Handed(row.id, row.team, row.reason, row.state, row.opened_at, row.claimed_at, row.closed_at)


def _consents(connection: Connection, contact_id: UUID) -> tuple[Consented, ...]:
    given = _all(connection, tables.consent, tables.consent.c.contact_id == contact_id)
    stops = _all(connection, tables.stop, tables.stop.c.contact_id == contact_id)
    return (
        *(Consented(row.purpose, row.given, row.source, row.at) for row in given),
        *(Consented(row.purpose, False, "stop", row.at) for row in stops),
    )


def _subjects(connection: Connection, chats: Sequence[UUID]) -> list[str]:
    """Return the subjects of alarms that are handoffs, messages or rows of these conversations."""
    named = set(connection.execute(select(tables.alarm.c.subject).distinct()).scalars())
    ours = {str(chat) for chat in chats}
    for table in (tables.handoff, tables.message, tables.outbox):
        ids = connection.execute(select(table.c.id).where(table.c.conversation_id.in_(chats))).scalars()
        ours.update(map(str, ids))
    return sorted(named & ours)


def _count(
    connection: Connection, contact_id: UUID, chats: Sequence[UUID], subjects: Sequence[str]
) -> Mapping[str, int]:
    """Count what tells of a person, by place: the same before an erasure and after it."""
    rows = select(o.id).where(o.conversation_id.in_(chats))
    named = (k.id == contact_id) & (
        k.user_id_hash.is_not(None)
        | k.wa_id_hash.is_not(None)
        | k.name_hash.is_not(None)
        | (func.length(k.person_sealed) > 0)
    )
    of_theirs = m.conversation_id.in_(chats)
    where = {
        "contact": (tables.contact, named),
        "conversation.answers": (tables.conversation, c.id.in_(chats) & (func.length(c.answers_sealed) > 0)),
        "message.content": (tables.message, of_theirs & (func.length(m.content_sealed) > 0)),
        "message.open": (tables.message, of_theirs & (m.outcome == Outcome.OPEN)),
        "outbox.content": (tables.outbox, o.conversation_id.in_(chats) & tables.HAS_CONTENT),
        "outbox.unsettled": (tables.outbox, o.conversation_id.in_(chats) & o.state.in_(UNSETTLED)),
        "status": (tables.status, st.outbox_id.in_(rows)),
        "call": (tables.call, t.conversation_id.in_(chats)),
        "handoff": (tables.handoff, h.conversation_id.in_(chats)),
        "classification": (tables.classification, tables.classification.c.conversation_id.in_(chats)),
        "media": (tables.media, tables.media.c.conversation_id.in_(chats)),
        "notice": (notice, notice.c.conversation_id.in_(chats) & notice.c.state.in_(("queued", "staff"))),
        "note": (tables.note, tables.note.c.conversation_id.in_(chats)),
        "label": (tables.label, tables.label.c.conversation_id.in_(chats)),
        "appointment": (appointment, appointment.c.contact_id == contact_id),
        "waiting": (waiting, waiting.c.contact_id == contact_id),
        "waiting_offer": (waiting_offer, waiting_offer.c.contact_id == contact_id),
        "person_known": (person_known, person_known.c.contact_id == contact_id),
        "consent": (tables.consent, tables.consent.c.contact_id == contact_id),
        "stop": (tables.stop, tables.stop.c.contact_id == contact_id),
        "alarm": (tables.alarm, tables.alarm.c.subject.in_(subjects)),
    }
    return {
        place: connection.execute(select(func.count()).select_from(table).where(condition)).scalar_one()
        for place, (table, condition) in where.items()
    }
