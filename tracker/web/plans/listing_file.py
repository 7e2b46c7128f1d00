"""The columns of the file of actions, which other programs read by their names; how the file is sent is elsewhere."""

from collections.abc import Iterable, Iterator
from datetime import date

from tracker.plans.queries.listing import due_step
from tracker.plans.queries.standing import Standing
from tracker.plans.rules.outlook import Outlook
from tracker.plans.rules.strip import Step
from tracker.web.plans.exporting import Cell
from tracker.web.plans.reading import Reading

HEADER = (
    "No.",
    "Action",
    "Kind",
    "Area no.",
    "Area",
    "Lead",
    "RAG now",
    "RAG by its dates",
    "RAG declared",
    "RAG by override",
    "Override until",
    "RAG then",
    "Change",
    "Compared with",
    "Due",
    "Due precision",
    "Due start",
    "Due end",
    "First due",
    "Times moved",
    "Days moved",
    "Milestones",
    "Milestones done",
    "Milestones overdue",
    "Last update",
    "Reasons",
)


def cells_of(actions: Iterable[Standing], reading: Reading) -> Iterator[tuple[Cell, ...]]:
    """Yield one line an action; the date stands in four columns (ux 6)."""
    areas = {area.id: area for area in reading.plan.areas}
    for action in actions:
        area = areas[action.row.area_id]
        yield (
            action.row.ref,
            action.row.title,
            action.row.kind.value,
            area.number,
            area.title,
            reading.lead(action),
            *_ratings(action),
            reading.since,
            *_due(due_step(action)),
            len(action.steps),
            sum(not step.is_open for step in action.steps),
            action.overdue,
            action.last_update.effective_on if action.last_update else None,
            "; ".join(action.reasons),
        )


def _ratings(action: Standing) -> tuple[Cell, ...]:
    outlook = action.outlook
    if outlook is None:
        return ("",) * 7
    declared = outlook.declared.word if outlook.declared else ""
    rag = outlook.effective_on(action.day)
    then = action.was.word if action.was else ""
    computed = outlook.computed_on(action.day).word
    return rag.word, computed, declared, *_override(outlook, action.day), then, action.movement.value


def _override(outlook: Outlook, day: date) -> tuple[Cell, ...]:
    """Return what an approved override makes of the rating, with its last day; nothing when none counts."""
    if not outlook.is_overridden_on(day):
        return "", ""
    return outlook.overridden_on(day).word, outlook.override_until


def _due(step: Step | None) -> tuple[Cell, ...]:
    if step is None:
        return ("",) * 7
    moved = (step.first_due, step.times_moved, step.days_moved)
    return step.shown, step.precision.value, step.start, step.due, *moved
