"""What the clinic begins: notices and reminders, each claimed once, and the balance of each day."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
BOOKED = sa.text("state = 'booked'")
BY_OTHERS = sa.text("by <> 'patient'")
TO_TELL = sa.text("state = 'staff' AND done_at IS NULL")


def upgrade() -> None:
    """Add the two tables, and the indexes by which what is due is found among all appointments."""
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=True),
        sa.Column("offer_id", sa.Uuid(), nullable=True),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("concerns_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("outbox_id", sa.Uuid(), nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.Column("done_by", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_notice_appointment_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_notice_conversation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("appointment_id", "revision", "kind", name=op.f("uq_notice_appointment_id_revision_kind")),
        sa.UniqueConstraint("offer_id", name=op.f("uq_notice_offer_id")),
    )
    op.create_index("ix_notice_kind_starts_at", "notice", ["kind", "starts_at", "appointment_id"])
    op.create_index("ix_notice_due_at", "notice", ["due_at"])
    op.create_index("ix_notice_outbox_id", "notice", ["outbox_id"])
    op.create_index("ix_notice_conversation_id", "notice", ["conversation_id"])
    op.create_index("ix_notice_to_tell", "notice", ["starts_at"], postgresql_where=TO_TELL, sqlite_where=TO_TELL)
    op.create_index("ix_appointment_booked", "appointment", ["starts_at"], postgresql_where=BOOKED, sqlite_where=BOOKED)
    op.create_index(
        "ix_appointment_change_by_others",
        "appointment_change",
        ["at"],
        postgresql_where=BY_OTHERS,
        sqlite_where=BY_OTHERS,
    )
    op.create_table(
        "notice_day",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("difference", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("struck_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_day")),
        sa.UniqueConstraint("day", name=op.f("uq_notice_day_day")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("notice_day")
    op.drop_index("ix_appointment_change_by_others", "appointment_change")
    op.drop_index("ix_appointment_booked", "appointment")
    op.drop_table("notice")
