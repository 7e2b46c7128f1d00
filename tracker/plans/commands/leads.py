"""Leads that have left, and who helps with an action; who a lead is in person is set among the people."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.problems import Conflict, Invalid
from tracker.people import queries as people_queries
from tracker.people.models import LeadParty, LeadPartyMember, Person
from tracker.people.rules import PartyKind, holds_on
from tracker.plans.commands.deciding import refuse_over
from tracker.plans.commands.outlook import refresh_outlook
from tracker.plans.models import Action, ActionLead

_FAR = timedelta(days=366)


def lead_left(session: Session, party: LeadParty, *, on: date, by: Person) -> int:
    """Say from which day a lead is gone, and return how many actions are then without one (domain A5).

    The links to people stay: what was led stays known, and a colleague may go on writing updates.
    """
    if abs(on - clock.today()) > _FAR:
        raise Invalid("left_on", "The day must be within a year of today")
    party.left_on = on
    party.changed_by = by.id
    return _refresh(session, party)


def lead_is_back(session: Session, party: LeadParty, *, by: Person) -> int:
    """Take back that a lead is gone, and return how many actions have a lead again."""
    party.left_on = None
    party.changed_by = by.id
    return _refresh(session, party)


def leads_left_with(session: Session, person: Person, *, by: Person) -> int:
    """Show the leads as left that only a person who is gone could update, and return how many actions those lead.

    A post, a team or a body stays: somebody else answers for it.
    """
    day = person.left_on or clock.today()
    alone = [party for party in _own_parties(session, person) if party.left_on is None and not _others(party, person)]
    return sum(lead_left(session, party, on=day, by=by) for party in alone)


def leads_back_with(session: Session, person: Person, *, left_on: date | None, by: Person) -> int:
    """Take back that leads left with a person who has come back, those that were shown so since that day."""
    back = [party for party in _own_parties(session, person) if left_on is not None and party.left_on == left_on]
    return sum(lead_is_back(session, party, by=by) for party in back)


def replace_lead(
    session: Session, action: Action, party: LeadParty, *, stays: bool, by: Person, version: int | None = None
) -> str:
    """Make another lead the accountable one, and return the name of the one before, which may be empty.

    The one before may stay to help; whoever helped already moves up. Updates and decisions keep the names they had.
    """
    refuse_over(session, action.plan_id)
    if version not in {None, action.version}:
        raise Conflict(None, f"{action.ref} has changed since you opened the page")
    leads = list(action.leads)
    if leads and leads[0].party_id == party.id:
        raise Conflict("accountable", f"{party.name} is accountable for {action.ref} already")
    before = leads[0].party.name if leads else ""
    kept = [lead.party_id for lead in leads if lead.party_id != party.id][0 if stays else 1 :]
    for lead in leads:
        session.delete(lead)
    session.flush()
    for position, party_id in enumerate([party.id, *kept], start=1):
        new = ActionLead(action_id=action.id, party_id=party_id, position=position, created_by=by.id, changed_by=by.id)
        session.add(new)
    action.changed_by = by.id
    session.flush()
    refresh_outlook(session, action)
    return before


def add_contributor(session: Session, action: Action, party: LeadParty, *, by: Person) -> ActionLead:
    """Let a lead help with an action, whose people may then update it too; the accountable one stays the first."""
    refuse_over(session, action.plan_id)
    if not action.leads:
        raise Conflict(None, f"{action.ref} has no lead yet whom somebody could help")
    if any(lead.party_id == party.id for lead in action.leads):
        raise Conflict("party", f"{party.name} is named for {action.ref} already")
    helper = ActionLead(
        action_id=action.id,
        party_id=party.id,
        position=max(lead.position for lead in action.leads) + 1,
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(helper)
    session.flush()
    return helper


def remove_contributor(session: Session, action: Action, party_id: int, *, by: Person) -> str:
    """End a lead's help with an action and return its name; the accountable lead cannot be taken away here."""
    refuse_over(session, action.plan_id)
    helper = next((lead for lead in action.leads[1:] if lead.party_id == party_id), None)
    if helper is None:
        raise Conflict(None, f"This lead does not help with {action.ref} any more")
    name = helper.party.name
    action.changed_by = by.id
    session.delete(helper)
    session.flush()
    return name


def _refresh(session: Session, party: LeadParty) -> int:
    session.flush()
    query = select(Action).join(ActionLead, ActionLead.action_id == Action.id)
    led = list(session.scalars(query.where(ActionLead.party_id == party.id, ActionLead.position == 1)))
    for action in led:
        refresh_outlook(session, action)
    return sum(action.closed_code is None for action in led)


def _own_parties(session: Session, person: Person) -> list[LeadParty]:
    kinds = {PartyKind.PERSON, PartyKind.UNKNOWN}
    return [
        party
        for party in people_queries.lead_parties(session)
        if party.kind in kinds and any(_is_open(member) and member.person_id == person.id for member in party.members)
    ]


def _is_open(member: LeadPartyMember) -> bool:
    return holds_on(clock.today(), None, member.ends_on)


def _others(party: LeadParty, person: Person) -> bool:
    return any(
        member.person_id != person.id and member.person.is_active and _is_open(member) for member in party.members
    )
