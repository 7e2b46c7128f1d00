"""The page of plan quality: what is weak stands with its place and its cure, and the same goes into files."""

from collections.abc import Callable
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_milestone, a_plan, an_action, an_area
from tests.support.checked_client import CheckedClient
from tests.support.queries import queries_of
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.commands.inspection_items import add_item
from tracker.plans.commands.inspections import InspectionFacts, answer_inspection, record_inspection
from tracker.plans.models import ActionLink, Area, Milestone, Objective, Outcome, Plan, PlanMeasure
from tracker.plans.rules.quality import Fault
from tracker.plans.rules.states import ItemClass, LinkKind, LinkStatus
from tracker.plans.rules.vocabulary import ActionKind

Read = Callable[..., str]


@pytest.fixture
def weak(session: Session, office: Person, tom: Person) -> Plan:
    """A plan with one weakness of each kind, and an action of another lead."""
    made = a_plan(session, slug="plan")
    first, second = an_area(session, made, title="Workloads"), an_area(session, made, title="Training")
    _says(session, first, Outcome, "Deliver training to all", "Children keep one worker")
    _says(session, first, PlanMeasure, "Frequency of supervision", "Caseloads fall to 18", "Caseloads fall to  18.")
    _says(session, second, Objective, "Keep people")
    action = an_action(session, made, area=first, title="Count caseloads", lead=tom)
    a_milestone(session, action, title="Desk open", due=None)
    for number in range(6):
        an_action(session, made, area=first, title=f"Step {number}", lead=tom)
    promise = an_action(session, made, area=second, title="Further actions", kind=ActionKind.PLACEHOLDER, lead="Ines")
    session.add(
        ActionLink(
            from_id=promise.id,
            to_id=action.id,
            kind=LinkKind.CROSS_REFERENCE,
            text="see the count",
            status=LinkStatus.PROPOSED,
        )
    )
    inspection = record_inspection(session, InspectionFacts(title="Inspection of 2025"), by=office.id)
    answer_inspection(session, made, inspection, by=office.id)
    add_item(session, inspection, item_class=ItemClass.PRIORITY_ACTION, words="Hold conferences in time.", by=0)
    session.commit()
    return made


def _says(session: Session, area: Area, kind: type[Outcome | PlanMeasure | Objective], *texts: str) -> None:
    for position, words in enumerate(texts, start=1):
        session.add(kind(area_id=area.id, position=position, text=words))
    session.flush()


def test_each_weakness_stands_with_its_place_and_the_page_that_mends_it(
    read: Read, client: CheckedClient, weak: Plan, office: Person
) -> None:
    words = read(office, weak, "/quality")
    assert "9 findings of 9 kinds." in words
    for row in (
        "Desk openAction 1.1No date. The milestone has no dateGive it a date",
        "Further actionsAction 2.1Still to be agreed.",
        "Frequency of supervisionArea 1Measure without a number.",
        "Keep peopleArea 2Objective without a measure. The area has no measureAdd a measure",
        "Deliver training to allArea 1Outcome worded as work.",
        "Measured twice. Nearly the same: “Caseloads fall to 18.”, in area 1",
        "Hold conferences in time.Item without an action. Priority action: no area answers itChoose areas",
        "see the countAction 2.1Reference not settled. May mean 1.1Settle the reference",
        "Tom WhitcombeLead with too much. 7 open actions: 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7See the actions",
    ):
        assert row.replace(" ", "") in words.replace(" ", ""), row


CURES = {
    "undated": ("Give it a date, Desk open", "/1.1/update"),
    "placeholder": ("Agree actions for 2.1, Further actions", "/2.1/agree"),
    "open_measure": ("Change the measure, Frequency of supervision", "/areas/1/measure/1"),
    "loose_objective": ("Add a measure, Keep people", "/areas/2/measure/new"),
    "activity": ("Change the outcome, Deliver training to all", "/areas/1/outcome/1"),
    "twin_measures": ("Change the measure, Caseloads fall to 18", "/areas/1/measure/2"),
    "unanswered": ("Choose areas, Hold conferences in time.", "/items/1/areas"),
    "reference": ("Settle the reference, see the count", "/2.1/references/1"),
    "overloaded": ("See the actions, Tom Whitcombe", "/actions"),
}


@pytest.mark.parametrize("fault", Fault)
def test_each_kind_of_weakness_leads_to_the_page_that_mends_it(
    read: Read, client: CheckedClient, weak: Plan, office: Person, fault: Fault
) -> None:
    link, path = CURES[fault.value]
    read(office, weak, f"/quality?kind={fault.value}")
    answer = client.follow(link)
    assert (answer.status_code, answer.request.path) == (200, f"/plans/{weak.slug}{path}")


def test_in_a_draft_a_date_is_given_where_the_milestone_is_edited(
    read: Read, client: CheckedClient, session: Session, office: Person
) -> None:
    draft = a_plan(session, slug="draft", approved_on=None)
    action = an_action(session, draft, title="Count caseloads")
    a_milestone(session, action, title="Desk open", due=None)
    bare = an_action(session, draft, title="Recruit", due=None)
    for step in session.scalars(select(Milestone).where(Milestone.action_id == bare.id)):
        session.delete(step)
    read(office, draft, "/quality")
    client.follow("Give it a date, Desk open")
    assert client.heading.startswith("Edit")
    assert client.submit({"date": "31 Mar 2027"}, button="Save").status_code == 200
    read(office, draft, "/quality")
    client.follow("Add a milestone to 1.2, Recruit")
    assert client.heading.startswith("Add a milestone")


