"""Kinds of inspection, when its report came, what follows what; nested points and paragraphs of items."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from tracker.core.search import create_index, drop_index

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_CHECKS = {
    "ck_inspection_inspection_kind": "kind IN ('inspection', 'focused_visit', 'monitoring_visit')",
    "ck_inspection_only_visits_follow": "follows_id IS NULL OR kind <> 'inspection'",
}


def _columns() -> list[sa.Column[Any]]:
    """Return the new columns of inspections; the defaults are for those that are there."""
    return [
        sa.Column("kind", sa.String(length=20), nullable=False, server_default="inspection"),
        sa.Column("authority", sa.String(length=120), nullable=False, server_default=""),
        sa.Column("held", sa.String(length=120), nullable=False, server_default=""),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("source_name", sa.String(length=160), nullable=False, server_default=""),
        sa.Column("source_sha256", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
    ]


def _table(*more: sa.schema.SchemaItem) -> sa.Table:
    """Return the table as revision 0003 made it, with more: read back from SQLite it would lose its checks."""
    return sa.Table(
        "inspection",
        sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_inspection"),
        *more,
    )


def upgrade() -> None:
    """Add the columns: what is there are inspections, and their items have no nested points."""
    with op.batch_alter_table("inspection", copy_from=_table()) as batch:
        for column in _columns():
            batch.add_column(column)
        for name, condition in _CHECKS.items():
            batch.create_check_constraint(op.f(name), condition)
        batch.create_unique_constraint(op.f("uq_inspection_source_sha256"), ["source_sha256"])
        batch.create_foreign_key(op.f("fk_inspection_follows_id"), "inspection", ["follows_id"], ["id"])
        batch.create_index(op.f("ix_inspection_follows_id"), ["follows_id"])
    drop_index(op.get_bind(), "inspection_item")
    # In plain SQL, which both databases take: made anew on SQLite the table would lose its checks.
    op.execute("ALTER TABLE inspection_item ADD COLUMN paragraph VARCHAR(60) DEFAULT '' NOT NULL")
    op.execute("ALTER TABLE inspection_item ADD COLUMN points TEXT DEFAULT '' NOT NULL")
    op.execute("ALTER TABLE inspection_item ADD COLUMN removed_on DATE")
    op.execute("ALTER TABLE inspection_item ADD COLUMN removed_why TEXT DEFAULT '' NOT NULL")
    op.execute("ALTER TABLE inspection_item ADD COLUMN version INTEGER DEFAULT 1 NOT NULL")
    create_index(op.get_bind(), "inspection_item", ("heading", "words", "points"))


def downgrade() -> None:
    """Take the columns away: visits stay as inspections, nested points go on in words, what was taken out is back."""
    drop_index(op.get_bind(), "inspection_item")
    op.execute("UPDATE inspection_item SET words = words || ' ' || replace(points, '\n', ' ') WHERE points <> ''")
    for name in ("version", "removed_why", "removed_on", "points", "paragraph"):
        op.drop_column("inspection_item", name)
    create_index(op.get_bind(), "inspection_item", ("heading", "words"))
    checks = [sa.CheckConstraint(condition, name=name) for name, condition in _CHECKS.items()]
    unique = sa.UniqueConstraint("source_sha256", name="uq_inspection_source_sha256")
    follows = sa.ForeignKeyConstraint(["follows_id"], ["inspection.id"], name="fk_inspection_follows_id")
    index = sa.Index("ix_inspection_follows_id", "follows_id")
    with op.batch_alter_table("inspection", copy_from=_table(*_columns(), *checks, unique, follows, index)) as batch:
        batch.drop_index(op.f("ix_inspection_follows_id"))
        batch.drop_constraint(op.f("fk_inspection_follows_id"), type_="foreignkey")
        batch.drop_constraint(op.f("uq_inspection_source_sha256"), type_="unique")
        for name in _CHECKS:
            batch.drop_constraint(op.f(name), type_="check")
        for column in _columns():
            batch.drop_column(column.name)
