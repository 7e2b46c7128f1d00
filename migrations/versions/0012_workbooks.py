"""Filled workbooks that wait for their reader's word."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "filled_workbook",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=160), nullable=False),
        sa.Column("filled", sa.Text(), nullable=False),
        sa.Column("compared", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_count", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_filled_workbook_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filled_workbook")),
        sa.UniqueConstraint("public_id", name=op.f("uq_filled_workbook_public_id")),
    )
    op.create_index(op.f("ix_filled_workbook_kept_at"), "filled_workbook", ["kept_at"], unique=False)
    op.create_index(op.f("ix_filled_workbook_person_id"), "filled_workbook", ["person_id"], unique=False)


def downgrade() -> None:
    """Take the table away with all it holds: nothing in it was ever saved."""
    op.drop_table("filled_workbook")
