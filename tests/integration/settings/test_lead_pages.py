"""Leads in person: suggestions, holders of posts, who is away, and leads that have left."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_lead, a_plan, an_action
from tests.support.checked_client import CheckedClient
from tracker.people.models import Deputy, LeadParty, LeadPartyMember, Person, PostHolding
from tracker.people.rules import PartyKind, Role
from tracker.plans.models import Action


@pytest.fixture
def office(session: Session, client: CheckedClient, today: date) -> Person:
    person = a_person(session, Role.OFFICE, "Ola Berg")
    session.commit()
    client.sign_in(person)
    return person


def test_a_lead_without_anybody_is_offered_whose_name_is_alike_and_nobody_is_linked_unasked(
    client: CheckedClient, session: Session, office: Person
) -> None:
    priya = a_person(session, Role.LEAD, "Priya Nair")
    a_lead(session, "P. Nair")
    a_lead(session, "Director of Finance", kind=PartyKind.POST)
    session.commit()
    client.get("/settings/leads")
    assert "Link Priya Nair" in client.text
    assert session.scalars(select(LeadPartyMember)).all() == []
    client.submit(button="Link Priya Nair")
    assert "Priya Nair may now update for P. Nair" in client.text
    assert session.scalars(select(LeadPartyMember.person_id)).all() == [priya.id]


def test_who_holds_a_post_is_said_and_ended(client: CheckedClient, session: Session, office: Person) -> None:
    priya = a_person(session, Role.LEAD, "Priya Nair")
    post = a_lead(session, "Head of Safeguarding", kind=PartyKind.POST)
    session.commit()
    client.get(f"/settings/leads/{post.id}")
    client.submit({"holder": str(priya.id), "starts_on": "1 Nov 2026"})
    assert "Priya Nair holds Head of Safeguarding" in client.text
    client.get("/settings/leads")
    assert "Somebody may update for every lead." in client.text
    client.get(f"/settings/leads/{post.id}")
    client.submit(button="End now")
    assert session.scalars(select(PostHolding.ends_on)).all() == [date(2026, 11, 25)]


def test_the_holder_of_a_post_writes_its_update(client: CheckedClient, session: Session, today: date) -> None:
    priya = a_person(session, Role.LEAD, "Priya Nair")
    post = a_lead(session, "Head of Safeguarding", kind=PartyKind.POST)
    action = an_action(session, a_plan(session, slug="plan"), lead=post, ref="1.1")
    session.add(PostHolding(party_id=post.id, person_id=priya.id, starts_on=today))
    session.commit()
    client.sign_in(priya)
    client.get("/my/actions")
    assert f"1.1 {action.title}" in client.text
    client.get("/plans/plan/1.1/update")
    client.submit({"declared": "G", "happened": "Two posts are filled"}, button="Save update")
    assert "Update saved: 1.1" in client.text


def test_grace_covers_tom_and_her_update_names_him(client: CheckedClient, session: Session, office: Person) -> None:
    tom, grace = a_person(session, Role.LEAD, "Tom Baker"), a_person(session, Role.LEAD, "Grace Adeyemi")
    an_action(session, a_plan(session, slug="plan"), lead=tom, ref="1.1")
    session.commit()
    client.get("/settings/absences")
    client.submit({"person": str(tom.id), "deputy": str(grace.id), "ends_on": "4 Jan 2027"})
    assert "Grace Adeyemi covers Tom Baker until 4 January 2027" in client.text
    other = CheckedClient(client.application)
    other.sign_in(grace)
    other.get("/my/actions")
    assert "for Tom Baker, who is away" in other.text
    other.get("/plans/plan/1.1/update")
    other.submit({"declared": "G", "happened": "Two posts are filled"}, button="Save update")
    assert "Update saved: 1.1" in other.text
    other.get("/plans/plan/1.1")
    assert "Tom Baker" in other.text
    client.get("/settings/absences")
    client.submit(button="End now")
    assert "Grace Adeyemi no longer covers Tom Baker" in client.text
    assert session.scalars(select(Deputy)).all() == []
    assert other.get("/plans/plan/1.1/update").status_code == 403


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"person": ""}, "Choose a person from the list"),
        ({"deputy": "999"}, "Choose one from the list"),
        ({"ends_on": ""}, "Enter the last day"),
        ({"ends_on": "1 Nov 2026"}, "The last day must be on or after the first"),
    ],
)
def test_a_cover_that_cannot_be_is_said_beside_its_field(
    client: CheckedClient, session: Session, office: Person, typed: dict[str, str], words: str
) -> None:
    tom, grace = a_person(session, Role.LEAD, "Tom Baker"), a_person(session, Role.LEAD, "Grace Adeyemi")
    session.commit()
    client.get("/settings/absences")
    right = {"person": str(tom.id), "deputy": str(grace.id), "starts_on": "26 Nov 2026", "ends_on": "4 Jan 2027"}
    answer = client.post("/settings/absences", data={**client.form("deputy").filled(right), **typed})
    assert answer.status_code in {409, 422}
    assert words in client.text
    assert session.scalars(select(Deputy)).all() == []


def test_a_lead_who_has_left_turns_actions_amber_and_comes_back(
    client: CheckedClient, session: Session, office: Person, today: date
) -> None:
    action = an_action(session, a_plan(session, slug="plan"), lead="Tom Baker", ref="1.1")
    party = session.scalars(select(LeadParty)).one()
    session.commit()
    client.get(f"/settings/leads/{party.id}")
    client.submit({"left_on": "20 Nov 2026"})
    assert "1 live action then has no lead." in client.text
    client.get("/plans/plan/1.1")
    assert "The lead left on 20 November 2026" in client.text
    session.expire_all()
    assert session.get_one(Action, action.id).amber_from == date(2026, 11, 20)
    client.get(f"/settings/leads/{party.id}")
    client.submit(button="This lead is back")
    session.expire_all()
    amber_from = session.get_one(Action, action.id).amber_from
    assert amber_from is None or amber_from > today


def test_whoever_is_deactivated_leaves_their_leads_and_takes_them_up_again(
    client: CheckedClient, session: Session, today: date
) -> None:
    admin = a_person(session, Role.ADMIN, "Neil Foster", also=(Role.OFFICE,))
    tom = a_person(session, Role.LEAD, "Tom Baker")
    an_action(session, a_plan(session, slug="plan"), lead=tom, ref="1.1")
    session.commit()
    client.sign_in(admin)
    client.get(f"/settings/people/{tom.id}")
    client.submit(button="Deactivate")
    assert "1 action now without a lead." in client.text
    assert "Not active since 26 Nov 2026" in client.text
    party = session.scalars(select(LeadParty)).one()
    session.refresh(party)
    assert party.left_on == today
    assert session.scalars(select(LeadPartyMember.ends_on)).all() == [None]
    client.get(f"/settings/leads/{party.id}")
    assert "Tom Baker, left 26 Nov 2026" in client.text
    client.get(f"/settings/people/{tom.id}")
    client.submit(button="Let sign in again")
    session.refresh(party)
    assert party.left_on is None


def test_a_lead_whom_somebody_else_may_update_for_stays(client: CheckedClient, session: Session, today: date) -> None:
    admin = a_person(session, Role.ADMIN, "Neil Foster")
    tom, grace = a_person(session, Role.LEAD, "Tom Baker"), a_person(session, Role.LEAD, "Grace Adeyemi")
    party = a_lead(session, tom)
    session.add(LeadPartyMember(party_id=party.id, person_id=grace.id, ends_on=today + timedelta(days=9)))
    session.commit()
    client.sign_in(admin)
    client.get(f"/settings/people/{tom.id}")
    client.submit(button="Deactivate")
    session.refresh(party)
    assert party.left_on is None
