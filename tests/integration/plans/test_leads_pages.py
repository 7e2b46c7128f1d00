"""The load of leads, who helps with an action, and what the lead of a partner sees: own actions and nothing else."""

from datetime import date

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_lead, a_plan, an_action, an_area, an_update
from tests.support.checked_client import CheckedClient
from tests.support.queries import queries_of
from tracker.people.models import Person
from tracker.people.rules import PartyKind, Role
from tracker.plans.models import Action, ActionLead, Plan


@pytest.fixture
def plan(session: Session, today: date) -> Plan:
    return a_plan(session, slug="plan", title="Improvement plan 2026")


@pytest.fixture
def priya(session: Session, plan: Plan) -> Person:
    return a_person(session, Role.LEAD, "Priya Nair")


@pytest.fixture
def office(session: Session, client: CheckedClient, plan: Plan) -> Person:
    person = a_person(session, Role.OFFICE, "Ola Berg")
    session.commit()
    client.sign_in(person)
    return person


def rows(client: CheckedClient) -> list[list[str]]:
    body = next(client.page.iter("tbody"))
    return [["".join(cell.itertext()).split("\n")[0].strip() for cell in row] for row in body]


def test_each_lead_has_a_row_with_what_they_carry_the_most_red_first(
    client: CheckedClient, session: Session, plan: Plan, priya: Person, office: Person
) -> None:
    an_action(session, plan, lead="Tom Baker", due="-40d")
    first = an_action(session, plan, lead=priya)
    an_action(session, plan, lead=priya, due="-10d")
    an_action(session, plan, lead=None)
    an_update(session, first, by=priya, on="-3d")
    session.commit()
    client.get("/plans/plan/leads")
    found = rows(client)
    assert [row[0] for row in found] == ["Tom Baker", "Priya Nair", "No lead is named"]
    assert found[0][1:7] == ["1", "0", "1", "1", "1", "None yet"]
    assert found[1][1:7] == ["2", "0", "1", "0", "1", "23 Nov 2026"]
    for words in ("For 1 lead nobody may write updates.", "1 action has no lead.", "Nobody may update"):
        assert words in client.text


def test_the_same_rows_leave_as_a_file_and_a_lead_takes_only_their_own(
    client: CheckedClient, session: Session, plan: Plan, priya: Person, office: Person
) -> None:
    an_action(session, plan, lead=priya)
    an_action(session, plan, lead="=Tom Baker")
    session.commit()
    whole = client.get("/plans/plan/leads.csv").text
    assert "Priya Nair" in whole
    assert "'=Tom Baker" in whole
    own = CheckedClient(client.application)
    own.sign_in(priya)
    assert "Tom" not in own.get("/plans/plan/leads.csv").text


def test_readers_without_names_see_no_leads(client: CheckedClient, session: Session, plan: Plan) -> None:
    viewer = a_person(session, Role.VIEWER, "A Viewer")
    session.commit()
    client.sign_in(viewer)
    assert client.get("/plans/plan/leads").status_code == 403
    assert client.get("/plans/plan/leads.csv").status_code == 403


def test_the_page_asks_no_more_for_many_leads_than_for_few(
    client: CheckedClient, session: Session, plan: Plan, office: Person, engine: Engine
) -> None:
    counts, area = [], an_area(session, plan)
    for many in (3, 110):
        for number in range(many):
            an_action(session, plan, area=area, ref=f"{many}.{number}", lead=f"Lead {many} {number}")
        session.commit()
        with queries_of(engine) as asked:
            client.get("/plans/plan/leads")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12
    assert "1 to 100 of 113" in client.text


