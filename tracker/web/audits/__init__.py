"""Pages: audits, rounds and immediate concerns."""

from tracker.web.audits import (
    allocating,
    check,
    concerns,
    exempting,
    feedback,
    my_audits,
    programme,
    reading,
    recall,
    rounds,
    samples,
    sections,
    side_by_side,
    tool_building,
    tool_checking,
    tool_reading,
    tools,
)
from tracker.web.audits.blueprint import bp

__all__ = [
    "allocating",
    "bp",
    "check",
    "concerns",
    "exempting",
    "feedback",
    "my_audits",
    "programme",
    "reading",
    "recall",
    "rounds",
    "samples",
    "sections",
    "side_by_side",
    "tool_building",
    "tool_checking",
    "tool_reading",
    "tools",
]
