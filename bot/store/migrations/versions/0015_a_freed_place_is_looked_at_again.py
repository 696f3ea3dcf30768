"""How often in a row the calendar did not have a freed place free: another system may take its time."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the count."""
    op.add_column("freed_place", sa.Column("looks", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    """Drop it."""
    with op.batch_alter_table("freed_place") as table:
        table.drop_column("looks")
