"""Themes, rounds, case files, audits, findings and immediate concerns."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "audit_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "selection",
            sa.Enum(
                "random",
                "stratified",
                "targeted",
                "volunteered",
                "inspector",
                "re_audit",
                "dip_for_cause",
                name="selection",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("sample_target", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("due_on >= starts_on", name=op.f("ck_audit_round_due_after_start")),
        sa.CheckConstraint("sample_target > 0", name=op.f("ck_audit_round_sample_target")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_round")),
        sa.UniqueConstraint("name", name=op.f("uq_audit_round_name")),
        sa.UniqueConstraint("slug", name=op.f("uq_audit_round_slug")),
    )
    op.create_table(
        "theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "theme_group",
            sa.Enum(
                "practice",
                "leadership",
                "result",
                name="theme_group",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("synonyms", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
        sa.UniqueConstraint("code", name=op.f("uq_theme_code")),
        sa.UniqueConstraint("name", name=op.f("uq_theme_name")),
    )
    op.create_table(
        "case_reference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "contact",
                "early_help",
                "child_in_need",
                "child_protection",
                "child_in_care",
                "care_leaver",
                name="category",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_case_reference_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_reference")),
        sa.UniqueConstraint("code", name=op.f("uq_case_reference_code")),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("auditor_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "allocated",
                "in_progress",
                "final",
                "void",
                name="audit_state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("audited_on", sa.Date(), nullable=True),
        sa.Column("read_from", sa.Date(), nullable=True),
        sa.Column("read_until", sa.Date(), nullable=True),
        sa.Column(
            "grade",
            sa.Enum(
                "outstanding",
                "good",
                "requires_improvement",
                "inadequate",
                name="grade",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=True,
        ),
        sa.Column("grade_reason", sa.Text(), nullable=False),
        sa.Column("feedback", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("names_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state <> 'final' OR (grade IS NOT NULL AND audited_on IS NOT NULL)", name=op.f("ck_audit_final_is_graded")
        ),
        sa.ForeignKeyConstraint(["auditor_id"], ["person.id"], name=op.f("fk_audit_auditor_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case_reference.id"], name=op.f("fk_audit_case_id")),
        sa.ForeignKeyConstraint(["round_id"], ["audit_round.id"], name=op.f("fk_audit_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sa.UniqueConstraint("public_id", name=op.f("uq_audit_public_id")),
        sa.UniqueConstraint("round_id", "case_id", name=op.f("uq_audit_round_id_case_id")),
    )
    op.create_index(op.f("ix_audit_auditor_id"), "audit", ["auditor_id"], unique=False)
    op.create_index(op.f("ix_audit_round_id"), "audit", ["round_id"], unique=False)
    op.create_index("ix_audit_state_day", "audit", ["state", "audited_on"], unique=False)
    op.create_table(
        "audit_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "grade",
            sa.Enum(
                "outstanding",
                "good",
                "requires_improvement",
                "inadequate",
                name="section_grade",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=True,
        ),
        sa.Column(
            "no_grade",
            sa.Enum(
                "not_enough", "not_applicable", name="no_grade", native_enum=False, create_constraint=True, length=20
            ),
            nullable=True,
        ),
        sa.Column("strengths", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("grade IS NULL OR no_grade IS NULL", name=op.f("ck_audit_section_grade_or_why_not")),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_audit_section_audit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_section")),
        sa.UniqueConstraint("audit_id", "number", name=op.f("uq_audit_section_audit_id_number")),
    )
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("section_number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "strength", "development", name="finding_kind", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_finding_audit_id")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_finding_theme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    op.create_index(op.f("ix_finding_audit_id"), "finding", ["audit_id"], unique=False)
    op.create_index(op.f("ix_finding_theme_id"), "finding", ["theme_id"], unique=False)
    op.create_table(
        "immediate_concern",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("raised_by_id", sa.Integer(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_to", sa.String(length=160), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("acknowledged_by_id", sa.Integer(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledgement", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["acknowledged_by_id"], ["person.id"], name=op.f("fk_immediate_concern_acknowledged_by_id")
        ),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_immediate_concern_audit_id")),
        sa.ForeignKeyConstraint(["raised_by_id"], ["person.id"], name=op.f("fk_immediate_concern_raised_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_immediate_concern")),
        sa.UniqueConstraint("public_id", name=op.f("uq_immediate_concern_public_id")),
    )
    op.create_index(op.f("ix_immediate_concern_audit_id"), "immediate_concern", ["audit_id"], unique=False)


def downgrade() -> None:
    """Take the tables away with all they hold."""
    op.drop_table("immediate_concern")
    op.drop_table("finding")
    op.drop_table("audit_section")
    op.drop_table("audit")
    op.drop_table("case_reference")
    op.drop_table("theme")
    op.drop_table("audit_round")
