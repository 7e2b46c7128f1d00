"""From one version of a tool to the next: what is declared equal, compared, previewed, printed, retired, handed on."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_round, a_theme, a_tool, an_audit
from tests.support.builders.people import a_person, an_organisation
from tests.support.checked_client import CheckedClient
from tracker.audits import commands, queries
from tracker.audits.models import AuditTool
from tracker.audits.rules.default_tool import DEFAULT_TOOL
from tracker.audits.rules.tool import Tool, ToolState
from tracker.audits.rules.tool_changes import placed
from tracker.audits.rules.tool_document import document_of
from tracker.audits.rules.tool_editing import with_section
from tracker.core import clock
from tracker.core.problems import Conflict, Invalid
from tracker.people.models import Person
from tracker.people.rules import Role

pytestmark = pytest.mark.both_databases
DRAFT = "/audits/tools/case-file-audit/3"


@pytest.fixture
def marcus(session: Session) -> Person:
    an_organisation(session)
    a_theme(session)
    a_round(session)
    return a_person(session, Role.MODERATOR, "Marcus Bell 2")


@pytest.fixture
def draft(client: CheckedClient, session: Session, marcus: Person) -> AuditTool:
    made = commands.begin_version(session, a_tool(session), by=marcus)
    session.commit()
    client.sign_in(marcus)
    return made


def whole(session: Session, stored: AuditTool) -> Tool:
    return queries.tools_by_id(session, [stored.id])[stored.id]


def declared(session: Session) -> list[int]:
    """The ids of the version before that grades and questions of the draft were declared equal to."""
    session.rollback()
    session.expire_all()
    found = queries.tool_version(session, "case-file-audit", 3)
    assert found is not None
    tool = whole(session, found)
    ids = [section.equals_id for section in tool.sections] + [one.question.equals_id for one in placed(tool)]
    return sorted(one for one in ids if one)


def test_the_next_version_asks_the_same_and_equals_nothing(session: Session, draft: AuditTool) -> None:
    assert (draft.number, draft.state, draft.follows_id) == (3, ToolState.DRAFT, a_tool(session).id)
    assert [one.question.text for one in placed(whole(session, draft))] == [
        one.question.text for one in placed(DEFAULT_TOOL)
    ]
    assert declared(session) == []


def test_what_means_the_same_is_chosen_one_by_one_or_by_its_words(
    client: CheckedClient, session: Session, draft: AuditTool
) -> None:
    before = whole(session, a_tool(session))
    client.get(f"{DRAFT}/equal")
    assert "The same words as 2.1 of the version before." in client.text
    risk = before.by_number[3].id
    client.submit({"section_2": str(risk)}, button="Save what means the same")
    assert declared(session) == [risk]
    client.submit({"section_2": ""}, button="Save what means the same")
    assert declared(session) == []
    client.submit(button="Save, and declare equal all that has the same words")
    graded = [one.id for one in before.sections if one.is_graded]
    assert declared(session) == sorted([*graded, *(one.question.id for one in placed(before))])
    client.get(f"{DRAFT}/check")
    assert "not declared equal" not in client.text


def test_two_do_not_equal_the_same_one(client: CheckedClient, session: Session, draft: AuditTool) -> None:
    risk = str(whole(session, a_tool(session)).by_number[3].id)
    client.get(f"{DRAFT}/equal")
    answer = client.submit({"section_2": risk, "section_3": risk}, button="Save what means the same")
    assert (answer.status_code, declared(session)) == (422, [])
    assert "Two cannot equal the same one of the version before" in client.text


def test_a_page_opened_before_somebody_else_saved_declares_nothing(
    client: CheckedClient, session: Session, draft: AuditTool
) -> None:
    client.get(f"{DRAFT}/equal")
    older = client.form("section_2").filled({}) | {"go": "alike"}
    client.submit(button="Save what means the same")
    assert client.post(f"{DRAFT}/equal", data=older).status_code == 409
    assert declared(session) == []


def test_only_what_is_answered_in_the_same_way_can_be_equal(session: Session, marcus: Person, draft: AuditTool) -> None:
    before = whole(session, a_tool(session))
    ids = {one.question.kind: one.question.id for one in placed(before)}
    first = placed(before)[0]
    other = next(value for kind, value in ids.items() if kind is not first.question.kind)
    draft = a_tool(session, 3)

    def declare(sections: Mapping[int, int | None], questions: Mapping[str, int | None]) -> None:
        commands.declare_equal(session, draft, sections=sections, questions=questions, version=draft.version, by=marcus)

    for sections, questions in (({}, {"2.1": other}), ({}, {"2.1": 99_999}), ({2: first.section.id + 99_999}, {})):
        with pytest.raises(Invalid, match="can equal only"):
            declare(sections, questions)
    with pytest.raises(Conflict, match="can no longer be changed"):
        commands.declare_equal(
            session, a_tool(session), sections={}, questions={}, version=a_tool(session).version, by=marcus
        )


def test_what_a_version_changes_is_said(
    client: CheckedClient, session: Session, marcus: Person, draft: AuditTool
) -> None:
    client.get(f"{DRAFT}/compare")
    assert "Both ask the same." in client.text
    tool = whole(session, draft)
    mended = replace(tool.sections[1], title="The child's voice")
    commands.write_tool(
        session,
        a_tool(session, 3),
        replace(tool, sections=(tool.sections[0], mended, *tool.sections[2:])),
        version=draft.version,
        by=marcus,
    )
    session.commit()
    client.get(f"{DRAFT}/compare")
    assert "Title: “The child's voice”, before “Voice of the child”" in client.text
    assert client.get("/audits/tools/case-file-audit/1/compare").status_code == 404


def test_a_preview_asks_what_a_file_of_that_kind_is_asked_and_answers_nothing(
    client: CheckedClient, draft: AuditTool
) -> None:
    client.get(f"{DRAFT}/preview/2")
    assert "Was the child seen alone in the last six weeks?" in client.text
    client.get(f"{DRAFT}/preview/2?of=contact")
    assert "Was the child seen alone in the last six weeks?" not in client.text
    assert "Is the child seen when due" in client.text
    assert next(client.page.iter("fieldset")).get("disabled") is not None
    assert not [form for form in client.page.iter("form") if "/audits/" in form.get("action", "")]
    for number in (1, 9):
        assert client.get(f"{DRAFT}/preview/{number}?of=nonsense").status_code == 200


def test_the_blank_tool_prints_with_a_box_for_each_answer(client: CheckedClient, draft: AuditTool) -> None:
    client.get(f"{DRAFT}/print")
    assert client.heading == "Case-file audit, version 3: blank"
    assert "☐ Met ☐ Partly met ☐ Not met ☐ Not enough on file ☐ Does not apply" in client.text
    assert "Only of: Care leaver" in client.text


def test_a_section_that_asks_nothing_keeps_a_version_from_use(
    client: CheckedClient, session: Session, marcus: Person, draft: AuditTool
) -> None:
    tool = whole(session, draft)
    empty = replace(tool.sections[1], title="Empty", is_graded=False, theme=None, questions=())
    client.get(f"{DRAFT}/check")
    press = client.form("version").filled({})
    written = commands.write_tool(
        session, a_tool(session, 3), with_section(tool, empty), version=draft.version, by=marcus
    )
    session.commit()
    assert client.post(f"{DRAFT}/check", data=press).status_code == 409
    assert "9. Empty asks nothing" in client.text
    assert client.post(f"{DRAFT}/check", data=press | {"version": str(written.version)}).status_code == 422
    session.expire_all()
    assert a_tool(session, 3).state is ToolState.DRAFT


def test_a_tool_out_of_use_keeps_its_audits(client: CheckedClient, session: Session, marcus: Person) -> None:
    other = commands.begin_tool(session, name="Dip sample", like=a_tool(session).id, by=marcus)
    commands.make_tool_live(session, other, by=marcus)
    audit = an_audit(session, tool=other)
    session.commit()
    client.sign_in(marcus)
    client.get("/audits/tools/dip-sample/1/retire")
    assert client.heading == "Take Dip sample, version 1 out of use"
    client.submit(button="Take it out of use")
    assert "Dip sample, version 1 No longer in use" in client.text
    session.expire_all()
    assert (other.state, other.retired_on) == (ToolState.RETIRED, clock.today())
    assert queries.asked_of(session, audit).slug == "dip-sample"
    assert [one.slug for one in queries.live_tools(session)] == ["case-file-audit"]
    client.get("/audits/tools/dip-sample/1/retire", follow_redirects=True)
    assert "Only a tool that is in use can be taken out of use" in client.text


def test_a_round_gives_out_the_version_of_its_tool_that_is_in_use_and_nothing_once_there_is_none(
    session: Session, marcus: Person
) -> None:
    first = commands.begin_tool(session, name="Dip sample", like=a_tool(session).id, by=marcus)
    commands.make_tool_live(session, first, by=marcus)
    dips = a_round(session, name="Dips of November")
    dips.tool_id = first.id
    newer = commands.begin_version(session, first, by=marcus)
    commands.make_tool_live(session, newer, by=marcus)
    assert an_audit(session, audit_round=dips).tool_id == newer.id
    commands.retire_tool(session, newer, version=newer.version, by=marcus)
    with pytest.raises(Conflict, match="The tool of this round is no longer in use"):
        an_audit(session, audit_round=dips)


def test_the_tool_that_files_are_given_out_with_is_not_taken_away(
    client: CheckedClient, session: Session, draft: AuditTool
) -> None:
    client.get("/audits/tools/case-file-audit/2/retire")
    assert client.submit(button="Take it out of use").status_code == 409
    assert "Put a new version in its place" in client.text
    session.expire_all()
    assert queries.live_tool(session) is not None


def run(app: Flask, *words: str) -> Any:
    return app.test_cli_runner().invoke(app.cli, ["tool", *words])


def test_a_tool_travels_as_a_file(app: Flask, session: Session, marcus: Person, tmp_path: Path) -> None:
    session.commit()
    file = tmp_path / "tool.json"
    exported = run(app, "export", "case-file-audit", "--version", "2")
    assert json.loads(exported.stdout) == document_of(DEFAULT_TOOL)
    file.write_text(exported.stdout.replace('"case-file-audit"', '"another-audit"'))
    result = run(app, "import", str(file))
    assert (result.exit_code, result.stderr) == (
        0,
        "Draft made: Case-file audit, version 1, 9 sections and 25 questions\n",
    )
    file.write_text(exported.stdout)
    assert "version 3, 9 sections" in run(app, "import", str(file)).stderr
    again = run(app, "import", str(file))
    assert (again.exit_code, "Version 3 of Case-file audit is being drafted already" in again.stderr) == (1, True)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{}", "The file must say"),
        ("<html>", "The file is not JSON"),
        (json.dumps(document_of(DEFAULT_TOOL)).replace('"visits"', '"weather"'), "Choose the themes from the list"),
    ],
)
@pytest.mark.usefixtures("marcus")
def test_a_file_that_is_no_tool_brings_nothing(
    app: Flask, session: Session, tmp_path: Path, content: str, words: str
) -> None:
    session.commit()
    file = tmp_path / "tool.json"
    file.write_text(content)
    result = run(app, "import", str(file))
    assert (result.exit_code, words in result.stderr) == (1, True)
    assert len(queries.tool_versions(session)) == 2
    assert "cannot be read" in run(app, "import", str(tmp_path)).stderr
    assert "There are: case-file-audit" in run(app, "export", "no-such-tool").stderr
