"""Pages: plans, areas, actions and updates."""

from tracker.web.plans import (
    action,
    area,
    area_editing,
    bringing_in,
    changes,
    date_reading,
    decisions,
    index,
    listing,
    my_actions,
    overview,
    printing,
    updates,
)
from tracker.web.plans.blueprint import bp

__all__ = [
    "action",
    "area",
    "area_editing",
    "bp",
    "bringing_in",
    "changes",
    "date_reading",
    "decisions",
    "index",
    "listing",
    "my_actions",
    "overview",
    "printing",
    "updates",
]
