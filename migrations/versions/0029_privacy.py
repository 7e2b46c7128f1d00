"""Privacy of audits: an index of who opened what, retention with its runs, legal holds, and references never used again.

Going down keeps what retention erased as it is: the words are gone, and what stands in their place stays.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_READ = sa.text("act IN ('opened', 'exported', 'refused')")


def upgrade() -> None:
    """Make the index and the tables, and the marks on audits and on the organisation."""
    op.create_index("ix_log_entry_read", "log_entry", ["at"], sqlite_where=_READ, postgresql_where=_READ)
    op.add_column("audit", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("organisation", sa.Column("audit_years", sa.Integer(), server_default="3", nullable=False))
    op.create_table(
        "spent_reference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spent_reference")),
        sa.UniqueConstraint("digest", name=op.f("uq_spent_reference_digest")),
    )
    _make_runs()
    _make_holds()


def downgrade() -> None:
    """Take the tables, the marks and the index away."""
    op.drop_table("legal_hold")
    op.drop_table("retention_run")
    op.drop_table("spent_reference")
    op.drop_column("organisation", "audit_years")
    op.drop_column("audit", "erased_at")
    op.drop_index("ix_log_entry_read", "log_entry")


def _make_runs() -> None:
    op.create_table(
        "retention_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_approved", sa.Boolean(), nullable=True),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *_recorded(),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (is_approved IS NULL) AND (decided_at IS NULL) = (decided_by_id IS NULL)",
            name=op.f("ck_retention_run_decided_by_somebody"),
        ),
        sa.CheckConstraint("decided_by_id <> asked_by_id", name=op.f("ck_retention_run_decided_by_another")),
        sa.CheckConstraint("taken = 0 OR is_approved", name=op.f("ck_retention_run_nothing_goes_unapproved")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_retention_run_asked_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_retention_run_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_run")),
        sa.UniqueConstraint("number", name=op.f("uq_retention_run_number")),
    )


def _make_holds() -> None:
    op.create_table(
        "legal_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("lifted_by_id", sa.Integer(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_why", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_recorded(),
        sa.CheckConstraint("audit_id IS NULL OR case_id IS NULL", name=op.f("ck_legal_hold_holds_one_thing")),
        sa.CheckConstraint(
            "(lifted_at IS NULL) = (lifted_by_id IS NULL)", name=op.f("ck_legal_hold_lifted_by_somebody")
        ),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_legal_hold_audit_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case_reference.id"], name=op.f("fk_legal_hold_case_id")),
        sa.ForeignKeyConstraint(["set_by_id"], ["person.id"], name=op.f("fk_legal_hold_set_by_id")),
        sa.ForeignKeyConstraint(["lifted_by_id"], ["person.id"], name=op.f("fk_legal_hold_lifted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
        sa.UniqueConstraint("public_id", name=op.f("uq_legal_hold_public_id")),
    )
    op.create_index(op.f("ix_legal_hold_audit_id"), "legal_hold", ["audit_id"])
    op.create_index(op.f("ix_legal_hold_case_id"), "legal_hold", ["case_id"])


def _recorded() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
    )
