"""The update workbook as an Excel file: two sheets to fill in, one that explains, one that is hidden; no rule."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

from tracker.core.text import shortened
from tracker.plans.queries.workbook import OpenAction, OpenMilestone
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.wording import day_in_words
from tracker.plans.rules.workbook import (
    GUIDE,
    MILESTONE_COLUMNS,
    MILESTONES,
    STAMPS,
    UPDATE_COLUMNS,
    UPDATES,
    ActionStamp,
    MilestoneStamp,
    Stamps,
)
from tracker.plans.rules.workbook.columns import Column

_LONGEST_CELL = 1200
_SPARE_ROWS = 20
_LOOKS: dict[str, dict[str, Any]] = {
    "heading": {"bold": True, "bg_color": "#1F3B57", "font_color": "#FFFFFF", "valign": "top"},
    "locked": {"bg_color": "#F0F2F4", "valign": "top", "border": 1, "border_color": "#C5CBD1"},
    "open": {"locked": False, "valign": "top", "num_format": "@", "border": 1, "border_color": "#8A949E"},
    "day": {"locked": False, "valign": "top", "num_format": "d mmm yyyy", "align": "left", "border": 1},
    "plain": {"valign": "top"},
    "title": {"bold": True, "font_size": 14},
}
# A formula, a link or a number is never made of anybody's words.
_AS_TYPED = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_ADVICE = (
    "Fill in the white cells of the sheets “Updates” and “Milestones”; grey cells are there to be read.",
    "One row is one action. A row that you leave empty changes nothing.",
    "“How is it now?” is needed for every update. Red and amber need a reason and what you are doing about it.",
    "On the sheet “Milestones” choose “Done”, with the day it was done, or give a new date and say why it has moved.",
    "A date may be a day, a month, a quarter or TBC: 15 Jan 2027, Jun 2027, Q1 2027/28.",
    "You may sort, delete or add rows and columns. Keep the names of the sheets and the number beside each title.",
    "No names of children, and nothing by which a child or a family could be known.",
    "Bring the workbook back on the page “Updates from Excel”. You see what will change before anything is saved.",
    "When somebody has saved an update since, you are told, and your words are kept.",
)


def update_workbook(actions: Sequence[OpenAction], *, title: str, made_on: date, stamps: Stamps) -> bytes:
    """Return the Excel file with a row for each action and each of its open milestones (ux 11, domain A11)."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, _AS_TYPED) as book:
        book.set_properties({"title": title, "comments": "Update workbook of Improvement Tracker"})
        looks = {name: book.add_format({"text_wrap": True, **look}) for name, look in _LOOKS.items()}
        numbers = _numbers(actions)
        kept = [(one, f"{numbers[action.id]} ({place})", action) for action in actions for place, one in _parts(action)]
        _sheet(book, looks, UPDATES, UPDATE_COLUMNS, [_action_cells(one, numbers[one.id]) for one in actions])
        _sheet(book, looks, MILESTONES, MILESTONE_COLUMNS, [_milestone_cells(one, number) for one, number, _ in kept])
        _guide(book, looks, title, made_on)
        sealed = [stamps.sealed(ActionStamp(numbers[one.id], _title(one.title), one.id, one.after)) for one in actions]
        sealed += [stamps.sealed(_stamp(one, number, numbers[action.id])) for one, number, action in kept]
        _stamps(book, sealed)
    return made.getvalue()


def _numbers(actions: Sequence[OpenAction]) -> dict[int, str]:
    """Return the number of each action in this workbook: with its plan where it covers several."""
    several = len({action.slug for action in actions}) > 1
    return {action.id: f"{action.ref} {action.slug}" if several else action.ref for action in actions}


def _parts(action: OpenAction) -> list[tuple[int, OpenMilestone]]:
    return list(enumerate(action.milestones, start=1))


def _title(title: str) -> str:
    return shortened(title, _LONGEST_CELL)


def _action_cells(action: OpenAction, number: str) -> dict[str, str]:
    said = Rag(action.declared.value).word if action.declared else "No update yet"
    last = action.said if len(action.said) <= _LONGEST_CELL else shortened(action.said, _LONGEST_CELL)
    return {"number": number, "title": _title(action.title), "rag": said, "last": last}


def _milestone_cells(milestone: OpenMilestone, number: str) -> dict[str, str]:
    stands = milestone.state.words if milestone.turn is None else "Repeats"
    return {"number": number, "title": _title(milestone.title), "due": milestone.shown, "stands": stands}


def _stamp(milestone: OpenMilestone, number: str, action_number: str) -> MilestoneStamp:
    facts = (number, _title(milestone.title), action_number, milestone.id, milestone.version)
    return MilestoneStamp(*facts, turn=milestone.turn)


def _sheet(
    book: Any, looks: dict[str, Any], name: str, columns: tuple[Column, ...], rows: list[dict[str, str]]
) -> None:
    """Write a sheet to fill in: headings that stay in view, locked cells, lists to choose from, a page across."""
    sheet = book.add_worksheet(name)
    for place, column in enumerate(columns):
        look = looks["locked" if column.is_locked else "day" if column.name == "done_on" else "open"]
        sheet.set_column(place, place, column.width, None if column.is_locked else look)
        sheet.write_string(0, place, column.heading, looks["heading"])
        for line, cells in enumerate(rows, start=1):
            text = cells.get(column.name, "")
            _ = sheet.write_string(line, place, text, look) if text else sheet.write_blank(line, place, None, look)
        if not column.is_locked:
            _validate(sheet, place, column, last=len(rows) + _SPARE_ROWS)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    sheet.protect(
        "", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True, "insert_rows": True}
    )
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&RPage &P of &N")


def _validate(sheet: Any, place: int, column: Column, *, last: int) -> None:
    """Let a cell take a word of its list, or no more letters than its field."""
    rule: dict[str, Any]
    hint = {"input_title": column.heading[:32], "input_message": column.hint[:255]}
    if column.choices:
        rule = {"validate": "list", "source": list(column.choices), "error_message": "Choose a word from the list."}
    elif column.name == "done_on":
        rule = {"validate": "any"}
    else:
        words = f"At most {column.most} characters."
        rule = {"validate": "length", "criteria": "<=", "value": column.most, "error_message": words}
    sheet.data_validation(1, place, last, place, {**rule, **hint})


def _guide(book: Any, looks: dict[str, Any], title: str, made_on: date) -> None:
    sheet = book.add_worksheet(GUIDE)
    sheet.set_column(0, 0, 100, looks["plain"])
    sheet.write_string(0, 0, title, looks["title"])
    sheet.write_string(1, 0, f"Made on {day_in_words(made_on)}.", looks["plain"])
    for line, sentence in enumerate(_ADVICE, start=3):
        sheet.write_string(line, 0, sentence, looks["plain"])
    sheet.protect()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _stamps(book: Any, sealed: list[str]) -> None:
    """Write the stamps where Excel's own menus do not show them."""
    sheet = book.add_worksheet(STAMPS)
    for line, text in enumerate(sealed):
        sheet.write_string(line, 0, text)
    sheet.very_hidden()
    sheet.protect()
