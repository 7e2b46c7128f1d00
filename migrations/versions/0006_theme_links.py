"""The loop: which action is meant to change which theme."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "theme_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column(
            "relation",
            sa.Enum("addresses", "monitors", name="relation", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_why", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_by_id IS NOT NULL", name=op.f("ck_theme_action_ended_by_somebody")
        ),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_theme_action_action_id")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name=op.f("fk_theme_action_ended_by_id")),
        sa.ForeignKeyConstraint(["set_by_id"], ["person.id"], name=op.f("fk_theme_action_set_by_id")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_theme_action_theme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_action")),
    )
    op.create_index(op.f("ix_theme_action_action_id"), "theme_action", ["action_id"], unique=False)
    op.create_index("ix_theme_action_theme_open", "theme_action", ["theme_id", "ended_on"], unique=False)
    op.create_index(
        "uq_theme_action_open",
        "theme_action",
        ["theme_id", "action_id"],
        unique=True,
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )


def downgrade() -> None:
    """Take the tables away with all they hold."""
    op.drop_table("theme_action")
