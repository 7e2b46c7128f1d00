"""Plans as Word files: what Word draws but does not store, and files that are hostile."""

import pytest

from tests.support.files.honest import word
from tests.support.files.hostile import bomb, with_password
from tests.support.plan_forms import cell, paragraph, table, table_row, word_file
from tests.unit.plans.tables.reading import actions, leads, read, steps
from tracker.core.problems import Invalid
from tracker.plans.imports.word_file import read_word
from tracker.plans.rules.tables import Row, Sheet, Text

HEAD = ("No", "Action", "Milestone", "Date", "Lead")
ROW = ("1.1", "Count caseloads", "Sheet tried", "Jan 2027", "Hannah Osei")
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
COUNTED = (
    f"<w:numbering {_W}><w:abstractNum "
    'w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'
    '</w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num></w:numbering>'
)


def level(depth: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="7"/></w:numPr>'


def rows_of(body: str) -> list[tuple[str, ...]]:
    return [row.cells for block in read_word(word_file(body)).blocks if isinstance(block, Sheet) for row in block.rows]


def test_numbers_that_word_counts_are_read() -> None:
    first = f"<w:tc>{paragraph('', numbered=level(1))}</w:tc>"
    counted = "".join(table_row([first, *map(cell, ROW[1:])]) for _ in range(2))
    body = paragraph("Workloads", numbered=level(0)) + f"<w:tbl>{table_row(map(cell, HEAD))}{counted}</w:tbl>"
    assert list(actions(read(word_file(body, **{"word/numbering.xml": COUNTED}), "a.docx"))) == ["4.1", "4.2"]


def test_merged_cells_and_headings_over_two_columns() -> None:
    begin, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    head = [cell("ACTION", '<w:gridSpan w:val="2"/>'), *map(cell, HEAD[2:])]
    one = [cell("1.1", begin), cell("Count", begin), cell("Tried"), cell("Jan 2027"), cell("Hannah Osei", begin)]
    two = [cell("", more), cell("", more), cell("Shared"), cell("Mar 2027"), cell("", more)]
    found = read(word_file(f"<w:tbl>{table_row(head)}{table_row(one)}{table_row(two)}</w:tbl>"), "a.docx")
    assert steps(actions(found)["1.1"]) == [("Tried", "2027-01-31"), ("Shared", "2027-03-31")]
    assert leads(actions(found)["1.1"]) == ["Hannah Osei"]


def test_what_was_deleted_is_gone_and_what_was_inserted_is_there() -> None:
    changed = "<w:p><w:del><w:r><w:delText>Old</w:delText></w:r></w:del><w:ins><w:r><w:t>New</w:t></w:r></w:ins></w:p>"
    gone = "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p/></w:tc></w:tr>"
    assert rows_of(f"<w:tbl><w:tr><w:tc>{changed}</w:tc></w:tr>{gone}</w:tbl>") == [("New",)]


def test_a_table_within_a_cell_is_its_text_and_content_controls_are_looked_into() -> None:
    inner = table([("a", "b")])
    held = f"<w:sdt><w:sdtContent><w:tc><w:p><w:r><w:t>c</w:t></w:r></w:p>{inner}</w:tc></w:sdtContent></w:sdt>"
    assert rows_of(f"<w:sdt><w:sdtContent><w:tbl><w:tr>{held}</w:tr></w:tbl></w:sdtContent></w:sdt>") == [("c\na\nb",)]


def test_a_text_box_in_a_cell_is_a_line_of_it() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{paragraph('Box')}</w:txbxContent></w:pict></w:r>"
    assert rows_of(f"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Cell</w:t></w:r>{box}</w:p></w:tc></w:tr></w:tbl>") == [
        ("Cell\nBox",)
    ]


def test_a_style_that_builds_on_one_with_numbers_is_counted_as_well() -> None:
    one = '<w:style w:styleId="{}"><w:name w:val="{}"/><w:basedOn w:val="{}"/>{}</w:style>'.format
    styles = one("N", "Numbered", "", f"<w:pPr>{level(0)}</w:pPr>") + one("M", "Mine", "N", "")
    body = paragraph("First", style="M") + paragraph("Second", style="N")
    found = read_word(
        word_file(body, **{"word/numbering.xml": COUNTED, "word/styles.xml": f"<w:styles {_W}>{styles}</w:styles>"})
    )
    assert [block.text for block in found.blocks if isinstance(block, Text)] == ["4. First", "5. Second"]


def test_a_drawing_is_not_read_twice() -> None:
    twice = "".join(f"<mc:{name}>{paragraph('Once')}</mc:{name}>" for name in ("Choice", "Fallback"))
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    blocks = read_word(word_file(f"<mc:AlternateContent {space}>{twice}</mc:AlternateContent>")).blocks
    assert [block.text for block in blocks if isinstance(block, Text)] == ["Once"]


def test_a_table_goes_on_without_headings_after_a_paragraph() -> None:
    more = ("1.2", "Open a desk", "Desk open", "May 2027", "Ines Duarte")
    found = read(word_file(table([HEAD, ROW]) + paragraph("See also the annex.") + table([more])), "a.docx")
    assert list(actions(found)) == ["1.1", "1.2"]


def test_a_heading_above_a_table_names_its_area() -> None:
    body = paragraph("Our plan", style="H1") + paragraph("Workloads", style="H1") + paragraph("Actions", style="H1")
    found = read(word_file(body + table([HEAD, ROW])), "a.docx")
    assert [area.title for area in found.areas] == ["Workloads"]
    assert [one.text for one in found.unread] == ["Our plan", "Actions"]


@pytest.mark.parametrize(
    ("raw", "name", "words"),
    [
        (bomb(), "a.docx", "unpacks to more|parts that its own program|do not agree|damaged"),
        (with_password(), "a.docx", "protected by a password"),
        (word(), "a.xlsx", "do not agree"),
        (word(**{"word/vbaProject.bin": b"x"}), "a.docx", "macros"),
        (word(), "a.docm", "macros"),
        (word(), "a.doc", "older Word"),
        (word(), "a.docx", "could not find any actions"),
        (word_file(table([HEAD, ROW]))[:-90], "a.docx", "damaged"),
        (word(**{"word/document.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}), "a.docx", "so it was not taken"),
        (word(**{"word/numbering.xml": "<x"}), "a.docx", "damaged"),
        (word_file("<w:tbl>" + "<w:tr><w:tc><w:p/></w:tc></w:tr>" * 10_001 + "</w:tbl>"), "a.docx", "far larger"),
        (
            word_file(f"<w:tbl>{table_row([cell('x', '<w:gridSpan w:val=~9999~/>'.replace('~', chr(34)))])}</w:tbl>"),
            "a.docx",
            "far larger",
        ),
        (word_file("<w:r>" * 3000 + "</w:r>" * 3000), "a.docx", "could not find any actions|damaged"),
    ],
)
def test_a_hostile_word_file_is_refused_with_a_sentence(raw: bytes, name: str, words: str) -> None:
    with pytest.raises(Invalid, match=words) as refused:
        read(raw, name)
    assert refused.value.field == "file"


def test_the_place_of_a_row_is_its_table_and_row() -> None:
    sheets = [
        block for block in read_word(word_file(table([HEAD]) + table([HEAD, ROW]))).blocks if isinstance(block, Sheet)
    ]
    assert sheets[1].rows[1] == Row(ROW, "Table 2, row 2")
