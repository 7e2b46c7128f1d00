"""Which columns a document has, and a text that is a table although nobody knows its headings."""

import pytest

from tracker.plans.rules.tables import Document, Field, Mapping, Row, Sheet, mapping_from
from tracker.plans.rules.tables.found import FoundColumn, columns_found, grid_of

ROWS = (
    ("No", "What", "Wie", "By when", "Who"),
    ("1.1", "Count", "First", "Mar 2027", "Hannah"),
    ("1.2", "", "", "", ""),
)


def document(*sheets: tuple[tuple[str, ...], ...]) -> Document:
    return Document(tuple(Sheet(tuple(Row(cells) for cells in rows)) for rows in sheets))


def test_each_column_is_named_once_with_its_meaning_and_samples() -> None:
    assert columns_found(document(ROWS, ROWS), Mapping()) == (
        FoundColumn("No", Field.NUMBER, ("1.1", "1.2")),
        FoundColumn("What", Field.ACTION, ("Count",)),
        FoundColumn("Wie", None, ("First",)),
        FoundColumn("By when", Field.TARGET, ("Mar 2027",)),
        FoundColumn("Who", Field.LEADS, ("Hannah",)),
    )


def test_what_a_person_said_of_a_column_counts() -> None:
    found = columns_found(document(ROWS), mapping_from("Wie = milestones"))
    assert [column.field for column in found if column.heading == "Wie"] == [Field.MILESTONES]


def test_of_two_columns_that_hold_the_same_the_second_is_shown_as_the_text_it_stays() -> None:
    rows = (("Action", "How", "Milestone", "When", "Previous RAG", "RAG"), ("Count", "By hand", "First", "May", "", ""))
    fields = {column.heading: column.field for column in columns_found(document(rows), Mapping())}
    assert (fields["How"], fields["Milestone"]) == (Field.MILESTONES, Field.KEPT)
    assert (fields["Previous RAG"], fields["RAG"]) == (Field.STATUS, Field.STATUS), "each has its own key"


def test_headings_that_nobody_knows_are_offered_from_the_likeliest_row() -> None:
    rows = (("Our tracker", "", ""), ("Ziel", "Bis", "Durch"), ("Count", "Mar 2027", "Hannah"))
    assert columns_found(document(rows), Mapping()) == (
        FoundColumn("Ziel", None, ("Count",)),
        FoundColumn("Bis", None, ("Mar 2027",)),
        FoundColumn("Durch", None, ("Hannah",)),
    )


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("Ziel;Bis\nCount;Mar 2027", 2),
        ("Ziel\tBis\tDurch\nCount\tMar\tHannah\n", 3),
        ("Ziel,Bis\n\nCount,Mar\n", 2),
        ("Dear all, the plan is\nattached, as you asked, today\nSincerely, Ann", 0),
        ("One line; only", 0),
        ("", 0),
    ],
)
def test_a_text_is_a_table_when_its_lines_are_divided_alike(text: str, width: int) -> None:
    found = grid_of(text)
    rows = [row for row in found.lines() if isinstance(row, Row)] if found else []
    assert (len(rows[0].cells) if rows else 0) == width
