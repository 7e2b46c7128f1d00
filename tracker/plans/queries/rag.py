"""The delivery rule as one SQL expression over the dates stored with an action; tests prove that it agrees (A0)."""

from datetime import date

from sqlalchemy import ColumnElement, and_, case, not_, or_

from tracker.plans.models import Action
from tracker.plans.rules.rag import Rag


def effective_rag(day: date) -> ColumnElement[str]:
    """Return the worse of the computed and the declared code on a day; closed states ignore declarations (A5).

    An approved override makes the computed code better until its last day.
    """
    to_amber, to_green = _overridden(Rag.AMBER, day), _overridden(Rag.GREEN, day)
    is_red = and_(Action.red_from <= day, not_(to_amber), not_(to_green))
    is_amber = and_(or_(Action.amber_from <= day, Action.red_from <= day), not_(to_green))
    return case(
        (Action.closed_code.is_not(None), Action.closed_code),
        (or_(is_red, Action.declared_code == Rag.RED.value), Rag.RED.value),
        (or_(is_amber, Action.declared_code == Rag.AMBER.value), Rag.AMBER.value),
        (and_(Action.is_unscheduled, not_(to_green)), Rag.NOT_SCHEDULED.value),
        else_=Rag.GREEN.value,
    )


def _overridden(value: Rag, day: date) -> ColumnElement[bool]:
    """Return whether an override to this code counts on a day: true or false, never unknown."""
    return and_(
        Action.override_code.is_not(None),
        Action.override_until.is_not(None),
        Action.override_code == value.value,
        Action.override_until >= day,
    )
