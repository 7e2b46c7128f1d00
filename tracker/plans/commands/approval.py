"""Approving an action later than its plan, as further actions are once agreed; sign-offs have their own file."""

from datetime import date

from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.problems import Conflict, Invalid
from tracker.people.models import Person
from tracker.people.policy import Permission
from tracker.plans.commands.deciding import refuse_closed, refuse_stale, refuse_unless_may
from tracker.plans.commands.outlook import refresh_outlook
from tracker.plans.models import Action, Plan


def approve_action(session: Session, action: Action, *, on: date, by: Person, version: int | None = None) -> None:
    """Approve an action of its own: the clocks of its undated work and its updates run from that day (domain A5).

    Raises `Invalid` for a day before the plan's approval or in the future, `Conflict` while the plan is a draft, and
    `Forbidden` to whoever leads the action.
    """
    refuse_unless_may(session, action.id, Permission.DATE_APPROVE, by)
    refuse_stale(action, version)
    refuse_closed(session, action)
    plan = session.get_one(Plan, action.plan_id)
    if plan.approved_on is None:
        raise Conflict(None, "The plan is a draft. Its actions are approved with it")
    if on < plan.approved_on:
        raise Invalid("approved_on", f"The plan was approved on {plan.approved_on:%-d %b %Y}. Enter that day or later")
    if on > clock.today():
        raise Invalid("approved_on", "An action cannot be approved in the future. Enter today or an earlier day")
    action.approved_on, action.changed_by = on, by.id
    refresh_outlook(session, action)
