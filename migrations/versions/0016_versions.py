"""Versions of plans as approved, the steps of their lives, and the numbers and words that things had before."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from tracker.core.unchanging import guard, unguard

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_STATUSES = ("draft", "approved", "live", "closing", "closed", "replaced")
_WORDINGS = ("area", "objective", "outcome", "measure", "action", "milestone", "date")


def _recorded() -> list[sa.Column[Any]]:
    return [
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
    ]


def _choice(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def _table(name: str, *parts: Any, to: tuple[str, ...] = ("plan",)) -> None:
    """Make a table with the columns that all records have, its own parts, and keys to others by their names."""
    keys = [
        sa.ForeignKeyConstraint([f"{other}_id"], [f"{other}.id"], name=op.f(f"fk_{name}_{other}_id")) for other in to
    ]
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        *parts,
        *_recorded(),
        *keys,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def upgrade() -> None:
    """Make the tables; of plans that were approved before, no version was kept, and none is made up."""
    _versions()
    _table(
        "plan_step",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("status", _choice(_STATUSES, op.f("ck_plan_step_plan_step_status")), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
    )
    op.create_index(op.f("ix_plan_step_plan_id"), "plan_step", ["plan_id"])
    _table(
        "former_number",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.CheckConstraint("(action_id IS NULL) <> (area_id IS NULL)", name=op.f("ck_former_number_of_one")),
        to=("plan", "action", "area"),
    )
    op.create_index("ix_former_number_plan_number", "former_number", ["plan_id", "number"])
    op.create_index(op.f("ix_former_number_action_id"), "former_number", ["action_id"])
    op.create_index(op.f("ix_former_number_area_id"), "former_number", ["area_id"])
    _table(
        "former_wording",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("what", _choice(_WORDINGS, op.f("ck_former_wording_wording")), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        to=("plan", "area", "action"),
    )
    for column in ("plan_id", "area_id", "action_id"):
        op.create_index(op.f(f"ix_former_wording_{column}"), "former_wording", [column])


def _versions() -> None:
    _table(
        "plan_version",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.Column("body", sa.String(length=160), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_plan_version_number_from_one")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_plan_version_plan_id_number")),
    )
    guard(op.get_bind(), "plan_version", ("plan_id", "number"))


def downgrade() -> None:
    """Take the tables away with all they hold; the plans stay as they are."""
    unguard(op.get_bind(), "plan_version")
    for name in ("former_wording", "former_number", "plan_step", "plan_version"):
        op.drop_table(name)
