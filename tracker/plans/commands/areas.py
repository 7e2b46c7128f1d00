"""What the office says of an area: which inspection items it answers, and whether it is a priority."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.core.problems import Conflict, Invalid
from tracker.core.text import one_line, shortened
from tracker.people.models import Person
from tracker.plans.models import Area, AreaItem, Inspection, InspectionItem, Plan
from tracker.plans.rules.states import ItemClass

LONGEST_WORDS = 4000
LONGEST_NUMBER = 20
LONGEST_REASON = 400
_LONGEST_TITLE = 200


def add_inspection_item(
    session: Session, area: Area, *, item_class: ItemClass, number: str, words: str, by: Person
) -> InspectionItem:
    """Record that an area answers an inspection item, in the inspectors' exact words.

    The inspection of the plan is made when there is none yet; an item that it holds already is taken, not made again.
    """
    if not words:
        raise Invalid("words", "Enter the exact words of the inspection report")
    plan = session.get_one(Plan, area.plan_id)
    inspection_id = plan.inspection_id or _make_inspection(session, plan, by)
    said = InspectionItem(number=number, item_class=item_class, words=words, created_by=by.id, changed_by=by.id)
    item = _same_item(session, inspection_id, said) or _make_item(session, inspection_id, said)
    answered = select(AreaItem.id).where(AreaItem.area_id == area.id, AreaItem.item_id == item.id)
    if session.scalar(answered) is not None:
        raise Conflict("words", "This area answers that item already")
    session.add(AreaItem(area_id=area.id, item_id=item.id, created_by=by.id, changed_by=by.id))
    session.flush()
    return item


def set_priority(session: Session, area: Area, *, priority: bool | None, reason: str, by: Person, version: int) -> None:
    """Set whether an area counts as a priority, with a reason, or leave it to its inspection items (domain A7)."""
    if area.version != version:
        raise Conflict(None, "This area has changed since you opened the page")
    if priority is not None and not reason:
        raise Invalid("reason", "Say why this area is or is not a priority")
    area.priority_set = priority
    area.priority_reason = reason if priority is not None else ""
    area.changed_by = by.id
    session.flush()


def _make_inspection(session: Session, plan: Plan, by: Person) -> int:
    title = shortened(f"Inspection behind {plan.title}", _LONGEST_TITLE)
    inspection = Inspection(title=title, created_by=by.id, changed_by=by.id)
    session.add(inspection)
    session.flush()
    plan.inspection_id, plan.changed_by = inspection.id, by.id
    session.flush()
    return inspection.id


def _same_item(session: Session, inspection_id: int, said: InspectionItem) -> InspectionItem | None:
    held = select(InspectionItem).where(
        InspectionItem.inspection_id == inspection_id, InspectionItem.item_class == said.item_class
    )
    wanted = one_line(said.words)
    return next((item for item in session.scalars(held) if one_line(item.words) == wanted), None)


def _make_item(session: Session, inspection_id: int, said: InspectionItem) -> InspectionItem:
    last = select(func.max(InspectionItem.position)).where(InspectionItem.inspection_id == inspection_id)
    said.inspection_id, said.position = inspection_id, 1 + (session.scalar(last) or 0)
    session.add(said)
    session.flush()
    return said
