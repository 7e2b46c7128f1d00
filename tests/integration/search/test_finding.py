"""What the search finds: words in every place, the same on both databases, ranked, counted, marked and in pages."""

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_theme
from tests.support.builders.people import a_person
from tests.support.builders.plans import a_lead, a_milestone, a_plan, an_action, an_area, an_update
from tests.support.checked_client import CheckedClient
from tests.support.pages import words
from tests.support.queries import queries_of
from tracker.people.models import LeadParty, Person
from tracker.people.rules import PartyKind, Role
from tracker.plans.models import AreaItem, Evidence, Inspection, InspectionItem, Objective, Outcome, PlanMeasure
from tracker.plans.rules.states import EvidenceKind, ItemClass

pytestmark = pytest.mark.both_databases


@pytest.fixture
def office(session: Session, client: CheckedClient) -> Person:
    """Grace of the office, signed in, with a plan in which each thing has a word of its own."""
    grace = a_person(session, Role.OFFICE, "Grace Adeyemi")
    plan = a_plan(session, title="Plan of Alderbrook", slug="alder", scope_note="It leaves out schools of heronwood.")
    area = an_area(session, plan, title="Supervision of every worker")
    tom = a_person(session, Role.LEAD, "Tom Whitcombe")
    party = a_lead(session, tom, post="Head of dunnock services")
    action = an_action(session, plan, area=area, ref="1.3", title="Review every caseload", lead=party)
    a_milestone(session, action, title="Kestrel team is staffed")
    an_update(session, action, by=tom, declared="R", happened="Two osprey posts are filled", why="Merlin was late")
    session.add_all(
        [
            Objective(area_id=area.id, position=1, text="Practise like a plover"),
            Outcome(area_id=area.id, position=1, text="Children meet a sandpiper"),
            PlanMeasure(area_id=area.id, position=1, text="Counted by the wigeon"),
            Evidence(
                action_id=action.id,
                kind=EvidenceKind.SENTENCE,
                text="Minutes of the teal board",
                effective_on=plan.approved_on,
            ),
        ]
    )
    inspection = Inspection(title="Inspection 2026")
    session.add(inspection)
    session.flush()
    item = InspectionItem(
        inspection_id=inspection.id, position=1, item_class=next(iter(ItemClass)), words="Look after each pochard"
    )
    session.add(item)
    session.flush()
    session.add(AreaItem(area_id=area.id, item_id=item.id))
    a_theme(session)
    session.commit()
    client.sign_in(grace)
    return grace


def found(client: CheckedClient, typed: str, kind: str = "") -> dict[str, list[str]]:
    """Return what a search shows: the title of each thing under its heading."""
    client.get("/search", query_string={"q": typed, "kind": kind})
    sections = [one for one in client.page.iter("section") if "found" in (one.get("class") or "").split()]
    return {words(next(one.iter("h2"))): [words(link) for link in one.iterfind(".//li/a")] for one in sections}


@pytest.mark.parametrize(
    ("typed", "kind", "title"),
    [
        ("review every", "Actions", "1.3 Review every caseload"),
        ("every worker", "Areas", "1 Supervision of every worker"),
        ("kestrel", "Milestones", "Kestrel team is staffed"),
        ("heronwood", "Plans", "Plan of Alderbrook"),
        ("plover", "Objectives", "Practise like a plover"),
        ("sandpiper", "Outcomes", "Children meet a sandpiper"),
        ("wigeon", "Measured by", "Counted by the wigeon"),
        ("pochard", "Inspection items", "Look after each pochard"),
        ("whitcombe", "Leads", "Tom Whitcombe, Head of dunnock services"),
        ("dunnock", "Leads", "Tom Whitcombe, Head of dunnock services"),
        ("osprey", "Updates", "1.3 Review every caseload"),
        ("merlin", "Updates", "1.3 Review every caseload"),
        ("teal", "Evidence", "Minutes of the teal board"),
    ],
)
def test_words_are_found_where_they_stand(
    client: CheckedClient, office: Person, typed: str, kind: str, title: str
) -> None:
    assert found(client, typed) == {kind: [title]}


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Review supervision", "supervising"),
        ("Review supervision", "SUPERV"),
        ("Write the plans", "plan writing"),
        ("Work with Zoë's café", "zoe cafe"),
        ("Work with Zoe's cafe", "Zoë’s café"),
        ("Who is the lead", "who the"),
        ("Reach 100% by week 12", "100 12"),
        ("See www.council.example/north-team", "north team"),
        ("Early-help assessments", "help early"),
        ("The out_of_hours rota", "hours"),
        ("Straße and Øre", "straße øre"),
        ("Meet on 3.5 days", "3 5"),
        ("Use A/B-forms (new)", "b forms"),
    ],
)
def test_both_databases_know_the_same_words(
    client: CheckedClient, session: Session, office: Person, stored: str, typed: str
) -> None:
    plan = a_plan(session, title="Another", slug="another")
    an_action(session, plan, title=stored)
    session.commit()
    assert found(client, typed)["Actions"] == [f"1.1 {stored}"]


