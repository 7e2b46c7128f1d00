"""The plan overview: how many actions stand how, what changed since, what will turn red, and every area in one line."""

from dataclasses import dataclass
from datetime import date

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.core.text import counted, joined
from tracker.extensions import db_session
from tracker.impact.queries import verdicts_of_plan
from tracker.impact.rules import Verdict
from tracker.people.policy import Permission
from tracker.plans.models import Plan
from tracker.plans.queries.overview import AreaStanding, area_standings, whole_plan
from tracker.plans.queries.plan import plan_by_slug
from tracker.plans.rules.changes import Group, Movement
from tracker.plans.rules.comparing import LookAhead, look_until
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.sentences import changes_sentence
from tracker.plans.rules.turns import will_turn
from tracker.web.access import allowed, requires
from tracker.web.plans.blueprint import bp
from tracker.web.plans.kept_rows import kept_note
from tracker.web.plans.overview_areas import area_rows
from tracker.web.plans.overview_counts import comparison_chips, counts_of, show_chips, tiles_of
from tracker.web.plans.reading import Reading, read_now
from tracker.web.plans.rows import address_of, lead_says, rule_says, was_code, way_of


@dataclass(frozen=True)
class WentRed:
    """An action that went red, with what its lead and the rule say."""

    ref: str
    title: str
    url: str
    was: str | None
    way: str
    says: str
    rule: str


@dataclass(frozen=True)
class Turning:
    """An action that will be red by a day if nothing is done."""

    ref: str
    title: str
    url: str
    on: date
    because: str


@bp.get("/plans/<slug>")
@requires(Permission.PLAN_READ, about=plan_by_slug)
def plan_show(plan: Plan) -> ResponseReturnValue:
    """Show a plan as a meeting asks for it."""
    reading = read_now(plan)
    areas = area_standings(plan.areas, reading.found)
    verdicts = _verdicts(plan, areas)
    by_concern = request.args.get("order") == "concern"
    ahead = look_until(request.args.get("by", "").strip(), next_meeting=reading.window.next_day, today=reading.today)
    turning, ambers = _turning(reading, ahead)
    order = {"slug": plan.slug, **reading.address}
    return render_template(
        "plans/plan_show.html",
        plan=plan,
        reading=reading,
        counts=counts_of(reading),
        whole=whole_plan(areas) if reading.comparison else None,
        chips=comparison_chips(reading),
        shows=show_chips(reading),
        tiles=tiles_of(reading),
        sentence=changes_sentence(reading.found.changes),
        went_red=_went_red(reading),
        changes_link=_changes_link(reading),
        ahead=ahead,
        turning=turning,
        amber_words=f"{counted(ambers, 'action')} will turn amber {ahead.words}." if ambers else "",
        differences=_differences(areas, verdicts) if verdicts is not None else (),
        areas=area_rows(areas, reading, verdicts, by_concern=by_concern),
        areas_heading=f"The {counted(len(areas), 'area')}" if len(areas) > 1 else "The area",
        by_concern=by_concern,
        plan_order_url=url_for("plans.plan_show", **order),
        concern_url=url_for("plans.plan_show", **order, order="concern"),
        kept=kept_note(plan),
        may_edit=allowed(Permission.PLAN_EDIT, plan),
        may_import=allowed(Permission.PLAN_IMPORT),
        is_lead=allowed(Permission.ACTION_MINE),
    )


def _changes_link(reading: Reading) -> str:
    changed = sum(action.movement is not Movement.UNCHANGED for action in reading.found.actions)
    moved = len(reading.found.changes.date_moves)
    parts = [(changed, "change"), (moved, "changed date")]
    told = joined([counted(number, what) for number, what in parts if number])
    if not told:
        return "See what is still red or not updated"
    return f"See all {told}" if changed + moved > 1 else f"See the {told.removeprefix('1 ')}"


def _verdicts(plan: Plan, areas: tuple[AreaStanding, ...]) -> dict[int, Verdict] | None:
    """Return what is known of each area's impact; nothing for readers who see nothing of audits (domain A9)."""
    if not allowed(Permission.THEME_READ, plan):
        return None
    known = verdicts_of_plan(db_session(), plan)
    return {area.area.id: _area_verdict(area, known) for area in areas}


def _area_verdict(area: AreaStanding, known: dict[int, Verdict]) -> Verdict:
    """Until windows are compared, an area is measured too early as soon as one of its actions is linked."""
    found = {known.get(action.row.id, Verdict.NOT_MEASURED) for action in area.actions}
    return Verdict.TOO_EARLY if found - {Verdict.NOT_MEASURED} else Verdict.NOT_MEASURED


def _went_red(reading: Reading) -> tuple[WentRed, ...]:
    refs = {change.ref for change in reading.found.changes.group(Group.WENT_RED)}
    return tuple(
        WentRed(
            ref=action.row.ref,
            title=action.row.title,
            url=address_of(reading, action.row.ref),
            was=was_code(action),
            way=way_of(action),
            says=lead_says(action, reading),
            rule=rule_says(action),
        )
        for action in reading.found.actions
        if action.row.ref in refs
    )


def _turning(reading: Reading, ahead: LookAhead) -> tuple[tuple[Turning, ...], int]:
    """Return what will turn red by the day, soonest first, and how many will turn amber."""
    by_ref = {action.row.ref: action for action in reading.found.actions}
    outlooks = {ref: action.outlook for ref, action in by_ref.items() if action.outlook is not None}
    turns = will_turn(outlooks, after=reading.today, by=ahead.day)
    reds = tuple(
        Turning(
            turn.ref, by_ref[turn.ref].row.title, address_of(reading, turn.ref), turn.on, next(iter(turn.because), "")
        )
        for turn in turns
        if turn.to is Rag.RED
    )
    return reds, sum(turn.to is Rag.AMBER for turn in turns)


def _differences(areas: tuple[AreaStanding, ...], verdicts: dict[int, Verdict]) -> tuple[tuple[str, str], ...]:
    """Return each verdict that may be given with its count of areas in words."""
    found = [verdicts[area.area.id] for area in areas]
    order = (Verdict.WORKING, Verdict.TOO_EARLY, Verdict.NO_CHANGE, Verdict.WORSE, Verdict.NOT_MEASURED)
    return tuple((verdict.value, counted(found.count(verdict), "area")) for verdict in order)
