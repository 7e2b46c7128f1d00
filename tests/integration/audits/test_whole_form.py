"""All sections of an audit on one page, each kept by itself, within the size and the queries of a page."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

import tracker
from tests.support.builders.audits import a_round, a_theme, an_audit, answered, loaded
from tests.support.builders.people import a_person, an_organisation
from tests.support.checked_client import CheckedClient
from tests.support.houses import House
from tests.support.queries import queries_of
from tracker.audits import commands
from tracker.audits.models import Audit
from tracker.audits.rules.default_tool import DEFAULT_TOOL
from tracker.audits.rules.tool import Question
from tracker.audits.rules.vocabulary import Grade
from tracker.people.models import Person
from tracker.people.rules import Role

LONGEST_PAGE = 120_000
STYLES = sum(len(sheet.read_bytes()) for sheet in (Path(tracker.__file__).parent / "static" / "css").iterdir())


@pytest.fixture
def ruth(session: Session) -> Person:
    an_organisation(session)
    a_theme(session)
    a_round(session)
    return a_person(session, Role.AUDITOR, "Ruth Osei")


@pytest.fixture
def audit(session: Session, ruth: Person) -> Audit:
    made = an_audit(session, auditor=ruth, code="CP-104")
    session.commit()
    return made


def whole(audit: Audit) -> str:
    return f"/audits/{audit.public_id}/section/1?view=all"


def now(session: Session, audit: Audit) -> Audit:
    session.expire_all()
    return loaded(session, audit)


def test_each_section_is_saved_by_its_own_form_and_the_page_shows_all(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit
) -> None:
    client.sign_in(ruth)
    client.get(f"/audits/{audit.public_id}/section/4")
    client.follow("All sections on one page")
    client.submit({"answer": "good", "strengths": "Seen alone"}, button="Save this section: 2")
    client.submit({"feedback": "Keep seeing the child alone"}, button="Save this section: 9")
    assert client.form(button="Save this section: 2").sent["strengths"] == ["Seen alone"]
    assert client.form(button="Save this section: 9").sent["feedback"] == ["Keep seeing the child alone"]
    kept = now(session, audit)
    assert (kept.section_grades[2], kept.feedback) == (Grade.GOOD, "Keep seeing the child alone")


def test_saving_keeps_the_themes_that_were_chosen_and_leads_to_the_page_where_another_is(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit
) -> None:
    answered(session, audit, strengths={"risk": "Seen"}, developments={"risk": "Say who acts"})
    risk, fathers = (a_theme(session, code).id for code in ("risk", "fathers"))
    session.commit()
    client.sign_in(ruth)
    client.get(whole(audit))
    form = client.form(button="Save this section: 3")
    assert (form.choices["strength_theme_1"], form.choices["theme_1"]) == ({"", str(risk)}, {"", str(risk)})
    client.submit({"strengths": "Seen twice"}, button="Add another area for development: 3")
    client.submit({"theme_2": str(fathers), "change_2": "Ask him too"}, button="Save and go to 4")
    assert said_of_risk(session, audit) == [(risk, "Seen twice"), (risk, "Say who acts"), (fathers, "Ask him too")]
    client.get(whole(audit))
    client.submit({"theme_1": "", "change_1": ""}, button="Save this section: 3")
    assert said_of_risk(session, audit) == [(risk, "Seen twice"), (fathers, "Ask him too")]


def said_of_risk(session: Session, audit: Audit) -> list[tuple[int | None, str]]:
    """Return what is found in section 3, the strengths first."""
    return [(one.theme_id, one.text) for one in now(session, audit).findings if one.section_number == 3]


def test_a_refused_section_keeps_its_words_among_the_others(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit
) -> None:
    client.sign_in(ruth)
    client.get(whole(audit))
    assert client.submit({"answer": "inadequate"}, button="Save this section: 4").status_code == 422
    assert "Say whether a child is at risk now" in client.text
    links = {link.get("href", "") for link in client.page.iter("a")}
    assert "#s4-is_at_risk" in links
    assert client.page.find(".//input[@id='s4-is_at_risk']") is not None
    assert client.page.find(".//input[@id='s5-is_at_risk']") is not None
    client.submit({"is_at_risk": "yes"}, button="Save this section: 4")
    assert client.heading == "A child may be at risk now"
    assert now(session, audit).section_grades[4] is Grade.INADEQUATE


def test_what_somebody_else_saved_stands_above_the_section_that_was_sent(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit
) -> None:
    client.sign_in(ruth)
    client.get(whole(audit))
    older = client.form(button="Save this section: 5").filled({"strengths": "From the first window"})
    client.submit({"strengths": "From the second window"}, button="Save this section: 5")
    answer = client.post(f"/audits/{audit.public_id}/section/5?view=all", data={**older, "go": "next"})
    assert answer.status_code == 409
    for words in ("What is stored now", "From the second window", "From the first window"):
        assert words in answer.text


def test_side_by_side_it_asks_for_the_view_of_the_worker_in_every_graded_section(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit
) -> None:
    held = loaded(session, audit)
    commands.begin_side_by_side(
        session, held, worker_role="social worker", has_large_text=False, version=held.version, by=ruth
    )
    session.commit()
    client.sign_in(ruth)
    client.get(whole(audit))
    assert client.text.count("Side by side: the view of the social worker") == 7


def test_the_tool_that_ships_fits_a_page_side_by_side(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit
) -> None:
    answered(
        session,
        audit,
        strengths=dict.fromkeys(("voice", "fathers", "risk", "supervision", "visits"), "Seen"),
        developments=dict.fromkeys(("identity", "neglect", "partners", "recording", "impact"), "Write it down"),
    )
    held = loaded(session, audit)
    commands.begin_side_by_side(
        session, held, worker_role="social worker", has_large_text=False, version=held.version, by=ruth
    )
    session.commit()
    client.sign_in(ruth)
    answer = client.get(whole(audit))
    assert len(answer.data) + STYLES <= LONGEST_PAGE


def test_sixty_questions_stay_within_the_size_and_the_queries_of_a_page(
    client: CheckedClient, session: Session, ruth: Person, database: House
) -> None:
    asked = tuple(Question(f"Is point {number} done?", theme="risk", is_required=True) for number in range(1, 11))
    sections = [replace(one, questions=asked if 2 < one.number < 9 else ()) for one in DEFAULT_TOOL.sections]
    drafted = commands.draft_tool(session, replace(DEFAULT_TOOL, slug="long-audit", sections=tuple(sections)), by=ruth)
    tool = commands.make_tool_live(session, drafted, by=ruth)
    audit = answered(
        session,
        an_audit(session, auditor=ruth, tool=tool),
        strengths=dict.fromkeys(("voice", "fathers", "risk", "supervision", "visits"), "Seen"),
        developments=dict.fromkeys(("identity", "neglect", "partners", "recording", "impact"), "Write it down"),
    )
    assert len(audit.replies) == 60
    session.commit()
    address = whole(audit)
    client.sign_in(ruth)
    with queries_of(database.engine) as statements:
        answer = client.get(address)
    assert len(statements) <= 12
    assert len(answer.data) + STYLES <= LONGEST_PAGE
