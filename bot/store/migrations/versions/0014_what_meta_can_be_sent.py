"""What each template takes at Meta, when a number may begin something again, and an index of notices on their way."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

QUEUED = sa.text("state = 'queued'")


def upgrade() -> None:
    """Add the columns and the index."""
    op.add_column("template_state", sa.Column("shape", sa.String(length=64)))
    op.add_column("number", sa.Column("begins_since", sa.DateTime(timezone=True)))
    op.add_column("number", sa.Column("begins_at", sa.DateTime(timezone=True)))
    op.create_index("ix_notice_queued", "notice", ["until"], postgresql_where=QUEUED, sqlite_where=QUEUED)


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_notice_queued", "notice")
    op.drop_column("number", "begins_at")
    op.drop_column("number", "begins_since")
    op.drop_column("template_state", "shape")
