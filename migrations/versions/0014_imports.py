"""Plans that are coming in, plans that came in, and what columns and colours meant, kept under a name."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def _record() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
    )


def upgrade() -> None:
    """Make the tables; plans that are there already came in before anybody counted."""
    op.create_table(
        "unfinished_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("rag_key", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("plan_slug", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_unfinished_import_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unfinished_import")),
        sa.UniqueConstraint("public_id", name=op.f("uq_unfinished_import_public_id")),
    )
    op.create_index(op.f("ix_unfinished_import_kept_at"), "unfinished_import", ["kept_at"], unique=False)
    op.create_index(op.f("ix_unfinished_import_person_id"), "unfinished_import", ["person_id"], unique=False)
    op.create_table(
        "plan_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_number", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("areas", "actions", "milestones", "doubts", "unread")
        ),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *_record(),
        sa.CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name=op.f("ck_plan_import_undone_by_somebody")),
        sa.ForeignKeyConstraint(["undone_by"], ["person.id"], name=op.f("fk_plan_import_undone_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_import")),
    )
    op.create_index(op.f("ix_plan_import_plan_number"), "plan_import", ["plan_number"], unique=False)
    op.create_index(op.f("ix_plan_import_slug"), "plan_import", ["slug"], unique=False)
    op.create_table(
        "kept_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("headings", sa.Text(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("rag_key", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_record(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_mapping")),
        sa.UniqueConstraint("name", name=op.f("uq_kept_mapping_name")),
    )


def downgrade() -> None:
    """Take the tables away: the plans themselves stay, and can no longer be taken back."""
    op.drop_table("kept_mapping")
    op.drop_table("plan_import")
    op.drop_table("unfinished_import")
