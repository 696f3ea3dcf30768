"""The tables of the waiting list: who waits, which places became free, and to whom each was offered."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, UniqueConstraint, Uuid, text

from bot.store.tables import Instant, metadata

LIVE = "state IN ('holding', 'open', 'accepted')"  # offers that are not over

waiting = Table(
    "waiting",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("contact_id", Uuid, ForeignKey("contact.id", ondelete="CASCADE"), nullable=False),
    Column("service", String(40), nullable=False),
    Column("place", String(40)),  # None of these three: any
    Column("practitioner", String(40)),
    Column("part", String(9)),  # morning, afternoon
    Column("patient_sealed", LargeBinary, nullable=False),  # first name, birth date
    Column("key", Uuid, nullable=False),  # of the tap that joined
    Column("joined_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),  # nobody waits for ever
    UniqueConstraint("key"),
)
Index("ix_waiting_service_joined_at", waiting.c.service, waiting.c.joined_at)
Index("ix_waiting_contact_id", waiting.c.contact_id)
Index("ix_waiting_ends_at", waiting.c.ends_at)

freed_place = Table(
    "freed_place",  # written with what freed it, deleted when nobody who waits is left to be asked
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("practitioner", String(40), nullable=False),
    Column("place", String(40), nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("leased_until", Instant),
    Column("looks", Integer, nullable=False, server_default="0"),  # in a row in which the calendar did not have it free
)
Index("ix_freed_place_due_at", freed_place.c.due_at)

waiting_offer = Table(
    "waiting_offer",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("freed_id", Uuid, nullable=False),  # stays when the freed place is gone
    Column("waiting_id", Uuid, nullable=False),  # stays when the person waits no longer
    Column("contact_id", Uuid, ForeignKey("contact.id", ondelete="CASCADE"), nullable=False),
    Column("state", String(10), nullable=False),
    Column("slot", String(200), nullable=False),
    Column("service", String(40), nullable=False),
    Column("practitioner", String(40), nullable=False),
    Column("place", String(40), nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("hold_id", Uuid),
    Column("closes_at", Instant),  # until when it may be taken
    Column("told_at", Instant),  # of before 0015: told is an offer that has its row in `notice`
    Column("appointment_id", Uuid),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("freed_id", "waiting_id"),  # a place is offered to nobody twice
)
Index(
    "uq_waiting_offer_freed_id_live",  # a place is offered to one person at a time
    waiting_offer.c.freed_id,
    unique=True,
    postgresql_where=text(LIVE),
    sqlite_where=text(LIVE),
)
Index(
    "uq_waiting_offer_contact_id_live",  # and nobody has two offers at a time
    waiting_offer.c.contact_id,
    unique=True,
    postgresql_where=text(LIVE),
    sqlite_where=text(LIVE),
)
Index("ix_waiting_offer_ends_at", waiting_offer.c.ends_at)
