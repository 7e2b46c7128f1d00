"""What an audit tool asks, as values: sections, questions, and what of them a file of one category is asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from tracker.audits.rules.answers import AnswerKind, Nature
from tracker.audits.rules.vocabulary import Category, Grade

# The first section asks the days of the audit, the last the grade of the whole; a tool has both, whatever lies between.
ABOUT_NUMBER = 1
ABOUT_CODE = "about_file"
OVERALL_CODE = "overall"

GENERAL_DESCRIPTORS = {
    Grade.OUTSTANDING: "Better than good, and the gain for the child lasts.",
    Grade.GOOD: "Clear and in time, and it helps the child.",
    Grade.REQUIRES_IMPROVEMENT: "Safe, but not good throughout.",
    Grade.INADEQUATE: "The basics are missing. A child may be left at risk.",
}


class ToolState(StrEnum):
    """Where a version of a tool is in its life: only a draft can be changed, only what is live is given out."""

    DRAFT = "draft"
    LIVE = "live"
    RETIRED = "retired"

    @property
    def words(self) -> str:
        """The state as pages name it."""
        return {ToolState.DRAFT: "Draft", ToolState.LIVE: "In use", ToolState.RETIRED: "No longer in use"}[self]


@dataclass(frozen=True)
class Question:
    """One question of a section; asked of every category unless it names some. Its id is 0 before it is stored.

    `equals_id` is the question of an earlier version that was declared equal: only then may the two be counted as one.
    """

    text: str
    kind: AnswerKind = AnswerKind.MET
    theme: str | None = None
    nature: Nature = Nature.QUALITY
    categories: frozenset[Category] = frozenset()
    is_required: bool = False
    id: int = 0
    equals_id: int | None = None

    def is_asked_of(self, category: Category) -> bool:
        """Say whether a file of a category is asked this."""
        return not self.categories or category in self.categories


@dataclass(frozen=True)
class Section:
    """One page of the tool; where it is graded and has a theme, its grade is an answer on that theme."""

    number: int
    code: str
    title: str
    question: str
    good: tuple[str, ...] = ()
    is_graded: bool = True
    theme: str | None = None
    nature: Nature = Nature.QUALITY
    descriptors: Mapping[Grade, str] = field(default_factory=lambda: dict(GENERAL_DESCRIPTORS), hash=False)
    questions: tuple[Question, ...] = ()
    id: int = 0
    equals_id: int | None = None

    @property
    def heading(self) -> str:
        """The title with its number, as it is spoken of."""
        return f"{self.number}. {self.title}"

    @property
    def themes(self) -> Iterator[str]:
        """The themes that its grade and its questions answer."""
        if self.is_graded and self.theme:
            yield self.theme
        yield from (question.theme for question in self.questions if question.theme and question.kind.has_value)


@dataclass(frozen=True)
class Tool:
    """A version of a tool: its sections in order, whole or narrowed to what one category is asked."""

    slug: str
    name: str
    number: int
    sections: tuple[Section, ...]
    # Its auditors were asked to look for every theme, so one without a question counts as met when nothing was found.
    asks_every_theme: bool = False
    id: int = 0
    # The version that is in use by now where that is a later one; known of the tool of an audit.
    newer_number: int | None = None

    @property
    def title(self) -> str:
        """The tool with its version, as pages name it."""
        return f"{self.name}, version {self.number}"

    @cached_property
    def by_number(self) -> Mapping[int, Section]:
        """The sections by their number."""
        return {section.number: section for section in self.sections}

    @cached_property
    def by_id(self) -> Mapping[int, Question]:
        """The stored questions by their id."""
        return {question.id: question for section in self.sections for question in section.questions}

    @property
    def overall_number(self) -> int:
        """The section that grades the whole: the last."""
        return self.sections[-1].number

    @property
    def graded_numbers(self) -> tuple[int, ...]:
        """The sections that ask for a grade of their own."""
        return tuple(section.number for section in self.sections if section.is_graded)

    @cached_property
    def themes(self) -> frozenset[str]:
        """The themes that its questions and its section grades ask about."""
        return frozenset(theme for section in self.sections for theme in section.themes)

    def asked_of(self, category: Category) -> "Tool":
        """Return the tool with only those questions that a file of a category is asked."""
        return replace(self, sections=tuple(_narrowed(section, category) for section in self.sections))


def _narrowed(section: Section, category: Category) -> Section:
    return replace(section, questions=tuple(one for one in section.questions if one.is_asked_of(category)))


def tool_fault(tool: Tool) -> str | None:
    """Say what keeps a tool from being used, or None: its ends ask the days and the whole, its middle is graded."""
    numbers = [section.number for section in tool.sections]
    if numbers != list(range(1, len(numbers) + 1)):
        return "Number the sections from 1 without a gap"
    ends = [tool.sections[0], tool.sections[-1]] if len(numbers) > 1 else []
    if [section.code for section in ends] != [ABOUT_CODE, OVERALL_CODE]:
        return "Begin with the section about the file and end with the one for the overall grade"
    if any(section.is_graded or section.questions for section in ends):
        return "The first and the last section have no question and no grade of their own"
    if len({section.code for section in tool.sections}) < len(numbers):
        return "Give each section a code of its own"
    if not tool.graded_numbers:
        return "Let at least one section be graded"
    return None
