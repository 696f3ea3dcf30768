"""What the counter needs: notes, labels, canned replies."""

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the tables; nothing that the previous release reads or writes changes."""


def downgrade() -> None:
    """Go back."""
