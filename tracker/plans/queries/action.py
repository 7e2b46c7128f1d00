"""One action with what its page, its policy and its decisions need; lists of actions are read elsewhere."""

from collections.abc import Collection
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from tracker.people.models import LeadParty, LeadPartyMember, PostHolding
from tracker.plans.models import Action, ActionLead, Area, AreaItem, DateChange, Milestone, Plan, Update

Part = TypeVar("Part")


def action_at(session: Session, /, slug: str, ref: str, **_inner: object) -> Action | None:
    """Return the action of a plan by its number, with plan, area, inspection items, leads and who may update.

    Further parts of the address belong to what is within the action and are read apart.
    """
    query = select(Action).join(Action.plan).where(Plan.slug == slug, Action.ref == ref)
    query = query.options(
        contains_eager(Action.plan), joinedload(Action.area).joinedload(Area.items).joinedload(AreaItem.item)
    )
    return session.scalars(_with_leads(query)).unique().one_or_none()


def action_with_leads(session: Session, action_id: int) -> Action:
    """Return an action with its leads and the people who may update for them, as the policy asks."""
    query = select(Action).where(Action.id == action_id)
    return session.scalars(_with_leads(query)).unique().one()


def number_of(session: Session, slug: str, action_id: int) -> str | None:
    """Return the number that an action of a plan has now; None when the plan has no such action any more."""
    query = select(Action.ref).join(Action.plan).where(Plan.slug == slug, Action.id == action_id)
    return session.scalar(query)


def actions_with_leads(session: Session, action_ids: Collection[int]) -> dict[int, Action]:
    """Return actions with their plans, their leads and who may update for those, in one query."""
    query = select(Action).where(Action.id.in_(action_ids)).options(joinedload(Action.plan))
    return {action.id: action for action in session.scalars(_with_leads(query)).unique()}


def update_at(session: Session, /, slug: str, ref: str, update_id: int) -> Update | None:
    """Return one update of the action at this address, with its author and the action as the policy asks for it."""
    action = action_at(session, slug, ref)
    query = select(Update).where(Update.id == update_id, Update.action == action).options(joinedload(Update.author))
    return part_of(action, session.scalar(query)) if action is not None else None


def milestone_at(session: Session, /, slug: str, ref: str, milestone_id: int, **_inner: object) -> Milestone | None:
    """Return one milestone of the action at this address, with the action."""
    action = action_at(session, slug, ref)
    query = select(Milestone).where(Milestone.id == milestone_id, Milestone.action == action)
    return part_of(action, session.scalar(query)) if action is not None else None


def date_change_at(session: Session, /, slug: str, ref: str, change_id: int) -> DateChange | None:
    """Return one change of date of the action at this address, with its milestone and the action."""
    action = action_at(session, slug, ref)
    query = select(DateChange).join(DateChange.milestone).options(contains_eager(DateChange.milestone))
    change = session.scalar(query.where(DateChange.id == change_id, Milestone.action == action))
    if action is None or change is None:
        return None
    part_of(action, change.milestone)
    return change


def part_of(action: object, part: Part | None, name: str = "action") -> Part | None:
    """Return a part of an action, or of a milestone, with it in its place, so that it need not be asked for again."""
    if part is not None:
        set_committed_value(part, name, action)
    return part


def milestones_of(session: Session, action: Action) -> list[Milestone]:
    """Return the milestones of an action in plan order."""
    query = select(Milestone).where(Milestone.action_id == action.id)
    return list(session.scalars(query.order_by(Milestone.position, Milestone.id)))


def _with_leads(query: Select[Action]) -> Select[Action]:
    people = joinedload(LeadParty.members).joinedload(LeadPartyMember.person)
    holders = joinedload(LeadParty.holdings).joinedload(PostHolding.person)
    return query.options(joinedload(Action.leads).joinedload(ActionLead.party).options(people, holders))
