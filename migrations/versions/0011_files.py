"""Evidence as files, with who verified and who removed it."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from tracker.core.search import create_index, drop_index

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_UNIQUE = ("code", "stored_as", "form_token")
_PEOPLE = ("verified_by_id", "removed_by_id")
_WITHOUT_FILES = "kind IN ('link', 'sentence')"
_CHECKS = {
    "ck_evidence_evidence_kind": "kind IN ('file', 'link', 'sentence')",
    "ck_evidence_file_is_stored": "kind <> 'file' OR stored_as IS NOT NULL",
    "ck_evidence_verified_by_another": "result IS NULL OR verified_by_id <> created_by",
    "ck_evidence_removed_by_somebody": "removed_at IS NULL OR removed_by_id IS NOT NULL",
    "ck_evidence_evidence_sensitivity": "sensitivity IN ('ordinary', 'restricted')",
    "ck_evidence_evidence_file_kind": (
        "file_kind IN ('pdf', 'docx', 'xlsx', 'png', 'jpg', 'gif', 'webp', 'eml', 'msg')"
    ),
    "ck_evidence_evidence_result": "result IN ('shows', 'partly', 'shows_not')",
}


def _columns() -> list[sa.Column[Any]]:
    """Return the new columns; the defaults are for the rows that are there, each with a code of its own."""
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    code = "substr(replace(gen_random_uuid()::text, '-', ''), 1, 20)" if on_postgresql else "(hex(randomblob(10)))"
    return [
        sa.Column("code", sa.String(length=24), nullable=False, server_default=sa.text(code)),
        sa.Column("title", sa.String(length=160), nullable=False, server_default=""),
        sa.Column("sensitivity", sa.String(length=20), nullable=False, server_default="ordinary"),
        sa.Column("file_name", sa.String(length=160), nullable=False, server_default=""),
        sa.Column("file_kind", sa.String(length=20), nullable=True),
        sa.Column("file_size", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("file_sha256", sa.String(length=64), nullable=False, server_default=""),
        sa.Column("stored_as", sa.String(length=64), nullable=True),
        sa.Column("result", sa.String(length=20), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verified_by_id", sa.Integer(), nullable=True),
        sa.Column("verified_note", sa.Text(), nullable=False, server_default=""),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by_id", sa.Integer(), nullable=True),
        sa.Column("removed_why", sa.Text(), nullable=False, server_default=""),
        sa.Column("form_token", sa.String(length=80), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
    ]


def _table(*more: sa.schema.SchemaItem, kinds: str) -> sa.Table:
    """Return the table as revision 0004 made it, with more: read back from SQLite it would have lost its checks."""
    return sa.Table(
        "evidence",
        sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(kinds, name="ck_evidence_evidence_kind"),
        sa.CheckConstraint("kind <> 'link' OR url <> ''", name="ck_evidence_link_has_url"),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name="fk_evidence_action_id"),
        sa.ForeignKeyConstraint(["update_id"], ["progress_update.id"], name="fk_evidence_update_id"),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
        sa.Index("ix_evidence_action_id", "action_id"),
        *more,
    )


def upgrade() -> None:
    """Add the columns to what is there: links and sentences stay as they are, unverified."""
    with op.batch_alter_table("evidence", copy_from=_table(kinds=_WITHOUT_FILES)) as batch:
        batch.drop_constraint(op.f("ck_evidence_evidence_kind"), type_="check")
        for column in _columns():
            batch.add_column(column)
        for name, condition in _CHECKS.items():
            batch.create_check_constraint(op.f(name), condition)
        for unique in _UNIQUE:
            batch.create_unique_constraint(op.f(f"uq_evidence_{unique}"), [unique])
        for person in _PEOPLE:
            batch.create_foreign_key(op.f(f"fk_evidence_{person}"), "person", [person], ["id"])
    create_index(op.get_bind(), "evidence", ("title", "text", "file_name"))


def downgrade() -> None:
    """Take the columns away: a file stays as the sentence that it came with, what was removed says so."""
    drop_index(op.get_bind(), "evidence")
    op.execute("UPDATE evidence SET text = 'Removed: ' || text WHERE removed_at IS NOT NULL")
    op.execute("UPDATE evidence SET kind = 'sentence' WHERE kind = 'file'")
    with op.batch_alter_table("evidence", copy_from=_as_it_is()) as batch:
        for name in _CHECKS:
            batch.drop_constraint(op.f(name), type_="check")
        for unique in _UNIQUE:
            batch.drop_constraint(op.f(f"uq_evidence_{unique}"), type_="unique")
        for person in _PEOPLE:
            batch.drop_constraint(op.f(f"fk_evidence_{person}"), type_="foreignkey")
        for column in _columns():
            batch.drop_column(column.name)
        batch.create_check_constraint(op.f("ck_evidence_evidence_kind"), _WITHOUT_FILES)


def _as_it_is() -> sa.Table:
    """Return the table that this revision makes."""
    checks = [sa.CheckConstraint(condition, name=name) for name, condition in list(_CHECKS.items())[1:]]
    unique = [sa.UniqueConstraint(column, name=f"uq_evidence_{column}") for column in _UNIQUE]
    people = [sa.ForeignKeyConstraint([column], ["person.id"], name=f"fk_evidence_{column}") for column in _PEOPLE]
    return _table(*_columns(), *checks, *unique, *people, kinds=_CHECKS["ck_evidence_evidence_kind"])
