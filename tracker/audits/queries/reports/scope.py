"""Which audits a report tells of, as conditions of a query, and what its filters offer."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, String, case, cast, func, literal, select, union_all
from sqlalchemy.orm import Session

from tracker.audits.models import Audit, AuditRound, AuditTool, CaseReference, ToolSection
from tracker.audits.queries.standings import MODERATED
from tracker.audits.rules.reporting.tables import Wanted
from tracker.audits.rules.tool import OVERALL_CODE
from tracker.audits.rules.vocabulary import SENT_STATES, Grade
from tracker.core import clock
from tracker.people.models import Person, Unit
from tracker.people.policy import Permission, visible

# The day of an audit in a report: when it was done, else when it is due (as the programme counts it).
DAY = case((Audit.state.in_(SENT_STATES), func.coalesce(Audit.audited_on, Audit.due_on)), else_=Audit.due_on)
CHOSEN = func.coalesce(cast(Audit.selection, String), cast(AuditRound.selection, String))

# The overall grade that counts in place of the auditor's, a row for an audit that has one.
OVERALL = (
    select(MODERATED.c.audit_id, MODERATED.c.word)
    .join(Audit, Audit.id == MODERATED.c.audit_id)
    .join(ToolSection, (ToolSection.tool_id == Audit.tool_id) & (ToolSection.number == MODERATED.c.number))
    .where(ToolSection.code == OVERALL_CODE)
    .subquery("overall")
)


def audits_wanted(wanted: Wanted, reader: Person, day: ColumnElement[Any] | None = None) -> list[ColumnElement[bool]]:
    """Return the conditions under which an audit, joined with its case, is in a report for a reader."""
    when = (DAY if day is None else day).between(wanted.since, wanted.until)
    return [when if wanted.round_id is None else Audit.round_id == wanted.round_id, *narrowed(wanted, reader)]


def narrowed(wanted: Wanted, reader: Person) -> list[ColumnElement[bool]]:
    """Return the conditions of the filters alone, and that the reader may see reports of the whole service."""
    given = (
        (wanted.team, CaseReference.unit_id),
        (wanted.category, CaseReference.category),
        (wanted.tool, Audit.tool_id),
        (wanted.mode, Audit.mode),
    )
    filters = [column == value for value, column in given if value is not None]
    return [visible(reader, Permission.AUDIT_REPORT_READ, Audit), *filters]


def within(wanted: Wanted, moment: SQLColumnExpression[datetime]) -> ColumnElement[bool]:
    """Return the condition that a moment lies in the days of a report, or that the audit is one of its round."""
    if wanted.round_id is not None:
        return Audit.round_id == wanted.round_id
    after = clock.moment_in_england(wanted.until + timedelta(days=1), time.min)
    return (moment >= clock.moment_in_england(wanted.since, time.min)) & (moment < after)


def england(moment: datetime) -> date:
    """Return the day in England of a moment."""
    return moment.astimezone(clock.LONDON).date()


def grade_or_none(word: str | None) -> Grade | None:
    """Return the grade of a word; what is no grade, as "not enough on file", is none."""
    return Grade(word) if word in set(Grade) else None


@dataclass(frozen=True)
class Choices:
    """What the filters of a report offer, by their ids: the teams whose files were audited, and the tools."""

    teams: dict[int, str]
    tools: dict[int, str]


def choices(session: Session) -> Choices:
    """Return what the filters offer, by name; one query."""
    teams = select(Unit.id, Unit.name, Unit.id.label("number"), literal("team").label("kind")).where(
        Unit.id.in_(select(CaseReference.unit_id))
    )
    tools = select(AuditTool.id, AuditTool.name, AuditTool.number, literal("tool")).where(
        AuditTool.id.in_(select(Audit.tool_id))
    )
    rows = sorted(session.execute(union_all(teams, tools)), key=lambda row: (row.name, row.number))
    return Choices(
        {row.id: row.name for row in rows if row.kind == "team"},
        {row.id: f"{row.name}, version {row.number}" for row in rows if row.kind == "tool"},
    )
