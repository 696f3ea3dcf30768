"""The counter's calendar: why a time is blocked, which rules staff overrode, and feeds for other calendars."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add two columns and the feeds."""
    op.add_column("agenda_block", sa.Column("reason", sa.String(length=20), nullable=True))
    op.add_column("appointment_change", sa.Column("overrode", sa.String(length=80), nullable=True))
    op.create_table(
        "agenda_feed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("practitioner", sa.String(length=40), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_agenda_feed_token_hash")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("agenda_feed")
    op.drop_column("appointment_change", "overrode")
    op.drop_column("agenda_block", "reason")
