"""How actions point to each other: what the import or a lead proposed is confirmed or rejected, dependencies end."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.problems import Conflict, Forbidden, Gathered, Invalid
from tracker.people.models import Person
from tracker.people.policy import Permission, may
from tracker.people.queries import person as person_with_roles
from tracker.plans.commands.deciding import refuse_closed, refuse_unless_may
from tracker.plans.commands.mentions import note_mentions
from tracker.plans.commands.outlook import refresh_outlook
from tracker.plans.models import Action, ActionLink, Plan
from tracker.plans.queries.action import action_with_leads
from tracker.plans.queries.links import standing_waits
from tracker.plans.rules.states import GIVEN_UP, LinkKind, LinkStatus, MentionedIn
from tracker.plans.rules.waiting import circle, circle_in_words


@dataclass(frozen=True)
class Settled:
    """What is said of one proposed reference: which action it means and how, or no kind when it holds no longer.

    `name` is what its problems are called by: with "r7" an unknown action is the problem of "r7_target".
    """

    link: ActionLink
    version: int
    kind: LinkKind | None
    target: Action | None = None
    name: str = ""


def confirm_link(
    session: Session, link: ActionLink, *, target: Action, kind: LinkKind, by: Person, version: int
) -> None:
    """Say which action a reference means, and whether the one waits for the other; the office alone may."""
    _refuse_settled(session, link, by, version)
    origin = session.get_one(Action, link.from_id)
    _refuse_pair(session, origin, target, kind)
    link.to_id, link.kind, link.status = target.id, kind, LinkStatus.CONFIRMED
    link.effective_on = clock.today()
    _decided(link, by)
    refresh_outlook(session, origin)


def reject_link(session: Session, link: ActionLink, *, by: Person, version: int) -> None:
    """Say that a reference holds no longer; it stays in the text. The office alone may."""
    _refuse_settled(session, link, by, version)
    link.status, link.ended_on = LinkStatus.REJECTED, clock.today()
    _decided(link, by)
    session.flush()


def settle_references(session: Session, settled: Sequence[Settled], *, by: Person) -> int:
    """Confirm or reject several references in one go, all or none, and return how many.

    Everything that is wrong is told at once, each beside its field.
    """
    wrong = Gathered()
    wrong.ask(settled, "", "Say of at least one reference what it means")
    for one in settled:
        with wrong.trying():
            _settle(session, one, by)
    wrong.tell()
    return len(settled)


def add_dependency(session: Session, action: Action, *, on: Action, by: Person, why: str = "") -> ActionLink:
    """Record that an action waits for another: once that one is red, this one is amber at least (domain A5).

    The office adds it; from whoever may only update the action it is a proposal, which the office confirms or rejects.
    """
    person = person_with_roles(session, by.id)
    subject = action_with_leads(session, action.id)
    is_office = may(person, Permission.PLAN_EDIT, subject)
    if not is_office and not may(person, Permission.ACTION_UPDATE, subject):
        raise Forbidden(None, f"You may not say what {action.ref} waits for")
    refuse_closed(session, action)
    _refuse_pair(session, action, on, LinkKind.DEPENDS_ON)
    _refuse_proposed(session, action, on)
    link = ActionLink(
        from_id=action.id,
        to_id=on.id,
        kind=LinkKind.DEPENDS_ON,
        text=why,
        status=LinkStatus.PROPOSED,
        created_by=by.id,
        changed_by=by.id,
    )
    if is_office:
        link.status, link.effective_on = LinkStatus.CONFIRMED, clock.today()
        _decided(link, by)
    session.add(link)
    session.flush()
    note_mentions(session, action, MentionedIn.LINK, link.id, why, by=by)
    refresh_outlook(session, action)
    return link


def end_link(session: Session, link: ActionLink, *, why: str, by: Person, version: int) -> None:
    """End a confirmed link from today, with the reason: from then on nothing is held up by it. The office alone may."""
    refuse_unless_may(session, link.from_id, Permission.PLAN_EDIT, by)
    if link.version != version or link.status is not LinkStatus.CONFIRMED or link.ended_on is not None:
        raise Conflict(None, "This link has changed since you opened the page")
    if link.kind is LinkKind.REPLACED_BY:
        raise Conflict(None, "An action that was superseded is re-opened: that ends this link")
    if not why:
        raise Invalid("why", "Say why it ends")
    link.ended_on, link.ended_why, link.changed_by = clock.today(), why, by.id
    action = session.get_one(Action, link.from_id)
    note_mentions(session, action, MentionedIn.ENDED, link.id, why, by=by)
    refresh_outlook(session, action)


def _settle(session: Session, one: Settled, by: Person) -> None:
    try:
        if one.kind is None:
            reject_link(session, one.link, by=by, version=one.version)
        else:
            target = _meant(one.target)
            confirm_link(session, one.link, target=target, kind=one.kind, by=by, version=one.version)
    except Invalid as problem:
        raise Invalid(f"{one.name}_target", problem.message) from problem


def _meant(target: Action | None) -> Action:
    if target is None:
        raise Invalid("target", "Enter the number of the action that is meant")
    return target


def _decided(link: ActionLink, by: Person) -> None:
    link.decided_by_id, link.decided_at, link.changed_by = by.id, clock.now(), by.id


def _refuse_settled(session: Session, link: ActionLink, by: Person, version: int) -> None:
    refuse_unless_may(session, link.from_id, Permission.PLAN_EDIT, by)
    if link.status is not LinkStatus.PROPOSED or link.version != version:
        raise Conflict(None, "This reference was settled since you opened the page")


def _refuse_pair(session: Session, origin: Action, target: Action, kind: LinkKind) -> None:
    """Refuse what is no pair of this plan, a link that stands already, and a circle of actions that wait."""
    if target.id == origin.id:
        raise Invalid("target", "An action cannot point to itself")
    if target.plan_id != origin.plan_id:
        raise Invalid("target", "Choose an action of this plan")
    query = select(ActionLink.id).where(ActionLink.status == LinkStatus.CONFIRMED, ActionLink.ended_on.is_(None))
    pair = query.where(ActionLink.from_id == origin.id, ActionLink.to_id == target.id, ActionLink.kind == kind)
    if session.scalar(pair.limit(1)) is not None:
        raise Invalid("target", f"The link to {target.ref} stands already")
    if kind is LinkKind.DEPENDS_ON:
        _refuse_wait(session, origin, target)


def _refuse_proposed(session: Session, origin: Action, target: Action) -> None:
    query = select(ActionLink.id).where(
        ActionLink.from_id == origin.id,
        ActionLink.to_id == target.id,
        ActionLink.kind == LinkKind.DEPENDS_ON,
        ActionLink.status == LinkStatus.PROPOSED,
    )
    if session.scalar(query.limit(1)) is not None:
        raise Invalid("target", f"That {origin.ref} waits for {target.ref} is proposed already")


def _refuse_wait(session: Session, origin: Action, target: Action) -> None:
    if target.state in GIVEN_UP:
        raise Invalid("target", f"{target.ref} is {target.state.words}, so nothing can wait for it")
    # One after the other: two links that make no circle alone may make one together.
    session.execute(select(Plan.id).where(Plan.id == origin.plan_id).with_for_update())
    waits, refs = standing_waits(session, origin.plan_id)
    refs |= {origin.id: origin.ref, target.id: target.ref}
    found = circle(waits, origin.id, target.id)
    if found:
        raise Invalid("target", f"That would be a circle: {circle_in_words([refs[one] for one in found])}")
