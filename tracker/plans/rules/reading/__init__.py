"""Reading a published plan from plain text: what was understood, each doubt as a warning, and what was not read."""

from tracker.plans.rules.reading.document import NO_ACTIONS, decode_document, read_document
from tracker.plans.rules.reading.plan import put_together, read_plan
from tracker.plans.rules.reading.problems import ReadingProblem
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
from tracker.plans.rules.reading.status import RagKey, StatusColumn, rag_key_from

__all__ = [
    "NO_ACTIONS",
    "ActionReading",
    "AreaReading",
    "LeadReading",
    "MilestoneReading",
    "OutcomeReading",
    "PlanReading",
    "PlanWarning",
    "RagKey",
    "ReadingProblem",
    "ReferenceReading",
    "StatusColumn",
    "Unread",
    "WarningCode",
    "decode_document",
    "put_together",
    "rag_key_from",
    "read_document",
    "read_plan",
]
