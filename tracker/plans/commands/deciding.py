"""What every decision on an action asks first: who may take it, and whether the plan and the action are still open."""

from sqlalchemy.orm import Session

from tracker.core.problems import Conflict, Forbidden
from tracker.people.models import Person
from tracker.people.policy import Permission, may
from tracker.people.queries import person as person_with_roles
from tracker.plans.models import Action, Plan
from tracker.plans.queries.action import action_with_leads
from tracker.plans.rules.plan_life import why_kept
from tracker.plans.rules.states import CLOSED_STATES


def refuse_unless_may(session: Session, action_id: int, permission: Permission, by: Person) -> Action:
    """Return the action with its leads, or refuse: its own lead never decides, whatever way in was used (domain A2)."""
    action = action_with_leads(session, action_id)
    if not may(person_with_roles(session, by.id), permission, action):
        raise Forbidden(None, f"You may not decide this for {action.ref}")
    refuse_over(session, action.plan_id)
    return action


def refuse_over(session: Session, plan_id: int) -> None:
    """Refuse to change anything of a plan that is closed or replaced: it is kept as it was (domain A3)."""
    if why := why_kept(session.get_one(Plan, plan_id).status):
        raise Conflict(None, why)


def refuse_stale(action: Action, version: int | None) -> None:
    """Refuse who looked at an older state of the action; no version skips the question."""
    if version not in {None, action.version}:
        raise Conflict(None, f"{action.ref} has changed since you opened the page")


def refuse_closed(session: Session, action: Action) -> None:
    """Refuse to change what is complete, embedded, withdrawn or superseded: it must be taken up again first.

    Of a plan that is over nothing is taken up again.
    """
    refuse_over(session, action.plan_id)
    if action.state in CLOSED_STATES:
        raise Conflict(None, f"{action.ref} is {action.state.words}. It must be re-opened before it can be changed")
