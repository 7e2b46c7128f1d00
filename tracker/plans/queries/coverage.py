"""What a plan answers of what inspectors asked for, and which actions answer nothing; the verdict is a rule's."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.plans.models import Action, Area, AreaItem, Inspection, InspectionItem, Plan
from tracker.plans.queries.plan import plan_by_slug
from tracker.plans.rules.coverage import Answering, Cover, asks_for_something, cover_of
from tracker.plans.rules.states import GIVEN_UP
from tracker.plans.rules.vocabulary import ActionKind


@dataclass(frozen=True, slots=True)
class ActionRef:
    """A live action by its number."""

    id: int
    ref: str
    title: str
    area_id: int
    is_placeholder: bool


@dataclass(frozen=True, slots=True)
class CoveredItem:
    """An item with the areas and live actions that answer it."""

    item: InspectionItem
    inspection: Inspection
    areas: tuple[Area, ...]
    actions: tuple[ActionRef, ...]
    cover: Cover


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every item that a plan is asked to answer, praise apart, and its live actions that answer none."""

    items: tuple[CoveredItem, ...]
    strays: tuple[ActionRef, ...]
    praise: int

    @property
    def gaps(self) -> tuple[CoveredItem, ...]:
        """The items that no action answers."""
        return tuple(one for one in self.items if one.cover.is_gap)


def coverage_of(session: Session, plan: Plan) -> Coverage:
    """Return the coverage of a plan, whose areas are loaded: three queries."""
    asked = _asked_of(session, plan)
    areas = {area.id: area for area in plan.areas}
    answers = _answers(session, areas)
    actions = _live_actions(session, plan)
    items = tuple(
        _covered(item, inspection, [areas[one] for one in answers.get(item.id, ())], actions)
        for item, inspection in asked
        if asks_for_something(item.item_class)
    )
    answering = {area.id for one in items for area in one.areas}
    strays = tuple(action for action in actions if action.area_id not in answering)
    return Coverage(items, strays, praise=len(asked) - len(items))


def plan_asked(session: Session, slug: str, item_id: int) -> Plan | None:
    """Return a plan, when it is asked to answer an item, with its areas; else None."""
    plan = plan_by_slug(session, slug)
    return plan if plan is not None and item_of_plan(session, plan, item_id) is not None else None


def item_of_plan(session: Session, plan: Plan, item_id: int) -> InspectionItem | None:
    """Return an item that a plan is asked to answer, or None."""
    return next((item for item, _ in _asked_of(session, plan) if item.id == item_id), None)


def answering_areas(session: Session, plan: Plan, item: InspectionItem) -> set[int]:
    """Return the ids of the areas of a plan that answer an item."""
    return set(_answers(session, {area.id: area for area in plan.areas}).get(item.id, ()))


def _asked_of(session: Session, plan: Plan) -> list[tuple[InspectionItem, Inspection]]:
    """Return the items of the plan's inspection and of the visits after it, in their order."""
    if plan.inspection_id is None:
        return []
    query = (
        select(InspectionItem, Inspection)
        .join(Inspection, Inspection.id == InspectionItem.inspection_id)
        .where(or_(Inspection.id == plan.inspection_id, Inspection.follows_id == plan.inspection_id))
        .where(InspectionItem.removed_on.is_(None))
        .order_by(Inspection.follows_id.is_not(None), Inspection.published_on, Inspection.id, InspectionItem.position)
    )
    return [(item, inspection) for item, inspection in session.execute(query)]


def _answers(session: Session, areas: dict[int, Area]) -> dict[int, list[int]]:
    query = select(AreaItem.item_id, AreaItem.area_id).where(AreaItem.area_id.in_(sorted(areas)))
    found: dict[int, list[int]] = {}
    for row in session.execute(query.order_by(AreaItem.area_id)):
        found.setdefault(row.item_id, []).append(row.area_id)
    return found


def _live_actions(session: Session, plan: Plan) -> list[ActionRef]:
    query = select(Action.id, Action.ref, Action.title, Action.area_id, Action.kind).where(
        Action.plan_id == plan.id, Action.state.not_in(GIVEN_UP)
    )
    return [
        ActionRef(row.id, row.ref, row.title, row.area_id, row.kind is ActionKind.PLACEHOLDER)
        for row in session.execute(query.order_by(Action.position, Action.id))
    ]


def _covered(
    item: InspectionItem, inspection: Inspection, areas: Sequence[Area], actions: Sequence[ActionRef]
) -> CoveredItem:
    here = {area.id for area in areas}
    answering = tuple(action for action in actions if action.area_id in here)
    placeholders = sum(action.is_placeholder for action in answering)
    cover = cover_of(Answering(len(areas), len(answering) - placeholders, placeholders))
    return CoveredItem(item, inspection, tuple(sorted(areas, key=lambda area: area.number)), answering, cover)
