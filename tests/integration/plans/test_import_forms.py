"""Bringing a plan in from Word, Excel, CSV and pasted cells: what is stored, and what its status column declares."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.plan_forms import as_csv, as_excel, as_word
from tracker.core import clock
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.exports.plan_document import plan_document
from tracker.plans.exports.rag_document import rag_document
from tracker.plans.imports.plan_file import KeyNeeded
from tracker.plans.imports.text_plan import ImportReport, import_plan
from tracker.plans.models import Action, ImportDoubt, Plan, PlanSource, Update
from tracker.plans.rules.states import ActionState

pytestmark = pytest.mark.both_databases
KEY = "Green = C, Amber = G, Red = R"


def bring_in(session: Session, raw: bytes, name: str, *, by: int = 0, key: str = KEY) -> ImportReport:
    report = import_plan(
        session, raw=raw, name=name, title="Riverton", approved_on=clock.today(), by=by, columns="", key=key
    )
    session.commit()
    return report


def test_word_excel_and_csv_are_stored_alike(session: Session) -> None:
    stored = []
    for raw, name in ((as_word(), "a.docx"), (as_excel(), "a.xlsx"), (as_csv(), "a.csv")):
        plan = bring_in(session, raw, name).plan
        assert plan is not None
        areas = plan_document(session, plan)["areas"]
        lines = [action.pop("source_lines") for area in areas for action in area["actions"]]
        assert all(lines)
        stored.append(areas)
    assert stored[0] == stored[1] == stored[2]


def test_a_doubt_stands_with_its_place_beside_the_line_of_the_kept_text(session: Session) -> None:
    plan = bring_in(session, as_excel(), "a.xlsx").plan
    assert plan is not None
    doubt = session.scalars(select(ImportDoubt).where(ImportDoubt.code == "placeholder")).one()
    assert doubt.message.startswith("Row 4: ")
    kept = session.scalars(select(PlanSource)).one().text.splitlines()
    assert "Further actions to be agreed" in kept[doubt.line - 1]


def test_what_is_declared_comes_in_as_said_today_and_not_as_the_rating(session: Session) -> None:
    office = a_person(session, Role.OFFICE, "Daniel Hughes")
    session.commit()
    plan = bring_in(session, as_excel(), "a.xlsx", by=office.id).plan
    assert plan is not None
    updates = {
        ref: (update.declared.value, update.effective_on, update.author_id, update.on_behalf_of, update.came_by)
        for ref, update in session.execute(select(Action.ref, Update).join(Action, Action.id == Update.action_id))
    }
    said = (clock.today(), office.id)
    assert updates["1.1"] == ("C", *said, "Hannah Osei", "imported plan")
    assert updates["2.1"] == ("R", *said, "Ines Duarte", "imported plan")
    assert set(updates) == {"1.1", "1.2", "2.1", "2.2"}
    rated = rag_document(session, plan, as_at=clock.today())["actions"]
    assert (rated["2.1"]["computed"], rated["2.1"]["effective"]) != ("R", "G")
    assert rated["2.1"]["effective"] == "R"
    assert rated["1.1"]["effective"] != "C"


def test_complete_is_a_claim_until_somebody_checks_it(session: Session) -> None:
    bring_in(session, as_excel(), "a.xlsx")
    states = {action.ref: action.state for action in session.scalars(select(Action))}
    assert (states["1.1"], states["1.2"], states["1.3"]) == (
        ActionState.CLAIMED,
        ActionState.IN_PROGRESS,
        ActionState.AGREED,
    )


def test_a_command_writes_declarations_in_the_name_of_nobody_who_could_sign_in(session: Session) -> None:
    bring_in(session, as_excel(), "a.xlsx")
    bring_in(session, as_csv(), "a.csv")
    author = session.scalars(select(Person)).one()
    assert (author.name, author.is_active, author.password_hash) == ("Imported plan", False, None)


def test_without_the_key_nothing_is_written(session: Session) -> None:
    with pytest.raises(KeyNeeded):
        bring_in(session, as_excel(), "a.xlsx", key="")
    assert session.scalar(select(func.count(Plan.id))) == 0
