"""The check of how a plan is written: what is weak, where, and the page that mends it, on the screen and as files."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.exports.reports.files import QUALITY_HEADER, quality_cells, quality_file
from tracker.plans.models import Plan
from tracker.plans.queries.plan import plan_by_slug
from tracker.plans.queries.quality import plan_to_check
from tracker.plans.rules.quality import Fault, Finding, check_plan
from tracker.plans.rules.quality.checking import MOST_ACTIONS
from tracker.web.access import allowed, requires
from tracker.web.paging import page_of
from tracker.web.plans.blueprint import bp
from tracker.web.plans.exporting import csv_answer, exportable
from tracker.web.plans.quality_cures import cure_of
from tracker.web.plans.report_reading import excel_report

_LOADS = tuple(str(number) for number in range(3, 13))


@dataclass(frozen=True)
class Asked:
    """What the address asks for: findings of one kind, or of all, and how much one lead may carry."""

    fault: Fault | None
    most: int

    @property
    def address(self) -> dict[str, Any]:
        """What addresses of the same list carry along."""
        kind = {"kind": self.fault.value} if self.fault else {}
        return kind if self.most == MOST_ACTIONS else {**kind, "most": self.most}


@dataclass(frozen=True)
class KindRow:
    """A kind of weakness with how often it was found, and the address of the list of it."""

    words: str
    why: str
    count: int
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class FindingRow:
    """A finding in words, with the page that mends it."""

    kind: str
    where: str
    text: str
    note: str
    url: str
    cure: str


@bp.get("/plans/<slug>/quality")
@requires(Permission.LEAD_NAMES, about=plan_by_slug)
def plan_quality(plan: Plan) -> ResponseReturnValue:
    """Show what is weak in a plan."""
    asked = _asked()
    found = check_plan(plan_to_check(db_session(), plan), most_actions=asked.most)
    chosen = _chosen(found, asked)
    page = page_of(
        len(chosen), lambda number: url_for("plans.plan_quality", slug=plan.slug, page=number, **asked.address)
    )
    return render_template(
        "plans/plan_quality.html",
        plan=plan,
        sentence=_sentence(found, plan),
        heading=asked.fault.words if asked.fault else "All findings",
        kinds=_kinds(plan, found, asked),
        rows=tuple(_row(plan, one) for one in chosen[page.rows]),
        page=page,
        loads=[(load, load == str(asked.most)) for load in _LOADS],
        asked=asked,
        all_url=_url(plan, Asked(None, asked.most)),
        files=_files(plan, asked) if allowed(Permission.PLAN_EXPORT) else None,
    )


@bp.get("/plans/<slug>/quality.csv")
@requires(Permission.LEAD_NAMES, about=plan_by_slug)
def plan_quality_csv(plan: Plan) -> ResponseReturnValue:
    """Send the findings as a CSV file; of actions only those that the person may take away."""
    return csv_answer(plan, "quality", QUALITY_HEADER, map(quality_cells, _to_take_away(plan)))


@bp.get("/plans/<slug>/quality.xlsx")
@requires(Permission.LEAD_NAMES, about=plan_by_slug)
def plan_quality_xlsx(plan: Plan) -> ResponseReturnValue:
    """Send the same findings as an Excel file."""
    notes = (
        f"A lead carries too much with more than {_asked().most} open actions.",
        *(f"{fault.words}: {fault.why}" for fault in Fault),
    )
    return excel_report(plan, quality_file(plan, _to_take_away(plan), notes, day=clock.today()))


def _asked() -> Asked:
    """Return what the address asks for; what no choice offers counts as not asked."""
    kind, most = request.args.get("kind", ""), request.args.get("most", "")
    return Asked(Fault(kind) if kind in set(Fault) else None, int(most) if most in _LOADS else MOST_ACTIONS)


def _chosen(found: Sequence[Finding], asked: Asked) -> list[Finding]:
    return [one for one in found if asked.fault in {None, one.fault}]


def _to_take_away(plan: Plan) -> list[Finding]:
    """Return the findings asked for, without those of actions that are not the person's to take away."""
    mine, asked = exportable(plan), _asked()
    found = check_plan(plan_to_check(db_session(), plan), most_actions=asked.most)
    return [one for one in _chosen(found, asked) if mine.issuperset(one.actions)]


def _url(plan: Plan, asked: Asked) -> str:
    return url_for("plans.plan_quality", slug=plan.slug, **asked.address)


def _files(plan: Plan, asked: Asked) -> tuple[str, str]:
    address: dict[str, Any] = {"slug": plan.slug, **asked.address}
    return url_for("plans.plan_quality_csv", **address), url_for("plans.plan_quality_xlsx", **address)


def _sentence(found: Sequence[Finding], plan: Plan) -> str:
    if not plan.areas:
        return "This plan has no areas yet, so there is nothing to check."
    if not found:
        return "Nothing weak was found: every action has a date and a lead who can carry it, every measure a number."
    kinds = len({one.fault for one in found})
    return f"{counted(len(found), 'finding')} of {counted(kinds, 'kind')}. None of them changes a rating by itself."


def _kinds(plan: Plan, found: Sequence[Finding], asked: Asked) -> tuple[KindRow, ...]:
    counts = Counter(one.fault for one in found)
    return tuple(
        KindRow(fault.words, fault.why, counts[fault], _url(plan, Asked(fault, asked.most)), fault is asked.fault)
        for fault in Fault
    )


def _row(plan: Plan, one: Finding) -> FindingRow:
    url, cure = cure_of(plan, one)
    return FindingRow(one.fault.words, _where(one), one.text, one.note, url, cure)


def _where(one: Finding) -> str:
    if one.ref:
        return f"Action {one.ref}"
    return f"Area {one.area}" if one.area else ""
