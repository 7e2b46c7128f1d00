"""What a tool asks of whom, what has to be answered, and the default tool (domain A2, A8, A15)."""

from dataclasses import replace

import pytest

from tracker.audits.rules.answers import AnswerKind, AnswerValue, Reply, offered, words_of
from tracker.audits.rules.asking import unanswered
from tracker.audits.rules.checking import Said, missing_items
from tracker.audits.rules.default_tool import DEFAULT_TOOL
from tracker.audits.rules.first_tool import FIRST_TOOL
from tracker.audits.rules.further_tools import FURTHER_TOOLS, SUPERVISION_AUDIT
from tracker.audits.rules.themes import DEFAULT_THEMES
from tracker.audits.rules.tool import Question, Section, Tool, tool_fault
from tracker.audits.rules.tool_review import lacking
from tracker.audits.rules.vocabulary import Category, Grade, NoGrade

ABOUT, OVERALL = FIRST_TOOL.sections[0], FIRST_TOOL.sections[-1]
CARE, CONTACT = Category.CHILD_IN_CARE, Category.CONTACT
OF_ALL = Question("Seen when due?", theme="visits", is_required=True, id=1)
OF_SOME = Question("Settled there?", theme="placement", categories=frozenset({CARE}), id=2)
MIDDLE = Section(2, "work", "Work", "How good is it?", theme="plan", questions=(OF_ALL, OF_SOME))
TOOL = Tool("short", "Short audit", 1, (ABOUT, MIDDLE, replace(OVERALL, number=3)))


def test_a_file_is_asked_what_its_category_is_asked_and_no_more() -> None:
    assert TOOL.asked_of(CARE) == TOOL
    assert [one.text for one in TOOL.asked_of(CONTACT).by_number[2].questions] == ["Seen when due?"]
    assert TOOL.asked_of(CONTACT).themes == {"plan", "visits"}


def test_words_alone_ask_no_theme() -> None:
    words = Question("What would the child say?", AnswerKind.TEXT, theme="voice")
    assert replace(TOOL, sections=(ABOUT, replace(MIDDLE, questions=(words,)), OVERALL)).themes == {"plan"}


@pytest.mark.parametrize(
    ("grade", "replies", "texts"),
    [
        (Grade.GOOD, {}, ["Seen when due?"]),
        (None, {}, ["Seen when due?"]),
        (Grade.GOOD, {1: Reply(AnswerValue.NOT_ENOUGH)}, []),
        (Grade.GOOD, {2: Reply(AnswerValue.MET)}, ["Seen when due?"]),
        (NoGrade.NOT_ENOUGH, {}, ["Seen when due?"]),
        (NoGrade.NOT_APPLICABLE, {}, []),
    ],
)
def test_what_is_required_is_asked_for_unless_its_section_does_not_apply(
    grade: Grade | NoGrade | None, replies: dict[int, Reply], texts: list[str]
) -> None:
    assert [one.text for one in unanswered(MIDDLE, grade, replies)] == texts


def test_missing_answers_are_named_with_their_section() -> None:
    found = missing_items(TOOL, Said({2: Grade.GOOD}, overall=Grade.GOOD))
    assert [(one.section_number, one.words) for one in found] == [(2, "Answer: Seen when due?")]
    assert missing_items(TOOL, Said({2: Grade.GOOD}, replies={1: Reply(AnswerValue.MET)}, overall=Grade.GOOD)) == ()


@pytest.mark.parametrize(
    ("sections", "fault"),
    [
        (TOOL.sections, None),
        ((), "Begin with the section about the file"),
        ((ABOUT, replace(OVERALL, number=2)), "Let at least one section be graded"),
        ((ABOUT, OVERALL), "Number the sections from 1"),
        (TOOL.sections[:2], "Begin with the section about the file"),
        ((replace(ABOUT, questions=(OF_ALL,)), *TOOL.sections[1:]), "no question and no grade"),
        ((ABOUT, MIDDLE, replace(MIDDLE, number=3), replace(OVERALL, number=4)), "a code of its own"),
    ],
)
def test_a_tool_has_its_two_ends_and_a_grade_between(sections: tuple[Section, ...], fault: str | None) -> None:
    found = tool_fault(replace(TOOL, sections=sections))
    assert found is None if fault is None else fault in (found or "")


@pytest.mark.parametrize("tool", [FIRST_TOOL, DEFAULT_TOOL])
def test_the_default_tools_have_nine_sections_and_known_themes(tool: Tool) -> None:
    assert tool_fault(tool) is None
    assert tool.graded_numbers == (2, 3, 4, 5, 6, 7, 8)
    assert tool.themes <= {theme.code for theme in DEFAULT_THEMES}
    assert all(section.good and section.question for section in tool.sections)


@pytest.mark.parametrize("tool", FURTHER_TOOLS)
def test_further_tools_can_be_used_and_know_their_themes(tool: Tool) -> None:
    assert tool_fault(tool) is None
    assert not lacking(tool)
    assert tool.themes <= {theme.code for theme in DEFAULT_THEMES}
    assert tool.overall_number == len(tool.sections)


def test_a_contact_is_not_asked_for_supervision_that_it_has_not() -> None:
    def asked(category: Category) -> int:
        return sum(len(section.questions) for section in SUPERVISION_AUDIT.asked_of(category).sections)

    assert (asked(Category.CONTACT), asked(Category.CHILD_IN_CARE)) == (1, 5)


@pytest.mark.parametrize("category", Category)
def test_the_default_tool_asks_every_theme_of_every_category(category: Category) -> None:
    assert DEFAULT_TOOL.asked_of(category).themes == {theme.code for theme in DEFAULT_THEMES}


def test_the_default_tool_asks_in_every_way_and_of_every_nature() -> None:
    asked = [question for section in DEFAULT_TOOL.sections for question in section.questions]
    assert {question.kind for question in asked} == set(AnswerKind)
    assert {question.nature for question in asked} == {"compliance", "quality", "impact"}
    assert all(2 <= len(section.questions) <= 4 for section in DEFAULT_TOOL.sections if section.is_graded)
    assert any(question.categories for question in asked)
    assert all(question.text.endswith("?") for question in asked)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (AnswerKind.MET, ["Met", "Partly met", "Not met", "Not enough on file", "Does not apply"]),
        (AnswerKind.YES_NO, ["Yes", "No", "Not enough on file", "Does not apply"]),
        (AnswerKind.TEXT, []),
    ],
)
def test_each_kind_of_question_offers_its_answers(kind: AnswerKind, words: list[str]) -> None:
    assert [words_of(kind, value) for value in offered(kind)] == words
    assert offered(AnswerKind.GRADE)[:4] == tuple(AnswerValue(grade.value) for grade in Grade)
