"""What the answers of each audit come to on each theme, worked out by the database: one row for an audit and theme."""

from typing import Any

from sqlalchemy import ColumnElement, Select, String, Subquery, case, cast, func, literal, select, true, union_all

from tracker.audits.models import (
    Answer,
    Audit,
    AuditSection,
    ModeratedSection,
    Moderation,
    ToolQuestion,
    ToolSection,
)
from tracker.audits.rules.answers import STANDINGS, AnswerKind, Standing
from tracker.audits.rules.moderating import Outcome
from tracker.audits.rules.tool import OVERALL_CODE
from tracker.audits.rules.vocabulary import NoGrade

# What counts of a second look, a row for a section: the panel's grade, else the agreed one.
MODERATED = (
    select(
        Moderation.audit_id,
        ModeratedSection.number,
        func.coalesce(cast(ModeratedSection.by_panel, String), cast(ModeratedSection.agreed, String)).label("word"),
    )
    .join(ModeratedSection, ModeratedSection.moderation_id == Moderation.id)
    .where(Moderation.outcome.in_([Outcome.AGREED, Outcome.CHANGED]))
    .subquery("moderated")
)
_IS_MODERATED = (MODERATED.c.audit_id == AuditSection.audit_id) & (MODERATED.c.number == AuditSection.number)


def counted_grade() -> ColumnElement[Any]:
    """Return the grade of a section that counts, or why it has none, as a word.

    It is that of its auditor, unless a moderated one counts in its place (domain A8): the query joins `MODERATED`.
    """
    return func.coalesce(MODERATED.c.word, cast(AuditSection.grade, String), cast(AuditSection.no_grade, String))


def counted_overall(audit: type[Audit]) -> ColumnElement[Any]:
    """Return the grade of the whole that counts of an audit of the query around it, as a word: as `counted_grade`."""
    whole = (
        select(cast(MODERATED.c.word, String))
        .join(ToolSection, ToolSection.number == MODERATED.c.number)
        .where(MODERATED.c.audit_id == audit.id, ToolSection.tool_id == audit.tool_id)
        .where(ToolSection.code == OVERALL_CODE)
        .correlate(audit)
    )
    return func.coalesce(whole.scalar_subquery(), cast(audit.grade, String))


def counted_value() -> ColumnElement[Any]:
    """Return the answer to a question that counts, as a word; a moderated one goes before it here."""
    return cast(Answer.value, String)


def standings(is_within: ColumnElement[bool], theme_id: int | None = None) -> Subquery:
    """Return audit, theme and the heaviest standing of what was said there, of the audits that a condition names.

    A theme narrows it to what was said there on that one.
    """
    about = (ToolSection.theme_id, ToolQuestion.theme_id, ToolQuestion.theme_id)
    parts = (_grades(), _answers(), _spared())
    is_on = [true() if theme_id is None else column == theme_id for column in about]
    said = union_all(*(part.where(is_within, which) for part, which in zip(parts, is_on, strict=True))).subquery()
    heaviest = func.max(said.c.standing).label("standing")
    return select(said.c.audit_id, said.c.theme_id, heaviest).group_by(said.c.audit_id, said.c.theme_id).subquery()


def _grades() -> Select[*tuple[Any, ...]]:
    return (
        select(AuditSection.audit_id, ToolSection.theme_id, _standing(counted_grade()))
        .join(Audit, Audit.id == AuditSection.audit_id)
        .join(ToolSection, (ToolSection.tool_id == Audit.tool_id) & (ToolSection.number == AuditSection.number))
        .outerjoin(MODERATED, _IS_MODERATED)
        .where(ToolSection.is_graded, ToolSection.theme_id.is_not(None), counted_grade().is_not(None))
    )


def _answers() -> Select[*tuple[Any, ...]]:
    return (
        select(Answer.audit_id, ToolQuestion.theme_id, _standing(counted_value()))
        .join(Audit, Audit.id == Answer.audit_id)
        .join(ToolQuestion, ToolQuestion.id == Answer.question_id)
        .where(ToolQuestion.theme_id.is_not(None), Answer.value.is_not(None))
    )


def _spared() -> Select[*tuple[Any, ...]]:
    """Return the questions of sections that do not apply: what was not answered there does not apply either."""
    return (
        select(AuditSection.audit_id, ToolQuestion.theme_id, literal(int(Standing.NOT_APPLICABLE)).label("standing"))
        .join(Audit, Audit.id == AuditSection.audit_id)
        .join(ToolSection, (ToolSection.tool_id == Audit.tool_id) & (ToolSection.number == AuditSection.number))
        .join(ToolQuestion, ToolQuestion.section_id == ToolSection.id)
        .outerjoin(MODERATED, _IS_MODERATED)
        .where(
            ToolQuestion.theme_id.is_not(None),
            ToolQuestion.kind != AnswerKind.TEXT,
            counted_grade() == NoGrade.NOT_APPLICABLE.value,
        )
    )


def _standing(word: ColumnElement[Any]) -> ColumnElement[int]:
    """Say by the rule's own table what a stored answer comes to."""
    return case({value.value: int(standing) for value, standing in STANDINGS.items()}, value=word).label("standing")
