"""The worker of an audit as a person of the service, and what they answer once it is sent."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the worker and make the tables; who sat beside the auditors of before is known by their role alone."""
    with op.batch_alter_table("audit", copy_from=_table("audit")) as batch:
        batch.add_column(sa.Column("worker_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_audit_worker_id"), "person", ["worker_id"], ["id"])
        batch.create_index(op.f("ix_audit_worker_id"), ["worker_id"], unique=False)
    op.create_table(
        "worker_response",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *_recorded(),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_worker_response_audit_id")),
        sa.ForeignKeyConstraint(["worker_id"], ["person.id"], name=op.f("fk_worker_response_worker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker_response")),
        sa.UniqueConstraint("audit_id", name=op.f("uq_worker_response_audit_id")),
    )
    op.create_index(op.f("ix_worker_response_worker_id"), "worker_response", ["worker_id"], unique=False)
    op.create_table(
        "response_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("agrees", _one_of("response_agrees", "yes", "partly", "no"), nullable=True),
        *_recorded(),
        sa.CheckConstraint("agrees IS NOT NULL OR words <> ''", name=op.f("ck_response_section_says_something")),
        sa.ForeignKeyConstraint(["response_id"], ["worker_response.id"], name=op.f("fk_response_section_response_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response_section")),
        sa.UniqueConstraint("response_id", "number", name=op.f("uq_response_section_response_id_number")),
    )


def downgrade() -> None:
    """Forget who the workers are and what they answered; audits and what was said side by side stay."""
    op.drop_table("response_section")
    op.drop_table("worker_response")
    with op.batch_alter_table("audit", copy_from=_table("audit")) as batch:
        batch.drop_index(op.f("ix_audit_worker_id"))
        batch.drop_constraint(op.f("fk_audit_worker_id"), type_="foreignkey")
        batch.drop_column("worker_id")


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def _recorded() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
    )


def _table(name: str) -> sa.Table:
    """Return a table as it is, its named checks included: SQLite changes one only by making it anew."""
    return sa.Table(name, sa.MetaData(), autoload_with=op.get_bind(), resolve_fks=False)
