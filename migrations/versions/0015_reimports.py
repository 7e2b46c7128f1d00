"""Later versions of a plan: what waits, what was taken in, what that changed, and since when a milestone is there."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_KINDS = (
    *("new-area", "new", "new-milestone", "area-reworded", "reworded", "milestone-reworded", "redated", "lead"),
    *("renumbered", "gone", "milestone-gone", "area-gone", "new-text", "text-reworded", "text-gone"),
)


def _recorded() -> list[sa.Column[Any]]:
    return [
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
    ]


def upgrade() -> None:
    """Make the tables, and let a milestone say since when it is in the plan: those that are there always were."""
    op.execute("ALTER TABLE milestone ADD COLUMN agreed_on DATE")
    op.create_table(
        "reimport",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=160), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        *_recorded(),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_reimport_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reimport")),
    )
    op.create_index(op.f("ix_reimport_plan_id"), "reimport", ["plan_id"], unique=False)
    op.create_table(
        "reimport_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reimport_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(*_KINDS, name="change_kind", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("now", sa.Text(), nullable=False),
        *_recorded(),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_reimport_change_action_id")),
        sa.ForeignKeyConstraint(["reimport_id"], ["reimport.id"], name=op.f("fk_reimport_change_reimport_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reimport_change")),
    )
    op.create_index(op.f("ix_reimport_change_action_id"), "reimport_change", ["action_id"], unique=False)
    op.create_index(op.f("ix_reimport_change_reimport_id"), "reimport_change", ["reimport_id"], unique=False)
    op.create_table(
        "pending_reimport",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=160), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reimport_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pending_reimport_person_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_pending_reimport_plan_id")),
        sa.ForeignKeyConstraint(["reimport_id"], ["reimport.id"], name=op.f("fk_pending_reimport_reimport_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_reimport")),
        sa.UniqueConstraint("public_id", name=op.f("uq_pending_reimport_public_id")),
    )
    for name in ("kept_at", "person_id", "plan_id"):
        op.create_index(op.f(f"ix_pending_reimport_{name}"), "pending_reimport", [name], unique=False)


def downgrade() -> None:
    """Take the tables away: what was taken in stays in the plan, only where it came from is forgotten."""
    for name in ("pending_reimport", "reimport_change", "reimport"):
        op.drop_table(name)
    op.drop_column("milestone", "agreed_on")
