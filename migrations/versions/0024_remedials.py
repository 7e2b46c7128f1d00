"""Remedial actions with their steps, planned re-audits, the further life of concerns, and who closes them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_PRIORITIES = ("immediate", "urgent", "standard")
_STATES = ("open", "in_hand", "claimed", "verified", "closed")
_STEPS = ("take", "claim", "verify", "send_back", "close")
_CONCERN_CHECKS = {
    "ck_immediate_concern_acted_after_acknowledged": "acted_at IS NULL OR acknowledged_at IS NOT NULL",
    "ck_immediate_concern_closed_after_acted": "closed_at IS NULL OR acted_at IS NOT NULL",
}
_CONCERN_COLUMNS = ("acted_by_id", "acted_at", "acted", "closed_by_id", "closed_at", "outcome")
# In plain SQL, which both databases take: made anew, the table would hold the check of an earlier revision otherwise.
_HEAD_IS_MODERATOR = "CONSTRAINT ck_role_grant_head_is_moderator CHECK (NOT is_head OR role = 'moderator')"


def upgrade() -> None:
    """Make the tables and the columns; of a concern that was acknowledged nobody wrote down yet what was done."""
    _make_remedials()
    op.create_table(
        "re_audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_recorded(),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_re_audit_audit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_re_audit")),
        sa.UniqueConstraint("audit_id", name=op.f("uq_re_audit_audit_id")),
    )
    with op.batch_alter_table("immediate_concern", copy_from=_table("immediate_concern")) as batch:
        for name in ("acted", "closed"):
            batch.add_column(sa.Column(f"{name}_by_id", sa.Integer(), nullable=True))
            batch.add_column(sa.Column(f"{name}_at", sa.DateTime(timezone=True), nullable=True))
            batch.create_foreign_key(op.f(f"fk_immediate_concern_{name}_by_id"), "person", [f"{name}_by_id"], ["id"])
        for name in ("acted", "outcome"):
            batch.add_column(sa.Column(name, sa.Text(), server_default="", nullable=False))
        for name, condition in _CONCERN_CHECKS.items():
            batch.create_check_constraint(op.f(name), condition)
    with op.batch_alter_table("immediate_concern", copy_from=_table("immediate_concern")) as batch:
        for name in ("acted", "outcome"):
            batch.alter_column(name, existing_type=sa.Text(), existing_nullable=False, server_default=None)
    op.execute(f"ALTER TABLE role_grant ADD COLUMN is_head BOOLEAN DEFAULT false NOT NULL {_HEAD_IS_MODERATOR}")


def downgrade() -> None:
    """Take it all away; concerns stay, acknowledged or not, and an audit that was closed is final again."""
    op.execute("UPDATE audit SET state = 'final' WHERE state = 'closed'")
    op.execute("ALTER TABLE role_grant DROP COLUMN is_head")
    with op.batch_alter_table("immediate_concern", copy_from=_table("immediate_concern")) as batch:
        for name in _CONCERN_CHECKS:
            batch.drop_constraint(op.f(name), type_="check")
        for name in ("acted", "closed"):
            batch.drop_constraint(op.f(f"fk_immediate_concern_{name}_by_id"), type_="foreignkey")
        for name in _CONCERN_COLUMNS:
            batch.drop_column(name)
    for table in ("re_audit", "remedial_step", "remedial_action"):
        op.drop_table(table)


def _make_remedials() -> None:
    op.create_table(
        "remedial_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("priority", _one_of("priority", *_PRIORITIES), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", _one_of("remedial_state", *_STATES), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_recorded(),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_remedial_action_audit_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_remedial_action_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remedial_action")),
        sa.UniqueConstraint("public_id", name=op.f("uq_remedial_action_public_id")),
    )
    for column in ("audit_id", "owner_id"):
        op.create_index(op.f(f"ix_remedial_action_{column}"), "remedial_action", [column], unique=False)
    op.create_index("ix_remedial_action_state_due", "remedial_action", ["state", "due_on"], unique=False)
    op.create_table(
        "remedial_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("remedial_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("step", _one_of("step", *_STEPS), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        *_recorded(),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_remedial_step_person_id")),
        sa.ForeignKeyConstraint(["remedial_id"], ["remedial_action.id"], name=op.f("fk_remedial_step_remedial_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remedial_step")),
    )
    op.create_index(op.f("ix_remedial_step_remedial_id"), "remedial_step", ["remedial_id"], unique=False)


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def _recorded() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
    )


def _table(name: str) -> sa.Table:
    """Return a table as it is, its named checks included: SQLite changes one only by making it anew."""
    return sa.Table(name, sa.MetaData(), autoload_with=op.get_bind(), resolve_fks=False)
