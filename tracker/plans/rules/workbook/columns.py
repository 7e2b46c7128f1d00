"""The sheets and columns of the update workbook, with what each takes; how they look in Excel is the export's."""

from dataclasses import dataclass

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
STATES = {"Started": MilestoneState.STARTED, "Done": MilestoneState.DONE}


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


UPDATE_COLUMNS = (
    Column("number", "No.", 9),
    Column("title", "Action", 44),
    Column("rag", "Said last", 11),
    Column("last", "What the last update says", 44),
    Column("declared", "How is it now?", 16, 20, tuple(COLOURS), "Choose from the list. Leave it empty for no update."),
    Column("happened", "What has happened?", 44, 600, hint="Up to 600 characters."),
    Column("why", "Why is it red or at risk?", 36, 400, hint="For red and amber. Up to 400 characters."),
    Column("doing", "What are you doing about it?", 36, 400, hint="For red and amber: who and by when."),
    Column("evidence", "What shows it?", 36, 400, hint="One sentence. No names of children."),
)
MILESTONE_COLUMNS = (
    Column("number", "No.", 12),
    Column("title", "Milestone", 44),
    Column("due", "Date now", 24),
    Column("stands", "State now", 13),
    Column(
        "state", "How far is it?", 14, 20, tuple(STATES), "Choose from the list. Leave it empty if it is as it was."
    ),
    Column("done_on", "Done on", 16, 60, hint="The day, for example 15 Jan 2027. Empty means today."),
    Column("new_date", "New date", 24, 300, hint="A day, a month, a quarter or TBC, for example Jun 2027."),
    Column("because", "Why has it moved?", 40, 200, hint="Needed for a later date. Up to 200 characters."),
)
