"""Reading the parts of a multi-agency audit and what its agencies agreed; any other audit costs no query."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.audits.models import AgencyAgreement, AgencyPart, AgencyPoint, Audit, CaseReference
from tracker.audits.rules.agencies import PartState, agencies_missing
from tracker.audits.rules.vocabulary import Mode
from tracker.people.models import Unit
from tracker.people.queries import units
from tracker.people.rules import UnitKind, holds_on


@dataclass(frozen=True)
class Agencies:
    """The parts of an audit in the order in which they were asked for, and the agreement when there is one."""

    parts: list[AgencyPart] = field(default_factory=list)
    agreement: AgencyAgreement | None = None
    is_asked: bool = False

    @property
    def missing(self) -> tuple[str, ...]:
        """What keeps the audit from being sent; nothing where no agency is asked."""
        if not self.is_asked:
            return ()
        parts = {part.unit.name: part.state for part in self.parts}
        return agencies_missing(parts, self.agreement.stands if self.agreement else None)

    @property
    def waiting(self) -> list[AgencyPart]:
        """The parts that are neither in nor said not to be given."""
        return [part for part in self.parts if part.state is PartState.AWAITED]


def audit_beside(session: Session, public_id: str) -> Audit | None:
    """Return an audit with its case, team and round, and nothing of what it says."""
    case = joinedload(Audit.case).joinedload(CaseReference.unit)
    return session.scalar(select(Audit).where(Audit.public_id == public_id).options(case, joinedload(Audit.round)))


def has_agencies(audit: Audit) -> bool:
    """Say whether agencies give their parts of an audit; one that came in with past audits is as it came."""
    return audit.mode is Mode.MULTI_AGENCY and not audit.is_imported


def agencies_of(session: Session, audit: Audit) -> Agencies:
    """Return the parts and the agreement of a multi-agency audit with three queries; of any other audit nothing."""
    if not has_agencies(audit):
        return Agencies()
    points = selectinload(AgencyPart.points).joinedload(AgencyPoint.theme)
    parts = select(AgencyPart).where(AgencyPart.audit_id == audit.id).options(joinedload(AgencyPart.unit), points)
    agreement = session.scalar(select(AgencyAgreement).where(AgencyAgreement.audit_id == audit.id))
    return Agencies(list(session.scalars(parts.order_by(AgencyPart.number))), agreement, is_asked=True)


def partners_on(session: Session, day: date) -> list[Unit]:
    """Return the partner organisations that there are on a day, by name."""
    return [one for one in units(session) if one.kind is UnitKind.PARTNER and holds_on(day, one.starts_on, one.ends_on)]
