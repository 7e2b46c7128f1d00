"""What of an inspection the plan answers: items with no action, actions with no item, and the same as a file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.core.text import counted, joined
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.models import Plan
from tracker.plans.queries.coverage import ActionRef, Coverage, CoveredItem, coverage_of
from tracker.plans.queries.inspections import inspection_at
from tracker.plans.queries.plan import plan_by_slug
from tracker.web.access import allowed, requires
from tracker.web.paging import page_of
from tracker.web.plans.blueprint import bp
from tracker.web.plans.exporting import Cell, csv_answer, exportable
from tracker.web.plans.inspection_rows import Answer

_HEADER = ("Inspection", "Class", "Group", "No.", "Paragraph", "Words", "Nested points", "Areas", "Actions", "Cover")
_STRAY = "Answers no item"


@dataclass(frozen=True)
class ActionLink:
    """An action by its number; `mark` follows it when it only promises actions."""

    ref: str
    title: str
    mark: str
    url: str


@dataclass(frozen=True)
class CoverRow:
    """An item with what answers it, in words."""

    about: str
    words: str
    cover: str
    is_gap: bool
    areas: tuple[Answer, ...]
    actions: tuple[ActionLink, ...]
    edit_url: str


@bp.get("/plans/<slug>/coverage")
@requires(Permission.PLAN_READ, about=plan_by_slug)
def plan_coverage(plan: Plan) -> ResponseReturnValue:
    """Show what the plan answers, the gaps first."""
    session = db_session()
    coverage = coverage_of(session, plan)
    ordered = [*coverage.gaps, *(one for one in coverage.items if not one.cover.is_gap)]
    page = page_of(len(ordered), lambda number: url_for("plans.plan_coverage", slug=plan.slug, page=number))
    inspection = inspection_at(session, plan.inspection_id) if plan.inspection_id else None
    return render_template(
        "plans/plan_coverage.html",
        plan=plan,
        inspection=inspection,
        may_read=inspection is not None and allowed(Permission.PLAN_READ, inspection),
        sentence=_sentence(coverage),
        rows=tuple(_row(plan, one) for one in ordered[page.rows]),
        page=page,
        strays=tuple(_action(plan, one) for one in coverage.strays),
        may_edit=allowed(Permission.PLAN_EDIT, plan),
        may_import=allowed(Permission.PLAN_IMPORT),
        may_export=allowed(Permission.PLAN_EXPORT),
    )


@bp.get("/plans/<slug>/coverage.csv")
@requires(Permission.PLAN_READ, about=plan_by_slug)
def plan_coverage_csv(plan: Plan) -> ResponseReturnValue:
    """Send the coverage as a file; of the actions only those that the person may take away."""
    mine = exportable(plan)
    return csv_answer(plan, "coverage", _HEADER, _cells(coverage_of(db_session(), plan), mine))


def _sentence(coverage: Coverage) -> str:
    """Return the coverage in a sentence."""
    gaps, items = len(coverage.gaps), len(coverage.items)
    if not items:
        return "The inspection asks for nothing that is recorded here."
    begin = "Every item is answered by an action." if not gaps else f"{gaps} of {counted(items, 'item')} {_has(gaps)}."
    strays = len(coverage.strays)
    if not strays:
        return f"{begin} No action is without an item."
    return f"{begin} {counted(strays, 'action')} {'answers' if strays == 1 else 'answer'} no item."


def _has(number: int) -> str:
    return "has no action" if number == 1 else "have no action"


def _row(plan: Plan, one: CoveredItem) -> CoverRow:
    item = one.item
    return CoverRow(
        about=_about(one),
        words=item.words,
        cover=one.cover.words,
        is_gap=one.cover.is_gap,
        areas=tuple(
            Answer(f"{area.number} {area.title}", url_for("plans.area_show", slug=plan.slug, number=area.number))
            for area in one.areas
        ),
        actions=tuple(_action(plan, action) for action in one.actions),
        edit_url=url_for("plans.item_areas", slug=plan.slug, item_id=item.id),
    )


def _about(one: CoveredItem) -> str:
    heading = f", {one.item.heading}" if one.item.heading else ""
    visit = f" ({one.inspection.title})" if one.inspection.follows_id else ""
    return f"{one.item.item_class.words} {one.item.number}".strip() + heading + visit


def _action(plan: Plan, action: ActionRef) -> ActionLink:
    mark = " (to be agreed)" if action.is_placeholder else ""
    return ActionLink(action.ref, action.title, mark, url_for("plans.action_show", slug=plan.slug, ref=action.ref))


def _cells(coverage: Coverage, mine: set[int]) -> Iterator[tuple[Cell, ...]]:
    for one in coverage.items:
        item = one.item
        yield (
            one.inspection.title,
            item.item_class.words,
            item.heading,
            item.number,
            item.paragraph,
            item.words,
            "; ".join(item.points.splitlines()),
            joined([str(area.number) for area in one.areas]),
            _refs(one.actions, mine),
            one.cover.words,
        )
    for action in coverage.strays:
        if action.id in mine:
            yield ("", "", "", "", "", action.title, "", "", action.ref, _STRAY)


def _refs(actions: Iterable[ActionRef], mine: set[int]) -> str:
    return joined([action.ref for action in actions if action.id in mine])
