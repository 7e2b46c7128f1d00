"""The page of an action: rating with reasons, facts, history, and what each role finds there, through HTTP."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person, an_organisation
from tests.support.builders.plans import a_lead, a_milestone, a_plan, an_action, an_update
from tests.support.checked_client import CheckedClient
from tests.support.queries import queries_of
from tracker.people.models import LeadPartyMember, Person
from tracker.people.rules import Role
from tracker.plans.commands import dates, links, steps
from tracker.plans.models import Action, Milestone, Plan, Update
from tracker.plans.rules.dates import read_target_date
from tracker.plans.rules.vocabulary import MilestoneKind

Read = Callable[..., str]
HoldClock = Callable[[date | datetime], datetime]
BUDGET = 12
pytestmark = pytest.mark.usefixtures("meetings")


@pytest.fixture
def red(session: Session, plan: Plan) -> Action:
    """1.1, red since its date went by, and by its lead's own word."""
    return session.scalars(select(Action).where(Action.plan_id == plan.id, Action.ref == "1.1")).one()


def first_milestone(session: Session, action: Action) -> Milestone:
    return session.scalars(select(Milestone).where(Milestone.action_id == action.id).limit(1)).one()


def test_the_page_says_how_it_stands_and_why(read: Read, client: CheckedClient, office: Person, plan: Plan) -> None:
    text = read(office, plan, "/1.1")
    assert client.heading == "1.1 Start stage 1"
    assert "'New structure live' was due by 20 October 2026 and is more than 28 days late" in text
    assert "The lead says red: 11 of 31 posts are vacant" in text
    assert "Overdue 37 days" in text


def test_both_sides_stand_side_by_side_when_they_differ(read: Read, session: Session, tom: Person, plan: Plan) -> None:
    well = an_action(session, plan, due="+90d", lead=tom)
    an_update(session, well, by=tom, declared="A")
    text = read(tom, plan, f"/{well.ref}")
    assert "The dates say Green and the lead says Amber" in text
    assert "The worse of the two counts" in text


def test_what_will_happen_is_told_with_its_day(read: Read, session: Session, tom: Person, plan: Plan) -> None:
    action = an_action(session, plan, due="+60d", lead=tom)
    an_update(session, action, by=tom)
    text = read(tom, plan, f"/{action.ref}")
    assert "If nothing is done" in text
    assert "Turns amber on 28 Dec 2026: 'New structure live' is due by 25 January 2027 and has not started" in text
    assert "Turns red on 23 Feb 2027" in text


def test_the_months_are_told_in_squares_a_sentence_and_a_table(read: Read, office: Person, plan: Plan) -> None:
    text = read(office, plan, "/1.1")
    assert "RAG since the plan began" in text
    assert "Oct 2026Amber" in text
    assert "Nov 2026Red" in text
    assert "red since Nov 2026." in text


def test_neighbours_are_one_press_away(read: Read, client: CheckedClient, office: Person, plan: Plan) -> None:
    read(office, plan, "/1.2")
    client.follow("1.3 →")
    assert client.heading == "1.3 Analyse caseloads"
    client.follow("← 1.2")
    assert client.heading == "1.2 Agree the framework"


@pytest.mark.parametrize("number", ["9.9", "1.1x", "0", "1.1.1.1", "999999999999", "areas", "1.1%00", "-1"])
def test_a_number_that_is_not_there_is_not_found(
    read: Read, client: CheckedClient, office: Person, plan: Plan, number: str
) -> None:
    read(office, plan)
    assert client.get(f"/plans/{plan.slug}/{number}").status_code == 404
    assert client.get(f"/plans/{plan.slug}/{number}/update").status_code == 404


def test_an_action_is_found_under_its_own_plan_only(
    session: Session, read: Read, client: CheckedClient, office: Person, plan: Plan
) -> None:
    other = a_plan(session, title="Another plan")
    an_action(session, other, ref="7.7")
    read(office, plan)
    assert client.get(f"/plans/{plan.slug}/7.7").status_code == 404


@pytest.mark.parametrize(
    ("rag", "code"), [("red", "R"), ("amber", "A"), ("green", "G"), ("complete", "C"), ("pink", "R")]
)
def test_a_link_may_choose_the_colour_beforehand(
    *, read: Read, client: CheckedClient, tom: Person, plan: Plan, rag: str, code: str
) -> None:
    read(tom, plan, f"/1.1?rag={rag}")
    assert client.form("declared").sent["declared"] == [code]


def test_the_form_carries_over_why_it_is_red(read: Read, client: CheckedClient, tom: Person, plan: Plan) -> None:
    text = read(tom, plan, "/1.1")
    assert client.form("declared").sent["why"] == ["11 of 31 posts are vacant"]
    assert "Carried over from 3 Nov 2026. Edit it if needed." in text


