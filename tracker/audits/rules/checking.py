"""What must be there before an audit is sent, and when the overall grade needs a reason; nothing is stored here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tracker.audits.rules.answers import Reply
from tracker.audits.rules.asking import unanswered
from tracker.audits.rules.tool import ABOUT_NUMBER, Tool
from tracker.audits.rules.vocabulary import FindingKind, Grade, NoGrade
from tracker.core.text import counted

_ORDER = (Grade.OUTSTANDING, Grade.GOOD, Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE)
_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")

SectionGrade = Grade | NoGrade | None


@dataclass(frozen=True)
class Missing:
    """One thing that keeps an audit from being sent, with the section where it can be put right."""

    section_number: int
    words: str


@dataclass(frozen=True)
class Point:
    """A finding as it stands in a draft, its theme perhaps not chosen yet."""

    section_number: int
    kind: FindingKind
    has_theme: bool
    text: str


@dataclass(frozen=True)
class Said:
    """What an audit says so far: grades by section, findings, answers by question, the whole and why.

    `family_fault` says what is still to be said of the part that the child and the family had.
    """

    grades: Mapping[int, SectionGrade]
    points: Sequence[Point] = ()
    replies: Mapping[int, Reply] = field(default_factory=dict)
    overall: Grade | None = None
    reason: str = ""
    family_fault: str | None = None


def missing_items(tool: Tool, said: Said) -> tuple[Missing, ...]:
    """List what an audit lacks of what its tool asks, in the order of its sections (domain A3; words of ux 13.2)."""
    found = [Missing(ABOUT_NUMBER, said.family_fault)] if said.family_fault else []
    for section in tool.sections:
        grade = said.grades.get(section.number)
        if section.is_graded and grade is None:
            words = f'Choose a grade for {section.title}, or "{NoGrade.NOT_ENOUGH.words}"'
            found.append(Missing(section.number, words))
        found.extend(_unfinished_points(section.number, said.points))
        found.extend(Missing(section.number, f"Answer: {one.text}") for one in unanswered(section, grade, said.replies))
    if said.overall is None:
        found.append(Missing(tool.overall_number, "Choose an overall grade"))
    elif not said.reason.strip() and (why := reason_needed(said.grades, said.overall)):
        found.append(Missing(tool.overall_number, why))
    return tuple(found)


def reason_needed(grades: Mapping[int, SectionGrade], overall: Grade | None) -> str | None:
    """Say why the overall grade needs a reason, or None: it is a judgement, so it is asked about and never blocked.

    A reason is needed when any section is inadequate and the whole is not, and when the whole is better than most of
    the graded sections (ux 8.14; domain A14).
    """
    if overall is None:
        return None
    given = [grade for grade in grades.values() if isinstance(grade, Grade)]
    inadequate = given.count(Grade.INADEQUATE)
    ask = f"Say why the overall grade is {overall.words}"
    if inadequate and overall is not Grade.INADEQUATE:
        return f"{_sections(inadequate)} graded Inadequate. {ask}"
    worse = sum(1 for grade in given if _ORDER.index(grade) > _ORDER.index(overall))
    if worse * 2 > len(given):
        return f"{_sections(worse)} graded lower than the whole. {ask}"
    return None


def _sections(count: int) -> str:
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{number} {counted(count, 'section is', 'sections are').split(' ', 1)[1]}"


def _unfinished_points(number: int, points: Sequence[Point]) -> list[Missing]:
    """Name each area for development of a section that lacks its theme or its words, counting from 1."""
    developments = [
        point for point in points if point.section_number == number and point.kind is FindingKind.DEVELOPMENT
    ]
    found = []
    for place, point in enumerate(developments, start=1):
        if not point.has_theme:
            found.append(Missing(number, f"Choose a theme for area for development {place}"))
        if not point.text.strip():
            found.append(Missing(number, f"Say what needs to change in area for development {place}"))
    return found