@pytest.mark.parametrize("typed", ["caseload kestrel", "view", "xeview caseload", "advocacy", "casel oad"])
def test_all_words_must_stand_in_one_place_and_only_the_last_may_be_begun(
    client: CheckedClient, office: Person, typed: str
) -> None:
    assert found(client, typed) == {}
    assert f"Nothing found for '{typed}'" in client.text


def test_a_phrase_in_the_heading_comes_first(client: CheckedClient, session: Session, office: Person) -> None:
    plan = a_plan(session, title="Another", slug="another")
    for title in ("Teams of social work", "Work that is social", "Social work teams"):
        an_action(session, plan, title=title)
    session.commit()
    titles = found(client, "social work")["Actions"]
    assert titles == ["1.1 Teams of social work", "1.3 Social work teams", "1.2 Work that is social"]


def test_the_index_follows_what_is_changed_and_deleted(client: CheckedClient, session: Session, office: Person) -> None:
    objective = session.scalars(select(Objective)).one()
    objective.text = "Practise like a curlew"
    session.commit()
    assert found(client, "plover") == {}
    assert found(client, "curlew") == {"Objectives": ["Practise like a curlew"]}
    session.delete(objective)
    session.commit()
    assert found(client, "curlew") == {}


def test_found_words_are_marked_and_typed_signs_are_words(
    client: CheckedClient, session: Session, office: Person
) -> None:
    an_action(session, a_plan(session, slug="p"), title="Plan <b>bold</b> & brave work for reviewers")
    session.commit()
    answer = client.get("/search?q=bold+review")
    assert "<mark>bold</mark>&lt;/b&gt; &amp; brave work for <mark>reviewers</mark>" in answer.text
    answer = client.get("/search?q=" + "<b>bold")
    assert "&lt;<mark>b</mark>&gt;<mark>bold</mark>" in answer.text


def test_kinds_are_counted_and_one_is_shown_in_pages(
    client: CheckedClient, session: Session, office: Person, engine: Engine
) -> None:
    plan = a_plan(session, slug="long", title="Long plan")
    asked = []
    for many in (5, 65):
        for _ in range(many):
            an_action(session, plan, title="Write down every decision", due=None, lead=None)
        session.commit()
        with queries_of(engine) as statements:
            client.get("/search?q=decision")
        asked.append(len(statements))
    assert asked[0] == asked[1] <= 12
    assert "Actions (70)" in client.text
    client.follow("Show all 70: Actions")
    assert "1 to 50 of 70" in client.text
    client.follow("Next →")
    assert "51 to 70 of 70" in client.text
    assert len(found(client, "decision", "action")["Actions"]) == 50


def test_of_a_word_that_stands_everywhere_the_first_thousand_are_listed(
    client: CheckedClient, session: Session, office: Person
) -> None:
    area = an_area(session, a_plan(session, slug="long", title="Long plan"))
    session.add_all(
        Objective(area_id=area.id, position=place, text=f"Decide {place} things", created_by=office.id)
        for place in range(1, 1002)
    )
    session.commit()
    client.get("/search?q=decide")
    assert "All (more than 1,000)" in client.text
    assert "Objectives (more than 1,000)" in client.text
    client.follow("Show the first 1,000: Objectives")
    assert "1 to 50 of 1,000" in client.text
    assert "Only the first 1,000 are listed. Add a word to find fewer." in client.text
    assert found(client, "decide 1001", "objective")["Objectives"] == ["Decide 1001 things"]


def test_a_lead_is_found_once_for_each_plan_with_the_list_of_what_they_lead(
    client: CheckedClient, session: Session, office: Person
) -> None:
    tom = session.scalars(select(LeadParty).where(LeadParty.name == "Tom Whitcombe")).one()
    plan = a_plan(session, slug="second", title="Second plan")
    for _ in range(3):
        an_action(session, plan, lead=tom)
    an_action(session, plan, lead=a_lead(session, "North Team", kind=PartyKind.TEAM))
    session.commit()
    assert len(found(client, "tom")["Leads"]) == 2
    client.follow("Tom Whitcombe, Head of dunnock services")
    assert client.heading.startswith("3 actions")
    assert found(client, "north") == {"Leads": ["North Team"]}


def test_themes_are_found_by_their_other_names(client: CheckedClient, session: Session, office: Person) -> None:
    theme = a_theme(session)
    theme.synonyms = ["weighing up", "getting to know"]
    session.commit()
    assert found(client, "weighing") == {"Themes": [theme.name]}
