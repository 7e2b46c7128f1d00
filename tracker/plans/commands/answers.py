"""What one update says, as the form, the workbook and the office hand it to the commands; nothing is checked here."""

from dataclasses import dataclass, field
from datetime import date

from tracker.core.files import StoredFile
from tracker.plans.models import Milestone
from tracker.plans.rules.dates import TargetDate
from tracker.plans.rules.moves import MoveReason
from tracker.plans.rules.states import DeclaredRag


@dataclass(frozen=True)
class MilestoneAnswer:
    """What an update says of one milestone; nothing given means nothing said.

    `name` is what problems of this milestone are called by: with "m12" a wrong day is the problem of "m12_done_on".
    """

    milestone: Milestone
    name: str = "milestone"
    started_on: date | None = None
    done_on: date | None = None
    is_confirmed: bool = False
    ticked: tuple[tuple[date, date], ...] = ()
    new_date: TargetDate | None = None
    because: str = ""
    code: MoveReason | None = None


@dataclass(frozen=True)
class Words:
    """The text of an update, as the form asks for it (ux 8.7)."""

    happened: str = ""
    why: str = ""
    doing: str = ""
    ask: str = ""


@dataclass(frozen=True)
class Way:
    """How an update came in: of itself, or written by the office for somebody (ux 8.13)."""

    on_behalf_of: str = ""
    came_by: str = ""
    form_token: str | None = None


@dataclass(frozen=True)
class Shown:
    """Evidence given with an update: a sentence, an address when it is a link, what is kept when it is a file."""

    text: str
    url: str = ""
    stored: StoredFile | None = None


@dataclass(frozen=True)
class Answer:
    """Everything that one update says."""

    declared: DeclaredRag
    words: Words
    milestones: tuple[MilestoneAnswer, ...] = ()
    evidence: tuple[Shown, ...] = ()
    way: Way = field(default_factory=Way)
