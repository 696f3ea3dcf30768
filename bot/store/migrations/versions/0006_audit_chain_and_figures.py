"""The audit's hash chain, and what the figures need."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

CHAINED = ("audit_seal", "audit_sealed")
POSTGRES = (
    """
    CREATE FUNCTION audit_awaits_seal() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO audit_unsealed (audit_id) VALUES (NEW.id);
        RETURN NULL;
    END $$
    """,
    "CREATE TRIGGER audit_awaits_seal AFTER INSERT ON audit FOR EACH ROW EXECUTE FUNCTION audit_awaits_seal()",
)
POSTGRES_CHAINED = (
    "CREATE TRIGGER {0}_row BEFORE UPDATE OR DELETE ON {0} FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()",
    "CREATE TRIGGER {0}_all BEFORE TRUNCATE ON {0} FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()",
)
SQLITE = (
    """
    CREATE TRIGGER audit_awaits_seal AFTER INSERT ON audit
    BEGIN INSERT INTO audit_unsealed (audit_id) VALUES (NEW.id); END
    """,
)
SQLITE_CHAINED = (
    "CREATE TRIGGER {0}_update BEFORE UPDATE ON {0} BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END",
    """
    CREATE TRIGGER {0}_delete BEFORE DELETE ON {0}
    WHEN NOT EXISTS (
        SELECT 1 FROM lease WHERE name = 'retention' AND leased_until > strftime('%Y-%m-%d %H:%M:%f', 'now')
    )
    BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END
    """,
)


def upgrade() -> None:
    """Add to the tables; nothing that the previous release reads or writes changes."""
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_audit_actor", "audit", ["actor", "at"])
    _create_chain()
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE if is_sqlite else POSTGRES:
        op.get_bind().exec_driver_sql(statement)
    for statement in SQLITE_CHAINED if is_sqlite else POSTGRES_CHAINED:
        for table in CHAINED:
            op.get_bind().exec_driver_sql(statement.replace("{0}", table))
    # After the trigger: what the release before this one writes meanwhile waits too, and nothing waits twice.
    op.execute(
        "INSERT INTO audit_unsealed (audit_id) SELECT id FROM audit WHERE true ON CONFLICT (audit_id) DO NOTHING"
    )


def _create_chain() -> None:
    op.create_table(
        "audit_seal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("previous_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=False),
        sa.Column("seal_hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_seal"),
        sa.UniqueConstraint("number", name="uq_audit_seal_number"),
    )
    op.create_table(
        "audit_sealed",
        sa.Column("audit_id", sa.Uuid(), nullable=False),
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["seal_id"], ["audit_seal.id"], name="fk_audit_sealed_seal_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("audit_id", name="pk_audit_sealed"),
    )
    op.create_index("ix_audit_sealed_seal_id", "audit_sealed", ["seal_id"])
    op.create_table(
        "audit_unsealed",
        sa.Column("audit_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name="fk_audit_unsealed_audit_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("audit_id", name="pk_audit_unsealed"),
    )


def downgrade() -> None:
    """Go back."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute("DROP TRIGGER audit_awaits_seal" + ("" if is_sqlite else " ON audit"))
    for table in ("audit_unsealed", "audit_sealed", "audit_seal"):
        op.drop_table(table)
    if not is_sqlite:
        op.execute("DROP FUNCTION audit_awaits_seal()")
    op.drop_index("ix_audit_actor", "audit")
    op.drop_index("ix_audit_at", "audit")
