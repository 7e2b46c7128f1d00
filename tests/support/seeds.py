"""Reads the tables of `seeds/` as the tests compare them; what they must agree on stands in the tests."""

import csv
import re
from functools import cache
from pathlib import Path

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
PLAN = (SEEDS / "plan.txt").read_text(encoding="utf-8")
DAY = re.compile(r"0d|[+-][1-9]\d*d")
DEMONSTRATION = ["office", "lead", "auditor", "moderator", "assurance", "viewer", "admin"]

Row = dict[str, str]


@cache
def table(name: str) -> list[Row]:
    """Return the rows of a table, none of them too long or too short."""
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, strict=True))
    assert all(None not in row and None not in row.values() for row in rows), f"{name}: a row is too long or too short"
    return rows


def column(name: str, key: str) -> list[str]:
    """Return one column of a table."""
    return [row[key] for row in table(name)]


def members(cell: str) -> list[str]:
    """Return the members of a list inside a cell."""
    return [part for part in cell.split(";") if part]


def days(offset: str) -> int:
    """Return how many days an offset lies after the day of loading."""
    assert DAY.fullmatch(offset), offset
    return int(offset[:-1])


def refs() -> list[str]:
    """Return the numbers of the plan's actions."""
    return re.findall(r"^(\d+\.\d+)\t", PLAN, re.MULTILINE)
