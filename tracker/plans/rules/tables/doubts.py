"""What is doubtful about a plan in tables beyond its single rows: numbers of two levels, figures and dates in words."""

from collections.abc import Iterator, Sequence

from tracker.plans.rules.reading.cells import cell_text
from tracker.plans.rules.reading.headings import Section
from tracker.plans.rules.reading.prose import date_suggestion, figures_suggestion
from tracker.plans.rules.reading.results import PlanWarning, WarningCode
from tracker.plans.rules.reading.rows import Row
from tracker.plans.rules.reading.scan import Scan
from tracker.plans.rules.reading.sections import AreaDraft
from tracker.plans.rules.reading.status import status_cell
from tracker.plans.rules.tables.fields import Field
from tracker.plans.rules.tables.mapping import Mapping

_MOST_QUOTED = 80


def add_doubts(found: Scan) -> None:
    """Add to what was found in tables the doubts that need more than one cell; nothing of it is changed."""
    rows = [row for area in found.areas for row in area.rows]
    _add_two_levels(rows)
    for row in rows:
        row.doubts.extend((WarningCode.UNREAD, row.lines[0], words) for words in _figures(row))
        row.doubts.extend((WarningCode.MORE_DATES, row.lines[0], words) for words in _revised(row))
    found.warnings.extend(warning for area in found.areas for warning in _measures(area))
    found.warnings.extend(_colours_alone(rows))


def doubled_columns(headings: Sequence[str], mapping: Mapping) -> Iterator[str]:
    """Say of each column that is kept as text because one further left holds the same."""
    for place, first in mapping.doubled(headings).items():
        kept, taken = (_short(cell_text(headings[one])) for one in (place, first))
        yield (
            f"The columns “{taken}” and “{kept}” hold the same. “{taken}” was read, and “{kept}” kept as text. "
            "Suggested: say which of the two is meant"
        )


def _add_two_levels(rows: list[Row]) -> None:
    """Warn of a whole number that is an action's own and at the same time the beginning of other numbers."""
    beginnings: dict[str, str] = {}
    for row in rows:
        whole, dot, _ = row.ref.partition(".")
        if dot:
            beginnings.setdefault(whole, row.ref)
    for row in rows:
        if row.ref in beginnings:
            said = f"The number {row.ref} stands for this action and begins {beginnings[row.ref]}. Both were kept"
            row.doubts.append((WarningCode.UNRESOLVED_REFERENCE, row.lines[0], said))


def _figures(row: Row) -> Iterator[str]:
    text = cell_text(row.cells.get(Field.MILESTONES, ""))
    if suggestion := figures_suggestion(text):
        yield f"“{_short(text)}” holds figures inside its words. They were kept there. {suggestion}"


def _measures(area: AreaDraft) -> Iterator[PlanWarning]:
    for text in area.texts(Section.MEASURES):
        if suggestion := figures_suggestion(text):
            words = f"The measure “{_short(text)}” holds figures inside its words. They were kept there. {suggestion}"
            yield PlanWarning(WarningCode.UNREAD, None, area.line, words)


def _revised(row: Row) -> Iterator[str]:
    for name, cell in row.cells.items():
        text = cell_text(cell)
        if text and name.startswith(Field.REVISED):
            suggestion = date_suggestion(text) or "Suggested: ask for the date to move, with its reason"
            yield f"A revised date, “{text}”, stands beside the first one. It was kept as text. {suggestion}"


def _colours_alone(rows: list[Row]) -> Iterator[PlanWarning]:
    """Warn of a column of colours without a word in it: what colour a cell is painted is not read."""
    named = [(status_cell(row.cells), row.lines[0]) for row in rows]
    lines = [line for (name, _), line in named if name]
    if lines and not any(text for (_, text), _ in named):
        words = "The column for colours holds no words. Painted cells are not read: write the words in, or declare here"
        yield PlanWarning(WarningCode.UNREAD, None, lines[0], words)


def _short(text: str) -> str:
    return text if len(text) <= _MOST_QUOTED else f"{text[:_MOST_QUOTED].rstrip()}…"
