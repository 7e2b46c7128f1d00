"""What a question may be answered with, and what an answer says of its theme; which questions there are is the tool's.

Not answered, not asked, does not apply and not enough on file are four different things: no answer is stored for the
first, none can be for the second, and the last two are answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from types import MappingProxyType

from tracker.audits.rules.vocabulary import Grade, NoGrade


class AnswerKind(StrEnum):
    """How a question is answered."""

    GRADE = "grade"
    MET = "met"
    YES_NO = "yes_no"
    TEXT = "text"

    @property
    def words(self) -> str:
        """The kind as pages name it."""
        return _KIND_WORDS[self]

    @property
    def has_value(self) -> bool:
        """Whether its answers can be counted; words alone say nothing of a theme by themselves."""
        return self is not AnswerKind.TEXT


_KIND_WORDS = {
    AnswerKind.GRADE: "A grade",
    AnswerKind.MET: "Met, partly met or not met",
    AnswerKind.YES_NO: "Yes or no",
    AnswerKind.TEXT: "Text",
}


class Nature(StrEnum):
    """What a question looks at: whether it was done, how well, or what came of it."""

    COMPLIANCE = "compliance"
    QUALITY = "quality"
    IMPACT = "impact"

    @property
    def words(self) -> str:
        """The nature as pages name it."""
        return self.value.capitalize()


class AnswerValue(StrEnum):
    """An answer as it is stored (domain A15); yes is met and no is not met."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires_improvement"
    INADEQUATE = "inadequate"
    NOT_ENOUGH = "not_enough"
    NOT_APPLICABLE = "not_applicable"


_NONE = (AnswerValue.NOT_ENOUGH, AnswerValue.NOT_APPLICABLE)
_OFFERED = {
    AnswerKind.GRADE: (*(AnswerValue(grade.value) for grade in Grade), *_NONE),
    AnswerKind.MET: (AnswerValue.MET, AnswerValue.PARTLY, AnswerValue.NOT_MET, *_NONE),
    AnswerKind.YES_NO: (AnswerValue.MET, AnswerValue.NOT_MET, *_NONE),
    AnswerKind.TEXT: (),
}
_WORDS = {
    AnswerValue.MET: "Met",
    AnswerValue.PARTLY: "Partly met",
    AnswerValue.NOT_MET: "Not met",
    AnswerValue.NOT_ENOUGH: "Not enough on file",
    AnswerValue.NOT_APPLICABLE: "Does not apply",
    **{AnswerValue(grade.value): grade.words for grade in Grade},
}
_YES_NO = {AnswerValue.MET: "Yes", AnswerValue.NOT_MET: "No"}


def offered(kind: AnswerKind) -> tuple[AnswerValue, ...]:
    """Return what a question of a kind may be answered with, in the order of the form; a text question has none."""
    return _OFFERED[kind]


def words_of(kind: AnswerKind, value: AnswerValue) -> str:
    """Return an answer as pages name it: met is yes where the question asks yes or no."""
    return (_YES_NO if kind is AnswerKind.YES_NO else _WORDS).get(value) or _WORDS[value]


@dataclass(frozen=True)
class Reply:
    """What is said to one question: a value, or words, or both."""

    value: AnswerValue | None = None
    note: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was said, so that there is nothing to keep: the question is not answered."""
        return self.value is None and not self.note


class Standing(IntEnum):
    """What the answers on a theme come to, the heaviest of them deciding; without any the theme is not answered."""

    NOT_APPLICABLE = 1
    NOT_ENOUGH = 2
    WELL = 3
    POOR = 4


STANDINGS: Mapping[AnswerValue, Standing] = MappingProxyType(
    {
        AnswerValue.MET: Standing.WELL,
        AnswerValue.OUTSTANDING: Standing.WELL,
        AnswerValue.GOOD: Standing.WELL,
        AnswerValue.PARTLY: Standing.POOR,
        AnswerValue.NOT_MET: Standing.POOR,
        AnswerValue.REQUIRES_IMPROVEMENT: Standing.POOR,
        AnswerValue.INADEQUATE: Standing.POOR,
        AnswerValue.NOT_ENOUGH: Standing.NOT_ENOUGH,
        AnswerValue.NOT_APPLICABLE: Standing.NOT_APPLICABLE,
    }
)
"""What each answer says of its theme (domain A8: partly met is a concern); a section's grade is an answer too."""


def standing_of(answer: AnswerValue | Grade | NoGrade) -> Standing:
    """Return what one answer, or the grade of a section, says of its theme."""
    return STANDINGS[AnswerValue(answer.value)]
