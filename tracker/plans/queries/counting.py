"""Which facts count: those of a withdrawn update do so no more, wherever they are read; nothing is loaded here."""

from sqlalchemy import ColumnElement, or_, select

from tracker.plans.models import MilestoneStep, Update
from tracker.plans.rules.states import UpdateState


def counted_steps() -> ColumnElement[bool]:
    """Return the condition under which a milestone's step counts: the update that it came with was not withdrawn."""
    withdrawn = select(Update.id).where(Update.state == UpdateState.WITHDRAWN)
    return or_(MilestoneStep.update_id.is_(None), MilestoneStep.update_id.not_in(withdrawn))
