"""Approving a plan, once or again, and moving it on in its life; approving one action is defined beside."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.problems import Conflict, Forbidden, Gathered, Invalid
from tracker.people.models import Person
from tracker.people.policy import Permission, may
from tracker.people.queries import person as person_with_roles
from tracker.plans.commands.outlook import refresh_plan
from tracker.plans.models import Action, Plan, PlanStep, PlanVersion
from tracker.plans.queries.contents import content_now
from tracker.plans.queries.versions import newest_version, open_actions
from tracker.plans.rules.plan_life import OVER, TAKES_OVER, step_fault
from tracker.plans.rules.states import PlanStatus
from tracker.plans.rules.versions import canonical, content_hash

LONGEST_NOTE = 600
_FARTHEST = timedelta(days=366)
_STALE = "The plan has changed since you opened the page"


@dataclass(frozen=True)
class Approval:
    """What was decided: on which day, by which body, and what the body was told that it changes."""

    on: date
    body: str = ""
    note: str = ""


def approve_plan(session: Session, plan: Plan, approval: Approval, *, by: Person, version: int) -> PlanVersion:
    """Record that a body approved a plan as it stands now, and keep that for good.

    The first approval makes a draft's dates the baseline and rates the plan from its day, which may lie ahead. A later
    one makes the next version and touches no date: first baselines stay (domain A2). It needs a note of what changed,
    and its day lies between the approval before and today. Refuses what is the same as the version before.
    """
    _refuse(session, plan, by, version)
    gathered = Gathered()
    gathered.ask(approval.body, "body", "Choose the body that approved the plan")
    with gathered.trying():
        _refuse_day(session, plan, approval.on)
    if plan.status is not PlanStatus.DRAFT:
        gathered.ask(approval.note, "note", "Say what changed since the version before")
    gathered.tell()
    if plan.status is PlanStatus.DRAFT:
        _refuse_empty(session, plan)
        plan.approved_on = approval.on
        plan.status = PlanStatus.APPROVED.on(clock.today(), approved_on=approval.on)
    plan.changed_by = by.id
    kept = keep_version(session, plan, approval, by=by.id)
    refresh_plan(session, plan)
    return kept


def keep_version(session: Session, plan: Plan, approval: Approval, *, by: int) -> PlanVersion:
    """Keep a plan as it stands as its next version; `by` is the id of the person, 0 for a command of the operator.

    Of a plan that was approved before versions were kept, the first one kept is the second.
    """
    session.flush()
    written = canonical(content_now(session, plan))
    before = newest_version(session, plan.id)
    digest = content_hash(written)
    if before is not None and before.content_sha256 == digest:
        raise Conflict(None, f"Nothing has changed since version {before.number}, so there is nothing to approve")
    is_first = before is None and approval.on == plan.approved_on
    number = before.number + 1 if before is not None else 1 if is_first else 2
    kept = PlanVersion(
        plan_id=plan.id,
        number=number,
        approved_on=approval.on,
        body=approval.body,
        note=approval.note,
        content=written,
        content_sha256=digest,
        created_by=by,
        changed_by=by,
    )
    session.add(kept)
    session.flush()
    return kept


def move_plan(
    session: Session,
    plan: Plan,
    *,
    to: PlanStatus,
    reason: str,
    by: Person,
    version: int,
    successor: Plan | None = None,
) -> PlanStep:
    """Move a plan on in its life from today, saying why (domain A3); a plan with open actions is not closed.

    A plan that is replaced names its `successor`, in which work goes on: another one, approved and not over itself.
    """
    _refuse_stranger(session, plan, by)
    if plan.version != version:
        raise Conflict(None, _STALE)
    status = plan.status.on(clock.today(), approved_on=plan.approved_on)
    if fault := step_fault(status, to, open_actions(session, plan)):
        raise Conflict(None, fault)
    if not reason:
        raise Invalid("reason", "Say why")
    if to is PlanStatus.REPLACED:
        plan.replaced_by_id = _successor(plan, successor).id
    step = PlanStep(
        plan_id=plan.id, status=to, effective_on=clock.today(), reason=reason, created_by=by.id, changed_by=by.id
    )
    session.add(step)
    plan.status, plan.changed_by = to, by.id
    session.flush()
    return step


def _successor(plan: Plan, successor: Plan | None) -> Plan:
    """Return the plan in which work goes on, or refuse one that could not take it up."""
    if successor is None:
        raise Invalid("successor", "Choose the plan that replaces this one")
    if successor.id == plan.id or successor.status not in TAKES_OVER:
        raise Invalid("successor", "Choose another plan, which is approved and neither closed nor replaced")
    return successor


def _refuse(session: Session, plan: Plan, by: Person, version: int) -> None:
    _refuse_stranger(session, plan, by)
    if plan.version != version:
        raise Conflict(None, _STALE)
    if plan.status in OVER:
        raise Conflict(None, f"The plan is {plan.status.value}. It is not approved again")


def _refuse_stranger(session: Session, plan: Plan, by: Person) -> None:
    if not may(person_with_roles(session, by.id), Permission.PLAN_EDIT, plan):
        raise Forbidden(None, "Only the programme office may do this")


def _refuse_day(session: Session, plan: Plan, on: date) -> None:
    today = clock.today()
    if plan.approved_on is None:
        if abs(on - today) > _FARTHEST * (1 if on > today else 30):
            raise Invalid("approved_on", "Enter a day of the last thirty years, or of the year to come")
        return
    before = newest_version(session, plan.id)
    earliest = max(plan.approved_on, before.approved_on) if before is not None else plan.approved_on
    if on < earliest:
        raise Invalid("approved_on", f"The plan was approved on {earliest:%-d %b %Y} before. Enter that day or later")
    if on > today:
        raise Invalid("approved_on", "A new version cannot be approved in the future. Enter today or an earlier day")


def _refuse_empty(session: Session, plan: Plan) -> None:
    if not session.scalars(select(func.count(Action.id)).where(Action.plan_id == plan.id)).one():
        raise Conflict(None, "The plan has no actions yet. Add them before it is approved")