def test_the_reason_for_red_ends_with_the_red(
    read: Read, session: Session, client: CheckedClient, tom: Person, plan: Plan
) -> None:
    read(tom, plan, "/1.1")
    assert client.form("declared").sent["why"] == ["11 of 31 posts are vacant"]
    client.submit({"declared": "G", "happened": "Nine offers were made"}, button="Save update")
    last = session.scalars(select(Update).order_by(Update.id.desc()).limit(1)).one()
    assert (last.declared.value, last.happened, last.why, last.doing) == ("G", "Nine offers were made", "", "")
    read(tom, plan, "/1.1?rag=red")
    assert client.form("declared").sent["why"] == [""]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.MODERATOR, Role.ASSURANCE, Role.LEAD])
def test_who_does_not_lead_it_reads_it_without_a_form(
    read: Read, session: Session, client: CheckedClient, plan: Plan, role: Role
) -> None:
    reader = a_person(session, role, "Sam Okoro")
    text = read(reader, plan, "/1.1")
    assert "Your update" not in text
    assert "“11 of 31 posts are vacant”" in text
    assert client.get(f"/plans/{plan.slug}/1.1/update").status_code == 403


def test_a_viewer_reads_the_rating_and_no_words_or_names(
    *, read: Read, session: Session, client: CheckedClient, plan: Plan, red: Action, tom: Person
) -> None:
    change = dates.ask_date(
        session,
        first_milestone(session, red),
        to=read_target_date("Jan 2027", today=date(2026, 11, 26)),
        because="A secret reason",
        by=tom,
    )
    assert change.id
    viewer = a_person(session, Role.VIEWER, "Vera Lane")
    text = read(viewer, plan, "/1.1")
    assert "is more than 28 days late" in text
    for secret in (
        "Tom Whitcombe",
        "posts are vacant",
        "A secret reason",
        "History",
        "Evidence",
        "making a difference",
    ):
        assert secret not in (client.answer.text if client.answer else "")
    update = red.last_update_on
    assert update is not None
    assert client.get(f"/plans/{plan.slug}/1.1/updates/1").status_code == 403


def test_a_draft_is_not_rated(read: Read, session: Session, office: Person, tom: Person) -> None:
    draft = a_plan(session, title="Draft plan", approved_on=None)
    an_action(session, draft, lead=tom)
    text = read(office, draft, "/1.1")
    assert "Not rated until the plan is approved" in text
    assert "RAG since" not in text


def test_the_facts_tell_who_and_how_often_it_moved(
    *, read: Read, session: Session, client: CheckedClient, office: Person, tom: Person, plan: Plan, red: Action
) -> None:
    helper = a_person(session, Role.LEAD, "Grace Adeyemi")
    party = a_lead(session, tom)
    party.post = "Head of service"
    session.add(LeadPartyMember(party_id=party.id, person_id=helper.id))
    milestone, body = first_milestone(session, red), a_person(session, Role.ASSURANCE, "Helen Marsh")
    for month in ("Nov 2026", "Dec 2026"):
        wish = dates.ask_date(
            session, milestone, to=read_target_date(month, today=date(2026, 10, 1)), because="Posts are vacant", by=tom
        )
        dates.approve_date(session, wish, by=body)
    other = an_action(session, plan, title="Fill the posts")
    links.add_dependency(session, red, on=other, by=office)
    text = read(office, plan, "/1.1")
    assert "Lead Tom Whitcombe, Head of service Change lead" in text
    assert "Can also update Grace Adeyemi" in text
    assert "First due 20 Oct 2026 (moved twice)" in text
    assert "Due now Dec 2026" in text
    assert f"Waits for {other.ref} Fill the posts" in text
    client.get(f"/plans/{plan.slug}/{other.ref}")
    assert "Needed by 1.1 Start stage 1" in client.text


def test_the_history_tells_moves_struck_with_their_reason(
    *, read: Read, session: Session, office: Person, tom: Person, plan: Plan, red: Action
) -> None:
    wish = dates.ask_date(
        session,
        first_milestone(session, red),
        to=read_target_date("Jan 2027", today=date(2026, 10, 1)),
        because="Interviews end in December",
        by=tom,
    )
    body = a_person(session, Role.ASSURANCE, "Helen Marsh")
    dates.refuse_date(session, wish, by=body, note="It cannot wait for that")
    text = read(office, plan, "/1.1")
    assert "New structure live: 20 Oct 2026 → to Jan 2027, “Interviews end in December”. Not agreed." in text
    assert "“It cannot wait for that”" in text
    assert "went from Green to Red, worse" in text


