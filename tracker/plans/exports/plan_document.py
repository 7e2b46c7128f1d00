"""A plan as one JSON document: what `tracker show-plan --json` says, in the shape that other programs rely on."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.core import clock
from tracker.plans.models import (
    Action,
    ActionLead,
    ActionLink,
    Area,
    AreaItem,
    Milestone,
    MilestoneLead,
    Outcome,
    Plan,
)
from tracker.plans.queries.facts import open_turns
from tracker.plans.rules.priority import is_priority


def plan_document(session: Session, plan: Plan) -> dict[str, Any]:
    """Return a plan with its areas, actions and milestones as plain values.

    The due day of a recurring milestone is its first turn that is not done.
    """
    actions: dict[int, list[Action]] = defaultdict(list)
    for action in session.scalars(_actions(plan)):
        actions[action.area_id].append(action)
    milestones = _milestones(session, plan)
    references = _references(session, plan)
    areas = [
        {**_area(area), "actions": [_action(row, milestones[row.id], references[row.id]) for row in actions[area.id]]}
        for area in session.scalars(_areas(plan))
    ]
    about = {
        "slug": plan.slug,
        "title": plan.title,
        "status": plan.status.on(clock.today(), approved_on=plan.approved_on).value,
        "approved_on": plan.approved_on.isoformat() if plan.approved_on else None,
    }
    return {"plan": about, "areas": areas}


def _areas(plan: Plan) -> Select[Area]:
    lists = (selectinload(Area.objectives), selectinload(Area.outcomes), selectinload(Area.measures))
    items = selectinload(Area.items).joinedload(AreaItem.item)
    return select(Area).where(Area.plan_id == plan.id).options(*lists, items).order_by(Area.number)


def _actions(plan: Plan) -> Select[Action]:
    leads = selectinload(Action.leads).joinedload(ActionLead.party)
    return select(Action).where(Action.plan_id == plan.id).options(leads).order_by(Action.position, Action.id)


def _milestones(session: Session, plan: Plan) -> dict[int, list[dict[str, Any]]]:
    turns = open_turns(session, plan, day=clock.today())
    query = select(Milestone).join(Milestone.action).where(Action.plan_id == plan.id)
    query = query.options(selectinload(Milestone.leads).joinedload(MilestoneLead.party))
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for milestone in session.scalars(query.order_by(Milestone.action_id, Milestone.position)):
        due = turns.get(milestone.id, milestone.due)
        found[milestone.action_id].append(
            {
                "title": milestone.title,
                "date_text": milestone.date_text,
                "kind": milestone.kind.value,
                "precision": milestone.precision.value,
                "due": due.isoformat() if due else None,
                "every_months": milestone.every_months,
                "waits_on": milestone.waits_on,
                "state": milestone.state.value,
                "leads": [lead.party.name for lead in milestone.leads],
            }
        )
    return found


def _references(session: Session, plan: Plan) -> dict[int, list[dict[str, Any]]]:
    query = select(ActionLink).join(ActionLink.origin).where(Action.plan_id == plan.id, ActionLink.text != "")
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for link in session.scalars(query.options(joinedload(ActionLink.target)).order_by(ActionLink.id)):
        ref = link.target.ref if link.target else None
        found[link.from_id].append({"text": link.text, "ref": ref, "status": link.status.value})
    return found


def _area(area: Area) -> dict[str, Any]:
    priority = is_priority(area.priority_set, [answered.item.item_class for answered in area.items])
    return {
        "number": area.number,
        "label": area.label,
        "title": area.title,
        "class": "priority" if priority else None,
        "objectives": [objective.text for objective in area.objectives],
        "outcomes": _outcomes(area.outcomes),
        "measures": [measure.text for measure in area.measures],
    }


def _outcomes(outcomes: list[Outcome]) -> list[dict[str, Any]]:
    children: dict[int | None, list[str]] = defaultdict(list)
    for outcome in outcomes:
        children[outcome.parent_id].append(outcome.text)
    return [
        {"text": outcome.text, "children": children[outcome.id]} for outcome in outcomes if outcome.parent_id is None
    ]


def _action(action: Action, milestones: list[dict[str, Any]], references: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "ref": action.ref,
        "title": action.title,
        "kind": action.kind.value,
        "leads": [{"name": lead.party.name, "kind": lead.party.kind.value} for lead in action.leads],
        "target_text": action.target_text,
        "milestones": milestones,
        "references": references,
        "source_lines": action.source_lines,
    }
