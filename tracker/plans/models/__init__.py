"""Tables of the improvement plan, one noun a file; they ask and decide nothing."""

from tracker.plans.models.action import Action, ActionLead, ActionLink
from tracker.plans.models.area import Area, AreaItem, Objective, Outcome, PlanMeasure
from tracker.plans.models.draft import UpdateDraft
from tracker.plans.models.importing import KeptMapping, PlanImport, UnfinishedImport
from tracker.plans.models.inspection import Inspection, InspectionItem
from tracker.plans.models.mention import Mention
from tracker.plans.models.milestone import DateChange, Milestone, MilestoneLead, MilestoneStep
from tracker.plans.models.override import Override
from tracker.plans.models.plan import ImportDoubt, Plan, PlanSource, UnreadLine
from tracker.plans.models.progress import Evidence, SignOff, Update
from tracker.plans.models.reimport import PendingReimport, Reimport, ReimportChange
from tracker.plans.models.version import FormerNumber, FormerWording, PlanStep, PlanVersion
from tracker.plans.models.workbook import FilledWorkbook

__all__ = [
    "Action",
    "ActionLead",
    "ActionLink",
    "Area",
    "AreaItem",
    "DateChange",
    "Evidence",
    "FilledWorkbook",
    "FormerNumber",
    "FormerWording",
    "ImportDoubt",
    "Inspection",
    "InspectionItem",
    "KeptMapping",
    "Mention",
    "Milestone",
    "MilestoneLead",
    "MilestoneStep",
    "Objective",
    "Outcome",
    "Override",
    "PendingReimport",
    "Plan",
    "PlanImport",
    "PlanMeasure",
    "PlanSource",
    "PlanStep",
    "PlanVersion",
    "Reimport",
    "ReimportChange",
    "SignOff",
    "UnfinishedImport",
    "UnreadLine",
    "Update",
    "UpdateDraft",
]
