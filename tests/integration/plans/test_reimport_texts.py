"""A later version of a plan wants other things: its objectives, outcomes and measures are compared and taken in too."""

import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.checked_client import CheckedClient
from tests.support.plan_forms import PLAN, PrintedArea, as_csv, as_excel, as_pasted, as_text, as_word
from tracker.people.models import Person
from tracker.plans.commands.reimport import differences
from tracker.plans.imports.later_version import read_later_version
from tracker.plans.imports.plan_file import PlanFile
from tracker.plans.imports.text_plan import import_plan
from tracker.plans.models import Area, FormerWording, ImportDoubt, Objective, Outcome, Plan, PlanMeasure

_FIRST, _SECOND = PLAN
LATER = (
    replace(
        _FIRST,
        objectives=("Know how many children each worker holds, week by week",),
        outcomes=(*_FIRST.outcomes, "Families tell their story once"),
        measures=("Share of posts filled for a year or more",),
    ),
    _SECOND,
)
CODES = {
    "text-reworded-1/objective-1",
    "text-gone-1/objective-2",
    "new-text-1/outcome-2",
    "text-reworded-1/measure-1",
}
THIRD = PrintedArea(3, "Hear children", ("Ask them",), ("Children are heard",), ("90% are asked",), ())


@pytest.fixture
def plan(session: Session, today: date) -> Plan:
    key = '{"Green": "G", "Amber": "A", "Red": "R"}'
    report = import_plan(
        session, raw=as_text(), name="plan.txt", title="Plan 2027", approved_on=date(2026, 11, 2), key=key
    )
    assert report.plan is not None
    session.commit()
    return report.plan


def compared(client: CheckedClient, plan: Plan, raw: bytes, name: str) -> str:
    client.get(f"/plans/{plan.slug}/later-versions/new")
    token = client.form("file").sent["csrf_token"][0]
    sent = {"csrf_token": token, "file": (io.BytesIO(raw), name)}
    client.post(f"/plans/{plan.slug}/later-versions/new", data=sent, follow_redirects=True)
    return client.text


def take(client: CheckedClient, codes: Iterable[str]) -> str:
    form = client.form("seen")
    fields = {name: value for name, value in form.filled({}).items() if not name.startswith("take_")}
    client.post(form.action, data={**fields, **{f"take_{code}": "y" for code in codes}}, follow_redirects=True)
    return client.text


def wanted(session: Session, kind: type[Objective | Outcome | PlanMeasure], number: int) -> list[str]:
    session.expire_all()
    query = select(kind.text).join(Area, Area.id == kind.area_id).where(Area.number == number)
    return list(session.scalars(query.order_by(kind.position)))


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("plan.txt", as_text),
        ("plan.docx", as_word),
        ("plan.xlsx", as_excel),
        ("plan.csv", as_csv),
        ("pasted text", as_pasted),
    ],
)
def test_what_an_area_wants_differs_alike_in_every_form(session: Session, plan: Plan, name: str, make: object) -> None:
    assert callable(make)
    found = differences(session, plan, read_later_version(PlanFile(make(LATER), name), plan).content)
    assert {one.code for one in found} == CODES
    assert {one.code for one in found if one.is_ticked} == CODES - {"text-gone-1/objective-2"}


def test_what_is_ticked_is_taken_in_and_the_history_of_the_area_tells_it(
    client: CheckedClient, session: Session, plan: Plan, office: Person
) -> None:
    session.commit()
    client.sign_in(office)
    words = compared(client, plan, as_excel(LATER), "plan-2.xlsx")
    assert "Put in: a year" in words
    assert "Families tell their story once" in words
    assert "Took in 4 differences" in take(client, CODES)
    assert wanted(session, PlanMeasure, 1) == ["Share of posts filled for a year or more"]
    assert wanted(session, Outcome, 1) == ["Children keep one worker for longer", "Families tell their story once"]
    assert wanted(session, Objective, 1) == [
        "Know how many children each worker holds, week by week",
        "Keep experienced people",
    ]
    assert wanted(session, Objective, 2) == ["Every worker is supervised each month"]
    told = {(one.what.value, one.before, one.after) for one in session.scalars(select(FormerWording))}
    assert told == {
        ("objective", "Know how many children each worker holds", LATER[0].objectives[0]),
        ("outcome", "", "Families tell their story once"),
        ("measure", "Share of posts filled for six months or more", LATER[0].measures[0]),
    }
    doubt = session.scalars(select(ImportDoubt).where(ImportDoubt.code == "gone")).one()
    assert doubt.message.startswith("“Objective: Keep experienced people” is not in plan-2.xlsx any more")
    assert "Measure changed" in client.get(f"/plans/{plan.slug}/areas/1/edit").get_data(as_text=True)
    assert "Nothing differs" not in compared(client, plan, as_excel(LATER), "plan-2.xlsx")


def test_what_is_not_ticked_stays_as_it_was(
    client: CheckedClient, session: Session, plan: Plan, office: Person
) -> None:
    session.commit()
    client.sign_in(office)
    compared(client, plan, as_text(LATER), "plan-2.txt")
    assert "Took in 1 difference" in take(client, ["new-text-1/outcome-2"])
    assert wanted(session, PlanMeasure, 1) == list(_FIRST.measures)
    assert wanted(session, Objective, 1) == list(_FIRST.objectives)


def test_a_file_without_any_measure_takes_none_away(session: Session, plan: Plan) -> None:
    silent = [replace(area, measures=()) for area in PLAN]
    assert differences(session, plan, read_later_version(PlanFile(as_text(silent), "a.txt"), plan).content) == ()


def test_a_new_area_comes_with_all_it_wants(
    client: CheckedClient, session: Session, plan: Plan, office: Person
) -> None:
    session.commit()
    client.sign_in(office)
    action = replace(_SECOND.actions[0], ref="3.1", title="Ask every child at each visit")
    compared(client, plan, as_text((*PLAN, replace(THIRD, actions=(action,)))), "plan-2.txt")
    take(client, ["new-area-3", "new-3.1"])
    assert wanted(session, Objective, 3) == ["Ask them"]
    assert wanted(session, Outcome, 3) == ["Children are heard"]
    assert wanted(session, PlanMeasure, 3) == ["90% are asked"]


def test_a_part_of_an_outcome_comes_to_that_outcome(
    client: CheckedClient, session: Session, plan: Plan, office: Person
) -> None:
    session.commit()
    client.sign_in(office)
    outcome = b"- Children keep one worker for longer"
    compared(client, plan, as_text().replace(outcome, outcome + b"\n  - in care\n  - at home"), "plan-2.txt")
    take(client, ["new-text-1/outcome-2", "new-text-1/outcome-3"])
    assert wanted(session, Outcome, 1) == ["Children keep one worker for longer", "in care", "at home"]
    top, *parts = session.scalars(select(Outcome).where(Outcome.area_id == 1).order_by(Outcome.position))
    assert (top.parent_id, [one.parent_id for one in parts]) == (None, [top.id, top.id])
