"""A draft as a whole through HTTP: another name, throwing it away, and tools that travel as files."""

import json
from io import BytesIO

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_round, a_theme
from tests.support.builders.people import a_person, an_organisation
from tests.support.checked_client import CheckedClient
from tracker.audits import queries
from tracker.audits.models import AuditTool, ToolQuestion
from tracker.audits.rules.tool_document import LARGEST_DOCUMENT
from tracker.core.changelog.tables import log_entry
from tracker.people.models import Person
from tracker.people.rules import Role

DRAFT = "/audits/tools/case-file-audit/3"
LIVE = "/audits/tools/case-file-audit/2"


@pytest.fixture(autouse=True)
def moderator(client: CheckedClient, session: Session) -> Person:
    """A moderator who has begun the third version of the default tool."""
    an_organisation(session)
    a_theme(session)
    a_round(session)
    marcus = a_person(session, Role.MODERATOR, "Marcus Bell 2")
    session.commit()
    client.sign_in(marcus)
    client.get(LIVE)
    client.submit(button="Make a new version")
    return marcus


def drafted(session: Session) -> AuditTool | None:
    session.rollback()
    session.expire_all()
    return queries.tool_version(session, "case-file-audit", 3)


def send_file(client: CheckedClient, content: bytes) -> str:
    client.get("/audits/tools/import")
    form = client.form("file")
    client.post("/audits/tools/import", data=form.sent | {"file": (BytesIO(content), "tool.json")})
    return client.text


def test_a_draft_takes_another_name_and_the_version_in_use_keeps_its_own(
    client: CheckedClient, session: Session
) -> None:
    client.get(DRAFT)
    client.follow("Give it another name")
    client.submit({"name": "  Audit of a   case file "})
    found = drafted(session)
    assert found is not None
    assert (found.name, found.slug) == ("Audit of a case file", "case-file-audit")
    live = queries.tool_version(session, "case-file-audit", 2)
    assert live is not None
    assert live.name == "Case-file audit"


@pytest.mark.parametrize("name", ["", " ", "x" * 121, "Dip sample"])
def test_a_name_that_is_empty_too_long_or_taken_changes_nothing(
    client: CheckedClient, session: Session, name: str
) -> None:
    client.get("/audits/tools/new")
    client.submit({"name": "Dip sample"})
    client.get(f"{DRAFT}/name")
    assert client.submit({"name": name}).status_code in {409, 422}
    found = drafted(session)
    assert found is not None
    assert found.name == "Case-file audit"


def test_a_draft_is_thrown_away_with_all_that_it_asks_and_another_may_begin(
    client: CheckedClient, session: Session
) -> None:
    asked = session.scalar(select(func.count(ToolQuestion.id))) or 0
    client.get(DRAFT)
    client.follow("Throw this draft away")
    client.submit()
    assert drafted(session) is None
    assert (session.scalar(select(func.count(ToolQuestion.id))) or 0) < asked
    client.get(LIVE)
    client.submit(button="Make a new version")
    assert client.heading == "Case-file audit, version 3"


def test_who_looked_at_an_older_draft_throws_nothing_away(client: CheckedClient, session: Session) -> None:
    client.get(f"{DRAFT}/discard")
    old = client.form("version").sent
    client.get(f"{DRAFT}/name")
    client.submit({"name": "Another name"})
    assert client.post(f"{DRAFT}/discard", data=old).status_code == 409
    assert drafted(session) is not None


@pytest.mark.parametrize("way", ["name", "discard"])
def test_what_is_in_use_is_neither_renamed_nor_thrown_away(client: CheckedClient, session: Session, way: str) -> None:
    client.get(f"{DRAFT}/{way}")
    values = client.form("version").sent | {"name": "Another"}
    client.post(f"{LIVE}/{way}", data=values)
    live = queries.tool_version(session, "case-file-audit", 2)
    assert live is not None
    assert live.name == "Case-file audit"


def test_a_tool_goes_out_as_a_file_and_comes_in_as_another_draft(client: CheckedClient, session: Session) -> None:
    answer = client.get(f"{LIVE}/tool.json")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="tool-case-file-audit-2-')
    assert session.scalar(select(func.count()).where(log_entry.c.act == "exported")) == 1
    document = json.loads(answer.data) | {"slug": "tool-of-a-neighbour", "name": "Tool of a neighbour"}
    send_file(client, json.dumps(document).encode())
    session.rollback()
    made = queries.tool_version(session, "tool-of-a-neighbour", 1)
    theirs = queries.tool_version(session, "case-file-audit", 2)
    assert made is not None
    assert theirs is not None
    tools = queries.tools_by_id(session, [made.id, theirs.id])
    assert [one.text for each in tools[made.id].sections for one in each.questions] == [
        one.text for each in tools[theirs.id].sections for one in each.questions
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"not json", "The file is not JSON in UTF-8"),
        (b"{}", "The file must say"),
        (b"\xff\xfe\x00", "The file is not JSON in UTF-8"),
        (b" " * (LARGEST_DOCUMENT + 1), "The file is larger than 500 KB"),
        (b"[" * 100_000, "The file is not JSON in UTF-8"),
    ],
)
def test_a_file_that_is_no_tool_is_refused_with_the_reason(
    client: CheckedClient, session: Session, content: bytes, words: str
) -> None:
    before = session.scalar(select(func.count(AuditTool.id)))
    assert words in send_file(client, content)
    session.rollback()
    assert session.scalar(select(func.count(AuditTool.id))) == before


def test_no_file_and_a_tool_that_is_being_drafted_are_told(client: CheckedClient) -> None:
    document = client.get(f"{LIVE}/tool.json").data
    assert "Version 3 of Case-file audit is being drafted already" in send_file(client, document)
    client.get("/audits/tools/import")
    values = client.form("file").sent
    client.post("/audits/tools/import", data=values)
    assert "Choose the file" in client.text
