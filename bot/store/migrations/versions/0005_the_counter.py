"""What the counter needs: notes, labels, the search by name, and how often an unclaimed request has called for help."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the tables; nothing that the previous release reads or writes changes."""
    op.add_column("contact", sa.Column("name_hash", sa.LargeBinary(), nullable=True))
    op.create_index("ix_contact_name_hash", "contact", ["name_hash"])
    op.add_column("handoff", sa.Column("escalations", sa.Integer(), nullable=True))
    op.create_index("ix_handoff_team_claimed_at", "handoff", ["team", "claimed_at"])
    op.create_table(
        "note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("team", sa.String(length=40), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_note_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
    )
    op.create_index("ix_note_conversation_id", "note", ["conversation_id", "created_at"])
    op.create_index("ix_note_created_at", "note", ["created_at"])
    op.create_table(
        "label",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_label_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_label"),
        sa.UniqueConstraint("conversation_id", "label", name="uq_label_conversation_id_label"),
    )
    op.create_index("ix_label_at", "label", ["at"])


def downgrade() -> None:
    """Go back."""
    op.drop_table("label")
    op.drop_table("note")
    op.drop_index("ix_handoff_team_claimed_at", "handoff")
    op.drop_column("handoff", "escalations")
    op.drop_index("ix_contact_name_hash", "contact")
    op.drop_column("contact", "name_hash")
