"""What free text and media need."""

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the tables; nothing that the previous release reads or writes changes."""


def downgrade() -> None:
    """Go back."""
