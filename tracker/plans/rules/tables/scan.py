"""Walking through the texts and tables of a document: which rows are headings, areas, actions, and which unread."""

from collections.abc import Callable, Iterable
from itertools import count

from tracker.plans.rules.reading.headings import area_heading, section_heading
from tracker.plans.rules.reading.lines import Line
from tracker.plans.rules.reading.results import PlanWarning, Unread, WarningCode
from tracker.plans.rules.reading.scan import Scan, Walker
from tracker.plans.rules.tables.areas import TableAreas, heading_of, is_title
from tracker.plans.rules.tables.document import Document, Row, Sheet, Text
from tracker.plans.rules.tables.doubts import add_doubts, doubled_columns
from tracker.plans.rules.tables.fields import Field
from tracker.plans.rules.tables.mapping import Columns, Mapping
from tracker.plans.rules.tables.rows import ActionRows

Progress = Callable[[int], None]


def no_progress(line: int) -> None:
    """Take no notice of the line reached."""


def scan_tables(document: Document, mapping: Mapping, progress: Progress = no_progress) -> Scan:
    """Return the areas, actions and unread lines of a document whose cells are known; no row is lost.

    `progress` is told of each line by its number.
    """
    tables = sum(_has_actions(block, mapping) for block in document.blocks)
    scan = _TableScan(mapping, progress, by_sheet=tables > 1)
    for block in document.blocks:
        if isinstance(block, Sheet):
            scan.sheet(block)
        else:
            scan.text(block)
    found = scan.finished()
    for words in document.hidden:
        found.warnings.append(PlanWarning(WarningCode.UNREAD, None, 1, words))
    add_doubts(found)
    return found


def _has_actions(block: Text | Sheet, mapping: Mapping) -> bool:
    return isinstance(block, Sheet) and any(mapping.columns_of(row.cells) for row in block.rows)


class _TableScan:
    """The place reached in a document of tables."""

    def __init__(self, mapping: Mapping, progress: Progress, *, by_sheet: bool) -> None:
        self._mapping = mapping
        self._progress = progress
        self._numbers = count(1)
        self._walker = Walker()
        self._areas = TableAreas(self._walker, by_sheet=by_sheet)
        self._columns: Columns | None = None
        self._rows: ActionRows | None = None

    def finished(self) -> Scan:
        """End the document and return what was found."""
        self._areas.finish()
        return self._walker.found

    def text(self, block: Text) -> None:
        """Take a paragraph: what a text document would hold as lines, or the title of the tables below it."""
        number = next(self._numbers)
        self._rows = None
        words = " ".join(block.text.split())
        if block.is_heading and words and not area_heading(words) and not section_heading(words):
            self._areas.wait(words, number)
            return
        self._areas.passed(words)
        self._lines(number, block.text)

    def sheet(self, sheet: Sheet) -> None:
        """Take a table; one of a text document without headings may go on with the columns of the one above."""
        if sheet.name or not self._goes_on(sheet):
            self._columns = None
        self._rows = None
        self._areas.enter(sheet.name)
        numbered = [(next(self._numbers), row) for row in sheet.rows]
        for place, (number, row) in enumerate(numbered):
            self._progress(number)
            if row.filled:
                following = next((one for _, one in numbered[place + 1 :] if one.filled), None)
                self._row(number, row, following)

    def _goes_on(self, sheet: Sheet) -> bool:
        return self._columns is not None and all(len(row.cells) == len(self._columns.names) for row in sheet.rows[:1])

    def _row(self, number: int, row: Row, following: Row | None) -> None:
        columns = self._mapping.columns_of(row.cells)
        if columns is not None:
            self._begin_table(columns, number)
            self._tell(doubled_columns(row.cells, self._mapping), number)
        elif self._columns is None or self._rows is None:
            if self._columns is not None:
                self._begin_table(self._columns, None)
                self._row(number, row, following)
            else:
                self._outside(number, row)
        elif heading := heading_of(row, self._columns, following, self._rows):
            self._areas.begin(heading, number)
            self._rows.end()
        else:
            self._data(number, row, self._columns, self._rows)

    def _begin_table(self, columns: Columns, number: int | None) -> None:
        """Begin a table, or go on with it below a repeated row of headings."""
        if self._rows is None or columns != self._columns:
            self._rows = ActionRows(columns)
        self._columns = columns
        if number is not None:
            self._areas.headed(number)

    def _tell(self, doubts: Iterable[str], number: int) -> None:
        """Say what is doubtful about a row of headings, once however often it is repeated."""
        warnings = self._walker.found.warnings
        told = {warning.message for warning in warnings}
        warnings.extend(PlanWarning(WarningCode.UNREAD, None, number, words) for words in doubts if words not in told)

    def _data(self, number: int, row: Row, columns: Columns, rows: ActionRows) -> None:
        cells = columns.by_name(row.cells)
        area = self._areas.current(cells.get(Field.AREA, ""), number)
        took_words = self._areas.take_words(area, cells, number)
        if not rows.take(number, row, area) and not took_words:
            words = " ".join(cell.strip() for cell in row.cells if cell.strip())
            self._walker.found.unread.append(Unread(number, words))

    def _outside(self, number: int, row: Row) -> None:
        """Take a row outside any table of actions as the lines that a text would have: a label, and what it labels."""
        texts = [row.cells[column].strip() for column in row.filled]
        label = " ".join(texts[0].split())
        if len(texts) == 1 and is_title(label):
            self._areas.wait(label, number)
        elif area_heading(label) and len(texts) == 2:
            self._areas.give_up()
            self._lines(number, f"{label}\t{' '.join(texts[1].split())}")
        elif section_heading(label) or len(texts) == 1:
            self._areas.passed(label)
            for text in texts:
                self._lines(number, text)
        else:
            self._lines(number, "\t".join(" ".join(cell.split()) for cell in row.cells))

    def _lines(self, number: int, text: str) -> None:
        for line in text.split("\n"):
            self._walker.walk(Line(number, line))
