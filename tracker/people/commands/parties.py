"""Lead parties as plans name them, and the people who may update for them; which actions they lead is the plan's."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.problems import Conflict, Invalid
from tracker.people import queries
from tracker.people.commands.facts import allowed, author_id, needed
from tracker.people.models import LeadParty, LeadPartyMember, Person
from tracker.people.rules import PartyKind, holds_on


def make_lead_party(session: Session, *, name: str, kind: PartyKind, post: str = "", by: Person | None) -> LeadParty:
    """Make a lead party with the text as the plan writes it; raises `Conflict` when one has this text."""
    name = needed("name", name, what="the lead's name", most=200)
    if queries.lead_party_by_name(session, name):
        raise Conflict("name", "There is already a lead with this name")
    party = LeadParty(
        name=name,
        kind=kind,
        post=allowed("post", post, what="post", most=120),
        members=[],
        created_by=author_id(by),
        changed_by=author_id(by),
    )
    session.add(party)
    session.flush()
    return party


def change_lead_party(session: Session, party: LeadParty, *, kind: PartyKind, post: str, by: Person | None) -> None:
    """Say what a lead party is, and which post viewers read in place of a person's name."""
    party.kind = kind
    party.post = allowed("post", post, what="post", most=120)
    party.changed_by = author_id(by)
    session.flush()


def link_member(session: Session, party: LeadParty, person: Person, *, by: Person | None) -> LeadPartyMember:
    """Let a person update what a party leads, from now on; the party comes with its members loaded.

    Somebody whose link had ended is linked again. Raises `Invalid` for a person who cannot sign in.
    """
    if not person.is_active:
        raise Invalid("person_id", f"{person.name} is not active")
    member = next((member for member in party.members if member.person_id == person.id), None)
    if member is not None and holds_on(clock.today(), None, member.ends_on):
        raise Conflict("person_id", f"{person.name} may already update for this lead")
    if member is None:
        member = LeadPartyMember(party=party, person=person, created_by=author_id(by))
        session.add(member)
    member.ends_on = None
    member.changed_by = author_id(by)
    session.flush()
    return member


def end_member(session: Session, member: LeadPartyMember, *, on: date | None = None, by: Person | None) -> None:
    """End a person's right to update for a party: at once, or after a last day."""
    member.ends_on = on or clock.today() - timedelta(days=1)
    member.changed_by = author_id(by)
    session.flush()
