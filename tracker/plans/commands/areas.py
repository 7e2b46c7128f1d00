"""What the office says of an area: whether it is a priority; what inspectors asked of it is recorded beside."""

from sqlalchemy.orm import Session

from tracker.core.problems import Conflict, Invalid
from tracker.people.models import Person
from tracker.plans.commands.deciding import refuse_over
from tracker.plans.models import Area

LONGEST_REASON = 400


def set_priority(session: Session, area: Area, *, priority: bool | None, reason: str, by: Person, version: int) -> None:
    """Set whether an area counts as a priority, with a reason, or leave it to its inspection items (domain A7)."""
    refuse_over(session, area.plan_id)
    if area.version != version:
        raise Conflict(None, "This area has changed since you opened the page")
    if priority is not None and not reason:
        raise Invalid("reason", "Say why this area is or is not a priority")
    area.priority_set = priority
    area.priority_reason = reason if priority is not None else ""
    area.changed_by = by.id
    session.flush()
