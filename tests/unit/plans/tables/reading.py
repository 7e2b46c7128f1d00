"""Reading rows of cells in tests, and saying what was read in a few words."""

from datetime import date

from tests.support.plan_forms import excel_file
from tracker.plans.imports.plan_file import PlanFile, read_plan_file
from tracker.plans.rules.reading import ActionReading, PlanReading

APPROVED = date(2026, 1, 13)
Range = tuple[int, int, int, int]


def read(raw: bytes, name: str = "plan.xlsx", *, columns: str = "", key: str = "") -> PlanReading:
    """Read a file as the import does."""
    return read_plan_file(PlanFile(raw, name, columns=columns, key=key), approved_on=APPROVED).reading


def read_rows(
    *rows: str, merged: tuple[Range, ...] = (), columns: str = "", key: str = "Green = G, Amber = A"
) -> PlanReading:
    """Read a worksheet whose cells are printed between strokes, "/" ending a line within a cell."""
    cells = [[cell.strip().replace(" / ", "\n") for cell in row.split("|")] for row in rows]
    return read(excel_file({"Plan": cells}, merged), columns=columns, key=key)


def actions(reading: PlanReading) -> dict[str, ActionReading]:
    """Return the actions by their numbers."""
    return {action.ref: action for area in reading.areas for action in area.actions}


def steps(action: ActionReading) -> list[tuple[str, str]]:
    """Return the milestones of an action with their days, empty without one."""
    return [(step.title, step.date.due.isoformat() if step.date.due else "") for step in action.milestones]


def leads(action: ActionReading) -> list[str]:
    """Return who leads an action."""
    return [lead.name for lead in action.leads]


def doubts(reading: PlanReading, code: str) -> list[str]:
    """Return what was doubted under a code, after the place."""
    return [warning.said for warning in reading.warnings if warning.code == code]
