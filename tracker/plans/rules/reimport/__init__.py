"""A later version of a plan against what is stored: what belongs together, what differs, in which words it changed."""

from tracker.plans.rules.reimport.contents import ActionContent, AreaContent, MilestoneContent, PlanContent, TextContent
from tracker.plans.rules.reimport.differences import compare_contents
from tracker.plans.rules.reimport.kinds import ChangeKind, PlanChange, chosen_codes
from tracker.plans.rules.reimport.words import Piece, Wording, changed_words

__all__ = [
    "ActionContent",
    "AreaContent",
    "ChangeKind",
    "MilestoneContent",
    "Piece",
    "PlanChange",
    "PlanContent",
    "TextContent",
    "Wording",
    "changed_words",
    "chosen_codes",
    "compare_contents",
]
