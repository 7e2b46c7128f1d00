"""How often leads called actions better than their dates did, by lead and by area, on a page and as files."""

from collections.abc import Sequence

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.core.text import counted
from tracker.people.policy import Permission
from tracker.plans.exports.reports.files import declared_file
from tracker.plans.exports.reports.tables import ReportFile
from tracker.plans.models import Plan
from tracker.plans.queries.plan import plan_by_slug
from tracker.plans.queries.reports.declared import Counted, Said, by_area, by_lead, declarations
from tracker.plans.rules.declared import Beside
from tracker.web.access import allowed, requires
from tracker.web.plans.blueprint import bp
from tracker.web.plans.report_reading import csv_report, excel_report, exportable_report, read_report

_VIEWS = {"": "By lead", "area": "By area", "each": "Each time"}


@bp.get("/plans/<slug>/reports/declared")
@requires(Permission.LEAD_NAMES, about=plan_by_slug)
def plan_declared(plan: Plan) -> ResponseReturnValue:
    """Show how often what was declared was better than what was computed."""
    reading = read_report(plan, views=tuple(_VIEWS))
    found = declarations(reading.report) if reading else []
    shown = _shown(found, reading.view if reading else "")
    page = reading.page("plans.plan_declared", len(shown)) if reading else None
    return render_template(
        "plans/plan_declared.html",
        plan=plan,
        reading=reading,
        home=url_for("plans.plan_show", slug=plan.slug),
        may_export=allowed(Permission.PLAN_EXPORT),
        chips=reading.chips("plans.plan_declared", _VIEWS) if reading else (),
        sentence=_sentence(found),
        rows=shown[page.rows] if page else [],
        page=page,
    )


@bp.get("/plans/<slug>/reports/declared.csv")
@requires(Permission.LEAD_NAMES, about=plan_by_slug)
def plan_declared_csv(plan: Plan) -> ResponseReturnValue:
    """Send every update that was compared as CSV, of the actions that the person may take away."""
    return csv_report(plan, _file(plan))


@bp.get("/plans/<slug>/reports/declared.xlsx")
@requires(Permission.LEAD_NAMES, about=plan_by_slug)
def plan_declared_xlsx(plan: Plan) -> ResponseReturnValue:
    """Send the updates and the counts as an Excel file."""
    return excel_report(plan, _file(plan))


def _file(plan: Plan) -> ReportFile:
    _, report = exportable_report(plan, read_report(plan))
    return declared_file(report, declarations(report))


def _shown(found: list[Said], view: str) -> Sequence[Said] | Sequence[Counted]:
    if view == "each":
        return [said for said in found if said.beside is Beside.BETTER]
    return by_area(found) if view == "area" else by_lead(found)


def _sentence(found: list[Said]) -> str:
    if not found:
        return ""
    better = sum(said.beside is Beside.BETTER for said in found)
    return f"In {better} of {counted(len(found), 'update')} the lead's colour was better than that of the dates."
