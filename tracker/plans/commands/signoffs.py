"""Deciding on the state of an action: complete, on hold, withdrawn, superseded, re-opened; never by its own lead."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.problems import Conflict, Invalid
from tracker.people.models import Person
from tracker.people.policy import Permission
from tracker.plans.commands.deciding import refuse_stale, refuse_unless_may
from tracker.plans.commands.mentions import note_mentions
from tracker.plans.commands.outlook import refresh_outlook
from tracker.plans.commands.steps import reopen_milestone
from tracker.plans.commands.updates import latest_update, return_update, settle_state
from tracker.plans.models import Action, ActionLink, Milestone, SignOff
from tracker.plans.queries.embedding import open_milestones
from tracker.plans.queries.evidence import evidence_count
from tracker.plans.rules.lifecycle import Act, Place, reopened
from tracker.plans.rules.states import GIVEN_UP, ActionState, LinkKind, LinkStatus, MentionedIn, SignOffKind
from tracker.plans.rules.vocabulary import ActionKind

# Nothing stays on hold for longer without being looked at.
LONGEST_HOLD = timedelta(days=366)


def confirm_complete(
    session: Session, action: Action, *, reason: str, by: Person, version: int | None = None
) -> SignOff:
    """Confirm a lead's claim that an action is complete, saying what was checked (domain A3).

    Refused while a milestone is open, and while there is no evidence: others must be able to see what was seen.
    """
    _guard(session, action, Permission.ACTION_CONFIRM, by, version)
    if action.state is not ActionState.CLAIMED:
        raise Conflict(None, f"Nobody says that {action.ref} is complete")
    if action.kind is ActionKind.PLACEHOLDER or open_milestones(session, action):
        raise Invalid(None, f"{action.ref} still has work to do, so it cannot be complete")
    if not evidence_count(session, action).pieces:
        raise Invalid(None, f"{action.ref} has no evidence yet. Add what you saw, or send it back to the lead")
    return sign(session, action, SignOffKind.COMPLETE, ActionState.COMPLETE, reason=reason, by=by)


def send_back(session: Session, action: Action, *, reason: str, by: Person, version: int | None = None) -> None:
    """Send a claim of completion back to the lead with a reason; work goes on."""
    _guard(session, action, Permission.ACTION_CONFIRM, by, version)
    claim = latest_update(session, action)
    if action.state is not ActionState.CLAIMED or claim is None:
        raise Conflict(None, f"Nobody says that {action.ref} is complete")
    return_update(session, claim, reason=reason, by=by, version=claim.version)


def hold(
    session: Session, action: Action, *, reason: str, review_on: date | None, by: Person, version: int | None = None
) -> SignOff:
    """Put an action on hold with a reason and the day of its review; it counts as amber at least (domain A3)."""
    _guard(session, action, Permission.ACTION_CONFIRM, by, version)
    _refuse_unless_fits(action, Act.HOLD)
    today = clock.today()
    if review_on is None or not today < review_on <= today + LONGEST_HOLD:
        raise Invalid("review_on", "Enter the day on which it is looked at again: after today, and within a year")
    return sign(session, action, SignOffKind.ON_HOLD, ActionState.ON_HOLD, reason=reason, by=by, review_on=review_on)


def resume(session: Session, action: Action, *, reason: str, by: Person, version: int | None = None) -> SignOff:
    """Take an action up again that was on hold."""
    _guard(session, action, Permission.ACTION_CONFIRM, by, version)
    if action.state is not ActionState.ON_HOLD:
        raise Conflict(None, f"{action.ref} is not on hold")
    return sign(session, action, SignOffKind.RESUMED, ActionState.IN_PROGRESS, reason=reason, by=by)


def withdraw_action(
    session: Session, action: Action, *, reason: str, by: Person, version: int | None = None
) -> SignOff:
    """Withdraw an action with a reason: it is shown struck through and counted nowhere."""
    _guard(session, action, Permission.ACTION_CONFIRM, by, version)
    _refuse_unless_fits(action, Act.WITHDRAW)
    return sign(session, action, SignOffKind.WITHDRAWN, ActionState.WITHDRAWN, reason=reason, by=by)


def supersede(
    session: Session, action: Action, *, successor: Action, reason: str, by: Person, version: int | None = None
) -> SignOff:
    """Say which action takes this one's place: it is counted no more, and each of the two points to the other (A3)."""
    _guard(session, action, Permission.ACTION_CONFIRM, by, version)
    _refuse_unless_fits(action, Act.SUPERSEDE)
    if successor.id == action.id or successor.plan_id != action.plan_id:
        raise Invalid("successor", "Choose another action of this plan")
    if successor.state in GIVEN_UP:
        raise Invalid("successor", f"{successor.ref} is {successor.state.words} itself. Choose an action that goes on")
    return replace_by(session, action, [successor], reason=reason, by=by)


