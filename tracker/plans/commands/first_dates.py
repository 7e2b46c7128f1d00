"""The first date of a milestone, and since when what comes into a plan later is in it; moving dates is beside."""

from datetime import date
from typing import Any

from tracker.core import clock
from tracker.core.text import shortened
from tracker.plans.models import Action, Milestone, Plan
from tracker.plans.rules.dates import TargetDate

_LONGEST_BODY = 200


def first_date(read: TargetDate) -> dict[str, Any]:
    """Return the columns of a milestone that a date fills which is its first one, and its current one until moved."""
    return {
        "kind": read.kind,
        "date_text": read.text,
        "precision": read.precision,
        "first_due": read.due,
        "due": read.due,
        "every_months": read.every_months,
        "every_weeks": read.every_weeks,
        "waits_on": shortened(read.waits_on, _LONGEST_BODY) if read.waits_on else None,
    }


def set_first_date(milestone: Milestone, read: TargetDate) -> None:
    """Give a milestone of a draft another first date: nobody has approved the one before."""
    for name, value in first_date(read).items():
        setattr(milestone, name, value)


def in_plan_since(plan: Plan) -> date | None:
    """Return today for an action that comes into a plan after its approval: as at an earlier day it is not there."""
    return _today_if_later(plan.approved_on)


def in_action_since(plan: Plan, action: Action) -> date | None:
    """Return today for a milestone that comes later than its action, whose clock then starts today; else nothing."""
    if plan.approved_on is None:
        return None
    return _today_if_later(max(plan.approved_on, action.approved_on or plan.approved_on))


def _today_if_later(approved_on: date | None) -> date | None:
    today = clock.today()
    return today if approved_on is not None and approved_on < today else None
