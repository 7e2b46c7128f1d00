"""A tool as a document that can be handed on: what stands in it, and how one from elsewhere is read and refused.

Of an earlier version's questions a document knows nothing, so what was declared equal does not travel.
"""

import json
import re
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from enum import StrEnum
from typing import Any, TypeVar

from tracker.audits.rules.answers import AnswerKind, Nature
from tracker.audits.rules.tool import GENERAL_DESCRIPTORS, Question, Section, Tool, tool_fault
from tracker.audits.rules.tool_editing import MOST_POINTS, MOST_QUESTIONS, MOST_SECTIONS, words_fault
from tracker.audits.rules.vocabulary import Category, Grade
from tracker.core.problems import Invalid
from tracker.core.text import one_line

FORMAT = "improvement-tracker-tool-1"
LARGEST_DOCUMENT = 500_000  # bytes
_ADDRESS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CODE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
_TOOL = {"format", "slug", "name", "version", "asks_every_theme", "sections"}
_SECTION = {"code", "title", "question", "good", "graded", "theme", "nature", "descriptors", "questions"}
_QUESTION = {"text", "kind", "theme", "nature", "categories", "required"}

E = TypeVar("E", bound=StrEnum)


def document_of(tool: Tool) -> dict[str, Any]:
    """Return a tool as plain values, in the order in which it is read."""
    return {
        "format": FORMAT,
        "slug": tool.slug,
        "name": tool.name,
        "version": tool.number,
        "asks_every_theme": tool.asks_every_theme,
        "sections": [_section_document(section) for section in tool.sections],
    }


def tool_from(text: bytes) -> Tool:
    """Read a tool from a document; raises `Invalid` with the place and what is wrong there.

    Nothing of it is taken that is not known: a word too many is a mistake somebody should hear of.
    """
    parts = _known(_parsed(text), _TOOL, "The file")
    if parts.get("format") != FORMAT:
        raise Invalid(None, f'The file must say "format": "{FORMAT}"')
    sections = _list(parts.get("sections"), "The file: sections", most=MOST_SECTIONS)
    tool = Tool(
        slug=_matching(parts.get("slug"), _ADDRESS, 60, "The file: slug"),
        name=_words(parts.get("name"), "The file: name"),
        number=1,
        sections=tuple(_section(one, number) for number, one in enumerate(sections, start=1)),
        asks_every_theme=_truth(parts.get("asks_every_theme", False), "The file: asks_every_theme"),
    )
    if fault := tool_fault(tool) or words_fault(tool):
        raise Invalid(None, fault)
    return tool


def _parsed(text: bytes) -> Any:
    if len(text) > LARGEST_DOCUMENT:
        raise Invalid(None, f"The file is larger than {LARGEST_DOCUMENT // 1000} KB, which no tool is")
    try:
        return json.loads(text.decode("utf-8-sig"), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise Invalid(None, "The file is not JSON in UTF-8, or names something twice") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def _section(document: Any, number: int) -> Section:
    place = f"Section {number}"
    parts = _known(document, _SECTION, place)
    asked = _list(parts.get("questions", []), f"{place}: questions", most=MOST_QUESTIONS)
    good = _list(parts.get("good", []), f"{place}: good", most=MOST_POINTS)
    return Section(
        number=number,
        code=_matching(parts.get("code"), _CODE, 40, f"{place}: code"),
        title=_words(parts.get("title"), f"{place}: title"),
        question=_words(parts.get("question"), f"{place}: question"),
        good=tuple(_words(point, f"{place}: good") for point in good),
        is_graded=_truth(parts.get("graded", True), f"{place}: graded"),
        theme=_theme(parts.get("theme"), place),
        nature=_one_of(Nature, parts.get("nature", Nature.QUALITY.value), f"{place}: nature"),
        descriptors=_descriptors(parts.get("descriptors", {}), place),
        questions=tuple(_question(one, f"{place}, question {at}") for at, one in enumerate(asked, start=1)),
    )


def _question(document: Any, place: str) -> Question:
    parts = _known(document, _QUESTION, place)
    categories = _list(parts.get("categories", []), f"{place}: categories", most=len(Category))
    return Question(
        text=_words(parts.get("text"), f"{place}: text"),
        kind=_one_of(AnswerKind, parts.get("kind"), f"{place}: kind"),
        theme=_theme(parts.get("theme"), place),
        nature=_one_of(Nature, parts.get("nature", Nature.QUALITY.value), f"{place}: nature"),
        categories=frozenset(_one_of(Category, one, f"{place}: categories") for one in categories),
        is_required=_truth(parts.get("required", False), f"{place}: required"),
    )


def _descriptors(document: Any, place: str) -> Mapping[Grade, str]:
    given = _known(document, set(Grade), f"{place}: descriptors")
    return {
        **GENERAL_DESCRIPTORS,
        **{Grade(name): _words(words, f"{place}: descriptors") for name, words in given.items()},
    }


def _known(document: Any, names: AbstractSet[str], place: str) -> dict[str, Any]:
    if not isinstance(document, dict):
        raise Invalid(None, f"{place}: write it as names and values in braces")
    if document.keys() - names:
        raise Invalid(None, f"{place} holds a name that is not known. Known are: {', '.join(sorted(names))}")
    return document


def _list(value: Any, place: str, *, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise Invalid(None, f"{place}: give a list of at most {most}")
    return value


def _words(value: Any, place: str) -> str:
    if not isinstance(value, str) or not one_line(value) or not one_line(value).isprintable():
        raise Invalid(None, f"{place}: give words that can be read")
    return one_line(value)


def _truth(value: Any, place: str) -> bool:
    if not isinstance(value, bool):
        raise Invalid(None, f"{place}: give true or false")
    return value


def _theme(value: Any, place: str) -> str | None:
    return None if value is None else _words(value, f"{place}: theme")


def _matching(value: Any, pattern: re.Pattern[str], most: int, place: str) -> str:
    if not isinstance(value, str) or len(value) > most or not pattern.fullmatch(value):
        raise Invalid(None, f"{place}: give at most {most} small letters and digits, with - or _ between as shown")
    return value


def _one_of(kind: Callable[[str], E], value: Any, place: str) -> E:
    try:
        return kind(value)
    except ValueError:
        raise Invalid(None, f"{place}: this is none of the words that can stand here") from None


def _section_document(section: Section) -> dict[str, Any]:
    return {
        "code": section.code,
        "title": section.title,
        "question": section.question,
        "good": list(section.good),
        "graded": section.is_graded,
        "theme": section.theme,
        "nature": section.nature.value,
        "descriptors": {grade.value: words for grade, words in section.descriptors.items()},
        "questions": [_question_document(question) for question in section.questions],
    }


def _question_document(question: Question) -> dict[str, Any]:
    return {
        "text": question.text,
        "kind": question.kind.value,
        "theme": question.theme,
        "nature": question.nature.value,
        "categories": [one.value for one in Category if one in question.categories],
        "required": question.is_required,
    }
