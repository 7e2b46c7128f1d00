"""A spreadsheet that opens our files runs nothing (ux 11)."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.csv_files import csv_bytes, safe_cell


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("Review every caseload", "Review every caseload"),
        ("=1+1", "'=1+1"),
        ("+44 1752", "'+44 1752"),
        ("-2 posts", "'-2 posts"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1+1", "'  =1+1"),
        ("\t=1+1", "'\t=1+1"),
        ("\r=1+1", "'\r=1+1"),
        ("\n=1+1", "'\n=1+1"),
        ("＝1+1", "'＝1+1"),
        ("＠SUM(A1)", "'＠SUM(A1)"),
        ("a\x00b", "ab"),
        ("\x00=1", "'=1"),
        ("1.3", "1.3"),
        ("a = b", "a = b"),
        ("", ""),
        (None, ""),
        (-7, "-7"),
        (date(2026, 11, 26), "2026-11-26"),
    ],
)
def test_cells_that_could_be_formulas_get_an_apostrophe(value: str | int | date | None, cell: str) -> None:
    assert safe_cell(value) == cell


def test_the_file_carries_the_mark_of_its_encoding_and_quotes_what_needs_it() -> None:
    file = csv_bytes(["No.", "Action"], [["1.1", 'Say "yes", twice'], ["1.2", None]])
    assert file == b'\xef\xbb\xbfNo.,Action\r\n1.1,"Say ""yes"", twice"\r\n1.2,\r\n'


@given(st.text())
def test_any_text_comes_back_and_never_begins_a_formula(text: str) -> None:
    file = csv_bytes(["Words"], [[text], ["last"]]).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(file, newline="")))
    cell = rows[1][0] if rows[1] else ""
    assert cell.removeprefix("'") == text.replace("\x00", "").removeprefix("'")
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@"))
    assert rows[-1] == ["last"]
