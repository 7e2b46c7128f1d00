"""Whose updates a person may write on a day: as lead or helper, as holder of a post, or standing in for either."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, or_, select, union, union_all

from tracker.core import clock
from tracker.people.models import Deputy, LeadParty, LeadPartyMember, Person, PostHolding
from tracker.people.policy.predicates import Rule
from tracker.people.rules import holds_on


def acting_for(person: Person) -> frozenset[int]:
    """Return the ids of the people whose updates a person may write today: their own, and of whom they stand in for."""
    today = clock.today()
    away = {absence.person_id for absence in person.covers if holds_on(today, absence.starts_on, absence.ends_on)}
    return frozenset({person.id, *away})


def posts_held(person: Person) -> frozenset[int]:
    """Return the ids of the lead parties that are posts which a person holds today, or stands in for."""
    today = clock.today()
    away = [one.person for one in person.covers if holds_on(today, one.starts_on, one.ends_on)]
    holdings = [holding for holder in (person, *away) for holding in holder.holdings]
    return frozenset(one.party_id for one in holdings if holds_on(today, one.starts_on, one.ends_on))


def _leads(person: Person, action: Any) -> bool:
    """Say whether a person may update for one of an action's lead parties; the action comes with them loaded."""
    today, posts, people = clock.today(), posts_held(person), acting_for(person)
    return any(lead.party_id in posts for lead in action.leads) or any(
        member.person_id in people and holds_on(today, None, member.ends_on)
        for lead in action.leads
        for member in lead.party.members
    )


def _leads_clause(person: Person, kind: Any) -> ColumnElement[bool]:
    clause: ColumnElement[bool] = kind.leads.any(kind.leads.property.mapper.class_.party.has(led_by(person)))
    return clause


def led_by(person: Person) -> ColumnElement[bool]:
    """Return the condition under which a lead party is one for which a person may update today."""
    return _led_by_any(acting_for(person), posts_held(person))


def led_by_oneself(person: Person) -> ColumnElement[bool]:
    """Return the condition under which a person may update for a lead party without standing in for somebody."""
    today = clock.today()
    own = {one.party_id for one in person.holdings if holds_on(today, one.starts_on, one.ends_on)}
    return _led_by_any({person.id}, own)


def leading_today(*, with_deputies: bool) -> Subquery:
    """Return the rows of who may update today for which lead party, and since when that is stored.

    The same as `led_by_oneself`, or with deputies as `led_by`, of everybody at once; somebody may stand in it twice.
    """
    today = clock.today()
    members = select(LeadPartyMember.party_id, LeadPartyMember.person_id, LeadPartyMember.created_at)
    holders = select(PostHolding.party_id, PostHolding.person_id, PostHolding.created_at)
    holds = and_(PostHolding.starts_on <= today, or_(PostHolding.ends_on.is_(None), PostHolding.ends_on >= today))
    own = union_all(members.where(_still_linked()), holders.where(holds)).subquery()
    if not with_deputies:
        return own
    away = and_(Deputy.starts_on <= today, Deputy.ends_on >= today, Deputy.person_id == own.c.person_id)
    covered = select(own.c.party_id, Deputy.deputy_id, Deputy.created_at).join(Deputy, away)
    return union_all(select(own), covered).subquery()


def _led_by_any(people: Collection[int], posts: Collection[int]) -> ColumnElement[bool]:
    """Ask for the parties by links and posts: asked of each party, a database cannot tell how few they are."""
    linked = select(LeadPartyMember.party_id).where(LeadPartyMember.person_id.in_(sorted(people)), _still_linked())
    return LeadParty.id.in_(union(linked, select(LeadParty.id).where(LeadParty.id.in_(sorted(posts)))))


def _still_linked() -> ColumnElement[bool]:
    return or_(LeadPartyMember.ends_on.is_(None), LeadPartyMember.ends_on >= clock.today())


leads_it = Rule(_leads, _leads_clause)
