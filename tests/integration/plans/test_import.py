"""Bringing a published plan in: everything that was read is stored, every doubt is kept, and nothing is done twice."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.core.problems import Invalid
from tracker.plans.exports.plan_document import plan_document
from tracker.plans.exports.rag_document import rag_document
from tracker.plans.imports.text_plan import ImportReport, import_plan
from tracker.plans.models import Action, ActionLead, ImportDoubt, Milestone, Plan, PlanSource, UnreadLine
from tracker.plans.queries.facts import outlooks
from tracker.plans.queries.positions import positions
from tracker.plans.rules.states import PlanStatus

RIVERTON = Path(__file__).parents[2] / "support" / "plans" / "riverton.txt"
APPROVED = date(2015, 1, 13)

pytestmark = pytest.mark.both_databases


def bring_in(session: Session, *, approved_on: date | None = APPROVED, title: str = "Riverton plan") -> ImportReport:
    report = import_plan(session, raw=RIVERTON.read_bytes(), name="riverton.txt", title=title, approved_on=approved_on)
    session.commit()
    return report


def test_everything_that_was_read_is_stored(session: Session) -> None:
    report = bring_in(session)
    stored = {
        "actions": session.scalar(select(func.count(Action.id))),
        "milestones": session.scalar(select(func.count(Milestone.id))),
        "warnings": session.scalar(select(func.count(ImportDoubt.id))),
    }
    assert stored == {name: report.counts[name] for name in stored}
    assert session.scalar(select(func.count(UnreadLine.id))) == len(report.reading.unread)
    assert session.scalars(select(PlanSource)).one().text.startswith("Riverton Borough Council")


def test_every_action_keeps_its_cells_and_lines(session: Session) -> None:
    bring_in(session)
    action = session.scalars(select(Action).where(Action.ref == "1.2")).one()
    assert action.source_cells["target"] == "January 2015"
    line = RIVERTON.read_text(encoding="utf-8").splitlines()[action.source_lines[0] - 1]
    assert line.startswith("1.2\tSet a ceiling")


def test_the_first_lead_is_accountable_and_the_others_help(session: Session) -> None:
    bring_in(session)
    action = session.scalars(select(Action).where(Action.ref == "1.3")).one()
    leads = session.scalars(select(ActionLead).where(ActionLead.action_id == action.id).order_by(ActionLead.position))
    assert [lead.position for lead in leads] == [1, 2]


@pytest.mark.parametrize(
    ("approved_on", "status"),
    [(APPROVED, PlanStatus.LIVE), (None, PlanStatus.DRAFT), (date(2027, 1, 4), PlanStatus.APPROVED)],
)
def test_the_day_of_approval_decides_the_status(session: Session, approved_on: date | None, status: PlanStatus) -> None:
    report = bring_in(session, approved_on=approved_on)
    assert report.plan is not None
    assert report.plan.status is status


def test_the_same_file_again_says_so_and_changes_nothing(session: Session) -> None:
    first = bring_in(session)
    again = bring_in(session, title="Another title")
    assert again.is_repeat
    assert again.slug == first.slug
    assert session.scalar(select(func.count(Plan.id))) == 1


def test_a_trial_writes_nothing(session: Session) -> None:
    report = import_plan(
        session, raw=RIVERTON.read_bytes(), name="x", title="Riverton plan", approved_on=APPROVED, is_trial=True
    )
    session.commit()
    assert report.slug == "riverton-plan"
    assert session.scalar(select(func.count(Plan.id))) == 0


def test_two_plans_of_one_title_get_addresses_of_their_own(session: Session) -> None:
    bring_in(session)
    other = import_plan(
        session,
        raw=RIVERTON.read_bytes() + b"\n",
        name="riverton-2.txt",
        title="Riverton plan",
        approved_on=APPROVED,
    )
    assert other.slug == "riverton-plan-2"


@pytest.mark.parametrize(
    ("raw", "title", "sentence"),
    [
        (b"", "A plan", "The file is empty"),
        (b"%PDF-1.7 ...", "A plan", "This looks like a PDF"),
        (b"\x00\x01\x02", "A plan", "not plain text"),
        (b"only words, no table", "A plan", "could not find any actions"),
        (RIVERTON.read_bytes(), " ", "Give the plan a title"),
        (RIVERTON.read_bytes(), "x" * 201, "Give the plan a title"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_and_nothing_is_written(
    session: Session, raw: bytes, title: str, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        import_plan(session, raw=raw, name="x.txt", title=title, approved_on=APPROVED)
    session.commit()
    assert session.scalar(select(func.count(Plan.id))) == 0


def test_stored_dates_are_those_of_a_fresh_outlook(session: Session) -> None:
    plan = bring_in(session).plan
    assert plan is not None
    fresh = outlooks(session, plan, day=date(2026, 11, 26))
    for action in session.scalars(select(Action)):
        outlook = fresh[action.id]
        assert (action.amber_from, action.red_from, action.is_unscheduled) == (
            outlook.amber_from,
            outlook.red_from,
            outlook.unscheduled,
        )


def test_the_plan_document_has_the_promised_shape(session: Session) -> None:
    plan = bring_in(session).plan
    assert plan is not None
    document = plan_document(session, plan)
    assert document["plan"] == {
        "slug": "riverton-plan",
        "title": "Riverton plan",
        "status": "live",
        "approved_on": "2015-01-13",
    }
    area = document["areas"][0]
    assert (area["number"], area["label"], area["class"]) == (1, "I", None)
    assert area["outcomes"][1]["children"] == ["fewer changes of plan", "quicker answers"]
    by_ref = {action["ref"]: action for part in document["areas"] for action in part["actions"]}
    assert by_ref["1.2"]["milestones"] == [
        {
            "title": "Ceiling set",
            "date_text": "January 2015",
            "kind": "dated",
            "precision": "month",
            "due": "2015-01-31",
            "every_months": None,
            "waits_on": None,
            "state": "not_started",
            "leads": [],
        }
    ]
    assert by_ref["1.4"]["references"] == [{"text": "2.1", "ref": "2.1", "status": "proposed"}]
    assert by_ref["2.4"]["kind"] == "placeholder"
    assert by_ref["2.4"]["leads"] == []


def test_the_ratings_document_gives_codes_counts_and_reasons(session: Session) -> None:
    plan = bring_in(session).plan
    assert plan is not None
    document = rag_document(session, plan, as_at=date(2015, 3, 1))
    late = document["actions"]["1.2"]
    assert (late["computed"], late["declared"], late["effective"]) == ("R", None, "R")
    assert late["red_from"] == "2015-03-01"
    assert "31 January 2015" in late["reasons"][0]
    assert list(document["areas"]["1"]["counts"]) == ["R", "A", "G", "N", "C", "E", "X"]
    assert sum(document["areas"]["1"]["counts"].values()) == 4


def test_an_action_is_rated_from_its_own_approval_on(session: Session) -> None:
    plan = bring_in(session).plan
    assert plan is not None
    action = session.scalars(select(Action).where(Action.ref == "1.2")).one()
    action.approved_on = date(2015, 3, 2)
    session.flush()
    before, after = (rag_document(session, plan, as_at=day) for day in (date(2015, 3, 1), date(2015, 3, 2)))
    assert ("1.2" in before["actions"], "1.2" in after["actions"]) == (False, True)
    assert [sum(found["areas"]["1"]["counts"].values()) for found in (before, after)] == [3, 4]
    assert before["actions"].keys() == positions(session, plan, day=date(2015, 3, 1)).keys()


@pytest.mark.parametrize(
    ("approved_on", "day", "sentence"),
    [(APPROVED, date(2015, 1, 12), "before the plan’s approval"), (None, date(2015, 3, 1), "is a draft")],
)
def test_there_is_no_rating_before_approval(
    session: Session, approved_on: date | None, day: date, sentence: str
) -> None:
    plan = bring_in(session, approved_on=approved_on).plan
    assert plan is not None
    with pytest.raises(ValueError, match=sentence):
        rag_document(session, plan, as_at=day)
