"""Reading programmes, and what came of their case audits by mechanism and month, by team and by category."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.audits.models import Audit, AuditProgramme, AuditRound, CaseReference, Exemption, Mechanism
from tracker.audits.rules.programme import RecordKind, Tally
from tracker.audits.rules.vocabulary import OPEN_STATES, SENT_STATES, AuditState, Category
from tracker.core import clock
from tracker.people.models import Person, Unit
from tracker.people.policy import Permission, visible


@dataclass(frozen=True)
class Done:
    """What came of the case audits of a programme: by mechanism and first day of the month, by team, by category."""

    months: dict[tuple[int, date], Tally]
    teams: dict[str, Tally]
    categories: dict[Category, Tally]


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


def done_of(session: Session, held: AuditProgramme) -> Done:
    """Return what came of the case audits of a programme; one row a mechanism, month, team and category.

    A sent audit counts in the month in which it was done, every other in the month in which it is due. The void ones
    count nowhere.
    """
    day = case((Audit.state.in_(SENT_STATES), func.coalesce(Audit.audited_on, Audit.due_on)), else_=Audit.due_on)
    parts = AuditRound.mechanism_id, day.label("day"), Unit.name.label("team"), CaseReference.category
    query = (
        select(*parts, *_tally())
        .join(AuditRound, Audit.round_id == AuditRound.id)
        .join(Mechanism, AuditRound.mechanism_id == Mechanism.id)
        .join(CaseReference, Audit.case_id == CaseReference.id)
        .join(Unit, CaseReference.unit_id == Unit.id)
        .where(Mechanism.programme_id == held.id, Audit.state != AuditState.VOID)
        .group_by(*parts)
    )
    months: dict[tuple[int, date], Tally] = {}
    teams: dict[str, Tally] = {}
    categories: dict[Category, Tally] = {}
    for row in session.execute(query):
        tally = Tally(row.done, row.exempt, row.late, row.open)
        key = row.mechanism_id, row.day.replace(day=1)
        months[key] = months.get(key, Tally()) + tally
        teams[row.team] = teams.get(row.team, Tally()) + tally
        categories[row.category] = categories.get(row.category, Tally()) + tally
    return Done(months, teams, categories)


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


def _decidable(reader: Person) -> ColumnElement[bool]:
    return visible(reader, Permission.EXEMPTION_DECIDE, Exemption)


def _exemptions() -> Select[Exemption]:
    about = joinedload(Exemption.audit).options(
        joinedload(Audit.case).joinedload(CaseReference.unit), joinedload(Audit.round)
    )
    return select(Exemption).options(about, joinedload(Exemption.asked_by), joinedload(Exemption.decided_by))


def _tally() -> tuple[ColumnElement[Any], ...]:
    is_open = Audit.state.in_(OPEN_STATES)
    return (
        _count(Audit.state.in_(SENT_STATES), "done"),
        _count(Audit.state == AuditState.EXEMPT, "exempt"),
        _count(is_open & (Audit.due_on < clock.today()), "late"),
        _count(is_open, "open"),
    )


def _count(condition: ColumnElement[bool], name: str) -> ColumnElement[Any]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0).label(name)
