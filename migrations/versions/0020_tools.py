"""Audit tools with their sections and questions, answers, every state of an audit, its mode, impact and re-audit.

Audits that are there keep the tool that they were made with, as its version 1: a grade a section, no question, retired.
The version that follows it comes with `tracker setup`, as the themes do.
"""

from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

from tracker.core import clock

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_GRADES = ("outstanding", "good", "requires_improvement", "inadequate")
_VALUES = ("met", "partly", "not_met", *_GRADES, "not_enough", "not_applicable")
_MODES = ("desk", "collaborative", "observation", "dip_sample", "peer", "external", "multi_agency")
_STATES = ("allocated", "in_progress", "final", "void")
_MORE_STATES = (
    "planned",
    "submitted",
    "worker_response",
    "moderation",
    "returned",
    "disputed",
    "panel",
    "closed",
    "exempt",
)
_FINAL = "state <> 'final' OR (grade IS NOT NULL AND audited_on IS NOT NULL)"
_FINAL_OR_CLOSED = "state NOT IN ('final', 'closed') OR (grade IS NOT NULL AND audited_on IS NOT NULL)"
_LIVE = sa.text("state = 'live'")
# What the states of this revision become when it is taken back.
_BEFORE = (
    "UPDATE audit SET state = 'final' WHERE state = 'closed'",
    "UPDATE audit SET state = 'allocated' WHERE state = 'planned'",
    "UPDATE audit SET state = 'void' WHERE state = 'exempt'",
    "UPDATE audit SET state = 'in_progress' WHERE state NOT IN ('allocated', 'in_progress', 'final', 'void')",
)
# Code, title and question of each section of version 1, and what good looks like; a graded one has the theme of its code.
_SECTIONS = (
    (
        "about_file",
        "About the file",
        "Which part of the file did you read, and on which day?",
        (
            "You judge the last six months of work.",
            "You read a year back, so that the story makes sense.",
            "You write no name of a child, of family or of staff.",
        ),
    ),
    (
        "voice",
        "Voice of the child",
        "Do we know what this child sees, says and wants, and has it made a difference?",
        (
            "The child is seen alone, and in a way that suits their age.",
            "Their words or behaviour are recorded, not only that a visit took place.",
            "What they said changed what was done, or they were told why not.",
            "Babies and children who do not speak are watched and described.",
        ),
    ),
    (
        "risk",
        "Risk and safety",
        "Is danger seen early, and is this child safer because of what was done?",
        (
            "Immediate danger is dealt with on the day.",
            "Who is a danger, and who keeps the child safe, is plain to a new reader.",
            "The safety plan says who does what if things get worse.",
            "Strategy meetings and enquiries come when the threshold is met.",
        ),
    ),
    (
        "assessment",
        "Assessment and analysis",
        "Is the history weighed, and is it plain what daily life means for this child?",
        (
            "What happened before is weighed, not only listed.",
            "Fathers and the wider family are part of it.",
            "Strengths and dangers lead to a clear view of what has to change.",
            "It is finished in time, and the family have read it.",
        ),
    ),
    (
        "plan",
        "Plan and progress",
        "Does the plan say what must change, by when, and is it happening?",
        (
            "Every step has somebody to do it and a day to do it by.",
            "The family could say in their own words what the plan is for.",
            "Reviews test whether life is better, not only whether tasks were done.",
            "Drift is named, and something follows from it.",
        ),
    ),
    (
        "oversight",
        "Management oversight",
        "Do managers think with the worker, decide, and see that it is done?",
        (
            "Supervision is as often as the policy asks, and is on the file.",
            "Decisions carry their reasons.",
            "What was agreed last time is looked at first.",
            "Delay and disagreement are taken up the line.",
        ),
    ),
    (
        "partners",
        "Working with partners",
        "Do the people around this child know the same things and pull together?",
        (
            "Schools, health and police are in the plan and at the meetings.",
            "Information is shared in time, and on a proper footing.",
            "Partners are challenged when their part is not done.",
        ),
    ),
    (
        "impact",
        "Difference made to the child",
        "What is better in this child's life because we were there?",
        (
            "Change is shown with facts: attendance, health, who is at home, how they feel.",
            "It is compared with how things were at the start.",
            "The child or the family would agree.",
        ),
    ),
    (
        "overall",
        "Overall grade and feedback",
        "Taking everything together, how good was the work for this child?",
        (
            "The grade is your judgement, not an average.",
            "Poor safety or oversight usually limits what the whole can be.",
            "Feedback names what to keep doing before what to change.",
        ),
    ),
)
_DESCRIPTORS = {
    "outstanding": "Better than good, and the gain for the child lasts.",
    "good": "Clear and in time, and it helps the child.",
    "requires_improvement": "Safe, but not good throughout.",
    "inadequate": "The basics are missing. A child may be left at risk.",
}


