"""Plans as workbooks: dates as Excel keeps them, hidden sheets, and files that are hostile."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter

from tests.support.files.honest import excel, word
from tests.support.files.hostile import bomb, with_password
from tests.support.plan_forms import excel_file
from tests.unit.plans.tables.reading import actions, read, steps
from tracker.core.problems import Invalid

HEAD = ["No", "Action", "Date", "Lead"]
ROW = ["1.1", "Count caseloads", "Jan 2027", "Hannah Osei"]
SHEET = "xl/worksheets/sheet1.xml"


def made(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    raw = BytesIO()
    with xlsxwriter.Workbook(raw, {"in_memory": True}) as book:
        fill(book)
    return raw.getvalue()


@pytest.mark.parametrize(
    ("shown_as", "due", "words"),
    [
        ("dd/mm/yyyy", "2027-03-01", "1 Mar 2027"),
        ("mmm-yy", "2027-03-31", "Mar 2027"),
        ("mmmm yyyy", "2027-03-31", "Mar 2027"),
        ("[$-809]mmm yyyy;@", "2027-03-31", "Mar 2027"),
        ("yyyy", "2027-12-31", "2027"),
        ("d mmm", "2027-03-01", "1 Mar 2027"),
    ],
)
def test_a_date_is_read_as_it_is_shown(shown_as: str, due: str, words: str) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Plan")
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ROW)
        sheet.write_datetime(1, 2, date(2027, 3, 1), book.add_format({"num_format": shown_as}))

    found = actions(read(made(fill)))["1.1"]
    assert (steps(found), found.target_text) == ([("Count caseloads", due)], words)


def test_numbers_keep_their_shape() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Plan")
        sheet.write_row(0, 0, HEAD)
        for line, number in enumerate((1.1, 1.2, 2, "2.10"), start=1):
            sheet.write_row(line, 0, [number, *ROW[1:]])

    assert list(actions(read(made(fill)))) == ["1.1", "1.2", "2", "2.10"]


def test_what_a_formula_showed_is_read_and_it_is_never_run() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Plan")
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ROW)
        sheet.write_formula(1, 1, '=CONCAT("Count"," caseloads")', None, "Count caseloads")

    assert actions(read(made(fill)))["1.1"].title == "Count caseloads"


def test_a_hidden_sheet_is_named_and_not_read() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        for name in ("Plan", "Lists"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, HEAD)
            sheet.write_row(1, 0, ROW)
        sheet.hide()

    found = read(made(fill))
    assert list(actions(found)) == ["1.1"]
    assert "The sheet “Lists” is hidden. It was not read" in [one.message for one in found.warnings]


def test_places_name_the_sheet_once_there_are_several() -> None:
    rows = [HEAD, ["1.1", "Count", "", ""]]
    assert {one.place for one in read(excel_file({"Plan": rows})).warnings} == {"Row 2"}
    several = read(excel_file({"Plan": rows, "Key": [["Notes"]]}))
    assert {one.place for one in several.warnings} == {"Sheet “Plan”, row 2", "Sheet “Key”, row 1"}


def changed(part: str, change: Callable[[bytes], bytes]) -> bytes:
    raw = BytesIO()
    with ZipFile(BytesIO(excel_file({"Plan": [HEAD, ROW]}))) as old, ZipFile(raw, "w", ZIP_DEFLATED) as new:
        for one in old.infolist():
            content = old.read(one)
            new.writestr(one.filename, change(content) if one.filename == part else content)
    return raw.getvalue()


def put(text: bytes) -> Callable[[bytes], bytes]:
    return lambda part: part.replace(b"</sheetData>", text + b"</sheetData>")


@pytest.mark.parametrize(
    ("raw", "name", "words"),
    [
        (bomb(), "a.xlsx", "unpacks to more|parts that its own program|do not agree|damaged"),
        (with_password(), "a.xlsx", "protected by a password"),
        (word(), "a.xlsx", "do not agree"),
        (excel(), "a.xlsm", "macros"),
        (excel(), "a.xls", "older Word or Excel"),
        (excel(), "a.xlsx", "could not find any actions"),
        (excel(), "a.csv", "looks like a Word, Excel or zip file"),
        (excel()[:-60], "a.xlsx", "damaged"),
        (changed(SHEET, put(b'<row r="1048576"><c r="XFD1048576"/></row>')), "a.xlsx", "far larger than any plan"),
        (changed(SHEET, put(b"<row/>" * 10_001)), "a.xlsx", "far larger than any plan"),
        (changed(SHEET, lambda part: b"<!DOCTYPE x>" + part), "a.xlsx", "so it was not taken|cannot be read"),
        (changed("xl/styles.xml", lambda _: b"<styleSheet><cellXfs><xf numFmtId='17'/>"), "a.xlsx", "damaged"),
        (
            changed("xl/sharedStrings.xml", lambda part: part.replace(b"<t>No<", b"<t>" + b"x" * 40_000 + b"<")),
            "a.xlsx",
            "far larger than any plan",
        ),
    ],
)
def test_a_hostile_workbook_is_refused_with_a_sentence(raw: bytes, name: str, words: str) -> None:
    with pytest.raises(Invalid, match=words) as refused:
        read(raw, name)
    assert refused.value.field == "file"
