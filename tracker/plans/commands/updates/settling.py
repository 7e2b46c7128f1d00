"""The state and the outlook of an action after one of its updates came, or counts no more; updates stand elsewhere."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.people.models import Person
from tracker.plans.commands.outlook import refresh_outlook
from tracker.plans.commands.updates.before import latest_update
from tracker.plans.models import Action, SignOff, Update
from tracker.plans.rules.states import ActionState, DeclaredRag, SignOffKind


def settle_state(session: Session, action: Action, by: Person) -> None:
    """Set the state of an open action by its last update: claimed as complete, else in progress; on hold stays so.

    A claim that was re-opened is answered and claims nothing any more.
    """
    last = latest_update(session, action)
    is_claim = last is not None and last.declared is DeclaredRag.COMPLETE and not _is_answered(session, last)
    _settle(action, last, is_claim=is_claim, by=by)


def settle_with(session: Session, action: Action, update: Update, *, before: Update | None, by: Person) -> None:
    """Settle an action with the update just saved, unless the one before it is of a later moment."""
    if before is not None and before.submitted_at > update.submitted_at:
        settle_state(session, action, by)
    else:
        _settle(action, update, is_claim=update.declared is DeclaredRag.COMPLETE, by=by)
    refresh_outlook(session, action)


def settle_without(session: Session, action: Action, by: Person) -> None:
    """Settle an action after one of its updates has ceased to count."""
    settle_state(session, action, by)
    refresh_outlook(session, action)


def _settle(action: Action, last: Update | None, *, is_claim: bool, by: Person) -> None:
    action.last_update_on = last.effective_on if last else None
    action.changed_by = by.id
    if action.state is not ActionState.ON_HOLD:
        action.state = ActionState.CLAIMED if is_claim else ActionState.IN_PROGRESS


def _is_answered(session: Session, claim: Update) -> bool:
    query = select(SignOff.id).where(SignOff.update_id == claim.id, SignOff.kind == SignOffKind.REOPENED)
    return session.scalar(query.limit(1)) is not None
