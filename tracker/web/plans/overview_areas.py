"""The table of areas on the overview: one line an area, with its squares, movement and next milestone."""

from dataclasses import dataclass
from datetime import date

from flask import url_for

from tracker.impact.rules import Verdict
from tracker.plans.queries.overview import AreaStanding
from tracker.plans.rules.changes import Movement
from tracker.plans.rules.rag import Rag
from tracker.web.plans.reading import Reading
from tracker.web.plans.rows import Square, squares


@dataclass(frozen=True)
class Moved:
    """How many actions of an area went one way."""

    way: str
    count: int


@dataclass(frozen=True)
class AreaRow:
    """An area in the table of the overview."""

    number: int
    title: str
    url: str
    code: str
    is_priority: bool
    placeholders: int
    squares: tuple[Square, ...]
    actions: int
    moved: tuple[Moved, ...]
    verdict: str
    next_due: str
    overdue: int


def area_rows(
    areas: tuple[AreaStanding, ...], reading: Reading, verdicts: dict[int, Verdict] | None, *, by_concern: bool
) -> tuple[AreaRow, ...]:
    """Return the areas in plan order, or those of most concern first."""
    rows = sorted(areas, key=_concern) if by_concern else list(areas)
    return tuple(_area_row(area, reading, verdicts) for area in rows)


def _concern(area: AreaStanding) -> tuple[int, int, int, int]:
    """Sort by the area's rating, then by how many of its actions are red and how many milestones overdue."""
    rating = area.rollup.rag.concern if area.rollup else 9
    reds = sum(action.rag is Rag.RED for action in area.actions)
    return rating, -reds, -area.overdue, area.area.number


def _area_row(area: AreaStanding, reading: Reading, verdicts: dict[int, Verdict] | None) -> AreaRow:
    ways = (Movement.WORSE, Movement.BETTER, Movement.COMPLETED, Movement.NEW, Movement.WITHDRAWN)
    return AreaRow(
        number=area.area.number,
        title=area.area.title,
        url=url_for("plans.area_show", slug=reading.plan.slug, number=area.area.number, **reading.address),
        code=area.rollup.rag.value if area.rollup else "",
        is_priority=area.priority,
        placeholders=area.rollup.placeholders if area.rollup else 0,
        squares=squares(area.actions, reading),
        actions=len(area.actions),
        moved=tuple(Moved(way.value, area.moved(way)) for way in ways if area.moved(way)),
        verdict=verdicts[area.area.id].value if verdicts else "",
        next_due=_next_words(area, reading.today),
        overdue=area.overdue,
    )


def _next_words(area: AreaStanding, day: date) -> str:
    step = area.next_step(day)
    if step is not None:
        return step.shown
    if not area.has_open_steps:
        return "None left"
    return "None ahead" if area.overdue else "Date to be confirmed"
