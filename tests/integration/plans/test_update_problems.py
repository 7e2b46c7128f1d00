"""Everything that is wrong with an update is said at once, each beside its field, and nothing of it is saved."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.integration.plans.conftest import Read
from tests.support.builders.plans import a_milestone, a_plan, an_action
from tests.support.checked_client import CheckedClient
from tests.support.files import honest
from tracker.people.models import Person
from tracker.plans.models import Action, DateChange, Evidence, Milestone, Plan, Update
from tracker.plans.rules.vocabulary import MilestoneState


@pytest.fixture
def plan(session: Session, tom: Person) -> Plan:
    return a_plan(session, slug="plan", approved_on=date(2026, 1, 13))


@pytest.fixture
def action(session: Session, plan: Plan, tom: Person) -> Action:
    """1.1 with two milestones: one 19 days late, one to come."""
    made = an_action(session, plan, title="Start stage 1", due="-19d", lead=tom)
    a_milestone(session, made, title="Six-month check", due="+60d")
    return made


def fields_of(session: Session, action: Action) -> list[str]:
    found = session.scalars(select(Milestone.id).where(Milestone.action_id == action.id).order_by(Milestone.position))
    return [f"m{number}" for number in found]


def nothing_saved(session: Session) -> bool:
    session.expire_all()
    counts = [session.scalar(select(func.count(kind.id))) for kind in (Update, DateChange, Evidence)]
    states = set(session.scalars(select(Milestone.state)))
    return counts == [0, 0, 0] and states == {MilestoneState.NOT_STARTED}


CASES: list[tuple[dict[str, str], list[str]]] = [
    (
        {"declared": "R", "why": "", "doing": "", "first_new_date": "Mar 2027", "second_done_on": "32 Jan 2026"},
        [
            "Say why it is red",
            "Say what you are doing about it",
            "Say why the date of “New structure live” has moved",
            "32 Jan 2026 is not a real date",
        ],
    ),
    (
        {"declared": "G", "happened": "", "first_new_date": "soonish", "evidence_url": "javascript:alert(1)"},
        ["Say what has happened", "Say what the evidence shows", "The link must begin with https:// or http://"],
    ),
    (
        {"declared": "A", "why": "w" * 401, "doing": "", "second_done_on": "1 Jan 2030"},
        ["Why it is red or at risk must be 400 characters or fewer", "Say what you are doing about it"],
    ),
    (
        {"declared": "C", "happened": "", "second_done_on": "1 Jan 2030"},
        ["Add evidence or say what shows it is finished", "A milestone cannot be done or started in the future"],
    ),
]


@pytest.mark.parametrize(("typed", "said"), CASES)
def test_all_that_is_wrong_is_said_at_once(
    *,
    read: Read,
    session: Session,
    client: CheckedClient,
    tom: Person,
    action: Action,
    plan: Plan,
    typed: dict[str, str],
    said: list[str],
) -> None:
    read(tom, plan, "/1.1")
    one, two = fields_of(session, action)
    named = {name.replace("first_", f"{one}_").replace("second_", f"{two}_"): words for name, words in typed.items()}
    more = {f"{two}_state": "done"} if "second_done_on" in typed else {}
    answer = client.submit({**named, **more}, button="Save update")
    assert answer.status_code == 422
    summary = "".join(next(one for one in client.page.iter("div") if one.get("id") == "error-summary").itertext())
    assert [words for words in said if words not in summary] == [], summary
    assert nothing_saved(session)
    assert client.form("declared", "why").sent["declared"] == [typed["declared"]]


def test_a_file_that_is_refused_is_said_with_the_rest_and_no_file_is_kept(
    *, read: Read, session: Session, client: CheckedClient, tom: Person, action: Action, plan: Plan
) -> None:
    read(tom, plan, "/1.1")
    sent: dict[str, Any] = {name: values[0] for name, values in client.form("declared", "why").sent.items() if values}
    files = [(BytesIO(honest.pdf()), "report.pdf"), (BytesIO(honest.pdf()), "report.docx")]
    data = {**sent, "declared": "R", "why": "", "doing": "", "evidence_files": files}
    answer = client.post("/plans/plan/1.1/update", data=data, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "report.docx: The end of the file" in client.text
    assert "Say why it is red" in client.text
    assert nothing_saved(session)
