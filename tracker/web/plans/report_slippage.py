"""The slippage report of a plan: by action, by lead and by reason, on a page and as files."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.core.text import counted
from tracker.people.policy import Permission
from tracker.plans.exports.reports.files import slippage_file
from tracker.plans.exports.reports.tables import ReportFile
from tracker.plans.models import Plan
from tracker.plans.queries.listing import Wanted
from tracker.plans.queries.plan import plan_by_slug
from tracker.plans.queries.reports.reported import Reported
from tracker.plans.queries.reports.slippage import (
    SlippedAction,
    SlippedLead,
    slip_reasons,
    slipped_actions,
    slipped_leads,
)
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.slippage import ReasonCount
from tracker.web.access import allowed, requires
from tracker.web.plans.blueprint import bp
from tracker.web.plans.report_reading import (
    ReportReading,
    csv_report,
    excel_report,
    exportable_report,
    read_report,
)

_RAGS = (Rag.RED, Rag.AMBER, Rag.NOT_SCHEDULED, Rag.GREEN, Rag.COMPLETE, Rag.EMBEDDED)
_VIEWS = {"": "By action", "lead": "By lead", "reason": "By reason"}


@dataclass(frozen=True)
class Lists:
    """The three lists of the report."""

    actions: list[SlippedAction]
    leads: list[SlippedLead]
    reasons: tuple[ReasonCount, ...]


@bp.get("/plans/<slug>/reports/slippage")
@requires(Permission.PLAN_READ, about=plan_by_slug)
def plan_slippage(plan: Plan) -> ResponseReturnValue:
    """Show which dates moved, and how far."""
    reading = read_report(plan, rags=_RAGS, views=tuple(_VIEWS))
    lists = _lists(reading) if reading else Lists([], [], ())
    shown = _shown(lists, reading.view if reading else "")
    page = reading.page("plans.plan_slippage", len(shown)) if reading else None
    return render_template(
        "plans/plan_slippage.html",
        plan=plan,
        reading=reading,
        home=url_for("plans.plan_show", slug=plan.slug),
        may_export=allowed(Permission.PLAN_EXPORT),
        chips=reading.chips("plans.plan_slippage", _views(reading)) if reading else (),
        sentence=_sentence(lists.actions),
        rows=shown[page.rows] if page else [],
        page=page,
    )


@bp.get("/plans/<slug>/reports/slippage.csv")
@requires(Permission.PLAN_READ, about=plan_by_slug)
def plan_slippage_csv(plan: Plan) -> ResponseReturnValue:
    """Send every milestone that moved as CSV, of the actions that the person may take away."""
    return csv_report(plan, _file(plan))


@bp.get("/plans/<slug>/reports/slippage.xlsx")
@requires(Permission.PLAN_READ, about=plan_by_slug)
def plan_slippage_xlsx(plan: Plan) -> ResponseReturnValue:
    """Send all lists as an Excel file."""
    return excel_report(plan, _file(plan))


def _file(plan: Plan) -> ReportFile:
    reading, report = exportable_report(plan, read_report(plan, rags=_RAGS))
    wanted = _wanted(reading, report)
    return slippage_file(wanted, slipped_actions(wanted))


def _views(reading: ReportReading) -> dict[str, str]:
    """Return the ways to look at it: reasons are words of leads, for who may read them."""
    return {key: label for key, label in _VIEWS.items() if key != "reason" or reading.report.with_names}


def _lists(reading: ReportReading) -> Lists:
    report = _wanted(reading, reading.report)
    found = slipped_actions(report)
    return Lists(found, slipped_leads(report, found), slip_reasons(found) if report.with_names else ())


def _shown(lists: Lists, view: str) -> Sequence[SlippedAction] | Sequence[SlippedLead] | Sequence[ReasonCount]:
    if view == "lead":
        return lists.leads
    return lists.reasons if view == "reason" else lists.actions


def _wanted(reading: ReportReading, report: Reported) -> Reported:
    return report.only(Wanted(rag=reading.filters.rag))


def _sentence(found: list[SlippedAction]) -> str:
    if not found:
        return ""
    times = sum(action.whole.times for action in found)
    furthest = max(action.whole.days or 0 for action in found)
    sentence = f"Dates of {counted(len(found), 'action')} have moved, {counted(times, 'time')} in all."
    return (
        f"{sentence} The furthest is {counted(furthest, 'day')} later than first agreed." if furthest > 0 else sentence
    )
