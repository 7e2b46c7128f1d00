"""How long an answer of an update may be: the command says so itself, whatever way an update comes in."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.plans import a_plan, an_action
from tracker.core.problems import Invalid, Several
from tracker.people.models import Person
from tracker.plans.commands.answers import Answer, MilestoneAnswer, Shown, Way, Words
from tracker.plans.commands.updates import save_update
from tracker.plans.models import Action, Milestone
from tracker.plans.rules.dates import read_target_date
from tracker.plans.rules.states import DeclaredRag


@pytest.fixture
def action(session: Session, tom: Person) -> Action:
    return an_action(session, a_plan(session, approved_on="-60d"), lead=tom)


def save(session: Session, action: Action, by: Person, **said: Any) -> None:
    red: dict[str, Any] = {"declared": DeclaredRag.RED, "words": Words("Nine offers", "Vacancies", "Interviews")}
    save_update(session, action, answer=Answer(**red | said), by=by)


@pytest.mark.parametrize(
    ("said", "field", "most"),
    [
        ({"words": Words("x" * 601, "Vacancies", "Interviews")}, "happened", 600),
        ({"words": Words("", "x" * 401, "Interviews")}, "why", 400),
        ({"words": Words("", "Vacancies", "x" * 401)}, "doing", 400),
        ({"words": Words("", "Vacancies", "Interviews", ask="x" * 401)}, "ask", 400),
        ({"evidence": (Shown("x" * 401),)}, "evidence", 400),
        ({"way": Way(on_behalf_of="x" * 201)}, "on_behalf_of", 200),
    ],
)
def test_an_answer_that_is_too_long_is_refused_beside_its_field(
    *, session: Session, action: Action, tom: Person, said: dict[str, Any], field: str, most: int
) -> None:
    with pytest.raises(Invalid, match=f"{most} characters or fewer") as refused:
        save(session, action, tom, **said)
    assert refused.value.field == field


def test_so_is_why_a_date_has_moved_with_all_else_that_is_too_long(
    session: Session, action: Action, tom: Person
) -> None:
    milestone = session.scalars(select(Milestone).where(Milestone.action_id == action.id)).one()
    later = read_target_date("30 Jun 2028", today=None)
    said = MilestoneAnswer(milestone, name="m1", new_date=later, because="x" * 201)
    with pytest.raises(Several) as refused:
        save(session, action, tom, milestones=(said,), words=Words("x" * 601, "Vacancies", "Interviews"))
    assert {problem.field for problem in refused.value.problems} == {"happened", "m1_because"}
