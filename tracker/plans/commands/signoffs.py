"""Deciding on the state of an action: complete, embedded, on hold, withdrawn, re-opened; never by its own lead."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.problems import Conflict, Invalid
from tracker.people.models import Body, Person
from tracker.people.policy import Permission
from tracker.plans.commands.deciding import refuse_stale, refuse_unless_may
from tracker.plans.commands.outlook import refresh_outlook
from tracker.plans.commands.steps import reopen_milestone
from tracker.plans.commands.updates import latest_update, return_update, settle_state
from tracker.plans.models import Action, Milestone, SignOff
from tracker.plans.rules.states import ActionState, SignOffKind
from tracker.plans.rules.vocabulary import ActionKind, MilestoneKind, MilestoneState

# An action counts as embedded only when its effect has held this long since it was complete (domain A5).
EMBEDDED_AFTER = timedelta(days=90)


def confirm_complete(
    session: Session, action: Action, *, reason: str, by: Person, version: int | None = None
) -> SignOff:
    """Confirm a lead's claim that an action is complete, saying what was checked (domain A3)."""
    _guard(session, action, Permission.ACTION_CONFIRM, by, version)
    if action.state is not ActionState.CLAIMED:
        raise Conflict(None, f"Nobody says that {action.ref} is complete")
    if action.kind is ActionKind.PLACEHOLDER or _has_open_milestone(session, action):
        raise Invalid(None, f"{action.ref} still has work to do, so it cannot be complete")
    return _sign(session, action, SignOffKind.COMPLETE, ActionState.COMPLETE, reason=reason, by=by)


def send_back(session: Session, action: Action, *, reason: str, by: Person, version: int | None = None) -> None:
    """Send a claim of completion back to the lead with a reason; work goes on."""
    _guard(session, action, Permission.ACTION_CONFIRM, by, version)
    claim = latest_update(session, action)
    if action.state is not ActionState.CLAIMED or claim is None:
        raise Conflict(None, f"Nobody says that {action.ref} is complete")
    return_update(session, claim, reason=reason, by=by, version=claim.version)


def hold(session: Session, action: Action, *, reason: str, by: Person, version: int | None = None) -> SignOff:
    """Put an action on hold with a reason; it counts as amber at least (domain A3)."""
    _guard(session, action, Permission.ACTION_CONFIRM, by, version)
    _refuse_states(action, ActionState.ON_HOLD, ActionState.COMPLETE, ActionState.EMBEDDED, ActionState.WITHDRAWN)
    return _sign(session, action, SignOffKind.ON_HOLD, ActionState.ON_HOLD, reason=reason, by=by)


def resume(session: Session, action: Action, *, reason: str, by: Person, version: int | None = None) -> SignOff:
    """Take an action up again that was on hold."""
    _guard(session, action, Permission.ACTION_CONFIRM, by, version)
    if action.state is not ActionState.ON_HOLD:
        raise Conflict(None, f"{action.ref} is not on hold")
    return _sign(session, action, SignOffKind.RESUMED, ActionState.IN_PROGRESS, reason=reason, by=by)


def withdraw_action(
    session: Session, action: Action, *, reason: str, by: Person, version: int | None = None
) -> SignOff:
    """Withdraw an action with a reason: it is shown struck through and counted nowhere."""
    _guard(session, action, Permission.ACTION_CONFIRM, by, version)
    _refuse_states(action, ActionState.WITHDRAWN, ActionState.COMPLETE, ActionState.EMBEDDED)
    return _sign(session, action, SignOffKind.WITHDRAWN, ActionState.WITHDRAWN, reason=reason, by=by)


def reopen(
    session: Session,
    action: Action,
    *,
    reason: str,
    by: Person,
    version: int | None = None,
    not_done: Iterable[Milestone] = (),
) -> SignOff:
    """Take up again what was complete, embedded or withdrawn, because the evidence or the effect failed (A3).

    `not_done` are the milestones that were called done and are not.
    """
    _guard(session, action, Permission.ACTION_CONFIRM, by, version)
    if action.state not in {ActionState.COMPLETE, ActionState.EMBEDDED, ActionState.WITHDRAWN}:
        raise Conflict(None, f"{action.ref} is not closed")
    sign_off = _sign(session, action, SignOffKind.REOPENED, ActionState.IN_PROGRESS, reason=reason, by=by)
    for milestone in not_done:
        if milestone.action_id != action.id:
            raise Invalid("not_done", f"Choose milestones of {action.ref}")
        reopen_milestone(session, milestone, reason=reason, by=by)
    return sign_off


def sign_off_embedded(
    session: Session,
    action: Action,
    *,
    body: Body,
    independent_check: str,
    no_measure_reason: str,
    reason: str,
    by: Person,
) -> SignOff:
    """Record that a body signed an action off as complete and embedded (domain A5).

    It must have been complete for 90 days, be checked by somebody outside the lead's line, and until impact is measured
    say why no measure applies. Whoever leads the action may not sign.
    """
    _guard(session, action, Permission.ACTION_EMBED, by, None)
    if action.state is not ActionState.COMPLETE:
        raise Conflict(None, f"{action.ref} is not complete, so it cannot be embedded")
    since = _complete_since(session, action)
    if since is None or clock.today() < since + EMBEDDED_AFTER:
        raise Invalid(None, f"{action.ref} must have been complete for {EMBEDDED_AFTER.days} days")
    if not independent_check:
        raise Invalid("independent_check", "Say who outside the lead’s own line checked it, and how")
    if not no_measure_reason:
        raise Invalid("no_measure_reason", "Say why no measure applies")
    sign_off = _sign(session, action, SignOffKind.EMBEDDED, ActionState.EMBEDDED, reason=reason, by=by)
    sign_off.body_id = body.id
    sign_off.independent_check, sign_off.no_measure_reason = independent_check, no_measure_reason
    session.flush()
    return sign_off


def _guard(session: Session, action: Action, permission: Permission, by: Person, version: int | None) -> None:
    refuse_unless_may(session, action.id, permission, by)
    refuse_stale(action, version)


def _refuse_states(action: Action, *states: ActionState) -> None:
    if action.state in states:
        raise Conflict(None, f"{action.ref} is already {action.state.value.replace('_', ' ')}")


def _has_open_milestone(session: Session, action: Action) -> bool:
    query = select(Milestone.id).where(Milestone.action_id == action.id, Milestone.state != MilestoneState.DONE)
    return session.scalar(query.where(Milestone.kind != MilestoneKind.RECURRING).limit(1)) is not None


def _complete_since(session: Session, action: Action) -> date | None:
    query = select(func.max(SignOff.effective_on)).where(
        SignOff.action_id == action.id, SignOff.kind == SignOffKind.COMPLETE
    )
    return session.scalar(query)


def _sign(
    session: Session, action: Action, kind: SignOffKind, state: ActionState, *, reason: str, by: Person
) -> SignOff:
    if not reason:
        raise Invalid("reason", "Give a reason")
    update = latest_update(session, action)
    sign_off = SignOff(
        action_id=action.id,
        kind=kind,
        effective_on=clock.today(),
        reason=reason,
        person_id=by.id,
        update_id=update.id if update else None,
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(sign_off)
    session.flush()
    action.state, action.changed_by = state, by.id
    if state is ActionState.IN_PROGRESS:
        settle_state(session, action, by)
    refresh_outlook(session, action)
    return sign_off
