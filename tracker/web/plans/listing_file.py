"""The columns of the file of actions, which other programs read by their names; how the file is sent is elsewhere."""

from collections.abc import Iterable, Iterator

from tracker.plans.queries.listing import due_step
from tracker.plans.queries.standing import Standing
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
    "RAG then",
    "Change",
    "Compared with",
    "Due",
    "Due precision",
    "Due start",
    "Due end",
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
        return ("",) * 5
    declared = outlook.declared.word if outlook.declared else ""
    rag = outlook.effective_on(action.day)
    then = action.was.word if action.was else ""
    return rag.word, outlook.computed_on(action.day).word, declared, then, action.movement.value


def _due(step: Step | None) -> tuple[Cell, ...]:
    if step is None:
        return ("",) * 4
    return step.shown, step.precision.value, step.start, step.due
