"""How actions point to each other: links that the import proposed are confirmed or rejected, dependencies are set."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.problems import Conflict, Invalid
from tracker.people.models import Person
from tracker.people.policy import Permission
from tracker.plans.commands.deciding import refuse_unless_may
from tracker.plans.commands.outlook import refresh_outlook
from tracker.plans.models import Action, ActionLink
from tracker.plans.rules.states import LinkKind, LinkStatus


def confirm_link(
    session: Session, link: ActionLink, *, target: Action, kind: LinkKind, by: Person, version: int
) -> None:
    """Say which action a reference means, and whether the one waits for the other; the office alone may."""
    _decide(session, link, by, version)
    _refuse_pair(session, link.from_id, target, kind)
    link.to_id, link.kind, link.status = target.id, kind, LinkStatus.CONFIRMED
    link.effective_on, link.changed_by = clock.today(), by.id
    refresh_outlook(session, session.get_one(Action, link.from_id))


def reject_link(session: Session, link: ActionLink, *, by: Person, version: int) -> None:
    """Say that a reference holds no longer; it stays in the text. The office alone may."""
    _decide(session, link, by, version)
    link.status, link.changed_by = LinkStatus.REJECTED, by.id
    session.flush()


def add_dependency(session: Session, action: Action, *, on: Action, by: Person) -> ActionLink:
    """Record that an action waits for another: once that one is red, this one is amber at least (domain A5)."""
    _refuse_pair(session, action.id, on, LinkKind.DEPENDS_ON)
    link = ActionLink(
        from_id=action.id,
        to_id=on.id,
        kind=LinkKind.DEPENDS_ON,
        status=LinkStatus.CONFIRMED,
        effective_on=clock.today(),
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(link)
    refresh_outlook(session, action)
    return link


def _decide(session: Session, link: ActionLink, by: Person, version: int) -> None:
    refuse_unless_may(session, link.from_id, Permission.PLAN_EDIT, by)
    if link.status is not LinkStatus.PROPOSED or link.version != version:
        raise Conflict(None, "This reference was settled since you opened the page")


def _refuse_pair(session: Session, from_id: int, target: Action, kind: LinkKind) -> None:
    """Refuse an action that points to itself, a link that stands already, and two that wait for each other."""
    if target.id == from_id:
        raise Invalid("target", "An action cannot point to itself")
    standing = select(ActionLink.id).where(ActionLink.status == LinkStatus.CONFIRMED, ActionLink.ended_on.is_(None))
    same = standing.where(ActionLink.from_id == from_id, ActionLink.to_id == target.id, ActionLink.kind == kind)
    if session.scalar(same) is not None:
        raise Invalid("target", f"The link to {target.ref} stands already")
    back = standing.where(ActionLink.from_id == target.id, ActionLink.to_id == from_id)
    if kind is LinkKind.DEPENDS_ON and session.scalar(back.where(ActionLink.kind == kind)) is not None:
        raise Invalid("target", f"{target.ref} already waits for this action")
