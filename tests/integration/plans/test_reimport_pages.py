"""A plan comes again as a later version: what differs is shown, what is ticked is taken in."""

import io
from collections.abc import Callable, Iterable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.checked_client import CheckedClient
from tests.support.later_versions import CODES, LATER
from tests.support.plan_forms import PLAN, as_csv, as_excel, as_pasted, as_text, as_word
from tests.support.queries import queries_of
from tracker.core import clock
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.commands.reimport import differences
from tracker.plans.imports.later_version import read_later_version
from tracker.plans.imports.plan_file import PlanFile
from tracker.plans.imports.text_plan import import_plan
from tracker.plans.models import (
    Action,
    ActionLead,
    Area,
    DateChange,
    ImportDoubt,
    Milestone,
    PendingReimport,
    Plan,
    Reimport,
    ReimportChange,
)
from tracker.plans.queries.facts import outlooks
from tracker.plans.queries.records import load_records
from tracker.plans.rules.states import DateChangeKind, DateChangeState

KEY = '{"Green": "G", "Amber": "A", "Red": "R"}'
HoldClock = Callable[..., object]


def bring_in(session: Session, *, approved_on: date | None = date(2026, 11, 2)) -> Plan:
    report = import_plan(session, raw=as_text(), name="plan.txt", title="Plan 2027", approved_on=approved_on, key=KEY)
    assert report.plan is not None
    session.commit()
    return report.plan


@pytest.fixture
def plan(session: Session, today: date) -> Plan:
    return bring_in(session)


def bring(client: CheckedClient, plan: Plan, raw: bytes, name: str = "plan-2.txt") -> str:
    """Bring a later version and return the words of the page that follows."""
    client.get(f"/plans/{plan.slug}/later-versions/new")
    token = client.form("file").sent["csrf_token"][0]
    sent = {"csrf_token": token, "file": (io.BytesIO(raw), name)}
    client.post(f"/plans/{plan.slug}/later-versions/new", data=sent, follow_redirects=True)
    return client.text


def take(client: CheckedClient, codes: Iterable[str]) -> str:
    """Tick these differences and no other, and send them."""
    form = client.form("seen")
    fields = {name: value for name, value in form.filled({}).items() if not name.startswith("take_")}
    assert client.answer is not None
    ticked = {f"take_{code}": "y" for code in codes}
    client.post(form.action, data={**fields, **ticked}, follow_redirects=True)
    return client.text


def ticked_on(client: CheckedClient) -> set[str]:
    return {name.removeprefix("take_") for name in client.form("seen").filled({}) if name.startswith("take_")}


@pytest.fixture
def waiting(client: CheckedClient, session: Session, plan: Plan, office: Person) -> str:
    """A later version that the office has brought; the office is signed in, and this is the address of its page."""
    session.commit()
    client.sign_in(office)
    bring(client, plan, as_text(LATER))
    return client.form("seen").action.partition("?")[0]


def action(session: Session, ref: str) -> Action:
    session.expire_all()
    return session.scalars(select(Action).where(Action.ref == ref)).one()


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("plan.txt", as_text(LATER)),
        ("plan.docx", as_word(LATER)),
        ("plan.xlsx", as_excel(LATER)),
        ("plan.csv", as_csv(LATER)),
        ("pasted text", as_pasted(LATER)),
    ],
)
def test_a_later_version_differs_alike_in_every_form(session: Session, plan: Plan, name: str, raw: bytes) -> None:
    found = differences(session, plan, read_later_version(PlanFile(raw, name), plan).content)
    assert {one.code for one in found} == CODES


def test_the_very_same_plan_differs_in_nothing(
    client: CheckedClient, plan: Plan, office: Person, session: Session
) -> None:
    session.commit()
    client.sign_in(office)
    assert "plan-2.txt says what the plan says. Nothing differs." in bring(client, plan, as_text(PLAN))


def test_everything_is_shown_with_both_versions_and_nothing_gone_is_ticked(
    client: CheckedClient, plan: Plan, office: Person, session: Session
) -> None:
    session.commit()
    client.sign_in(office)
    words = bring(client, plan, as_excel(LATER), "plan-2.xlsx")
    assert "plan-2.xlsx differs in 8 things" in words
    assert "Count caseloads in Taken out: every. team" in words
    assert "Count caseloads in Put in: each. team" in words
    for said in ("Mar 2027", "May 2027", "Hannah Osei and Marek Nowak", "Ines Duarte", "2.3", "Report on it"):
        assert said in words
    assert ticked_on(client) == CODES - {"gone-2.2"}
    assert session.scalar(select(func.count(ReimportChange.id))) == 0
    assert action(session, "1.1").title == "Count caseloads in every team"


