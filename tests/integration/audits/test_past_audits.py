"""A file of past audits with every trap in it: what comes in, what is refused, and the counts worked by hand.

Of its 20 rows, 7 are refused. The 13 that come in, by row; a dash means that the form did not ask it:

    row  day        chosen       case   voice       plan, dates  supervision  risk
      1  10 Apr     random       C-201  met         met, partly  -            -
      2  11 Apr     stratified   C-202  n/a         blank        not met      RI
      3  12 Apr     random       C-203  met         met, met     blank        good
    4-7  15 Apr     targeted, volunteered, inspector, dip for cause: left out
      8  20 June    re-audit     C-201  left out
      9  20 June    random       C-203  not met     n/a, n/a     met          not enough
     15  16 Apr     random       C-208  partly      n/a, blank   -            -
     16  21 June    random       C-209  unreadable  blank        blank        blank
     17  21 June    not said     C-215  kept as targeted: left out
     18  22 June    random       C-211  met         not met, met n/a          inadequate
"""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_theme
from tracker.audits.models import Audit, AuditRound, AuditTool, CaseReference, ImportedAudit
from tracker.audits.rules.vocabulary import AuditState, Category, Grade, Mode, Selection
from tracker.core.changelog import verify
from tracker.people.models import Person, Unit

pytestmark = pytest.mark.both_databases

FILES = Path(__file__).parents[2] / "support" / "audits"
PAST, MAPPING = str(FILES / "past.csv"), str(FILES / "past.json")
PERSONS = ("Jane", "Smith", "12/03/2009", "943 476", "PL4", "home.example")


@pytest.fixture(autouse=True)
def themes(session: Session) -> None:
    a_theme(session)
    session.commit()


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=list(words))


def bring_in(app: Flask, file: str = PAST, mapping: str = MAPPING) -> dict[str, Any]:
    result = run(app, "import-audits", file, "--mapping", mapping, "--json")
    assert result.exit_code == 0, result.output
    assert not [word for word in PERSONS if word in result.output]
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def counts(app: Flask, *words: str) -> tuple[dict[str, tuple[int, ...]], dict[str, int]]:
    """Return of the themes that the file asks due, asked, answered, concern and strength, and what is left out."""
    result = run(app, "theme-counts", "--json", *words)
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    asked = {code: tuple(figures.values()) for code, figures in document["themes"].items() if figures["due"]}
    return asked, {key: number for key, number in document["left_out"].items() if number}


def moderated_only(tmp_path: Path) -> str:
    mapping = json.loads(Path(MAPPING).read_text(encoding="utf-8")) | {"final": "moderated"}
    file = tmp_path / "moderated.json"
    file.write_text(json.dumps(mapping), encoding="utf-8")
    return str(file)


def imported(session: Session) -> dict[str, tuple[Audit, ImportedAudit]]:
    rows = session.execute(select(Audit, ImportedAudit).join(ImportedAudit, ImportedAudit.audit_id == Audit.id))
    return {row.ImportedAudit.ref: (row.Audit, row.ImportedAudit) for row in rows}


def test_rows_come_in_or_are_refused_by_their_number(app: Flask) -> None:
    report = bring_in(app)
    assert report["counts"] == {"rows": 20, "accepted": 13, "rejected": 7}
    assert [(one["row"], one["ref"]) for one in report["rejected"]] == [
        (10, None),
        (11, "A-111"),
        (12, "A-112"),
        (13, "A-101"),
        (14, "A-114"),
        (19, None),
        (20, "A-120"),
    ]
    assert {str(one["reason"]) for one in report["rejected"]} == {
        "The reference could say who somebody is",
        "There is an audit with this round, reference and date already",
        "The date is missing, or is no day as 2013-06-12 or 12/06/2013",
    }


def test_what_is_made_or_doubtful_is_told_once(app: Flask) -> None:
    told = [(one["code"], one["row"]) for one in bring_in(app)["warnings"]]
    assert sorted(told, key=str) == sorted(
        [
            ("unknown_tool", 1),
            ("unknown_tool", 2),
            ("unknown_tool", 16),
            ("unknown_auditor", 1),
            ("unknown_auditor", 4),
            ("unknown_unit", 1),
            ("unknown_unit", 3),
            ("unknown_unit", 18),
            ("not_asked", 15),
            ("unread_answer", 16),
            ("no_selection", 17),
            ("immediate_concern", 18),
        ],
        key=str,
    )


