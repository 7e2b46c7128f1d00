"""Reads the files of `seeds/`; what their cells mean is the other modules' concern."""

import csv
import json
from pathlib import Path
from typing import Any

SEEDS = Path(__file__).resolve().parents[3] / "seeds"

Row = dict[str, str]


def table(name: str) -> list[Row]:
    """Return the rows of a table, each cell by its column's name."""
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def plan_text() -> str:
    """Return the plan as published, its dates still tokens."""
    return (SEEDS / "plan.txt").read_text(encoding="utf-8")


def about_plan() -> dict[str, Any]:
    """Return what is known of the plan beside its text."""
    about: dict[str, Any] = json.loads((SEEDS / "plan.json").read_text(encoding="utf-8"))
    return about


def listed(cell: str) -> list[str]:
    """Return the members of a list inside a cell."""
    return [part for part in cell.split(";") if part]
