"""The counter's calendar: feeds, busy times of other calendars, overridden rules."""

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add nothing yet."""


def downgrade() -> None:
    """Drop nothing."""
