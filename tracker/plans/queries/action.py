"""One action with what its page, its policy and its decisions need; lists of actions are read elsewhere."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from tracker.people.models import LeadParty, LeadPartyMember, Person, PostHolding
from tracker.plans.models import (
    Action,
    ActionLead,
    Area,
    AreaItem,
    DateChange,
    Milestone,
    Plan,
    Update,
    UpdateDraft,
)


def action_at(
    session: Session, /, slug: str, ref: str, reader: Person | None = None, **_inner: object
) -> Action | None:
    """Return the action of a plan by its number, with plan, area, inspection items, leads and who may update.

    With a `reader` also with the draft that they are writing of it, and nobody else's.
    Further parts of the address belong to what is within the action and are read apart.
    """
    query = select(Action).join(Action.plan).where(Plan.slug == slug, Action.ref == ref)
    query = query.options(
        contains_eager(Action.plan), joinedload(Action.area).joinedload(Area.items).joinedload(AreaItem.item)
    )
    if reader is not None:
        query = query.options(joinedload(Action.drafts.and_(UpdateDraft.person_id == reader.id)))
    return session.scalars(_with_leads(query)).unique().one_or_none()


def action_with_leads(session: Session, action_id: int) -> Action:
    """Return an action with its leads and the people who may update for them, as the policy asks."""
    query = select(Action).where(Action.id == action_id)
    return session.scalars(_with_leads(query)).unique().one()


def update_of(session: Session, action: Action, update_id: int) -> Update | None:
    """Return one update of an action with its author."""
    query = select(Update).where(Update.id == update_id, Update.action_id == action.id)
    return session.scalar(query.options(joinedload(Update.author)))


def date_change_of(session: Session, action: Action, change_id: int) -> DateChange | None:
    """Return one change of date of an action's milestones with its milestone."""
    query = select(DateChange).join(DateChange.milestone).where(DateChange.id == change_id)
    return session.scalar(query.where(Milestone.action_id == action.id).options(contains_eager(DateChange.milestone)))


def milestones_of(session: Session, action: Action) -> list[Milestone]:
    """Return the milestones of an action in plan order."""
    query = select(Milestone).where(Milestone.action_id == action.id)
    return list(session.scalars(query.order_by(Milestone.position, Milestone.id)))


def _with_leads(query: Select[Action]) -> Select[Action]:
    people = joinedload(LeadParty.members).joinedload(LeadPartyMember.person)
    holders = joinedload(LeadParty.holdings).joinedload(PostHolding.person)
    return query.options(joinedload(Action.leads).joinedload(ActionLead.party).options(people, holders))
