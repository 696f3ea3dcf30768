"""People known behind one phone, and the waiting list."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

LIVE = sa.text("state IN ('holding', 'open', 'accepted')")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables."""
    _person_known()
    _waiting()
    _waiting_offer()


def downgrade() -> None:
    """Drop them."""
    for table in ("waiting_offer", "freed_place", "waiting", "person_known"):
        op.drop_table(table)


def _person_known() -> None:
    op.create_table(
        "person_known",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("person_hash", sa.LargeBinary(), nullable=False),
        sa.Column("person_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("last_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_person_known_contact_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_known")),
        sa.UniqueConstraint("contact_id", "person_hash", name=op.f("uq_person_known_contact_id_person_hash")),
    )


def _waiting() -> None:
    op.create_table(
        "waiting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=True),
        sa.Column("practitioner", sa.String(length=40), nullable=True),
        sa.Column("part", sa.String(length=9), nullable=True),
        sa.Column("patient_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("joined_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_waiting_contact_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting")),
        sa.UniqueConstraint("key", name=op.f("uq_waiting_key")),
    )
    op.create_index("ix_waiting_service_joined_at", "waiting", ["service", "joined_at"])
    op.create_index("ix_waiting_contact_id", "waiting", ["contact_id"])
    op.create_index("ix_waiting_ends_at", "waiting", ["ends_at"])
    op.create_table(
        "freed_place",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("practitioner", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("leased_until", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_freed_place")),
    )
    op.create_index("ix_freed_place_due_at", "freed_place", ["due_at"])


def _waiting_offer() -> None:
    op.create_table(
        "waiting_offer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("freed_id", sa.Uuid(), nullable=False),
        sa.Column("waiting_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("slot", sa.String(length=200), nullable=False),
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("practitioner", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("hold_id", sa.Uuid(), nullable=True),
        sa.Column("closes_at", INSTANT, nullable=True),
        sa.Column("told_at", INSTANT, nullable=True),
        sa.Column("appointment_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_waiting_offer_contact_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_offer")),
        sa.UniqueConstraint("freed_id", "waiting_id", name=op.f("uq_waiting_offer_freed_id_waiting_id")),
    )
    op.create_index("ix_waiting_offer_ends_at", "waiting_offer", ["ends_at"])
    for column in ("freed_id", "contact_id"):
        op.create_index(
            f"uq_waiting_offer_{column}_live",
            "waiting_offer",
            [column],
            unique=True,
            postgresql_where=LIVE,
            sqlite_where=LIVE,
        )
