"""Everything that changes audits: themes, tools, rounds, cases, drafts, sending, and what follows from an audit."""

from tracker.audits.commands.agencies import agree_agencies, ask_agency, give_part, mark_not_given
from tracker.audits.commands.allocation import RoundFocus, add_case, allocate_audit, make_round, unused_code
from tracker.audits.commands.choosing import end_due_responses, end_response
from tracker.audits.commands.concerns import acknowledge_concern, act_on_concern, close_concern, raise_concern
from tracker.audits.commands.disputing import call_panel, decide_dispute, dispute_moderation
from tracker.audits.commands.drafts import save_facts, save_section, save_whole, set_overall
from tracker.audits.commands.exempting import ask_exemption, decide_exemption
from tracker.audits.commands.moderating import (
    agree_moderation,
    grade_blind,
    leave_moderation,
    return_audit,
    take_moderation,
)
from tracker.audits.commands.more_time import ask_more_time, decide_more_time
from tracker.audits.commands.programmes import MechanismPlan, add_mechanism, change_mechanism, make_programme
from tracker.audits.commands.re_audits import allocate_re_audit, follow_up, plan_re_audit
from tracker.audits.commands.recalling import recall_audit, why_not_recalled
from tracker.audits.commands.remedials import add_remedial, settle_audit, take_step
from tracker.audits.commands.responding import is_answered, name_worker, save_answer, send_answer
from tracker.audits.commands.said import AboutFile, Development, SectionAnswers, WholeAudit
from tracker.audits.commands.samples import (
    discard_case_list,
    discard_old_lists,
    keep_case_list,
    keep_sample,
    leave_out_file,
)
from tracker.audits.commands.sending import send_audit, void_audit
from tracker.audits.commands.sharing import (
    close_round,
    declare_conflict,
    end_conflict,
    proposal_print,
    share_out_sample,
    swap_auditor,
)
from tracker.audits.commands.side_by_side import (
    begin_side_by_side,
    end_side_by_side,
)
from tracker.audits.commands.themes import add_default_themes, add_theme, change_theme
from tracker.audits.commands.tool_drafts import discard_draft, rename_tool
from tracker.audits.commands.tool_life import begin_tool, begin_version, declare_equal, retire_tool, tool_from_file
from tracker.audits.commands.tools import (
    add_default_tools,
    add_further_tools,
    date_tool,
    draft_tool,
    make_tool_live,
    write_tool,
)

__all__ = [
    "AboutFile",
    "Development",
    "MechanismPlan",
    "RoundFocus",
    "SectionAnswers",
    "WholeAudit",
    "acknowledge_concern",
    "act_on_concern",
    "add_case",
    "add_default_themes",
    "add_default_tools",
    "add_further_tools",
    "add_mechanism",
    "add_remedial",
    "add_theme",
    "agree_agencies",
    "agree_moderation",
    "allocate_audit",
    "allocate_re_audit",
    "ask_agency",
    "ask_exemption",
    "ask_more_time",
    "begin_side_by_side",
    "begin_tool",
    "begin_version",
    "call_panel",
    "change_mechanism",
    "change_theme",
    "close_concern",
    "close_round",
    "date_tool",
    "decide_dispute",
    "decide_exemption",
    "decide_more_time",
    "declare_conflict",
    "declare_equal",
    "discard_case_list",
    "discard_draft",
    "discard_old_lists",
    "dispute_moderation",
    "draft_tool",
    "end_conflict",
    "end_due_responses",
    "end_response",
    "end_side_by_side",
    "follow_up",
    "give_part",
    "grade_blind",
    "is_answered",
    "keep_case_list",
    "keep_sample",
    "leave_moderation",
    "leave_out_file",
    "make_programme",
    "make_round",
    "make_tool_live",
    "mark_not_given",
    "name_worker",
    "plan_re_audit",
    "proposal_print",
    "raise_concern",
    "recall_audit",
    "rename_tool",
    "retire_tool",
    "return_audit",
    "save_answer",
    "save_facts",
    "save_section",
    "save_whole",
    "send_answer",
    "send_audit",
    "set_overall",
    "settle_audit",
    "share_out_sample",
    "swap_auditor",
    "take_moderation",
    "take_step",
    "tool_from_file",
    "unused_code",
    "void_audit",
    "why_not_recalled",
    "write_tool",
]
