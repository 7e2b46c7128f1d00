"""Reading rounds with their progress, a round's audits, and who may be given one."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session, joinedload

from tracker.audits.models import Audit, AuditRound, CaseReference, Mechanism
from tracker.audits.queries.standings import counted_overall
from tracker.audits.rules.vocabulary import FINAL_STATES, OPEN_STATES, SENT_STATES, AuditState, Grade, Selection
from tracker.core import clock
from tracker.people.models import Person
from tracker.people.policy import Permission, visible
from tracker.people.queries import holds_today
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


@dataclass(frozen=True)
class RoundCounts:
    """How many files one round has, void ones apart and included, and its final audits by the grade that counts."""

    listed: int
    allocated: int
    sent: int
    grades: Counter[Grade]


@dataclass(frozen=True, slots=True)
class GradedFile:
    """A final audit of a round with the overall grade that counts."""

    code: str
    public_id: str
    grade: Grade


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


def round_counts(session: Session, audit_round: AuditRound) -> RoundCounts:
    """Return how far one round has come and its grades, counted by the database however many there are; one query."""
    word = counted_overall(Audit).label("word")
    told = select(Audit.state, word).where(Audit.round_id == audit_round.id).subquery()
    query = select(told.c.state, told.c.word, func.count().label("number")).group_by(told.c.state, told.c.word)
    rows = session.execute(query).all()
    grades: Counter[Grade] = Counter()
    for row in rows:
        if row.word and row.state in FINAL_STATES:
            grades[Grade(row.word)] += row.number
    return RoundCounts(
        listed=sum(row.number for row in rows),
        allocated=sum(row.number for row in rows if row.state is not AuditState.VOID),
        sent=sum(row.number for row in rows if row.state in SENT_STATES),
        grades=grades,
    )


def round_audits(
    session: Session, audit_round: AuditRound, *, limit: int, offset: int = 0
) -> list[tuple[Audit, Grade | None]]:
    """Return a round's audits by the code of their case, with case, unit and auditor.

    The overall grade that counts is beside each that is final.
    """
    query = select(Audit, counted_overall(Audit).label("word")).join(Audit.case)
    query = query.where(Audit.round_id == audit_round.id).order_by(CaseReference.code, Audit.id)
    loaded = query.options(joinedload(Audit.case).joinedload(CaseReference.unit), joinedload(Audit.auditor))
    return [
        (audit, Grade(word) if word and audit.state.is_final else None)
        for audit, word in session.execute(loaded.limit(limit).offset(offset))
    ]


def graded_files(session: Session, audit_round: AuditRound) -> list[GradedFile]:
    """Return a round's final audits that have a grade, by the code of their case; whoever asks knows how many."""
    word = counted_overall(Audit)
    query = select(CaseReference.code, Audit.public_id, word).join(Audit.case)
    query = query.where(Audit.round_id == audit_round.id, Audit.state.in_(FINAL_STATES), word.is_not(None))
    rows = session.execute(query.order_by(CaseReference.code, Audit.id))
    return [GradedFile(code, public_id, Grade(grade)) for code, public_id, grade in rows]


def auditors(session: Session) -> list[Person]:
    """Return the people to whom a file may be given today, by name and with their roles."""
    query = select(Person).where(Person.is_active, holds_today(Role.AUDITOR))
    return list(session.scalars(query.options(joinedload(Person.grants)).order_by(Person.name, Person.id)).unique())


def case_by_code(session: Session, code: str) -> CaseReference | None:
    """Return the case of a code, whatever its case of letters, with its unit."""
    query = select(CaseReference).where(CaseReference.code == code.strip().upper())
    return session.scalar(query.options(joinedload(CaseReference.unit)))
