"""Where the lines, marks and words of a theme's chart stand; counting is the audits', drawing the template's.

Widths are shares of the page, so that words keep their size on a narrow screen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.audits.rules.votes import ThemeCount
from tracker.impact.queries import LinkedAction
from tracker.web.themes.rows import FEWEST_FOR_SHARE, share

HEIGHT = 296
_TOP, _BOTTOM = 40, 240
_LEFT, _RIGHT = 13.0, 95.0
_MOST_LABELS = 12


@dataclass(frozen=True)
class Line:
    """A line between two places."""

    x1: str
    y1: int
    x2: str
    y2: int


@dataclass(frozen=True)
class Level:
    """A level line with its words."""

    y: int
    words: str


@dataclass(frozen=True)
class Point:
    """A month with files; `is_few` when they are too few for a share to be trusted."""

    x: str
    y: int
    is_few: bool


@dataclass(frozen=True)
class MonthLabel:
    """A month under the chart; every other one gives way on a narrow screen."""

    x: str
    name: str
    files: int
    year: str
    gives_way: bool


@dataclass(frozen=True)
class Marker:
    """When a linked action was done or, until then, linked."""

    x: str
    y: int
    ref: str
    anchor: str


@dataclass(frozen=True)
class Words:
    """Words beside a point."""

    x: str
    y: int
    words: str


@dataclass(frozen=True)
class Chart:
    """A whole chart, ready to be drawn."""

    height: int
    top: int
    bottom: int
    levels: list[Level]
    lines: list[Line]
    points: list[Point]
    labels: list[MonthLabel]
    markers: list[Marker]
    latest: Words | None


def chart_of(months: Mapping[date, ThemeCount], linked: Sequence[LinkedAction]) -> Chart:
    """Return the chart of the share of files with a concern, month by month, from 0 to 100%.

    A month without files leaves a gap.
    """
    counts = list(months.items())
    points = {
        place: Point(_x(place, len(counts)), _y(count), count.answered < FEWEST_FOR_SHARE)
        for place, (_, count) in enumerate(counts)
        if count.answered
    }
    return Chart(
        height=HEIGHT,
        top=_TOP,
        bottom=_BOTTOM,
        levels=[Level(_BOTTOM - percent * (_BOTTOM - _TOP) // 100, f"{percent}%") for percent in range(0, 101, 20)],
        lines=[
            Line(point.x, point.y, points[place + 1].x, points[place + 1].y)
            for place, point in points.items()
            if place + 1 in points
        ],
        points=list(points.values()),
        labels=_labels(counts),
        markers=_markers([month for month, _ in counts], linked),
        latest=_latest(points, counts),
    )


def _x(place: float, months: int) -> str:
    """Return where a month stands; one month alone stands in the middle."""
    if months < 2:
        return f"{(_LEFT + _RIGHT) / 2:.2f}%"
    return f"{_LEFT + (_RIGHT - _LEFT) * place / (months - 1):.2f}%"


def _y(count: ThemeCount) -> int:
    return _BOTTOM - (_BOTTOM - _TOP) * count.concerns // count.answered


def _labels(counts: list[tuple[date, ThemeCount]]) -> list[MonthLabel]:
    """Name at most twelve months, the latest always; a year stands under its first month that never gives way."""
    step = -(-len(counts) // _MOST_LABELS)
    labels: list[MonthLabel] = []
    told: set[int] = set()
    for place, (month, count) in enumerate(counts):
        from_last = len(counts) - 1 - place
        if from_last % step:
            continue
        gives_way = from_last // step % 2 == 1
        year = "" if gives_way or month.year in told else str(month.year)
        if not gives_way:
            told.add(month.year)
        labels.append(MonthLabel(_x(place, len(counts)), f"{month:%b}", count.answered, year, gives_way))
    return labels


def _markers(months: list[date], linked: Sequence[LinkedAction]) -> list[Marker]:
    """Place each action on its day, its number in one of two rows so that neighbours can be read."""
    places = {month: place for place, month in enumerate(months)}
    days = sorted((action.done_on or action.set_on, action.ref) for action in linked if action.is_readable)
    shown = [(day, ref) for day, ref in days if day.replace(day=1) in places]
    markers = []
    for number, (day, ref) in enumerate(shown):
        place = min(max(places[day.replace(day=1)] + (day.day - 15) / 31, 0), len(months) - 1)
        is_late = place > len(months) / 2
        markers.append(Marker(_x(place, len(months)), 14 + 14 * (number % 2), ref, "end" if is_late else "start"))
    return markers


def _latest(points: dict[int, Point], counts: list[tuple[date, ThemeCount]]) -> Words | None:
    """Write the share of the latest month with enough files below its point, or above where there is no room."""
    trusted = [place for place, point in points.items() if not point.is_few]
    if not trusted:
        return None
    point = points[trusted[-1]]
    below = point.y + 22
    return Words(point.x, below if below < _BOTTOM else point.y - 12, share(counts[trusted[-1]][1]))
