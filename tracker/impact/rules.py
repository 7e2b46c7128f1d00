"""Words of the loop between themes and actions; its statistics come with their own issue."""

from enum import StrEnum

LONGEST_REASON = 500


class Relation(StrEnum):
    """What an action does for a theme (domain A2, Link)."""

    ADDRESSES = "addresses"
    MONITORS = "monitors"

    @property
    def words(self) -> str:
        """What the action does, as pages say it after its number."""
        return "Meant to change it" if self is Relation.ADDRESSES else "Watches it"


class Verdict(StrEnum):
    """Is it making a difference? Codes of domain A0; they are never merged with delivery."""

    WORKING = "G"
    NO_CHANGE = "A"
    WORSE = "R"
    TOO_EARLY = "N"
    NOT_MEASURED = "0"

    @property
    def words(self) -> str:
        """The verdict as pages name it."""
        return _VERDICT_WORDS[self]


_VERDICT_WORDS = {
    Verdict.WORKING: "Working",
    Verdict.NO_CHANGE: "No clear change",
    Verdict.WORSE: "Getting worse",
    Verdict.TOO_EARLY: "Too early to tell",
    Verdict.NOT_MEASURED: "Not measured",
}


def verdict_without_statistics(links: int) -> Verdict:
    """Return what may be said before any window is compared: not measured with no link, else too early (domain A6)."""
    return Verdict.TOO_EARLY if links else Verdict.NOT_MEASURED
