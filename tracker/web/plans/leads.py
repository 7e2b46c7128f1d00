"""The load of a plan's leads: who carries how much, who owes an update, who is gone and who has nobody to update."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.people.rules import PartyKind
from tracker.plans.exports.reports.files import LOAD_HEADER, NOBODY, leads_file, load_cells
from tracker.plans.models import Plan
from tracker.plans.queries.load import LeadLoad, loads_of
from tracker.plans.queries.plan import plan_by_slug
from tracker.plans.queries.standing import Standing
from tracker.plans.queries.timeline import LeadRow
from tracker.plans.queries.updaters import linked_parties
from tracker.web.access import allowed, requires
from tracker.web.paging import page_of
from tracker.web.plans.blueprint import bp
from tracker.web.plans.exporting import csv_answer, exportable
from tracker.web.plans.reading import Reading, read_now
from tracker.web.plans.report_reading import excel_report
from tracker.web.templating import day


@dataclass(frozen=True)
class LoadRow:
    """A lead as the table shows one; `alert` says what is amiss, and where it can be mended."""

    name: str
    post: str
    list_url: str
    actions: int
    helps: int
    due: int
    red: int
    overdue: int
    last_update_on: date | None
    alert: str
    settings_url: str | None


@bp.get("/plans/<slug>/leads")
@requires(Permission.LEAD_NAMES, about=plan_by_slug)
def lead_index(plan: Plan) -> ResponseReturnValue:
    """Show the load of each lead."""
    reading = read_now(plan)
    loads = _loads(reading, reading.found.actions)
    page = page_of(len(loads), lambda number: url_for("plans.lead_index", slug=plan.slug, page=number))
    may_export = allowed(Permission.PLAN_EXPORT)
    return render_template(
        "plans/lead_index.html",
        plan=plan,
        rows=[_row(load, reading) for load in loads[page.rows]],
        page=page,
        summary=_summary(loads, reading.today),
        csv_url=url_for("plans.lead_index_csv", slug=plan.slug) if may_export else None,
        xlsx_url=url_for("plans.lead_index_xlsx", slug=plan.slug) if may_export else None,
    )


@bp.get("/plans/<slug>/leads.csv")
@requires(Permission.LEAD_NAMES, about=plan_by_slug)
def lead_index_csv(plan: Plan) -> ResponseReturnValue:
    """Send the same table, counted over the actions that the person may take away."""
    loads, _ = _exported(plan)
    return csv_answer(plan, "leads", LOAD_HEADER, map(load_cells, loads))


@bp.get("/plans/<slug>/leads.xlsx")
@requires(Permission.LEAD_NAMES, about=plan_by_slug)
def lead_index_xlsx(plan: Plan) -> ResponseReturnValue:
    """Send the same table as an Excel file."""
    loads, reading = _exported(plan)
    return excel_report(plan, leads_file(plan, loads, day=reading.today))


def _exported(plan: Plan) -> tuple[list[LeadLoad], Reading]:
    mine = exportable(plan)
    reading = read_now(plan)
    return _loads(reading, [action for action in reading.found.actions if action.row.id in mine]), reading


def _loads(reading: Reading, actions: Sequence[Standing]) -> list[LeadLoad]:
    linked = linked_parties(db_session(), reading.today) if actions else set()
    return loads_of(actions, reading.window, linked=linked)


def _row(load: LeadLoad, reading: Reading) -> LoadRow:
    lead, slug = load.lead, reading.plan.slug
    to_list = {"slug": slug, "lead": lead.id} if lead is not None else {"slug": slug}
    return LoadRow(
        name=lead.name if lead is not None else NOBODY,
        post=lead.post if lead is not None else "",
        list_url=url_for("plans.action_index", **to_list),
        actions=load.actions,
        helps=load.helps,
        due=load.due,
        red=load.red,
        overdue=load.overdue,
        last_update_on=load.last_update_on,
        alert=_alert(load, reading.today),
        settings_url=_settings_url(lead),
    )


def _settings_url(lead: LeadRow | None) -> str | None:
    if lead is None or not allowed(Permission.PARTY_MANAGE):
        return None
    return url_for("settings.party_show", party_id=lead.id)


def _alert(load: LeadLoad, today: date) -> str:
    if load.lead is None:
        return ""
    if load.has_left(today):
        return f"Lead left on {day(load.lead.left_on)}"
    return "" if load.is_linked else "Nobody may update"


def _summary(loads: list[LeadLoad], today: date) -> list[str]:
    """Say in sentences what needs a decision, nothing when all is well."""
    left = sum(load.actions for load in loads if load.has_left(today))
    unlinked = [load for load in loads if load.lead is not None and not load.is_linked and not load.has_left(today)]
    posts = sum(load.lead is not None and load.lead.kind is PartyKind.POST for load in unlinked)
    held = sum(load.actions for load in loads if load.lead is not None and load.lead.kind is PartyKind.PARTNER)
    without = sum(load.actions for load in loads if load.lead is None)
    sentences = (
        (left, f"{_has(left)} a lead who has left."),
        (len(unlinked), f"For {counted(len(unlinked), 'lead')} nobody may write updates."),
        (posts, f"{counted(posts, 'post')} of these {'is' if posts == 1 else 'are'} linked to nobody."),
        (without, f"{_has(without)} no lead."),
        (held, f"{counted(held, 'action')} {'is' if held == 1 else 'are'} led by a partner."),
    )
    return [words for number, words in sentences if number]


def _has(number: int) -> str:
    return f"{counted(number, 'action')} {'has' if number == 1 else 'have'}"
