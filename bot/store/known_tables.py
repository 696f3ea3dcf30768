"""The table of the people known behind one phone, kept only of those whose contact agreed to it."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, LargeBinary, Table, UniqueConstraint, Uuid

from bot.store.tables import Instant, metadata

person_known = Table(
    "person_known",  # whom a contact booked for: themselves, a child, a parent
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("contact_id", Uuid, ForeignKey("contact.id", ondelete="CASCADE"), nullable=False),
    Column("person_hash", LargeBinary, nullable=False),  # of contact, first name and birth date: nobody is kept twice
    Column("person_sealed", LargeBinary, nullable=False),  # the calendar's id, first name, birth date
    Column("created_at", Instant, nullable=False),
    Column("last_at", Instant, nullable=False),  # when somebody was last booked for
    UniqueConstraint("contact_id", "person_hash"),
)
