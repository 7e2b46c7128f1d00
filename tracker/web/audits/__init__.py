"""Pages: audits, rounds and immediate concerns."""

from tracker.web.audits import (
    check,
    concerns,
    my_audits,
    reading,
    rounds,
    sections,
    tool_building,
    tool_checking,
    tool_reading,
    tools,
)
from tracker.web.audits.blueprint import bp

__all__ = [
    "bp",
    "check",
    "concerns",
    "my_audits",
    "reading",
    "rounds",
    "sections",
    "tool_building",
    "tool_checking",
    "tool_reading",
    "tools",
]
