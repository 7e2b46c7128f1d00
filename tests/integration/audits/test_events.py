"""Events and quick wins through HTTP: five quick wins of a practice week, their owners, and the action one becomes."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.support.builders.other_evidence import a_headline, a_quick_win, an_event
from tests.support.builders.people import a_person, an_organisation
from tests.support.builders.plans import a_plan, an_action
from tests.support.checked_client import CheckedClient
from tests.support.houses import House
from tests.support.queries import queries_of
from tracker.audits.models import AssuranceEvent, QuickWin
from tracker.people.models import Person
from tracker.people.rules import Role


@pytest.fixture
def marcus(client: CheckedClient, session: Session) -> Person:
    an_organisation(session)
    person = a_person(session, Role.MODERATOR, "Marcus Bell")
    session.commit()
    client.sign_in(person)
    return person


@pytest.fixture
def week(session: Session, marcus: Person) -> AssuranceEvent:
    event = an_event(session, by=marcus)
    a_headline(session, event, by=marcus)
    session.commit()
    return event


@pytest.fixture
def win(session: Session, week: AssuranceEvent, marcus: Person) -> QuickWin:
    made = a_quick_win(session, week, owner=marcus, by=marcus)
    session.commit()
    return made


def test_a_practice_week_is_recorded_with_findings_and_five_quick_wins(
    client: CheckedClient, marcus: Person, week: AssuranceEvent
) -> None:
    client.get("/events")
    assert "1 headline finding. No quick wins" in client.text
    address = f"/events/{week.public_id}"
    client.get(f"{address}/findings/new")
    client.submit({"kind": "strength", "words": "Protection is timely."})
    for number in range(1, 6):
        client.get(f"{address}/quick-wins/new")
        client.submit({"words": f"Small thing {number}", "owner": str(marcus.id), "due_on": "30 nov 2026"})
    assert client.heading == "Practice week of October"
    assert all(f"Small thing {number}" in client.text for number in range(1, 6))
    assert "Protection is timely." in client.text
    client.get("/events")
    assert "2 headline findings. 0 of 5 quick wins done" in client.text


def test_a_headline_stands_on_its_theme_and_changes_no_count(
    client: CheckedClient, marcus: Person, week: AssuranceEvent
) -> None:
    client.get("/themes/plan")
    assert "Practice week of October: needs work Plans say little." in client.text
    assert "no counted file" in client.text


def test_its_owner_says_that_a_quick_win_is_done_and_nobody_else(
    app: Flask, marcus: Person, week: AssuranceEvent, session: Session
) -> None:
    tom, other = a_person(session, Role.LEAD, "Tom Whitcombe"), a_person(session, Role.LEAD, "Grace Adeyemi")
    win = a_quick_win(session, week, owner=tom, by=marcus, due="-2d")
    session.commit()
    address, said = f"/quick-wins/{win.public_id}", {"done_on": "25 nov 2026", "outcome": "All teams have it."}
    grace = CheckedClient(app)
    grace.sign_in(other)
    grace.get(address)
    assert "Late" in grace.text
    assert "Say that it is done" not in grace.text
    sent = {**grace.form("csrf_token", button="Sign out").sent, **said, "version": "1"}
    assert grace.post(address, data=sent).status_code == 422
    assert "Only its owner, or the moderator, may say that a quick win is done" in grace.text
    assert "All teams have it." in grace.text, "their words are given back"
    toms = CheckedClient(app)
    toms.sign_in(tom)
    lists = ("/my/actions", "/immediate-actions", "/events")
    for page in lists:
        assert win.words in toms.get(page).text
        assert "Quick wins for you" not in grace.get(page).text
    toms.get(address)
    toms.submit(said)
    assert "All teams have it." in toms.text
    assert "Done 25 Nov 2026" in toms.text
    for page in lists:
        assert "Quick wins for you" not in toms.get(page).text, "what is done is listed no more"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("done_on", "1 jan 2099", "The day must lie between the event and today"),
        ("done_on", "1 jan 2020", "The day must lie between the event and today"),
        ("outcome", "", "Say what was done"),
    ],
)
def test_what_cannot_be_done_is_refused(
    client: CheckedClient, win: QuickWin, field: str, value: str, words: str
) -> None:
    client.get(f"/quick-wins/{win.public_id}")
    assert client.submit({"done_on": "25 nov 2026", "outcome": "Printed.", field: value}).status_code == 422
    assert words in client.text


def test_a_quick_win_becomes_part_of_one_action(
    app: Flask, marcus: Person, week: AssuranceEvent, session: Session
) -> None:
    plan = a_plan(session, slug="plan-2026")
    an_action(session, plan, ref="15.1", title="Agree a standard")
    win = a_quick_win(session, week, owner=marcus, by=marcus)
    daniel = a_person(session, Role.OFFICE, "Daniel Hughes")
    session.commit()
    client = CheckedClient(app)
    client.sign_in(daniel)
    client.get(f"/quick-wins/{win.public_id}")
    client.follow("Make it part of an action of a plan")
    assert client.submit({"action": "99.9"}).status_code == 422
    assert "There is no action 99.9 in this plan" in client.text
    client.submit({"action": "15.1"})
    assert "Now part of 15.1 Agree a standard" in client.text
    client.get(f"/quick-wins/{win.public_id}/action")
    assert client.submit({"action": "15.1"}).status_code == 409
    assert "part of an action already" in client.text


def test_an_owner_is_somebody_who_can_open_the_event(
    client: CheckedClient, marcus: Person, week: AssuranceEvent, session: Session
) -> None:
    viewer = a_person(session, Role.VIEWER, "Vera Hall")
    session.commit()
    client.get(f"/events/{week.public_id}/quick-wins/new")
    asked = {"words": "Print the guide", "owner": str(viewer.id), "due_on": "30 nov 2026"}
    sent = {**client.form("owner").sent, **asked}
    assert client.post(f"/events/{week.public_id}/quick-wins/new", data=sent).status_code == 422
    assert session.query(QuickWin).count() == 0


def test_pages_of_an_event_ask_no_more_when_there_is_more(
    client: CheckedClient, marcus: Person, week: AssuranceEvent, session: Session, database: House
) -> None:
    pages = ("/events", f"/events/{week.public_id}", "/themes/plan")

    def counts() -> list[int]:
        found = []
        for page in pages:
            with queries_of(database.engine) as asked:
                client.get(page)
            found.append(len(asked))
        return found

    few = counts()
    for number in range(12):
        a_headline(session, week, by=marcus, words=f"Headline {number}")
        a_quick_win(session, week, owner=marcus, by=marcus, words=f"Win {number}")
    session.commit()
    assert counts() == few
    assert max(few) <= 12
