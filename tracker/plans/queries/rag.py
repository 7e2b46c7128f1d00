"""The delivery rule as one SQL expression over the dates stored with an action; tests prove that it agrees (A0)."""

from datetime import date

from sqlalchemy import ColumnElement, case, or_

from tracker.plans.models import Action
from tracker.plans.rules.rag import Rag


def effective_rag(day: date) -> ColumnElement[str]:
    """Return the worse of the computed and the declared code on a day; closed states ignore declarations (A5)."""
    return case(
        (Action.closed_code.is_not(None), Action.closed_code),
        (or_(Action.red_from <= day, Action.declared_code == Rag.RED.value), Rag.RED.value),
        (or_(Action.amber_from <= day, Action.declared_code == Rag.AMBER.value), Rag.AMBER.value),
        (Action.is_unscheduled, Rag.NOT_SCHEDULED.value),
        else_=Rag.GREEN.value,
    )
