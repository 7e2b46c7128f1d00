"""Who may do what: one table of predicates over the person and the loaded subject, shared by every way in.

`may` asks about one subject, `visible` gives the same answer as a condition of a query; a test proves that they agree.
"""

from tracker.people.policy.leading import acting_for, leading_today, leads_it, led_by, led_by_oneself, posts_held
from tracker.people.policy.permissions import SENTENCES, Permission
from tracker.people.policy.predicates import grants_now, roles_of
from tracker.people.policy.table import POLICY, is_admin, is_moderator, is_office, may, visible

__all__ = [
    "POLICY",
    "SENTENCES",
    "Permission",
    "acting_for",
    "grants_now",
    "is_admin",
    "is_moderator",
    "is_office",
    "leading_today",
    "leads_it",
    "led_by",
    "led_by_oneself",
    "may",
    "posts_held",
    "roles_of",
    "visible",
]
