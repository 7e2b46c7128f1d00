"""Settling what an import doubted, and opening it again; the doubt stays, with the day on which it was settled."""

from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.people.models import Person
from tracker.plans.commands.deciding import refuse_over
from tracker.plans.models import ImportDoubt


def settle_doubt(session: Session, doubt: ImportDoubt, *, by: Person) -> None:
    """Record that somebody settled a doubt; settling it twice changes nothing."""
    refuse_over(session, doubt.plan_id)
    if doubt.settled_on is None:
        doubt.settled_on, doubt.changed_by = clock.today(), by.id
        session.flush()


def open_doubt(session: Session, doubt: ImportDoubt, *, by: Person) -> None:
    """Take back that a doubt was settled; the change log keeps who settled it and when."""
    refuse_over(session, doubt.plan_id)
    if doubt.settled_on is not None:
        doubt.settled_on, doubt.changed_by = None, by.id
        session.flush()
