"""The tables of what Meta and the operator said once: which message templates may be sent, and how many came before reminders."""

from __future__ import annotations

from sqlalchemy import Column, Integer, PrimaryKeyConstraint, String, Table

from bot.store.tables import Instant, metadata

template_state = Table(
    "template_state",  # what Meta last said of a template in one language
    metadata,
    Column("name", String(512), nullable=False),
    Column("language", String(10), nullable=False),
    Column("status", String(30), nullable=False),  # Meta's word: APPROVED, PENDING, PAUSED ...
    Column("category", String(30), nullable=False),  # utility, marketing, authentication; empty: not told
    Column("at", Instant, nullable=False),  # when Meta said so; something older changes nothing
    Column("shape", String(64)),  # which values and buttons it has there (`bot.approvals`); None: Meta did not tell
    PrimaryKeyConstraint("name", "language"),
)

attendance_baseline = Table(
    "attendance_baseline",  # what the clinic counted before it was reminded by this desk
    metadata,
    Column("month", String(7), primary_key=True),  # as in 2026-03
    Column("booked", Integer, nullable=False),
    Column("noshow", Integer, nullable=False),
    Column("at", Instant, nullable=False),
)
