"""Members of staff, how they sign in, and their sessions."""

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the tables; nothing that the previous release reads or writes changes."""


def downgrade() -> None:
    """Go back."""
