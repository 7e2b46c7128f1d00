"""What the check of a plan looks at, as plain values; where they are stored and how they are shown is elsewhere."""

from dataclasses import dataclass

from tracker.plans.rules.vocabulary import MilestoneKind


@dataclass(frozen=True, slots=True)
class CheckedMilestone:
    """A step that is still open; `waits_on` names the body that is to give it a date."""

    title: str
    kind: MilestoneKind
    waits_on: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class CheckedAction:
    """An action that is not closed, with its open milestones and who is accountable; an empty lead means none."""

    id: int
    ref: str
    title: str
    area: int
    is_placeholder: bool = False
    lead_id: int | None = None
    lead: str = ""
    has_milestones: bool = True
    milestones: tuple[CheckedMilestone, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedReference:
    """A reference of an action to another that nobody has confirmed; `target` is the number it seems to mean."""

    id: int
    action_id: int
    ref: str
    area: int
    text: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class CheckedItem:
    """An item of the inspection that no action answers, with why: its cover in words."""

    id: int
    about: str
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class CheckedText:
    """An outcome or a measure, in the plan's words."""

    text: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class CheckedArea:
    """What an area says it wants, in the plan's words."""

    number: int
    title: str
    objectives: tuple[str, ...] = ()
    outcomes: tuple[CheckedText, ...] = ()
    measures: tuple[CheckedText, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedPlan:
    """Everything that the check of a plan looks at, in plan order."""

    areas: tuple[CheckedArea, ...] = ()
    actions: tuple[CheckedAction, ...] = ()
    references: tuple[CheckedReference, ...] = ()
    items: tuple[CheckedItem, ...] = ()
