"""The second look at audits: what was drawn at each sending, moderations with both grades, disputes and panels.

Audits that are there were sent before anybody was asked to moderate them, so they get no row and stay as they are.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_GRADES = ("outstanding", "good", "requires_improvement", "inadequate")
_VALUES = ("met", "partly", "not_met", *_GRADES, "not_enough", "not_applicable")
_CHOICES = ("before", "concern", "inadequate", "outstanding", "new_auditor", "drawn", "not_drawn")
_COUNTS = sa.text("outcome IN ('agreed', 'changed')")
_IS_OPEN = sa.text("outcome IS NULL")
_OUTCOME = "outcome IS NULL OR (moderator_id IS NOT NULL AND compared_at IS NOT NULL AND decided_at IS NOT NULL)"
_TABLES = ("panel_member", "dispute", "moderated_section", "moderation", "audit_sending")
# States that only lead on by way of what goes with these tables, and what they become without it.
_BEFORE = (
    "UPDATE audit SET state = 'in_progress' WHERE state IN ('returned', 'submitted')",
    "UPDATE audit SET state = 'final' WHERE state IN ('worker_response', 'moderation', 'disputed', 'panel')",
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "audit_sending",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chosen", _one_of("moderation_choice", *_CHOICES), nullable=False),
        sa.Column("seed", sa.String(length=40), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("response_due", sa.Date(), nullable=True),
        sa.Column("response_ended_at", sa.DateTime(timezone=True), nullable=True),
        *_recorded(),
        sa.CheckConstraint("share BETWEEN 0 AND 100", name=op.f("ck_audit_sending_share")),
        *_keys("audit_sending", audit_id="audit"),
    )
    op.create_index(op.f("ix_audit_sending_audit_id"), "audit_sending", ["audit_id"], unique=False)
    _make_moderations()
    _make_disputes()


def _make_moderations() -> None:
    op.create_table(
        "moderation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("auditor_id", sa.Integer(), nullable=False),
        sa.Column("chosen", _one_of("moderation_choice", *_CHOICES), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("moderator_id", sa.Integer(), nullable=True),
        sa.Column("team_reason", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("compared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", _one_of("moderation_outcome", "agreed", "changed", "returned"), nullable=True),
        sa.Column("about", _one_of("moderation_about", "practice", "form"), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *_recorded(),
        sa.CheckConstraint("moderator_id IS NULL OR moderator_id <> auditor_id", name=op.f("ck_moderation_not_own")),
        sa.CheckConstraint(_OUTCOME, name=op.f("ck_moderation_outcome_was_compared")),
        *_keys("moderation", audit_id="audit", auditor_id="person", moderator_id="person"),
    )
    for column in ("audit_id", "due_on", "moderator_id", "decided_at"):
        op.create_index(op.f(f"ix_moderation_{column}"), "moderation", [column], unique=False)
    for name, where in (("uq_moderation_one_open", _IS_OPEN), ("uq_moderation_one_counts", _COUNTS)):
        op.create_index(name, "moderation", ["audit_id"], unique=True, sqlite_where=where, postgresql_where=where)
    op.create_table(
        "moderated_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("moderation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *(
            sa.Column(name, _one_of(f"moderated_{name}", *_VALUES), nullable=True)
            for name in ("own", "before", "agreed", "by_panel")
        ),
        *_recorded(),
        *_keys("moderated_section", moderation_id="moderation"),
        sa.UniqueConstraint("moderation_id", "number", name=op.f("uq_moderated_section_moderation_id_number")),
    )


def _make_disputes() -> None:
    op.create_table(
        "dispute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("moderation_id", sa.Integer(), nullable=False),
        sa.Column("side", _one_of("dispute_side", "auditor", "service"), nullable=False),
        sa.Column("raised_by_id", sa.Integer(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_recorded(),
        *_keys("dispute", moderation_id="moderation", raised_by_id="person", decided_by_id="person"),
        sa.UniqueConstraint("moderation_id", name=op.f("uq_dispute_moderation_id")),
    )
    op.create_table(
        "panel_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        *_recorded(),
        *_keys("panel_member", dispute_id="dispute", person_id="person"),
        sa.UniqueConstraint("dispute_id", "person_id", name=op.f("uq_panel_member_dispute_id_person_id")),
    )


def downgrade() -> None:
    """Take the tables away with what they hold; audits that were on their way count as sent, returned ones are drafts."""
    for statement in _BEFORE:
        op.execute(statement)
    for table in _TABLES:
        op.drop_table(table)


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def _keys(table: str, **references: str) -> tuple[Any, ...]:
    """Return the primary key of a table and its references by column."""
    foreign = (
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, other in references.items()
    )
    return (sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")), *foreign)


def _recorded() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
    )
