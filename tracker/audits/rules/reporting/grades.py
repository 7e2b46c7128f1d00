"""Grades: of practice and of impact, by team, category and section, before and after moderation (domain A10, 11)."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tracker.audits.rules.answers import AnswerValue
from tracker.audits.rules.reporting.tables import Counts, Lines, Ratio, Report, lines_of
from tracker.audits.rules.vocabulary import Category, Grade, NoGrade
from tracker.audits.rules.votes import LeftOut

LEFT_OUT_WORDS = {
    LeftOut.NOT_FINAL: "Not final yet",
    LeftOut.RE_AUDIT: "Re-audits",
    LeftOut.TARGETED: "Targeted",
    LeftOut.VOLUNTEERED: "Volunteered by the team",
    LeftOut.INSPECTOR: "Chosen by an inspector",
    LeftOut.DIP_FOR_CAUSE: "Dip samples for a cause",
    LeftOut.DUPLICATE_CASE: "A later audit of the same case counts",
    LeftOut.VOID: "Void: the wrong case",
}
_GRADES = tuple(Grade)
GRADE_COLUMNS = (*(one.words for one in _GRADES), "No grade")
_RATIO = Ratio("Good or better", frozenset({0, 1}), frozenset(range(len(_GRADES))))
_ANSWERS = tuple(AnswerValue(one.value) for one in (*Grade, *NoGrade))
SECTION_COLUMNS = (*(one.words for one in (*Grade, *NoGrade)), "No answer")


@dataclass(frozen=True)
class GradeRow:
    """So many audits with the same grades: their auditors', the one that counts, and that of the impact."""

    team: str
    category: Category
    left_out: LeftOut | None
    own: Grade | None
    counted: Grade | None
    is_moderated: bool
    impact: Grade | None
    number: int


@dataclass(frozen=True)
class SectionRow:
    """So many answers to one section of a tool, the auditors' and the one that counts."""

    section: str
    own: AnswerValue | None
    counted: AnswerValue | None
    number: int


def grades_report(rows: Sequence[GradeRow], sections: Sequence[SectionRow], *, note: str = "") -> Report:
    """Return the report of the audits that count; the sections come in the order of their tools."""
    counted = [row for row in rows if row.left_out is None]
    own = (_line("As auditors graded it", counted, lambda row: row.own),)
    after = (_line("As it counts after moderation", counted, lambda row: row.counted),)
    impact = (_line("Impact on the child", counted, lambda row: row.impact),)
    by_team = lines_of(((row.team, _column(row.counted), row.number) for row in counted), len(GRADE_COLUMNS))
    by_help = lines_of(((row.category.words, _column(row.counted), row.number) for row in counted), len(GRADE_COLUMNS))
    whole = len(GRADE_COLUMNS)
    tables = (
        Counts("Overall grade", "Grade", GRADE_COLUMNS, after, family="grades", adds_down=True, ratio=_RATIO),
        Counts("Overall grade before moderation", "Grade", GRADE_COLUMNS, own, ratio=_RATIO, inside=True),
        Counts("Impact", "Grade", GRADE_COLUMNS, impact, adds_down=False, within=("grades", whole), ratio=_RATIO),
        _changed(counted),
        Counts("By team", "Team", GRADE_COLUMNS, by_team, family="grades", ratio=_RATIO, is_of_teams=True),
        Counts("By what help the child gets", "Help", GRADE_COLUMNS, by_help, family="grades", ratio=_RATIO),
        _sections("By section", sections, lambda row: row.counted),
        _sections("By section before moderation", sections, lambda row: row.own, inside=True),
        Counts("Left out", "Why", ("Audits",), _left_out(rows)),
        Counts("Void", "Why", ("Audits",), _left_out(rows, only=LeftOut.VOID), inside=True),
    )
    return Report("grades", "Grades", "audit", tables, (*([note] if note else []), *_NOTES))


_NOTES = (
    "Counted are final audits of files that were chosen at random, the latest one of each case. The rest is left out.",
    "The grade that counts is the moderated one where there is one. Both are kept.",
    "Sections of two versions of a tool stand together only where they were declared to mean the same.",
)


def _column(grade: Grade | None) -> int:
    return _GRADES.index(grade) if grade else len(_GRADES)


def _line(
    name: str, rows: Iterable[GradeRow], grade: Callable[[GradeRow], Grade | None]
) -> tuple[str, tuple[int, ...]]:
    held = [0] * len(GRADE_COLUMNS)
    for row in rows:
        held[_column(grade(row))] += row.number
    return name, tuple(held)


def _changed(rows: Iterable[GradeRow]) -> Counts:
    """Return how many overall grades moderation kept, raised to a better one and lowered to a worse one."""
    held = [0, 0, 0]
    for row in rows:
        if row.is_moderated and row.own and row.counted:
            step = _GRADES.index(row.own) - _GRADES.index(row.counted)
            held[0 if not step else 1 if step > 0 else 2] += row.number
    columns = ("Kept", "Raised", "Lowered")
    ratio = Ratio("Kept, share", frozenset({0}), frozenset(range(len(columns))))
    line = ("Overall grades", tuple(held))
    return Counts("Changed in moderation", "What", columns, (line,), "Moderated", adds_down=False, ratio=ratio)


def _sections(
    title: str,
    rows: Iterable[SectionRow],
    answer: Callable[[SectionRow], AnswerValue | None],
    *,
    inside: bool = False,
) -> Counts:
    """Return a line a section; lines are of the same audits, so that they do not add up."""
    held: dict[str, list[int]] = {}
    for row in rows:
        word = answer(row)
        place = _ANSWERS.index(word) if word in _ANSWERS else len(_ANSWERS)
        held.setdefault(row.section, [0] * len(SECTION_COLUMNS))[place] += row.number
    lines: Lines = tuple((name, tuple(cells)) for name, cells in held.items())
    return Counts(title, "Section", SECTION_COLUMNS, lines, adds_down=False, ratio=_RATIO, inside=inside)


def _left_out(rows: Iterable[GradeRow], *, only: LeftOut | None = None) -> Lines:
    """Return why audits are left out; the void ones are told apart, which nobody outside needs to know."""
    counts: Counter[LeftOut] = Counter()
    for row in rows:
        if row.left_out is not None:
            counts[row.left_out] += row.number
    wanted = [only] if only else [one for one in LEFT_OUT_WORDS if one is not LeftOut.VOID]
    return tuple((LEFT_OUT_WORDS[one], (counts[one],)) for one in wanted)
