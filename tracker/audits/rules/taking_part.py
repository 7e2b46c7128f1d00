"""Who took part beside the auditor: the family and, side by side, the worker; and answers in three steps."""

from dataclasses import dataclass
from enum import StrEnum


class Extent(StrEnum):
    """Yes, partly or no: whether the worker shares a grade, and whether what was found before was put right."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"

    @property
    def words(self) -> str:
        """The answer as pages name it."""
        return self.value.capitalize()


class FamilyPart(StrEnum):
    """What part the child and the family had in an audit: feedback was got, or sought in vain, or not sought."""

    GOT = "got"
    SOUGHT = "sought"
    NOT_SOUGHT = "not_sought"

    @property
    def words(self) -> str:
        """The answer as pages name it."""
        return _FAMILY_WORDS[self]


_FAMILY_WORDS = {
    FamilyPart.GOT: "They told us what they think",
    FamilyPart.SOUGHT: "They were asked, and did not answer",
    FamilyPart.NOT_SOUGHT: "They were not asked",
}


@dataclass(frozen=True)
class WorkerView:
    """What a worker who sits beside the auditor says of one section: their words, and whether they share the grade."""

    words: str = ""
    agrees: Extent | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing was said."""
        return not self.words and self.agrees is None


def family_reason_needed(part: FamilyPart | None, note: str) -> str | None:
    """Say that it has to be said why the child and the family had no part; what they said may be left out."""
    if part in {FamilyPart.SOUGHT, FamilyPart.NOT_SOUGHT} and not note.strip():
        return "Say why the child and the family did not take part"
    return None
