"""How the files of a round are audited, agencies and what they agreed, what a mechanism counts, themes audited again."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_MODES = ("desk", "collaborative", "observation", "dip_sample", "peer", "external", "multi_agency")
_GRADES = ("outstanding", "good", "requires_improvement", "inadequate")
_CHECK_OF_MODE = f"CONSTRAINT ck_audit_round_round_mode CHECK (mode IN ({', '.join(map(repr, _MODES))}))"
# What the mechanisms with which every programme began count of their kind; one that was renamed counts all of it.
_COUNTS = {
    "Feedback on child protection conferences": "conference",
    "Feedback from families": "families",
    "Safeguarding assurance days": "assurance_day",
    "Questionnaires to children and families": "questionnaire",
}


def upgrade() -> None:
    """Add it all: rounds that are there are of audits at the desk, as their audits were."""
    # In plain SQL, which both databases take: SQLite would make the tables anew, and lose the names of older keys.
    op.execute(f"ALTER TABLE audit_round ADD COLUMN mode VARCHAR(20) DEFAULT 'desk' NOT NULL {_CHECK_OF_MODE}")
    op.add_column("mechanism", sa.Column("counts", sa.String(length=20), nullable=True))
    mechanism = sa.table("mechanism", sa.column("name", sa.String), sa.column("counts", sa.String))
    for name, counts in _COUNTS.items():
        op.execute(mechanism.update().where(mechanism.c.name == name).values(counts=counts))
    _make_agencies()
    _make_re_audits()


def downgrade() -> None:
    """Take it all away; audits keep how they were done, and the grade that agencies agreed."""
    for table in ("theme_re_audit_action", "theme_re_audit", "agency_agreement", "agency_point", "agency_part"):
        op.drop_table(table)
    op.execute("ALTER TABLE mechanism DROP COLUMN counts")
    op.execute("ALTER TABLE audit_round DROP COLUMN mode")


def _make_agencies() -> None:
    op.create_table(
        "agency_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("state", _one_of("part_state", "awaited", "given", "not_given"), nullable=False),
        sa.Column("given_by", sa.String(length=80), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("grade", _one_of("agency_grade", *_GRADES), nullable=True),
        sa.Column("not_given_why", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_recorded(),
        sa.CheckConstraint(
            "state <> 'given' OR (given_by <> '' AND given_on IS NOT NULL AND grade IS NOT NULL)",
            name=op.f("ck_agency_part_given_is_whole"),
        ),
        sa.CheckConstraint(
            "state <> 'not_given' OR not_given_why <> ''", name=op.f("ck_agency_part_not_given_says_why")
        ),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_agency_part_audit_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_agency_part_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_part")),
        sa.UniqueConstraint("audit_id", "number", name=op.f("uq_agency_part_audit_id_number")),
        sa.UniqueConstraint("audit_id", "unit_id", name=op.f("uq_agency_part_audit_id_unit_id")),
    )
    op.create_table(
        "agency_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", _one_of("agency_point_kind", "strength", "development"), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        *_recorded(),
        sa.ForeignKeyConstraint(["part_id"], ["agency_part.id"], name=op.f("fk_agency_point_part_id")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_agency_point_theme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_point")),
        sa.UniqueConstraint("part_id", "position", name=op.f("uq_agency_point_part_id_position")),
    )
    op.create_table(
        "agency_agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("grade", _one_of("agreed_grade", *_GRADES), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("agreed_by", sa.String(length=300), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_recorded(),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_agency_agreement_audit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_agreement")),
        sa.UniqueConstraint("audit_id", name=op.f("uq_agency_agreement_audit_id")),
    )


def _make_re_audits() -> None:
    op.create_table(
        "theme_re_audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("in_place_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_recorded(),
        sa.CheckConstraint("files > 0", name=op.f("ck_theme_re_audit_files")),
        sa.ForeignKeyConstraint(["round_id"], ["audit_round.id"], name=op.f("fk_theme_re_audit_round_id")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_theme_re_audit_theme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_re_audit")),
        sa.UniqueConstraint("public_id", name=op.f("uq_theme_re_audit_public_id")),
    )
    for column in ("round_id", "theme_id"):
        op.create_index(op.f(f"ix_theme_re_audit_{column}"), "theme_re_audit", [column], unique=False)
    op.create_table(
        "theme_re_audit_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("re_audit_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        *_recorded(),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_theme_re_audit_action_action_id")),
        sa.ForeignKeyConstraint(
            ["re_audit_id"], ["theme_re_audit.id"], name=op.f("fk_theme_re_audit_action_re_audit_id")
        ),
        sa.ForeignKeyConstraint(["set_by_id"], ["person.id"], name=op.f("fk_theme_re_audit_action_set_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_re_audit_action")),
        sa.UniqueConstraint("re_audit_id", name=op.f("uq_theme_re_audit_action_re_audit_id")),
    )
    op.create_index(op.f("ix_theme_re_audit_action_action_id"), "theme_re_audit_action", ["action_id"], unique=False)


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def _recorded() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
    )
