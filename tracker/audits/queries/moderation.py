"""Reading moderations: the queue, one of them whole, whether grades are still hidden, and the grades that count."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, String, cast, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.audits.models import (
    Audit,
    CaseReference,
    Dispute,
    Moderation,
    PanelMember,
    RemedialAction,
    ToolSection,
)
from tracker.audits.queries.standings import MODERATED
from tracker.audits.rules.blindness import is_hidden
from tracker.audits.rules.moderating import Outcome, involved
from tracker.audits.rules.tool import OVERALL_CODE
from tracker.audits.rules.vocabulary import AuditState, Category, Grade, NoGrade
from tracker.people.models import Person, Unit
from tracker.people.policy import Permission, visible
from tracker.people.queries import holds_today
from tracker.people.rules import Role


@dataclass(frozen=True)
class Waiting:
    """An audit that waits for its second look; nothing that could tell its grades, why it was chosen included."""

    public_id: str
    code: str
    category: Category
    unit: str
    auditor_id: int
    state: AuditState
    sent_at: datetime | None
    due_on: date
    moderator_id: int | None
    worker_id: int | None
    moderator: str | None


def moderation_subject(session: Session, public_id: str) -> Moderation | None:
    """Return the last moderation of an audit with nothing beside it: enough to ask who may do what."""
    return session.scalar(_last(public_id))


def moderation(session: Session, public_id: str) -> Moderation | None:
    """Return the last moderation of an audit with all that commands and pages need beside the tool."""
    found = session.scalars(
        _last(public_id).options(
            joinedload(Moderation.audit).options(
                joinedload(Audit.case).joinedload(CaseReference.unit),
                joinedload(Audit.round),
                selectinload(Audit.sections),
                # They are few: with the audit itself they cost no query of their own.
                joinedload(Audit.remedials).joinedload(RemedialAction.owner),
            ),
            joinedload(Moderation.auditor),
            joinedload(Moderation.moderator),
            selectinload(Moderation.sections),
            selectinload(Moderation.disputes).options(
                joinedload(Dispute.raised_by),
                joinedload(Dispute.decided_by),
                selectinload(Dispute.members).joinedload(PanelMember.person),
            ),
        )
    )
    return found.unique().one_or_none()


def _last(public_id: str) -> Select[Moderation]:
    query = select(Moderation).join(Audit, Audit.id == Moderation.audit_id).where(Audit.public_id == public_id)
    return query.order_by(Moderation.id.desc()).limit(1)


def waiting_moderations(session: Session, *, reader: Person, limit: int = 100, offset: int = 0) -> list[Waiting]:
    """Return the audits in moderation or in dispute, the first due first, as far as the reader may see them."""
    query = (
        select(
            Audit.public_id,
            CaseReference.code,
            CaseReference.category,
            Unit.name.label("unit"),
            Moderation.auditor_id,
            Audit.state,
            Audit.sent_at,
            Moderation.due_on,
            Moderation.moderator_id,
            Audit.worker_id,
            Person.name.label("moderator"),
        )
        .select_from(Moderation)
        .join(Audit, Audit.id == Moderation.audit_id)
        .join(CaseReference, CaseReference.id == Audit.case_id)
        .join(Unit, Unit.id == CaseReference.unit_id)
        .outerjoin(Person, Person.id == Moderation.moderator_id)
        .where(*_is_waiting(reader))
        .order_by(Moderation.due_on, Moderation.id)
    )
    return [Waiting(**row) for row in session.execute(query.limit(limit).offset(offset)).mappings()]


def waiting_count(session: Session, *, reader: Person) -> int:
    """Return how many audits `waiting_moderations` holds."""
    query = select(func.count(Moderation.id)).join(Audit, Audit.id == Moderation.audit_id)
    return session.scalar(query.where(*_is_waiting(reader))) or 0


def _is_waiting(reader: Person) -> tuple[Any, ...]:
    in_dispute = Audit.state.in_([AuditState.DISPUTED, AuditState.PANEL]) & (Moderation.outcome != Outcome.RETURNED)
    in_moderation = (Audit.state == AuditState.MODERATION) & Moderation.outcome.is_(None)
    return (in_moderation | in_dispute, visible(reader, Permission.MODERATION_READ, Moderation))


def panel_candidates(session: Session, moderation: Moderation) -> list[Person]:
    """Return who may sit on the panel of a dispute, by name: auditors and moderators of today without a part in it."""
    without = involved(moderation.auditor_id, moderation.moderator_id, None)
    worker = select(Audit.worker_id).where(Audit.id == moderation.audit_id).scalar_subquery()
    raiser = select(Dispute.raised_by_id).where(Dispute.moderation_id == moderation.id).scalar_subquery()
    query = (
        select(Person)
        .where(Person.is_active, holds_today(Role.AUDITOR, Role.MODERATOR), Person.id.not_in(without))
        .where(Person.id.is_distinct_from(worker), Person.id.is_distinct_from(raiser))
    )
    return list(session.scalars(query.order_by(Person.name, Person.id)))


def is_blind(session: Session, audit: Audit, person: Person) -> bool:
    """Say whether an audit's grades and words are hidden from a person now; the rule is `is_hidden`."""
    # Neither its auditor nor the worker of the file can be asked to grade it.
    is_own = person.id in {audit.auditor_id, audit.worker_id}
    may_have_compared = not is_own and audit.state is AuditState.MODERATION
    return is_hidden(
        audit.state,
        is_own=is_own,
        has_compared=may_have_compared and _has_compared(session, audit, person),
        is_imported=audit.is_imported,
    )


