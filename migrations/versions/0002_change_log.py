"""The change log, with the triggers by which the database refuses to change it."""

import sqlalchemy as sa
from alembic import op

from tracker.core.changelog import create_triggers, drop_triggers

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "log_entry",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("subject_kind", sa.String(length=63), nullable=False),
        sa.Column("subject_id", sa.String(length=200), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("payload_hash", sa.String(length=64), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("entry_hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_log_entry_number_from_one")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_log_entry")),
        sa.UniqueConstraint("entry_hash", name=op.f("uq_log_entry_entry_hash")),
        sa.UniqueConstraint("previous_hash", name=op.f("uq_log_entry_previous_hash")),
    )
    op.create_index("ix_log_entry_subject", "log_entry", ["subject_kind", "subject_id"], unique=False)
    op.create_table(
        "log_payload",
        sa.Column(
            "entry_number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["entry_number"], ["log_entry.number"], name=op.f("fk_log_payload_entry_number")),
        sa.PrimaryKeyConstraint("entry_number", name=op.f("pk_log_payload")),
    )
    create_triggers(op.get_bind())


def downgrade() -> None:
    """Take the tables away with all they hold."""
    drop_triggers(op.get_bind())
    op.drop_table("log_payload")
    op.drop_table("log_entry")
