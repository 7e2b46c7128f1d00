"""Counting remedial actions given and concerns raised in the time of a report; no words of either are read."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.audits.models import Audit, CaseReference, ImmediateConcern, RemedialAction, RemedialStep
from tracker.audits.queries.concerns import days_of
from tracker.audits.queries.reports.scope import england, narrowed, within
from tracker.audits.rules.remedials import VERIFIED_STATES, Step, lateness
from tracker.audits.rules.reporting.following import ConcernRow, RemedialPace, RemedialRow
from tracker.audits.rules.reporting.tables import Wanted
from tracker.core import clock
from tracker.people.models import Person, Unit


def remedials(session: Session, wanted: Wanted, *, reader: Person) -> list[RemedialRow]:
    """Return the remedial actions that were given in the time; one row for those of a team, class, state and day."""
    alike = (Unit.name, RemedialAction.priority, RemedialAction.state, RemedialAction.due_on)
    query = (
        select(*alike, func.count(RemedialAction.id))
        .join(Audit, RemedialAction.audit_id == Audit.id)
        .join(CaseReference, Audit.case_id == CaseReference.id)
        .join(Unit, CaseReference.unit_id == Unit.id)
        .where(within(wanted, RemedialAction.created_at), *narrowed(wanted, reader))
        .group_by(*alike)
    )
    today = clock.today()
    rows = []
    for team, priority, state, due_on, number in session.execute(query):
        late = lateness(state, due_on, today)
        rows.append(RemedialRow(team, priority, state, due_on, late.further_on if late else None, number))
    return rows


def remedials_done(session: Session, wanted: Wanted, *, reader: Person) -> list[RemedialPace]:
    """Return when each of those actions was given and, by the last check, seen to be done."""
    checked = (
        select(RemedialStep.remedial_id, func.max(RemedialStep.created_at).label("at"))
        .where(RemedialStep.step == Step.VERIFY)
        .group_by(RemedialStep.remedial_id)
        .subquery()
    )
    query = (
        select(RemedialAction.priority, RemedialAction.created_at, checked.c.at)
        .join(checked, checked.c.remedial_id == RemedialAction.id)
        .join(Audit, RemedialAction.audit_id == Audit.id)
        .join(CaseReference, Audit.case_id == CaseReference.id)
        .where(
            RemedialAction.state.in_(VERIFIED_STATES),
            within(wanted, RemedialAction.created_at),
            *narrowed(wanted, reader),
        )
        .order_by(RemedialAction.id)
    )
    return [RemedialPace(row.priority, england(row.created_at), england(row.at)) for row in session.execute(query)]


def concerns(session: Session, wanted: Wanted, *, reader: Person) -> list[ConcernRow]:
    """Return the concerns that were raised in the time, by the days on which each thing happened."""
    query = (
        select(ImmediateConcern, Unit.name)
        .join(Audit, ImmediateConcern.audit_id == Audit.id)
        .join(CaseReference, Audit.case_id == CaseReference.id)
        .join(Unit, CaseReference.unit_id == Unit.id)
        .where(within(wanted, ImmediateConcern.raised_at), *narrowed(wanted, reader))
        .order_by(ImmediateConcern.id)
    )
    return [ConcernRow(team, days_of(concern)) for concern, team in session.execute(query)]
