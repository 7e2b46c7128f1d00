"""Who writes the updates of somebody who is away, and who holds the posts that plans name."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.core import clock
from tracker.core.problems import Conflict, Invalid
from tracker.people.commands.facts import author_id
from tracker.people.models import Deputy, LeadParty, Person, PostHolding
from tracker.people.policy import grants_now
from tracker.people.rules import PartyKind, Role, holds_on

_LONGEST = timedelta(days=366)


def stand_in(session: Session, person: Person, *, deputy: Person, starts_on: date, ends_on: date, by: Person) -> Deputy:
    """Let somebody write a person's updates from a first to a last day; the deputy comes with roles.

    A deputy decides nothing, and cannot confirm what they stand in for. Raises `Invalid` beside the field that is
    wrong, `Conflict` for days on which somebody stands in already.
    """
    _check_days(starts_on, ends_on)
    if deputy.id == person.id:
        raise Invalid("deputy", "Choose somebody else: nobody stands in for themselves")
    if not deputy.is_active or Role.LEAD not in {grant.role for grant in grants_now(deputy)}:
        raise Invalid("deputy", f"{deputy.name} has no role as delivery lead. Give that role first")
    # Somebody who does the same at this moment waits, and then finds what is saved here.
    session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
    others = select(Deputy).where(Deputy.person_id == person.id, Deputy.starts_on <= ends_on)
    other = session.scalar(others.where(Deputy.ends_on >= starts_on).options(joinedload(Deputy.deputy)).limit(1))
    if other is not None:
        days = f"{other.starts_on:%-d %b %Y} to {other.ends_on:%-d %b %Y}"
        raise Conflict("starts_on", f"{other.deputy.name} stands in for {person.name} from {days}")
    found = Deputy(
        person_id=person.id,
        deputy_id=deputy.id,
        starts_on=starts_on,
        ends_on=ends_on,
        created_by=author_id(by),
        changed_by=author_id(by),
    )
    session.add(found)
    session.flush()
    return found


def _check_days(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise Invalid("ends_on", "The last day must be on or after the first")
    if ends_on < clock.today():
        raise Invalid("ends_on", "The last day has gone by already")
    if ends_on - starts_on > _LONGEST:
        raise Invalid("ends_on", "Somebody stands in for a year at most")


def end_standing_in(session: Session, absence: Deputy, *, by: Person) -> None:
    """End it at once: yesterday was the last day; what had not begun, or began today, is taken away whole."""
    yesterday = clock.today() - timedelta(days=1)
    if absence.starts_on > yesterday:
        session.delete(absence)
    elif absence.ends_on > yesterday:
        absence.ends_on = yesterday
        absence.changed_by = author_id(by)
    session.flush()


def hold_post(
    session: Session, party: LeadParty, person: Person, *, starts_on: date, ends_on: date | None = None, by: Person
) -> PostHolding:
    """Say that a person holds a post that plans name, from a day on, after whoever held it without an end.

    Raises `Invalid` for a lead that is no post, `Conflict` for days that another
    holding with an end covers.
    """
    if party.kind is not PartyKind.POST:
        raise Invalid("person_id", f"{party.name} is not a post, so nobody holds it. Link a person instead")
    if ends_on is not None and ends_on < starts_on:
        raise Invalid("ends_on", "The last day must be on or after the first")
    if not person.is_active:
        raise Invalid("person_id", f"{person.name} is not active")
    session.execute(select(LeadParty.id).where(LeadParty.id == party.id).with_for_update())  # as above
    holdings = select(PostHolding).where(PostHolding.party_id == party.id).options(joinedload(PostHolding.person))
    for before in session.scalars(holdings.execution_options(populate_existing=True)):
        _hand_over(before, starts_on, ends_on, by)
    found = PostHolding(
        party=party,
        person_id=person.id,
        starts_on=starts_on,
        ends_on=ends_on,
        created_by=author_id(by),
        changed_by=author_id(by),
    )
    session.add(found)
    session.flush()
    return found


def _hand_over(before: PostHolding, starts_on: date, ends_on: date | None, by: Person) -> None:
    if before.ends_on is None and before.starts_on < starts_on:
        before.ends_on = starts_on - timedelta(days=1)
        before.changed_by = author_id(by)
        return
    overlaps = (ends_on is None or before.starts_on <= ends_on) and holds_on(starts_on, None, before.ends_on)
    if overlaps:
        raise Conflict("starts_on", f"{before.person.name} holds this post on some of these days")


def end_holding(session: Session, holding: PostHolding, *, by: Person) -> None:
    """End the holding of a post at once; one that had not begun, or began today, is taken away whole."""
    yesterday = clock.today() - timedelta(days=1)
    if holding.starts_on > yesterday:
        session.delete(holding)
    elif holding.ends_on is None or holding.ends_on > yesterday:
        holding.ends_on = yesterday
        holding.changed_by = author_id(by)
    session.flush()
