"""Plans that are over are kept to be read: their pages offer no change, and a form sent all the same is told why."""

from flask import request

from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.models import Plan
from tracker.plans.rules.plan_life import why_kept

# What changes a plan or the work in it; what is found out of its effect goes on after its end.
_CHANGES = frozenset(
    {
        Permission.PLAN_EDIT,
        Permission.ACTION_UPDATE,
        Permission.ACTION_ON_BEHALF,
        Permission.ACTION_CONFIRM,
        Permission.ACTION_EMBED,
        Permission.DATE_APPROVE,
        Permission.OVERRIDE_ASK,
        Permission.OVERRIDE_DECIDE,
        Permission.EVIDENCE_VERIFY,
    }
)
# What a part belongs to, as the policy looks for it; each comes loaded.
_WHOLES = ("action", "origin", "milestone")


def why_not_changed(permission: Permission, subject: object) -> str:
    """Say why a subject is not changed under a permission by anybody, its plan being over; nothing when it may be."""
    plan = _plan_of(subject) if permission in _CHANGES else None
    return why_kept(plan.status) if plan is not None else ""


def asks_for_change() -> bool:
    """Whether the page of this request takes a form; what can only be read is read of a plan that is over, too."""
    return request.url_rule is not None and "POST" in (request.url_rule.methods or ())


def _plan_of(subject: object) -> Plan | None:
    """Return the plan that a subject is, or belongs to; nothing for what belongs to none."""
    while subject is not None and not isinstance(subject, Plan):
        plan_id = getattr(subject, "plan_id", None)
        if plan_id is not None:
            return db_session().get(Plan, plan_id)
        subject = next((getattr(subject, name) for name in _WHOLES if hasattr(subject, name)), None)
    return subject
