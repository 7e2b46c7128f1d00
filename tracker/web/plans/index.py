"""The list of plans that a person may read, with how each stands."""

from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.queries.overview import PlanSummary, number_of_plans, plan_summaries
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.states import PlanStatus
from tracker.plans.rules.wording import short_day
from tracker.web.access import allowed, current_person, requires
from tracker.web.paging import page_of
from tracker.web.plans.blueprint import bp

PLANS_A_PAGE = 20

_STATUS_WORDS = {
    PlanStatus.DRAFT: "Draft, not rated until approved",
    PlanStatus.APPROVED: "Approved",
    PlanStatus.LIVE: "Live",
    PlanStatus.CLOSING: "Closing",
    PlanStatus.CLOSED: "Closed",
    PlanStatus.REPLACED: "Replaced",
}


@dataclass(frozen=True)
class PlanRow:
    """A plan in the list."""

    title: str
    url: str
    status: str
    approved: str
    size: str
    code: str
    counts: tuple[tuple[str, int], ...]


@bp.get("/plans")
@requires(Permission.PLAN_READ)
def plan_index() -> ResponseReturnValue:
    """List the plans, the newest first, so many on a page that each page comes as quickly as the first."""
    session, person = db_session(), current_person()
    page = page_of(
        number_of_plans(session, person), lambda number: url_for("plans.plan_index", page=number), size=PLANS_A_PAGE
    )
    found = plan_summaries(session, person, day=clock.today(), rows=page.rows)
    return render_template(
        "plans/plan_index.html",
        rows=tuple(_row(summary) for summary in found),
        page=page,
        may_import=allowed(Permission.PLAN_IMPORT),
    )


def _row(summary: PlanSummary) -> PlanRow:
    plan, rollup = summary.plan, summary.rollup
    counts = rollup.counts if rollup else {}
    return PlanRow(
        title=plan.title,
        url=url_for("plans.plan_show", slug=plan.slug),
        status=_STATUS_WORDS[plan.status.on(clock.today(), approved_on=plan.approved_on)],
        approved=short_day(plan.approved_on) if plan.approved_on else "Not yet",
        size=f"{counted(summary.areas, 'area')}, {counted(summary.actions, 'action')}",
        code=rollup.rag.value if rollup else "",
        counts=tuple((code.value, counts[code]) for code in Rag if counts.get(code)),
    )