def test_who_may_not_edit_is_led_to_where_it_stands(read: Read, client: CheckedClient, weak: Plan, tom: Person) -> None:
    read(tom, weak, "/quality")
    for link, heading in (
        ("Open 1.1, Desk open", "1.1"),
        ("Open area 1, Deliver training to all", "1"),
        ("See what is answered, Hold conferences in time.", "What the plan answers"),
    ):
        client.get(f"/plans/{weak.slug}/quality")
        assert client.follow(link).status_code == 200
        assert heading in client.heading, client.heading


def test_the_list_is_narrowed_to_one_kind_and_a_lead_may_be_allowed_more(
    read: Read, weak: Plan, office: Person
) -> None:
    words = read(office, weak, "/quality?kind=placeholder")
    assert "Still to be agreed: 1" in words
    assert "Show all findings" in words
    assert "Open 1.1" not in words
    assert "8 findings of 8 kinds." in read(office, weak, "/quality?most=12")
    assert "Nothing of this kind was found." in read(office, weak, "/quality?most=12&kind=overloaded")
    for odd in ("?kind=x&most=-1", "?kind=&most=9999999999999999", "?page=99", "?most=%D9%A3"):
        assert "9 findings" in read(office, weak, f"/quality{odd}")


def test_a_sound_plan_and_an_empty_one_say_so(read: Read, session: Session, office: Person) -> None:
    sound = a_plan(session, slug="sound")
    an_action(session, sound)
    assert "Nothing weak was found" in read(office, sound, "/quality")
    empty = a_plan(session, slug="empty")
    assert "This plan has no areas yet" in read(office, empty, "/quality")


def test_the_plan_and_the_home_of_the_office_lead_to_it(
    read: Read, client: CheckedClient, weak: Plan, office: Person
) -> None:
    read(office, weak, "/reports")
    client.follow("Plan quality")
    assert client.heading == "Plan quality"
    client.get("/office")
    client.follow(weak.title)
    assert client.heading == "Plan quality"


def test_both_files_hold_the_findings_and_leave_a_trace(
    client: CheckedClient, session: Session, weak: Plan, office: Person
) -> None:
    client.sign_in(office)
    lines = client.get(f"/plans/{weak.slug}/quality.csv").get_data(as_text=True).splitlines()
    assert len(lines) == 10
    assert lines[1].startswith("No date,1,1.1,Desk open,The milestone has no date,")
    book = load_workbook(BytesIO(client.get(f"/plans/{weak.slug}/quality.xlsx?kind=placeholder").data))
    assert [cell.value for cell in book["Findings"][2]][:4] == ["Still to be agreed", 2, "2.1", "Further actions"]
    sheet = book["Findings"]
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.orientation) == ("B2", "$1:$1", "landscape")
    about = {str(row[1].value) for row in book["About"].iter_rows(min_row=3)}
    assert {weak.title, "A lead carries too much with more than 6 open actions."} <= about
    acts = session.scalars(text("SELECT act FROM log_entry ORDER BY number DESC LIMIT 2")).all()
    assert acts == ["exported", "exported"]


def test_words_that_look_like_formulas_stay_words(
    client: CheckedClient, session: Session, weak: Plan, office: Person
) -> None:
    an_action(session, weak, title="=1+1", kind=ActionKind.PLACEHOLDER)
    session.commit()
    client.sign_in(office)
    assert "'=1+1" in client.get(f"/plans/{weak.slug}/quality.csv").get_data(as_text=True)
    sheet = load_workbook(BytesIO(client.get(f"/plans/{weak.slug}/quality.xlsx?kind=placeholder").data))["Findings"]
    assert {(row[3].value, row[3].data_type) for row in sheet.iter_rows(min_row=2)} >= {("=1+1", "s")}


def test_a_lead_takes_away_only_what_is_said_of_their_own_actions(
    client: CheckedClient, weak: Plan, tom: Person
) -> None:
    client.sign_in(tom)
    file = client.get(f"/plans/{weak.slug}/quality.csv").get_data(as_text=True)
    assert "Desk open" in file
    assert "Tom Whitcombe" in file
    assert "Further actions" not in file
    assert "see the count" not in file
    assert "Choose areas" not in client.get(f"/plans/{weak.slug}/quality").get_data(as_text=True)


@pytest.mark.parametrize("role", ["assurance", "viewer", "admin"])
def test_it_is_for_people_inside_and_files_for_fewer(
    client: CheckedClient, session: Session, weak: Plan, role: str
) -> None:
    person = a_person(session, Role(role), "Vera Vale")
    session.commit()
    client.sign_in(person)
    is_inside = role == "assurance"
    assert client.get(f"/plans/{weak.slug}/quality").status_code == (200 if is_inside else 403)
    for end in ("csv", "xlsx"):
        assert client.get(f"/plans/{weak.slug}/quality.{end}").status_code == 403
    assert client.get("/plans/none/quality").status_code == (404 if is_inside else 403)


def test_a_partners_lead_sees_nothing_of_it(client: CheckedClient, session: Session, weak: Plan) -> None:
    partner = a_person(session, Role.LEAD, "Paula Partner", scope={"is_partner": True})
    session.commit()
    client.sign_in(partner)
    assert client.get(f"/plans/{weak.slug}/quality").status_code == 403


def test_the_page_asks_the_database_no_more_for_many_actions(
    client: CheckedClient, session: Session, engine: Engine, weak: Plan, office: Person
) -> None:
    counts = []
    client.sign_in(office)
    for more in (1, 130):
        for number in range(more):
            an_action(session, weak, title=f"Placeholder {number} of {more}", kind=ActionKind.PLACEHOLDER)
        session.commit()
        with queries_of(engine) as statements:
            assert client.get(f"/plans/{weak.slug}/quality").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 12
    client.get(f"/plans/{weak.slug}/quality?page=2")
    assert "101 to " in client.text
