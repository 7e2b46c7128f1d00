"""What the audit form asks in depth: days of the file, what is judged, who took part, what was found; and more time."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_CHECKS = {
    "audit": {
        "ck_audit_family_part": "family_part IN ('got', 'sought', 'not_sought')",
        "ck_audit_side_by_side_with_whom": "NOT is_side_by_side OR worker_role <> ''",
    },
    "audit_section": {"ck_audit_section_worker_agrees": "worker_agrees IN ('yes', 'partly', 'no')"},
    "finding": {"ck_finding_put_right": "put_right IN ('yes', 'partly', 'no')"},
}
_DAYS = ("judged_from", "referred_on", "seen_on", "assessed_on", "supervised_on")
_COLUMNS = {
    "audit": (*_DAYS, "family_part", "family_note", "worker_role", "is_side_by_side", "has_large_text"),
    "audit_section": ("worker_words", "worker_agrees"),
    "finding": ("is_historic", "put_right"),
}


def upgrade() -> None:
    """Add the columns; of audits that are there nothing of it was asked, so nothing of it is said."""
    added: dict[str, tuple[sa.Column[Any], ...]] = {
        "audit": (
            *(sa.Column(name, sa.Date(), nullable=True) for name in _DAYS),
            sa.Column("family_part", sa.String(length=20), nullable=True),
            _words("family_note", sa.Text()),
            _words("worker_role", sa.String(length=80)),
            _mark("is_side_by_side"),
            _mark("has_large_text"),
        ),
        "audit_section": (
            _words("worker_words", sa.Text()),
            sa.Column("worker_agrees", sa.String(length=20), nullable=True),
        ),
        "finding": (_mark("is_historic"), sa.Column("put_right", sa.String(length=20), nullable=True)),
    }
    for table, columns in added.items():
        with op.batch_alter_table(table, copy_from=_table(table), recreate="auto") as batch:
            for column in columns:
                batch.add_column(column)
            for name, condition in _CHECKS[table].items():
                batch.create_check_constraint(op.f(name), condition)
    _make_more_time()


def _make_more_time() -> None:
    op.create_table(
        "more_time",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_for", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("is_agreed", sa.Boolean(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("(is_agreed IS NULL) = (decided_at IS NULL)", name=op.f("ck_more_time_decided_has_moment")),
        sa.CheckConstraint("decided_by_id <> asked_by_id", name=op.f("ck_more_time_decided_by_another")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_more_time_asked_by_id")),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_more_time_audit_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_more_time_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_more_time")),
    )
    op.create_index(op.f("ix_more_time_audit_id"), "more_time", ["audit_id"], unique=False)
    is_open = sa.text("is_agreed IS NULL")
    op.create_index(
        "uq_more_time_one_open",
        "more_time",
        ["audit_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def downgrade() -> None:
    """Forget what only this form asks; grades, findings and answers stay."""
    op.drop_table("more_time")
    for table, names in _COLUMNS.items():
        with op.batch_alter_table(table, copy_from=_table(table)) as batch:
            for check in _CHECKS[table]:
                batch.drop_constraint(op.f(check), type_="check")
            for name in names:
                batch.drop_column(name)


def _words(name: str, kind: sa.Text | sa.String) -> sa.Column[str]:
    return sa.Column(name, kind, server_default="", nullable=False)


def _mark(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)


def _table(name: str) -> sa.Table:
    """Return a table as it is, its named checks included: SQLite changes one only by making it anew."""
    return sa.Table(name, sa.MetaData(), autoload_with=op.get_bind(), resolve_fks=False)
