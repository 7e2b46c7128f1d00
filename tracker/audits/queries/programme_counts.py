"""What came of a programme: its case audits by mechanism and month, team, category and way, and its other records."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, func, literal, select, union_all
from sqlalchemy.orm import Session

from tracker.audits.models import (
    AssuranceEvent,
    Audit,
    AuditProgramme,
    AuditRound,
    CaseReference,
    FeedbackSet,
    Mechanism,
    PracticeAlert,
    SampleFile,
)
from tracker.audits.rules.programme import RecordKind, Tally, first_day, last_day
from tracker.audits.rules.vocabulary import OPEN_STATES, SENT_STATES, AuditState, Category, Mode
from tracker.core import clock
from tracker.people.models import Unit


@dataclass(frozen=True)
class Done:
    """What came of a programme: of every mechanism by the first day of the month, of its files in three other ways."""

    months: dict[tuple[int, date], Tally] = field(default_factory=lambda: defaultdict(Tally))
    teams: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    categories: dict[Category, Tally] = field(default_factory=lambda: defaultdict(Tally))
    modes: dict[Mode, Tally] = field(default_factory=lambda: defaultdict(Tally))


def done_of(session: Session, held: AuditProgramme) -> Done:
    """Return what came of a programme, which comes with its mechanisms; three queries whatever there is.

    A sent audit counts in the month in which it was done, every other in the month in which it is due, and a file that
    nobody was given yet when its round is due. The void ones count nowhere. Other records count in the month of their
    day: an alert when it was raised, feedback when its period ended, an event when it began.
    """
    found = Done()
    for row in session.execute(_audits(held)):
        _add(found, row, Tally(row.done, row.exempt, row.late, row.open))
    for row in session.execute(_waiting(held)):
        _add(found, row, Tally(waiting=row.waiting))
    for row in session.execute(_others(held.year)):
        over = row.until <= clock.today()
        tally = Tally(done=row.number if over else 0, open=0 if over else row.number)
        for one in _counting(held.mechanisms, RecordKind(row.kind), row.source):
            found.months[one.id, row.day.replace(day=1)] += tally
    return found


def _add(found: Done, row: Any, tally: Tally) -> None:
    found.months[row.mechanism_id, row.day.replace(day=1)] += tally
    found.teams[row.team] += tally
    found.categories[row.category] += tally
    found.modes[row.mode] += tally


def _counting(mechanisms: Iterable[Mechanism], kind: RecordKind, source: str) -> list[Mechanism]:
    """Return what counts a record: the mechanisms of just that, else those of all that is left of the kind."""
    of_kind = [one for one in mechanisms if one.kind is kind]
    return [one for one in of_kind if one.counts == source] or [one for one in of_kind if one.counts is None]


def _audits(held: AuditProgramme) -> Any:
    day = case((Audit.state.in_(SENT_STATES), func.coalesce(Audit.audited_on, Audit.due_on)), else_=Audit.due_on)
    parts = AuditRound.mechanism_id, day.label("day"), Unit.name.label("team"), CaseReference.category, Audit.mode
    return (
        select(*parts, *_tally())
        .join(AuditRound, Audit.round_id == AuditRound.id)
        .join(Mechanism, AuditRound.mechanism_id == Mechanism.id)
        .join(CaseReference, Audit.case_id == CaseReference.id)
        .join(Unit, CaseReference.unit_id == Unit.id)
        .where(Mechanism.programme_id == held.id, Audit.state != AuditState.VOID)
        .group_by(*parts)
    )


def _waiting(held: AuditProgramme) -> Any:
    """Return the files of samples that were drawn and that nobody was given."""
    parts = (
        AuditRound.mechanism_id,
        AuditRound.due_on.label("day"),
        Unit.name.label("team"),
        CaseReference.category,
        AuditRound.mode,
    )
    given = select(Audit.id).where(Audit.round_id == SampleFile.round_id, Audit.case_id == SampleFile.case_id)
    return (
        select(*parts, func.count(SampleFile.id).label("waiting"))
        .join(AuditRound, SampleFile.round_id == AuditRound.id)
        .join(Mechanism, AuditRound.mechanism_id == Mechanism.id)
        .join(CaseReference, SampleFile.case_id == CaseReference.id)
        .join(Unit, CaseReference.unit_id == Unit.id)
        .where(
            Mechanism.programme_id == held.id,
            AuditRound.closed_on.is_(None),
            SampleFile.is_reserve.is_(False),
            SampleFile.left_out_reason == "",
            ~given.exists(),
        )
        .group_by(*parts)
    )


def _others(year: int) -> Any:
    """Return the records of a year that are no audit of a case, by kind, source and day."""
    alert, feedback, event = PracticeAlert, FeedbackSet, AssuranceEvent
    return union_all(
        _of_kind(year, RecordKind.PRACTICE_ALERT, alert.source, alert.raised_on, alert.raised_on),
        _of_kind(year, RecordKind.FEEDBACK, feedback.source, feedback.ends_on, feedback.ends_on),
        _of_kind(year, RecordKind.EVENT, event.kind, event.starts_on, event.ends_on),
    )


def _of_kind(year: int, kind: RecordKind, source: Any, day: Any, until: Any) -> Any:
    parts = cast(source, String).label("source"), day.label("day"), until.label("until")
    query = select(literal(kind.value).label("kind"), *parts, func.count().label("number"))
    return query.where(day.between(first_day(year), last_day(year))).group_by(source, day, until)


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