def test_somebody_is_added_who_helps_and_taken_away_again(
    client: CheckedClient, session: Session, plan: Plan, priya: Person, office: Person
) -> None:
    action = an_action(session, plan, lead="Tom Baker", ref="1.1")
    party = a_lead(session, priya)
    session.commit()
    client.get("/plans/plan/1.1/contributors")
    client.submit({"party": str(party.id)})
    assert "Priya Nair now helps with 1.1" in client.text
    mine = CheckedClient(client.application)
    mine.sign_in(priya)
    mine.get("/my/actions")
    assert "I am helping with (1)" in mine.text
    again = client.post("/plans/plan/1.1/contributors", data=client.form("party").filled({"party": str(party.id)}))
    assert again.status_code == 409
    client.get("/plans/plan/1.1/contributors")
    client.submit(button="End now")
    assert "Priya Nair no longer helps with 1.1" in client.text
    session.expire_all()
    assert len(session.scalars(select(ActionLead).where(ActionLead.action_id == action.id)).all()) == 1


@pytest.mark.parametrize("party", ["", "999", "x", "\x00"])
def test_nobody_helps_who_is_no_lead(
    client: CheckedClient, session: Session, plan: Plan, office: Person, party: str
) -> None:
    an_action(session, plan, ref="1.1")
    session.commit()
    client.get("/plans/plan/1.1/contributors")
    answer = client.post("/plans/plan/1.1/contributors", data={**client.form("party").filled({}), "party": party})
    assert answer.status_code == 422


def test_the_accountable_lead_cannot_be_taken_away(
    client: CheckedClient, session: Session, plan: Plan, office: Person
) -> None:
    an_action(session, plan, ref="1.1")
    session.commit()
    client.get("/plans/plan/1.1/contributors")
    party = session.scalars(select(ActionLead.party_id)).one()
    answer = client.post(f"/plans/plan/1.1/contributors/{party}/end", data=client.form("party").filled({}))
    assert answer.status_code == 409
    assert session.scalars(select(ActionLead.party_id)).all() == [party]


@pytest.fixture
def partner(session: Session, client: CheckedClient, plan: Plan) -> Person:
    """The lead of a partner, signed in, who leads 1.1; 1.2 is somebody else's and waits for it."""
    person = a_person(session, Role.LEAD, "Pat Partner", scope={"is_partner": True})
    an_action(session, plan, ref="1.1", title="Partner reads the guide", lead=person)
    an_action(session, plan, ref="1.2", title="Council secret step", lead=a_lead(session, "Zed", kind=PartyKind.TEAM))
    session.commit()
    client.sign_in(person)
    return person


def test_the_lead_of_a_partner_lands_on_own_actions_and_updates_them(
    client: CheckedClient, session: Session, partner: Person
) -> None:
    client.get("/", follow_redirects=True)
    assert "1.1 Partner reads the guide" in client.text
    client.get("/plans/plan/1.1")
    assert client.heading == "1.1 Partner reads the guide"
    assert "Council secret step" not in client.text
    client.get("/plans/plan/1.1/update")
    client.submit({"declared": "G", "happened": "Read by two teams"}, button="Save update")
    assert "Update saved: 1.1" in client.text
    assert client.get("/my/settings").status_code == 200
    assert not {"Plans", "Themes"} & {"".join(link.itertext()).strip() for link in client.page.iter("a")}


@pytest.mark.parametrize(
    "address",
    [
        "/plans/plan",
        "/plans/plan/actions",
        "/plans/plan/actions.csv",
        "/plans/plan/areas/1",
        "/plans/plan/changes",
        "/plans/plan/changes.csv",
        "/plans/plan/print",
        "/plans/plan/leads",
        "/plans/plan/leads.xlsx",
        "/plans/plan/reports",
        "/plans/plan/1.2",
        "/plans/plan/1.2/update",
        "/themes",
        "/themes/supervision",
    ],
)
def test_everything_around_it_is_refused_to_the_lead_of_a_partner(
    client: CheckedClient, partner: Person, address: str
) -> None:
    assert client.get(address).status_code in {403, 404}


def test_lists_and_search_show_the_lead_of_a_partner_nothing_else(
    client: CheckedClient, session: Session, partner: Person
) -> None:
    for address in ("/plans", "/search?q=secret", "/search?q=guide", "/my/actions?show=all"):
        client.get(address)
        assert "Council secret step" not in client.text, address
    assert session.scalars(select(Action)).all()
