"""The rows of one table as actions: which begins one, and which belongs to the row above; no cell is read here."""

import re

from tracker.plans.rules.reading.cells import cell_text
from tracker.plans.rules.reading.rows import Row as ActionRow
from tracker.plans.rules.reading.sections import AreaDraft
from tracker.plans.rules.reading.table import Columns as TextColumns
from tracker.plans.rules.reading.table import split_ref
from tracker.plans.rules.tables.document import Row
from tracker.plans.rules.tables.fields import Field
from tracker.plans.rules.tables.mapping import Columns

_LONGEST_REF = 12
_ONCE = frozenset({Field.NUMBER, Field.AREA, Field.OBJECTIVES, Field.OUTCOMES, Field.MEASURES})
_ENDS = re.compile(r"[.):]+$")
_WHOLE = re.compile(r"(?P<whole>[0-9]{1,3})\.0")


class ActionRows:
    """The actions of a table while its rows are read one by one."""

    def __init__(self, columns: Columns) -> None:
        """Begin a table with these columns."""
        self._columns = columns
        self._row: ActionRow | None = None
        self._title = ""
        self._area: AreaDraft | None = None
        self._begins_with_heading: bool | None = None
        self._text_columns = TextColumns(
            tuple(name for name in columns.names if name not in _ONCE), numbered=False, width=len(columns.names)
        )

    def end(self) -> None:
        """End the action above, as a heading does."""
        self._row = None
        self._title = ""

    def may_be_headed(self, row: Row) -> bool:
        """Say whether lone first cells head groups of rows here: they do when the very first row is one."""
        if self._begins_with_heading is None:
            self._begins_with_heading = len(row.filled) == 1
        return self._begins_with_heading

    def take(self, number: int, row: Row, area: AreaDraft) -> bool:
        """Take a row as an action, or as more of the one above, and say whether it was either."""
        if self._begins_with_heading is None:
            self._begins_with_heading = False
        cells = self._columns.by_name(row.cells)
        own = {name: cell for name, cell in cells.items() if name not in _ONCE}
        if not any(cell.strip() for cell in own.values()):
            return False
        ref, own = self._numbered(cells, own)
        title = cell_text(own.get(Field.ACTION, ""))
        if area is not self._area:
            self._area, self._row = area, None
        if self._row is not None and self._belongs_above(ref, title, own, row):
            self._join(self._row, number, row, own, is_told=not ref and not self._is_merged(row))
            return True
        if not title and not own.get(Field.MILESTONES, "").strip():
            return self._join_loose(number, row, own)
        self._row = ActionRow(ref, [number], self._text_columns, [], parts=[own], _cells=dict(own))
        self._title = title
        area.rows.append(self._row)
        return True

    def _numbered(self, cells: dict[str, str], own: dict[str, str]) -> tuple[str, dict[str, str]]:
        """Return a row's number, also one that stands before the words of its action, and its other cells."""
        printed = _ENDS.sub("", cell_text(cells.get(Field.NUMBER, "")))
        whole = _WHOLE.fullmatch(printed)
        if printed:
            return _short(whole["whole"] if whole else printed), own
        text = own.get(Field.ACTION, "")
        found = split_ref([text], numbered=False) if text.strip() else None
        if found is not None and found[1]:
            return found[0], {**own, Field.ACTION: found[1][0]}
        return "", own

    def _belongs_above(self, ref: str, title: str, own: dict[str, str], row: Row) -> bool:
        """Say whether a row goes on with the action above.

        The same number with the same words, or none, is the same action; so is a row without number and words. Words
        without a number go on too where actions have numbers, unless the row has both a date and a lead of its own.
        """
        above = self._row
        if above is None:
            return False
        if self._is_merged(row):
            return True
        if ref:
            return ref == above.ref and title in ("", self._title)
        if not title or title == self._title:
            return True
        is_whole = bool(own.get(Field.TARGET, "").strip() and own.get(Field.LEADS, "").strip())
        return bool(above.ref) and not is_whole

    def _is_merged(self, row: Row) -> bool:
        """Say whether the action's own cell is merged with the one above."""
        place = self._columns.place(Field.ACTION)
        return place is not None and place in row.merged

    def _join(self, above: ActionRow, number: int, row: Row, own: dict[str, str], *, is_told: bool) -> None:
        """Join a row to the one above, cell by cell; each keeps its own date and lead as a part."""
        title = cell_text(own.get(Field.ACTION, ""))
        if title == self._title:
            own = {**own, Field.ACTION: ""} if Field.ACTION in own else own
        merged = {self._columns.names[place] for place in row.merged if place < len(self._columns.names)}
        for name, cell in own.items():
            if cell.strip() and name not in merged:
                before = above.cells.get(name, "")
                above.cells[name] = f"{before}\n{cell}" if before.strip() else cell
        above.parts.append(own)
        above.lines.append(number)
        if is_told:
            above.joined_lines.append(number)

    def _join_loose(self, number: int, row: Row, own: dict[str, str]) -> bool:
        """Join a row that has neither action nor milestone to the one above; at the head of a table it stays unread."""
        if self._row is None:
            return False
        self._join(self._row, number, row, own, is_told=True)
        return True


def _short(ref: str) -> str:
    return ref[:_LONGEST_REF].strip()
