"""Making each report out of what is stored: the queries that it takes, and how a reader is told it."""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from tracker.audits.exports.reports import Chapter
from tracker.audits.queries import reports
from tracker.audits.rules.reporting.activity import activity_report
from tracker.audits.rules.reporting.following import following_report
from tracker.audits.rules.reporting.grades import grades_report
from tracker.audits.rules.reporting.repeated import repeated_report
from tracker.audits.rules.reporting.shown import HIDDEN, ShownTable, shown_tables
from tracker.audits.rules.reporting.tables import Report, Wanted
from tracker.core import clock
from tracker.people.models import Person

Make = Callable[[Session, Wanted, Person], Report]
_SMALL = (
    f"The letter {HIDDEN} stands for a count of 1 to 5, or for one that would tell such a count. Teams with fewer than "
    "ten are put together, and no share is given of fewer than ten."
)


def _activity(session: Session, wanted: Wanted, reader: Person) -> Report:
    plan = None if wanted.is_narrowed else reports.planned(session, wanted, reader=reader)
    took = reports.days_to_moderation(session, wanted, reader=reader)
    return activity_report(reports.activity(session, wanted, reader=reader), planned=plan, took=took)


def _grades(session: Session, wanted: Wanted, reader: Person) -> Report:
    counted = reports.grades(session, wanted, reader=reader)
    return grades_report(counted, reports.sections(session, wanted, reader=reader))


def _following(session: Session, wanted: Wanted, reader: Person) -> Report:
    return following_report(
        reports.remedials(session, wanted, reader=reader),
        reports.remedials_done(session, wanted, reader=reader),
        reports.concerns(session, wanted, reader=reader),
        today=clock.today(),
    )


def _repeated(session: Session, wanted: Wanted, reader: Person) -> Report:
    return repeated_report(
        reports.due_again(session, wanted, reader=reader),
        reports.pairs(session, wanted, reader=reader),
        reports.section_pairs(session, wanted, reader=reader),
    )


MAKES: Mapping[str, Make] = {
    "activity": _activity,
    "grades": _grades,
    "remedial": _following,
    "re-audits": _repeated,
}


def chapter_of(report: Report, *, whole: bool) -> Chapter:
    """Return a report as a reader gets it, with the first table said in words."""
    tables = shown_tables(report.tables, whole=whole)
    notes = report.notes if whole else (*report.notes, _SMALL)
    return Chapter(report.title, _sentence(report.noun, tables), tables, notes)


def _sentence(noun: str, tables: tuple[ShownTable, ...]) -> str:
    """Say the sums of the first table in words; nothing when there is nothing in it."""
    if not noun or not tables or tables[0].is_empty:
        return ""
    table = tables[0]
    place = table.header.index(table.total)
    sums = table.rows[-1]
    told = [f"{sums[at]} {table.header[at][:1].lower()}{table.header[at][1:]}" for at in range(1, place)]
    return f"{noun[:1].upper()}{noun[1:]}s: {sums[place]}. Of these {', '.join(told)}."
