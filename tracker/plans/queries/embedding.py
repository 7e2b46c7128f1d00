"""What the gate to "complete and embedded" asks of the records; the gate itself is a rule."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.people.models import BodyMeeting
from tracker.people.queries import assurance_meetings
from tracker.plans.models import Action, Milestone, SignOff
from tracker.plans.rules.embedding import Gate, gate
from tracker.plans.rules.states import ActionState, SignOffKind
from tracker.plans.rules.vocabulary import MilestoneKind, MilestoneState

# Which decisions make an action complete, so that the 90 days run from there.
COMPLETES = (SignOffKind.COMPLETE, SignOffKind.CAME_BACK)


def open_milestones(session: Session, action: Action) -> int:
    """Return how many milestones are not done, without those that repeat."""
    query = select(func.count(Milestone.id)).where(
        Milestone.action_id == action.id,
        Milestone.state != MilestoneState.DONE,
        Milestone.kind != MilestoneKind.RECURRING,
    )
    return session.scalars(query).one()


def complete_since(session: Session, action: Action) -> date | None:
    """Return since when an action is complete, nothing when it is not."""
    if action.state is not ActionState.COMPLETE:
        return None
    query = select(func.max(SignOff.effective_on)).where(SignOff.action_id == action.id, SignOff.kind.in_(COMPLETES))
    return session.scalar(query)


def gate_of(session: Session, action: Action) -> tuple[Gate, Sequence[BodyMeeting]]:
    """Return the gate of an action, with the assurance meetings on whose day it may be signed, the latest first."""
    today = clock.today()
    meetings = [one for one in assurance_meetings(session) if one.is_held or one.day == today]
    found = gate(
        complete_since=complete_since(session, action),
        open_milestones=open_milestones(session, action),
        meetings=[meeting.day for meeting in meetings],
        today=today,
    )
    return found, [meeting for meeting in reversed(meetings) if meeting.day in found.days]
