"""The built-in calendar: appointments and holds, what was done to them, blocks, and exceptions of the week."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TAKES_TIME = sa.text("state IN ('hold', 'booked', 'arrived')")
NO_OVERLAP = """
    ALTER TABLE appointment ADD CONSTRAINT ex_appointment_practitioner_block
    EXCLUDE USING gist (practitioner WITH =, tstzrange(block_from, block_to) WITH &&)
    WHERE (state IN ('hold', 'booked', 'arrived'))
"""
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables; PostgreSQL also keeps two of one practitioner's times from overlapping."""
    _appointment()
    op.create_table(
        "appointment_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("was_practitioner", sa.String(length=40), nullable=True),
        sa.Column("was_starts_at", INSTANT, nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
            name=op.f("fk_appointment_change_appointment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment_change")),
        sa.UniqueConstraint("key", name=op.f("uq_appointment_change_key")),
    )
    op.create_index("ix_appointment_change_appointment_id", "appointment_change", ["appointment_id"])
    op.create_table(
        "errand",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hold_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("foreign_id", sa.String(length=200), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("leased_until", INSTANT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_errand")),
    )
    op.create_index("ix_errand_due_at", "errand", ["due_at"])
    op.create_table(
        "agenda_block",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("practitioner", sa.String(length=40), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_block")),
    )
    op.create_index("ix_agenda_block_practitioner_starts_at", "agenda_block", ["practitioner", "starts_at"])
    op.create_table(
        "agenda_exception",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("practitioner", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=6), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=True),
        sa.Column("local_start", sa.String(length=16), nullable=False),
        sa.Column("local_end", sa.String(length=16), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_exception")),
    )
    op.create_index("ix_agenda_exception_practitioner_local_start", "agenda_exception", ["practitioner", "local_start"])


def _appointment() -> None:
    op.create_table(
        "appointment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("practitioner", sa.String(length=40), nullable=False),
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("block_from", INSTANT, nullable=False),
        sa.Column("block_to", INSTANT, nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("local_start", sa.String(length=16), nullable=False),
        sa.Column("hold_ends_at", INSTANT, nullable=True),
        sa.Column("code", sa.String(length=8), nullable=True),
        sa.Column("patient_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("foreign_id", sa.String(length=200), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_appointment_contact_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint("code", name=op.f("uq_appointment_code")),
    )
    op.create_index(
        "ix_appointment_taken",
        "appointment",
        ["practitioner", "block_from"],
        postgresql_where=TAKES_TIME,
        sqlite_where=TAKES_TIME,
    )
    op.create_index("ix_appointment_contact_id", "appointment", ["contact_id", "starts_at"])
    op.create_index("ix_appointment_ends_at", "appointment", ["ends_at"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        op.execute(NO_OVERLAP)


def downgrade() -> None:
    """Drop the calendar."""
    for table in ("agenda_exception", "agenda_block", "errand", "appointment_change", "appointment"):
        op.drop_table(table)
