"""One invented plan printed in the five forms in which plans arrive: text, Word, Excel, CSV and pasted cells."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from xml.sax.saxutils import escape

import xlsxwriter

from tests.support.files.honest import archive, word_parts

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_LEVEL = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>'
NUMBERING = (
    f'<w:numbering {_W}><w:abstractNum w:abstractNumId="0">{_LEVEL.format(0)}{_LEVEL.format(1)}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
STYLES = (
    f'<w:styles {_W}><w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="B"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    "</w:style></w:styles>"
)


@dataclass(frozen=True)
class PrintedAction:
    """An action as a plan prints it: its steps and their dates one below the other."""

    ref: str
    title: str
    steps: tuple[str, ...]
    dates: tuple[str, ...]
    lead: str
    rag: str = ""


@dataclass(frozen=True)
class PrintedArea:
    """An area as a plan prints it."""

    number: int
    title: str
    objectives: tuple[str, ...]
    outcomes: tuple[str, ...]
    measures: tuple[str, ...]
    actions: tuple[PrintedAction, ...]


PLAN = (
    PrintedArea(
        1,
        "Give every worker a caseload they can manage",
        ("Know how many children each worker holds", "Keep experienced people"),
        ("Children keep one worker for longer",),
        ("Share of posts filled for six months or more",),
        (
            PrintedAction(
                "1.1",
                "Count caseloads in every team",
                ("Sheet tried", "Count shared"),
                ("Jan 2027", "March 2027"),
                "Hannah Osei",
                "Green",
            ),
            PrintedAction(
                "1.2",
                "Open a second duty desk",
                ("Desk open",),
                ("End of February 2027",),
                "Hannah Osei / Marek Nowak",
                "Amber",
            ),
            PrintedAction("1.3", "Further actions to be agreed", ("TBC",), ("TBC",), "TBC"),
        ),
    ),
    PrintedArea(
        2,
        "Make supervision regular",
        ("Every worker is supervised each month",),
        ("Supervision changes the plan for the child", "Workers stay"),
        ("Files with a supervision note in the last month",),
        (
            PrintedAction(
                "2.1",
                "Write a standard, see 1.1",
                ("Draft written", "Standard agreed"),
                ("15 Feb 2027", "TBC"),
                "Ines Duarte",
                "Red",
            ),
            PrintedAction(
                "2.2",
                "Report on it",
                ("Report made",),
                ("First report June 2027 and then quarterly",),
                "Chair of RSCB",
                "Green",
            ),
        ),
    ),
)
HEADINGS = ("No.", "Action", "Progress milestones", "Target date", "Delivery lead", "RAG")
FLAT = ("Area", "Objective", "Outcome", "Measured by", *HEADINGS)


def as_text(plan: Sequence[PrintedArea] = PLAN) -> bytes:
    """Print the plan as text, with a table of tabs below each area."""
    lines: list[str] = []
    for area in plan:
        lines += [f"AREA FOR IMPROVEMENT {area.number}: {area.title}", ""]
        for heading, entries in _sections(area):
            lines += [heading, "", *(f"- {entry}" for entry in entries), ""]
        lines.append("\t".join(HEADINGS))
        lines += ["\t".join(_printed(action, "<br>")) for action in area.actions]
        lines.append("")
    return "\n".join(lines).encode()


def as_word(plan: Sequence[PrintedArea] = PLAN) -> bytes:
    """Print the plan as a Word file, with a table below each area and its lists as Word makes them."""
    body: list[str] = [paragraph("Our improvement plan", style="H1")]
    for area in plan:
        body.append(paragraph(f"AREA FOR IMPROVEMENT {area.number}: {area.title}", style="H1"))
        for heading, entries in _sections(area):
            body += [paragraph(heading), *(paragraph(entry, style="B") for entry in entries)]
        body.append(table([HEADINGS, *(_printed(action, "\n") for action in area.actions)]))
    return word_file("".join(body))


def as_rows(plan: Sequence[PrintedArea] = PLAN) -> list[list[str]]:
    """Print the plan as one table that names the area and what it wants in the first row of each."""
    rows = [list(FLAT)]
    for area in plan:
        wants = ["\n".join(f"• {entry}" for entry in entries) for _, entries in _sections(area)]
        for place, action in enumerate(area.actions):
            about = [f"{area.number}. {area.title}", *wants] if place == 0 else ["", "", "", ""]
            rows.append([*about, *_printed(action, "\n")])
    return rows


def as_excel(plan: Sequence[PrintedArea] = PLAN) -> bytes:
    """Print the plan as one worksheet."""
    return excel_file({"Plan": as_rows(plan)})


def as_csv(plan: Sequence[PrintedArea] = PLAN, delimiter: str = ",") -> bytes:
    """Print the plan as a CSV file, as Excel saves one."""
    made = StringIO()
    csv.writer(made, delimiter=delimiter).writerows(as_rows(plan))
    return ("\ufeff" + made.getvalue()).encode()


def as_pasted(plan: Sequence[PrintedArea] = PLAN) -> bytes:
    """Print the plan as cells copied from a worksheet."""
    made = io.StringIO()
    csv.writer(made, delimiter="\t", lineterminator="\n").writerows(as_rows(plan))
    return made.getvalue().encode()


def excel_file(sheets: dict[str, list[list[str]]], merged: Iterable[tuple[int, int, int, int]] = ()) -> bytes:
    """Make a workbook of text cells; `merged` are ranges of the first sheet: first and last row and column."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        for number, (name, rows) in enumerate(sheets.items()):
            sheet = book.add_worksheet(name)
            for line, row in enumerate(rows):
                sheet.write_row(line, 0, row)
            for top, left, bottom, right in merged if number == 0 else ():
                sheet.merge_range(top, left, bottom, right, rows[top][left])
    return made.getvalue()


def word_file(body: str, **parts: str) -> bytes:
    """Make a Word file of what stands in its body."""
    content = f"<w:document {_W}><w:body>{body}</w:body></w:document>"
    made: dict[str, str | bytes] = {**word_parts(), "word/document.xml": content}
    return archive({**made, "word/numbering.xml": NUMBERING, "word/styles.xml": STYLES, **parts})


def paragraph(text: str, style: str = "", numbered: str = "") -> str:
    """Make a paragraph; `numbered` are the properties by which Word counts it."""
    about = (f'<w:pStyle w:val="{style}"/>' if style else "") + numbered
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(escape(line) for line in text.split("\n"))
    return f'<w:p><w:pPr>{about}</w:pPr><w:r><w:t xml:space="preserve">{lines}</w:t></w:r></w:p>'


def table(rows: Iterable[Sequence[str]]) -> str:
    """Make a table of plain cells, a paragraph for each line of a cell."""
    return f"<w:tbl>{''.join(table_row([cell(text) for text in row]) for row in rows)}</w:tbl>"


def table_row(cells: Iterable[str]) -> str:
    """Make a row of cells."""
    return f"<w:tr>{''.join(cells)}</w:tr>"


def cell(text: str, about: str = "") -> str:
    """Make a cell; `about` are its properties, such as how many columns it spans."""
    return f"<w:tc><w:tcPr>{about}</w:tcPr>{''.join(paragraph(line) for line in text.split(chr(10)))}</w:tc>"


def _sections(area: PrintedArea) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (("OBJECTIVES:", area.objectives), ("OUTCOMES:", area.outcomes), ("MEASURED BY:", area.measures))


def _printed(action: PrintedAction, between: str) -> list[str]:
    return [action.ref, action.title, between.join(action.steps), between.join(action.dates), action.lead, action.rag]
