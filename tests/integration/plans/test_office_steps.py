"""What the office puts right in one step: its own dates agreed with the update, another lead, a doubt opened again."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.integration.plans.conftest import Read
from tests.support.builders.people import a_person
from tests.support.builders.plans import a_lead, a_plan, an_action
from tests.support.checked_client import CheckedClient
from tracker.people.models import LeadParty, Person
from tracker.people.policy import Permission, may
from tracker.people.queries import person as whole_person
from tracker.people.rules import Role
from tracker.plans.commands.evidence import add_evidence
from tracker.plans.models import Action, ActionLead, DateChange, ImportDoubt, Milestone, Plan
from tracker.plans.queries.action import date_change_at, update_at
from tracker.plans.queries.evidence import evidence_at
from tracker.plans.rules.states import DateChangeState


@pytest.fixture
def plan(session: Session, tom: Person) -> Plan:
    return a_plan(session, slug="plan", approved_on=date(2026, 1, 13))


@pytest.fixture
def action(session: Session, plan: Plan, tom: Person) -> Action:
    return an_action(session, plan, title="Start stage 1", due="-19d", lead=tom)


def leads_of(session: Session, action: Action) -> list[str]:
    session.expire_all()
    query = select(LeadParty.name).join(ActionLead, ActionLead.party_id == LeadParty.id)
    return list(session.scalars(query.where(ActionLead.action_id == action.id).order_by(ActionLead.position)))


def moved(session: Session, action: Action, **more: str) -> dict[str, str]:
    number = session.scalars(select(Milestone.id).where(Milestone.action_id == action.id)).one()
    return {
        "declared": "A",
        "why": "Posts are vacant",
        "doing": "Interviews",
        f"m{number}_new_date": "4 Dec 2026",
        f"m{number}_code": "recruitment",
        f"m{number}_because": "The panel sits in January",
        **more,
    }


@pytest.mark.parametrize(
    ("more", "state"), [({"agrees_dates": "y"}, DateChangeState.APPROVED), ({}, DateChangeState.ASKED)]
)
def test_the_office_agrees_a_date_with_the_update_that_asks_for_it(
    *,
    read: Read,
    session: Session,
    client: CheckedClient,
    office: Person,
    action: Action,
    plan: Plan,
    more: dict[str, str],
    state: DateChangeState,
) -> None:
    read(office, plan, "/1.1")
    client.submit(moved(session, action, **more), button="Save update")
    change = session.scalars(select(DateChange)).one()
    due = session.scalars(select(Milestone.due)).one()
    assert (change.state, due == date(2026, 12, 4)) == (state, state is DateChangeState.APPROVED)


def test_a_lead_agrees_no_date_of_an_own_action_whatever_is_sent(
    *, read: Read, session: Session, client: CheckedClient, tom: Person, action: Action, plan: Plan
) -> None:
    assert "Agree the new dates at once" not in read(tom, plan, "/1.1")
    sent = client.form("declared", "why").filled(moved(session, action))
    client.post("/plans/plan/1.1/update", data={**sent, "agrees_dates": "y"})
    assert session.scalars(select(DateChange.state)).one() is DateChangeState.ASKED


@pytest.mark.parametrize(("stays", "leads"), [({}, ["Ola Berg"]), ({"stays": "y"}, ["Ola Berg", "Tom Whitcombe"])])
def test_another_lead_becomes_accountable(
    *,
    read: Read,
    session: Session,
    client: CheckedClient,
    office: Person,
    action: Action,
    plan: Plan,
    stays: dict[str, str],
    leads: list[str],
) -> None:
    party = a_lead(session, "Ola Berg")
    read(office, plan, "/1.1/contributors")
    client.submit({"accountable": str(party.id), **stays}, button="Change the lead")
    assert "Ola Berg is now accountable for 1.1" in client.text
    assert leads_of(session, action) == leads


def test_a_change_of_lead_upon_an_older_page_is_told(
    *, read: Read, session: Session, client: CheckedClient, office: Person, action: Action, plan: Plan
) -> None:
    party = a_lead(session, "Ola Berg")
    read(office, plan, "/1.1/contributors")
    sent = client.form("accountable").filled({"accountable": str(party.id)})
    address = "/plans/plan/1.1/contributors/lead"
    assert client.post(address, data={**sent, "version": "0"}).status_code == 409
    assert client.post(address, data={**sent, "accountable": "999"}).status_code == 422
    assert leads_of(session, action) == ["Tom Whitcombe"]


def test_a_lead_may_not_hand_an_action_on(
    read: Read, client: CheckedClient, tom: Person, action: Action, plan: Plan
) -> None:
    read(tom, plan, "/1.1")
    assert client.post("/plans/plan/1.1/contributors/lead", data={}).status_code in {400, 403}
    assert client.get("/plans/plan/1.1/contributors").status_code == 403


def test_a_doubt_settled_by_mistake_is_opened_again(
    read: Read, session: Session, client: CheckedClient, office: Person, plan: Plan
) -> None:
    doubt = ImportDoubt(plan_id=plan.id, position=1, code="undated", ref=None, line=7, message="No date was found")
    session.add(doubt)
    read(office, plan, "/checks")
    client.submit(button="Settle")
    assert "Settled: line 7" in client.text
    client.submit(button="Open again")
    assert "Things to check: 1 open" in client.text
    session.expire_all()
    assert doubt.settled_on is None


def test_a_part_of_an_action_is_judged_as_its_action(
    *, read: Read, session: Session, client: CheckedClient, office: Person, tom: Person, action: Action, plan: Plan
) -> None:
    read(tom, plan, "/1.1")
    client.submit(moved(session, action), button="Save update")
    piece = add_evidence(session, action, text="The minutes", by=office)
    other = a_person(session, Role.OFFICE, "Grace Adeyemi")
    session.commit()
    change = date_change_at(session, "plan", "1.1", session.scalars(select(DateChange.id)).one())
    update = update_at(session, "plan", "1.1", session.scalars(select(DateChange.update_id)).one() or 0)
    evidence = evidence_at(session, "plan", "1.1", piece.code)
    assert evidence_at(session, "plan", "1.2", piece.code) is None
    people = {name: whole_person(session, one.id) for name, one in (("o", office), ("t", tom), ("g", other))}
    found = {
        name: (
            may(person, Permission.DATE_APPROVE, change),
            may(person, Permission.ACTION_UPDATE, update),
            may(person, Permission.ACTION_ON_BEHALF, update),
            may(person, Permission.EVIDENCE_VERIFY, evidence),
        )
        for name, person in people.items()
    }
    assert found == {
        "o": (True, True, True, False),
        "t": (False, True, False, False),
        "g": (True, True, True, True),
    }
