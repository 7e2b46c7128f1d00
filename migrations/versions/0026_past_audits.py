"""Past audits that come in from files: which file, what it said of each, and the marks by which they are known.

Going down keeps their audits. One that has no grade is void then, and of a file that stands twice in one round, all but
the latest move to rounds of their own, because before this revision a round held a file once.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_GRADES = ("outstanding", "good", "requires_improvement", "inadequate")
_FINAL = "state NOT IN ('final', 'closed') OR (grade IS NOT NULL AND audited_on IS NOT NULL)"
_FINAL_OR_IMPORTED = (
    "state NOT IN ('final', 'closed') OR ((grade IS NOT NULL OR is_imported) AND audited_on IS NOT NULL)"
)
_IS_OWN = sa.text("NOT is_imported")
_NO_GRADE = "UPDATE audit SET state = 'void' WHERE is_imported AND grade IS NULL"
_TWICE = (
    "SELECT id, round_id FROM audit WHERE EXISTS (SELECT 1 FROM audit later WHERE later.id > audit.id "
    "AND later.round_id = audit.round_id AND later.case_id = audit.case_id) ORDER BY id"
)


def upgrade() -> None:
    """Make the tables, mark imported audits, and let a round hold a past file more than once."""
    with op.batch_alter_table("audit", copy_from=_table("audit"), recreate="auto") as batch:
        batch.add_column(sa.Column("is_imported", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch.drop_constraint(op.f("uq_audit_round_id_case_id"), type_="unique")
        batch.drop_constraint(op.f("ck_audit_final_is_graded"), type_="check")
        batch.create_check_constraint(op.f("ck_audit_final_is_graded"), _FINAL_OR_IMPORTED)
    op.create_index(
        "uq_audit_round_case",
        "audit",
        ["round_id", "case_id"],
        unique=True,
        sqlite_where=_IS_OWN,
        postgresql_where=_IS_OWN,
    )
    op.create_table(
        "audit_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("doubts", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *_recorded(),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by IS NULL)", name=op.f("ck_audit_import_undone_by_somebody")
        ),
        sa.ForeignKeyConstraint(["undone_by"], ["person.id"], name=op.f("fk_audit_import_undone_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_import")),
    )
    op.create_table(
        "imported_audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("round_name", sa.String(length=120), nullable=False),
        sa.Column("ref", sa.String(length=60), nullable=False),
        sa.Column("own_grade", _grade("own_grade"), nullable=True),
        sa.Column("moderated_grade", _grade("moderated_grade"), nullable=True),
        sa.Column("is_concern", sa.Boolean(), nullable=False),
        *_recorded(),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_imported_audit_audit_id")),
        sa.ForeignKeyConstraint(["import_id"], ["audit_import.id"], name=op.f("fk_imported_audit_import_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_audit")),
        sa.UniqueConstraint("audit_id", name=op.f("uq_imported_audit_audit_id")),
    )
    op.create_index(op.f("ix_imported_audit_import_id"), "imported_audit", ["import_id"])
    op.create_table(
        "unfinished_past",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_unfinished_past_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unfinished_past")),
        sa.UniqueConstraint("public_id", name=op.f("uq_unfinished_past_public_id")),
    )
    op.create_index(op.f("ix_unfinished_past_kept_at"), "unfinished_past", ["kept_at"])
    op.create_index(op.f("ix_unfinished_past_person_id"), "unfinished_past", ["person_id"])


def downgrade() -> None:
    """Take the tables and marks away; the audits stay, as far as a round could hold them before."""
    op.drop_table("unfinished_past")
    op.drop_table("imported_audit")
    op.drop_table("audit_import")
    op.execute(_NO_GRADE)
    _part_rounds()
    op.drop_index("uq_audit_round_case", "audit")
    with op.batch_alter_table("audit", copy_from=_table("audit"), recreate="auto") as batch:
        batch.drop_constraint(op.f("ck_audit_final_is_graded"), type_="check")
        batch.create_check_constraint(op.f("ck_audit_final_is_graded"), _FINAL)
        batch.create_unique_constraint(op.f("uq_audit_round_id_case_id"), ["round_id", "case_id"])
        batch.drop_column("is_imported")


def _part_rounds() -> None:
    """Give each earlier audit of a file that stands twice in a round a round of its own, like the one that it had."""
    bind, rounds = op.get_bind(), _table("audit_round")
    for audit in bind.execute(sa.text(_TWICE)).all():
        held = bind.execute(sa.select(rounds).where(rounds.c.id == audit.round_id)).one()._asdict()
        number = f"{audit.id}"
        held |= {"name": f"{held['name'][:100]} ({number})", "slug": f"{held['slug'][:45]}-{number}"}
        del held["id"]
        made = bind.execute(sa.insert(rounds).values(**held).returning(rounds.c.id)).scalar_one()
        bind.execute(sa.text("UPDATE audit SET round_id = :made WHERE id = :id"), {"made": made, "id": audit.id})


def _grade(name: str) -> sa.Enum:
    return sa.Enum(*_GRADES, name=name, native_enum=False, create_constraint=True, length=20)


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
