"""Counting re-audits that are due in the time of a report, and the grades of the same cases before and after."""

from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.audits.models import Audit, AuditSection, CaseReference, ReAudit, ToolSection
from tracker.audits.queries.reports.graded import section_names
from tracker.audits.queries.reports.scope import OVERALL, audits_wanted, grade_or_none, narrowed
from tracker.audits.queries.standings import MODERATED
from tracker.audits.rules.reporting.repeated import Coming, PairRow, PlannedRow, SectionPair
from tracker.audits.rules.reporting.tables import Wanted
from tracker.audits.rules.tool import OVERALL_CODE
from tracker.audits.rules.vocabulary import FINAL_STATES
from tracker.core import clock
from tracker.people.models import Person, Unit

_AGAIN = aliased(Audit)
_BEFORE = aliased(Audit)
_OVERALL_BEFORE = OVERALL.alias("overall_before")
_SECTION_BEFORE = aliased(AuditSection)
_TOOL_SECTION_BEFORE = aliased(ToolSection)
_MODERATED_BEFORE = MODERATED.alias("moderated_before")


def due_again(session: Session, wanted: Wanted, *, reader: Person) -> list[PlannedRow]:
    """Return the re-audits whose day lies in the time, or that follow audits of the round, by how far they are."""
    # One case may have been given out again more than once: a single final audit is enough.
    is_done = (
        select(_AGAIN.id)
        .where(_AGAIN.re_audit_of_id == Audit.id, _AGAIN.state.in_(FINAL_STATES))
        .exists()
        .correlate(Audit)
    )
    coming = case(
        (is_done, Coming.DONE.value),
        (ReAudit.due_on < clock.today(), Coming.LATE.value),
        else_=Coming.TO_COME.value,
    )
    alike = (Unit.name.label("team"), CaseReference.category.label("category"), coming.label("coming"))
    is_meant = (
        Audit.round_id == wanted.round_id
        if wanted.round_id is not None
        else ReAudit.due_on.between(wanted.since, wanted.until)
    )
    query = (
        select(*alike, func.count(ReAudit.id).label("number"))
        .join(Audit, ReAudit.audit_id == Audit.id)
        .join(CaseReference, Audit.case_id == CaseReference.id)
        .join(Unit, CaseReference.unit_id == Unit.id)
        .where(is_meant, *narrowed(wanted, reader))
        .group_by(*alike)
    )
    return [PlannedRow(row.team, row.category, Coming(row.coming), row.number) for row in session.execute(query)]


def pairs(session: Session, wanted: Wanted, *, reader: Person) -> list[PairRow]:
    """Return the overall grades that count, before and after, of the cases that were audited again."""
    before = func.coalesce(_OVERALL_BEFORE.c.word, cast(_BEFORE.grade, String))
    after = func.coalesce(OVERALL.c.word, cast(Audit.grade, String))
    alike = (Unit.name.label("team"), before.label("before"), after.label("after"))
    query = (
        _again(*alike, func.count(Audit.id).label("number"), wanted=wanted, reader=reader)
        .join(Unit, CaseReference.unit_id == Unit.id)
        .outerjoin(OVERALL, OVERALL.c.audit_id == Audit.id)
        .outerjoin(_OVERALL_BEFORE, _OVERALL_BEFORE.c.audit_id == _BEFORE.id)
        .group_by(*alike)
    )
    rows = session.execute(query)
    return [PairRow(row.team, grade_or_none(row.before), grade_or_none(row.after), row.number) for row in rows]


def section_pairs(session: Session, wanted: Wanted, *, reader: Person) -> list[SectionPair]:
    """Return the grades that count of each section before and after, where both audits asked the same."""
    before = _counted(_MODERATED_BEFORE, _SECTION_BEFORE)
    after = _counted(MODERATED, AuditSection)
    alike = (ToolSection.id.label("section"), before.label("before"), after.label("after"))
    now = (ToolSection.tool_id == Audit.tool_id) & (ToolSection.number == AuditSection.number)
    same = or_(
        _TOOL_SECTION_BEFORE.id == ToolSection.id,
        _TOOL_SECTION_BEFORE.id == ToolSection.equals_id,
    )
    query = (
        _again(*alike, func.count(Audit.id).label("number"), wanted=wanted, reader=reader)
        .join(AuditSection, AuditSection.audit_id == Audit.id)
        .join(ToolSection, now)
        .join(_TOOL_SECTION_BEFORE, and_(_TOOL_SECTION_BEFORE.tool_id == _BEFORE.tool_id, same))
        .join(
            _SECTION_BEFORE,
            (_SECTION_BEFORE.audit_id == _BEFORE.id) & (_SECTION_BEFORE.number == _TOOL_SECTION_BEFORE.number),
        )
        .outerjoin(MODERATED, _beside(MODERATED, AuditSection))
        .outerjoin(_MODERATED_BEFORE, _beside(_MODERATED_BEFORE, _SECTION_BEFORE))
        .where(ToolSection.is_graded, ToolSection.code != OVERALL_CODE)
        .group_by(*alike)
    )
    counted = list(session.execute(query))
    names = section_names(session, {row.section for row in counted})
    order = {section: place for place, section in enumerate(names)}
    return [
        SectionPair(names[row.section], grade_or_none(row.before), grade_or_none(row.after), row.number)
        for row in sorted(counted, key=lambda row: order[row.section])
    ]


def _again(*columns: Any, wanted: Wanted, reader: Person) -> Select[*tuple[Any, ...]]:
    """Return final audits of the report that repeat another final one, with the case."""
    return (
        select(*columns)
        .select_from(Audit)
        .join(_BEFORE, (_BEFORE.id == Audit.re_audit_of_id) & _BEFORE.state.in_(FINAL_STATES))
        .join(CaseReference, Audit.case_id == CaseReference.id)
        .where(Audit.state.in_(FINAL_STATES), *audits_wanted(wanted, reader))
    )


def _counted(moderated: Any, section: Any) -> ColumnElement[str]:
    return func.coalesce(moderated.c.word, cast(section.grade, String), cast(section.no_grade, String))


def _beside(moderated: Any, section: Any) -> ColumnElement[bool]:
    beside: ColumnElement[bool] = (moderated.c.audit_id == section.audit_id) & (moderated.c.number == section.number)
    return beside
