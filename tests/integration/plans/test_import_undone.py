"""Taking a plan back after its import: whole, within 30 days, and only while nobody has worked on it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from tests.conftest import A_THURSDAY
from tests.support.builders.audits import a_theme
from tests.support.builders.impact import a_link
from tests.support.builders.people import a_person
from tests.support.builders.plans import an_update, with_leads
from tests.support.checked_client import CheckedClient
from tests.support.incoming import import_it, say_key, send_plan
from tests.support.plan_forms import as_excel
from tracker.core.database import Base
from tracker.people.models import Person, RoleGrant
from tracker.people.rules import Role
from tracker.plans.commands.doubts import settle_doubt
from tracker.plans.commands.undoing import undo_import
from tracker.plans.imports.text_plan import import_plan
from tracker.plans.models import Action, ActionLead, ImportDoubt, Milestone, Plan, PlanImport
from tracker.plans.queries.imports import import_of_plan

LATER = A_THURSDAY + timedelta(minutes=5)
KEPT = {"log_entry", "log_payload", "log_checkpoint", "lead_party", "person", "plan_import", "person_session"}


def brought(session: Session, approved_on: date | None = date(2026, 1, 13)) -> Plan:
    report = import_plan(
        session,
        raw=as_excel(),
        name="plan.xlsx",
        title="Improvement plan",
        approved_on=approved_on,
        key="Green = G, Amber = A, Red = R",
    )
    session.commit()
    assert report.plan is not None
    return report.plan


def rows(session: Session) -> dict[str, int]:
    return {
        table.name: session.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
        if table.name not in KEPT
    }


@pytest.mark.both_databases
def test_a_plan_goes_with_all_that_came_in_with_it_and_its_log_stays(session: Session, office: Person) -> None:
    session.commit()
    before = rows(session)
    plan = brought(session)
    assert rows(session) != before
    made = import_of_plan(session, plan)
    assert made is not None
    number = plan.id
    undo_import(session, made, by=office)
    session.commit()
    assert rows(session) == before
    assert (made.undone_by, import_of_plan(session, plan)) == (office.id, None)
    told = text("SELECT act FROM log_entry WHERE subject_kind = 'plan' AND subject_id = :id ORDER BY number")
    assert session.scalars(told, {"id": str(number)}).all() == ["insert", "delete"]
    assert session.scalar(text("SELECT count(*) FROM log_entry WHERE act = 'import_undone'")) == 1


def an_update_written(session: Session, plan: Plan, by: Person) -> None:
    an_update(session, with_leads(session, _action(session, plan)), by=by)


def an_action_changed(session: Session, plan: Plan, by: Person) -> None:
    _action(session, plan).title = "Another title"


def a_date_moved(session: Session, plan: Plan, by: Person) -> None:
    action = _action(session, plan)
    milestone = session.scalars(select(Milestone).where(Milestone.action_id == action.id)).first()
    assert milestone is not None
    milestone.due = date(2027, 6, 30)


def approved(session: Session, plan: Plan, by: Person) -> None:
    session.get_one(Plan, plan.id).approved_on = date(2026, 2, 2)


def a_theme_linked(session: Session, plan: Plan, by: Person) -> None:
    a_link(session, a_theme(session), _action(session, plan))


def a_role_for_it(session: Session, plan: Plan, by: Person) -> None:
    session.add(RoleGrant(person_id=by.id, role=Role.VIEWER, plan_id=plan.id, starts_on=LATER.date()))


def a_lead_taken_away(session: Session, plan: Plan, by: Person) -> None:
    action = _action(session, plan)
    session.add(ActionLead(action_id=action.id, party_id=_party(session), position=9))


def _party(session: Session) -> int:
    return session.scalars(select(ActionLead.party_id).order_by(ActionLead.id.desc())).first() or 0


def _action(session: Session, plan: Plan) -> Action:
    return session.scalars(select(Action).where(Action.plan_id == plan.id, Action.ref == "1.1")).one()


WORKED = [
    (an_update_written, "updates were written"),
    (an_action_changed, "actions were changed"),
    (a_date_moved, "milestones were changed"),
    (approved, "the plan itself was approved or changed"),
    (a_theme_linked, "themes were linked to it"),
    (a_role_for_it, "somebody was given a role for it"),
    (a_lead_taken_away, "leads were changed"),
]


@pytest.mark.parametrize(("work", "words"), WORKED)
def test_a_plan_that_somebody_worked_on_stays_and_the_page_says_why(
    client: CheckedClient,
    session: Session,
    office: Person,
    clock_at: Callable[..., object],
    *,
    work: Callable[[Session, Plan, Person], None],
    words: str,
) -> None:
    plan = brought(session)
    clock_at(LATER)
    work(session, plan, office)
    session.commit()
    client.sign_in(office)
    client.get("/plans/improvement-plan/checks")
    client.follow("Undo this import")
    assert "This plan was worked on since it came in: " in client.text
    assert words in client.text
    token = client.form(button="Sign out").filled({})["csrf_token"]
    here = client.answer.request.path if client.answer else ""
    assert client.post(here, data={"csrf_token": token}).status_code == 409
    assert words in client.text
    session.expire_all()
    assert session.scalars(select(Plan.slug)).all() == ["improvement-plan"]


def test_settled_doubts_are_no_work_that_would_be_lost(
    session: Session, office: Person, clock_at: Callable[..., object]
) -> None:
    plan = brought(session)
    clock_at(LATER)
    for doubt in session.scalars(select(ImportDoubt)):
        settle_doubt(session, doubt, by=office)
    made = import_of_plan(session, plan)
    assert made is not None
    undo_import(session, made, by=office)
    assert session.scalars(select(Plan)).all() == []


@pytest.mark.parametrize(("days", "status"), [(30, 303), (31, 409)])
def test_after_30_days_it_is_too_late(
    client: CheckedClient, session: Session, office: Person, clock_at: Callable[..., object], *, days: int, status: int
) -> None:
    plan = brought(session)
    made = import_of_plan(session, plan)
    assert made is not None
    clock_at(A_THURSDAY + timedelta(days=days))
    client.sign_in(office)
    listed = client.get("/plans/imports")
    assert ("/undo" in listed.text) == (status == 303)
    token = client.form(button="Sign out").filled({})["csrf_token"]
    answer = client.post(f"/plans/imports/{made.id}/undo", data={"csrf_token": token})
    assert answer.status_code == status
    assert ("more than 30 days ago" in answer.text) == (status == 409)


def test_an_import_taken_back_opens_again_with_its_answers_and_can_be_made_anew(
    client: CheckedClient, session: Session, office: Person
) -> None:
    session.commit()
    client.sign_in(office)
    send_plan(client, as_excel())
    say_key(client)
    import_it(client)
    client.follow("Undo this import")
    client.submit(button="Undo this import")
    assert "Taken back: Improvement plan" in client.text
    assert "Taken back 26 Nov 2026 by Daniel Hughes" in client.text
    client.get(next(link.get("href", "") for link in client.page.iter("a") if "/plans/import/" in link.get("href", "")))
    assert client.heading == "What we found in plan.xlsx"
    import_it(client)
    assert "Imported 5 actions" in client.text
    assert len(session.scalars(select(PlanImport)).all()) == 2


def test_an_import_is_taken_back_by_the_office_alone(client: CheckedClient, session: Session, office: Person) -> None:
    made = import_of_plan(session, brought(session))
    lead = a_person(session, Role.LEAD, "Tom Whitcombe")
    session.commit()
    assert made is not None
    client.sign_in(lead)
    for address in ("/plans/imports", f"/plans/imports/{made.id}/undo"):
        assert client.get(address).status_code == 403
    token = client.form(button="Sign out").filled({})["csrf_token"]
    assert client.post(f"/plans/imports/{made.id}/undo", data={"csrf_token": token}).status_code == 403
