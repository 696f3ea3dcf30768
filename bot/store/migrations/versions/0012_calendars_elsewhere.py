"""Calendars elsewhere: what was last seen of them."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "bookmark",
        sa.Column("system", sa.String(40), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True)),
        sa.Column("compared_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("system", name=op.f("pk_bookmark")),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("bookmark")
