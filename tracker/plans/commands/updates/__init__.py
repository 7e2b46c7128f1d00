"""Updates: saving one, repeating the last, taking one back or sending it back, and what an action's state is after."""

from tracker.plans.commands.updates.before import latest_update, sent_before
from tracker.plans.commands.updates.repeating import confirm_no_change
from tracker.plans.commands.updates.returning import return_update
from tracker.plans.commands.updates.saving import save_update
from tracker.plans.commands.updates.settling import settle_state
from tracker.plans.commands.updates.taking_back import why_not_take_back, withdraw_update

__all__ = [
    "confirm_no_change",
    "latest_update",
    "return_update",
    "save_update",
    "sent_before",
    "settle_state",
    "why_not_take_back",
    "withdraw_update",
]
