"""What tests of the pages of themes share: a plan with two actions, and audits of four months by one auditor."""

from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_sent_audit, a_theme, month_before
from tests.support.builders.impact import a_link
from tests.support.builders.people import a_person
from tests.support.builders.plans import a_plan, an_action
from tracker.audits.models import Theme
from tracker.impact.models import ThemeAction
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.models import Action, Plan

SECRET = "Say who weighs the history"


@dataclass
class Loop:
    """One theme that is linked to one of two actions, and people of every role."""

    theme: Theme
    plan: Plan
    linked: Action
    alone: Action
    link: ThemeAction
    auditor: Person
    people: dict[Role, Person]


@pytest.fixture
def loop(session: Session) -> Loop:
    people = {role: a_person(session, role, f"Person {role}") for role in Role}
    auditor = a_person(session, Role.AUDITOR, "Ruth Osei")
    theme = a_theme(session)
    for months in (3, 1, 0):
        a_sent_audit(
            session,
            auditor=auditor,
            code=f"CP-10{months}",
            on=month_before(months),
            developments={"assessment": SECRET},
            strengths={"fathers": "He was asked"},
        )
    plan = a_plan(session, slug="plan-2026")
    linked = an_action(session, plan, ref="15.1", title="Agree a standard", lead="Joanne Pike", due="-10d")
    alone = an_action(session, plan, ref="2.1", title="Check supervision")
    link = a_link(session, theme, linked, by=people[Role.OFFICE], on="-20d")
    session.commit()
    return Loop(theme, plan, linked, alone, link, auditor, people)
