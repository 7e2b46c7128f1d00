"""Reading how far grades were kept in moderation: on the whole, by theme, by team and by auditor; rates are rules."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

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


@dataclass(frozen=True)
class KeptGrades:
    """How far grades were kept in a window; by theme it is the grades of sections, else those of the whole."""

    overall: Agreement
    pace: Pace
    by_theme: dict[str, Agreement]
    by_team: dict[str, Agreement]
    by_auditor: dict[str, Agreement]


def kept_grades(session: Session, *, reader: Person, since: date, until: date) -> KeptGrades:
    """Return how far the grades of audits were kept whose moderation ended in a window, both days included.

    Returned and disputed ones count once they are final. One query, whatever their number.
    """
    rows = _rows(session, reader, since, until)
    overall = [row for row in rows if row.code == OVERALL_CODE]
    days = [
        (row.sent_at.astimezone(clock.LONDON).date(), row.decided_at.astimezone(clock.LONDON).date())
        for row in overall
        if row.sent_at and row.decided_at
    ]
    return KeptGrades(
        overall=agreement_of(row.looked for row in overall),
        pace=pace_of(days),
        by_theme=_by(lambda row: row.theme, rows),
        by_team=_by(lambda row: row.team, overall),
        by_auditor=_by(lambda row: row.auditor, overall),
    )


def _by(key: Callable[[_Row], str | None], rows: Iterable[_Row]) -> dict[str, Agreement]:
    held: defaultdict[str, list[Looked]] = defaultdict(list)
    for row in rows:
        if name := key(row):
            held[name].append(row.looked)
    return {name: agreement_of(held[name]) for name in sorted(held)}


def _rows(session: Session, reader: Person, since: date, until: date) -> list[_Row]:
    first = clock.moment_in_england(since, time.min)
    after = clock.moment_in_england(until + timedelta(days=1), time.min)
    query = (
        select(
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
    return [_Row(*row) for row in session.execute(query)]
