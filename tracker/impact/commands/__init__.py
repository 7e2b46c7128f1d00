"""Changing the loop: links between themes and actions, and overrides, which an open concern on a theme forbids."""

from tracker.impact.commands.overrides import approve_override, ask_override, refuse_override, withdraw_override
from tracker.impact.commands.quick_wins import link_quick_win
from tracker.impact.commands.theme_re_audits import link_theme_re_audit
from tracker.impact.commands.themes import link_theme, unlink_theme

__all__ = [
    "approve_override",
    "ask_override",
    "link_quick_win",
    "link_theme",
    "link_theme_re_audit",
    "refuse_override",
    "unlink_theme",
    "withdraw_override",
]
