"""What a filled update workbook says, sheet by sheet, whatever people do to its rows."""

from datetime import date
from typing import Any

import pytest

from tracker.core.problems import Invalid
from tracker.plans.rules.workbook import (
    MILESTONE_COLUMNS,
    MILESTONES,
    STAMPS,
    UPDATE_COLUMNS,
    UPDATES,
    ActionStamp,
    Filled,
    MilestoneStamp,
    Stamps,
    read_workbook,
)
from tracker.plans.rules.workbook.cells import cell_text
from tracker.plans.rules.workbook.rows import filled_from

OURS = Stamps("a secret of this service")
FIRST = ActionStamp("1.3", "Start stage 1", action_id=13, after=7)
SECOND = ActionStamp("1.10", "Agree the framework", action_id=20, after=0)
STEP = MilestoneStamp("1.3 (1)", "New structure live", "1.3", milestone_id=31, version=2)
GREEN = {"declared": "Green", "happened": "Two teams are staffed"}


def row(columns: Any, number: object, title: str, **cells: object) -> list[Any]:
    given = {"number": number, "title": title, **cells}
    return [given.get(column.name, "") for column in columns]


def book(updates: list[list[Any]], milestones: list[list[Any]] | None = None, **more: Any) -> dict[str, Any]:
    return {
        UPDATES: [[column.heading for column in UPDATE_COLUMNS], *updates],
        MILESTONES: [[column.heading for column in MILESTONE_COLUMNS], *(milestones or [])],
        STAMPS: [[OURS.sealed(stamp)] for stamp in (FIRST, SECOND, STEP)],
        **more,
    }


def first(**cells: object) -> list[Any]:
    return row(UPDATE_COLUMNS, "1.3", "Start stage 1", **cells)


def second(**cells: object) -> list[Any]:
    return row(UPDATE_COLUMNS, "1.10", "Agree the framework", **cells)


def step(**cells: object) -> list[Any]:
    return row(MILESTONE_COLUMNS, "1.3 (1)", "New structure live", **cells)


def refusals(filled: Filled) -> dict[str, str]:
    return {one.number: one.reason for one in filled.refused}


def test_an_empty_workbook_leaves_everything_as_it_is() -> None:
    found = read_workbook(book([first(), second()], [step()]), OURS)
    assert (found.rows, found.refused, found.unchanged) == ((), (), ("1.3", "1.10"))


def test_a_filled_row_is_read_with_its_milestones_in_whatever_order_they_stand() -> None:
    done = step(state="done", done_on=date(2026, 11, 20))
    found = read_workbook(book([second(), [], first(**GREEN)], [done]), OURS)
    assert found.unchanged == ("1.10",)
    assert [(one.number, one.action_id, one.after, one.happened) for one in found.rows] == [
        ("1.3", 13, 7, "Two teams are staffed")
    ]
    (said,) = found.rows[0].milestones
    assert (said.milestone_id, said.version, said.state, said.done_on) == (31, 2, "Done", "20 Nov 2026")


@pytest.mark.parametrize(
    ("updates", "milestones", "number", "reason"),
    [
        ([first(happened="Words")], [], "1.3", "Choose how the action is now"),
        ([first(declared="Purple")], [], "1.3", "takes “Green”, “Amber”, “Red” and “Complete”, and here it says"),
        ([first(declared="Green", happened="x" * 601)], [], "1.3", "must be 600 characters or fewer (you have 601)"),
        ([first(**GREEN), first(**GREEN)], [], "1.3", "more than one filled row"),
        (
            [row(UPDATE_COLUMNS, "1.3", "Agree the framework", **GREEN)],
            [],
            "1.3",
            "only a part of the sheet was sorted",
        ),
        ([row(UPDATE_COLUMNS, "9.9", "Something of mine", **GREEN)], [], "9.9", "not one of those"),
        ([row(UPDATE_COLUMNS, "", "", **GREEN)], [], "Row 2", "not one of those"),
        ([row(UPDATE_COLUMNS, 1.1, "Agree the framework", **GREEN)], [], "1.1", "not one of those"),
        ([row(UPDATE_COLUMNS, "1.3 (1)", "New structure live", **GREEN)], [], "1.3 (1)", "not one of those"),
        ([first()], [step(state="Done")], "1.3 (1)", "goes with the update of 1.3, which is missing"),
        ([], [step(state="Done")], "1.3 (1)", "goes with the update of 1.3, which is missing"),
        ([first(**GREEN)], [step(done_on="1 Nov 2026")], "1.3 (1)", "Choose “Done”"),
        ([first(**GREEN)], [step(state="Done", new_date="TBC")], "1.3 (1)", "Clear one of the two"),
        ([first(**GREEN)], [step(because="Late")], "1.3 (1)", "but not to which date"),
    ],
)
def test_a_row_that_cannot_be_understood_is_refused_with_its_reason(
    updates: list[Any], milestones: list[Any], number: str, reason: str
) -> None:
    assert reason in refusals(read_workbook(book(updates, milestones), OURS))[number]


def test_a_refused_row_keeps_the_words_that_were_written() -> None:
    (refused,) = read_workbook(book([first(happened="Nine offers")]), OURS).refused
    assert refused.words == (("What has happened?", "Nine offers"),)


def test_added_columns_are_named_and_not_read() -> None:
    tables = book([[*first(**GREEN), "mine"]])
    tables[UPDATES][0].append("My notes")
    found = read_workbook(tables, OURS)
    assert found.extra == ("My notes",)
    assert len(found.rows) == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({UPDATES: None}, "This workbook has no sheet “Updates”"),
        ({STAMPS: None}, "This workbook has no sheet “Stamps”"),
        ({UPDATES: None, MILESTONES: None, STAMPS: None}, "This is not an update workbook of this service"),
        ({UPDATES: [["No.", "Action"]]}, "lacks the column “Said last”"),
        ({UPDATES: []}, "lacks the column “No.”"),
        ({STAMPS: []}, "The hidden sheet of this workbook was changed"),
        ({STAMPS: [["stamped by hand"]]}, "The hidden sheet of this workbook was changed"),
        ({STAMPS: [[Stamps("of another service").sealed(FIRST)]]}, "another service made it"),
        ({UPDATES: [[column.heading for column in UPDATE_COLUMNS], *([[]] * 2001)]}, "more than 2,000 rows"),
    ],
)
def test_a_file_that_is_not_our_workbook_is_refused_whole(change: dict[str, Any], sentence: str) -> None:
    tables = {name: table for name, table in {**book([first()]), **change}.items() if table is not None}
    with pytest.raises(Invalid, match=sentence.replace("(", r"\(")):
        read_workbook(tables, OURS)


def test_a_stamp_cannot_be_moved_to_another_row() -> None:
    whole, other = OURS.sealed(FIRST), OURS.sealed(SECOND)
    assert OURS.opened(whole) == FIRST
    assert OURS.opened(whole.rpartition(".")[0] + "." + other.rpartition(".")[2]) is None


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (3.0, "3"),
        (1.25, "1.25"),
        (date(2027, 1, 15), "15 Jan 2027"),
        (True, "Yes"),
        (" two\r\nlines\x00 ", "two\nlines"),
        ("a_x000D_b", "a b"),
        ("=1+1", "=1+1"),
    ],
)
def test_a_cell_is_read_as_it_was_meant(cell: Any, text: str) -> None:
    assert cell_text(cell) == text


def test_what_was_read_is_kept_and_read_again_the_same() -> None:
    found = read_workbook(book([first(**GREEN), second(happened="x")], [step(state="Done")]), OURS)
    assert filled_from(found.as_json()) == found
