"""The tables, as SQLAlchemy Core. `*_sealed` columns hold AES-GCM values, `*_hash` columns keyed hashes; nothing else names a person.

Times called `..._until`, `..._by` and `claimed_at` are the database's own time (leases); `due_at` and all others are the
clock's, so that a moved clock moves what the desk plans but never who holds a row.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    Uuid,
    func,
    literal_column,
    or_,
    text,
)

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime, on SQLite too (which stores it without its zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime reached the store")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give UTC back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _id() -> Column[Any]:
    return Column("id", Uuid, primary_key=True)


def _ref(name: str, target: str, nullable: bool = False) -> Column[Any]:
    return Column(name, Uuid, ForeignKey(f"{target}.id", ondelete="CASCADE"), nullable=nullable)


number = Table(
    "number",  # a WhatsApp number of ours; held while nothing can be sent from it
    metadata,
    Column("id", String(64), primary_key=True),  # Meta's phone_number_id
    Column("held_until", Instant),
    Column("why", String(40)),
    Column("begins_since", Instant),  # since when Meta refuses what the clinic begins, answers apart
    Column("begins_at", Instant),  # when it is tried again; past: nothing is refused
)

contact = Table(
    "contact",
    metadata,
    _id(),
    Column("phone_number_id", String(64), nullable=False),
    Column("user_id_hash", LargeBinary),
    Column("wa_id_hash", LargeBinary),
    Column("person_sealed", LargeBinary, nullable=False),  # user_id, wa_id, profile_name, username
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant),  # number or user id changed: what was known of the patient is unproven
    Column("erased_at", Instant),  # a tombstone since then: nobody's any more
    Column("name_hash", LargeBinary),  # of the profile name, to be searched by staff; never a key
    UniqueConstraint("phone_number_id", "user_id_hash"),
    UniqueConstraint("phone_number_id", "wa_id_hash"),
)

Index("ix_contact_name_hash", contact.c.name_hash)

conversation = Table(
    "conversation",
    metadata,
    _id(),
    Column("phone_number_id", String(64), nullable=False),
    _ref("contact_id", "contact"),
    Column("owner", String(8), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("flow", String(40)),
    Column("node", String(60)),
    Column("answers_sealed", LargeBinary, nullable=False),  # the engine's whole conversation, and the last tap
    Column("language", String(8), nullable=False),
    Column("team", String(40)),
    Column("last_inbound_at", Instant),
    Column("greeted_at", Instant),
    Column("acknowledged", Boolean, nullable=False),  # this wait has had its one acknowledgement
    Column("behind", Boolean, nullable=False),  # messages are recorded that no lane has worked on yet
    Column("position", Integer, nullable=False),  # of the last outbox row
    Column("pair_tokens", Float, nullable=False),
    Column("pair_at", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("erased_at", Instant),  # as the contact's; here too, because this is the row a lane locks
    Column("awaits_id", Uuid),  # the message whose words are being classified
    Column(
        "offered", String(400)
    ),  # tap ids of a "did you mean", separated by spaces: what a number typed by hand means
    UniqueConstraint("contact_id"),
)
Index("ix_conversation_behind", conversation.c.id, postgresql_where=text("behind"), sqlite_where=text("behind"))

message = Table(
    "message",
    metadata,
    _id(),
    Column("phone_number_id", String(64), nullable=False),
    _ref("conversation_id", "conversation"),
    Column("wamid_hash", LargeBinary, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("content_sealed", LargeBinary, nullable=False),  # wamid, words, reply_id, media, change, shape
    Column("alert", String(12)),
    Column("sent_at", Instant, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("answer_by", Instant, nullable=False),
    Column("decided_at", Instant),  # a lane has worked on it
    Column("outcome", String(10), nullable=False),
    Column("reason", String(40)),
    Column("attempts", Integer, nullable=False),
    Column("settled_at", Instant),
    Column("media_gone_at", Instant),  # the reference to a file was deleted from the content
    Column("joined_id", Uuid),  # the message whose verdict, and whose outcome, this one shares
    UniqueConstraint("wamid_hash"),
)
OPEN = text("outcome = 'open'")
Index("ix_message_joined_id", message.c.joined_id, postgresql_where=OPEN, sqlite_where=OPEN)
Index("ix_message_open", message.c.answer_by, postgresql_where=OPEN, sqlite_where=OPEN)
SPAM = text("outcome = 'ignored' AND reason = 'spam'")
Index("ix_message_spam", message.c.conversation_id, postgresql_where=SPAM, sqlite_where=SPAM)
Index("ix_message_conversation", message.c.conversation_id, message.c.received_at)
Index("ix_message_received_at", message.c.received_at)
MEDIA_KINDS = ("image", "video", "audio", "document", "sticker", "edit")  # what a file may come with
ZERO = literal_column("0", Integer)  # not a bound value: only a literal lets a query use a partial index
HAS_WORDS = func.length(message.c.content_sealed) > ZERO
HAS_MEDIA = message.c.media_gone_at.is_(None) & message.c.kind.in_(
    [literal_column(f"'{kind}'") for kind in MEDIA_KINDS]
)
Index("ix_message_words", message.c.received_at, postgresql_where=HAS_WORDS, sqlite_where=HAS_WORDS)
Index("ix_message_media", message.c.id, postgresql_where=HAS_MEDIA, sqlite_where=HAS_MEDIA)

call = Table(
    "call",
    metadata,
    _id(),
    _ref("message_id", "message"),
    _ref("conversation_id", "conversation"),
    Column("step", Integer, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("action", String(60), nullable=False),
    Column("place", String(8), nullable=False),  # ours | away | model
    Column("arguments_sealed", LargeBinary, nullable=False),
    Column("state", String(10), nullable=False),  # pending, running, done, dropped
    Column("outcome", String(40)),
    Column("attempts", Integer, nullable=False),
    Column("leased_until", Instant),
    Column("created_at", Instant, nullable=False),
    Column("done_at", Instant),
    UniqueConstraint("message_id", "step"),
)
UNDONE = text("state IN ('pending', 'running')")
Index("ix_call_undone", call.c.leased_until, postgresql_where=UNDONE, sqlite_where=UNDONE)
HAS_ARGUMENTS = func.length(call.c.arguments_sealed) > ZERO
Index("ix_call_words", call.c.created_at, postgresql_where=HAS_ARGUMENTS, sqlite_where=HAS_ARGUMENTS)
Index("ix_call_conversation_id", call.c.conversation_id)

classification = Table(
    "classification",  # what was chosen for words that were no tap; never the words
    metadata,
    _id(),
    _ref("message_id", "message"),
    _ref("conversation_id", "conversation"),
    Column("by", String(60), nullable=False),  # offline, or the model; who was asked, where no verdict came
    Column("route", String(60)),
    Column("sure", Boolean),
    Column("language", String(8)),
    Column("tone", String(10)),
    Column("why", String(20)),  # why none came
    Column("input_tokens", Integer),
    Column("output_tokens", Integer),
    Column("took_ms", Integer),
    Column("cost_usd", Float),
    Column("shadow", Boolean, nullable=False),  # decided and recorded, nothing was done about it
    Column("staff_did", String(100)),  # where a person took the matter, to compare
    Column("at", Instant, nullable=False),
)
Index("ix_classification_at", classification.c.at)
Index("ix_classification_conversation_id", classification.c.conversation_id)
Index("ix_classification_message_id", classification.c.message_id)

media = Table(
    "media",  # a file somebody sent
    metadata,
    _id(),
    Column("phone_number_id", String(64), nullable=False),
    _ref("message_id", "message"),
    _ref("conversation_id", "conversation"),
    Column("state", String(8), nullable=False),  # waiting, fetched, refused
    Column("why", String(20)),  # it was refused
    Column("mime", String(100)),
    Column("size", Integer),
    Column("content_sealed", LargeBinary),
    Column("attempts", Integer, nullable=False),
    Column("leased_until", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("message_id"),
)
TO_FETCH = text("state = 'waiting'")
Index("ix_media_waiting", media.c.leased_until, postgresql_where=TO_FETCH, sqlite_where=TO_FETCH)
Index("ix_media_created_at", media.c.created_at)
Index("ix_media_conversation_id", media.c.conversation_id)

outbox = Table(
    "outbox",
    metadata,
    _id(),
    Column("phone_number_id", String(64), nullable=False),
    _ref("conversation_id", "conversation"),
    _ref("message_id", "message", nullable=True),  # the inbound message this row answers
    Column("settles", Boolean, nullable=False),  # the last row of its answer: accepted means answered
    Column("position", Integer, nullable=False),
    Column("author", String(10), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("content_sealed", LargeBinary, nullable=False),
    Column("template", String(512)),
    Column("purpose", String(40)),  # of a notice: what consent and hours are asked about
    Column("state", String(10), nullable=False),
    Column("why", String(40)),
    Column("code", Integer),
    Column("attempts", Integer, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("leased_until", Instant),
    Column("expires_at", Instant),
    Column("wamid_hash", LargeBinary),
    Column("wamid_sealed", LargeBinary),
    Column("category", String(30)),
    Column("pricing_type", String(30)),
    Column("created_at", Instant, nullable=False),
    Column("sent_at", Instant),
    Column("delivered_at", Instant),
    Column("read_at", Instant),
    UniqueConstraint("conversation_id", "position"),
)
UNSENT = text("state IN ('waiting', 'held')")
CLAIMED = text("state = 'claimed'")
UNSETTLED = text("state IN ('waiting', 'held', 'claimed')")
Index("ix_outbox_due", outbox.c.due_at, postgresql_where=UNSENT, sqlite_where=UNSENT)
Index("ix_outbox_claimed", outbox.c.leased_until, postgresql_where=CLAIMED, sqlite_where=CLAIMED)
Index(
    "ix_outbox_unsettled",
    outbox.c.conversation_id,
    outbox.c.position,
    postgresql_where=UNSETTLED,
    sqlite_where=UNSETTLED,
)
Index("ix_outbox_wamid_hash", outbox.c.wamid_hash)
Index("ix_outbox_message_id", outbox.c.message_id)
Index("ix_outbox_created_at", outbox.c.created_at)
HAS_CONTENT = or_(func.length(outbox.c.content_sealed) > ZERO, outbox.c.wamid_sealed.is_not(None))
Index("ix_outbox_words", outbox.c.created_at, postgresql_where=HAS_CONTENT, sqlite_where=HAS_CONTENT)

status = Table(
    "status",
    metadata,
    _id(),
    Column("phone_number_id", String(64), nullable=False),
    _ref("outbox_id", "outbox", nullable=True),
    Column("wamid_hash", LargeBinary, nullable=False),
    Column("status", String(10), nullable=False),
    Column("code", Integer),
    Column("category", String(30)),
    Column("pricing_type", String(30)),
    Column("at", Instant, nullable=False),
    UniqueConstraint("wamid_hash", "status"),
)
Index("ix_status_at", status.c.at)
Index("ix_status_outbox_id", status.c.outbox_id)

handoff = Table(
    "handoff",
    metadata,
    _id(),
    Column("phone_number_id", String(64), nullable=False),
    _ref("conversation_id", "conversation"),
    Column("state", String(8), nullable=False),  # queued, claimed, closed
    Column("team", String(40), nullable=False),
    Column("reason", String(30), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("escalated_at", Instant),
    Column("claimed_by", String(80)),
    Column("claimed_at", Instant),
    Column("closed_at", Instant),
    Column("closed_to", String(100)),
    Column("escalations", Integer),  # how often it has called for help; None: never
)
LIVE = text("state <> 'closed'")
Index("uq_handoff_live", handoff.c.conversation_id, unique=True, postgresql_where=LIVE, sqlite_where=LIVE)
Index("ix_handoff_conversation_id", handoff.c.conversation_id)
Index("ix_handoff_team_claimed_at", handoff.c.team, handoff.c.claimed_at)

note = Table(
    "note",  # what staff wrote for staff
    metadata,
    _id(),
    _ref("conversation_id", "conversation"),
    Column("team", String(40), nullable=False),  # whose conversation it was then
    Column("by", String(80), nullable=False),
    Column("words_sealed", LargeBinary, nullable=False),
    Column("created_at", Instant, nullable=False),
)
Index("ix_note_conversation_id", note.c.conversation_id, note.c.created_at)
Index("ix_note_created_at", note.c.created_at)

label = Table(
    "label",  # of a conversation; the ids are the clinic's
    metadata,
    _id(),
    _ref("conversation_id", "conversation"),
    Column("label", String(40), nullable=False),
    Column("by", String(80), nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("conversation_id", "label"),
)
Index("ix_label_at", label.c.at)

consent = Table(
    "consent",
    metadata,
    _id(),
    _ref("contact_id", "contact"),
    Column("purpose", String(40), nullable=False),
    Column("given", Boolean, nullable=False),
    Column("source", String(40), nullable=False),
    Column("at", Instant, nullable=False),
)
Index("ix_consent_contact_id", consent.c.contact_id, consent.c.purpose, consent.c.at)

stop = Table(
    "stop",
    metadata,
    _id(),
    _ref("contact_id", "contact"),
    Column("purpose", String(40), nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("contact_id", "purpose"),
)

update = Table(
    "update",  # account, template, quality, security ... changes, and what nobody could read
    metadata,
    _id(),
    Column("digest", String(64), nullable=False),
    Column("field", String(60), nullable=False),
    Column("event", String(60)),
    Column("subject", String(512)),
    Column("known", Boolean, nullable=False),
    Column("shape", String, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("digest"),
)

alarm = Table(
    "alarm",
    metadata,
    _id(),
    Column("cause", String(40), nullable=False),
    Column("subject", String(80), nullable=False),  # an id of ours, or a code: never a person's
    Column("opened_at", Instant, nullable=False),
    Column("last_at", Instant, nullable=False),
    Column("count", Integer, nullable=False),
    Column("told_at", Instant),
    Column("closed_at", Instant),
)
RINGING = text("closed_at IS NULL")
Index("uq_alarm_open", alarm.c.cause, alarm.c.subject, unique=True, postgresql_where=RINGING, sqlite_where=RINGING)

audit = Table(
    "audit",  # who did what to which row; append-only (`docs/decisions/0012`): triggers refuse the rest
    metadata,
    _id(),
    Column("at", Instant, nullable=False),
    Column("actor", String(80), nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject_table", String(40)),
    Column("subject_id", Uuid),
    Column("counts", String, nullable=False),  # JSON: what was counted; never a word
    CheckConstraint("length(actor) > 0", name="ck_audit_actor"),
)
Index("ix_audit_action", audit.c.action, audit.c.at)
Index("ix_audit_subject_id", audit.c.subject_id)
Index("ix_audit_at", audit.c.at)
Index("ix_audit_actor", audit.c.actor, audit.c.at)

audit_seal = Table(
    "audit_seal",  # a link of the audit's chain (`docs/decisions/0030`); append-only as the audit itself
    metadata,
    _id(),
    Column("number", Integer, nullable=False),
    Column("sealed_at", Instant, nullable=False),  # never before the one before it
    Column("previous_at", Instant),
    Column("previous_hash", LargeBinary, nullable=False),
    Column("seal_hash", LargeBinary, nullable=False),
    UniqueConstraint("number"),
)

audit_sealed = Table(
    "audit_sealed",  # which row a seal holds; it outlives the row, so it refers to it by nothing but the id
    metadata,
    Column("audit_id", Uuid, primary_key=True),
    _ref("seal_id", "audit_seal"),
    Column("at", Instant, nullable=False),
    Column("row_hash", LargeBinary, nullable=False),
)
Index("ix_audit_sealed_seal_id", audit_sealed.c.seal_id)

audit_unsealed = Table(
    "audit_unsealed",  # rows of the audit that wait for a seal; a trigger writes it
    metadata,
    Column("audit_id", Uuid, ForeignKey("audit.id", ondelete="CASCADE"), primary_key=True),
)

heartbeat = Table(
    "heartbeat",
    metadata,
    Column("process", String(80), primary_key=True),
    Column("kind", String(10), nullable=False),  # web | worker
    Column("started_at", Instant, nullable=False),
    Column("beat_at", Instant, nullable=False),
)

lease = Table(
    "lease",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("holder", String(80), nullable=False),
    Column("leased_until", Instant, nullable=False),
)

staff = Table(
    "staff",  # a member of the clinic's staff; disabled, never deleted before the audit that names them
    metadata,
    _id(),
    Column("email_hash", LargeBinary, nullable=False),
    Column("person_sealed", LargeBinary, nullable=False),  # name, first_name, email
    Column("role", String(20), nullable=False),
    Column("teams", String, nullable=False),  # JSON: ids of the clinic's file, or "*" for all of them
    Column("language", String(8), nullable=False),
    Column("password_sealed", LargeBinary),  # argon2's own string, sealed: a copy of the table guesses nothing
    Column("factor_sealed", LargeBinary),  # the secret of the codes
    Column("factor_step", Integer),  # the last step whose code was used
    Column("invitation_hash", LargeBinary),
    Column("invited_until", Instant),
    Column("created_at", Instant, nullable=False),
    Column("signed_in_at", Instant),
    Column("disabled_at", Instant),
    UniqueConstraint("email_hash"),
    UniqueConstraint("invitation_hash"),
)

staff_recovery = Table(
    "staff_recovery",  # codes for a lost phone; used is deleted
    metadata,
    _id(),
    _ref("staff_id", "staff"),
    Column("code_hash", LargeBinary, nullable=False),
    UniqueConstraint("staff_id", "code_hash"),
)

staff_session = Table(
    "staff_session",  # who is signed in, or half way there; ended is deleted
    metadata,
    _id(),
    _ref("staff_id", "staff"),
    Column("token_hash", LargeBinary, nullable=False),
    Column("stage", String(8), nullable=False),  # code, enrol, full
    Column("created_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("said_sealed", LargeBinary),  # what the next page tells
    UniqueConstraint("token_hash"),
)
Index("ix_staff_session_staff_id", staff_session.c.staff_id)
Index("ix_staff_session_expires_at", staff_session.c.expires_at)

staff_attempt = Table(
    "staff_attempt",  # how often somebody tried lately, by account and by address; gone after a day
    metadata,
    _id(),
    Column("key_hash", LargeBinary, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("last_at", Instant, nullable=False),
    Column("closed_until", Instant),
    UniqueConstraint("key_hash"),
)
Index("ix_staff_attempt_last_at", staff_attempt.c.last_at)

staff_role = Table(
    "staff_role",  # what a role may do, where a manager changed it
    metadata,
    Column("role", String(20), primary_key=True),
    Column("permissions", String, nullable=False),  # JSON
    Column("changed_at", Instant, nullable=False),
)
