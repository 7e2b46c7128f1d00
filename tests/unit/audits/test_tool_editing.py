"""Editing a tool as a value: what can be added, moved and removed, and what is refused to be kept."""

from dataclasses import replace
from typing import Any

import pytest

from tracker.audits.rules.answers import AnswerKind
from tracker.audits.rules.default_tool import DEFAULT_TOOL
from tracker.audits.rules.tool import Question, Section, Tool, tool_fault
from tracker.audits.rules.tool_editing import (
    MOST_QUESTIONS,
    MOST_SECTIONS,
    blank_tool,
    copied,
    moved_question,
    moved_section,
    put_question,
    with_question,
    with_section,
    without_question,
    without_section,
    words_fault,
)

SEEN, HEARD, WRITTEN = Question("Seen?", id=1), Question("Heard?", id=2, equals_id=9), Question("Written down?", id=3)


def titles(tool: Tool | None) -> list[str]:
    assert tool is not None
    assert [section.number for section in tool.sections] == list(range(1, len(tool.sections) + 1))
    return [section.title for section in tool.sections[1:-1]]


def texts(tool: Tool | None, number: int = 2) -> list[str]:
    assert tool is not None
    return [question.text for question in tool.by_number[number].questions]


@pytest.fixture
def tool() -> Tool:
    """A tool with two sections between its ends, the first of them with three questions."""
    made = with_section(blank_tool("short", "Short audit"), Section(0, "", "Practice", "Again?"))
    for question in (SEEN, HEARD, WRITTEN):
        made = with_question(made, 2, question)
    return made


def test_a_blank_tool_can_be_used_and_grows_before_its_last_section(tool: Tool) -> None:
    assert tool_fault(blank_tool("short", "Short audit")) is None
    assert tool_fault(tool) is None
    assert titles(tool) == ["Practice", "Practice"]
    assert [section.code for section in tool.sections] == ["about_file", "practice", "practice_2", "overall"]


@pytest.mark.parametrize(("number", "step", "moves"), [(2, 1, True), (3, -1, True), (2, -1, False), (3, 1, False)])
def test_sections_change_places_between_the_first_and_the_last(tool: Tool, number: int, step: int, moves: bool) -> None:
    moved = moved_section(tool, number, step)
    assert (moved is not None) == moves
    if moved:
        assert [section.code for section in moved.sections] == ["about_file", "practice_2", "practice", "overall"]
        assert titles(moved) == ["Practice", "Practice"]


def test_the_first_and_the_last_section_stay(tool: Tool) -> None:
    assert [moved_section(tool, 1, 1), moved_section(tool, 4, -1)] == [None, None]
    assert [without_section(tool, 1), without_section(tool, 4)] == [None, None]


def test_a_section_goes_once_it_holds_no_question(tool: Tool) -> None:
    assert without_section(tool, 2) is None
    assert titles(without_section(tool, 3)) == ["Practice"]


def test_questions_are_moved_and_removed(tool: Tool) -> None:
    assert texts(moved_question(tool, 2, 1, 1)) == ["Heard?", "Seen?", "Written down?"]
    assert texts(moved_question(tool, 2, 3, -1)) == ["Seen?", "Written down?", "Heard?"]
    assert [moved_question(tool, 2, 1, -1), moved_question(tool, 2, 3, 1)] == [None, None]
    assert texts(without_question(tool, 2, 2)) == ["Seen?", "Written down?"]


def test_a_question_goes_to_the_end_of_another_section(tool: Tool) -> None:
    moved = put_question(tool, 2, 1, Question("Seen alone?"), to=3)
    assert (texts(moved), texts(moved, 3)) == (["Heard?", "Written down?"], ["Seen alone?"])


@pytest.mark.parametrize(("kind", "equals"), [(AnswerKind.MET, 9), (AnswerKind.YES_NO, None)])
def test_answered_in_another_way_it_equals_nothing_of_before(tool: Tool, kind: AnswerKind, equals: int | None) -> None:
    put = put_question(tool, 2, 2, Question("Heard out?", kind), to=2)
    assert [(one.text, one.equals_id) for one in put.by_number[2].questions][1] == ("Heard out?", equals)


def test_a_copy_asks_the_same_and_is_declared_equal_to_nothing(tool: Tool) -> None:
    copy = copied(tool, address="another", name="Another")
    assert (copy.slug, copy.name, texts(copy)) == ("another", "Another", texts(tool))
    assert {question.equals_id for question in copy.by_id.values()} == {None}


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({}, None),
        ({"title": " "}, "Section 2: give it a title of 1 to 120 characters"),
        ({"title": "x" * 121}, "Section 2: give it a title of 1 to 120 characters"),
        ({"question": ""}, "Section 2: say what it asks in 1 to 400 characters"),
        ({"good": ("x" * 201,)}, "Section 2: keep to 10 points, each of them and of the grades of 1 to 200 characters"),
        ({"good": ("x",) * 11}, "Section 2: keep to 10 points, each of them and of the grades of 1 to 200 characters"),
        ({"questions": (Question("x" * 401),)}, "Section 2: keep each question to 1 to 400 characters"),
        ({"questions": (Question("x"),) * (MOST_QUESTIONS + 1)}, "Section 2: keep it to 30 questions"),
    ],
)
def test_what_is_empty_too_long_or_too_many_is_named(tool: Tool, changed: dict[str, Any], fault: str | None) -> None:
    section = replace(tool.sections[1], **changed)
    assert words_fault(replace(tool, sections=(tool.sections[0], section, *tool.sections[2:]))) == fault


def test_a_tool_has_a_name_and_no_end_of_sections(tool: Tool) -> None:
    assert words_fault(DEFAULT_TOOL) is None
    assert words_fault(replace(tool, name=" ")) == "Give the tool a name of 1 to 120 characters"
    many = tuple(replace(tool.sections[1], number=number) for number in range(1, MOST_SECTIONS + 2))
    assert words_fault(replace(tool, sections=many)) == "Keep the tool to 20 sections"
