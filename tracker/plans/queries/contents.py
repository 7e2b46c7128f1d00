"""What a plan says now, as the content that a version keeps; versions that were kept are read beside."""

from collections import defaultdict
from typing import Any

from sqlalchemy import cast, literal, null, select, union_all
from sqlalchemy.orm import Session

from tracker.people.models import LeadParty
from tracker.plans.models import Action, ActionLead, Area, Milestone, Objective, Outcome, Plan, PlanMeasure
from tracker.plans.rules.dates.stored import stored_date
from tracker.plans.rules.states import GIVEN_UP
from tracker.plans.rules.versions import ActionContent, AreaContent, MilestoneContent, PlanContent, TextContent

_KINDS = ((Objective, "objectives"), (Outcome, "outcomes"), (PlanMeasure, "measures"))


def content_now(session: Session, plan: Plan) -> PlanContent:
    """Return a plan as it stands, without what was given up, in five queries whatever its size."""
    texts, actions = _texts(session, plan), _actions(session, plan)
    areas = select(Area.id, Area.number, Area.title).where(Area.plan_id == plan.id).order_by(Area.number)
    return PlanContent(
        plan.title,
        tuple(
            AreaContent(row.id, row.number, row.title, **texts[row.id], actions=tuple(actions[row.id]))
            for row in session.execute(areas)
        ),
    )


def _texts(session: Session, plan: Plan) -> dict[int, dict[str, tuple[TextContent, ...]]]:
    nobody = cast(null(), Outcome.id.type).label("parent_id")
    parts = [
        select(
            literal(name).label("name"),
            kind.area_id,
            kind.id,
            kind.position,
            kind.text,
            Outcome.parent_id.label("parent_id") if kind is Outcome else nobody,
        )
        .join(Area, Area.id == kind.area_id)
        .where(Area.plan_id == plan.id)
        for kind, name in _KINDS
    ]
    rows = session.execute(union_all(*parts)).all()
    found: dict[int, dict[str, tuple[TextContent, ...]]] = defaultdict(lambda: {name: () for _, name in _KINDS})
    for row in sorted(rows, key=lambda row: (row.position, row.id)):
        found[row.area_id][row.name] += (TextContent(row.id, row.text, row.parent_id),)
    return found


def _actions(session: Session, plan: Plan) -> dict[int, list[ActionContent]]:
    leads, milestones = _leads(session, plan), _milestones(session, plan)
    query = select(Action.id, Action.area_id, Action.ref, Action.title)
    query = query.where(Action.plan_id == plan.id, Action.state.not_in(GIVEN_UP))
    found: dict[int, list[ActionContent]] = defaultdict(list)
    for row in session.execute(query.order_by(Action.position, Action.id)):
        parts = (tuple(leads[row.id]), tuple(milestones[row.id]))
        found[row.area_id].append(ActionContent(row.id, row.ref, row.title, *parts))
    return found


def _leads(session: Session, plan: Plan) -> dict[int, list[str]]:
    query = select(ActionLead.action_id, LeadParty.name).join(ActionLead.party).join(ActionLead.action)
    query = query.where(Action.plan_id == plan.id).order_by(ActionLead.action_id, ActionLead.position)
    found: dict[int, list[str]] = defaultdict(list)
    for row in session.execute(query):
        found[row.action_id].append(row.name)
    return found


def _milestones(session: Session, plan: Plan) -> dict[int, list[MilestoneContent]]:
    columns = (Milestone.kind, Milestone.precision, Milestone.due, Milestone.date_text, Milestone.waits_on)
    query = select(
        Milestone.id, Milestone.action_id, Milestone.title, *columns, Milestone.every_months, Milestone.every_weeks
    )
    query = query.join(Milestone.action).where(Action.plan_id == plan.id)
    found: dict[int, list[MilestoneContent]] = defaultdict(list)
    for row in session.execute(query.order_by(Milestone.action_id, Milestone.position, Milestone.id)):
        found[row.action_id].append(MilestoneContent(row.id, row.title, date_words(row)))
    return found


def date_words(row: Any) -> str:
    """Return the date of a milestone as pages say it."""
    date = stored_date(
        row.kind,
        row.precision,
        row.due,
        text=row.date_text,
        every_months=row.every_months,
        every_weeks=row.every_weeks,
        waits_on=row.waits_on,
    )
    return date.shown()
