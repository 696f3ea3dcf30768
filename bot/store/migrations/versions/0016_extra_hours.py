"""Extra hours of a practitioner: what is done in them."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column."""
    op.add_column("agenda_exception", sa.Column("services", sa.Text(), nullable=True))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("agenda_exception", "services")
