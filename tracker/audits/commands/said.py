"""What an auditor says, as the commands on drafts take it; nothing of it need be complete."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tracker.audits.rules.answers import Reply
from tracker.audits.rules.file_days import FileDays
from tracker.audits.rules.taking_part import Extent, FamilyPart, WorkerView
from tracker.audits.rules.vocabulary import Grade, NoGrade


@dataclass(frozen=True)
class Development:
    """An area for development as it stands in a draft, its theme perhaps not chosen yet.

    One that is historic is from before the time that is judged. `put_right` is kept where an earlier audit of the file
    found the theme too.
    """

    theme_id: int | None
    text: str
    is_historic: bool = False
    put_right: Extent | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing was chosen or typed, so that there is nothing to keep."""
        return self.theme_id is None and not self.text


@dataclass(frozen=True)
class SectionAnswers:
    """What an auditor says of one section; the words of the strengths stand for each of their themes.

    `replies` answers questions by their id; a question without one has no answer, or has none any more. Without a
    worker's view the one that is stored stays: nobody was asked for it.
    """

    grade: Grade | None = None
    no_grade: NoGrade | None = None
    strengths: str = ""
    strength_themes: tuple[int, ...] = ()
    developments: tuple[Development, ...] = ()
    replies: Mapping[int, Reply] = field(default_factory=dict)
    worker: WorkerView | None = None


@dataclass(frozen=True)
class AboutFile:
    """What section 1 asks beside what was read: where judging begins, days of the file, and the family's part."""

    judged_from: date | None = None
    days: FileDays = field(default_factory=FileDays)
    family: FamilyPart | None = None
    family_note: str = ""


@dataclass(frozen=True)
class Overall:
    """The grade of the whole, why it is kinder than its sections, the feedback, and the grade of what came of it."""

    grade: Grade | None = None
    reason: str = ""
    feedback: str = ""
    impact: Grade | None = None


@dataclass(frozen=True)
class WholeAudit:
    """All that an auditor says of a file: which part was read and when, the sections by number, the overall grade."""

    read_from: date | None
    read_until: date | None
    audited_on: date | None
    sections: Mapping[int, SectionAnswers]
    grade: Grade | None = None
    reason: str = ""
    feedback: str = ""
    impact: Grade | None = None
    about: AboutFile = field(default_factory=AboutFile)

    @property
    def overall(self) -> Overall:
        """What is said of the whole."""
        return Overall(self.grade, self.reason, self.feedback, self.impact)
