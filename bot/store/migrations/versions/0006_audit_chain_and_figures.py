"""The audit's hash chain, and what the figures need."""

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the tables; nothing that the previous release reads or writes changes."""


def downgrade() -> None:
    """Go back."""
