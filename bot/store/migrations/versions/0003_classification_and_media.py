"""What free text and media need."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COLUMNS = (
    ("conversation", sa.Column("awaits_id", sa.Uuid(), nullable=True)),
    ("conversation", sa.Column("offered", sa.String(400), nullable=True)),
    ("message", sa.Column("joined_id", sa.Uuid(), nullable=True)),
)
INDEXES = (
    ("ix_message_joined_id", "message", "joined_id", "outcome = 'open'"),
    ("ix_message_spam", "message", "conversation_id", "outcome = 'ignored' AND reason = 'spam'"),
    ("ix_classification_at", "classification", "at", None),
    ("ix_classification_conversation_id", "classification", "conversation_id", None),
    ("ix_classification_message_id", "classification", "message_id", None),
    ("ix_media_waiting", "media", "leased_until", "state = 'waiting'"),
    ("ix_media_created_at", "media", "created_at", None),
    ("ix_media_conversation_id", "media", "conversation_id", None),
)


def upgrade() -> None:
    """Add to the tables; nothing that the previous release reads or writes changes."""
    for table, column in COLUMNS:
        op.add_column(table, column)
    _create_classification()
    _create_media()
    for name, table, indexed, only in INDEXES:
        where = sa.text(only) if only else None
        op.create_index(name, table, [indexed], unique=False, postgresql_where=where, sqlite_where=where)


def downgrade() -> None:
    """Go back; what was classified and which files were fetched is lost."""
    for name, table, _, _ in INDEXES:
        op.drop_index(name, table_name=table)
    for table in ("media", "classification"):
        op.drop_table(table)
    for table, column in COLUMNS:
        op.drop_column(table, column.name)


def _belongs_to(table: str, owner: str) -> tuple[sa.Column[object], sa.ForeignKeyConstraint]:
    name = f"{owner}_id"
    constraint = sa.ForeignKeyConstraint([name], [f"{owner}.id"], name=f"fk_{table}_{name}", ondelete="CASCADE")
    return sa.Column(name, sa.Uuid(), nullable=False), constraint


def _create_classification() -> None:
    op.create_table(
        "classification",
        sa.Column("id", sa.Uuid(), nullable=False),
        *_belongs_to("classification", "message"),
        *_belongs_to("classification", "conversation"),
        sa.Column("by", sa.String(60), nullable=False),
        sa.Column("route", sa.String(60)),
        sa.Column("sure", sa.Boolean()),
        sa.Column("language", sa.String(8)),
        sa.Column("tone", sa.String(10)),
        sa.Column("why", sa.String(20)),
        sa.Column("input_tokens", sa.Integer()),
        sa.Column("output_tokens", sa.Integer()),
        sa.Column("took_ms", sa.Integer()),
        sa.Column("cost_usd", sa.Float()),
        sa.Column("shadow", sa.Boolean(), nullable=False),
        sa.Column("staff_did", sa.String(100)),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_classification"),
    )


def _create_media() -> None:
    op.create_table(
        "media",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("phone_number_id", sa.String(64), nullable=False),
        *_belongs_to("media", "message"),
        *_belongs_to("media", "conversation"),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("why", sa.String(20)),
        sa.Column("mime", sa.String(100)),
        sa.Column("size", sa.Integer()),
        sa.Column("content_sealed", sa.LargeBinary()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_media"),
        sa.UniqueConstraint("message_id", name="uq_media_message_id"),
    )