def _has_compared(session: Session, audit: Audit, person: Person) -> bool:
    """Say whether a person moderates an audit and has fixed their own grades."""
    query = select(Moderation.id).where(
        Moderation.audit_id == audit.id,
        Moderation.outcome.is_(None),
        Moderation.compared_at.is_not(None),
        Moderation.moderator_id == person.id,
    )
    return session.scalar(query.limit(1)) is not None


def moderated_grades(session: Session, audits: Iterable[Audit]) -> dict[int, Grade]:
    """Return by audit the overall grade that counts in place of the auditor's, where there is one; one query."""
    query = (
        select(Audit.id, cast(MODERATED.c.word, String))
        .join(MODERATED, MODERATED.c.audit_id == Audit.id)
        .join(ToolSection, (ToolSection.tool_id == Audit.tool_id) & (ToolSection.number == MODERATED.c.number))
        .where(Audit.id.in_([audit.id for audit in audits]), ToolSection.code == OVERALL_CODE)
    )
    return {number: Grade(word) for number, word in session.execute(query) if word}


def moderated_sections(session: Session, audits: Iterable[Audit]) -> dict[int, dict[int, Grade | NoGrade]]:
    """Return by audit and section what counts in place of the auditor's grade, the whole included; one query."""
    query = select(MODERATED.c.audit_id, MODERATED.c.number, cast(MODERATED.c.word, String))
    found: defaultdict[int, dict[int, Grade | NoGrade]] = defaultdict(dict)
    for audit_id, number, word in session.execute(query.where(MODERATED.c.audit_id.in_([one.id for one in audits]))):
        if word:
            found[audit_id][number] = Grade(word) if word in set(Grade) else NoGrade(word)
    return found


def outcomes_of(session: Session, audits: Iterable[Audit]) -> dict[int, Outcome]:
    """Return by audit what came of its last moderation that was decided; one query."""
    query = select(Moderation.audit_id, Moderation.outcome).where(
        Moderation.audit_id.in_([audit.id for audit in audits]), Moderation.outcome.is_not(None)
    )
    rows = session.execute(query.order_by(Moderation.id))
    return {number: outcome for number, outcome in rows if outcome is not None}
