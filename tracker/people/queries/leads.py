"""Reading the leads that plans name, with the people who may update for them."""

from datetime import date

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from tracker.people.models import Deputy, LeadParty, LeadPartyMember, PostHolding


def lead_parties(session: Session) -> list[LeadParty]:
    """Return all lead parties by name with the people who may update for them and the holders of posts."""
    return list(session.scalars(select(LeadParty).options(*_with_people()).order_by(LeadParty.name, LeadParty.id)))


def left_by(day: date) -> ColumnElement[bool]:
    """Return the condition that finds lead parties who are gone on a day, as `has_left` says of one."""
    return and_(LeadParty.left_on.is_not(None), LeadParty.left_on <= day)


def lead_party_by_name(session: Session, name: str) -> LeadParty | None:
    """Return the lead party of a text as a plan writes it, with the people who may update for it."""
    return session.scalar(select(LeadParty).where(LeadParty.name == name).options(*_with_people()))


def lead_party_member(session: Session, member_id: int) -> LeadPartyMember | None:
    """Return a person's link to a lead party, with both."""
    query = select(LeadPartyMember).where(LeadPartyMember.id == member_id)
    return session.scalar(query.options(joinedload(LeadPartyMember.person), joinedload(LeadPartyMember.party)))


def lead_party(session: Session, party_id: int) -> LeadParty | None:
    """Return a lead party with the people who may update for it."""
    return session.scalar(select(LeadParty).where(LeadParty.id == party_id).options(*_with_people()))


def post_holding(session: Session, holding_id: int) -> PostHolding | None:
    """Return who holds or held a post when, with the person and the post."""
    query = select(PostHolding).where(PostHolding.id == holding_id)
    return session.scalar(query.options(joinedload(PostHolding.person), joinedload(PostHolding.party)))


def absences(session: Session, *, since: date) -> list[Deputy]:
    """Return who covers whom on a day or later, the first to begin first, with both people."""
    query = select(Deputy).where(Deputy.ends_on >= since).order_by(Deputy.starts_on, Deputy.id)
    return list(session.scalars(query.options(joinedload(Deputy.person), joinedload(Deputy.deputy))))


def absence(session: Session, absence_id: int) -> Deputy | None:
    """Return one absence with both people."""
    query = select(Deputy).where(Deputy.id == absence_id)
    return session.scalar(query.options(joinedload(Deputy.person), joinedload(Deputy.deputy)))


def _with_people() -> tuple[ExecutableOption, ...]:
    members = selectinload(LeadParty.members).joinedload(LeadPartyMember.person)
    return members, selectinload(LeadParty.holdings).joinedload(PostHolding.person)
