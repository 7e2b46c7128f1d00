"""What a tool lacks or is weak in, and two versions told apart, in words that a QA lead reads."""

from dataclasses import replace
from typing import Any

import pytest

from tracker.audits.rules.answers import AnswerKind, Nature
from tracker.audits.rules.default_tool import DEFAULT_TOOL
from tracker.audits.rules.first_tool import FIRST_TOOL
from tracker.audits.rules.themes import DEFAULT_THEMES
from tracker.audits.rules.tool import Question, Section, Tool
from tracker.audits.rules.tool_changes import Difference, differences, same_sections, same_words
from tracker.audits.rules.tool_review import lacking, weaknesses
from tracker.audits.rules.vocabulary import Category

ABOUT, OVERALL = FIRST_TOOL.sections[0], FIRST_TOOL.sections[-1]
CARE = frozenset({Category.CHILD_IN_CARE})
THEMES = {"plan": "Plans", "visits": "Visits"}
VISITS = Question("Seen when due?", theme="visits", is_required=True, id=1)
PLAN = Question("Is there a plan?", AnswerKind.YES_NO, theme="plan", id=2)
WORK = Section(2, "work", "Work", "How good is it?", good=("It helps",), theme="plan", id=7)


def asking(*questions: Question, **changed: Any) -> Tool:
    middle = replace(WORK, questions=questions, **changed)
    return Tool("short", "Short audit", 1, (ABOUT, middle, replace(OVERALL, number=3)))


def words(tool: Tool, before: Tool | None = None) -> list[str]:
    return [remark.words for remark in weaknesses(tool, THEMES, before)]


BOTH = asking(VISITS)


def test_a_section_that_asks_nothing_keeps_a_tool_from_being_used() -> None:
    assert lacking(BOTH) == []
    assert [(one.section_number, one.words) for one in lacking(asking(is_graded=False, theme=None))] == [
        (2, "2. Work asks nothing: grade it, give it a question, or remove it")
    ]
    assert (lacking(DEFAULT_TOOL), lacking(FIRST_TOOL)) == ([], [])


@pytest.mark.parametrize(
    ("tool", "remark"),
    [
        (asking(replace(VISITS, theme=None)), "Question 2.1 has no theme, so its answers count for none"),
        (asking(VISITS, theme=None), "2. Work: its grade has no theme, so it counts for none"),
        (
            asking(VISITS, PLAN),
            "Plans is asked about 2 times of one file. It has one vote, and the worst answer decides",
        ),
        (asking(), "No question asks about: Visits. Audits with this tool say nothing of them"),
        (
            asking(replace(VISITS, categories=frozenset(Category) - CARE)),
            "Visits is not asked of: Child in care",
        ),
        (asking(VISITS, good=()), "2. Work does not say what good looks like"),
        (asking(VISITS, replace(VISITS, text="seen  when DUE?")), "2. Work asks a question twice in the same words"),
        (
            asking(replace(VISITS, is_required=False), is_graded=False),
            "2. Work can be left empty: nothing in it has to be answered",
        ),
        (asking(*(VISITS,) * 41), "A file of contact is asked 42 things. Few auditors get to the end"),
    ],
)
def test_what_is_weak_is_named(tool: Tool, remark: str) -> None:
    assert remark in words(tool)


def test_nothing_weak_is_found_where_there_is_nothing() -> None:
    assert words(BOTH) == []
    text = Question("What would the child say?", AnswerKind.TEXT)
    assert words(asking(VISITS, text)) == []
    assert words(replace(asking(), asks_every_theme=True)) == []


def test_a_theme_asked_of_different_files_is_asked_once_of_each() -> None:
    of_some, of_others = (
        replace(VISITS, categories=CARE),
        replace(VISITS, text="Seen?", categories=frozenset(Category) - CARE),
    )
    assert words(asking(of_some, of_others)) == []


def test_the_default_tool_asks_every_theme_of_some_file() -> None:
    names = {theme.code: theme.name for theme in DEFAULT_THEMES}
    assert [one.words for one in weaknesses(DEFAULT_TOOL, names) if one.words.startswith("No question asks")] == []


def test_the_same_words_not_declared_equal_are_said_and_other_words_declared_equal_too() -> None:
    again = asking(replace(VISITS, id=11))
    assert words(again, BOTH)[-1].startswith("The same words as before, and not declared equal: 2.1.")
    assert words(asking(replace(VISITS, id=11, equals_id=1)), BOTH) == []
    other = asking(replace(VISITS, id=11, equals_id=1, text="Seen alone?"))
    assert words(other, BOTH) == [
        "Question 2.1 was declared equal to 2.1 of version 1, and now asks in other words or of other files"
    ]


def test_only_the_same_words_answered_in_the_same_way_are_suggested() -> None:
    assert same_words(BOTH, asking(PLAN, replace(VISITS, id=0))) == {"2.2": 1}
    assert same_words(BOTH, asking(replace(VISITS, kind=AnswerKind.YES_NO))) == {}
    twice = asking(VISITS, replace(VISITS, id=5))
    assert same_words(twice, BOTH) == {}
    assert same_sections(BOTH, asking(id=0)) == {2: 7}
    assert same_sections(BOTH, asking(question="Is it kind?")) == {}


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (BOTH, []),
        (asking(), [("Question 2.1 of before", ["Left out: Seen when due?"])]),
        (asking(VISITS, PLAN), [("Question 2.2", ["New question: Is there a plan?"])]),
        (
            asking(replace(VISITS, text="Seen alone?", equals_id=1, id=3)),
            [("Question 2.1", ["Words: “Seen alone?”, before “Seen when due?”"])],
        ),
        (
            asking(replace(VISITS, theme=None, nature=Nature.IMPACT, categories=CARE, is_required=False)),
            [
                (
                    "Question 2.1",
                    [
                        "Theme: “None”, before “Visits”",
                        "Looks at: “Impact”, before “Quality”",
                        "Asked of: “Child in care”, before “Every file”",
                        "Has to be answered: “No”, before “Yes”",
                    ],
                )
            ],
        ),
        (asking(VISITS, title="Practice"), [("2. Practice", ["Title: “Practice”, before “Work”"])]),
        (replace(BOTH, name="Long audit"), [("The tool", ["Name: “Long audit”, before “Short audit”"])]),
        (replace(BOTH, asks_every_theme=True), [("The tool", ["It now asks for every theme"])]),
    ],
)
def test_what_a_version_changes_is_said_in_words(after: Tool, found: list[tuple[str, list[str]]]) -> None:
    assert differences(BOTH, after, THEMES) == [Difference(place, tuple(changes)) for place, changes in found]


def test_sections_that_come_move_and_go_are_told() -> None:
    new = Section(2, "new", "New", "Is it new?", is_graded=False, questions=(VISITS,))
    after = Tool("short", "Short audit", 2, (ABOUT, new, replace(WORK, number=3), replace(OVERALL, number=4)))
    assert [(one.place, one.changes) for one in differences(BOTH, after, THEMES)] == [
        ("2. New", ("New section",)),
        ("Question 2.1", ("New question: Seen when due?",)),
        ("3. Work", ("Now section 3, before section 2",)),
        ("4. Overall grade and feedback", ("Now section 4, before section 3",)),
        ("Question 2.1 of before", ("Left out: Seen when due?",)),
    ]
    assert [one.changes for one in differences(after, BOTH, THEMES)][-2:] == [
        ("Left out",),
        ("Left out: Seen when due?",),
    ]
