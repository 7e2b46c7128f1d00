"""Which facts count: those of a withdrawn update do so no more, wherever they are read; nothing is loaded here."""

from sqlalchemy import ColumnElement, Select, and_, or_, select

from tracker.core.erasures import ERASED_LIKE
from tracker.plans.models import Evidence, MilestoneStep, Update
from tracker.plans.rules.states import UpdateState


def counted_steps() -> ColumnElement[bool]:
    """Return the condition under which a milestone's step counts: the update that it came with was not withdrawn."""
    return or_(MilestoneStep.update_id.is_(None), MilestoneStep.update_id.not_in(_withdrawn()))


def counted_evidence() -> ColumnElement[bool]:
    """Return the condition under which evidence counts: in view, and not of an update that was withdrawn."""
    stands = or_(Evidence.update_id.is_(None), Evidence.update_id.not_in(_withdrawn()))
    return and_(Evidence.removed_at.is_(None), stands)


def kept_file() -> ColumnElement[bool]:
    """Return the condition under which the file of evidence is kept still: it was not erased."""
    return Evidence.file_name.not_like(ERASED_LIKE)


def _withdrawn() -> Select[int]:
    return select(Update.id).where(Update.state == UpdateState.WITHDRAWN)
