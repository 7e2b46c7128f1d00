"""What of plans can be searched, and which rows of it a person may read; how searching works is core's."""

from typing import Any

from sqlalchemy import and_, case, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from tracker.core.search import Index, Looking, Rows, Source, columns
from tracker.people.models import LeadParty, Person
from tracker.people.policy import Permission, visible
from tracker.people.rules import PartyKind
from tracker.plans.models import (
    Action,
    ActionLead,
    Area,
    AreaItem,
    Evidence,
    InspectionItem,
    Milestone,
    Objective,
    Outcome,
    Plan,
    PlanMeasure,
    Update,
)
from tracker.plans.queries.counting import counted_evidence
from tracker.plans.rules.leads import MAY_BE_A_NAME
from tracker.plans.rules.states import UpdateState

PLAN_WORDS = Index(Plan, ("title", "scope_note"))
AREA_WORDS = Index(Area, ("title",))
ACTION_WORDS = Index(Action, ("title",))
MILESTONE_WORDS = Index(Milestone, ("title",))
OBJECTIVE_WORDS = Index(Objective, ("text",))
OUTCOME_WORDS = Index(Outcome, ("text",))
MEASURE_WORDS = Index(PlanMeasure, ("text",))
ITEM_WORDS = Index(InspectionItem, ("heading", "words", "points"))
LEAD_WORDS = Index(LeadParty, ("name", "post"))
UPDATE_WORDS = Index(Update, ("happened", "why", "doing", "ask"))
EVIDENCE_WORDS = Index(Evidence, ("title", "text", "file_name"))


def _plans(person: Person, looking: Looking) -> Rows:
    shown = columns(title=Plan.title, words=Plan.scope_note, within=Plan.slug)
    query = select(*shown).where(looking.finds(PLAN_WORDS), visible(person, Permission.PLAN_READ, Plan))
    return Rows(query, (looking.rank(PLAN_WORDS), Plan.id.desc()))


def _areas(person: Person, looking: Looking) -> Rows:
    shown = columns(title=Area.title, context=Plan.title, within=Plan.slug, key=Area.number, number=Area.number)
    query = select(*shown).select_from(Area).join(Area.plan)
    query = query.where(visible(person, Permission.PLAN_READ, Area), looking.finds(AREA_WORDS))
    return Rows(query, (looking.rank(AREA_WORDS), Plan.id.desc(), Area.number))


def _actions(person: Person, looking: Looking) -> Rows:
    shown = columns(title=Action.title, context=Plan.title, within=Plan.slug, key=Action.ref)
    query = select(*shown).select_from(Action).join(Action.plan)
    query = query.where(visible(person, Permission.PLAN_READ, Action), looking.finds(ACTION_WORDS))
    return Rows(query, (looking.rank(ACTION_WORDS), Plan.id.desc(), Action.position))


def _milestones(person: Person, looking: Looking) -> Rows:
    shown = columns(title=Milestone.title, context=Plan.title, within=Plan.slug, key=Action.ref)
    query = select(*shown).select_from(Milestone).join(Milestone.action).join(Action.plan)
    query = query.where(visible(person, Permission.PLAN_READ, Action), looking.finds(MILESTONE_WORDS))
    order = Plan.id.desc(), Action.position, Milestone.position, Milestone.id
    return Rows(query, (looking.rank(MILESTONE_WORDS), *order))


def _of_areas(index: Index, text: InstrumentedAttribute[str]) -> Any:
    """Return the rows of sentences that stand in an area: its objectives, outcomes or measures."""
    kind = index.model

    def rows(person: Person, looking: Looking) -> Rows:
        shown = columns(title=text, context=Plan.title, within=Plan.slug, key=Area.number, number=Area.number)
        query = select(*shown).select_from(kind).join(Area, Area.id == kind.area_id).join(Area.plan)
        query = query.where(visible(person, Permission.PLAN_READ, Area), looking.finds(index))
        return Rows(query, (looking.rank(index), Plan.id.desc(), Area.number, kind.position, kind.id))

    return rows


def _items(person: Person, looking: Looking) -> Rows:
    """An item is found in each area that answers it."""
    title = case((InspectionItem.heading != "", InspectionItem.heading), else_=InspectionItem.words)
    said = case(
        (InspectionItem.points != "", InspectionItem.words + "\n" + InspectionItem.points), else_=InspectionItem.words
    )
    words = case((InspectionItem.heading != "", said), else_=InspectionItem.points)
    shown = columns(title=title, words=words, context=Plan.title, within=Plan.slug, key=Area.number, number=Area.number)
    query = select(*shown).select_from(AreaItem).join(AreaItem.item).join(Area, Area.id == AreaItem.area_id)
    query = query.join(Area.plan).where(visible(person, Permission.PLAN_READ, Area), looking.finds(ITEM_WORDS))
    order = Plan.id.desc(), Area.number, InspectionItem.position, AreaItem.id
    return Rows(query, (looking.rank(ITEM_WORDS), *order))


