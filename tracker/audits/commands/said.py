"""What an auditor says, as the commands on drafts take it; nothing of it need be complete."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tracker.audits.rules.answers import Reply
from tracker.audits.rules.vocabulary import Grade, NoGrade


@dataclass(frozen=True)
class Development:
    """An area for development as it stands in a draft, its theme perhaps not chosen yet."""

    theme_id: int | None
    text: str

    @property
    def is_blank(self) -> bool:
        """Whether nothing was chosen or typed, so that there is nothing to keep."""
        return self.theme_id is None and not self.text


@dataclass(frozen=True)
class SectionAnswers:
    """What an auditor says of one section; the words of the strengths stand for each of their themes.

    `replies` answers questions by their id; a question without one has no answer, or has none any more.
    """

    grade: Grade | None = None
    no_grade: NoGrade | None = None
    strengths: str = ""
    strength_themes: tuple[int, ...] = ()
    developments: tuple[Development, ...] = ()
    replies: Mapping[int, Reply] = field(default_factory=dict)


@dataclass(frozen=True)
class Overall:
    """The grade of the whole, why it is kinder than its sections, and the feedback."""

    grade: Grade | None = None
    reason: str = ""
    feedback: str = ""


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

    @property
    def overall(self) -> Overall:
        """What is said of the whole."""
        return Overall(self.grade, self.reason, self.feedback)
