"""The command that compares a later version: it changes nothing without being told to."""

import json
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.later_versions import CODES, LATER
from tests.support.plan_forms import as_excel, as_text
from tracker.plans.imports.text_plan import import_plan
from tracker.plans.models import Action, DateChange, Milestone, Plan, Reimport, ReimportChange


@pytest.fixture
def plan(session: Session, today: date) -> Plan:
    key = '{"Green": "G", "Amber": "A", "Red": "R"}'
    approved_on = date(2026, 11, 2)
    report = import_plan(session, raw=as_text(), name="plan.txt", title="Plan 2027", approved_on=approved_on, key=key)
    assert report.plan is not None
    session.commit()
    return report.plan


def run(app: Flask, *words: str) -> tuple[int, str, str]:
    done = app.test_cli_runner().invoke(args=["re-import", *words])
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "plan-2.xlsx"
    path.write_bytes(as_excel(LATER))
    return str(path)


def taken(session: Session) -> set[str]:
    session.rollback()
    return {one.value for one in session.scalars(select(ReimportChange.kind))}


@pytest.mark.both_databases
def test_it_lists_the_differences_and_changes_nothing(app: Flask, session: Session, plan: Plan, file: str) -> None:
    code, said, told = run(app, plan.slug, file, "--json")
    assert code == 0
    found = json.loads(said)
    assert {one["code"] for one in found["changes"]} == CODES
    assert [one["code"] for one in found["changes"] if not one["ticked"]] == ["gone-2.2"]
    assert found["applied"] == []
    assert "plan-2.xlsx and “plan-2027”: 8 differences." in told
    assert "redated-1.1/2: Another date. 1.1 Count shared: Mar 2027 → May 2027." in told
    assert told.endswith("Nothing was changed.\n")
    assert taken(session) == set()


@pytest.mark.both_databases
def test_everything_but_what_is_gone_is_taken_in_by_all(app: Flask, session: Session, plan: Plan, file: str) -> None:
    code, said, told = run(app, plan.slug, file, "--apply", "ALL", "--json")
    assert (code, told.endswith("Taken in: 7.\n")) == (0, True)
    assert set(json.loads(said)["applied"]) == CODES - {"gone-2.2"}
    session.rollback()
    assert session.scalars(select(Action.ref).order_by(Action.position, Action.id)).all() == [
        *("1.1", "1.2", "1.3", "1.4"),
        *("2.3", "2.2"),
    ]
    shared = session.scalars(select(Milestone).where(Milestone.title == "Count shared")).one()
    assert shared.due == date(2027, 3, 31)
    assert session.scalars(select(DateChange.to_due)).all() == [date(2027, 5, 31)]
    assert session.scalars(select(Reimport.file_name)).all() == ["plan-2.xlsx"]
    again = json.loads(run(app, plan.slug, file, "--json")[1])
    assert [one["code"] for one in again["changes"]] == ["gone-2.2"]


def test_codes_and_kinds_take_in_what_they_name(app: Flask, session: Session, plan: Plan, file: str) -> None:
    assert run(app, plan.slug, file, "--apply", "reworded-1.1, lead")[0] == 0
    assert taken(session) == {"reworded", "lead"}


def test_a_code_that_there_is_not_takes_in_nothing(app: Flask, session: Session, plan: Plan, file: str) -> None:
    code, said, told = run(app, plan.slug, file, "--apply", "lead,redated-9.9/1")
    assert (code, said) == (1, "")
    assert "There is no difference “redated-9.9/1”" in told
    assert taken(session) == set()


def test_what_cannot_be_taken_in_stops_all_of_it(app: Flask, session: Session, plan: Plan, tmp_path: Path) -> None:
    # Two numbers that change hands need both changes.
    path = tmp_path / "plan-3.txt"
    swapped = as_text().replace(b"1.1\tCount", b"1.9\tCount").replace(b"1.2\tOpen", b"1.1\tOpen")
    path.write_bytes(swapped)
    code, _, told = run(app, plan.slug, str(path), "--apply", "renumbered-1.2,renumbered-2.1")
    assert code == 1
    code, _, told = run(app, plan.slug, str(path), "--apply", "renumbered-1.2")
    assert (code, "1.1 is still the number of “Count caseloads in every team”" in told) == (1, True)
    assert taken(session) == set()
    assert run(app, plan.slug, str(path), "--apply", "renumbered")[0] == 0
    session.rollback()
    assert session.scalars(select(Action.title).where(Action.ref == "1.1")).one() == "Open a second duty desk"
    assert session.scalar(select(func.count(Action.id))) == 5


def test_unknown_plans_and_files_are_one_sentence(app: Flask, plan: Plan, file: str, tmp_path: Path) -> None:
    assert "There is no plan “none”" in run(app, "none", file)[2]
    assert "cannot be read" in run(app, plan.slug, str(tmp_path / "none.txt"))[2]
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    assert run(app, plan.slug, str(empty))[0] == 1
