"""What people did on an action: updates, decisions on its state, evidence, steps and dates of its milestones."""

from typing import Any

from sqlalchemy import and_, case, func, select

from tracker.people.models import Body, Person
from tracker.plans.models import Action, DateChange, Evidence, Milestone, MilestoneStep, SignOff, Update
from tracker.plans.queries.counting import kept_file
from tracker.plans.queries.history.rows import Part, columns
from tracker.plans.rules.states import EvidenceKind


def of_work() -> tuple[Part, ...]:
    """Return the parts of a history that tell what was done."""
    return _updates(), _sign_offs(), _evidence(), _steps(), _asked(), _decided()


def _updates() -> Part:
    shown = columns(
        "update",
        Update,
        Update.author_id,
        day=Update.effective_on,
        at=Update.submitted_at,
        code=Update.declared,
        state=Update.state,
        first=Update.happened,
        second=Update.why,
        third=Update.doing,
        fourth=Update.ask,
        place=Update.on_behalf_of,
        way=Update.came_by,
        version=Update.version,
        is_no_change=Update.is_no_change,
        is_after_close=Update.is_after_close,
    )
    return select(*shown).join(Action, Action.id == Update.action_id).join(Person, Person.id == Update.author_id)


def _sign_offs() -> Part:
    shown = columns(
        "sign_off",
        SignOff,
        SignOff.person_id,
        day=SignOff.effective_on,
        code=SignOff.kind,
        first=SignOff.reason,
        second=SignOff.independent_check,
        third=SignOff.no_measure_reason,
        turn=SignOff.review_on,
        place=func.coalesce(Body.name, ""),
    )
    query = select(*shown).join(Action, Action.id == SignOff.action_id).join(Person, Person.id == SignOff.person_id)
    return query.outerjoin(Body, Body.id == SignOff.body_id)


def _evidence() -> Part:
    shown = columns(
        "evidence",
        Evidence,
        Evidence.created_by,
        day=Evidence.effective_on,
        update_id=Evidence.update_id,
        code=Evidence.kind,
        first=Evidence.text,
        place=case((and_(Evidence.kind == EvidenceKind.FILE, kept_file()), Evidence.code), else_=Evidence.url),
        state=Evidence.result,
        way=Evidence.sensitivity,
    )
    query = select(*shown).join(Action, Action.id == Evidence.action_id).where(Evidence.removed_at.is_(None))
    return query.outerjoin(Person, Person.id == Evidence.created_by)


def _steps() -> Part:
    shown = columns(
        "step",
        MilestoneStep,
        MilestoneStep.created_by,
        day=MilestoneStep.effective_on,
        update_id=MilestoneStep.update_id,
        milestone_id=MilestoneStep.milestone_id,
        code=MilestoneStep.kind,
        turn=MilestoneStep.occurrence_due,
        first=MilestoneStep.reason,
    )
    return _of_milestones(select(*shown), MilestoneStep, MilestoneStep.created_by)


def _asked() -> Part:
    shown = columns(
        "asked",
        DateChange,
        DateChange.created_by,
        day=DateChange.asked_on,
        update_id=DateChange.update_id,
        milestone_id=DateChange.milestone_id,
        code=DateChange.kind,
        state=DateChange.state,
        first=DateChange.reason,
        version=DateChange.version,
    )
    return _of_milestones(select(*shown), DateChange, DateChange.created_by)


def _decided() -> Part:
    shown = columns(
        "decided",
        DateChange,
        DateChange.decided_by,
        day=DateChange.decided_on,
        at=DateChange.changed_at,
        milestone_id=DateChange.milestone_id,
        code=DateChange.kind,
        state=DateChange.state,
        first=DateChange.decided_note,
    )
    query = _of_milestones(select(*shown), DateChange, DateChange.decided_by)
    return query.where(DateChange.decided_by.is_not(None))


def _of_milestones(query: Part, kind: Any, by: Any) -> Part:
    query = query.join(Milestone, Milestone.id == kind.milestone_id).join(Action, Action.id == Milestone.action_id)
    return query.outerjoin(Person, Person.id == by)
