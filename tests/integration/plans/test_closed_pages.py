"""The page of an action that is complete or withdrawn: who closed it and why, and nothing that is still to come."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import an_action, an_update
from tests.support.checked_client import CheckedClient
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.commands import signoffs, steps
from tracker.plans.models import Action, Milestone, Plan

Read = Callable[..., str]
pytestmark = pytest.mark.usefixtures("meetings")


@pytest.fixture
def withdrawn(session: Session, plan: Plan, tom: Person, office: Person) -> Action:
    """Withdrawn today although its lead calls it green and its milestone is 37 days late."""
    action = an_action(session, plan, title="Share the duty desk", due="2026-10-20", lead=tom)
    an_update(session, action, by=tom)
    signoffs.withdraw_action(session, action, reason="Police lead took it over", by=office)
    return action


@pytest.fixture
def complete(session: Session, plan: Plan, tom: Person, office: Person) -> Action:
    action = an_action(session, plan, title="Sign the framework", due="2026-10-20", lead=tom)
    milestone = session.scalars(select(Milestone).where(Milestone.action_id == action.id)).one()
    steps.finish_milestone(session, milestone, on=date(2026, 11, 20), by=tom)
    an_update(session, action, by=tom, declared="C")
    signoffs.confirm_complete(session, action, reason="Read the signed framework.", by=office)
    return action


def test_a_withdrawn_action_says_who_withdrew_it_and_why(
    read: Read, office: Person, plan: Plan, withdrawn: Action
) -> None:
    text = read(office, plan, f"/{withdrawn.ref}")
    assert "Withdrawn on 26 Nov 2026 by Daniel Hughes: Police lead took it over." in text
    assert "0 of 1 done." in text
    assert "Was due 20 Oct 2026" in text
    for untrue in ("The worse of the two counts", "Nothing speaks against it", "Overdue", "Next:", "Due now"):
        assert untrue not in text, untrue


def test_a_confirmed_action_says_who_confirmed_it_and_when_it_was_finished(
    read: Read, office: Person, plan: Plan, complete: Action
) -> None:
    text = read(office, plan, f"/{complete.ref}")
    assert "Confirmed complete on 26 Nov 2026 by Daniel Hughes: Read the signed framework. " in text
    assert "Finished 20 Nov 2026 (was due 20 Oct 2026)" in text
    assert "Nothing speaks against it" not in text
    assert "Due now" not in text


def test_a_viewer_reads_that_it_is_closed_without_name_or_words(
    read: Read, session: Session, plan: Plan, withdrawn: Action, complete: Action
) -> None:
    viewer = a_person(session, Role.VIEWER, "Vera Lane")
    text = read(viewer, plan, f"/{withdrawn.ref}")
    assert "Withdrawn on 26 Nov 2026." in text
    assert "Daniel Hughes" not in text
    assert "Police lead" not in text
    assert "Confirmed complete on 26 Nov 2026." in read(viewer, plan, f"/{complete.ref}")


def test_a_list_names_nothing_that_is_next_for_a_withdrawn_action(
    read: Read, session: Session, office: Person, tom: Person, plan: Plan
) -> None:
    action = an_action(session, plan, title="Share the duty desk", due="2027-02-20", lead=tom)
    signoffs.withdraw_action(session, action, reason="Police lead took it over", by=office)
    text = read(office, plan, "/areas/1")
    assert "Share the duty desk" in text
    assert "20 Feb 2027" not in text


def test_the_tile_of_withdrawn_actions_has_no_total_because_the_total_leaves_them_out(
    read: Read, client: CheckedClient, office: Person, plan: Plan, withdrawn: Action
) -> None:
    read(office, plan)
    tiles = [" ".join("".join(one.itertext()).split()) for one in client.page.iter("li") if one.get("class") == "tile"]
    (tile,) = [tile for tile in tiles if "Withdrawn" in tile]
    assert " of " not in tile
