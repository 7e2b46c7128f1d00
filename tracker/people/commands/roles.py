"""Giving and ending roles; what a role may do is the policy's."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.problems import Conflict, Forbidden, Invalid
from tracker.people.commands.administrators import keep_one, lock_all
from tracker.people.commands.facts import author_id
from tracker.people.models import Person, RoleGrant, Unit
from tracker.people.rules import Role, holds_on


def grant_role(
    session: Session,
    person: Person,
    role: Role,
    *,
    plan_id: int | None = None,
    area_id: int | None = None,
    unit: Unit | None = None,
    is_chair: bool = False,
    is_scribe: bool = False,
    is_partner: bool = False,
    is_head: bool = False,
    starts_on: date | None = None,
    ends_on: date | None = None,
    by: Person | None,
) -> RoleGrant:
    """Give a loaded person a role from a day on (today when none is given); their sessions end (security, "sessions").

    Raises `Forbidden` for who would raise their own role, `Invalid` for what a role cannot have, `Conflict` if held.
    """
    if by is not None and by.id == person.id:
        raise Forbidden("role", "You cannot give a role to yourself. Ask another administrator")
    grant = RoleGrant(
        role=role,
        plan_id=plan_id,
        area_id=area_id,
        unit_id=unit.id if unit else None,
        is_chair=is_chair,
        is_scribe=is_scribe,
        is_partner=is_partner,
        is_head=is_head,
        starts_on=starts_on or clock.today(),
        ends_on=ends_on,
        created_by=author_id(by),
    )
    grant.changed_by = grant.created_by
    _check(grant, person)
    _give(session, grant, person)
    return grant


def _give(session: Session, grant: RoleGrant, person: Person) -> None:
    grant.person = person
    session.add(grant)
    person.session_epoch += 1
    session.flush()


def _check(wanted: RoleGrant, person: Person) -> None:
    """Refuse marks and scopes that a role cannot have, a period that ends before it starts, and a second same grant."""
    if (wanted.is_chair or wanted.is_scribe) and wanted.role is not Role.ASSURANCE:
        raise Invalid("is_chair" if wanted.is_chair else "is_scribe", "Only an assurance member is chair or scribe")
    if wanted.is_partner and wanted.role is not Role.LEAD:
        raise Invalid("is_partner", "Only a delivery lead is the lead of a partner")
    if wanted.is_head and wanted.role is not Role.MODERATOR:
        raise Invalid("is_head", "Only a moderator closes concerns as head of service")
    scope = (wanted.plan_id, wanted.area_id, wanted.unit_id)
    if wanted.role is Role.ADMIN and scope != (None, None, None):
        raise Invalid("scope", "An administrator is one everywhere")
    if wanted.ends_on is not None and wanted.ends_on < wanted.starts_on:
        raise Invalid("ends_on", "The last day must be on or after the first")
    if any(_same(grant, wanted.role, scope, wanted.starts_on) for grant in person.grants):
        raise Conflict("role", f"{person.name} has this role already")


def end_role(session: Session, grant: RoleGrant, *, on: date | None = None, by: Person | None) -> None:
    """End a role at once, or after a last day; the person's sessions end with it.

    A role that was given today and ends at once is taken back whole, since it held on no day. One that has ended
    already keeps its last day. Raises `Invalid` for a last day before it began, `Conflict` for the last administrator.
    """
    last = on or clock.today() - timedelta(days=1)
    if on is not None and on < grant.starts_on:
        raise Invalid("ends_on", "The last day must be on or after the first")
    if on is None and grant.ends_on is not None and grant.ends_on <= last:
        return
    lock_all(session)
    person = grant.person
    if last < grant.starts_on:
        person.grants.remove(grant)
        session.delete(grant)
    else:
        grant.ends_on = last
        grant.changed_by = author_id(by)
    person.session_epoch += 1
    session.flush()
    if grant.role is Role.ADMIN:
        keep_one(session)


def _same(grant: RoleGrant, role: Role, scope: tuple[int | None, ...], day: date) -> bool:
    held = (grant.plan_id, grant.area_id, grant.unit_id)
    return grant.role is role and held == scope and holds_on(day, None, grant.ends_on)
