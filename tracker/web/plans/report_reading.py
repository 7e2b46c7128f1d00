"""What the reports of a plan begin with: the plan as at the day of the address, filtered, and ways to take it away."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, abort, request, url_for

from tracker.core import clock
from tracker.core.csv_files import csv_bytes
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.people.queries import meetings
from tracker.plans.exports.reports.tables import ReportFile
from tracker.plans.exports.reports.workbook import report_workbook
from tracker.plans.models import Plan
from tracker.plans.queries.records import load_timeline
from tracker.plans.queries.reports.reported import Reported, reported_of
from tracker.plans.queries.window import window_of
from tracker.plans.rules.comparing import AsAt, LookAhead, as_at, look_until
from tracker.plans.rules.rag import Rag
from tracker.web.access import allowed
from tracker.web.chips import Chip
from tracker.web.paging import Page, page_of
from tracker.web.plans.exporting import exportable
from tracker.web.plans.report_filters import ReportFilters, report_filters
from tracker.web.sending import file_answer


@dataclass(frozen=True)
class ReportReading:
    """A plan as one of its reports shows it; `ahead` is until when a report of what is to come looks."""

    plan: Plan
    today: date
    as_at: AsAt
    ahead: LookAhead
    report: Reported
    filters: ReportFilters
    view: str

    @property
    def address(self) -> dict[str, str]:
        """What addresses of this report carry along: the days and filters asked for."""
        return {**_days(self.as_at, self.ahead, self.today), **self.filters.taken}

    @property
    def hidden(self) -> dict[str, str]:
        """What the form of filters carries along that it does not ask."""
        return {"view": self.view} if self.view else {}

    def here(self, to: str, **changed: Any) -> str:
        """Return the address of a report with the days and filters asked for."""
        return url_for(to, slug=self.plan.slug, **{**self.address, **self.hidden, **changed})

    def page(self, to: str, total: int) -> Page:
        """Return the page of a long list that the address asks for."""
        return page_of(total, lambda number: self.here(to, page=number))

    def chips(self, to: str, views: dict[str, str]) -> tuple[Chip, ...]:
        """Return the ways of looking at a report as links, by the word in the address and the label."""
        return tuple(Chip(label, self.here(to, view=key or None), key == self.view) for key, label in views.items())


def read_report(
    plan: Plan,
    *,
    rags: tuple[Rag, ...] = (),
    rag_label: str = "RAG",
    views: tuple[str, ...] = ("",),
    looks_ahead: bool = False,
) -> ReportReading | None:
    """Load a plan for a report, in at most five queries; nothing while the plan is not approved, and so not rated.

    `rags` are the colours that may be asked for and `views` the ways of looking at it, the first the usual one.
    """
    session, today = db_session(), clock.today()
    if plan.approved_on is None or plan.approved_on > today:
        return None
    calendar = meetings(session)
    day = as_at(request.args.get("as_at", "").strip(), approved_on=plan.approved_on, today=today)
    window = window_of(calendar, clock.now())
    meeting = next((held for held in window.held if held > day.day), window.next_day)
    asked = request.args.get("before", "").strip() if looks_ahead else ""
    ahead = look_until(asked, next_meeting=meeting, today=day.day)
    timeline = load_timeline(session, plan, calendar=calendar)
    whole = reported_of(timeline, day=day.day, with_names=allowed(Permission.LEAD_NAMES, plan))
    view = request.args.get("view", "")
    view = view if view in views else views[0]
    kept = {**_days(day, ahead, today), **({"view": view} if view else {})}
    filters = report_filters(whole, rags=rags, rag_label=rag_label, kept=kept)
    return ReportReading(plan, today, day, ahead, whole.only(filters.wanted), filters, view)


def exportable_report(plan: Plan, reading: ReportReading | None) -> tuple[ReportReading, Reported]:
    """Return the reading, and the part of its report that the person may take away; of a draft there is none."""
    mine = exportable(plan)
    if reading is None:
        abort(404)
    return reading, reading.report.among(mine)


def csv_report(plan: Plan, report: ReportFile) -> Response:
    """Answer with the report's main table as a CSV file, once the change log holds that it left."""
    table = report.main
    data = csv_bytes(table.header, table.rows)
    return file_answer(
        plan, data, name=f"{plan.slug}-{report.name}", end="csv", rows=len(table.rows), listed=report.name
    )


def excel_report(plan: Plan, report: ReportFile) -> Response:
    """Answer with all tables of a report as an Excel file, once the change log holds that it left."""
    data = report_workbook(report, made_on=clock.today())
    rows = len(report.tables[0].rows)
    return file_answer(plan, data, name=f"{plan.slug}-{report.name}", end="xlsx", rows=rows, listed=report.name)


def _days(day: AsAt, ahead: LookAhead, today: date) -> dict[str, str]:
    found = {"as_at": day.day.isoformat()} if day.day != today else {}
    return {**found, "before": ahead.day.isoformat()} if ahead.typed and not ahead.problem else found
