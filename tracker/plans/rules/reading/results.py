"""What a reading of a plan holds, as values; how it is read belongs to the modules beside this one."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tracker.people.rules import PartyKind
from tracker.plans.rules.dates import TargetDate
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.reading.status import StatusColumn
from tracker.plans.rules.vocabulary import ActionKind


class WarningCode(StrEnum):
    """Kinds of doubt that a reading may leave (domain A15)."""

    NO_LEAD = "no_lead"
    SEVERAL_LEADS = "several_leads"
    LEAD_ALIAS = "lead_alias"
    UNDATED = "undated"
    FEWER_DATES = "fewer_dates"
    ONE_DATE_FOR_SEVERAL = "one_date_for_several"
    MORE_DATES = "more_dates"
    WAITING = "waiting"
    RECURRING = "recurring"
    PAST_DATE = "past_date"
    PLACEHOLDER = "placeholder"
    UNRESOLVED_REFERENCE = "unresolved_reference"
    SPLIT_GUESS = "split_guess"
    SPLIT_ROW = "split_row"
    UNREAD = "unread"


@dataclass(frozen=True)
class PlanWarning:
    """One doubt: `ref` is the action it is about, if any; `line` counts from 1; `place` says where in a workbook."""

    code: WarningCode
    ref: str | None
    line: int
    message: str
    place: str = ""

    @property
    def said(self) -> str:
        """The message, after the place where there is one."""
        return f"{self.place}: {self.message}" if self.place else self.message


@dataclass(frozen=True)
class Unread:
    """A line, or the part of one, that no area, section or row took."""

    line: int
    text: str
    place: str = ""


@dataclass(frozen=True)
class OutcomeReading:
    """An outcome and those printed beneath it."""

    text: str
    children: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeadReading:
    """A lead as printed; the first of an action is accountable (domain A5)."""

    name: str
    kind: PartyKind


@dataclass(frozen=True)
class MilestoneReading:
    """A milestone with its date; `leads` are named only when the plan gives this milestone its own."""

    title: str
    date: TargetDate
    leads: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReferenceReading:
    """A mention of other work; `ref` is the action's number, None when there is no such action."""

    text: str
    ref: str | None


@dataclass(frozen=True)
class ActionReading:
    """An action; `cells` keeps each cell's raw text by its heading, `target_text` the date cell without its tags.

    `declared` is what its column of colours says by the key, `status_text` that column's words.
    """

    ref: str
    title: str
    kind: ActionKind
    leads: tuple[LeadReading, ...]
    target_text: str
    milestones: tuple[MilestoneReading, ...]
    references: tuple[ReferenceReading, ...]
    source_lines: tuple[int, ...]
    cells: Mapping[str, str]
    declared: Rag | None = None
    status_text: str = ""


@dataclass(frozen=True)
class AreaReading:
    """An area for improvement; `label` as printed, `source_lines` all lines of its headings and sections."""

    number: int
    label: str
    title: str
    line: int
    objectives: tuple[str, ...]
    outcomes: tuple[OutcomeReading, ...]
    measures: tuple[str, ...]
    actions: tuple[ActionReading, ...]
    source_lines: tuple[int, ...]


@dataclass(frozen=True)
class PlanReading:
    """A whole document: each line that is not blank is in an area, in an action or unread.

    `unkeyed` are columns of colours or states that cannot be understood without a key to their words.
    """

    areas: tuple[AreaReading, ...]
    warnings: tuple[PlanWarning, ...]
    unread: tuple[Unread, ...]
    unkeyed: tuple[StatusColumn, ...] = ()
