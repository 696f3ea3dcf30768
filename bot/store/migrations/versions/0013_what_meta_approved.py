"""Which message templates Meta approved, and the clinic's count of no-shows from before the reminders."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two tables."""
    op.create_table(
        "template_state",
        sa.Column("name", sa.String(length=512), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("category", sa.String(length=30), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", "language", name="pk_template_state"),
    )
    op.create_table(
        "attendance_baseline",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("booked", sa.Integer(), nullable=False),
        sa.Column("noshow", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("month", name="pk_attendance_baseline"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("attendance_baseline")
    op.drop_table("template_state")
