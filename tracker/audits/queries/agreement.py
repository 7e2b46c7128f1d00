"""Reading how far grades were kept in moderation: on the whole, by theme, by team and by auditor; rates are rules."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.audits.models import Audit, CaseReference, ModeratedSection, Moderation, Theme, ToolSection
from tracker.audits.rules.agreement import Agreement, Looked, Pace, agreement_of, pace_of
from tracker.audits.rules.answers import AnswerValue
from tracker.audits.rules.moderating import Outcome
from tracker.audits.rules.tool import OVERALL_CODE
from tracker.audits.rules.vocabulary import FINAL_STATES
from tracker.core import clock
from tracker.people.models import Person, Unit
from tracker.people.policy import Permission, visible


@dataclass(frozen=True)
class _Row:
    moderation_id: int
    sent_at: datetime | None
    decided_at: datetime | None
    team: str
    auditor: str
    code: str
    theme: str | None
    before: AnswerValue | None
    own: AnswerValue | None
    counted: AnswerValue | None

    @property
    def looked(self) -> Looked:
        return Looked(self.before, self.own, self.counted)

    @property
    def days(self) -> tuple[date, date] | None:
        """From which day until which it was moderated."""
        if self.sent_at is None or self.decided_at is None:
            return None
        return self.sent_at.astimezone(clock.LONDON).date(), self.decided_at.astimezone(clock.LONDON).date()


@dataclass(frozen=True)
class Rates:
    """How far the grades of one group were kept, and how long its moderations took."""

    grades: Agreement
    pace: Pace


@dataclass(frozen=True)
class KeptGrades:
    """How far grades were kept in a window; by theme it is the grades of sections, else those of the whole."""

    overall: Agreement
    pace: Pace
    by_theme: dict[str, Rates]
    by_team: dict[str, Rates]
    by_auditor: dict[str, Rates]


def kept_grades(session: Session, *, reader: Person, since: date, until: date) -> KeptGrades:
    """Return how far the grades of audits were kept whose moderation ended in a window, both days included.

    Returned and disputed ones count once they are final. One query, whatever their number.
    """
    rows = _rows(session, reader, since, until)
    overall = [row for row in rows if row.code == OVERALL_CODE]
    whole = _rates(overall)
    return KeptGrades(
        overall=whole.grades,
        pace=whole.pace,
        by_theme=_by(lambda row: row.theme, rows),
        by_team=_by(lambda row: row.team, overall),
        by_auditor=_by(lambda row: row.auditor, overall),
    )


def _by(key: Callable[[_Row], str | None], rows: Iterable[_Row]) -> dict[str, Rates]:
    held: defaultdict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        if name := key(row):
            held[name].append(row)
    return {name: _rates(held[name]) for name in sorted(held)}


def _rates(rows: Sequence[_Row]) -> Rates:
    """Return the rates of some grades; a moderation whose grades stand there twice took its days once."""
    took = {row.moderation_id: row.days for row in rows if row.days}
    return Rates(agreement_of(row.looked for row in rows), pace_of(took.values()))


def _rows(session: Session, reader: Person, since: date, until: date) -> list[_Row]:
    first = clock.moment_in_england(since, time.min)
    after = clock.moment_in_england(until + timedelta(days=1), time.min)
    query = (
        select(
            Moderation.id,
            Audit.sent_at,
            Moderation.decided_at,
            Unit.name,
            Person.name,
            ToolSection.code,
            Theme.name,
            ModeratedSection.before,
            ModeratedSection.own,
            func.coalesce(ModeratedSection.by_panel, ModeratedSection.agreed),
        )
        .select_from(Moderation)
        .join(Audit, Audit.id == Moderation.audit_id)
        .join(CaseReference, CaseReference.id == Audit.case_id)
        .join(Unit, Unit.id == CaseReference.unit_id)
        .join(Person, Person.id == Moderation.auditor_id)
        .join(ModeratedSection, ModeratedSection.moderation_id == Moderation.id)
        .join(ToolSection, (ToolSection.tool_id == Audit.tool_id) & (ToolSection.number == ModeratedSection.number))
        .outerjoin(Theme, Theme.id == ToolSection.theme_id)
        .where(
            Moderation.outcome.in_([Outcome.AGREED, Outcome.CHANGED]),
            Moderation.decided_at >= first,
            Moderation.decided_at < after,
            Audit.state.in_(FINAL_STATES),
            visible(reader, Permission.MODERATION_READ, Moderation),
        )
        .order_by(Moderation.id, ModeratedSection.number)
    )
    found: Iterable[Any] = session.execute(query)
    return [_Row(*row) for row in found]
