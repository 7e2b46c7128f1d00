"""Overrides of the computed rating, and who decides on a date that was asked for, with the reason's code."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of overrides and the columns that the rating on any day is read from."""
    op.create_table(
        "rag_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(length=1), nullable=False),
        sa.Column("over", sa.String(length=1), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("needs_body", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_note", sa.Text(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("form_token", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("value IN ('A', 'G')", name=op.f("ck_rag_override_value")),
        sa.CheckConstraint("over IN ('R', 'A', 'N')", name=op.f("ck_rag_override_over")),
        sa.CheckConstraint(
            "state IN ('asked', 'approved', 'refused', 'withdrawn')", name=op.f("ck_rag_override_override_state")
        ),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id <> asked_by_id", name=op.f("ck_rag_override_decided_by_another")
        ),
        sa.CheckConstraint(
            "state <> 'approved' OR (decided_on IS NOT NULL AND decided_by_id IS NOT NULL AND expires_on IS NOT NULL)",
            name=op.f("ck_rag_override_approved_expires"),
        ),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_rag_override_action_id")),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_rag_override_evidence_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_rag_override_asked_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_rag_override_decided_by_id")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name=op.f("fk_rag_override_ended_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rag_override")),
        sa.UniqueConstraint("form_token", name=op.f("uq_rag_override_form_token")),
    )
    op.create_index(op.f("ix_rag_override_action_id"), "rag_override", ["action_id"], unique=False)
    op.create_index(
        "uq_rag_override_asked",
        "rag_override",
        ["action_id"],
        unique=True,
        sqlite_where=sa.text("state = 'asked'"),
        postgresql_where=sa.text("state = 'asked'"),
    )
    # In plain SQL, which both databases take: made anew on SQLite a table would lose its checks.
    op.execute(
        "ALTER TABLE action ADD COLUMN override_code VARCHAR(1) CONSTRAINT ck_action_override_code "
        "CHECK (override_code IS NULL OR override_code IN ('A', 'G'))"
    )
    op.execute("ALTER TABLE action ADD COLUMN override_until DATE")


def downgrade() -> None:
    """Take overrides away: every action is rated as computed and declared again."""
    op.drop_column("action", "override_until")
    op.drop_column("action", "override_code")
    op.drop_table("rag_override")
