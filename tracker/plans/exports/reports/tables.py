"""A report as tables with their columns, whatever file they go into; what the rows are is each report's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Cell = str | int | date | None


@dataclass(frozen=True)
class Table:
    """One table of a report; the first of a report is the one that a CSV file holds."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class ReportFile:
    """A report as it leaves: what it is, of which plan, as at which day and by which rule, and its tables."""

    name: str
    title: str
    plan: str
    as_at: date
    rule_version: str
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()

    @property
    def main(self) -> Table:
        """The table that is the report itself, with the day and the rule in every row, as a file of rows must."""
        first = self.tables[0]
        ends = (self.as_at, self.rule_version)
        return Table(first.title, (*first.header, "As at", "Rule"), tuple((*row, *ends) for row in first.rows))

    @property
    def document(self) -> Mapping[str, Any]:
        """The report as JSON takes it: each row with the names of its columns."""
        return {
            "report": self.name,
            "plan": self.plan,
            "as_at": self.as_at.isoformat(),
            "rule_version": self.rule_version,
            "notes": list(self.notes),
            "tables": {table.title: [_named(table.header, row) for row in table.rows] for table in self.tables},
        }


def _named(header: Sequence[str], row: Sequence[Cell]) -> dict[str, str | int | None]:
    cells = (cell.isoformat() if isinstance(cell, date) else cell for cell in row)
    return dict(zip(header, cells, strict=True))
