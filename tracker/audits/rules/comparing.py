"""An audit and the one that repeats it, side by side: which sections may be compared, and what has changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tracker.audits.rules.tool import Section, Tool
from tracker.audits.rules.vocabulary import Grade, NoGrade

_ORDER = (Grade.OUTSTANDING, Grade.GOOD, Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE)

SectionGrade = Grade | NoGrade | None


class Change(StrEnum):
    """What has become of a grade."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"

    @property
    def words(self) -> str:
        """The change as pages name it."""
        return {Change.BETTER: "Better", Change.SAME: "The same", Change.WORSE: "Worse"}[self]


@dataclass(frozen=True)
class Compared:
    """One section before and after; without a change where one of both has no grade or was not asked."""

    title: str
    before: SectionGrade
    after: SectionGrade
    was_asked: bool = True
    is_asked: bool = True

    @property
    def change(self) -> Change | None:
        """What has changed, None where it cannot be said."""
        return change_of(self.before, self.after)


def change_of(before: SectionGrade, after: SectionGrade) -> Change | None:
    """Return what has become of a grade; "not enough on file" and "does not apply" are no grades to compare."""
    if not isinstance(before, Grade) or not isinstance(after, Grade):
        return None
    steps = _ORDER.index(before) - _ORDER.index(after)
    if not steps:
        return Change.SAME
    return Change.BETTER if steps > 0 else Change.WORSE


def compared(
    before: Tool, grades_before: Mapping[int, SectionGrade], after: Tool, grades_after: Mapping[int, SectionGrade]
) -> tuple[Compared, ...]:
    """Pair the graded sections of both audits: those of one version, and of two only where they were declared equal.

    What only one of both asked is listed with that said, the later audit's sections first.
    """
    old = {section.number: section for section in before.sections if section.is_graded}
    rows = []
    for section in (one for one in after.sections if one.is_graded):
        twin = _twin(section, before, after, old)
        if twin is None:
            rows.append(Compared(section.title, None, grades_after.get(section.number), was_asked=False))
        else:
            del old[twin.number]
            rows.append(Compared(section.title, grades_before.get(twin.number), grades_after.get(section.number)))
    gone = [Compared(one.title, grades_before.get(one.number), None, is_asked=False) for one in old.values()]
    return (*rows, *gone)


def _twin(section: Section, before: Tool, after: Tool, old: Mapping[int, Section]) -> Section | None:
    if before.id == after.id:
        return old.get(section.number)
    return next((one for one in old.values() if section.equals_id is not None and one.id == section.equals_id), None)


@dataclass(frozen=True)
class PutRight:
    """Themes with something to develop: no longer found, found again, and new."""

    put_right: tuple[str, ...]
    still: tuple[str, ...]
    new: tuple[str, ...]


def put_right(before: Iterable[str], after: Iterable[str]) -> PutRight:
    """Compare by name the themes in which the earlier and the later audit found something to develop."""
    old, now = dict.fromkeys(before), dict.fromkeys(after)
    return PutRight(
        tuple(name for name in old if name not in now),
        tuple(name for name in old if name in now),
        tuple(name for name in now if name not in old),
    )
