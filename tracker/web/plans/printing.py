"""The whole plan on paper: every area with its words, actions, milestones and ratings, readable without colour."""

from dataclasses import dataclass
from datetime import date

from flask import render_template
from flask.typing import ResponseReturnValue

from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.models import Plan
from tracker.plans.queries.overview import AreaStanding, area_standings, whole_plan
from tracker.plans.queries.plan import plan_by_slug
from tracker.plans.queries.standing import Standing
from tracker.plans.queries.texts import AreaTexts, texts_of
from tracker.plans.rules.sentences import changes_sentence
from tracker.plans.rules.strip import Step, moved_words
from tracker.plans.rules.wording import short_day
from tracker.web.access import requires
from tracker.web.plans.area import ItemLine, item_line
from tracker.web.plans.blueprint import bp
from tracker.web.plans.overview_counts import counts_of, tiles_of
from tracker.web.plans.reading import Reading, read_now
from tracker.web.plans.rows import ActionRow, action_row


@dataclass(frozen=True)
class PrintedStep:
    """A milestone with its date and its state in words."""

    title: str
    shown: str
    state: str
    moved: str


@dataclass(frozen=True)
class PrintedAction:
    """An action with all its milestones."""

    row: ActionRow
    steps: tuple[PrintedStep, ...]


@dataclass(frozen=True)
class PrintedArea:
    """An area with everything that the plan says of it."""

    number: int
    title: str
    code: str
    is_priority: bool
    items: tuple[ItemLine, ...]
    texts: AreaTexts
    actions: tuple[PrintedAction, ...]


@bp.get("/plans/<slug>/print")
@requires(Permission.PLAN_READ, about=plan_by_slug)
def plan_print(plan: Plan) -> ResponseReturnValue:
    """Show the whole plan as it goes to paper."""
    reading = read_now(plan)
    areas = area_standings(plan.areas, reading.found)
    texts = texts_of(db_session(), plan)
    return render_template(
        "plans/plan_print.html",
        plan=plan,
        reading=reading,
        counts=counts_of(reading),
        whole=whole_plan(areas) if reading.comparison else None,
        tiles=tiles_of(reading),
        sentence=changes_sentence(reading.found.changes),
        areas=tuple(_area(area, reading, texts.get(area.area.id, AreaTexts())) for area in areas),
    )


def _area(standing: AreaStanding, reading: Reading, texts: AreaTexts) -> PrintedArea:
    area = standing.area
    return PrintedArea(
        number=area.number,
        title=area.title,
        code=standing.rollup.rag.value if standing.rollup else "",
        is_priority=standing.priority,
        items=tuple(item_line(answered.item) for answered in area.items),
        texts=texts,
        actions=tuple(_action(action, reading) for action in standing.actions),
    )


def _action(action: Standing, reading: Reading) -> PrintedAction:
    steps = tuple(
        PrintedStep(step.title, step.shown, _state(step, reading.today), moved_words(step)) for step in action.steps
    )
    return PrintedAction(action_row(action, reading), steps)


def _state(step: Step, day: date) -> str:
    if step.done_on is not None:
        return f"Done {short_day(step.done_on)}"
    late = step.days_late(day)
    return f"Overdue {late} {'day' if late == 1 else 'days'}" if late else step.mark(day).word.capitalize()
