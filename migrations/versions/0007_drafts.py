"""What people typed and have not saved yet."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "held_post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=1000), nullable=False),
        sa.Column("network", sa.String(length=60), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_held_post_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_post")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_held_post_token_hash")),
    )
    op.create_index(op.f("ix_held_post_held_at"), "held_post", ["held_at"], unique=False)
    op.create_index(op.f("ix_held_post_network"), "held_post", ["network"], unique=False)
    op.create_index(op.f("ix_held_post_person_id"), "held_post", ["person_id"], unique=False)
    op.create_table(
        "update_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("after_id", sa.Integer(), nullable=False),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("written_from", sa.String(length=64), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_update_draft_action_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_update_draft_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_update_draft")),
        sa.UniqueConstraint("person_id", "action_id", name=op.f("uq_update_draft_person_id_action_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_update_draft_public_id")),
    )
    op.create_index(op.f("ix_update_draft_action_id"), "update_draft", ["action_id"], unique=False)
    op.create_index(op.f("ix_update_draft_saved_at"), "update_draft", ["saved_at"], unique=False)


def downgrade() -> None:
    """Take the tables away with all they hold: nothing in them was ever saved."""
    op.drop_table("update_draft")
    op.drop_table("held_post")
