"""An audit beside the one that repeats it: which sections are compared, and what is put right."""

import pytest

from tracker.audits.rules.comparing import Change, Compared, change_of, compared, put_right
from tracker.audits.rules.tool import Section, Tool
from tracker.audits.rules.vocabulary import Grade, NoGrade

GOOD, POOR = Grade.GOOD, Grade.INADEQUATE


def a_tool(number: int, *sections: Section) -> Tool:
    return Tool("audit", "Audit", number, sections, id=number)


def a_section(number: int, title: str, *, at: int, equals: int | None = None) -> Section:
    return Section(number, title.lower(), title, "How?", id=at, equals_id=equals)


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (POOR, GOOD, Change.BETTER),
        (GOOD, GOOD, Change.SAME),
        (GOOD, Grade.REQUIRES_IMPROVEMENT, Change.WORSE),
        (NoGrade.NOT_ENOUGH, GOOD, None),
        (GOOD, NoGrade.NOT_APPLICABLE, None),
        (None, GOOD, None),
    ],
)
def test_only_two_grades_can_be_compared(
    before: Grade | NoGrade | None, after: Grade | NoGrade | None, change: Change | None
) -> None:
    assert change_of(before, after) is change


def test_sections_of_one_version_are_compared_by_number() -> None:
    tool = a_tool(1, a_section(2, "Voice", at=21), a_section(3, "Risk", at=22))
    found = compared(tool, {2: GOOD, 3: POOR}, tool, {2: GOOD, 3: GOOD})
    assert found == (Compared("Voice", GOOD, GOOD), Compared("Risk", POOR, GOOD))


def test_sections_of_two_versions_are_compared_only_where_they_were_declared_equal() -> None:
    old = a_tool(1, a_section(2, "Voice", at=21), a_section(3, "Risk", at=22))
    new = a_tool(2, a_section(2, "Safety", at=31, equals=22), a_section(3, "Voice", at=32))
    found = compared(old, {2: GOOD, 3: POOR}, new, {2: GOOD, 3: GOOD})
    assert found == (
        Compared("Safety", POOR, GOOD),
        Compared("Voice", None, GOOD, was_asked=False),
        Compared("Voice", GOOD, None, is_asked=False),
    )
    assert [one.change for one in found] == [Change.BETTER, None, None]


def test_themes_to_develop_are_put_right_found_again_or_new() -> None:
    found = put_right(["Voice", "Supervision", "Voice"], ["Supervision", "Fathers"])
    assert (found.put_right, found.still, found.new) == (("Voice",), ("Supervision",), ("Fathers",))
