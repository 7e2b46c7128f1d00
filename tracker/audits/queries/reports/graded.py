"""Counting grades of the audits that count, and the reasons why the others do not (domain A8); one query each."""

from typing import Any

from sqlalchemy import ColumnElement, Select, String, case, cast, func, select
from sqlalchemy.orm import Session

from tracker.audits.models import (
    Audit,
    AuditRound,
    AuditSection,
    AuditTool,
    CaseReference,
    ImportedAudit,
    ToolSection,
)
from tracker.audits.queries.reports.scope import CHOSEN, OVERALL, audits_wanted, grade_or_none
from tracker.audits.queries.standings import MODERATED, counted_grade
from tracker.audits.rules.answers import AnswerValue
from tracker.audits.rules.reporting.grades import GradeRow, SectionRow
from tracker.audits.rules.reporting.tables import Wanted, counted_selections
from tracker.audits.rules.tool import OVERALL_CODE
from tracker.audits.rules.vocabulary import FINAL_STATES, AuditState
from tracker.audits.rules.votes import LeftOut
from tracker.people.models import Person, Unit

_COUNTS = ""
# As votes have it: the day when it was done, else when it is due.
_DAY = func.coalesce(Audit.audited_on, Audit.due_on)


def grades(session: Session, wanted: Wanted, *, reader: Person) -> list[GradeRow]:
    """Return all audits of a report by their grades, those that do not count with the reason."""
    told = _told(wanted, reader).subquery()
    left_out = _left_out(told)
    alike = (
        told.c.team,
        told.c.category,
        left_out.label("left_out"),
        told.c.own,
        told.c.word,
        told.c.impact,
    )
    query = select(*alike, func.count(told.c.id).label("number")).group_by(*alike)
    return [
        GradeRow(
            team=row.team,
            category=row.category,
            left_out=LeftOut(row.left_out) if row.left_out else None,
            own=grade_or_none(row.own),
            counted=grade_or_none(row.word or row.own),
            is_moderated=row.word is not None,
            impact=row.impact,
            number=row.number,
        )
        for row in session.execute(query)
    ]


def sections(session: Session, wanted: Wanted, *, reader: Person) -> list[SectionRow]:
    """Return the graded sections of the audits that count, in the order of their tools, but for the whole.

    Sections of two versions are one where they were declared to mean the same; else their tool is named too.
    """
    told = _told(wanted, reader).subquery()
    kept = select(told.c.id).where(_left_out(told) == _COUNTS)
    own = func.coalesce(cast(AuditSection.grade, String), cast(AuditSection.no_grade, String))
    alike = (ToolSection.id.label("section"), own.label("own"), counted_grade().label("counted"))
    moderated = (MODERATED.c.audit_id == AuditSection.audit_id) & (MODERATED.c.number == AuditSection.number)
    query = (
        select(*alike, func.count(AuditSection.id).label("number"))
        .join(Audit, Audit.id == AuditSection.audit_id)
        .join(ToolSection, (ToolSection.tool_id == Audit.tool_id) & (ToolSection.number == AuditSection.number))
        .outerjoin(MODERATED, moderated)
        .where(AuditSection.audit_id.in_(kept), ToolSection.is_graded, ToolSection.code != OVERALL_CODE)
        .group_by(*alike)
    )
    counted = list(session.execute(query))
    names = section_names(session, {row.section for row in counted})
    order = {section: place for place, section in enumerate(names)}
    return [
        SectionRow(names[row.section], _value(row.own), _value(row.counted), row.number)
        for row in sorted(counted, key=lambda row: order[row.section])
    ]


def section_names(session: Session, wanted: set[int]) -> dict[int, str]:
    """Return sections of tools by how a report names them, in the order of their tools."""
    columns = (ToolSection.id, ToolSection.equals_id, ToolSection.title, AuditTool.name, AuditTool.number)
    query = select(*columns).join(AuditTool, AuditTool.id == ToolSection.tool_id).where(ToolSection.is_graded)
    rows = {
        row.id: row for row in session.execute(query.order_by(ToolSection.number, AuditTool.number, ToolSection.id))
    }

    def first(section: int) -> int:
        earlier = rows[section].equals_id
        return first(earlier) if earlier in rows else section

    meant = {section: first(section) for section in rows if section in wanted}
    titles = [rows[section].title for section in set(meant.values())]
    return {
        section: rows[root].title
        if titles.count(rows[root].title) == 1
        else f"{rows[root].title} ({rows[root].name}, version {rows[root].number})"
        for section, root in meant.items()
    }


def _value(word: str | None) -> AnswerValue | None:
    return AnswerValue(word) if word else None


def _told(wanted: Wanted, reader: Person) -> Select[*tuple[Any, ...]]:
    """Return the audits of a report with their grades, why each is left out by itself, and its place in its case."""
    reason = case(
        (Audit.state == AuditState.VOID, LeftOut.VOID.value),
        (Audit.state.not_in(FINAL_STATES), LeftOut.NOT_FINAL.value),
        (CHOSEN.in_([one.value for one in counted_selections(wanted)]), _COUNTS),
        else_=CHOSEN,
    )
    # Of a past audit the audit itself has the grade that counts, and both are in what its file said.
    own = case((ImportedAudit.id.is_not(None), cast(ImportedAudit.own_grade, String)), else_=cast(Audit.grade, String))
    latest = func.row_number().over(partition_by=(Audit.case_id, reason), order_by=(_DAY.desc(), Audit.id.desc()))
    return (
        select(
            Audit.id,
            Unit.name.label("team"),
            CaseReference.category,
            own.label("own"),
            Audit.impact_grade.label("impact"),
            func.coalesce(OVERALL.c.word, cast(ImportedAudit.moderated_grade, String)).label("word"),
            reason.label("reason"),
            latest.label("place"),
        )
        .join(AuditRound, Audit.round_id == AuditRound.id)
        .join(CaseReference, Audit.case_id == CaseReference.id)
        .join(Unit, CaseReference.unit_id == Unit.id)
        .outerjoin(OVERALL, OVERALL.c.audit_id == Audit.id)
        .outerjoin(ImportedAudit, ImportedAudit.audit_id == Audit.id)
        .where(*audits_wanted(wanted, reader, _DAY))
    )


def _left_out(told: Any) -> ColumnElement[str]:
    """Return why an audit does not count, empty where it does: of the same case the latest one does."""
    is_earlier = (told.c.reason == _COUNTS) & (told.c.place > 1)
    return case((is_earlier, LeftOut.DUPLICATE_CASE.value), else_=told.c.reason)