def test_only_what_is_ticked_is_taken_in_and_the_rest_goes_on_waiting(
    client: CheckedClient, plan: Plan, office: Person, session: Session
) -> None:
    session.commit()
    client.sign_in(office)
    bring(client, plan, as_text(LATER))
    words = take(client, ["reworded-1.1", "lead-1.2"])
    assert "Took in 2 differences from plan-2.txt" in words
    assert action(session, "1.1").title == "Count caseloads in each team"
    desk = action(session, "1.2")
    names = select(ActionLead).where(ActionLead.action_id == desk.id)
    assert len(session.scalars(names).all()) == 1
    assert action(session, "2.1").title.startswith("Write a standard")
    assert session.scalar(select(func.count(DateChange.id))) == 0
    client.follow("See what still differs")
    assert "plan-2.txt differs in 6 things" in client.text
    take(client, ["new-1.4"])
    session.rollback()
    assert session.scalars(select(Reimport.file_name)).all() == ["plan-2.txt"]
    assert sorted(session.scalars(select(ReimportChange.kind))) == ["lead", "new", "reworded"]


def test_an_approved_date_is_asked_for_and_never_overwritten(
    client: CheckedClient, plan: Plan, office: Person, session: Session
) -> None:
    session.commit()
    client.sign_in(office)
    bring(client, plan, as_text(LATER))
    take(client, ["redated-1.1/2"])
    milestone = session.scalars(select(Milestone).where(Milestone.title == "Count shared")).one()
    assert (milestone.due, milestone.first_due) == (date(2027, 3, 31), date(2027, 3, 31))
    change = session.scalars(select(DateChange)).one()
    assert (change.kind, change.state) == (DateChangeKind.SLIP, DateChangeState.ASKED)
    assert (change.to_due, change.reason) == (date(2027, 5, 31), "Came with plan-2.txt")
    assert "Came with plan-2.txt" in client.get(f"/plans/{plan.slug}/1.1").get_data(as_text=True)
    session.rollback()
    # Brought again it asks for nothing more.
    assert "another date" not in bring(client, plan, as_text(LATER)).lower().partition("nothing is taken")[0]


def test_in_a_draft_the_date_is_set(client: CheckedClient, office: Person, session: Session) -> None:
    draft = bring_in(session, approved_on=None)
    client.sign_in(office)
    bring(client, draft, as_text(LATER))
    take(client, ["redated-1.1/2"])
    milestone = session.scalars(select(Milestone).where(Milestone.title == "Count shared")).one()
    assert (milestone.due, milestone.first_due) == (date(2027, 5, 31), date(2027, 5, 31))
    assert session.scalar(select(func.count(DateChange.id))) == 0


def test_what_is_new_is_there_from_today_and_not_before(
    client: CheckedClient, plan: Plan, office: Person, session: Session, today: date
) -> None:
    yesterday = today - timedelta(days=1)
    before = outlooks(session, plan, day=yesterday)
    session.commit()
    client.sign_in(office)
    bring(client, plan, as_text(LATER))
    take(client, ["new-1.4", "new-milestone-1.1/3"])
    new = action(session, "1.4")
    assert (new.approved_on, new.title) == (today, "Appoint a team for the front door")
    step = session.scalars(select(Milestone).where(Milestone.title == "Count repeated")).one()
    assert (step.agreed_on, step.due, step.position) == (today, date(2027, 9, 30), 3)
    count = action(session, "1.1").id
    assert outlooks(session, plan, day=yesterday)[count] == before[count]
    assert new.id not in load_records(session, plan, day=yesterday).in_plan
    assert client.get(f"/plans/{plan.slug}/1.4").status_code == 200
    listed = client.get(f"/plans/{plan.slug}/actions").get_data(as_text=True)
    assert listed.index("/1.3") < listed.index("/1.4") < listed.index("/2.1")


