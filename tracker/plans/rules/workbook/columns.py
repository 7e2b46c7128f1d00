"""The sheets and columns of the update workbook, with what each takes; how they look in Excel is the export's."""

from dataclasses import dataclass

from tracker.plans.rules.questions import BECAUSE, DOING, DONE_ON, EVIDENCE, HAPPENED, NEW_DATE, WHY, Question
from tracker.plans.rules.states import DeclaredRag
from tracker.plans.rules.vocabulary import MilestoneState

UPDATES = "Updates"
MILESTONES = "Milestones"
GUIDE = "How to fill it in"
STAMPS = "Stamps"

COLOURS = {
    "Green": DeclaredRag.GREEN,
    "Amber": DeclaredRag.AMBER,
    "Red": DeclaredRag.RED,
    "Complete": DeclaredRag.COMPLETE,
}
STATES = {state.words: state for state in (MilestoneState.STARTED, MilestoneState.DONE)}


@dataclass(frozen=True)
class Column:
    """A column: its name in the program, its heading, its width in letters, and how much it takes when it is filled.

    One that takes nothing is locked; `choices` are the words that a cell may hold, all words when there are none.
    """

    name: str
    heading: str
    width: int
    most: int = 0
    choices: tuple[str, ...] = ()
    hint: str = ""

    @property
    def is_locked(self) -> bool:
        """Whether people only read it."""
        return self.most == 0


def _asked(question: Question, width: int, hint: str) -> Column:
    return Column(question.name, question.asked, width, question.most, hint=hint)


UPDATE_COLUMNS = (
    Column("number", "No.", 9),
    Column("title", "Action", 44),
    Column("rag", "Said last", 11),
    Column("last", "What the last update says", 44),
    Column("declared", "How is it now?", 16, 20, tuple(COLOURS), "Choose from the list. Leave it empty for no update."),
    _asked(HAPPENED, 44, f"Up to {HAPPENED.most} characters."),
    _asked(WHY, 36, f"For red and amber. Up to {WHY.most} characters."),
    _asked(DOING, 36, "For red and amber: who and by when."),
    _asked(EVIDENCE, 36, "One sentence. No names of children."),
)
MILESTONE_COLUMNS = (
    Column("number", "No.", 12),
    Column("title", "Milestone", 44),
    Column("due", "Date now", 24),
    Column("stands", "State now", 13),
    Column(
        "state", "How far is it?", 14, 20, tuple(STATES), "Choose from the list. Leave it empty if it is as it was."
    ),
    _asked(DONE_ON, 16, "The day, for example 15 Jan 2027. Empty means today."),
    _asked(NEW_DATE, 24, "A day, a month, a quarter or TBC, for example Jun 2027."),
    _asked(BECAUSE, 40, f"Needed for a later date. Up to {BECAUSE.most} characters."),
)
