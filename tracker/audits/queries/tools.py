"""Reading tools as the rules take them, each with one query however much it asks; and the versions that there are."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, select
from sqlalchemy.orm import Session, aliased, selectinload

from tracker.audits.models import Audit, AuditTool, CaseReference, Theme, ToolQuestion, ToolSection
from tracker.audits.rules.first_tool import DEFAULT_SLUG
from tracker.audits.rules.tool import Question, Section, Tool, ToolState
from tracker.audits.rules.vocabulary import Category, Grade

_SectionTheme, _QuestionTheme = aliased(Theme), aliased(Theme)


def live_tool(session: Session, slug: str = DEFAULT_SLUG) -> AuditTool | None:
    """Return the version of a tool that is in use, with which new audits are given out."""
    return session.scalar(select(AuditTool).where(AuditTool.slug == slug, AuditTool.state == ToolState.LIVE))


def tool_versions(session: Session, slug: str | None = None) -> list[AuditTool]:
    """Return the versions of a tool, or of all tools by name, the newest of each first."""
    query = select(AuditTool).order_by(AuditTool.name, AuditTool.slug, AuditTool.number.desc())
    return list(session.scalars(query if slug is None else query.where(AuditTool.slug == slug)))


def tool_version(session: Session, slug: str, edition: int) -> AuditTool | None:
    """Return a version of a tool without what it asks, as the address of its page names it."""
    return session.scalar(select(AuditTool).where(AuditTool.slug == slug, AuditTool.number == edition))


def live_tools(session: Session) -> list[AuditTool]:
    """Return the versions that are in use, by name: those with which files can be given out."""
    query = select(AuditTool).where(AuditTool.state == ToolState.LIVE)
    return list(session.scalars(query.order_by(AuditTool.name, AuditTool.slug)))


def drafted_tool(session: Session, slug: str) -> AuditTool | None:
    """Return the version of a tool that is being drafted, if there is one."""
    return session.scalar(select(AuditTool).where(AuditTool.slug == slug, AuditTool.state == ToolState.DRAFT))


def audits_by_tool(session: Session) -> dict[int, int]:
    """Return how many audits were given out with each version, void ones included, by its id."""
    rows = session.execute(select(Audit.tool_id, func.count()).group_by(Audit.tool_id))
    return {row[0]: row[1] for row in rows}


def audit_tool(session: Session, slug: str, number: int) -> AuditTool | None:
    """Return a version of a tool with its sections and their questions, as commands change it."""
    query = select(AuditTool).where(AuditTool.slug == slug, AuditTool.number == number)
    return session.scalar(query.options(selectinload(AuditTool.sections).selectinload(ToolSection.questions)))


def last_number(session: Session, slug: str) -> int:
    """Return the number of the newest version of a tool, 0 when there is none."""
    return session.scalar(select(func.max(AuditTool.number)).where(AuditTool.slug == slug)) or 0


def tools_by_id(session: Session, ids: Iterable[int]) -> dict[int, Tool]:
    """Return tools whole, as values, by the id of their version; one query for all of them, none for no id."""
    wanted = set(ids)
    rows = session.execute(_parts().where(AuditTool.id.in_(wanted))).all() if wanted else []
    return {key: _tool(list(held)) for key, held in groupby(rows, key=lambda row: row.AuditTool.id)}


def asked_of(session: Session, audit: Audit) -> Tool:
    """Return what an audit's tool asks of a file of its category; one query, and nothing need be loaded beside it.

    It says too whether a newer version is in use by now, which the audit does not change to.
    """
    rows = session.execute(_asked(), {"audit_id": audit.id}).all()
    category: Category = rows[0].category
    return replace(_tool(rows).asked_of(category), newer_number=rows[0].newer)


@cache
def _asked() -> Select[*tuple[Any, ...]]:
    """Return the query of what one audit asks, made once: every page and command of an audit begins with it."""
    other = aliased(AuditTool)
    newer = select(other.number).where(
        other.slug == AuditTool.slug, other.state == ToolState.LIVE, other.number > AuditTool.number
    )
    query = _parts().add_columns(CaseReference.category, newer.scalar_subquery().label("newer"))
    query = query.join(Audit, Audit.tool_id == AuditTool.id).join(CaseReference, CaseReference.id == Audit.case_id)
    return query.where(Audit.id == bindparam("audit_id"))


def _parts() -> Select[*tuple[Any, ...]]:
    """Return the query of tools, a row for each question and for each section without any."""
    return (
        select(
            AuditTool,
            ToolSection,
            ToolQuestion,
            _SectionTheme.code.label("section_theme"),
            _QuestionTheme.code.label("question_theme"),
        )
        .join(ToolSection, ToolSection.tool_id == AuditTool.id)
        .outerjoin(ToolQuestion, ToolQuestion.section_id == ToolSection.id)
        .outerjoin(_SectionTheme, _SectionTheme.id == ToolSection.theme_id)
        .outerjoin(_QuestionTheme, _QuestionTheme.id == ToolQuestion.theme_id)
        .order_by(AuditTool.id, ToolSection.number, ToolQuestion.position)
    )


def _tool(rows: Sequence[Row[*tuple[Any, ...]]]) -> Tool:
    stored: AuditTool = rows[0].AuditTool
    sections = groupby(rows, key=lambda row: row.ToolSection.number)
    return Tool(
        slug=stored.slug,
        name=stored.name,
        number=stored.number,
        sections=tuple(_section(list(held)) for _, held in sections),
        asks_every_theme=stored.asks_every_theme,
        id=stored.id,
    )


def _section(rows: list[Row[*tuple[Any, ...]]]) -> Section:
    stored: ToolSection = rows[0].ToolSection
    return Section(
        number=stored.number,
        code=stored.code,
        title=stored.title,
        question=stored.question,
        good=tuple(stored.good),
        is_graded=stored.is_graded,
        theme=rows[0].section_theme,
        nature=stored.nature,
        descriptors={Grade(grade): words for grade, words in stored.descriptors.items()},
        questions=tuple(_question(row.ToolQuestion, row.question_theme) for row in rows if row.ToolQuestion),
        id=stored.id,
        equals_id=stored.equals_id,
    )


def _question(stored: ToolQuestion, theme: str | None) -> Question:
    return Question(
        text=stored.text,
        kind=stored.kind,
        theme=theme,
        nature=stored.nature,
        categories=frozenset(Category(name) for name in stored.categories),
        is_required=stored.is_required,
        id=stored.id,
        equals_id=stored.equals_id,
    )
