"""Sending an update back to its author; how one is marked as ended is told here for who takes one back too."""

from sqlalchemy.orm import Session

from tracker.core.problems import Conflict, Invalid
from tracker.people.models import Person
from tracker.plans.commands.deciding import refuse_closed
from tracker.plans.commands.updates.settling import settle_without
from tracker.plans.models import Action, Update
from tracker.plans.rules.states import UpdateState


def return_update(session: Session, update: Update, *, reason: str, by: Person, version: int) -> None:
    """Send an update back to its author with a reason: it no longer counts (domain A5)."""
    if not reason:
        raise Invalid("reason", "Say what is missing")
    end_update(session, update, UpdateState.RETURNED, reason, by=by, version=version)
    settle_without(session, session.get_one(Action, update.action_id), by)


def end_update(session: Session, update: Update, state: UpdateState, reason: str, *, by: Person, version: int) -> None:
    """Mark an update as ended; raises `Conflict` when it changed since, or its action is closed."""
    if update.state is not UpdateState.SUBMITTED or update.version != version:
        raise Conflict(None, "This update has changed since you opened the page")
    refuse_closed(session, session.get_one(Action, update.action_id))
    update.state, update.state_reason, update.changed_by = state, reason, by.id
    session.flush()
