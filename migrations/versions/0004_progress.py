"""Milestones and everything that happens to an action."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "dated",
                "undated",
                "recurring",
                "waiting",
                name="milestone_kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("date_text", sa.Text(), nullable=False),
        sa.Column(
            "precision",
            sa.Enum(
                "day",
                "month",
                "quarter",
                "year",
                "none",
                name="precision",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("first_due", sa.Date(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("every_months", sa.Integer(), nullable=True),
        sa.Column("every_weeks", sa.Integer(), nullable=True),
        sa.Column("waits_on", sa.String(length=200), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "not_started",
                "started",
                "done",
                name="milestone_state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind <> 'recurring' OR every_months > 0 OR every_weeks > 0", name=op.f("ck_milestone_recurring_has_rule")
        ),
        sa.CheckConstraint(
            "kind NOT IN ('dated', 'recurring') OR due IS NOT NULL", name=op.f("ck_milestone_dated_has_due")
        ),
        sa.CheckConstraint("state <> 'done' OR done_on IS NOT NULL", name=op.f("ck_milestone_done_has_day")),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_milestone_action_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        sa.UniqueConstraint("action_id", "position", name=op.f("uq_milestone_action_id_position")),
    )
    op.create_index(op.f("ix_milestone_action_id"), "milestone", ["action_id"], unique=False)
    op.create_table(
        "progress_update",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column(
            "declared",
            sa.Enum("R", "A", "G", "C", name="declared_rag", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("happened", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("doing", sa.Text(), nullable=False),
        sa.Column("ask", sa.Text(), nullable=False),
        sa.Column("is_no_change", sa.Boolean(), nullable=False),
        sa.Column("is_after_close", sa.Boolean(), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=200), nullable=False),
        sa.Column("came_by", sa.String(length=60), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "submitted",
                "returned",
                "withdrawn",
                name="update_state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("state_reason", sa.Text(), nullable=False),
        sa.Column("form_token", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_progress_update_action_id")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_progress_update_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_update")),
        sa.UniqueConstraint("form_token", name=op.f("uq_progress_update_form_token")),
    )
    op.create_index("ix_progress_update_action_day", "progress_update", ["action_id", "effective_on"], unique=False)
    op.create_table(
        "date_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "correction",
                "slip",
                "pull_in",
                "date_set",
                "to_be_confirmed",
                name="date_change_kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "from_kind",
            sa.Enum(
                "dated",
                "undated",
                "recurring",
                "waiting",
                name="from_kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("from_text", sa.Text(), nullable=False),
        sa.Column(
            "from_precision",
            sa.Enum(
                "day",
                "month",
                "quarter",
                "year",
                "none",
                name="from_precision",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("from_due", sa.Date(), nullable=True),
        sa.Column("from_every_months", sa.Integer(), nullable=True),
        sa.Column("from_every_weeks", sa.Integer(), nullable=True),
        sa.Column("from_waits_on", sa.String(length=200), nullable=True),
        sa.Column(
            "to_kind",
            sa.Enum(
                "dated",
                "undated",
                "recurring",
                "waiting",
                name="to_kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("to_text", sa.Text(), nullable=False),
        sa.Column(
            "to_precision",
            sa.Enum(
                "day",
                "month",
                "quarter",
                "year",
                "none",
                name="to_precision",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("to_due", sa.Date(), nullable=True),
        sa.Column("to_every_months", sa.Integer(), nullable=True),
        sa.Column("to_every_weeks", sa.Integer(), nullable=True),
        sa.Column("to_waits_on", sa.String(length=200), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "approved",
                "refused",
                "withdrawn",
                name="date_change_state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_note", sa.Text(), nullable=False),
        sa.Column("update_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'refused') OR decided_on IS NOT NULL",
            name=op.f("ck_date_change_decided_has_day"),
        ),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"], name=op.f("fk_date_change_milestone_id")),
        sa.ForeignKeyConstraint(["update_id"], ["progress_update.id"], name=op.f("fk_date_change_update_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_change")),
        sa.UniqueConstraint("milestone_id", "number", name=op.f("uq_date_change_milestone_id_number")),
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("link", "sentence", name="evidence_kind", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind <> 'link' OR url <> ''", name=op.f("ck_evidence_link_has_url")),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_evidence_action_id")),
        sa.ForeignKeyConstraint(["update_id"], ["progress_update.id"], name=op.f("fk_evidence_update_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index(op.f("ix_evidence_action_id"), "evidence", ["action_id"], unique=False)
    op.create_table(
        "milestone_lead",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"], name=op.f("fk_milestone_lead_milestone_id")),
        sa.ForeignKeyConstraint(["party_id"], ["lead_party.id"], name=op.f("fk_milestone_lead_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_lead")),
        sa.UniqueConstraint("milestone_id", "party_id", name=op.f("uq_milestone_lead_milestone_id_party_id")),
    )
    op.create_table(
        "milestone_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "started",
                "done",
                "excused",
                "reopened",
                name="step_kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("occurrence_due", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("update_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"], name=op.f("fk_milestone_step_milestone_id")),
        sa.ForeignKeyConstraint(["update_id"], ["progress_update.id"], name=op.f("fk_milestone_step_update_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_step")),
    )
    op.create_index("ix_milestone_step_milestone_day", "milestone_step", ["milestone_id", "effective_on"], unique=False)
    op.create_table(
        "sign_off",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "complete",
                "embedded",
                "withdrawn",
                "on_hold",
                "resumed",
                "reopened",
                name="sign_off_kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("independent_check", sa.Text(), nullable=False),
        sa.Column("no_measure_reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("update_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_sign_off_action_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_sign_off_body_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_off_person_id")),
        sa.ForeignKeyConstraint(["update_id"], ["progress_update.id"], name=op.f("fk_sign_off_update_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_off")),
    )
    op.create_index(op.f("ix_sign_off_action_id"), "sign_off", ["action_id"], unique=False)


def downgrade() -> None:
    """Take the tables away with all they hold."""
    op.drop_table("sign_off")
    op.drop_table("milestone_step")
    op.drop_table("milestone_lead")
    op.drop_table("evidence")
    op.drop_table("date_change")
    op.drop_table("progress_update")
    op.drop_table("milestone")
