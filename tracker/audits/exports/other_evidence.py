"""Feedback, events and learning as tables, and all tables as an Excel file; words of alerts are in none."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

from tracker.audits.models import EventFinding, FeedbackSet, LearningMessage, QuickWin, YouSaid
from tracker.audits.rules.quick_wins import win_state

Cell = str | int | date | None
# A formula, a link or a number is never made of anybody's words.
_AS_TYPED = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDTHS = {str: 40, int: 10, date: 13}


@dataclass(frozen=True)
class Sheet:
    """One table with the names of its columns."""

    title: str
    header: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


def feedback_sheet(sets: Iterable[FeedbackSet]) -> Sheet:
    """Return a row a set: the figures and no share, so that none leaves without its figures."""
    header = ("Who was asked", "Question", "First day", "Last day", "Invited", "Replied", "Said yes", "Theme")
    rows: list[tuple[Cell, ...]] = [
        (
            one.source.words,
            one.question,
            one.starts_on,
            one.ends_on,
            one.invited,
            one.responded,
            one.yes,
            one.theme.name if one.theme else "",
        )
        for one in sets
    ]
    return Sheet("Feedback", header, rows)


def findings_sheet(findings: Iterable[EventFinding]) -> Sheet:
    """Return a row a headline finding with its event."""
    header = ("Event", "First day", "Last day", "Focus", "Kind", "Theme", "Finding")
    rows: list[tuple[Cell, ...]] = [
        (
            one.event.name,
            one.event.starts_on,
            one.event.ends_on,
            one.event.focus,
            one.kind.value,
            one.theme.name if one.theme else "",
            one.words,
        )
        for one in findings
    ]
    return Sheet("Findings of events", header, rows)


def wins_sheet(wins: Iterable[QuickWin], *, today: date) -> Sheet:
    """Return a row a quick win, as it stands today."""
    header = ("Event", "Quick win", "Owner", "Due", "State", "Done on", "What was done")
    rows: list[tuple[Cell, ...]] = [
        (
            one.event.name,
            one.words,
            one.owner.name,
            one.due_on,
            win_state(due_on=one.due_on, done_on=one.done_on, today=today).words,
            one.done_on,
            one.outcome,
        )
        for one in wins
    ]
    return Sheet("Quick wins", header, rows)


def messages_sheet(messages: Iterable[LearningMessage]) -> Sheet:
    """Return a row a learning message."""
    header = ("Theme", "Message", "Audience", "Sent on", "What changed", "Since")
    rows: list[tuple[Cell, ...]] = [
        (one.theme.name, one.words, one.audience.words, one.sent_on, one.changed, one.changed_day) for one in messages
    ]
    return Sheet("Learning messages", header, rows)


def said_sheet(kept: Iterable[YouSaid]) -> Sheet:
    """Return a row for each thing that people said."""
    header = ("Who said it", "You said", "When", "Theme", "We did", "Since")
    rows: list[tuple[Cell, ...]] = [
        (one.voice.words, one.said, one.said_on, one.theme.name if one.theme else "", one.did, one.did_on)
        for one in kept
    ]
    return Sheet("You said, we did", header, rows)


def workbook_bytes(sheets: Iterable[Sheet]) -> bytes:
    """Return the tables as an Excel file, a sheet each, every cell as it was typed."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, _AS_TYPED) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        days = book.add_format({"num_format": "d mmm yyyy", "align": "left", "valign": "top"})
        for sheet in sheets:
            _write(book.add_worksheet(sheet.title), sheet, bold=bold, plain=plain, days=days)
    return made.getvalue()


def _write(written: Any, sheet: Sheet, *, bold: Any, plain: Any, days: Any) -> None:
    for place, name in enumerate(sheet.header):
        first = sheet.rows[0][place] if sheet.rows else ""
        written.set_column(place, place, _WIDTHS.get(type(first), 13))
        written.write_string(0, place, name, bold)
    for line, row in enumerate(sheet.rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                written.write_datetime(line, place, cell, days)
            elif isinstance(cell, int):
                written.write_number(line, place, cell, plain)
            elif cell:
                written.write_string(line, place, cell.replace("\x00", ""), plain)
    written.freeze_panes(1, 0)
    written.repeat_rows(0)
    written.set_landscape()
    written.fit_to_pages(1, 0)
