"""Who changed an appointment, and when the patient said that they come."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two columns; until now only patients could change an appointment."""
    op.add_column("appointment", sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "appointment_change", sa.Column("by", sa.String(length=9), nullable=False, server_default=sa.text("'patient'"))
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_column("appointment_change", "by")
    op.drop_column("appointment", "confirmed_at")
