"""Evidence that is no audit of a case: practice alerts, feedback, events with quick wins, learning, and what was said."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_TABLES = (
    "quick_win_action",
    "quick_win",
    "event_finding",
    "assurance_event",
    "you_said",
    "learning_message",
    "feedback_set",
    "practice_alert",
)


def upgrade() -> None:
    """Make the tables, empty."""
    _make_alerts()
    _make_feedback()
    _make_events()
    _make_learning()


def _make_alerts() -> None:
    op.create_table(
        "practice_alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("source", _one_of("alert_source", "chair", "iro"), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", _one_of("alert_state", "open", "answered", "closed"), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *_recorded(),
        sa.CheckConstraint("state <> 'closed' OR closed_on IS NOT NULL", name=op.f("ck_practice_alert_closed_has_day")),
        sa.CheckConstraint(
            "state = 'open' OR (answer <> '' AND answered_on IS NOT NULL)",
            name=op.f("ck_practice_alert_answered_says_what"),
        ),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_practice_alert_theme_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_practice_alert_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_alert")),
        sa.UniqueConstraint("public_id", name=op.f("uq_practice_alert_public_id")),
    )
    op.create_index("ix_practice_alert_state_day", "practice_alert", ["state", "raised_on"], unique=False)
    op.create_index(op.f("ix_practice_alert_theme_id"), "practice_alert", ["theme_id"], unique=False)


def _make_feedback() -> None:
    op.create_table(
        "feedback_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column(
            "source",
            _one_of("feedback_source", "conference", "families", "questionnaire", "young_people", "staff", "partners"),
            nullable=False,
        ),
        sa.Column("question", sa.String(length=300), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("invited", sa.Integer(), nullable=False),
        sa.Column("responded", sa.Integer(), nullable=False),
        sa.Column("yes", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *_recorded(),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_feedback_set_ends_after_start")),
        sa.CheckConstraint(
            "invited > 0 AND responded >= 0 AND responded <= invited",
            name=op.f("ck_feedback_set_replies_within_invited"),
        ),
        sa.CheckConstraint("yes >= 0 AND yes <= responded", name=op.f("ck_feedback_set_yes_within_replies")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_feedback_set_theme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_set")),
        sa.UniqueConstraint("public_id", name=op.f("uq_feedback_set_public_id")),
    )
    op.create_index(op.f("ix_feedback_set_ends_on"), "feedback_set", ["ends_on"], unique=False)
    op.create_index(op.f("ix_feedback_set_theme_id"), "feedback_set", ["theme_id"], unique=False)


def _make_events() -> None:
    op.create_table(
        "assurance_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("kind", _one_of("event_kind", "practice_week", "assurance_day"), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("focus", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_recorded(),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_assurance_event_ends_after_start")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assurance_event")),
        sa.UniqueConstraint("public_id", name=op.f("uq_assurance_event_public_id")),
    )
    op.create_index(op.f("ix_assurance_event_starts_on"), "assurance_event", ["starts_on"], unique=False)
    op.create_table(
        "event_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", _one_of("event_finding_kind", "strength", "development"), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_recorded(),
        sa.ForeignKeyConstraint(["event_id"], ["assurance_event.id"], name=op.f("fk_event_finding_event_id")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_event_finding_theme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_finding")),
        sa.UniqueConstraint("event_id", "position", name=op.f("uq_event_finding_event_id_position")),
        sa.UniqueConstraint("public_id", name=op.f("uq_event_finding_public_id")),
    )
    op.create_index(op.f("ix_event_finding_theme_id"), "event_finding", ["theme_id"], unique=False)
    op.create_table(
        "quick_win",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_recorded(),
        sa.CheckConstraint(
            "done_on IS NULL OR (done_by_id IS NOT NULL AND outcome <> '')", name=op.f("ck_quick_win_done_says_what")
        ),
        sa.ForeignKeyConstraint(["done_by_id"], ["person.id"], name=op.f("fk_quick_win_done_by_id")),
        sa.ForeignKeyConstraint(["event_id"], ["assurance_event.id"], name=op.f("fk_quick_win_event_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_quick_win_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quick_win")),
        sa.UniqueConstraint("public_id", name=op.f("uq_quick_win_public_id")),
    )
    op.create_index(op.f("ix_quick_win_event_id"), "quick_win", ["event_id"], unique=False)
    op.create_index("ix_quick_win_owner_open", "quick_win", ["owner_id", "done_on"], unique=False)
    op.create_table(
        "quick_win_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quick_win_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        *_recorded(),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_quick_win_action_action_id")),
        sa.ForeignKeyConstraint(["quick_win_id"], ["quick_win.id"], name=op.f("fk_quick_win_action_quick_win_id")),
        sa.ForeignKeyConstraint(["set_by_id"], ["person.id"], name=op.f("fk_quick_win_action_set_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quick_win_action")),
        sa.UniqueConstraint("quick_win_id", name=op.f("uq_quick_win_action_quick_win_id")),
    )
    op.create_index(op.f("ix_quick_win_action_action_id"), "quick_win_action", ["action_id"], unique=False)


def _make_learning() -> None:
    op.create_table(
        "learning_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column(
            "audience",
            _one_of("audience", "all_staff", "practitioners", "managers", "auditors", "partners"),
            nullable=False,
        ),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("changed_day", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *_recorded(),
        sa.CheckConstraint("changed = '' OR changed_day IS NOT NULL", name=op.f("ck_learning_message_change_has_day")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_learning_message_theme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_message")),
        sa.UniqueConstraint("public_id", name=op.f("uq_learning_message_public_id")),
    )
    op.create_index(op.f("ix_learning_message_sent_on"), "learning_message", ["sent_on"], unique=False)
    op.create_index(op.f("ix_learning_message_theme_id"), "learning_message", ["theme_id"], unique=False)
    op.create_table(
        "you_said",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("voice", _one_of("voice", "children", "families", "carers", "staff", "partners"), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("did", sa.Text(), nullable=False),
        sa.Column("did_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *_recorded(),
        sa.CheckConstraint("did = '' OR did_on IS NOT NULL", name=op.f("ck_you_said_done_has_day")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_you_said_theme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_you_said")),
        sa.UniqueConstraint("public_id", name=op.f("uq_you_said_public_id")),
    )
    op.create_index(op.f("ix_you_said_said_on"), "you_said", ["said_on"], unique=False)
    op.create_index(op.f("ix_you_said_theme_id"), "you_said", ["theme_id"], unique=False)


def downgrade() -> None:
    """Take the tables away with what they hold."""
    for table in _TABLES:
        op.drop_table(table)


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def _recorded() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
    )
