"""The plan in which work goes on once a plan is replaced."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_CHECK = "replaced_by_id IS NULL OR (status = 'replaced' AND replaced_by_id <> id)"


def upgrade() -> None:
    """Add the column; of a plan that was replaced before, nobody wrote down by which."""
    column = "INTEGER CONSTRAINT fk_plan_replaced_by_id REFERENCES plan (id)"
    op.execute(f"ALTER TABLE plan ADD COLUMN replaced_by_id {column}")
    op.create_index(op.f("ix_plan_replaced_by_id"), "plan", ["replaced_by_id"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("plan", copy_from=_plan(), recreate="always") as batch:
            batch.create_check_constraint(op.f("ck_plan_replaced_by_another"), _CHECK)
    else:
        op.create_check_constraint(op.f("ck_plan_replaced_by_another"), "plan", _CHECK)


def downgrade() -> None:
    """Forget by which plan another one was replaced; that it was replaced stays."""
    op.drop_index(op.f("ix_plan_replaced_by_id"), table_name="plan")
    with op.batch_alter_table("plan", copy_from=_plan()) as batch:
        batch.drop_constraint(op.f("ck_plan_replaced_by_another"), type_="check")
        batch.drop_column("replaced_by_id")


def _plan() -> sa.Table:
    return sa.Table("plan", sa.MetaData(), autoload_with=op.get_bind(), resolve_fks=False)