def test_a_fact_entered_late_is_marked_and_an_import_is_not(
    *, read: Read, session: Session, tom: Person, plan: Plan, red: Action, clock_at: HoldClock
) -> None:
    milestone = first_milestone(session, red)
    steps.finish_milestone(session, milestone, on=date(2026, 11, 20), by=tom)
    assert "Back-dated: entered 26 Nov 2026 for 20 Nov 2026" in read(tom, plan, "/1.1")


@pytest.mark.parametrize(
    ("shown", "there", "missing"),
    [
        ("updates", "11 of 31 posts are vacant", "Milestone, 26 Nov 2026"),
        ("everything", "Milestone, 26 Nov 2026", "nothing at all"),
        ("since", "11 of 31 posts are vacant", "3 Aug 2026"),
        ("%00", "Milestone, 26 Nov 2026", "nothing at all"),
    ],
)
def test_the_history_is_narrowed_by_chips(
    *, read: Read, session: Session, tom: Person, plan: Plan, red: Action, shown: str, there: str, missing: str
) -> None:
    steps.start_milestone(session, first_milestone(session, red), on=date(2026, 11, 26), by=tom)
    text = read(tom, plan, f"/1.1?history={shown}")
    assert there in text
    assert missing not in text.partition("History")[2].partition("RAG since")[0]


def test_a_long_history_is_paged(
    *, read: Read, session: Session, client: CheckedClient, tom: Person, plan: Plan, red: Action
) -> None:
    for number in range(60):
        an_update(session, red, by=tom, declared="R", why=f"Reason {number:02}", on=date(2026, 11, 4))
    text = read(tom, plan, "/1.1?history=updates")
    assert "Reason 59" in text
    assert "1 to 50 of 62" in text
    client.get(f"/plans/{plan.slug}/1.1?history=updates&page=2")
    assert "Reason 00" in client.text
    for page in ("0", "-1", "99999", "9" * 400, "x"):
        assert client.get(f"/plans/{plan.slug}/1.1?page={page}").status_code == 200


def test_the_page_asks_the_same_however_much_there_is(
    *, read: Read, session: Session, client: CheckedClient, engine: Engine, tom: Person, plan: Plan, red: Action
) -> None:
    address = f"/plans/{plan.slug}/1.1"

    def asked() -> int:
        with queries_of(engine) as statements:
            assert client.get(address).status_code == 200
        return len(statements)

    an_organisation(session)
    read(tom, plan)
    few = asked()
    for number in range(12):
        a_milestone(session, red, title=f"Step {number}")
        a_milestone(session, red, title=f"Report {number}", due="-200d", kind=MilestoneKind.RECURRING, every_months=1)
        an_update(session, red, by=tom, declared="A")
        other = an_action(session, plan, lead=tom)
        links.add_dependency(session, red, on=other, by=tom)
    session.commit()
    assert asked() == few
    assert few <= BUDGET


def test_the_page_of_a_long_plan_stays_small(
    *, read: Read, session: Session, client: CheckedClient, office: Person, tom: Person, clock_at: HoldClock
) -> None:
    old = a_plan(session, title="Long plan", approved_on=date(2016, 1, 13))
    action = an_action(session, old, lead=tom)
    an_update(session, action, by=tom)
    read(office, old, "/1.1")
    assert client.answer is not None
    assert len(client.answer.data) < 40_000
    assert client.text.count("Rating of 1.1 at the end of each month") == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("jan 2027", {"sentence": "We read this as January 2027, due by 31 January 2027"}),
        ("TBC", {"sentence": "We read this as a date still to be confirmed"}),
        ("31 Feb 2027", {"problem": "31 Feb 2027 is not a real date"}),
        ("", {"problem": "Enter a date, a month, a quarter or TBC"}),
        ("\x00" * 2000, {"problem": "Enter a date, a month, a quarter or TBC"}),
        ("9" * 5000, {"problem": "Enter a date, a month, a quarter or TBC"}),
    ],
)
def test_a_typed_date_is_echoed(
    *, read: Read, client: CheckedClient, tom: Person, plan: Plan, text: str, said: dict[str, Any]
) -> None:
    read(tom, plan)
    assert client.get("/dates/read", query_string={"text": text}).json == said


def test_who_is_not_signed_in_is_asked_to(client: CheckedClient, session: Session, plan: Plan) -> None:
    session.commit()
    for path in (f"/plans/{plan.slug}/1.1", f"/plans/{plan.slug}/1.1/update", "/my/actions", "/dates/read?text=jan"):
        assert client.get(path).status_code == 302
