"""The history tells the end of an override on its day, although nobody wrote it down (domain A5)."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session

from tests.support.builders.plans import an_action
from tests.support.checked_client import CheckedClient
from tracker.impact.commands import approve_override, ask_override, withdraw_override
from tracker.people.models import Person
from tracker.plans.commands.evidence import add_evidence
from tracker.plans.models import Action, Override, Plan
from tracker.plans.queries.history import history_of
from tracker.plans.rules.rag import Rag

Read = Callable[..., str]
HoldClock = Callable[[date | datetime], datetime]
pytestmark = pytest.mark.usefixtures("meetings")
ENDED = "The override ended: no longer amber in place of red"


@pytest.fixture
def action(session: Session, plan: Plan, tom: Person) -> Action:
    return an_action(session, plan, title="Start stage 2", due="2026-10-20", lead=tom)


@pytest.fixture
def override(session: Session, action: Action, tom: Person, office: Person) -> Override:
    """Approved on 26 November, and so until the meeting of 10 December."""
    shown = add_evidence(session, action, text="Both contracts are signed", by=tom)
    why = "The last two posts are filled and start on Monday"
    asked = ask_override(session, action, value=Rag.AMBER, reason=why, evidence=shown, by=tom)
    approve_override(session, asked, by=office)
    return asked


def told(session: Session, action: Action) -> list[str]:
    return [row.source for row in history_of(session, action)]


def test_the_lapse_is_told_on_the_day_after_the_last_one_and_nothing_is_written(
    *, session: Session, clock_at: HoldClock, action: Action, override: Override
) -> None:
    clock_at(date(2026, 12, 10))
    assert told(session, action) == ["evidence", "override", "override_decided"]
    version = override.version
    clock_at(date(2026, 12, 11))
    assert told(session, action) == ["evidence", "override", "override_decided", "override_lapsed"]
    lapsed = history_of(session, action)[-1]
    assert (lapsed.day, lapsed.person, lapsed.words) == (date(2026, 12, 11), None, ("", "", "", ""))
    session.expire_all()
    assert (override.version, override.ended_on) == (version, None)


def test_one_that_was_taken_back_ends_once(
    *, session: Session, clock_at: HoldClock, action: Action, override: Override, tom: Person
) -> None:
    clock_at(date(2026, 12, 1))
    withdraw_override(session, override, by=tom)
    clock_at(date(2026, 12, 20))
    assert told(session, action)[-1] == "override_ended"


def test_the_page_tells_it_between_what_came_before_and_after(
    *,
    read: Read,
    client: CheckedClient,
    session: Session,
    clock_at: HoldClock,
    plan: Plan,
    action: Action,
    override: Override,
    office: Person,
    tom: Person,
) -> None:
    clock_at(date(2026, 12, 14))
    add_evidence(session, action, text="The rota of December", by=tom)
    text = read(office, plan, f"/{action.ref}")
    assert "11 Dec 2026" in text
    assert "Its last day was 10 Dec 2026." in text
    order = [text.index(words) for words in ("The rota of December", ENDED, "Override approved: amber in place of red")]
    assert order == sorted(order)
    assert "By itself" in client.text
    assert override.ended_on is None
