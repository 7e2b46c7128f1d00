"""What is weak in how a plan is written: each weakness found by a rule over its words and links, none by its dates."""

from tracker.plans.rules.quality.checking import check_plan
from tracker.plans.rules.quality.findings import Fault, Finding, Place
from tracker.plans.rules.quality.subjects import (
    CheckedAction,
    CheckedArea,
    CheckedItem,
    CheckedMilestone,
    CheckedPlan,
    CheckedReference,
    CheckedText,
)

__all__ = [
    "CheckedAction",
    "CheckedArea",
    "CheckedItem",
    "CheckedMilestone",
    "CheckedPlan",
    "CheckedReference",
    "CheckedText",
    "Fault",
    "Finding",
    "Place",
    "check_plan",
]