def test_votes_are_those_worked_by_hand(app: Flask) -> None:
    bring_in(app)
    asked, outside = counts(app)
    # due: all 13. asked: without rows 4 to 8 and 17. Not answered: 2 (n/a), 3 (a later one votes), 16 (unreadable).
    assert asked["voice"] == (13, 7, 4, 2, 0)
    # Rows 9 and 15 do not apply, so row 3 votes here; 2 and 16 are blank. Concerns: 1 and 18.
    assert asked["plan"] == (13, 7, 3, 2, 0)
    # The first form did not ask: rows 1 and 15 are in no number. 18 does not apply, 3 and 16 are blank. Concern: 2.
    assert asked["supervision"] == (11, 5, 2, 1, 0)
    # Row 9 has not enough on file, and being the latest of its case row 3 does not vote either. Concerns: 2 and 18.
    assert asked["risk"] == (11, 5, 2, 2, 0)
    assert asked.keys() == {"voice", "plan", "supervision", "risk"}
    assert outside == {
        "re_audit": 1,
        "targeted": 2,
        "volunteered": 1,
        "inspector": 1,
        "dip_for_cause": 1,
        "not_applicable": 4,
        "duplicate_case": 1,
    }


def test_a_window_holds_its_first_and_its_last_day(app: Flask) -> None:
    bring_in(app)
    asked, outside = counts(app, "--from", "2013-04-10", "--to", "2013-04-12")
    assert asked["voice"] == (3, 3, 2, 0, 0)
    assert asked["supervision"] == (2, 2, 1, 1, 0)
    assert outside == {"not_applicable": 1}
    assert counts(app, "--to", "2013-04-09") == ({}, {})
    assert run(app, "theme-counts", "--from", "2013-05-01", "--to", "2013-04-01").exit_code != 0


def test_where_only_the_moderated_are_final_the_rest_do_not_count(app: Flask, tmp_path: Path) -> None:
    bring_in(app, mapping=moderated_only(tmp_path))
    asked, outside = counts(app)
    assert asked["voice"] == (13, 2, 2, 0, 0)
    assert asked["risk"] == (11, 2, 2, 1, 0)
    assert outside == {"not_final": 11, "not_applicable": 1}


def test_each_audit_is_what_its_row_says(app: Flask, session: Session) -> None:
    bring_in(app)
    found = imported(session)
    kept, row = found["A-103"]
    assert (kept.grade, row.own_grade, row.moderated_grade) == (Grade.INADEQUATE, Grade.GOOD, Grade.INADEQUATE)
    assert (kept.state, str(kept.audited_on), kept.mode) == (AuditState.FINAL, "2013-04-12", Mode.DESK)
    assert found["A-102"][0].mode is Mode.MULTI_AGENCY
    assert found["A-116"][0].grade is None
    assert [ref for ref, (_, one) in found.items() if one.is_concern] == ["A-118"]
    assert found["A-108"][0].re_audit_of_id == found["A-101"][0].id
    cases = {one.code: one.category for one in session.scalars(select(CaseReference))}
    assert (cases["C-204"], cases["C-202"]) == (Category.CHILD_IN_CARE, Category.CHILD_PROTECTION)
    assert not [code for code in cases if not code.startswith("C-2")]


def test_rounds_have_one_way_of_choosing_and_tools_are_out_of_use(app: Flask, session: Session) -> None:
    bring_in(app)
    rounds = {one.name: one.selection for one in session.scalars(select(AuditRound))}
    assert rounds["April"] is Selection.RANDOM
    assert rounds["April, targeted"] is Selection.TARGETED
    assert rounds["June, re-audit"] is Selection.RE_AUDIT
    tools = session.scalars(select(AuditTool).where(AuditTool.name.startswith("Past audits")))
    assert {(one.name, one.state.value) for one in tools} == {
        (f"Past audits: v{number}", "retired") for number in (1, 2, 3)
    }
    people = session.scalars(select(Person).where(Person.email.endswith(".invalid"))).all()
    assert {(one.name, one.is_active, one.password_hash) for one in people} == {
        ("R. Osei", False, None),
        ("M. Ash", False, None),
    }
    assert {"North team", "South team", "East team"} <= set(session.scalars(select(Unit.name)))


def test_the_same_file_again_adds_nothing(app: Flask, session: Session) -> None:
    bring_in(app)
    again = bring_in(app)
    assert again["counts"] == {"rows": 20, "accepted": 0, "rejected": 20}
    assert session.scalar(select(func.count(Audit.id))) == 13


def test_every_row_that_was_written_stands_in_a_log_that_still_verifies(app: Flask, session: Session) -> None:
    bring_in(app)
    key = app.config["SETTINGS"].log_key
    assert verify(session, key).whole