def test_numbers_and_area_titles_change_and_history_tells_from_which_file(
    client: CheckedClient, plan: Plan, office: Person, session: Session
) -> None:
    session.commit()
    client.sign_in(office)
    bring(client, plan, as_text(LATER))
    take(client, ["renumbered-2.1", "area-reworded-2"])
    assert action(session, "2.3").title.startswith("Write a standard")
    assert session.scalars(select(Area.title).where(Area.number == 2)).one() == "Make supervision regular and useful"
    client.get(f"/plans/{plan.slug}/2.3")
    assert "Another number: came with plan-2.txt" in client.text
    assert "Daniel Hughes" in client.text
    session.rollback()
    kinds = session.scalars(text("SELECT subject_kind FROM log_entry WHERE act = 'insert'")).all()
    assert {"reimport", "reimport_change"} <= set(kinds)


def test_what_is_gone_stays_and_is_put_among_the_things_to_check(
    client: CheckedClient, plan: Plan, office: Person, session: Session
) -> None:
    session.commit()
    client.sign_in(office)
    bring(client, plan, as_text(LATER))
    take(client, ["gone-2.2"])
    assert action(session, "2.2").title == "Report on it"
    doubt = session.scalars(select(ImportDoubt).where(ImportDoubt.code == "gone")).one()
    assert doubt.message.startswith("“Report on it” is not in plan-2.txt any more. Withdraw it")
    assert doubt.ref == "2.2"
    client.get(f"/plans/{plan.slug}/checks")
    assert "“Report on it” is not in plan-2.txt any more" in client.text


def test_a_plan_that_moved_meanwhile_is_not_written_over(
    client: CheckedClient, plan: Plan, office: Person, session: Session
) -> None:
    session.commit()
    client.sign_in(office)
    bring(client, plan, as_text(LATER))
    page = client.answer
    moved = action(session, "1.1")
    moved.title = "Count caseloads in all teams"
    session.commit()
    words = take(client, ["reworded-1.1", "lead-1.2"])
    assert client.answer is not None
    assert client.answer.status_code == 409
    assert page is not client.answer
    assert "The plan has changed since you looked at the differences, so nothing was taken in." in words
    assert "in the plan it is now “Count caseloads in all teams”" in words
    assert ticked_on(client) == {"reworded-1.1", "lead-1.2"}
    session.expire_all()
    assert session.scalar(select(func.count(ReimportChange.id))) == 0
    session.rollback()
    assert "Took in 2 differences" in take(client, ["reworded-1.1", "lead-1.2"])


def test_a_form_sent_twice_takes_in_once(client: CheckedClient, plan: Plan, office: Person, session: Session) -> None:
    session.commit()
    client.sign_in(office)
    bring(client, plan, as_text(LATER))
    form = client.form("seen")
    sent = {**form.filled({}), "take_gone-2.2": ""}
    assert client.post(form.action, data=sent).status_code == 303
    assert client.post(form.action, data=sent).status_code == 409
    assert session.scalar(select(func.count(ReimportChange.id))) == len(CODES) - 1
    assert "differs in 1 thing" in client.text


def test_nothing_ticked_and_odd_posts_change_nothing(
    client: CheckedClient, plan: Plan, office: Person, session: Session
) -> None:
    session.commit()
    client.sign_in(office)
    bring(client, plan, as_text(LATER))
    assert "Tick at least one difference" in take(client, [])
    form = client.form("seen")
    for more in ({"seen": "x"}, {"seen": "\x00"}, {"take_new-9.9": "y", "take_": "y"}, {"seen": "0" * 5000}):
        kept = {name: value for name, value in form.filled({}).items() if not name.startswith("take_")}
        assert client.post(form.action, data={**kept, **more}).status_code in {409, 422}
    assert session.scalar(select(func.count(ReimportChange.id))) == 0
    for page in ("0", "-1", "99", "x"):
        assert client.get(f"{form.action.partition('?')[0]}?page={page}").status_code == 200


@pytest.mark.parametrize(
    "case",
    [
        (b"", "a.txt", "The file is empty"),
        (b"no plan at all", "a.txt", "We could not find any actions in this file"),
        (b"%PDF-1.7", "a.txt", "This looks like a PDF"),
        (b"PK\x03\x04junk", "a.xlsx", ""),
        (as_text(LATER).replace(b"1.", b"7.").replace(b"2.", b"8."), "a.txt", ""),
    ],
)
def test_a_file_that_is_no_later_version_is_refused_with_a_sentence(
    client: CheckedClient, plan: Plan, office: Person, session: Session, case: tuple[bytes, str, str]
) -> None:
    session.commit()
    client.sign_in(office)
    raw, name, says = case
    words = bring(client, plan, raw, name)
    assert client.answer is not None
    if client.answer.status_code != 200:
        assert client.answer.status_code == 422
        assert "There is a problem" in words
        assert says in words


