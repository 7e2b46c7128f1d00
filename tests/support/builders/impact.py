"""Makes links between themes and actions for tests, through the command."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tests.support.builders.people import a_person
from tests.support.builders.plans import Day, a_day
from tracker.audits.models import Theme
from tracker.impact import commands
from tracker.impact.models import ThemeAction
from tracker.impact.rules import Relation
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.models import Action


def a_link(
    session: Session,
    theme: Theme,
    action: Action,
    *,
    relation: Relation = Relation.ADDRESSES,
    why: str = "The guide says how to weigh what is known.",
    on: Day = None,
    by: Person | None = None,
) -> ThemeAction:
    """Link a theme to an action, today or on the day given, by the office unless the test says by whom."""
    return commands.link_theme(
        session, theme, action, relation=relation, why=why, by=by or _office(session), on=a_day(on)
    )


def _office(session: Session) -> Person:
    known = session.scalar(select(Person).where(Person.name == "Grace Adeyemi").options(selectinload(Person.grants)))
    return known or a_person(session, Role.OFFICE, "Grace Adeyemi")
