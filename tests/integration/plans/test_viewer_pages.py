"""A viewer reads plans with posts for names, and nothing that leads or auditors wrote (domain A9)."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_lead, an_action
from tests.support.checked_client import CheckedClient
from tracker.people.models import Person
from tracker.people.rules import PartyKind, Role
from tracker.plans.models import Plan

Read = Callable[..., str]
PAGES = ("", "/changes?since=start", "/areas/1", "/areas/2", "/actions", "/actions?sort=lead", "/print")


@pytest.fixture
def viewer(session: Session, today: date) -> Person:
    return a_person(session, Role.VIEWER, "Vera Lane")


@pytest.mark.usefixtures("meetings")
def test_no_name_and_no_word_of_a_lead_reaches_a_viewer(
    read: Read, session: Session, client: CheckedClient, viewer: Person, plan: Plan
) -> None:
    an_action(session, plan, lead=a_lead(session, "Olu Bright", kind=PartyKind.UNKNOWN))
    an_action(session, plan, lead=a_lead(session, "Grace Adeyemi", post="Head of Early Help"))
    for page in PAGES:
        read(viewer, plan, page)
        shown = client.answer.text if client.answer else ""
        for secret in ("Tom Whitcombe", "Joanne Pike", "Olu Bright", "Grace Adeyemi", "posts are vacant"):
            assert secret not in shown, (page, secret)
    text = read(viewer, plan, "/actions")
    assert "Head of Early Help" in text
    assert "Delivery lead" in text


@pytest.mark.usefixtures("meetings")
def test_a_viewer_sees_nothing_of_audits_and_takes_nothing_away(
    read: Read, client: CheckedClient, viewer: Person, plan: Plan
) -> None:
    slug = plan.slug
    assert "making a difference" not in read(viewer, plan).lower()
    text = read(viewer, plan, "/areas/1")
    assert "What auditors are finding" not in text
    assert "Download as CSV" not in read(viewer, plan, "/actions")
    for path in ("/actions.csv", "/changes.csv", "/areas/1/items/new", "/areas/1/priority", "/checks"):
        assert client.get(f"/plans/{slug}{path}").status_code == 403
    assert client.get("/plans/new").status_code == 403


def test_a_lead_is_told_alike_in_the_list_and_on_the_action(
    read: Read, session: Session, viewer: Person, tom: Person, plan: Plan
) -> None:
    police = a_lead(session, "Local police", kind=PartyKind.PARTNER, post="Liaison")
    told = {
        an_action(session, plan, lead=police).ref: ("Local police", "Local police"),
        an_action(session, plan, lead=a_lead(session, "Olu Bright", kind=PartyKind.UNKNOWN)).ref: (
            "Delivery lead",
            "Olu Bright",
        ),
        an_action(session, plan, lead=a_lead(session, "Grace Adeyemi", post="Head of Early Help")).ref: (
            "Head of Early Help",
            "Grace Adeyemi, Head of Early Help",
        ),
    }
    for place, reader in enumerate((viewer, tom)):
        listed = read(reader, plan, "/actions")
        for ref, words in told.items():
            assert words[place] in listed
            assert f"Lead {words[place]}" in read(reader, plan, f"/{ref}")


@pytest.mark.usefixtures("meetings")
def test_everyone_else_reads_names(read: Read, session: Session, plan: Plan) -> None:
    for role in (Role.LEAD, Role.AUDITOR, Role.MODERATOR, Role.ASSURANCE):
        reader = a_person(session, role, f"Reader {role.value}")
        assert "Tom Whitcombe" in read(reader, plan, "/areas/1"), role
