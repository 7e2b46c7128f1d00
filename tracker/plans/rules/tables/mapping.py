"""Which column of a table holds what, as guessed from its headings and as a person corrected it; kept as JSON."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.plans.rules.reading.problems import ReadingProblem
from tracker.plans.rules.reading.status import is_status
from tracker.plans.rules.tables.fields import Field, field_of, heading_words

# The most that a file may have, and so the most of which a person can say what they hold.
MOST_COLUMNS = 100
_LONGEST = 200
_KINDS = ", ".join(f"“{field}”" for field in Field)
_FORM = (
    'The columns are given as {"columns": {"What": "action", "Who": "leads"}} or as lines like What = action. '
    f"What a column may hold: {_KINDS}"
)
_TOO_MANY = f"What columns hold can be said of {MOST_COLUMNS} headings at most. Save the plan with fewer columns"
_ALSO = {"number": Field.NUMBER, "milestone": Field.MILESTONES, "date": Field.TARGET, "lead": Field.LEADS}
_ALSO |= {"rag": Field.STATUS, "objective": Field.OBJECTIVES, "outcome": Field.OUTCOMES, "measure": Field.MEASURES}
_ALSO |= {"text": Field.KEPT, "kept": Field.KEPT, "actions": Field.ACTION, "milestones": Field.MILESTONES}
_NEEDED = (Field.ACTION, Field.MILESTONES)
_BESIDE = (Field.TARGET, Field.LEADS, Field.STATUS)
# Several columns of one table may each be these.
_EACH_BY_ITSELF = frozenset({None, Field.KEPT, Field.STATUS, Field.REVISED})


@dataclass(frozen=True)
class Columns:
    """The columns of one table from left to right: their names, each but once; `width` is how many there are.

    A column is named by what it holds, or by its heading when that is not known or stands a second time.
    """

    names: tuple[str, ...]
    headings: tuple[str, ...]

    def place(self, field: Field) -> int | None:
        """Return where a field stands, None when the table has none."""
        return self.names.index(field) if field in self.names else None

    def by_name(self, cells: Sequence[str]) -> dict[str, str]:
        """Return a row's cells by the names of their columns; what stands further right stays with the last."""
        row = dict(zip(self.names, [*cells, *[""] * len(self.names)], strict=False))
        surplus = [cell for cell in cells[len(self.names) :] if cell.strip()]
        if surplus:
            row[self.names[-1]] = "\n".join(filter(None, (row[self.names[-1]], *surplus)))
        return row


@dataclass(frozen=True)
class Mapping:
    """What a person says that columns hold, by the words of their headings; the rest is guessed."""

    columns: tuple[tuple[str, Field], ...] = ()

    def as_json(self) -> str:
        """Return it as text that `mapping_from` reads."""
        return json.dumps({"columns": dict(self.columns)}, ensure_ascii=False)

    def field(self, heading: str) -> Field | None:
        """Return what a column with this heading holds, None when nobody said and its words are not known."""
        said = dict(self.columns).get(heading_words(heading)) if self.columns and len(heading) <= _LONGEST else None
        return said or field_of(heading)

    def columns_of(self, cells: Sequence[str]) -> Columns | None:
        """Return the columns that a row of headings names, or None when it is no such row.

        It names the action or its milestones, and beside them the date, the lead or the status.
        """
        fields = _with_number([self.field(cell) for cell in cells], cells)
        if not set(_NEEDED) & set(fields) or not set(_BESIDE) & set(fields):
            return None
        if sum(field is not None for field in fields) * 2 < sum(bool(cell.strip()) for cell in cells):
            return None
        names: list[str] = []
        for number, (cell, field) in enumerate(zip(cells, fields, strict=True), start=1):
            is_own = field in {None, Field.KEPT} or (field is Field.STATUS and is_status(heading_words(cell)))
            name = heading_words(cell) or f"column {number}" if is_own else str(field)
            names.append(_unused(name, cell, number, names))
        return Columns(tuple(map(str, names)), tuple(heading_words(cell) for cell in cells))

    def doubled(self, cells: Sequence[str]) -> dict[int, int]:
        """Return which columns of a row of headings stay text because one further left holds the same: its place."""
        columns = self.columns_of(cells)
        if columns is None:
            return {}
        fields = _with_number([self.field(cell) for cell in cells], cells)
        return {
            place: fields.index(field)
            for place, field in enumerate(fields)
            if field not in _EACH_BY_ITSELF and fields.index(field) < place
        }


def mapping_from(text: str) -> Mapping:
    """Return the mapping that a text says, as JSON or as lines like "What = action"; of nothing, an empty one.

    Raises:
        ReadingProblem: with what such a text looks like, or that it says more than any plan needs.
    """
    if not text.strip():
        return Mapping()
    found: dict[str, Field] = {}
    for heading, said in _pairs(text):
        words = heading_words(heading)
        field = _ALSO.get(said.strip().lower()) or _field(said.strip().lower())
        if not words or field is None:
            raise ReadingProblem(_FORM)
        found[words] = field
    if len(found) > MOST_COLUMNS:
        raise ReadingProblem(_TOO_MANY)
    return Mapping(tuple(found.items()))


def pairs_in(text: str) -> Iterable[tuple[str, str]]:
    """Yield what stands on each side of "=" in lines or between commas; a part without it has nothing on the right."""
    for part in text.replace(",", "\n").replace(";", "\n").splitlines():
        if part.strip():
            left, _, right = part.partition("=")
            yield left, right


def _with_number(fields: list[Field | None], cells: Sequence[str]) -> list[Field | None]:
    """Return the fields with a column of numbers where its heading is empty: before the action, or under its heading.

    A heading drawn over two columns stands in the first of them.
    """
    if Field.NUMBER in fields or Field.ACTION not in fields:
        return fields
    place = fields.index(Field.ACTION)
    if place + 1 < len(cells) and not cells[place + 1].strip():
        return [*fields[:place], Field.NUMBER, Field.ACTION, *fields[place + 2 :]]
    if place > 0 and not cells[place - 1].strip():
        return [*fields[: place - 1], Field.NUMBER, *fields[place:]]
    return fields


def _pairs(text: str) -> Iterable[tuple[str, str]]:
    if not text.lstrip().startswith("{"):
        return pairs_in(text)
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReadingProblem(_FORM) from error
    columns = found.get("columns", found)
    if not isinstance(columns, dict) or not all(isinstance(said, str) for said in columns.values()):
        raise ReadingProblem(_FORM)
    return columns.items()


def _field(said: str) -> Field | None:
    return Field(said) if said in set(Field) else None


def _unused(name: str, cell: str, number: int, names: list[str]) -> str:
    """Return a name that no column to the left has."""
    for one in (name, heading_words(cell)):
        if one and one not in names:
            return one
    return f"{heading_words(cell) or 'column'} {number}"
