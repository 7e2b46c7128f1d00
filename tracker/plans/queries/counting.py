"""Which facts count: those of a withdrawn update do so no more, wherever they are read; nothing is loaded here."""

from sqlalchemy import ColumnElement, and_, exists
from sqlalchemy.orm import InstrumentedAttribute, aliased

from tracker.core.erasures import ERASED_LIKE
from tracker.plans.models import Evidence, MilestoneStep, Update
from tracker.plans.rules.states import UpdateState


def counted_steps() -> ColumnElement[bool]:
    """Return the condition under which a milestone's step counts: the update that it came with was not withdrawn."""
    return ~_came_with_withdrawn(MilestoneStep.update_id)


def counted_evidence() -> ColumnElement[bool]:
    """Return the condition under which evidence counts: in view, and not of an update that was withdrawn."""
    return and_(Evidence.removed_at.is_(None), ~_came_with_withdrawn(Evidence.update_id))


def kept_file() -> ColumnElement[bool]:
    """Return the condition under which the file of evidence is kept still: it was not erased."""
    return Evidence.file_name.not_like(ERASED_LIKE)


def _came_with_withdrawn(update_id: InstrumentedAttribute[int | None]) -> ColumnElement[bool]:
    """Ask of the one update, by its key: a list of all withdrawn ones has every update there is read to make it."""
    update = aliased(Update)
    found = exists().where(update.id == update_id, update.state == UpdateState.WITHDRAWN)
    return found.correlate(update_id.class_)
