"""The delivery RAG of a plan on a day as one JSON document: what `tracker rag --json` says."""

from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.plans.models import Area, AreaItem, Plan
from tracker.plans.queries.overview import area_standings, whole_plan
from tracker.plans.queries.records import load_timeline
from tracker.plans.queries.standing import standing
from tracker.plans.rules.outlook import Outlook
from tracker.plans.rules.rollup import Rollup


def rag_document(session: Session, plan: Plan, *, as_at: date) -> dict[str, Any]:
    """Return the ratings of a plan, its areas and actions on a day, with the reasons in force that day.

    An action that was approved later than the plan is in it from its own approval on (domain A5).
    Raises ValueError for a draft, or a day before the plan's approval (domain A0).
    """
    if plan.approved_on is None:
        raise ValueError(f"“{plan.title}” is a draft, which is not rated until it is approved.")
    if as_at < plan.approved_on:
        raise ValueError(f"{as_at} is before the plan’s approval on {plan.approved_on}.")
    found = standing(load_timeline(session, plan), day=as_at)
    areas = area_standings(session.scalars(_areas(plan)), found)
    rated = [(action.row.ref, action.outlook) for area in areas for action in area.actions]
    whole = whole_plan(areas)
    return {
        "as_at": as_at.isoformat(),
        "plan": whole.rag.value if whole is not None else None,
        "areas": {str(one.area.number): _area(one.rollup) for one in areas if one.rollup is not None},
        "actions": {ref: _action(outlook, as_at) for ref, outlook in rated if outlook is not None},
    }


def _areas(plan: Plan) -> Select[Area]:
    items = selectinload(Area.items).joinedload(AreaItem.item)
    query = select(Area).where(Area.plan_id == plan.id).options(items, joinedload(Area.plan))
    return query.order_by(Area.number)


def _area(rollup: Rollup) -> dict[str, Any]:
    return {"rag": rollup.rag.value, "counts": {code.value: number for code, number in rollup.counts.items()}}


def _action(outlook: Outlook, day: date) -> dict[str, Any]:
    return {
        "computed": outlook.computed_on(day).value,
        "declared": outlook.declared.value if outlook.declared else None,
        "override": _override(outlook, day),
        "effective": outlook.effective_on(day).value,
        "reasons": [reason.words for reason in outlook.reasons_on(day)],
        "amber_from": outlook.amber_from.isoformat() if outlook.amber_from else None,
        "red_from": outlook.red_from.isoformat() if outlook.red_from else None,
        "unscheduled": outlook.unscheduled,
    }


def _override(outlook: Outlook, day: date) -> dict[str, str | None] | None:
    """Return the override that counts that day, with its last day."""
    if outlook.override is None or outlook.override_until is None or day > outlook.override_until:
        return None
    return {"rag": outlook.override.value.value, "until": outlook.override_until.isoformat()}
