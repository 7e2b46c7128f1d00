"""The versions of a plan that were kept, and the steps of its life; what a plan says now is read beside."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.people.models import Person
from tracker.plans.models import Action, Plan, PlanStep, PlanVersion
from tracker.plans.queries.contents import content_now
from tracker.plans.rules.states import PlanStatus
from tracker.plans.rules.versions import Difference, PlanContent, content_of, differences


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version without its content; `recorded_by` is nothing for a command of the operator."""

    number: int
    approved_on: date
    body: str
    note: str
    content_sha256: str
    recorded_by: str | None


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of a plan's life: to which status, on which day, why, and who recorded it."""

    status: PlanStatus
    effective_on: date
    reason: str
    recorded_by: str | None


def versions_of(session: Session, plan: Plan) -> list[VersionRow]:
    """Return the versions of a plan, the newest first."""
    query = select(
        PlanVersion.number,
        PlanVersion.approved_on,
        PlanVersion.body,
        PlanVersion.note,
        PlanVersion.content_sha256,
        Person.name,
    ).outerjoin(Person, Person.id == PlanVersion.created_by)
    query = query.where(PlanVersion.plan_id == plan.id).order_by(PlanVersion.number.desc())
    return [VersionRow(*row) for row in session.execute(query)]


def steps_of(session: Session, plan: Plan) -> list[StepRow]:
    """Return the steps of a plan's life that somebody took, the newest first."""
    query = select(PlanStep.status, PlanStep.effective_on, PlanStep.reason, Person.name)
    query = query.outerjoin(Person, Person.id == PlanStep.created_by).where(PlanStep.plan_id == plan.id)
    return [StepRow(*row) for row in session.execute(query.order_by(PlanStep.id.desc()))]


def newest_version(session: Session, plan_id: int) -> PlanVersion | None:
    """Return the version that was approved last."""
    query = select(PlanVersion).where(PlanVersion.plan_id == plan_id).order_by(PlanVersion.number.desc())
    return session.scalar(query.limit(1))


def difference_of(session: Session, plan: Plan, old: int | None, new: int | None) -> tuple[Difference, ...]:
    """Return how a plan differs between two of its versions; no number means as it stands now."""
    return differences(_content(session, plan, old), _content(session, plan, new))


def open_actions(session: Session, plan: Plan) -> list[str]:
    """Return the numbers of the actions that are neither complete, embedded nor withdrawn, in plan order."""
    query = select(Action.ref).where(Action.plan_id == plan.id, Action.closed_code.is_(None))
    return list(session.scalars(query.order_by(Action.position, Action.id)))


def _content(session: Session, plan: Plan, number: int | None) -> PlanContent:
    if number is None:
        return content_now(session, plan)
    query = select(PlanVersion.content).where(PlanVersion.plan_id == plan.id, PlanVersion.number == number)
    return content_of(session.scalars(query).one())
