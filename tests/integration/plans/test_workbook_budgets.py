"""What the two posts of a workbook ask of the database for each of its rows: both hold the right to write meanwhile."""

from datetime import date

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.support.builders.plans import a_plan, an_action, an_area, an_update
from tests.support.checked_client import CheckedClient
from tests.support.files.workbooks import filled
from tests.support.queries import queries_of
from tests.support.workbooks import bring, take
from tracker.people.models import Person
from tracker.plans.models import Action, Plan, Update

GREEN = {"How is it now?": "Green", "What has happened?": "Nine offers were made", "What shows it?": "The offers"}
MOVED = {"New date": "30 Jun 2027", "Why has it moved?": "Nobody applied"}
FEW, MANY = 2, 22


@pytest.fixture
def plan(session: Session, tom: Person) -> Plan:
    """Each action was updated once and has one milestone."""
    made = a_plan(session, slug="plan", approved_on=date(2026, 1, 13))
    area = an_area(session, made)
    for _ in range(MANY):
        an_update(session, an_action(session, made, area=area, lead=tom), by=tom)
    session.commit()
    return made


@pytest.mark.parametrize(("milestones", "to_compare", "to_save"), [(False, 6, 5), (True, 10, 9)])
def test_a_row_costs_a_few_statements_to_compare_and_to_save(
    *,
    client: CheckedClient,
    session: Session,
    tom: Person,
    plan: Plan,
    engine: Engine,
    milestones: bool,
    to_compare: int,
    to_save: int,
) -> None:
    compared, saved = [], []
    for number in (FEW, MANY):
        refs = session.scalars(select(Action.ref).order_by(Action.position).limit(number)).all()
        session.commit()
        cells = dict.fromkeys(refs, GREEN) | ({f"{ref} (1)": MOVED for ref in refs} if milestones else {})
        data = filled(take(client, tom), cells)
        with queries_of(engine) as asked:
            bring(client, data)
        compared.append(len(asked))
        with queries_of(engine) as asked:
            client.submit(button=f"Save {number} updates")
        saved.append(len(asked))
        assert f"Saved {number} updates" in client.text
    assert compared[1] - compared[0] <= to_compare * (MANY - FEW)
    assert saved[1] - saved[0] <= to_save * (MANY - FEW)
    assert len(session.scalars(select(Update.id)).all()) == MANY + FEW + MANY
