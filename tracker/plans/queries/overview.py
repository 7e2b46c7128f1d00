"""A plan's areas with their roll-ups, out of how its actions stand; and all plans of a person in a list."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.people.models import Person
from tracker.people.policy import Permission, visible
from tracker.plans.models import Action, Area, AreaItem, InspectionItem, Plan
from tracker.plans.queries.rag import effective_rag
from tracker.plans.queries.standing import PlanStanding, Standing
from tracker.plans.rules.changes import Movement
from tracker.plans.rules.priority import is_priority
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.rollup import Rated, Rollup, area_rollup, plan_rollup
from tracker.plans.rules.strip import Step, next_step
from tracker.plans.rules.vocabulary import ActionKind


@dataclass(frozen=True, slots=True)
class AreaStanding:
    """An area with its actions as they stand; an area of a draft has no roll-up."""

    area: Area
    actions: tuple[Standing, ...]
    priority: bool
    rollup: Rollup | None

    def moved(self, way: Movement) -> int:
        """How many of its actions went one way."""
        return sum(action.movement is way for action in self.actions)

    @property
    def overdue(self) -> int:
        """How many milestones are overdue."""
        return sum(action.overdue for action in self.actions)

    def next_step(self, day: date) -> Step | None:
        """The milestone of live actions that falls due next."""
        return next_step(self._live_steps(), day)

    @property
    def has_open_steps(self) -> bool:
        """Whether anything is still to be done, dated or not."""
        return any(step.is_open for step in self._live_steps())

    def _live_steps(self) -> list[Step]:
        live = (action for action in self.actions if action.rag is None or not action.rag.is_closed)
        return [step for action in live for step in action.steps]


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """A plan in the list of plans; a draft has no roll-up."""

    plan: Plan
    areas: int
    actions: int
    rollup: Rollup | None


def area_standings(areas: Iterable[Area], found: PlanStanding) -> tuple[AreaStanding, ...]:
    """Return the areas in their order with their actions and their roll-up (domain A7)."""
    return tuple(area_standing(area, found.of_area(area.id)) for area in areas)


def area_standing(area: Area, actions: tuple[Standing, ...]) -> AreaStanding:
    """Return one area with its actions and their roll-up; its inspection items are loaded."""
    rated = [
        Rated(action.rag, action.row.kind is ActionKind.PLACEHOLDER) for action in actions if action.rag is not None
    ]
    is_rated = len(rated) == len(actions) and area.plan.approved_on is not None
    priority = area_is_priority(area)
    rollup = area_rollup(rated, priority=priority)
    return AreaStanding(area, actions, priority, rollup if is_rated else None)


def area_is_priority(area: Area) -> bool:
    """Say whether an area counts as a priority; its inspection items are loaded."""
    return is_priority(area.priority_set, (answered.item.item_class for answered in area.items))


def whole_plan(areas: Sequence[AreaStanding]) -> Rollup | None:
    """Return the roll-up of a plan out of its areas, nothing for a draft."""
    rated = [(area.rollup, area.priority) for area in areas if area.rollup is not None]
    return plan_rollup(rated) if len(rated) == len(areas) else None


def number_of_plans(session: Session, person: Person) -> int:
    """Return how many plans a person may read."""
    return session.scalar(select(func.count(Plan.id)).where(visible(person, Permission.PLAN_READ, Plan))) or 0


def plan_summaries(session: Session, person: Person, *, day: date, rows: slice) -> list[PlanSummary]:
    """Return these rows of the plans that a person may read, rated by what is stored: three queries.

    Those not approved yet come first, then the newest.
    """
    query = select(Plan).where(visible(person, Permission.PLAN_READ, Plan))
    query = query.order_by(Plan.approved_on.desc().nulls_first(), Plan.id.desc()).slice(rows.start, rows.stop)
    plans = session.scalars(query).all()
    plan_ids = [plan.id for plan in plans]
    rated = _rated_by_area(session, plan_ids, day)
    areas: dict[int, list[tuple[Rollup, bool]]] = defaultdict(list)
    for area in _priorities(session, plan_ids):
        rollup = area_rollup(rated.get(area.area_id, ()), priority=area.is_priority)
        areas[area.plan_id].append((rollup, area.is_priority))
    return [_summary(plan, areas[plan.id]) for plan in plans]


@dataclass(frozen=True, slots=True)
class _Priority:
    """An area by its ids, and whether it counts as a priority."""

    plan_id: int
    area_id: int
    is_priority: bool


def _priorities(session: Session, plan_ids: Collection[int]) -> Iterator[_Priority]:
    """Yield the areas of some plans as a list of plans needs them: without loading what they say."""
    query = select(Area.plan_id, Area.id, Area.priority_set, InspectionItem.item_class).where(
        Area.plan_id.in_(plan_ids)
    )
    query = query.outerjoin(Area.items).outerjoin(AreaItem.item).order_by(Area.id)
    for (plan_id, area_id, chosen), rows in groupby(session.execute(query), key=lambda row: row[:3]):
        yield _Priority(plan_id, area_id, is_priority(chosen, (row.item_class for row in rows if row.item_class)))


def _rated_by_area(session: Session, plan_ids: Collection[int], day: date) -> dict[int, list[Rated]]:
    """Return the actions of every area of some plans as the roll-up takes them, by the delivery rule in SQL."""
    code = effective_rag(day).label("code")
    query = select(Action.area_id, Action.kind, code, func.count().label("number")).where(Action.plan_id.in_(plan_ids))
    found: dict[int, list[Rated]] = defaultdict(list)
    for area_id, kind, rag, number in session.execute(query.group_by(Action.area_id, Action.kind, code)):
        found[area_id] += [Rated(Rag(rag), kind is ActionKind.PLACEHOLDER)] * number
    return found


def _summary(plan: Plan, areas: list[tuple[Rollup, bool]]) -> PlanSummary:
    whole = plan_rollup(areas)
    return PlanSummary(plan, len(areas), whole.total, whole if plan.approved_on is not None else None)
