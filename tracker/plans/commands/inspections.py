"""Recording an inspection, what it asked for, and which area of a plan answers it; the plan itself is imported."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.answers import keep_to
from tracker.core.problems import Conflict, Invalid
from tracker.people.models import Person
from tracker.plans.models import Area, AreaItem, Inspection, InspectionItem, Plan
from tracker.plans.rules.states import ItemClass

LONGEST_TITLE = 200
LONGEST_NUMBER = 20
LONGEST_HEADING = 160
LONGEST_WORDS = 4000
LONGEST_SCOPE = 2000


def add_inspection(session: Session, plan: Plan, *, title: str, published_on: date, by: Person) -> Inspection:
    """Record the inspection that a plan answers, with the day its report was published.

    Raises `Conflict` when the plan has one already, `Invalid` for a title that is none or a day in the future.
    """
    if plan.inspection_id is not None:
        raise Conflict(None, "This plan already answers an inspection")
    if not title.strip():
        raise Invalid("title", "Enter the title of the inspection")
    keep_to("title", title, what="The title", most=LONGEST_TITLE)
    if published_on > clock.today():
        raise Invalid("published_on", "The report cannot have been published in the future")
    inspection = Inspection(title=title, published_on=published_on, created_by=by.id, changed_by=by.id)
    session.add(inspection)
    session.flush()
    plan.inspection_id, plan.changed_by = inspection.id, by.id
    session.flush()
    return inspection


def add_item(
    session: Session,
    inspection: Inspection,
    *,
    item_class: ItemClass,
    words: str,
    number: str = "",
    heading: str = "",
    by: Person,
) -> InspectionItem:
    """Add what inspectors asked for or praised, in their exact words, at the end of the list (domain A2)."""
    if not words.strip():
        raise Invalid("words", "Enter the inspectors' words")
    keep_to("words", words, what="The inspectors' words", most=LONGEST_WORDS)
    keep_to("number", number, what="The number", most=LONGEST_NUMBER)
    keep_to("heading", heading, what="The heading", most=LONGEST_HEADING)
    last = session.scalar(
        select(func.max(InspectionItem.position)).where(InspectionItem.inspection_id == inspection.id)
    )
    item = InspectionItem(
        inspection_id=inspection.id,
        position=1 + (last or 0),
        number=number,
        item_class=item_class,
        heading=heading,
        words=words,
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(item)
    session.flush()
    return item


def answer_item(session: Session, area: Area, item: InspectionItem, *, by: Person) -> AreaItem:
    """Say that an area answers an inspection item; a priority item makes the area a priority (domain A7).

    Raises `Invalid` for an item of another inspection than the plan's, `Conflict` when the area answers it already.
    """
    plan = session.get_one(Plan, area.plan_id)
    if item.inspection_id != plan.inspection_id:
        raise Invalid("item", "Choose an item of the inspection that this plan answers")
    same = select(AreaItem.id).where(AreaItem.area_id == area.id, AreaItem.item_id == item.id)
    if session.scalar(same) is not None:
        raise Conflict("item", "This area answers that item already")
    answer = AreaItem(area_id=area.id, item_id=item.id, created_by=by.id, changed_by=by.id)
    session.add(answer)
    session.flush()
    return answer


def note_scope(session: Session, plan: Plan, *, note: str, by: Person) -> None:
    """Say what a plan leaves out, so that nobody reads its silence as an answer (domain A2)."""
    keep_to("scope_note", note, what="The note", most=LONGEST_SCOPE)
    plan.scope_note, plan.changed_by = note, by.id
    session.flush()
