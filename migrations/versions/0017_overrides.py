"""Overrides of the computed rating; who decides on a date that was asked for and on one that is to be confirmed."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_OFFICE_DAYS = 28
_LATER = ("slip", "to_be_confirmed")
_REASONS = (
    "capacity",
    "recruitment",
    "partner",
    "decision",
    "dependency",
    "systems",
    "scope",
    "quality",
    "planning",
    "external",
    "other",
)


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
        sa.Column("state", sa.String(length=20), nullable=False),
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
    codes = ", ".join(f"'{code}'" for code in _REASONS)
    op.execute(
        "ALTER TABLE date_change ADD COLUMN reason_code VARCHAR(20) CONSTRAINT ck_date_change_move_reason "
        f"CHECK (reason_code IN ({codes}))"
    )
    op.execute("ALTER TABLE date_change ADD COLUMN needs_body BOOLEAN DEFAULT FALSE NOT NULL")
    op.execute("ALTER TABLE milestone ADD COLUMN date_decided_by VARCHAR(200) DEFAULT '' NOT NULL")
    op.execute("ALTER TABLE milestone ADD COLUMN ask_again_on DATE")
    _send_to_the_body()


def _send_to_the_body() -> None:
    """Mark the dates asked for now that are more than the programme office may approve by itself from here on."""
    changes = sa.table(
        "date_change",
        sa.column("id", sa.Integer),
        sa.column("milestone_id", sa.Integer),
        sa.column("kind", sa.String),
        sa.column("state", sa.String),
        sa.column("from_due", sa.Date),
        sa.column("to_due", sa.Date),
        sa.column("needs_body", sa.Boolean),
    )
    rows = op.get_bind().execute(sa.select(changes)).all()
    moved = {row.milestone_id for row in rows if row.state == "approved" and row.kind in _LATER}
    for row in rows:
        if row.state != "asked" or row.kind not in _LATER or row.from_due is None:
            continue
        if row.to_due is None or row.milestone_id in moved or (row.to_due - row.from_due).days > _OFFICE_DAYS:
            op.execute(changes.update().where(changes.c.id == row.id).values(needs_body=True))


def downgrade() -> None:
    """Take overrides away: every action is rated as computed and declared again, and the office decides on all dates."""
    op.drop_column("milestone", "ask_again_on")
    op.drop_column("milestone", "date_decided_by")
    op.drop_column("date_change", "needs_body")
    _drop_with_check("date_change", "reason_code", "ck_date_change_move_reason")
    op.drop_column("action", "override_until")
    _drop_with_check("action", "override_code", "ck_action_override_code")
    op.drop_table("rag_override")


def _drop_with_check(table: str, column: str, check: str) -> None:
    """Drop a column with its check: in a table that SQLite made anew since, the check is the table's own."""
    found = sa.Table(table, sa.MetaData(), autoload_with=op.get_bind(), resolve_fks=False)
    with op.batch_alter_table(table, copy_from=found) as batch:
        batch.drop_constraint(op.f(check), type_="check")
        batch.drop_column(column)
