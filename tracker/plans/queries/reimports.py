"""A plan as its later version is compared with, and the later versions that wait or were taken in; no judgement."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.people.models import LeadParty, Person
from tracker.people.rules import PartyKind
from tracker.plans.models import (
    Action,
    ActionLead,
    Area,
    DateChange,
    Milestone,
    Objective,
    Outcome,
    PendingReimport,
    Plan,
    PlanMeasure,
    Reimport,
    ReimportChange,
)
from tracker.plans.queries.texts import text_rows
from tracker.plans.rules.dates import TargetDate
from tracker.plans.rules.dates.stored import stored_date
from tracker.plans.rules.reimport import ActionContent, AreaContent, MilestoneContent, PlanContent, TextContent
from tracker.plans.rules.states import CLOSED_STATES, DateChangeState
from tracker.plans.rules.vocabulary import MilestoneState
from tracker.plans.rules.wordings import Wording

_KINDS = {
    Objective.__tablename__: Wording.OBJECTIVE,
    Outcome.__tablename__: Wording.OUTCOME,
    PlanMeasure.__tablename__: Wording.MEASURE,
}


def stored_content(session: Session, plan: Plan) -> PlanContent:
    """Return a plan as it stands, in six queries whatever its size."""
    leads, steps, texts = _leads(session, plan), _milestones(session, plan), text_rows(session, plan)
    areas = session.scalars(select(Area).where(Area.plan_id == plan.id).order_by(Area.number))
    numbers = {area.id: area for area in areas}
    query = select(Action).where(Action.plan_id == plan.id).order_by(Action.position, Action.id)
    return PlanContent(
        areas=tuple(
            AreaContent(one.number, one.title, one.label, key=one.id, texts=_texts(texts.get(one.id, ())))
            for one in numbers.values()
        ),
        actions=tuple(
            ActionContent(
                ref=one.ref,
                title=one.title,
                area=numbers[one.area_id].number,
                kind=one.kind,
                leads=tuple(leads.get(one.id, ())),
                milestones=tuple(steps.get(one.id, ())),
                key=one.id,
                closed=one.state.value if one.state in CLOSED_STATES else "",
            )
            for one in session.scalars(query)
        ),
    )


def _texts(rows: Iterable[Any]) -> tuple[TextContent, ...]:
    """Return what an area wants, the parts of an outcome with its words."""
    found = list(rows)
    outcomes = {row.id: row.text for row in found if row.kind == Outcome.__tablename__}
    return tuple(
        TextContent(_KINDS[row.kind], row.text, outcomes.get(row.parent_id, "") if row.parent_id else "", key=row.id)
        for row in found
    )


def pending_at(session: Session, /, slug: str, public_id: str) -> PendingReimport | None:
    """Return a later version that waits, by its address; whose it is is asked by the page."""
    query = select(PendingReimport).join(Plan, Plan.id == PendingReimport.plan_id)
    return session.scalar(query.where(Plan.slug == slug, PendingReimport.public_id == public_id))


def pending_rest(session: Session, reimport: Reimport, person: Person) -> str:
    """Return the code of the later version of which a person took in a part, when the rest still waits."""
    query = select(PendingReimport.public_id).where(PendingReimport.reimport_id == reimport.id)
    return session.scalar(query.where(PendingReimport.person_id == person.id)) or ""


def pending_of(session: Session, plan: Plan, person: Person) -> list[tuple[str, str, Any]]:
    """Return the later versions of a plan that wait for a person's word, the newest first: code, file, since when."""
    query = select(PendingReimport.public_id, PendingReimport.file_name, PendingReimport.kept_at)
    query = query.where(PendingReimport.plan_id == plan.id, PendingReimport.person_id == person.id)
    return [(row[0], row[1], row[2]) for row in session.execute(query.order_by(PendingReimport.id.desc()).limit(20))]


def reimports_of(session: Session, plan: Plan) -> list[Any]:
    """Return the later versions of which something was taken in, the newest first, with how much and by whom."""
    query = (
        select(Reimport.id, Reimport.file_name, Reimport.taken_on, Person.name, func.count(ReimportChange.id))
        .join(ReimportChange, ReimportChange.reimport_id == Reimport.id)
        .outerjoin(Person, Person.id == Reimport.created_by)
        .where(Reimport.plan_id == plan.id)
        .group_by(Reimport.id, Reimport.file_name, Reimport.taken_on, Person.name)
    )
    return list(session.execute(query.order_by(Reimport.id.desc())))


def reimport_at(session: Session, /, slug: str, reimport_id: int) -> Reimport | None:
    """Return a later version of a plan with everything that was taken in of it, and the actions as they are now."""
    changes = selectinload(Reimport.changes).joinedload(ReimportChange.action)
    query = select(Reimport).join(Plan, Plan.id == Reimport.plan_id).where(Plan.slug == slug)
    return session.scalar(query.where(Reimport.id == reimport_id).options(changes))


def _leads(session: Session, plan: Plan) -> dict[int, list[tuple[str, PartyKind]]]:
    found: dict[int, list[tuple[str, PartyKind]]] = defaultdict(list)
    query = (
        select(ActionLead.action_id, LeadParty.name, LeadParty.kind)
        .join(LeadParty, LeadParty.id == ActionLead.party_id)
        .join(Action, Action.id == ActionLead.action_id)
        .where(Action.plan_id == plan.id)
    )
    for action_id, name, kind in session.execute(query.order_by(ActionLead.position, ActionLead.id)):
        found[action_id].append((name, kind))
    return found


def _milestones(session: Session, plan: Plan) -> dict[int, list[MilestoneContent]]:
    asked = _asked(session, plan)
    found: dict[int, list[MilestoneContent]] = defaultdict(list)
    query = select(Milestone).join(Action, Action.id == Milestone.action_id).where(Action.plan_id == plan.id)
    for one in session.scalars(query.order_by(Milestone.position, Milestone.id)):
        found[one.action_id].append(
            MilestoneContent(
                title=one.title,
                date=_date(one, ""),
                key=one.id,
                position=one.position,
                is_done=one.state is MilestoneState.DONE,
                asked=asked.get(one.id),
            )
        )
    return found


def _asked(session: Session, plan: Plan) -> dict[int, TargetDate]:
    query = (
        select(DateChange)
        .join(Milestone, Milestone.id == DateChange.milestone_id)
        .join(Action, Action.id == Milestone.action_id)
        .where(Action.plan_id == plan.id, DateChange.state == DateChangeState.ASKED)
        .options(joinedload(DateChange.milestone))
    )
    return {one.milestone_id: _date(one, "to_") for one in session.scalars(query)}


def _date(row: Any, side: str) -> TargetDate:
    kind, precision, due = (getattr(row, f"{side}{name}") for name in ("kind", "precision", "due"))
    rest = {name: getattr(row, f"{side}{name}") for name in ("every_months", "every_weeks", "waits_on")}
    return stored_date(kind, precision, due, text=row.to_text if side else row.date_text, **rest)
