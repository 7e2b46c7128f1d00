"""How often each page of moderation asks the database, and that it does not ask more when there is more."""

import pytest
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_remedial, a_round, a_theme
from tests.support.builders.moderation import a_waiting_audit, compared, moderated, moderation_of, taken
from tests.support.builders.people import a_person, an_organisation
from tests.support.checked_client import CheckedClient
from tests.support.houses import House
from tests.support.queries import queries_of
from tracker.audits import commands
from tracker.audits.models import Audit
from tracker.audits.rules.moderating import Side
from tracker.people.models import Person
from tracker.people.rules import Role

# Opening a moderation takes four of them: the log's entry is written before the page is read.
PAGES = {
    "/moderation": 4,
    "/moderation/agreement": 4,
    "/moderation/agreement.csv": 6,
    "/audits/{waiting}": 12,
    "/audits/{waiting}/moderate": 12,
    "/audits/{taken}/moderate/grades": 12,
    # It shows the whole audit beside the grades: the two are read one after the other.
    "/audits/{compared}/moderate/comparison": 16,
    "/audits/{compared}/moderate/return": 12,
    "/audits/{done}/moderation": 12,
    "/audits/{disputed}/panel": 12,
    "/audits/{called}/panel": 12,
}
Stages = dict[str, str]
People = tuple[Person, Person, Person, Person]


@pytest.fixture
def people(session: Session) -> People:
    an_organisation(session)
    a_theme(session)
    a_round(session)
    ruth = a_person(session, Role.AUDITOR, "Ruth Osei")
    marcus, joanne = (a_person(session, Role.MODERATOR, name) for name in ("Marcus Bell 2", "Joanne Pike"))
    return ruth, marcus, joanne, a_person(session, Role.AUDITOR, "Owen Tranter")


def stages(session: Session, people: People) -> Stages:
    """Make one audit in each stage; Marcus moderates those that are not in dispute."""
    ruth, marcus, joanne, owen = people
    waiting, own, seen, done, disputed, called = (
        a_waiting_audit(session, auditor=ruth, developments={"risk": "Say who acts"}) for _ in range(6)
    )
    taken(session, own, marcus)
    compared(session, seen, marcus)
    a_remedial(session, seen, by=marcus)
    moderated(session, done, marcus)
    for audit in (disputed, called):
        moderated(session, audit, joanne)
        held = moderation_of(session, audit)
        dispute = commands.dispute_moderation(
            session, held, side=Side.AUDITOR, reason="The dates are on file.", by=ruth
        )
        if audit is called:
            commands.call_panel(session, dispute, members=[marcus, owen], version=dispute.version, by=marcus)
    session.commit()
    found: dict[str, Audit] = {
        "waiting": waiting,
        "taken": own,
        "compared": seen,
        "done": done,
        "disputed": disputed,
        "called": called,
    }
    return {name: audit.public_id for name, audit in found.items()}


def counted(client: CheckedClient, database: House, stages: Stages) -> dict[str, int]:
    counts = {}
    for page in PAGES:
        with queries_of(database.engine) as statements:
            answer = client.get(page.format(**stages))
        assert answer.status_code == 200, page
        counts[page] = len(statements)
    return counts


def test_pages_of_moderation_keep_to_their_budget_however_much_there_is(
    client: CheckedClient, session: Session, people: People, database: House
) -> None:
    first = stages(session, people)
    client.sign_in(people[1])
    few = counted(client, database, first)
    assert {page: count for page, count in few.items() if count > PAGES[page]} == {}
    for _ in range(2):
        for one in people:
            session.refresh(one, ["grants"])
        stages(session, people)
    assert counted(client, database, first) == few
