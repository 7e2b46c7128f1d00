"""The versions of a plan: which were approved, how two of them differ, and where the plan is in its life."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.models import Plan
from tracker.plans.queries.plan import plan_by_slug
from tracker.plans.queries.versions import StepRow, VersionRow, difference_of, steps_of, versions_of
from tracker.plans.rules.plan_life import OVER, next_steps, status_meaning, status_words
from tracker.plans.rules.versions import Difference, Kind
from tracker.web.access import allowed, requires
from tracker.web.paging import Page, page_of
from tracker.web.plans.blueprint import bp
from tracker.web.plans.kept_rows import kept_note
from tracker.web.templating import day

_NOW = "now"


@dataclass(frozen=True)
class VersionLine:
    """A version in words."""

    name: str
    approved: str
    body: str
    note: str
    seal: str
    recorded_by: str


@dataclass(frozen=True)
class StepLine:
    """A step of the plan's life in words."""

    day: str
    status: str
    reason: str
    recorded_by: str


@dataclass(frozen=True)
class Sides:
    """The two states that are compared, as they stand in the address, with all that may be chosen."""

    old: str
    new: str
    choices: tuple[tuple[str, str], ...]

    @property
    def words(self) -> str:
        """Both states, as a caption names them."""
        names = dict(self.choices)
        return f"From {_within(names[self.old])} to {_within(names[self.new])}"


@bp.get("/plans/<slug>/versions")
@requires(Permission.PLAN_READ, about=plan_by_slug)
def plan_versions(plan: Plan) -> ResponseReturnValue:
    """List the versions of a plan, and tell how two of them, or one and the plan of today, differ."""
    session = db_session()
    versions, inside = versions_of(session, plan), allowed(Permission.LEAD_NAMES, plan)
    sides, status = _sides(versions), plan.status.on(clock.today(), approved_on=plan.approved_on)
    found = _differences(plan, sides, inside=inside) if sides is not None else ()
    page = _page(plan, sides, len(found))
    may_edit = allowed(Permission.PLAN_EDIT, plan)
    return render_template(
        "plans/plan_versions.html",
        plan=plan,
        status=status_words(status),
        meaning=status_meaning(status),
        kept=kept_note(plan),
        is_draft=plan.approved_on is None,
        versions=[_line(row, inside=inside) for row in versions],
        steps=[_step(row, inside=inside) for row in steps_of(session, plan)],
        sides=sides,
        found=found[page.rows],
        size=counted(len(found), "difference"),
        page=page,
        may_edit=may_edit,
        may_move=may_edit and bool(next_steps(status)),
        may_approve=may_edit and status not in OVER,
    )


def _sides(versions: list[VersionRow]) -> Sides | None:
    """Return which two states to compare: those asked for, else the newest version and now."""
    if not versions:
        return None
    choices = (*((str(row.number), f"Version {row.number}, {day(row.approved_on)}") for row in versions), (_NOW, "Now"))
    known = {key for key, _ in choices}
    old, new = request.args.get("old", ""), request.args.get("new", "")
    return Sides(old if old in known else choices[0][0], new if new in known else _NOW, choices)


def _differences(plan: Plan, sides: Sides, *, inside: bool) -> tuple[Difference, ...]:
    """Return the differences; who is not inside reads nothing of leads (domain A9)."""
    old, new = (None if side == _NOW else int(side) for side in (sides.old, sides.new))
    found = difference_of(db_session(), plan, old, new)
    return found if inside else tuple(one for one in found if one.kind is not Kind.LEAD_CHANGED)


def _page(plan: Plan, sides: Sides | None, size: int) -> Page:
    chosen: dict[str, Any] = {"old": sides.old, "new": sides.new} if sides is not None else {}
    return page_of(size, lambda number: url_for("plans.plan_versions", slug=plan.slug, page=number, **chosen))


def _line(row: VersionRow, *, inside: bool) -> VersionLine:
    return VersionLine(
        name=f"Version {row.number}",
        approved=day(row.approved_on),
        body=row.body or "Not recorded",
        note=row.note,
        seal=row.content_sha256[:12],
        recorded_by=(row.recorded_by or "A command on the server") if inside else "",
    )


def _step(row: StepRow, *, inside: bool) -> StepLine:
    name = (row.recorded_by or "A command on the server") if inside else ""
    return StepLine(day(row.effective_on), status_words(row.status), row.reason if inside else "", name)


def _within(name: str) -> str:
    return name[0].lower() + name[1:]
