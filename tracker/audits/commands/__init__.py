"""Everything that changes audits: themes, tools, rounds, cases, drafts, sending and immediate concerns."""

from tracker.audits.commands.allocation import add_case, allocate_audit, make_round, unused_code
from tracker.audits.commands.concerns import acknowledge_concern, raise_concern
from tracker.audits.commands.drafts import save_facts, save_section, save_whole, set_overall
from tracker.audits.commands.said import Development, SectionAnswers, WholeAudit
from tracker.audits.commands.sending import send_audit, void_audit
from tracker.audits.commands.themes import add_default_themes, add_theme, change_theme
from tracker.audits.commands.tool_life import begin_tool, begin_version, declare_equal, retire_tool, tool_from_file
from tracker.audits.commands.tools import add_default_tools, date_tool, draft_tool, make_tool_live, write_tool

__all__ = [
    "Development",
    "SectionAnswers",
    "WholeAudit",
    "acknowledge_concern",
    "add_case",
    "add_default_themes",
    "add_default_tools",
    "add_theme",
    "allocate_audit",
    "begin_tool",
    "begin_version",
    "change_theme",
    "date_tool",
    "declare_equal",
    "draft_tool",
    "make_round",
    "make_tool_live",
    "raise_concern",
    "retire_tool",
    "save_facts",
    "save_section",
    "save_whole",
    "send_audit",
    "set_overall",
    "tool_from_file",
    "unused_code",
    "void_audit",
    "write_tool",
]
