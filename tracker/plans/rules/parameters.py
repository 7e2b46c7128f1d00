"""The thresholds of the delivery rule, kept with each plan; no rule is worked out here."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Parameters:
    """Thresholds in days (domain A5)."""

    amber_days: int = 28
    """Days late up to which a milestone is amber; one more is red."""
    lookahead_days: int = 28
    """Days before its due day from which a milestone that is not started is amber."""
    grace_days: int = 56
    """Days without a date, or without a lead, before the rating worsens."""
    cycle_days: int = 91
    """Days between the updates that a lead owes."""
    stale_extra: int = 7
    """Days after the cycle before a missing update counts."""
