"""Reading rounds with their progress, a round's audits, and who may be given one."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session, joinedload

from tracker.audits.models import Audit, AuditRound, CaseReference, Mechanism
from tracker.audits.rules.vocabulary import OPEN_STATES, SENT_STATES, AuditState, Selection
from tracker.core import clock
from tracker.people.models import Person, RoleGrant
from tracker.people.policy import Permission, visible
from tracker.people.rules import Role


@dataclass(frozen=True)
class RoundRow:
    """A round and how far it has come; the void ones are in none of the other counts."""

    slug: str
    name: str
    starts_on: date
    due_on: date
    selection: Selection
    sample_target: int
    allocated: int
    sent: int
    drafts: int
    late: int
    void: int
    exempt: int
    closed_on: date | None


def round_to_be(session: Session) -> AuditRound:
    """Return a round that is not there yet, about which the policy is asked before one is made."""
    del session
    return AuditRound()


def rounds(session: Session, *, reader: Person, limit: int = 100, offset: int = 0) -> list[RoundRow]:
    """Return rounds, latest first, each with counts of its audits; late means due before today and not sent.

    Here as in their count, only those that the reader may open (domain A9).
    """
    query = (
        select(
            AuditRound.slug,
            AuditRound.name,
            AuditRound.starts_on,
            AuditRound.due_on,
            AuditRound.selection,
            AuditRound.sample_target,
            *_counts(),
            AuditRound.closed_on,
        )
        .outerjoin(Audit, Audit.round_id == AuditRound.id)
        .where(_readable(reader))
        .group_by(AuditRound.id)
        .order_by(AuditRound.starts_on.desc(), AuditRound.id.desc())
    )
    return [RoundRow(*row) for row in session.execute(query.limit(limit).offset(offset))]


def _counts() -> tuple[ColumnElement[Any], ...]:
    is_open = Audit.state.in_(OPEN_STATES)
    return (
        _count(Audit.state != AuditState.VOID),
        _count(Audit.state.in_(SENT_STATES)),
        _count(Audit.state == AuditState.IN_PROGRESS),
        _count(is_open & (Audit.due_on < clock.today())),
        _count(Audit.state == AuditState.VOID),
        _count(Audit.state == AuditState.EXEMPT),
    )


def _count(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def round_count(session: Session, *, reader: Person) -> int:
    """Return how many rounds there are."""
    return session.scalar(select(func.count(AuditRound.id)).where(_readable(reader))) or 0


def _readable(reader: Person) -> ColumnElement[bool]:
    return visible(reader, Permission.ROUND_MANAGE, AuditRound)


def round_by_slug(session: Session, slug: str) -> AuditRound | None:
    """Return the round of an address with its mechanism, theme and tool."""
    beside = joinedload(AuditRound.mechanism).joinedload(Mechanism.programme)
    query = select(AuditRound).where(AuditRound.slug == slug)
    return session.scalar(query.options(beside, joinedload(AuditRound.theme), joinedload(AuditRound.tool)))


def round_audits(session: Session, audit_round: AuditRound) -> list[Audit]:
    """Return a round's audits with case, unit and auditor, by the code of their case."""
    query = select(Audit).join(Audit.case).where(Audit.round_id == audit_round.id)
    loaded = query.options(joinedload(Audit.case).joinedload(CaseReference.unit), joinedload(Audit.auditor))
    return list(session.scalars(loaded.order_by(CaseReference.code, Audit.id)))


def auditors(session: Session) -> list[Person]:
    """Return the people to whom a file may be given today, by name and with their roles."""
    today = clock.today()
    holds = (
        (RoleGrant.role == Role.AUDITOR)
        & (RoleGrant.starts_on <= today)
        & or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= today)
    )
    query = select(Person).where(Person.is_active, Person.grants.any(holds))
    return list(session.scalars(query.options(joinedload(Person.grants)).order_by(Person.name, Person.id)).unique())


def case_by_code(session: Session, code: str) -> CaseReference | None:
    """Return the case of a code, whatever its case of letters, with its unit."""
    query = select(CaseReference).where(CaseReference.code == code.strip().upper())
    return session.scalar(query.options(joinedload(CaseReference.unit)))