def _leads(person: Person, looking: Looking) -> Rows:
    """Return each lead once for each plan; whoever may not see a name finds a post, and neither by that name (A9)."""
    named = case((visible(person, Permission.LEAD_NAMES, Action), 1), else_=0).label("named")
    reads_plan = exists().where(Plan.id == Action.plan_id, visible(person, Permission.PLAN_READ, Plan))
    read = (
        select(ActionLead.party_id, Action.plan_id, named, Action.id)
        .join(ActionLead.action)
        .where(visible(person, Permission.PLAN_READ, Action), reads_plan)
        .subquery()
    )
    led = (
        select(read.c.party_id, read.c.plan_id, read.c.named, func.count().label("actions"))
        .group_by(read.c.party_id, read.c.plan_id, read.c.named)
        .subquery()
    )
    hides = and_(led.c.named == 0, LeadParty.kind.in_(sorted(MAY_BE_A_NAME)))
    post = case((LeadParty.post != "", LeadParty.post), else_="Delivery lead")
    by_post = and_(hides, looking.finds(LEAD_WORDS, "post"))
    by_name = and_(~hides, looking.finds(LEAD_WORDS))
    title = case((hides, post), (_is_person_with_post(), LeadParty.name + ", " + LeadParty.post), else_=LeadParty.name)
    shown = columns(
        title=title,
        context=Plan.title,
        within=Plan.slug,
        key=case((led.c.named == 1, "lead"), else_="post"),
        number=case((led.c.named == 1, LeadParty.id), else_=led.c.actions),
    )
    query = select(*shown).select_from(led).join(LeadParty, LeadParty.id == led.c.party_id)
    query = query.join(Plan, Plan.id == led.c.plan_id).where(or_(by_post, by_name))
    return Rows(query, (Plan.id.desc(), title, LeadParty.id, led.c.named))


def _updates(person: Person, looking: Looking) -> Rows:
    """Return updates that count; whoever may not see who leads may not read what leads wrote either."""
    words = Update.happened + " " + Update.why + " " + Update.doing + " " + Update.ask
    shown = columns(
        title=Action.title,
        words=words,
        context=Plan.title,
        within=Plan.slug,
        key=Action.ref,
        number=Update.id,
        day=Update.effective_on,
    )
    query = select(*shown).select_from(Update).join(Update.action).join(Action.plan)
    query = query.where(
        visible(person, Permission.LEAD_NAMES, Action),
        Update.state == UpdateState.SUBMITTED,
        looking.finds(UPDATE_WORDS),
    )
    return Rows(query, (Update.effective_on.desc(), Update.id.desc()))


def _evidence(person: Person, looking: Looking) -> Rows:
    """Return evidence in view; a link or file that only some may open is still there for everybody inside."""
    title = case((Evidence.title != "", Evidence.title), (Evidence.file_name != "", Evidence.file_name), else_="")
    shown = columns(
        title=case((title != "", title), else_=Evidence.text),
        words=case((title != "", Evidence.text), else_=""),
        context=Plan.title,
        within=Plan.slug,
        key=Action.ref,
        day=Evidence.effective_on,
    )
    query = select(*shown).select_from(Evidence).join(Action, Action.id == Evidence.action_id).join(Action.plan)
    query = query.where(
        visible(person, Permission.EVIDENCE_READ, Action),
        counted_evidence(),
        looking.finds(EVIDENCE_WORDS),
    )
    return Rows(query, (looking.rank(EVIDENCE_WORDS), Evidence.effective_on.desc(), Evidence.id.desc()))


def _is_person_with_post() -> Any:
    return and_(LeadParty.kind == PartyKind.PERSON, LeadParty.post != "")


SOURCES = (
    Source("action", "Actions", _actions),
    Source("area", "Areas", _areas),
    Source("milestone", "Milestones", _milestones),
    Source("plan", "Plans", _plans),
    Source("objective", "Objectives", _of_areas(OBJECTIVE_WORDS, Objective.text)),
    Source("outcome", "Outcomes", _of_areas(OUTCOME_WORDS, Outcome.text)),
    Source("measure", "Measured by", _of_areas(MEASURE_WORDS, PlanMeasure.text)),
    Source("item", "Inspection items", _items),
    Source("lead", "Leads", _leads),
    Source("update", "Updates", _updates),
    Source("evidence", "Evidence", _evidence),
)
