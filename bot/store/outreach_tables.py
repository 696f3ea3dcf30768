"""The tables of what the clinic begins: notices, each claimed once, and the balance of each day. No words, no names."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, Uuid, text

from bot.store.tables import Instant, metadata

notice = Table(
    "notice",  # made when it is claimed, in the transaction that queues its row; before that it is derived
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("appointment_id", Uuid, ForeignKey("appointment.id", ondelete="CASCADE")),  # None: of an offer
    Column("offer_id", Uuid),
    Column("conversation_id", Uuid, ForeignKey("conversation.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("starts_at", Instant, nullable=False),  # of the visit, as it was told
    Column("concerns_at", Instant, nullable=False),  # the first time that matters: of a move, perhaps the old one
    Column("due_at", Instant, nullable=False),
    Column("until", Instant, nullable=False),  # when it is of no use any more
    Column("state", String(8), nullable=False),  # queued, sent, skipped, staff
    Column("reason", String(20)),
    Column("outbox_id", Uuid),  # no foreign key: the row goes by age, and what became of it stays
    Column("at", Instant, nullable=False),
    Column("settled_at", Instant),
    Column("done_at", Instant),  # a person has told the patient
    Column("done_by", String(80)),
    UniqueConstraint("appointment_id", "revision", "kind"),
    UniqueConstraint("offer_id"),
)
TO_TELL = text("state = 'staff' AND done_at IS NULL")
Index("ix_notice_kind_starts_at", notice.c.kind, notice.c.starts_at, notice.c.appointment_id)
Index("ix_notice_due_at", notice.c.due_at)
Index("ix_notice_outbox_id", notice.c.outbox_id)
Index("ix_notice_conversation_id", notice.c.conversation_id)
QUEUED = text("state = 'queued'")
Index("ix_notice_queued", notice.c.until, postgresql_where=QUEUED, sqlite_where=QUEUED)
Index("ix_notice_to_tell", notice.c.starts_at, postgresql_where=TO_TELL, sqlite_where=TO_TELL)

notice_day = Table(
    "notice_day",  # due = sent + skipped + staff + waiting + difference
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("day", String(10), nullable=False),  # of the clinic's clock, as in 2026-11-23
    Column("due", Integer, nullable=False),
    Column("sent", Integer, nullable=False),
    Column("skipped", Integer, nullable=False),
    Column("staff", Integer, nullable=False),
    Column("waiting", Integer, nullable=False),
    Column("difference", Integer, nullable=False),
    Column("reasons", Text, nullable=False),  # JSON: [[state, reason, count], ...]
    Column("struck_at", Instant, nullable=False),
    UniqueConstraint("day"),
)
