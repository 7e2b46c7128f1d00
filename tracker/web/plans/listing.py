"""All actions of a plan in one table, filtered and sorted by the address, and the same actions as a file."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.core.text import counted
from tracker.people.policy import Permission
from tracker.plans.models import Plan
from tracker.plans.queries.listing import SORTS, chosen, ordered
from tracker.plans.queries.plan import plan_by_slug
from tracker.plans.queries.standing import Standing
from tracker.web.access import allowed, requires
from tracker.web.paging import page_of
from tracker.web.plans.blueprint import bp
from tracker.web.plans.exporting import csv_answer, exportable
from tracker.web.plans.listing_file import HEADER, cells_of
from tracker.web.plans.listing_filters import Filters, filters_of
from tracker.web.plans.reading import Reading, read_now
from tracker.web.plans.rows import ActionRow, action_row
from tracker.web.plans.workbook_sending import may_fill_in

_COLUMNS = (
    ("ref", "No."),
    ("action", "Action"),
    ("lead", "Lead"),
    ("rag", "RAG now"),
    ("due", "Due"),
    ("update", "Last update"),
)


@dataclass(frozen=True)
class Column:
    """A heading that sorts; `direction` is how the table stands now, if by this column."""

    label: str
    url: str
    direction: str | None


@bp.get("/plans/<slug>/actions")
@requires(Permission.PLAN_READ, about=plan_by_slug)
def action_index(plan: Plan) -> ResponseReturnValue:
    """Show the actions that the address asks for."""
    reading = read_now(plan)
    filters = filters_of(reading)
    found = found_actions(reading, filters)
    page = page_of(len(found), lambda number: _here(plan, page=number))
    return render_template(
        "plans/action_index.html",
        plan=plan,
        reading=reading,
        title=f"{counted(len(found), 'action')} of {len(reading.found.actions)}" if filters.chosen else "All actions",
        filters=filters,
        rows=_rows(found[page.rows], reading),
        page=page,
        columns=_columns(plan),
        csv_url=_here(plan, "plans.action_index_csv", page=None) if allowed(Permission.PLAN_EXPORT) else None,
        workbook_url=_here(plan, "plans.plan_workbook", page=None) if may_fill_in() else None,
    )


@bp.get("/plans/<slug>/actions.csv")
@requires(Permission.PLAN_READ, about=plan_by_slug)
def action_index_csv(plan: Plan) -> ResponseReturnValue:
    """Send the actions that the address asks for and that the person may take away."""
    mine = exportable(plan)
    reading = read_now(plan)
    found = [action for action in found_actions(reading, filters_of(reading)) if action.row.id in mine]
    return csv_answer(plan, "actions", HEADER, cells_of(found, reading))


def found_actions(reading: Reading, filters: Filters) -> list[Standing]:
    """Return the actions that the address asks for, in its order."""
    area_ids = {area.number: area.id for area in reading.plan.areas}
    found = chosen(reading.found.actions, filters.wanted, area_ids=area_ids)
    by, descending = _sorting()
    # Posts must not be sorted by the names behind them.
    if by == "lead" and not reading.with_names:
        return sorted(found, key=reading.lead, reverse=descending)
    return ordered(found, by=by, descending=descending)


def _sorting() -> tuple[str, bool]:
    by = request.args.get("sort", "ref")
    return by if by in SORTS else "ref", request.args.get("direction") == "descending"


def _rows(found: list[Standing], reading: Reading) -> tuple[ActionRow, ...]:
    numbers = {area.id: f"{area.number} {area.title}" for area in reading.plan.areas}
    return tuple(action_row(action, reading, area=numbers[action.row.area_id]) for action in found)


def _columns(plan: Plan) -> dict[str, Column]:
    by, descending = _sorting()
    columns = {}
    for key, label in _COLUMNS:
        is_here = key == by
        other = "descending" if is_here and not descending else None
        url = _here(plan, sort=None if key == "ref" else key, direction=other, page=None)
        columns[key] = Column(label, url, ("descending" if descending else "ascending") if is_here else None)
    return columns


def _here(plan: Plan, to: str = "plans.action_index", **changed: Any) -> str:
    """Return this very address with some of its query changed; nothing takes a part away."""
    query: dict[str, Any] = {**request.args.to_dict(), **changed}
    known = ("rag", "area", "lead", "due", "changed", "updated", "placeholder", "partner", "override", "since")
    kept = {key: query[key] for key in (*known, "sort", "direction", "page") if query.get(key)}
    return url_for(to, slug=plan.slug, **kept)
