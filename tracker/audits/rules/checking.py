"""What must be there before an audit is sent, and when the overall grade needs a reason; nothing is stored here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.audits.rules.tool import GRADED_NUMBERS, OVERALL_NUMBER, SECTIONS, section_of
from tracker.audits.rules.vocabulary import FindingKind, Grade, NoGrade
from tracker.core.text import counted

_ORDER = (Grade.OUTSTANDING, Grade.GOOD, Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE)
_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven")

Answer = Grade | NoGrade | None


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


def missing_items(
    answers: Mapping[int, Answer], points: Sequence[Point], *, overall: Grade | None, reason: str
) -> tuple[Missing, ...]:
    """List what an audit lacks, in the order of its sections (domain A3; words of ux 13.2)."""
    found = [Missing(number, _grade_missing(number)) for number in GRADED_NUMBERS if answers.get(number) is None]
    for section in SECTIONS:
        found.extend(_unfinished_points(section.number, points))
    if overall is None:
        found.append(Missing(OVERALL_NUMBER, "Choose an overall grade"))
    elif not reason.strip() and (why := reason_needed(answers, overall)):
        found.append(Missing(OVERALL_NUMBER, why))
    return tuple(sorted(found, key=lambda item: item.section_number))


def reason_needed(answers: Mapping[int, Answer], overall: Grade | None) -> str | None:
    """Say why the overall grade needs a reason, or None: it is a judgement, so it is asked about and never blocked.

    A reason is needed when any section is inadequate and the whole is not, and when the whole is better than most of
    the graded sections (ux 8.14; domain A14).
    """
    if overall is None:
        return None
    grades = [grade for grade in answers.values() if isinstance(grade, Grade)]
    inadequate = grades.count(Grade.INADEQUATE)
    ask = f"Say why the overall grade is {overall.words}"
    if inadequate and overall is not Grade.INADEQUATE:
        return f"{_sections(inadequate)} graded Inadequate. {ask}"
    worse = sum(1 for grade in grades if _ORDER.index(grade) > _ORDER.index(overall))
    if worse * 2 > len(grades):
        return f"{_sections(worse)} graded lower than the whole. {ask}"
    return None


def _sections(count: int) -> str:
    return f"{_NUMBERS[count]} {counted(count, 'section is', 'sections are').split(' ', 1)[1]}"


def _grade_missing(number: int) -> str:
    section = section_of(number)
    return f'Choose a grade for {section.title if section else number}, or "Not enough on file to grade"'


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
