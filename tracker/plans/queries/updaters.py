"""Who may write updates of actions, by name, and whether a certain person may; the rule is the policy's."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.people.models import LeadParty, LeadPartyMember, Person
from tracker.people.policy import Permission, visible
from tracker.plans.models import Action, ActionLead, Area, Plan


@dataclass(frozen=True, slots=True)
class Updaters:
    """The people who may update an action, by name, and whether the person asking may."""

    names: tuple[str, ...]
    is_mine: bool


def updaters_of(session: Session, area: Area, *, person: Person, day: date) -> dict[int, Updaters]:
    """Return who may update each action of an area, by the action's id, in one query."""
    holds = or_(LeadPartyMember.ends_on.is_(None), LeadPartyMember.ends_on >= day)
    query = (
        select(Action.id, Person.name, visible(person, Permission.ACTION_UPDATE, Action).label("is_mine"))
        .outerjoin(ActionLead, ActionLead.action_id == Action.id)
        .outerjoin(LeadParty, LeadParty.id == ActionLead.party_id)
        .outerjoin(LeadPartyMember, (LeadPartyMember.party_id == LeadParty.id) & holds)
        .outerjoin(Person, Person.id == LeadPartyMember.person_id)
        .where(Action.area_id == area.id)
        .order_by(Action.id, ActionLead.position, LeadPartyMember.id)
    )
    names: dict[int, list[str]] = {}
    mine: dict[int, bool] = {}
    for action_id, name, is_mine in session.execute(query):
        mine[action_id] = bool(is_mine)
        names.setdefault(action_id, []).extend([name] if name else [])
    return {key: Updaters(tuple(dict.fromkeys(found)), mine[key]) for key, found in names.items()}


def exportable_ids(session: Session, plan: Plan, *, person: Person) -> set[int]:
    """Return the ids of the plan's actions that a person may take away in a file (domain A9, Export)."""
    query = select(Action.id).where(Action.plan_id == plan.id, visible(person, Permission.PLAN_EXPORT, Action))
    return set(session.scalars(query))
