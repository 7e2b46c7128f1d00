"""Small documents for the tests of reading, and the fixture plan of an invented council."""

from datetime import date
from pathlib import Path

from tracker.plans.rules.reading import ActionReading, PlanReading, read_plan

APPROVED = date(2015, 1, 13)
RIVERTON = (Path(__file__).parents[3] / "support" / "plans" / "riverton.txt").read_text(encoding="utf-8")
HEADING = "ACTION\t\tPROGRESS MILESTONES\tTARGET DATE\tDELIVERY LEAD"


def plan_of(*lines: str) -> PlanReading:
    """Read lines as a plan approved on 13 January 2015."""
    return read_plan("\n".join(lines), approved_on=APPROVED)


def rows_of(*rows: str) -> list[ActionReading]:
    """Read rows of one table under one area."""
    reading = plan_of("AREA FOR IMPROVEMENT 1: Supervision", HEADING, *rows)
    return [action for area in reading.areas for action in area.actions]


def steps_of(milestones: str, target: str) -> list[tuple[str, str]]:
    """Read one action's cells as its milestones, each with its due day or the kind of its date."""
    (action,) = rows_of(f"1.1\tWrite a standard\t{milestones}\t{target}\tHannah Osei")
    return [(step.title, str(step.date.due or step.date.kind.value)) for step in action.milestones]


def codes_of(reading: PlanReading) -> list[tuple[str, str | None, int]]:
    """Return the warnings of a reading as code, action and line."""
    return [(warning.code.value, warning.ref, warning.line) for warning in reading.warnings]


def codes_beside(milestones: str, target: str, leads: str = "Hannah Osei") -> list[str]:
    """Return the codes of the warnings about one action's cells."""
    row = f"1.1\tWrite a standard\t{milestones}\t{target}\t{leads}"
    return [warning.code.value for warning in plan_of("AREA FOR IMPROVEMENT 1: Supervision", HEADING, row).warnings]
