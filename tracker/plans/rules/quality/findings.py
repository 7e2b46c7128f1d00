"""The kinds of weakness that a plan may have, in words, and one finding of the check; how it is found is elsewhere."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """A kind of weakness (domain A10, report 7), in the order in which the page lists them."""

    UNDATED = "undated"
    PLACEHOLDER = "placeholder"
    OPEN_MEASURE = "open_measure"
    LOOSE_OBJECTIVE = "loose_objective"
    ACTIVITY = "activity"
    TWIN_MEASURES = "twin_measures"
    UNANSWERED = "unanswered"
    REFERENCE = "reference"
    OVERLOADED = "overloaded"

    @property
    def words(self) -> str:
        """The kind as pages name it."""
        return _WORDS[self][0]

    @property
    def why(self) -> str:
        """Why it is weak, in one sentence."""
        return _WORDS[self][1]


_WORDS = {
    Fault.UNDATED: ("No date", "Nothing can be late that has no date."),
    Fault.PLACEHOLDER: ("Still to be agreed", "Nobody can do it until it is made into actions."),
    Fault.OPEN_MEASURE: (
        "Measure without a number",
        "Its words name neither where it starts nor what it aims at, so nobody can say whether it was met.",
    ),
    Fault.LOOSE_OBJECTIVE: ("Objective without a measure", "Its area says nothing of how anybody will know."),
    Fault.ACTIVITY: ("Outcome worded as work", "It says what will be done, not what will be different for children."),
    Fault.TWIN_MEASURES: ("Measured twice", "Two measures say nearly the same, and may be counted differently."),
    Fault.UNANSWERED: ("Item without an action", "Inspectors asked for it, and no action answers."),
    Fault.REFERENCE: ("Reference not settled", "Nobody has said which action is meant."),
    Fault.OVERLOADED: ("Lead with too much", "One person answers for more than they can drive."),
}


class Place(StrEnum):
    """On what page a finding is mended."""

    ACTION = "action"
    MILESTONE = "milestone"
    AREA = "area"
    OUTCOME = "outcome"
    MEASURE = "measure"
    ITEM = "item"
    REFERENCE = "reference"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class Finding:
    """One weakness: what is weak in its own words, where it stands, and what is known of it.

    `key` is the id of the milestone, text, item, reference or lead, `ref` the number of the action; `area` is 0 for
    what is in none. `actions` are the ids of the actions that it tells of.
    """

    fault: Fault
    place: Place
    text: str
    note: str
    area: int = 0
    ref: str = ""
    key: int = 0
    actions: tuple[int, ...] = ()
