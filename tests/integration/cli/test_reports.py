"""The command that prints reports: JSON or CSV alone on standard output, sentences for people and for faults."""

import csv
import io
import json
from datetime import date

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy.orm import Session

from tests.support.builders.people import a_body, a_meeting, a_person
from tests.support.builders.plans import a_plan, an_action, an_update
from tracker.people.rules import Role
from tracker.plans.models import Plan

KINDS = ("exceptions", "slippage", "leads", "turning", "declared")


@pytest.fixture
def plan(session: Session, today: date) -> Plan:
    """1.1 is red and was called green when it was amber; 1.2 turns amber on 13 December."""
    tom = a_person(session, Role.LEAD, "Tom Reid")
    made = a_plan(session, slug="plan", approved_on=date(2026, 1, 13))
    late = an_action(session, made, title="Start stage 1", due="2026-10-20", lead=tom)
    an_update(session, late, by=tom, on=date(2026, 11, 3), happened="=Two teams are staffed")
    soon = an_action(session, made, title="Agree the model", due="2027-01-10", lead=tom)
    an_update(session, soon, by=tom, on=date(2026, 11, 1))
    a_meeting(session, a_body(session), date(2026, 12, 20))
    session.commit()
    return made


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["report", *words])


def document(app: Flask, *words: str) -> dict[str, list[dict[str, object]]]:
    result = run(app, *words, "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert (found["plan"], found["rule_version"]) == ("Improvement plan 2026", "delivery-1")
    tables: dict[str, list[dict[str, object]]] = found["tables"]
    return tables


def test_each_report_is_printed_as_json_with_its_tables(app: Flask, plan: Plan) -> None:
    (row,) = document(app, "exceptions", "plan")["Exceptions"]
    assert (row["No."], row["RAG"], row["Days late"], row["First date"]) == ("1.1", "Red", 37, "2026-10-20")
    (turn,) = document(app, "turning", "plan")["Turning"]
    assert (turn["No."], turn["RAG to come"], turn["On"]) == ("1.2", "Amber", "2026-12-13")
    declared = document(app, "declared", "plan")
    assert declared["By lead"] == [
        {"Lead": "Tom Reid", "Updates": 2, "Declared better": 1, "Declared worse": 0, "Better, per cent": None}
    ]
    assert document(app, "slippage", "plan")["Milestones"] == []
    (lead,) = document(app, "leads", "plan")["Leads"]
    assert (lead["Lead"], lead["Actions"], lead["Red"]) == ("Tom Reid", 2, 1)


def test_a_report_tells_of_the_day_and_until_the_day_asked_for(app: Flask, plan: Plan) -> None:
    (row,) = document(app, "exceptions", "plan", "--as-at", "2026-11-04")["Exceptions"]
    assert (row["RAG"], row["Days late"]) == ("Amber", 15)
    assert document(app, "turning", "plan", "--before", "2026-12-12")["Turning"] == []
    turns = document(app, "turning", "plan", "--as-at", "2026-11-04", "--before", "2026-11-30")["Turning"]
    assert [(turn["No."], turn["RAG to come"], turn["On"]) for turn in turns] == [("1.1", "Red", "2026-11-18")]


def test_csv_is_the_main_table_with_nothing_that_a_spreadsheet_would_run(app: Flask, plan: Plan) -> None:
    result = run(app, "exceptions", "plan", "--csv")
    (row,) = csv.DictReader(io.StringIO(result.stdout_bytes.decode("utf-8-sig")))
    assert row["What is being done"] == "'=Two teams are staffed"
    assert (row["As at"], row["Rule"]) == ("2026-11-26", "delivery-1")


@pytest.mark.parametrize("kind", KINDS)
def test_each_report_speaks_to_people_too(app: Flask, plan: Plan, kind: str) -> None:
    result = run(app, kind, "plan")
    assert result.exit_code == 0, result.output
    assert "Improvement plan 2026, as at 2026-11-26, by delivery-1" in result.stdout
    assert ("Nothing to report." in result.stdout) == (kind == "slippage")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["exceptions", "nowhere"], "There is no plan “nowhere”"),
        (["exceptions", "plan", "--as-at", "2026-01-12"], "before the plan’s approval"),
        (["exceptions", "plan", "--as-at", "2026-11-27"], "still to come"),
        (["exceptions", "plan", "--as-at", "soon"], "is not a day"),
        (["exceptions", "plan", "--before", "2026-12-31"], "--before goes with turning"),
        (["turning", "plan", "--before", "2026-11-26"], "names a day after"),
        (["exceptions", "draft"], "is a draft"),
        (["weather", "plan"], "is not one of"),
    ],
)
def test_bad_input_is_one_sentence_and_a_non_zero_exit(
    app: Flask, session: Session, plan: Plan, words: list[str], sentence: str
) -> None:
    a_plan(session, slug="draft", approved_on=None)
    session.commit()
    result = run(app, *words)
    assert result.exit_code != 0
    assert sentence in result.stderr
    assert "Traceback" not in result.output