def replace_by(session: Session, action: Action, successors: Iterable[Action], *, reason: str, by: Person) -> SignOff:
    """Close an action as superseded and link it to those that take its place; who may is asked before."""
    sign_off = sign(session, action, SignOffKind.SUPERSEDED, ActionState.SUPERSEDED, reason=reason, by=by)
    for successor in successors:
        session.add(
            ActionLink(
                from_id=action.id,
                to_id=successor.id,
                kind=LinkKind.REPLACED_BY,
                status=LinkStatus.CONFIRMED,
                effective_on=sign_off.effective_on,
                decided_by_id=by.id,
                decided_at=clock.now(),
                created_by=by.id,
                changed_by=by.id,
            )
        )
    session.flush()
    return sign_off


def reopen(
    session: Session,
    action: Action,
    *,
    reason: str,
    by: Person,
    version: int | None = None,
    not_done: Iterable[Milestone] = (),
) -> SignOff:
    """Take up again what was closed, because the evidence or the effect failed (A3).

    What was embedded goes back to complete and is said to have come back; all else is in progress again, and what took
    its place does so no more. `not_done` are the milestones that were called done and are not.
    """
    _guard(session, action, Permission.ACTION_CONFIRM, by, version)
    if not Place(action.state, action.kind).fits(Act.REOPEN):
        raise Conflict(None, f"{action.ref} is not closed")
    state = reopened(action.state)
    kind = SignOffKind.CAME_BACK if state is ActionState.COMPLETE else SignOffKind.REOPENED
    sign_off = sign(session, action, kind, state, reason=reason, by=by)
    _end_successors(session, action, reason, by)
    for milestone in not_done:
        if milestone.action_id != action.id or state is ActionState.COMPLETE:
            raise Invalid("not_done", f"Choose milestones of {action.ref}, once it is no longer complete")
        reopen_milestone(session, milestone, reason=reason, by=by)
    return sign_off


def _end_successors(session: Session, action: Action, reason: str, by: Person) -> None:
    query = select(ActionLink).where(
        ActionLink.from_id == action.id, ActionLink.kind == LinkKind.REPLACED_BY, ActionLink.ended_on.is_(None)
    )
    for link in session.scalars(query):
        link.ended_on, link.ended_why, link.changed_by = clock.today(), reason, by.id
    session.flush()


def _guard(session: Session, action: Action, permission: Permission, by: Person, version: int | None) -> None:
    refuse_unless_may(session, action.id, permission, by)
    refuse_stale(action, version)


def _refuse_unless_fits(action: Action, act: Act) -> None:
    if Place(action.state, action.kind).fits(act):
        return
    if act not in Place(action.state).acts:
        raise Conflict(None, f"{action.ref} is already {action.state.words}")
    raise Conflict(None, f"{action.ref} is a placeholder: it becomes actions or is withdrawn")


def sign(
    session: Session, action: Action, kind: SignOffKind, state: ActionState, *, reason: str, by: Person, **more: object
) -> SignOff:
    """Write a decision, of today unless `effective_on` is given, and what follows from it; all checks come before."""
    if not reason:
        raise Invalid("reason", "Give a reason")
    update = latest_update(session, action)
    sign_off = SignOff(
        action_id=action.id,
        kind=kind,
        reason=reason,
        person_id=by.id,
        update_id=update.id if update else None,
        created_by=by.id,
        changed_by=by.id,
        **{"effective_on": clock.today(), **more},
    )
    session.add(sign_off)
    session.flush()
    said = (reason, sign_off.independent_check, sign_off.no_measure_reason)
    note_mentions(session, action, MentionedIn.SIGN_OFF, sign_off.id, *(words or "" for words in said), by=by)
    action.state, action.changed_by = state, by.id
    if state is ActionState.IN_PROGRESS:
        settle_state(session, action, by)
    refresh_outlook(session, action)
    return sign_off
