"""Reading what reports of audits are made of: a fixed number of queries a report, counted by the database."""

from tracker.audits.queries.reports.activity import activity, days_to_moderation, planned, report_to_be
from tracker.audits.queries.reports.following import concerns, remedials, remedials_done
from tracker.audits.queries.reports.graded import grades, sections
from tracker.audits.queries.reports.repeated import due_again, pairs, section_pairs
from tracker.audits.queries.reports.scope import Choices, choices

__all__ = [
    "Choices",
    "activity",
    "choices",
    "concerns",
    "days_to_moderation",
    "due_again",
    "grades",
    "pairs",
    "planned",
    "remedials",
    "remedials_done",
    "report_to_be",
    "section_pairs",
    "sections",
]