def test_another_plan_altogether_is_refused(
    client: CheckedClient, plan: Plan, office: Person, session: Session
) -> None:
    session.commit()
    client.sign_in(office)
    other = b"AREA FOR IMPROVEMENT 9: Roads\nNo.\tAction\tMilestones\tTarget date\tDelivery lead\n"
    other += b"9.1\tMend the bridge over the river\tBridge open\tMay 2027\tOle Berg\n"
    assert "No action of Plan 2027 is in this file, so it is no later version of it" in bring(client, plan, other)
    assert session.scalar(select(func.count(PendingReimport.id))) == 0


def test_what_waits_is_its_owners_alone_and_goes_after_a_week(
    client: CheckedClient, plan: Plan, waiting: str, session: Session, clock_at: HoldClock
) -> None:
    colleague = a_person(session, Role.OFFICE, "Olga Other")
    session.commit()
    address, app = waiting, client.application
    assert "plan-2.txt" in client.get(f"/plans/{plan.slug}/later-versions").get_data(as_text=True)
    theirs = CheckedClient(app)
    theirs.sign_in(colleague)
    assert theirs.get(address).status_code == 404
    assert "plan-2.txt" not in theirs.get(f"/plans/{plan.slug}/later-versions").get_data(as_text=True)
    clock_at(clock.now() + timedelta(days=7, minutes=1))
    client.sign_in(session.scalars(select(Person).where(Person.name == "Daniel Hughes")).one())
    client.get(address, follow_redirects=True)
    assert "This version was brought more than 7 days ago. Bring it again" in client.text
    assert "1 later version," in app.test_cli_runner().invoke(args=["tidy"]).output
    assert session.scalar(select(func.count(PendingReimport.id))) == 0


def test_it_can_be_discarded(client: CheckedClient, plan: Plan, office: Person, session: Session) -> None:
    session.commit()
    client.sign_in(office)
    bring(client, plan, as_text(LATER))
    client.submit(button="Discard this version")
    assert "Discarded: plan-2.txt" in client.text
    assert session.scalar(select(func.count(PendingReimport.id))) == 0
    assert "Nothing of a later version has been taken in." in client.text


@pytest.mark.parametrize("role", ["lead", "auditor", "moderator", "assurance", "viewer", "admin"])
def test_nobody_but_the_office_brings_or_takes_in(
    app: Flask, plan: Plan, waiting: str, session: Session, role: str
) -> None:
    other = a_person(session, Role(role), "Una Other")
    session.commit()
    address, theirs = waiting, CheckedClient(app)
    theirs.sign_in(other)
    token = theirs.form(button="Sign out").filled({})["csrf_token"]
    for path in ("", "/new"):
        assert theirs.get(f"/plans/{plan.slug}/later-versions{path}").status_code == 403
    for to in (address, f"{address}/discard", f"/plans/{plan.slug}/later-versions/new"):
        assert theirs.post(to, data={"csrf_token": token, "take_lead-1.2": "y"}).status_code == 403
    assert session.scalar(select(func.count(PendingReimport.id))) == 1
    assert session.scalar(select(func.count(ReimportChange.id))) == 0


def test_an_office_of_another_plan_is_refused(client: CheckedClient, plan: Plan, session: Session) -> None:
    elsewhere = Plan(slug="elsewhere", title="Elsewhere", status="draft")
    session.add(elsewhere)
    session.flush()
    person = a_person(session, Role.OFFICE, "Olga Other", scope={"plan_id": elsewhere.id})
    session.commit()
    client.sign_in(person)
    assert client.get(f"/plans/{plan.slug}/later-versions/new").status_code == 403
    assert client.get("/plans/elsewhere/later-versions/new").status_code == 200
    assert client.get("/plans/none/later-versions/new").status_code == 404


def test_the_pages_ask_the_database_no_more_for_more(
    client: CheckedClient, plan: Plan, office: Person, session: Session, engine: Engine
) -> None:
    session.commit()
    client.sign_in(office)
    bring(client, plan, as_text(LATER))
    address = client.form("seen").action.partition("?")[0]
    with queries_of(engine) as few:
        client.get(address)
    take(client, CODES)
    with queries_of(engine) as shown:
        client.get(client.answer.request.path if client.answer else "")
    with queries_of(engine) as none_left:
        client.get(address)
    assert len(few) == len(none_left) <= 12
    assert len(shown) <= 12
