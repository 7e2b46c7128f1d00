"""Taking an update back with what it did, and every condition under which somebody may; sending back is elsewhere."""

from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.problems import Forbidden
from tracker.people.models import Person
from tracker.people.policy import Permission, is_office, may
from tracker.people.queries import person as person_with_roles
from tracker.plans.commands import steps
from tracker.plans.commands.dates import take_back_wishes
from tracker.plans.commands.updates.returning import end_update
from tracker.plans.commands.updates.settling import settle_without
from tracker.plans.models import Action, Update
from tracker.plans.queries.action import action_with_leads
from tracker.plans.queries.window import UpdateWindow, update_window
from tracker.plans.rules.states import UpdateState


def withdraw_update(session: Session, update: Update, *, reason: str, by: Person, version: int) -> None:
    """Take back an update with the milestones that it ticked and the dates that it asked for.

    It stays in the history, marked. A date that the office has approved since stays approved. Raises `Forbidden` to
    all but its author and the office, and to them once the closing time that it was for has passed.
    """
    action, person = action_with_leads(session, update.action_id), person_with_roles(session, by.id)
    refusal = _why_never(person or by, action, update, update_window(session))
    if refusal is not None:
        raise Forbidden(None, refusal)
    end_update(session, update, UpdateState.WITHDRAWN, reason, by=by, version=version)
    take_back_wishes(session, update, by=by)
    steps.take_back_steps(session, update, by=by)
    settle_without(session, action, by)


def why_not_take_back(person: Person, action: Action, update: Update, *, window: UpdateWindow) -> str | None:
    """Return why a person may not take an update back now, or None when they may (ux 8.7).

    Its author or the office may, for as long as it counts and they may update the action, until the closing time that
    it was for. The person comes with roles, the action with its leads.
    """
    if update.state is not UpdateState.SUBMITTED:
        return "This update does not count any more"
    if action.closed_code is not None:
        return f"{action.ref} is closed"
    return _why_never(person, action, update, window)


def _why_never(person: Person, action: Action, update: Update, window: UpdateWindow) -> str | None:
    """Return what stands against it whoever else acts meanwhile: the person, or the time that has passed."""
    is_theirs = update.author_id == person.id or is_office.holds(person, action)
    if not (is_theirs and may(person, Permission.ACTION_UPDATE, action)):
        return "Only its author or the programme office may take this update back"
    if not window.may_take_back(update.submitted_at, clock.now()):
        return "The closing time that this update was for has passed, so it stays"
    return None
