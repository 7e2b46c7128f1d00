"""Reading which audits wait for the answer of their worker, and who may be named as one; nothing is written here."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from tracker.audits.models import Audit, AuditSending, CaseReference, WorkerResponse
from tracker.audits.rules.vocabulary import SENT_STATES, AuditState, Category
from tracker.core import clock
from tracker.people.models import Person, Unit
from tracker.people.policy import Permission, visible
from tracker.people.queries import holds_today
from tracker.people.rules import Role


@dataclass(frozen=True, slots=True)
class AnsweredAudit:
    """An audit of somebody's own work in their list: the code of its file, and until when an answer is awaited."""

    public_id: str
    code: str
    category: Category
    team: str
    state: AuditState
    due_on: date | None
    is_answered: bool

    @property
    def is_awaited(self) -> bool:
        """Whether it can be answered today."""
        is_late = self.due_on is not None and self.due_on < clock.today()
        return self.state is AuditState.WORKER_RESPONSE and not is_late


@dataclass(frozen=True, slots=True)
class Awaited:
    """How many answers are awaited from somebody, and the first of their last days."""

    count: int
    first_on: date | None


def answer_due(session: Session, audit: Audit) -> date | None:
    """Return the last day on which an audit may be answered, as it was last sent."""
    query = select(AuditSending.response_due).where(AuditSending.audit_id == audit.id)
    return session.scalar(query.order_by(AuditSending.id.desc()).limit(1))


def own_audited_work(session: Session, reader: Person, *, limit: int = 100, offset: int = 0) -> list[AnsweredAudit]:
    """Return the sent audits of somebody's own work, those to answer first by their day, then the latest sent."""
    order = case((Audit.state == AuditState.WORKER_RESPONSE, 0), else_=1)
    first = case((Audit.state == AuditState.WORKER_RESPONSE, AuditSending.response_due), else_=None)
    query = (
        select(Audit.public_id, CaseReference.code, CaseReference.category, Unit.name, Audit.state)
        .add_columns(AuditSending.response_due, WorkerResponse.sent_at.is_not(None))
        .join(CaseReference, CaseReference.id == Audit.case_id)
        .join(Unit, Unit.id == CaseReference.unit_id)
        .join(AuditSending, AuditSending.id == _last_sending())
        .outerjoin(WorkerResponse, WorkerResponse.audit_id == Audit.id)
        .where(visible(reader, Permission.AUDIT_RESPOND, Audit), Audit.state.in_(SENT_STATES))
        .order_by(order, first, Audit.sent_at.desc(), Audit.id.desc())
    )
    return [AnsweredAudit(*row) for row in session.execute(query.limit(limit).offset(offset))]


def own_audited_count(session: Session, reader: Person) -> int:
    """Return how many sent audits there are of somebody's own work."""
    query = select(func.count(Audit.id)).where(
        visible(reader, Permission.AUDIT_RESPOND, Audit), Audit.state.in_(SENT_STATES)
    )
    return session.scalar(query) or 0


def awaited_answers(session: Session, reader: Person) -> Awaited:
    """Return how many answers are awaited from somebody today, in one query."""
    query = (
        select(func.count(Audit.id), func.min(AuditSending.response_due))
        .select_from(Audit)
        .join(AuditSending, AuditSending.id == _last_sending())
        .where(visible(reader, Permission.AUDIT_RESPOND, Audit), Audit.state == AuditState.WORKER_RESPONSE)
        .where(AuditSending.response_due >= clock.today())
    )
    return Awaited(*session.execute(query).one())


def possible_workers(session: Session, audit: Audit) -> list[Person]:
    """Return whom one may name as the worker of an audit, by name: who can sign in and may have worked with a child.

    Neither its auditor nor whoever oversees the service from outside: members of meetings and of scrutiny.
    """
    query = select(Person).where(_may_be_worker(audit))
    return list(session.scalars(query.order_by(Person.name, Person.id)))


def is_possible_worker(session: Session, audit: Audit, person: Person) -> bool:
    """Say whether `possible_workers` holds a person."""
    return session.scalar(select(Person.id).where(_may_be_worker(audit), Person.id == person.id)) is not None


def _may_be_worker(audit: Audit) -> ColumnElement[bool]:
    return and_(Person.is_active, Person.id != audit.auditor_id, ~holds_today(Role.ASSURANCE, Role.VIEWER))


def _last_sending() -> object:
    last = select(func.max(AuditSending.id)).where(AuditSending.audit_id == Audit.id)
    return last.correlate(Audit).scalar_subquery()