def upgrade() -> None:
    """Make the tables, give every audit its tool, and take in the new states."""
    _make_tools()
    _widen_audits()
    if op.get_bind().scalar(sa.text("SELECT count(*) FROM audit")):
        op.execute(sa.text("UPDATE audit SET tool_id = :tool").bindparams(tool=_keep_the_old_tool()))
    with op.batch_alter_table("audit", copy_from=_table("audit")) as batch:
        batch.alter_column("tool_id", existing_type=sa.Integer(), nullable=False)
    _make_answers()


def _make_tools() -> None:
    op.create_table(
        "audit_tool",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", _one_of("tool_state", "draft", "live", "retired"), nullable=False),
        sa.Column("live_on", sa.Date(), nullable=True),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("asks_every_theme", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_recorded(),
        sa.CheckConstraint("number > 0", name=op.f("ck_audit_tool_number")),
        sa.CheckConstraint("state = 'draft' OR live_on IS NOT NULL", name=op.f("ck_audit_tool_live_has_day")),
        sa.CheckConstraint("state <> 'retired' OR retired_on IS NOT NULL", name=op.f("ck_audit_tool_retired_has_day")),
        sa.ForeignKeyConstraint(["follows_id"], ["audit_tool.id"], name=op.f("fk_audit_tool_follows_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_tool")),
        sa.UniqueConstraint("slug", "number", name=op.f("uq_audit_tool_slug_number")),
    )
    op.create_index(
        "uq_audit_tool_one_live", "audit_tool", ["slug"], unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE
    )
    op.create_table(
        "tool_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tool_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("good", sa.JSON(), nullable=False),
        sa.Column("descriptors", sa.JSON(), nullable=False),
        sa.Column("is_graded", sa.Boolean(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("nature", _one_of("nature", "compliance", "quality", "impact"), nullable=False),
        sa.Column("equals_id", sa.Integer(), nullable=True),
        *_recorded(),
        sa.CheckConstraint("equals_id <> id", name=op.f("ck_tool_section_equals_another")),
        sa.ForeignKeyConstraint(["equals_id"], ["tool_section.id"], name=op.f("fk_tool_section_equals_id")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_tool_section_theme_id")),
        sa.ForeignKeyConstraint(["tool_id"], ["audit_tool.id"], name=op.f("fk_tool_section_tool_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tool_section")),
        sa.UniqueConstraint("tool_id", "code", name=op.f("uq_tool_section_tool_id_code")),
        sa.UniqueConstraint("tool_id", "number", name=op.f("uq_tool_section_tool_id_number")),
    )
    op.create_table(
        "tool_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", _one_of("answer_kind", "grade", "met", "yes_no", "text"), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("nature", _one_of("nature", "compliance", "quality", "impact"), nullable=False),
        sa.Column("categories", sa.JSON(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("equals_id", sa.Integer(), nullable=True),
        *_recorded(),
        sa.CheckConstraint("equals_id <> id", name=op.f("ck_tool_question_equals_another")),
        sa.ForeignKeyConstraint(["equals_id"], ["tool_question.id"], name=op.f("fk_tool_question_equals_id")),
        sa.ForeignKeyConstraint(["section_id"], ["tool_section.id"], name=op.f("fk_tool_question_section_id")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_tool_question_theme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tool_question")),
        sa.UniqueConstraint("section_id", "position", name=op.f("uq_tool_question_section_id_position")),
    )


def _make_answers() -> None:
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("value", _one_of("answer_value", *_VALUES), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        *_recorded(),
        sa.CheckConstraint("value IS NOT NULL OR note <> ''", name=op.f("ck_answer_says_something")),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_answer_audit_id")),
        sa.ForeignKeyConstraint(["question_id"], ["tool_question.id"], name=op.f("fk_answer_question_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("audit_id", "question_id", name=op.f("uq_answer_audit_id_question_id")),
    )
    op.create_index(op.f("ix_answer_question_id"), "answer", ["question_id"], unique=False)


def _widen_audits() -> None:
    """Add the columns, the tool's without a value yet, and let the states of a longer life in."""
    checks = {
        "ck_audit_audit_state": _within("state", (*_STATES, *_MORE_STATES)),
        "ck_audit_final_is_graded": _FINAL_OR_CLOSED,
    }
    with op.batch_alter_table("audit", copy_from=_table("audit"), recreate="auto") as batch:
        for name in checks:
            batch.drop_constraint(op.f(name), type_="check")
        batch.add_column(sa.Column("tool_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("mode", sa.String(length=20), server_default="desk", nullable=False))
        batch.add_column(sa.Column("re_audit_of_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("impact_grade", sa.String(length=20), nullable=True))
        for name, condition in {**checks, **_NEW_CHECKS}.items():
            batch.create_check_constraint(op.f(name), condition)
        for name, (column, table) in _NEW_KEYS.items():
            batch.create_foreign_key(op.f(f"fk_{name}"), table, [column], ["id"])
            batch.create_index(op.f(f"ix_{name}"), [column])


def _keep_the_old_tool() -> int:
    """Store the tool with which audits were made so far, no longer in use; return its id."""
    bind, now, today = op.get_bind(), clock.now(), clock.today()
    themes = {row.code: row.id for row in bind.execute(sa.text("SELECT code, id FROM theme"))}
    since = date.fromisoformat(str(bind.scalar(sa.text("SELECT min(starts_on) FROM audit_round"))))
    recorded = {"created_at": now, "created_by": 0, "changed_at": now, "changed_by": 0}
    tools, sections = (_table(name) for name in ("audit_tool", "tool_section"))
    about = {
        "slug": "case-file-audit",
        "name": "Case-file audit",
        "number": 1,
        "state": "retired",
        "live_on": min(since, today),
        "retired_on": today,
        "asks_every_theme": True,
        "version": 1,
    }
    tool = bind.execute(sa.insert(tools).values(**about, **recorded).returning(tools.c.id)).scalar_one()
    for number, (code, title, question, good) in enumerate(_SECTIONS, start=1):
        is_graded = 1 < number < len(_SECTIONS)
        section = {
            "tool_id": tool,
            "number": number,
            "code": code,
            "title": title,
            "question": question,
            "good": list(good),
            "descriptors": _DESCRIPTORS,
            "is_graded": is_graded,
            "theme_id": themes.get(code) if is_graded else None,
            "nature": "impact" if code == "impact" else "quality",
        }
        bind.execute(sa.insert(sections).values(**section, **recorded))
    return int(tool)


def downgrade() -> None:
    """Take tools and answers away with what they say, and put every state in the words of before; grades stay."""
    op.drop_table("answer")
    for statement in _BEFORE:
        op.execute(statement)
    checks = {"ck_audit_audit_state": _within("state", _STATES), "ck_audit_final_is_graded": _FINAL}
    with op.batch_alter_table("audit", copy_from=_table("audit")) as batch:
        for name in _NEW_KEYS:
            batch.drop_index(op.f(f"ix_{name}"))
            batch.drop_constraint(op.f(f"fk_{name}"), type_="foreignkey")
        for name in (*_NEW_CHECKS, *checks):
            batch.drop_constraint(op.f(name), type_="check")
        for name, condition in checks.items():
            batch.create_check_constraint(op.f(name), condition)
        for column in ("tool_id", "mode", "re_audit_of_id", "impact_grade"):
            batch.drop_column(column)
    for table in ("tool_question", "tool_section", "audit_tool"):
        op.drop_table(table)


def _within(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


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


_NEW_CHECKS = {
    "ck_audit_mode": _within("mode", _MODES),
    "ck_audit_impact_grade": _within("impact_grade", _GRADES),
    "ck_audit_re_audit_of_another": "re_audit_of_id <> id",
}
_NEW_KEYS = {"audit_tool_id": ("tool_id", "audit_tool"), "audit_re_audit_of_id": ("re_audit_of_id", "audit")}
