"""A form left open while the plan is renumbered: what it says goes to the action it was opened for, or nowhere."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import A_THURSDAY
from tests.support.builders.people import a_person
from tests.support.builders.plans import a_plan, an_action, an_area, an_update
from tests.support.checked_client import PASSWORD, CheckedClient
from tests.support.forms import forms_in
from tracker.people.models import LeadParty, LeadPartyMember, Person
from tracker.people.rules import Role
from tracker.plans.commands.editing import remove_action
from tracker.plans.commands.numbering import move_action, renumber_plan
from tracker.plans.models import Action, Evidence, Plan, SignOff, Update, UpdateDraft

Read = Callable[..., str]


@pytest.fixture
def plan(session: Session, tom: Person) -> Plan:
    """1.1 First, 1.2 Second and 1.3 Last: alike in everything, and without milestones that would tell them apart."""
    made = a_plan(session, slug="plan")
    an_area(session, made)
    an_area(session, made, title="Early help")
    for title in ("First", "Second", "Last"):
        an_action(session, made, area=None, ref=None, title=title, due=None, lead=tom)
    return made


def titled(session: Session, title: str) -> Action:
    session.rollback()
    session.expire_all()
    return session.scalars(select(Action).where(Action.title == title)).one()


def renumber(session: Session, plan: Plan, office: Person, title: str, to: str) -> None:
    move_action(session, plan, titled(session, title), to=to, by=office, version=plan.version)
    renumber_plan(session, plan, by=office, version=plan.version)
    session.commit()


def written_of(session: Session, kind: type[Update | Evidence | SignOff | UpdateDraft]) -> list[str]:
    session.rollback()
    return list(session.scalars(select(Action.title).join(kind, kind.action_id == Action.id)))


def test_an_update_is_saved_for_the_action_whose_form_was_open(
    *, read: Read, session: Session, client: CheckedClient, tom: Person, office: Person, plan: Plan
) -> None:
    read(tom, plan, "/1.1")
    renumber(session, plan, office, "Second", to="1.1")
    client.submit({"declared": "G", "happened": "It goes well"}, button="Save update")
    assert "Update saved: 1.2" in client.text
    assert "1.1 is now 1.2. What you sent was for 1.2" in client.text
    assert written_of(session, Update) == ["First"]


def test_a_number_that_nobody_has_any_more_leads_its_form_on(
    *, read: Read, session: Session, client: CheckedClient, tom: Person, office: Person, plan: Plan
) -> None:
    read(tom, plan, "/1.3/evidence/add")
    renumber(session, plan, office, "Last", to="2")
    client.submit({"evidence": "The minutes"}, button="Add this evidence")
    assert "Evidence added to 2.1" in client.text
    assert written_of(session, Evidence) == ["Last"]


@pytest.mark.parametrize(
    ("path", "said", "button"),
    [
        ("/1.1/decide/withdraw", {"reason": "The grant was refused"}, "Withdraw 1.1"),
        ("/1.1/edit", {"title": "First of all"}, "Save"),
    ],
)
def test_a_decision_and_an_edit_are_not_taken_for_another_action_of_the_same_version(
    *,
    read: Read,
    session: Session,
    client: CheckedClient,
    office: Person,
    plan: Plan,
    path: str,
    said: dict[str, str],
    button: str,
) -> None:
    read(office, plan, path)
    renumber(session, plan, office, "Second", to="1.1")
    second = titled(session, "Second")
    before = (second.state, second.title)
    client.submit(said, button=button)
    assert client.answer is not None
    # Its number is a part of the action, so that the form is an older one: it comes back with its words.
    assert client.answer.status_code == 409
    assert "1.2" in client.text
    assert next(iter(said.values())) in client.answer.text
    second = titled(session, "Second")
    assert (second.state, second.title) == before
    assert written_of(session, SignOff) == []


def test_nothing_changed_on_the_list_of_own_actions_is_said_of_the_right_one(
    *, session: Session, client: CheckedClient, tom: Person, office: Person, plan: Plan
) -> None:
    session.commit()
    for title in ("First", "Second", "Last"):
        an_update(session, titled(session, title), by=tom, on="-60d")
        session.commit()
    client.sign_in(tom)
    client.get("/my/actions?show=all")
    first = str(titled(session, "First").id)
    form = next(one for one in forms_in(client.page) if one.action.endswith("/1.1/no-change"))
    assert form.sent["about_action"] == [first]
    renumber(session, plan, office, "Second", to="1.1")
    client.post(form.action, data=form.filled({}), follow_redirects=True)
    assert "1.2" in client.text
    assert sorted(written_of(session, Update)) == ["First", "First", "Last", "Second"]


def test_a_draft_kept_by_the_script_goes_to_the_right_action(
    *, read: Read, session: Session, client: CheckedClient, tom: Person, office: Person, plan: Plan
) -> None:
    read(tom, plan, "/1.1")
    sent = client.form("declared", "happened").filled({"happened": "Half a sentence"})
    renumber(session, plan, office, "Second", to="1.1")
    answer = client.post("/plans/plan/1.1/draft", data=sent, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    assert written_of(session, UpdateDraft) == ["First"]


@pytest.mark.parametrize("said", ["", "x", "-1", "0", "999999999", "9" * 40, "１", "\x00"])
def test_a_form_for_no_action_of_the_plan_is_refused_with_its_words(
    *, read: Read, session: Session, client: CheckedClient, tom: Person, plan: Plan, said: str
) -> None:
    read(tom, plan, "/1.1")
    sent = client.form("declared", "happened").filled({"declared": "G", "happened": "It goes well"})
    answer = client.post("/plans/plan/1.1/update", data={**sent, "about_action": said})
    assert answer.status_code == 409
    assert "It goes well" in client.text
    assert written_of(session, Update) == []


def test_a_form_for_an_action_that_was_removed_writes_to_no_other(
    *, read: Read, session: Session, client: CheckedClient, office: Person
) -> None:
    draft = a_plan(session, slug="draft", approved_on=None)
    an_action(session, draft, title="Gone", due=None)
    an_action(session, draft, title="Staying", due=None)
    read(office, draft, "/1.1/edit")
    gone = titled(session, "Gone")
    remove_action(session, gone, by=office, version=gone.version)
    renumber_plan(session, draft, by=office, version=draft.version)
    session.commit()
    client.submit({"title": "Mine and nobody else's"})
    assert client.answer is not None
    assert client.answer.status_code == 409
    assert "Mine and nobody else" in client.text
    assert titled(session, "Staying").ref == "1.1"


def test_a_form_does_not_lead_to_an_action_that_its_sender_may_not_read(
    *, session: Session, client: CheckedClient, office: Person, plan: Plan
) -> None:
    partner = a_person(session, Role.LEAD, "Pat Partner", scope={"is_partner": True})
    own = an_action(session, plan, title="Own", due=None, lead="Own partner")
    party = session.scalars(select(LeadParty).where(LeadParty.name == "Own partner")).one()
    session.add(LeadPartyMember(party_id=party.id, person_id=partner.id))
    session.commit()
    client.sign_in(partner)
    client.get(f"/plans/plan/{own.ref}")
    sent = client.form("declared", "happened").filled({"declared": "G", "happened": "Tried"})
    answer = client.post(
        f"/plans/plan/{own.ref}/update", data={**sent, "about_action": str(titled(session, "First").id)}
    )
    assert answer.status_code == 409
    assert written_of(session, Update) == []


def test_what_was_held_while_signed_out_waits_for_its_own_action(
    *,
    read: Read,
    session: Session,
    client: CheckedClient,
    tom: Person,
    office: Person,
    plan: Plan,
    clock_at: Callable[[datetime], object],
) -> None:
    read(tom, plan, "/1.1")
    sent = client.form("declared", "happened").filled({"declared": "G", "happened": "It goes well"})
    clock_at(A_THURSDAY + timedelta(hours=1))
    client.post("/plans/plan/1.1/update", data=sent, follow_redirects=True)
    assert client.heading == "Sign in"
    renumber(session, plan, office, "Second", to="1.1")
    client.submit({"email": tom.email, "password": PASSWORD})
    assert client.heading == "You were signed out. Your text is here and is not saved yet"
    client.submit(button="Save it now")
    assert "Update saved: 1.2" in client.text
    assert written_of(session, Update) == ["First"]
