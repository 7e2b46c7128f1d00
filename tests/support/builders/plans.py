"""Makes plans, areas, actions, milestones and updates for tests; days may be given as offsets such as "+7d"."""

from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from tracker.core import clock
from tracker.core.changelog import acting
from tracker.core.text import slug
from tracker.people.models import LeadParty, LeadPartyMember, Person
from tracker.people.rules import PartyKind
from tracker.plans.commands.answers import Answer, Shown, Words
from tracker.plans.commands.outlook import refresh_outlook
from tracker.plans.commands.updates import save_update
from tracker.plans.models import Action, ActionLead, Area, Milestone, Plan, Update
from tracker.plans.rules.states import DeclaredRag, PlanStatus
from tracker.plans.rules.vocabulary import ActionKind, MilestoneKind, Precision

Day = date | str | None
_numbers = count(1)


def a_day(day: Day) -> date | None:
    """Return a day given as itself, as 2026-11-26, or as an offset from today such as "-14d"."""
    if not isinstance(day, str):
        return day
    if not day.endswith("d"):
        return date.fromisoformat(day)
    return clock.today() + timedelta(days=int(day.removesuffix("d")))


def a_plan(
    session: Session, *, title: str = "Improvement plan 2026", approved_on: Day = "-60d", **columns: Any
) -> Plan:
    """Make a live plan, or a draft when it has no approval day."""
    approved = a_day(approved_on)
    plan = Plan(
        title=title,
        slug=columns.pop("slug", f"{slug(title)}-{next(_numbers)}"),
        status=columns.pop("status", PlanStatus.LIVE if approved else PlanStatus.DRAFT),
        approved_on=approved,
        **columns,
    )
    session.add(plan)
    session.flush()
    return plan


def an_area(
    session: Session, plan: Plan, *, title: str = "Reasonable workloads", number: int | None = None, **columns: Any
) -> Area:
    """Make the plan's next area, or the one of a number."""
    number = number or 1 + session.scalars(select(func.count(Area.id)).where(Area.plan_id == plan.id)).one()
    area = Area(plan_id=plan.id, number=number, label=str(number), title=title, **columns)
    session.add(area)
    session.flush()
    return area


def a_lead(session: Session, lead: Person | str, *, kind: PartyKind = PartyKind.PERSON, post: str = "") -> LeadParty:
    """Return the lead party of a person, who may then update, or of a name that the plan prints."""
    name = lead if isinstance(lead, str) else lead.name
    party = session.scalar(select(LeadParty).where(LeadParty.name == name))
    if party is None:
        party = LeadParty(name=name, kind=kind, post=post)
        session.add(party)
        session.flush()
        if isinstance(lead, Person):
            session.add(LeadPartyMember(party_id=party.id, person_id=lead.id))
            session.flush()
    return party


def _first_area(plan: Plan) -> Select[Area]:
    return select(Area).where(Area.plan_id == plan.id).order_by(Area.number).limit(1)


def an_action(
    session: Session,
    plan: Plan,
    *,
    area: Area | None = None,
    ref: str | None = None,
    title: str = "Review every caseload",
    due: Day = "+90d",
    lead: Person | LeadParty | str | None = "Priya Nair",
    kind: ActionKind = ActionKind.STANDARD,
    **columns: Any,
) -> Action:
    """Make an action, green unless the test says otherwise: one milestone is due then, none when `due` is None."""
    area = area or session.scalar(_first_area(plan)) or an_area(session, plan)
    position = 1 + session.scalars(select(func.count(Action.id)).where(Action.plan_id == plan.id)).one()
    in_area = 1 + session.scalars(select(func.count(Action.id)).where(Action.area_id == area.id)).one()
    action = Action(
        plan_id=plan.id,
        area_id=area.id,
        position=position,
        ref=ref or f"{area.number}.{in_area}",
        title=title,
        kind=kind,
        **columns,
    )
    session.add(action)
    session.flush()
    if lead is not None:
        party = lead if isinstance(lead, LeadParty) else a_lead(session, lead)
        session.add(ActionLead(action_id=action.id, party_id=party.id, position=1))
    if due is not None:
        a_milestone(session, action, due=due)
    refresh_outlook(session, action)
    return with_leads(session, action)


def with_leads(session: Session, action: Action) -> Action:
    """Load who leads an action, which the policy asks about; needed again after the session has forgotten it."""
    members = selectinload(Action.leads).joinedload(ActionLead.party).selectinload(LeadParty.members)
    return session.get_one(Action, action.id, options=[members], populate_existing=True)


def a_milestone(
    session: Session,
    action: Action,
    *,
    title: str = "New structure live",
    due: Day = "+90d",
    kind: MilestoneKind | None = None,
    precision: Precision = Precision.DAY,
    **columns: Any,
) -> Milestone:
    """Make the action's next milestone: dated, or undated when `due` is None."""
    day = a_day(due)
    position = 1 + session.scalars(select(func.count(Milestone.id)).where(Milestone.action_id == action.id)).one()
    milestone = Milestone(
        action_id=action.id,
        position=position,
        title=title,
        kind=kind or (MilestoneKind.DATED if day else MilestoneKind.UNDATED),
        date_text=columns.pop("date_text", day.isoformat() if day else "TBC"),
        precision=precision if day else Precision.NONE,
        first_due=day,
        due=day,
        **columns,
    )
    session.add(milestone)
    refresh_outlook(session, action)
    return milestone


def an_update(
    session: Session,
    action: Action,
    *,
    by: Person,
    declared: str = "G",
    happened: str = "Two teams are staffed",
    why: str = "",
    doing: str = "",
    on: Day = None,
) -> Update:
    """Save an update by the command, on a day gone by if one is given.

    Red and amber get words of their own, and a claim of completion its evidence.
    """
    needs_words = declared in {"R", "A"}
    words = Words(
        happened=happened,
        why=why or ("Posts are vacant" if needs_words else ""),
        doing=doing or ("Interviews next week" if needs_words else ""),
    )
    shown = (Shown("Seen in use"),) if declared == "C" else ()
    day = a_day(on)
    moment = clock.at(datetime(day.year, day.month, day.day, 12, tzinfo=UTC)) if day else nullcontext()
    with moment, acting(f"person:{by.id}"):
        return save_update(session, action, answer=Answer(DeclaredRag(declared), words, evidence=shown), by=by)
