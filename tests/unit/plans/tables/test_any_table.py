"""Whatever cells, texts and bytes arrive, nothing fails but with a sentence, and no row is lost."""

import random
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.plan_forms import as_csv, as_excel, as_pasted, as_word
from tests.unit.plans.tables.reading import APPROVED
from tracker.core.problems import Invalid
from tracker.plans.imports.plan_file import PlanFile, read_plan_file
from tracker.plans.rules.reading import ReadingProblem, put_together, rag_key_from
from tracker.plans.rules.tables import Document, Mapping, Row, Sheet, Text, mapping_from, scan_tables
from tracker.plans.rules.tables.delimited import read_delimited, read_pasted

HEADINGS = (
    "No",
    "Area",
    "Objective",
    "Outcome",
    "Measured by",
    "Action",
    "Milestone",
    "Date",
    "Lead",
    "RAG",
    "Notes",
    "",
)
AREAS = ("Area for improvement 2: Help", "3. Early help", "1", "1.1", "2.", "Objectives:")
DATES = ("Mar 2027", "Jan 2027\nTBC", "ongoing", "stage 1 done, stage 2 Mar 2017", "TBC")
WORDS = st.sampled_from(["", "", "Count caseloads", "• a\n• b", "Hannah Osei / Marek Nowak", "Green", *AREAS, *DATES])
CELLS = st.one_of(WORDS, st.text(max_size=12))
ROWS = st.builds(
    Row,
    st.lists(CELLS, max_size=8).map(tuple),
    merged=st.frozensets(st.integers(0, 8), max_size=2),
    spans=st.booleans(),
)
HEADS = st.lists(st.sampled_from(HEADINGS), min_size=3, max_size=8).map(lambda words: Row(tuple(words)))
SHEETS = st.builds(Sheet, st.lists(st.one_of(ROWS, ROWS, HEADS), max_size=12).map(tuple), st.sampled_from(["", "Help"]))
BLOCKS = st.one_of(SHEETS, st.builds(Text, CELLS, is_heading=st.booleans()))
DOCUMENTS = st.builds(Document, st.lists(BLOCKS, max_size=4).map(tuple))
KEY = rag_key_from("Green = G")


@given(DOCUMENTS)
@settings(max_examples=300, deadline=None)
def test_every_line_of_any_tables_is_in_an_area_in_an_action_or_unread(document: Document) -> None:
    found = put_together(scan_tables(document, Mapping()), approved_on=APPROVED, key=KEY)
    taken = {number for area in found.areas for number in area.source_lines}
    taken |= {number for area in found.areas for one in area.actions for number in one.source_lines}
    taken |= {one.line for one in found.unread}
    filled = {
        number
        for number, line in enumerate(document.lines(), start=1)
        if (line.filled if isinstance(line, Row) else line.text.replace("*", "").strip())
    }
    lost = {number for number in filled - taken if _says_something(list(document.lines())[number - 1])}
    assert not lost
    assert len({one.ref for area in found.areas for one in area.actions}) == sum(
        len(one.actions) for one in found.areas
    )


def _says_something(line: Row | Text) -> bool:
    cells = [line.cells[place] for place in line.filled] if isinstance(line, Row) else [line.text]
    return any(letter.isalnum() for cell in cells for letter in cell)


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_is_a_mapping_a_key_and_cells_or_refused(text: str) -> None:
    for read in (mapping_from, rag_key_from):
        with suppress(ReadingProblem):
            read(text)
    read_delimited(text, Mapping())
    read_pasted(f"Action,When,Who\n{text}", Mapping())


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6))
@settings(max_examples=100, deadline=None)
def test_a_mapping_survives_being_kept(pairs: list[tuple[str, str, str]]) -> None:
    said = mapping_from("\n".join(f"Column {number} = action" for number, _ in enumerate(pairs)))
    assert mapping_from(said.as_json()) == said


@given(
    st.sampled_from([("a.docx", as_word), ("a.xlsx", as_excel), ("a.csv", as_csv), ("pasted", as_pasted)]),
    st.integers(),
)
@settings(max_examples=120, deadline=None)
def test_a_damaged_file_is_read_or_refused_with_a_sentence(form: tuple[str, object], seed: int) -> None:
    name, make = form
    assert callable(make)
    raw, chance = bytearray(make()), random.Random(seed)
    for _ in range(chance.randrange(1, 6)):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    with suppress(Invalid):
        read_plan_file(PlanFile(bytes(raw[: chance.choice([None, -20])]), name), approved_on=APPROVED)
