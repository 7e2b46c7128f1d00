"""Pages: audits, rounds and immediate concerns."""

from tracker.web.audits import (
    allocating,
    check,
    concerns,
    exempting,
    my_audits,
    programme,
    reading,
    rounds,
    samples,
    sections,
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
    "my_audits",
    "programme",
    "reading",
    "rounds",
    "samples",
    "sections",
    "tool_building",
    "tool_checking",
    "tool_reading",
    "tools",
]
