"""Reading audits, rounds, concerns, themes and their counts; nothing is written here."""

from tracker.audits.queries.audits import audit, audit_subject, finished_count, my_audits
from tracker.audits.queries.concerns import concern, concern_count, concern_page, open_concern_count
from tracker.audits.queries.counts import CountedTheme, audit_facts, theme_counts
from tracker.audits.queries.findings import FindingRow, count_of_findings, findings_of_theme
from tracker.audits.queries.naming import NamingWords, naming_words
from tracker.audits.queries.parts import part_of_query
from tracker.audits.queries.rounds import (
    RoundRow,
    auditors,
    case_by_code,
    round_audits,
    round_by_slug,
    round_count,
    round_to_be,
    rounds,
)
from tracker.audits.queries.themes import theme_by_code, themes, themes_on
from tracker.audits.queries.tools import (
    asked_of,
    audit_tool,
    audits_by_tool,
    drafted_tool,
    live_tool,
    live_tools,
    tool_version,
    tool_versions,
    tools_by_id,
)
from tracker.audits.queries.vote_facts import fact_parts, facts_from

__all__ = [
    "CountedTheme",
    "FindingRow",
    "NamingWords",
    "RoundRow",
    "asked_of",
    "audit",
    "audit_facts",
    "audit_subject",
    "audit_tool",
    "auditors",
    "audits_by_tool",
    "case_by_code",
    "concern",
    "concern_count",
    "concern_page",
    "count_of_findings",
    "drafted_tool",
    "fact_parts",
    "facts_from",
    "findings_of_theme",
    "finished_count",
    "live_tool",
    "live_tools",
    "my_audits",
    "naming_words",
    "open_concern_count",
    "part_of_query",
    "round_audits",
    "round_by_slug",
    "round_count",
    "round_to_be",
    "rounds",
    "theme_by_code",
    "theme_counts",
    "themes",
    "themes_on",
    "tool_version",
    "tool_versions",
    "tools_by_id",
]
