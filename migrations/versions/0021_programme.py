"""The programme of a year, samples and how they were drawn, conflicts, changes of auditor and exemptions."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_KINDS = ("case_audit", "practice_alert", "feedback", "event")
_CADENCES = ("monthly", "bimonthly", "quarterly", "six_monthly", "annual", "as_needed")
_CONFLICTS = ("worker", "line_manager", "knows_family", "other")
_STRATA = "strata IN ('category', 'team', 'category_and_team')"
_SELECTIONS = "'random', 'stratified', 'targeted', 'volunteered', 'inspector', 're_audit', 'dip_for_cause'"
# Added in plain SQL, which both databases take: table, column, what it is.
_COLUMNS = (
    ("audit_round", "mechanism_id", "INTEGER CONSTRAINT fk_audit_round_mechanism_id REFERENCES mechanism (id)"),
    ("audit_round", "theme_id", "INTEGER CONSTRAINT fk_audit_round_theme_id REFERENCES theme (id)"),
    ("audit_round", "tool_id", "INTEGER CONSTRAINT fk_audit_round_tool_id REFERENCES audit_tool (id)"),
    ("audit_round", "read_months", "INTEGER"),
    (
        "audit_round",
        "judged_months",
        "INTEGER CONSTRAINT ck_audit_round_judged_within_read CHECK (judged_months <= read_months)",
    ),
    ("audit_round", "strata", f"VARCHAR(20) CONSTRAINT ck_audit_round_strata CHECK ({_STRATA})"),
    ("audit_round", "seed", "INTEGER"),
    ("audit_round", "closed_on", "DATE"),
    ("audit_round", "version", "INTEGER DEFAULT 1 NOT NULL"),
    (
        "audit",
        "selection",
        f"VARCHAR(20) CONSTRAINT ck_audit_audit_selection CHECK (selection IN ({_SELECTIONS}))",
    ),
    ("case_reference", "sibling_group", "VARCHAR(20)"),
)
# Foreign keys go with their columns.
_CHECKS = {
    "audit_round": ("ck_audit_round_judged_within_read", "ck_audit_round_strata"),
    "audit": ("ck_audit_audit_selection",),
}
_IS_OPEN = sa.text("decided_at IS NULL")
_TABLES = (
    "audit_exemption",
    "auditor_swap",
    "declared_conflict",
    "sample_file",
    "audit_sample",
    "waiting_case_list",
    "mechanism",
    "audit_programme",
)


def upgrade() -> None:
    """Make the tables and add the columns; rounds that are there belong to no programme and have no sample."""
    _make_programme()
    for table, column, definition in _COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {definition}")
    op.create_index(op.f("ix_audit_round_mechanism_id"), "audit_round", ["mechanism_id"], unique=False)
    _make_samples()
    _make_allocation()


def downgrade() -> None:
    """Take all of it away; audits, rounds and cases stay."""
    op.drop_index(op.f("ix_audit_round_mechanism_id"), "audit_round")
    for name in ("audit_round", "audit", "case_reference"):
        found = sa.Table(name, sa.MetaData(), autoload_with=op.get_bind(), resolve_fks=False)
        with op.batch_alter_table(name, copy_from=found) as batch:
            for constraint in _CHECKS.get(name, ()):
                batch.drop_constraint(op.f(constraint), type_="check")
            for table, column, _ in _COLUMNS:
                if table == name:
                    batch.drop_column(column)
    for table in _TABLES:
        op.drop_table(table)


def _make_programme() -> None:
    op.create_table(
        "audit_programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        *_recorded(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_programme")),
        sa.UniqueConstraint("year", name=op.f("uq_audit_programme_year")),
    )
    op.create_table(
        "mechanism",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", _one_of("record_kind", *_KINDS), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("cadence", _one_of("cadence", *_CADENCES), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *_recorded(),
        sa.CheckConstraint("target >= 0", name=op.f("ck_mechanism_target")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_mechanism_owner_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["audit_programme.id"], name=op.f("fk_mechanism_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mechanism")),
        sa.UniqueConstraint("programme_id", "name", name=op.f("uq_mechanism_programme_id_name")),
        sa.UniqueConstraint("programme_id", "position", name=op.f("uq_mechanism_programme_id_position")),
    )


def _make_samples() -> None:
    op.create_table(
        "waiting_case_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_waiting_case_list_person_id")),
        sa.ForeignKeyConstraint(["round_id"], ["audit_round.id"], name=op.f("fk_waiting_case_list_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_case_list")),
        sa.UniqueConstraint("public_id", name=op.f("uq_waiting_case_list_public_id")),
    )
    for column in ("kept_at", "person_id", "round_id"):
        op.create_index(op.f(f"ix_waiting_case_list_{column}"), "waiting_case_list", [column], unique=False)
    op.create_table(
        "audit_sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("list_digest", sa.String(length=64), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("listed", "refused", "audited_lately", "siblings")
        ),
        sa.Column("groups", sa.JSON(), nullable=False),
        *_recorded(),
        sa.ForeignKeyConstraint(["round_id"], ["audit_round.id"], name=op.f("fk_audit_sample_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_sample")),
        sa.UniqueConstraint("round_id", name=op.f("uq_audit_sample_round_id")),
    )
    op.create_table(
        "sample_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("stratum", sa.String(length=60), nullable=False),
        sa.Column("is_reserve", sa.Boolean(), nullable=False),
        sa.Column("left_out_reason", sa.Text(), nullable=False),
        sa.Column("stands_for_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *_recorded(),
        sa.CheckConstraint("stands_for_id <> id", name=op.f("ck_sample_file_stands_for_another")),
        sa.ForeignKeyConstraint(["case_id"], ["case_reference.id"], name=op.f("fk_sample_file_case_id")),
        sa.ForeignKeyConstraint(["round_id"], ["audit_round.id"], name=op.f("fk_sample_file_round_id")),
        sa.ForeignKeyConstraint(["stands_for_id"], ["sample_file.id"], name=op.f("fk_sample_file_stands_for_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample_file")),
        sa.UniqueConstraint("round_id", "case_id", name=op.f("uq_sample_file_round_id_case_id")),
        sa.UniqueConstraint("round_id", "position", name=op.f("uq_sample_file_round_id_position")),
    )


def _make_allocation() -> None:
    op.create_table(
        "declared_conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("auditor_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", _one_of("conflict_kind", *_CONFLICTS), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *_recorded(),
        sa.ForeignKeyConstraint(["auditor_id"], ["person.id"], name=op.f("fk_declared_conflict_auditor_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case_reference.id"], name=op.f("fk_declared_conflict_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declared_conflict")),
        sa.UniqueConstraint("auditor_id", "case_id", name=op.f("uq_declared_conflict_auditor_id_case_id")),
    )
    op.create_index(op.f("ix_declared_conflict_case_id"), "declared_conflict", ["case_id"], unique=False)
    op.create_table(
        "auditor_swap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        *_recorded(),
        sa.CheckConstraint("from_id <> to_id", name=op.f("ck_auditor_swap_to_another")),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_auditor_swap_audit_id")),
        sa.ForeignKeyConstraint(["from_id"], ["person.id"], name=op.f("fk_auditor_swap_from_id")),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name=op.f("fk_auditor_swap_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_auditor_swap")),
    )
    op.create_index(op.f("ix_auditor_swap_audit_id"), "auditor_swap", ["audit_id"], unique=False)
    op.create_table(
        "audit_exemption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_granted", sa.Boolean(), nullable=True),
        sa.Column("decided_note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_recorded(),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (is_granted IS NULL) AND (decided_at IS NULL) = (decided_by_id IS NULL)",
            name=op.f("ck_audit_exemption_decided_by_somebody"),
        ),
        sa.CheckConstraint("decided_by_id <> asked_by_id", name=op.f("ck_audit_exemption_decided_by_another")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_audit_exemption_asked_by_id")),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_audit_exemption_audit_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_audit_exemption_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_exemption")),
    )
    op.create_index(op.f("ix_audit_exemption_audit_id"), "audit_exemption", ["audit_id"], unique=False)
    op.create_index(
        "uq_audit_exemption_one_open",
        "audit_exemption",
        ["audit_id"],
        unique=True,
        sqlite_where=_IS_OPEN,
        postgresql_where=_IS_OPEN,
    )


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def _recorded() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
    )
