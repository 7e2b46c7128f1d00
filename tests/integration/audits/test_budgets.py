"""How often each page of audits asks the database, and that it does not ask more when there is more."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_concern, a_round, a_sent_audit, a_theme, an_audit, answered
from tests.support.builders.people import a_person, an_organisation
from tests.support.checked_client import CheckedClient
from tests.support.houses import House
from tests.support.queries import queries_of
from tracker.audits.commands import draft_tool, make_tool_live
from tracker.audits.models import Audit, AuditTool
from tracker.audits.rules.default_tool import DEFAULT_TOOL
from tracker.audits.rules.tool import Question
from tracker.people.models import Person
from tracker.people.rules import Role

# Opening a case-level record takes four of them: the log's entry is written before the page is read.
PAGES = {
    "/my/audits": 10,
    "/audits/{audit}": 12,
    "/audits/{audit}/section/4": 12,
    "/audits/{audit}/section/9": 12,
    "/audits/{audit}/check": 12,
    "/audits/{audit}/concern": 8,
    "/audits/{audit}/more-time": 12,
    "/audits/more-time": 5,
    "/audits/{audit}/side-by-side": 12,
    "/audits/{audit}/feedback": 12,
    "/audits/{audit}/recall": 12,
    "/concerns": 4,
    "/concerns/{concern}": 8,
    "/audits": 5,
    "/audits/rounds/november-audits": 15,
}


@pytest.fixture
def reader(session: Session) -> Person:
    an_organisation(session)
    a_theme(session)
    a_round(session)
    return a_person(session, Role.AUDITOR, "Ruth Osei", also=(Role.MODERATOR,))


def counted(client: CheckedClient, database: House, audit: Audit, concern: str) -> dict[str, int]:
    counts = {}
    for page in PAGES:
        with queries_of(database.engine) as statements:
            answer = client.get(page.format(audit=audit.public_id, concern=concern))
        assert answer.status_code == 200
        counts[page] = len(statements)
    return counts


@pytest.fixture
def long_tool(session: Session, reader: Person) -> AuditTool:
    """A tool in use with sixty questions, ten of them in the section that is measured."""
    asked = tuple(Question(f"Is point {number} done?", theme="risk", is_required=True) for number in range(1, 11))
    sections = [replace(one, questions=asked if 2 < one.number < 9 else ()) for one in DEFAULT_TOOL.sections]
    drafted = draft_tool(session, replace(DEFAULT_TOOL, slug="long-audit", sections=tuple(sections)), by=reader)
    return make_tool_live(session, drafted, by=reader)


def test_a_form_of_sixty_questions_keeps_to_the_same_budget(
    client: CheckedClient, session: Session, reader: Person, database: House, long_tool: AuditTool
) -> None:
    audit = answered(session, an_audit(session, auditor=reader, tool=long_tool), developments={"risk": "Say who acts"})
    assert len(audit.replies) == 60
    concern = a_concern(session, audit, by=reader).public_id
    session.commit()
    client.sign_in(reader)
    found = counted(client, database, audit, concern)
    assert {page: count for page, count in found.items() if count > PAGES[page]} == {}


def test_pages_keep_to_their_budget_however_much_there_is(
    client: CheckedClient, session: Session, reader: Person, database: House
) -> None:
    audit = answered(session, an_audit(session, auditor=reader), developments={"risk": "Say who acts"})
    a_sent_audit(session, auditor=reader)
    concern = a_concern(session, audit, by=a_person(session, Role.AUDITOR, "Keith Lomax")).public_id
    session.commit()
    client.sign_in(reader)
    few = counted(client, database, audit, concern)
    assert {page: count for page, count in few.items() if count > PAGES[page]} == {}
    session.refresh(reader, ["grants"])
    for _ in range(4):
        a_sent_audit(session, auditor=reader, developments={"risk": "Say who acts"}, strengths={"voice": "Heard"})
        a_concern(session, an_audit(session, auditor=reader), by=reader)
    a_concern(session, audit, by=reader)
    session.commit()
    assert counted(client, database, audit, concern) == few
