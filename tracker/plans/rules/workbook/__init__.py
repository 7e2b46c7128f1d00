"""The update workbook: its columns, its seals and what a filled one says; files and the database are elsewhere."""

from tracker.plans.rules.workbook.columns import GUIDE, MILESTONE_COLUMNS, MILESTONES, STAMPS, UPDATE_COLUMNS, UPDATES
from tracker.plans.rules.workbook.compared import Compared, Comparison, Difference, is_wanted
from tracker.plans.rules.workbook.differences import LastSaid, Stands, behind_milestone, differences_of, told
from tracker.plans.rules.workbook.reading import read_workbook
from tracker.plans.rules.workbook.rows import CAME_BY_WORKBOOK, ActionRow, Filled, MilestoneRow, Refused
from tracker.plans.rules.workbook.stamps import ActionStamp, MilestoneStamp, Stamps

__all__ = [
    "CAME_BY_WORKBOOK",
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
    "LastSaid",
    "MilestoneRow",
    "MilestoneStamp",
    "Refused",
    "Stamps",
    "Stands",
    "behind_milestone",
    "differences_of",
    "is_wanted",
    "read_workbook",
    "told",
]
