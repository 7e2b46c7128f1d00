"""Plans, areas and actions as they were read, with the doubts of the reading."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "inspection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection")),
    )
    op.create_table(
        "inspection_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column(
            "item_class",
            sa.Enum(
                "priority_action",
                "priority_and_immediate_action",
                "area_for_improvement",
                "strength",
                name="item_class",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("heading", sa.String(length=160), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspection.id"], name=op.f("fk_inspection_item_inspection_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_item")),
        sa.UniqueConstraint("inspection_id", "position", name=op.f("uq_inspection_item_inspection_id_position")),
    )
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "approved",
                "live",
                "closing",
                "closed",
                "replaced",
                name="plan_status",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("inspection_id", sa.Integer(), nullable=True),
        sa.Column("scope_note", sa.Text(), nullable=False),
        sa.Column("source_sha256", sa.String(length=64), nullable=True),
        sa.Column("rule_version", sa.String(length=20), nullable=False),
        sa.Column("amber_days", sa.Integer(), nullable=False),
        sa.Column("lookahead_days", sa.Integer(), nullable=False),
        sa.Column("grace_days", sa.Integer(), nullable=False),
        sa.Column("cycle_days", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("status = 'draft' OR approved_on IS NOT NULL", name=op.f("ck_plan_approved_unless_draft")),
        sa.CheckConstraint(
            "amber_days >= 0 AND lookahead_days >= 0 AND grace_days >= 0 AND cycle_days > 0",
            name=op.f("ck_plan_parameters"),
        ),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspection.id"], name=op.f("fk_plan_inspection_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("slug", name=op.f("uq_plan_slug")),
        sa.UniqueConstraint("source_sha256", name=op.f("uq_plan_source_sha256")),
    )
    op.create_table(
        "area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=20), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("source_line", sa.Integer(), nullable=True),
        sa.Column("priority_set", sa.Boolean(), nullable=True),
        sa.Column("priority_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_area_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_area_plan_id_number")),
    )
    op.create_table(
        "import_doubt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=True),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_import_doubt_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_doubt")),
    )
    op.create_index(op.f("ix_import_doubt_plan_id"), "import_doubt", ["plan_id"], unique=False)
    op.create_table(
        "plan_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_source_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_source")),
        sa.UniqueConstraint("plan_id", name=op.f("uq_plan_source_plan_id")),
    )
    op.create_table(
        "unread_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_unread_line_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unread_line")),
    )
    op.create_index(op.f("ix_unread_line_plan_id"), "unread_line", ["plan_id"], unique=False)
    op.create_table(
        "action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "standard",
                "placeholder",
                "continuing",
                name="action_kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "agreed",
                "in_progress",
                "claimed",
                "on_hold",
                "complete",
                "embedded",
                "withdrawn",
                name="action_state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("target_text", sa.Text(), nullable=False),
        sa.Column("source_cells", sa.JSON(), nullable=False),
        sa.Column("source_lines", sa.JSON(), nullable=False),
        sa.Column("closed_code", sa.String(length=1), nullable=True),
        sa.Column("declared_code", sa.String(length=1), nullable=True),
        sa.Column("amber_from", sa.Date(), nullable=True),
        sa.Column("red_from", sa.Date(), nullable=True),
        sa.Column("is_unscheduled", sa.Boolean(), nullable=False),
        sa.Column("last_update_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("closed_code IS NULL OR closed_code IN ('C', 'E', 'X')", name=op.f("ck_action_closed_code")),
        sa.CheckConstraint(
            "declared_code IS NULL OR declared_code IN ('R', 'A', 'G')", name=op.f("ck_action_declared_code")
        ),
        sa.CheckConstraint(
            "amber_from IS NULL OR red_from IS NULL OR amber_from < red_from", name=op.f("ck_action_amber_before_red")
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_action_area_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_action_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        sa.UniqueConstraint("plan_id", "ref", name=op.f("uq_action_plan_id_ref")),
    )
    op.create_index(op.f("ix_action_area_id"), "action", ["area_id"], unique=False)
    op.create_index("ix_action_plan_dates", "action", ["plan_id", "red_from", "amber_from"], unique=False)
    op.create_table(
        "area_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_area_item_area_id")),
        sa.ForeignKeyConstraint(["item_id"], ["inspection_item.id"], name=op.f("fk_area_item_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_item")),
        sa.UniqueConstraint("area_id", "item_id", name=op.f("uq_area_item_area_id_item_id")),
    )
    op.create_table(
        "objective",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_objective_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objective")),
    )
    op.create_index(op.f("ix_objective_area_id"), "objective", ["area_id"], unique=False)
    op.create_table(
        "outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_outcome_area_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["outcome.id"], name=op.f("fk_outcome_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
    )
    op.create_index(op.f("ix_outcome_area_id"), "outcome", ["area_id"], unique=False)
    op.create_table(
        "plan_measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_plan_measure_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_measure")),
    )
    op.create_index(op.f("ix_plan_measure_area_id"), "plan_measure", ["area_id"], unique=False)
    op.create_table(
        "action_lead",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_action_lead_action_id")),
        sa.ForeignKeyConstraint(["party_id"], ["lead_party.id"], name=op.f("fk_action_lead_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_lead")),
        sa.UniqueConstraint("action_id", "party_id", name=op.f("uq_action_lead_action_id_party_id")),
        sa.UniqueConstraint("action_id", "position", name=op.f("uq_action_lead_action_id_position")),
    )
    op.create_index(op.f("ix_action_lead_party_id"), "action_lead", ["party_id"], unique=False)
    op.create_table(
        "action_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "cross_reference", "depends_on", name="link_kind", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "proposed",
                "confirmed",
                "rejected",
                name="link_status",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("to_id IS NULL OR to_id <> from_id", name=op.f("ck_action_link_not_itself")),
        sa.ForeignKeyConstraint(["from_id"], ["action.id"], name=op.f("fk_action_link_from_id")),
        sa.ForeignKeyConstraint(["to_id"], ["action.id"], name=op.f("fk_action_link_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_link")),
    )
    op.create_index(op.f("ix_action_link_from_id"), "action_link", ["from_id"], unique=False)
    op.create_index(op.f("ix_action_link_to_id"), "action_link", ["to_id"], unique=False)


def downgrade() -> None:
    """Take the tables away with all they hold."""
    op.drop_table("action_link")
    op.drop_table("action_lead")
    op.drop_table("plan_measure")
    op.drop_table("outcome")
    op.drop_table("objective")
    op.drop_table("area_item")
    op.drop_table("action")
    op.drop_table("unread_line")
    op.drop_table("plan_source")
    op.drop_table("import_doubt")
    op.drop_table("area")
    op.drop_table("plan")
    op.drop_table("inspection_item")
    op.drop_table("inspection")
