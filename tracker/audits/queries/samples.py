"""Reading the list that waits to be drawn from, a round's sample, and what is known of the codes on a list."""

import json
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from tracker.audits.models import Audit, AuditRound, AuditSample, CaseReference, SampleFile, WaitingCaseList
from tracker.audits.rules.case_list import CaseList, KnownCase
from tracker.audits.rules.sampling import Draw, DrawPlan, draw
from tracker.audits.rules.vocabulary import AuditState
from tracker.core.plain_values import value_of

# A file audited in the twelve months before a round begins is not drawn again (domain B5).
MONTHS_BETWEEN = 12


def waiting_list(session: Session, slug: str, list_id: str) -> WaitingCaseList | None:
    """Return a list that waits for its sample to be drawn, with its round."""
    query = select(WaitingCaseList).join(WaitingCaseList.round).options(joinedload(WaitingCaseList.round))
    return session.scalar(query.where(WaitingCaseList.public_id == list_id, AuditRound.slug == slug))


def listed(waiting: WaitingCaseList) -> CaseList:
    """Return what stands on a list that waits."""
    return value_of(CaseList, json.loads(waiting.content))


def draw_of(waiting: WaitingCaseList) -> Draw:
    """Return the sample that a waiting list gives by the seed of its round; the same however often it is asked."""
    audit_round = waiting.round
    plan = DrawPlan(
        selection=audit_round.selection,
        size=audit_round.sample_target,
        seed=audit_round.seed or 0,
        lately_from=lately_from(audit_round.starts_on),
        strata=audit_round.strata,
    )
    return draw(listed(waiting).files, plan)


def lately_from(starts_on: date) -> date:
    """Return the day from which on an audit before a round counts as lately."""
    year = starts_on.year - MONTHS_BETWEEN // 12
    # The last day of a leap February has no other year's.
    return date(year, 3, 1) if (starts_on.month, starts_on.day) == (2, 29) else starts_on.replace(year=year)


def known_cases(session: Session) -> dict[str, KnownCase]:
    """Return what is known of every code: two queries, one row a case, however many audits there were."""
    day = func.max(func.coalesce(Audit.audited_on, Audit.due_on))
    left_out = Audit.state.in_((AuditState.VOID, AuditState.EXEMPT))
    latest = select(Audit.case_id, day.label("day")).where(~left_out).group_by(Audit.case_id)
    days = {row.case_id: row.day for row in session.execute(latest)}
    cases = select(CaseReference.code, CaseReference.category, CaseReference.unit_id, CaseReference.id)
    return {row.code: KnownCase(row.category, row.unit_id, days.get(row.id)) for row in session.execute(cases)}


def sample_of(session: Session, audit_round: AuditRound) -> AuditSample | None:
    """Return how a round's sample was drawn, if it was."""
    return session.scalar(select(AuditSample).where(AuditSample.round_id == audit_round.id))


def sample_files(session: Session, audit_round: AuditRound) -> list[SampleFile]:
    """Return the files of a round's sample and those in reserve, in the order of the draw, with case and team."""
    query = select(SampleFile).where(SampleFile.round_id == audit_round.id).order_by(SampleFile.position)
    return list(session.scalars(query.options(joinedload(SampleFile.case).joinedload(CaseReference.unit))))


def sample_file(session: Session, slug: str, position: int) -> SampleFile | None:
    """Return the file of a place in a round's sample, with round, case and team."""
    query = select(SampleFile).join(SampleFile.round).where(AuditRound.slug == slug, SampleFile.position == position)
    loaded = joinedload(SampleFile.case).joinedload(CaseReference.unit)
    return session.scalar(query.options(loaded, joinedload(SampleFile.round)))


def files_without_auditor(session: Session, audit_round: AuditRound) -> list[SampleFile]:
    """Return the files of a round's sample that nobody was given yet, in the order of the draw."""
    given = select(Audit.case_id).where(Audit.round_id == audit_round.id)
    query = select(SampleFile).where(
        SampleFile.round_id == audit_round.id,
        SampleFile.is_reserve.is_(False),
        SampleFile.left_out_reason == "",
        SampleFile.case_id.not_in(given),
    )
    loaded = joinedload(SampleFile.case).joinedload(CaseReference.unit)
    return list(session.scalars(query.options(loaded).order_by(SampleFile.position)))
