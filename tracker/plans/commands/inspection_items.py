"""Recording what inspectors asked for or praised, and which areas of a plan answer it; inspections stand beside."""

from collections.abc import Collection, Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.core.problems import Conflict, Invalid
from tracker.core.text import one_line, shortened
from tracker.people.models import Person
from tracker.plans.commands.deciding import refuse_over
from tracker.plans.commands.inspections import LONGEST_TITLE, InspectionFacts, answer_inspection, record_inspection
from tracker.plans.commands.item_changes import LONGEST_HEADING, LONGEST_PARAGRAPH, ItemFacts, note_answers, take_facts
from tracker.plans.models import Area, AreaItem, Inspection, InspectionItem, Plan
from tracker.plans.rules.inspecting import ItemReading
from tracker.plans.rules.states import ItemClass

_NOT_OF_PLAN = "Choose an item of the inspection that this plan answers"


def add_item(
    session: Session,
    inspection: Inspection,
    *,
    item_class: ItemClass,
    words: str,
    number: str = "",
    heading: str = "",
    paragraph: str = "",
    points: Iterable[str] = (),
    by: int,
) -> InspectionItem:
    """Add what inspectors asked for or praised, in their exact words, at the end of the list (domain A2).

    `points` are nested under it; `by` is a person's id, 0 for a command of the operator.
    """
    facts = ItemFacts(item_class, words, number, heading, shortened(paragraph, LONGEST_PARAGRAPH), tuple(points))
    item = InspectionItem(inspection_id=inspection.id, position=_next_position(session, inspection), created_by=by)
    take_facts(item, facts, by=by)
    session.add(item)
    session.flush()
    return item


def add_missing_item(session: Session, inspection: Inspection, facts: ItemFacts, *, by: Person) -> InspectionItem:
    """Add an item that the reading of a report missed; raises `Conflict` when the very item is there already."""
    if _same_item(session, inspection, facts.item_class, facts.words) is not None:
        raise Conflict("words", "This inspection has that item already")
    item = InspectionItem(inspection_id=inspection.id, position=_next_position(session, inspection), created_by=by.id)
    take_facts(item, facts, by=by.id)
    session.add(item)
    session.flush()
    return item


def add_read_items(session: Session, inspection: Inspection, items: Iterable[ItemReading], *, by: int) -> None:
    """Add items as they were read from a report."""
    for item in items:
        add_item(
            session,
            inspection,
            item_class=item.item_class,
            words=item.text,
            number="" if item.number is None else str(item.number),
            heading=shortened(item.group or "", LONGEST_HEADING),
            paragraph=item.paragraph,
            points=item.children,
            by=by,
        )


def answer_item(session: Session, area: Area, item: InspectionItem, *, by: Person) -> AreaItem:
    """Say that an area answers an inspection item; a priority item makes the area a priority (domain A7).

    Raises `Invalid` for an item that is not of the plan's inspection nor of a visit after it, `Conflict` when the
    area answers it already.
    """
    plan = session.get_one(Plan, area.plan_id)
    refuse_over(session, plan.id)
    if not _is_asked_of(session, plan, item):
        raise Invalid("item", _NOT_OF_PLAN)
    same = select(AreaItem.id).where(AreaItem.area_id == area.id, AreaItem.item_id == item.id)
    if session.scalar(same) is not None:
        raise Conflict("words", "This area answers that item already")
    answer = AreaItem(area_id=area.id, item_id=item.id, created_by=by.id, changed_by=by.id)
    session.add(answer)
    session.flush()
    return answer


def set_answers(
    session: Session, plan: Plan, item: InspectionItem, areas: Collection[Area], *, by: Person, version: int
) -> None:
    """Say which areas of a plan answer an item: those and no others; `version` is that of the item."""
    refuse_over(session, plan.id)
    note_answers(item, by=by, version=version)
    if not _is_asked_of(session, plan, item) or any(area.plan_id != plan.id for area in areas):
        raise Invalid("areas", _NOT_OF_PLAN)
    wanted = {area.id for area in areas}
    held = session.scalars(
        select(AreaItem)
        .join(Area, Area.id == AreaItem.area_id)
        .where(Area.plan_id == plan.id, AreaItem.item_id == item.id)
    ).all()
    for answer in held:
        if answer.area_id not in wanted:
            session.delete(answer)
    for area_id in sorted(wanted - {answer.area_id for answer in held}):
        session.add(AreaItem(area_id=area_id, item_id=item.id, created_by=by.id, changed_by=by.id))
    session.flush()


def answer_in_words(
    session: Session, area: Area, *, item_class: ItemClass, number: str, words: str, by: Person
) -> InspectionItem:
    """Record that an area answers an inspection item, in the inspectors' exact words.

    The inspection of the plan is made when there is none yet; an item that it holds already is taken, not made again.
    """
    if not words:
        raise Invalid("words", "Enter the exact words of the inspection report")
    plan = session.get_one(Plan, area.plan_id)
    refuse_over(session, plan.id)
    inspection = session.get_one(Inspection, plan.inspection_id) if plan.inspection_id else _make(session, plan, by)
    item = _same_item(session, inspection, item_class, words)
    if item is None:
        item = add_item(session, inspection, item_class=item_class, words=words, number=number, by=by.id)
    answer_item(session, area, item, by=by)
    return item


def _next_position(session: Session, inspection: Inspection) -> int:
    last = select(func.max(InspectionItem.position)).where(InspectionItem.inspection_id == inspection.id)
    return 1 + (session.scalar(last) or 0)


def _make(session: Session, plan: Plan, by: Person) -> Inspection:
    title = shortened(f"Inspection behind {plan.title}", LONGEST_TITLE)
    inspection = record_inspection(session, InspectionFacts(title=title), by=by.id)
    answer_inspection(session, plan, inspection, by=by.id)
    return inspection


def _same_item(session: Session, inspection: Inspection, item_class: ItemClass, words: str) -> InspectionItem | None:
    held = select(InspectionItem).where(
        InspectionItem.inspection_id == inspection.id,
        InspectionItem.item_class == item_class,
        InspectionItem.removed_on.is_(None),
    )
    wanted = one_line(words)
    return next((item for item in session.scalars(held) if one_line(item.words) == wanted), None)


def _is_asked_of(session: Session, plan: Plan, item: InspectionItem) -> bool:
    """Say whether an item is of the inspection that a plan answers, or of a visit after it."""
    if plan.inspection_id is None or item.removed_on is not None:
        return False
    inspection = session.get_one(Inspection, item.inspection_id)
    return plan.inspection_id in {inspection.id, inspection.follows_id}
