"""What deletion needs: the audit, tombstones, and indexes by which what is too old is found."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_message_words", "message", "received_at", "length(content_sealed) > 0"),
    (
        "ix_message_media",
        "message",
        "id",
        "media_gone_at IS NULL AND kind IN ('image', 'video', 'audio', 'document', 'sticker', 'edit')",
    ),
    ("ix_call_words", "call", "created_at", "length(arguments_sealed) > 0"),
    ("ix_call_conversation_id", "call", "conversation_id", None),
    ("ix_outbox_words", "outbox", "created_at", "length(content_sealed) > 0 OR wamid_sealed IS NOT NULL"),
    ("ix_status_at", "status", "at", None),
    ("ix_status_outbox_id", "status", "outbox_id", None),
    ("ix_handoff_conversation_id", "handoff", "conversation_id", None),
)
POSTGRES = (
    """
    CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND EXISTS (
            SELECT 1 FROM lease WHERE name = 'retention' AND leased_until > clock_timestamp()
        ) THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'audit is append-only';
    END $$
    """,
    "CREATE TRIGGER audit_row BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()",
    "CREATE TRIGGER audit_all BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()",
)
SQLITE = (
    "CREATE TRIGGER audit_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END",
    """
    CREATE TRIGGER audit_delete BEFORE DELETE ON audit
    WHEN NOT EXISTS (
        SELECT 1 FROM lease WHERE name = 'retention' AND leased_until > strftime('%Y-%m-%d %H:%M:%f', 'now')
    )
    BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END
    """,
)


def upgrade() -> None:
    """Expand only: the release before this one still runs while this is done."""
    op.add_column("contact", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("conversation", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("message", sa.Column("media_gone_at", sa.DateTime(timezone=True), nullable=True))
    for name, table, column, only in INDEXES:
        where = sa.text(only) if only else None
        op.create_index(name, table, [column], unique=False, postgresql_where=where, sqlite_where=where)
    _create_audit()


def _create_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject_table", sa.String(length=40), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("counts", sa.String(), nullable=False),
        sa.CheckConstraint("length(actor) > 0", name=op.f("ck_audit_actor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_action", "audit", ["action", "at"], unique=False)
    op.create_index("ix_audit_subject_id", "audit", ["subject_id"], unique=False)
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE if is_sqlite else POSTGRES:
        op.get_bind().exec_driver_sql(statement)
