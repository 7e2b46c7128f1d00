"""Reading programmes with their mechanisms, and wishes to exempt; what came of them is counted in another file."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.audits.models import Audit, AuditProgramme, CaseReference, Exemption, Mechanism
from tracker.audits.rules.programme import RecordKind
from tracker.people.models import Person
from tracker.people.policy import Permission, visible


def programme_to_be(session: Session) -> AuditProgramme:
    """Return a programme that is not there yet, about which the policy is asked before one is made."""
    del session
    return AuditProgramme()


def programme_years(session: Session) -> list[int]:
    """Return the years that have a programme, the latest first."""
    return list(session.scalars(select(AuditProgramme.year).order_by(AuditProgramme.year.desc())))


def programme(session: Session, year: int) -> AuditProgramme | None:
    """Return the programme of a year with its mechanisms and who answers for them."""
    loaded = selectinload(AuditProgramme.mechanisms).joinedload(Mechanism.owner)
    return session.scalar(select(AuditProgramme).where(AuditProgramme.year == year).options(loaded))


def mechanism(session: Session, year: int, position: int) -> Mechanism | None:
    """Return a mechanism of a year by its place in the programme, with the programme."""
    query = select(Mechanism).join(Mechanism.programme).options(joinedload(Mechanism.programme))
    return session.scalar(query.where(AuditProgramme.year == year, Mechanism.position == position))


def mechanisms_for_rounds(session: Session) -> list[Mechanism]:
    """Return the mechanisms that audit case files, with their programmes, the latest year first."""
    query = select(Mechanism).join(Mechanism.programme).options(joinedload(Mechanism.programme))
    query = query.where(Mechanism.kind == RecordKind.CASE_AUDIT)
    return list(session.scalars(query.order_by(AuditProgramme.year.desc(), Mechanism.position)))


def exemption(session: Session, exemption_id: int) -> Exemption | None:
    """Return an exemption with its audit, the file's category and team, the round and who asked and decided."""
    return session.scalar(_exemptions().where(Exemption.id == exemption_id))


def exemptions(session: Session, *, reader: Person, limit: int = 100, offset: int = 0) -> list[Exemption]:
    """Return the exemptions that a person may decide on, those that wait first, then the latest decided."""
    order = Exemption.decided_at.is_not(None), Exemption.decided_at.desc(), Exemption.id
    query = _exemptions().where(_decidable(reader)).order_by(*order)
    return list(session.scalars(query.limit(limit).offset(offset)))


def exemption_count(session: Session, *, reader: Person) -> int:
    """Return how many exemptions there are that a person may decide on, or might have."""
    return session.scalar(select(func.count(Exemption.id)).where(_decidable(reader))) or 0


def latest_exemptions(session: Session, audit_ids: Collection[int]) -> dict[int, Exemption]:
    """Return of each of these audits what was asked last: it waits, or it was decided."""
    query = select(Exemption).where(Exemption.audit_id.in_(audit_ids)).order_by(Exemption.id)
    return {one.audit_id: one for one in session.scalars(query)}


def _decidable(reader: Person) -> ColumnElement[bool]:
    return visible(reader, Permission.EXEMPTION_DECIDE, Exemption)


def _exemptions() -> Select[Exemption]:
    about = joinedload(Exemption.audit).options(
        joinedload(Audit.case).joinedload(CaseReference.unit), joinedload(Audit.round)
    )
    return select(Exemption).options(about, joinedload(Exemption.asked_by), joinedload(Exemption.decided_by))
