"""Workbooks as files that arrive: what is vast, broken or dressed up is refused with a sentence."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.support.files.honest import excel, types, word
from tests.support.files.hostile import with_password
from tests.support.files.workbooks import filled, opened, packed
from tracker.core.problems import Invalid
from tracker.core.uploads import WORKBOOK, checked_upload
from tracker.plans.exports.update_workbook import update_workbook
from tracker.plans.imports.update_workbook import filled_workbook
from tracker.plans.queries.workbook import OpenAction, OpenMilestone
from tracker.plans.rules.states import DeclaredRag
from tracker.plans.rules.vocabulary import MilestoneState
from tracker.plans.rules.workbook import Filled, Stamps

STAMPS = Stamps("a secret of this service")
SHEET = "xl/worksheets/sheet1.xml"
MACROS = types("application/vnd.ms-excel.sheet.macroEnabled.main+xml")
TOO_LARGE = "far larger than the one that was downloaded"


def a_workbook() -> bytes:
    step = OpenMilestone(31, 2, "New structure live", "15 Jan 2027", MilestoneState.NOT_STARTED, None)
    first = OpenAction(13, "plan", "1.3", "Start stage 1", 7, DeclaredRag.GREEN, "Two teams", (step,))
    second = OpenAction(14, "plan", "1.10", "Agree it", 0, None, "", ())
    return update_workbook([first, second], title="Updates of Tom", made_on=date(2026, 11, 26), stamps=STAMPS)


def brought(data: bytes, name: str = "updates.xlsx") -> Filled:
    return filled_workbook(checked_upload(BytesIO(data), name, WORKBOOK).data, STAMPS)


def with_part(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Pack a workbook again with one part changed, or added when there was none."""
    made, seen = BytesIO(), False
    with ZipFile(BytesIO(a_workbook())) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            seen = seen or part.filename == name
            content = old.read(part)
            new.writestr(part.filename, change(content) if part.filename == name else content)
        if not seen:
            new.writestr(name, change(b""))
    return made.getvalue()


def put(text: bytes) -> Callable[[bytes], bytes]:
    return lambda part: part.replace(b"</sheetData>", text + b"</sheetData>")


def test_an_untouched_workbook_comes_back_with_nothing_to_save() -> None:
    found = brought(a_workbook())
    assert (found.rows, found.refused, found.unchanged) == ((), (), ("1.3", "1.10"))


def test_a_workbook_saved_by_another_program_is_read_with_its_stamps() -> None:
    (row,) = brought(filled(a_workbook(), {"1.3": {"How is it now?": "amber"}})).rows
    assert (row.action_id, row.after, row.declared) == (13, 7, "Amber")


def test_a_formula_is_never_run_and_only_what_it_showed_is_read() -> None:
    data = filled(a_workbook(), {"1.3": {"How is it now?": "Green", "What has happened?": '=HYPERLINK("http://evil")'}})
    (row,) = brought(data).rows
    assert row.happened == ""


def test_actions_of_two_plans_with_one_number_are_told_apart() -> None:
    twins = [OpenAction(number, slug, "1.3", "Start", 0, None, "", ()) for number, slug in ((1, "one"), (2, "two"))]
    data = update_workbook(twins, title="Mine", made_on=date(2026, 11, 26), stamps=STAMPS)
    (row,) = brought(filled(data, {"1.3 two": {"How is it now?": "Green"}})).rows
    assert row.action_id == 2


def test_a_long_title_fits_its_cell_and_is_known_again() -> None:
    long = OpenAction(1, "one", "1.3", "Start  the\nwork " * 300, 0, None, "said " * 900, ())
    data = update_workbook([long], title="Mine", made_on=date(2026, 11, 26), stamps=STAMPS)
    assert len(brought(filled(data, {"1.3": {"How is it now?": "Green"}})).rows) == 1


def renamed() -> bytes:
    book = opened(a_workbook())
    book["Updates"].title = "My updates"
    return packed(book)


def swapped() -> bytes:
    book = opened(a_workbook())
    sheet = book["Stamps"]
    first, second = str(sheet["A1"].value), str(sheet["A2"].value)
    sheet["A1"].value = first.rpartition(".")[0] + "." + second.rpartition(".")[2]
    return packed(book)


HOSTILE: tuple[tuple[str, Callable[[], bytes], str], ...] = (
    ("a renamed sheet", renamed, "no sheet “Updates”"),
    ("swapped stamps", swapped, "The hidden sheet of this workbook was changed"),
    ("another workbook", excel, "This is not an update workbook of this service"),
    ("a Word file", word, "do not agree"),
    ("a password", with_password, "protected by a password"),
    ("macros", lambda: with_part("[Content_Types].xml", lambda _: MACROS.encode()), "holds macros"),
    ("a program", lambda: with_part("xl/vbaProject.bin", lambda _: b"x"), "holds macros"),
    (
        "values of other files",
        lambda: with_part("xl/externalLinks/externalLink1.xml", lambda _: b"<externalLink/>"),
        "takes values from other files",
    ),
    ("a doctype", lambda: with_part(SHEET, lambda part: b"<!DOCTYPE x>" + part), "so it was not taken|cannot be read"),
    ("a far cell", lambda: with_part(SHEET, put(b'<row r="1048576"><c r="XFD1048576"/></row>')), TOO_LARGE),
    ("a far column", lambda: with_part(SHEET, put(b'<row r="9"><c r="XFD9"/></row>')), TOO_LARGE),
    ("rows without numbers", lambda: with_part(SHEET, put(b"<row/>" * 6000)), TOO_LARGE),
    (
        "one long text in every cell",
        lambda: with_part(
            "xl/sharedStrings.xml",
            lambda part: part.replace(b"<si>", b"<si><t>" + b"x" * 9_000_000 + b"</t></si><si>", 1),
        ),
        TOO_LARGE,
    ),
    ("cut off", lambda: a_workbook()[:-400], "damaged"),
    ("a broken sheet", lambda: with_part(SHEET, lambda part: part[:-40]), "cannot be read"),
)


@pytest.mark.parametrize(("make", "sentence"), [pytest.param(make, words, id=name) for name, make, words in HOSTILE])
def test_a_hostile_workbook_is_refused_with_a_sentence(make: Callable[[], bytes], sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        brought(make())


def test_a_file_with_another_end_is_refused() -> None:
    with pytest.raises(Invalid, match="must be an Excel file"):
        brought(a_workbook(), "updates.csv")
