"""Reading a published plan from plain text: what was understood, each doubt as a warning, and what was not read."""

from tracker.plans.rules.reading.document import ReadingProblem, decode_document, read_document
from tracker.plans.rules.reading.plan import read_plan
from tracker.plans.rules.reading.results import (
    ActionReading,
    AreaReading,
    LeadReading,
    MilestoneReading,
    OutcomeReading,
    PlanReading,
    PlanWarning,
    ReferenceReading,
    Unread,
    WarningCode,
)

__all__ = [
    "ActionReading",
    "AreaReading",
    "LeadReading",
    "MilestoneReading",
    "OutcomeReading",
    "PlanReading",
    "PlanWarning",
    "ReadingProblem",
    "ReferenceReading",
    "Unread",
    "WarningCode",
    "decode_document",
    "read_document",
    "read_plan",
]
