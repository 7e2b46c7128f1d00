"""Starting, finishing and re-opening milestones, and the turns of recurring ones: each is a fact with its own day."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.problems import Conflict, Invalid
from tracker.people.models import Person
from tracker.people.policy import Permission
from tracker.plans.commands.dates import end_open_wish
from tracker.plans.commands.deciding import refuse_unless_may
from tracker.plans.commands.mentions import note_mentions
from tracker.plans.commands.outlook import refresh_outlook
from tracker.plans.models import Action, Milestone, MilestoneStep, Plan, Update
from tracker.plans.queries.counting import counted_steps
from tracker.plans.rules.recurrence import is_occurrence
from tracker.plans.rules.states import MentionedIn, StepKind
from tracker.plans.rules.vocabulary import MilestoneKind, MilestoneState

CONFIRMED_EARLY = "Confirmed: done before the plan was approved"
_SETTLED = (StepKind.DONE, StepKind.EXCUSED)


def start_milestone(
    session: Session, milestone: Milestone, *, on: date, by: Person, update: Update | None = None
) -> MilestoneStep:
    """Record that work on a milestone began on a day that is not in the future."""
    if milestone.state is not MilestoneState.NOT_STARTED:
        raise Conflict("state", f"“{milestone.title}” is already started")
    _refuse_future(on)
    milestone.state, milestone.started_on, milestone.changed_by = MilestoneState.STARTED, on, by.id
    return _record(session, milestone, StepKind.STARTED, on=on, by=by, update=update)


def finish_milestone(
    session: Session,
    milestone: Milestone,
    *,
    on: date,
    by: Person,
    update: Update | None = None,
    is_confirmed: bool = False,
) -> MilestoneStep:
    """Record that a milestone was done on a day that is not in the future (domain A2).

    A day before the plan's approval must be confirmed. An open wish to move its date ends: nothing is left to move.
    """
    if milestone.state is MilestoneState.DONE:
        raise Conflict("state", f"“{milestone.title}” is already done")
    if milestone.kind is MilestoneKind.RECURRING:
        raise Invalid("state", f"“{milestone.title}” repeats, so its turns are ticked one by one")
    _refuse_future(on)
    is_early = _is_before_approval(session, milestone, on)
    if is_early and not is_confirmed:
        raise Invalid("done_on", f"{on:%-d %b %Y} is before the plan was approved. Confirm that it is right")
    end_open_wish(session, milestone, by)
    milestone.state, milestone.done_on, milestone.changed_by = MilestoneState.DONE, on, by.id
    reason = CONFIRMED_EARLY if is_early else ""
    return _record(session, milestone, StepKind.DONE, on=on, by=by, update=update, reason=reason)


def reopen_milestone(session: Session, milestone: Milestone, *, reason: str, by: Person) -> MilestoneStep:
    """Record that a milestone called done is not; the day it was called done stays in its history."""
    if milestone.state is not MilestoneState.DONE:
        raise Conflict(None, f"“{milestone.title}” is not done")
    if not reason:
        raise Invalid("reason", "Give a reason")
    state = MilestoneState.STARTED if milestone.started_on else MilestoneState.NOT_STARTED
    milestone.state, milestone.done_on, milestone.changed_by = state, None, by.id
    return _record(session, milestone, StepKind.REOPENED, on=clock.today(), by=by, reason=reason)


def tick_occurrence(
    session: Session, milestone: Milestone, *, due: date, on: date, by: Person, update: Update | None = None
) -> MilestoneStep:
    """Record that one turn of a recurring milestone was done on a day that is not in the future."""
    _refuse_future(on)
    _refuse_no_turn(session, milestone, due)
    return _record(session, milestone, StepKind.DONE, on=on, by=by, update=update, occurrence_due=due)


def excuse_occurrence(session: Session, milestone: Milestone, *, due: date, reason: str, by: Person) -> MilestoneStep:
    """Excuse one missed turn of a recurring milestone with a reason; the office alone may (domain A3).

    Raises `Forbidden` to everybody else, and to whoever leads the action.
    """
    refuse_unless_may(session, milestone.action_id, Permission.ACTION_CONFIRM, by)
    if not reason:
        raise Invalid("reason", "Give a reason")
    _refuse_no_turn(session, milestone, due)
    return _record(session, milestone, StepKind.EXCUSED, on=clock.today(), by=by, reason=reason, occurrence_due=due)


def take_back_steps(session: Session, update: Update, *, by: Person) -> None:
    """Set milestones as they were without what an update said of them, once that update no longer counts.

    The steps stay in the history; those of a withdrawn update count no more.
    """
    query = select(MilestoneStep.milestone_id).where(MilestoneStep.update_id == update.id)
    for milestone_id in sorted(set(session.scalars(query))):
        milestone = session.get_one(Milestone, milestone_id)
        started_on, done_on = _standing(session, milestone_id)
        milestone.started_on, milestone.done_on, milestone.changed_by = started_on, done_on, by.id
        if done_on is not None:
            milestone.state = MilestoneState.DONE
        else:
            milestone.state = MilestoneState.STARTED if started_on else MilestoneState.NOT_STARTED
    session.flush()


def _standing(session: Session, milestone_id: int) -> tuple[date | None, date | None]:
    """Return since when a milestone is started and done by the steps that count, in the order of their recording."""
    query = select(MilestoneStep).where(MilestoneStep.milestone_id == milestone_id, counted_steps())
    started_on: date | None = None
    done_on: date | None = None
    for step in session.scalars(query.where(MilestoneStep.occurrence_due.is_(None)).order_by(MilestoneStep.id)):
        if step.kind is StepKind.STARTED:
            started_on = step.effective_on
        else:
            done_on = step.effective_on if step.kind is StepKind.DONE else None
    return started_on, done_on


def _refuse_future(on: date) -> None:
    if on > clock.today():
        raise Invalid("done_on", "A milestone cannot be done or started in the future. Enter today or an earlier day")


def _is_before_approval(session: Session, milestone: Milestone, on: date) -> bool:
    query = select(Plan.approved_on).join(Action, Action.plan_id == Plan.id).where(Action.id == milestone.action_id)
    approved_on = session.scalar(query)
    return approved_on is not None and on < approved_on


def _refuse_no_turn(session: Session, milestone: Milestone, due: date) -> None:
    if milestone.kind is not MilestoneKind.RECURRING or milestone.due is None:
        raise Invalid("turns", f"“{milestone.title}” does not repeat")
    if not is_occurrence(milestone.due, due, every_months=milestone.every_months, every_weeks=milestone.every_weeks):
        raise Invalid("turns", f"“{milestone.title}” has no turn on {due:%-d %b %Y}")
    query = select(MilestoneStep.id).where(
        MilestoneStep.milestone_id == milestone.id,
        MilestoneStep.occurrence_due == due,
        MilestoneStep.kind.in_(_SETTLED),
        counted_steps(),
    )
    if session.scalar(query.limit(1)) is not None:
        raise Conflict("turns", f"The turn of “{milestone.title}” on {due:%-d %b %Y} is settled already")


def _record(
    session: Session,
    milestone: Milestone,
    kind: StepKind,
    *,
    on: date,
    by: Person,
    update: Update | None = None,
    reason: str = "",
    occurrence_due: date | None = None,
) -> MilestoneStep:
    step = MilestoneStep(
        milestone_id=milestone.id,
        kind=kind,
        effective_on=on,
        occurrence_due=occurrence_due,
        reason=reason,
        update_id=update.id if update else None,
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(step)
    session.flush()
    action = session.get_one(Action, milestone.action_id)
    note_mentions(session, action, MentionedIn.STEP, step.id, reason, by=by)
    refresh_outlook(session, action)
    return step
