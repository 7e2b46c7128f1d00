"""The reports of a plan on their pages: exceptions, what turns, and who may read which; numbers worked out by hand."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_lead, a_milestone, a_plan, an_action, an_area, an_update
from tests.support.checked_client import CheckedClient
from tests.support.pages import words
from tests.support.queries import queries_of
from tracker.people.models import LeadParty, Person
from tracker.people.rules import PartyKind, Role
from tracker.plans.models import Action, Plan
from tracker.plans.queries.rag import effective_rag
from tracker.plans.rules.vocabulary import ActionKind

Read = Callable[..., str]
PAGES = ("", "/exceptions", "/turning", "/slippage", "/declared")
FOR_INSIDERS = ("/declared",)
# The question in the address, and the numbers of the actions in the exception report, in its order.
ASKED = {
    "": "2.1 1.1 1.2",
    "?rag=R": "2.1 1.1",
    "?area=1": "1.1 1.2",
    "?rag=A&area=2": "",
    "?rag=Z&area=99&lead=x&as_at=%00&page=999": "2.1 1.1 1.2",
    "?as_at=2026-09-30": "1.1 1.3 2.1",
    "?as_at=2027-01-01": "2.1 1.1 1.2",
}

pytestmark = pytest.mark.usefixtures("meetings")


def refs(client: CheckedClient) -> str:
    body = next(client.page.iter("tbody"), None)
    return " ".join(words(cell).split()[0] for cell in body.iter("th")) if body is not None else ""


@pytest.mark.parametrize("query", ASKED)
def test_the_exception_report_holds_what_is_red_or_amber_longest_late_first(
    read: Read, client: CheckedClient, office: Person, plan: Plan, query: str
) -> None:
    read(office, plan, f"/reports/exceptions{query}")
    assert refs(client) == ASKED[query]


def test_an_exception_says_why_how_late_what_is_done_and_what_is_asked(
    read: Read, office: Person, plan: Plan, session: Session, tom: Person
) -> None:
    red = session.scalars(select(Action).where(Action.plan_id == plan.id, Action.ref == "1.1")).one()
    an_update(session, red, by=tom, declared="R", why="11 of 31 posts are vacant", doing="Six start on Monday")
    text = read(office, plan, "/reports/exceptions")
    for said in (
        "3 actions: 2 red and 1 amber.",
        "37 days late",
        "The lead says red: 11 of 31 posts are vacant",
        "'New structure live' was due by 20 October 2026 and is more than 28 days late",
        "Six start on Monday",
        "Last update 26 Nov 2026",
        "No update yet",
    ):
        assert said in text, said


def test_a_placeholder_past_its_grace_is_an_exception_and_a_new_one_is_not(
    *, read: Read, client: CheckedClient, office: Person, plan: Plan, session: Session, tom: Person
) -> None:
    area = an_area(session, plan, title="Later work")
    for approved_on in (None, date(2026, 11, 1)):
        kept = an_action(
            session, plan, area=area, kind=ActionKind.PLACEHOLDER, due=None, lead=tom, approved_on=approved_on
        )
        a_milestone(session, kept, due="2027-12-31")
        an_update(session, kept, by=tom, on=date(2026, 11, 20))
    read(office, plan, "/reports/exceptions?area=3")
    assert refs(client) == "3.1"
    assert "Not scheduled" in client.text


def test_nothing_off_track_is_said_so(read: Read, office: Person, session: Session, tom: Person) -> None:
    made = a_plan(session, slug="calm", approved_on="-10d")
    an_action(session, made, lead=tom)
    assert "Nothing is off track or at risk" in read(office, made, "/reports/exceptions")
    assert "No date has moved since it was first agreed." in read(office, made, "/reports/slippage")
    assert "No update to compare yet." in read(office, made, "/reports/declared")
    assert "No action turns amber or red" in read(office, made, "/reports/turning")
    assert "Now: nothing is off track." in read(office, made, "/reports")


def test_what_turns_by_the_next_meeting_and_by_a_day_one_chooses(
    read: Read, client: CheckedClient, office: Person, plan: Plan
) -> None:
    assert "No action turns amber or red by the next meeting, 10 Dec 2026." in read(office, plan, "/reports/turning")
    text = read(office, plan, "/reports/turning?before=31+Dec+2026")
    assert refs(client) == "1.2"
    for said in (
        "on 17 Dec 2026",
        "'New structure live', due by 18 November 2026, will be more than 28 days late",
        "Finish 'New structure live' by 16 December 2026, or agree a new date by then",
    ):
        assert said in text, said
    read(office, plan, "/reports/turning?before=2027-03-31&rag=A")
    assert refs(client) == "1.3"
    assert "Choose a day after today" in read(office, plan, "/reports/turning?before=2026-11-26")


def test_what_turned_can_be_asked_as_at_an_earlier_day(
    read: Read, client: CheckedClient, office: Person, plan: Plan
) -> None:
    text = read(office, plan, "/reports/turning?as_at=2026-10-15&before=2026-11-18")
    assert refs(client) == "1.2 2.1 1.1"
    for said in ("Amber on 21 Oct 2026", "Red on 10 Nov 2026", "Red on 18 Nov 2026"):
        assert said in text, said


@pytest.mark.both_databases
def test_the_stored_dates_say_the_same_of_what_turns_as_the_page(
    read: Read, client: CheckedClient, office: Person, plan: Plan, session: Session
) -> None:
    read(office, plan, "/reports/turning?before=2027-03-31")
    shown: dict[tuple[str, str], str] = {}
    for row in next(client.page.iter("tbody")):
        cells = [words(cell) for cell in row]
        shown[cells[0].split()[0], cells[2].split(" on ")[1]] = cells[2].split()[0]
    turns: dict[tuple[str, str], str] = {}
    day = date(2026, 11, 27)
    while day <= date(2027, 3, 31):
        codes = (effective_rag(day - timedelta(days=1)), effective_rag(day))
        rows = session.execute(select(Action.ref, *codes).where(Action.plan_id == plan.id))
        turns |= {(ref, f"{day:%-d %b %Y}"): now for ref, was, now in rows if was != now}
        day += timedelta(days=1)
    assert {key: word[0] for key, word in shown.items()} == turns


@pytest.mark.parametrize("page", PAGES[1:])
def test_filters_are_kept_in_the_address_and_can_be_taken_off(
    *, read: Read, client: CheckedClient, session: Session, office: Person, plan: Plan, page: str
) -> None:
    party = session.scalars(select(LeadParty.id).where(LeadParty.name == "Joanne Pike")).one()
    read(office, plan, f"/reports{page}?as_at=2026-11-20&area=2&lead={party}")
    client.follow("2 Early help ✕: remove")
    links = [link.get("href", "") for link in client.page.iter("a")]
    files = [link for link in links if ".csv" in link or ".xlsx" in link]
    assert len(files) == 2
    for link in files:
        assert "as_at=2026-11-20" in link
        assert f"lead={party}" in link
        assert "area" not in link


def test_a_viewer_reads_the_reports_without_names_and_words_of_leads(
    read: Read, client: CheckedClient, session: Session, plan: Plan
) -> None:
    an_action(session, plan, lead=a_lead(session, "Grace Adeyemi", post="Head of Early Help"), due="-40d")
    viewer = a_person(session, Role.VIEWER, "Vera Lane")
    for page in ("", "/exceptions", "/turning?before=2027-12-31", "/slippage", "/slippage?view=reason"):
        read(viewer, plan, f"/reports{page}")
        for secret in ("Tom Whitcombe", "Joanne Pike", "Grace Adeyemi", "posts are vacant", "Download", "Declared"):
            assert secret not in client.text, (page, secret)
    assert "Head of Early Help" in read(viewer, plan, "/reports/exceptions")
    for end in (".csv", ".xlsx"):
        for page in PAGES[1:]:
            assert client.get(f"/plans/{plan.slug}/reports{page}{end}").status_code == 403
    for page in FOR_INSIDERS:
        assert client.get(f"/plans/{plan.slug}/reports{page}").status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_the_lead_of_a_partner_reads_no_report_of_the_plan(
    client: CheckedClient, session: Session, plan: Plan, page: str
) -> None:
    partner = a_person(session, Role.LEAD, "Pat Partner", scope={"is_partner": True})
    an_action(session, plan, lead=partner)
    session.commit()
    client.sign_in(partner)
    for end in ("", ".csv", ".xlsx") if page else ("",):
        assert client.get(f"/plans/{plan.slug}/reports{page}{end}").status_code == 403


def test_of_a_draft_there_is_nothing_to_report(
    read: Read, client: CheckedClient, session: Session, office: Person
) -> None:
    draft = a_plan(session, slug="draft", approved_on=None)
    an_action(session, draft)
    for page in PAGES:
        assert "This plan is not approved yet." in read(office, draft, f"/reports{page}")
    for page in PAGES[1:]:
        assert client.get(f"/plans/draft/reports{page}.csv").status_code == 404


def test_the_plan_leads_to_its_reports_and_they_say_what_they_hold(
    read: Read, client: CheckedClient, office: Person, plan: Plan
) -> None:
    read(office, plan)
    client.follow("Reports")
    assert client.heading == "Reports"
    assert "Now: 2 red and 1 amber." in client.text
    assert "Nothing turns by the next meeting, 10 Dec 2026." in client.text
    for label in ("Exception report", "What turns amber or red", "Slippage", "Declared better than computed", "Leads"):
        client.get(f"/plans/{plan.slug}/reports")
        client.follow(label)
        assert client.heading == label


@pytest.mark.parametrize("page", [*PAGES, "/slippage?view=lead", "/declared?view=each"])
def test_a_report_asks_no_more_of_many_actions_than_of_few(
    *,
    read: Read,
    client: CheckedClient,
    session: Session,
    office: Person,
    tom: Person,
    plan: Plan,
    engine: Engine,
    page: str,
) -> None:
    counts, area = [], an_area(session, plan)
    slug = plan.slug
    for many in (3, 40):
        for number in range(many):
            made = an_action(session, plan, area=area, ref=f"3.{many}{number}", due="-40d", lead=tom)
            if number < 3:
                an_update(session, made, by=tom)
        read(office, plan, "/reports")
        with queries_of(engine) as asked:
            client.get(f"/plans/{slug}/reports{page}")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12


def test_more_than_a_hundred_exceptions_come_in_pages(
    read: Read, client: CheckedClient, session: Session, office: Person, plan: Plan
) -> None:
    area = an_area(session, plan)
    for number in range(100):
        an_action(session, plan, area=area, ref=f"3.{number + 1}", due="-40d", lead=None)
    assert "103 actions" in read(office, plan, "/reports/exceptions?rag=")
    assert len(refs(client).split()) == 100
    client.follow("Next →")
    assert len(refs(client).split()) == 3


def test_leads_say_what_partners_hold_and_which_posts_nobody_holds(
    read: Read, office: Person, session: Session, plan: Plan
) -> None:
    an_action(session, plan, lead=a_lead(session, "Local police", kind=PartyKind.PARTNER))
    an_action(session, plan, lead=a_lead(session, "Quality manager", kind=PartyKind.POST))
    text = read(office, plan, "/leads")
    assert "1 action is led by a partner." in text
    assert "1 post of these is linked to nobody." in text
