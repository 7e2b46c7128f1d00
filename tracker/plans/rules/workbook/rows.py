"""The filled rows of a workbook as they were understood, kept as JSON until they are saved; none is judged here."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from tracker.plans.rules.states import DeclaredRag
from tracker.plans.rules.vocabulary import MilestoneState
from tracker.plans.rules.workbook.columns import COLOURS, STATES

# What an update says of how it came.
CAME_BY_WORKBOOK = "Workbook"


@dataclass(frozen=True)
class MilestoneRow:
    """What a row says of a milestone, its dates as they were typed; `turn` is the day of a turn as ISO text."""

    number: str
    title: str
    milestone_id: int
    version: int
    turn: str = ""
    state: str = ""
    done_on: str = ""
    new_date: str = ""
    because: str = ""

    @property
    def reached(self) -> MilestoneState | None:
        """How far the row says it is, None when it says nothing."""
        return STATES.get(self.state)


@dataclass(frozen=True)
class ActionRow:
    """What the workbook says of one action with its milestones: one update, saved whole or not at all."""

    number: str
    title: str
    action_id: int
    after: int
    declared: str = ""
    happened: str = ""
    why: str = ""
    doing: str = ""
    evidence: str = ""
    milestones: tuple[MilestoneRow, ...] = ()

    @property
    def colour(self) -> DeclaredRag:
        """The colour that was chosen from the list."""
        return COLOURS[self.declared]


@dataclass(frozen=True)
class Refused:
    """A row that cannot be understood, with the reason and what the person wrote, by the headings."""

    number: str
    title: str
    reason: str
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Filled:
    """Everything that a workbook says: what it asks to save, what is refused, and what it leaves as it is."""

    rows: tuple[ActionRow, ...] = ()
    refused: tuple[Refused, ...] = ()
    unchanged: tuple[str, ...] = ()
    extra: tuple[str, ...] = field(default=())

    def as_json(self) -> str:
        """Return it as text that `filled_from` reads."""
        return json.dumps(asdict(self), ensure_ascii=False)


def filled_from(text: str) -> Filled:
    """Return what `Filled.as_json` wrote."""
    kept = json.loads(text)
    return Filled(
        rows=tuple(_row(row) for row in kept["rows"]),
        refused=tuple(Refused(**{**one, "words": tuple(map(tuple, one["words"]))}) for one in kept["refused"]),
        unchanged=tuple(kept["unchanged"]),
        extra=tuple(kept["extra"]),
    )


def _row(kept: dict[str, Any]) -> ActionRow:
    return ActionRow(**{**kept, "milestones": tuple(MilestoneRow(**one) for one in kept["milestones"])})
