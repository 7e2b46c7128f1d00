"""The contents of a plan's versions and how two of them differ, one noun a file; storing them is the commands'."""

from tracker.plans.rules.versions.content import (
    ActionContent,
    AreaContent,
    MilestoneContent,
    PlanContent,
    TextContent,
    canonical,
    content_hash,
    content_of,
)
from tracker.plans.rules.versions.differences import Difference, Kind, differences

__all__ = [
    "ActionContent",
    "AreaContent",
    "Difference",
    "Kind",
    "MilestoneContent",
    "PlanContent",
    "TextContent",
    "canonical",
    "content_hash",
    "content_of",
    "differences",
]
