"""What is missing before an audit is sent, and when the overall grade needs a reason (domain A3, A14; ux 8.14)."""

import pytest

from tracker.audits.rules.checking import Point, Said, SectionGrade, missing_items, reason_needed
from tracker.audits.rules.first_tool import FIRST_TOOL
from tracker.audits.rules.themes import DEFAULT_THEMES
from tracker.audits.rules.vocabulary import FindingKind, Grade, NoGrade

OUTSTANDING, GOOD, IMPROVE, INADEQUATE = Grade
GRADED_NUMBERS = FIRST_TOOL.graded_numbers
ALL_GOOD: dict[int, SectionGrade] = dict.fromkeys(GRADED_NUMBERS, Grade.GOOD)


def answers(*grades: SectionGrade) -> dict[int, SectionGrade]:
    return ALL_GOOD | dict(zip(GRADED_NUMBERS, grades, strict=False))


def missing(held: dict[int, SectionGrade], *points: Point, overall: Grade | None = GOOD, reason: str = "") -> list[str]:
    return [item.words for item in missing_items(FIRST_TOOL, Said(held, points, {}, overall, reason))]


def test_the_list_of_themes_is_that_of_the_rule_book() -> None:
    codes = [theme.code for theme in DEFAULT_THEMES]
    assert len(codes) == len(set(codes)) == 23
    assert len({theme.name for theme in DEFAULT_THEMES}) == 23


def test_a_complete_audit_lacks_nothing() -> None:
    finding = Point(4, FindingKind.DEVELOPMENT, has_theme=True, text="Weigh the history")
    assert missing(ALL_GOOD, finding) == []


def test_no_grade_is_an_answer() -> None:
    assert missing(answers(NoGrade.NOT_ENOUGH, NoGrade.NOT_APPLICABLE)) == []


def test_each_missing_grade_is_named_in_the_order_of_the_sections() -> None:
    held = ALL_GOOD | {8: None, 4: None}
    assert missing(held, overall=None) == [
        'Choose a grade for Assessment and analysis, or "Not enough on file to grade"',
        'Choose a grade for Difference made to the child, or "Not enough on file to grade"',
        "Choose an overall grade",
    ]


def test_a_development_without_theme_or_words_is_named_by_its_place() -> None:
    points = [
        Point(3, FindingKind.STRENGTH, has_theme=True, text=""),
        Point(3, FindingKind.DEVELOPMENT, has_theme=True, text="Say who acts"),
        Point(3, FindingKind.DEVELOPMENT, has_theme=False, text=" "),
    ]
    found = missing_items(FIRST_TOOL, Said(ALL_GOOD, points, {}, GOOD))
    assert [(item.section_number, item.words) for item in found] == [
        (3, "Choose a theme for area for development 2"),
        (3, "Say what needs to change in area for development 2"),
    ]


@pytest.mark.parametrize(
    ("held", "overall", "words"),
    [
        (answers(), GOOD, None),
        (answers(), IMPROVE, None),
        (
            answers(),
            OUTSTANDING,
            "Seven sections are graded lower than the whole. Say why the overall grade is Outstanding",
        ),
        (
            answers(INADEQUATE),
            IMPROVE,
            "One section is graded Inadequate. Say why the overall grade is Requires improvement",
        ),
        (
            answers(INADEQUATE, INADEQUATE),
            GOOD,
            "Two sections are graded Inadequate. Say why the overall grade is Good",
        ),
        (answers(INADEQUATE), INADEQUATE, None),
        (answers(IMPROVE, IMPROVE, IMPROVE), GOOD, None),
        (
            answers(IMPROVE, IMPROVE, IMPROVE, IMPROVE),
            GOOD,
            "Four sections are graded lower than the whole. Say why the overall grade is Good",
        ),
        (
            {2: NoGrade.NOT_ENOUGH, 3: IMPROVE},
            GOOD,
            "One section is graded lower than the whole. Say why the overall grade is Good",
        ),
        ({}, OUTSTANDING, None),
        (answers(INADEQUATE), None, None),
    ],
)
def test_a_kinder_whole_is_asked_about(held: dict[int, SectionGrade], overall: Grade | None, words: str | None) -> None:
    assert reason_needed(held, overall) == words


def test_a_reason_settles_it() -> None:
    held = answers(INADEQUATE)
    assert len(missing(held, overall=IMPROVE)) == 1
    assert missing(held, overall=IMPROVE, reason="The failing was put right within the day.") == []
    found = missing_items(FIRST_TOOL, Said(held, (), {}, IMPROVE, "  "))
    assert [item.section_number for item in found] == [FIRST_TOOL.overall_number]
