"""The update workbook: its columns, its seals and what a filled one says; files and the database are elsewhere."""

from tracker.plans.rules.workbook.columns import GUIDE, MILESTONE_COLUMNS, MILESTONES, STAMPS, UPDATE_COLUMNS, UPDATES
from tracker.plans.rules.workbook.compared import Compared, Comparison, Difference
from tracker.plans.rules.workbook.reading import read_workbook
from tracker.plans.rules.workbook.rows import ActionRow, Filled, MilestoneRow, Refused
from tracker.plans.rules.workbook.stamps import ActionStamp, MilestoneStamp, Stamps

__all__ = [
    "GUIDE",
    "MILESTONES",
    "MILESTONE_COLUMNS",
    "STAMPS",
    "UPDATES",
    "UPDATE_COLUMNS",
    "ActionRow",
    "ActionStamp",
    "Compared",
    "Comparison",
    "Difference",
    "Filled",
    "MilestoneRow",
    "MilestoneStamp",
    "Refused",
    "Stamps",
    "read_workbook",
]
