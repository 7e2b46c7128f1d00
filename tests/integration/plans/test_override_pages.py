"""An override through the pages: asked, refused to who may not, approved, shown with its mark, taken back."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_plan, an_action, an_area
from tests.support.checked_client import CheckedClient
from tracker.impact.commands import ask_override
from tracker.people.models import Person
from tracker.people.policy import Permission, may, visible
from tracker.people.rules import Role
from tracker.plans.commands.evidence import add_evidence
from tracker.plans.models import Action, Evidence, Override, Plan
from tracker.plans.queries.overrides import override_at
from tracker.plans.rules.overrides import OverrideState
from tracker.plans.rules.rag import Rag

Read = Callable[..., str]
WHY = "The last two posts are filled and start on Monday"
ASKED = {"value": "A", "reason": WHY}


@pytest.fixture
def plan(session: Session, tom: Person, meetings: None) -> Plan:
    made = a_plan(session, slug="plan", approved_on=date(2026, 1, 13))
    an_area(session, made)
    return made


@pytest.fixture
def action(session: Session, plan: Plan, tom: Person) -> Action:
    """Led by Tom and 37 days late on the day of the tests, so red."""
    return an_action(session, plan, title="Start stage 1", due="2026-10-20", lead=tom)


@pytest.fixture
def evidence(session: Session, action: Action, tom: Person) -> Evidence:
    return add_evidence(session, action, text="Both contracts are signed", by=tom)


@pytest.fixture
def override(session: Session, action: Action, evidence: Evidence, tom: Person) -> Override:
    return ask_override(session, action, value=Rag.AMBER, reason=WHY, evidence=evidence, by=tom)


def token_of(client: CheckedClient) -> str:
    return next(field.get("value", "") for field in client.page.iter("input") if field.get("name") == "csrf_token")


def overrides(session: Session) -> list[Override]:
    session.expire_all()
    return list(session.scalars(select(Override)))


def test_a_lead_asks_and_the_office_approves_one_step_until_the_next_meeting(
    *, read: Read, session: Session, client: CheckedClient, office: Person, tom: Person, plan: Plan, evidence: Evidence
) -> None:
    read(tom, plan, "/1.1")
    client.follow("Ask for a better rating than its dates say")
    client.submit({**ASKED, "evidence": evidence.code}, button="Ask for it")
    assert "Override asked for: 1.1" in client.text
    assert "Decide on the override" not in client.text
    text = read(office, plan, "/1.1")
    assert "It is one step better, so the programme office decides" in text
    client.follow("Decide on the override")
    client.submit({"note": "Seen the contracts"}, button="Approve the override")
    assert "Override approved: amber in place of red until 10 Dec 2026" in client.text
    assert "An approved override makes it amber, not red, until 10 December 2026" in client.text
    [stored] = overrides(session)
    assert (stored.state, stored.expires_on) == (OverrideState.APPROVED, date(2026, 12, 10))
    action = session.get_one(Action, stored.action_id)
    assert (action.override_code, action.override_until) == ("A", date(2026, 12, 10))
    assert "Rated by an override (1)" in read(office, plan)
    assert "Override until 10 Dec 2026: red by its dates" in read(office, plan, "/actions?override=yes")
    assert "Override until 10 Dec 2026: red by its dates" in read(office, plan, "/areas/1")
    client.get("/plans/plan/actions.csv?override=yes")
    assert ",Amber,Red,,Amber,2026-12-10," in client.get("/plans/plan/actions.csv").text


def test_only_what_is_better_than_its_dates_say_is_offered(
    read: Read, session: Session, tom: Person, plan: Plan, action: Action
) -> None:
    assert "Amber: at risk" in read(tom, plan, f"/{action.ref}/override")
    late = an_action(session, plan, title="Late by eight days", due="2026-11-18", lead=tom)
    text = read(tom, plan, f"/{late.ref}/override")
    assert "Green: on track" in text
    assert "Amber: at risk" not in text


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({**ASKED, "reason": "Nineteen characters"}, "in 20 characters or more"),
        ({**ASKED, "value": "R"}, "Select how it should be rated"),
        ({**ASKED, "value": "C"}, "Select how it should be rated"),
        ({**ASKED, "evidence": ""}, "Choose a piece of evidence"),
        ({**ASKED, "evidence": "nothing-like-it"}, "Choose one from the list"),
        ({**ASKED, "reason": "x" * 601}, "600 characters or fewer"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(
    *,
    read: Read,
    session: Session,
    client: CheckedClient,
    tom: Person,
    plan: Plan,
    evidence: Evidence,
    typed: Any,
    says: str,
) -> None:
    read(tom, plan, "/1.1/override")
    sent = {**client.form(button="Ask for it").filled({"evidence": evidence.code}), **typed}
    answer = client.post("/plans/plan/1.1/override", data=sent)
    assert answer.status_code == 422
    assert says in client.text
    assert overrides(session) == []


def test_the_same_form_sent_twice_asks_once(
    *, read: Read, session: Session, client: CheckedClient, tom: Person, plan: Plan, evidence: Evidence
) -> None:
    read(tom, plan, "/1.1/override")
    sent = client.form(button="Ask for it").filled({**ASKED, "evidence": evidence.code})
    assert [client.post("/plans/plan/1.1/override", data=sent).status_code for _ in range(2)] == [303, 303]
    assert len(overrides(session)) == 1
    client.get("/plans/plan/1.1/override")
    sent = client.form(button="Ask for it").filled({**ASKED, "evidence": evidence.code})
    assert client.post("/plans/plan/1.1/override", data=sent).status_code == 409
    assert len(overrides(session)) == 1


def refused(session: Session, client: CheckedClient, person: Person, override: Override) -> None:
    """Fail unless the page and a hand-made post are both refused to somebody, and nothing changed."""
    number = override.id
    session.commit()
    client.sign_in(person)
    client.get("/my/settings")
    token = token_of(client)
    address = f"/plans/plan/1.1/overrides/{number}"
    assert client.get(address).status_code == 403
    answer = client.post(address, data={"csrf_token": token, "answer": "approve", "note": "", "version": "1"})
    assert answer.status_code == 403
    [stored] = overrides(session)
    assert (stored.state, stored.decided_by_id) == (OverrideState.ASKED, None)


def test_the_lead_is_refused(session: Session, client: CheckedClient, tom: Person, override: Override) -> None:
    refused(session, client, tom, override)


def test_a_member_of_the_body_who_leads_the_action_is_refused(
    session: Session, client: CheckedClient, plan: Plan, tom: Person
) -> None:
    leader = a_person(session, Role.ASSURANCE, "Joanne Pike", also=(Role.LEAD,))
    own = an_action(session, plan, title="Her own", due="2026-10-20", lead=leader)
    piece = add_evidence(session, own, text="Both contracts are signed", by=leader)
    colleague = a_person(session, Role.OFFICE, "Grace Adeyemi")
    asked = ask_override(session, own, value=Rag.GREEN, reason=WHY, evidence=piece, by=colleague)
    refused(session, client, leader, asked)


@pytest.mark.parametrize("role", [Role.OFFICE, Role.ASSURANCE])
def test_who_asked_cannot_approve_it(
    session: Session, client: CheckedClient, action: Action, evidence: Evidence, role: Role
) -> None:
    asker = a_person(session, Role.OFFICE, "Grace Adeyemi", also=() if role is Role.OFFICE else (role,))
    refused(
        session, client, asker, ask_override(session, action, value=Rag.AMBER, reason=WHY, evidence=evidence, by=asker)
    )


@pytest.mark.parametrize("role", [Role.ADMIN, Role.LEAD, Role.AUDITOR, Role.MODERATOR, Role.VIEWER])
def test_other_roles_are_refused(session: Session, client: CheckedClient, override: Override, role: Role) -> None:
    refused(session, client, a_person(session, role, "Somebody Else"), override)


def test_the_office_is_refused_two_steps_and_the_body_approves_them(
    *,
    read: Read,
    session: Session,
    client: CheckedClient,
    office: Person,
    tom: Person,
    plan: Plan,
    action: Action,
    evidence: Evidence,
) -> None:
    asked = ask_override(session, action, value=Rag.GREEN, reason=WHY, evidence=evidence, by=tom)
    refused(session, client, office, asked)
    member = a_person(session, Role.ASSURANCE, "Helen Marsh")
    text = read(member, plan, "/1.1")
    assert "It is more than one step better, so the assurance body decides" in text
    client.follow("Decide on the override")
    client.submit(button="Approve the override")
    assert "Override approved: 1.1" in client.text
    session.expire_all()
    assert action.override_code == "G"


def test_one_step_that_became_two_goes_to_the_body(
    *,
    read: Read,
    session: Session,
    client: CheckedClient,
    clock_at: Callable[..., object],
    office: Person,
    tom: Person,
    plan: Plan,
) -> None:
    late = an_action(session, plan, title="A little late", due="2026-11-10", lead=tom)
    piece = add_evidence(session, late, text="Both contracts are signed", by=tom)
    asked = ask_override(session, late, value=Rag.GREEN, reason=WHY, evidence=piece, by=tom)
    address = f"/1.1/overrides/{asked.id}"
    read(office, plan, address)
    clock_at(date(2026, 12, 9))
    client.sign_in(office)
    client.get(f"/plans/plan{address}")
    client.submit(button="Approve the override")
    assert "It goes to the assurance body" in client.text
    assert overrides(session)[0].state is OverrideState.ASKED


def test_a_refusal_needs_words_and_goes_back_to_the_lead(
    *, read: Read, session: Session, client: CheckedClient, office: Person, tom: Person, plan: Plan, override: Override
) -> None:
    read(office, plan, f"/1.1/overrides/{override.id}")
    assert client.submit({"note": ""}, button="Do not agree").status_code == 422
    assert "Say why the override is not agreed" in client.text
    client.submit({"note": "One post is still empty"}, button="Do not agree")
    text = read(tom, plan, "/1.1")
    assert "Override not agreed" in text
    assert "“One post is still empty”" in text
    session.expire_all()
    assert session.get_one(Action, override.action_id).override_code is None


def test_an_override_decided_meanwhile_is_a_conflict(
    *, read: Read, session: Session, client: CheckedClient, office: Person, tom: Person, plan: Plan, override: Override
) -> None:
    read(office, plan, f"/1.1/overrides/{override.id}")
    form = client.form(button="Approve the override").filled({"note": "Fine"})
    address = f"/plans/plan/1.1/overrides/{override.id}"
    assert client.post(address, data={**form, "answer": "approve"}).status_code == 303
    assert client.post(address, data={**form, "answer": "approve"}).status_code == 409
    assert "has been decided" in client.text
    assert len(overrides(session)) == 1


def test_only_who_asked_takes_it_back(
    *, read: Read, session: Session, client: CheckedClient, office: Person, tom: Person, plan: Plan, override: Override
) -> None:
    read(office, plan, "/1.1")
    assert "Take it back" not in client.text
    address = f"/plans/plan/1.1/overrides/{override.id}/withdraw"
    token = token_of(client)
    assert client.get(address).status_code == 403
    assert client.post(address, data={"csrf_token": token, "version": "1"}).status_code == 403
    read(tom, plan, "/1.1")
    client.follow("Take it back the override")
    client.submit(button="Take it back")
    assert "Override taken back: 1.1" in client.text
    assert overrides(session)[0].state is OverrideState.WITHDRAWN


def test_an_action_without_evidence_sends_to_where_it_is_added(
    read: Read, client: CheckedClient, tom: Person, plan: Plan, action: Action
) -> None:
    read(tom, plan, "/1.1/override")
    assert "It must rest on evidence" in client.text
    assert client.form(button=None) is not None


def test_a_viewer_sees_the_mark_and_no_words_of_the_lead(
    *, read: Read, session: Session, client: CheckedClient, office: Person, plan: Plan, override: Override
) -> None:
    read(office, plan, f"/1.1/overrides/{override.id}")
    client.submit(button="Approve the override")
    text = read(a_person(session, Role.VIEWER, "Ada Clerk"), plan, "/1.1")
    assert "An approved override makes it amber, not red" in text
    assert WHY not in text


def test_what_may_be_decided_and_what_may_be_listed_agree(
    session: Session, action: Action, evidence: Evidence, tom: Person, office: Person
) -> None:
    member = a_person(session, Role.ASSURANCE, "Helen Marsh")
    people = [tom, office, member, a_person(session, Role.VIEWER, "Ada Clerk")]
    asked = ask_override(session, action, value=Rag.AMBER, reason=WHY, evidence=evidence, by=tom)
    for needs_body, may_decide in ((False, {office.id, member.id}), (True, {member.id})):
        asked.needs_body = needs_body
        session.flush()
        loaded = override_at(session, slug=action.plan.slug, ref=action.ref, override_id=asked.id)
        by_policy = {one.id for one in people if may(one, Permission.OVERRIDE_DECIDE, loaded)}
        listed = {
            one.id
            for one in people
            if session.scalar(select(Override.id).where(visible(one, Permission.OVERRIDE_DECIDE, Override)))
        }
        assert by_policy == listed == may_decide
