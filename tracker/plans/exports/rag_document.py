"""The delivery RAG of a plan on a day as one JSON document: what `tracker rag --json` says."""

from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from tracker.plans.models import Action, Area, AreaItem, Plan
from tracker.plans.queries.facts import outlooks
from tracker.plans.rules.outlook import Outlook
from tracker.plans.rules.priority import is_priority
from tracker.plans.rules.rollup import Rated, Rollup, area_rollup, plan_rollup
from tracker.plans.rules.vocabulary import ActionKind


def rag_document(session: Session, plan: Plan, *, as_at: date) -> dict[str, Any]:
    """Return the ratings of a plan, its areas and actions on a day, with the reasons in force that day.

    Raises ValueError for a draft, or a day before the plan's approval (domain A0).
    """
    if plan.approved_on is None:
        raise ValueError(f"“{plan.title}” is a draft, which is not rated until it is approved.")
    if as_at < plan.approved_on:
        raise ValueError(f"{as_at} is before the plan’s approval on {plan.approved_on}.")
    found = outlooks(session, plan, day=as_at)
    areas: list[tuple[Area, Rollup, bool]] = []
    actions: dict[str, Any] = {}
    grouped = _actions(session, plan)
    for area in session.scalars(_areas(plan)):
        rows = grouped.get(area.id, [])
        rated = [Rated(found[row.id].effective_on(as_at), row.kind is ActionKind.PLACEHOLDER) for row in rows]
        priority = is_priority(area.priority_set, [answered.item.item_class for answered in area.items])
        areas.append((area, area_rollup(rated, priority=priority), priority))
        actions.update({row.ref: _action(found[row.id], as_at) for row in rows})
    whole = plan_rollup([(rollup, priority) for _, rollup, priority in areas])
    return {
        "as_at": as_at.isoformat(),
        "plan": whole.rag.value,
        "areas": {str(area.number): _area(rollup) for area, rollup, _ in areas},
        "actions": actions,
    }


def _areas(plan: Plan) -> Select[Area]:
    items = selectinload(Area.items).joinedload(AreaItem.item)
    return select(Area).where(Area.plan_id == plan.id).options(items).order_by(Area.number)


def _actions(session: Session, plan: Plan) -> dict[int, list[Action]]:
    found: dict[int, list[Action]] = {}
    query = select(Action).where(Action.plan_id == plan.id).order_by(Action.position, Action.id)
    for action in session.scalars(query):
        found.setdefault(action.area_id, []).append(action)
    return found


def _area(rollup: Rollup) -> dict[str, Any]:
    return {"rag": rollup.rag.value, "counts": {code.value: number for code, number in rollup.counts.items()}}


def _action(outlook: Outlook, day: date) -> dict[str, Any]:
    return {
        "computed": outlook.computed_on(day).value,
        "declared": outlook.declared.value if outlook.declared else None,
        "effective": outlook.effective_on(day).value,
        "reasons": [reason.words for reason in outlook.reasons_on(day)],
        "amber_from": outlook.amber_from.isoformat() if outlook.amber_from else None,
        "red_from": outlook.red_from.isoformat() if outlook.red_from else None,
        "unscheduled": outlook.unscheduled,
    }
