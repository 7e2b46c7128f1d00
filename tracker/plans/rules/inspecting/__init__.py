"""Reading an inspection report from plain text: its facts, its items in their words, and each doubt with its line."""

from tracker.plans.rules.inspecting.report import read_report
from tracker.plans.rules.inspecting.results import (
    Doubt,
    InspectionReading,
    InspectionWarning,
    ItemReading,
    ReportFacts,
)

__all__ = ["Doubt", "InspectionReading", "InspectionWarning", "ItemReading", "ReportFacts", "read_report"]
