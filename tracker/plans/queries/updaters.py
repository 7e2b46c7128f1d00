"""Who may write updates of actions, by name, and whether a certain person may; the rule is the policy's."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, Subquery, and_, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from tracker.core import clock
from tracker.people.models import Deputy, LeadPartyMember, Person, PostHolding
from tracker.people.policy import Permission, visible
from tracker.plans.models import Action, ActionLead, Area, Plan


@dataclass(frozen=True, slots=True)
class Updaters:
    """The people who may update an action, by name, and whether the person asking may."""

    names: tuple[str, ...]
    is_mine: bool


def updaters_of(session: Session, area: Area, *, person: Person, day: date) -> dict[int, Updaters]:
    """Return who may update each action of an area, by the action's id, in one query.

    These are the people linked to its leads, the holders of posts, and who stands in for one of them on that day.
    """
    links = _people_of_parties(day)
    query = (
        select(Action.id, Person.name, visible(person, Permission.ACTION_UPDATE, Action).label("is_mine"))
        .outerjoin(ActionLead, ActionLead.action_id == Action.id)
        .outerjoin(links, links.c.party_id == ActionLead.party_id)
        .outerjoin(Person, (Person.id == links.c.person_id) & Person.is_active)
        .where(Action.area_id == area.id)
        .order_by(Action.id, ActionLead.position, links.c.place, links.c.id)
    )
    names: dict[int, list[str]] = {}
    mine: dict[int, bool] = {}
    for action_id, name, is_mine in session.execute(query):
        mine[action_id] = bool(is_mine)
        names.setdefault(action_id, []).extend([name] if name else [])
    return {key: Updaters(tuple(dict.fromkeys(found)), mine[key]) for key, found in names.items()}


def _people_of_parties(day: date) -> Subquery:
    """Select who may update for each lead party on a day; `place` says how: linked, by a post, or standing in."""
    open_links = or_(LeadPartyMember.ends_on.is_(None), LeadPartyMember.ends_on >= day)
    held = and_(PostHolding.starts_on <= day, or_(PostHolding.ends_on.is_(None), PostHolding.ends_on >= day))
    away = and_(Deputy.starts_on <= day, Deputy.ends_on >= day)
    member, holder = LeadPartyMember, PostHolding
    return union_all(
        _links(1, member.party_id, member.person_id, member.id).where(open_links),
        _links(2, holder.party_id, holder.person_id, holder.id).where(held),
        _links(3, member.party_id, Deputy.deputy_id, Deputy.id)
        .join(Deputy, Deputy.person_id == member.person_id)
        .where(open_links, away),
        _links(4, holder.party_id, Deputy.deputy_id, Deputy.id)
        .join(Deputy, Deputy.person_id == holder.person_id)
        .where(held, away),
    ).subquery()


def _links(place: int, *columns: Any) -> Select[Any]:
    party_id, person_id, key = columns
    labelled = (party_id.label("party_id"), person_id.label("person_id"), key.label("id"))
    return select(*labelled, literal(place).label("place")).select_from(party_id.class_)


def linked_parties(session: Session, day: date) -> set[int]:
    """Return the ids of the lead parties for which somebody who can sign in may update on a day."""
    links = _people_of_parties(day)
    query = select(links.c.party_id).join(Person, Person.id == links.c.person_id).where(Person.is_active)
    return set(session.scalars(query.distinct()))


def stands_in_for(session: Session, action: Action, person: Person) -> str:
    """Return for whom somebody writes an update of an action who may do so only as a deputy, nothing for others."""
    today = clock.today()
    covers = select(Deputy.id).where(Deputy.deputy_id == person.id, Deputy.starts_on <= today, Deputy.ends_on >= today)
    if session.scalar(covers.limit(1)) is None:
        return ""
    links = _people_of_parties(today)
    mine = select(links.c.place).join(ActionLead, ActionLead.party_id == links.c.party_id)
    mine = mine.where(ActionLead.action_id == action.id, links.c.person_id == person.id)
    places = set(session.scalars(mine))
    if not places or places & {1, 2}:
        return ""
    away = aliased(Person)
    query = (
        select(away.name)
        .join(Deputy, (Deputy.person_id == away.id) & (Deputy.deputy_id == person.id))
        .join(links, (links.c.person_id == away.id) & links.c.place.in_((1, 2)))
        .join(ActionLead, ActionLead.party_id == links.c.party_id)
        .where(ActionLead.action_id == action.id, Deputy.starts_on <= today, Deputy.ends_on >= today)
    )
    return session.scalar(query.order_by(ActionLead.position, away.id).limit(1)) or ""


def exportable_ids(session: Session, plan: Plan, *, person: Person) -> set[int]:
    """Return the ids of the plan's actions that a person may take away in a file (domain A9, Export)."""
    query = select(Action.id).where(Action.plan_id == plan.id, visible(person, Permission.PLAN_EXPORT, Action))
    return set(session.scalars(query))
