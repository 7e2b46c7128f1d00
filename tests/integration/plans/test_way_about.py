"""Going about a plan: the day compared with goes along from page to page, and lists say what stands behind them."""

import re
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.integration.plans.conftest import Read
from tests.support.builders.audits import a_sent_audit, a_theme
from tests.support.builders.impact import a_link
from tests.support.builders.plans import a_plan, an_action, an_update
from tests.support.checked_client import CheckedClient
from tests.support.pages import words
from tests.support.queries import queries_of
from tracker.people.models import Person
from tracker.plans.models import Action, Plan
from tracker.plans.rules.comparing import is_day_to_compare


@pytest.fixture(autouse=True)
def _meetings(meetings: None) -> None:
    """Compare with the meetings of the calendar."""


def addresses(client: CheckedClient, plan: Plan) -> list[str]:
    """Return where the links of the main part lead within the plan's overview, areas and actions."""
    main = next(client.page.iter("main"))
    found = [(link.get("href") or "").partition("#")[0] for link in main.iter("a")]
    page = re.compile(rf"/plans/{plan.slug}/(areas/\d+|\d+\.\d+)")
    return [one for one in found if page.fullmatch(one.partition("?")[0])]


@pytest.mark.parametrize("path", ["", "/changes", "/actions", "/areas/1", "/1.2"])
@pytest.mark.parametrize("asked", ["meeting-before", "2026-06-01"])
def test_the_day_compared_with_goes_along(
    *, read: Read, client: CheckedClient, tom: Person, plan: Plan, path: str, asked: str
) -> None:
    read(tom, plan, f"{path}?since={asked}")
    found = [one for one in addresses(client, plan) if one.partition("?")[0] != f"/plans/{plan.slug}{path}"]
    crumbs = [link.get("href") for link in client.page.iter("a") if words(link) == plan.title]
    assert found
    assert [one for one in (*found, *crumbs) if f"since={asked}" not in (one or "")] == []


def test_the_usual_day_stands_in_no_address(read: Read, client: CheckedClient, tom: Person, plan: Plan) -> None:
    read(tom, plan, "?since=last-meeting")
    assert [one for one in addresses(client, plan) if "since=" in one] == []


@pytest.mark.parametrize(
    ("text", "stands"),
    [("start", True), ("meeting-before", True), ("2026-06-01", True), ("last-meeting", False), ("", False)]
    + [(text, False) for text in ("1 June 2026", "20260601", "2026-13-01", "<script>", "javascript:alert(1)")],
)
def test_only_a_day_is_carried_along(text: str, *, stands: bool) -> None:
    assert is_day_to_compare(text) is stands


def test_one_change_is_not_called_all_changes(read: Read, session: Session, client: CheckedClient, tom: Person) -> None:
    small = a_plan(session, slug="small", approved_on=date(2026, 1, 13))
    action = an_action(session, small, due="2027-03-31", lead=tom)
    an_update(session, action, by=tom, declared="G", on=date(2026, 8, 3))
    an_update(session, action, by=tom, declared="A", on=date(2026, 11, 3))
    read(tom, small)
    assert "See the change" in [words(link) for link in client.page.iter("a")]


def test_an_area_says_in_how_many_files_auditors_found_its_themes(
    *, read: Read, session: Session, client: CheckedClient, engine: Engine, tom: Person, plan: Plan
) -> None:
    actions = session.query(Action).filter_by(plan_id=plan.id).order_by(Action.position).all()
    a_link(session, a_theme(session, "supervision"), actions[0])
    for number in range(3):
        a_sent_audit(session, code=f"F-{number}", developments={"supervision": "Say when"} if number else {})
    text = read(tom, plan, "/areas/1")
    assert "2 of 3 files, September to November 2026" in text
    counts, address = [], f"/plans/{plan.slug}/areas/1"
    for more in (("plan", "risk"), ("assessment", "visits", "voice")):
        for code in more:
            a_link(session, a_theme(session, code), actions[1])
        session.commit()
        with queries_of(engine) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12
