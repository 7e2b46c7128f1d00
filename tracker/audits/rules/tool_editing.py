"""Editing a tool as a value: adding, mending, ordering and removing what it asks; nothing is stored here.

What is added or moved takes its place between the first section and the last, which every tool has; None is returned
where there is nothing to move or remove.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from tracker.audits.rules.first_tool import FIRST_TOOL
from tracker.audits.rules.tool import Question, Section, Tool
from tracker.core.text import slug

TITLE_LENGTH = 120
WORDS_LENGTH = 400
POINT_LENGTH = 200
MOST_SECTIONS = 20
MOST_QUESTIONS = 30
MOST_POINTS = 10
_CODE_LENGTH = 36

T = TypeVar("T")


def blank_tool(address: str, name: str) -> Tool:
    """Return a tool that asks one grade, to begin from: its ends are there already."""
    practice = Section(2, "practice", "Practice", "How good was the work for this child?")
    return Tool(address, name, 1, _numbered([FIRST_TOOL.sections[0], practice, FIRST_TOOL.sections[-1]]))


def copied(tool: Tool, *, address: str | None = None, name: str | None = None) -> Tool:
    """Return a tool that asks the same and says nothing of being equal: that is declared, never carried over."""
    sections = [
        replace(one, equals_id=None, questions=tuple(replace(each, equals_id=None) for each in one.questions))
        for one in tool.sections
    ]
    return replace(tool, slug=address or tool.slug, name=name or tool.name, sections=tuple(sections))


def is_fixed(tool: Tool, number: int) -> bool:
    """Say whether a section stays where it is: the first and the last."""
    return number in {1, tool.overall_number}


def with_section(tool: Tool, section: Section) -> Tool:
    """Add a section before the last, under a code of its own that is made from its title."""
    made = replace(section, code=_code(section.title, {one.code for one in tool.sections}))
    return replace(tool, sections=_numbered([*tool.sections[:-1], made, tool.sections[-1]]))


def put_section(tool: Tool, section: Section) -> Tool:
    """Put a section in the place of the one with its number."""
    return replace(tool, sections=tuple(section if one.number == section.number else one for one in tool.sections))


def moved_section(tool: Tool, number: int, step: int) -> Tool | None:
    """Change places with the section above (-1) or below (1)."""
    if is_fixed(tool, number) or is_fixed(tool, number + step):
        return None
    return replace(tool, sections=_numbered(_swapped(tool.sections, number - 1, step)))


def without_section(tool: Tool, number: int) -> Tool | None:
    """Remove a section that holds no question any more."""
    if is_fixed(tool, number) or tool.by_number[number].questions:
        return None
    return replace(tool, sections=_numbered([one for one in tool.sections if one.number != number]))


def with_question(tool: Tool, number: int, question: Question) -> Tool:
    """Add a question at the end of a section."""
    section = tool.by_number[number]
    return put_section(tool, replace(section, questions=(*section.questions, question)))


def put_question(tool: Tool, number: int, position: int, question: Question, *, to: int) -> Tool:
    """Put a question in the place of another, or at the end of another section.

    Answered in another way it is no longer equal to one of an earlier version.
    """
    section = tool.by_number[number]
    was = section.questions[position - 1]
    question = replace(question, equals_id=was.equals_id if question.kind is was.kind else None)
    if to != number:
        return with_question(_without(tool, section, position), to, question)
    asked = [question if place == position else one for place, one in enumerate(section.questions, start=1)]
    return put_section(tool, replace(section, questions=tuple(asked)))


def moved_question(tool: Tool, number: int, position: int, step: int) -> Tool | None:
    """Change places with the question above (-1) or below (1) in the same section."""
    section = tool.by_number[number]
    if not 1 <= position + step <= len(section.questions):
        return None
    return put_section(tool, replace(section, questions=tuple(_swapped(section.questions, position - 1, step))))


def without_question(tool: Tool, number: int, position: int) -> Tool:
    """Remove a question."""
    return _without(tool, tool.by_number[number], position)


def words_fault(tool: Tool) -> str | None:
    """Say what of a tool is empty, too long or too many to be kept, or None."""
    if not tool.name.strip() or len(tool.name) > TITLE_LENGTH:
        return f"Give the tool a name of 1 to {TITLE_LENGTH} characters"
    if len(tool.sections) > MOST_SECTIONS:
        return f"Keep the tool to {MOST_SECTIONS} sections"
    return next((fault for section in tool.sections if (fault := _section_fault(section))), None)


def _section_fault(section: Section) -> str | None:
    place = f"Section {section.number}"
    if not section.title.strip() or len(section.title) > TITLE_LENGTH:
        return f"{place}: give it a title of 1 to {TITLE_LENGTH} characters"
    if not section.question.strip() or len(section.question) > WORDS_LENGTH:
        return f"{place}: say what it asks in 1 to {WORDS_LENGTH} characters"
    points = (*section.good, *section.descriptors.values())
    if len(section.good) > MOST_POINTS or any(not one.strip() or len(one) > POINT_LENGTH for one in points):
        return (
            f"{place}: keep to {MOST_POINTS} points, each of them and of the grades of 1 to {POINT_LENGTH} characters"
        )
    if len(section.questions) > MOST_QUESTIONS:
        return f"{place}: keep it to {MOST_QUESTIONS} questions"
    if any(not one.text.strip() or len(one.text) > WORDS_LENGTH for one in section.questions):
        return f"{place}: keep each question to 1 to {WORDS_LENGTH} characters"
    return None


def _without(tool: Tool, section: Section, position: int) -> Tool:
    left = (*section.questions[: position - 1], *section.questions[position:])
    return put_section(tool, replace(section, questions=left))


def _swapped(rows: Sequence[T], place: int, step: int) -> list[T]:
    changed = list(rows)
    changed[place], changed[place + step] = changed[place + step], changed[place]
    return changed


def _numbered(sections: Sequence[Section]) -> tuple[Section, ...]:
    return tuple(replace(one, number=number) for number, one in enumerate(sections, start=1))


def _code(title: str, taken: set[str]) -> str:
    plain = slug(title).replace("-", "_")[:_CODE_LENGTH].strip("_")
    endings = ["", *(f"_{number}" for number in range(2, MOST_SECTIONS + 3))]
    return next(plain + ending for ending in endings if plain + ending not in taken)
