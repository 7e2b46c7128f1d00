"""What of a plan has words that may be changed, and how pages name it; no rule about the words themselves."""

from enum import StrEnum


class Wording(StrEnum):
    """What was reworded, added or taken out (ux 8.13)."""

    AREA = "area"
    OBJECTIVE = "objective"
    OUTCOME = "outcome"
    MEASURE = "measure"
    ACTION = "action"
    MILESTONE = "milestone"
    DATE = "date"

    @property
    def words(self) -> str:
        """How pages name it."""
        return "date of a milestone" if self is Wording.DATE else self.value


def wording_sentence(what: Wording, before: str, after: str) -> str:
    """Say in a heading what became of words: added, taken out, or changed."""
    name = what.words.capitalize()
    if not before:
        return f"{name} added"
    return f"{name} changed" if after else f"{name} taken out"
