"""Reports as files: what stands on the page, in the same order and with the same letters; nothing is counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.audits.exports.other_evidence import Sheet, workbook_bytes
from tracker.audits.rules.reporting.shown import Cell, ShownTable
from tracker.core.csv_files import csv_bytes
from tracker.core.text import joined

CSV_HEADER = ("Table", "Line", "Figure", "Value")
_ABOUT = "About"
# More letters Excel does not take.
_LONGEST_TITLE = 31


@dataclass(frozen=True)
class Chapter:
    """A report, or one chapter of a longer one, as a reader gets it."""

    title: str
    sentence: str
    tables: tuple[ShownTable, ...]
    notes: tuple[str, ...]

    @property
    def empty(self) -> str:
        """Of which tables there is nothing in this time, as a sentence; nothing where each holds something."""
        titles = [table.title[:1].lower() + table.title[1:] for table in self.tables if table.is_empty]
        return f"Nothing to count in this time: {joined(titles)}." if titles else ""


def report_rows(facts: Sequence[tuple[str, str]], chapters: Sequence[Chapter]) -> list[tuple[Cell, ...]]:
    """Return a report as the rows of a CSV file: what it is, then a row for each figure."""
    rows: list[tuple[Cell, ...]] = [(_ABOUT, label, "", value) for label, value in facts]
    for chapter in chapters:
        rows += [(_ABOUT, chapter.title, "Note", note) for note in chapter.notes]
        for title, table in named(chapters, chapter):
            rows += [
                (title, str(row[0]), figure, value)
                for row in table.rows
                for figure, value in zip(table.header[1:], row[1:], strict=True)
            ]
    return rows


def report_csv(facts: Sequence[tuple[str, str]], chapters: Sequence[Chapter]) -> bytes:
    """Return a report as a CSV file."""
    return csv_bytes(CSV_HEADER, report_rows(facts, chapters))


def report_workbook(facts: Sequence[tuple[str, str]], chapters: Sequence[Chapter]) -> bytes:
    """Return a report as an Excel file: a first sheet with what it is, then a sheet a table."""
    notes = [("Note", note) for chapter in chapters for note in (chapter.sentence, *chapter.notes) if note]
    sheets = [Sheet(_ABOUT, ("Report", chapters[0].title if len(chapters) == 1 else ""), [*facts, *notes])]
    for chapter in chapters:
        sheets += [
            Sheet(title[:_LONGEST_TITLE], table.header, list(table.rows)) for title, table in named(chapters, chapter)
        ]
    return workbook_bytes(sheets)


def named(chapters: Sequence[Chapter], chapter: Chapter) -> Iterable[tuple[str, ShownTable]]:
    """Return the tables of a chapter with their titles, numbered where there are several chapters."""
    place = chapters.index(chapter) + 1
    for number, table in enumerate(chapter.tables, start=1):
        yield (table.title if len(chapters) == 1 else f"{place}.{number} {table.title}"), table
