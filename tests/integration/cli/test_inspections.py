"""The command that brings inspection reports in: what it prints for programs and for people, and how it refuses."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.plans import a_plan
from tests.support.files.reports import paragraph, pdf_report, word_report
from tests.unit.plans.inspecting.reports import NEWER, OLDER
from tracker.extensions import db_session
from tracker.plans.models import Inspection, InspectionItem

pytestmark = pytest.mark.usefixtures("today")


def run(app: Flask, *words: str) -> Any:
    return app.test_cli_runner().invoke(app.cli, list(words))


@pytest.fixture
def report(tmp_path: Path) -> Path:
    made = tmp_path / "report.txt"
    made.write_text(OLDER)
    return made


@pytest.mark.both_databases
def test_a_report_is_recorded_and_printed_as_json(app: Flask, session: Session, report: Path) -> None:
    plan = a_plan(session)
    session.commit()
    result = run(app, "import-inspection", str(report), "--json", "--plan", plan.slug, "--received-on", "2015-05-12")
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert document["inspection"]["kind"] == "inspection"
    assert [item["n"] for item in document["items"]] == [1, 2, 3, 4, 5, 6, 7, 8, 10]
    assert {"n", "class", "group", "text", "children"} == set(document["items"][0])
    assert (
        "Brought in “Inspection of Northmoor Borough Council, May 2015”: 9 items with 2 nested points" in result.stderr
    )
    session.expire_all()
    made = session.scalars(select(Inspection)).one()
    assert plan.inspection_id == made.id
    assert str(made.received_on) == "2015-05-12"
    assert len(session.scalars(select(InspectionItem)).all()) == 9


def test_the_same_report_changes_nothing_and_a_dry_run_writes_nothing(
    app: Flask, session: Session, report: Path
) -> None:
    assert "Would bring in" in run(app, "import-inspection", str(report), "--dry-run").stderr
    assert session.scalars(select(Inspection)).all() == []
    session.rollback()
    run(app, "import-inspection", str(report))
    again = run(app, "import-inspection", str(report), "--json")
    assert again.exit_code == 0
    assert "already here" in again.stderr
    assert len(json.loads(again.stdout)["items"]) == 9
    assert len(session.scalars(select(Inspection)).all()) == 1


def test_text_word_and_pdf_give_the_same_items(app: Flask, tmp_path: Path) -> None:
    points = ["Visits to children", "Plans that say who does what", "Supervision"]
    texts = {
        "a.txt": "\n".join(["What needs to improve", *(f"- {point}" for point in points)]).encode(),
        "a.docx": word_report(paragraph("What needs to improve"), *(paragraph(one, numbers=2) for one in points)),
        "a.pdf": pdf_report(["What needs to improve", *(f"- {point}" for point in points)]),
    }
    for name, raw in texts.items():
        (tmp_path / name).write_bytes(raw)
        result = run(app, "import-inspection", str(tmp_path / name), "--dry-run", "--json")
        assert [item["text"] for item in json.loads(result.stdout)["items"]] == points


@pytest.mark.parametrize(
    ("file", "more", "sentence"),
    [
        ((b"", "a.txt"), [], "The file is empty"),
        ((b"Minutes", "a.txt"), [], "could not find anything that inspectors ask for"),
        ((b"\x00\x00", "a.txt"), [], "no Word, PDF or plain text"),
        ((b"no archive", "a.docx"), [], "do not agree"),
        ((NEWER.encode(), "a.txt"), ["--plan", "nowhere"], "There is no plan “nowhere”"),
        ((NEWER.encode(), "a.txt"), ["--received-on", "1 May"], "is not a day"),
        ((NEWER.encode(), "a.txt"), ["--received-on", "2099-01-01"], "cannot have come in the future"),
        ((NEWER.encode(), "a.txt"), ["--title", "x" * 201], "must be 200 characters or fewer"),
    ],
)
def test_bad_input_is_one_sentence_and_a_non_zero_exit(
    app: Flask, tmp_path: Path, file: tuple[bytes, str], more: list[str], sentence: str
) -> None:
    raw, name = file
    (tmp_path / name).write_bytes(raw)
    result = run(app, "import-inspection", str(tmp_path / name), *more)
    assert result.exit_code != 0
    assert sentence in result.stderr
    assert "Traceback" not in result.output
    with app.app_context():
        assert db_session().scalars(select(Inspection)).all() == []


def test_a_file_that_is_not_there_is_said(app: Flask, tmp_path: Path) -> None:
    result = run(app, "import-inspection", str(tmp_path / "none.txt"))
    assert result.exit_code == 1
    assert "cannot be read" in result.stderr
